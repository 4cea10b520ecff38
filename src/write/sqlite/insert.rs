//! Rows of the published tables into those of the database.

use std::io;

use rusqlite::{
    Result, ToSql, Transaction, params, params_from_iter,
    types::{ToSqlOutput, Value as Own, ValueRef},
};
use rust_decimal::{Decimal, prelude::ToPrimitive};

use super::{own_columns, tables::quoted};
use crate::{
    schema::Finding,
    write::{
        column::{Presence, Value},
        tables::{Table, Tables},
        vintage::Vintages,
    },
};

/// A value with what an empty text stands for.
struct Cell<'a>(Value<'a>, Presence);

impl ToSql for Cell<'_> {
    fn to_sql(&self) -> Result<ToSqlOutput<'_>> {
        Ok(match &self.0 {
            Value::Text(text) if text.is_empty() && self.1 == Presence::Maybe => ToSqlOutput::Owned(Own::Null),
            Value::Text(text) => ToSqlOutput::Borrowed(ValueRef::Text(text.as_bytes())),
            Value::Number(number) => ToSqlOutput::Owned(number_to_own(*number)),
            Value::Integer(number) => ToSqlOutput::Owned(i64::try_from(*number).map_or_else(|_| Own::Text(number.to_string()), Own::Integer)),
            Value::Date(day) => ToSqlOutput::Owned(Own::Text(day.to_string())),
            Value::List(_) | Value::Nothing => ToSqlOutput::Owned(Own::Null),
        })
    }
}

fn number_to_own(number: Decimal) -> Own {
    let number = number.normalize();
    let whole = (number.scale() == 0).then(|| number.to_i64()).flatten();
    // Read from its digits: the nearest double, whatever the number's scale.
    whole.map_or_else(
        || number.to_string().parse().map_or_else(|_| Own::Text(number.to_string()), Own::Real),
        Own::Integer,
    )
}

/// All rows of a table, lists left out.
pub(super) fn rows<T: Table>(tables: &Tables, transaction: &Transaction<'_>) -> Result<()> {
    let names: Vec<String> = own_columns::<T>().map(|column| quoted(column.name)).collect();
    let marks = vec!["?"; names.len()].join(", ");
    let mut insert = transaction.prepare(&format!("INSERT INTO {} ({}) VALUES ({marks})", T::NAME, names.join(", ")))?;
    bridged(|act| {
        T::each(tables, &mut |row| {
            let cells = own_columns::<T>().map(|column| Cell(column.of(row), column.presence));
            act(insert.execute(params_from_iter(cells)).map(drop))
        })
    })
}

/// The footnotes of every figure.
pub(super) fn footnotes(tables: &Tables, transaction: &Transaction<'_>) -> Result<()> {
    let mut insert = transaction.prepare("INSERT INTO observation_footnotes VALUES (?, ?, ?)")?;
    bridged(|act| {
        tables.each_observation(&mut |observation| {
            let mut footnotes = numbered(&observation.footnotes);
            act(footnotes.try_for_each(|(number, footnote)| insert.execute(params![observation.id, number, footnote]).map(drop)))
        })
    })
}

/// What every finding is about.
pub(super) fn finding_parts(tables: &Tables, transaction: &Transaction<'_>) -> Result<()> {
    let mut documents = transaction.prepare("INSERT INTO finding_documents VALUES (?, ?, ?)")?;
    let mut observations = transaction.prepare("INSERT INTO finding_observations VALUES (?, ?, ?)")?;
    let mut places = transaction.prepare("INSERT INTO finding_places VALUES (?, ?, ?, ?, ?, ?)")?;
    let mut advice = transaction.prepare("UPDATE findings SET help = ?, method = ? WHERE fingerprint = ?")?;
    let mut parts = |finding: &Finding| {
        let key = &finding.fingerprint;
        advice.execute(params![finding.help, finding.method, key])?;
        for (number, document) in numbered(&finding.documents) {
            documents.execute(params![key, number, document])?;
        }
        for (number, observation) in numbered(&finding.observations) {
            observations.execute(params![key, number, observation])?;
        }
        for (number, mention) in numbered(&finding.mentions) {
            let place = mention.place.to_string();
            places.execute(params![key, number, mention.document, place, mention.quote, mention.context])?;
        }
        Ok(())
    };
    bridged(|act| Finding::each(tables, &mut |finding| act(parts(finding))))
}

/// The mentions of every value; vintages are numbered in the order of their table.
pub(super) fn vintage_observations(tables: &Tables, transaction: &Transaction<'_>) -> Result<()> {
    let mut insert = transaction.prepare("INSERT INTO vintage_observations VALUES (?, ?, ?)")?;
    let mut key = 0_i64;
    bridged(|act| {
        Vintages::each(tables, &mut |vintage| {
            key += 1;
            let mut mentions = numbered(vintage.mentions);
            act(mentions.try_for_each(|(number, observation)| insert.execute(params![key, number, observation.id]).map(drop)))
        })
    })
}

/// A row each edition and promise.
pub(super) fn coverage(tables: &Tables, transaction: &Transaction<'_>) -> Result<()> {
    let mut insert = transaction.prepare("INSERT INTO coverage VALUES (?, ?, ?)")?;
    bridged(|act| {
        tables.each_edition(&mut |[document, ..], states| {
            let mut promised = tables.rules().iter().zip(states).filter(|(_, state)| !state.is_empty());
            act(promised.try_for_each(|(rule, state)| insert.execute(params![document, rule, state]).map(drop)))
        })
    })
}

/// Goes over something whose every step may fail in the database.
pub(super) fn bridged(go: impl FnOnce(&mut dyn FnMut(Result<()>) -> io::Result<()>) -> io::Result<()>) -> Result<()> {
    let mut fault = None;
    let done = go(&mut |acted| {
        acted.map_err(|error| {
            fault = Some(error);
            io::Error::other("the database takes no more")
        })
    });
    match (fault, done) {
        (Some(error), _) => Err(error),
        (None, Err(error)) => Err(rusqlite::Error::ToSqlConversionFailure(Box::new(error))),
        (None, Ok(())) => Ok(()),
    }
}

/// Things with their number in a list, from 1.
fn numbered<T>(list: &[T]) -> impl Iterator<Item = (i64, &T)> {
    (1..).zip(list)
}
