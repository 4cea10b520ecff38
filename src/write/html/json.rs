//! Values as JSON that may stand in a script: no character of a report can end it, hide another or turn the line.

use std::io::{self, Write};

use serde_json::Value;

use crate::write::terminal::printable;

/// Words of a report: characters that hide or turn others are replaced; line ends and tabs stay.
pub(super) fn words(text: &str) -> Value {
    let kept = |character| {
        if matches!(character, '\n' | '\t') {
            character
        } else {
            printable(character)
        }
    };
    Value::String(text.chars().map(kept).collect())
}

/// Writes a value on one line.
pub(super) fn value(value: &Value, out: &mut dyn Write) -> io::Result<()> {
    let json = value.to_string();
    let mut start = 0;
    for (at, character) in json.char_indices() {
        // These stand in strings only, where JSON allows any character as its number.
        if matches!(character, '<' | '>' | '&' | '\u{2028}' | '\u{2029}') {
            write!(out, "{}\\u{:04x}", &json[start..at], u32::from(character))?;
            start = at + character.len_utf8();
        }
    }
    out.write_all(&json.as_bytes()[start..])
}

/// Writes an object with a line for each field, and for each entry of a field that is a list: its differences can be read.
pub(super) fn object(fields: &[(&str, Value)], out: &mut dyn Write) -> io::Result<()> {
    write!(out, "{{")?;
    for (index, (name, field)) in fields.iter().enumerate() {
        let comma = if index == 0 { "" } else { "," };
        write!(out, "{comma}\n\"{name}\":")?;
        match field.as_array() {
            Some(entries) if !entries.is_empty() => {
                for (index, entry) in entries.iter().enumerate() {
                    write!(out, "{}\n ", if index == 0 { "[" } else { "," })?;
                    value(entry, out)?;
                }
                write!(out, "\n]")?;
            }
            _ => value(field, out)?,
        }
    }
    write!(out, "\n}}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let mut out = Vec::new();
        value(&words(text), &mut out).expect("memory takes it");
        assert_eq!(String::from_utf8(out).expect("JSON is text"), expected);
    }

    #[test]
    fn no_character_of_a_report_ends_the_script_it_stands_in() {
        check("some 7,900", r#""some 7,900""#);
        check("</script><!--", r#""\u003c/script\u003e\u003c!--""#);
        check("R&amp;R", r#""R\u0026amp;R""#);
        check("a\u{2028}b", r#""a b""#);
        check("\u{202e}7,900\u{0}", "\"\u{fffd}7,900\u{fffd}\"");
        check("a\n\tb\"\\", r#""a\n\tb\"\\""#);
    }

    #[test]
    fn lists_have_a_line_for_each_entry() {
        let mut out = Vec::new();
        let fields = [("none", Value::Array(vec![])), ("two", serde_json::json!([1, {"a": "b"}]))];
        object(&fields, &mut out).expect("memory takes it");
        assert_eq!(
            String::from_utf8(out).expect("JSON is text"),
            "{\n\"none\":[],\n\"two\":[\n 1,\n {\"a\":\"b\"}\n]\n}"
        );
    }
}
