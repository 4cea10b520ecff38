//! Transforms of a drawing: SVG's `transform` to one matrix.

use crate::layout::chart::Place;

/// `[a c e; b d f]`, as in SVG.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Matrix {
    pub(super) a: f64,
    pub(super) b: f64,
    pub(super) c: f64,
    pub(super) d: f64,
    pub(super) e: f64,
    pub(super) f: f64,
}

impl Matrix {
    pub(super) const IDENTITY: Self = Self {
        a: 1.0,
        b: 0.0,
        c: 0.0,
        d: 1.0,
        e: 0.0,
        f: 0.0,
    };

    pub(super) fn translate(x: f64, y: f64) -> Self {
        Self {
            e: x,
            f: y,
            ..Self::IDENTITY
        }
    }

    pub(super) fn scale(x: f64, y: f64) -> Self {
        Self {
            a: x,
            d: y,
            ..Self::IDENTITY
        }
    }

    fn rotate(degrees: f64) -> Self {
        let (sine, cosine) = degrees.to_radians().sin_cos();
        Self {
            a: cosine,
            b: sine,
            c: -sine,
            d: cosine,
            ..Self::IDENTITY
        }
    }

    /// First `inner`, then this.
    pub(super) fn then(self, inner: Self) -> Self {
        Self {
            a: self.a * inner.a + self.c * inner.b,
            b: self.b * inner.a + self.d * inner.b,
            c: self.a * inner.c + self.c * inner.d,
            d: self.b * inner.c + self.d * inner.d,
            e: self.a * inner.e + self.c * inner.f + self.e,
            f: self.b * inner.e + self.d * inner.f + self.f,
        }
    }

    pub(super) fn map(self, (x, y): Place) -> Place {
        (self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f)
    }

    /// How much lengths grow.
    pub(super) fn growth(self) -> f64 {
        (self.a * self.d - self.b * self.c).abs().sqrt()
    }

    /// Degrees clockwise by which what was upright is turned.
    pub(super) fn angle(self) -> f64 {
        let degrees = self.b.atan2(self.a).to_degrees();
        // Rounding leaves -90.00000001 of a right angle.
        if (degrees - degrees.round()).abs() < 1e-6 {
            degrees.round() + 0.0
        } else {
            degrees
        }
    }

    /// A list of transforms: `translate(10 20) rotate(-90)`. What cannot be read ends it.
    pub(super) fn parse(list: &str) -> Self {
        let mut whole = Self::IDENTITY;
        let mut rest = list;
        while let Some((name, after)) = rest.split_once('(') {
            let Some((arguments, next)) = after.split_once(')') else { break };
            rest = next;
            let numbers = numbers(arguments);
            let at = |index: usize| numbers.get(index).copied();
            let first = at(0).unwrap_or(0.0);
            let step = match name
                .trim_matches(|character: char| character.is_whitespace() || character == ',')
                .to_ascii_lowercase()
                .as_str()
            {
                "translate" => Self::translate(first, at(1).unwrap_or(0.0)),
                "translatex" => Self::translate(first, 0.0),
                "translatey" => Self::translate(0.0, first),
                "scale" => Self::scale(first, at(1).unwrap_or(first)),
                "scalex" => Self::scale(first, 1.0),
                "scaley" => Self::scale(1.0, first),
                "rotate" => match (at(1), at(2)) {
                    (Some(x), Some(y)) => Self::translate(x, y).then(Self::rotate(first)).then(Self::translate(-x, -y)),
                    _ => Self::rotate(first),
                },
                "skewx" => Self {
                    c: first.to_radians().tan(),
                    ..Self::IDENTITY
                },
                "skewy" => Self {
                    b: first.to_radians().tan(),
                    ..Self::IDENTITY
                },
                "matrix" => match numbers.as_slice() {
                    &[a, b, c, d, e, f] => Self { a, b, c, d, e, f },
                    _ => break,
                },
                _ => break,
            };
            whole = whole.then(step);
        }
        whole
    }
}

/// Numbers in a list with commas or spaces; units such as `px` and `deg` are passed over.
pub(super) fn numbers(list: &str) -> Vec<f64> {
    let bytes = list.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        match number(&list[at..]) {
            Some((value, length)) => {
                found.push(value);
                at += length;
            }
            None => at += list[at..].chars().next().map_or(1, char::len_utf8),
        }
    }
    found
}

/// A number at the start, with its length: `-1.5e3`, `.5`.
pub(super) fn number(text: &str) -> Option<(f64, usize)> {
    let bytes = text.as_bytes();
    let digits = |from: usize| bytes[from..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    let mut at = usize::from(matches!(bytes.first(), Some(b'+' | b'-')));
    let whole = digits(at);
    at += whole;
    let mut fraction = 0;
    if bytes.get(at) == Some(&b'.') {
        fraction = digits(at + 1);
        if whole + fraction > 0 {
            at += 1 + fraction;
        }
    }
    if whole + fraction == 0 {
        return None;
    }
    if matches!(bytes.get(at), Some(b'e' | b'E')) {
        let sign = usize::from(matches!(bytes.get(at + 1), Some(b'+' | b'-')));
        let exponent = if at + 1 + sign <= bytes.len() { digits(at + 1 + sign) } else { 0 };
        if exponent > 0 {
            at += 1 + sign + exponent;
        }
    }
    text[..at].parse().ok().filter(|value: &f64| value.is_finite()).map(|value| (value, at))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(list: &str, point: Place, expected: Place) {
        let (x, y) = Matrix::parse(list).map(point);
        assert!((x - expected.0).abs() < 1e-9 && (y - expected.1).abs() < 1e-9, "{list}: {x} {y}");
    }

    #[test]
    fn transforms_apply_from_right_to_left() {
        check("translate(10 20)", (1.0, 2.0), (11.0, 22.0));
        check("translate(10,20) scale(2)", (1.0, 2.0), (12.0, 24.0));
        check("rotate(-90)", (1.0, 0.0), (0.0, -1.0));
        check("rotate(90 10 10)", (20.0, 10.0), (10.0, 20.0));
        check("matrix(1 0 0 -1 0 100)", (5.0, 30.0), (5.0, 70.0));
        check("translate(10px, 5px)", (0.0, 0.0), (10.0, 5.0));
        check("nonsense(1", (3.0, 4.0), (3.0, 4.0));
    }

    #[test]
    fn an_upright_turn_is_exact() {
        assert!((Matrix::parse("rotate(-90 33.3 44.4)").angle() + 90.0).abs() < f64::EPSILON);
    }
}
