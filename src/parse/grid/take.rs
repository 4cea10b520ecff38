//! Entries under one heading to observations, and to names that no register knows.

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Range,
};

use super::{
    super::{
        annotated::{Annotated, Token},
        draft::TextPlace,
        number::NumberKind,
        parser::{Parser, Said},
        pattern::{Capture, Slot},
        place::looks_like_place,
        profile::{Dimension, Rule},
    },
    Entry,
    labels::{Labelled, labelled, place_bare_months, read_periods, read_places, year_of},
    relate::{check_mark, relate},
};
use crate::schema::{Fact, Method, Period};

/// Makes observations of entries, and the sums and shares they form.
#[allow(clippy::too_many_arguments)] // entries and all that stands over them
pub(super) fn take(
    parser: &mut Parser<'_>,
    rule: &Rule,
    entries: &[Entry<'_>],
    caption: Option<&Annotated>,
    heading: Option<usize>,
    between: &[usize],
    method: Method,
) {
    let outline = parser.outline;
    let mut outer = Labelled::default();
    let mut heading_marks = Vec::new();
    for node in between.iter().chain(&heading) {
        let Some((_, words)) = outline.nodes[*node].block() else { continue };
        heading_marks.extend(words.text.marks.iter().map(|mark| (mark.label.clone(), *node)));
        if between.contains(node) {
            read_places(parser, rule, words, &mut outer, false);
            read_periods(parser, words, &mut outer);
        }
    }
    let mut labels = BTreeMap::new();
    let mut read: Vec<Labelled> = entries.iter().map(|entry| labelled(parser, rule, entry, &mut labels)).collect();
    place_bare_months(parser.edition, entries, &mut read, outer.year);
    let heading_words = parser.words(heading);
    let over = caption
        .filter(|caption| !caption.periods.is_empty())
        // A chart's own title may leave the days to the heading over it.
        .or(heading_words)
        .or(caption);
    let over_tells_percent = over.is_some_and(tells_percent);
    let alike = alike(entries);
    let changes: Vec<bool> = entries.iter().map(|entry| tells_changes(parser, entry)).collect();
    let counts = entries.iter().zip(&read).zip(&changes).filter(|(_, changes)| !**changes);
    let compared = two_periods(parser, rule, counts.map(|(entry, _)| entry), over);
    let mut made: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    let mut nil: Vec<(usize, usize)> = Vec::new();
    let mut unknown_places = Vec::new();
    for ((entry, said), changes) in entries.iter().zip(&read).zip(changes) {
        if alike.contains(&entry.place) {
            continue;
        }
        if !rule.rows.is_empty() && !said.row {
            continue;
        }
        if parser.writing.cues.is_nil(entry.value.string().trim()) {
            nil.push(entry.position);
            continue;
        }
        // The heading's days are not those of a month whose year nobody can tell.
        if said.bare_month.is_some() && said.period.is_none() {
            continue;
        }
        let area = said.area.clone().or_else(|| if said.total { None } else { outer.area.clone() });
        let needs_area = rule.by.contains(&Dimension::Area) && area.is_none() && !said.total;
        let needs_origin = rule.by.contains(&Dimension::Origin) && said.origin.is_none() && !said.total;
        let has_period = said.period.is_some() || said.year.is_some();
        // A value all of whose labels are strange is nobody's.
        if !(has_period || said.row || said.total || said.area.is_some() || said.origin.is_some()) {
            unknown_places.extend(said.unknown.iter().map(|label| (entry, *label)));
            continue;
        }
        let needs_period = rule.by == [Dimension::Period] && !has_period && outer.period.is_none();
        if needs_area && rule.by.len() == 1 || needs_origin || needs_period || (needs_area && !has_period) {
            unknown_places.extend(said.unknown.iter().map(|label| (entry, *label)));
            continue;
        }
        if !said.unknown.is_empty() && rule.rows.is_empty() && !is_harmless(parser, entry, said) {
            unknown_places.extend(said.unknown.iter().map(|label| (entry, *label)));
            continue;
        }
        let printed = said.period.or_else(|| said.year.and_then(|year| year_of(year, over))).or(outer.period);
        let Some(period) = parser.period(rule, printed, over) else { continue };
        let (period, base) = match compared {
            Some((earlier, later)) if changes && !has_period => (later, Some(earlier)),
            _ => (period, None),
        };
        let slot = match entry.value.numbers.first().map(|number| number.kind) {
            Some(NumberKind::Percent) if base.is_some() => Slot::Change,
            // How many more there are is not how many there are.
            _ if changes => continue,
            Some(NumberKind::Percent) => rule.percent,
            Some(NumberKind::Count) if over_tells_percent => rule.percent,
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
            base,
            marks,
        };
        let whole = 0..entry.value.string().len();
        if let Some(index) = parser.draft(rule, entry.value, entry.place, &capture, whole, method, &said_all) {
            if let Some(drawn) = entry.drawn {
                drawn.put_into(&mut parser.drafts[index], &entry.context);
            } else {
                parser.drafts[index].offset = parser.drafts[index].range.start + entry.context.len() - entry.value.string().len();
                parser.drafts[index].context.clone_from(&entry.context);
            }
            parser.drafts[index].label = said.row_label.map(|label| {
                let (words, place) = entry.labels[label];
                (place, 0..words.string().len())
            });
            made.insert(entry.position, index);
            for (label, place) in &entry.labels {
                parser.claims.add(*place, 0..label.string().len());
            }
            if entry.drawn.is_none() {
                check_mark(parser, entry, index);
            }
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
    let capture = (0..value.tokens.len()).find_map(|token| value.slots_at(token, kind_slot).next())?;
    let words = |range: Range<usize>| {
        value.tokens[value.token_at(range.start)..value.token_at(range.end)]
            .iter()
            .filter(|token| !token.is_punctuation())
            .count()
    };
    let beside = words(0..capture.range.start) + words(capture.range.end..value.string().len());
    (value.numbers.len() == 1 && beside <= 2).then_some(Capture { slot, ..capture })
}

/// Figures of one row that no label tells apart: which of them is meant cannot be told.
fn alike(entries: &[Entry<'_>]) -> BTreeSet<TextPlace> {
    let mut fellows: BTreeMap<_, Vec<TextPlace>> = BTreeMap::new();
    for entry in entries {
        let Some(number) = entry.value.numbers.first() else { continue };
        let labels: Vec<TextPlace> = entry.labels.iter().map(|(_, place)| *place).collect();
        let is_count = number.kind == NumberKind::Count;
        fellows.entry((entry.position.0, is_count, labels)).or_default().push(entry.place);
    }
    fellows.into_values().filter(|places| places.len() > 1).flatten().collect()
}

/// The earlier and the later of two periods that counts are of, where there are two: what a change beside them is told of.
fn two_periods<'a>(
    parser: &Parser<'_>,
    rule: &Rule,
    entries: impl Iterator<Item = (&'a Entry<'a>, &'a Labelled)>,
    over: Option<&Annotated>,
) -> Option<(Period, Period)> {
    let of = |(entry, said): (&Entry<'_>, &Labelled)| {
        let number = entry.value.numbers.first().filter(|number| number.kind == NumberKind::Count);
        let printed = said.period.or_else(|| said.year.and_then(|year| year_of(year, over)));
        parser.period(rule, Some(number.and(printed)?), over)
    };
    let mut periods = entries.filter_map(of).collect::<BTreeSet<Period>>().into_iter();
    match (periods.next(), periods.next(), periods.next()) {
        (Some(earlier), Some(later), None) => Some((earlier, later)),
        _ => None,
    }
}

/// Whether a label in a few words says that changes stand under or beside it.
fn tells_changes(parser: &Parser<'_>, entry: &Entry<'_>) -> bool {
    let cues = parser.writing.cues;
    entry.labels.iter().any(|(label, _)| {
        let words = label.tokens.iter().filter(|token| !token.is_punctuation()).count();
        let says = |token: &Token| cues.heads_changes(&token.folded);
        words <= LABEL_OF_CHANGES && (label.tokens.iter().any(says) || cues.heads_changes(label.string().trim()))
    })
}

/// Words of a label that says so; a longer one says something else.
const LABEL_OF_CHANGES: usize = 5;

fn tells_percent(heading: &Annotated) -> bool {
    ["(%)", "(in %)", "(per cent)", "(in per cent)"]
        .iter()
        .any(|unit| heading.string().contains(unit))
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
