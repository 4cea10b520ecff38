//! `schema`: the JSON Schema of what is written.

use std::{io::Write, process::ExitCode};

use crosstally::write::schema;

use super::error::Result;
use crate::arguments::{SchemaArguments, SchemaTable};

/// Prints the schema asked for.
pub(crate) fn run(arguments: &SchemaArguments, out: &mut dyn Write) -> Result<ExitCode> {
    let schema = match arguments.table {
        SchemaTable::Observations => schema::observations(),
        SchemaTable::Findings => schema::findings(),
        SchemaTable::Documents => schema::documents(),
        SchemaTable::Coverage => schema::coverage(),
        SchemaTable::Vintages => schema::vintages(),
        SchemaTable::Check => schema::check(),
    };
    writeln!(out, "{schema:#}")?;
    Ok(ExitCode::SUCCESS)
}
