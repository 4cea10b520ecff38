//! Exact fractions, in machine words as long as they fit: those of printed figures nearly always do, and then cost no allocation.

use std::{
    cmp::Ordering,
    iter::Sum,
    ops::{AddAssign, Div, Mul, Neg, Sub},
};

use num_bigint::BigInt;
use num_rational::{BigRational, Ratio};
use rust_decimal::Decimal;

/// An exact fraction in lowest terms. What fits into machine words is held in them, so that equal fractions are held alike.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fraction(Held);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Held {
    Short(Ratio<i64>),
    Long(Box<BigRational>),
}

impl Fraction {
    pub(super) fn zero() -> Self {
        Self::from(0)
    }

    pub(super) fn is_zero(&self) -> bool {
        matches!(&self.0, Held::Short(short) if *short.numer() == 0)
    }

    pub(super) fn is_positive(&self) -> bool {
        match &self.0 {
            Held::Short(short) => *short.numer() > 0,
            Held::Long(long) => **long > BigRational::from_integer(0.into()),
        }
    }

    pub(super) fn abs(self) -> Self {
        if self.is_zero() || self.is_positive() { self } else { -self }
    }

    /// The fraction turned upside down; not to be asked of zero.
    pub(super) fn recip(&self) -> Self {
        &Self::from(1) / self
    }

    /// The same, however long.
    pub(super) fn to_long(&self) -> BigRational {
        match &self.0 {
            Held::Short(short) => BigRational::new_raw((*short.numer()).into(), (*short.denom()).into()),
            Held::Long(long) => (**long).clone(),
        }
    }

    fn of_long(long: BigRational) -> Self {
        match (i64::try_from(long.numer()), i64::try_from(long.denom())) {
            (Ok(over), Ok(under)) if over > i64::MIN => Self(Held::Short(Ratio::new_raw(over, under))),
            _ => Self(Held::Long(Box::new(long))),
        }
    }

    fn of_wide(wide: &Ratio<i128>) -> Self {
        match (i64::try_from(*wide.numer()), i64::try_from(*wide.denom())) {
            // The least of all has no counterpart above zero.
            (Ok(over), Ok(under)) if over > i64::MIN => Self(Held::Short(Ratio::new_raw(over, under))),
            _ => Self(Held::Long(Box::new(BigRational::new_raw((*wide.numer()).into(), (*wide.denom()).into())))),
        }
    }

    /// What comes of two fractions: of short ones in twice their width, which no step between them grows past.
    fn with(
        &self,
        other: &Self,
        wide: impl Fn(Ratio<i128>, Ratio<i128>) -> Ratio<i128>,
        long: impl Fn(BigRational, BigRational) -> BigRational,
    ) -> Self {
        match (&self.0, &other.0) {
            (Held::Short(one), Held::Short(other)) => Self::of_wide(&wide(widened(one), widened(other))),
            _ => Self::of_long(long(self.to_long(), other.to_long())),
        }
    }

    /// Two whole numbers in machine words.
    fn whole(&self, other: &Self) -> Option<(i64, i64)> {
        match (&self.0, &other.0) {
            (Held::Short(one), Held::Short(other)) if *one.denom() == 1 && *other.denom() == 1 => Some((*one.numer(), *other.numer())),
            _ => None,
        }
    }

    fn plus(&self, other: &Self) -> Self {
        match self.whole(other).and_then(|(one, other)| one.checked_add(other)) {
            Some(sum) if sum > i64::MIN => Self::from(sum),
            _ => self.with(other, |one, other| one + other, |one, other| one + other),
        }
    }
}

fn widened(short: &Ratio<i64>) -> Ratio<i128> {
    Ratio::new_raw((*short.numer()).into(), (*short.denom()).into())
}

/// A whole number, the least of all apart.
impl From<i64> for Fraction {
    fn from(whole: i64) -> Self {
        Self::of_wide(&Ratio::from_integer(whole.into()))
    }
}

impl From<Decimal> for Fraction {
    fn from(decimal: Decimal) -> Self {
        if decimal.scale() == 0
            && let Ok(whole) = i64::try_from(decimal.mantissa())
        {
            return Self::from(whole);
        }
        Self::of_long(BigRational::new(decimal.mantissa().into(), BigInt::from(10).pow(decimal.scale())))
    }
}

impl Ord for Fraction {
    fn cmp(&self, other: &Self) -> Ordering {
        match (&self.0, &other.0) {
            (Held::Short(one), Held::Short(other)) => {
                let across = |over: &i64, under: &i64| i128::from(*over) * i128::from(*under);
                across(one.numer(), other.denom()).cmp(&across(other.numer(), one.denom()))
            }
            _ => self.to_long().cmp(&other.to_long()),
        }
    }
}

impl PartialOrd for Fraction {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl AddAssign<&Self> for Fraction {
    fn add_assign(&mut self, other: &Self) {
        *self = self.plus(other);
    }
}

impl AddAssign for Fraction {
    fn add_assign(&mut self, other: Self) {
        *self += &other;
    }
}

impl Sum for Fraction {
    fn sum<I: Iterator<Item = Self>>(terms: I) -> Self {
        terms.fold(Self::zero(), |sum, term| sum.plus(&term))
    }
}

impl Sub for &Fraction {
    type Output = Fraction;

    fn sub(self, other: Self) -> Fraction {
        match self.whole(other).and_then(|(one, other)| one.checked_sub(other)) {
            Some(rest) if rest > i64::MIN => Fraction::from(rest),
            _ => self.with(other, |one, other| one - other, |one, other| one - other),
        }
    }
}

impl Mul for &Fraction {
    type Output = Fraction;

    fn mul(self, other: Self) -> Fraction {
        match self.whole(other).and_then(|(one, other)| one.checked_mul(other)) {
            Some(product) if product > i64::MIN => Fraction::from(product),
            _ => self.with(other, |one, other| one * other, |one, other| one * other),
        }
    }
}

impl Div for &Fraction {
    type Output = Fraction;

    fn div(self, other: Self) -> Fraction {
        self.with(other, |one, other| one / other, |one, other| one / other)
    }
}

impl Neg for Fraction {
    type Output = Self;

    fn neg(self) -> Self {
        match self.0 {
            Held::Short(short) => Self(Held::Short(-short)),
            Held::Long(long) => Self::of_long(-*long),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn long(over: i64, under: i64) -> BigRational {
        BigRational::new(over.into(), under.into())
    }

    fn fraction(over: i64, under: i64) -> Fraction {
        Fraction::of_long(long(over, under))
    }

    fn is_short(fraction: &Fraction) -> bool {
        matches!(fraction.0, Held::Short(_))
    }

    /// Numbers of all lengths, with those at the ends of a machine word.
    fn number() -> impl Strategy<Value = i64> {
        prop_oneof![
            -1_000_i64..1_000,
            any::<i64>(),
            prop::sample::select(vec![i64::MIN, i64::MIN + 1, i64::MAX, i64::MAX - 1, -1, 0, 1, 1 << 62, 1 << 32]),
        ]
    }

    proptest! {
        #[test]
        fn it_counts_as_fractions_of_any_length_do(a in number(), b in number(), c in number(), d in number()) {
            prop_assume!(b != 0 && d != 0);
            let (one, other) = (fraction(a, b), fraction(c, d));
            let (long_one, long_other) = (long(a, b), long(c, d));
            let mut sum = one.clone();
            sum += &other;
            prop_assert_eq!(&sum, &Fraction::of_long(&long_one + &long_other));
            prop_assert_eq!(sum.to_long(), &long_one + &long_other);
            prop_assert_eq!(&one - &other, Fraction::of_long(&long_one - &long_other));
            prop_assert_eq!(&one * &other, Fraction::of_long(&long_one * &long_other));
            if c != 0 {
                prop_assert_eq!(&one / &other, Fraction::of_long(&long_one / &long_other));
                prop_assert_eq!(other.recip(), Fraction::of_long(long_other.recip()));
            }
            prop_assert_eq!(one.cmp(&other), long_one.cmp(&long_other));
            prop_assert_eq!(one.is_positive(), long_one > long(0, 1));
            prop_assert_eq!(one.clone().abs().to_long(), if long_one < long(0, 1) { -long_one.clone() } else { long_one.clone() });
            prop_assert_eq!(-one, Fraction::of_long(-long_one));
        }
    }

    #[test]
    fn what_fits_into_machine_words_is_held_in_them_again() {
        let huge = &fraction(i64::MAX, 1) * &fraction(i64::MAX, 3);
        assert!(!is_short(&huge));
        let back = &huge / &fraction(i64::MAX, 1);
        assert!(is_short(&back));
        assert_eq!(back, fraction(i64::MAX, 3));
    }

    #[test]
    fn a_decimal_is_the_fraction_that_it_is_printed_as() {
        for (decimal, expected) in [("12.50", fraction(25, 2)), ("-7", fraction(-7, 1)), ("0.0", Fraction::zero())] {
            assert_eq!(Fraction::from(decimal.parse::<Decimal>().unwrap()), expected, "{decimal}");
        }
        assert!(!is_short(&Fraction::from(Decimal::MAX)));
    }
}
