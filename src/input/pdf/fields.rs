//! Form fields that say what they hold but not how it looks: their text as glyphs, where a viewer would draw it.
//!
//! A viewer makes up the look of such a field (ISO 32000-1, 12.7.3.3); the engine draws only looks that are there.

use hayro_interpret::hayro_syntax::object::dict::keys::{ANNOTS, AP, F, RECT};
use hayro_interpret::hayro_syntax::object::{Array, Dict, Name, Object, Rect as Corners, String as Bytes};
use hayro_interpret::hayro_syntax::page::Page;
use hayro_interpret::kurbo::{Affine, Rect};

use super::collector::decoded;
use crate::layout::{BBox, Characters, Glyph};

/// Fields of one page that are looked at.
const MOST_FIELDS: usize = 2_000;
/// Characters of one field.
const MOST_CHARACTERS: usize = 2_000;
/// How far up a field's kin is asked for what the field itself does not say.
const MOST_PARENTS: usize = 8;
/// Flags of annotations that are not shown: hidden, and no view.
const UNSEEN: u32 = 1 << 1 | 1 << 5;
/// Flag of a text field that shows dots in place of what it holds.
const PASSWORD: u32 = 1 << 13;
/// How wide a character is taken to be, in the size of the font.
const ADVANCE: f64 = 0.5;
/// Size of the text where the field leaves it to the viewer, at most.
const LARGEST: f64 = 12.0;

/// The text of the fields of a page that have no appearance.
pub(super) fn without_appearance(page: &Page<'_>, transform: Affine) -> impl Iterator<Item = Glyph> {
    let annotations = page.raw().get::<Array<'_>>(ANNOTS);
    let fields = annotations
        .into_iter()
        .flat_map(|list| list.iter::<Dict<'_>>().take(MOST_FIELDS).collect::<Vec<_>>());
    fields
        .filter_map(|annotation| Field::of(&annotation))
        .flat_map(move |field| field.glyphs(transform))
}

/// A field with its text.
struct Field {
    text: String,
    place: Rect,
    /// Size of its font; none where the viewer chooses.
    size: Option<f64>,
}

impl Field {
    fn of(annotation: &Dict<'_>) -> Option<Self> {
        let is_field = annotation.get::<Name<'_>>(b"Subtype".as_slice())?.as_str() == "Widget";
        if !is_field || annotation.contains_key(AP) || annotation.get::<u32>(F).unwrap_or(0) & UNSEEN != 0 {
            return None;
        }
        let kin = kin(annotation);
        let kind = kin.iter().find_map(|field| field.get::<Name<'_>>(b"FT".as_slice()))?;
        let flags = kin.iter().find_map(|field| field.get::<u32>(b"Ff".as_slice())).unwrap_or(0);
        if !(kind.as_str() == "Ch" || kind.as_str() == "Tx" && flags & PASSWORD == 0) {
            return None;
        }
        let value = kin.iter().find_map(|field| field.get::<Object<'_>>(b"V".as_slice()))?;
        let text = match value {
            Object::String(text) => decoded(text.as_bytes()),
            _ => return None,
        };
        let look = kin.iter().find_map(|field| field.get::<Bytes<'_>>(b"DA".as_slice()));
        let corners = annotation.get::<Corners>(RECT)?;
        Some(Self {
            text: text.chars().take(MOST_CHARACTERS).collect(),
            place: Rect::new(corners.x0, corners.y0, corners.x1, corners.y1),
            size: look.and_then(|look| size_of(&decoded(look.as_bytes()))),
        })
    }

    fn glyphs(self, transform: Affine) -> Vec<Glyph> {
        let place = transform.transform_rect_bbox(self.place);
        let lines: Vec<Vec<char>> = self.text.lines().map(|line| line.chars().collect()).collect();
        let room = place.height() / lines.len().max(1) as f64;
        let size = self.size.unwrap_or((0.7 * room).min(LARGEST)).min(room);
        if !(size > 0.5 && size < 1_000.0 && place.is_finite()) {
            return Vec::new();
        }
        let mut glyphs = Vec::new();
        for (index, line) in lines.iter().enumerate() {
            let advance = (ADVANCE * size).min(place.width() / line.len().max(1) as f64);
            let middle = place.y0 + room * (index as f64 + 0.5);
            let baseline = middle + 0.29 * size;
            for (column, character) in line.iter().enumerate() {
                let x = place.x0 + advance * column as f64;
                glyphs.push(Glyph {
                    characters: Characters::of(*character),
                    origin: (x, baseline),
                    end: (x + advance, baseline),
                    size,
                    bbox: BBox {
                        x0: x,
                        top: baseline - 0.79 * size,
                        x1: x + advance,
                        bottom: baseline + 0.21 * size,
                    },
                    turn: 0,
                    bold: false,
                    colour: Some([0, 0, 0]),
                    run: 0,
                });
            }
        }
        glyphs
    }
}

/// An annotation and the fields above it.
fn kin<'a>(annotation: &Dict<'a>) -> Vec<Dict<'a>> {
    let mut kin = vec![annotation.clone()];
    while kin.len() < MOST_PARENTS
        && let Some(parent) = kin.last().and_then(|field| field.get::<Dict<'_>>(b"Parent".as_slice()))
    {
        kin.push(parent);
    }
    kin
}

/// The size that a field sets its font to: `/Helv 10 Tf`; none for zero, which leaves it to the viewer.
fn size_of(look: &str) -> Option<f64> {
    let words: Vec<&str> = look.split_ascii_whitespace().collect();
    let operator = words.iter().position(|word| *word == "Tf")?;
    let size: f64 = words.get(operator.checked_sub(1)?)?.parse().ok()?;
    (size > 0.0).then_some(size)
}
