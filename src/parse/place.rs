//! temp
use super::language::Language;
use std::ops::Range;
/// t
#[derive(Debug, Clone)]
pub struct PlaceMention {
    /// r
    pub range: Range<usize>,
    /// c
    pub code: &'static str,
    /// d
    pub demonym: bool,
}
const N: &[(&str, &str)] = &[
    ("Bosnia and Herzegovina", "BIH"),
    ("Kosovo", "XKX"),
    ("North Macedonia", "MKD"),
    ("Serbia", "SRB"),
    ("Albania", "ALB"),
    ("Montenegro", "MNE"),
    ("Western Balkans", "WBALK"),
    ("Syrian Arab Republic", "SYR"),
    ("Syria", "SYR"),
    ("Afghanistan", "AFG"),
    ("Pakistan", "PAK"),
    ("Egypt", "EGY"),
    ("Morocco", "MAR"),
    ("Occupied Palestinian Territory", "PSE"),
    ("Türkiye", "TUR"),
];
/// p
pub fn places(text: &str, _l: &Language) -> Vec<PlaceMention> {
    let mut v: Vec<PlaceMention> = Vec::new();
    for (n, c) in N {
        for (i, _) in text.match_indices(n) {
            let r = i..i + n.len();
            if !v.iter().any(|m| m.range.start < r.end && r.start < m.range.end) {
                v.push(PlaceMention {
                    range: r,
                    code: c,
                    demonym: false,
                });
            }
        }
    }
    v.sort_by_key(|m| m.range.start);
    v
}
/// l
pub fn looks_like_place(t: &str) -> bool {
    t.chars().next().is_some_and(char::is_uppercase)
}
