//! A small dataset with a case of everything: a figure restated, characters that formats reserve, a duplicate, promises kept and not.

use crosstally::schema::{
    Attached, Dataset, DocumentRecord, Extraction, Finding, Interval, Method, Observation, Period, Promise, PromiseState, Provenance, Qualifier,
    Severity, Sex, Skipped, Statistic, Status,
    view::{PageView, Spread, View, ViewPart, ViewText, Views},
};

/// The dataset.
pub fn dataset() -> Dataset {
    let july = observation("a1", "2024/july.txt", "2024-07", "7900", "7850.0", "7950");
    let change = Observation {
        id: "a2".into(),
        statistic: Statistic::Change,
        origin: "SYR".into(),
        sex: Some(Sex::Male),
        group: "UASC".into(),
        base: Period::months(2023, 1, 7),
        value: "-33.0".parse().unwrap(),
        unit: "percent".into(),
        qualifier: Qualifier::Exact,
        interval: Interval::new("-33.5".parse().unwrap(), "-32.5".parse().unwrap()),
        place: Provenance::Box {
            page: 2,
            bbox: [72.04, 96.1, 98.4, 108.0],
        },
        quote: "- 33%".into(),
        context: "=\"- 33%\",\nsaid twice".into(),
        footnotes: vec!["Serbia and Kosovo".into(), "estimated".into()],
        ..july.clone()
    };
    let restated = Observation {
        quote: "8,100".into(),
        context: "some 8,100 refugees".into(),
        ..observation("b1", "2024/august.pdf", "2024-08", "8100", "8050", "8150")
    };
    let mention = |observation: &Observation| observation.mention();
    let finding = Finding {
        code: "restated",
        severity: Severity::Warning,
        level: 2,
        documents: vec!["2024/july.txt".into(), "2024/august.pdf".into()],
        message: "8,100 is printed for what was 7,900".into(),
        printed: "8,100".into(),
        expected: "7,850 to 7,950".into(),
        mentions: vec![mention(&restated), mention(&july)],
        observations: vec!["b1".into(), "a1".into()],
        help: "see which of the two is right".into(),
        method: None,
        fingerprint: "0123456789abcdef".into(),
        reckoned: vec!["b1".into(), "a1".into()],
    };
    let document = |path: &str, edition: &str| DocumentRecord {
        path: path.into(),
        media_type: "text/plain".into(),
        size: 3534,
        hash: "ff00".into(),
        publisher: "UNHCR".into(),
        family: "unhcr-western-balkans".into(),
        layout: "2023".into(),
        edition: edition.into(),
        pages: 1,
        ..DocumentRecord::default()
    };
    let promise = |rule: &str, state| Promise {
        rule: format!("unhcr-western-balkans/{rule}"),
        state,
    };
    Dataset {
        extractions: vec![
            Extraction {
                document: document("2024/august.pdf", "2024-08"),
                observations: vec![restated],
                promises: vec![
                    promise("transits", PromiseState::Read),
                    promise("nationalities", PromiseState::Lost),
                    promise("children", PromiseState::Missing),
                ],
                ..Extraction::default()
            },
            Extraction {
                document: DocumentRecord {
                    status: Status::Duplicate,
                    duplicate_of: "2024/july.txt".into(),
                    ..document("2024/july (copy).txt", "2024-07")
                },
                ..Extraction::default()
            },
            Extraction {
                document: document("2024/july.txt", "2024-07"),
                observations: vec![july, change],
                promises: vec![promise("transits", PromiseState::Read), promise("children", PromiseState::Read)],
                ..Extraction::default()
            },
        ],
        findings: vec![finding],
        skipped: vec![Skipped {
            what: "mixed movements of places were not added up".into(),
            why: "a person who passes through several countries is counted in each".into(),
            documents: vec!["2024/july.txt".into()],
        }],
        ..Dataset::default()
    }
}

/// The text of July, and a page of August of which the drawing is three bytes.
#[derive(Debug)]
pub struct Shown;

impl Views for Shown {
    fn view(&self, document: &str) -> Result<View, String> {
        match document {
            "2024/july.txt" => Ok(View {
                parts: vec![
                    ViewPart::Open {
                        name: "p",
                        attributes: Vec::new(),
                    },
                    ViewPart::Text(ViewText {
                        text: "some 7,900 </script><b> refugees".into(),
                        start: 115,
                        end: 147,
                        spread: Spread::Even,
                    }),
                    ViewPart::Close,
                ],
                ..View::default()
            }),
            "2024/august.pdf" => Ok(View {
                pages: vec![PageView {
                    number: 1,
                    width: 595.28,
                    height: 841.89,
                    picture: Some(b"PNG".to_vec()),
                }],
                ..View::default()
            }),
            _ => Err("it is not there".into()),
        }
    }

    fn workers(&self) -> usize {
        2
    }
}

fn observation(id: &str, document: &str, edition: &str, value: &str, low: &str, high: &str) -> Observation {
    Observation {
        id: id.into(),
        document: document.into(),
        publisher: "UNHCR".into(),
        family: "unhcr-western-balkans".into(),
        layout: "2023".into(),
        edition: edition.into(),
        indicator: "mixed_movements".into(),
        statistic: Statistic::Count,
        area: "WBALK".into(),
        origin: String::new(),
        sex: None,
        group: String::new(),
        period: Period::months(2024, 1, 7).unwrap(),
        base: None,
        value: value.parse().unwrap(),
        unit: "persons".into(),
        qualifier: Qualifier::About,
        interval: Interval::new(low.parse().unwrap(), high.parse().unwrap()),
        place: Provenance::Bytes {
            start: 120,
            end: 125,
            line: 4,
            column: 7,
        },
        quote: "7,900".into(),
        context: "some 7,900 refugees".into(),
        offset: 5,
        method: Method::Sentence,
        rule: "unhcr-western-balkans/transits".into(),
        footnotes: Vec::new(),
        directions: Vec::new(),
        attached: Attached::default(),
    }
}
