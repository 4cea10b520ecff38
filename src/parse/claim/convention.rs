//! All figures of a document to how it writes them: what proves that a figure is not grouped as it should be.

use crate::layout::{Document, Item, Text};

/// How often a document writes numbers in one way or the other.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Evidence {
    /// `7,900`
    comma_groups: usize,
    /// `7.900`
    stop_groups: usize,
    /// `3,4%`, `12,5`
    comma_decimals: usize,
    /// `3.4`
    stop_decimals: usize,
}

impl Evidence {
    /// Counts the ways in all texts of a document.
    pub(super) fn of(document: &Document) -> Self {
        let mut evidence = Self::default();
        for item in document.pages.iter().flat_map(|page| &page.items) {
            match item {
                Item::Block(block) => evidence.read(&block.text),
                Item::Table(table) => table.cells.iter().for_each(|cell| evidence.read(&cell.text)),
                Item::Chart(_) => {}
            }
        }
        evidence
    }

    fn read(&mut self, text: &Text) {
        let bytes = text.string.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            if !bytes[at].is_ascii_digit()
                || (at > 0 && (bytes[at - 1].is_ascii_alphanumeric() || matches!(bytes[at - 1], b'.' | b',' | b'/' | b'-')))
            {
                at += 1;
                continue;
            }
            let end = at
                + bytes[at..]
                    .iter()
                    .take_while(|byte| byte.is_ascii_digit() || matches!(byte, b',' | b'.'))
                    .count();
            let run = text.string[at..end].trim_end_matches([',', '.']);
            if run.contains([',', '.']) {
                self.count(run);
            }
            at = end.max(at + 1);
        }
    }

    fn count(&mut self, run: &str) {
        let in_threes = |mark: char| {
            let mut groups = run.split(mark);
            let first = groups.next().unwrap_or_default();
            let rest: Vec<&str> = groups.collect();
            (1..=3).contains(&first.len())
                && !first.starts_with('0')
                && !rest.is_empty()
                && rest
                    .iter()
                    .all(|group| group.len() == 3 && group.bytes().all(|byte| byte.is_ascii_digit()))
        };
        let decimals = |mark: char| {
            run.split_once(mark)
                .is_some_and(|(whole, rest)| whole.len() <= 3 && (1..=2).contains(&rest.len()) && rest.bytes().all(|byte| byte.is_ascii_digit()))
        };
        self.comma_groups += usize::from(in_threes(','));
        self.stop_groups += usize::from(in_threes('.'));
        self.comma_decimals += usize::from(decimals(','));
        self.stop_decimals += usize::from(decimals('.'));
    }

    /// Whether the document writes `7.900` and `3,4`, as no text in English does.
    pub(super) fn is_foreign(self) -> bool {
        self.stop_groups + self.comma_decimals > self.comma_groups + self.stop_decimals
    }

    /// Whether thousands are grouped with commas.
    pub(super) fn groups_thousands(self) -> bool {
        self.comma_groups > 0
    }

    /// Whether a faulty figure is one in this document: where thousands stand behind commas, `25,4433` and `1.234` cannot be meant.
    pub(super) fn proves(self, fault: &str) -> bool {
        let grouping =
            fault.bytes().all(|byte| byte.is_ascii_digit() || !byte.is_ascii_alphanumeric()) && fault.contains([',', '.']) && !fault.contains('%');
        // `2.000` alone may be two with three decimals, or a citation in another language.
        let one_stop = !fault.contains(',') && fault.matches('.').count() == 1;
        !grouping || (!one_stop && self.comma_groups >= 2 && self.comma_decimals <= 1 && self.stop_groups <= 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::{Block, BlockKind, Page, Region};

    fn of(string: &str) -> Evidence {
        let region = Region::Bytes { start: 0, end: string.len() };
        let mut text = Text::default();
        text.push(string, region, false);
        let block = Block {
            kind: BlockKind::Paragraph,
            level: 0,
            labels: Vec::new(),
            text,
            region,
        };
        let page = Page {
            number: 1,
            items: vec![Item::Block(block)],
            ..Page::default()
        };
        Evidence::of(&Document {
            pages: vec![page],
            ..Document::default()
        })
    }

    #[test]
    fn a_document_tells_how_it_writes_numbers() {
        assert!(of("In all 7.900 arrived, 3,4% more than the 7.640 before.").is_foreign());
        assert!(!of("In all 7,900 arrived, 3.4% more than the 7,640 before.").is_foreign());
        assert!(of("In all 7,900 arrived, and 7,640 left.").proves("25,4433"));
        assert!(!of("In all 7,900 arrived, and 7,640 left.").proves("2.000"));
        assert!(!of("Only 25,4433 arrived.").proves("25,4433"));
        assert!(!of("Weights of 7,90 and 7,64 and 1,230 and 1,240.").proves("12,34"));
        assert!(of("No figure at all.").proves("31 April"));
    }
}
