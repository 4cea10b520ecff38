//! The values of a column to a column chunk: what is there, and the levels that say where nothing is.
//!
//! Levels are those of <https://parquet.apache.org/docs/file-format/nested-encoding/>: a definition level of 0 is a null, or an empty list; a repetition
//! level of 1 goes on with the list of the value before.

use jiff::civil::Date;
use parquet::{
    column::writer::ColumnWriter,
    data_type::{ByteArray, FixedLenByteArray},
    errors::{ParquetError, Result},
};

use super::decimal;
use crate::write::column::{Kind, Presence, Value};

/// The day that Parquet counts from.
const EPOCH: Date = jiff::civil::date(1970, 1, 1);

/// Writes one column of a row group.
pub(super) fn write(kind: Kind, presence: Presence, values: &[Value<'_>], scale: u32, writer: &mut ColumnWriter<'_>) -> Result<()> {
    let mut levels = Vec::with_capacity(values.len());
    match (kind, writer) {
        (Kind::Text | Kind::Word(_), ColumnWriter::ByteArrayColumnWriter(writer)) => {
            let present = present(values, presence, &mut levels, |value| match value {
                Value::Text(text) if !text.is_empty() || presence == Presence::Always => Some(bytes(text)),
                _ => None,
            })?;
            writer.write_batch(&present, defined(presence, &levels), None)?;
        }
        (Kind::Number, ColumnWriter::FixedLenByteArrayColumnWriter(writer)) => {
            let present = present(values, presence, &mut levels, |value| match value {
                Value::Number(number) => decimal::bytes(*number, scale).map(|bytes| FixedLenByteArray::from(bytes.to_vec())),
                _ => None,
            })?;
            writer.write_batch(&present, defined(presence, &levels), None)?;
        }
        (Kind::Integer, ColumnWriter::Int64ColumnWriter(writer)) => {
            let present = present(values, presence, &mut levels, |value| match value {
                Value::Integer(number) => i64::try_from(*number).ok(),
                _ => None,
            })?;
            writer.write_batch(&present, defined(presence, &levels), None)?;
        }
        (Kind::Date, ColumnWriter::Int32ColumnWriter(writer)) => {
            let present = present(values, presence, &mut levels, |value| match value {
                Value::Date(day) => Some(EPOCH.until(*day).ok()?.get_days()),
                _ => None,
            })?;
            writer.write_batch(&present, defined(presence, &levels), None)?;
        }
        (Kind::List, ColumnWriter::ByteArrayColumnWriter(writer)) => {
            let (mut present, mut repeated) = (Vec::new(), Vec::new());
            for value in values {
                let texts = match value {
                    Value::List(texts) => texts.as_slice(),
                    _ => &[],
                };
                levels.push(i16::from(!texts.is_empty()));
                levels.extend(texts.iter().skip(1).map(|_| 1));
                repeated.push(0);
                repeated.extend(texts.iter().skip(1).map(|_| 1));
                present.extend(texts.iter().map(|text| bytes(text)));
            }
            writer.write_batch(&present, Some(&levels), Some(&repeated))?;
        }
        _ => return Err(ParquetError::General("a column has not the type of its kind".to_owned())),
    }
    Ok(())
}

/// The values that are there, and a level for each that may be absent.
fn present<V>(values: &[Value<'_>], presence: Presence, levels: &mut Vec<i16>, take: impl Fn(&Value<'_>) -> Option<V>) -> Result<Vec<V>> {
    let mut present = Vec::with_capacity(values.len());
    for value in values {
        let taken = take(value);
        if taken.is_none() && (presence == Presence::Always || !matches!(value, Value::Nothing | Value::Text(_))) {
            return Err(ParquetError::General(format!("{} does not fit its column", value.to_cell())));
        }
        levels.push(i16::from(taken.is_some()));
        present.extend(taken);
    }
    Ok(present)
}

fn defined(presence: Presence, levels: &[i16]) -> Option<&[i16]> {
    (presence == Presence::Maybe).then_some(levels)
}

fn bytes(text: &str) -> ByteArray {
    ByteArray::from(text.as_bytes().to_vec())
}
