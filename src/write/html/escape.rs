//! Text of reports as HTML may hold it.

use crate::write::terminal::printable;

/// Text without the characters that HTML reserves, and without those that hide or turn others; line ends stay.
pub(super) fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            '\n' => escaped.push('\n'),
            _ => escaped.push(printable(character)),
        }
    }
    escaped
}
