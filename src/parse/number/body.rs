//! Runs of digits and separators to a decimal number, or to what is wrong with them.

use rust_decimal::Decimal;

use super::{
    super::token::{TokenKind, Tokens},
    NumberConvention,
};

/// More digits than any count has.
const MOST_DIGITS: usize = 15;

/// What a run of digits and separators is.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Body {
    /// A number with so many decimals; `plain` where no separator stands in it.
    Number {
        value: Decimal,
        decimals: u32,
        plain: bool,
        digits: usize,
    },
    /// `7.900` where the stop is the decimal mark: a number before a unit, else a fault.
    Doubtful { value: Decimal, decimals: u32 },
    /// Separate numbers in a list without spaces, `2023,2024`.
    List,
    /// `1.2.3`, a section or version.
    Section,
    /// Too long, or led by zero.
    Code,
    /// Wrong where a unit follows, a list of marks where none does: `1,2 %`.
    FaultBeforeUnit(&'static str),
    /// No careful writer prints it.
    Fault(&'static str),
}

pub(super) const NOT_IN_THREES: &str = "thousands are grouped in threes";
pub(super) const WRONG_SEPARATOR: &str = "the separator groups thousands elsewhere, decimals here";
pub(super) const TWO_DECIMALS: &str = "it has two decimal marks";

/// Spaces that only figures hold: thin, narrow, figure, no-break.
pub(super) fn is_figure_space(text: &str) -> bool {
    let mut characters = text.chars();
    matches!(
        (characters.next(), characters.next()),
        (Some('\u{a0}' | '\u{2007}' | '\u{2008}' | '\u{2009}' | '\u{200a}' | '\u{202f}'), None)
    )
}

/// The token after the run of digits and glued separators at `start`: `7,900`, `152'540`, `7 900` with a thin space.
pub(super) fn end_of_run(tokens: &Tokens<'_>, start: usize) -> usize {
    let mut end = start + 1;
    loop {
        let separates = match tokens.kind(end) {
            Some(TokenKind::Mark(',' | '.' | '\'' | '’' | '‘' | '٬' | '٫' | '·')) => true,
            // Groups of three only: `12 345` is a figure, `2023 45` is two.
            Some(TokenKind::Space) => is_figure_space(tokens.token_text(end)) && tokens.token_text(end + 1).len() == 3,
            _ => false,
        };
        if !separates || !tokens.is_digits(end + 1) {
            return end;
        }
        end += 2;
    }
}

/// What the tokens from `start` to `end` are: digits with one separator between each two.
pub(super) fn read(tokens: &Tokens<'_>, start: usize, end: usize, convention: &NumberConvention) -> Body {
    if end == start + 1 {
        return number(tokens.token_text(start), None, true);
    }
    let groups: Vec<&str> = (start..end).step_by(2).map(|at| tokens.token_text(at)).collect();
    let separators: Vec<char> = (start + 1..end)
        .step_by(2)
        .map(|at| match tokens.kind(at) {
            Some(TokenKind::Mark(mark)) => mark,
            _ => ' ',
        })
        .collect();
    let (whole, fraction) = match separators.iter().position(|mark| *mark == convention.decimal) {
        Some(at) if at + 1 == separators.len() => (&groups[..=at], Some(groups[at + 1])),
        Some(_) if separators.iter().all(|mark| *mark == convention.decimal) => return all_decimal_marks(&groups),
        Some(_) => return Body::Fault(TWO_DECIMALS),
        None => (&groups[..], None),
    };
    let grouping = &separators[..whole.len() - 1];
    if let Some(fault) = fault_of_groups(whole, grouping, convention) {
        return fault;
    }
    // `7.900` may be 7.9 or 7,900: a count is not guessed.
    if let Some(fraction) = fraction
        && fraction.len() == 3
        && whole.len() == 1
        && whole[0].len() <= 3
        && !whole[0].starts_with('0')
    {
        return match Decimal::from_str_exact(&format!("{}.{fraction}", whole[0])) {
            Ok(value) => Body::Doubtful { value, decimals: 3 },
            Err(_) => Body::Code,
        };
    }
    number(&whole.concat(), fraction, grouping.is_empty())
}

/// A number of these digits.
pub(super) fn number(whole: &str, fraction: Option<&str>, single: bool) -> Body {
    let digits = whole.len() + fraction.map_or(0, str::len);
    if digits > MOST_DIGITS || (whole.len() > 1 && whole.starts_with('0')) {
        return Body::Code;
    }
    let printed = match fraction {
        Some(fraction) => Decimal::from_str_exact(&format!("{whole}.{fraction}")).ok(),
        None => whole.parse::<u64>().ok().map(Decimal::from),
    };
    match printed {
        Some(value) => Body::Number {
            value,
            decimals: fraction.map_or(0, str::len) as u32,
            plain: single && fraction.is_none(),
            digits,
        },
        None => Body::Code,
    }
}

/// `1.234.567` where the stop is the decimal mark, or `1.2.3`.
fn all_decimal_marks(groups: &[&str]) -> Body {
    let in_threes = groups[0].len() <= 3 && groups[1..].iter().all(|group| group.len() == 3);
    if in_threes { Body::Fault(WRONG_SEPARATOR) } else { Body::Section }
}

fn fault_of_groups(groups: &[&str], separators: &[char], convention: &NumberConvention) -> Option<Body> {
    let first = separators.first()?;
    if separators.iter().any(|mark| mark != first) {
        return Some(Body::Fault(NOT_IN_THREES));
    }
    let known = convention.thousands.contains(first) || matches!(first, '\'' | '’' | '‘' | ' ' | '٬');
    let in_threes = groups[0].len() <= 3 && groups[1..].iter().all(|group| group.len() == 3) && !groups[0].starts_with('0');
    match (in_threes, known) {
        (true, true) => None,
        (true, false) => Some(Body::Fault(WRONG_SEPARATOR)),
        (false, false) if *first == '.' => Some(Body::Section),
        (false, _) => Some(out_of_threes(groups)),
    }
}

/// `25,4433` and `12,34` are faults; `2023,2024` and `5,6` are lists.
fn out_of_threes(groups: &[&str]) -> Body {
    let years = groups
        .iter()
        .all(|group| group.len() == 4 && (group.starts_with("19") || group.starts_with("20")));
    let marks = groups.iter().all(|group| group.len() == 1);
    let short = groups.iter().all(|group| group.len() <= 2);
    if years {
        Body::List
    } else if marks {
        Body::FaultBeforeUnit(NOT_IN_THREES)
    } else if short && groups.len() > 2 {
        Body::List
    } else {
        Body::Fault(NOT_IN_THREES)
    }
}
