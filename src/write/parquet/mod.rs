//! Parquet files: the columns of the CSV files with dates as dates, numbers as decimals, lists as lists, and nothing as null.
//!
//! Numbers are `DECIMAL(38, 4)`, exact; where a run prints more than four decimal places, the scale is as large as they need, in all columns of the
//! run. Printed figures have 15 digits at most, so that both ends of every interval fit. The JSON Schema and the codebook stand in the files' metadata,
//! under `crosstally.schema` and `crosstally.codebook`; there is no clock in them. Snappy, because every reader of Parquet knows it.

mod cells;
mod decimal;

use std::{
    io::{self, Write},
    sync::Arc,
};

use parquet::{
    basic::Compression,
    errors::ParquetError,
    file::{
        metadata::KeyValue,
        properties::{WriterProperties, WriterVersion},
        writer::SerializedFileWriter,
    },
    schema::parser::parse_message_type,
};
use serde_json::Value as Json;

use super::{
    Folder, WriteError, codebook,
    column::{Column, Kind, Presence, Value},
    document::Documents,
    schema,
    tables::{Table, Tables},
    vintage::Vintages,
};
use crate::schema::{Finding, Observation, codebook::codebook};

/// Rows in memory at a time; readers work on a group at a time.
const ROWS_OF_A_GROUP: usize = 1 << 14;

/// Writes a file a table.
pub(super) fn write(tables: &Tables, folder: &mut Folder) -> Result<(), WriteError> {
    let mut scale = decimal::USUAL_SCALE;
    let widened = tables.each_observation(&mut |row| {
        scale = decimal::scale(scale, [row.value, row.interval.low, row.interval.high]);
        Ok(())
    });
    widened.map_err(|source| folder.fault("observations.parquet", source))?;
    let codebook = codebook::json(codebook());
    table::<Observation>(tables, scale, &schema::observations(), &codebook, folder)?;
    table::<Finding>(tables, scale, &schema::table::<Finding>("finding"), &codebook, folder)?;
    table::<Documents>(tables, scale, &schema::documents(), &codebook, folder)?;
    table::<Vintages>(tables, scale, &schema::vintages(), &codebook, folder)
}

fn table<T: Table>(tables: &Tables, scale: u32, schema: &Json, codebook: &Json, folder: &mut Folder) -> Result<(), WriteError> {
    let properties = WriterProperties::builder()
        .set_compression(Compression::SNAPPY)
        .set_writer_version(WriterVersion::PARQUET_1_0)
        .set_created_by(concat!(env!("CARGO_PKG_NAME"), " ", env!("CARGO_PKG_VERSION")).to_owned())
        .set_key_value_metadata(Some(vec![
            KeyValue::new("crosstally.schema".to_owned(), schema.to_string()),
            KeyValue::new("crosstally.codebook".to_owned(), codebook.to_string()),
        ]))
        .build();
    folder.write(&format!("{}.parquet", T::NAME), |out| {
        rows::<T>(tables, scale, properties, out).map_err(io::Error::other)
    })
}

fn rows<T: Table>(tables: &Tables, scale: u32, properties: WriterProperties, out: &mut (dyn Write + Send)) -> Result<(), ParquetError> {
    let message = Arc::new(parse_message_type(&message::<T>(scale))?);
    let mut writer = SerializedFileWriter::new(out, message, Arc::new(properties))?;
    let mut group: Vec<Vec<Value<'static>>> = vec![Vec::new(); T::COLUMNS.len()];
    T::each(tables, &mut |row| {
        for (column, values) in T::COLUMNS.iter().zip(&mut group) {
            values.push(column.of(row).into_owned());
        }
        if group[0].len() == ROWS_OF_A_GROUP {
            row_group::<T>(&mut group, scale, &mut writer)?;
        }
        Ok(())
    })?;
    if !group[0].is_empty() {
        row_group::<T>(&mut group, scale, &mut writer)?;
    }
    writer.close()?;
    Ok(())
}

/// Writes the values of each column as a row group, and empties them.
fn row_group<T: Table>(
    group: &mut [Vec<Value<'static>>],
    scale: u32,
    writer: &mut SerializedFileWriter<&mut (dyn Write + Send)>,
) -> Result<(), ParquetError> {
    let mut row_group = writer.next_row_group()?;
    for (column, values) in T::COLUMNS.iter().zip(group) {
        let mut chunk = row_group.next_column()?.expect("the message has a field a column");
        cells::write(column.kind, column.presence, values, scale, chunk.untyped())?;
        chunk.close()?;
        values.clear();
    }
    row_group.close()?;
    Ok(())
}

/// The columns in the notation of Parquet's own schemas.
fn message<T: Table>(scale: u32) -> String {
    let fields: String = T::COLUMNS.iter().map(|column| field(column, scale)).collect();
    format!("message {} {{ {fields}}}", T::NAME)
}

fn field<T: Table>(column: &Column<T>, scale: u32) -> String {
    let name = column.name;
    let presence = match column.presence {
        Presence::Always => "required",
        Presence::Maybe => "optional",
    };
    match column.kind {
        Kind::Text | Kind::Word(_) => format!("{presence} binary {name} (STRING); "),
        Kind::Number => format!(
            "{presence} fixed_len_byte_array({}) {name} (DECIMAL({}, {scale})); ",
            decimal::BYTES,
            decimal::DIGITS
        ),
        Kind::Integer => format!("{presence} int64 {name}; "),
        Kind::Date => format!("{presence} int32 {name} (DATE); "),
        Kind::List => format!("required group {name} (LIST) {{ repeated group list {{ required binary element (STRING); }} }} "),
    }
}
