//! Whether a stream of a PDF unpacks past all reason: the bytes of the file go in, the limit that is passed comes out.
//!
//! The engine unpacks a stream whole, so that a megabyte may become a gigabyte; here it is unpacked into nothing and only counted.
//! Streams packed with Flate are counted, once or several times over; what other filters hide, and encrypted streams, are not seen.

use std::io::{self, Read};

use flate2::read::ZlibDecoder;
use flate2::{Decompress, FlushDecompress, Status};
use memchr::memmem;

/// Bytes that a stream may unpack to: a picture of ten thousand by eight thousand dots in colour.
pub(super) const UNPACKED_AT_MOST: u64 = 256 << 20;
/// What one byte of Flate unpacks to at most.
const RATIO_AT_MOST: u64 = 1032;
/// Bytes that an unpacker may have taken in and not given out yet, and more.
const HELD: u64 = 1 << 10;
/// How often a stream may be packed over again; each time costs a reader its own tables.
const PACKED_AT_MOST: usize = 4;
const START: &[u8] = b"stream";
/// Bytes before the keyword of a stream among which its dictionary is looked for.
const DICTIONARY: usize = 2 << 10;

/// The first stream that passes the limit: how many bytes it has.
pub(super) fn first(bytes: &[u8]) -> Option<usize> {
    let mut at = 0;
    let mut opener = Decompress::new(true);
    let start = memmem::Finder::new(START);
    while let Some(found) = start.find(&bytes[at..]) {
        let keyword = at + found;
        at = keyword + START.len();
        if bytes[..keyword].ends_with(b"end") {
            continue;
        }
        let packed = packed(&bytes[at..]);
        let times = if names_one_filter(&bytes[..keyword]) { 1 } else { PACKED_AT_MOST };
        if is_past(packed, times, UNPACKED_AT_MOST, &mut opener) {
            return Some(packed.len());
        }
        at += packed.len();
    }
    None
}

/// The bytes of a stream that starts behind its keyword, to where it says that it ends.
fn packed(bytes: &[u8]) -> &[u8] {
    let line_end = bytes.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count().min(2);
    let bytes = &bytes[line_end..];
    let end = memmem::find(bytes, b"endstream");
    &bytes[..end.unwrap_or(bytes.len())]
}

/// Whether the dictionary that ends some bytes says in plain words that its stream is packed once: `/Filter/FlateDecode`.
fn names_one_filter(before: &[u8]) -> bool {
    let near = &before[before.len().saturating_sub(DICTIONARY)..];
    let Some(object) = memmem::rfind(near, b"obj") else { return false };
    let dictionary = &near[object + b"obj".len()..];
    // A name may end in these letters; an object's number does not.
    let is_numbered =
        near[..object].last().is_some_and(u8::is_ascii_whitespace) && near[..object].trim_ascii_end().last().is_some_and(u8::is_ascii_digit);
    if !is_numbered || !dictionary.trim_ascii_start().starts_with(b"<<") {
        return false;
    }
    // In a string or a comment may stand what looks like an object, and a name may be written in other letters.
    if dictionary.iter().any(|byte| matches!(byte, b'#' | b'(' | b')' | b'%')) {
        return false;
    }
    let mut filters = memmem::find_iter(dictionary, b"/F")
        .map(|at| &dictionary[at + b"/F".len()..])
        .filter(|rest| rest.starts_with(b"ilter") || !rest.first().is_some_and(u8::is_ascii_alphanumeric));
    let (Some(filter), None) = (filters.next(), filters.next()) else {
        return false;
    };
    let Some(value) = filter.strip_prefix(b"ilter").map(<[u8]>::trim_ascii_start) else {
        return false;
    };
    let name = value.strip_prefix(b"[").unwrap_or(value).trim_ascii_start();
    let Some(rest) = name.strip_prefix(b"/") else { return false };
    let letters = rest.iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
    !value.starts_with(b"[") || rest[letters..].trim_ascii_start().starts_with(b"]")
}

/// Whether what is packed a number of times at most unpacks past a limit.
fn is_past(packed: &[u8], most_times: usize, limit: u64, opener: &mut Decompress) -> bool {
    let mut most = packed.len() as u64;
    let mut head = packed.get(..2).map(|head| [head[0], head[1]]);
    for times in 1..=most_times {
        if !head.is_some_and(is_zlib) {
            return false;
        }
        most = most.saturating_mul(RATIO_AT_MOST);
        let is_past = most > limit
            && if times == 1 {
                passes(packed, limit, opener)
            } else {
                holds_more(unpacked(packed, times), limit)
            };
        if is_past {
            return true;
        }
        head = if times < most_times { head_of(packed, times, opener) } else { None };
    }
    false
}

/// Whether what is packed once passes a limit. It is unpacked no further than to where the rest cannot pass it, however well it is packed:
/// most pictures are a little longer than what passes at best.
fn passes(packed: &[u8], limit: u64, opener: &mut Decompress) -> bool {
    opener.reset(true);
    let mut buffer = vec![0; 128 << 10];
    loop {
        let (read, written) = (opener.total_in(), opener.total_out());
        let rest = &packed[packed.len().min(read as usize)..];
        if written.saturating_add((rest.len() as u64 + HELD).saturating_mul(RATIO_AT_MOST)) <= limit {
            return false;
        }
        let status = opener.decompress(rest, &mut buffer, FlushDecompress::None);
        if opener.total_out() > limit {
            return true;
        }
        let goes_on = matches!(status, Ok(Status::Ok | Status::BufError)) && (opener.total_in(), opener.total_out()) != (read, written);
        if !goes_on {
            return false;
        }
    }
}

/// The first two bytes after being unpacked so many times; most streams are unpacked once, by an opener that is at hand.
fn head_of(packed: &[u8], times: usize, opener: &mut Decompress) -> Option<[u8; 2]> {
    let mut head = [0; 2];
    if times > 1 {
        return unpacked(packed, times).read_exact(&mut head).is_ok().then_some(head);
    }
    opener.reset(true);
    let whole = opener.decompress(packed, &mut head, FlushDecompress::None).is_ok() && opener.total_out() == 2;
    whole.then_some(head)
}

/// The bytes as they are after being unpacked so many times.
fn unpacked(packed: &[u8], times: usize) -> Box<dyn Read + '_> {
    let packed: Box<dyn Read + '_> = Box::new(packed);
    (0..times).fold(packed, |packed, _| Box::new(ZlibDecoder::new(packed)))
}

/// Whether the two bytes start what Flate packed (RFC 1950, 2.2).
fn is_zlib([method, flags]: [u8; 2]) -> bool {
    method & 0x0f == 8 && (u16::from(method) << 8 | u16::from(flags)).is_multiple_of(31)
}

/// Counts until the limit is passed; what cannot be unpacked ends there, as it does for the engine.
fn holds_more(mut reader: impl Read, limit: u64) -> bool {
    let mut buffer = vec![0; 64 << 10];
    let mut count = 0_u64;
    loop {
        match reader.read(&mut buffer) {
            Ok(0) => return false,
            Ok(read) => count += read as u64,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(_) => return false,
        }
        if count > limit {
            return true;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::{Compression, write::ZlibEncoder};

    use super::*;

    fn pack(bytes: &[u8], times: usize) -> Vec<u8> {
        (0..times).fold(bytes.to_vec(), |bytes, _| {
            let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
            encoder.write_all(&bytes).unwrap();
            encoder.finish().unwrap()
        })
    }

    fn check(bytes: &[u8], limit: u64, expected: bool) {
        assert_eq!(is_past(bytes, PACKED_AT_MOST, limit, &mut Decompress::new(true)), expected);
    }

    #[test]
    fn what_unpacks_past_the_limit_is_seen_however_often_it_is_packed() {
        let spaces = vec![b' '; 1 << 20];
        for times in 1..=4 {
            check(&pack(&spaces, times), (1 << 20) - 1, true);
            check(&pack(&spaces, times), 1 << 20, false);
        }
        check(&spaces, 10, false);
        // What packs well may stand behind what does not.
        let noise: Vec<u8> = (0..1_u32 << 16)
            .flat_map(|seed| blake3::hash(&seed.to_le_bytes()).as_bytes()[..4].to_vec())
            .collect();
        let mixed = [noise.as_slice(), &spaces, &noise, &spaces].concat();
        check(&pack(&mixed, 1), mixed.len() as u64 - 1, true);
        check(&pack(&mixed, 1), mixed.len() as u64, false);
        let cut = pack(&mixed, 1);
        check(&cut[..cut.len() - 6], mixed.len() as u64 - 300, true);
        check(&cut[..cut.len() / 2], mixed.len() as u64 - 1, false);
        check(b"", 10, false);
        check(b"x\x9cno data of Flate", 10, false);
    }

    #[test]
    fn what_cannot_pass_any_more_is_unpacked_no_further() {
        let noise: Vec<u8> = (0..1_u32 << 16)
            .flat_map(|seed| blake3::hash(&seed.to_le_bytes()).as_bytes()[..4].to_vec())
            .collect();
        let packed = pack(&noise, 1);
        let length = packed.len() as u64;
        let check = |limit: u64, is_unpacked_whole: bool| {
            let mut opener = Decompress::new(true);
            assert!(!passes(&packed, limit, &mut opener));
            assert!(opener.total_in() > 0);
            assert_eq!(opener.total_in() == length, is_unpacked_whole, "{limit}");
        };
        check(length * RATIO_AT_MOST * 3 / 4, false);
        check(noise.len() as u64, true);
    }

    #[test]
    fn a_stream_is_packed_once_where_its_dictionary_says_so_in_plain_words() {
        let check = |dictionary: &str, expected: bool| {
            let before = format!("<</Filter[/FlateDecode/FlateDecode]>>stream\n7 0 obj {dictionary}");
            assert_eq!(names_one_filter(before.as_bytes()), expected, "{dictionary}");
        };
        check("<</Filter/FlateDecode/Length 7>>", true);
        check("<</Length 7 /Filter [ /FlateDecode ] /DecodeParms <</Columns 4>> >>", true);
        check("<</Type/Font/FontFile2 9 0 R/Filter /FlateDecode>>", true);
        check("<</Resources<</Font<</F1 9 0 R/F2 10 0 R>>>>/Filter/FlateDecode>>", true);
        for several in [
            "<</Filter[/FlateDecode/FlateDecode]>>",
            "<</Filter[/FlateDecode 8 0 R]>>",
            "<</Filter 8 0 R>>",
            "<</F/FlateDecode>>",
            "<</Filter/FlateDecode/F[/FlateDecode/FlateDecode]>>",
            "<</F#69lter[/FlateDecode/FlateDecode]/Filter/FlateDecode>>",
            "<</Filter[/FlateDecode/FlateDecode]/X(7 0 obj<</Filter/FlateDecode)>>",
            "<</Length 7>>",
            "<</Filter[/FlateDecode/FlateDecode]/Xobj/Filter/FlateDecode>>",
            "<</Filter[/FlateDecode/FlateDecode]/Xobj <</Filter/FlateDecode>>>>",
            "<</Filter[/FlateDecode/FlateDecode]/X 7 0 obj/Filter/FlateDecode>>",
        ] {
            check(several, false);
        }
        assert!(!names_one_filter(b"<</Filter/FlateDecode>>"));
    }

    #[test]
    fn every_stream_of_a_file_is_looked_at() {
        let small = pack(b"BT (7,900) Tj ET", 1);
        let large = pack(&vec![b' '; (256 << 20) + 1], 1);
        let file = |streams: &[&[u8]]| -> Vec<u8> {
            let stream = |stream: &&[u8]| [b"<</Filter/FlateDecode>>stream\r\n", *stream, b"\nendstream\n"].concat();
            streams.iter().flat_map(stream).collect()
        };
        assert_eq!(first(&file(&[&small, &small])), None);
        assert!(first(&file(&[&small, &large, &small])).is_some_and(|length| length < 300_000));
        assert!(first(&file(&[&large])[..200_000]).is_none());
        let twice = [
            b"7 0 obj<</Filter[/FlateDecode/FlateDecode]>>stream\n",
            pack(&large, 1).as_slice(),
            b"\nendstream",
        ]
        .concat();
        assert!(first(&twice).is_some());
        let once = [b"7 0 obj<</Filter/FlateDecode>>stream\n", large.as_slice(), b"\nendstream"].concat();
        assert!(first(&once).is_some());
    }
}
