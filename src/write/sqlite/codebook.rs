//! What the codes mean, as tables.

use std::collections::BTreeSet;

use rusqlite::{Result, Transaction, params};

use super::insert::bridged;
use crate::{
    schema::{Finding, Observation, codebook::codebook},
    write::{
        codebook::place_kind,
        coverage::{LEAD, MEANING},
        document::Documents,
        tables::{Table, Tables},
        vintage::Vintages,
    },
};

/// Writes indicators, places, and the meaning of every column.
pub(super) fn write(tables: &Tables, transaction: &Transaction<'_>) -> Result<()> {
    indicators(tables, transaction)?;
    places(tables, transaction)?;
    columns::<Observation>(transaction)?;
    columns::<Finding>(transaction)?;
    columns::<Documents>(transaction)?;
    columns::<Vintages>(transaction)?;
    let mut insert = transaction.prepare("INSERT INTO columns VALUES ('coverage', ?, ?)")?;
    let (name, meaning, _) = LEAD[0];
    for (name, meaning) in [(name, meaning), ("rule", "Rule of a profile that promises figures"), ("state", MEANING)] {
        insert.execute(params![name, meaning])?;
    }
    Ok(())
}

fn indicators(tables: &Tables, transaction: &Transaction<'_>) -> Result<()> {
    let mut insert = transaction.prepare("INSERT INTO indicators VALUES (?, ?, ?, ?, ?, ?, ?, ?)")?;
    let mut comparison = transaction.prepare("INSERT OR IGNORE INTO comparisons VALUES (?, ?, ?, ?)")?;
    for entry in codebook().indicators() {
        insert.execute(params![
            entry.code,
            entry.label,
            entry.definition,
            entry.unit,
            entry.kind.as_str(),
            entry.is_additive(),
            entry.additive_why,
            entry.is_cumulative()
        ])?;
    }
    for entry in codebook().indicators() {
        for other in &entry.comparable {
            comparison.execute(params![entry.code, other.with, other.relation.as_str(), other.why])?;
        }
    }
    unknown(transaction, "indicators", used(tables, |observation| [&observation.indicator])?)
}

fn places(tables: &Tables, transaction: &Transaction<'_>) -> Result<()> {
    let mut insert = transaction.prepare("INSERT INTO places VALUES (?, ?, ?, ?, nullif(?, ''), nullif(?, ''))")?;
    let mut member = transaction.prepare("INSERT INTO place_members VALUES (?, ?)")?;
    for place in codebook().places() {
        insert.execute(params![
            place.code,
            place_kind(place.kind),
            place.name,
            place.formal,
            place.unhcr,
            place.note
        ])?;
    }
    for place in codebook().places() {
        for code in &place.members {
            member.execute(params![place.code, code])?;
        }
    }
    unknown(
        transaction,
        "places",
        used(tables, |observation| [&observation.area, &observation.origin])?,
    )
}

/// Codes that some figure has.
fn used<const CODES: usize>(tables: &Tables, codes: fn(&Observation) -> [&String; CODES]) -> Result<BTreeSet<String>> {
    let mut used = BTreeSet::new();
    bridged(|_| {
        tables.each_observation(&mut |observation| {
            for code in codes(observation) {
                if !code.is_empty() && !used.contains(code) {
                    used.insert(code.clone());
                }
            }
            Ok(())
        })
    })?;
    Ok(used)
}

/// Codes that the codebook lacks, so that every code has a row.
fn unknown(transaction: &Transaction<'_>, table: &str, used: BTreeSet<String>) -> Result<()> {
    let mut insert = transaction.prepare(&format!("INSERT OR IGNORE INTO {table} (code) VALUES (?)"))?;
    for code in used {
        insert.execute(params![code])?;
    }
    Ok(())
}

fn columns<T: Table>(transaction: &Transaction<'_>) -> Result<()> {
    let mut insert = transaction.prepare("INSERT INTO columns VALUES (?, ?, ?)")?;
    for column in T::COLUMNS {
        insert.execute(params![T::NAME, column.name, column.meaning])?;
    }
    Ok(())
}
