//! Slips of the hand: a printed figure and the values that would fit go in; out comes the one that a single slip turns into it, if any.

use rust_decimal::Decimal;

use crate::schema::{Interval, Observation};

/// How a figure came to be printed wrongly.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::validate) enum Slip {
    /// 269 for 209.
    Digit,
    /// 334 for 343.
    Swapped,
    /// 29 for 209.
    Missing,
    /// 2,099 for 209.
    Extra,
    /// 12 for −12.
    Sign,
}

impl Slip {
    /// As it stands in a sentence: `one wrong digit`.
    pub(in crate::validate) fn words(self) -> &'static str {
        match self {
            Self::Digit => "one wrong digit",
            Self::Swapped => "two digits swapped",
            Self::Missing => "a digit left out",
            Self::Extra => "a digit too many",
            Self::Sign => "a wrong sign",
        }
    }
}

/// The numbers one slip away from a printed one that stand for a fitting value, the likeliest slip first.
pub(super) fn slips(printed: &Observation, fitting: Interval) -> Vec<(Slip, Decimal)> {
    let value = printed.value;
    let offset = |end: Decimal| end.checked_sub(value);
    let (Some(below), Some(above)) = (offset(printed.interval.low), offset(printed.interval.high)) else {
        return Vec::new();
    };
    let fits = |meant: &Decimal| {
        let ends = meant.checked_add(below).zip(meant.checked_add(above));
        let is_as_round = above.checked_sub(below).is_some_and(|step| step.is_zero() || (*meant % step).is_zero());
        is_as_round && *meant != value && ends.is_some_and(|(low, high)| Interval { low, high }.meets(fitting))
    };
    let mut found: Vec<(Slip, Decimal)> = Vec::new();
    for (slip, digits) in digits_meant(&value.mantissa().unsigned_abs().to_string().into_bytes()) {
        let mantissa = std::str::from_utf8(&digits).ok().and_then(|digits| digits.parse::<i128>().ok());
        let Some(mantissa) = mantissa.filter(|_| digits[0] != b'0' || digits.len() <= value.scale() as usize + 1) else {
            continue;
        };
        let signed = if value.is_sign_negative() { -mantissa } else { mantissa };
        let meant = Decimal::try_from_i128_with_scale(signed, value.scale()).ok();
        found.extend(meant.filter(&fits).map(|meant| (slip, meant)));
    }
    if fits(&-value) {
        found.push((Slip::Sign, -value));
    }
    found.sort_unstable();
    found.dedup_by_key(|(_, meant)| *meant);
    found
}

/// The digits that may have been meant, with the slip that made the printed ones of them.
fn digits_meant(printed: &[u8]) -> Vec<(Slip, Vec<u8>)> {
    let mut meant = Vec::new();
    for at in 0..printed.len() {
        for digit in b'0'..=b'9' {
            let mut other = printed.to_vec();
            other[at] = digit;
            meant.push((Slip::Digit, other));
        }
        if at + 1 < printed.len() {
            let mut other = printed.to_vec();
            other.swap(at, at + 1);
            meant.push((Slip::Swapped, other));
        }
        if printed.len() > 1 {
            let mut other = printed.to_vec();
            other.remove(at);
            meant.push((Slip::Extra, other));
        }
    }
    for at in 0..=printed.len() {
        for digit in b'0'..=b'9' {
            let mut other = printed.to_vec();
            other.insert(at, digit);
            meant.push((Slip::Missing, other));
        }
    }
    meant
}

#[cfg(test)]
mod tests {
    use super::super::super::testing::printed;
    use super::*;

    fn check(quote: &str, low: &str, high: &str, expected: &str) {
        let found = slips(&printed(quote), Interval::new(low.parse().unwrap(), high.parse().unwrap()));
        let words: Vec<String> = found
            .iter()
            .map(|(slip, meant)| format!("{} for {}", slip.words(), meant.normalize()))
            .collect();
        assert_eq!(words.join(", "), expected, "{quote} for {low} to {high}");
    }

    #[test]
    fn a_slip_is_told_from_another_number() {
        check("269", "209", "209", "one wrong digit for 209");
        check("334", "343", "343", "two digits swapped for 343");
        check("29", "209", "209", "a digit left out for 209");
        check("2,099", "209", "209", "a digit too many for 209");
        check("-12%", "11.8", "12.4", "a wrong sign for 12");
        check("1,017", "957", "957", "");
        check("343", "434", "434", "");
        check("5", "0", "0", "one wrong digit for 0");
        check("100", "10", "10", "a digit too many for 10");
    }

    #[test]
    fn rounded_figures_are_compared_as_they_would_be_printed() {
        check("52%", "21.6", "21.7", "one wrong digit for 22");
        check("some 7,900", "7060", "7060", "one wrong digit for 7100");
        check("3.4%", "3.71", "3.72", "one wrong digit for 3.7");
    }

    #[test]
    fn where_many_numbers_fit_all_slips_are_told() {
        check(
            "12%",
            "13.8",
            "15.9",
            "one wrong digit for 14, one wrong digit for 15, one wrong digit for 16",
        );
        check(
            "12",
            "120",
            "122",
            "a digit left out for 120, a digit left out for 121, a digit left out for 122",
        );
    }
}
