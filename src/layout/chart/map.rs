//! Maps with values: boxes of figures scattered over a map, each with its series by the colour of its box, and with the place named beside it.
//!
//! A figure on a map says what it counts by the colour of the box it stands in, or by being the first or second of its pair, as the
//! legend tells; where it counts, by where it stands. What is not printed is not made up: a value whose place the map leaves to the
//! reader's eye has no category.

use super::figure::figure;
use super::{Chart, ChartKind, Colour, FoundCharts, Label, Outline, Point, PointSeries, Shape, Sketch};
use crate::layout::BBox;

/// Figures looked at on one page.
const MOST_FIGURES: usize = 400;
/// Places that a map names at least; fewer boxes may stand anywhere.
const LEAST_SITES: usize = 4;
/// Corners of the outline of a country, at least.
const CORNERS: usize = 20;

/// A figure that may stand on a map.
#[derive(Debug, Clone, Copy)]
struct Spot {
    label: usize,
    /// The filled box around it.
    shape: Option<usize>,
    /// That box, or the figure's own.
    bbox: BBox,
    size: f64,
}

/// Figures of one place.
#[derive(Debug, Clone)]
struct Site {
    spots: Vec<Spot>,
    bbox: BBox,
}

/// Maps with values among what is left of a page. `pictures` are those that may be maps.
pub fn value_maps(shapes: &[Shape], labels: &[Label], pictures: &[BBox]) -> FoundCharts {
    let mut sketch = Sketch::of(shapes, labels);
    let spots = spots(&sketch, pictures);
    let mut charts = Vec::new();
    let mut rest: Vec<Spot> = spots;
    while let Some(first) = rest.first().copied() {
        let (alike, others): (Vec<Spot>, Vec<Spot>) = rest.into_iter().partition(|spot| (0.84..1.19).contains(&(spot.size / first.size)));
        rest = others;
        charts.extend(map_of(sites(alike), pictures, &mut sketch));
    }
    sketch.found(charts)
}

/// Figures in a small filled box, or on a picture.
fn spots(sketch: &Sketch<'_>, pictures: &[BBox]) -> Vec<Spot> {
    let is_value = |label: &&Label| {
        let string = label.text.string.trim();
        label.angle == 0.0 && !opens_with_sign(string) && figure(string).is_some()
    };
    let values: Vec<(usize, &Label)> = sketch
        .labels
        .iter()
        .enumerate()
        .filter(|(_, label)| is_value(label))
        .take(MOST_FIGURES)
        .collect();
    if values.len() < LEAST_SITES {
        return Vec::new();
    }
    let boxes = boxes(sketch, values.iter().map(|(_, label)| label.size).fold(0.0, f64::max));
    values
        .into_iter()
        .filter_map(|(index, label)| {
            let shape = box_of(label, &boxes, sketch);
            let seen = shape.is_some() || pictures.iter().any(|picture| picture.holds(label.bbox));
            seen.then(|| Spot {
                label: index,
                shape,
                bbox: shape.map_or(label.bbox, |shape| sketch.shapes[shape].bbox),
                size: label.size,
            })
        })
        .collect()
}

/// Filled shapes that are small enough for a figure of some size, from the top down.
fn boxes(sketch: &Sketch<'_>, size: f64) -> Vec<usize> {
    let small = |bbox: BBox| bbox.height() < MOST_HEIGHT * size && bbox.width() < MOST_WIDTH * size;
    let mut boxes: Vec<usize> = (0..sketch.shapes.len())
        .filter(|index| sketch.shapes[*index].fill.is_some() && small(sketch.shapes[*index].bbox))
        .collect();
    boxes.sort_by(|one, other| sketch.shapes[*one].bbox.top.total_cmp(&sketch.shapes[*other].bbox.top));
    boxes
}

/// How high the box of a figure is at most, in sizes of its letters.
const MOST_HEIGHT: f64 = 2.8;
/// How wide, as above.
const MOST_WIDTH: f64 = 14.0;

/// The smallest filled box around a figure that is not much larger than it.
fn box_of(label: &Label, boxes: &[usize], sketch: &Sketch<'_>) -> Option<usize> {
    let bbox = |index: usize| sketch.shapes[index].bbox;
    let area = |index: &usize| bbox(*index).width() * bbox(*index).height();
    let (size, level) = (label.size, middle(label.bbox).1);
    let first = boxes.partition_point(|index| bbox(*index).top < level - MOST_HEIGHT * size);
    boxes[first..]
        .iter()
        .copied()
        .take_while(|index| bbox(*index).top <= level)
        .filter(|index| {
            let (width, height) = (bbox(*index).width(), bbox(*index).height());
            bbox(*index).holds(label.bbox) && (size..MOST_HEIGHT * size).contains(&height) && width < MOST_WIDTH * size
        })
        .min_by(|one, other| area(one).total_cmp(&area(other)))
}

fn opens_with_sign(string: &str) -> bool {
    string.starts_with(['+', '-', '−', '–', '±'])
}

/// Figures that stand side by side or box on box are of one place.
fn sites(spots: Vec<Spot>) -> Vec<Site> {
    let mut sites: Vec<Site> = Vec::new();
    for spot in spots {
        let joined = sites.iter_mut().find(|site| site.spots.iter().any(|other| are_neighbours(*other, spot)));
        match joined {
            Some(site) => {
                site.bbox = site.bbox.union(spot.bbox);
                site.spots.push(spot);
            }
            None => sites.push(Site {
                bbox: spot.bbox,
                spots: vec![spot],
            }),
        }
    }
    for site in &mut sites {
        let key = |spot: &Spot| (spot.bbox.top + spot.bbox.bottom) + 0.2 * (spot.bbox.x0 + spot.bbox.x1);
        site.spots.sort_by(|one, other| key(one).total_cmp(&key(other)));
    }
    sites.sort_by(|one, other| one.bbox.top.total_cmp(&other.bbox.top).then(one.bbox.x0.total_cmp(&other.bbox.x0)));
    sites
}

fn are_neighbours(one: Spot, other: Spot) -> bool {
    let (first, second) = (one.bbox, other.bbox);
    let size = one.size.max(other.size);
    let across = (middle(first).0 - middle(second).0).abs();
    let down = (middle(first).1 - middle(second).1).abs();
    let beside = down < 0.6 * size && across < 5.0 * size;
    let boxed = one.shape.is_some() && other.shape.is_some();
    let under = (first.top - second.bottom).max(second.top - first.bottom);
    let stacked = boxed && (first.x0 - second.x0).abs() < 0.5 * size && (-0.2 * size..0.8 * size).contains(&under);
    beside || stacked
}

fn middle(bbox: BBox) -> (f64, f64) {
    (f64::midpoint(bbox.x0, bbox.x1), f64::midpoint(bbox.top, bbox.bottom))
}

/// The map that some sites make, if they are scattered over one and a box tells what they count.
fn map_of(sites: Vec<Site>, pictures: &[BBox], sketch: &mut Sketch<'_>) -> Option<Chart> {
    let usual = usual_count(&sites);
    let sites: Vec<Site> = sites.into_iter().filter(|site| site.spots.len() <= usual).collect();
    if sites.len() < LEAST_SITES || !are_scattered(&sites) {
        return None;
    }
    let grounds = grounds(pictures, sketch);
    let on_map = sites.iter().filter(|site| grounds.iter().any(|ground| is_around(*ground, site))).count();
    let captioned = sites.iter().filter(|site| bears_caption(site, sketch)).count();
    if 2 * on_map < sites.len() || 2 * captioned >= sites.len() {
        return None;
    }
    let colours = colours(&sites, sketch);
    let orders = orders(&sites, &colours, sketch)?;
    let names = names(&colours, &sites, sketch);
    let places: Vec<Option<usize>> = sites.iter().map(|site| place_of(site, &sites, &names, sketch)).collect();

    let region = sites.iter().map(|site| site.bbox).reduce(BBox::union)?;
    let mut values: Vec<PointSeries> = Vec::new();
    let mut changes: Vec<PointSeries> = Vec::new();
    let (mut used_shapes, mut used_labels): (Vec<usize>, Vec<usize>) = (Vec::new(), Vec::new());
    for (colour, name) in names.iter().enumerate() {
        let name_text = name.map(|label| sketch.labels[label].text.trimmed());
        let (mut of_values, mut of_changes) = (Vec::new(), Vec::new());
        for (site, place) in sites.iter().zip(&places) {
            let category = place.map(|label| sketch.labels[label].text.trimmed());
            for (order, spot) in site.spots.iter().enumerate() {
                if colour_of(spot, &colours, sketch).or(orders[order]) != Some(colour) {
                    continue;
                }
                let label = &sketch.labels[spot.label];
                let place = label.text.whole()?;
                used_labels.push(spot.label);
                used_shapes.extend(spot.shape);
                of_values.push(Point {
                    category: category.clone(),
                    label: Some(label.text.trimmed()),
                    mark: None,
                    region: spot.shape.map_or(place, |shape| sketch.shapes[shape].region),
                });
                if let Some(change) = change_beside(spot, sketch) {
                    let label = &sketch.labels[change];
                    used_labels.push(change);
                    of_changes.push(Point {
                        category: category.clone(),
                        label: Some(label.text.trimmed()),
                        mark: None,
                        region: label.text.whole()?,
                    });
                }
            }
        }
        values.push(PointSeries {
            name: name_text.clone(),
            points: of_values,
        });
        changes.push(PointSeries {
            name: name_text,
            points: of_changes,
        });
    }
    used_labels.extend(names.iter().chain(&places).flatten());
    used_labels.sort_unstable();
    used_labels.dedup();
    let whole = sketch.take(&used_shapes, &used_labels)?;
    values.extend(changes);
    values.retain(|series| !series.points.is_empty());
    // Where the values stand; the legend may be far away.
    let region = match whole {
        crate::layout::Region::Box { page, .. } => crate::layout::Region::Box { page, bbox: region },
        bytes @ crate::layout::Region::Bytes { .. } => bytes,
    };
    if let Some(taken) = sketch.taken.last_mut() {
        taken.region = region;
    }
    Some(Chart {
        kind: ChartKind::Map,
        region,
        title: None,
        heading: None,
        axis: None,
        series: values,
    })
}

/// How many figures most places have.
fn usual_count(sites: &[Site]) -> usize {
    (1..=3)
        .max_by_key(|count| (sites.iter().filter(|site| site.spots.len() == *count).count(), *count))
        .unwrap_or(1)
}

/// Whether sites stand neither in rows nor in columns, as tiles, cells and the labels of bars do.
fn are_scattered(sites: &[Site]) -> bool {
    let size = sites[0].spots[0].size;
    let distinct = |mut places: Vec<f64>| {
        places.sort_by(f64::total_cmp);
        places.dedup_by(|one, other| (*one - *other).abs() < 0.6 * size);
        places.len()
    };
    let enough = (3 * sites.len()).div_ceil(5).max(3);
    distinct(sites.iter().map(|site| site.bbox.x0).collect()) >= enough && distinct(sites.iter().map(|site| site.bbox.top).collect()) >= enough
}

/// What may be drawn of a map: pictures, and outlines of many corners.
fn grounds(pictures: &[BBox], sketch: &Sketch<'_>) -> Vec<BBox> {
    let outlines = sketch.shapes.iter().filter_map(|shape| match &shape.outline {
        Outline::Path { points, .. } if points.len() >= CORNERS => Some(shape.bbox),
        _ => None,
    });
    pictures.iter().copied().chain(outlines).collect()
}

fn is_around(ground: BBox, site: &Site) -> bool {
    ground.holds(site.bbox) && ground.width() > 1.3 * site.bbox.width() && ground.height() > 1.3 * site.bbox.height()
}

/// Whether words stand right under or over the middle of a site, as under a tile.
fn bears_caption(site: &Site, sketch: &Sketch<'_>) -> bool {
    let letters = site.spots[0].size;
    sketch.labels.iter().any(|label| {
        let gap = (label.bbox.top - site.bbox.bottom).max(site.bbox.top - label.bbox.bottom);
        let aligned = (middle(label.bbox).0 - middle(site.bbox).0).abs() < 0.8 * letters;
        is_words(label) && aligned && (-0.3 * letters..1.1 * letters).contains(&gap)
    })
}

fn is_words(label: &Label) -> bool {
    label.angle == 0.0 && label.text.string.chars().filter(|character| character.is_alphabetic()).count() >= 2
}

/// How far apart two colours are.
fn apart(one: Colour, other: Colour) -> i32 {
    one.iter().zip(other).map(|(one, other)| (i32::from(*one) - i32::from(other)).abs()).sum()
}

/// The colours of the boxes, those of hardly a shade between them as one.
fn colours(sites: &[Site], sketch: &Sketch<'_>) -> Vec<Colour> {
    let mut colours: Vec<Colour> = Vec::new();
    for fill in sites
        .iter()
        .flat_map(|site| &site.spots)
        .filter_map(|spot| sketch.shapes[spot.shape?].fill)
    {
        if !colours.iter().any(|known| apart(*known, fill) < SHADE) {
            colours.push(fill);
        }
    }
    colours
}

/// Colours nearer than this are shades of one.
const SHADE: i32 = 100;

fn colour_of(spot: &Spot, colours: &[Colour], sketch: &Sketch<'_>) -> Option<usize> {
    let fill = sketch.shapes[spot.shape?].fill?;
    colours.iter().position(|known| apart(*known, fill) < SHADE)
}

/// The colour that the first, second and third figure of a place have, where boxes agree on it; none where no box tells.
fn orders(sites: &[Site], colours: &[Colour], sketch: &Sketch<'_>) -> Option<Vec<Option<usize>>> {
    let most = sites.iter().map(|site| site.spots.len()).max()?;
    let mut orders = vec![None; most];
    let (mut boxed, mut bare) = (0, 0);
    for site in sites {
        for (order, spot) in site.spots.iter().enumerate() {
            match (colour_of(spot, colours, sketch), orders[order]) {
                (Some(colour), None) => orders[order] = Some(colour),
                (Some(colour), Some(known)) if colour != known && site.spots.len() == most => return None,
                _ => {}
            }
            if spot.shape.is_some() { boxed += 1 } else { bare += 1 }
        }
    }
    let told = bare == 0 || orders.iter().all(Option::is_some);
    (boxed > 0 && colours.len() <= most.max(6) && told).then_some(orders)
}

/// The name of each colour in the legend: behind a patch of the colour, else printed in it.
fn names(colours: &[Colour], sites: &[Site], sketch: &Sketch<'_>) -> Vec<Option<usize>> {
    let boxes: Vec<usize> = sites.iter().flat_map(|site| &site.spots).filter_map(|spot| spot.shape).collect();
    let size = sites[0].spots[0].size;
    let words: Vec<usize> = (0..sketch.labels.len())
        .filter(|index| is_words(&sketch.labels[*index]) && sketch.labels[*index].size <= 1.25 * size && sketch.figure(*index).is_none())
        .collect();
    let mut names: Vec<Option<usize>> = colours
        .iter()
        .map(|colour| {
            let patches = sketch.shapes.iter().enumerate().filter(|(index, shape)| {
                let same = shape.fill.is_some_and(|fill| apart(fill, *colour) <= 12);
                same && !boxes.contains(index) && shape.bbox.width() <= 5.0 * size && shape.bbox.height() <= 2.5 * size
            });
            let behind = |patch: BBox| {
                words.iter().copied().filter_map(move |index| {
                    let label = &sketch.labels[index];
                    let gap = label.bbox.x0 - patch.x1;
                    let level = patch.top - 1.0 <= middle(label.bbox).1 && middle(label.bbox).1 <= patch.bottom + 1.0;
                    (level && (-1.0..3.0 * label.size).contains(&gap)).then_some((gap, index))
                })
            };
            patches
                .flat_map(|(_, shape)| behind(shape.bbox))
                .min_by(|one, other| one.0.total_cmp(&other.0))
                .map(|(_, index)| index)
        })
        .collect();
    // Without a patch: words of the colour itself, if they are the only ones; then words in line with a name that is known.
    for (name, colour) in names.iter_mut().zip(colours).filter(|(name, _)| name.is_none()) {
        let mut printed = words.iter().copied().filter(|index| is_printed_in(*index, *colour, sketch));
        if let (Some(only), None) = (printed.next(), printed.next()) {
            *name = Some(only);
        }
    }
    if let Some(known) = names.iter().flatten().copied().next() {
        let in_line = |index: &usize| {
            let (label, known) = (&sketch.labels[*index], &sketch.labels[known]);
            let level = (middle(label.bbox).1 - middle(known.bbox).1).abs() < 0.5 * known.size;
            let under = (label.bbox.x0 - known.bbox.x0).abs() < known.size && (label.bbox.top - known.bbox.top).abs() < 4.0 * known.size;
            (0.85..1.18).contains(&(label.size / known.size)) && (level || under)
        };
        let taken: Vec<usize> = names.iter().flatten().copied().collect();
        for (name, colour) in names.iter_mut().zip(colours).filter(|(name, _)| name.is_none()) {
            let mut printed = words
                .iter()
                .copied()
                .filter(|index| !taken.contains(index) && in_line(index) && is_printed_in(*index, *colour, sketch));
            if let (Some(only), None) = (printed.next(), printed.next()) {
                *name = Some(only);
            }
        }
    }
    names
}

fn is_printed_in(label: usize, colour: Colour, sketch: &Sketch<'_>) -> bool {
    sketch.labels[label].colour.is_some_and(|letters| apart(letters, colour) < SHADE)
}

/// The words that name a place: short, over the site, and nearer to it than to any other.
fn place_of(site: &Site, sites: &[Site], names: &[Option<usize>], sketch: &Sketch<'_>) -> Option<usize> {
    let letters = site.spots[0].size;
    let reach = |of: &Site, label: &Label| {
        let gap = of.bbox.top - label.bbox.bottom;
        let overlap = of.bbox.x1.min(label.bbox.x1) - of.bbox.x0.max(label.bbox.x0);
        let flush = (of.bbox.x0 - label.bbox.x0).abs() < 1.2 * letters;
        let near = (-0.3 * letters..1.5 * letters).contains(&gap) && overlap > -0.5 * letters || (0.0..5.5 * letters).contains(&gap) && flush;
        near.then_some(gap.max(0.0))
    };
    let mut found: Vec<(f64, usize)> = (0..sketch.labels.len())
        .filter(|index| {
            let label = &sketch.labels[*index];
            let short = label.text.string.split_whitespace().count() <= 3;
            is_words(label) && short && !names.contains(&Some(*index)) && sketch.figure(*index).is_none() && label.size < 1.6 * letters
        })
        .filter_map(|index| Some((reach(site, &sketch.labels[index])?, index)))
        .collect();
    found.sort_by(|one, other| one.0.total_cmp(&other.0));
    let (gap, index) = *found.first()?;
    let label = &sketch.labels[index];
    let nearer = sites
        .iter()
        .filter(|other| other.bbox != site.bbox)
        .any(|other| reach(other, label).is_some_and(|distance| distance <= gap));
    (!nearer).then_some(index)
}

/// The change printed beside a value, in its box: `+273`, or a dash for none.
fn change_beside(spot: &Spot, sketch: &Sketch<'_>) -> Option<usize> {
    let bbox = sketch.shapes[spot.shape?].bbox;
    let value = sketch.labels[spot.label].bbox;
    (0..sketch.labels.len()).find(|index| {
        let label = &sketch.labels[*index];
        let string = label.text.string.trim();
        let nil = matches!(string, "-" | "–" | "−" | "=");
        *index != spot.label
            && bbox.holds(label.bbox)
            && label.bbox.x0 >= value.x1 - 1.0
            && (nil || opens_with_sign(string) && figure(string).is_some())
    })
}

#[cfg(test)]
mod tests;
