//! A table to what its own figures say of one another: totals of rows and columns, changes, differences and shares.
//!
//! Nobody told what its columns mean, so a rule is taken for the table's own only where most of its rows keep it; the rows that do
//! not are contradictions.

mod columns;
mod formulas;
mod rates;
mod sums;

use std::borrow::Cow;

use super::Reader;
use crate::{
    layout::{Cell, Table},
    parse::{
        annotated::{Annotated, Writing},
        number::{Number, NumberConvention, SpaceGroups},
    },
};
use columns::Columns;
pub(super) use sums::{is_slip, is_swapped};

/// Rows of a table that is looked at.
const MOST_ROWS: usize = 300;
/// Columns of figures of a table that is looked at.
const MOST_COLUMNS: usize = 24;

/// Cells as their table writes figures: in the manner of another language, or with spaces between groups of three.
pub(super) fn written<'a, 'c>(cells: &'c [(&'a Cell, Annotated)], writing: Writing<'_>, foreign: bool) -> Cow<'c, [(&'a Cell, Annotated)]> {
    let spaced = cells.iter().filter(|(_, words)| spaced_figures(words) > 0).count() >= 2;
    if !spaced && !foreign {
        return Cow::Borrowed(cells);
    }
    let convention = NumberConvention {
        spaces: if spaced { SpaceGroups::Joined } else { writing.convention.spaces },
        ..writing.convention.clone()
    };
    let writing = Writing {
        convention: &convention,
        ..writing
    };
    cells
        .iter()
        .map(|(cell, words)| (*cell, Annotated::new(words.text.clone(), writing)))
        .collect()
}

/// Figures that are written with a plain space between groups of three.
pub(super) fn spaced_figures(words: &Annotated) -> usize {
    let is_spaced = |number: &&Number| {
        let quote = words.string()[number.range.clone()].as_bytes();
        let mut threes = quote.windows(3);
        threes.any(|three| three[0].is_ascii_digit() && three[1] == b' ' && three[2].is_ascii_digit())
    };
    words.numbers.iter().filter(is_spaced).count()
}

impl Reader<'_> {
    /// Adds what the figures of a table claim.
    pub(super) fn table(&mut self, table: &Table, cells: &[(&Cell, Annotated)]) {
        if table.rows > MOST_ROWS || table.rows < 3 || table.columns < 2 {
            return;
        }
        let columns = Columns::of(table, cells, self.writing.cues, &|words, range, context, offset| {
            Some(crate::schema::Mention {
                document: self.path.to_owned(),
                place: crate::parse::provenance(self.document, words.region(range.clone())?),
                quote: words.string()[range].to_owned(),
                context,
                offset,
            })
        });
        if columns.all.len() > MOST_COLUMNS {
            return;
        }
        self.said.claims.extend(sums::down(&columns));
        self.said.claims.extend(sums::along(&columns));
        self.said.claims.extend(formulas::claims(&columns));
    }
}
