//! A word that is not known, to the known words it may have been meant for.

/// More suggestions than this are a list to search, not a hint.
const SUGGESTIONS: usize = 5;

/// Known words that contain the word, or differ from it in a third of its letters at most, nearest first.
pub(super) fn near<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    let word: Vec<char> = word.to_lowercase().chars().take(64).collect();
    let sought: String = word.iter().collect();
    let mut near: Vec<(usize, &str)> = known
        .into_iter()
        .filter_map(|known| {
            let lower = known.to_lowercase();
            let distance = distance(&word, &lower.chars().collect::<Vec<char>>());
            let contains = word.len() >= 3 && lower.contains(&sought);
            (contains || distance <= (word.len() / 3).max(1)).then_some((distance, known))
        })
        .collect();
    near.sort_unstable();
    near.dedup();
    near.into_iter().take(SUGGESTIONS).map(|(_, known)| known).collect()
}

/// Letters to insert, delete or replace (Levenshtein 1965), by the two-row method of Wagner and Fischer.
fn distance(one: &[char], other: &[char]) -> usize {
    let mut above: Vec<usize> = (0..=other.len()).collect();
    for (row, letter) in one.iter().enumerate() {
        let mut diagonal = row;
        above[0] = row + 1;
        for (column, with) in other.iter().enumerate() {
            let replaced = diagonal + usize::from(letter != with);
            diagonal = above[column + 1];
            above[column + 1] = replaced.min(diagonal + 1).min(above[column] + 1);
        }
    }
    above[other.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_pen_is_near_and_another_word_is_not() {
        let known = ["total-differs", "shares-differ", "order-broken", "new_arrivals"];
        let check = |word: &str, expected: &[&str]| assert_eq!(near(word, known), expected, "{word}");
        check("total-difers", &["total-differs"]);
        check("Total-Differs", &["total-differs"]);
        check("differ", &["shares-differ", "total-differs"]);
        check("arrivals", &["new_arrivals"]);
        check("unreadable", &[]);
        check("", &[]);
    }

    #[test]
    fn distances_count_letters() {
        let check = |one: &str, other: &str, expected| {
            let letters = |word: &str| word.chars().collect::<Vec<char>>();
            assert_eq!(distance(&letters(one), &letters(other)), expected, "{one} {other}");
        };
        check("kitten", "sitting", 3);
        check("", "abc", 3);
        check("abc", "", 3);
        check("SRB", "SRB", 0);
    }
}
