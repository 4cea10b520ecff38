//! `crosstally.sqlite`: the tables with keys, the codebook, and views of what is asked for most.
//!
//! Numbers have the affinity `NUMERIC`: whole ones are integers, others the nearest double, which gives back every decimal of up to 15 digits, as many
//! as a printed figure has at most; `quote` holds it as printed. Lists are tables of their own. Everything is written in one transaction and one order,
//! without a clock, so that the same input gives the same bytes.

mod codebook;
mod insert;
mod tables;

use std::{io, path::Path};

use rusqlite::{Connection, Result};

use super::{
    Folder, WriteError,
    document::Documents,
    tables::{Table, Tables},
    vintage::Vintages,
};
use crate::schema::{Finding, Observation};

/// The views, and the indices for what is looked up by something else than its key.
const VIEWS: &str = include_str!("views.sql");
/// Whole pages of this size, nothing kept to undo them (a file that is not finished is thrown away), nothing flushed before the end. Keys may point
/// at rows still to come, as a duplicate's to the document of a later path.
const SETTINGS: &str = "
    PRAGMA page_size = 4096;
    PRAGMA encoding = 'UTF-8';
    PRAGMA journal_mode = OFF;
    PRAGMA synchronous = OFF;
    PRAGMA foreign_keys = OFF;
    PRAGMA locking_mode = EXCLUSIVE;
    PRAGMA application_id = 0x43545931;
    PRAGMA user_version = 1;
";

/// Writes the database.
pub(super) fn write(tables: &Tables, folder: &mut Folder) -> std::result::Result<(), WriteError> {
    folder.write_at("crosstally.sqlite", |path| database(tables, path).map_err(io::Error::other))
}

fn database(tables: &Tables, path: &Path) -> Result<()> {
    let mut connection = Connection::open(path)?;
    connection.execute_batch(SETTINGS)?;
    let transaction = connection.transaction()?;
    transaction.execute_batch(&tables::create())?;
    codebook::write(tables, &transaction)?;
    insert::rows::<Documents>(tables, &transaction)?;
    insert::rows::<Observation>(tables, &transaction)?;
    insert::rows::<Finding>(tables, &transaction)?;
    insert::rows::<Vintages>(tables, &transaction)?;
    insert::footnotes(tables, &transaction)?;
    insert::finding_parts(tables, &transaction)?;
    insert::vintage_observations(tables, &transaction)?;
    insert::coverage(tables, &transaction)?;
    transaction.execute_batch(VIEWS)?;
    transaction.commit()?;
    connection.close().map_err(|(_, error)| error)
}

/// The columns that stand in the table itself; lists are tables of their own.
fn own_columns<T: Table>() -> impl Iterator<Item = &'static super::column::Column<T>> {
    T::COLUMNS.iter().filter(|column| column.kind != super::column::Kind::List)
}
