//! Which blocks that open with a raised mark are notes, and which are text that refers to one: by how they look, and what refers to them.

use super::Draft;
use super::opening::{Opening, is_starred, superscript_label};
use crate::layout::lines::{Line, Part, Weight, labels};
use crate::layout::words::is_figure;

/// Notes are set smaller than the text, or as large; letters below this, in its size, are smaller.
const AS_LARGE: f64 = 0.95;
/// Letters above this, in the size of the text, stand out of it, as no note does.
const LARGER: f64 = 1.09;
/// A figure with more words before it is a sentence, not a caption.
const MOST_CAPTION: usize = 16;

/// Has blocks that open with a mark, but are no notes, open as any other does.
pub(super) fn with_references(mut drafts: Vec<Draft>, body: f64) -> Vec<Draft> {
    if drafts.iter().all(|draft| draft.opening != Opening::Marked) {
        return drafts;
    }
    let bold_page = is_mostly_bold(&drafts);
    let referred: Vec<(String, f64)> = drafts.iter().flat_map(|draft| &draft.lines).flat_map(references).collect();
    for draft in &mut drafts {
        if draft.opening == Opening::Marked && !is_note(draft, body, bold_page, &referred) {
            draft.opening = Opening::Plain;
        }
    }
    drafts
}

fn is_note(draft: &Draft, body: f64, bold_page: bool, referred: &[(String, f64)]) -> bool {
    let first = &draft.lines[0];
    if is_starred(first) || first.size < AS_LARGE * body {
        return true;
    }
    if first.size > LARGER * body {
        return false;
    }
    let captioned = draft.lines.len() == 1 && is_captioned_figure(first);
    let bold = !bold_page && draft.lines.iter().all(|line| line.weight == Weight::Bold);
    if bold && captioned {
        return false;
    }
    let explains = referred.iter().any(|(label, top)| *top < draft.bbox.top && opens_with(first, label));
    explains || !bold && !captioned
}

/// Whether most letters of the page are bold, so that bold ones do not stand out.
fn is_mostly_bold(drafts: &[Draft]) -> bool {
    let lines = drafts.iter().flat_map(|draft| &draft.lines);
    let (mut bold, mut all) = (0, 0);
    for line in lines {
        let letters = line.words().map(|word| word.glyphs.len()).sum::<usize>();
        all += letters;
        bold += if line.weight == Weight::Bold { letters } else { 0 };
    }
    2 * bold > all
}

/// The labels of the marks on a line that do not open it, and how far down it stands.
fn references(line: &Line) -> Vec<(String, f64)> {
    let found = line.parts.iter().enumerate().flat_map(|(index, part)| match part {
        Part::Mark(token) if index > 0 => labels(&token.string),
        Part::Mark(_) => Vec::new(),
        Part::Word(token) => {
            let raised = token
                .string
                .find(|character: char| superscript_label(character.encode_utf8(&mut [0; 4])).is_some());
            let raised = raised.filter(|at| *at > 0).and_then(|at| superscript_label(&token.string[at..]));
            raised.map(|(label, _)| label).into_iter().collect()
        }
    });
    found.map(|label| (label, line.bbox.top)).collect()
}

fn opens_with(line: &Line, label: &str) -> bool {
    match line.parts.first() {
        Some(Part::Mark(mark)) => labels(&mark.string).iter().any(|own| own == label),
        Some(Part::Word(token)) => superscript_label(&token.string).is_some_and(|(own, _)| own == label),
        None => false,
    }
}

/// Whether a line is a few words, a colon, and a figure: `Cases confirmed: 138`.
fn is_captioned_figure(line: &Line) -> bool {
    let words: Vec<&str> = line.words().map(|word| word.string.as_str()).collect();
    let Some((figure, caption)) = words.split_last() else { return false };
    let worded = caption.iter().filter(|word| word.chars().any(char::is_alphabetic)).count();
    (2..=MOST_CAPTION).contains(&worded)
        && caption.last().is_some_and(|word| word.ends_with(':'))
        && is_figure(figure.trim_end_matches(['*', '†', '‡']))
}
