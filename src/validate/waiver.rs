//! Waivers: `crosstally.toml` beside an archive goes in, and the findings it does not cover come out.

use std::ops::Range;

use globset::{Glob, GlobMatcher};
use jiff::civil::Date;
use serde::Deserialize;
use toml::Spanned;

use crate::schema::{Finding, Mention, Provenance};

use super::checks::{waiver_expired, waiver_unmatched};
use super::{Judgement, codes, fingerprint};

/// Findings that somebody decided to live with, and until when.
#[derive(Debug, Clone, Default)]
pub struct Waivers {
    waivers: Vec<Waiver>,
}

/// One decision to live with a finding.
#[derive(Debug, Clone)]
pub struct Waiver {
    /// Why it is no fault, or one that cannot be mended.
    pub reason: String,
    /// Who answers for it.
    pub owner: String,
    /// Last day it holds.
    pub until: Date,
    /// Where it stands in the file.
    pub mention: Mention,
    target: Target,
    state: State,
}

#[derive(Debug, Clone)]
enum Target {
    Fingerprint(String),
    Kind { code: String, document: GlobMatcher },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Holds,
    Expired,
}

/// Why the waivers cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum WaiverError {
    /// The file is not the TOML that waivers are written in.
    #[error("{file}:{line}: {cause}")]
    Faulty {
        /// The file.
        file: String,
        /// Line, from 1.
        line: usize,
        /// What is wrong there.
        cause: String,
    },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    waiver: Vec<Spanned<Entry>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    fingerprint: Option<Spanned<String>>,
    code: Option<Spanned<String>>,
    document: Option<Spanned<String>>,
    reason: String,
    owner: String,
    until: Spanned<toml::Value>,
}

impl Waivers {
    /// Reads the text of a `crosstally.toml`; `file` is its name in messages, `today` the day on which waivers hold or not.
    pub fn from_toml(text: &str, file: &str, today: Date) -> Result<Self, WaiverError> {
        let faulty = |at: usize, cause: String| WaiverError::Faulty {
            file: file.to_owned(),
            line: line_column(text, at).0 as usize,
            cause,
        };
        let parsed: File = toml::from_str(text).map_err(|error| {
            let at = error.span().map_or(0, |span| span.start);
            faulty(at, error.message().trim().to_owned())
        })?;
        let mut waivers = Vec::new();
        for entry in parsed.waiver {
            let span = entry.span();
            let entry = entry.into_inner();
            let until =
                day(entry.until.get_ref()).ok_or_else(|| faulty(entry.until.span().start, "`until` is no day, such as 2026-12-31".to_owned()))?;
            let (target, words) = target(&entry, &span).map_err(|(at, cause)| faulty(at, cause))?;
            waivers.push(Waiver {
                reason: entry.reason,
                owner: entry.owner,
                until,
                mention: mention(text, file, words),
                target,
                state: if until < today { State::Expired } else { State::Holds },
            });
        }
        Ok(Self { waivers })
    }

    /// The waivers, in the order of the file.
    pub fn waivers(&self) -> &[Waiver] {
        &self.waivers
    }

    /// Takes out what the waivers cover, and adds what is wrong with the waivers themselves.
    pub(super) fn apply(&self, raised: Vec<Finding>) -> Judgement {
        let mut judgement = Judgement::default();
        let mut matched = vec![false; self.waivers.len()];
        for finding in raised {
            let mut covering = self.waivers.iter().enumerate().filter(|(_, waiver)| waiver.covers(&finding)).peekable();
            let Some((_, first)) = covering.peek() else {
                judgement.findings.push(finding);
                continue;
            };
            let reason = first.reason.clone();
            for (index, _) in covering {
                matched[index] = true;
            }
            judgement.waived.push((finding, reason));
        }
        for (waiver, matched) in self.waivers.iter().zip(matched) {
            match waiver.state {
                State::Expired => judgement.findings.push(waiver_expired::finding(waiver)),
                State::Holds if !matched => judgement.findings.push(waiver_unmatched::finding(waiver)),
                State::Holds => {}
            }
        }
        judgement
    }
}

impl Waiver {
    /// What it is about, in a few words: `total-differs in 2024-12.txt`, `finding 0123456789abcdef`.
    pub fn subject(&self) -> String {
        match &self.target {
            Target::Fingerprint(fingerprint) => format!("finding {fingerprint}"),
            Target::Kind { code, document } => format!("{code} in {}", document.glob()),
        }
    }

    fn covers(&self, finding: &Finding) -> bool {
        self.state == State::Holds
            && match &self.target {
                Target::Fingerprint(fingerprint) => finding.fingerprint == *fingerprint,
                Target::Kind { code, document } => finding.code == code && finding.documents.iter().any(|path| document.is_match(path)),
            }
    }
}

/// What a waiver covers, and the words of the file that say so.
fn target(entry: &Entry, span: &Range<usize>) -> Result<(Target, Range<usize>), (usize, String)> {
    match (&entry.fingerprint, &entry.code, &entry.document) {
        (Some(fingerprint), None, None) => {
            let words = fingerprint.get_ref();
            let hexadecimal = fingerprint::plain(words).bytes().all(|byte| byte.is_ascii_hexdigit());
            if words.is_empty() || !hexadecimal {
                return Err((fingerprint.span().start, format!("`{words}` is no fingerprint")));
            }
            Ok((Target::Fingerprint(words.clone()), fingerprint.span()))
        }
        (None, Some(code), Some(document)) => {
            let words = code.get_ref();
            if !codes().iter().any(|check| check.code == words) {
                return Err((code.span().start, format!("no check has the code `{words}`")));
            }
            if words.starts_with("waiver-") {
                return Err((code.span().start, format!("`{words}` cannot be waived")));
            }
            let glob = Glob::new(document.get_ref()).map_err(|error| (document.span().start, error.to_string()))?;
            let target = Target::Kind {
                code: words.clone(),
                document: glob.compile_matcher(),
            };
            Ok((target, code.span()))
        }
        _ => Err((span.start, "a waiver names a `fingerprint`, or a `code` and a `document`".to_owned())),
    }
}

/// A day, as TOML writes it or in quotes.
fn day(value: &toml::Value) -> Option<Date> {
    match value {
        toml::Value::Datetime(day) if day.time.is_none() => day.to_string().parse().ok(),
        toml::Value::String(day) => day.parse().ok(),
        _ => None,
    }
}

fn mention(text: &str, file: &str, words: Range<usize>) -> Mention {
    let start = text[..words.start].rfind('\n').map_or(0, |at| at + 1);
    let end = text[words.end..].find('\n').map_or(text.len(), |at| words.end + at);
    let (line, column) = line_column(text, words.start);
    Mention {
        document: file.to_owned(),
        place: Provenance::Bytes {
            start: words.start as u64,
            end: words.end as u64,
            line,
            column,
        },
        quote: text[words.clone()].to_owned(),
        context: text[start..end].to_owned(),
        offset: words.start - start,
    }
}

fn line_column(text: &str, at: usize) -> (u32, u32) {
    let before = text.get(..at).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    (u32::try_from(line).unwrap_or(u32::MAX), u32::try_from(column).unwrap_or(u32::MAX))
}

#[cfg(test)]
mod tests {
    use super::super::testing::{printed, snapshot};
    use super::*;

    const TODAY: Date = jiff::civil::date(2026, 11, 21);

    fn check(toml: &str, expected: &[&str]) {
        let extraction = snapshot(vec![printed("343"), printed("344")], Vec::new());
        let fingerprint = super::super::findings(std::slice::from_ref(&extraction), &Waivers::default())[0]
            .fingerprint
            .clone();
        let waivers = Waivers::from_toml(&toml.replace("IT", &fingerprint), "crosstally.toml", TODAY).unwrap();
        let judgement = super::super::judge(&[extraction], &waivers);
        let mut codes: Vec<String> = judgement.findings.iter().map(|finding| finding.code.to_owned()).collect();
        codes.extend(judgement.waived.iter().map(|(_, reason)| format!("waived: {reason}")));
        assert_eq!(codes, expected, "{toml}");
    }

    #[test]
    fn a_waiver_takes_its_finding_out() {
        let rest = "reason = 'known'\nowner = 'ana'\nuntil = 2026-11-21";
        check(&format!("[[waiver]]\nfingerprint = 'IT'\n{rest}"), &["waived: known"]);
        check(
            &format!("[[waiver]]\ncode = 'repeat-differs'\ndocument = '2024-*.txt'\n{rest}"),
            &["waived: known"],
        );
        check("", &["repeat-differs"]);
    }

    #[test]
    fn a_waiver_past_its_day_is_an_error_and_covers_nothing() {
        let waiver = "[[waiver]]\nfingerprint = 'IT'\nreason = 'known'\nowner = 'ana'\nuntil = '2026-11-20'";
        check(waiver, &["repeat-differs", "waiver-expired"]);
    }

    #[test]
    fn a_waiver_that_covers_nothing_is_told() {
        let waiver = "[[waiver]]\ncode = 'total-differs'\ndocument = '*'\nreason = 'known'\nowner = 'ana'\nuntil = 2027-01-01";
        check(waiver, &["repeat-differs", "waiver-unmatched"]);
    }

    fn check_error(toml: &str, expected: &str) {
        let error = Waivers::from_toml(toml, "crosstally.toml", TODAY).unwrap_err();
        assert_eq!(error.to_string(), expected);
    }

    #[test]
    fn errors_name_the_line() {
        check_error(
            "[[waiver]]\nfingerprint = 'ab'\nreason = 'x'\nowner = 'y'\nuntil = 3",
            "crosstally.toml:5: `until` is no day, such as 2026-12-31",
        );
        check_error(
            "\n[[waiver]]\nreason = 'x'\nowner = 'y'\nuntil = 2027-01-01",
            "crosstally.toml:2: a waiver names a `fingerprint`, or a `code` and a `document`",
        );
        check_error(
            "[[waiver]]\ncode = 'total-difers'\ndocument = '*'\nreason = 'x'\nowner = 'y'\nuntil = 2027-01-01",
            "crosstally.toml:2: no check has the code `total-difers`",
        );
        check_error(
            "[[waiver]]\ncode = 'waiver-expired'\ndocument = '*'\nreason = 'x'\nowner = 'y'\nuntil = 2027-01-01",
            "crosstally.toml:2: `waiver-expired` cannot be waived",
        );
        check_error(
            "[[waiver]]\nfingerprint = 'ab'\nowner = 'y'\nuntil = 2027-01-01",
            "crosstally.toml:1: missing field `reason`",
        );
    }
}
