//! HTML to the tree a browser builds, in which every tag and every character knows its bytes.
//!
//! html5ever knows no byte places, so the tokenizer is fed in pieces cut before each `<` and after each `>`: a token that is
//! no text then ends where the piece ends, and starts where the token before it ended. Text is matched with the source
//! character by character (see `characters`), which also holds where an entity without semicolon is resolved only after the
//! next tag has begun. The tree itself is scraper's; a table beside it keeps the places.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::collections::{HashMap, VecDeque};
use std::ops::Range;
use std::time::{Duration, Instant};

use ego_tree::NodeId;
use html5ever::interface::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{BufferQueue, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};
use html5ever::tree_builder::{TreeBuilder, TreeBuilderOpts};
use html5ever::{Attribute, LocalName, QualName, TokenizerResult};
use scraper::{Html, HtmlTreeSink};

use super::characters::{Entities, Segment, segments};
use crate::input::{InputError, Limits};

/// Elements and text runs a page may have. A report has thousands; misnested tags can multiply without end.
const MOST_NODES: usize = 2_000_000;

/// Attributes a tag may have; looking for doubles takes time by their square.
const MOST_ATTRIBUTES: usize = 250;

/// Bytes of a tag from which on its attributes are counted.
const LONG_TAG: usize = 2 << 10;

/// Longest piece fed at once.
const LONGEST_PIECE: usize = 64 << 10;

/// A page as a tree, with places.
#[derive(Debug)]
pub(super) struct Tree {
    /// The browser's tree.
    pub(super) html: Html,
    /// Bytes of the start tag of every element that has one.
    pub(super) tags: HashMap<NodeId, Range<usize>>,
    /// The characters of every text node.
    pub(super) texts: HashMap<NodeId, Vec<Segment>>,
    /// What was cut off or left out.
    pub(super) repairs: Vec<String>,
}

/// Builds the tree.
pub(super) fn tree(source: &str, limits: &Limits) -> Result<Tree, InputError> {
    let places = Places::new(limits.depth);
    let builder = TreeBuilder::new(places, TreeBuilderOpts::default());
    let options = TokenizerOpts {
        discard_bom: false,
        ..TokenizerOpts::default()
    };
    let skipped = if source.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let tokens = Tokens {
        source,
        cursor: Cell::new(skipped),
        fed: Cell::new(skipped),
        entities: Cell::new(Entities::Decoded),
        ignored: RefCell::default(),
        opened: Cell::default(),
        builder,
    };
    let tokenizer = Tokenizer::new(tokens, options);
    let deadline = Instant::now() + Duration::from_secs(limits.seconds);
    let queue = BufferQueue::default();
    let (mut at, mut tag_checked) = (skipped, LONG_TAG);
    for number in 0_usize.. {
        if at == source.len() {
            break;
        }
        let end = piece_end(source, at);
        let cursor = tokenizer.sink.cursor.get();
        if end - cursor <= LONG_TAG {
            tag_checked = LONG_TAG;
        } else if end - cursor > tag_checked {
            tag_checked = 2 * (end - cursor);
            if attributes(&source[cursor..end]) > MOST_ATTRIBUTES {
                return Err(over(format!("a tag has more than {MOST_ATTRIBUTES} attributes")));
            }
        }
        tokenizer.sink.fed.set(end);
        queue.push_back(StrTendril::from(&source[at..end]));
        while !matches!(tokenizer.feed(&queue), TokenizerResult::Done) {}
        at = end;
        if tokenizer.sink.builder.sink.nodes.get() > MOST_NODES {
            return Err(over(format!("the page has more than {MOST_NODES} elements and runs of text")));
        }
        if number % 4096 == 0 && Instant::now() > deadline {
            return Err(over(format!("the page takes more than {} seconds", limits.seconds)));
        }
    }
    tokenizer.sink.builder.sink.ending.set(Ending::Waiting);
    tokenizer.end();
    let opened = tokenizer.sink.opened.get();
    let places = tokenizer.sink.builder.sink;
    Ok(places.into_tree(source, &opened))
}

fn over(cause: String) -> InputError {
    InputError::OverLimit { cause }
}

/// The end of the next piece to feed.
fn piece_end(source: &str, at: usize) -> usize {
    let rest = &source.as_bytes()[at..source.len().min(at + LONGEST_PIECE)];
    let cut = rest.iter().enumerate().find_map(|(index, byte)| match byte {
        b'>' => Some(index + 1),
        b'<' if index > 0 => Some(index),
        _ => None,
    });
    let mut end = at + cut.unwrap_or(rest.len());
    while !source.is_char_boundary(end) {
        end -= 1;
    }
    end
}

/// How many attributes an unfinished tag has; 0 for what is no tag.
fn attributes(tag: &str) -> usize {
    let mut bytes = tag.bytes().peekable();
    if bytes.next() != Some(b'<') || bytes.next_if_eq(&b'/').is_none() && !bytes.peek().is_some_and(u8::is_ascii_alphabetic) {
        return 0;
    }
    let (mut count, mut quote, mut before) = (0, None, b'a');
    for byte in bytes {
        match quote {
            Some(open) if open == byte => quote = None,
            Some(_) => {}
            None if before == b'=' && matches!(byte, b'"' | b'\'') => quote = Some(byte),
            None if (before.is_ascii_whitespace() || matches!(before, b'/' | b'"' | b'\'')) && !byte.is_ascii_whitespace() && byte != b'=' => {
                count += 1
            }
            None => {}
        }
        if quote.is_some() || !(before == b'=' && byte.is_ascii_whitespace()) {
            before = byte;
        }
    }
    count
}

/// What the end of the page tells about whether it is whole.
#[derive(Debug, Clone, Copy, Default)]
struct Opened {
    /// An `<html>` tag stands in the source.
    html: bool,
    /// So does `</html>` or `</body>`.
    closed: bool,
    /// The source ends inside a tag, comment or declaration.
    unfinished_tag: bool,
}

/// Stands between tokenizer and tree builder and tells the places of tokens.
struct Tokens<'a> {
    source: &'a str,
    /// The end of the last token.
    cursor: Cell<usize>,
    /// The end of what the tokenizer was given.
    fed: Cell<usize>,
    entities: Cell<Entities>,
    /// Start tags left out for depth, whose end tags must be left out too.
    ignored: RefCell<HashMap<LocalName, usize>>,
    opened: Cell<Opened>,
    builder: TreeBuilder<NodeId, Places>,
}

impl Tokens<'_> {
    /// Whether a tag is to be left out because it would nest too deep, or ends one that was.
    ///
    /// Elements of raw text are let through: they hold no others, and their text must not become the page's.
    fn is_too_deep(&self, kind: TagKind, name: &LocalName) -> bool {
        let places = &self.builder.sink;
        if matches!(
            &**name,
            "script" | "style" | "title" | "textarea" | "xmp" | "iframe" | "noembed" | "noframes" | "plaintext"
        ) {
            return false;
        }
        match kind {
            TagKind::StartTag => {
                if places.deep.get() {
                    *self.ignored.borrow_mut().entry(name.clone()).or_default() += 1;
                    places.too_deep.set(true);
                }
                places.deep.get()
            }
            TagKind::EndTag => match self.ignored.borrow_mut().get_mut(name) {
                Some(count) if *count > 0 => {
                    *count -= 1;
                    true
                }
                _ => {
                    places.deep.set(false);
                    false
                }
            },
        }
    }
}

impl TokenSink for Tokens<'_> {
    type Handle = NodeId;

    fn process_token(&self, token: Token, line_number: u64) -> TokenSinkResult<NodeId> {
        let places = &self.builder.sink;
        let start = self.cursor.get();
        match &token {
            Token::CharacterTokens(text) => {
                let (found, end) = segments(self.source, start, self.fed.get(), text, self.entities.get());
                self.cursor.set(end);
                places.nodes.set(places.nodes.get() + found.len());
                places.runs.borrow_mut().push_back(Run {
                    text: text.clone(),
                    segments: found,
                    used: 0,
                });
                places.token.set(Kind::Characters);
                let result = self.builder.process_token(token, line_number);
                let mut runs = places.runs.borrow_mut();
                if runs.back().is_some_and(|run| run.used >= run.text.len()) {
                    runs.pop_back();
                }
                return result;
            }
            Token::NullCharacterToken => {
                self.cursor.set((start + 1).min(self.source.len()));
                return self.builder.process_token(token, line_number);
            }
            Token::ParseError(_) => return self.builder.process_token(token, line_number),
            Token::TagToken(tag) => {
                self.cursor.set(self.fed.get());
                self.entities.set(Entities::Decoded);
                let opened = self.opened.get();
                self.opened.set(match (tag.kind, &*tag.name) {
                    (TagKind::StartTag, "html") => Opened { html: true, ..opened },
                    (TagKind::EndTag, "html" | "body") => Opened { closed: true, ..opened },
                    _ => opened,
                });
                if self.is_too_deep(tag.kind, &tag.name) {
                    return TokenSinkResult::Continue;
                }
            }
            Token::CommentToken(_) | Token::DoctypeToken(_) | Token::EOFToken => {
                let end = self.fed.get();
                let unfinished = match token {
                    Token::EOFToken => start < end,
                    _ => !self.source[..end].ends_with('>'),
                };
                if unfinished {
                    self.opened.set(Opened {
                        unfinished_tag: true,
                        ..self.opened.get()
                    });
                }
                self.cursor.set(end);
            }
        }
        places.token.set(Kind::Tag {
            start,
            end: self.cursor.get(),
        });
        let result = self.builder.process_token(token, line_number);
        places.token.set(Kind::Characters);
        places.runs.borrow_mut().clear();
        let raw = matches!(
            result,
            TokenSinkResult::RawData(RawKind::Rawtext | RawKind::ScriptData | RawKind::ScriptDataEscaped(_)) | TokenSinkResult::Plaintext
        );
        if raw {
            self.entities.set(Entities::Verbatim);
        }
        result
    }

    fn end(&self) {
        self.builder.end();
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.builder.adjusted_current_node_present_but_not_in_html_namespace()
    }
}

/// The token in hand.
#[derive(Debug, Clone, Copy)]
enum Kind {
    Characters,
    Tag { start: usize, end: usize },
}

/// Text on its way to the tree; text in tables waits for the next tag.
struct Run {
    text: StrTendril,
    segments: Vec<Segment>,
    /// Bytes of `text` that have arrived.
    used: usize,
}

/// Which element the page ends in.
#[derive(Debug, Clone)]
enum Ending {
    /// The page goes on.
    Running,
    /// The first element closed from now on is the one.
    Waiting,
    /// This one.
    In(String),
}

/// scraper's tree with the table of places beside it.
struct Places {
    tree: HtmlTreeSink,
    tags: RefCell<HashMap<NodeId, Range<usize>>>,
    depths: RefCell<HashMap<NodeId, u32>>,
    texts: RefCell<HashMap<NodeId, Vec<Segment>>>,
    runs: RefCell<VecDeque<Run>>,
    token: Cell<Kind>,
    nodes: Cell<usize>,
    depth_limit: u32,
    /// The last element stands as deep as any may.
    deep: Cell<bool>,
    too_deep: Cell<bool>,
    ending: EndingCell,
}

/// A cell for [`Ending`].
struct EndingCell(RefCell<Ending>);

impl EndingCell {
    fn set(&self, ending: Ending) {
        *self.0.borrow_mut() = ending;
    }
}

impl Places {
    fn new(depth_limit: u32) -> Self {
        Self {
            tree: HtmlTreeSink::new(Html::new_document()),
            tags: RefCell::default(),
            depths: RefCell::default(),
            texts: RefCell::default(),
            runs: RefCell::default(),
            token: Cell::new(Kind::Characters),
            nodes: Cell::default(),
            depth_limit,
            deep: Cell::default(),
            too_deep: Cell::default(),
            ending: EndingCell(RefCell::new(Ending::Running)),
        }
    }

    fn into_tree(self, source: &str, opened: &Opened) -> Tree {
        let mut texts = self.texts.into_inner();
        let mut repairs = Vec::new();
        if self.too_deep.get() {
            repairs.push(format!(
                "elements nested deeper than {} were read as part of those around them",
                self.depth_limit
            ));
        }
        let innermost = match self.ending.0.into_inner() {
            Ending::In(name) if !matches!(name.as_str(), "html" | "body") => Some(name),
            _ => None,
        };
        if opened.unfinished_tag {
            repairs.push("the HTML ends inside a tag or comment".to_owned());
        } else if let (Some(name), true, false) = (innermost, opened.html, opened.closed) {
            if cut_last_word(source, &mut texts) {
                repairs.push(format!("the HTML ends inside <{name}>, in the middle of a word that was left out"));
            } else {
                repairs.push(format!("the HTML ends inside <{name}>"));
            }
        }
        Tree {
            html: self.tree.finish(),
            tags: self.tags.into_inner(),
            texts,
            repairs,
        }
    }

    fn note_depth(&self, node: NodeId, beside: NodeId, more: u32) {
        let mut depths = self.depths.borrow_mut();
        let depth = depths.get(&beside).copied().unwrap_or(0) + more;
        depths.insert(node, depth);
        self.deep.set(depth >= self.depth_limit);
    }

    /// Gives the text that has just arrived its segments.
    fn note_text(&self, node: NodeId, text: &str) {
        let mut runs = self.runs.borrow_mut();
        if matches!(self.token.get(), Kind::Tag { .. }) {
            while runs.front().is_some_and(|run| !run.text[run.used..].contains(text)) {
                runs.pop_front();
            }
        }
        let run = match self.token.get() {
            Kind::Characters => runs.back_mut(),
            Kind::Tag { .. } => runs.front_mut(),
        };
        let Some(run) = run else { return };
        let Some(offset) = run.text[run.used..].find(text).map(|offset| run.used + offset) else {
            return;
        };
        run.used = offset + text.len();
        let mut texts = self.texts.borrow_mut();
        let held = texts.entry(node).or_default();
        if offset == 0 && text.len() == run.text.len() {
            held.append(&mut run.segments);
        } else {
            held.extend(part(&run.segments, offset..run.used));
        }
    }
}

/// The segments of some bytes of the characters.
fn part(segments: &[Segment], range: Range<usize>) -> Vec<Segment> {
    let mut at = 0;
    let mut found = Vec::new();
    for segment in segments {
        let length = segment
            .stands_for
            .as_ref()
            .map_or(segment.end - segment.start, |characters| characters.len());
        let (first, last) = (range.start.max(at), range.end.min(at + length));
        if first < last {
            found.push(match &segment.stands_for {
                None => Segment {
                    start: segment.start + first - at,
                    end: segment.start + last - at,
                    stands_for: None,
                },
                Some(characters) => Segment {
                    stands_for: Some(StrTendril::from(&characters[first - at..last - at])),
                    ..segment.clone()
                },
            });
        }
        at += length;
    }
    found
}

/// Takes the last word away where the source breaks off in it: `7,9` may have been `7,900`.
fn cut_last_word(source: &str, texts: &mut HashMap<NodeId, Vec<Segment>>) -> bool {
    let is_part = |character: char| !character.is_whitespace() && !matches!(character, '<' | '>');
    let start = source
        .rfind(|character| !is_part(character))
        .map_or(0, |at| at + source[at..].chars().next().map_or(1, char::len_utf8));
    if start == source.len() {
        return false;
    }
    let last = texts
        .values_mut()
        .find(|segments| segments.last().is_some_and(|segment| segment.end == source.len()));
    let Some(segments) = last else { return false };
    segments.retain_mut(|segment| {
        if segment.stands_for.is_none() {
            segment.end = segment.end.min(start).max(segment.start);
        }
        segment.start < segment.end && segment.start < start
    });
    true
}

impl TreeSink for Places {
    type Handle = NodeId;
    type Output = Self;
    type ElemName<'a> = <HtmlTreeSink as TreeSink>::ElemName<'a>;

    fn finish(self) -> Self {
        self
    }

    fn parse_error(&self, _message: Cow<'static, str>) {}

    fn get_document(&self) -> NodeId {
        self.tree.get_document()
    }

    fn elem_name<'a>(&'a self, target: &'a NodeId) -> Self::ElemName<'a> {
        self.tree.elem_name(target)
    }

    fn create_element(&self, name: QualName, attributes: Vec<Attribute>, flags: ElementFlags) -> NodeId {
        let node = self.tree.create_element(name, attributes, flags);
        self.nodes.set(self.nodes.get() + 1);
        if let Kind::Tag { start, end } = self.token.get() {
            self.tags.borrow_mut().insert(node, start..end);
        }
        node
    }

    fn create_comment(&self, _text: StrTendril) -> NodeId {
        self.nodes.set(self.nodes.get() + 1);
        self.tree.create_comment(StrTendril::new())
    }

    fn create_pi(&self, target: StrTendril, data: StrTendril) -> NodeId {
        self.tree.create_pi(target, data)
    }

    fn append(&self, parent: &NodeId, child: NodeOrText<NodeId>) {
        match child {
            NodeOrText::AppendNode(node) => {
                self.note_depth(node, *parent, 1);
                self.tree.append(parent, NodeOrText::AppendNode(node));
            }
            NodeOrText::AppendText(text) => {
                self.tree.append(parent, NodeOrText::AppendText(text.clone()));
                let node = {
                    let tree = self.tree.0.borrow();
                    tree.tree.get(*parent).and_then(|parent| parent.last_child()).map(|node| node.id())
                };
                if let Some(node) = node {
                    self.note_text(node, &text);
                }
            }
        }
    }

    fn append_based_on_parent_node(&self, element: &NodeId, previous: &NodeId, child: NodeOrText<NodeId>) {
        let has_parent = self.tree.0.borrow().tree.get(*element).is_some_and(|node| node.parent().is_some());
        if has_parent {
            self.append_before_sibling(element, child);
        } else {
            self.append(previous, child);
        }
    }

    fn append_doctype_to_document(&self, name: StrTendril, public: StrTendril, system: StrTendril) {
        self.tree.append_doctype_to_document(name, public, system);
    }

    fn pop(&self, node: &NodeId) {
        let mut ending = self.ending.0.borrow_mut();
        if matches!(*ending, Ending::Waiting) {
            *ending = Ending::In(self.tree.elem_name(node).local.to_string());
        }
    }

    fn get_template_contents(&self, target: &NodeId) -> NodeId {
        self.tree.get_template_contents(target)
    }

    fn same_node(&self, one: &NodeId, other: &NodeId) -> bool {
        one == other
    }

    fn set_quirks_mode(&self, mode: QuirksMode) {
        self.tree.set_quirks_mode(mode);
    }

    fn append_before_sibling(&self, sibling: &NodeId, child: NodeOrText<NodeId>) {
        match child {
            NodeOrText::AppendNode(node) => {
                self.note_depth(node, *sibling, 0);
                self.tree.append_before_sibling(sibling, NodeOrText::AppendNode(node));
            }
            NodeOrText::AppendText(text) => {
                self.tree.append_before_sibling(sibling, NodeOrText::AppendText(text.clone()));
                let node = {
                    let tree = self.tree.0.borrow();
                    tree.tree.get(*sibling).and_then(|sibling| sibling.prev_sibling()).map(|node| node.id())
                };
                if let Some(node) = node {
                    self.note_text(node, &text);
                }
            }
        }
    }

    fn add_attrs_if_missing(&self, target: &NodeId, attributes: Vec<Attribute>) {
        self.tree.add_attrs_if_missing(target, attributes);
    }

    fn remove_from_parent(&self, target: &NodeId) {
        self.tree.remove_from_parent(target);
    }

    fn reparent_children(&self, node: &NodeId, new_parent: &NodeId) {
        self.tree.reparent_children(node, new_parent);
    }
}
