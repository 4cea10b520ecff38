//! Words of a drawing that stand in no chart: lines of a paragraph joined, a large figure put with its caption.

use crate::input::html::figure::is_figure;
use crate::layout::chart::Label;
use crate::layout::{BBox, Text};

/// How much larger than its caption a figure is set, at least.
const LARGER: f64 = 1.25;

/// Words, and whether they are a figure alone or with its caption.
#[derive(Debug)]
pub(in crate::input::html) struct Words {
    pub(in crate::input::html) text: Text,
    pub(in crate::input::html) stands_out: bool,
}

/// Joins labels, which are in the order of the document.
pub(in crate::input::html) fn joined(labels: &[&Label]) -> Vec<Words> {
    let lines = lines(labels);
    let figures: Vec<bool> = lines.iter().map(|line| is_figure(&line.text.string)).collect();
    let captions: Vec<Option<usize>> = (0..lines.len())
        .map(|line| if figures[line] { caption(&lines, &figures, line) } else { None })
        .collect();
    let mut claims = vec![0_usize; lines.len()];
    for caption in captions.iter().flatten() {
        claims[*caption] += 1;
    }
    let given = |line: usize| captions[line].filter(|caption| claims[*caption] == 1);
    let mut taken = vec![false; lines.len()];
    for caption in (0..lines.len()).filter_map(given) {
        taken[caption] = true;
    }
    let words = (0..lines.len()).filter(|line| !taken[*line]).map(|line| {
        let mut text = lines[line].text.clone();
        if let Some(caption) = given(line) {
            text.append(&lines[caption].text, "\n");
        }
        Words {
            text,
            stands_out: figures[line],
        }
    });
    words.collect()
}

struct Line {
    text: Text,
    bbox: BBox,
    size: f64,
    angle: f64,
    /// The baseline of the last line, as far as the box tells.
    bottom: f64,
}

/// Labels with the lines of one paragraph joined.
fn lines(labels: &[&Label]) -> Vec<Line> {
    let mut found: Vec<Line> = Vec::new();
    for label in labels {
        if let Some(above) = found.last_mut() {
            let same = (above.size - label.size).abs() < 0.01 * label.size && above.angle == 0.0 && label.angle == 0.0;
            let under = (0.8..1.8).contains(&((label.bbox.bottom - above.bottom) / label.size));
            let middle = |bbox: BBox| f64::midpoint(bbox.x0, bbox.x1);
            let aligned =
                (above.bbox.x0 - label.bbox.x0).abs() < 0.5 * label.size || (middle(above.bbox) - middle(label.bbox)).abs() < 0.5 * label.size;
            if same && under && aligned && !is_figure(&above.text.string) && !is_figure(&label.text.string) {
                above.text.append(&label.text, " ");
                above.bbox = above.bbox.union(label.bbox);
                above.bottom = label.bbox.bottom;
                continue;
            }
        }
        found.push(Line {
            text: label.text.clone(),
            bbox: label.bbox,
            size: label.size,
            angle: label.angle,
            bottom: label.bbox.bottom,
        });
    }
    found
}

/// The words nearest to a large figure, above or below it.
fn caption(lines: &[Line], figures: &[bool], figure: usize) -> Option<usize> {
    let own = &lines[figure];
    let near = figure.saturating_sub(12)..lines.len().min(figure + 13);
    let distances = near.filter_map(|other| {
        let line = &lines[other];
        let overlap = own.bbox.x1.min(line.bbox.x1) - own.bbox.x0.max(line.bbox.x0);
        let gap = (line.bbox.top - own.bbox.bottom).max(own.bbox.top - line.bbox.bottom);
        let fits = other != figure
            && !figures[other]
            && own.size >= LARGER * line.size
            && overlap > 0.0
            && gap < 1.5 * own.size
            && line.text.string.len() < 160;
        fits.then_some((other, gap))
    });
    let mut nearest: Vec<(usize, f64)> = distances.collect();
    nearest.sort_by(|one, other| one.1.total_cmp(&other.1));
    match nearest.as_slice() {
        [first] => Some(first.0),
        // Two as near as each other: no one can tell whose caption it is.
        [first, second, ..] if second.1 - first.1 > 0.3 * own.size => Some(first.0),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::Region;

    /// Labels as `(words, left, top, size)`, letters half as wide as high; the joined words, `!` before what stands out.
    fn check(labels: &[(&str, f64, f64, f64)], expected: &[&str]) {
        let labels: Vec<Label> = labels
            .iter()
            .map(|(words, x0, top, size)| {
                let mut text = Text::default();
                text.push(words, Region::Bytes { start: 0, end: words.len() }, false);
                Label {
                    text,
                    bbox: BBox {
                        x0: *x0,
                        top: *top,
                        x1: x0 + size * 0.5 * words.len() as f64,
                        bottom: top + size,
                    },
                    angle: 0.0,
                    size: *size,
                    colour: None,
                }
            })
            .collect();
        let found: Vec<String> = joined(&labels.iter().collect::<Vec<_>>())
            .into_iter()
            .map(|words| format!("{}{}", if words.stands_out { "!" } else { "" }, words.text.string))
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn a_large_figure_goes_with_the_words_under_it() {
        check(
            &[
                ("3,100", 0.0, 0.0, 30.0),
                ("REGISTRATIONS", 0.0, 35.0, 10.0),
                ("-33%", 200.0, 0.0, 30.0),
                ("COMPARED", 200.0, 35.0, 10.0),
            ],
            &["!3,100\nREGISTRATIONS", "!-33%\nCOMPARED"],
        );
    }

    #[test]
    fn figures_as_small_as_the_words_stay_alone() {
        check(&[("24", 0.0, 0.0, 10.0), ("Albania", 0.0, 12.0, 10.0)], &["!24", "Albania"]);
    }

    #[test]
    fn a_caption_between_two_figures_belongs_to_none() {
        check(
            &[("24", 0.0, 0.0, 20.0), ("Albania", 0.0, 25.0, 10.0), ("36", 0.0, 40.0, 20.0)],
            &["!24", "Albania", "!36"],
        );
    }

    #[test]
    fn lines_under_each_other_are_one_paragraph() {
        check(
            &[
                ("Total registrations", 0.0, 0.0, 10.0),
                ("on arrival", 0.0, 12.0, 10.0),
                ("Notes", 300.0, 12.0, 10.0),
            ],
            &["Total registrations on arrival", "Notes"],
        );
    }
}
