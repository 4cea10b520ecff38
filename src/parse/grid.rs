//! Tables, charts and lines of "label: value" read alike: every value with the labels that stand over it and beside it.

use std::{collections::BTreeMap, ops::Range};

use super::{
    annotated::Annotated,
    dates::Edition,
    draft::TextPlace,
    number::NumberKind,
    outline::{Content, Node},
    parser::{Parser, Said, is_headed},
    pattern::{Capture, Slot},
    period::{self, PeriodKind},
    place::looks_like_place,
    profile::{Dimension, Rule, RuleKind},
};
use crate::{
    layout::{BlockKind, Cell, Chart, Region, Table},
    schema::{Fact, Method, Period, Relation},
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
    mark: Option<crate::layout::MarkReading>,
    /// Printed around it.
    context: String,
}

/// What the labels of an entry say.
#[derive(Debug, Clone, Default)]
struct Labelled {
    area: Option<String>,
    total: bool,
    origin: Option<String>,
    period: Option<Period>,
    /// A month without a year: its number, to be placed in the order of its fellows.
    bare_month: Option<i8>,
    /// A year on its own.
    year: Option<i16>,
    row: bool,
    unknown: Vec<usize>,
}

/// Reads every table, chart and run of labelled lines that stands under a heading of a table or chart rule.
pub(super) fn read(parser: &mut Parser<'_>) {
    let mut rules = parser.rules(RuleKind::Table);
    rules.extend(parser.rules(RuleKind::Chart));
    let outline = parser.outline;
    let charts = annotate_charts(parser);
    for (index, node) in outline.nodes.iter().enumerate() {
        match &node.content {
            Content::Table { table, caption, cells } => {
                for rule in &rules {
                    let Some((heading, between)) = governed(parser, index, rule, caption.as_ref()) else {
                        continue;
                    };
                    if rule.say.is_empty() {
                        let entries = table_entries(parser, table, cells, index);
                        take(parser, rule, &entries, heading, &between, Method::Table);
                    } else {
                        for row in 0..table.rows {
                            read_row(parser, rule, cells, index, row, heading, &between);
                        }
                    }
                }
            }
            Content::Chart { chart, title } => {
                for rule in rules.iter().filter(|rule| rule.say.is_empty()) {
                    let Some((heading, between)) = governed(parser, index, rule, title.as_ref()) else {
                        continue;
                    };
                    let entries = chart_entries(chart, &charts, index);
                    take(parser, rule, &entries, heading, &between, Method::ChartLabel);
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

/// The heading over a table or chart, or its own caption, if it is the rule's; and the headings in between.
fn governed(parser: &Parser<'_>, index: usize, rule: &Rule, caption: Option<&Annotated>) -> Option<(Option<usize>, Vec<usize>)> {
    if let Some(caption) = caption {
        if is_headed(caption, rule) {
            return Some((None, Vec::new()));
        }
        let others = parser
            .profile
            .rules
            .iter()
            .filter(|other| matches!(other.kind, RuleKind::Table | RuleKind::Chart));
        if others.into_iter().any(|other| is_headed(caption, other)) {
            return None;
        }
    }
    parser.heading_over(index, rule).map(|(heading, between)| (Some(heading), between))
}

/// The texts of a chart's points: by node, then series and point.
type ChartTexts = BTreeMap<(usize, usize, usize), (Option<Annotated>, Option<Annotated>)>;

struct Charts {
    points: ChartTexts,
    names: BTreeMap<(usize, usize), Annotated>,
}

/// Parts of a chart's texts: series are this far apart.
const SERIES_APART: usize = 100_000;

fn annotate_charts(parser: &Parser<'_>) -> Charts {
    let mut charts = Charts {
        points: BTreeMap::new(),
        names: BTreeMap::new(),
    };
    for (node, content) in parser.outline.nodes.iter().enumerate() {
        let Content::Chart { chart, .. } = &content.content else { continue };
        for (series, points) in chart.series.iter().enumerate() {
            if let Some(name) = &points.name {
                charts.names.insert((node, series), Annotated::new(name.clone(), parser.writing));
            }
            for (point, drawn) in points.points.iter().enumerate() {
                let annotate = |text: &Option<crate::layout::Text>| text.as_ref().map(|text| Annotated::new(text.clone(), parser.writing));
                charts
                    .points
                    .insert((node, series, point), (annotate(&drawn.category), annotate(&drawn.label)));
            }
        }
    }
    charts
}

fn chart_entries<'a>(chart: &Chart, charts: &'a Charts, node: usize) -> Vec<Entry<'a>> {
    let mut entries = Vec::new();
    for (series, points) in chart.series.iter().enumerate() {
        let name = charts.names.get(&(node, series));
        for (point, drawn) in points.points.iter().enumerate() {
            let Some((category, Some(value))) = charts.points.get(&(node, series, point)) else {
                continue;
            };
            let part = (series + 1) * SERIES_APART + point * 2 + 1;
            let labels = category.iter().map(|category| (category, TextPlace { node, part: part + 1 }));
            let labels: Vec<_> = labels
                .chain(name.map(|name| {
                    (
                        name,
                        TextPlace {
                            node,
                            part: (series + 1) * SERIES_APART,
                        },
                    )
                }))
                .collect();
            let mut context: Vec<_> = labels.iter().rev().map(|(label, _)| label.string().to_owned()).collect();
            context.push(value.string().to_owned());
            entries.push(Entry {
                value,
                place: TextPlace { node, part },
                labels,
                position: (point, series),
                mark: drawn.mark,
                context: context.join(" "),
            });
        }
    }
    entries
}

/// Values of a table with the labels of their row and column.
fn table_entries<'a>(parser: &Parser<'_>, table: &Table, cells: &'a [(&'a Cell, Annotated)], node: usize) -> Vec<Entry<'a>> {
    let header_rows = header_rows(parser, table, cells);
    let label_columns = label_columns(parser, table, cells, header_rows);
    let mut entries = Vec::new();
    for (index, (cell, words)) in cells.iter().enumerate() {
        if cell.row < header_rows || cell.column < label_columns {
            continue;
        }
        let mut labels = Vec::new();
        let mut context = Vec::new();
        for (other, (header, label)) in cells.iter().enumerate() {
            let place = TextPlace { node, part: other + 1 };
            let beside = header.column < label_columns && (header.row..header.row + header.row_span.max(1)).contains(&cell.row);
            let above = header.row < header_rows && (header.column..header.column + header.column_span.max(1)).contains(&cell.column);
            if (beside || above) && !label.string().trim().is_empty() {
                labels.push((label, place));
                context.push(label.string().to_owned());
            }
        }
        context.push(words.string().to_owned());
        let place = TextPlace { node, part: index + 1 };
        entries.push(Entry {
            value: words,
            place,
            labels,
            position: (cell.row, cell.column),
            mark: None,
            context: context.join(" | "),
        });
    }
    entries
}

/// Whether a cell holds a figure, not a label such as a year.
fn is_figure(words: &Annotated) -> bool {
    let Some(number) = words.numbers.first() else { return false };
    words.numbers.len() <= 2
        && !number.year_like
        && words.places.is_empty()
        && words.periods.is_empty()
        && words.tokens.iter().filter(|token| !token.is_punctuation()).count() <= 6
}

fn header_rows(parser: &Parser<'_>, table: &Table, cells: &[(&Cell, Annotated)]) -> usize {
    let figure_row = (0..table.rows).find(|row| {
        let in_row = || cells.iter().filter(|(cell, _)| cell.row == *row);
        in_row().any(|(cell, words)| {
            cell.column > 0 && (is_figure(words) || parser.writing.cues.is_nil(words.string().trim()) && !words.string().trim().is_empty())
        }) || in_row().any(|(_, words)| words.numbers.iter().any(|number| number.kind != NumberKind::Count))
    });
    match figure_row {
        Some(row) => row,
        None => table.header_rows.min(table.rows),
    }
}

/// Leading columns that hold labels: up to the first that holds a figure.
fn label_columns(parser: &Parser<'_>, table: &Table, cells: &[(&Cell, Annotated)], header_rows: usize) -> usize {
    let holds_figure = |column: usize| {
        cells.iter().any(|(cell, words)| {
            cell.column == column
                && cell.row >= header_rows
                && !cell.header
                && (is_figure(words) || !words.string().trim().is_empty() && parser.writing.cues.is_nil(words.string().trim()))
        })
    };
    (0..table.columns)
        .find(|column| holds_figure(*column))
        .unwrap_or(1)
        .max(usize::from(table.columns > 1))
}

/// Reads the labels of an entry as the rule's dimensions.
fn labelled(parser: &Parser<'_>, rule: &Rule, entry: &Entry<'_>) -> Labelled {
    let mut said = Labelled::default();
    for (index, (label, _)) in entry.labels.iter().enumerate() {
        let whole = 0..label.string().len();
        let mut known = false;
        if let Some(phrase) = rule.rows.iter().find_map(|phrase| phrase.at_start(label, whole.clone())) {
            said.row = true;
            known = true;
            let captured = phrase
                .capture(Slot::Period)
                .and_then(|capture| label.periods.get(capture.index))
                .and_then(|mention| mention.period);
            said.period = said.period.or(captured);
        }
        known |= read_places(parser, rule, label, &mut said);
        known |= read_periods(parser, label, &mut said);
        if !known {
            said.unknown.push(index);
        }
    }
    said
}

fn read_places(parser: &Parser<'_>, rule: &Rule, label: &Annotated, said: &mut Labelled) -> bool {
    let by_area = rule.by.contains(&Dimension::Area);
    let by_origin = rule.by.contains(&Dimension::Origin);
    let mut known = false;
    // The longest name in the label is the one it gives; a label with two different places gives none.
    let mentions: Vec<_> = label
        .places
        .iter()
        .filter(|mention| mention.range.len() * 2 >= label.string().trim().len() || label.places.len() == 1)
        .collect();
    if let [mention] = mentions.as_slice() {
        let whole = mention.code == parser.whole_area(rule);
        if by_area && whole {
            said.total = true;
            known = true;
        } else if by_area && (parser.is_member(mention.code) || !by_origin) && said.area.is_none() {
            if parser.is_member(mention.code) {
                said.area = Some(mention.code.to_owned());
                known = true;
            }
        } else if by_origin && said.origin.is_none() {
            said.origin = Some(mention.code.to_owned());
            known = true;
        }
    }
    let tokens = label.tokens.iter().filter(|token| !token.is_punctuation());
    if label.places.is_empty() && tokens.clone().count() <= 4 && tokens.clone().any(|token| parser.writing.cues.is_total(&token.folded)) {
        said.total = true;
        known = true;
    }
    known
}

fn read_periods(parser: &Parser<'_>, label: &Annotated, said: &mut Labelled) -> bool {
    let text = label.string().trim();
    if let Some(mention) = period::period(text, parser.writing.context, parser.writing.language)
        && let Some(period) = mention.period
    {
        if matches!(mention.kind, PeriodKind::Month) && !mention.complete {
            said.bare_month = Some(period.start.month());
        } else if matches!(mention.kind, PeriodKind::Year) {
            said.year = Some(period.start.year());
        } else if !matches!(mention.kind, PeriodKind::Relative(_)) {
            said.period = said.period.or(Some(period));
        }
        return true;
    }
    if said.period.is_none()
        && let Some(mention) = label.periods.iter().find(|mention| !matches!(mention.kind, PeriodKind::Relative(_)))
    {
        said.period = mention.period;
    }
    false
}

/// Makes observations of entries, and the sums and shares they form.
fn take(parser: &mut Parser<'_>, rule: &Rule, entries: &[Entry<'_>], heading: Option<usize>, between: &[usize], method: Method) {
    let outline = parser.outline;
    let mut outer = Labelled::default();
    let mut heading_marks = Vec::new();
    for node in between.iter().chain(&heading) {
        let Some((_, words)) = outline.nodes[*node].block() else { continue };
        heading_marks.extend(words.text.marks.iter().map(|mark| (mark.label.clone(), *node)));
        if between.contains(node) {
            read_places(parser, rule, words, &mut outer);
            read_periods(parser, words, &mut outer);
        }
    }
    let mut read: Vec<Labelled> = entries.iter().map(|entry| labelled(parser, rule, entry)).collect();
    place_bare_months(parser.edition, entries, &mut read, outer.year);
    let mut made: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    let mut nil: Vec<(usize, usize)> = Vec::new();
    let mut unknown_places = Vec::new();
    for (entry, said) in entries.iter().zip(&read) {
        if !rule.rows.is_empty() && !said.row {
            continue;
        }
        if parser.writing.cues.is_nil(entry.value.string().trim()) {
            nil.push(entry.position);
            continue;
        }
        let area = said.area.clone().or_else(|| if said.total { None } else { outer.area.clone() });
        let needs_area = rule.by.contains(&Dimension::Area) && area.is_none() && !said.total;
        let needs_origin = rule.by.contains(&Dimension::Origin) && said.origin.is_none() && !said.total;
        let has_period = said.period.is_some() || said.year.is_some();
        let needs_period = rule.by == [Dimension::Period] && !has_period && outer.period.is_none();
        if needs_area && rule.by.len() == 1 || needs_origin || needs_period || (needs_area && !has_period) {
            unknown_places.extend(said.unknown.iter().map(|label| (entry, *label)));
            continue;
        }
        if !said.unknown.is_empty() && rule.rows.is_empty() && !is_harmless(parser, entry, said) {
            unknown_places.extend(said.unknown.iter().map(|label| (entry, *label)));
            continue;
        }
        let printed = said
            .period
            .or_else(|| said.year.and_then(|year| year_of(parser, year, heading)))
            .or(outer.period);
        let Some(period) = parser.period(rule, printed, heading) else { continue };
        let slot = match entry.value.numbers.first().map(|number| number.kind) {
            Some(NumberKind::Percent) => rule.percent,
            Some(NumberKind::Count) if percent_heading(parser, heading) => rule.percent,
            Some(NumberKind::Count) => Slot::Count,
            _ => continue,
        };
        let Some(capture) = value_capture(entry.value, slot) else { continue };
        if parser.claims.hold(entry.place, &capture.range) {
            continue;
        }
        let mut marks = heading_marks.clone();
        for (label, place) in &entry.labels {
            marks.extend(label.text.marks.iter().map(|mark| (mark.label.clone(), place.node)));
        }
        let said_all = Said {
            area,
            origin: said.origin.clone(),
            period: Some(period),
            base: None,
            marks,
        };
        let whole = 0..entry.value.string().len();
        if let Some(index) = parser.draft(rule, entry.value, entry.place, &capture, whole, method, &said_all) {
            parser.drafts[index].offset += entry.context.len() - entry.value.string().len();
            parser.drafts[index].context.clone_from(&entry.context);
            made.insert(entry.position, index);
            for (label, place) in &entry.labels {
                parser.claims.add(*place, 0..label.string().len());
            }
            check_mark(parser, entry, index);
        }
    }
    for (entry, label) in unknown_places {
        note_unknown_place(parser, rule, entry, label, made.is_empty());
    }
    relate(parser, rule, entries, &read, &made, &nil);
}

/// Labels that say nothing about the figure may stand beside others that do: units, series of the same thing.
fn is_harmless(parser: &Parser<'_>, entry: &Entry<'_>, said: &Labelled) -> bool {
    said.unknown.iter().all(|index| {
        let (label, _) = entry.labels[*index];
        let words: Vec<_> = label.tokens.iter().filter(|token| !token.is_punctuation()).collect();
        label.places.is_empty()
            && !(looks_like_place(label.string().trim(), parser.writing.language) && words.len() <= 3 && entry.labels.len() == 1)
            && !parser.is_member(label.string())
    })
}

/// A figure that fills its text, as one slot catches it.
fn value_capture(value: &Annotated, slot: Slot) -> Option<Capture> {
    let kind_slot = if slot == Slot::Count || value.numbers.first().is_some_and(|number| number.kind == NumberKind::Count) {
        Slot::Count
    } else {
        slot
    };
    let capture = (0..value.tokens.len()).find_map(|token| value.slots_at(token, kind_slot).into_iter().next())?;
    let words = |range: Range<usize>| {
        value.tokens[value.token_at(range.start)..value.token_at(range.end)]
            .iter()
            .filter(|token| !token.is_punctuation())
            .count()
    };
    let beside = words(0..capture.range.start) + words(capture.range.end..value.string().len());
    (value.numbers.len() == 1 && beside <= 2).then_some(Capture { slot, ..capture })
}

fn percent_heading(parser: &Parser<'_>, heading: Option<usize>) -> bool {
    let words = heading
        .and_then(|heading| parser.outline.nodes[heading].block())
        .map(|(_, words)| words.string());
    words.is_some_and(|words| words.contains("(%)") || words.contains("(in %)") || words.contains("(per cent)"))
}

/// A year as a label: the days that the heading gives that year, else the year itself.
fn year_of(parser: &Parser<'_>, year: i16, heading: Option<usize>) -> Option<Period> {
    let words = heading.and_then(|heading| parser.outline.nodes[heading].block()).map(|(_, words)| words);
    let of_heading = words.and_then(|words| {
        let mentions = words.periods.iter().filter(|mention| !matches!(mention.kind, PeriodKind::Relative(_)));
        mentions
            .filter_map(|mention| mention.period)
            .find(|period| period.start.year() == year && period.end.year() == year)
    });
    of_heading.or_else(|| Period::years(year, year))
}

/// Gives months without a year theirs: the last of a row of months is in or before the edition's month, and time runs on.
fn place_bare_months(edition: Edition, entries: &[Entry<'_>], read: &mut [Labelled], outer_year: Option<i16>) {
    for said in read.iter_mut() {
        if let (Some(month), Some(year)) = (said.bare_month, said.year.or(outer_year)) {
            said.period = Period::month(year, month);
            said.bare_month = None;
            said.year = None;
        }
    }
    let along_rows = entries
        .iter()
        .map(|entry| entry.position.0)
        .collect::<std::collections::BTreeSet<_>>()
        .len()
        > 1;
    // Months stand along one direction; those across share their place in it.
    let months_vary_by = |axis: fn(&Entry<'_>) -> usize| {
        let mut months: BTreeMap<usize, i8> = BTreeMap::new();
        let mut consistent = true;
        for (entry, said) in entries.iter().zip(read.iter()) {
            if let Some(month) = said.bare_month {
                consistent &= *months.entry(axis(entry)).or_insert(month) == month;
            }
        }
        consistent.then_some(months)
    };
    let by_first = months_vary_by(|entry| entry.position.0).filter(|_| along_rows);
    let (months, first) = match by_first {
        Some(months) => (months, true),
        None => match months_vary_by(|entry| entry.position.1) {
            Some(months) => (months, false),
            None => return,
        },
    };
    let mut years: BTreeMap<usize, i16> = BTreeMap::new();
    let mut later: Option<(i8, i16)> = None;
    for (position, month) in months.iter().rev() {
        let year = match later {
            None if *month <= edition.month => edition.year,
            None => edition.year - 1,
            Some((next, year)) if *month >= next => year - 1,
            Some((_, year)) => year,
        };
        years.insert(*position, year);
        later = Some((*month, year));
    }
    for (entry, said) in entries.iter().zip(read.iter_mut()) {
        let position = if first { entry.position.0 } else { entry.position.1 };
        if let (Some(month), Some(year)) = (said.bare_month, years.get(&position)) {
            said.period = Period::month(*year, month);
        }
    }
}

/// A label far from what its mark says is a fact.
fn check_mark(parser: &mut Parser<'_>, entry: &Entry<'_>, index: usize) {
    let (Some(mark), Some(number)) = (entry.mark, entry.value.numbers.first()) else {
        return;
    };
    let value: f64 = number.value.try_into().unwrap_or(f64::NAN);
    let step: f64 = number.step.try_into().unwrap_or(0.0);
    let slack = (mark.error * 2.0).max(value.abs() * 0.03).max(mark.value.abs() * 0.03) + step;
    if (value - mark.value).abs() > slack
        && let Some(mention) = parser.mention(entry.value, number.range.clone(), 0..entry.value.string().len())
    {
        let decimals = usize::from(mark.value.abs() < 10.0);
        let unit = if number.kind == NumberKind::Percent { "%" } else { "" };
        // The observation's id is known later; the place tells it until then.
        parser.facts.push(Fact::LabelDiffersFromMark {
            mention,
            mark: format!("{:.decimals$}{unit}", mark.value),
            observation: Some(index.to_string()),
        });
    }
}

/// Totals over rows and columns, shares of one whole, rankings.
fn relate(
    parser: &mut Parser<'_>,
    rule: &Rule,
    entries: &[Entry<'_>],
    read: &[Labelled],
    made: &BTreeMap<(usize, usize), usize>,
    nil: &[(usize, usize)],
) {
    let total_at = |position: (usize, usize)| entries.iter().zip(read).any(|(entry, said)| entry.position == position && said.total);
    for along_row in [true, false] {
        let line = |position: &(usize, usize)| if along_row { position.0 } else { position.1 };
        let lines: std::collections::BTreeSet<_> = made.keys().map(line).collect();
        for number in lines {
            let members: Vec<_> = made.iter().filter(|(position, _)| line(position) == number).collect();
            let totals: Vec<_> = members
                .iter()
                .filter(|(position, _)| total_at(**position))
                .map(|(_, index)| **index)
                .collect();
            let parts: Vec<_> = members
                .iter()
                .filter(|(position, _)| !total_at(**position))
                .map(|(_, index)| **index)
                .collect();
            let same_kind = parts.iter().all(|part| {
                totals.iter().all(|total| {
                    let (part, total) = (&parser.drafts[*part], &parser.drafts[*total]);
                    part.statistic == total.statistic && part.period == total.period && part.statistic == crate::schema::Statistic::Count
                })
            });
            if let [total] = totals.as_slice()
                && parts.len() > 1
                && same_kind
            {
                let missing = nil.iter().filter(|position| line(position) == number).count();
                let unread = entries
                    .iter()
                    .filter(|entry| line(&entry.position) == number && !made.contains_key(&entry.position) && !nil.contains(&entry.position))
                    .count();
                parser.relations.push(Relation::Sum {
                    total: *total,
                    parts,
                    unknown: missing + unread,
                });
            }
        }
    }
    let shares: Vec<_> = made
        .iter()
        .filter(|(position, index)| parser.drafts[**index].statistic == crate::schema::Statistic::Share && !total_at(**position))
        .collect();
    let series: std::collections::BTreeSet<_> = shares.iter().map(|(position, _)| position.1).collect();
    for number in series {
        let parts: Vec<_> = shares
            .iter()
            .filter(|(position, _)| position.1 == number)
            .map(|(_, index)| **index)
            .collect();
        if parts.len() > 1 && !rule.by.contains(&Dimension::Period) {
            if rule.ranked {
                parser.relations.push(Relation::Ranking { parts: parts.clone() });
            }
            parser.relations.push(Relation::Shares {
                parts,
                partial: rule.partial,
            });
        }
    }
}

fn note_unknown_place(parser: &mut Parser<'_>, rule: &Rule, entry: &Entry<'_>, label: usize, nothing_made: bool) {
    let (words, place) = entry.labels[label];
    let name = words.string().trim();
    let wanted = rule.by.contains(&Dimension::Area) || rule.by.contains(&Dimension::Origin);
    if nothing_made
        || !wanted
        || name.is_empty()
        || !looks_like_place(name, parser.writing.language)
        || parser.claims.hold(place, &(0..words.string().len()))
    {
        return;
    }
    let whole = 0..words.string().len();
    if let Some(mention) = parser.mention(words, whole.clone(), whole.clone()) {
        parser.claims.add(place, whole);
        parser.claims.add(entry.place, 0..entry.value.string().len());
        parser.facts.push(Fact::UnknownPlace { mention });
    }
}

/// A row whose cells hold several figures each: "Egypt (33%) ↑ +15%", found by the rule's phrases, all of the area the row names.
fn read_row(parser: &mut Parser<'_>, rule: &Rule, cells: &[(&Cell, Annotated)], node: usize, row: usize, heading: Option<usize>, between: &[usize]) {
    let in_row: Vec<_> = cells
        .iter()
        .enumerate()
        .filter(|(_, (cell, _))| (cell.row..cell.row + cell.row_span.max(1)).contains(&row))
        .collect();
    let area = in_row.iter().find_map(|(_, (_, words))| row_area(parser, words)).or_else(|| {
        let mut outer = Labelled::default();
        for node in between {
            let (_, words) = parser.outline.nodes[*node].block()?;
            read_places(parser, rule, words, &mut outer);
        }
        Some((outer.area?, Vec::new(), 0))
    });
    let Some((area, marks, _)) = area else { return };
    let mut parts = Vec::new();
    for (index, (_, words)) in &in_row {
        parts.extend(read_cell(
            parser,
            rule,
            words,
            TextPlace { node, part: index + 1 },
            0..words.string().len(),
            &area,
            &marks,
            heading,
        ));
    }
    relate_shares(parser, rule, parts);
}

/// A row of such figures that lost its cells: "Kosovo⁴ Egypt (33%) ↑ +15% Morocco (25%) ↓ -6%".
fn read_row_of_words(parser: &mut Parser<'_>, rule: &Rule, words: &Annotated, node: usize, heading: usize) {
    let starts: Vec<_> = words.places.iter().filter(|mention| parser.is_member(mention.code)).cloned().collect();
    for (index, start) in starts.iter().enumerate() {
        let end = starts.get(index + 1).map_or(words.string().len(), |next| next.range.start);
        let marks: Vec<_> = words
            .text
            .marks
            .iter()
            .filter(|mark| mark.at == start.range.end)
            .map(|mark| (mark.label.clone(), node))
            .collect();
        let place = TextPlace { node, part: 0 };
        let parts = read_cell(parser, rule, words, place, start.range.end..end, start.code, &marks, Some(heading));
        relate_shares(parser, rule, parts);
    }
}

/// The area a cell names and nothing else, with its marks and the length of the name.
fn row_area(parser: &Parser<'_>, words: &Annotated) -> Option<(String, Vec<(String, usize)>, usize)> {
    let [mention] = words.places.as_slice() else { return None };
    let alone = words
        .tokens
        .iter()
        .filter(|token| !token.is_punctuation() && (token.range.start < mention.range.start || token.range.end > mention.range.end))
        .count()
        == 0;
    let marks = words.text.marks.iter().map(|mark| (mark.label.clone(), usize::MAX)).collect();
    (alone && words.numbers.is_empty() && parser.is_member(mention.code)).then(|| (mention.code.to_owned(), marks, mention.range.len()))
}

#[allow(clippy::too_many_arguments)] // one cell and all it stands in
fn read_cell(
    parser: &mut Parser<'_>,
    rule: &Rule,
    words: &Annotated,
    place: TextPlace,
    within: Range<usize>,
    area: &str,
    marks: &[(String, usize)],
    heading: Option<usize>,
) -> Vec<usize> {
    let mut made = Vec::new();
    for phrase in &rule.say {
        for found in phrase.find_all(words, within.clone(), 64) {
            if Parser::figures(&found.captures).any(|figure| parser.claims.hold(place, &figure.range)) {
                continue;
            }
            let Some(origin) = found
                .capture(Slot::Origin)
                .and_then(|capture| words.places.get(capture.index))
                .map(|mention| mention.code.to_owned())
            else {
                continue;
            };
            let printed = heading
                .is_none()
                .then(|| super::dates::current(words, &within, found.range.start, parser.writing))
                .flatten();
            let Some(period) = parser.period(rule, printed, heading) else { continue };
            let marks = marks
                .iter()
                .map(|(label, node)| (label.clone(), if *node == usize::MAX { place.node } else { *node }));
            let mut marks: Vec<_> = marks.collect();
            if let Some((_, words)) = heading.and_then(|heading| parser.outline.nodes[heading].block()) {
                marks.extend(words.text.marks.iter().map(|mark| (mark.label.clone(), heading.unwrap_or(place.node))));
            }
            let said = Said {
                area: Some(area.to_owned()),
                origin: Some(origin),
                period: Some(period),
                base: None,
                marks,
            };
            for figure in Parser::figures(&found.captures) {
                made.extend(parser.draft(rule, words, place, figure, found.range.clone(), Method::Table, &said));
            }
        }
    }
    made
}

fn relate_shares(parser: &mut Parser<'_>, rule: &Rule, made: Vec<usize>) {
    let mut parts: Vec<_> = made
        .into_iter()
        .filter(|index| parser.drafts[*index].statistic == crate::schema::Statistic::Share)
        .collect();
    parts.sort_by_key(|index| (parser.drafts[*index].place, parser.drafts[*index].range.start));
    if parts.len() > 1 {
        if rule.ranked {
            parser.relations.push(Relation::Ranking { parts: parts.clone() });
        }
        parser.relations.push(Relation::Shares {
            parts,
            partial: rule.partial,
        });
    }
}

/// Lines such as "Afghanistan: 31%" or "July 2024 3,300" under a heading, as they come where a chart was written down as text.
fn read_lines(parser: &mut Parser<'_>, rule: &Rule, node: usize, heading: usize, between: &[usize]) {
    let outline = parser.outline;
    // The whole run of such lines is read at once, so that bare months find their years; it is read from its first line.
    let free = |node: usize| parser.headings[node].is_empty() && !parser.claims.touch(node);
    let run_from = |node: usize| {
        outline
            .nodes
            .get(node)
            .and_then(Node::block)
            .filter(|_| free(node))
            .map(|(_, words)| label_and_value(words))
    };
    if node > heading + 1 && run_from(node - 1).flatten().is_some() {
        return;
    }
    let mut texts: Vec<(Annotated, Annotated, usize, Range<usize>)> = Vec::new();
    for at in node..outline.nodes.len() {
        let Some(Some((label, value))) = run_from(at) else { break };
        let Some((_, words)) = outline.nodes[at].block() else { break };
        let annotate = |range: Range<usize>| Annotated::new(words.text.slice(range), parser.writing);
        texts.push((annotate(label), annotate(value.clone()), at, value));
    }
    let entries: Vec<Entry<'_>> = texts
        .iter()
        .enumerate()
        .map(|(index, (label, value, at, _))| Entry {
            value,
            place: TextPlace { node: *at, part: 0 },
            labels: vec![(label, TextPlace { node: *at, part: usize::MAX })],
            position: (index, 0),
            mark: None,
            context: format!("{}: {}", label.string(), value.string()),
        })
        .collect();
    let before = parser.drafts.len();
    take(parser, rule, &entries, Some(heading), between, Method::List);
    // The value was cut out of its line: the line's own bytes are claimed too.
    for index in before..parser.drafts.len() {
        if let Some((_, _, at, range)) = texts.iter().find(|(_, _, at, _)| *at == parser.drafts[index].place.node) {
            let shifted = parser.drafts[index].range.start + range.start..parser.drafts[index].range.end + range.start;
            parser.drafts[index].range = shifted;
            parser.claims.add(TextPlace { node: *at, part: 0 }, range.clone());
        }
    }
}

/// A line that is one label and one value.
fn label_and_value(words: &Annotated) -> Option<(Range<usize>, Range<usize>)> {
    let [number] = words.numbers.as_slice() else { return None };
    let range = super::annotated::number_range(number);
    let text = words.string();
    let (before, after) = (text[..range.start].trim(), text[range.end..].trim());
    let label = |part: &str| part.trim_matches([':', '-', '–', '|', '\t', ' ', '(', ')', '\n', '•']).to_owned();
    let (label_text, at_front) = if after.trim_matches([')', '.', ' ']).is_empty() {
        (label(before), true)
    } else if before.is_empty() {
        (label(after), false)
    } else {
        return None;
    };
    if label_text.is_empty() || label_text.split_whitespace().count() > 6 {
        return None;
    }
    let start = if at_front {
        text.find(&label_text)?
    } else {
        range.end + text[range.end..].find(&label_text)?
    };
    Some((start..start + label_text.len(), range))
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
