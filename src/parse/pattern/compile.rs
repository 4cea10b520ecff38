//! A written phrase to its nodes, or to what is wrong with it and where.

use super::{
    super::annotated::{fold_word, tokens},
    Node, PhraseError, Slot,
};

/// Where the reading of a phrase stands.
pub(super) struct Reader<'a> {
    written: &'a str,
    /// Byte of the phrase.
    pub(super) at: usize,
    depth: u32,
}

/// How deep brackets may nest.
const DEPTH: u32 = 12;

impl<'a> Reader<'a> {
    /// At the start of a phrase.
    pub(super) fn new(written: &'a str) -> Self {
        Self { written, at: 0, depth: 0 }
    }

    pub(super) fn error(&self, message: impl Into<String>) -> PhraseError {
        PhraseError {
            at: self.at,
            message: message.into(),
        }
    }

    /// Reads nodes up to one of the closing characters, or a `/` at the top.
    pub(super) fn sequence(&mut self, closing: &[char], top: bool) -> Result<Vec<Node>, PhraseError> {
        self.depth += 1;
        if self.depth > DEPTH {
            return Err(self.error("brackets nest too deep"));
        }
        let mut nodes = Vec::new();
        while let Some(character) = self.written[self.at..].chars().next() {
            if closing.contains(&character) || (top && character == '/') {
                break;
            }
            match character {
                '{' => nodes.push(self.slot()?),
                '[' => {
                    let branches = self.branches(']', "[")?;
                    nodes.push(Node::Optional(vec![Node::Alternatives(branches)]));
                }
                '(' => {
                    let branches = self.branches(')', "(")?;
                    nodes.push(Node::Alternatives(branches));
                }
                ']' | ')' | '}' | '|' => return Err(self.error(format!("`{character}` without its opening"))),
                _ if self.written[self.at..].starts_with("...") || character == '…' => {
                    self.at += 3;
                    nodes.push(Node::Gap);
                }
                _ if character.is_alphanumeric() => self.words(&mut nodes),
                _ => self.at += character.len_utf8(),
            }
        }
        self.depth -= 1;
        Ok(nodes)
    }

    /// Reads what stands between brackets, parted by `|`.
    fn branches(&mut self, closing: char, opening: &str) -> Result<Vec<Vec<Node>>, PhraseError> {
        let open = self.at;
        let mut branches = Vec::new();
        loop {
            self.at += 1;
            branches.push(self.sequence(&['|', closing], false)?);
            if !self.written[self.at..].starts_with('|') {
                break;
            }
        }
        self.close(closing, open, opening)?;
        Ok(branches)
    }

    fn close(&mut self, character: char, open: usize, opening: &str) -> Result<(), PhraseError> {
        if self.written[self.at..].starts_with(character) {
            self.at += 1;
            return Ok(());
        }
        Err(PhraseError {
            at: open,
            message: format!("`{opening}` is not closed"),
        })
    }

    fn slot(&mut self) -> Result<Node, PhraseError> {
        let rest = &self.written[self.at..];
        let Some(end) = rest.find('}') else {
            return Err(self.error("`{` is not closed"));
        };
        let name = rest[1..end].trim();
        let Some((_, slot)) = Slot::ALL.iter().find(|(known, _)| *known == name) else {
            let known: Vec<_> = Slot::ALL.iter().map(|(known, _)| format!("{{{known}}}")).collect();
            return Err(self.error(format!("unknown slot `{{{name}}}`; there are {}", known.join(", "))));
        };
        self.at += end + 1;
        Ok(Node::Slot(*slot))
    }

    fn words(&mut self, nodes: &mut Vec<Node>) {
        let rest = &self.written[self.at..];
        let end = rest.find(|character: char| !character.is_alphanumeric()).unwrap_or(rest.len());
        let (start, word) = (self.at, &rest[..end]);
        self.at += end;
        let prefix = self.written[self.at..].starts_with('*');
        self.at += usize::from(prefix);
        let words: Vec<_> = tokens(word).into_iter().map(|token| token.folded.to_string()).collect();
        let last = words.len().saturating_sub(1);
        debug_assert!(start < self.at, "a word has letters");
        nodes.extend(words.into_iter().enumerate().map(|(index, folded)| Node::Word {
            folded: fold_word(&folded),
            prefix: prefix && index == last,
        }));
    }
}
