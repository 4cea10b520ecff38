//! An archive that memory does not hold: what is put aside on the way comes out as if it had never been.

#![allow(clippy::unwrap_used, reason = "helpers of tests are tests too")]

use std::{collections::BTreeMap, fs, path::Path};

use crosstally::{
    Ingestion, Options,
    archive::{Memory, Place, Silent},
    schema::view::NoViews,
    spool::Shelf,
    write::{self, Folder, Format, Header},
};

const FORMATS: [Format; 6] = [
    Format::Csv(Header::Names),
    Format::Jsonl,
    Format::Parquet,
    Format::Xlsx,
    Format::Sqlite,
    Format::Sdmx,
];

/// Every file of a folder, by name.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let file = |path: std::path::PathBuf| (path.file_name().unwrap().to_string_lossy().into_owned(), fs::read(&path).unwrap());
    entries.filter(|path| path.is_file()).map(file).collect()
}

/// The specimens in text, of which a run over all is quick.
fn specimens() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for family in ["iom-dtm-western-balkans", "unhcr-western-balkans"] {
        let (from, to) = (
            Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(family),
            folder.path().join(family),
        );
        fs::create_dir(&to).unwrap();
        for entry in fs::read_dir(from).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|extension| extension == "txt") {
                fs::copy(&path, to.join(path.file_name().unwrap())).unwrap();
            }
        }
    }
    folder
}

/// What all formats write of the specimens, from memory.
fn from_memory(specimens: &Path) -> BTreeMap<String, Vec<u8>> {
    let paths = [specimens.to_owned()];
    let options = Options::default();
    let dataset = crosstally::ingest(&paths, &options, &Silent).unwrap();
    let output = tempfile::tempdir().unwrap();
    write::all(&dataset, &NoViews, Folder::open(output.path()).unwrap(), &FORMATS).unwrap();
    files(output.path())
}

/// The same with so many bytes of each kind in memory, and figures that lie in the ledger.
fn put_aside(specimens: &Path, bytes: usize) -> BTreeMap<String, Vec<u8>> {
    let paths = [specimens.to_owned()];
    let options = Options::default();
    let output = tempfile::tempdir().unwrap();
    let place = Place {
        folder: output.path().to_owned(),
        memory: Memory::Kept,
    };
    let mut ingestion = Ingestion::of(&paths, &options, Some(&place), &Silent).unwrap();
    assert!(ingestion.read() > 10, "there are specimens");
    let folder = output.path().to_owned();
    let harvest = ingestion.harvest(Shelf::Folder { folder, bytes }).unwrap();
    write::all(&harvest, &NoViews, Folder::open(output.path()).unwrap(), &FORMATS).unwrap();
    files(output.path())
}

#[test]
fn files_are_the_same_bytes_whatever_is_put_aside_on_the_way() {
    let specimens = specimens();
    let expected = from_memory(specimens.path());
    assert!(expected.contains_key("observations.csv") && expected.contains_key("crosstally.sqlite"));
    for bytes in [1, 20_000, 1 << 30] {
        let found = put_aside(specimens.path(), bytes);
        assert_eq!(
            found.keys().collect::<Vec<_>>(),
            expected.keys().collect::<Vec<_>>(),
            "{bytes} bytes in memory"
        );
        for (name, content) in &found {
            assert!(*content == expected[name], "{name} differs with {bytes} bytes in memory");
        }
    }
}

#[test]
fn a_shelf_that_takes_nothing_stops_the_run_with_its_reason() {
    let paths = [Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/iom-dtm-western-balkans")];
    let options = Options::default();
    let mut ingestion = Ingestion::of(&paths, &options, None, &Silent).unwrap();
    let shelf = Shelf::Folder {
        folder: "no such folder".into(),
        bytes: 1,
    };
    let fault = ingestion.harvest(shelf).err().expect("there is no folder");
    assert_eq!(fault.to_string(), "cannot put aside what is too much for memory");
}
