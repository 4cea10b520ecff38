//! Exact fractions to decimals: what is proven goes in, what can be printed comes out.

use num_bigint::BigInt;
use num_rational::BigRational;
use rust_decimal::Decimal;

use crate::schema::Interval;

use super::fraction::Fraction;

/// Places kept where a fraction has no end, as a third has none.
const PLACES: u32 = 9;

/// The ends of an interval as decimals within it, as far as they can be; none where they grow past all reason.
pub(super) fn interval(low: &Fraction, high: &Fraction) -> Option<Interval> {
    let (low, high) = (low.to_long(), high.to_long());
    let scale = BigRational::from_integer(BigInt::from(10).pow(PLACES));
    let decimal = |scaled: &BigRational| {
        let mantissa = i128::try_from(scaled.to_integer()).ok()?;
        Decimal::try_from_i128_with_scale(mantissa, PLACES)
            .ok()
            .map(|decimal| decimal.normalize())
    };
    let (inner_low, inner_high) = ((&low * &scale).ceil(), (&high * &scale).floor());
    let (low, high) = if inner_low <= inner_high {
        (inner_low, inner_high)
    } else {
        ((&low * &scale).round(), (&high * &scale).round())
    };
    Some(Interval {
        low: decimal(&low)?,
        high: decimal(&high)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_printed_stays_what_it_is() {
        for text in ["0", "7900", "-46.5", "0.000001", "79228162514264337593543950335"] {
            let decimal: Decimal = text.parse().unwrap();
            let fraction = Fraction::from(decimal);
            if decimal < Decimal::from(1_000_000) {
                assert_eq!(interval(&fraction, &fraction), Some(Interval::point(decimal)));
            } else {
                assert_eq!(interval(&fraction, &fraction), None);
            }
        }
    }

    #[test]
    fn ends_without_end_are_cut_inwards() {
        let third = |times: i64| &Fraction::from(times) / &Fraction::from(3);
        let found = interval(&third(1), &third(2)).unwrap();
        assert_eq!(
            (found.low.to_string(), found.high.to_string()),
            ("0.333333334".to_owned(), "0.666666666".to_owned())
        );
    }
}
