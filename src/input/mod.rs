//! Snapshots to documents: bytes and a name in, the positioned document out, whatever the medium.

mod encoding;
mod html;
mod map;
mod media_type;
mod mojibake;
mod pdf;
mod text;

use crate::layout::Document;
use media_type::{Content, Promise};

/// How far a reader goes before it gives up on a snapshot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Size of a snapshot in bytes. The largest published dashboards are near 50 MB.
    pub bytes: u64,
    /// Size of a text or HTML snapshot in bytes; longer ones are dumps, not reports.
    pub text_bytes: u64,
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
            pages: 2_000,
            glyphs: 20_000_000,
            depth: 512,
            seconds: 60,
        }
    }
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
    if bytes.len() as u64 > limits.bytes {
        return Err(InputError::OverLimit {
            cause: format!("the file has {} bytes, more than {}", bytes.len(), limits.bytes),
        });
    }
    let promise = media_type::promise(name);
    let content = media_type::content(bytes, promise);
    match (content, promise) {
        (Content::Empty, _) => Err(InputError::Empty),
        (Content::Pdf, Promise::Pdf | Promise::Nothing) => pdf::read(bytes, limits),
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
            if encoding::is_noise(&decoded.source.text) {
                return Err(InputError::Binary);
            }
            let mut document = if content == Content::Html {
                html::read(decoded.source, limits)?
            } else {
                text::read(decoded.source)
            };
            document.repairs.splice(0..0, decoded.repairs);
            Ok(document)
        }
        (Content::Binary, Promise::Nothing | Promise::Text | Promise::Html) => Err(InputError::Binary),
        (Content::Foreign(kind), Promise::Nothing) => Err(InputError::NoReport { content_is: kind.to_owned() }),
        (content, promise) => Err(InputError::NotWhatItSays {
            name_says: promise.as_str().to_owned(),
            content_is: content.as_str().to_owned(),
        }),
    }
}
