//! What `ingest` and `check` share: options of the reading, waivers found beside what is read, and paths that the user can open.

use std::{
    env, fs,
    num::NonZeroUsize,
    path::{Component, Path, PathBuf},
    time::{SystemTime, UNIX_EPOCH},
};

use crosstally::{
    Options, Pictures, Readers, Timings,
    archive::{Bar, Silent, Watch, Workers},
    input::Limits,
    isolation::Isolation,
    schema::Dataset,
    validate::{Extent, Waivers},
    write::report::Locate,
};
use jiff::{Timestamp, civil::Date, tz::Offset};

use super::error::{Error, Result};
use crate::arguments::{Bounds, Isolated, Loudness, Reading};

/// The name under which waivers are looked for.
const WAIVERS: &str = "crosstally.toml";

/// Which day waivers are held against.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Today {
    /// That of the clock, unless another is given.
    OfTheClock,
    /// Only a day that is given: what is written is the same on any day.
    IfGiven,
}

/// Reads and checks what the arguments name.
pub(crate) fn dataset(reading: &Reading, timings: Timings, today: Today, loudness: Loudness) -> Result<Dataset> {
    let options = options(reading, timings, Pictures::None, today)?;
    Ok(crosstally::ingest(&reading.paths, &options, &*watch(loudness))?)
}

/// How the arguments have snapshots read and checked.
pub(crate) fn options(reading: &Reading, timings: Timings, pictures: Pictures, today: Today) -> Result<Options> {
    Ok(Options {
        workers: reading.jobs.map_or(Workers::Cores, |jobs| Workers::Jobs(NonZeroUsize::from(jobs))),
        profiles: reading.profiles.clone(),
        readers: if reading.cross_read { Readers::Both } else { Readers::One },
        timings,
        waivers: waivers(reading, today)?,
        pictures,
        limits: limits(&reading.bounds),
        isolation: match reading.bounds.isolation {
            Isolated::None => Isolation::None,
            Isolated::Process => Isolation::Process {
                program: this_program()?,
                memory: reading.bounds.memory_limit,
            },
        },
    })
}

/// How far readers go.
pub(crate) fn limits(bounds: &Bounds) -> Limits {
    Limits {
        seconds: bounds.time_limit,
        ..Limits::default()
    }
}

/// Who is told how far a run is.
pub(crate) fn watch(loudness: Loudness) -> Box<dyn Watch> {
    match loudness {
        Loudness::Told => Box::new(Bar::default()),
        Loudness::Quiet => Box::new(Silent),
    }
}

/// What is started to read snapshots. Linux knows the running program even when its file is replaced by a newer one meanwhile.
pub(crate) fn this_program() -> Result<PathBuf> {
    let running = Path::new("/proc/self/exe");
    if cfg!(target_os = "linux") && running.exists() {
        return Ok(running.to_owned());
    }
    Ok(env::current_exe()?)
}

fn waivers(reading: &Reading, today: Today) -> Result<Waivers> {
    let today = match reading.today.map(Ok).or_else(of_the_build).transpose()? {
        None if today == Today::OfTheClock => Some(of_the_clock()),
        given => given,
    };
    let Some(file) = (match &reading.waivers {
        Some(file) => Some(file.clone()),
        None => waivers_beside(&reading.paths)?,
    }) else {
        return Ok(Waivers::default());
    };
    let text = fs::read_to_string(&file).map_err(Error::read(&file))?;
    let waivers = Waivers::from_toml(&text, &file.display().to_string(), today)?;
    let ways = reading.paths.iter().filter_map(|path| way(&file, path)).collect();
    let extent = if reading.paths.iter().all(|path| is_one_snapshot(path)) {
        Extent::Part
    } else {
        Extent::Whole
    };
    Ok(waivers.reading(ways, extent))
}

/// `crosstally.toml` in a folder that is read, else beside it; beside a file that is read; for a pattern, where its plain part ends.
fn waivers_beside(paths: &[PathBuf]) -> Result<Option<PathBuf>> {
    let mut found: Option<PathBuf> = None;
    for path in paths {
        let root = root(path);
        let inside = root.join(WAIVERS);
        let beside = root.parent().map(|parent| parent.join(WAIVERS));
        let Some(file) = [Some(inside), beside].into_iter().flatten().find(|file| file.is_file()) else {
            continue;
        };
        match &found {
            Some(first) if !is_same(first, &file) => {
                return Err(Error::Usage(format!(
                    "two files of waivers, {} and {}: name one with --waivers",
                    first.display(),
                    file.display()
                )));
            }
            Some(_) => {}
            None => found = Some(file),
        }
    }
    Ok(found)
}

/// The folder, file or archive that a PATH is about; of a pattern, the folder before its first sign.
fn root(path: &Path) -> PathBuf {
    if path.exists() {
        return path.to_owned();
    }
    let is_plain = |component: &Component<'_>| !component.as_os_str().to_string_lossy().contains(['*', '?', '[', '{']);
    let plain: PathBuf = path.components().take_while(is_plain).collect();
    if plain.as_os_str().is_empty() { PathBuf::from(".") } else { plain }
}

/// The way from the folder of the waivers to where documents of a PATH are named from.
fn way(waivers: &Path, path: &Path) -> Option<String> {
    let folder = |file: &Path| match file.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent.canonicalize().ok(),
        _ => Path::new(".").canonicalize().ok(),
    };
    let root = root(path);
    let from = if root.is_dir() { root.canonicalize().ok()? } else { folder(&root)? };
    let below = from.strip_prefix(folder(waivers)?).ok()?;
    let parts: Vec<String> = below
        .components()
        .map(|component| component.as_os_str().to_string_lossy().into_owned())
        .collect();
    (!parts.is_empty()).then(|| parts.join("/"))
}

/// Whether a PATH is one report, and not a folder, a pattern or an archive of them.
fn is_one_snapshot(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
    path.is_file() && ![".zip", ".tar", ".tgz", ".gz", ".warc"].iter().any(|ending| name.ends_with(ending))
}

fn is_same(one: &Path, other: &Path) -> bool {
    matches!((one.canonicalize(), other.canonicalize()), (Ok(one), Ok(other)) if one == other)
}

/// The day of `SOURCE_DATE_EPOCH`, the variable by which builds that can be repeated are given their time.
fn of_the_build() -> Option<Result<Date>> {
    let seconds = env::var("SOURCE_DATE_EPOCH").ok()?;
    let time = seconds.trim().parse().ok().and_then(|seconds| Timestamp::from_second(seconds).ok());
    Some(match time {
        Some(time) => Ok(Offset::UTC.to_datetime(time).date()),
        None => Err(Error::Usage(format!("SOURCE_DATE_EPOCH is `{seconds}`, not a number of seconds"))),
    })
}

/// The day by the clock, in UTC.
fn of_the_clock() -> Date {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    let now = i64::try_from(seconds).ok().and_then(|seconds| Timestamp::from_second(seconds).ok());
    Offset::UTC.to_datetime(now.unwrap_or(Timestamp::UNIX_EPOCH)).date()
}

/// The PATHs as given, by which documents can be opened.
#[derive(Debug)]
pub(crate) struct Paths<'a>(pub(crate) &'a [PathBuf]);

impl Locate for Paths<'_> {
    /// The one existing file that the document's path may mean; the bare path where there is none or several.
    fn locate(&self, document: &str) -> String {
        let mut files = self.0.iter().filter_map(|path| {
            let below = path.join(document);
            if below.is_file() {
                Some(below)
            } else {
                (path.is_file() && path.ends_with(document)).then(|| path.clone())
            }
        });
        match (files.next(), files.next()) {
            (Some(file), None) => file.strip_prefix(".").unwrap_or(&file).display().to_string(),
            _ => document.to_owned(),
        }
    }
}
