//! Footnotes: which note explains a mark.

use super::outline::{Node, Outline};
use crate::layout::BlockKind;

/// The texts of the notes that explain marks, each once, in the order of the marks.
pub(super) fn notes(outline: &Outline<'_>, marks: &[(String, usize)]) -> Vec<String> {
    let mut texts: Vec<String> = Vec::new();
    for note in nodes(outline, marks) {
        if let Some((_, words)) = outline.nodes[note].block() {
            let text = words.string().split_whitespace().collect::<Vec<_>>().join(" ");
            if !text.is_empty() && !texts.contains(&text) {
                texts.push(text);
            }
        }
    }
    texts
}

/// The notes that explain marks.
///
/// A mark is explained by the next note with its label on its page, else by the nearest one of the document.
pub(super) fn nodes(outline: &Outline<'_>, marks: &[(String, usize)]) -> Vec<usize> {
    let note = |(label, node): &(String, usize)| {
        let page = outline.nodes.get(*node)?.page;
        let notes = outline.nodes.iter().enumerate().filter(|(_, other)| explains(other, label));
        let nearest = notes.min_by_key(|(index, other)| (other.page.abs_diff(page), *index < *node, index.abs_diff(*node)));
        nearest.map(|(index, _)| index)
    };
    marks.iter().filter_map(note).collect()
}

fn explains(node: &Node<'_>, label: &str) -> bool {
    node.block()
        .is_some_and(|(block, _)| block.kind == BlockKind::Note && block.labels.iter().any(|known| known == label))
}
