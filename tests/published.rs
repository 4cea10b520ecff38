//! The published reports raise what they contradict, what their text carrier lost, and nothing else.

mod common;

use common::shared;
use crosstally::{Options, archive::Silent, schema::Severity};

/// Findings of one severity as `code document: what`, sorted.
fn found(severity: Severity) -> Option<Vec<String>> {
    let seeds = shared("seeds")?;
    let dataset = crosstally::ingest(&[seeds], &Options::default(), &Silent).expect("the reports are there");
    let of_severity = dataset.findings.iter().filter(|finding| finding.severity == severity);
    let mut lines: Vec<String> = of_severity
        .map(|finding| {
            let quotes: Vec<&str> = finding.mentions.iter().take(1).map(|mention| mention.quote.as_str()).collect();
            format!(
                "{} {}: {}",
                finding.code,
                finding.documents.join(", ").replace(".txt", ""),
                quotes.join(", ")
            )
        })
        .collect();
    lines.sort();
    Some(lines)
}

#[test]
fn the_errors_are_the_lost_edition_and_the_total_that_its_parts_do_not_add_to() {
    let Some(errors) = found(Severity::Error) else { return };
    assert_eq!(
        errors,
        [
            "nothing-read unhcr-western-balkans-2020-01: ",
            "total-differs iom-dtm-western-balkans-2024-12: 1,017"
        ]
    );
}

#[test]
fn the_total_that_differs_is_told_with_both_ways_out() {
    let Some(seeds) = shared("seeds") else { return };
    let dataset = crosstally::ingest(&[seeds], &Options::default(), &Silent).expect("the reports are there");
    let finding = dataset
        .findings
        .iter()
        .find(|finding| finding.code == "total-differs")
        .expect("it is found");
    assert!(
        finding.message.contains("one part is short by 60, or the total is 957"),
        "{}",
        finding.message
    );
    assert_eq!((finding.printed.as_str(), finding.expected.as_str()), ("1017", "957"));
}

#[test]
fn the_warnings_are_one_change_between_editions_and_every_chart_that_the_text_lost() {
    let Some(warnings) = found(Severity::Warning) else { return };
    let expected = [
        "change-differs unhcr-western-balkans-2025-07, unhcr-western-balkans-2024-07: 10%",
        "unread-section iom-dtm-western-balkans-2024-12: MIGRANT RECEPTION FACILITIES – SNAPSHOT DECEMBER 2024",
        "unread-section iom-dtm-western-balkans-2024-12: MONTHLY REGISTRATIONS ON ARRIVAL IN THE WESTERN BALKANS",
        "unread-section iom-dtm-western-balkans-2024-12: TRENDS IN FACILITIES' OCCUPANCY",
        "unread-section unhcr-western-balkans-2020-01: Asylum Statistics in WB in 2020",
        "unread-section unhcr-western-balkans-2020-01: Asylum seekers, Refugees and other mixed migrations present at end of period - Demographic and Nationality of origins",
        "unread-section unhcr-western-balkans-2020-01: Evolution of mixed migrations & asylum applications during last 12 months",
        "unread-section unhcr-western-balkans-2020-01: Mixed Migrations \"new arrivals\" comparison between current year and total of 2019",
        "unread-section unhcr-western-balkans-2020-01: Monthly Mixed Movements (new arrivals) 2017 - 2018 - 2019 - 2020",
        "unread-section unhcr-western-balkans-2023-11: Forcibly Displaced and Stateless People presents at the end of reporting period by month:",
        "unread-section unhcr-western-balkans-2023-11: Most common nationalities of Forcibly Displaced and Stateless People presents at the end of November in the Western Balkans region:",
        "unread-section unhcr-western-balkans-2023-11: New Arrivals to each country from January to November 2023",
        "unread-section unhcr-western-balkans-2023-11: New arrivals: January-November 2023 vs. January-November 2022",
        "unread-section unhcr-western-balkans-2024-07: Asylum statistics in the Western Balkans in 2024:",
        "unread-section unhcr-western-balkans-2024-07: Forcibly Displaced and Stateless People present at the end of reporting period by month:",
        "unread-section unhcr-western-balkans-2024-07: Most common nationalities of Forcibly Displaced and Stateless People present at the end of July in the Western Balkans region:",
        "unread-section unhcr-western-balkans-2024-07: New Arrivals to each country between January and July 2024",
        "unread-section unhcr-western-balkans-2024-07: New arrivals: January-July 2024 vs. January-July 2023",
        "unread-section unhcr-western-balkans-2025-07: Asylum statistics in the Western Balkans in 2025:",
        "unread-section unhcr-western-balkans-2025-07: Most common nationalities of Refugees and migrants present at the end of July in the Western Balkans region:",
        "unread-section unhcr-western-balkans-2025-07: New Arrivals to each country between January and July 2025",
        "unread-section unhcr-western-balkans-2025-07: New arrivals: January-July 2025 vs. January-July 2024",
        "unread-section unhcr-western-balkans-2025-07: Refugees and migrants present at the end of reporting period by month:",
    ];
    assert_eq!(warnings, expected);
}
