//! Web archives (ISO 28500): records in, the pages and files that servers answered with out, each by its address.

use std::io::{self, BufRead, Read};

use flate2::read::{GzDecoder, ZlibDecoder};

use super::Limits;
use super::kind;
use super::packed::{Member, Unpacked};
use super::snapshot::Origin;

/// Longest head of a record or an answer.
const LONGEST_HEAD: u64 = 256 * 1024;

/// Takes every answer with content that may be a report.
pub(super) fn members(mut reader: impl BufRead, limits: &Limits, unpacked: &mut Unpacked) -> io::Result<()> {
    let mut count = 0;
    let mut total = 0_u64;
    while let Some(record) = head(&mut reader)? {
        if !record.first.starts_with("WARC/") {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "a record does not start with its version"));
        }
        let length: u64 = record
            .value("content-length")
            .and_then(|length| length.parse().ok())
            .ok_or_else(|| io::Error::new(io::ErrorKind::InvalidData, "a record does not say how long it is"))?;
        count += 1;
        if count > limits.members {
            unpacked.unreadable(
                String::new(),
                format!("over a limit: the archive has more than {} records; the rest is not read", limits.members),
            );
            return Ok(());
        }
        let mut block = (&mut reader).take(length);
        let kind = record.value("warc-type").unwrap_or_default().to_ascii_lowercase();
        if kind == "response" || kind == "resource" {
            let name = name(record.value("warc-target-uri").unwrap_or_default());
            if length > limits.snapshot_bytes {
                unpacked.unreadable(
                    name,
                    format!("over a limit: the record has {length} bytes, more than {}", limits.snapshot_bytes),
                );
            } else if let Some(body) = body(&mut block, &kind, &record, &name, limits, unpacked)? {
                total = total.saturating_add(body.len() as u64);
                if total > limits.archive_bytes {
                    unpacked.unreadable(
                        name,
                        "over a limit: the archive's records before this one are too large together; the rest is not read".to_owned(),
                    );
                    return Ok(());
                }
                unpacked.members.push(Member {
                    name,
                    size: body.len() as u64,
                    origin: Origin::Bytes(body.into()),
                });
            }
        }
        let left = block.limit();
        if io::copy(&mut block, &mut io::sink())? < left {
            return Err(io::Error::new(io::ErrorKind::UnexpectedEof, "it ends within a record"));
        }
    }
    Ok(())
}

/// The content of an answer, if it may be a report.
fn body(block: &mut impl BufRead, kind: &str, record: &Head, name: &str, limits: &Limits, unpacked: &mut Unpacked) -> io::Result<Option<Vec<u8>>> {
    let answer = if kind == "response"
        && record
            .value("content-type")
            .is_some_and(|kind| kind.to_ascii_lowercase().contains("http"))
    {
        match head(block)? {
            Some(answer) => answer,
            None => return Ok(None),
        }
    } else {
        Head {
            first: "HTTP/1.1 200".to_owned(),
            fields: record.fields.iter().filter(|(name, _)| name == "content-type").cloned().collect(),
        }
    };
    if answer.first.split_whitespace().nth(1) != Some("200") {
        unpacked.skipped += 1;
        return Ok(None);
    }
    let mut bytes = Vec::new();
    block.read_to_end(&mut bytes)?;
    if answer
        .value("transfer-encoding")
        .is_some_and(|coding| coding.to_ascii_lowercase().contains("chunked"))
        && let Some(whole) = unchunked(&bytes)
    {
        bytes = whole;
    }
    let coding = answer.value("content-encoding").unwrap_or_default().to_ascii_lowercase();
    let decoded = match coding.as_str() {
        "gzip" | "x-gzip" if bytes.starts_with(b"\x1f\x8b") => inflate(GzDecoder::new(bytes.as_slice()), bytes.len(), limits),
        "deflate" if bytes.first() == Some(&0x78) => inflate(ZlibDecoder::new(bytes.as_slice()), bytes.len(), limits),
        "" | "identity" | "gzip" | "x-gzip" | "deflate" => Ok(bytes),
        other => Err(io::Error::new(io::ErrorKind::Unsupported, format!("packed as {other}"))),
    };
    let bytes = match decoded {
        Ok(bytes) => bytes,
        Err(error) => {
            unpacked.unreadable(name.to_owned(), format!("the answer cannot be unpacked: {error}"));
            return Ok(None);
        }
    };
    if may_be_report(answer.value("content-type").unwrap_or_default(), name, &bytes) {
        Ok(Some(bytes))
    } else {
        unpacked.skipped += 1;
        Ok(None)
    }
}

fn inflate(reader: impl Read, packed: usize, limits: &Limits) -> io::Result<Vec<u8>> {
    let most = limits.snapshot_bytes.min((packed as u64).saturating_mul(limits.ratio).max(1 << 20));
    let mut bytes = Vec::new();
    reader.take(most + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > most {
        return Err(io::Error::new(io::ErrorKind::InvalidData, "it unpacks to far more than pages do"));
    }
    Ok(bytes)
}

/// By what the server calls it; where that says nothing, by name and content.
fn may_be_report(media_type: &str, name: &str, bytes: &[u8]) -> bool {
    let media_type = media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let file = name.rsplit('/').next().unwrap_or(name);
    match media_type.as_str() {
        "text/html" | "application/xhtml+xml" | "application/pdf" | "application/x-pdf" | "text/markdown" => true,
        "text/plain" => !kind::says_other(file),
        "" | "application/octet-stream" | "binary/octet-stream" | "application/force-download" | "application/download" => {
            kind::kind(file, &bytes[..bytes.len().min(4096)]) == kind::Kind::Snapshot
        }
        _ => false,
    }
}

/// Host and path of an address, as the path of a document.
fn name(uri: &str) -> String {
    let uri = uri.trim().trim_start_matches('<').trim_end_matches('>');
    let after = uri.split_once("://").map_or(uri, |(_, after)| after);
    let after = after.split('#').next().unwrap_or(after);
    let (path, query) = after.split_once('?').map_or((after, None), |(path, query)| (path, Some(query)));
    let mut parts: Vec<&str> = path.split('/').filter(|part| !matches!(*part, "" | "." | "..")).collect();
    if path.ends_with('/') || parts.len() < 2 {
        parts.push("index.html");
    }
    let mut name = parts.join("/");
    if let Some(query) = query.filter(|query| !query.is_empty()) {
        name.push('?');
        name.push_str(&query.replace('/', "%2F"));
    }
    name.replace('\\', "/")
}

/// The head of a record or an answer.
#[derive(Debug)]
struct Head {
    first: String,
    fields: Vec<(String, String)>,
}

impl Head {
    fn value(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(field, _)| field == name).map(|(_, value)| value.as_str())
    }
}

/// Reads a head up to its empty line; none at the end of the file.
fn head(reader: &mut impl BufRead) -> io::Result<Option<Head>> {
    let mut limited = reader.take(LONGEST_HEAD);
    let mut first = String::new();
    let mut fields: Vec<(String, String)> = Vec::new();
    loop {
        let mut line = Vec::new();
        if limited.read_until(b'\n', &mut line)? == 0 {
            if limited.limit() == 0 {
                return Err(io::Error::new(io::ErrorKind::InvalidData, "a record's head does not end"));
            }
            return Ok((!first.is_empty()).then_some(Head { first, fields }));
        }
        let line = String::from_utf8_lossy(&line);
        let line = line.trim_end();
        if first.is_empty() {
            // Two empty lines end each record.
            line.clone_into(&mut first);
        } else if line.is_empty() {
            return Ok(Some(Head { first, fields }));
        } else if line.starts_with([' ', '\t'])
            && let Some((_, value)) = fields.last_mut()
        {
            value.push(' ');
            value.push_str(line.trim());
        } else if let Some((name, value)) = line.split_once(':') {
            fields.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
        }
    }
}

/// The content of a chunked answer; none if it is not chunked after all, as some archives keep it.
fn unchunked(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut whole = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    loop {
        let end = rest.windows(2).take(64).position(|pair| pair == b"\r\n")?;
        let size = std::str::from_utf8(&rest[..end]).ok()?.split(';').next()?.trim();
        let size = usize::from_str_radix(size, 16).ok()?;
        rest = &rest[end + 2..];
        if size == 0 {
            return Some(whole);
        }
        whole.extend_from_slice(rest.get(..size)?);
        rest = rest.get(size..)?.strip_prefix(b"\r\n")?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_become_paths() {
        let check = |uri: &str, expected: &str| assert_eq!(name(uri), expected);
        check("https://data.unhcr.org/en/dataviz/336", "data.unhcr.org/en/dataviz/336");
        check("<https://example.org/>", "example.org/index.html");
        check(
            "https://example.org/../a/./report.html?sv=41&x=/y#top",
            "example.org/a/report.html?sv=41&x=%2Fy",
        );
        check("https://example.org", "example.org/index.html");
    }

    #[test]
    fn chunks_are_put_together() {
        assert_eq!(unchunked(b"4\r\nsome\r\n6;x\r\n 7,900\r\n0\r\n\r\n").as_deref(), Some(&b"some 7,900"[..]));
        assert_eq!(unchunked(b"some 7,900"), None);
        assert_eq!(unchunked(b"ffffffffffffffff\r\nx"), None);
    }
}
