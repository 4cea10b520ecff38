//! Boxes on a page to their reading order: bands from top to bottom, columns in them from left to right, framed tiles whole.

use super::BBox;

/// A gutter between columns is at least this wide, in points.
const GUTTER: f64 = 7.0;
/// How deep columns within columns are looked for.
const DEEPEST: usize = 12;

/// Something to be put in order.
#[derive(Debug, Clone, Copy)]
pub struct Placed {
    /// Its box.
    pub bbox: BBox,
    /// What it is to the order.
    pub role: Role,
}

/// What a box is to the order of reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Opens what follows: it stays with what stands under it.
    Opens,
    /// Anything else.
    Content,
}

/// The order in which a person reads the boxes; `frames` are drawn boxes around some of them.
pub fn reading_order(placed: &[Placed], frames: &[BBox], page_height: f64) -> Vec<usize> {
    let all: Vec<usize> = (0..placed.len()).collect();
    let mut order = Vec::with_capacity(placed.len());
    within_frames(placed, &all, frames, page_height, DEEPEST, &mut order);
    order
}

/// A frame with what it holds, or one box.
struct Unit {
    bbox: BBox,
    role: Role,
    members: Vec<usize>,
}

fn within_frames(placed: &[Placed], members: &[usize], frames: &[BBox], page_height: f64, depth: usize, order: &mut Vec<usize>) {
    if members.len() < 2 || depth == 0 {
        let mut rest = members.to_vec();
        sort_by_place(placed, &mut rest);
        order.extend(rest);
        return;
    }
    let mut sorted: Vec<&BBox> = frames.iter().collect();
    sorted.sort_by(|one, other| (other.width() * other.height()).total_cmp(&(one.width() * one.height())));
    let mut free = members.to_vec();
    let mut units: Vec<Unit> = Vec::new();
    let mut inner: Vec<BBox> = Vec::new();
    for frame in sorted {
        let (held, rest): (Vec<usize>, Vec<usize>) = free.iter().partition(|index| frame.holds(placed[**index].bbox));
        if held.len() < 2 {
            continue;
        }
        if held.len() == members.len() {
            continue;
        }
        let bbox = held.iter().fold(*frame, |bbox, index| bbox.union(placed[*index].bbox));
        inner.push(*frame);
        units.push(Unit {
            bbox,
            role: Role::Content,
            members: held,
        });
        free = rest;
    }
    units.extend(free.into_iter().map(|index| Unit {
        bbox: placed[index].bbox,
        role: placed[index].role,
        members: vec![index],
    }));
    let mut unit_order = Vec::with_capacity(units.len());
    cut((0..units.len()).collect(), &units, page_height, depth, &mut unit_order);
    let smaller: Vec<BBox> = frames.iter().filter(|frame| !inner.contains(frame)).copied().collect();
    for unit in unit_order {
        within_frames(placed, &units[unit].members, &smaller, page_height, depth - 1, order);
    }
}

fn sort_by_place(placed: &[Placed], members: &mut [usize]) {
    members.sort_by(|one, other| {
        let (one, other) = (placed[*one].bbox, placed[*other].bbox);
        one.top.total_cmp(&other.top).then(one.x0.total_cmp(&other.x0))
    });
}

/// Puts units in order: groups of bands that share a gutter are columns, other bands follow one another.
fn cut(members: Vec<usize>, units: &[Unit], page_height: f64, depth: usize, order: &mut Vec<usize>) {
    if members.len() < 2 || depth == 0 {
        let mut members = members;
        members.sort_by(|one, other| {
            let (one, other) = (units[*one].bbox, units[*other].bbox);
            one.top.total_cmp(&other.top).then(one.x0.total_cmp(&other.x0))
        });
        order.extend(members);
        return;
    }
    let bands = bands(members, units);
    let mut at = 0;
    while at < bands.len() {
        let mut end = at + 1;
        if !is_running(&bands[at], units, page_height) {
            let mut union: Vec<usize> = bands[at].clone();
            let mut next = at + 1;
            let mut columnar = is_columnar(&bands[at], units);
            while bands[at].len() > 1 && next < bands.len() && !is_running(&bands[next], units, page_height) {
                union.extend(&bands[next]);
                let several = !gutters(&bands[next], units).is_empty();
                if gutters(&union, units).is_empty() || !columnar && !several {
                    break;
                }
                columnar |= is_columnar(&bands[next], units);
                next += 1;
            }
            end = next;
            // What opens the next section belongs to it, though it is too short to cross the gutter.
            if end < bands.len() {
                while end > at + 1 && bands[end - 1].len() == 1 && units[bands[end - 1][0]].role == Role::Opens {
                    end -= 1;
                }
            }
        }
        let group: Vec<usize> = bands[at..end].concat();
        let gutters = gutters(&group, units);
        let rows = end - at;
        if gutters.is_empty() || rows > 1 && is_grid(&bands[at..end], units) {
            for band in &bands[at..end] {
                band_in_order(band, units, page_height, depth, order);
            }
        } else {
            columns_in_order(&group, &gutters, units, page_height, depth, order);
        }
        at = end;
    }
}

fn band_in_order(band: &[usize], units: &[Unit], page_height: f64, depth: usize, order: &mut Vec<usize>) {
    let gutters = gutters(band, units);
    if gutters.is_empty() {
        let mut band = band.to_vec();
        // Boxes that overlap both ways: line by line.
        band.sort_by(|one, other| {
            let (one, other) = (units[*one].bbox, units[*other].bbox);
            one.top.total_cmp(&other.top).then(one.x0.total_cmp(&other.x0))
        });
        order.extend(band);
    } else {
        columns_in_order(band, &gutters, units, page_height, depth, order);
    }
}

fn columns_in_order(group: &[usize], gutters: &[f64], units: &[Unit], page_height: f64, depth: usize, order: &mut Vec<usize>) {
    let mut columns: Vec<Vec<usize>> = vec![Vec::new(); gutters.len() + 1];
    for index in group {
        let middle = f64::midpoint(units[*index].bbox.x0, units[*index].bbox.x1);
        columns[gutters.partition_point(|gutter| *gutter < middle)].push(*index);
    }
    for column in columns {
        cut(column, units, page_height, depth - 1, order);
    }
}

/// Whether a band is the running head or foot of a page, which is no part of its columns.
fn is_running(band: &[usize], units: &[Unit], page_height: f64) -> bool {
    let top = band.iter().map(|index| units[*index].bbox.top).fold(f64::INFINITY, f64::min);
    let bottom = band.iter().map(|index| units[*index].bbox.bottom).fold(f64::NEG_INFINITY, f64::max);
    bottom < 0.06 * page_height || top > 0.94 * page_height
}

/// Whether a band shows columns by itself: boxes above one another beside others, or boxes many lines tall.
fn is_columnar(band: &[usize], units: &[Unit]) -> bool {
    let gutters = gutters(band, units);
    let tall = band.iter().any(|index| units[*index].bbox.height() > 30.0);
    !gutters.is_empty() && (band.len() > gutters.len() + 1 || tall)
}

/// Groups of boxes parted by level white stripes, from the top.
fn bands(mut members: Vec<usize>, units: &[Unit]) -> Vec<Vec<usize>> {
    members.sort_by(|one, other| {
        units[*one]
            .bbox
            .top
            .total_cmp(&units[*other].bbox.top)
            .then(units[*one].bbox.x0.total_cmp(&units[*other].bbox.x0))
    });
    let mut bands: Vec<Vec<usize>> = Vec::new();
    let mut bottom = f64::NEG_INFINITY;
    for index in members {
        let bbox = units[index].bbox;
        // Boxes are as tall as their fonts, so neighbouring lines may overlap a little.
        let slack = (0.15 * bbox.height()).min(2.0);
        match bands.last_mut() {
            Some(band) if bbox.top + slack < bottom => band.push(index),
            _ => bands.push(vec![index]),
        }
        bottom = bottom.max(bbox.bottom);
    }
    bands
}

/// The middles of upright white stripes that run between the boxes.
fn gutters(members: &[usize], units: &[Unit]) -> Vec<f64> {
    let mut spans: Vec<(f64, f64)> = members.iter().map(|index| (units[*index].bbox.x0, units[*index].bbox.x1)).collect();
    spans.sort_by(|one, other| one.0.total_cmp(&other.0));
    let mut gutters = Vec::new();
    let mut right = f64::INFINITY;
    for (x0, x1) in spans {
        if right.is_finite() && x0 - right >= GUTTER {
            gutters.push(f64::midpoint(right, x0));
        }
        right = if right.is_finite() { right.max(x1) } else { x1 };
    }
    gutters
}

/// Whether several bands hold boxes side by side that start at one height: tiles, read row by row.
fn is_grid(bands: &[Vec<usize>], units: &[Unit]) -> bool {
    let level = |band: &Vec<usize>| {
        let first = units[band[0]].bbox;
        let alike = band.iter().filter(|index| (units[**index].bbox.top - first.top).abs() < 4.0).count();
        let even = band.iter().all(|index| {
            let height = units[*index].bbox.height();
            height > 0.5 * first.height() && height < 2.0 * first.height()
        });
        band.len() > 1 && alike == band.len() && even
    };
    let rows = bands.iter().filter(|band| level(band)).count();
    rows * 3 >= bands.len() * 2
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Boxes as `(name, x0, top, x1, bottom)`; a name in capitals opens a section.
    fn check(boxes: &[(&str, f64, f64, f64, f64)], frames: &[(f64, f64, f64, f64)], expected: &str) {
        let placed: Vec<Placed> = boxes
            .iter()
            .map(|(name, x0, top, x1, bottom)| Placed {
                bbox: BBox {
                    x0: *x0,
                    top: *top,
                    x1: *x1,
                    bottom: *bottom,
                },
                role: if name.chars().all(char::is_uppercase) {
                    Role::Opens
                } else {
                    Role::Content
                },
            })
            .collect();
        let frames: Vec<BBox> = frames
            .iter()
            .map(|(x0, top, x1, bottom)| BBox {
                x0: *x0,
                top: *top,
                x1: *x1,
                bottom: *bottom,
            })
            .collect();
        let order = reading_order(&placed, &frames, 800.0);
        let names: Vec<&str> = order.iter().map(|index| boxes[*index].0).collect();
        assert_eq!(names.join(" "), expected);
    }

    #[test]
    fn a_heading_across_precedes_the_columns_below_it() {
        check(
            &[
                ("c", 310.0, 140.0, 550.0, 180.0),
                ("a", 40.0, 140.0, 280.0, 260.0),
                ("d", 310.0, 190.0, 550.0, 300.0),
                ("b", 40.0, 270.0, 280.0, 330.0),
                ("T", 40.0, 100.0, 550.0, 120.0),
                ("e", 40.0, 350.0, 550.0, 400.0),
            ],
            &[],
            "T a b c d e",
        );
    }

    #[test]
    fn a_short_heading_stays_with_the_paragraph_under_it() {
        check(
            &[
                ("a", 40.0, 140.0, 280.0, 260.0),
                ("b", 310.0, 150.0, 550.0, 258.0),
                ("H", 40.0, 280.0, 200.0, 294.0),
                ("c", 40.0, 300.0, 550.0, 340.0),
            ],
            &[],
            "a b H c",
        );
    }

    #[test]
    fn tiles_are_read_row_by_row_and_each_whole() {
        check(
            &[
                ("one", 50.0, 110.0, 180.0, 130.0),
                ("first", 50.0, 132.0, 180.0, 150.0),
                ("two", 250.0, 110.0, 380.0, 130.0),
                ("second", 250.0, 132.0, 380.0, 150.0),
                ("three", 50.0, 210.0, 180.0, 230.0),
                ("third", 50.0, 232.0, 180.0, 250.0),
                ("four", 250.0, 210.0, 380.0, 230.0),
                ("fourth", 250.0, 232.0, 380.0, 250.0),
            ],
            &[
                (40.0, 100.0, 200.0, 160.0),
                (240.0, 100.0, 400.0, 160.0),
                (40.0, 200.0, 200.0, 260.0),
                (240.0, 200.0, 400.0, 260.0),
            ],
            "one first two second three third four fourth",
        );
    }

    #[test]
    fn a_running_head_is_no_part_of_the_columns() {
        check(
            &[
                ("left", 40.0, 18.0, 120.0, 26.0),
                ("right", 450.0, 18.0, 550.0, 26.0),
                ("a", 40.0, 140.0, 280.0, 260.0),
                ("b", 310.0, 150.0, 550.0, 258.0),
            ],
            &[],
            "left right a b",
        );
    }
}
