//! Figures that stand out on a page to those of its sentences that say the same with a digit or the sign changed: one of the two was typed wrong.
//!
//! What the figure is called must stand in the sentence too, and the figure itself nowhere else on the page.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::{
    super::{
        annotated::{Annotated, Token, overlaps},
        number::{Number, NumberKind, Sign},
        outline::{Content, Outline},
    },
    table::{is_slip, is_swapped},
};
use crate::{
    layout::BlockKind,
    schema::{Claim, ClaimFigure, ClaimKind, Direction, Mention, Qualifier, Saying, Statistic, Within},
};

/// Smaller counts are like many others by chance.
const LEAST_COUNT: u32 = 1_000;
/// Letters of a word that says something of a figure.
const FEWEST_LETTERS: usize = 4;
/// Letters that words of one stem share.
const LETTERS_OF_STEM: usize = 6;
/// Words of a caption; a longer one is a sentence.
const MOST_WORDS: usize = 14;
/// Words between a figure of a sentence and those that tell what it is.
const WORDS_AROUND: usize = 16;
/// Words that stand in every report.
const COMMON: [&str; 14] = [
    "total", "number", "compared", "with", "from", "since", "this", "that", "were", "have", "been", "their", "than", "people",
];

/// A figure that stands out, with what it is called.
struct Tile<'a> {
    words: &'a Annotated,
    number: &'a Number,
    caption: BTreeSet<String>,
}

/// A figure of running words.
struct Said<'a> {
    words: &'a Annotated,
    number: &'a Number,
    way: Option<Direction>,
}

/// The claims of figures that stand out.
pub(super) fn claims(outline: &Outline<'_>, mention: &dyn Fn(&Annotated, std::ops::Range<usize>) -> Option<Mention>) -> Vec<Claim> {
    let mut tiles: Vec<Tile<'_>> = Vec::new();
    let mut said: Vec<Said<'_>> = Vec::new();
    let mut in_tables: BTreeSet<(Decimal, bool)> = BTreeSet::new();
    for node in &outline.nodes {
        match &node.content {
            Content::Block { block, words, .. } if block.kind == BlockKind::Headline => tiles.extend(tile(words)),
            Content::Block { words, .. } => said.extend(words.numbers.iter().enumerate().map(|(index, number)| Said {
                words,
                number,
                way: words.changes.iter().find(|change| change.number == index).map(|change| change.way),
            })),
            Content::Table { cells, .. } => {
                let numbers = cells.iter().flat_map(|(_, words)| &words.numbers);
                in_tables.extend(numbers.map(|number| (number.value, number.kind == NumberKind::Percent)));
            }
            Content::Chart { .. } => {}
        }
    }
    let mut claims = Vec::new();
    for tile in &tiles {
        let is_percent = tile.number.kind == NumberKind::Percent;
        if said.iter().any(|other| tile.says(other)) || tile.way().is_none() && in_tables.contains(&(tile.number.value, is_percent)) {
            continue;
        }
        let alike: Vec<&Said<'_>> = said.iter().filter(|other| tile.may_be_meant(other)).collect();
        let one = alike.iter().all(|other| other.number.value == alike[0].number.value);
        if let (true, Some(other)) = (one, alike.first())
            && let Some(mentioned) = mention(tile.words, tile.number.range.clone())
            && let Some(figure) = other.figure(mention)
        {
            claims.push(Claim {
                saying: Saying {
                    mention: mentioned,
                    readings: vec![tile.number.interval()],
                    cut: tile.number.step,
                    within: Within::Headline,
                },
                kind: ClaimKind::Restated { other: Box::new(figure) },
            });
        }
    }
    claims
}

/// The only figure of a block with a caption, where it is a count or a percentage printed plainly.
fn tile(words: &Annotated) -> Option<Tile<'_>> {
    let mut plain = words
        .numbers
        .iter()
        .filter(|number| !number.year_like && words.periods.iter().all(|named| !overlaps(&named.range, &number.range)));
    let number = plain.next().filter(|number| number.qualifier == Qualifier::Exact && !number.word)?;
    let large = number.value.abs() >= LEAST_COUNT.into() && number.value.scale() == 0;
    let telling = number.kind == NumberKind::Percent && !number.value.is_zero() || number.kind == NumberKind::Count && large && number.sign.is_none();
    let caption: BTreeSet<String> = words.tokens.iter().filter_map(stem).collect();
    let short = words.tokens.len() <= MOST_WORDS + 6 && words.numbers.len() <= 2;
    (telling && short && !caption.is_empty() && words.malformed.is_empty()).then_some(Tile { words, number, caption })
}

/// The first letters of a word that says something.
fn stem(token: &Token) -> Option<String> {
    let word = token.folded.as_str();
    let says = word.chars().count() >= FEWEST_LETTERS && word.chars().all(char::is_alphabetic) && !COMMON.contains(&word);
    says.then(|| word.chars().take(LETTERS_OF_STEM).collect())
}

impl Tile<'_> {
    fn way(&self) -> Option<Direction> {
        match (self.number.sign, self.number.arrow) {
            (Some(Sign::Minus), _) => Some(Direction::Down),
            (Some(Sign::Plus), _) => Some(Direction::Up),
            (None, arrow) => arrow,
        }
    }

    /// Whether a figure of the words is the same.
    fn says(&self, other: &Said<'_>) -> bool {
        let same_way = self.way().is_none() || other.way.is_none() || self.way() == other.way;
        self.number.kind == other.number.kind && self.number.value.abs() == other.number.value.abs() && same_way
    }

    /// Whether a figure of the words is the same but for what one types wrong, and is called the same.
    fn may_be_meant(&self, other: &Said<'_>) -> bool {
        let number = other.number;
        let plain = matches!(number.qualifier, Qualifier::Exact | Qualifier::About) && !number.word && !number.year_like;
        if number.kind != self.number.kind || !plain || self.way().is_some() != other.way.is_some() {
            return false;
        }
        let (one, two) = (self.number.value.abs(), number.value.abs());
        let turned = one == two && self.way() != other.way;
        let same_way = self.way() == other.way;
        let slipped = if number.kind == NumberKind::Percent {
            is_swapped(one, two)
        } else {
            is_slip(one, two)
        };
        (turned || same_way && slipped) && self.is_called_in(other)
    }

    /// Whether all that the figure is called stands around one of the words, nearer than the next of its kind: "53% women and 36% children".
    fn is_called_in(&self, other: &Said<'_>) -> bool {
        let at = |byte: usize| other.words.tokens.partition_point(|token| token.range.start < byte);
        let alike = || {
            other
                .words
                .numbers
                .iter()
                .filter(|number| number.kind == other.number.kind && !number.year_like)
        };
        let before = alike().rfind(|number| number.range.end <= other.number.range.start);
        let behind = alike().find(|number| number.range.start >= other.number.range.end);
        let start = at(before.map_or(0, |number| number.range.end)).max(at(other.number.range.start).saturating_sub(WORDS_AROUND));
        let end = at(behind.map_or(usize::MAX, |number| number.range.start)).min(at(other.number.range.end) + WORDS_AROUND);
        let around: BTreeSet<String> = other.words.tokens[start..end].iter().filter_map(stem).collect();
        self.caption.is_subset(&around)
    }
}

impl Said<'_> {
    fn figure(&self, mention: &dyn Fn(&Annotated, std::ops::Range<usize>) -> Option<Mention>) -> Option<ClaimFigure> {
        let turned = |value: Decimal| if self.way == Some(Direction::Down) { -value.abs() } else { value };
        let interval = self.number.interval();
        let interval = crate::schema::Interval::new(turned(interval.low), turned(interval.high));
        Some(ClaimFigure {
            mention: mention(self.words, self.number.range.clone())?,
            statistic: match (self.number.kind, self.way) {
                (NumberKind::Count, _) => Statistic::Count,
                (_, Some(_)) => Statistic::Change,
                _ => Statistic::Share,
            },
            value: turned(self.number.value),
            interval,
            cut: self.number.step,
            doubtful: false,
        })
    }
}
