//! Snapshots to documents: bytes and a name in, the positioned document out, whatever the medium.

mod encoding;
mod html;
mod length;
mod map;
mod media_type;
mod mojibake;
mod pdf;
pub mod sheet;
mod shown;
mod text;

use serde::{Deserialize, Serialize};

use crate::layout::table::Stages;
use crate::layout::{Document, Region};
use crate::schema::view::{View, ViewPart};
use media_type::{Content, Promise};

/// Whether the pages of PDFs are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Pictures {
    /// They are.
    #[default]
    Drawn,
    /// They are not: places are shown on blank pages.
    LeftOut,
}

/// A damaged file of which no word is left, or none that maps to characters, is not read at all.
fn whole_enough(document: Document) -> Result<Document, InputError> {
    let wordless = document
        .pages
        .iter()
        .all(|page| page.words.is_empty() && page.items.is_empty() || page.unmapped_glyphs * 2 > page.glyphs);
    let causes = [document.losses.as_slice(), &document.repairs].concat();
    if wordless && !causes.is_empty() {
        return Err(InputError::Damaged { cause: causes.join("; ") });
    }
    Ok(document)
}

/// Numbers that the second, independent reader of a PDF sees otherwise than the first, page by page; empty for other media.
pub fn disagreements(bytes: &[u8], document: &Document, limits: &Limits) -> Vec<crate::schema::Fact> {
    if document.media_type == "application/pdf" {
        pdf::second_reader::disagreements(bytes, document, limits)
    } else {
        Vec::new()
    }
}

/// Pictures of a PDF that look as if they held figures, which nobody reads; none for other media.
pub fn pictures_with_figures(bytes: &[u8], document: &Document, limits: &Limits) -> Vec<Region> {
    if document.media_type == "application/pdf" {
        pdf::pictures_with_figures(bytes, limits, document)
    } else {
        Vec::new()
    }
}

/// How far a reader goes before it gives up on a snapshot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// Size of a snapshot in bytes. The largest published dashboards are near 50 MB.
    pub bytes: u64,
    /// Size of a text or HTML snapshot in bytes; longer ones are dumps, not reports.
    pub text_bytes: u64,
    /// Words and numbers of a text or HTML snapshot. A report of a thousand full pages has half as many.
    pub words: u64,
    /// Pages read of a PDF.
    pub pages: u32,
    /// Glyphs drawn on all pages of a PDF together.
    pub glyphs: u64,
    /// Depth to which elements, forms and objects may be nested.
    pub depth: u32,
    /// Seconds of wall time for one snapshot.
    pub seconds: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            bytes: 256 << 20,
            text_bytes: 32 << 20,
            words: 1_000_000,
            pages: 2_000,
            glyphs: 20_000_000,
            depth: 512,
            seconds: 60,
        }
    }
}

/// Longest snapshot that cannot harm by its length. Whatever is made of each of its bytes, memory and time hold it.
pub(crate) const HARMLESS: usize = 256 << 10;

/// Whether reading a snapshot may take more stack, memory or time than there is: PDFs unpack, draw and nest, and long texts add up.
pub fn may_do_harm(bytes: &[u8], name: &str) -> bool {
    bytes.len() > HARMLESS || is_pdf(bytes, name)
}

/// Whether a snapshot is a PDF, by its content.
pub fn is_pdf(bytes: &[u8], name: &str) -> bool {
    media_type::content(bytes, media_type::promise(name)) == Content::Pdf
}

/// Why a snapshot could not be read at all.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum InputError {
    /// Nothing in it.
    #[error("the file is empty")]
    Empty,
    /// It needs a password.
    #[error("the file is encrypted")]
    Encrypted,
    /// Its structure is broken beyond repair.
    #[error("the file is damaged: {cause}")]
    Damaged {
        /// What is broken, in lower case, without full stop.
        cause: String,
    },
    /// It passes a limit.
    #[error("over a limit: {cause}")]
    OverLimit {
        /// Which limit, in lower case, without full stop.
        cause: String,
    },
    /// It passes the limit of time.
    #[error("over a limit: reading it takes more than {seconds} seconds")]
    OverTime {
        /// Seconds that it was allowed.
        seconds: u64,
    },
    /// Its content is another kind than its name says.
    #[error("the name says {name_says}, the content is {content_is}")]
    NotWhatItSays {
        /// Kind by name, with an article: `a PDF`.
        name_says: String,
        /// Kind by content, with an article: `a PNG picture`.
        content_is: String,
    },
    /// Its content is a known kind, but no report.
    #[error("{content_is} is no text, HTML or PDF")]
    NoReport {
        /// Kind by content, with an article.
        content_is: String,
    },
    /// Bytes that are no text in any charset.
    #[error("the file holds data that is no text, HTML or PDF")]
    Binary,
}

/// Reads a snapshot. What it is, its content says; `name` is only held against it.
///
/// HTML in a file named as text is read as HTML, and text in a file named as HTML as the HTML it is to a browser; any
/// other name that lies is an error, since a picture or an error page saved as PDF is not the report.
pub fn read(bytes: &[u8], name: &str, limits: &Limits) -> Result<Document, InputError> {
    match opened(bytes, name, limits)? {
        Opened::Pdf => pdf::read(bytes, limits).and_then(whole_enough),
        Opened::Text(decoded) => {
            length::of_text(&decoded.source.text, limits)?;
            Ok(with_repairs(text::read(decoded.source)?, decoded.repairs))
        }
        Opened::Html(decoded) => {
            let document = html::read(decoded.source, limits)?;
            length::of_page(&document, limits)?;
            Ok(with_repairs(document, decoded.repairs))
        }
    }
}

/// The stages by which the tables of each page of a PDF are found; none for other media, which say where their tables are.
pub fn stages(bytes: &[u8], name: &str, limits: &Limits) -> Result<Option<Vec<Stages>>, InputError> {
    match opened(bytes, name, limits)? {
        Opened::Pdf => pdf::stages(bytes, limits).map(Some),
        Opened::Text(_) | Opened::Html(_) => Ok(None),
    }
}

/// Shows a snapshot: its pages drawn, or its structure and text.
pub fn view(bytes: &[u8], name: &str, limits: &Limits, pictures: Pictures) -> Result<View, InputError> {
    match opened(bytes, name, limits)? {
        Opened::Pdf => pdf::view(bytes, limits, pictures),
        Opened::Text(decoded) => {
            let source = decoded.source;
            let characters = shown::characters(&source, 0..source.text.len());
            let parts = characters.into_iter().map(ViewPart::Text).collect();
            Ok(View { parts, ..View::default() })
        }
        Opened::Html(decoded) => Ok(View {
            parts: html::view(&decoded.source, limits)?,
            ..View::default()
        }),
    }
}

/// Draws pages of a PDF with what is to be laid over them, and hands over each as soon as it is done.
pub fn draw_sheets(bytes: &[u8], limits: &Limits, sheets: Vec<sheet::Sheet>, done: &mut dyn FnMut(sheet::DrawnSheet)) -> Result<(), InputError> {
    pdf::inspect_streams(bytes)?;
    pdf::draw_sheets(bytes, limits, sheets, done)
}

fn with_repairs(mut document: Document, repairs: Vec<String>) -> Document {
    document.repairs.splice(0..0, repairs);
    document
}

/// A snapshot of which is known what it is.
enum Opened {
    Pdf,
    Text(encoding::Decoded),
    Html(encoding::Decoded),
}

/// Why a file of so many bytes is not read, if so.
pub(crate) fn too_long(bytes: u64, limits: &Limits) -> Option<InputError> {
    (bytes > limits.bytes).then(|| InputError::OverLimit {
        cause: format!("the file has {bytes} bytes, more than {}", limits.bytes),
    })
}

fn opened(bytes: &[u8], name: &str, limits: &Limits) -> Result<Opened, InputError> {
    if let Some(error) = too_long(bytes.len() as u64, limits) {
        return Err(error);
    }
    let promise = media_type::promise(name);
    let content = media_type::content(bytes, promise);
    match (content, promise) {
        (Content::Empty, _) => Err(InputError::Empty),
        (Content::Pdf, Promise::Pdf | Promise::Nothing) => pdf::inspect_streams(bytes).map(|()| Opened::Pdf),
        (Content::Text | Content::Html, Promise::Text | Promise::Html | Promise::Nothing) => {
            if bytes.len() as u64 > limits.text_bytes {
                return Err(InputError::OverLimit {
                    cause: format!("the text has {} bytes, more than {}", bytes.len(), limits.text_bytes),
                });
            }
            let declares = if content == Content::Html {
                encoding::Declaration::Html
            } else {
                encoding::Declaration::None
            };
            let decoded = encoding::decode(bytes, declares);
            if decoded
                .source
                .text
                .chars()
                .all(|character| character.is_whitespace() || matches!(character, '\u{200b}'..='\u{200f}' | '\u{feff}'))
            {
                return Err(InputError::Empty);
            }
            if encoding::is_noise(&decoded.source.text) {
                return Err(InputError::Binary);
            }
            Ok(if content == Content::Html {
                Opened::Html(decoded)
            } else {
                Opened::Text(decoded)
            })
        }
        (Content::Binary, Promise::Nothing | Promise::Text | Promise::Html) => Err(InputError::Binary),
        (Content::Foreign(kind), Promise::Nothing) => Err(InputError::NoReport { content_is: kind.to_owned() }),
        (content, promise) => Err(InputError::NotWhatItSays {
            name_says: promise.as_str().to_owned(),
            content_is: content.as_str().to_owned(),
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::Item;

    fn error(bytes: &[u8], name: &str) -> String {
        read(bytes, name, &Limits::default()).expect_err("no report").to_string()
    }

    #[test]
    fn what_is_no_report_says_what_it_is() {
        assert_eq!(error(b"", "july.pdf"), "the file is empty");
        assert_eq!(error(b" \n", "july.txt"), "the file is empty");
        assert_eq!(error(b"\xef\xbb\xbf", "july.txt"), "the file is empty");
        assert_eq!(
            error(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "july.pdf"),
            "the name says a PDF, the content is a PNG picture"
        );
        assert_eq!(
            error(b"<!doctype html><p>Not found", "july.pdf"),
            "the name says a PDF, the content is an HTML page"
        );
        assert_eq!(error(b"Not found", "july.pdf"), "the name says a PDF, the content is plain text");
        assert_eq!(error(b"%PDF-1.7\n", "july.txt"), "the name says plain text, the content is a PDF");
        assert_eq!(error(b"PK\x03\x04\x14\0", "july"), "a ZIP archive is no text, HTML or PDF");
        let noise: Vec<u8> = (0..5000_u32).map(|at| (at.wrapping_mul(2_654_435_761) >> 11) as u8).collect();
        assert_eq!(error(&noise, "july.txt"), "the file holds data that is no text, HTML or PDF");
        assert_eq!(error(&noise, "july.pdf"), "the name says a PDF, the content is data that is no text");
    }

    #[test]
    fn limits_are_told_with_their_numbers() {
        let limits = Limits {
            bytes: 10,
            text_bytes: 5,
            ..Limits::default()
        };
        let check = |bytes: &[u8], expected: &str| assert_eq!(read(bytes, "july.txt", &limits).expect_err("too long").to_string(), expected);
        check(b"some 7,900 people", "over a limit: the file has 17 bytes, more than 10");
        check(b"some 7,900", "over a limit: the text has 10 bytes, more than 5");
    }

    #[test]
    fn html_and_text_are_told_by_content() {
        let media_type = |bytes: &[u8], name: &str| read(bytes, name, &Limits::default()).expect("a report").media_type;
        assert_eq!(media_type(b"<!doctype html><p>Some 7,900 people", "july.txt"), "text/html");
        assert_eq!(media_type(b"Some 7,900 people", "july.html"), "text/html");
        assert_eq!(media_type(b"Some 7,900 people", "july"), "text/plain");
        assert_eq!(media_type(b"Some 7,900 people", "july.md"), "text/plain");
    }

    /// The figure stands at the bytes of the file that the document says.
    fn check_figure(bytes: &[u8], name: &str, file_figure: &[u8]) {
        let document = read(bytes, name, &Limits::default()).expect("a report");
        let text = document.pages[0]
            .items
            .iter()
            .find_map(|item| match item {
                Item::Block(block) if block.text.string.contains("7,900") => Some(&block.text),
                _ => None,
            })
            .expect("the figure is read");
        let at = text.string.find("7,900").expect("just found");
        let Some(Region::Bytes { start, end }) = text.region(at..at + 5) else {
            panic!("text stands in bytes")
        };
        let source = document.source.as_ref().expect("text keeps its source");
        let (start, end) = (source.to_file(start) as usize, source.to_file(end) as usize);
        assert_eq!(&bytes[start..end], file_figure, "{name}");
    }

    #[test]
    fn figures_keep_their_bytes_in_every_charset() {
        let text = "Kladuša – “Côte”\r\n\r\nSome **7,900** refugees were in Šid 😀 and more\r\n";
        let utf16 = |to_bytes: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(to_bytes).collect::<Vec<u8>>();
        let wide = |to_bytes: fn(u16) -> [u8; 2]| "7,900".encode_utf16().flat_map(to_bytes).collect::<Vec<u8>>();
        for name in ["july.txt", "july.html"] {
            let text = if name == "july.html" { text.replace("**", "") } else { text.to_owned() };
            check_figure(text.as_bytes(), name, b"7,900");
            check_figure(format!("\u{feff}{text}").as_bytes(), name, b"7,900");
            let narrow: String = text.chars().filter(|character| *character != '😀').collect();
            check_figure(&encoding_rs::WINDOWS_1250.encode(&narrow).0, name, b"7,900");
        }
        check_figure(&utf16(u16::to_le_bytes), "july.txt", &wide(u16::to_le_bytes));
        check_figure(&utf16(u16::to_be_bytes), "july.txt", &wide(u16::to_be_bytes));
    }
}
