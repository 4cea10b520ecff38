//! `coverage.csv`: editions down, the figures that their layouts promise across, and what became of each.

use std::io::{self, Write};

use super::Header;
use crate::write::coverage::{Coverage, HXL, LEAD};

/// Writes the table: a cell says `read`, `missing` or `lost`, and is empty where the edition's layout promises no such figure.
pub(super) fn write(coverage: &Coverage, header: Header, out: &mut dyn Write) -> io::Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record(coverage.header())?;
    if header == Header::Hxl {
        writer.write_record(LEAD.iter().map(|(_, _, tag)| *tag).chain(coverage.rules.iter().map(|_| HXL)))?;
    }
    for edition in &coverage.editions {
        writer.write_record(edition.lead().into_iter().chain(edition.states.iter().copied()))?;
    }
    writer.flush()
}
