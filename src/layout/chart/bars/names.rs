//! The words that name the categories of bars: under upright bars, before level ones, or right over them.

use std::ops::Range;

use super::{Bar, Direction, Span};
use crate::layout::chart::Sketch;
use crate::layout::{BBox, Text};

/// Words of a row of names that stands as one line.
const MOST_WORDS: usize = 80;

/// A label that names a category, or the part of one that does.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Name {
    pub(super) label: usize,
    range: Range<usize>,
    bbox: BBox,
}

impl Name {
    fn of(label: usize, sketch: &Sketch<'_>) -> Self {
        Self {
            label,
            range: 0..sketch.labels[label].text.string.len(),
            bbox: sketch.labels[label].bbox,
        }
    }

    fn part(label: usize, range: Range<usize>, sketch: &Sketch<'_>) -> Option<Self> {
        let whole = sketch.labels[label].bbox;
        let words = sketch.labels[label].text.region(range.clone())?.bbox()?;
        Some(Self {
            label,
            range,
            bbox: BBox {
                x0: words.x0,
                x1: words.x1,
                ..whole
            },
        })
    }
}

/// Where the slots of a chart stand across the way its bars grow.
struct Slots {
    ranges: Vec<(f64, f64)>,
    middles: Vec<f64>,
    pitch: f64,
}

impl Slots {
    fn of(bars: &[Bar], slots: &[Vec<usize>]) -> Self {
        let ranges: Vec<(f64, f64)> = slots
            .iter()
            .map(|slot| {
                let from = slot.iter().map(|index| bars[*index].from).fold(f64::INFINITY, f64::min);
                let to = slot.iter().map(|index| bars[*index].to).fold(f64::NEG_INFINITY, f64::max);
                (from, to)
            })
            .collect();
        let middles: Vec<f64> = ranges.iter().map(|(from, to)| f64::midpoint(*from, *to)).collect();
        let pitch = middles.windows(2).map(|pair| pair[1] - pair[0]).fold(f64::INFINITY, f64::min).min(1e6);
        Self { ranges, middles, pitch }
    }

    /// The slot closest to a place, and how far its middle is.
    fn nearest(&self, place: f64) -> Option<(usize, f64)> {
        let slot = self.middles.partition_point(|middle| *middle < place);
        [slot.checked_sub(1), Some(slot)]
            .into_iter()
            .flatten()
            .filter(|slot| *slot < self.middles.len())
            .map(|slot| (slot, (self.middles[slot] - place).abs()))
            .min_by(|one, other| one.1.total_cmp(&other.1))
    }

    /// The slot whose room a place lies in.
    fn at(&self, place: f64) -> Option<usize> {
        let (slot, apart) = self.nearest(place)?;
        let (from, to) = self.ranges[slot];
        (apart <= 0.5 * self.pitch.max(to - from) + 0.5).then_some(slot)
    }
}

/// Which point of a slanted name stands at its bar: where it ends, where it starts or, set without care, its middle.
fn slanted_anchor(names: &[(Name, Span)], slots: &Slots, sketch: &Sketch<'_>) -> fn(Span) -> f64 {
    let anchors: [fn(Span) -> f64; 3] = [|span| span.to, |span| span.from, Span::middle];
    let upwards = names.iter().filter(|(name, _)| sketch.labels[name.label].angle < 0.0).count() * 2 >= names.len();
    let order: [usize; 3] = if upwards { [0, 2, 1] } else { [1, 2, 0] };
    let score = |anchor: usize| {
        let places: Vec<(usize, f64)> = names.iter().filter_map(|(_, span)| slots.nearest(anchors[anchor](*span))).collect();
        let mut distinct: Vec<usize> = places.iter().map(|(slot, _)| *slot).collect();
        distinct.sort_unstable();
        distinct.dedup();
        let apart = places.iter().map(|(_, apart)| apart).sum::<f64>() / slots.pitch.max(1.0) / places.len().max(1) as f64;
        // The usual anchor wins unless another fits clearly better.
        (places.len() - distinct.len()) as f64 + (4.0 * apart).floor()
    };
    let best = order.into_iter().min_by(|one, other| score(*one).total_cmp(&score(*other))).unwrap_or(2);
    anchors[best]
}

/// The words that name each slot: under upright bars, before level ones, or right over them.
///
/// `foot` is where the drawing starts: the base of the bars, or the tip of the longest that grows the other way.
pub(super) fn categories(bars: &[Bar], slots: &[Vec<usize>], free: &[usize], foot: f64, direction: Direction, sketch: &Sketch<'_>) -> Vec<Vec<Name>> {
    let under_foot = names_before(bars, slots, free, foot, direction, sketch);
    let base = bars[0].base;
    let named = |names: &[Vec<Name>]| names.iter().filter(|names| !names.is_empty()).count();
    if base - foot < 1.0 || named(&under_foot) * 2 >= slots.len() {
        return under_foot;
    }
    // Names may stand along the line that bars grow from both ways, or at the foot of a drawing that goes on below the longest bar.
    let at_base = names_before(bars, slots, free, base, direction, sketch);
    let best = if named(&at_base) > named(&under_foot) { at_base } else { under_foot };
    let tip = bars.iter().map(|bar| bar.base.max(bar.tip)).fold(base, f64::max);
    match row_for_all(slots, bars, free, (foot, tip), direction, sketch) {
        Some(row) if named(&best) * 2 < slots.len() => names_before(bars, slots, free, row, direction, sketch),
        _ => best,
    }
}

/// Where words begin, seen down from a foot, that stand level under the middle of each slot: no farther than the bars are long.
fn row_for_all(
    slots: &[Vec<usize>],
    bars: &[Bar],
    free: &[usize],
    (foot, tip): (f64, f64),
    direction: Direction,
    sketch: &Sketch<'_>,
) -> Option<f64> {
    let places = Slots::of(bars, slots);
    let under: Vec<Span> = free
        .iter()
        .filter(|index| sketch.labels[**index].angle == 0.0 && sketch.figure(**index).is_none())
        .map(|index| Span::of(sketch.labels[*index].bbox, direction))
        .filter(|span| direction == Direction::Up && span.far < foot && span.far > foot - (tip - foot))
        .collect();
    let mut rows: Vec<f64> = under.iter().map(|span| span.far).collect();
    rows.sort_by(|one, other| other.total_cmp(one));
    rows.into_iter().find(|far| {
        let level: Vec<&Span> = under.iter().filter(|span| (span.far - far).abs() < 1.0).collect();
        let centred = |middle: f64| {
            level
                .iter()
                .filter(|span| (span.middle() - middle).abs() <= 0.12 * places.pitch + 0.6)
                .count()
                == 1
        };
        slots.len() >= 3 && level.len() == slots.len() && places.middles.iter().all(|middle| centred(*middle))
    })
}

/// For each slot of level bars, those of some names that stand level with it.
pub(super) fn level_with(bars: &[Bar], slots: &[Vec<usize>], names: &[usize], sketch: &Sketch<'_>) -> Vec<Vec<Name>> {
    let places = Slots::of(bars, slots);
    let mut found: Vec<Vec<Name>> = vec![Vec::new(); slots.len()];
    for name in names.iter().map(|label| Name::of(*label, sketch)) {
        if let Some(slot) = places.at(f64::midpoint(name.bbox.top, name.bbox.bottom)) {
            found[slot].push(name);
        }
    }
    found
}

fn names_before(bars: &[Bar], slots: &[Vec<usize>], free: &[usize], base: f64, direction: Direction, sketch: &Sketch<'_>) -> Vec<Vec<Name>> {
    let places = Slots::of(bars, slots);
    let mut names: Vec<Vec<Name>> = vec![Vec::new(); slots.len()];
    let size = |name: &Name| sketch.labels[name.label].size;
    let angle = |name: &Name| sketch.labels[name.label].angle;
    let before: Vec<(Name, Span)> = free
        .iter()
        .filter(|index| {
            let label = &sketch.labels[**index];
            base - Span::of(label.bbox, direction).far >= -0.6 * label.size && !label.text.string.trim().is_empty()
        })
        .flat_map(|index| parted(*index, &places, direction, sketch))
        .map(|name| {
            let span = Span::of(name.bbox, direction);
            (name, span)
        })
        .collect();
    let nearest = before.iter().map(|(_, span)| base - span.far).fold(f64::INFINITY, f64::min);
    let is_slanted = |name: &Name| direction == Direction::Up && (10.0..80.0).contains(&angle(name).abs());
    let slanted: Vec<(Name, Span)> = before.iter().filter(|(name, _)| is_slanted(name)).cloned().collect();
    let anchor = slanted_anchor(&slanted, &places, sketch);
    let longest = before
        .iter()
        .filter(|(name, _)| angle(name) == 0.0)
        .map(|(name, _)| size(name))
        .fold(0.0, f64::max);
    // What is printed larger than the names next to the bars, level with none of them, is a heading under the chart.
    let first: Vec<&(Name, Span)> = before.iter().filter(|(_, span)| base - span.far <= nearest + 0.8).collect();
    let first_size = first.iter().map(|(name, _)| size(name)).fold(0.0, f64::max);
    let first_end = first.iter().map(|(_, span)| span.near).fold(f64::INFINITY, f64::min);
    let first_wide = first.iter().map(|(_, span)| span.to - span.from).fold(0.0, f64::max);
    let is_part = |name: &Name| name.range.len() < sketch.labels[name.label].text.string.len();
    let first_parted = first.iter().any(|(name, _)| is_part(name));
    for (name, span) in &before {
        let gap = base - span.far;
        let below = span.far < first_end;
        // A line of text under names that stand apart is none of names that touch.
        if below && is_part(name) && !first_parted {
            continue;
        }
        if direction == Direction::Up && angle(name) == 0.0 && below {
            let wide = span.to - span.from > (1.15 * places.pitch).max(first_wide + 1.0);
            if size(name) > 1.15 * first_size || wide && slots.len() > 1 {
                continue;
            }
        }
        let reach = match direction {
            Direction::Up => nearest.max(0.0) + 2.6 * longest.max(size(name)),
            Direction::Right => 400.0,
        };
        let farthest = if direction == Direction::Up { 3.0 } else { 5.0 };
        if gap > reach || nearest > farthest * size(name) {
            continue;
        }
        let place = if is_slanted(name) { anchor(*span) } else { span.middle() };
        if let Some(slot) = places.at(place) {
            names[slot].push(name.clone());
        }
    }
    if direction == Direction::Up {
        without_those_of_gaps(&mut names, slots, &places, sketch);
        without_axis_title(&mut names, bars, base, sketch);
    } else {
        closest_column(&mut names, base, sketch);
        if names.iter().all(Vec::is_empty) {
            return names_over(bars, &places.ranges, free, sketch);
        }
    }
    for names in &mut names {
        names.sort_by(|one, other| one.bbox.top.total_cmp(&other.bbox.top).then(one.bbox.x0.total_cmp(&other.bbox.x0)));
    }
    names
}

/// A row of names that stand so close that they were read as one line: parted where each part stands right under a bar of its own.
fn parted(label: usize, places: &Slots, direction: Direction, sketch: &Sketch<'_>) -> Vec<Name> {
    let whole = Name::of(label, sketch);
    let text = &sketch.labels[label].text;
    let apart = |name: &Name| places.nearest(f64::midpoint(name.bbox.x0, name.bbox.x1));
    let fits = |name: &Name| apart(name).filter(|(_, apart)| *apart <= 0.12 * places.pitch + 0.6);
    let upright = direction == Direction::Up && sketch.labels[label].angle == 0.0;
    if !upright || whole.bbox.width() < places.pitch || fits(&whole).is_some() && whole.bbox.width() < 1.6 * places.pitch {
        return vec![whole];
    }
    let words: Vec<Range<usize>> = words(&text.string);
    if words.len() > MOST_WORDS {
        return vec![whole];
    }
    // From the last word back: where the part that starts at a word ends and which slot it names, if all that follows can be parted.
    let mut parts: Vec<Option<(usize, usize)>> = vec![None; words.len()];
    for start in (0..words.len()).rev() {
        parts[start] = (start + 1..=words.len()).find_map(|end| {
            let part = Name::part(label, words[start].start..words[end - 1].end, sketch)?;
            let slot = fits(&part).filter(|_| part.bbox.width() < 1.2 * places.pitch)?.0;
            let follows = end == words.len() || parts[end].is_some_and(|(_, next)| next > slot);
            follows.then_some((end, slot))
        });
    }
    let mut names = Vec::new();
    let mut start = 0;
    while let Some((end, _)) = parts.get(start).copied().flatten() {
        names.extend(Name::part(label, words[start].start..words[end - 1].end, sketch));
        start = end;
    }
    if names.len() > 1 { names } else { vec![whole] }
}

/// Where the words of a string stand in it; a capital behind a small letter starts one, as names that touch are read as one word.
fn words(string: &str) -> Vec<Range<usize>> {
    let mut words: Vec<Range<usize>> = Vec::new();
    let mut last = ' ';
    for (at, character) in string.char_indices() {
        let end = at + character.len_utf8();
        match words.last_mut() {
            _ if character.is_whitespace() => {}
            Some(word) if !(last.is_whitespace() || last.is_lowercase() && character.is_uppercase()) => word.end = end,
            _ => words.push(at..end),
        }
        last = character;
    }
    words
}

/// Of names that stand apart on one line under a bar alone, leaves the one under it: the others are those of bars that are not drawn,
/// or not from the line.
fn without_those_of_gaps(names: &mut [Vec<Name>], slots: &[Vec<usize>], places: &Slots, sketch: &Sketch<'_>) {
    for ((names, middle), slot) in names.iter_mut().zip(&places.middles).zip(slots) {
        if slot.len() > 1 || names.len() < 2 {
            continue;
        }
        let off = |name: &Name| (f64::midpoint(name.bbox.x0, name.bbox.x1) - middle).abs();
        let stays = |name: &Name| {
            names.iter().all(|other| {
                let level = (name.bbox.bottom - other.bbox.bottom).abs() < 1.0;
                let gap = (name.bbox.x0 - other.bbox.x1).max(other.bbox.x0 - name.bbox.x1);
                !level || gap < 1.2 * sketch.labels[name.label].size || off(name) <= off(other)
            })
        };
        let kept: Vec<Name> = names.iter().filter(|name| stays(name)).cloned().collect();
        *names = kept;
    }
}

/// Takes out what stands alone on its line under the names, in the middle of the axis: the axis' own title.
fn without_axis_title(names: &mut [Vec<Name>], bars: &[Bar], base: f64, sketch: &Sketch<'_>) {
    let filled = names.iter().filter(|names| !names.is_empty()).count();
    if filled < 3 {
        return;
    }
    let from = bars.iter().map(|bar| bar.from).fold(f64::INFINITY, f64::min);
    let to = bars.iter().map(|bar| bar.to).fold(f64::NEG_INFINITY, f64::max);
    let all: Vec<Name> = names.iter().flatten().cloned().collect();
    let is_title = |name: &Name| {
        let (size, angle) = (sketch.labels[name.label].size, sketch.labels[name.label].angle);
        let alone = all.iter().filter(|other| (name.bbox.bottom - other.bbox.bottom).abs() < 1.5).count() == 1;
        let lower = all.iter().any(|other| other.bbox.bottom < name.bbox.top + 0.3 * size);
        let middle = f64::midpoint(name.bbox.x0, name.bbox.x1);
        let centred = (middle - f64::midpoint(from, to)).abs() < 0.04 * (to - from) + 1.0;
        let apart = name.bbox.top + base > 1.6 * size;
        // The second line of a name follows close on its first.
        let follows = all.iter().any(|other| {
            let other = other.bbox;
            (f64::midpoint(other.x0, other.x1) - middle).abs() < 0.4 * size && (-0.3 * size..0.25 * size).contains(&(name.bbox.top - other.bottom))
        });
        angle == 0.0 && alone && lower && centred && apart && !follows
    };
    let titles: Vec<&Name> = all.iter().filter(|name| is_title(name)).collect();
    if let [title] = titles.as_slice() {
        for names in names {
            names.retain(|name| name != *title);
        }
    }
}

/// Of several columns of words before level bars, the name is what ends closest to them.
fn closest_column(names: &mut [Vec<Name>], base: f64, sketch: &Sketch<'_>) {
    for names in names.iter_mut() {
        let closest = names.iter().map(|name| name.bbox.x1).fold(f64::NEG_INFINITY, f64::max);
        let last = names.iter().filter(|name| name.bbox.x1 >= closest).map(|name| name.bbox.x0);
        let start = last.fold(f64::INFINITY, f64::min);
        // A number farther off is that of a bar that grows the other way.
        let goes_on = |name: &Name| name.bbox.x1 >= closest - 60.0 && (sketch.figure(name.label).is_none() || name.bbox.x1 >= start - 10.0);
        names.retain(|name| name.bbox.x1 >= closest - 2.0 * sketch.labels[name.label].size || goes_on(name));
    }
    // Names that all start on one line end far from their bars where they are short.
    let near = |name: &&Name| base - name.bbox.x1 <= 60.0;
    let starts: Vec<f64> = names.iter().flatten().filter(near).map(|name| name.bbox.x0).collect();
    for names in names {
        let in_column = |name: &Name| starts.iter().any(|start| (start - name.bbox.x0).abs() < 1.0);
        if names.iter().all(|name| base - name.bbox.x1 > 60.0 && !in_column(name)) {
            names.clear();
        }
    }
}

/// Names printed right over level bars, flush with their start.
fn names_over(bars: &[Bar], ranges: &[(f64, f64)], free: &[usize], sketch: &Sketch<'_>) -> Vec<Vec<Name>> {
    let over = |from: f64, index: usize| {
        let label = &sketch.labels[index];
        let gap = from - label.bbox.bottom;
        (label.bbox.x0 - bars[0].base).abs() < 1.5 * label.size && (-0.5 * label.size..label.size).contains(&gap) && sketch.figure(index).is_none()
    };
    ranges
        .iter()
        .map(|(from, _)| {
            let found = free.iter().copied().find(|index| over(*from, *index));
            found.map(|index| Name::of(index, sketch)).into_iter().collect()
        })
        .collect()
}

/// Words on several lines as one text.
pub(super) fn joined(names: &[Name], sketch: &Sketch<'_>) -> Option<Text> {
    let text = |name: &Name| sketch.labels[name.label].text.slice(name.range.clone()).trimmed();
    let mut names = names.iter();
    let mut joined = text(names.next()?);
    for name in names {
        joined.append(&text(name), " ");
    }
    Some(joined)
}
