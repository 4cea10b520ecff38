//! The commands: each takes its arguments and a writer, and says with which code the program ends.

mod apart;
pub(crate) mod check;
pub(crate) mod completions;
mod error;
pub(crate) mod explain;
pub(crate) mod history;
pub(crate) mod ingest;
pub(crate) mod manual;
pub(crate) mod profile;
mod reading;
pub(crate) mod schema;
pub(crate) mod show;
pub(crate) mod worker;
mod workspace;
