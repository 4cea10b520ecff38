//! Extractions as they lie in the ledger: deflated, since the words around figures repeat.

use std::cell::RefCell;

use flate2::{Compress, Compression, Decompress, FlushCompress, FlushDecompress, Status};

use crate::schema::Extraction;

/// No extraction is larger; a ledger that says otherwise was not written here.
const LARGEST: usize = 1 << 30;
/// How many times smaller most extractions are when they are packed.
const RATIO: usize = 6;

thread_local! {
    // Each takes a quarter of a megabyte to set up: more than most extractions.
    static CLOSER: RefCell<Compress> = RefCell::new(Compress::new(Compression::fast(), false));
    static OPENER: RefCell<Decompress> = RefCell::new(Decompress::new(false));
}

/// The extraction, small.
pub(super) fn packed(extraction: &Extraction) -> Vec<u8> {
    let bytes = extraction.to_bytes();
    CLOSER.with_borrow_mut(|closer| {
        closer.reset();
        let mut packed = Vec::with_capacity(bytes.len() / RATIO + 1024);
        while closed(closer, &bytes, &mut packed) != Status::StreamEnd {
            packed.reserve(packed.len());
        }
        packed
    })
}

/// The extraction that was packed, if the bytes are sound.
pub(super) fn unpacked(packed: &[u8]) -> Option<Extraction> {
    OPENER.with_borrow_mut(|opener| {
        opener.reset(false);
        let mut bytes = Vec::with_capacity(packed.len() * RATIO + 1024);
        while opened(opener, packed, &mut bytes)? != Status::StreamEnd {
            // Where there was room left, it is the end that is missing.
            if bytes.len() < bytes.capacity() || bytes.len() > LARGEST {
                return None;
            }
            bytes.reserve(bytes.len());
        }
        Extraction::from_bytes(&bytes).ok()
    })
}

/// Packs what is left of the bytes, as far as there is room.
fn closed(closer: &mut Compress, bytes: &[u8], packed: &mut Vec<u8>) -> Status {
    let taken = usize::try_from(closer.total_in()).unwrap_or(bytes.len());
    closer
        .compress_vec(&bytes[taken..], packed, FlushCompress::Finish)
        .expect("any bytes can be packed")
}

/// Unpacks what is left, as far as there is room.
fn opened(opener: &mut Decompress, packed: &[u8], bytes: &mut Vec<u8>) -> Option<Status> {
    let taken = usize::try_from(opener.total_in()).ok()?;
    opener.decompress_vec(packed.get(taken..)?, bytes, FlushDecompress::None).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::DocumentRecord;

    fn extraction(note: &str) -> Extraction {
        Extraction {
            document: DocumentRecord {
                path: note.to_owned(),
                ..DocumentRecord::default()
            },
            ..Extraction::default()
        }
    }

    #[test]
    fn what_was_packed_comes_back_however_long_it_is_and_however_well_it_packs() {
        let mixed: String = (0..200_000_u32)
            .map(|number| char::from(b'!' + (number.wrapping_mul(2_654_435_761) >> 26) as u8))
            .collect();
        for note in ["", "short", &"the same ".repeat(300_000), &mixed] {
            let packed = packed(&extraction(note));
            assert_eq!(unpacked(&packed), Some(extraction(note)));
            for cut in [0, 1, packed.len() / 2, packed.len() - 1] {
                assert_eq!(unpacked(&packed[..cut]), None, "{cut} of {} bytes", packed.len());
            }
        }
        assert_eq!(unpacked(b"never packed"), None);
    }
}
