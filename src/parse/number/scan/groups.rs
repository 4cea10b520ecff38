//! Groups of three digits between plain spaces to one figure, where they are one.

use super::{
    super::{
        super::token::TokenKind,
        SpaceGroups,
        body::{self, Body},
    },
    Scanner,
};

impl Scanner<'_> {
    /// Groups of three after plain spaces, joined where that is right; the token after and what they are.
    pub(super) fn space_groups(&self, index: usize, end: usize) -> Option<(usize, Body)> {
        let tokens = self.tokens;
        let first = tokens.token_text(index);
        if end != index + 1 || first.len() > 3 || first.starts_with('0') || self.convention.spaces == SpaceGroups::Apart {
            return None;
        }
        let mut last = end;
        // One group more than a figure can have: enough to know that it is none.
        while last < index + 13 && tokens.slice(last, last + 1) == " " && tokens.is_digits(last + 1) && tokens.token_text(last + 1).len() == 3 {
            last += 2;
        }
        let decimal = tokens.is_mark(last, self.convention.decimal) && tokens.is_digits(last + 1);
        let whole = if decimal { last + 2 } else { last };
        if last == end || last >= index + 13 || (self.convention.spaces == SpaceGroups::Guarded && !self.is_one_figure(index, last, whole)) {
            return None;
        }
        let digits: String = (index..last).step_by(2).map(|at| tokens.token_text(at)).collect();
        let fraction = decimal.then(|| tokens.token_text(last + 1));
        Some((whole, body::number(&digits, fraction, false)))
    }

    /// Whether the groups of three between plain spaces up to `groups`, with decimals up to `last`, are one figure beyond doubt.
    fn is_one_figure(&self, index: usize, groups: usize, last: usize) -> bool {
        let tokens = self.tokens;
        // Nobody counts hundreds of millions to the last one: a row of labels.
        if groups > index + 5 || (groups == index + 5 && tokens.token_text(index).len() > 2) {
            return false;
        }
        let edge = |at: Option<usize>| matches!(at.map(|at| tokens.kind(at)), None | Some(None | Some(TokenKind::Cell | TokenKind::Line)));
        let before = index.checked_sub(1);
        // More figures on the line before or after: a row of labels.
        let figure_before = index >= 2 && tokens.is_gap(index - 1) && (tokens.is_digits(index - 2) || tokens.is_mark(index - 2, '%'));
        let figure_after = tokens.is_gap(last) && tokens.is_digits(last + 1);
        let goes_on = matches!(tokens.kind(last), Some(TokenKind::Digits | TokenKind::Word(_)));
        if figure_before || figure_after || goes_on {
            return false;
        }
        // `935 732` on a line of its own may as well be two labels.
        let alone = edge(before) && edge(Some(last)) && tokens.token_text(index).len() < 3;
        let approximated = self
            .approximator
            .as_ref()
            .is_some_and(|(range, _)| range.end + 1 == index || range.end == index);
        let noun = tokens.is_gap(last)
            && tokens.is_word(last + 1)
            && !tokens.is_capital(last + 1)
            && self.language.connectors.at(tokens, last + 1, self.language).is_none();
        // `… at the end of December: 7 011`
        let captioned = index >= 2 && tokens.is_gap(index - 1) && tokens.is_mark(index - 2, ':') && edge(Some(last)) && groups == index + 3;
        alone || captioned || approximated || (noun && groups == index + 3) || (noun && edge(before))
    }
}
