//! HTML to the positioned document: what a reader of the page sees, with the bytes it was written with.

mod attribute;
mod blocks;
mod characters;
mod figure;
mod gather;
mod inline;
mod marks;
mod notes;
mod page;
mod pairs;
mod places;
mod style;
mod svg;
mod table;
#[cfg(test)]
mod tests;
mod tiled;
mod tiles;
mod tree;
mod view;
mod visible;

use super::{InputError, Limits};
use crate::layout::{Document, Page, Source};
use crate::schema::view::ViewPart;

/// Reads a page.
pub(crate) fn read(source: Source, limits: &Limits) -> Result<Document, InputError> {
    let tree = tree::tree(&source.text, limits)?;
    let page = page::page(&source.text, &tree);
    let contents = blocks::contents(&page);
    let title = page.title.map(|segments| {
        let mut title = inline::Inline::default();
        title.push(&source.text, segments, false, inline::WhiteSpace::Folded);
        title.finish()
    });
    let mut repairs = tree.repairs.clone();
    if page.styles_left_out {
        repairs.push("the page has too many rules of style to apply them all, so hidden parts may have been read".to_owned());
    }
    Ok(Document {
        media_type: "text/html",
        title: title.filter(|title| !title.string.is_empty()),
        pages: vec![Page {
            number: 1,
            items: contents.items,
            pictures: contents.pictures,
            ..Page::default()
        }],
        repairs,
        losses: tree.losses,
        source: Some(source),
    })
}

/// Shows a page.
pub(crate) fn view(source: &Source, limits: &Limits) -> Result<Vec<ViewPart>, InputError> {
    let tree = tree::tree(&source.text, limits)?;
    Ok(view::parts(&page::page(&source.text, &tree), source))
}
