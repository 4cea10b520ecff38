//! Extractions as they lie in the ledger: deflated, since the words around figures repeat.

use std::io::{Read as _, Write as _};

use flate2::{Compression, read::DeflateDecoder, write::DeflateEncoder};

use crate::schema::Extraction;

/// No extraction is larger; a ledger that says otherwise was not written here.
const LARGEST: u64 = 1 << 30;

/// The extraction, small.
pub(super) fn packed(extraction: &Extraction) -> Vec<u8> {
    let bytes = extraction.to_bytes();
    let mut encoder = DeflateEncoder::new(Vec::with_capacity(bytes.len() / 4), Compression::fast());
    encoder.write_all(&bytes).expect("memory takes all");
    encoder.finish().expect("memory takes all")
}

/// The extraction that was packed, if the bytes are sound.
pub(super) fn unpacked(packed: &[u8]) -> Option<Extraction> {
    let mut bytes = Vec::with_capacity(packed.len() * 6);
    DeflateDecoder::new(packed).take(LARGEST).read_to_end(&mut bytes).ok()?;
    Extraction::from_bytes(&bytes).ok()
}
