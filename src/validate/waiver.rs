//! Waivers: `crosstally.toml` beside an archive goes in, and the findings it does not cover come out.

use std::ops::Range;

use globset::{Glob, GlobMatcher};
use jiff::civil::Date;
use serde::Deserialize;
use toml::Spanned;

use crate::schema::{DocumentRecord, Finding, Mention, Provenance, WaivedFinding};

use super::checks::{waiver_expired, waiver_unmatched};
use super::{codes, fingerprint};

/// Findings that somebody decided to live with, and until when.
#[derive(Debug, Clone, Default)]
pub struct Waivers {
    decisions: Vec<Waiver>,
    /// Ways from the folder of the file to what is read, `/` separated: `reports/2024`.
    ways: Vec<String>,
    extent: Extent,
}

/// How much of the archive that the waivers are about is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Extent {
    /// All of it: a waiver that matches nothing is told.
    #[default]
    Whole,
    /// Some snapshots: a waiver of another document is not told.
    Part,
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
    Fingerprint { fingerprint: String, document: Option<GlobMatcher> },
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
    #[error("{file}:{line}:{column}: {cause}")]
    Faulty {
        /// The file.
        file: String,
        /// Line, from 1.
        line: u32,
        /// Column in characters, from 1.
        column: u32,
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
    reason: Spanned<String>,
    owner: Spanned<String>,
    until: Spanned<toml::Value>,
}

impl Waivers {
    /// Reads the text of a `crosstally.toml`; `file` is its name in messages.
    ///
    /// `today` is the day by which waivers hold or have ended; without one they all hold, so that the same input gives the same output
    /// on any day.
    pub fn from_toml(text: &str, file: &str, today: Option<Date>) -> Result<Self, WaiverError> {
        let faulty = |at: usize, cause: String| {
            let (line, column) = line_column(text, at);
            let file = file.to_owned();
            WaiverError::Faulty { file, line, column, cause }
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
            for (name, words) in [("reason", &entry.reason), ("owner", &entry.owner)] {
                if words.get_ref().trim().is_empty() {
                    return Err(faulty(words.span().start, format!("`{name}` says nothing")));
                }
            }
            let (target, words) = target(&entry, &span).map_err(|(at, cause)| faulty(at, cause))?;
            waivers.push(Waiver {
                reason: entry.reason.into_inner(),
                owner: entry.owner.into_inner(),
                until,
                mention: mention(text, file, words),
                target,
                state: match today {
                    Some(today) if until < today => State::Expired,
                    _ => State::Holds,
                },
            });
        }
        Ok(Self {
            decisions: waivers,
            ..Self::default()
        })
    }

    /// The same waivers for a run that reads what lies these ways from the folder of the file.
    ///
    /// A waiver names a document by its path in the dataset, or by its path from the folder of the file.
    #[must_use]
    pub fn reading(self, ways: Vec<String>, extent: Extent) -> Self {
        Self { ways, extent, ..self }
    }

    /// The waivers, in the order of the file.
    pub fn waivers(&self) -> &[Waiver] {
        &self.decisions
    }

    /// The finding with the first waiver that covers it; `matched` notes all that do.
    pub(super) fn cover(&self, finding: &Finding, matched: &mut [bool]) -> Option<WaivedFinding> {
        let mut first = None;
        for (waiver, matched) in self.decisions.iter().zip(matched) {
            if self.covers(waiver, finding) {
                *matched = true;
                first = first.or(Some(waiver));
            }
        }
        first.map(|waiver| WaivedFinding {
            finding: finding.clone(),
            reason: waiver.reason.clone(),
            owner: waiver.owner.clone(),
            until: waiver.until.to_string(),
        })
    }

    /// What is wrong with the waivers themselves, of which some cover a finding.
    pub(super) fn own_findings(&self, matched: &[bool], documents: &[DocumentRecord]) -> Vec<Finding> {
        let is_read = |waiver: &Waiver| {
            let glob = waiver.document();
            self.extent == Extent::Whole || glob.is_none_or(|glob| documents.iter().any(|document| self.names(glob, &document.path)))
        };
        let own = |(waiver, matched): (&Waiver, &bool)| match waiver.state {
            State::Expired if is_read(waiver) => Some(waiver_expired::finding(waiver)),
            State::Holds if !matched && is_read(waiver) => Some(waiver_unmatched::finding(waiver)),
            State::Holds | State::Expired => None,
        };
        self.decisions.iter().zip(matched).filter_map(own).collect()
    }

    fn covers(&self, waiver: &Waiver, finding: &Finding) -> bool {
        let among = |glob: &GlobMatcher| finding.documents.iter().any(|path| self.names(glob, path));
        waiver.state == State::Holds
            && match &waiver.target {
                Target::Fingerprint { fingerprint, document } => finding.fingerprint == *fingerprint && document.as_ref().is_none_or(among),
                Target::Kind { code, document } => finding.code == code && among(document),
            }
    }

    /// Whether a waiver's pattern names a document, by its path in the dataset or from the folder of the file.
    fn names(&self, glob: &GlobMatcher, path: &str) -> bool {
        glob.is_match(path) || self.ways.iter().any(|way| glob.is_match(format!("{way}/{path}")))
    }
}

impl Waiver {
    /// What it is about, in a few words: `total-differs in 2024-12.txt`, `finding 0123456789abcdef`.
    pub fn subject(&self) -> String {
        match &self.target {
            Target::Fingerprint { fingerprint, document: None } => format!("finding {fingerprint}"),
            Target::Fingerprint {
                fingerprint,
                document: Some(document),
            } => format!("finding {fingerprint} in {}", document.glob()),
            Target::Kind { code, document } => format!("{code} in {}", document.glob()),
        }
    }

    fn document(&self) -> Option<&GlobMatcher> {
        match &self.target {
            Target::Fingerprint { document, .. } => document.as_ref(),
            Target::Kind { document, .. } => Some(document),
        }
    }
}

/// What a waiver covers, and the words of the file that say so.
fn target(entry: &Entry, span: &Range<usize>) -> Result<(Target, Range<usize>), (usize, String)> {
    let document = match &entry.document {
        Some(pattern) => {
            let glob = Glob::new(pattern.get_ref()).map_err(|error| (pattern.span().start, error.to_string()))?;
            Some(glob.compile_matcher())
        }
        None => None,
    };
    match (&entry.fingerprint, &entry.code, document) {
        (Some(fingerprint), None, document) => {
            let words = fingerprint.get_ref();
            let hexadecimal = fingerprint::plain(words).bytes().all(|byte| byte.is_ascii_hexdigit());
            if words.is_empty() || !hexadecimal {
                return Err((fingerprint.span().start, format!("`{words}` is no fingerprint")));
            }
            let target = Target::Fingerprint {
                fingerprint: words.clone(),
                document,
            };
            Ok((target, fingerprint.span()))
        }
        (None, Some(code), Some(document)) => {
            let words = code.get_ref();
            if !codes().iter().any(|check| check.code == words) {
                return Err((code.span().start, format!("no check has the code `{words}`")));
            }
            if words.starts_with("waiver-") {
                return Err((code.span().start, format!("`{words}` cannot be waived")));
            }
            let target = Target::Kind {
                code: words.clone(),
                document,
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

    const TODAY: Option<Date> = Some(jiff::civil::date(2026, 11, 21));

    fn check(toml: &str, expected: &[&str]) {
        let extraction = snapshot(vec![printed("343"), printed("344")], Vec::new());
        let fingerprint = super::super::findings(std::slice::from_ref(&extraction), &Waivers::default())[0]
            .fingerprint
            .clone();
        let waivers = Waivers::from_toml(&toml.replace("IT", &fingerprint), "crosstally.toml", TODAY).unwrap();
        let judgement = super::super::testing::judged(&[extraction], &waivers);
        let mut codes: Vec<String> = judgement.findings.iter().map(|finding| finding.code.to_owned()).collect();
        codes.extend(judgement.waived.iter().map(|waived| format!("waived: {}", waived.reason)));
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

    #[test]
    fn without_a_day_every_waiver_holds() {
        let extraction = snapshot(vec![printed("343"), printed("344")], Vec::new());
        let toml = "[[waiver]]\ncode = 'repeat-differs'\ndocument = '*'\nreason = 'known'\nowner = 'ana'\nuntil = 2001-01-01";
        let judgement = super::super::testing::judged(&[extraction], &Waivers::from_toml(toml, "crosstally.toml", None).unwrap());
        assert_eq!((judgement.findings.len(), judgement.waived.len()), (0, 1));
        assert_eq!(
            (judgement.waived[0].owner.as_str(), judgement.waived[0].until.as_str()),
            ("ana", "2001-01-01")
        );
    }

    fn check_document(pattern: &str, extent: Extent, expected: &[&str]) {
        let extraction = snapshot(vec![printed("343"), printed("344")], Vec::new());
        let toml = format!("[[waiver]]\ncode = 'repeat-differs'\ndocument = '{pattern}'\nreason = 'known'\nowner = 'ana'\nuntil = 2027-01-01");
        let waivers = Waivers::from_toml(&toml, "crosstally.toml", TODAY).unwrap();
        let judgement = super::super::testing::judged(&[extraction], &waivers.reading(vec!["reports/2024".into()], extent));
        let codes: Vec<&str> = judgement.findings.iter().map(|finding| finding.code).collect();
        assert_eq!(codes, expected, "{pattern}");
    }

    #[test]
    fn a_document_is_named_from_what_is_read_or_from_the_folder_of_the_file() {
        check_document("2024-07.txt", Extent::Whole, &[]);
        check_document("reports/2024/2024-07.txt", Extent::Whole, &[]);
        check_document("reports/**", Extent::Whole, &[]);
        check_document("reports/2023/2024-07.txt", Extent::Whole, &["repeat-differs", "waiver-unmatched"]);
    }

    #[test]
    fn where_part_of_an_archive_is_read_waivers_of_the_rest_are_not_told() {
        check_document("2024-08.txt", Extent::Part, &["repeat-differs"]);
        check_document("2024-08.txt", Extent::Whole, &["repeat-differs", "waiver-unmatched"]);
    }

    fn check_error(toml: &str, expected: &str) {
        let error = Waivers::from_toml(toml, "crosstally.toml", TODAY).unwrap_err();
        assert_eq!(error.to_string(), expected);
    }

    #[test]
    fn errors_name_the_line() {
        check_error(
            "[[waiver]]\nfingerprint = 'ab'\nreason = 'x'\nowner = 'y'\nuntil = 3",
            "crosstally.toml:5:9: `until` is no day, such as 2026-12-31",
        );
        check_error(
            "\n[[waiver]]\nreason = 'x'\nowner = 'y'\nuntil = 2027-01-01",
            "crosstally.toml:2:1: a waiver names a `fingerprint`, or a `code` and a `document`",
        );
        check_error(
            "[[waiver]]\ncode = 'total-difers'\ndocument = '*'\nreason = 'x'\nowner = 'y'\nuntil = 2027-01-01",
            "crosstally.toml:2:8: no check has the code `total-difers`",
        );
        check_error(
            "[[waiver]]\ncode = 'waiver-expired'\ndocument = '*'\nreason = 'x'\nowner = 'y'\nuntil = 2027-01-01",
            "crosstally.toml:2:8: `waiver-expired` cannot be waived",
        );
        check_error(
            "[[waiver]]\nfingerprint = 'ab'\nowner = 'y'\nuntil = 2027-01-01",
            "crosstally.toml:1:1: missing field `reason`",
        );
        check_error(
            "[[waiver]]\nfingerprint = 'ab'\nreason = 'x'\nowner = ' '\nuntil = 2027-01-01",
            "crosstally.toml:4:9: `owner` says nothing",
        );
        check_error(
            "[[waiver]]\nfingerprint = 'ab'\nreason = 'x'\nowner = 'y'",
            "crosstally.toml:1:1: missing field `until`",
        );
        check_error(
            "[[waiver]]\ncode = 'restated'\ndocument = '['\nreason = 'x'\nowner = 'y'\nuntil = 2027-01-01",
            "crosstally.toml:3:12: error parsing glob '[': unclosed character class; missing ']'",
        );
    }
}
