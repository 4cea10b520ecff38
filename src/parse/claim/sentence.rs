//! A sentence as claims are looked for in it: its words, marks, figures and days in order.

use std::ops::Range;

use rust_decimal::Decimal;
use smol_str::SmolStr;

use super::{
    super::{
        annotated::{Token, number_range, overlaps},
        change::Change,
        number::{Number, NumberKind},
    },
    words::{Unit, Words},
};
use crate::schema::{ClaimFigure, Interval, Mention, Qualifier, Statistic};

/// A word, mark, figure or period of a sentence.
#[derive(Debug, Clone)]
pub(super) struct Item {
    /// Bytes of the text.
    pub(super) range: Range<usize>,
    /// Folded; empty for figures and periods.
    word: SmolStr,
    pub(super) kind: ItemKind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ItemKind {
    Word,
    Mark,
    /// Index into the numbers of the text.
    Figure(usize),
    Period,
}

/// What is recognised in a whole text; sentences are cut out of it.
pub(super) struct Recognised<'a> {
    pub(super) text: &'a str,
    pub(super) tokens: &'a [Token],
    pub(super) numbers: &'a [Number],
    pub(super) changes: &'a [Change],
    /// Days, and digits that are no figures.
    pub(super) opaque: &'a [Range<usize>],
    pub(super) malformed: &'a [Range<usize>],
    /// Whether thousands are grouped on this page, so that a long run of digits is suspect.
    pub(super) grouped: bool,
    pub(super) mention: &'a dyn Fn(Range<usize>, Range<usize>) -> Option<Mention>,
}

/// One sentence.
pub(super) struct Sentence<'a> {
    pub(super) recognised: &'a Recognised<'a>,
    pub(super) words: &'a Words,
    pub(super) range: Range<usize>,
    pub(super) items: Vec<Item>,
    /// A figure in it could not be read: what others refer to cannot be told.
    pub(super) holds_malformed: bool,
    /// Items of the counts, in order.
    counts: Vec<usize>,
}

impl<'a> Sentence<'a> {
    pub(super) fn new(recognised: &'a Recognised<'a>, words: &'a Words, range: Range<usize>) -> Self {
        let items = items(recognised, &range);
        let holds_malformed = recognised.malformed.iter().any(|fault| overlaps(fault, &range));
        let mut sentence = Self {
            recognised,
            words,
            range,
            items,
            holds_malformed,
            counts: Vec::new(),
        };
        sentence.counts = (0..sentence.items.len()).filter(|at| sentence.is_count(*at)).collect();
        sentence
    }

    /// The folded word or mark; empty for a figure, a period, and past the end.
    pub(super) fn word(&self, at: usize) -> &str {
        self.items.get(at).map_or("", |item| item.word.as_str())
    }

    pub(super) fn is(&self, at: usize, words: &[&str]) -> bool {
        let word = self.word(at);
        !word.is_empty() && words.contains(&word)
    }

    /// The item after the phrase that starts here.
    pub(super) fn phrase(&self, phrases: &super::words::Phrases<()>, at: usize) -> Option<usize> {
        phrases.at(at, |at| self.word(at)).map(|((), end)| end)
    }

    /// Whether a word is printed with a capital.
    pub(super) fn is_capital(&self, at: usize) -> bool {
        let item = self.items.get(at).filter(|item| item.kind == ItemKind::Word);
        item.is_some_and(|item| self.recognised.text[item.range.clone()].starts_with(char::is_uppercase))
    }

    pub(super) fn number(&self, at: usize) -> Option<&'a Number> {
        match self.items.get(at)?.kind {
            ItemKind::Figure(index) => self.recognised.numbers.get(index),
            _ => None,
        }
    }

    pub(super) fn is_figure(&self, at: usize) -> bool {
        self.number(at).is_some()
    }

    /// A share or change in percent.
    pub(super) fn is_percent(&self, at: usize) -> bool {
        self.number(at).is_some_and(|number| number.kind == NumberKind::Percent)
    }

    /// A share: a percentage without sign or arrow.
    pub(super) fn is_share(&self, at: usize) -> bool {
        self.number(at)
            .is_some_and(|number| number.kind == NumberKind::Percent && number.sign.is_none() && number.arrow.is_none())
    }

    pub(super) fn is_points(&self, at: usize) -> bool {
        self.number(at).is_some_and(|number| number.kind == NumberKind::Points)
    }

    /// A count of things: no year on its own, no sum of money, no length of time.
    pub(super) fn is_count(&self, at: usize) -> bool {
        let Some(number) = self.number(at) else { return false };
        let is_plain = number.kind == NumberKind::Count && number.sign.is_none();
        // "One" may be a pronoun, and of nothing there is no share.
        let is_some = !number.value.is_zero() && (!number.word || number.value != Decimal::ONE);
        let is_marked = self.is(at.wrapping_sub(1), &["$", "€", "£", "usd", "eur", "gbp", "-", "/", "#"]);
        let is_measure = matches!(self.unit(at), Some(Unit::Time | Unit::Length | Unit::Money));
        is_plain && is_some && !is_marked && !is_measure
    }

    /// Items of the counts within a stretch.
    pub(super) fn counts(&self, stretch: Range<usize>) -> Vec<usize> {
        self.counts.iter().copied().filter(|at| stretch.contains(at)).collect()
    }

    /// What a count counts, by the words behind it.
    pub(super) fn unit(&self, at: usize) -> Option<Unit> {
        const ENDS: [&str; 17] = [
            "of", "in", "from", "to", "by", "at", "on", "and", "the", "a", "was", "were", "are", "is", "who", "than", "for",
        ];
        let unit = |at: usize| self.words.units.at(at, |at| self.word(at)).map(|(unit, _)| unit);
        let measures = |unit: &Unit| matches!(unit, Unit::Time | Unit::Length | Unit::Money);
        let mut words =
            (at + 1..at + 4).take_while(|at| matches!(self.items.get(*at), Some(item) if item.kind == ItemKind::Word) && !self.is(*at, &ENDS));
        // `12 days`, but not `12 counted last year`: measures stand directly behind.
        words.find_map(|word| unit(word).filter(|found| !measures(found) || word == at + 1))
    }

    /// What a count counts, by the words before it: `minors number 1,105`, `persons: 1,105`.
    pub(super) fn unit_before(&self, at: usize) -> Option<Unit> {
        let near = (at.saturating_sub(3)..at)
            .rev()
            .take_while(|at| !self.is_stop(*at) && !self.is_figure(*at) && !self.is(*at, &[","]));
        near.filter_map(|at| self.words.units.at(at, |at| self.word(at)))
            .map(|(unit, _)| unit)
            .next()
    }

    /// Whether words that name what is counted start here.
    pub(super) fn is_unit(&self, at: usize) -> bool {
        self.words.units.at(at, |at| self.word(at)).is_some()
    }

    /// Whether two counts may be of the same things.
    pub(super) fn comparable(&self, one: usize, other: usize) -> bool {
        match (self.unit(one), self.unit(other)) {
            (Some(one), Some(other)) => one == other,
            _ => true,
        }
    }

    /// Whether a sentence part ends here.
    pub(super) fn is_stop(&self, at: usize) -> bool {
        at >= self.items.len() || self.is(at, &[";", ".", "!", "?", "•", "·", "●", "▪", "■", "|", "…"])
    }

    /// Whether another statement starts here: a stop, a colon, "while", or "and" behind a comma.
    pub(super) fn is_clause_edge(&self, at: usize) -> bool {
        // "Compared with" is one comparison.
        let compares = || (at.saturating_sub(2)..at).any(|first| self.phrase(&self.words.compares, first).is_some_and(|end| end > at));
        let joined = || self.is(at.wrapping_sub(1), &["along", "together"]) || compares();
        self.is_stop(at)
            || self.is(at, &[":"])
            || (self.phrase(&self.words.clauses, at).is_some() && !joined())
            || (self.is(at, &["and"]) && self.is(at.wrapping_sub(1), &[","]))
    }

    /// Where the statement begins that the item stands in.
    pub(super) fn clause_start(&self, at: usize) -> usize {
        (0..at).rev().find(|before| self.is_clause_edge(*before)).map_or(0, |edge| edge + 1)
    }

    /// Whether a bracket opened before the item, and in it, is still open.
    pub(super) fn bracket(&self, at: usize) -> Option<usize> {
        let mut depth = 0_usize;
        for before in (at.saturating_sub(60)..at).rev() {
            match self.word(before) {
                ")" | "]" => depth += 1,
                "(" | "[" if depth == 0 => return Some(before),
                "(" | "[" => depth -= 1,
                _ => {}
            }
        }
        None
    }

    /// The bracket that closes the one opened here.
    pub(super) fn closing(&self, open: usize) -> Option<usize> {
        let mut depth = 0_usize;
        for at in open + 1..(open + 80).min(self.items.len()) {
            match self.word(at) {
                "(" | "[" => depth += 1,
                ")" | "]" if depth == 0 => return Some(at),
                ")" | "]" => depth -= 1,
                _ => {}
            }
        }
        None
    }

    /// The item at which a byte range starts.
    pub(super) fn item_at(&self, byte: usize) -> usize {
        self.items.partition_point(|item| item.range.end <= byte)
    }

    /// Bytes of the items from `first` up to but without `end`.
    pub(super) fn bytes(&self, first: usize, end: usize) -> Range<usize> {
        self.items[first].range.start..self.items[end - 1].range.end
    }

    /// Where bytes of the text stand, in this sentence.
    pub(super) fn mention(&self, range: Range<usize>) -> Option<Mention> {
        (self.recognised.mention)(range, self.range.clone())
    }

    /// A figure that a claim may rest on.
    pub(super) fn figure(&self, at: usize) -> Option<ClaimFigure> {
        let number = self.number(at)?;
        let exact_or_about = matches!(number.qualifier, Qualifier::Exact | Qualifier::About);
        let statistic = if number.kind == NumberKind::Count {
            Statistic::Count
        } else {
            Statistic::Share
        };
        let qualifier = number.qualifier_range.clone().map(|range| self.recognised.text[range].to_lowercase());
        let is_bound = number.kind == NumberKind::Count && qualifier.as_ref().is_some_and(|words| self.words.bounds.contains(words));
        let mut interval = number.interval();
        if number.kind == NumberKind::Percent && number.qualifier == Qualifier::Over {
            // "More than half" and "more than 50%" are said of 60 as well.
            interval.high = interval.high.max(Decimal::ONE_HUNDRED);
        }
        let nearly = qualifier.as_ref().is_some_and(|words| self.words.is_nearly(words));
        if number.kind == NumberKind::Percent && number.qualifier == Qualifier::Under && !nearly {
            interval.low = interval.low.min(Decimal::ZERO);
        }
        if number.word && number.kind == NumberKind::Count && number.qualifier == Qualifier::Exact {
            interval = Interval::point(number.value);
        }
        let digits = &self.recognised.text[number.range.clone()];
        let long = digits.len() >= 4 && digits.bytes().all(|byte| byte.is_ascii_digit());
        Some(ClaimFigure {
            mention: self.mention(number.range.clone())?,
            statistic,
            value: number.value,
            interval,
            cut: if exact_or_about { number.step } else { Decimal::ZERO },
            doubtful: is_bound || number.year_like || (self.recognised.grouped && long) || may_be_of_one_figure(self.recognised.text, &number.range),
        })
    }

    pub(super) fn figures(&self, at: impl IntoIterator<Item = usize>) -> Vec<ClaimFigure> {
        at.into_iter().filter_map(|at| self.figure(at)).collect()
    }
}

/// Whether a plain space parts a number from digits that may be a group of the same figure: `75 900`, where it is not known how thousands are written.
fn may_be_of_one_figure(text: &str, range: &Range<usize>) -> bool {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let digits_at_end = |text: &str| text.bytes().rev().take_while(u8::is_ascii_digit).count();
    let is_first = |count: usize| (1..=3).contains(&count);
    let before = text[..range.start].strip_suffix(' ').map_or(0, digits_at_end);
    let behind = text[range.end..].strip_prefix(' ').map_or(0, digits);
    let number = &text[range.clone()];
    is_first(before) && digits(number) == 3 || behind == 3 && is_first(digits_at_end(number))
}

fn items(recognised: &Recognised<'_>, sentence: &Range<usize>) -> Vec<Item> {
    let inside = |range: &Range<usize>| sentence.start <= range.start && range.end <= sentence.end;
    let mut whole: Vec<(Range<usize>, ItemKind)> = Vec::new();
    let first = recognised.numbers.partition_point(|number| number.range.end <= sentence.start);
    let near = recognised.numbers.iter().enumerate().skip(first);
    for (index, number) in near.take_while(|(_, number)| number.range.start < sentence.end) {
        let range = number_range(number);
        if inside(&range) {
            whole.push((range, ItemKind::Figure(index)));
        }
    }
    let first = recognised.opaque.partition_point(|range| range.end <= sentence.start);
    let near = recognised.opaque[first..].iter().take_while(|range| range.start < sentence.end);
    whole.extend(near.filter(|range| inside(range)).map(|range| (range.clone(), ItemKind::Period)));
    whole.sort_by_key(|(range, _)| range.start);
    let first = recognised.tokens.partition_point(|token| token.range.start < sentence.start);
    let mut items: Vec<Item> = Vec::new();
    let mut whole = whole.into_iter().peekable();
    for token in recognised.tokens[first..].iter().take_while(|token| token.range.end <= sentence.end) {
        while let Some((range, kind)) = whole.next_if(|(range, _)| range.start <= token.range.start) {
            if items.last().is_some_and(|item| item.range.end > range.start) {
                continue;
            }
            items.push(Item {
                range,
                word: SmolStr::default(),
                kind,
            });
        }
        if items.last().is_some_and(|item| item.range.end > token.range.start) {
            continue;
        }
        items.push(Item {
            range: token.range.clone(),
            word: token.folded.clone(),
            kind: if token.is_punctuation() { ItemKind::Mark } else { ItemKind::Word },
        });
    }
    items
}
