//! HTML to the tree a browser builds, in which every tag and every character knows its bytes.
//!
//! html5ever knows no byte places, so the tokenizer is fed in pieces cut before each `<` and after each `>`: a token that is
//! no text then ends where the piece ends, and starts where the token before it ended. Text is matched with the source
//! character by character (see `characters`), which also holds where an entity without semicolon is resolved only after the
//! next tag has begun. The tree itself is scraper's; a table beside it keeps the places.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::ops::Range;
use std::time::{Duration, Instant};

use ego_tree::NodeId;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{BufferQueue, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};
use html5ever::tree_builder::{TreeBuilder, TreeBuilderOpts};
use html5ever::{LocalName, TokenizerResult};
use scraper::Html;

use super::characters::{Entities, Segment, segments};
use super::places::{ByNode, Ending, Kind, Opened, Places, Run};
use crate::input::{InputError, Limits};

/// Elements and text runs a page may have. A report has thousands; misnested tags can multiply without end.
const MOST_NODES: usize = 2_000_000;

/// Attributes a tag may have; looking for doubles takes time by their square.
const MOST_ATTRIBUTES: usize = 250;

/// Bytes of a tag from which on its attributes are counted.
const LONG_TAG: usize = 2 << 10;

/// What opens a section of plain characters in a drawing.
const CDATA: &str = "<![CDATA[";
/// What closes it.
const CDATA_END: &str = "]]>";

/// Longest piece fed at once.
const LONGEST_PIECE: usize = 64 << 10;

/// A page as a tree, with places.
#[derive(Debug)]
pub(super) struct Tree {
    /// The browser's tree.
    pub(super) html: Html,
    /// Bytes of the start tag of every element that has one.
    pub(super) tags: ByNode<Range<usize>>,
    /// The characters of every text node.
    pub(super) texts: ByNode<Vec<Segment>>,
    /// What is not as it should be, and was read all the same.
    pub(super) repairs: Vec<String>,
    /// What was cut off.
    pub(super) losses: Vec<String>,
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
        in_section: Cell::default(),
        ignored: RefCell::default(),
        opened: Cell::default(),
        builder,
    };
    let tokenizer = Tokenizer::new(tokens, options);
    let deadline = Instant::now() + Duration::from_secs(limits.seconds);
    let queue = BufferQueue::default();
    // Pieces share one buffer, so none is copied.
    let whole = StrTendril::from(source);
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
        queue.push_back(piece(&whole, at..end));
        while !matches!(tokenizer.feed(&queue), TokenizerResult::Done) {}
        at = end;
        if tokenizer.sink.builder.sink.nodes.get() > MOST_NODES {
            return Err(over(format!("the page has more than {MOST_NODES} elements and runs of text")));
        }
        if number % 4096 == 0 && Instant::now() > deadline {
            return Err(InputError::OverTime { seconds: limits.seconds });
        }
    }
    tokenizer.sink.builder.sink.ending.replace(Ending::Waiting);
    tokenizer.end();
    let opened = tokenizer.sink.opened.get();
    let places = tokenizer.sink.builder.sink;
    Ok(places.into_tree(source, opened))
}

/// Part of the source, sharing its buffer.
fn piece(whole: &StrTendril, range: Range<usize>) -> StrTendril {
    match (u32::try_from(range.start), u32::try_from(range.len())) {
        (Ok(start), Ok(length)) => whole.subtendril(start, length),
        _ => StrTendril::from(&whole[range]),
    }
}

fn over(cause: String) -> InputError {
    InputError::OverLimit { cause }
}

/// The end of the next piece to feed.
fn piece_end(source: &str, at: usize) -> usize {
    let rest = &source.as_bytes()[at..source.len().min(at + LONGEST_PIECE)];
    let cut = match rest {
        [b'>', ..] => Some(1),
        [_, behind @ ..] => memchr::memchr2(b'<', b'>', behind).map(|index| index + 1 + usize::from(behind[index] == b'>')),
        [] => None,
    };
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
            None if before == b'=' && matches!(byte, b'"' | b'\'') => quote = Some(byte),
            None if (before.is_ascii_whitespace() || matches!(before, b'/' | b'"' | b'\'')) && !byte.is_ascii_whitespace() && byte != b'=' => {
                count += 1;
            }
            _ => {}
        }
        if quote.is_some() || !(before == b'=' && byte.is_ascii_whitespace()) {
            before = byte;
        }
    }
    count
}

/// Stands between tokenizer and tree builder and tells the places of tokens.
struct Tokens<'a> {
    source: &'a str,
    /// The end of the last token.
    cursor: Cell<usize>,
    /// The end of what the tokenizer was given.
    fed: Cell<usize>,
    entities: Cell<Entities>,
    /// Inside `<![CDATA[`.
    in_section: Cell<bool>,
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
        let start = if self.in_section.get() && self.source[start..].starts_with(CDATA_END) {
            self.in_section.set(false);
            self.entities.set(Entities::Decoded);
            self.cursor.set(start + CDATA_END.len());
            start + CDATA_END.len()
        } else {
            start
        };
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
                // Drawings print it as a replacement character; elsewhere it is dropped.
                let end = (start + 1).min(self.source.len());
                self.cursor.set(end);
                let text = StrTendril::from("\u{fffd}");
                places.runs.borrow_mut().push_back(Run {
                    text: text.clone(),
                    segments: vec![Segment {
                        start,
                        end,
                        stands_for: Some(text),
                    }],
                    used: 0,
                });
                places.nodes.set(places.nodes.get() + 1);
                let result = self.builder.process_token(token, line_number);
                places.runs.borrow_mut().pop_back();
                return result;
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
        let in_drawing = self.builder.adjusted_current_node_present_but_not_in_html_namespace();
        // Asked only to know whether `<![CDATA[` opens a section: then no token tells of it.
        let start = self.cursor.get();
        if in_drawing && self.source[start..self.fed.get()].starts_with(CDATA) {
            self.cursor.set(start + CDATA.len());
            self.entities.set(Entities::Verbatim);
            self.in_section.set(true);
        }
        in_drawing
    }
}
