//! The columns of `vintages.csv`: each series and period with every value printed, by edition.

use std::cmp::Reverse;

use super::{
    column::{Cells, Column, Kind, Presence, Value},
    figures::{edition, figure, printed},
};
use crate::schema::Observation;

/// The table of printed values.
#[derive(Debug, Clone, Copy)]
pub enum Vintages {}

/// What a row is made of.
#[derive(Debug, Clone, Copy)]
pub struct Vintage<'a> {
    /// The first mention.
    pub(super) first: &'a Observation,
    /// All of them, the first included.
    pub(super) mentions: &'a [&'a Observation],
    /// The first mention of the first edition that prints the figure.
    pub(super) oldest: &'a Observation,
    /// Which of the editions that print the figure it is, from 1.
    pub(super) number: usize,
}

/// The columns whose values name a row.
pub(super) const KEY: &[&str] = &[
    "publisher",
    "indicator",
    "statistic",
    "area",
    "origin",
    "sex",
    "group",
    "period_start",
    "period_end",
    "base_start",
    "base_end",
    "unit",
    "vintage",
    "value",
    "qualifier",
    "low",
    "high",
];

/// A row for each value an edition prints for a series and period, however often and in whatever media it prints it; from sorted mentions.
pub(super) fn rows<'a>(figures: &'a [&'a Observation]) -> impl Iterator<Item = Vintage<'a>> {
    figures.chunk_by(|one, other| figure(one) == figure(other)).flat_map(|figure| {
        let oldest = figure[0];
        let editions = figure.chunk_by(|one, other| edition(one) == edition(other));
        editions.enumerate().flat_map(move |(index, of_edition)| {
            let values = of_edition.chunk_by(|one, other| printed(one) == printed(other));
            values.map(move |mentions| Vintage {
                first: mentions[0],
                mentions,
                oldest,
                number: index + 1,
            })
        })
    })
}

/// One value per series and period: the newest edition's. Where that edition prints several, the most precise, then the one printed most often, then
/// the first of the table.
pub(super) fn latest<'a>(vintages: impl Iterator<Item = Vintage<'a>>) -> impl Iterator<Item = Vintage<'a>> {
    let vintages: Vec<Vintage<'a>> = vintages.collect();
    let by_figure = |one: &Vintage<'a>, other: &Vintage<'a>| figure(one.first) == figure(other.first);
    let newest = |values: &[Vintage<'a>]| {
        let rank = |value: &&Vintage<'a>| {
            let width = value.first.interval.high - value.first.interval.low;
            (Reverse(value.number), width, Reverse(value.mentions.len()))
        };
        values.iter().min_by_key(rank).copied()
    };
    vintages.chunk_by(by_figure).filter_map(newest).collect::<Vec<_>>().into_iter()
}

/// The columns, in the order published.
pub const COLUMNS: &[Column<Vintages>] = &[
    Column {
        name: "publisher",
        meaning: "Who published the report: UNHCR, IOM, …",
        hxl: "#org+publisher",
        kind: Kind::Text,
        presence: Presence::Always,
        value: |row| Value::text(&row.first.publisher),
    },
    Column {
        name: "indicator",
        meaning: "What is measured: a code of the codebook",
        hxl: "#indicator+code",
        kind: Kind::Text,
        presence: Presence::Always,
        value: |row| Value::text(&row.first.indicator),
    },
    Column {
        name: "statistic",
        meaning: "Kind of number: a count, a share in percent, a relative change in percent, a change of a share in percentage points, a ratio in percent",
        hxl: "#indicator+statistic",
        kind: Kind::Word(&["count", "share", "change", "share_change", "ratio"]),
        presence: Presence::Always,
        value: |row| Value::text(row.first.statistic.as_str()),
    },
    Column {
        name: "area",
        meaning: "Place described: ISO 3166-1 alpha-3; XKX is Kosovo (UNSCR 1244), WBALK the Western Balkans as a whole",
        hxl: "#country+code",
        kind: Kind::Text,
        presence: Presence::Always,
        value: |row| Value::text(&row.first.area),
    },
    Column {
        name: "origin",
        meaning: "Nationality or country of origin: ISO 3166-1 alpha-3; XXA stateless, XXX unknown, _O others",
        hxl: "#country+code+origin",
        kind: Kind::Text,
        presence: Presence::Maybe,
        value: |row| Value::text(&row.first.origin),
    },
    Column {
        name: "sex",
        meaning: "Sex of the persons counted",
        hxl: "#group+sex",
        kind: Kind::Word(&["M", "F"]),
        presence: Presence::Maybe,
        value: |row| Value::text(row.first.sex.map_or("", |sex| sex.as_str())),
    },
    Column {
        name: "group",
        meaning: "Group of the persons counted: UASC (unaccompanied and separated children), …",
        hxl: "#group+code",
        kind: Kind::Text,
        presence: Presence::Maybe,
        value: |row| Value::text(&row.first.group),
    },
    Column {
        name: "period_start",
        meaning: "First day the figure is about; a stock at a day starts and ends on it",
        hxl: "#date+start",
        kind: Kind::Date,
        presence: Presence::Always,
        value: |row| Value::Date(row.first.period.start),
    },
    Column {
        name: "period_end",
        meaning: "Last day the figure is about, included",
        hxl: "#date+end",
        kind: Kind::Date,
        presence: Presence::Always,
        value: |row| Value::Date(row.first.period.end),
    },
    Column {
        name: "base_start",
        meaning: "First day of the period that a change is measured against",
        hxl: "#date+base+start",
        kind: Kind::Date,
        presence: Presence::Maybe,
        value: |row| Value::date_if(row.first.base.map(|base| base.start)),
    },
    Column {
        name: "base_end",
        meaning: "Last day of the period that a change is measured against, included",
        hxl: "#date+base+end",
        kind: Kind::Date,
        presence: Presence::Maybe,
        value: |row| Value::date_if(row.first.base.map(|base| base.end)),
    },
    Column {
        name: "unit",
        meaning: "What is counted: persons, percent, percentage_points, grants, decisions, permits, …",
        hxl: "#indicator+unit",
        kind: Kind::Text,
        presence: Presence::Always,
        value: |row| Value::text(&row.first.unit),
    },
    Column {
        name: "vintage",
        meaning: "Which of the editions that print the figure it is: 1 the first, so that more than 1 are figures said again",
        hxl: "#meta+vintage+num",
        kind: Kind::Integer,
        presence: Presence::Always,
        value: |row| Value::count(row.number),
    },
    Column {
        name: "family",
        meaning: "Series of reports of one publisher with one plan",
        hxl: "#meta+family",
        kind: Kind::Text,
        presence: Presence::Always,
        value: |row| Value::text(&row.first.family),
    },
    Column {
        name: "edition",
        meaning: "Issue of the family, named by the last month it reports: 2024-07",
        hxl: "#date+edition",
        kind: Kind::Text,
        presence: Presence::Always,
        value: |row| Value::text(&row.first.edition),
    },
    Column {
        name: "value",
        meaning: "The printed number, plain",
        hxl: "#indicator+value+num",
        kind: Kind::Number,
        presence: Presence::Always,
        value: |row| Value::Number(row.first.value),
    },
    Column {
        name: "qualifier",
        meaning: "Approximator printed before the figure: about (some, around), over (more than), under (less than, nearly)",
        hxl: "#indicator+qualifier",
        kind: Kind::Word(&["about", "over", "under"]),
        presence: Presence::Maybe,
        value: |row| Value::text(row.first.qualifier.as_str()),
    },
    Column {
        name: "low",
        meaning: "Smallest value that the printed precision stands for",
        hxl: "#indicator+value+min+num",
        kind: Kind::Number,
        presence: Presence::Always,
        value: |row| Value::Number(row.first.interval.low),
    },
    Column {
        name: "high",
        meaning: "Largest value that the printed precision stands for",
        hxl: "#indicator+value+max+num",
        kind: Kind::Number,
        presence: Presence::Always,
        value: |row| Value::Number(row.first.interval.high),
    },
    Column {
        name: "difference",
        meaning: "How much more than the value first printed, signed; 0 in the first edition",
        hxl: "#indicator+value+difference+num",
        kind: Kind::Number,
        presence: Presence::Always,
        value: |row| Value::Number(row.first.value.checked_sub(row.oldest.value).unwrap_or_default()),
    },
    Column {
        name: "quote",
        meaning: "The characters of the figure exactly as first printed in the edition",
        hxl: "#meta+quote",
        kind: Kind::Text,
        presence: Presence::Always,
        value: |row| Value::text(&row.first.quote),
    },
    Column {
        name: "context",
        meaning: "The sentence, row or chart label that the figure stands in there",
        hxl: "#description+context",
        kind: Kind::Text,
        presence: Presence::Maybe,
        value: |row| Value::text(&row.first.context),
    },
    Column {
        name: "documents",
        meaning: "Paths of the snapshots that print the value",
        hxl: "#meta+documents+list",
        kind: Kind::List,
        presence: Presence::Always,
        value: documents,
    },
    Column {
        name: "observations",
        meaning: "Ids of the observations of the value",
        hxl: "#meta+observations+list",
        kind: Kind::List,
        presence: Presence::Always,
        value: |row| Value::list(row.mentions.iter().map(|mention| &mention.id)),
    },
];

fn documents(row: Cells<'_, Vintages>) -> Value<'_> {
    let mut documents: Vec<_> = row.mentions.iter().map(|mention| mention.document.as_str().into()).collect();
    documents.dedup();
    Value::List(documents)
}
