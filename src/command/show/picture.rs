//! `show --picture`: the pages of a PDF with what was read laid over them, a PNG file each.

use std::{io::Write, path::Path, process::ExitCode};

use crosstally::{DrawError, DrawOptions, Drawing, PagePicture, TableStage, write::Folder};

use super::progress::Progress;
use crate::{
    arguments::{Loudness, ShowArguments, Stage},
    command::{
        error::{Error, Result},
        reading::limits,
    },
};

/// Draws the pages, writes the files, and prints which they are and what they hold.
pub(super) fn run(arguments: &ShowArguments, folder: &Path, loudness: Loudness, out: &mut dyn Write) -> Result<ExitCode> {
    let file = &arguments.file;
    let fault = |source: DrawError| match source {
        DrawError::Read(source) => Error::read(file)(source),
        DrawError::Profiles(source) => Error::Run(source),
        source => Error::Draw { path: file.clone(), source },
    };
    let options = DrawOptions {
        profiles: arguments.profiles.clone(),
        pages: arguments.pages.unwrap_or_default(),
        stage: arguments.stage.map(Stage::into),
        limits: limits(&arguments.bounds.bounds),
    };
    // The pictures of what was read are not written over by those of a stage.
    let ending = arguments.stage.map(|stage| format!("-{}", stage.as_str())).unwrap_or_default();
    let stem = file.file_stem().unwrap_or(file.as_os_str()).to_string_lossy();
    let drawing = Drawing::of(file, &options).map_err(fault)?;
    let target = Folder::open(folder)?;
    let mut progress = Progress::of(arguments, loudness);
    let of = drawing.pages();
    let (mut lines, mut written) = (Vec::new(), Ok(()));
    let (mut drawn, mut done) = (0, 0);
    let mut keep = |page: PagePicture| {
        done += 1;
        progress.drawn(done, of);
        let name = format!("{stem}-{}{ending}.png", page.page);
        match page.picture {
            Ok(picture) => {
                drawn += 1;
                if written.is_ok() {
                    written = target.write(&name, |file| file.write_all(&picture));
                }
                if loudness == Loudness::Told {
                    lines.push(format!("{}  {}", folder.join(&name).display(), page.told));
                }
            }
            Err(why) => lines.push(format!("page {} was not drawn: {why}", page.page)),
        }
    };
    let result = drawing.draw(&mut keep);
    drop(progress);
    result.map_err(fault)?;
    written?;
    target.finish()?;
    for line in lines {
        writeln!(out, "{line}")?;
    }
    // A report of which no page could be drawn is output that could not be written.
    Ok(if drawn > 0 { ExitCode::SUCCESS } else { ExitCode::from(2) })
}

impl From<Stage> for TableStage {
    fn from(stage: Stage) -> Self {
        match stage {
            Stage::Words => Self::Words,
            Stage::Edges => Self::Edges,
            Stage::Intersections => Self::Intersections,
            Stage::Cells => Self::Cells,
            Stage::Tables => Self::Tables,
        }
    }
}
