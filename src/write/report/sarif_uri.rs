//! A path to the place of a file in SARIF: below the top folder where it is, else absolute or as it stands.

use serde_json::{Value, json};

/// The location of a file (3.4): a relative reference is one to the top folder of the sources, unless it leads out of it.
pub(super) fn artifact(path: &str) -> Value {
    let path = path.replace('\\', "/");
    let path = path.strip_prefix("./").unwrap_or(&path);
    let drive = path.as_bytes().get(1) == Some(&b':') && path.as_bytes().first().is_some_and(u8::is_ascii_alphabetic);
    if drive {
        let (drive, rest) = path.split_at(2);
        json!({ "uri": format!("file:///{drive}{}", encoded(rest)) })
    } else if path.starts_with('/') {
        json!({ "uri": format!("file://{}", encoded(path)) })
    } else if path.split('/').any(|part| part == "..") {
        json!({ "uri": encoded(path) })
    } else {
        json!({ "uri": encoded(path), "uriBaseId": "%SRCROOT%" })
    }
}

/// The path with all but unreserved characters of RFC 3986 as `%` and two digits.
fn encoded(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => uri.push(char::from(byte)),
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(path: &str, expected: &Value) {
        assert_eq!(artifact(path), *expected, "{path}");
    }

    #[test]
    fn a_path_below_is_relative_to_the_sources() {
        let below = |uri: &str| json!({ "uri": uri, "uriBaseId": "%SRCROOT%" });
        check("reports/2024-07.txt", &below("reports/2024-07.txt"));
        check("./reports/2024-07.txt", &below("reports/2024-07.txt"));
        check("reports\\2024-07.txt", &below("reports/2024-07.txt"));
        check("a b/100%/c:d?e#f.pdf", &below("a%20b/100%25/c%3Ad%3Fe%23f.pdf"));
        check("Črna Gora.pdf", &below("%C4%8Crna%20Gora.pdf"));
    }

    #[test]
    fn a_path_outside_is_told_as_it_is() {
        check("/srv/a b.txt", &json!({ "uri": "file:///srv/a%20b.txt" }));
        check("C:\\archive\\a b.txt", &json!({ "uri": "file:///C:/archive/a%20b.txt" }));
        check("../a.txt", &json!({ "uri": "../a.txt" }));
    }
}
