//! Editions to the figures that their layouts promise, in the profiles' order.

/// Every rule once, of editions sorted by family, each with its family and its layout's rules in the profile's order. A rule that only some layouts
/// have comes right after the one before it.
pub(super) fn rules<'a, R: Iterator<Item = &'a str>>(editions: impl Iterator<Item = (&'a str, R)>) -> Vec<&'a str> {
    let mut rules: Vec<&str> = Vec::new();
    let mut family = "";
    let mut family_start = 0;
    for (of_family, of_layout) in editions {
        if of_family != family {
            family = of_family;
            family_start = rules.len();
        }
        let mut next = family_start;
        for rule in of_layout {
            if let Some(at) = rules.iter().position(|known| *known == rule) {
                next = at + 1;
            } else {
                rules.insert(next, rule);
                next += 1;
            }
        }
    }
    rules
}
