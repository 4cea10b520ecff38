//! An indicator's codebook entry, to its page.

use crosstally::schema::codebook::{IndicatorEntry, IndicatorKind, Relation};

/// What it measures, whether it adds up, what it may be compared with.
pub(super) fn page(indicator: &IndicatorEntry) -> String {
    let kind = match indicator.kind {
        IndicatorKind::Stock => "a stock, at a day",
        IndicatorKind::Flow if indicator.is_cumulative() => "a flow, printed from 1 January to the edition's month",
        IndicatorKind::Flow => "a flow, over a period",
    };
    let additive = if indicator.is_additive() {
        "add up"
    } else {
        "do not add up to the whole"
    };
    let mut page = format!(
        "# {}: {}\n\n{}\n\nUnit: {}\nKind: {kind}\nAreas: their figures {additive}: {}",
        indicator.code, indicator.label, indicator.definition, indicator.unit, indicator.additive_why
    );
    for comparability in &indicator.comparable {
        let relation = match comparability.relation {
            Relation::Same => "measures the same as",
            Relation::Wider => "is wider than",
            Relation::Narrower => "is narrower than",
            Relation::NotComparable => "is not comparable with",
        };
        page += &format!("\nIt {relation} {}: {}", comparability.with, comparability.why);
        if !comparability.except.is_empty() {
            page += &format!("; not in {}: {}", comparability.except.join(", "), comparability.except_why);
        }
    }
    page
}
