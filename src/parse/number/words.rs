//! Number words to a number: `seven`, `twenty-one`, `three hundred and five`, `two million`.

use rust_decimal::Decimal;

use super::super::{
    language::{Language, Lexeme, NumberWord},
    token::{TokenKind, Tokens, is_hyphen},
};

/// A number in words.
pub(super) struct Words {
    pub(super) value: Decimal,
    /// The largest scale word's value, zero without one: `two million` is rounded to millions.
    pub(super) scale: Decimal,
    /// The token after the last word.
    pub(super) end: usize,
    /// A single word that is a pronoun, too.
    pub(super) pronoun: bool,
}

/// What the numbers beside some words are counted in: a thousand for "Persons (in thousands)", one where they do not say.
pub(in crate::parse) fn scale(words: &str, language: &Language) -> Decimal {
    let mut buffer = String::new();
    let mut of_word = |word: &str| match language.lexeme(language.word(word, &mut buffer)).number {
        Some(NumberWord::Scale(value)) => Some(value),
        _ => None,
    };
    let mut words = words.split(|character: char| !character.is_alphanumeric());
    let said = words.find_map(|word| match word {
        "000" | "000s" => Some(Decimal::ONE_THOUSAND),
        _ => of_word(word).or_else(|| of_word(word.strip_suffix('s')?)),
    });
    said.unwrap_or(Decimal::ONE)
}

fn lexeme<'language>(tokens: &Tokens<'_>, index: usize, language: &'language Language) -> Option<&'language Lexeme> {
    match tokens.kind(index)? {
        TokenKind::Word(word) if word != 0 => Some(language.lexeme(word)),
        _ => None,
    }
}

/// The number whose first word is the token.
pub(super) fn words(tokens: &Tokens<'_>, start: usize, language: &Language) -> Option<Words> {
    let first = lexeme(tokens, start, language)?;
    if !matches!(first.number?, NumberWord::Small(_) | NumberWord::Tens(_)) {
        return None;
    }
    let mut total = Decimal::ZERO;
    let mut group = 0_u32;
    let mut scale = Decimal::ZERO;
    let mut smallest = Decimal::MAX;
    let mut previous: Option<NumberWord> = None;
    let (mut end, mut next, mut count) = (start, start, 0);
    while let Some(word) = lexeme(tokens, next, language).and_then(|lexeme| lexeme.number) {
        let fits = match (previous, word) {
            (Some(NumberWord::Tens(_)), NumberWord::Small(value)) => (1..10).contains(&value),
            (Some(NumberWord::Small(value)), NumberWord::Hundred) => (1..10).contains(&value) && group < 10,
            (None | Some(NumberWord::Hundred | NumberWord::Scale(_)), NumberWord::Small(_) | NumberWord::Tens(_)) => true,
            (Some(NumberWord::Small(_) | NumberWord::Tens(_) | NumberWord::Hundred), NumberWord::Scale(value)) => value < smallest && group > 0,
            _ => false,
        };
        if !fits {
            break;
        }
        match word {
            NumberWord::Small(value) | NumberWord::Tens(value) => group += value,
            NumberWord::Hundred => group *= 100,
            NumberWord::Scale(value) => {
                total = total.checked_add(Decimal::from(group).checked_mul(value)?)?;
                (group, smallest, scale) = (0, value, value);
            }
        }
        previous = Some(word);
        end = next + 1;
        count += 1;
        next = after_joint(tokens, end, word, language);
        if next == end {
            break;
        }
    }
    let value = total.checked_add(Decimal::from(group))?;
    let rounded = if group == 0 { scale } else { Decimal::ZERO };
    Some(Words {
        value,
        scale: rounded,
        end,
        pronoun: count == 1 && first.pronoun,
    })
}

/// Past what joins number words: a gap, a hyphen, `and` after hundreds and scales.
fn after_joint(tokens: &Tokens<'_>, index: usize, word: NumberWord, language: &Language) -> usize {
    match tokens.kind(index) {
        Some(TokenKind::Mark(mark)) if is_hyphen(mark) => index + 1,
        Some(TokenKind::Space | TokenKind::Line) => {
            let joins =
                matches!(word, NumberWord::Hundred | NumberWord::Scale(_)) && lexeme(tokens, index + 1, language).is_some_and(|lexeme| lexeme.joiner);
            // `two thousand and three boats` cannot be told from a list: `and` is followed only after hundreds.
            if joins && matches!(word, NumberWord::Hundred) && tokens.is_gap(index + 2) {
                index + 3
            } else {
                index + 1
            }
        }
        _ => index,
    }
}
