//! One line at a time: what its first characters make of it.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::inline::{is_plain, labels_of, superscript};

/// A line and what it is.
#[derive(Debug, Clone)]
pub(super) struct Line {
    /// Bytes of its words, without white space, bullets and marks at its ends.
    pub(super) content: Range<usize>,
    /// All its bytes but the line break.
    pub(super) whole: Range<usize>,
    /// What it is.
    pub(super) kind: Kind,
    /// It ends in two spaces, which to Markdown is a break.
    pub(super) broken: bool,
    /// A form feed stands before it: a new page of the original.
    pub(super) page_break: bool,
}

/// What a line is, taken alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind {
    /// Nothing to see.
    Blank,
    /// `---`, `***` or `===` and nothing else; the sign tells what it underlines.
    Rule(char),
    /// `## Heading`, with its rank.
    Heading(u8),
    /// A footnote or remark with its marks.
    Note(Vec<String>),
    /// `* words`: an entry of a list or a note, which its neighbours tell.
    Star,
    /// `• words`.
    Bullet,
    /// `- words` or `– words`.
    Dash,
    /// `1. words` or `1) words`, with its number.
    Numbered(String),
    /// A number alone, with its sign, arrow and approximator.
    Figure,
    /// Cells between tabs.
    Tabs,
    /// Cells between pipes.
    Pipes,
    /// Words.
    Words,
}

/// A number as a report sets it alone: approximator, sign or arrow, digits in groups, what it is a number of, arrow.
static FIGURE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?i)^(?:(?:some|about|around|over|nearly|almost|approx\.?|approximately|more than|less than|at least|up to|close to|~|≈|±|>|<|≥|≤)\s*)?",
        r"[(]?[↑↓▲▼↗↘→]?\s*[-+–−±]?\s*[↑↓▲▼↗↘→]?\s*(?:[$€£]\s?)?",
        r"\d[\d.,'’\u{a0}\u{202f}\u{2009}]*(?: \d{3})*(?:\s?[-–]\s?\d[\d.,'’]*)?",
        r"\s?(?:%|‰|per cent|percent|k|m|bn|million|billion|thousand|pp|p\.p\.|percentage points)?[)]?\+?\s*[↑↓▲▼↗↘→]?$",
    ))
    .expect("the pattern is a constant")
});

/// Words that open a remark.
static REMARK: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)^[*_]*(?:notes?|n\.?b\.?|sources?|data sources?|disclaimer|footnotes?)[*_]*\s*:").expect("the pattern is a constant")
});

/// Whether the words, marks taken off, are a number alone; `31.12.2024` is none.
pub(super) fn is_figure(words: &str) -> bool {
    let words = words.trim();
    words.len() <= 60 && FIGURE.is_match(words) && !is_date(words)
}

fn is_date(words: &str) -> bool {
    let parts: Vec<&str> = words.split('.').collect();
    let short = |part: &str| matches!(part.len(), 1 | 2) && part.bytes().all(|byte| byte.is_ascii_digit());
    parts.len() == 3 && short(parts[0]) && short(parts[1]) && (short(parts[2]) || is_year(parts[2]))
}

/// Whether the word is a year alone.
pub(super) fn is_year(word: &str) -> bool {
    word.len() == 4 && (word.starts_with("19") || word.starts_with("20")) && word.bytes().all(|byte| byte.is_ascii_digit())
}

/// Characters that end a line, by Unicode's rules and what PDF exporters write.
const BREAKS: [char; 6] = ['\n', '\r', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}'];

/// How many lines the text has.
pub(super) fn count(source: &str) -> usize {
    1 + source.matches(BREAKS).count() - source.matches("\r\n").count()
}

/// All lines of the text. Comments and the settings that Markdown files open with are not shown to readers, and blank.
pub(super) fn lines(source: &str) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    let mut start = 0;
    let mut shown_from = settings_end(source);
    let mut comments_end = true;
    for part in parts(source) {
        let end = start + part.trim_end_matches(BREAKS).len();
        let ended_page = lines.last().is_some_and(|line| source[line.whole.end..].starts_with('\u{c}'));
        // The second half of a line break of two characters is no line of its own.
        let half = part == "\n" && source[..start].ends_with('\r');
        if !half {
            let from = start.max(shown_from.min(end));
            let mut until = end;
            if comments_end
                && let Some(open) = source[from..end].rfind("<!--")
                && !source[from + open..end].contains("-->")
            {
                match source[end..].find("-->") {
                    Some(length) => {
                        shown_from = end + length + 3;
                        until = from + open;
                    }
                    None => comments_end = false,
                }
            }
            let mut line = line(source, from..until);
            line.page_break = ended_page;
            let words = &source[line.content.clone()];
            if words.starts_with("```") || words.starts_with("~~~") {
                line.kind = Kind::Blank;
            }
            lines.push(line);
        }
        start += part.len();
    }
    lines
}

/// The source cut behind each character that ends a line.
fn parts(source: &str) -> impl Iterator<Item = &str> {
    let mut rest = source;
    std::iter::from_fn(move || {
        let mut end = 0;
        loop {
            // The wider ones begin with one of two bytes, as other characters do.
            let found = rest.as_bytes()[end..]
                .iter()
                .position(|byte| matches!(byte, b'\n' | b'\r' | b'\x0c' | 0xc2 | 0xe2));
            let Some(character) = found.and_then(|at| rest[end + at..].chars().next()) else {
                end = rest.len();
                break;
            };
            end += found.unwrap_or_default() + character.len_utf8();
            if BREAKS.contains(&character) {
                break;
            }
        }
        let (part, behind) = rest.split_at(end);
        rest = behind;
        (!part.is_empty()).then_some(part)
    })
}

/// Where the settings between `---` and `---` at the head of a Markdown file end; 0 if there are none.
fn settings_end(source: &str) -> usize {
    let mut at = 0;
    for (index, part) in source.split_inclusive('\n').take(64).enumerate() {
        at += part.len();
        let line = part.trim_end();
        match index {
            0 if line != "---" => return 0,
            0 => {}
            _ if line == "---" || line == "..." => return if index > 1 { at } else { 0 },
            _ if line.is_empty() || line.starts_with([' ', '-', '#']) => {}
            // `title: words`, and nothing that reads like a report.
            _ => match line.split_once(':') {
                Some((key, value)) if !key.contains(' ') && (value.is_empty() || value.starts_with(' ')) => {}
                _ => return 0,
            },
        }
    }
    0
}

fn line(source: &str, whole: Range<usize>) -> Line {
    let raw = &source[whole.clone()];
    let content = trim(source, whole.clone());
    let mut line = Line {
        kind: Kind::Words,
        broken: raw.ends_with("  ") || source[content.clone()].ends_with('\\'),
        page_break: false,
        content,
        whole,
    };
    // Quoted lines are words like others.
    while source[line.content.clone()].starts_with('>') && source[line.content.start + 1..line.content.end].starts_with([' ', '>']) {
        line.content = trim(source, line.content.start + 1..line.content.end);
    }
    let words = &source[line.content.clone()];
    let (kind, skip) = kind(words, raw, Cells::Parted);
    line.kind = kind;
    line.content = trim(source, line.content.start + skip..line.content.end);
    if let Kind::Heading(_) = line.kind {
        let words = &source[line.content.clone()];
        let closed = words.trim_end_matches('#');
        if closed.ends_with(' ') {
            line.content = trim(source, line.content.start..line.content.start + closed.len());
        }
    }
    line
}

/// What a line is, and how many bytes its bullet or mark takes.
fn kind(words: &str, raw: &str, cells: Cells) -> (Kind, usize) {
    if words.chars().all(is_blank) {
        return (Kind::Blank, words.len());
    }
    if let Some(sign) = rule(words) {
        return (Kind::Rule(sign), 0);
    }
    let hashes = words.len() - words.trim_start_matches('#').len();
    let title = words[hashes..].trim_start();
    // `# of arrivals` is a number of arrivals.
    let number_of = hashes == 1 && title.starts_with("of ");
    if (1..=6).contains(&hashes) && title.len() < words.len() - hashes && !title.is_empty() && !number_of {
        return (Kind::Heading(u8::try_from(hashes).unwrap_or(6)), hashes);
    }
    if cells == Cells::Parted {
        // Before words are looked at: a header row may open with an empty cell.
        if raw.trim_end().trim_start_matches(' ').contains('\t') {
            return (Kind::Tabs, 0);
        }
        if has_pipe(words) && !pipes(words, 0..words.len()).is_empty() {
            return (Kind::Pipes, 0);
        }
    }
    // Most lines have no digit, be it written as an entity: they are no figures.
    let may_be_figure = |character: char| character.is_ascii_digit() || character == '&' || !character.is_ascii() && character.is_numeric();
    if words.chars().any(may_be_figure) {
        let bare = bare(words);
        // A year alone heads what follows; taken for a figure it would take the caption of another.
        if is_figure(&bare) && !is_year(bare.trim()) {
            return (Kind::Figure, 0);
        }
    }
    if let Some((labels, skip)) = note(words) {
        return (Kind::Note(labels), skip);
    }
    if REMARK.is_match(words) {
        return (Kind::Note(Vec::new()), 0);
    }
    bullet(words)
}

/// Reads a line again whose tabs or pipes part no cells.
pub(super) fn without_cells(source: &str, line: &mut Line) {
    line.content = trim(source, line.whole.clone());
    let words = &source[line.content.clone()];
    let (kind, skip) = kind(words, words, Cells::Ignored);
    line.kind = kind;
    line.content = trim(source, line.content.start + skip..line.content.end);
}

/// Whether tabs and pipes part cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Cells {
    Parted,
    Ignored,
}

fn bullet(words: &str) -> (Kind, usize) {
    let mut characters = words.char_indices();
    let Some((_, first)) = characters.next() else { return (Kind::Words, 0) };
    let after = characters.next().map_or(words.len(), |(at, _)| at);
    let spaced = words[after..].starts_with(is_blank);
    match first {
        '*' if spaced => (Kind::Star, after),
        '-' | '–' | '—' | '+' if spaced => {
            // `- 33% compared to November` is a signed figure.
            let rest = words[after..].trim_start();
            if signed(rest) { (Kind::Words, 0) } else { (Kind::Dash, after) }
        }
        '•'
        | '●'
        | '○'
        | '◦'
        | '‣'
        | '▪'
        | '▫'
        | '■'
        | '□'
        | '◼'
        | '◾'
        | '►'
        | '▶'
        | '➢'
        | '➤'
        | '✓'
        | '✔'
        | '❖'
        | '·'
        | '\u{e000}'..='\u{f8ff}' => (Kind::Bullet, after),
        'o' if spaced && words[after..].trim_start().starts_with(char::is_uppercase) => (Kind::Bullet, after),
        '0'..='9' => {
            let digits = words.len() - words.trim_start_matches(|digit: char| digit.is_ascii_digit()).len();
            let rest = &words[digits..];
            if digits <= 3 && (rest.starts_with(". ") || rest.starts_with(") ") || rest.starts_with("\\. ") || rest.starts_with(".\u{a0}")) {
                let sign = rest.find([' ', '\u{a0}']).unwrap_or(1);
                (Kind::Numbered(words[..digits].to_owned()), digits + sign)
            } else {
                (Kind::Words, 0)
            }
        }
        _ => (Kind::Words, 0),
    }
}

/// Whether the words open with a percentage, which gives a dash before them the meaning of a sign.
fn signed(words: &str) -> bool {
    let digits = words.trim_start_matches(|digit: char| digit.is_ascii_digit() || matches!(digit, '.' | ','));
    digits.len() < words.len()
        && (digits.trim_start().starts_with('%') || digits.trim_start().starts_with("per cent") || digits.trim_start().starts_with("percent"))
}

/// The marks that a footnote opens with, and their length: `¹`, `^{5}`, `<sup>1</sup>`, `**`, `[1]`, `[^1]:`, `†`.
fn note(words: &str) -> Option<(Vec<String>, usize)> {
    if let Some(rest) = words.strip_prefix("^{") {
        let close = rest.bytes().take(24).position(|byte| byte == b'}')?;
        let labels = labels_of(&rest[..close]);
        return (!labels.is_empty() && words.len() > close + 3).then(|| (names(labels), close + 3));
    }
    if let Some(rest) = words.strip_prefix("<sup>") {
        let close = rest.bytes().take(24).position(|byte| byte == b'<')?;
        let after = rest[close..].strip_prefix("</sup>")?;
        let labels = labels_of(&rest[..close]);
        return (!labels.is_empty() && !after.is_empty()).then(|| (names(labels), words.len() - after.len()));
    }
    if let Some(rest) = words.strip_prefix("[^") {
        let close = rest.bytes().take(24).position(|byte| byte == b']')?;
        let after = rest[close + 1..].strip_prefix(':')?;
        return Some((vec![rest[..close].to_owned()], words.len() - after.len()));
    }
    if let Some(rest) = words.strip_prefix('[') {
        let close = rest.bytes().take(4).position(|byte| byte == b']')?;
        let digits = (1..=2).contains(&close) && rest.bytes().take(close).all(|byte| byte.is_ascii_digit());
        return (digits && rest[close + 1..].starts_with(' ')).then(|| (vec![rest[..close].to_owned()], close + 2));
    }
    let raised: String = words.chars().map_while(superscript).collect();
    if !raised.is_empty() {
        let skip: usize = words.chars().take(raised.len()).map(char::len_utf8).sum();
        return (skip < words.len()).then(|| (vec![raised], skip));
    }
    let daggers: String = words.chars().take_while(|sign| matches!(sign, '†' | '‡' | '§')).collect();
    if !daggers.is_empty() {
        let skip = daggers.len();
        return (skip < words.len()).then_some((vec![daggers], skip));
    }
    stars(words)
}

/// `** words`, `\*\* words` and `**words` without an end to the emphasis; a lone `* ` is left to its neighbours.
fn stars(words: &str) -> Option<(Vec<String>, usize)> {
    let escaped = words.starts_with("\\*");
    let sign = if escaped { "\\*" } else { "*" };
    let mut count = 0;
    let mut rest = words;
    while let Some(after) = rest.strip_prefix(sign) {
        rest = after;
        count += 1;
    }
    if count == 0 || count > 8 || rest.is_empty() {
        return None;
    }
    let spaced = rest.starts_with(is_blank);
    if escaped || spaced && count > 1 {
        return Some((vec!["*".repeat(count)], words.len() - rest.len()));
    }
    let emphasis = rest.contains(&sign.repeat(count.min(3)));
    (!spaced && !emphasis && rest.starts_with(char::is_alphabetic)).then(|| (vec!["*".repeat(count)], words.len() - rest.len()))
}

fn names(labels: Vec<(String, Range<usize>)>) -> Vec<String> {
    labels.into_iter().map(|(label, _)| label).collect()
}

/// The sign of a line that holds only that sign, three times or more.
fn rule(words: &str) -> Option<char> {
    let sign = words.chars().next().filter(|sign| matches!(sign, '-' | '=' | '*' | '_' | '–' | '—'))?;
    let mut count = 0;
    for character in words.chars() {
        match character {
            ' ' => {}
            _ if character == sign => count += 1,
            _ => return None,
        }
    }
    (count >= 3).then_some(sign)
}

/// Whether a pipe is there that is not escaped.
fn has_pipe(words: &str) -> bool {
    let bytes = words.as_bytes();
    memchr::memchr_iter(b'|', bytes).any(|at| at == 0 || bytes[at - 1] != b'\\')
}

/// Pipes that part cells: neither escaped nor within a link.
pub(super) fn pipes(source: &str, range: Range<usize>) -> Vec<usize> {
    let mut links = super::inline::links(source, range.clone()).into_iter().peekable();
    let bytes = source.as_bytes();
    let mut pipes = Vec::new();
    let mut at = range.start;
    while at < range.end {
        match bytes[at] {
            b'\\' => at += 1,
            b'|' => {
                while links.peek().is_some_and(|link| link.end <= at) {
                    links.next();
                }
                if links.peek().is_none_or(|link| link.start >= at) {
                    pipes.push(at);
                }
            }
            _ => {}
        }
        at += 1;
    }
    pipes
}

/// Words without emphasis, raised marks and escapes, for telling what a short line is.
pub(super) fn bare(words: &str) -> Cow<'_, str> {
    if words.len() > 400 || is_plain(words) {
        return Cow::Borrowed(words);
    }
    let whole = 0..words.len();
    super::inline::inline(words, std::slice::from_ref(&whole)).text.string.into()
}

/// The range without white space at its ends, of whatever width.
pub(super) fn trim(source: &str, range: Range<usize>) -> Range<usize> {
    let words = &source[range.clone()];
    let left = words.trim_start_matches(is_blank);
    let start = range.end - left.len();
    start..start + left.trim_end_matches(is_blank).len()
}

fn is_blank(character: char) -> bool {
    character.is_whitespace() || matches!(character, '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{2060}') || character.is_control()
}
