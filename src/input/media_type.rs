//! What a file is by its content, and what its name promises: bytes and a name in, a medium out.

use std::borrow::Cow;

/// A kind of file that crosstally reads, or knows well enough to name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Content {
    /// No bytes, or white space alone.
    Empty,
    /// Text without a markup of its own, or Markdown.
    Text,
    /// HTML or XHTML.
    Html,
    /// PDF.
    Pdf,
    /// A known kind that is no report, by the name people give it: `a PNG picture`.
    Foreign(&'static str),
    /// Bytes that are no text.
    Binary,
}

/// What a name promises.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Promise {
    /// `.txt`, `.md` and their like.
    Text,
    /// `.html` and its like.
    Html,
    /// `.pdf`
    Pdf,
    /// No extension, or one that says nothing.
    Nothing,
}

/// First bytes of files that are no reports. Tried in order.
const SIGNATURES: &[(&[u8], &str)] = &[
    (b"\x89PNG\r\n\x1a\n", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF87a", "a GIF picture"),
    (b"GIF89a", "a GIF picture"),
    (b"II*\0", "a TIFF picture"),
    (b"MM\0*", "a TIFF picture"),
    (b"PK\x03\x04", "a ZIP archive"),
    (b"PK\x05\x06", "a ZIP archive"),
    (b"PK\x07\x08", "a ZIP archive"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ\0", "an xz archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard archive"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document"),
    (b"{\\rtf", "an RTF document"),
    (b"%!PS", "a PostScript document"),
    (b"SQLite format 3\0", "an SQLite database"),
    (b"PAR1", "a Parquet file"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"WARC/", "a web archive"),
    (b"wOFF", "a font"),
    (b"wOF2", "a font"),
];

/// How far into a file the standard's readers look for `%PDF-`.
const PDF_HEADER_WITHIN: usize = 1024;

/// How far into a file markup is looked for.
const MARKUP_WITHIN: usize = 8 * 1024;

/// How much of a file the kind is judged by.
const SAMPLE: usize = 64 * 1024;

/// What the bytes are, whatever they are called; `promise` decides only where the content leaves a choice.
pub(crate) fn content(bytes: &[u8], promise: Promise) -> Content {
    let head = &bytes[..bytes.len().min(SAMPLE)];
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Content::Empty;
    }
    if head.starts_with(b"%PDF-") || promise == Promise::Pdf && find(&head[..head.len().min(PDF_HEADER_WITHIN)], b"%PDF-").is_some() {
        return Content::Pdf;
    }
    if let Some((_, name)) = SIGNATURES.iter().find(|(magic, _)| head.starts_with(magic)) {
        return Content::Foreign(name);
    }
    if head.starts_with(b"RIFF") && head.get(8..12) == Some(b"WEBP") {
        return Content::Foreign("a WebP picture");
    }
    if head.get(257..262) == Some(b"ustar") {
        return Content::Foreign("a tar archive");
    }
    let kind = markup(head, promise);
    let header = find(&head[..head.len().min(PDF_HEADER_WITHIN)], b"%PDF-").is_some();
    match kind {
        Content::Text | Content::Binary if header && promise == Promise::Nothing => Content::Pdf,
        Content::Binary if header => Content::Pdf,
        // A header lost on the way: the reader may still find the objects.
        Content::Text | Content::Binary if promise == Promise::Pdf && looks_like_pdf_body(bytes) => Content::Pdf,
        kind => kind,
    }
}

/// What the name promises by its extension.
pub(crate) fn promise(name: &str) -> Promise {
    let file = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let Some((_, extension)) = file.rsplit_once('.') else {
        return Promise::Nothing;
    };
    match extension.to_ascii_lowercase().as_str() {
        "pdf" => Promise::Pdf,
        "html" | "htm" | "xhtml" | "xht" | "shtml" => Promise::Html,
        "txt" | "text" | "md" | "markdown" => Promise::Text,
        _ => Promise::Nothing,
    }
}

impl Content {
    /// The kind as people call it, with an article.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Empty => "an empty file",
            Self::Text => "plain text",
            Self::Html => "an HTML page",
            Self::Pdf => "a PDF",
            Self::Foreign(name) => name,
            Self::Binary => "data that is no text",
        }
    }
}

impl Promise {
    /// The kind as people call it, with an article.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Text => "plain text",
            Self::Html => "an HTML page",
            Self::Pdf => "a PDF",
            Self::Nothing => "nothing",
        }
    }
}

/// HTML, text or noise.
fn markup(head: &[u8], promise: Promise) -> Content {
    let wide = super::encoding::utf16(head).is_some();
    if !wide && is_noise(head) {
        return Content::Binary;
    }
    // Markup is ASCII: dropping the zero bytes of UTF-16 is enough to see it.
    let start = &head[..head.len().min(MARKUP_WITHIN)];
    let plain: Cow<'_, [u8]> = match memchr::memchr(0, start) {
        None => start.into(),
        Some(_) => head.iter().copied().filter(|byte| *byte != 0).take(MARKUP_WITHIN).collect(),
    };
    let mut rest = plain.as_ref();
    for mark in [&b"\xef\xbb\xbf"[..], b"\xff\xfe", b"\xfe\xff"] {
        rest = rest.strip_prefix(mark).unwrap_or(rest);
    }
    let (strong, weak) = (is_html_document(rest), has_html_tags(rest));
    match promise {
        Promise::Html => Content::Html,
        _ if strong => Content::Html,
        Promise::Nothing | Promise::Pdf if weak => Content::Html,
        _ => Content::Text,
    }
}

/// Whether it opens as HTML documents do, after comments and an XML declaration.
fn is_html_document(mut rest: &[u8]) -> bool {
    loop {
        rest = rest.trim_ascii_start();
        if let Some(comment) = rest.strip_prefix(b"<!--") {
            match find(comment, b"-->") {
                Some(end) => rest = &comment[end + 3..],
                None => return false,
            }
        } else if rest.starts_with(b"<?") {
            match find(rest, b">") {
                Some(end) => rest = &rest[end + 1..],
                None => return false,
            }
        } else {
            return ["<!doctype html", "<html", "<head", "<body", "<title", "<meta"]
                .iter()
                .any(|tag| starts_with_tag(rest, tag));
        }
    }
}

/// Whether it opens with a tag that only HTML has, as fragments do.
fn has_html_tags(rest: &[u8]) -> bool {
    let rest = rest.trim_ascii_start();
    let tags = [
        "<p", "<div", "<table", "<span", "<section", "<article", "<main", "<header", "<h1", "<h2", "<h3", "<ul", "<ol", "<style", "<script", "<link",
        "<font", "<center", "<strong", "<b", "<a", "<img", "<br",
    ];
    tags.iter().any(|tag| starts_with_tag(rest, tag)) || rest.starts_with(b"<!--") && find(rest, b"</").is_some()
}

fn starts_with_tag(rest: &[u8], tag: &str) -> bool {
    let Some(start) = rest.get(..tag.len()) else { return false };
    let ends = rest
        .get(tag.len())
        .is_none_or(|next| next.is_ascii_whitespace() || matches!(next, b'>' | b'/'));
    start.eq_ignore_ascii_case(tag.as_bytes()) && ends
}

/// Whether too many bytes are ones that no text in a one-byte charset or UTF-8 holds: more than one in twenty.
fn is_noise(head: &[u8]) -> bool {
    let is_odd = |byte: u8| matches!(byte, 0..=8 | 0x0b | 0x0e..=0x1a | 0x1c..=0x1f | 0x7f);
    count(head, is_odd) * 20 > head.len()
}

/// Whether the bytes hold what every PDF is made of.
fn looks_like_pdf_body(bytes: &[u8]) -> bool {
    let parts: [&[u8]; 4] = [b"endobj", b"endstream", b"trailer", b"/Type"];
    find(bytes, b"obj").is_some() && parts.iter().any(|part| find(bytes, part).is_some())
}

/// How many bytes are of a kind. Sums of a byte each are what machines add many at a time.
pub(super) fn count(bytes: &[u8], is: impl Fn(u8) -> bool) -> usize {
    let stretches = bytes.chunks(usize::from(u8::MAX));
    stretches
        .map(|stretch| usize::from(stretch.iter().map(|byte| u8::from(is(*byte))).sum::<u8>()))
        .sum()
}

/// First place of `needle`.
pub(super) fn find(bytes: &[u8], needle: &[u8]) -> Option<usize> {
    memchr::memmem::find(bytes, needle)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], name: &str, expected: Content) {
        assert_eq!(content(bytes, promise(name)), expected, "{name}");
    }

    #[test]
    fn a_pdf_is_known_by_its_header_even_behind_some_rubbish() {
        check(b"%PDF-1.7\n", "report", Content::Pdf);
        check(b"\n\n rubbish %PDF-1.4\n", "report.pdf", Content::Pdf);
        check(b"HTTP/1.1 200 OK\r\n\r\n%PDF-1.4\n", "download", Content::Pdf);
    }

    #[test]
    fn a_text_that_speaks_of_pdf_headers_stays_a_text() {
        check(b"A file starts with %PDF-1.4 if it is a PDF.", "notes.txt", Content::Text);
    }

    #[test]
    fn pictures_and_archives_are_named() {
        check(b"\x89PNG\r\n\x1a\n\0\0", "report.pdf", Content::Foreign("a PNG picture"));
        check(b"PK\x03\x04\x14\0", "report.txt", Content::Foreign("a ZIP archive"));
    }

    #[test]
    fn a_page_is_html_after_comments_and_declarations() {
        check(b"\xef\xbb\xbf <!-- saved -->\n<!DOCTYPE html><p>", "x", Content::Html);
        check(b"<?xml version='1.0'?>\n<html xmlns='x'>", "x", Content::Html);
        check(b"<p>In August some 40 people</p>", "x", Content::Html);
        check(b"\xff\xfe<\0h\0t\0m\0l\0>\0", "x.txt", Content::Html);
    }

    #[test]
    fn markdown_may_open_with_a_tag() {
        check(b"<p align='center'>Key figures</p>\n\n## New arrivals", "x.md", Content::Text);
        check(b"<https://example.org> is where 7,900 stands", "x", Content::Text);
    }

    #[test]
    fn noise_is_no_text() {
        let noise: Vec<u8> = (0..4096u32).map(|at| (at.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
        check(&noise, "x.txt", Content::Binary);
        check(b" \n\t ", "x.txt", Content::Empty);
    }
}
