//! Whether a draft is nothing but one figure, as it stands out in a tile: `3,100`, `-33%`, `2.31 million`, `$ 310M`.

use super::Draft;
use super::opening::Opening;
use crate::layout::words::is_figure as is_figure_word;

/// Words behind a number that it is counted in.
const SCALES: [&str; 8] = ["million", "millions", "billion", "thousand", "mln", "mio", "mn", "bn"];
/// Letters glued to a number that it is counted in.
const GLUED: [&str; 6] = ["bn", "mn", "k", "K", "m", "M"];
/// Signs, arrows and currencies that may stand beside a number.
const MARKS: &str = "+-–−±%~<>≈↑↓▲▼↗↘→|$€£";

/// Whether a block is nothing but one figure, with its sign, arrow or percent, or such a figure with its change.
pub(super) fn is_figure(draft: &Draft) -> bool {
    if draft.figure.is_some() {
        return true;
    }
    if draft.lines.len() != 1 || draft.lines[0].turn != 0 || draft.opening != Opening::Plain {
        return false;
    }
    let (mut numbers, mut before) = (0, false);
    let plain = draft.lines[0].words().all(|word| {
        let number = is_amount(&word.string);
        let scale = before && SCALES.contains(&word.string.to_lowercase().as_str());
        numbers += usize::from(number);
        before = number;
        number || scale || word.string.chars().all(|character| MARKS.contains(character))
    });
    plain && (1..=3).contains(&numbers)
}

/// Whether a word is a number that counts something: neither a date, nor a section, nor the end of words in brackets: `2020)`.
fn is_amount(word: &str) -> bool {
    let parts = word.chars().filter(|character| matches!(character, '-' | '/' | ':')).count();
    let closes_alone = word.contains(')') && !word.contains('(');
    let digits = GLUED.iter().find_map(|letters| word.strip_suffix(letters)).unwrap_or(word);
    let bare = digits.ends_with(|character: char| character.is_ascii_digit());
    let counted = if bare { digits } else { word };
    is_figure_word(counted) && !is_section_number(word) && word.chars().count() <= 24 && parts < 2 && !closes_alone
}

/// Whether a number counts the sections of a report: `2.`, `5.1.3`.
fn is_section_number(string: &str) -> bool {
    let parts: Vec<&str> = string.trim_end_matches('.').split('.').collect();
    let digits = |part: &&str| !part.is_empty() && part.len() <= 2 && part.chars().all(|character| character.is_ascii_digit());
    (string.ends_with('.') || parts.len() > 2) && parts.iter().all(digits)
}
