//! Headings without marks: the words of a block in, whether a reader takes them for a title out.

/// What stands around the words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    /// Blank lines before and behind.
    Alone,
    /// Other lines next to it, the next of which is a sentence.
    OverSentence,
    /// Other lines next to it.
    Among,
}

/// How many characters a title has at most.
const LONGEST: usize = 160;
/// The same for words that end in a colon, which say themselves that something follows.
const LONGEST_WITH_COLON: usize = 240;
/// How many words a title has at most.
const MOST_WORDS: usize = 22;

/// Verbs that make a sentence of a line without a full stop.
const VERBS: &[&str] = &[
    "is",
    "are",
    "was",
    "were",
    "be",
    "been",
    "has",
    "have",
    "had",
    "can",
    "could",
    "will",
    "would",
    "should",
    "may",
    "must",
    "does",
    "did",
    "arrived",
    "remains",
    "remained",
    "increased",
    "decreased",
    "said",
    "please",
    "refer",
    "sono",
    "è",
    "sont",
    "est",
    "fue",
    "fueron",
    "son",
];

/// Abbreviations whose full stop ends no sentence.
const ABBREVIATIONS: &[&str] = &[
    "vs", "approx", "incl", "excl", "est", "no", "nos", "dr", "mr", "ms", "st", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept",
    "oct", "nov", "dec",
];

/// Whether the words of a block read as a title.
pub(super) fn is_heading(words: &str, standing: Standing) -> bool {
    let words = words.trim();
    let length = words.chars().count();
    let colon = words.ends_with(':');
    if length < 2 || length > if colon { LONGEST_WITH_COLON } else { LONGEST } {
        return false;
    }
    if words.contains("://") || words.contains('@') || words.contains('%') || words.contains("per cent") {
        return false;
    }
    let Some(first) = words.chars().find(|character| !matches!(character, '"' | '“' | '‘' | '\'' | '«' | '(')) else {
        return false;
    };
    if first.is_lowercase()
        || !words.chars().any(char::is_alphabetic)
        || words.ends_with(['.', '!', '?', ';', ',', '…', '>', '<'])
        || has_sentence_end(words)
    {
        return false;
    }
    if !numbers_name_things(words) {
        return false;
    }
    if is_capitals(words) {
        return true;
    }
    let count = words.split_whitespace().count();
    if colon {
        return standing != Standing::Among || count <= MOST_WORDS;
    }
    standing != Standing::Among && count <= MOST_WORDS && !words.contains(';') && !has_verb(words)
}

/// Whether nearly all letters are capitals.
pub(super) fn is_capitals(words: &str) -> bool {
    let (mut upper, mut lower) = (0_usize, 0_usize);
    for character in words.chars() {
        upper += usize::from(character.is_uppercase());
        lower += usize::from(character.is_lowercase());
    }
    upper >= 3 && lower * 10 <= upper
}

/// Whether a sentence ends before the words do.
fn has_sentence_end(words: &str) -> bool {
    let mut from = 0;
    while let Some(at) = words[from..].find(". ").map(|at| from + at) {
        let before = words[..at]
            .rsplit(|character: char| !character.is_alphanumeric())
            .next()
            .unwrap_or_default();
        let numbered = before.bytes().all(|byte| byte.is_ascii_digit());
        let short = before.chars().count() < 2 || ABBREVIATIONS.contains(&before.to_lowercase().as_str());
        if !numbered && !short && words[at + 2..].trim_start().starts_with(|next: char| next.is_uppercase()) {
            return true;
        }
        from = at + 2;
    }
    false
}

fn has_verb(words: &str) -> bool {
    words
        .split(|character: char| !character.is_alphanumeric() && character != '-')
        .any(|word| VERBS.contains(&word.to_lowercase().as_str()))
}

/// Whether every number names a year, a day, a rank or a resolution: a title holds no figures.
fn numbers_name_things(words: &str) -> bool {
    let tokens: Vec<&str> = words.split_whitespace().collect();
    tokens.iter().enumerate().all(|(index, token)| {
        let token = token.trim_matches(|character: char| !character.is_alphanumeric());
        if !token.contains(|digit: char| digit.is_ascii_digit()) || token.contains(char::is_alphabetic) {
            return true;
        }
        // `2018-2020`, `01-31`, `31-01-2020`, `31/01/2020`
        let parts: Vec<&str> = token.split(['-', '–', '/']).collect();
        let year = |part: &str| part.len() == 4 && (part.starts_with("19") || part.starts_with("20")) && is_digits(part);
        let day = |part: &str| part.len() <= 2 && is_digits(part) && part.parse::<u8>().is_ok_and(|day| day <= 31);
        if parts.iter().all(|part| year(part)) {
            return true;
        }
        if parts.iter().all(|part| year(part) || day(part)) {
            // A figure opens a caption or ends a label; a day or a rank stands within.
            let opens = index == 0 && !token.contains(['-', '–', '/']) && !starts_with_section_number(words) && !next_is_month(&tokens);
            let ends = index + 1 == tokens.len() && parts.len() == 1 && words.contains(':') && !words.ends_with(':');
            return !opens && !ends;
        }
        index > 0
            && matches!(
                tokens[index - 1].to_lowercase().as_str(),
                "resolution" | "unscr" | "scr" | "decree" | "article" | "round"
            )
            || starts_with_section_number(words) && index == 0
    })
}

/// Whether a word names a month, in full or shortened, whatever signs stand behind it.
pub(super) fn is_month(word: &str) -> bool {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let word = word.trim_end_matches(|character: char| !character.is_alphanumeric()).to_lowercase();
    word.len() >= 3 && (word == "sept" || MONTHS.iter().any(|month| *month == word || month[..3] == *word))
}

fn next_is_month(tokens: &[&str]) -> bool {
    tokens.get(1).is_some_and(|next| is_month(next)) || tokens.get(1).is_some_and(|next| matches!(*next, "-" | "–"))
}

/// `1. Mobility`, `1.1 Mobility`
fn starts_with_section_number(words: &str) -> bool {
    let number = words.split_whitespace().next().unwrap_or_default();
    number.len() <= 6 && number.contains('.') && number.split('.').all(|part| part.len() <= 2 && is_digits(part)) && !number.starts_with('.')
}

fn is_digits(part: &str) -> bool {
    part.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(words: &str, expected: bool) {
        assert_eq!(is_heading(words, Standing::Alone), expected, "{words}");
    }

    #[test]
    fn titles_are_headings() {
        check("Key figures at Regional level", true);
        check("TOP 3 NATIONALITIES ON ARRIVAL IN DECEMBER 2024", true);
        check("New arrivals: January-July 2025 vs. January-July 2024", true);
        check("Persons in mixed movements in the region as of 31 July:", true);
        check("Arrivals January to December 2019", true);
        check("2017 Figures", true);
        check("1.1 Mobility", true);
        check("01 - 31 August 2019", true);
        check("Kosovo (S/RES/1244 [1999])", true);
    }

    #[test]
    fn sentences_and_figures_with_captions_are_none() {
        check("Some 40 persons were present", false);
        check("343 assisted voluntary returns in 2024", false);
        check("5 Temporary Reception Centres fully operational", false);
        check("Intentions to seek asylum: 35,600", false);
        check("Number of children present at the end of the period: 26", false);
        check("80% Male 20% Female", false);
        check("Data as of: 31-01-2020 contact someone@example.org", false);
        check("persons in risk of statelessness", false);
        check("Of these, most were in Serbia.", false);
    }
}
