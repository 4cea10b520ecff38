//! How many pages are drawn so far: counts in; a bar out, or signs of it for the process that has the bar.

use std::io::{self, Write};

use crosstally::isolation::MARK;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressFinish, ProgressStyle};

use crate::arguments::{Loudness, ShowArguments};

/// Who is told.
pub(super) enum Progress {
    /// A person, on standard error, if that is a terminal and anything is to be told.
    Person(Loudness, Option<ProgressBar>),
    /// The process that waits for this one.
    Process,
}

impl Progress {
    /// Of this process.
    pub(super) fn of(arguments: &ShowArguments, loudness: Loudness) -> Self {
        if arguments.bounds.apart {
            Self::Process
        } else {
            Self::Person(loudness, None)
        }
    }

    /// So many pages are drawn.
    pub(super) fn drawn(&mut self, pages: usize, of: usize) {
        match self {
            Self::Person(loudness, bar) => {
                let bar = bar.get_or_insert_with(|| new_bar(*loudness));
                bar.set_length(of as u64);
                bar.set_position(pages as u64);
                if pages == of {
                    bar.finish_and_clear();
                }
            }
            // If nobody waits any more, this process is about to end.
            Self::Process => drop(writeln!(io::stderr(), "{MARK}{pages}/{of}")),
        }
    }

    /// The same as another process says it.
    pub(super) fn sign(&mut self, said: &str) {
        let counts = said.split_once('/').and_then(|(pages, of)| Some((pages.parse().ok()?, of.parse().ok()?)));
        if let Some((pages, of)) = counts {
            self.drawn(pages, of);
        }
    }
}

fn new_bar(loudness: Loudness) -> ProgressBar {
    let target = match loudness {
        Loudness::Told => ProgressDrawTarget::stderr(),
        Loudness::Quiet => ProgressDrawTarget::hidden(),
    };
    let style = ProgressStyle::with_template("{bar:30} {pos}/{len} pages drawn, {eta} left").expect("the template is a constant");
    let bar = ProgressBar::with_draw_target(None, target).with_style(style);
    bar.with_finish(ProgressFinish::AndClear)
}
