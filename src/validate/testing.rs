//! Figures for tests, written as they are printed: `printed("some 7,900").of("mixed_movements").area("SRB")`.

use rust_decimal::Decimal;

use crate::schema::{
    Attached, Direction, DocumentRecord, Extraction, Fact, Finding, Interval, Mention, Observation, Period, Provenance, Qualifier, Relation, Skipped,
    Statistic, WaivedFinding,
};
use crate::spool::Shelf;

use super::Waivers;

/// A figure as printed: persons present in the Western Balkans in July 2024, until said otherwise.
pub(super) fn printed(quote: &str) -> Observation {
    let (qualifier, rest) = [
        ("some ", Qualifier::About),
        ("more than ", Qualifier::Over),
        ("less than ", Qualifier::Under),
    ]
    .into_iter()
    .find_map(|(word, qualifier)| quote.strip_prefix(word).map(|rest| (qualifier, rest)))
    .unwrap_or((Qualifier::Exact, quote));
    let points = rest.ends_with("points");
    let percent = rest.ends_with('%');
    let digits: String = rest.chars().filter(|character| !matches!(character, ',' | '+' | '%')).collect();
    let digits = digits.trim_end_matches(" points");
    let value: Decimal = digits.parse().expect("a number");
    let zeros = digits.len() - digits.trim_end_matches('0').len();
    let step = match (percent || points, qualifier) {
        (false, Qualifier::Exact) => Decimal::ZERO,
        (false, _) if !digits.contains('.') && zeros < digits.len() => Decimal::from(10_i64.pow(u32::try_from(zeros).expect("few digits"))),
        _ => Decimal::new(1, value.scale()),
    };
    let (statistic, unit) = match (percent, points) {
        (true, _) => (Statistic::Share, "percent"),
        (_, true) => (Statistic::ShareChange, "percentage_points"),
        _ => (Statistic::Count, "persons"),
    };
    Observation {
        id: String::new(),
        document: String::new(),
        publisher: "UNHCR".into(),
        family: "unhcr-western-balkans".into(),
        layout: "dashboard".into(),
        edition: "2024-07".into(),
        indicator: "persons_present".into(),
        statistic,
        area: "WBALK".into(),
        origin: String::new(),
        sex: None,
        group: String::new(),
        period: Period::month(2024, 7).expect("a month"),
        base: None,
        value,
        unit: unit.into(),
        qualifier,
        interval: Interval::printed(value, step, qualifier),
        place: Provenance::Bytes {
            start: 0,
            end: 0,
            line: 1,
            column: 1,
        },
        quote: rest.into(),
        context: quote.into(),
        offset: quote.len() - rest.len(),
        method: crate::schema::Method::Sentence,
        rule: "unhcr-western-balkans/present".into(),
        footnotes: Vec::new(),
        directions: Vec::new(),
        attached: Attached::default(),
    }
}

/// What a printed figure may be said to be.
pub(super) trait Tell: Sized {
    fn of(self, indicator: &str) -> Self;
    fn area(self, area: &str) -> Self;
    fn origin(self, origin: &str) -> Self;
    fn group(self, group: &str) -> Self;
    fn over(self, period: Option<Period>) -> Self;
    fn since(self, base: Option<Period>) -> Self;
    fn ratio(self) -> Self;
    fn pointing(self, directions: &[Direction]) -> Self;
}

impl Tell for Observation {
    fn of(mut self, indicator: &str) -> Self {
        self.indicator = indicator.into();
        self
    }

    fn area(mut self, area: &str) -> Self {
        self.area = area.into();
        self
    }

    fn origin(mut self, origin: &str) -> Self {
        self.origin = origin.into();
        self
    }

    fn group(mut self, group: &str) -> Self {
        self.group = group.into();
        self
    }

    fn over(mut self, period: Option<Period>) -> Self {
        self.period = period.expect("days in order");
        self
    }

    /// Makes a percentage a change since a base; points keep their statistic.
    fn since(mut self, base: Option<Period>) -> Self {
        self.base = Some(base.expect("days in order"));
        if self.statistic == Statistic::Share {
            self.statistic = Statistic::Change;
        }
        self
    }

    fn ratio(mut self) -> Self {
        self.statistic = Statistic::Ratio;
        self
    }

    fn pointing(mut self, directions: &[Direction]) -> Self {
        self.directions = directions.to_vec();
        self
    }
}

/// The figure under a heading.
pub(super) fn headed(mut figure: Observation, heading: &str) -> Observation {
    let mut mention = words(heading);
    mention.place = line(3);
    figure.attached.heading = Some(mention);
    figure
}

/// A snapshot of the July 2024 edition with these figures one below the other.
pub(super) fn snapshot(observations: Vec<Observation>, relations: Vec<Relation>) -> Extraction {
    edition("2024-07", observations, relations)
}

/// A text snapshot of an edition.
pub(super) fn edition(edition: &str, observations: Vec<Observation>, relations: Vec<Relation>) -> Extraction {
    published(&format!("{edition}.txt"), "text/plain", edition, observations, relations)
}

/// A snapshot with its path and media type.
pub(super) fn published(path: &str, media_type: &str, edition: &str, observations: Vec<Observation>, relations: Vec<Relation>) -> Extraction {
    let mut extraction = Extraction {
        document: DocumentRecord {
            path: path.into(),
            media_type: media_type.into(),
            hash: path.into(),
            publisher: "UNHCR".into(),
            family: "unhcr-western-balkans".into(),
            layout: "dashboard".into(),
            edition: edition.into(),
            pages: 1,
            ..DocumentRecord::default()
        },
        observations,
        relations,
        ..Extraction::default()
    };
    for (index, observation) in extraction.observations.iter_mut().enumerate() {
        observation.document = path.into();
        observation.edition = edition.into();
        observation.id = format!("{path}#{index}");
        observation.place = line(index);
    }
    if let Some(first) = extraction.observations.first() {
        extraction.document.publisher.clone_from(&first.publisher);
        extraction.document.family.clone_from(&first.family);
    }
    extraction
}

/// A snapshot of July 2024 with one figure, in which these facts were noticed.
pub(super) fn noticed(facts: Vec<Fact>) -> Extraction {
    let mut extraction = snapshot(vec![printed("3,300")], Vec::new());
    extraction.facts = facts;
    extraction
}

/// Words on some line of the July 2024 snapshot.
pub(super) fn words(quote: &str) -> Mention {
    Mention {
        document: "2024-07.txt".into(),
        place: line(7),
        quote: quote.into(),
        context: format!("The line says {quote}."),
        offset: "The line says ".len(),
    }
}

fn line(index: usize) -> Provenance {
    Provenance::Bytes {
        start: index as u64 * 100,
        end: index as u64 * 100 + 5,
        line: u32::try_from(index).unwrap_or(u32::MAX) + 1,
        column: 1,
    }
}

/// What all checks say, in memory.
pub(super) struct Judged {
    pub(super) findings: Vec<Finding>,
    pub(super) waived: Vec<WaivedFinding>,
    pub(super) skipped: Vec<Skipped>,
}

/// Judges extractions.
pub(super) fn judged(extractions: &[Extraction], waivers: &Waivers) -> Judged {
    let judgement = super::judge(&extractions, waivers, &Shelf::Memory).expect("memory meets no fault");
    Judged {
        findings: judgement.findings.to_vec().expect("memory meets no fault"),
        waived: judgement.waived,
        skipped: judgement.skipped,
    }
}

/// The findings of one code, of all checks.
pub(super) fn found(code: &str, extractions: &[Extraction]) -> Vec<Finding> {
    let mut findings = super::findings(extractions, &Waivers::default());
    findings.retain(|finding| finding.code == code);
    findings
}

/// Asserts the messages of one code, each led by its severity.
pub(super) fn check(code: &str, extractions: &[Extraction], expected: &[&str]) {
    let findings = found(code, extractions);
    let messages: Vec<String> = findings
        .iter()
        .map(|finding| format!("{}: {}", finding.severity.as_str(), finding.message))
        .collect();
    assert_eq!(messages, expected);
}
