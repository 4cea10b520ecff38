//! Digits that nobody has claimed to a figure, with its scale word, or to something else that is noted.

use rust_decimal::Decimal;

use super::{
    super::{
        NotFigureKind,
        body::{self, Body},
    },
    Figure, Scanner,
};

impl Scanner<'_> {
    /// Digits that nobody has claimed: a figure, or something else that is noted.
    pub(super) fn digits(&mut self, index: usize) -> usize {
        let tokens = self.tokens;
        if let Some((kind, end)) = self.not_a_figure(index) {
            self.exclude_digits(index, end, kind);
            return end;
        }
        let end = body::end_of_run(tokens, index);
        let (end, read) = match self.space_groups(index, end) {
            Some(joined) => joined,
            None => (end, body::read(tokens, index, end, self.convention)),
        };
        if let Some((kind, end)) = self.not_a_figure_by_end(index, end) {
            self.exclude(index, end, kind);
            return end;
        }
        let unit = self.unit_after(end);
        match read {
            Body::Number {
                value,
                decimals,
                plain,
                digits,
            } => self.scaled_figure(index, end, (value, decimals), (plain, digits)),
            Body::Doubtful { value, decimals } if unit => self.scaled_figure(index, end, (value, decimals), (false, 0)),
            Body::Doubtful { .. } => {
                self.fault(index, end, body::WRONG_SEPARATOR);
                end
            }
            Body::List => {
                for at in (index..end).step_by(2) {
                    if let Body::Number { value, plain, digits, .. } = body::number(tokens.token_text(at), None, true) {
                        self.scaled_figure(at, at + 1, (value, 0), (plain, digits));
                    }
                }
                end
            }
            Body::Section => {
                self.exclude(index, end, NotFigureKind::Fraction);
                end
            }
            Body::Code => {
                self.exclude(index, end, NotFigureKind::Code);
                end
            }
            Body::FaultBeforeUnit(_) if !unit => {
                self.exclude(index, end, NotFigureKind::Footnote);
                end
            }
            Body::Fault(why) | Body::FaultBeforeUnit(why) => {
                self.fault(index, end, why);
                end
            }
        }
    }

    fn scaled_figure(&mut self, index: usize, end: usize, (value, decimals): (Decimal, u32), (plain, digits): (bool, usize)) -> usize {
        let (scale, end, scaled) = match self.scale_after(end) {
            Some((scale, end)) => (scale, end, true),
            None => (Decimal::ONE, end, false),
        };
        let Some(value) = value.checked_mul(scale) else { return end };
        let figure = Figure {
            value,
            decimals,
            scale,
            scaled,
            plain: plain && !scaled,
            digits,
            word: false,
            pronoun: false,
        };
        self.figure(index, end, &figure)
    }
}
