//! The words around a disc: which slice they stand in, beside, or at the end of a leader line of; and the number in them.

use super::slices::{Disc, Slice, distance};
use crate::layout::BBox;
use crate::layout::chart::figure::figure;
use crate::layout::chart::{Ends, Outline, Place, Sketch};

/// Leader lines looked at around one disc.
const MOST_LEADERS: usize = 200;

/// A thin line from a slice to its words.
#[derive(Debug, Clone, Copy)]
pub(super) struct Leader {
    from: Place,
    to: Place,
}

/// The leader lines of a disc: strokes that start at its slices and lead outwards, straight or with an elbow.
pub(super) fn leaders(disc: Disc, sketch: &Sketch<'_>) -> Vec<Leader> {
    let mut strokes: Vec<Vec<Place>> = Vec::new();
    for (index, shape) in sketch.shapes.iter().enumerate() {
        let points = match &shape.outline {
            Outline::Path { points, ends: Ends::Open } if points.len() <= 4 => points.clone(),
            Outline::Line { from, to } => vec![*from, *to],
            _ => continue,
        };
        let length: f64 = points.windows(2).map(|pair| distance(pair[0], pair[1])).sum();
        let middle = (
            f64::midpoint(shape.bbox.x0, shape.bbox.x1),
            f64::midpoint(shape.bbox.top, shape.bbox.bottom),
        );
        let near = disc.distance(middle) < 3.0 * disc.radius + 40.0;
        if !sketch.shape_used[index] && shape.fill.is_none() && shape.stroke.is_some() && near && length < 2.0 * disc.radius && length > 1.0 {
            strokes.push(points);
        }
        if strokes.len() >= MOST_LEADERS {
            break;
        }
    }
    let mut leaders = Vec::new();
    for (index, stroke) in strokes.iter().enumerate() {
        let (Some(first), Some(last)) = (stroke.first(), stroke.last()) else {
            continue;
        };
        let (from, mut to) = if disc.distance(*first) <= disc.distance(*last) {
            (*first, *last)
        } else {
            (*last, *first)
        };
        if !(0.4 * disc.radius..1.15 * disc.radius).contains(&disc.distance(from)) || disc.distance(to) < disc.radius {
            continue;
        }
        // The elbow may be a stroke of its own, or two.
        let mut seen = vec![index];
        while let Some((next, end)) = strokes.iter().enumerate().find_map(|(next, other)| {
            let (Some(first), Some(last)) = (other.first(), other.last()) else {
                return None;
            };
            let end = if distance(*first, to) < 0.8 {
                *last
            } else if distance(*last, to) < 0.8 {
                *first
            } else {
                return None;
            };
            (!seen.contains(&next)).then_some((next, end))
        }) {
            seen.push(next);
            to = end;
        }
        leaders.push(Leader { from, to });
    }
    leaders
}

/// The slice whose leader line ends at some words.
pub(super) fn led_to(slices: &[Slice], leaders: &[Leader], bbox: BBox, size: f64, disc: Disc) -> Option<usize> {
    let gap = |leader: &&Leader| {
        let nearest = (leader.to.0.clamp(bbox.x0, bbox.x1), leader.to.1.clamp(bbox.top, bbox.bottom));
        distance(nearest, leader.to)
    };
    let leader = leaders
        .iter()
        .filter(|leader| gap(leader) < 1.1 * size)
        .min_by(|one, other| gap(one).total_cmp(&gap(other)))?;
    let angle = disc.angle(leader.from);
    slices.iter().position(|slice| slice.off_edge(angle) < -1e-3)
}

/// Of the labels at one slice, the lines that belong together with its number: a title over the disc, or larger words, do not.
///
/// Where the number stands alone in its slice, its name is what stands closest outside.
pub(super) fn together(labels: Vec<usize>, disc: Disc, sketch: &Sketch<'_>) -> Vec<usize> {
    let lines = lines_at_number(labels.clone(), sketch);
    let worded = |index: &usize| split(&sketch.labels[*index].text.string).1.is_some();
    if lines.iter().any(worded) || lines.is_empty() {
        return lines;
    }
    let gap = |index: usize| {
        let bbox = sketch.labels[index].bbox;
        let nearest = (disc.centre.0.clamp(bbox.x0, bbox.x1), disc.centre.1.clamp(bbox.top, bbox.bottom));
        (disc.distance(nearest) - disc.radius).max(0.0)
    };
    let others: Vec<usize> = labels.into_iter().filter(|index| !lines.contains(index) && worded(index)).collect();
    let closest = others
        .iter()
        .copied()
        .min_by(|one, other| gap(*one).total_cmp(&gap(*other)).then(one.cmp(other)));
    match closest {
        Some(closest) if gap(closest) < 1.6 * sketch.labels[closest].size => {
            let mut first = vec![closest];
            first.extend(
                others
                    .iter()
                    .copied()
                    .filter(|index| *index != closest && gap(*index) < gap(closest) + 0.3),
            );
            [first, lines].concat()
        }
        _ => lines,
    }
}

/// The lines that stand right over one another with the one that holds a number.
fn lines_at_number(mut labels: Vec<usize>, sketch: &Sketch<'_>) -> Vec<usize> {
    let label = |index: usize| &sketch.labels[index];
    labels.sort_by(|one, other| label(*one).bbox.top.total_cmp(&label(*other).bbox.top).then(one.cmp(other)));
    let Some(at) = labels
        .iter()
        .position(|index| split(&label(*index).text.string).0.is_some())
        .or((!labels.is_empty()).then_some(0))
    else {
        return labels;
    };
    let joins = |one: usize, other: usize| {
        let (one, other) = (label(one), label(other));
        let gap = other.bbox.top - one.bbox.bottom;
        let overlap = one.bbox.x1.min(other.bbox.x1) > one.bbox.x0.max(other.bbox.x0);
        let beside = gap < -0.5 * one.size && (other.bbox.x0 - one.bbox.x1).abs().min((one.bbox.x0 - other.bbox.x1).abs()) < 1.5 * one.size;
        let alike = (0.75..1.34).contains(&(one.size / other.size));
        alike && (gap < 0.45 * one.size && overlap || beside)
    };
    let (mut from, mut to) = (at, at);
    while from > 0 && joins(labels[from - 1], labels[from]) {
        from -= 1;
    }
    while to + 1 < labels.len() && joins(labels[to], labels[to + 1]) {
        to += 1;
    }
    labels[from..=to].to_vec()
}

/// The slice that some words stand in or beside.
pub(super) fn slice_at(slices: &[Slice], bbox: BBox, size: f64, disc: Disc) -> Option<usize> {
    let Disc { centre, radius, hole } = disc;
    let nearest = (centre.0.clamp(bbox.x0, bbox.x1), centre.1.clamp(bbox.top, bbox.bottom));
    let gap = distance(nearest, centre);
    let middle = (f64::midpoint(bbox.x0, bbox.x1), f64::midpoint(bbox.top, bbox.bottom));
    let inside = distance(middle, centre) < 0.97 * radius;
    if !inside && gap > radius + 2.6 * size {
        return None;
    }
    if inside && distance(middle, centre) < (0.12 * radius).max(0.85 * hole) {
        // The middle of a ring holds its title or total.
        return None;
    }
    // Outside, words start beside the middle of their slice.
    let anchor = if inside { middle } else { nearest_to_ring(bbox, centre, radius) };
    let angle = disc.angle(anchor);
    // Within several, or none: the one whose middle is closest.
    let key = |slice: &Slice| (slice.off_edge(angle).max(0.0) * 100.0).round();
    let best = slices.iter().enumerate().min_by(|(_, one), (_, other)| {
        key(one)
            .total_cmp(&key(other))
            .then(one.off_middle(angle).total_cmp(&other.off_middle(angle)))
    });
    best.filter(|(_, slice)| slice.off_edge(angle) < 0.25).map(|(index, _)| index)
}

/// The point of a box closest to the ring, level with its middle.
fn nearest_to_ring(bbox: BBox, centre: Place, radius: f64) -> Place {
    let y = f64::midpoint(bbox.top, bbox.bottom);
    if y > centre.1 - 0.92 * radius && y < centre.1 + 0.92 * radius {
        let x = if bbox.x0 > centre.0 {
            bbox.x0
        } else if bbox.x1 < centre.0 {
            bbox.x1
        } else {
            f64::midpoint(bbox.x0, bbox.x1)
        };
        (x, y)
    } else {
        (centre.0.clamp(bbox.x0, bbox.x1), y)
    }
}

/// The last number of a label with its percent sign, and the words before it (or after it).
pub(super) fn split(string: &str) -> (Option<std::ops::Range<usize>>, Option<std::ops::Range<usize>>) {
    let is_part = |character: char| character.is_ascii_digit() || matches!(character, '.' | ',' | '%' | '\u{2009}' | '\u{202f}');
    let mut end = string.len();
    let mut found = None;
    while let Some(last) = string[..end].rfind(|character: char| character.is_ascii_digit()) {
        let mut stop = last + 1;
        let rest = &string[stop..];
        if let Some(sign) = rest.find('%').filter(|at| rest[..*at].trim().is_empty()) {
            stop += sign + 1;
        }
        let start = string[..last]
            .rfind(|character: char| !is_part(character))
            .map_or(0, |at| at + string[at..].chars().next().map_or(1, char::len_utf8));
        let start = start + string[start..].find(|character: char| character.is_ascii_digit()).unwrap_or(0);
        if figure(&string[start..stop]).is_some() {
            found = Some(start..stop);
            break;
        }
        end = start;
        if end == 0 {
            break;
        }
    }
    let Some(number) = found else {
        return (None, (!string.trim().is_empty()).then_some(0..string.len()));
    };
    let trim = |range: std::ops::Range<usize>| {
        let part = &string[range.clone()];
        let strip = |character: char| character.is_whitespace() || ",:;–-([)]".contains(character);
        let start = range.start + (part.len() - part.trim_start_matches(strip).len());
        let end = start + part.trim_matches(strip).len();
        start..end.max(start)
    };
    let before = trim(0..number.start);
    let after = trim(number.end..string.len());
    let name = if before.is_empty() { after } else { before };
    (Some(number), (!name.is_empty()).then_some(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(label: &str, number: Option<&str>, name: Option<&str>) {
        let (found, words) = split(label);
        assert_eq!(found.map(|range| &label[range]), number, "{label}");
        assert_eq!(words.map(|range| &label[range]), name, "{label}");
    }

    #[test]
    fn a_label_is_a_name_and_a_number() {
        check("Syria 36%", Some("36%"), Some("Syria"));
        check("Türkiye, 9 %", Some("9 %"), Some("Türkiye"));
        check("36% Syria", Some("36%"), Some("Syria"));
        check("Others (1,204)", Some("1,204"), Some("Others"));
        check("36%", Some("36%"), None);
        check("Syria", None, Some("Syria"));
        check("", None, None);
    }
}
