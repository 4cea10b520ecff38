//! Tiles: a figure that stands out, with a short caption in elements of its own.
//!
//! The smallest element that holds a figure alone on its line and words beside it is a tile; one that holds several such
//! figures is a row of tiles if figures and captions take turns without exception, and else none: a caption given to the
//! wrong figure is worse than a figure without one.

use std::collections::{BTreeMap, HashMap};

use super::figure::is_figure;
use super::gather::{Breaks, gather, lines};
use super::page::{Page, Role, What};
use crate::layout::Text;

/// Printed characters of a figure at most.
const LONGEST_FIGURE: usize = 40;
/// Printed characters of a row of tiles at most.
const LONGEST_ROW: usize = 1_500;
/// Elements and texts in a row of tiles at most.
const MOST_PARTS: usize = 250;
/// Elements and texts in a figure at most.
const MOST_FIGURE_PARTS: usize = 30;
/// Bytes of a caption's line at most.
const LONGEST_CAPTION: usize = 160;
/// Lines of the captions of one figure at most.
const MOST_CAPTIONS: usize = 5;

/// The tiles of a page by the part that holds them, each with its figure on the first line.
pub(super) fn tiles(page: &Page<'_>) -> BTreeMap<usize, Vec<Text>> {
    let mut found: BTreeMap<usize, Vec<Text>> = BTreeMap::new();
    let mut rejected: Option<usize> = None;
    let mut captioned = Captioned::default();
    for figure in 0..page.parts.len() {
        if !stands_alone(page, figure) {
            continue;
        }
        let Some(container) = container(page, figure, &mut captioned) else {
            continue;
        };
        if found.contains_key(&container) || rejected == Some(container) {
            continue;
        }
        match tiles_in(page, container, figure) {
            Some(texts) => {
                found.insert(container, texts);
            }
            None => rejected = Some(container),
        }
    }
    let containers: Vec<usize> = found.keys().copied().collect();
    for pair in containers.windows(2) {
        if pair[1] < page.parts[pair[0]].end {
            found.remove(&pair[0]);
        }
    }
    found
}

/// Whether a part is a figure and what is around it is more.
fn stands_alone(page: &Page<'_>, part: usize) -> bool {
    let printed = page.printed(part);
    if printed == 0 || printed > LONGEST_FIGURE || page.parts[part].end - part > MOST_FIGURE_PARTS {
        return false;
    }
    let parent = page.parts[part].parent;
    let around = page.printed(parent);
    let excluded = |part: usize| {
        matches!(
            page.role(part),
            Some(Role::Drawing | Role::DrawingPart | Role::Term | Role::Definition | Role::LineBreak)
        )
    };
    if parent == part || around == printed || around > LONGEST_ROW || excluded(part) || excluded(parent) {
        return false;
    }
    is_figure(&gather(page, part..page.parts[part].end, Breaks::Lines).string)
}

/// Whether each part asked about holds a caption: each is looked into once.
type Captioned = HashMap<usize, bool>;

/// The smallest part around a figure that prints other words.
fn container(page: &Page<'_>, figure: usize, captioned: &mut Captioned) -> Option<usize> {
    let mut part = page.parts[figure].parent;
    loop {
        let end = page.parts[part].end;
        let in_table = matches!(page.role(part), Some(Role::Table | Role::TableHead | Role::TableBody));
        if page.printed(part) > LONGEST_ROW || end - part > MOST_PARTS || in_table {
            return None;
        }
        let holds_caption = *captioned.entry(part).or_insert_with(|| {
            let words = gather(page, part + 1..end, Breaks::Lines);
            words.string.split('\n').any(|line| is_caption(line.trim()))
        });
        if holds_caption {
            return Some(part);
        }
        let parent = page.parts[part].parent;
        if parent == part {
            return None;
        }
        part = parent;
    }
}

fn is_caption(line: &str) -> bool {
    line.contains(char::is_alphabetic) && !is_figure(line)
}

fn tiles_in(page: &Page<'_>, container: usize, figure: usize) -> Option<Vec<Text>> {
    let role = page.role(container)?;
    let stands_in_line = role == Role::Inline && page.printed(page.parts[container].parent) != page.printed(container);
    if stands_in_line
        || matches!(
            role,
            Role::Heading(_)
                | Role::Term
                | Role::Definition
                | Role::Note
                | Role::SiteFooter
                | Role::Raised
                | Role::TableCaption
                | Role::FigureCaption
        )
    {
        return None;
    }
    let inside = container + 1..page.parts[container].end;
    let spoils = |part: usize| match page.role(part) {
        Some(Role::Heading(1 | 2)) => !(part..page.parts[part].end).contains(&figure),
        Some(Role::Table | Role::Term) => true,
        Some(Role::Drawing) => page.printed(part) > 0,
        _ => false,
    };
    if inside.clone().any(spoils) {
        return None;
    }
    let lines = lines(&gather(page, inside, Breaks::Lines));
    if lines.len() == 1 {
        return in_one_line(page, container, figure, role);
    }
    let too_long = |line: &Text| line.string.len() > LONGEST_CAPTION || line.string.ends_with('.') && line.string.len() > 80;
    if lines.iter().any(too_long) {
        return None;
    }
    grouped(&lines)
}

/// A figure and its caption side by side: two elements, and no words outside them.
fn in_one_line(page: &Page<'_>, container: usize, figure: usize, role: Role) -> Option<Vec<Text>> {
    if !matches!(role, Role::Block | Role::ListItem | Role::Cell | Role::Figure | Role::Row | Role::Inline) {
        return None;
    }
    let printing: Vec<usize> = page.children(container).filter(|child| page.printed(*child) > 0).collect();
    let [first, second] = printing.as_slice() else { return None };
    if [first, second].iter().any(|part| matches!(page.parts[**part].what, What::Text(_))) {
        return None;
    }
    let caption = if (*first..page.parts[*first].end).contains(&figure) {
        second
    } else {
        first
    };
    let caption = gather(page, *caption..page.parts[*caption].end, Breaks::Spaces);
    if caption.string.len() > 120 || caption.string.ends_with([':', '.', ',', ';']) || caption.string.contains('\n') {
        return None;
    }
    let figure = gather(page, figure..page.parts[figure].end, Breaks::Spaces);
    grouped(&[figure, caption])
}

/// Figures with the captions beside them, where the lines take turns.
pub(super) fn grouped(lines: &[Text]) -> Option<Vec<Text>> {
    let figures: Vec<usize> = (0..lines.len()).filter(|line| is_figure(&lines[*line].string)).collect();
    let [first, .., last] = figures.as_slice() else {
        let [only] = figures.as_slice() else { return None };
        let captions: Vec<&Text> = (0..lines.len()).filter(|line| line != only).map(|line| &lines[line]).collect();
        let some_words = captions.iter().any(|caption| caption.string.contains(char::is_alphabetic));
        return (some_words && captions.len() <= MOST_CAPTIONS).then(|| vec![headline(&lines[*only], &captions)]);
    };
    let step = figures[1] - figures[0];
    if step < 2 || figures.windows(2).any(|pair| pair[1] - pair[0] != step) {
        return None;
    }
    let before = match (*first, lines.len() - 1 - last) {
        (0, after) if after == step - 1 => 0,
        (before, 0) if before == step - 1 => before,
        _ => return None,
    };
    let tiles = figures.iter().map(|figure| {
        let captions = (figure - before..figure - before + step).filter(|line| line != figure);
        let captions: Vec<&Text> = captions.map(|line| &lines[line]).collect();
        headline(&lines[*figure], &captions)
    });
    Some(tiles.collect())
}

fn headline(figure: &Text, captions: &[&Text]) -> Text {
    let mut text = figure.clone();
    for caption in captions {
        text.append(caption, "\n");
    }
    text
}
