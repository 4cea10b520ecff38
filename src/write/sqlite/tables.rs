//! Column definitions to `CREATE TABLE`: types, what may be empty, words allowed, keys.

use super::own_columns;
use crate::{
    schema::{Finding, Observation},
    write::{
        column::{Column, Kind, Presence},
        document::Documents,
        tables::Table,
        vintage::Vintages,
    },
};

/// The tables that hold no column of a published table.
const OTHERS: &str = include_str!("tables.sql");

/// The statements that make every table.
pub(super) fn create() -> String {
    [
        OTHERS.to_owned(),
        table::<Documents>("", &["FOREIGN KEY (duplicate_of) REFERENCES documents (document)"]),
        table::<Observation>(
            "",
            &[
                "FOREIGN KEY (document) REFERENCES documents (document)",
                "FOREIGN KEY (indicator) REFERENCES indicators (code)",
                "FOREIGN KEY (area) REFERENCES places (code)",
                "FOREIGN KEY (origin) REFERENCES places (code)",
                "CHECK (low <= high)",
                "CHECK (period_start <= period_end)",
            ],
        ),
        table::<Finding>("help TEXT,\n    method TEXT,\n    ", &[]),
        table::<Vintages>(
            "number INTEGER PRIMARY KEY,\n    ",
            &[
                "FOREIGN KEY (indicator) REFERENCES indicators (code)",
                "FOREIGN KEY (area) REFERENCES places (code)",
                "FOREIGN KEY (origin) REFERENCES places (code)",
            ],
        ),
    ]
    .concat()
}

/// A table; `lead` are columns that only the database has.
fn table<T: Table>(lead: &str, constraints: &[&str]) -> String {
    let lines: Vec<String> = own_columns::<T>()
        .map(column)
        .chain(constraints.iter().map(|constraint| (*constraint).to_owned()))
        .collect();
    format!("CREATE TABLE {} (\n    {lead}{}\n);\n", T::NAME, lines.join(",\n    "))
}

fn column<T: Table>(column: &Column<T>) -> String {
    let name = quoted(column.name);
    let mut definition = match column.kind {
        Kind::Text | Kind::List => format!("{name} TEXT"),
        Kind::Word(words) => format!("{name} TEXT CHECK ({name} IN ('{}'))", words.join("', '")),
        Kind::Number => format!("{name} NUMERIC"),
        Kind::Integer => format!("{name} INTEGER CHECK ({name} >= 0)"),
        Kind::Date => format!("{name} TEXT CHECK ({name} IS date({name}))"),
    };
    if column.presence == Presence::Always {
        definition += " NOT NULL";
    }
    if T::KEY == [column.name] {
        definition += " PRIMARY KEY";
    }
    definition
}

/// A name that may be a word of SQL, as `group` is.
pub(super) fn quoted(name: &str) -> String {
    format!("\"{name}\"")
}
