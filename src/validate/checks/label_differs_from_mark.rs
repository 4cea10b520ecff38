//! # label-differs-from-mark: a chart's label contradicts its bar or slice
//!
//! The printed label says one number, the length of the bar or the width of the slice another.
//!
//! **Why it matters.** One of the two was typed over by hand, and nobody knows which.
//!
//! **Example.** A bar labelled `890` is as long as the one labelled `980` beside it.
//!
//! **What to do.** Compare the label with the text and the tables of the report; ask the publisher if they are silent.

use std::collections::BTreeMap;

use crate::schema::{Extraction, Fact, Finding, Observation, Severity};
use crate::validate::check::{Check, Scope};
use crate::validate::wording;

pub(super) static CHECK: Check = Check {
    code: "label-differs-from-mark",
    severity: Severity::Warning,
    level: 1,
    source: include_str!("label_differs_from_mark.rs"),
    runs: &[Scope::Snapshot(run)],
};

fn run(extraction: &Extraction, findings: &mut Vec<Finding>) {
    let by_id: BTreeMap<&str, &Observation> = extraction.observations.iter().map(|figure| (figure.id.as_str(), figure)).collect();
    for fact in &extraction.facts {
        let Fact::LabelDiffersFromMark { mention, mark, observation } = fact else {
            continue;
        };
        let draft = if let Some(figure) = observation.as_ref().and_then(|id| by_id.get(id.as_str())) {
            let message = format!("{}: the label says {}, the mark {mark}", wording::figure(figure), mention.quote);
            CHECK.draft(message).within(&extraction.document).figure(figure)
        } else {
            let message = format!("A chart's label says “{}”, its mark {mark}", mention.quote);
            CHECK.draft(message).within(&extraction.document).mention(mention)
        };
        let draft = draft.printed(&mention.quote).expected(&mark);
        findings.push(draft.help("compare the label with the text and the tables of the report").finish());
    }
}

#[cfg(test)]
mod tests {
    use crate::schema::Fact;
    use crate::validate::testing::{check, noticed, words};

    #[test]
    fn label_and_mark_are_named() {
        let differs = |observation: Option<&str>| Fact::LabelDiffersFromMark {
            mention: words("890"),
            mark: "978 to 982".into(),
            observation: observation.map(str::to_owned),
        };
        check(
            "label-differs-from-mark",
            &[noticed(vec![differs(None)])],
            &["warning: A chart's label says “890”, its mark 978 to 982"],
        );
        check(
            "label-differs-from-mark",
            &[noticed(vec![differs(Some("2024-07.txt#0"))])],
            &["warning: Persons present in the Western Balkans, July 2024: the label says 890, the mark 978 to 982"],
        );
        check("label-differs-from-mark", &[noticed(Vec::new())], &[]);
    }
}
