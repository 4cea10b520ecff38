//! A sheet to a small PDF of one page, which the engine that draws reports draws over one of theirs: boxes, tags, and the strip beside.
//!
//! One unit of that page is one pixel of the picture, y down, so that lines and letters are as large on paper of any size.

use super::canvas::Size;
use crate::input::sheet::{Edge, Ink, LaidBox, Look, Set, Sheet, StripLine, Wash};
use crate::layout::BBox;

/// Pixels across the strip.
const STRIP: f64 = 330.0;
/// Pixels left blank around the words of the strip.
const MARGIN: f64 = 14.0;
/// Size of the letters of a tag, and how high the tag is.
const TAG: (f64, f64) = (9.0, 11.0);
/// Pixels from one slanting line to the next.
const HATCH: f64 = 9.0;
/// Slanting lines within one box.
const MOST_SLANTS: usize = 400;
/// Tags that are kept clear of each other; more are put where they come.
const MOST_CLEAR: usize = 600;
/// How far down the strip may reach: no picture is higher.
const LOWEST: f64 = 6_000.0;

/// A sheet as the engine takes it.
pub(super) struct LaidOut {
    /// A PDF of one page.
    pub(super) pdf: Vec<u8>,
    /// Its size: the page with the strip beside it.
    pub(super) size: Size,
}

impl LaidOut {
    /// Lays a sheet over a page of so many pixels; `scale` is pixels a point, across and down.
    pub(super) fn of(sheet: &Sheet, page: Size, scale: (f64, f64)) -> Self {
        let (width, height) = (f64::from(page.columns), f64::from(page.rows));
        let mut content = Content::default();
        let boxes: Vec<(BBox, &LaidBox)> = sheet
            .boxes
            .iter()
            .map(|laid| (in_pixels(laid.bbox, scale, (width, height)), laid))
            .collect();
        for (bbox, laid) in &boxes {
            content.framed(*bbox, laid.look);
        }
        let mut tags: Vec<BBox> = Vec::new();
        for (bbox, laid) in boxes.iter().filter(|(_, laid)| !laid.tag.is_empty()) {
            // A box that nothing was read in has room for its tag.
            let over = if laid.look.wash == Wash::Hatch { bbox.top + TAG.1 } else { bbox.top };
            let place = tag_place(&laid.tag, BBox { top: over, ..*bbox }, (width, height), &tags);
            content.tag(&laid.tag, laid.look.ink, place);
            tags.push(place);
        }
        let bottom = content.strip(&sheet.strip, width, height);
        let size = Size {
            columns: (width + STRIP) as u16,
            rows: height.max(bottom).min(LOWEST) as u16,
        };
        Self {
            pdf: pdf_of(&content.operators, size),
            size,
        }
    }
}

/// A box of the page in pixels, cut to the page.
fn in_pixels(bbox: BBox, scale: (f64, f64), (width, height): (f64, f64)) -> BBox {
    BBox {
        x0: (bbox.x0 * scale.0).clamp(0.0, width),
        top: (bbox.top * scale.1).clamp(0.0, height),
        x1: (bbox.x1 * scale.0).clamp(0.0, width),
        bottom: (bbox.bottom * scale.1).clamp(0.0, height),
    }
}

/// Where a tag stands: over a corner of its box, where no other tag is and the page has room.
fn tag_place(tag: &str, bbox: BBox, (width, height): (f64, f64), others: &[BBox]) -> BBox {
    let (wide, high) = (text_width(tag, TAG.0) + 5.0, TAG.1);
    let at = |x0: f64, top: f64| {
        let (x0, top) = (x0.clamp(0.0, (width - wide).max(0.0)), top.clamp(0.0, (height - high).max(0.0)));
        BBox {
            x0,
            top,
            x1: x0 + wide,
            bottom: top + high,
        }
    };
    let places = [
        at(bbox.x0, bbox.top - high),
        at(bbox.x1 - wide, bbox.top - high),
        at(bbox.x0, bbox.bottom),
        at(bbox.x1 - wide, bbox.bottom),
        at(bbox.x1, bbox.top),
        at(bbox.x0 - wide, bbox.top),
    ];
    let is_clear = |place: &&BBox| {
        others
            .iter()
            .rev()
            .take(MOST_CLEAR)
            .all(|other| place.x0 >= other.x1 || other.x0 >= place.x1 || place.top >= other.bottom || other.top >= place.bottom)
    };
    places.iter().find(is_clear).copied().unwrap_or(places[0])
}

/// The operators of a page, y down (ISO 32000-2, 8 and 9).
#[derive(Default)]
struct Content {
    operators: String,
}

impl Content {
    fn framed(&mut self, bbox: BBox, look: Look) {
        let (width, height) = (bbox.width(), bbox.height());
        let rectangle = format!("{:.2} {:.2} {width:.2} {height:.2} re", bbox.x0, bbox.top);
        match look.wash {
            Wash::Clear => {}
            Wash::Tint => self.push(&format!("q /Tint gs {} rg {rectangle} f Q", colour(look.ink))),
            Wash::Hatch => self.hatch(bbox, look.ink, &rectangle),
        }
        let dashes = match look.edge {
            Edge::Thin => "1 w",
            Edge::Thick => "2 w",
            Edge::Dashed => "2 w [6 3] 0 d",
        };
        self.push(&format!("q {} RG {dashes} {rectangle} S Q", colour(look.ink)));
    }

    fn hatch(&mut self, bbox: BBox, ink: Ink, rectangle: &str) {
        self.push(&format!("q {rectangle} W n /Hatch gs {} RG 1 w", colour(ink)));
        let length = bbox.width() + bbox.height();
        let step = HATCH.max(length / MOST_SLANTS as f64);
        let mut along = step;
        while along < length {
            let from = (bbox.x0 + along, bbox.top);
            let to = (bbox.x0 + along - bbox.height(), bbox.bottom);
            self.push(&format!("{:.2} {:.2} m {:.2} {:.2} l S", from.0, from.1, to.0, to.1));
            along += step;
        }
        self.push("Q");
    }

    fn tag(&mut self, tag: &str, ink: Ink, place: BBox) {
        let (width, height) = (place.width(), place.height());
        self.push(&format!(
            "{} rg {:.2} {:.2} {width:.2} {height:.2} re f",
            colour(ink),
            place.x0,
            place.top
        ));
        self.text(tag, (place.x0 + 2.5, place.bottom - 2.5), TAG.0, "Bold", [255, 255, 255]);
    }

    /// Writes the strip to the right of the page; where it ends.
    fn strip(&mut self, lines: &[StripLine], x0: f64, height: f64) -> f64 {
        let ground = "0.97 0.97 0.95 rg";
        self.push(&format!("{ground} {x0:.2} 0 {STRIP:.2} {LOWEST:.2} re f"));
        self.push(&format!("0.6 0.6 0.6 rg {x0:.2} 0 1 {:.2} re f", height.max(LOWEST)));
        let mut y = MARGIN;
        for line in lines {
            let (size, font, ink) = match line.set {
                Set::Title => (14.0, "Bold", [20, 20, 20]),
                Set::Plain => (11.0, "Plain", [40, 40, 40]),
                Set::Warning => (11.0, "Bold", [190, 0, 0]),
            };
            let mut left = x0 + MARGIN;
            if let Some(look) = line.swatch {
                self.framed(
                    BBox {
                        x0: left,
                        top: y + 1.0,
                        x1: left + 22.0,
                        bottom: y + 12.0,
                    },
                    look,
                );
                left += 30.0;
            }
            if let Some((tag, ink)) = &line.tag {
                let wide = text_width(tag, TAG.0) + 5.0;
                self.tag(
                    tag,
                    *ink,
                    BBox {
                        x0: left,
                        top: y + 1.5,
                        x1: left + wide,
                        bottom: y + 1.5 + TAG.1,
                    },
                );
                left += wide.max(24.0) + 6.0;
            }
            for words in wrapped(&line.words, size, x0 + STRIP - MARGIN - left) {
                y += 1.25 * size;
                self.text(&words, (left, y - 0.2 * size), size, font, ink);
            }
            y += 4.0;
            if y > LOWEST - 40.0 {
                break;
            }
        }
        y + MARGIN
    }

    fn text(&mut self, text: &str, (x, y): (f64, f64), size: f64, font: &str, ink: Ink) {
        let mut hexadecimal = String::new();
        for character in text.chars() {
            hexadecimal.push_str(&format!("{:02x}", windows_1252(character)));
        }
        let ink = colour(ink);
        self.push(&format!(
            "BT {ink} rg /{font} {size:.1} Tf 1 0 0 -1 {x:.2} {y:.2} Tm <{hexadecimal}> Tj ET"
        ));
    }

    fn push(&mut self, operators: &str) {
        self.operators.push_str(operators);
        self.operators.push('\n');
    }
}

fn colour(ink: Ink) -> String {
    let [red, green, blue] = ink.map(|part| format!("{:.3}", f64::from(part) / 255.0));
    format!("{red} {green} {blue}")
}

/// Words in lines that are no wider than so many pixels; a word that is wider alone is broken.
fn wrapped(words: &str, size: f64, width: f64) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in words.split_whitespace() {
        let line = lines.last_mut().expect("there is always a line");
        let gap = if line.is_empty() { "" } else { " " };
        if text_width(line, size) + text_width(gap, size) + text_width(word, size) <= width {
            line.push_str(gap);
            line.push_str(word);
            continue;
        }
        if !line.is_empty() {
            lines.push(String::new());
        }
        for character in word.chars() {
            let line = lines.last_mut().expect("there is always a line");
            if text_width(line, size) + letter_width(character, size) > width && !line.is_empty() {
                lines.push(character.to_string());
            } else {
                line.push(character);
            }
        }
    }
    lines
}

fn text_width(text: &str, size: f64) -> f64 {
    text.chars().map(|character| letter_width(character, size)).sum()
}

/// Widths of the printable ASCII letters in Helvetica Bold, in thousandths of its size (Adobe's font metrics of the 14 standard fonts).
const WIDTHS: [u16; 95] = [
    278, 333, 474, 556, 556, 889, 722, 238, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 333, 333, 584,
    584, 584, 611, 975, 722, 722, 722, 722, 667, 611, 778, 722, 278, 556, 722, 611, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667,
    611, 333, 278, 333, 584, 556, 333, 556, 611, 556, 611, 556, 333, 611, 611, 278, 278, 556, 278, 889, 611, 611, 611, 611, 389, 556, 333, 611, 556,
    778, 556, 556, 500, 389, 280, 389, 584,
];

fn letter_width(character: char, size: f64) -> f64 {
    let index = (character as usize).checked_sub(32);
    let width = index.and_then(|index| WIDTHS.get(index)).copied().unwrap_or(611);
    f64::from(width) * size / 1000.0
}

/// The byte of a character in the encoding that the fonts have; `?` for one they lack.
fn windows_1252(character: char) -> u8 {
    if character.is_whitespace() {
        return b' ';
    }
    let mut buffer = [0; 4];
    let (bytes, _, replaced) = encoding_rs::WINDOWS_1252.encode(character.encode_utf8(&mut buffer));
    match bytes.as_ref() {
        [byte] if !replaced && *byte >= 32 => *byte,
        _ => b'?',
    }
}

/// A PDF of one page with these operators, y turned down.
fn pdf_of(operators: &str, size: Size) -> Vec<u8> {
    let (width, height) = (size.columns, size.rows);
    let content = format!("1 0 0 -1 0 {height} cm\n{operators}");
    let font = |name: &str| format!("<< /Type /Font /Subtype /Type1 /BaseFont /{name} /Encoding /WinAnsiEncoding >>");
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {width} {height}] /Contents 4 0 R /Resources << \
             /Font << /Plain 5 0 R /Bold 6 0 R >> /ExtGState << /Tint << /ca 0.13 >> /Hatch << /CA 0.55 >> >> >> >>"
        ),
        format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len()),
        font("Helvetica"),
        font("Helvetica-Bold"),
    ];
    let mut pdf = "%PDF-1.7\n".to_owned();
    let mut places = Vec::new();
    for (number, object) in (1..).zip(&objects) {
        places.push(pdf.len());
        pdf.push_str(&format!("{number} 0 obj\n{object}\nendobj\n"));
    }
    let table = pdf.len();
    pdf.push_str(&format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1));
    for place in places {
        pdf.push_str(&format!("{place:010} 00000 n \n"));
    }
    let count = objects.len() + 1;
    pdf.push_str(&format!("trailer << /Size {count} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n"));
    pdf.into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_wrapped(words: &str, width: f64, expected: &[&str]) {
        assert_eq!(wrapped(words, 10.0, width), expected);
    }

    #[test]
    fn words_are_wrapped_and_a_word_too_wide_is_broken() {
        check_wrapped("three words here", 70.0, &["three words", "here"]);
        check_wrapped("aaaaaaaaaa", 30.0, &["aaaaa", "aaaaa"]);
        check_wrapped("", 30.0, &[""]);
    }

    #[test]
    fn a_character_that_the_font_lacks_is_a_question_mark() {
        assert_eq!(
            [windows_1252('a'), windows_1252('–'), windows_1252('Ł'), windows_1252('\u{2009}')],
            [b'a', 0x96, b'?', b' ']
        );
    }

    #[test]
    fn tags_make_way_for_each_other_and_stay_on_the_page() {
        let bbox = BBox {
            x0: 0.0,
            top: 0.0,
            x1: 50.0,
            bottom: 30.0,
        };
        let mut places: Vec<BBox> = Vec::new();
        for _ in 0..3 {
            let place = tag_place("7", bbox, (100.0, 100.0), &places);
            assert!(place.top >= 0.0 && place.x1 <= 100.0, "{place:?}");
            assert!(
                places
                    .iter()
                    .all(|other| place.x0 >= other.x1 || place.top >= other.bottom || other.x0 >= place.x1),
                "{place:?} lies over {places:?}"
            );
            places.push(place);
        }
    }
}
