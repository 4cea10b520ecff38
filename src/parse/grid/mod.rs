//! Tables, charts and lines of "label: value" read alike: every value with the labels that stand over it and beside it.

mod drawn;
mod entries;
mod labels;
mod lines;
mod relate;
mod rows;
mod take;

use drawn::{Drawn, note_unread_marks};
use entries::{annotate_charts, by_column, by_row, chart_entries, table_entries};
use lines::read_lines;
use rows::{names_area, read_row, read_row_of_words};
use take::take;

use std::{cell::OnceCell, collections::BTreeSet};

use super::{
    annotated::Annotated,
    draft::TextPlace,
    outline::{Content, Node},
    parser::{Parser, is_headed},
    profile::{Rule, RuleKind},
};
use crate::{
    layout::{BlockKind, Cell, MarkReading, Region, Table},
    schema::Method,
};

/// A value with its labels.
struct Entry<'a> {
    /// The value's text and where it stands.
    value: &'a Annotated,
    place: TextPlace,
    /// Labels, nearest first, each with its place.
    labels: Vec<(&'a Annotated, TextPlace)>,
    /// Row and column, or category and series: what totals run along.
    position: (usize, usize),
    /// What its mark says, for charts.
    mark: Option<MarkReading>,
    /// What stands for it where no number is printed at its mark.
    drawn: Option<Drawn>,
    /// Printed around it.
    context: String,
}

/// Reads every table, chart and run of labelled lines that stands under a heading of a table or chart rule.
pub(super) fn read(parser: &mut Parser<'_>) {
    let mut rules = parser.rules(RuleKind::Table);
    rules.extend(parser.rules(RuleKind::Chart));
    let outline = parser.outline;
    let charts = annotate_charts(parser);
    let mut noted = BTreeSet::new();
    for (index, node) in outline.nodes.iter().enumerate() {
        match &node.content {
            Content::Table { table, caption, cells } => {
                let read = OnceCell::new();
                for rule in &rules {
                    let Some((heading, between)) = governed(parser, index, rule, caption.as_ref()) else {
                        continue;
                    };
                    if rule.say.is_empty() {
                        take(
                            parser,
                            rule,
                            read.get_or_init(|| table_entries(parser, table, cells, index)),
                            caption.as_ref().filter(|caption| is_headed(caption, rule)),
                            heading,
                            &between,
                            Method::Table,
                        );
                    } else {
                        for line in lines_of_areas(parser, table, cells) {
                            read_row(parser, rule, cells, index, &line, heading, &between);
                        }
                    }
                }
            }
            Content::Chart { chart, title } => {
                let read = OnceCell::new();
                for rule in rules.iter().filter(|rule| rule.say.is_empty()) {
                    let Some((heading, between)) = governed(parser, index, rule, title.as_ref()) else {
                        continue;
                    };
                    take(
                        parser,
                        rule,
                        read.get_or_init(|| chart_entries(parser, chart, &charts, index)),
                        title.as_ref().filter(|title| is_headed(title, rule)),
                        heading,
                        &between,
                        Method::ChartLabel,
                    );
                    if noted.insert(index) {
                        note_unread_marks(parser, rule, chart, parser.words(heading).or(title.as_ref()));
                    }
                }
            }
            Content::Block { block, words, .. }
                if matches!(
                    block.kind,
                    BlockKind::Paragraph | BlockKind::List | BlockKind::Headline | BlockKind::Heading
                ) =>
            {
                if words.numbers.is_empty() || !parser.headings[index].is_empty() {
                    continue;
                }
                for rule in &rules {
                    let Some((heading, between)) = parser.heading_over(index, rule) else {
                        continue;
                    };
                    if rule.say.is_empty() {
                        read_lines(parser, rule, index, heading, &between);
                    } else {
                        read_row_of_words(parser, rule, words, index, heading);
                    }
                }
            }
            Content::Block { .. } => {}
        }
    }
}

/// The cells of each line of a table that is about one area: its columns, if areas stand over these, else its rows.
fn lines_of_areas(parser: &Parser<'_>, table: &Table, cells: &[(&Cell, Annotated)]) -> Vec<Vec<usize>> {
    let of_one_area = |line: &Vec<usize>| {
        line.iter().filter(|index| names_area(parser, &cells[**index].1)).count() == 1 && line.iter().any(|index| !cells[*index].1.numbers.is_empty())
    };
    let rows: Vec<Vec<usize>> = by_row(table, cells, |_| true).into_values().collect();
    let columns: Vec<Vec<usize>> = by_column(table, cells, |_| true).into_values().collect();
    if !rows.iter().any(of_one_area) && columns.iter().any(of_one_area) {
        columns
    } else {
        rows
    }
}

/// The heading over a table or chart, or its own caption, if it is the rule's; and the headings in between.
fn governed(parser: &Parser<'_>, index: usize, rule: &Rule, caption: Option<&Annotated>) -> Option<(Option<usize>, Vec<usize>)> {
    // A heading over it says what it is; its own title may be worded for another chart of the same thing.
    if let Some((heading, between)) = parser.heading_over(index, rule) {
        return Some((Some(heading), between));
    }
    let headed_otherwise = parser
        .profile
        .rules
        .iter()
        .any(|other| matches!(other.kind, RuleKind::Table | RuleKind::Chart) && parser.heading_over(index, other).is_some());
    (!headed_otherwise && caption.is_some_and(|caption| is_headed(caption, rule))).then_some((None, Vec::new()))
}

/// Where a region is a page's, for whoever asks what stands in a section.
pub(super) fn is_unlabelled_chart(node: &Node<'_>) -> bool {
    matches!(&node.content, Content::Chart { chart, .. } if chart.series.iter().all(|series| series.points.iter().all(|point| point.label.is_none())))
}

/// Whether one region lies in another's page.
pub(super) fn same_page(one: Region, page: u32) -> bool {
    match one {
        Region::Box { page: other, .. } => other == page,
        Region::Bytes { .. } => true,
    }
}
