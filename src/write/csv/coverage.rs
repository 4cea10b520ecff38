//! `coverage.csv`: editions down, the figures that their layouts promise across, and what became of each.

use std::io::{self, Write};

use super::Header;
use crate::write::{
    coverage::{HXL, LEAD, header as names},
    tables::Tables,
};

/// Writes the table: a cell says `read`, `missing` or `lost`, and is empty where the edition's layout promises no such figure.
pub(super) fn write(tables: &Tables, header: Header, out: &mut dyn Write) -> io::Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record(names(tables.rules()))?;
    if header == Header::Hxl {
        writer.write_record(LEAD.iter().map(|(_, _, tag)| *tag).chain(tables.rules().iter().map(|_| HXL)))?;
    }
    tables.each_edition(&mut |lead, states| Ok(writer.write_record(lead.into_iter().chain(states.iter().copied()))?))?;
    writer.flush()
}
