//! What was read of one page to the sheet that is laid over it.

use std::collections::BTreeMap;

use super::look::Kind;
use crate::{
    input::sheet::{LaidBox, Set, Sheet, StripLine},
    layout::{BBox, Block, Chart, ChartKind, Document, Item, Page, Point, Region, Table, Text},
    schema::{Extraction, Fact, Provenance},
};

/// Boxes laid over one page; a page made for people holds fewer.
const MOST_BOXES: usize = 6_000;
/// Figures named in the strip for each rule.
const MOST_QUOTES: usize = 8;

/// All that is known of a report.
#[derive(Clone, Copy)]
pub(super) struct Read<'a> {
    /// Its name.
    pub(super) name: &'a str,
    pub(super) document: &'a Document,
    pub(super) extraction: &'a Extraction,
    /// Pictures in it that look as if they held figures.
    pub(super) unread: &'a [Region],
}

/// A sheet under construction.
struct Drafting {
    page: u32,
    boxes: Vec<LaidBox>,
    counts: BTreeMap<Kind, usize>,
    left_out: usize,
}

/// The sheet of a page, and what it holds in a few words.
pub(super) fn sheet(read: Read<'_>, page: &Page, order: Order) -> (Sheet, String) {
    let Read { document, extraction, .. } = read;
    let mut drafting = Drafting {
        page: page.number,
        boxes: Vec::new(),
        counts: BTreeMap::new(),
        left_out: 0,
    };
    drafting.pictures(page, read.unread);
    // What runs over pages is kept with the page it begins on.
    for item in document.pages.iter().flat_map(|page| &page.items) {
        match item {
            Item::Block(block) => drafting.block(block),
            Item::Table(table) => drafting.table(table),
            Item::Chart(chart) => drafting.chart(chart),
        }
    }
    drafting.facts(&extraction.facts);
    let rules = drafting.figures(extraction);
    let mut strip = heading(read, page);
    strip.extend(drafting.legend());
    strip.extend(unseen(page));
    if order == Order::First {
        strip.extend(of_the_document(document, extraction));
    }
    if drafting.left_out > 0 {
        strip.push(warning(format!("{} more boxes are left out of this picture", drafting.left_out)));
    }
    strip.extend(rules);
    let told = drafting.told(page);
    let sheet = Sheet {
        page: page.number,
        boxes: drafting.boxes,
        strip,
    };
    (sheet, told)
}

/// Whether a sheet is the first of its document: what is said of the document stands there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Order {
    First,
    Later,
}

impl Drafting {
    fn add(&mut self, kind: Kind, bbox: BBox, tag: String) {
        *self.counts.entry(kind).or_default() += 1;
        if self.boxes.len() >= MOST_BOXES {
            self.left_out += 1;
            return;
        }
        let look = kind.look();
        self.boxes.push(LaidBox { bbox, look, tag });
    }

    /// The part of a region that stands on this page.
    fn here(&self, region: Region) -> Option<BBox> {
        match region {
            Region::Box { page, bbox } if page == self.page => Some(bbox),
            _ => None,
        }
    }

    /// The part of some words that stands on this page.
    fn words_here(&self, text: &Text) -> Option<BBox> {
        let boxes = text.pieces.iter().filter_map(|piece| self.here(piece.region));
        boxes.reduce(BBox::union)
    }

    fn pictures(&mut self, page: &Page, unread: &[Region]) {
        for picture in &page.pictures {
            let Some(bbox) = picture.bbox() else { continue };
            if unread.contains(picture) {
                self.add(Kind::UnreadPicture, bbox, "picture: may hold figures, not read".to_owned());
            } else {
                self.add(Kind::Picture, bbox, String::new());
            }
        }
    }

    fn block(&mut self, block: &Block) {
        if let Some(bbox) = self.words_here(&block.text) {
            self.add(Kind::of_block(block.kind), bbox, String::new());
        }
    }

    fn table(&mut self, table: &Table) {
        let cells: Vec<(BBox, bool)> = table
            .cells
            .iter()
            .filter_map(|cell| Some((self.here(cell.region)?, cell.header)))
            .collect();
        let Some(bbox) = cells.iter().map(|(bbox, _)| *bbox).reduce(BBox::union) else {
            return;
        };
        for (bbox, header) in cells {
            self.add(if header { Kind::HeaderCell } else { Kind::Cell }, bbox, String::new());
        }
        self.add(Kind::Table, bbox, format!("table {} x {}", table.rows, table.columns));
    }

    fn chart(&mut self, chart: &Chart) {
        let Some(bbox) = self.here(chart.region) else { return };
        let points: Vec<&Point> = chart.series.iter().flat_map(|series| &series.points).collect();
        let read = points.iter().filter(|point| value(point).is_some()).count();
        let kind = match chart.kind {
            ChartKind::Map => "map".to_owned(),
            kind => format!("{} chart", kind.as_str()),
        };
        if read == 0 {
            self.add(Kind::UnreadChart, bbox, format!("{kind}: {} marks, not read", points.len()));
            return;
        }
        self.add(Kind::Chart, bbox, format!("{kind}, {read} of {} values read", points.len()));
        let names = chart.series.iter().filter_map(|series| series.name.as_ref());
        let mut labels: Vec<BBox> = names.filter_map(|name| self.words_here(name)).collect();
        for point in points {
            let texts = [&point.category, &point.label].into_iter().flatten();
            labels.extend(texts.filter_map(|text| self.words_here(text)));
            let Some(mark) = self.here(point.region) else { continue };
            match (&point.label, value(point)) {
                // Printed labels have their boxes; a value that only the mark tells is written at it.
                (Some(_), _) => self.add(Kind::Mark, mark, String::new()),
                (None, Some(value)) => self.add(Kind::Mark, mark, value),
                (None, None) => self.add(Kind::UnreadMark, mark, String::new()),
            }
        }
        // Two series of one name share it.
        labels.sort_by(|one, other| (one.top, one.x0).partial_cmp(&(other.top, other.x0)).unwrap_or(std::cmp::Ordering::Equal));
        labels.dedup();
        for label in labels {
            self.add(Kind::MarkLabel, label, String::new());
        }
    }

    fn facts(&mut self, facts: &[Fact]) {
        for fact in facts {
            let (kind, mention, tag) = match fact {
                Fact::Unclaimed { mention } => (Kind::Unclaimed, mention, String::new()),
                Fact::UnreadSection { mention, found, .. } => (Kind::UnreadSection, mention, format!("not read: {found}")),
                _ => continue,
            };
            if let Some(bbox) = self.at(mention.place) {
                self.add(kind, bbox, tag);
            }
        }
    }

    fn at(&self, place: Provenance) -> Option<BBox> {
        match place {
            Provenance::Box {
                page,
                bbox: [x0, top, x1, bottom],
            } if page == self.page => Some(BBox { x0, top, x1, bottom }),
            _ => None,
        }
    }

    /// Lays the figures over the page, each tagged with the number of its rule; the lines that say which number is which rule.
    fn figures(&mut self, extraction: &Extraction) -> Vec<StripLine> {
        let mut rules: Vec<(&str, Vec<&str>)> = Vec::new();
        for observation in &extraction.observations {
            let Some(bbox) = self.at(observation.place) else { continue };
            let known = rules.iter().position(|(rule, _)| *rule == observation.rule);
            let number = known.unwrap_or(rules.len());
            if known.is_none() {
                rules.push((&observation.rule, Vec::new()));
            }
            rules[number].1.push(&observation.quote);
            self.add(Kind::Figure, bbox, (number + 1).to_string());
        }
        if rules.is_empty() {
            return Vec::new();
        }
        let mut lines = vec![title("Rules that made figures".to_owned())];
        for (index, (rule, quotes)) in rules.into_iter().enumerate() {
            let name = rule.rsplit('/').next().unwrap_or(rule);
            let more = quotes.len().saturating_sub(MOST_QUOTES);
            let mut named = quotes[..quotes.len() - more].join(" | ");
            if more > 0 {
                named.push_str(&format!(" | and {more} more"));
            }
            lines.push(StripLine {
                tag: Some(((index + 1).to_string(), Kind::Figure.look().ink)),
                ..plain(format!("{name}: {named}"))
            });
        }
        lines
    }

    fn legend(&self) -> Vec<StripLine> {
        let lines = self.counts.iter().map(|(kind, count)| StripLine {
            swatch: Some(kind.look()),
            set: if kind.is_unread() { Set::Warning } else { Set::Plain },
            ..plain(kind.name(*count))
        });
        lines.collect()
    }

    /// What the page holds, in a line.
    fn told(&self, page: &Page) -> String {
        let of = |chosen: &dyn Fn(Kind) -> bool| {
            self.counts
                .iter()
                .filter(|(kind, _)| chosen(**kind))
                .map(|(_, count)| count)
                .sum::<usize>()
        };
        let mut parts = Vec::new();
        let mut tell = |count: usize, one: &str, several: &str| {
            if count > 0 {
                parts.push(format!("{count} {}", if count == 1 { one } else { several }));
            }
        };
        tell(of(&|kind| matches!(kind, Kind::Block(_))), "block", "blocks");
        tell(of(&|kind| kind == Kind::Table), "table", "tables");
        tell(of(&|kind| kind == Kind::Chart), "chart", "charts");
        tell(of(&|kind| kind == Kind::Figure), "figure by a rule", "figures by rules");
        tell(
            of(&|kind| kind == Kind::Unclaimed),
            "number that no rule reads",
            "numbers that no rule reads",
        );
        tell(of(&|kind| kind == Kind::UnreadChart), "chart not read", "charts not read");
        tell(of(&|kind| kind == Kind::UnreadMark), "mark not read", "marks not read");
        tell(of(&|kind| kind == Kind::UnreadPicture), "picture not read", "pictures not read");
        tell(page.hidden_words as usize, "hidden word left out", "hidden words left out");
        if parts.is_empty() {
            "nothing on it was read".to_owned()
        } else {
            parts.join(", ")
        }
    }
}

/// What a mark is taken to say: the label printed at it, or the value that its length has.
fn value(point: &Point) -> Option<String> {
    match (&point.label, point.mark) {
        (Some(label), _) => Some(label.string.clone()),
        (None, Some(mark)) => Some(format!("~{}", rounded(mark.value, mark.error))),
        (None, None) => None,
    }
}

/// A reading with the places that its error leaves.
fn rounded(value: f64, error: f64) -> String {
    let places = if error > 0.0 {
        (-error.log10()).ceil().clamp(0.0, 4.0) as usize
    } else {
        2
    };
    format!("{value:.places$}")
}

fn heading(read: Read<'_>, page: &Page) -> Vec<StripLine> {
    let record = &read.extraction.document;
    let known = if record.family.is_empty() {
        "No profile knows this report: what is laid over it is its plan, no figure of it becomes a row.".to_owned()
    } else {
        format!("{} {}", record.family, record.edition)
    };
    vec![
        title(format!("{}, page {} of {}", read.name, page.number, read.document.pages.len())),
        plain(known),
        title("What was read, and what not".to_owned()),
    ]
}

/// What is on the page and is read by nobody.
fn unseen(page: &Page) -> Vec<StripLine> {
    let mut lines = Vec::new();
    if page.hidden_words > 0 {
        let words = if page.hidden_words == 1 { "hidden word is" } else { "hidden words are" };
        lines.push(plain(format!("{} {words} left out: nobody sees them on the page", page.hidden_words)));
    }
    if page.unmapped_glyphs > 0 {
        lines.push(warning(format!("{} of {} glyphs map to no character", page.unmapped_glyphs, page.glyphs)));
    }
    lines
}

/// What is said of the document as a whole.
fn of_the_document(document: &Document, extraction: &Extraction) -> Vec<StripLine> {
    let repaired = document.repairs.iter().map(|repair| plain(format!("repaired: {repair}")));
    let lost = document.losses.iter().map(|loss| warning(format!("lost: {loss}")));
    let facts = extraction.facts.iter().filter_map(|fact| match fact {
        Fact::Missing { rule, label, .. } => Some(warning(format!("missing: {label} ({rule})"))),
        Fact::UnknownEdition { cause } => Some(warning(format!("no edition: {cause}"))),
        _ => None,
    });
    repaired.chain(lost).chain(facts).collect()
}

pub(super) fn title(words: String) -> StripLine {
    StripLine {
        set: Set::Title,
        ..plain(words)
    }
}

fn warning(words: String) -> StripLine {
    StripLine {
        set: Set::Warning,
        ..plain(words)
    }
}

pub(super) fn plain(words: String) -> StripLine {
    StripLine {
        swatch: None,
        tag: None,
        words,
        set: Set::Plain,
    }
}
