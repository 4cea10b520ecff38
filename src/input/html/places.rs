//! scraper's tree with the table of places beside it.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::collections::{HashMap, VecDeque};
use std::hash::{BuildHasherDefault, Hasher};
use std::ops::Range;

use ego_tree::NodeId;
use html5ever::interface::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::StrTendril;
use html5ever::{Attribute, QualName};
use scraper::{Html, HtmlTreeSink};

use super::characters::Segment;
use super::tree::Tree;

/// What the end of the page tells about whether it is whole.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Opened {
    /// An `<html>` tag stands in the source.
    pub(super) html: bool,
    /// So does `</html>` or `</body>`.
    pub(super) closed: bool,
    /// The source ends inside a tag, comment or declaration.
    pub(super) unfinished_tag: bool,
}

/// Something for each node of a tree.
pub(super) type ByNode<T> = HashMap<NodeId, T, BuildHasherDefault<NodeHasher>>;

/// Spreads the numbers of nodes, which come one after the other: no one can choose them to collide.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct NodeHasher(u64);

impl Hasher for NodeHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.write_u64(u64::from(*byte));
        }
    }

    fn write_u64(&mut self, number: u64) {
        // Fibonacci hashing: Knuth, The Art of Computer Programming, volume 3, section 6.4.
        self.0 = (self.0 ^ number).wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(26);
    }

    fn write_usize(&mut self, number: usize) {
        self.write_u64(number as u64);
    }
}

/// The token in hand.
#[derive(Debug, Clone, Copy)]
pub(super) enum Kind {
    Characters,
    Tag { start: usize, end: usize },
}

/// Text on its way to the tree; text in tables waits for the next tag.
pub(super) struct Run {
    pub(super) text: StrTendril,
    pub(super) segments: Vec<Segment>,
    /// Bytes of `text` that have arrived.
    pub(super) used: usize,
}

/// Which element the page ends in.
#[derive(Debug, Clone)]
pub(super) enum Ending {
    /// The page goes on.
    Running,
    /// The first element closed from now on is the one.
    Waiting,
    /// This one.
    In(String),
}

/// scraper's tree with the table of places beside it.
pub(super) struct Places {
    tree: HtmlTreeSink,
    tags: RefCell<ByNode<Range<usize>>>,
    depths: RefCell<ByNode<u32>>,
    texts: RefCell<ByNode<Vec<Segment>>>,
    pub(super) runs: RefCell<VecDeque<Run>>,
    pub(super) token: Cell<Kind>,
    pub(super) nodes: Cell<usize>,
    depth_limit: u32,
    /// The last element stands as deep as any may.
    pub(super) deep: Cell<bool>,
    pub(super) too_deep: Cell<bool>,
    pub(super) ending: RefCell<Ending>,
}

impl Places {
    pub(super) fn new(depth_limit: u32) -> Self {
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
            ending: RefCell::new(Ending::Running),
        }
    }

    pub(super) fn into_tree(self, source: &str, opened: Opened) -> Tree {
        let mut texts = self.texts.into_inner();
        let (mut repairs, mut losses) = (Vec::new(), Vec::new());
        if self.too_deep.get() {
            repairs.push(format!(
                "elements nested deeper than {} were read as part of those around them",
                self.depth_limit
            ));
        }
        let innermost = match self.ending.into_inner() {
            Ending::In(name) if !matches!(name.as_str(), "html" | "body") => Some(name),
            _ => None,
        };
        if opened.unfinished_tag {
            losses.push("the HTML ends inside a tag or comment".to_owned());
        } else if let (Some(name), true, false) = (innermost, opened.html, opened.closed) {
            if cut_last_word(source, &mut texts) {
                losses.push(format!("the HTML ends inside <{name}>, in the middle of a word that was left out"));
            } else {
                losses.push(format!("the HTML ends inside <{name}>"));
            }
        }
        Tree {
            html: self.tree.finish(),
            tags: self.tags.into_inner(),
            texts,
            repairs,
            losses,
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
        let rest = &run.text[run.used..];
        let skipped = if rest.starts_with(text) { Some(0) } else { rest.find(text) };
        let Some(offset) = skipped.map(|skipped| run.used + skipped) else {
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
fn cut_last_word(source: &str, texts: &mut ByNode<Vec<Segment>>) -> bool {
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
        let mut ending = self.ending.borrow_mut();
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
