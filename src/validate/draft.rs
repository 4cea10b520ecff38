//! A finding in the making: figures and words go in, with all that a finding publishes taken from them.

use std::collections::BTreeSet;

use crate::schema::{DocumentRecord, Finding, Mention, Observation, Severity};

use super::arithmetic::{self, Verdict};
use super::check::Check;
use super::fingerprint;

/// A finding in the making.
pub(super) struct Draft {
    finding: Finding,
    /// What the fingerprint is made of, without places.
    identity: Vec<String>,
    /// Ids of the figures taken in.
    taken: BTreeSet<String>,
    /// The figures in the order they are reckoned, where that is not the order they are taken in.
    reckoned: Option<Vec<String>>,
    /// The most it can weigh.
    limit: Severity,
}

impl Draft {
    pub(super) fn new(check: &Check, message: String) -> Self {
        let finding = Finding {
            code: check.code,
            severity: check.severity,
            level: check.level,
            documents: Vec::new(),
            message: capitalised(message),
            printed: String::new(),
            expected: String::new(),
            mentions: Vec::new(),
            observations: Vec::new(),
            reckoned: Vec::new(),
            help: String::new(),
            method: None,
            fingerprint: String::new(),
        };
        Self {
            finding,
            identity: Vec::new(),
            taken: BTreeSet::new(),
            reckoned: None,
            limit: Severity::Error,
        }
    }

    /// The snapshot it is about.
    pub(super) fn within(mut self, document: &DocumentRecord) -> Self {
        let edition = if document.family.is_empty() || document.edition.is_empty() {
            document.path.clone()
        } else {
            format!("{} {} {}", document.family, document.edition, document.media_type)
        };
        self.identity.push(edition);
        self.finding.documents.push(document.path.clone());
        self
    }

    /// Weighs it otherwise than the check does.
    pub(super) fn severity(mut self, severity: Severity) -> Self {
        self.finding.severity = severity;
        self
    }

    /// Weighs it no heavier than this.
    pub(super) fn at_most(mut self, severity: Severity) -> Self {
        self.limit = self.limit.max(severity);
        self
    }

    /// Makes it a note that says so, where figures cut off instead of rounded would explain it.
    pub(super) fn weighed(mut self, verdict: Verdict) -> Self {
        if verdict == Verdict::HoldsIfCutOff {
            self.finding.severity = Severity::Note;
            self.finding.message.push_str(" (cut off instead of rounded would explain it)");
        }
        self
    }

    /// Puts it on another level than the check's.
    pub(super) fn level(mut self, level: u8) -> Self {
        self.finding.level = level;
        self
    }

    /// Adds to its message.
    pub(super) fn says(mut self, words: &str) -> Self {
        self.finding.message.push_str(words);
        self
    }

    /// What is printed.
    pub(super) fn printed(mut self, printed: &(impl ToString + ?Sized)) -> Self {
        self.finding.printed = printed.to_string();
        self
    }

    /// The value or interval that would not contradict.
    pub(super) fn expected(mut self, expected: &(impl ToString + ?Sized)) -> Self {
        self.finding.expected = expected.to_string();
        self
    }

    /// What the user does next.
    pub(super) fn help(mut self, help: impl Into<String>) -> Self {
        self.finding.help = help.into();
        self
    }

    /// How it came about, where not by the rules of a family.
    pub(super) fn method(mut self, method: &'static str) -> Self {
        self.finding.method = Some(method);
        self
    }

    /// A figure it is about; the first is the place to open first.
    pub(super) fn figure(mut self, observation: &Observation) -> Self {
        if !self.taken.insert(observation.id.clone()) {
            return self;
        }
        if !arithmetic::is_printed(observation) {
            // What was measured or read from a picture may be the reader's fault.
            self.limit = self.limit.max(Severity::Warning);
        }
        self.identity.push(fingerprint::identity(observation));
        self.finding.mentions.push(observation.mention());
        self.finding.observations.push(observation.id.clone());
        self
    }

    /// Several figures, in order.
    pub(super) fn figures<'a>(self, observations: impl IntoIterator<Item = &'a Observation>) -> Self {
        observations.into_iter().fold(self, Self::figure)
    }

    /// The figures in the order that they are reckoned in; without it, they are reckoned in the order they are taken in.
    pub(super) fn reckoned<'a>(mut self, observations: impl IntoIterator<Item = &'a Observation>) -> Self {
        self.reckoned = Some(observations.into_iter().map(|observation| observation.id.clone()).collect());
        self
    }

    /// Words it is about.
    pub(super) fn mention(mut self, mention: &Mention) -> Self {
        self.identity.push(mention.quote.clone());
        self.finding.mentions.push(mention.clone());
        self
    }

    /// Several such words, in order.
    pub(super) fn mentions<'a>(self, mentions: impl IntoIterator<Item = &'a Mention>) -> Self {
        mentions.into_iter().fold(self, Self::mention)
    }

    /// Something else that tells it from findings of the same code and document.
    pub(super) fn identity(mut self, words: impl Into<String>) -> Self {
        self.identity.push(words.into());
        self
    }

    /// The finding, with its fingerprint.
    pub(super) fn finish(self) -> Finding {
        let Self {
            mut finding,
            identity,
            reckoned,
            limit,
            ..
        } = self;
        finding.severity = finding.severity.max(limit);
        finding.reckoned = reckoned.unwrap_or_else(|| finding.observations.clone());
        let mut told: BTreeSet<&str> = BTreeSet::new();
        let mentioned = finding.mentions.iter().map(|mention| &mention.document);
        let all = mentioned.chain(&finding.documents);
        finding.documents = all.filter(|document| told.insert(document)).cloned().collect();
        finding.fingerprint = fingerprint::of(finding.code, &identity);
        finding
    }
}

/// A sentence starts with a capital letter, whatever name leads it.
fn capitalised(message: String) -> String {
    let mut characters = message.chars();
    match characters.next() {
        Some(first) if first.is_lowercase() => first.to_uppercase().chain(characters).collect(),
        _ => message,
    }
}
