//! `schema`: the JSON Schema of what is written.

use std::{io::Write, process::ExitCode};

use anyhow::Result;
use crosstally::write::schema;

use crate::arguments::{SchemaArguments, SchemaTable};

/// Prints the schema asked for.
pub(crate) fn run(arguments: &SchemaArguments, out: &mut dyn Write) -> Result<ExitCode> {
    let schema = match arguments.table {
        SchemaTable::Observations => schema::observations(),
        SchemaTable::Findings => schema::findings(),
    };
    serde_json::to_writer_pretty(&mut *out, &schema)?;
    writeln!(out)?;
    Ok(ExitCode::SUCCESS)
}
