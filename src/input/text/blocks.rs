//! Lines that stand together: which are a heading, a sentence, a list, a note or a figure with its caption.

use std::ops::Range;

use super::heading::{Standing, is_capitals, is_heading, is_month};
use super::inline::{Inline, inline, superscript};
use super::line::{Kind, Line, bare, is_figure, is_year};
use crate::layout::{Block, BlockKind, Item, Region, Text};

/// Blocks under way.
pub(super) struct Blocks<'a> {
    source: &'a str,
    /// Done so far.
    pub(super) done: Vec<Block>,
    /// Pictures among the words.
    pub(super) pictures: Vec<Region>,
}

/// Longest caption of a figure, in characters.
const LONGEST_CAPTION: usize = 90;
/// Lines longer than this are paragraphs of their own: nobody wraps as wide.
const WIDEST_WRAP: usize = 200;
/// Lines shorter than this were not wrapped.
const NARROWEST_WRAP: usize = 40;

/// Words that no line ends with unless the sentence goes on.
const UNFINISHED: &[&str] = &[
    "a", "an", "the", "of", "in", "on", "at", "to", "for", "from", "by", "with", "and", "or", "as", "than", "between", "into", "that", "which",
    "their", "its", "this", "these", "some", "about", "over", "is", "are", "was", "were", "has", "have", "de", "la", "le", "les", "des", "du", "et",
    "en", "di", "del", "della", "e", "y", "el",
];

impl<'a> Blocks<'a> {
    pub(super) fn new(source: &'a str) -> Self {
        Self {
            source,
            done: Vec::new(),
            pictures: Vec::new(),
        }
    }

    /// A heading with a mark of its own.
    pub(super) fn heading(&mut self, line: &Line, level: u8) {
        self.block(BlockKind::Heading, level, Vec::new(), std::slice::from_ref(&line.content));
    }

    /// Neighbouring lines of words and figures; the first may open a note or an entry of a list.
    pub(super) fn group(&mut self, lines: &[Line]) {
        let opener = match &lines[0].kind {
            Kind::Note(labels) => Some((BlockKind::Note, labels.clone())),
            Kind::Star | Kind::Bullet | Kind::Dash | Kind::Numbered(_) => Some((BlockKind::List, Vec::new())),
            _ => None,
        };
        let figures = lines.iter().position(|line| line.kind == Kind::Figure).unwrap_or(lines.len());
        if opener.is_some() {
            self.paragraphs(&lines[..figures], opener, lines.len());
            if figures < lines.len() {
                self.group(&lines[figures..]);
            }
        } else if figures == lines.len() {
            self.paragraphs(lines, None, lines.len());
        } else {
            self.headlines(lines, figures);
        }
    }

    /// Lines among which some are figures alone: each goes with the caption under it or, where captions come first, over it.
    fn headlines(&mut self, lines: &[Line], first: usize) {
        let mut words = 0;
        let mut at = 0;
        while at < lines.len() {
            if lines[at].kind != Kind::Figure || self.is_within_sentence(lines, at) {
                at += 1;
                continue;
            }
            let over = first > 0 && at > words && self.is_caption(&lines[at - 1]);
            let under = if over { 0 } else { self.caption_lines(&lines[at + 1..]) };
            let from = if over { at - 1 } else { at };
            if words < from {
                self.paragraphs(&lines[words..from], None, lines.len());
            }
            let figure = std::slice::from_ref(&lines[at].content);
            let caption: Vec<Range<usize>> = if over {
                vec![lines[at - 1].content.clone()]
            } else {
                lines[at + 1..=at + under].iter().map(|line| line.content.clone()).collect()
            };
            if caption.is_empty() {
                self.block(BlockKind::Headline, 0, Vec::new(), figure);
            } else if over {
                self.pair(&caption, figure);
            } else {
                self.pair(figure, &caption);
            }
            at += 1 + under;
            words = at;
        }
        if words < lines.len() {
            self.paragraphs(&lines[words..], None, lines.len());
        }
    }

    /// A number that wrapped text happens to hold on a line of its own.
    fn is_within_sentence(&self, lines: &[Line], at: usize) -> bool {
        let (Some(before), Some(after)) = (
            at.checked_sub(1).map(|before| self.words(&lines[before])),
            lines.get(at + 1).map(|after| self.words(after)),
        ) else {
            return false;
        };
        let open = before.chars().count() > NARROWEST_WRAP && !before.ends_with(['.', ':', '!', '?']);
        open && after.starts_with(char::is_lowercase) || ends_unfinished(before)
    }

    fn is_caption(&self, line: &Line) -> bool {
        let words = self.words(line);
        line.kind == Kind::Words
            && words.chars().count() <= LONGEST_CAPTION
            && !words.ends_with(['.', ';', ',', '!', '?'])
            && words.contains(char::is_alphabetic)
            && !ends_in_figure(words)
    }

    /// How many of the lines are the caption of a figure over them: one, or more that go on in small letters.
    fn caption_lines(&self, lines: &[Line]) -> usize {
        if !lines.first().is_some_and(|line| self.is_caption(line)) {
            return 0;
        }
        let more = lines[1..]
            .iter()
            .zip(lines)
            .take(3)
            .take_while(|(line, before)| {
                self.is_caption(line) && (self.words(line).starts_with(char::is_lowercase) || ends_unfinished(self.words(before)))
            })
            .count();
        1 + more
    }

    fn pair(&mut self, upper: &[Range<usize>], lower: &[Range<usize>]) {
        let mut text = self.inline(upper);
        let lower_text = self.inline(lower);
        text.append(&lower_text, "\n");
        self.push(BlockKind::Headline, 0, Vec::new(), text, region(upper).union(region(lower)));
    }

    /// Lines of words, joined where they were wrapped and parted where they were not.
    fn paragraphs(&mut self, lines: &[Line], opener: Option<(BlockKind, Vec<String>)>, group: usize) {
        let widths: Vec<usize> = lines.iter().map(|line| self.source[line.whole.clone()].trim().chars().count()).collect();
        let width = widths.iter().copied().max().unwrap_or(0);
        let mut opener = opener;
        let mut from = 0;
        for at in 0..lines.len() {
            if at + 1 < lines.len() && self.continues(&lines[at], &lines[at + 1], widths[at], width, at == from) {
                continue;
            }
            let ranges: Vec<Range<usize>> = lines[from..=at].iter().map(|line| line.content.clone()).collect();
            match opener.take() {
                Some((BlockKind::List, _)) => {
                    let alone = group == 1;
                    self.entry(&lines[from], &ranges, alone);
                }
                Some((kind, labels)) => self.notes(kind, &labels, &ranges),
                None => {
                    let standing = if group == 1 || from == 0 && at + 1 == lines.len() && group == lines.len() {
                        Standing::Alone
                    } else if lines.get(at + 1).is_some_and(|next| is_sentence(self.words(next))) {
                        Standing::OverSentence
                    } else {
                        Standing::Among
                    };
                    self.words_block(&ranges, standing);
                }
            }
            from = at + 1;
        }
    }

    /// Whether the sentence on a line goes on in the next.
    fn continues(&self, line: &Line, next: &Line, length: usize, width: usize, first: bool) -> bool {
        let (words, after) = (self.words(line), self.words(next));
        let small = after.starts_with(|start: char| start.is_lowercase() || matches!(start, ',' | ';' | '%' | ')'));
        if line.broken && !small {
            return false;
        }
        if parts_a_date(words, after) {
            return true;
        }
        let capitals = is_capitals(words);
        if words.ends_with(':') && first || capitals != is_capitals(after) && (capitals || is_capitals(after)) && length < WIDEST_WRAP && first {
            return false;
        }
        if ends_in_figure(words) && (words.contains(':') || ends_in_figure(after)) && !small {
            return false;
        }
        // `Arrivals so far: 20,617` under a sentence is no part of it.
        if words.ends_with(['.', ')', '!', '?']) && after.contains(':') && after.len() <= LONGEST_CAPTION && ends_in_figure(after) && !small {
            return false;
        }
        if small || words.ends_with([',', '(', '/', '&']) || words.ends_with('-') && !words.ends_with(" -") || ends_unfinished(words) {
            return true;
        }
        if !(NARROWEST_WRAP..=WIDEST_WRAP).contains(&width) {
            return false;
        }
        // A break that the next word did not force was meant.
        let word = after.split_whitespace().next().map_or(0, |word| word.chars().count());
        length + 1 + word > width
    }

    /// An entry of a list, unless its number is that of a section.
    fn entry(&mut self, line: &Line, ranges: &[Range<usize>], alone: bool) {
        if let Kind::Numbered(_) = line.kind {
            let words = self.words(line);
            if is_capitals(words) && ranges.len() == 1 && is_heading(words, if alone { Standing::Alone } else { Standing::Among }) {
                self.block(BlockKind::Heading, 0, Vec::new(), ranges);
                return;
            }
        }
        self.block(BlockKind::List, 0, Vec::new(), ranges);
        if let (Kind::Numbered(number), Some(block)) = (&line.kind, self.done.last_mut()) {
            // Kept until the marks of the whole document are known.
            block.labels = vec![number.clone()];
        }
    }

    /// A heading or a paragraph, at whose end notes may stand.
    fn words_block(&mut self, ranges: &[Range<usize>], standing: Standing) {
        let mut parts = self.parts(ranges, 0).into_iter();
        let Some((_, own)) = parts.next() else { return };
        let text = self.inline(&own);
        let all_bold = !text.pieces.is_empty() && text.pieces.iter().all(|piece| piece.bold);
        let kind = if is_heading(
            &text.string,
            if all_bold && standing == Standing::Among {
                Standing::OverSentence
            } else {
                standing
            },
        ) {
            BlockKind::Heading
        } else {
            BlockKind::Paragraph
        };
        self.push(kind, 0, Vec::new(), text, region(&own));
        for (label, ranges) in parts {
            self.block(BlockKind::Note, 0, vec![label], &ranges);
        }
    }

    /// A note, and those that follow it on the same lines.
    fn notes(&mut self, kind: BlockKind, labels: &[String], ranges: &[Range<usize>]) {
        let stars = labels.last().map_or(0, |label| if label.starts_with('*') { label.len() } else { 0 });
        for (index, (label, ranges)) in self.parts(ranges, stars).into_iter().enumerate() {
            self.block(kind, 0, if index == 0 { labels.to_vec() } else { vec![label] }, &ranges);
        }
    }

    /// Parts the ranges where a mark stands free behind the end of a sentence: `… resolution. ** Data …`. The first part has no label.
    fn parts(&self, ranges: &[Range<usize>], mut stars: usize) -> Vec<(String, Vec<Range<usize>>)> {
        let mut parts = vec![(String::new(), Vec::new())];
        for range in ranges {
            // Without a star or a raised digit there is nothing to part at.
            let words = &self.source[range.clone()];
            if words.bytes().all(|byte| byte.is_ascii() && byte != b'*') {
                push_range(&mut parts, self.source, range.clone());
                continue;
            }
            let mut from = range.start;
            let mut ended = false;
            for word in Words::new(self.source, range.clone()) {
                let words = &self.source[word.clone()];
                let count = words.bytes().filter(|byte| *byte == b'*').count();
                let free = count > 0 && words.bytes().all(|byte| matches!(byte, b'*' | b'\\'));
                let raised = words.chars().all(|character| superscript(character).is_some());
                let behind = self.source[word.end..range.end].trim_start();
                let opens = behind.starts_with(|next: char| next.is_alphabetic() || matches!(next, '"' | '“' | '\'' | '‘'));
                if word.start > range.start && opens && (free && (ended || stars > 0 && count == stars + 1) || raised && ended && stars == 0) {
                    push_range(&mut parts, self.source, from..word.start);
                    let label = if free {
                        "*".repeat(count)
                    } else {
                        words.chars().filter_map(superscript).collect()
                    };
                    parts.push((label, Vec::new()));
                    stars = if free { count } else { 0 };
                    from = word.end;
                }
                ended = words.ends_with(['.', '!', '?', ')', ']', '”', '"']);
            }
            push_range(&mut parts, self.source, from..range.end);
        }
        parts.retain(|(_, ranges)| !ranges.is_empty());
        parts
    }

    fn block(&mut self, kind: BlockKind, level: u8, labels: Vec<String>, ranges: &[Range<usize>]) {
        let text = self.inline(ranges);
        self.push(kind, level, labels, text, region(ranges));
    }

    fn push(&mut self, kind: BlockKind, level: u8, labels: Vec<String>, text: Text, region: Region) {
        if text.string.is_empty() && text.marks.is_empty() {
            return;
        }
        self.done.push(Block {
            kind,
            level,
            labels,
            text,
            region,
        });
    }

    fn inline(&mut self, ranges: &[Range<usize>]) -> Text {
        let Inline { text, pictures } = inline(self.source, ranges);
        self.pictures.extend(pictures);
        text
    }

    fn words(&self, line: &Line) -> &'a str {
        &self.source[line.content.clone()]
    }
}

/// Joins what blank lines tore apart, and settles what only the whole document tells.
pub(super) fn settle(items: Vec<Item>) -> Vec<Item> {
    let marks = marks(&items);
    let mut settled: Vec<Item> = Vec::with_capacity(items.len());
    for item in items {
        let Item::Block(mut block) = item else {
            settled.push(item);
            continue;
        };
        if block.kind == BlockKind::List && !block.labels.is_empty() {
            // `1) Data of the border police` explains a mark, if there is one.
            if marks.binary_search(&block.labels[0]).is_ok() {
                block.kind = BlockKind::Note;
            } else {
                block.labels.clear();
            }
        }
        match settled.last_mut() {
            Some(Item::Block(last)) if last.kind == BlockKind::Paragraph && block.kind == BlockKind::Paragraph && last.text.string.ends_with(',') => {
                join(last, &block, " ");
            }
            Some(Item::Block(last)) if last.kind == BlockKind::Headline && !last.text.string.contains('\n') && is_late_caption(&block) => {
                join(last, &block, "\n");
            }
            _ => settled.push(Item::Block(block)),
        }
    }
    settled
}

/// Labels of all footnote marks, sorted.
fn marks(items: &[Item]) -> Vec<String> {
    let mut labels = Vec::new();
    for item in items {
        match item {
            Item::Block(block) => labels.extend(block.text.marks.iter().map(|mark| mark.label.clone())),
            Item::Table(table) => labels.extend(table.cells.iter().flat_map(|cell| &cell.text.marks).map(|mark| mark.label.clone())),
            Item::Chart(_) => {}
        }
    }
    labels.sort();
    labels.dedup();
    labels
}

/// Words in small letters that stand alone under a figure.
fn is_late_caption(block: &Block) -> bool {
    let words = block.text.string.as_str();
    block.kind == BlockKind::Paragraph
        && words.len() <= LONGEST_CAPTION
        && words.starts_with(char::is_lowercase)
        && !words.ends_with(['.', ';', ','])
        && !words.contains('%')
}

fn join(block: &mut Block, next: &Block, separator: &str) {
    block.text.append(&next.text, separator);
    block.region = block.region.union(next.region);
}

fn push_range(parts: &mut [(String, Vec<Range<usize>>)], source: &str, range: Range<usize>) {
    let range = super::line::trim(source, range);
    if let Some(last) = parts.last_mut()
        && !range.is_empty()
    {
        last.1.push(range);
    }
}

fn region(ranges: &[Range<usize>]) -> Region {
    Region::Bytes {
        start: ranges.first().map_or(0, |range| range.start),
        end: ranges.last().map_or(0, |range| range.end),
    }
}

fn is_sentence(words: &str) -> bool {
    words.ends_with('.') || words.chars().count() > 80
}

fn ends_unfinished(words: &str) -> bool {
    let last = words.rsplit(char::is_whitespace).next().unwrap_or_default();
    last.len() <= 8 && UNFINISHED.contains(&last.to_lowercase().as_str())
}

/// Whether a line ends with a day and the next goes on with its month, or with a month and its year: `as of 31` over `August:`.
fn parts_a_date(words: &str, after: &str) -> bool {
    let Some((before, last)) = words.rsplit_once(char::is_whitespace) else {
        return false;
    };
    let next = after.split_whitespace().next().unwrap_or_default();
    let is_day = |word: &str| word.len() <= 2 && word.parse::<u8>().is_ok_and(|day| (1..=31).contains(&day));
    let year = next.trim_end_matches(|character: char| !character.is_alphanumeric());
    // `January 12` over `February 15` are two values.
    let before = before.trim_end();
    let says_when = ends_unfinished(before) || [" -", " –", " until", " since"].iter().any(|word| before.ends_with(word));
    if is_day(last) {
        return says_when && is_month(next);
    }
    let is_dated = says_when || before.rsplit(char::is_whitespace).next().is_some_and(is_day);
    is_dated && last.ends_with(char::is_alphabetic) && is_month(last) && is_year(year)
}

/// Whether the last word is a figure; a year is none.
fn ends_in_figure(words: &str) -> bool {
    let last = words.rsplit([' ', '\t']).next().unwrap_or_default();
    last.len() <= 24 && is_figure(&bare(last)) && !is_year(last)
}

/// Words of a range, in order.
struct Words<'a> {
    source: &'a str,
    range: Range<usize>,
}

impl<'a> Words<'a> {
    fn new(source: &'a str, range: Range<usize>) -> Self {
        Self { source, range }
    }
}

impl Iterator for Words<'_> {
    type Item = Range<usize>;

    fn next(&mut self) -> Option<Range<usize>> {
        let rest = &self.source[self.range.clone()];
        let start = self.range.start + rest.find(|character: char| !character.is_whitespace())?;
        let rest = &self.source[start..self.range.end];
        let end = start + rest.find(char::is_whitespace).unwrap_or(rest.len());
        self.range.start = end;
        Some(start..end)
    }
}
