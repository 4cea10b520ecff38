//! Quotations: a figure under which another publisher is named as the source, against every edition in which that one prints it.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use crate::schema::{Finding, Observation};
use crate::validate::archive::{self, Archive, Printing};
use crate::validate::arithmetic::{self, Verdict};
use crate::validate::key::{Key, Word};
use crate::validate::knowledge;
use crate::validate::wording;

use super::CHECK;

/// All printings of a figure by the publishers that are quoted somewhere.
type Originals<'a> = BTreeMap<(&'a str, Key<'a>), Vec<Printing<'a>>>;

/// Sets every quoted figure against the publisher's own.
pub(super) fn run(archive: &Archive<'_>, findings: &mut Vec<Finding>) {
    let quoted = |printing: &Printing<'_>| printing.observation.attached.source.is_some();
    let quoting: Vec<&[Printing<'_>]> = archive.figures().filter(|printings| printings.iter().any(quoted)).collect();
    if quoting.is_empty() {
        return;
    }
    let mut originals: Originals<'_> = BTreeMap::new();
    for printings in archive.figures() {
        let publisher = printings[0].observation.publisher.as_str();
        originals.entry((publisher, printings[0].key)).or_default().extend(printings);
    }
    for printings in quoting {
        for of_edition in archive::by_edition(printings) {
            let quotations = of_edition.iter().filter(|printing| quoted(printing));
            for quotation in archive::values(quotations) {
                findings.extend(finding(quotation, &originals));
            }
        }
    }
}

/// Whether one figure is given as the other publisher's.
pub(super) fn is_of(quotation: &Observation, original: &Observation) -> bool {
    let source = quotation.attached.source.as_ref();
    source.is_some_and(|source| source.publisher == original.publisher)
}

fn finding<'a>(quotation: &'a Observation, originals: &Originals<'a>) -> Option<Finding> {
    let source = quotation.attached.source.as_ref()?;
    let key = Key::of(quotation);
    let printed = |indicator: &'a str| {
        originals
            .get(&(
                source.publisher.as_str(),
                Key {
                    indicator: Word::of(indicator),
                    ..key
                },
            ))
            .into_iter()
            .flatten()
    };
    let same = knowledge::measured_alike((&quotation.publisher, key.indicator.text()), &source.publisher, key.area.text());
    let mut printings: Vec<&Printing<'_>> = printed(key.indicator.text()).chain(same.into_iter().flat_map(printed)).collect();
    // The edition nearest before the quotation leads: that is what was likely quoted.
    printings.sort_by_key(|printing| {
        let later = printing.edition > quotation.edition.as_str();
        (later, if later { None } else { Some(Reverse(printing.edition)) }, printing.edition)
    });
    let first = printings.first()?.observation;
    let meets = |printing: &Printing<'_>| {
        let original = printing.observation;
        arithmetic::judge(|reading| Some(arithmetic::interval(quotation, reading).meets(arithmetic::interval(original, reading))))
    };
    let verdicts: Vec<Verdict> = printings.iter().map(|printing| meets(printing)).collect();
    if verdicts.contains(&Verdict::Holds) || first.unit != quotation.unit {
        return None;
    }
    let verdict = if verdicts.contains(&Verdict::HoldsIfCutOff) {
        Verdict::HoldsIfCutOff
    } else {
        Verdict::Broken
    };
    let editions: BTreeSet<&str> = printings.iter().map(|printing| printing.edition).collect();
    let others = match editions.len() {
        1 => String::new(),
        count => format!(", and none of its {count} editions with the figure prints that"),
    };
    let message = format!(
        "{} quotes {} for {} as {} (“{}”), but {} prints {} ({} edition){others}",
        quotation.publisher,
        source.publisher,
        wording::figure(quotation),
        wording::value(quotation),
        wording::clipped(&source.mention.quote, 60),
        source.publisher,
        wording::value(first),
        first.edition
    );
    let draft = CHECK
        .draft(message)
        .weighed(verdict)
        .figure(quotation)
        .figure(first)
        .mention(&source.mention);
    let draft = draft.printed(&quotation.value.normalize()).expected(&first.interval);
    Some(
        draft
            .help("take the figure from its source, and ask the one who quotes it for the day on which it was drawn")
            .finish(),
    )
}

#[cfg(test)]
mod tests {
    use crate::schema::{Attribution, Extraction};
    use crate::validate::testing::{Tell, check, printed, published, words};

    fn original(edition: &str, indicator: &str, quote: &str) -> Extraction {
        published(
            &format!("unhcr-{edition}.txt"),
            "text/plain",
            edition,
            vec![printed(quote).of(indicator)],
            Vec::new(),
        )
    }

    fn quotation(edition: &str, indicator: &str, quote: &str, source: &str) -> Extraction {
        let mut figure = printed(quote).of(indicator);
        figure.publisher = "IOM".into();
        figure.family = "iom-dtm-western-balkans".into();
        figure.attached.source = Some(Attribution {
            publisher: source.into(),
            mention: words(&format!("Source: {source}")),
        });
        published(&format!("iom-{edition}.txt"), "text/plain", edition, vec![figure], Vec::new())
    }

    #[test]
    fn a_quotation_that_some_edition_prints_is_silent() {
        let earlier = original("2024-08", "new_arrivals", "1,150");
        let later = original("2024-09", "new_arrivals", "1,178");
        check(
            "sources-differ",
            &[earlier.clone(), later.clone(), quotation("2024-12", "new_arrivals", "1,150", "UNHCR")],
            &[],
        );
        check(
            "sources-differ",
            &[earlier, later, quotation("2024-12", "new_arrivals", "some 1,200", "UNHCR")],
            &[],
        );
    }

    #[test]
    fn a_misquotation_is_a_warning_whatever_the_codebook_says_of_comparing() {
        check(
            "sources-differ",
            &[
                original("2024-09", "new_arrivals", "1,178"),
                quotation("2024-12", "new_arrivals", "1,718", "UNHCR"),
            ],
            &[
                "warning: IOM quotes UNHCR for new arrivals in the Western Balkans, July 2024 as 1,718 (“Source: UNHCR”), but UNHCR prints 1,178 (2024-09 edition)",
            ],
        );
    }

    #[test]
    fn a_misquotation_of_what_is_the_same_is_told_once() {
        check(
            "sources-differ",
            &[
                original("2024-09", "asylum_applications", "1,178"),
                original("2024-10", "asylum_applications", "1,190"),
                quotation("2024-12", "asylum_applications", "1,718", "UNHCR"),
            ],
            &[
                "warning: IOM quotes UNHCR for asylum applications in the Western Balkans, July 2024 as 1,718 (“Source: UNHCR”), but UNHCR prints 1,190 (2024-10 edition), and none of its 2 editions with the figure prints that",
            ],
        );
    }

    #[test]
    fn what_the_source_does_not_print_or_others_print_is_silent() {
        check(
            "sources-differ",
            &[
                original("2024-09", "asylum_intentions", "1,178"),
                quotation("2024-12", "new_arrivals", "1,718", "UNHCR"),
            ],
            &[],
        );
        check(
            "sources-differ",
            &[
                original("2024-09", "new_arrivals", "1,178"),
                quotation("2024-12", "new_arrivals", "1,718", "Frontex"),
            ],
            &[],
        );
    }
}
