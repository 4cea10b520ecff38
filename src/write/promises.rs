//! Editions to the figures that their layouts promise, in the profiles' order.

use crate::schema::Extraction;

/// Every rule once, for editions sorted by family. Each layout lists its rules in the profile's order; a rule that only some layouts have comes right after the one before it.
pub(super) fn rules<'a>(editions: &[&'a Extraction]) -> Vec<&'a str> {
    let mut rules: Vec<&str> = Vec::new();
    let mut family = "";
    let mut family_start = 0;
    for extraction in editions {
        if extraction.document.family != family {
            family = &extraction.document.family;
            family_start = rules.len();
        }
        let mut next = family_start;
        for promise in &extraction.promises {
            if let Some(at) = rules.iter().position(|rule| *rule == promise.rule) {
                next = at + 1;
            } else {
                rules.insert(next, &promise.rule);
                next += 1;
            }
        }
    }
    rules
}
