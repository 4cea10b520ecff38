//! What a paint looks like on white paper: one colour, or none where it is too thin to be seen.

use hayro_interpret::Paint;
use hayro_interpret::pattern::Pattern;

use crate::layout::chart::Colour;

/// Opacity under which nobody sees a thing.
const UNSEEN: f32 = 0.06;

/// A paint as seen.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Look {
    /// Too transparent to be seen.
    Unseen,
    /// One colour, mixed with white as far as it is transparent.
    Plain {
        /// The colour.
        colour: Colour,
        /// Whether nothing shines through.
        covers: Covers,
    },
    /// A gradient, a hatching, a picture.
    Pattern,
}

/// Whether something below shines through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Covers {
    /// Nothing does.
    Wholly,
    /// Something does.
    Partly,
}

/// How a paint looks under the opacity of the groups around it.
pub(super) fn look(paint: &Paint<'_>, opacity: f32) -> Look {
    match paint {
        Paint::Color(colour) => {
            let rgba = colour.to_rgba();
            let [red, green, blue, alpha] = rgba.components();
            let alpha = alpha * opacity;
            if alpha < UNSEEN {
                return Look::Unseen;
            }
            let mixed = |part: f32| ((part * alpha + 1.0 - alpha) * 255.0).round() as u8;
            Look::Plain {
                colour: [mixed(red), mixed(green), mixed(blue)],
                covers: if alpha > 0.97 { Covers::Wholly } else { Covers::Partly },
            }
        }
        Paint::Pattern(pattern) => {
            let alpha = match pattern.as_ref() {
                Pattern::Shading(shading) => shading.opacity,
                Pattern::Tiling(tiling) => tiling.opacity,
            };
            if alpha * opacity < UNSEEN { Look::Unseen } else { Look::Pattern }
        }
    }
}
