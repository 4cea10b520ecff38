//! Characters of a line as a reader sees them: ranges of the source in, words with their places, weights and footnote marks out.

use std::ops::Range;

use super::emphasis::{self, Role};
use super::entity;
use crate::layout::{Region, Text};

/// What stood in the lines beside words.
#[derive(Debug, Default)]
pub(super) struct Inline {
    /// The words.
    pub(super) text: Text,
    /// Places of pictures (`![alt](url)`, `<img>`), whose alternative text nobody sees printed.
    pub(super) pictures: Vec<Region>,
}

/// Reads the ranges, which are lines or parts of lines in order, as one run of words; a line break is a space.
pub(super) fn inline(source: &str, lines: &[Range<usize>]) -> Inline {
    let plain = lines.iter().all(|line| is_plain(&source[line.clone()]));
    let runs = if plain { Vec::new() } else { emphasis::runs(source, lines) };
    let mut reader = Reader {
        source,
        runs: runs.into_iter().peekable(),
        links: Vec::new(),
        out: Inline::default(),
        space: None,
        bold: 0,
        uncommented: 0,
    };
    for (index, line) in lines.iter().enumerate() {
        if index > 0 {
            reader.line_break();
        }
        match plain {
            true if line.is_empty() => {}
            true => {
                reader.words(line.clone());
            }
            false => reader.line(line.clone()),
        }
    }
    reader.out
}

/// Whether all characters stand for themselves, with single spaces between them: most lines have nothing else.
pub(super) fn is_plain(words: &str) -> bool {
    let bytes = words.as_bytes();
    if bytes.first() == Some(&b' ') || bytes.last() == Some(&b' ') {
        return false;
    }
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        at += match byte {
            b'*' | b'_' | b'\\' | b'<' | b'&' | b'^' | b'[' => return false,
            b'!'..=b'~' => 1,
            b' ' if bytes.get(at + 1) != Some(&b' ') => 1,
            0..=0x7f => return false,
            _ => match words[at..].chars().next() {
                // Letters, except those that are two in one; hyphens, dashes, quotation marks.
                Some(character @ '\u{2010}'..='\u{2027}') => character.len_utf8(),
                Some('\u{fb00}'..='\u{fb04}') => return false,
                Some(character) if character.is_alphabetic() => character.len_utf8(),
                _ => return false,
            },
        };
    }
    true
}

/// Tags that change how words look or where they break; all else in angle brackets is words.
const TAGS: &[&str] = &[
    "a",
    "abbr",
    "b",
    "big",
    "blockquote",
    "br",
    "center",
    "code",
    "del",
    "div",
    "em",
    "figure",
    "font",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "img",
    "ins",
    "li",
    "mark",
    "noscript",
    "ol",
    "p",
    "pre",
    "s",
    "script",
    "section",
    "small",
    "span",
    "strike",
    "strong",
    "style",
    "sub",
    "sup",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "tr",
    "tt",
    "u",
    "ul",
];

/// Longest footnote marks between brackets: `^{10, 11, 12}`.
const MARKS_WITHIN: usize = 24;

/// White space that was seen and not yet written.
#[derive(Debug, Clone, Copy)]
enum Space {
    /// A plain space at this byte.
    Plain(usize),
    /// Anything else that a reader sees as a space.
    Folded,
}

struct Reader<'a, Runs: Iterator<Item = emphasis::Run>> {
    source: &'a str,
    runs: std::iter::Peekable<Runs>,
    /// Ends of link labels that are open, with what follows them.
    links: Vec<(usize, usize)>,
    out: Inline,
    /// The first white space since the last word.
    space: Option<Space>,
    bold: u32,
    /// No comment ends before this byte, as far as was looked.
    uncommented: usize,
}

impl<Runs: Iterator<Item = emphasis::Run>> Reader<'_, Runs> {
    fn line(&mut self, line: Range<usize>) {
        let labels = link_labels(self.source, line.clone());
        let mut labels = labels.into_iter().peekable();
        let mut at = line.start;
        while at < line.end {
            while self.runs.peek().is_some_and(|run| run.range.start < at) {
                self.runs.next();
            }
            if let Some(run) = self.runs.next_if(|run| run.range.start == at) {
                at = run.range.end;
                self.run(&run);
                continue;
            }
            if let Some(&(end, after)) = self.links.last()
                && at == end
            {
                self.links.pop();
                at = after;
                continue;
            }
            while labels.peek().is_some_and(|label| label.open < at) {
                labels.next();
            }
            if let Some(label) = labels.next_if(|label| label.open == at) {
                if label.picture {
                    self.out.pictures.push(bytes(at..label.after));
                    at = label.after;
                } else {
                    self.links.push((label.close, label.after));
                    at += 1;
                }
                continue;
            }
            let plain = self.plain(at..line.end, labels.peek().map(|label| label.open));
            at = if plain > at { self.words(at..plain) } else { self.step(at, line.end) };
        }
        self.links.clear();
    }

    /// Where the characters end that stand for themselves: most do, and are taken at once. `label` is where the next label opens.
    fn plain(&mut self, line: Range<usize>, label: Option<usize>) -> usize {
        let run = self.runs.peek().map(|run| run.range.start);
        let close = self.links.last().map(|(end, _)| *end);
        let stops = [run, label, close].into_iter().flatten().filter(|stop| *stop > line.start);
        let end = stops.fold(line.end, usize::min);
        let stands = |byte: &u8| byte.is_ascii_graphic() && !matches!(byte, b'\\' | b'<' | b'&' | b'^' | b'[');
        let bytes = self.source.as_bytes()[line.start..end].iter();
        line.start + bytes.take_while(|byte| stands(byte)).count()
    }

    /// Reads what starts at `at`, and says where it ends.
    fn step(&mut self, at: usize, end: usize) -> usize {
        let rest = &self.source[at..end];
        let Some(character) = rest.chars().next() else { return end };
        let next = at + character.len_utf8();
        match character {
            '\\' if rest[1..].starts_with(|next: char| next.is_ascii_punctuation()) => {
                self.words(at + 1..at + 2);
                at + 2
            }
            '<' => self.tag(at, end).unwrap_or_else(|| self.words(at..next)),
            '&' => match entity::entity(rest) {
                Some((character, length)) => {
                    self.character(character, at..at + length);
                    at + length
                }
                None => self.words(at..next),
            },
            '^' => self.raised(at, rest).unwrap_or_else(|| self.words(at..next)),
            '[' => self.bracketed(at, rest).unwrap_or_else(|| self.words(at..next)),
            _ if superscript(character).is_some() => self.superscripts(at, rest),
            _ => {
                self.character(character, at..next);
                next
            }
        }
    }

    /// One character, folded as the page folds it.
    fn character(&mut self, character: char, place: Range<usize>) {
        match character {
            // Thousands are grouped by spaces that do not break; they stay, between digits.
            '\u{a0}' | '\u{202f}' | '\u{2009}' if place.len() == character.len_utf8() && self.between_digits(&place) => {
                self.push(character.encode_utf8(&mut [0; 4]), place);
            }
            ' ' if place.len() == 1 => self.space = self.space.or(Some(Space::Plain(place.start))),
            _ if character.is_whitespace() => self.space = self.space.or(Some(Space::Folded)),
            '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{fe00}'..='\u{fe0f}' => {}
            _ if character.is_control() => {}
            '\u{fb00}' => self.push("ff", place),
            '\u{fb01}' => self.push("fi", place),
            '\u{fb02}' => self.push("fl", place),
            // In two pieces, since three letters for three bytes would look like a one to one map.
            '\u{fb03}' => {
                self.push("ff", place.clone());
                self.push("i", place);
            }
            '\u{fb04}' => {
                self.push("ff", place.clone());
                self.push("l", place);
            }
            _ => self.push(character.encode_utf8(&mut [0; 4]), place),
        }
    }

    fn between_digits(&self, place: &Range<usize>) -> bool {
        self.space.is_none()
            && self.out.text.string.ends_with(|before: char| before.is_ascii_digit())
            && self.source[place.end..].starts_with(|after: char| after.is_ascii_digit())
    }

    /// Source characters as they stand.
    fn words(&mut self, place: Range<usize>) -> usize {
        let end = place.end;
        self.push(&self.source[place.clone()], place);
        end
    }

    fn push(&mut self, characters: &str, place: Range<usize>) {
        if let Some(space) = self.space.take() {
            let text = &mut self.out.text;
            match space {
                Space::Plain(at) if !text.string.is_empty() && !text.string.ends_with(char::is_whitespace) => {
                    text.push(" ", bytes(at..at + 1), self.bold > 0);
                }
                _ => text.push_space(),
            }
        }
        self.out.text.push(characters, bytes(place), self.bold > 0);
    }

    /// A new line: a space, unless a word was broken at a hyphen.
    fn line_break(&mut self) {
        let text = &self.out.text.string;
        let before = text.chars().rev().nth(1);
        let hyphenated = self.space.is_none() && text.ends_with('-') && before.is_some_and(char::is_alphabetic);
        if !hyphenated {
            self.space = Some(Space::Folded);
        }
    }

    fn run(&mut self, run: &emphasis::Run) {
        match run.role {
            Role::Open(strong) => self.bold += u32::from(strong),
            Role::Close(strong) => self.bold = self.bold.saturating_sub(u32::from(strong)),
            Role::Mark => self.mark(&"*".repeat(run.count), run.range.clone()),
            Role::Words => {
                for (at, _) in self.source[run.range.clone()].match_indices(run.sign) {
                    self.words(run.range.start + at..run.range.start + at + 1);
                }
            }
        }
    }

    fn mark(&mut self, label: &str, place: Range<usize>) {
        self.out.text.push_mark(label, bytes(place));
    }

    /// A tag: weight, a raised mark, a break or nothing to see. None if the bracket is only a sign.
    fn tag(&mut self, at: usize, end: usize) -> Option<usize> {
        let rest = &self.source[at + 1..end];
        if let Some(comment) = rest.strip_prefix("!--") {
            if end <= self.uncommented {
                return None;
            }
            let Some(length) = comment.find("-->") else {
                self.uncommented = end;
                return None;
            };
            return Some(at + 1 + 3 + length + 3);
        }
        let length = rest.find(['>', '<']).filter(|length| rest.as_bytes()[*length] == b'>')?;
        let (inside, after) = (&rest[..length], at + 1 + length + 1);
        if inside.starts_with("http://") || inside.starts_with("https://") || inside.starts_with("mailto:") {
            self.words(at + 1..at + 1 + length);
            return Some(after);
        }
        let closing = inside.starts_with('/');
        let name = inside
            .trim_start_matches('/')
            .split([' ', '\t', '/'])
            .next()
            .unwrap_or_default()
            .to_ascii_lowercase();
        if !TAGS.contains(&name.as_str()) {
            return None;
        }
        match name.as_str() {
            "b" | "strong" if closing => self.bold = self.bold.saturating_sub(1),
            "b" | "strong" => self.bold += 1,
            "img" => self.out.pictures.push(bytes(at..after)),
            "sup" if !closing => {
                let content = &self.source[after..end.min(after + floor(&self.source[after..end], MARKS_WITHIN))];
                if let Some(length) = content.find("</")
                    && self.labels(after..after + length)
                {
                    return Some(after + length + self.source[after + length..end].find('>').map_or(0, |close| close + 1));
                }
            }
            "br" | "p" | "div" | "li" | "tr" | "td" | "th" | "hr" => self.space = self.space.or(Some(Space::Folded)),
            _ => {}
        }
        Some(after)
    }

    /// `^{5,6}` and `^5^`.
    fn raised(&mut self, at: usize, rest: &str) -> Option<usize> {
        let window = &rest[..floor(rest, MARKS_WITHIN)];
        let (open, close) = if window.starts_with("^{") { (2, '}') } else { (1, '^') };
        let length = window.get(open..)?.find(close)?;
        let place = at + open..at + open + length;
        self.labels(place.clone()).then_some(place.end + 1)
    }

    /// `[^1]`, and `[1]` on a word.
    fn bracketed(&mut self, at: usize, rest: &str) -> Option<usize> {
        let window = &rest[..floor(rest, MARKS_WITHIN)];
        let close = window.find(']')?;
        let inside = &window[1..close];
        if let Some(label) = inside.strip_prefix('^') {
            if label.is_empty() {
                return None;
            }
            self.mark(label, at..at + close + 1);
            return Some(at + close + 1);
        }
        let on_a_word = self.space.is_none()
            && self
                .out
                .text
                .string
                .ends_with(|before: char| before.is_alphanumeric() || matches!(before, '%' | ')' | '.'));
        let short = !inside.is_empty() && inside.len() <= 2 && inside.bytes().all(|byte| byte.is_ascii_digit());
        if on_a_word && short {
            self.mark(inside, at..at + close + 1);
            return Some(at + close + 1);
        }
        None
    }

    /// `¹`, `¹³` and `¹,²`.
    fn superscripts(&mut self, at: usize, rest: &str) -> usize {
        let mut label = String::new();
        let mut end = 0;
        for character in rest.chars() {
            let Some(digit) = superscript(character) else { break };
            label.push(digit);
            end += character.len_utf8();
        }
        if self.space.is_none() && is_unit(&self.out.text.string) {
            return self.words(at..at + end);
        }
        self.mark(&label, at..at + end);
        // A comma between two marks belongs to them.
        let comma = rest[end..].chars().next().filter(|next| matches!(next, ',' | '\u{2d2}' | '\u{22c5}'));
        if let Some(comma) = comma {
            let behind = rest[end + comma.len_utf8()..].trim_start_matches(' ');
            if behind.starts_with(|next: char| superscript(next).is_some()) {
                return at + rest.len() - behind.len();
            }
        }
        at + end
    }

    /// Notes the marks written between brackets, if marks are what stands there: `5, 6`, `***`, `a`.
    fn labels(&mut self, place: Range<usize>) -> bool {
        let inside = &self.source[place.clone()];
        if self.space.is_none() && is_unit(&self.out.text.string) {
            return false;
        }
        let labels = labels_of(inside);
        if labels.is_empty() {
            return false;
        }
        for (label, within) in labels {
            self.mark(&label, place.start + within.start..place.start + within.end);
        }
        true
    }
}

/// Footnote labels in `5, 6`, with their places; none if something else stands there.
pub(super) fn labels_of(inside: &str) -> Vec<(String, Range<usize>)> {
    let mut labels = Vec::new();
    let mut from = 0;
    for part in inside.split([',', ';']) {
        let label: String = part
            .trim()
            .chars()
            .filter(|character| *character != '\\')
            .map(|character| superscript(character).unwrap_or(character))
            .collect();
        let start = from + (part.len() - part.trim_start().len());
        from += part.len() + 1;
        let digits = (1..=3).contains(&label.len()) && label.bytes().all(|byte| byte.is_ascii_digit());
        let signs = !label.is_empty() && label.chars().all(|sign| matches!(sign, '*' | '†' | '‡' | '§'));
        let letter = label.len() == 1 && label.bytes().all(|byte| byte.is_ascii_lowercase());
        if !(digits || signs || letter) {
            return Vec::new();
        }
        labels.push((label, start..start + part.trim().len()));
    }
    labels
}

/// The digit that a raised digit stands for.
pub(super) fn superscript(character: char) -> Option<char> {
    Some(match character {
        '⁰' => '0',
        '¹' => '1',
        '²' => '2',
        '³' => '3',
        '⁴' => '4',
        '⁵' => '5',
        '⁶' => '6',
        '⁷' => '7',
        '⁸' => '8',
        '⁹' => '9',
        _ => return None,
    })
}

/// Whether the text ends in a unit that is raised to a power: `km²` is no footnote.
fn is_unit(text: &str) -> bool {
    let word = text.rsplit(|character: char| !character.is_alphabetic()).next().unwrap_or_default();
    matches!(word, "m" | "km" | "cm" | "mm" | "sq")
}

/// Links and pictures in a line, in order.
pub(super) fn links(source: &str, line: Range<usize>) -> Vec<Range<usize>> {
    link_labels(source, line).into_iter().map(|label| label.open..label.after).collect()
}

struct Label {
    open: usize,
    close: usize,
    after: usize,
    picture: bool,
}

/// Labels of `[label](url)` and `![alt](url)` in a line, in order. Each URL is looked at once: brackets and spaces end it.
fn link_labels(source: &str, line: Range<usize>) -> Vec<Label> {
    let bytes = source.as_bytes();
    let mut open = Vec::new();
    let mut labels = Vec::new();
    let mut at = line.start;
    while at < line.end {
        match bytes[at] {
            b'\\' => at += 1,
            b'[' => open.push(at),
            b']' => {
                if let Some(start) = open.pop()
                    && bytes.get(at + 1) == Some(&b'(')
                    && at + 1 < line.end
                    && let Some(after) = url_end(bytes, at + 2, line.end)
                {
                    let picture = start > line.start && bytes[start - 1] == b'!';
                    labels.push(Label {
                        open: if picture { start - 1 } else { start },
                        close: at,
                        after,
                        picture,
                    });
                    at = after - 1;
                }
            }
            _ => {}
        }
        at += 1;
    }
    labels.sort_by_key(|label| label.open);
    labels
}

/// The byte after the bracket that closes a URL, which may hold brackets of its own and a title after a space.
fn url_end(bytes: &[u8], from: usize, end: usize) -> Option<usize> {
    let mut depth = 0_usize;
    let mut titled = false;
    for (at, byte) in bytes.iter().enumerate().take(end).skip(from) {
        match byte {
            b'(' => depth += 1,
            b')' if depth == 0 => return Some(at + 1),
            b')' => depth -= 1,
            b'[' | b']' => return None,
            b' ' if !titled && bytes.get(at + 1) == Some(&b'"') => titled = true,
            b' ' | b'\t' if !titled => return None,
            _ => {}
        }
    }
    None
}

/// The largest length up to `most` at which the text may be cut.
fn floor(text: &str, most: usize) -> usize {
    (0..=most.min(text.len()))
        .rev()
        .find(|length| text.is_char_boundary(*length))
        .unwrap_or(0)
}

fn bytes(place: Range<usize>) -> Region {
    Region::Bytes {
        start: place.start,
        end: place.end,
    }
}
