//! Figures and captions in paragraphs of their own, one under the other, put together.
//!
//! Pages made from plain text print a tile as two paragraphs. They are joined only where at least two figures and as many
//! captions take turns without exception between headings, sentences and tables: a single pair may be a figure that ends
//! one section and the unmarked title of the next.

use crate::layout::{Block, BlockKind, Item};

/// Bytes of a caption at most.
const LONGEST_CAPTION: usize = 120;

/// What an item is in a run of figures and captions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Turn {
    Figure,
    Caption,
    Neither,
}

/// Joins the pairs among items. `loose` are numbers of items, ascending, that must stay as they are.
pub(super) fn joined(items: Vec<Item>, loose: &[usize]) -> Vec<Item> {
    let turns: Vec<Turn> = items
        .iter()
        .enumerate()
        .map(|(number, item)| {
            if loose.binary_search(&number).is_ok() {
                Turn::Neither
            } else {
                turn(item)
            }
        })
        .collect();
    // For each item, whether it is joined with the one after it.
    let mut pairs = vec![false; items.len()];
    let mut start = 0;
    while start < turns.len() {
        let length = turns[start..].iter().take_while(|turn| **turn != Turn::Neither).count();
        let run = &turns[start..start + length];
        if length >= 4 && length.is_multiple_of(2) && run.windows(2).all(|pair| pair[0] != pair[1]) {
            for pair in (start..start + length).step_by(2) {
                pairs[pair] = true;
            }
        }
        start += length.max(1);
    }
    let mut found: Vec<Item> = Vec::with_capacity(items.len());
    let mut first: Option<Block> = None;
    for (item, pair) in items.into_iter().zip(pairs) {
        match (item, first.take()) {
            (Item::Block(block), None) if pair => first = Some(block),
            (Item::Block(second), Some(first)) => found.push(Item::Block(headline(first, second))),
            (item, _) => found.push(item),
        }
    }
    found
}

fn turn(item: &Item) -> Turn {
    let Item::Block(block) = item else { return Turn::Neither };
    let words = &block.text.string;
    match block.kind {
        BlockKind::Headline if !words.contains('\n') => Turn::Figure,
        BlockKind::Paragraph if words.len() <= LONGEST_CAPTION && words.contains(char::is_alphabetic) && !words.ends_with(['.', ';']) => {
            Turn::Caption
        }
        _ => Turn::Neither,
    }
}

fn headline(first: Block, second: Block) -> Block {
    let (mut figure, caption) = if first.kind == BlockKind::Headline {
        (first, second)
    } else {
        (second, first)
    };
    figure.text.append(&caption.text, "\n");
    figure.region = figure.region.union(caption.region);
    figure
}
