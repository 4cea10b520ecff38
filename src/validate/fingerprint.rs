//! Fingerprints: findings go in, and come out in the order they are published, each with a name of its own that stays when lines move.

use std::collections::HashMap;

use crate::schema::{Finding, Observation};
use crate::spool::Key;

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

/// How often each fingerprint was met. Equal ones are set apart by a count: `-2`, `-3`.
#[derive(Debug, Default)]
pub(super) struct Counts(HashMap<u64, u32>);

impl Counts {
    /// Sets a finding apart from those before it.
    pub(super) fn count(&mut self, finding: &mut Finding) {
        finding.fingerprint.truncate(DIGITS);
        let number = u64::from_str_radix(&finding.fingerprint, 16).expect("it is made of hexadecimal digits");
        let count = self.0.entry(number).or_default();
        *count += 1;
        if *count > 1 {
            finding.fingerprint = format!("{}-{count}", finding.fingerprint);
        }
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
