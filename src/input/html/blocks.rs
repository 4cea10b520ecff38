//! What is shown, as blocks, tables and charts in document order.

use std::collections::BTreeMap;

use super::attribute::attribute;
use super::figure::is_figure;
use super::inline::{Inline, WhiteSpace};
use super::notes;
use super::page::{Page, Part, Role, What};
use super::pairs;
use super::svg;
use super::table;
use super::tiles::tiles;
use crate::layout::{Block, BlockKind, Item, Region, Text, chart};

/// Printed characters up to which an element named as a note is one.
const LONGEST_NOTE: usize = 4_000;

/// Bytes of a bold line up to which it can be a heading.
const LONGEST_HEADING: usize = 160;

/// Shapes of a drawing without words from which on it shows more than an icon.
const DRAWN_WORDS: usize = 12;

/// What stands on a page.
#[derive(Debug, Default)]
pub(super) struct Contents {
    pub(super) items: Vec<Item>,
    pub(super) pictures: Vec<Region>,
}

/// Reads a page.
pub(super) fn contents(page: &Page<'_>) -> Contents {
    let mut reader = Reader {
        page,
        tiles: tiles(page),
        contents: Contents::default(),
        inline: Inline::default(),
        small: Small::Unknown,
        term: None,
        open: Vec::new(),
        drawn: Vec::new(),
        read_already: Vec::new(),
    };
    reader.read();
    let mut contents = reader.contents;
    contents.items = pairs::joined(contents.items, &reader.drawn);
    contents
}

/// Whether all words so far are set small.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Small {
    Unknown,
    Yes,
    No,
}

/// What the elements around make of words.
#[derive(Debug, Clone, Default)]
struct Context {
    kind: Kind,
    level: u8,
    note: bool,
    small: bool,
    site_footer: bool,
    /// Inside a `figure`, the number of its first item.
    figure: Option<usize>,
    /// The number that a list of footnotes prints before its entry.
    ordinal: Option<String>,
}

/// The kind of block that words become.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Kind {
    #[default]
    Paragraph,
    Heading,
    List,
    Term,
    Definition,
    Caption,
}

/// What happens at the end of an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Closing {
    Box,
    Raised,
    Apart,
    Nothing,
}

struct Open {
    end: usize,
    closing: Closing,
    context: Context,
    /// For ordered lists of footnotes, the number of the next entry.
    next_ordinal: Option<u32>,
}

struct Reader<'p, 'a> {
    page: &'p Page<'a>,
    tiles: BTreeMap<usize, Vec<Text>>,
    contents: Contents,
    inline: Inline,
    small: Small,
    term: Option<Text>,
    open: Vec<Open>,
    /// Numbers of the items that are words of drawings.
    drawn: Vec<usize>,
    /// Drawings that lie on others and were read with them.
    read_already: Vec<usize>,
}

impl Reader<'_, '_> {
    fn read(&mut self) {
        let page = self.page;
        let mut number = 0;
        while number < page.parts.len() {
            while let Some(open) = self.open.pop_if(|open| open.end <= number) {
                self.close(&open);
            }
            let part = &page.parts[number];
            if let Some(tiles) = self.tiles.remove(&number) {
                self.flush();
                self.tiles_of(number, tiles);
                number = part.end;
                continue;
            }
            number = match &part.what {
                What::Text(segments) => {
                    let small = self.context().is_some_and(|context| context.small || context.note);
                    if page.printed(number) > 0 {
                        self.small = if small && self.small != Small::No { Small::Yes } else { Small::No };
                    }
                    self.text(part, segments);
                    number + 1
                }
                What::Element { role, .. } => self.element(number, part, *role),
            };
        }
        while let Some(open) = self.open.pop() {
            self.close(&open);
        }
        self.flush();
        self.flush_term();
    }

    fn context(&self) -> Option<&Context> {
        self.open.last().map(|open| &open.context)
    }

    fn text(&mut self, part: &Part<'_>, segments: &[super::characters::Segment]) {
        if part.white_space == WhiteSpace::Folded {
            self.inline.push(self.page.source, segments, part.bold, part.white_space);
            return;
        }
        // Preserved line ends: an empty line ends a paragraph.
        for segment in segments {
            let characters = segment.characters(self.page.source);
            if segment.stands_for.is_some() {
                self.inline
                    .push(self.page.source, std::slice::from_ref(segment), part.bold, part.white_space);
                continue;
            }
            let mut start = segment.start;
            for line in characters.split_inclusive('\n') {
                if self.inline.breaks() > 1 {
                    self.flush();
                }
                let piece = super::characters::Segment {
                    start,
                    end: start + line.len(),
                    stands_for: None,
                };
                self.inline.push(self.page.source, &[piece], part.bold, part.white_space);
                start += line.len();
            }
        }
    }

    /// Reads an element as far as its start; the number of the part to go on with.
    fn element(&mut self, number: usize, part: &Part<'_>, role: Role) -> usize {
        match role {
            Role::LineBreak => {
                self.inline.line_break();
                if self.inline.breaks() > 1 {
                    self.flush();
                }
                return number + 1;
            }
            Role::Picture => {
                self.picture(number);
                return part.end;
            }
            Role::Drawing => {
                self.drawing(number);
                return part.end;
            }
            Role::Table => {
                if let Some(table) = table::table(self.page, number) {
                    self.flush();
                    self.flush_term();
                    match table {
                        table::Found::Data(table) => self.contents.items.push(Item::Table(table)),
                        table::Found::Tiles { caption, tiles } => {
                            if let Some(caption) = caption {
                                self.push(BlockKind::Paragraph, 0, Vec::new(), on_one_line(caption));
                            }
                            self.headlines(tiles);
                        }
                    }
                    for inside in number..part.end {
                        if self.page.role(inside) == Some(Role::Picture) {
                            self.picture(inside);
                        }
                    }
                    return part.end;
                }
            }
            _ => {}
        }
        let closing = match role {
            Role::Raised => {
                self.inline.raise();
                Closing::Raised
            }
            Role::Separate => {
                self.inline.separate();
                Closing::Apart
            }
            Role::Inline => Closing::Nothing,
            _ => {
                self.flush();
                Closing::Box
            }
        };
        let element = self.page.element(number);
        let name = element.map_or("", scraper::node::Element::name);
        let mut context = self.context().cloned().unwrap_or_default();
        let mut next_ordinal = None;
        match role {
            Role::Heading(level) => (context.kind, context.level) = (Kind::Heading, level),
            Role::Paragraph if context.kind == Kind::Heading => context.kind = Kind::Paragraph,
            Role::ListItem => {
                context.kind = Kind::List;
                context.ordinal = None;
                let given = element
                    .and_then(|element| attribute(element, "value"))
                    .and_then(|value| value.trim().parse().ok());
                if let Some(next) = self.open.iter_mut().rev().find_map(|open| open.next_ordinal.as_mut()) {
                    let number: u32 = given.unwrap_or(*next);
                    *next = number.saturating_add(1);
                    let is_footnote = context.note
                        || element
                            .and_then(|element| element.id())
                            .is_some_and(|id| id.to_ascii_lowercase().starts_with("fn"));
                    context.ordinal = is_footnote.then(|| number.to_string());
                }
                context.note |= context.ordinal.is_some();
            }
            Role::Figure => context.figure = Some(self.contents.items.len()),
            Role::Term => context.kind = Kind::Term,
            Role::Definition => context.kind = Kind::Definition,
            Role::FigureCaption | Role::TableCaption => context.kind = Kind::Caption,
            Role::Note => context.note |= self.is_small_matter(number),
            Role::SiteFooter => context.site_footer = true,
            _ => {}
        }
        match name {
            "small" => context.small = true,
            "ol" => {
                let start = element
                    .and_then(|element| attribute(element, "start"))
                    .and_then(|start| start.trim().parse().ok());
                next_ordinal = Some(start.unwrap_or(1));
            }
            _ => {}
        }
        self.open.push(Open {
            end: part.end,
            closing,
            context,
            next_ordinal,
        });
        number + 1
    }

    fn close(&mut self, open: &Open) {
        match open.closing {
            Closing::Nothing => {}
            Closing::Raised => self.inline.lower(),
            Closing::Apart => self.inline.separate(),
            Closing::Box => self.flush_as(&open.context),
        }
    }

    /// Whether an element that is named as a note is no more than that.
    fn is_small_matter(&self, number: usize) -> bool {
        let holds = |part: usize| match self.page.role(part) {
            Some(Role::Heading(1..=3) | Role::Table) => true,
            Some(Role::Drawing) => self.page.printed(part) > 0,
            _ => false,
        };
        self.page.printed(number) <= LONGEST_NOTE && !(number + 1..self.page.parts[number].end).any(holds)
    }

    fn tiles_of(&mut self, number: usize, tiles: Vec<Text>) {
        self.flush_term();
        self.headlines(tiles);
        for inside in number..self.page.parts[number].end {
            if self.page.role(inside) == Some(Role::Picture) {
                self.picture(inside);
            }
        }
    }

    fn headlines(&mut self, texts: Vec<Text>) {
        for text in texts {
            self.push(BlockKind::Headline, 0, Vec::new(), text);
        }
    }

    /// Notes a picture large enough to hold words.
    fn picture(&mut self, number: usize) {
        let side = |name: &str| {
            let length = attribute(self.page.element(number)?, name)?
                .trim()
                .trim_end_matches("px")
                .parse::<f64>()
                .ok()?;
            Some(length)
        };
        let tiny = [side("width"), side("height")].into_iter().flatten().any(|length| length < 48.0);
        let place = &self.page.parts[number].place;
        if !tiny && !place.is_empty() {
            self.contents.pictures.push(Region::Bytes {
                start: place.start,
                end: place.end,
            });
        }
    }

    /// Charts, and words that stand in none of them.
    fn drawing(&mut self, number: usize) {
        if self.read_already.contains(&number) {
            return;
        }
        let layers = svg::overlaid::overlaid(self.page, number);
        let places = || layers.iter().chain([&number]).map(|layer| &self.page.parts[*layer].place);
        let region = Region::Bytes {
            start: self.page.parts[number].place.start,
            end: places().map(|place| place.end).max().unwrap_or(0),
        };
        let mut drawing = svg::drawing(self.page, number);
        for layer in &layers {
            let over = svg::drawing(self.page, *layer);
            drawing.shapes.extend(over.shapes);
            drawing.labels.extend(over.labels);
            drawing.title = drawing.title.or(over.title);
        }
        self.read_already.extend(&layers);
        if drawing.labels.is_empty() {
            self.inline.separate();
            // Letters drawn as outlines are as lost as in a picture.
            if drawing.shapes.len() >= DRAWN_WORDS {
                self.contents.pictures.push(region);
            }
            return;
        }
        self.flush();
        self.flush_term();
        let own = drawing.labels.len();
        svg::keys::add_keys(self.page, number, &layers, &mut drawing);
        let found = chart::charts(&drawing.shapes, &drawing.labels);
        let used = |label: usize| found.used_labels.binary_search(&label).is_ok();
        let first = found.used_labels.first().copied().unwrap_or(0).min(own);
        let unused = |labels: std::ops::Range<usize>| -> Vec<&chart::Label> {
            labels.filter(|label| !used(*label)).map(|label| &drawing.labels[label]).collect()
        };
        self.loose_labels(&unused(0..first));
        let single = found.charts.len() == 1;
        let caption = self
            .context()
            .and_then(|context| context.figure)
            .and_then(|first| self.caption_since(first))
            .filter(|caption| caption.whole().is_none_or(|words| !svg::keys::holds_key(words, &drawing.labels[own..])));
        let over = match self.contents.items.last() {
            Some(Item::Block(block)) if matches!(block.kind, BlockKind::Heading) => Some(block.text.clone()),
            _ => None,
        };
        for mut chart in found.charts {
            if single {
                chart.heading = chart.heading.or(over.clone());
                chart.region = region;
                chart.title = chart.title.or_else(|| drawing.title.clone()).or_else(|| caption.clone());
            }
            self.contents.items.push(Item::Chart(chart));
        }
        self.loose_labels(&unused(first..own));
    }

    /// The words that come before a chart in its `figure`, where they are its caption alone.
    fn caption_since(&self, first: usize) -> Option<Text> {
        match self.contents.items.get(first..)? {
            [Item::Block(block)] => Some(block.text.clone()),
            _ => None,
        }
    }

    /// Words of a drawing that stand in no chart.
    fn loose_labels(&mut self, labels: &[&chart::Label]) {
        for words in svg::loose::joined(labels) {
            self.drawn.push(self.contents.items.len());
            if words.stands_out {
                self.push(BlockKind::Headline, 0, Vec::new(), words.text);
            } else {
                self.push(BlockKind::Paragraph, 0, Vec::new(), on_one_line(words.text));
            }
        }
    }

    fn flush(&mut self) {
        let context = self.context().cloned().unwrap_or_default();
        self.flush_as(&context);
    }

    /// Ends the block.
    fn flush_as(&mut self, context: &Context) {
        let inline = std::mem::take(&mut self.inline);
        let small = std::mem::replace(&mut self.small, Small::Unknown);
        if inline.is_empty() {
            return;
        }
        let text = inline.finish();
        if text.string.is_empty() {
            return;
        }
        match context.kind {
            Kind::Term => {
                self.flush_term();
                self.term = Some(text);
                return;
            }
            Kind::Definition => {
                if let Some(term) = self.term.take() {
                    self.definition(term, &text);
                } else {
                    self.lines(text, context, small, BlockKind::List);
                }
                return;
            }
            _ => self.flush_term(),
        }
        match context.kind {
            Kind::Heading => self.push(BlockKind::Heading, context.level, Vec::new(), on_one_line(text)),
            Kind::List => self.lines(text, context, small, BlockKind::List),
            _ => self.lines(text, context, small, BlockKind::Paragraph),
        }
    }

    /// A term and what stands for it: `Intentions to seek asylum: 35,600`.
    fn definition(&mut self, term: Text, text: &Text) {
        if is_figure(&term.string) && !is_figure(&text.string) {
            let mut headline = term;
            headline.append(text, "\n");
            self.push(BlockKind::Headline, 0, Vec::new(), headline);
            return;
        }
        let separator = if term.string.ends_with([':', '?', '.']) { " " } else { ": " };
        let mut whole = term;
        whole.append(text, separator);
        self.push(BlockKind::List, 0, Vec::new(), on_one_line(whole));
    }

    fn flush_term(&mut self) {
        if let Some(term) = self.term.take() {
            self.push(BlockKind::List, 0, Vec::new(), on_one_line(term));
        }
    }

    /// A block that may turn out to be a heading, a note, several notes, or a figure alone.
    fn lines(&mut self, text: Text, context: &Context, small: Small, kind: BlockKind) {
        for text in notes::split(text) {
            let (labels, text) = notes::own_label(text, context.ordinal.as_deref());
            let is_note = !labels.is_empty() || context.note || small == Small::Yes || notes::is_remark(&text.string);
            if context.site_footer && !is_note || context.site_footer && !notes::is_remark(&text.string) && labels.is_empty() {
                continue;
            }
            let text = on_one_line(text);
            if let (Kind::Caption, Some(first)) = (context.kind, context.figure)
                && let Some([Item::Chart(chart)]) = self.contents.items.get_mut(first..)
            {
                chart.title = chart.title.take().or_else(|| Some(text.clone()));
            }
            if is_figure(&text.string) && labels.is_empty() {
                self.push(BlockKind::Headline, 0, Vec::new(), text);
            } else if is_note {
                self.push(BlockKind::Note, 0, labels, text);
            } else if kind == BlockKind::Paragraph && context.kind != Kind::Caption && is_bold_heading(&text) {
                self.push(BlockKind::Heading, 0, Vec::new(), text);
            } else {
                self.push(kind, 0, Vec::new(), text);
            }
        }
    }

    fn push(&mut self, kind: BlockKind, level: u8, labels: Vec<String>, text: Text) {
        let Some(region) = text.whole() else { return };
        self.contents.items.push(Item::Block(Block {
            kind,
            level,
            labels,
            text,
            region,
        }));
    }
}

/// The text with its line breaks as spaces.
fn on_one_line(mut text: Text) -> Text {
    if text.string.contains('\n') {
        text.string = text.string.replace('\n', " ");
    }
    text
}

/// Whether a paragraph is set as a heading: short, all bold, and neither a sentence nor a figure with its words.
fn is_bold_heading(text: &Text) -> bool {
    let words = text.string.trim_end();
    let bold = text
        .pieces
        .iter()
        .all(|piece| piece.bold || text.string[piece.range.clone()].trim().is_empty());
    let first = words.split_whitespace().next().unwrap_or_default();
    bold && words.len() <= LONGEST_HEADING
        && words.contains(char::is_alphabetic)
        && !words.ends_with(['.', ';', ','])
        && !(is_figure(first) || is_figure(words.split(": ").nth(1).unwrap_or_default()))
}
