//! How far a run is: counts and findings in, a bar on a terminal out.

use std::sync::atomic::{AtomicU64, Ordering};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::schema::Extraction;

/// Someone who wants to know how far a run is. Called from many threads.
pub trait Watch: Sync {
    /// The run starts with so many snapshots.
    fn begin(&self, snapshots: usize);
    /// One snapshot is done.
    fn done(&self, extraction: &Extraction);
    /// One snapshot need not be read again.
    fn unchanged(&self) {}
    /// The run is over.
    fn end(&self);
}

/// Nobody watches.
#[derive(Debug, Clone, Copy, Default)]
pub struct Silent;

impl Watch for Silent {
    fn begin(&self, _snapshots: usize) {}
    fn done(&self, _extraction: &Extraction) {}
    fn end(&self) {}
}

/// A bar for what is written after the reading, on standard error, if that is a terminal.
#[derive(Debug)]
pub(crate) struct Written(ProgressBar);

impl Default for Written {
    fn default() -> Self {
        let style = ProgressStyle::with_template("{bar:30} {pos}/{len} snapshots shown, {eta} left").expect("the template is a constant");
        Self(ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr()).with_style(style))
    }
}

impl Written {
    /// So many of all are done.
    pub(crate) fn to(&self, done: usize, of: usize) {
        self.0.set_length(of as u64);
        self.0.set_position(done as u64);
        if done == of {
            self.0.finish_and_clear();
        }
    }
}

/// A bar on standard error, if that is a terminal.
#[derive(Debug)]
pub struct Bar {
    line: ProgressBar,
    figures: AtomicU64,
    facts: AtomicU64,
}

impl Default for Bar {
    fn default() -> Self {
        Self {
            line: ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr()),
            figures: AtomicU64::new(0),
            facts: AtomicU64::new(0),
        }
    }
}

impl Watch for Bar {
    fn begin(&self, snapshots: usize) {
        let style = ProgressStyle::with_template("{bar:30} {pos}/{len} snapshots, {per_sec}, {eta} left{msg}").expect("the template is a constant");
        self.line.set_style(style);
        self.line.set_length(snapshots as u64);
    }

    fn done(&self, extraction: &Extraction) {
        let figures = extraction.observations.len() as u64;
        let figures = self.figures.fetch_add(figures, Ordering::Relaxed) + figures;
        let facts = extraction.facts.len() as u64;
        let facts = self.facts.fetch_add(facts, Ordering::Relaxed) + facts;
        self.line.set_message(format!(", {figures} figures, {facts} to look at"));
        self.line.inc(1);
    }

    fn unchanged(&self) {
        self.line.inc(1);
    }

    fn end(&self) {
        self.line.finish_and_clear();
    }
}
