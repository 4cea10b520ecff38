//! Extractions as bytes, to be handed to another process or kept for a later run: an extraction in, compact bytes out, and back.
//!
//! The form is that of one build of the program. What keeps such bytes has to keep beside them which build wrote them.

use super::Extraction;

/// Bytes of the hash that stands before the content.
const CHECK: usize = 8;

/// Bytes that hold no extraction: cut off, changed, or never written as one.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the bytes hold no extraction")]
pub struct NotPacked;

impl Extraction {
    /// The extraction as bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        let start = vec![0; CHECK];
        let mut bytes = postcard::to_extend(self, start).expect("every field has a packed form, and memory grows");
        let check = check(&bytes[CHECK..]);
        bytes[..CHECK].copy_from_slice(&check);
        bytes
    }

    /// The extraction that [`Self::to_bytes`] was called on.
    ///
    /// Damage is told by a hash, so that it cannot pass for other figures.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, NotPacked> {
        let (told, content) = bytes.split_first_chunk::<CHECK>().ok_or(NotPacked)?;
        if *told != check(content) {
            return Err(NotPacked);
        }
        match postcard::take_from_bytes(content) {
            Ok((extraction, [])) => Ok(extraction),
            Ok(_) | Err(_) => Err(NotPacked),
        }
    }
}

fn check(content: &[u8]) -> [u8; CHECK] {
    let hash = blake3::hash(content);
    *hash.as_bytes().first_chunk().expect("a hash is longer")
}

/// Printed numbers, with the places after the point that were printed: `7.0` is not `7`.
pub(super) mod decimal {
    use rust_decimal::Decimal;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub(in super::super) fn serialize<S: Serializer>(number: &Decimal, serializer: S) -> Result<S::Ok, S::Error> {
        number.serialize().serialize(serializer)
    }

    pub(in super::super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Decimal, D::Error> {
        Ok(Decimal::deserialize(<[u8; 16]>::deserialize(deserializer)?))
    }
}

/// Calendar days as year, month and day.
pub(super) mod day {
    use jiff::civil::Date;
    use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands it over so")]
    pub(in super::super) fn serialize<S: Serializer>(day: &Date, serializer: S) -> Result<S::Ok, S::Error> {
        (day.year(), day.month(), day.day()).serialize(serializer)
    }

    pub(in super::super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Date, D::Error> {
        let (year, month, day) = Deserialize::deserialize(deserializer)?;
        Date::new(year, month, day).map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use std::{fs, path::Path};

    use rust_decimal::Decimal;

    use super::*;
    use crate::{Options, archive::Silent, schema::Period};

    /// What is read of every specimen.
    fn specimens() -> Vec<Extraction> {
        let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
        let dataset = crate::ingest(&[fixtures], &Options::default(), &Silent).expect("the specimens can be read");
        assert!(dataset.extractions.len() > 20, "there are specimens");
        dataset.extractions
    }

    /// One short text with figures, claims and relations.
    fn short() -> Extraction {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("2024-07.txt");
        let text = "Arrivals\n\nIn May 5,150 persons landed, compared to 4,120 in April (a 15% increase).\n";
        fs::write(&file, text).expect("a file");
        let dataset = crate::ingest(&[file], &Options::default(), &Silent).expect("the text can be read");
        dataset.extractions.into_iter().next().expect("one")
    }

    #[test]
    fn what_was_read_of_every_specimen_comes_back_as_it_was() {
        for extraction in specimens() {
            let back = Extraction::from_bytes(&extraction.to_bytes()).expect("just packed");
            assert_eq!(back, extraction, "{}", extraction.document.path);
            // Numbers are equal whatever places they print; these have to come back too.
            assert_eq!(format!("{back:?}"), format!("{extraction:?}"));
        }
    }

    #[test]
    fn numbers_keep_their_printed_places_and_their_sign() {
        for number in [
            "7",
            "7.0",
            "-47.50",
            "0.000",
            "-0.0",
            "79228162514264337593543950335",
            "0.0000000000000000000000000001",
        ] {
            let number: Decimal = number.parse().expect("a number");
            let bytes = postcard::to_stdvec(&crate::schema::Interval::point(number)).expect("packed");
            let back: crate::schema::Interval = postcard::from_bytes(&bytes).expect("unpacked");
            assert_eq!(back.low.serialize(), number.serialize(), "{number}");
        }
    }

    #[test]
    fn a_day_that_no_calendar_has_is_no_day() {
        let february = |day: i8| postcard::to_stdvec(&((2024_i16, 2_i8, day), (2024_i16, 2_i8, day))).expect("packed");
        assert!(postcard::from_bytes::<Period>(&february(29)).is_ok());
        assert!(postcard::from_bytes::<Period>(&february(30)).is_err());
    }

    #[test]
    fn damage_is_told_wherever_it_is() {
        let bytes = short().to_bytes();
        for length in 0..bytes.len() {
            assert_eq!(Extraction::from_bytes(&bytes[..length]), Err(NotPacked), "cut at {length}");
        }
        for at in 0..bytes.len() {
            let mut changed = bytes.clone();
            changed[at] ^= 1 << (at % 8);
            assert_eq!(Extraction::from_bytes(&changed), Err(NotPacked), "changed at {at}");
        }
        let longer = [bytes.as_slice(), &[0]].concat();
        assert_eq!(Extraction::from_bytes(&longer), Err(NotPacked));
    }

    #[test]
    fn garbage_under_a_right_hash_is_no_extraction_either() {
        for seed in 0_u32..2_000 {
            let garbage: Vec<u8> = (0..seed % 97)
                .map(|at| (seed.wrapping_mul(2_654_435_761).wrapping_add(at * 40_503) >> 13) as u8)
                .collect();
            let bytes = [check(&garbage).as_slice(), &garbage].concat();
            // Either answer will do where no panic comes: a few such bytes may happen to be well-formed.
            let _ = Extraction::from_bytes(&bytes);
        }
    }
}
