//! The state of reading one document with one profile, and what all kinds of rules share.

use std::{collections::BTreeMap, ops::Range};

use super::{
    annotated::{Annotated, Writing},
    dates::{self, Edition},
    draft::{Claims, Draft, TextPlace, directed, statistic_of},
    outline::{Content, Node, Outline, Standing},
    pattern::{Capture, Phrase, Slot},
    profile::{Layout, Profile, Rule, RuleKind},
};
use crate::{
    layout::{BlockKind, Document, Region},
    schema::{Direction, Fact, Mention, Method, Period, Provenance, Relation, Statistic, codebook::codebook},
};

/// Reading one document with one profile.
pub(super) struct Parser<'a> {
    /// Path of the document.
    pub path: &'a str,
    /// The document.
    pub document: &'a Document,
    /// The family.
    pub profile: &'a Profile,
    /// Its plan for the edition.
    pub layout: &'a Layout,
    /// The edition.
    pub edition: Edition,
    /// How the family writes.
    pub writing: Writing<'a>,
    /// The document in reading order.
    pub outline: &'a Outline<'a>,
    /// For each node, the rules whose heading it is, as indices into the profile's rules.
    pub headings: Vec<Vec<usize>>,
    /// For each node, what a heading further up is to what stands below it.
    passing: Vec<Passing>,
    /// What was found.
    pub drafts: Vec<Draft>,
    /// How it belongs together; indices into `drafts`.
    pub relations: Vec<Relation>,
    /// What was noticed.
    pub facts: Vec<Fact>,
    /// What is spoken for.
    pub claims: Claims,
    /// Where each rule last made a figure in a sentence: number of the sentence, and its period.
    pub spoken: BTreeMap<String, (usize, Period)>,
}

/// What labels, headings and defaults say about a figure.
#[derive(Debug, Clone, Default)]
pub(super) struct Said {
    /// Place described, where it is not the rule's.
    pub area: Option<String>,
    /// Origin.
    pub origin: Option<String>,
    /// Days, as meant.
    pub period: Option<Period>,
    /// Days compared with.
    pub base: Option<Period>,
    /// Marks on labels, with the node they stand in.
    pub marks: Vec<(String, usize)>,
}

/// What a block that is no rule's heading does to the heading over it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Passing {
    /// It leaves it where it is.
    Through,
    /// It narrows it to a place or a period.
    Narrowing,
    /// It is a heading of its own.
    Stopping,
}

/// The longest block, in words, that can be a heading over something.
const HEADING_WORDS: usize = 34;
/// The longest context, in bytes, that is given whole.
const LONGEST_CONTEXT: usize = 4_000;
/// Bytes on either side of a figure that are given of a longer one.
const CONTEXT_BESIDE: usize = 1_000;
/// How many blocks may stand between a heading and the chart or table under it.
const BLOCKS_UNDER_HEADING: usize = 40;

impl<'a> Parser<'a> {
    pub(super) fn new(
        path: &'a str,
        document: &'a Document,
        profile: &'a Profile,
        layout: &'a Layout,
        edition: Edition,
        writing: Writing<'a>,
        outline: &'a Outline<'a>,
    ) -> Self {
        let headings = headed_rules(outline, profile, layout);
        let captions = captions(outline, profile, layout);
        let is_caption = |node: usize, words: &Annotated| {
            let standing = captions.iter().filter(|(_, standing)| standing.holds(outline.number_of(node, 0)));
            standing
                .map(|(caption, _)| caption)
                .any(|caption| caption.at_start(words, 0..words.string().len()).is_some())
        };
        let nodes = outline.nodes.iter().enumerate();
        let passing = nodes.map(|(index, node)| passing(node, |words| is_caption(index, words))).collect();
        Self {
            path,
            document,
            profile,
            layout,
            edition,
            writing,
            outline,
            headings,
            passing,
            drafts: Vec::new(),
            relations: Vec::new(),
            facts: Vec::new(),
            claims: Claims::default(),
            spoken: BTreeMap::new(),
        }
    }

    /// The rules of a kind that belong to the layout.
    pub(super) fn rules(&self, kind: RuleKind) -> Vec<&'a Rule> {
        self.profile.rules_of(kind, &self.layout.id).collect()
    }

    /// The heading that stands over a node, for a rule: the nearest known one, if it is the rule's.
    ///
    /// Headings that only name a place or a period in between are given as well, nearest first.
    pub(super) fn heading_over(&self, node: usize, rule: &Rule) -> Option<(usize, Vec<usize>)> {
        let own = self.profile.rules.iter().position(|known| std::ptr::eq(known, rule))?;
        let mut between = Vec::new();
        for above in (node.saturating_sub(BLOCKS_UNDER_HEADING)..node).rev() {
            let known = &self.headings[above];
            if !known.is_empty() {
                return known.contains(&own).then_some((above, between));
            }
            match self.passing[above] {
                Passing::Narrowing => between.push(above),
                Passing::Stopping if rule.rows.is_empty() => return None,
                Passing::Through | Passing::Stopping => {}
            }
        }
        None
    }

    /// Whether a node is a heading, be it a rule's or not, and no caption of a figure.
    pub(super) fn is_heading(&self, node: usize) -> bool {
        self.passing[node] != Passing::Through
    }

    /// The days a rule means: as printed, else as the heading says, else by default.
    pub(super) fn period(&self, rule: &Rule, printed: Option<Period>, heading: Option<&Annotated>) -> Option<Period> {
        let of_heading = || {
            let words = heading?;
            dates::current(words, &(0..words.string().len()), usize::MAX, self.writing)
        };
        match printed.or_else(of_heading) {
            Some(printed) if self.edition.may_tell(printed) => Some(self.edition.as_meant(printed, rule.period)),
            Some(_) => None,
            None => self.edition.default_period(rule.period),
        }
    }

    /// Makes a draft of a captured figure and claims it. Gives its index; none where the figure has no place or no time.
    #[allow(clippy::too_many_arguments)] // one figure and all it stands in
    pub(super) fn draft(
        &mut self,
        rule: &Rule,
        words: &Annotated,
        place: TextPlace,
        capture: &Capture,
        context: Range<usize>,
        method: Method,
        said: &Said,
    ) -> Option<usize> {
        let number = words.number_of(capture)?;
        let mut statistic = statistic_of(capture.slot)?;
        let (way, mut directions) = match capture.slot {
            Slot::Change => words
                .changes
                .get(capture.index)
                .map(|change| (Some(change.way), change.directions.clone()))?,
            Slot::Points => {
                let (_, arrows) = super::change::with_arrow(words.string(), &number.range);
                let sign = number.sign.map(|sign| match sign {
                    super::number::Sign::Minus => Direction::Down,
                    super::number::Sign::Plus => Direction::Up,
                });
                (sign.or(arrows.first().copied()), arrows.into_iter().chain(sign).collect())
            }
            _ => (None, Vec::new()),
        };
        directions.dedup();
        let (value, interval) = directed(number, way);
        let period = said.period?;
        let base = match statistic {
            Statistic::Change | Statistic::ShareChange => Some(said.base.unwrap_or_else(|| dates::default_base(period, rule.base))),
            _ => None,
        };
        if statistic == Statistic::Share && rule.percent == Slot::Ratio {
            statistic = Statistic::Ratio;
        }
        let region = words.region(number.range.clone())?;
        let mut marks: Vec<_> = said.marks.clone();
        let near = words.text.marks.iter().filter(|mark| context.start <= mark.at && mark.at <= context.end);
        marks.extend(
            near.filter(|mark| mark.at == number.range.end || mark.at == capture.range.end)
                .map(|mark| (mark.label.clone(), place.node)),
        );
        let context = shortened(words, &number.range, context);
        self.claims.add(place, capture.range.clone());
        self.claims.add(place, number.range.clone());
        self.drafts.push(Draft {
            place,
            range: number.range.clone(),
            rule: rule.id.clone(),
            indicator: rule.indicator.clone(),
            statistic,
            area: said
                .area
                .clone()
                .or_else(|| rule.area.clone())
                .unwrap_or_else(|| self.profile.area.clone()),
            origin: said.origin.clone().unwrap_or_default(),
            sex: rule.sex,
            group: rule.group.clone(),
            period,
            base,
            value,
            interval,
            unit: rule.unit.clone(),
            qualifier: number.qualifier,
            region,
            quote: words.string()[number.range.clone()].to_owned(),
            context: words.string()[context.clone()].to_owned(),
            offset: number.range.start.saturating_sub(context.start),
            method,
            marks,
            directions,
            label: None,
        });
        Some(self.drafts.len() - 1)
    }

    /// Whether a percent slot of a rule means what the capture says.
    pub(super) fn figures(captures: &[Capture]) -> impl Iterator<Item = &Capture> {
        captures.iter().filter(|capture| capture.slot.is_figure())
    }

    /// Where characters stand, as published.
    pub(super) fn provenance(&self, region: Region) -> Provenance {
        super::provenance(self.document, region)
    }

    /// The words of a block.
    pub(super) fn words(&self, node: Option<usize>) -> Option<&'a Annotated> {
        let outline = self.outline;
        outline.nodes[node?].block().map(|(_, words)| words)
    }

    /// Some words as a finding points at them.
    pub(super) fn mention(&self, words: &Annotated, range: Range<usize>, context: Range<usize>) -> Option<Mention> {
        let context = shortened(words, &range, context);
        Some(Mention {
            document: self.path.to_owned(),
            place: self.provenance(words.region(range.clone())?),
            quote: words.string()[range.clone()].to_owned(),
            offset: range.start.saturating_sub(context.start),
            context: words.string()[context].to_owned(),
        })
    }

    /// A place by its code, where it is one of those the family describes.
    pub(super) fn is_member(&self, code: &str) -> bool {
        codebook().members(&self.profile.area).iter().any(|member| *member == code)
    }

    /// The rule's mention of the whole described area, as in a total.
    pub(super) fn whole_area<'r>(&'r self, rule: &'r Rule) -> &'r str {
        rule.area.as_ref().unwrap_or(&self.profile.area)
    }
}

/// A context without end, such as a sentence of a thousand figures, is cut to what stands near its figure.
fn shortened(words: &Annotated, range: &Range<usize>, context: Range<usize>) -> Range<usize> {
    if context.len() <= LONGEST_CONTEXT {
        return context;
    }
    let (text, mut start, mut end) = (
        words.string(),
        context.start.max(range.start.saturating_sub(CONTEXT_BESIDE)),
        context.end.min(range.end + CONTEXT_BESIDE),
    );
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    while !text.is_char_boundary(end) {
        end += 1;
    }
    start..end
}

/// For each node the rules whose heading it is.
fn headed_rules(outline: &Outline<'_>, profile: &Profile, layout: &Layout) -> Vec<Vec<usize>> {
    let known = profile
        .rules
        .iter()
        .enumerate()
        .filter(|(_, rule)| rule.layouts.is_empty() || rule.layouts.contains(&layout.id));
    let standing = |rule: &Rule| {
        let mut any = Standing::default();
        for phrase in &rule.under {
            any.add(&outline.standing(phrase));
        }
        any
    };
    let known: Vec<(usize, &Rule, Standing)> = known.map(|(index, rule)| (index, rule, standing(rule))).collect();
    let of_node = |(index, node): (usize, &Node<'_>)| {
        let words = match &node.content {
            Content::Block { words, .. } if node.may_head() => words,
            _ => return Vec::new(),
        };
        let number = outline.number_of(index, 0);
        let mut standing = known.iter().filter(|(.., standing)| standing.holds(number)).peekable();
        if standing.peek().is_none() || words.tokens.iter().filter(|token| !token.is_punctuation()).count() > HEADING_WORDS {
            return Vec::new();
        }
        standing.filter(|(_, rule, _)| is_headed(words, rule)).map(|(index, ..)| *index).collect()
    };
    outline.nodes.iter().enumerate().map(of_node).collect()
}

fn passing(node: &Node<'_>, is_caption: impl Fn(&Annotated) -> bool) -> Passing {
    match node.block() {
        Some((block, words)) if block.kind == BlockKind::Heading && !is_caption(words) => {
            if names_dimension(words) {
                Passing::Narrowing
            } else {
                Passing::Stopping
            }
        }
        _ => Passing::Through,
    }
}

/// The captions of the family's headline figures, with the texts that they may stand in.
fn captions<'a>(outline: &Outline<'_>, profile: &'a Profile, layout: &'a Layout) -> Vec<(&'a Phrase, Standing)> {
    let captions = profile
        .rules_of(RuleKind::Headline, &layout.id)
        .flat_map(|rule| &rule.say)
        .filter_map(Phrase::figure_and_caption);
    captions.map(|(_, caption)| (caption, outline.standing(caption))).collect()
}

/// Whether words are the heading a rule stands under.
pub(super) fn is_headed(words: &Annotated, rule: &Rule) -> bool {
    rule.under.iter().any(|phrase| phrase.is_in(words)) && !rule.unless.iter().any(|phrase| phrase.is_in(words))
}

/// Whether words only name a place or a period: a heading that narrows the one above it.
fn names_dimension(words: &Annotated) -> bool {
    let length = words.string().trim_end_matches([':', '*', ' ']).len();
    let covers = |range: &Range<usize>| range.start == 0 && range.end >= length;
    words.places.iter().any(|mention| covers(&mention.range)) || words.periods.iter().any(|mention| covers(&mention.range))
}
