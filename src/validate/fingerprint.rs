//! Fingerprints: findings go in, and come out in the order they are published, each with a name of its own that stays when lines move.

use std::io;

use crate::schema::{Finding, Observation};
use crate::spool::{Key, Merged, Shelf, Sorted, Sorter};

/// What is hashed between two parts, so that "1" and "23" are not "12" and "3".
const SEPARATOR: &[u8] = &[0x1f];

/// Hexadecimal digits that are kept: 64 bits, no chance meeting among millions.
const DIGITS: usize = 16;

/// The fingerprint of a code and what the finding is about.
pub(super) fn of(code: &str, identity: &[String]) -> String {
    let mut hasher = blake3::Hasher::new();
    hasher.update(code.as_bytes());
    for part in identity {
        hasher.update(SEPARATOR);
        // A paragraph that is wrapped anew breaks "seven per cent" at another place.
        for (index, word) in part.split_whitespace().enumerate() {
            hasher.update(if index == 0 { b"" } else { b" " });
            hasher.update(word.as_bytes());
        }
    }
    let mut hash = hasher.finalize().to_hex().to_string();
    hash.truncate(DIGITS);
    hash
}

/// A figure without its place: the series, the days and the characters printed.
pub(super) fn identity(observation: &Observation) -> String {
    let sex = observation.sex.map_or("", crate::schema::Sex::as_str);
    let base = observation.base.map(|base| base.to_string()).unwrap_or_default();
    [
        observation.family.as_str(),
        observation.edition.as_str(),
        observation.indicator.as_str(),
        observation.statistic.as_str(),
        observation.area.as_str(),
        observation.origin.as_str(),
        sex,
        observation.group.as_str(),
        observation.period.to_string().as_str(),
        base.as_str(),
        observation.quote.as_str(),
    ]
    .join("|")
}

/// Fingerprints in the order of their findings, of which equal ones are to be set apart by a count: `-2`, `-3`.
pub(super) struct Counting {
    /// By fingerprint, and then by the number of the finding.
    sorter: Sorter,
    findings: i64,
    shelf: Shelf,
}

impl Counting {
    pub(super) fn new(shelf: &Shelf) -> Self {
        Self {
            sorter: Sorter::new(shelf),
            findings: 0,
            shelf: shelf.clone(),
        }
    }

    /// Takes the fingerprint of the next finding.
    pub(super) fn push(&mut self, finding: &Finding) -> io::Result<()> {
        let key = Key::default().text(plain(&finding.fingerprint)).number(self.findings);
        self.findings += 1;
        self.sorter.push(key.bytes(), &[])
    }

    /// The counts, by the number of the finding.
    pub(super) fn finish(self) -> io::Result<Sorted> {
        const NUMBER: usize = size_of::<i64>();
        let mut counts = Sorter::new(&self.shelf);
        let mut last: (Vec<u8>, u32) = Default::default();
        self.sorter.finish()?.each(&mut |key, _| {
            let (fingerprint, number) = key.split_at(key.len() - NUMBER);
            if last.0 == fingerprint {
                last.1 += 1;
                return counts.push(number, &last.1.to_le_bytes());
            }
            last = (fingerprint.to_vec(), 1);
            Ok(())
        })?;
        counts.finish()
    }
}

/// The counts of findings, in their order.
pub(super) struct Counts<'s> {
    rest: Merged<'s>,
    /// The next finding that has one.
    next: Option<(Vec<u8>, Vec<u8>)>,
    findings: i64,
}

impl<'s> Counts<'s> {
    pub(super) fn of(counts: &'s Sorted) -> io::Result<Self> {
        let mut rest = counts.merged()?;
        Ok(Self {
            next: rest.next()?,
            rest,
            findings: 0,
        })
    }

    /// Sets the next finding apart from those before it.
    pub(super) fn set(&mut self, finding: &mut Finding) -> io::Result<()> {
        finding.fingerprint.truncate(DIGITS);
        let number = Key::default().number(self.findings);
        self.findings += 1;
        if let Some((_, count)) = self.next.take_if(|(next, _)| next == number.bytes()) {
            let count = u32::from_le_bytes(count.try_into().map_err(|_| io::ErrorKind::InvalidData)?);
            finding.fingerprint = format!("{}-{count}", finding.fingerprint);
            self.next = self.rest.next()?;
        }
        Ok(())
    }
}

/// The fingerprint without its count.
pub(super) fn plain(fingerprint: &str) -> &str {
    fingerprint.split_once('-').map_or(fingerprint, |(plain, _)| plain)
}

/// What findings are sorted by as they are published: severity, code, documents, places, message.
pub(super) fn order(finding: &Finding) -> Key {
    let mut key = Key::default().byte(finding.severity as u8).text(finding.code);
    for document in &finding.documents {
        key = key.byte(1).text(document);
    }
    key = key.byte(0);
    for mention in &finding.mentions {
        let (page, top, left) = mention.place.order();
        key = key.byte(1).number(page.into()).number(top).number(left);
    }
    key.byte(0).text(&finding.message)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_same(one: &[&str], other: &[&str], same: bool) {
        let fingerprint = |parts: &[&str]| of("total-differs", &parts.iter().map(|part| (*part).to_owned()).collect::<Vec<_>>());
        assert_eq!(fingerprint(one) == fingerprint(other), same, "{one:?} and {other:?}");
    }

    #[test]
    fn line_ends_within_words_change_nothing() {
        check_same(&["seven per cent"], &["seven per\ncent"], true);
        check_same(&["seven per cent"], &["seven\r\n  per cent "], true);
        check_same(&["seven per cent"], &["sevenper cent"], false);
        check_same(&["1", "23"], &["12", "3"], false);
    }
}
