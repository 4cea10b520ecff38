//! Decimals to the bytes that Parquet keeps them in: the number times a power of ten, two's complement, highest byte first.

use rust_decimal::Decimal;

/// Digits of every number; the most that all readers take.
pub(super) const DIGITS: u32 = 38;
/// Bytes that as many digits need.
pub(super) const BYTES: usize = 16;
/// Decimal places of every number, unless a run prints more.
pub(super) const USUAL_SCALE: u32 = 4;

/// The decimal places that so many and all of the numbers fit in.
pub(super) fn scale(least: u32, numbers: impl IntoIterator<Item = Decimal>) -> u32 {
    numbers.into_iter().map(|number| number.normalize().scale()).fold(least, u32::max)
}

/// The number with as many decimal places; nothing where it has more, or too many digits.
pub(super) fn bytes(number: Decimal, scale: u32) -> Option<[u8; BYTES]> {
    let number = number.normalize();
    let missing = scale.checked_sub(number.scale())?;
    let whole = number.mantissa().checked_mul(10_i128.checked_pow(missing)?)?;
    (whole.unsigned_abs() < 10_u128.pow(DIGITS)).then(|| whole.to_be_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(number: &str, scale: u32, expected: Option<i128>) {
        assert_eq!(bytes(number.parse().unwrap(), scale).map(i128::from_be_bytes), expected, "{number}");
    }

    #[test]
    fn a_number_is_written_exactly_or_not_at_all() {
        check("7900", 4, Some(79_000_000));
        check("-47.50", 4, Some(-475_000));
        check("0.0000", 4, Some(0));
        check("3.35", 1, None);
        check("999999999999999", 4, Some(9_999_999_999_999_990_000));
        check(
            "79228162514264337593543950335",
            9,
            Some(79_228_162_514_264_337_593_543_950_335_000_000_000),
        );
        check("79228162514264337593543950335", 10, None);
    }

    #[test]
    fn the_scale_grows_with_what_is_printed() {
        let check = |numbers: &[&str], expected| assert_eq!(scale(USUAL_SCALE, numbers.iter().map(|number| number.parse().unwrap())), expected);
        check(&[], 4);
        check(&["7900", "3.35", "1.500000"], 4);
        check(&["3.35", "0.0000125"], 7);
    }
}
