//! A run from paths to a dataset, in two steps, so that a run in which nothing changed can end after the first: reading, then checking.

use std::{
    collections::BTreeMap,
    env, fs, io,
    path::{Path, PathBuf},
    sync::Arc,
};

use crate::{
    Error, Options, Pages, Timings,
    archive::{self, Collection, Done, Holdings, Ledger, Place, Reader, Stamp, Watch, Way},
    extract,
    harvest::Harvest,
    input,
    isolation::{Isolation, Pool},
    name,
    parse::Profiles,
    profiles,
    schema::{Dataset, DocumentRecord, Extraction, Results, Status},
    spool::Shelf,
    validate::{self, Judgement},
    write,
};

/// An archive whose snapshots are read as far as needed, and not yet checked.
#[derive(Debug)]
pub struct Ingestion<'a> {
    options: &'a Options,
    profiles: Profiles,
    collection: Collection,
    isolated: Option<Arc<Pool>>,
    way: Option<Way>,
    ledger: Ledger,
    done: Vec<Done>,
}

impl<'a> Ingestion<'a> {
    /// Reads the snapshots of the paths; with a place for a ledger, only those that it does not hold.
    pub fn of(paths: &[PathBuf], options: &'a Options, place: Option<&Place>, watch: &dyn Watch) -> Result<Self, Error> {
        // Before the profiles are read: should they change meanwhile, the next run sees others than these.
        let way = place.and_then(|_| way(options));
        let profiles = profiles(options.profiles.as_deref())?;
        let collection = archive::snapshots(paths, &archive::Limits::default())?;
        let ledger = match (place, &way) {
            (Some(place), Some(way)) => Ledger::open(place, way),
            _ => Ledger::default(),
        };
        let isolated = match &options.isolation {
            Isolation::None => None,
            Isolation::Process { program, memory } => Some(Arc::new(Pool::new(
                program,
                *memory,
                options.profiles.as_deref(),
                options.limits,
                options.readers,
            ))),
        };
        let mut ingestion = Self {
            options,
            profiles,
            collection,
            isolated,
            way,
            ledger,
            done: Vec::new(),
        };
        let read = |record: DocumentRecord, bytes: &[u8]| ingestion.extract(record, bytes);
        let too_long = |bytes: u64| crate::too_long(bytes, &options.limits);
        let reader = Reader {
            read: &read,
            too_long: &too_long,
            is_own: write::is_own_report,
        };
        ingestion.done = archive::run(&ingestion.collection, options.workers, watch, &ingestion.ledger, reader)?;
        ingestion.check_workers()?;
        ingestion.ledger.keep_only(ingestion.done.iter().map(|done| done.path.as_str()));
        Ok(ingestion)
    }

    /// Snapshots that were read, copies apart.
    pub fn read(&self) -> usize {
        let is_read = |done: &&Done| done.is_new && done.status != Status::Duplicate;
        self.done.iter().filter(is_read).count()
    }

    /// Snapshots that need not be read, since the ledger holds them.
    pub fn unchanged(&self) -> usize {
        self.done.iter().filter(|done| !done.is_new).count()
    }

    /// The ledger.
    pub fn ledger(&self) -> &Ledger {
        &self.ledger
    }

    /// A hash of all that the dataset is made of: two runs with the same one have the same result.
    pub fn digest(&self) -> String {
        let mut hasher = blake3::Hasher::new();
        let mut part = |bytes: &[u8]| {
            hasher.update(&(bytes.len() as u64).to_le_bytes());
            hasher.update(bytes);
        };
        let Options {
            timings, waivers, pictures, ..
        } = self.options;
        part(self.way.as_ref().map(Way::digest).unwrap_or_default().as_bytes());
        part(format!("{timings:?} {pictures:?} {waivers:?}").as_bytes());
        part(&self.collection.left_out.to_le_bytes());
        part(format!("{:?}", self.collection.troubles).as_bytes());
        for done in &self.done {
            part(done.path.as_bytes());
            part(done.hash.as_bytes());
            // What comes of these may differ from run to run.
            if let Some(extraction) = done.extraction.as_ref().filter(|_| done.status == Status::Unreadable) {
                part(&extraction.to_bytes());
            }
        }
        hasher.finalize().to_hex().to_string()
    }

    /// Checks what was read, and leaves on the shelf what memory should not hold. To be called once.
    pub fn harvest(&mut self, aside: Shelf) -> Result<Harvest<'_>, Error> {
        let done = std::mem::take(&mut self.done);
        let milliseconds = match self.options.timings {
            Timings::Dropped => BTreeMap::new(),
            Timings::Kept => done.iter().filter_map(|done| Some((done.path.clone(), done.milliseconds?))).collect(),
        };
        let this = &*self;
        let read = Box::new(|record: DocumentRecord, bytes: &[u8]| this.extract(record, bytes));
        let holdings = Holdings::of(&this.collection, done, &this.ledger, archive::pool(this.options.workers)?, read);
        let judged = holdings.pool().install(|| validate::judge(&holdings, &this.options.waivers, &aside));
        let Judgement { findings, waived, skipped } = judged.map_err(|source| Error::Shelf { source })?;
        this.check_workers()?;
        match holdings.damaged() {
            0 => {}
            snapshots => this.ledger.tell_damaged(snapshots),
        }
        Ok(Harvest {
            ingestion: this,
            holdings,
            findings,
            waived,
            skipped,
            left_out: this.collection.left_out,
            milliseconds,
            shelf: aside,
        })
    }

    /// Checks what was read, all of it in memory, with the way back to it. To be called once.
    pub fn finish(&mut self) -> Result<(Dataset, Pages), Error> {
        let harvest = self.harvest(Shelf::Memory)?;
        let fault = |source| Error::Shelf { source };
        let pages = harvest.pages().map_err(fault)?;
        Ok((harvest.into_dataset().map_err(fault)?, pages))
    }

    /// The snapshots once more, for formats that show them.
    pub(crate) fn pages(&self, results: &dyn Results) -> io::Result<Pages> {
        Pages::of(&self.collection, results, self.options, self.isolated.clone())
    }

    fn extract(&self, record: DocumentRecord, bytes: &[u8]) -> Extraction {
        match &self.isolated {
            Some(pool) if input::may_do_harm(bytes, name(&record.path)) => pool.read(record, bytes),
            _ => extract(record, bytes, &self.options.limits, &self.profiles, self.options.readers),
        }
    }

    /// Processes that could not be started stop the run: what they were to read is not broken.
    fn check_workers(&self) -> Result<(), Error> {
        self.isolated.as_ref().map_or(Ok(()), |pool| pool.fault())
    }
}

/// What changes what comes of the same bytes; none where it cannot be told which program this is.
fn way(options: &Options) -> Option<Way> {
    // The file that runs, as the system describes it: two builds of one version may read otherwise.
    let program = Stamp::of(&fs::metadata(env::current_exe().ok()?).ok()?)?;
    Some(Way {
        tool: format!("{} {}", env!("CARGO_PKG_NAME"), env!("CARGO_PKG_VERSION")),
        program: program.to_string(),
        profiles: options.profiles.as_deref().map(profiles_hash).unwrap_or_default(),
        options: format!("{:?}, {:?}", options.readers, options.limits),
    })
}

/// A hash of the profiles in a folder, by name and content.
fn profiles_hash(folder: &Path) -> String {
    let mut files: Vec<PathBuf> = walkdir::WalkDir::new(folder)
        .max_depth(2)
        .follow_links(true)
        .into_iter()
        .flatten()
        .map(walkdir::DirEntry::into_path)
        .filter(|path| path.extension().is_some_and(|extension| extension == "toml"))
        .collect();
    files.sort();
    let mut hasher = blake3::Hasher::new();
    for file in files {
        let name = file.strip_prefix(folder).unwrap_or(&file).to_string_lossy().into_owned();
        let content = fs::read(&file).unwrap_or_default();
        for part in [name.as_bytes(), &content] {
            hasher.update(&(part.len() as u64).to_le_bytes());
            hasher.update(part);
        }
    }
    hasher.finalize().to_hex().to_string()
}
