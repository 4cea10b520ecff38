//! The ledger's database: rows in, rows out, and nothing else known of them.

use std::fs;
use std::io;
use std::path::Path;

use rusqlite::{Connection, ErrorCode, OptionalExtension as _, params};

use super::Way;

/// The form of the tables; a database of another form is thrown away.
const FORM: i32 = 1;
/// Tells the database from others: `CTYL`.
const APPLICATION: i32 = 0x4354_594c;
const TABLES: &str = include_str!("tables.sql");
/// One run at a time has it, so that nothing need be shared in memory. Nothing is flushed: a killed run loses nothing by it, since what was written is the
/// system's, and what a machine without power loses is read anew, since every row is sealed.
const SETTINGS: &str = "
    PRAGMA locking_mode = EXCLUSIVE;
    PRAGMA journal_mode = TRUNCATE;
    PRAGMA synchronous = OFF;
    PRAGMA cell_size_check = ON;
    PRAGMA trusted_schema = OFF;
    PRAGMA cache_size = -8000;
";

/// The database, open for writing.
#[derive(Debug)]
pub(super) struct Store {
    connection: Connection,
}

/// Why there is no database, or not the one that was there.
#[derive(Debug, thiserror::Error)]
pub(super) enum Fault {
    /// Another program has it open.
    #[error("another program has it open")]
    Busy,
    /// It is a database of something else, or of another form.
    #[error("it is that of another version")]
    Foreign,
    /// It is no sound database.
    #[error("it is damaged: {0}")]
    Damaged(rusqlite::Error),
    /// The folder or file cannot be had.
    #[error("{0}")]
    Io(#[from] io::Error),
}

/// A snapshot's row.
#[derive(Debug, Clone)]
pub(super) struct Row {
    pub(super) path: String,
    pub(super) stamp: String,
    pub(super) hash: String,
    pub(super) way: String,
    pub(super) outcome: String,
    pub(super) milliseconds: i64,
}

impl Row {
    fn seal(&self) -> Vec<u8> {
        let Self {
            path,
            stamp,
            hash,
            way,
            outcome,
            milliseconds,
        } = self;
        seal(&[
            path.as_bytes(),
            stamp.as_bytes(),
            hash.as_bytes(),
            way.as_bytes(),
            outcome.as_bytes(),
            &milliseconds.to_le_bytes(),
        ])
    }
}

/// What is kept of the last whole run.
#[derive(Debug)]
pub(super) struct RunRow {
    pub(super) digest: String,
    pub(super) record: Vec<u8>,
}

impl Store {
    /// Opens the database in a folder, made where there is none.
    pub(super) fn open(file: &Path) -> Result<Self, Fault> {
        let connection = Connection::open(file)?;
        connection.busy_timeout(std::time::Duration::ZERO)?;
        connection.execute_batch(SETTINGS)?;
        // A lock that writes, so that another program is met now and not amid the run.
        connection.execute_batch("BEGIN EXCLUSIVE; COMMIT")?;
        let number = |name: &str| connection.pragma_query_value(None, name, |row| row.get::<_, i32>(0));
        let is_empty = connection.query_row("SELECT count(*) = 0 FROM sqlite_master", [], |row| row.get::<_, bool>(0))?;
        match (number("application_id")?, number("user_version")?) {
            (APPLICATION, FORM) => {}
            (0, 0) if is_empty => connection.execute_batch(&format!(
                "BEGIN; {TABLES} PRAGMA application_id = {APPLICATION}; PRAGMA user_version = {FORM}; COMMIT"
            ))?,
            _ => return Err(Fault::Foreign),
        }
        // What may be read may not be writable: a file of another user.
        if connection.is_readonly("main")? {
            return Err(io::Error::from(io::ErrorKind::PermissionDenied).into());
        }
        Ok(Self { connection })
    }

    /// Removes the database and what it left beside it.
    pub(super) fn remove(file: &Path) -> io::Result<()> {
        for ending in ["", "-journal", "-wal", "-shm"] {
            let mut name = file.as_os_str().to_owned();
            name.push(ending);
            match fs::remove_file(Path::new(&name)) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
                _ => {}
            }
        }
        Ok(())
    }

    /// All sound rows; how many are not.
    pub(super) fn rows(&self) -> rusqlite::Result<(Vec<Row>, usize)> {
        let mut statement = self
            .connection
            .prepare("SELECT path, stamp, hash, way, outcome, milliseconds, seal FROM snapshot")?;
        let mut rows = statement.query([])?;
        let (mut sound, mut broken) = (Vec::new(), 0);
        while let Some(row) = rows.next()? {
            // A flipped byte may make a number of a text.
            let read = || -> rusqlite::Result<(Row, Vec<u8>)> {
                let found = Row {
                    path: row.get(0)?,
                    stamp: row.get(1)?,
                    hash: row.get(2)?,
                    way: row.get(3)?,
                    outcome: row.get(4)?,
                    milliseconds: row.get(5)?,
                };
                Ok((found, row.get(6)?))
            };
            match read() {
                Ok((row, seal)) if row.seal() == seal => sound.push(row),
                _ => broken += 1,
            }
        }
        Ok((sound, broken))
    }

    /// Says how snapshots are read from now on.
    pub(super) fn begin(&self, way: &Way) -> rusqlite::Result<()> {
        let Way {
            tool,
            program,
            profiles,
            options,
        } = way;
        self.connection
            .execute(
                "INSERT OR IGNORE INTO way VALUES (?, ?, ?, ?, ?)",
                params![way.digest(), tool, program, profiles, options],
            )
            .map(drop)
    }

    /// Writes rows, each with what was read if anything is kept of it; all or none.
    pub(super) fn put(&mut self, rows: &[(Row, Option<Vec<u8>>)]) -> rusqlite::Result<()> {
        let transaction = self.connection.transaction()?;
        {
            let mut put = transaction.prepare(
                "INSERT INTO snapshot (path, stamp, hash, way, outcome, milliseconds, seal) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
                 ON CONFLICT (path) DO UPDATE SET stamp = ?2, hash = ?3, way = ?4, outcome = ?5, milliseconds = ?6, seal = ?7
                 RETURNING id",
            )?;
            let mut put_packed = transaction.prepare("INSERT OR REPLACE INTO extraction VALUES (?, ?)")?;
            let mut remove_packed = transaction.prepare("DELETE FROM extraction WHERE id = ?")?;
            for (row, packed) in rows {
                let values = params![row.path, row.stamp, row.hash, row.way, row.outcome, row.milliseconds, row.seal()];
                let id: i64 = put.query_row(values, |row| row.get(0))?;
                match packed {
                    Some(packed) => put_packed.execute(params![id, packed])?,
                    None => remove_packed.execute([id])?,
                };
            }
        }
        transaction.commit()
    }

    /// Notes new stamps of snapshots whose bytes are as they were.
    pub(super) fn restamp(&mut self, rows: &[Row]) -> rusqlite::Result<()> {
        let transaction = self.connection.transaction()?;
        {
            let mut restamp = transaction.prepare("UPDATE snapshot SET stamp = ?2, seal = ?3 WHERE path = ?1")?;
            for row in rows {
                restamp.execute(params![row.path, row.stamp, row.seal()])?;
            }
        }
        transaction.commit()
    }

    /// What was read of a snapshot.
    pub(super) fn packed(&self, path: &str) -> rusqlite::Result<Option<Vec<u8>>> {
        self.connection
            .query_row("SELECT packed FROM extraction JOIN snapshot USING (id) WHERE path = ?", [path], |row| {
                row.get(0)
            })
            .optional()
    }

    /// Removes rows.
    pub(super) fn remove_rows<'a>(&mut self, paths: impl Iterator<Item = &'a str>) -> rusqlite::Result<()> {
        let transaction = self.connection.transaction()?;
        {
            let mut remove_packed = transaction.prepare("DELETE FROM extraction WHERE id = (SELECT id FROM snapshot WHERE path = ?)")?;
            let mut remove = transaction.prepare("DELETE FROM snapshot WHERE path = ?")?;
            for path in paths {
                remove_packed.execute([path])?;
                remove.execute([path])?;
            }
        }
        transaction.commit()
    }

    /// What is kept of the last whole run, if it is sound.
    pub(super) fn run(&self) -> rusqlite::Result<Option<RunRow>> {
        let found = self
            .connection
            .query_row("SELECT digest, record, seal FROM run", [], |row| {
                Ok((
                    RunRow {
                        digest: row.get(0)?,
                        record: row.get(1)?,
                    },
                    row.get::<_, Vec<u8>>(2)?,
                ))
            })
            .optional()?;
        Ok(found.and_then(|(run, told)| (seal(&[run.digest.as_bytes(), &run.record]) == told).then_some(run)))
    }

    /// Keeps a whole run in place of the last.
    pub(super) fn put_run(&mut self, run: &RunRow) -> rusqlite::Result<()> {
        let transaction = self.connection.transaction()?;
        transaction.execute("DELETE FROM run", [])?;
        transaction.execute(
            "INSERT INTO run VALUES (?, ?, ?)",
            params![run.digest, run.record, seal(&[run.digest.as_bytes(), &run.record])],
        )?;
        transaction.commit()
    }
}

impl From<rusqlite::Error> for Fault {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Busy,
            Some(ErrorCode::CannotOpen | ErrorCode::PermissionDenied | ErrorCode::ReadOnly | ErrorCode::DiskFull | ErrorCode::SystemIoFailure) => {
                Self::Io(io::Error::other(error))
            }
            _ => Self::Damaged(error),
        }
    }
}

/// Short enough to cost nothing, long enough that damage does not pass.
fn seal(parts: &[&[u8]]) -> Vec<u8> {
    let mut hasher = blake3::Hasher::new();
    for part in parts {
        hasher.update(&(part.len() as u64).to_le_bytes());
        hasher.update(part);
    }
    hasher.finalize().as_bytes()[..16].to_vec()
}
