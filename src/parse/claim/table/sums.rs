//! Totals at the foot or head of columns, and at the end or start of rows.

use rust_decimal::Decimal;

use super::columns::{Column, Columns, Value, saying};
use crate::schema::{Claim, ClaimKind, Interval, List};

/// Parts of a total that may be named in a claim.
const MOST_PARTS: usize = 120;
/// How far a total may be off its parts, in parts of a hundred, and still be meant as theirs: averages and medians are farther off.
const FARTHEST: u32 = 15;

/// The totals of columns.
pub(super) fn down(columns: &Columns) -> Vec<Claim> {
    let totals = columns.totals();
    let [first, .., last] = columns.rows.as_slice() else {
        return Vec::new();
    };
    match totals.as_slice() {
        [] => unnamed(columns, *last),
        [total] if !Columns::names_partial_total(columns.label(*total)) && (total == first || total == last) => named(columns, *total),
        _ => Vec::new(),
    }
}

/// What the row that is called a total claims.
fn named(columns: &Columns, total: usize) -> Vec<Claim> {
    let rows = parts_of(columns, total);
    let candidates = candidates(columns, total, &rows);
    let held = candidates.iter().filter(|candidate| candidate.holds()).count();
    let closed = held > 0 && held * 2 >= candidates.len() || candidates.len() <= 2 && is_closed(columns, total, &rows);
    let alone = candidates.len() == 1;
    candidates
        .into_iter()
        .filter(|candidate| candidate.holds() || closed && (candidate.is_near() || candidate.is_typed_wrong()) || alone && candidate.is_told_alone())
        .map(Candidate::claim)
        .collect()
}

/// What a last row claims that adds up those before and is called otherwise, as a quarter below its months: most columns have to show it.
fn unnamed(columns: &Columns, total: usize) -> Vec<Claim> {
    let rows = parts_of(columns, total);
    let candidates = candidates(columns, total, &rows);
    let held = candidates.iter().filter(|candidate| candidate.holds()).count();
    if rows.len() < 3 || held < 2 || held * 3 < candidates.len() * 2 {
        return Vec::new();
    }
    let told = |candidate: &Candidate<'_>| candidate.holds() || candidate.is_near();
    candidates.into_iter().filter(told).map(Candidate::claim).collect()
}

/// The rows that a total is made of.
fn parts_of(columns: &Columns, total: usize) -> Vec<usize> {
    let others = columns.rows.iter().copied();
    others.filter(|row| *row != total && !columns.is_nested(*row)).collect()
}

/// What may be totals in a row, one a column.
fn candidates<'a>(columns: &'a Columns, total: usize, rows: &[usize]) -> Vec<Candidate<'a>> {
    let counts = columns.all.iter().filter(|column| !column.percent);
    let of_column = |column: &'a Column| candidate(columns, column.values.get(&total)?, rows.iter().map(|row| (*row, column)));
    let mut candidates: Vec<Candidate<'_>> = counts.filter_map(of_column).collect();
    // Where a column adds up without its nils, nil is nothing in this table, not something unknown.
    if candidates.iter().any(|candidate| candidate.nil && candidate.holds()) {
        for candidate in &mut candidates {
            candidate.nil = false;
        }
    }
    candidates
}

/// Whether the rows name all there is: the last is that of all others, or shares of them come to a hundred.
fn is_closed(columns: &Columns, total: usize, rows: &[usize]) -> bool {
    let rest = |label: &str| {
        let first = label.split_whitespace().next().unwrap_or_default();
        matches!(
            first,
            "other" | "others" | "autres" | "autre" | "otros" | "otras" | "rest" | "remaining" | "altri" | "sonstige" | "unknown"
        )
    };
    let shares = columns.all.iter().filter(|column| column.percent).any(|column| {
        let parts: Option<Vec<&Value>> = rows.iter().map(|row| column.values.get(row)).collect();
        let whole = column.values.get(&total).is_none_or(|whole| whole.amount == Decimal::ONE_HUNDRED);
        parts.is_some_and(|parts| whole && parts.iter().all(|part| !part.signed) && sum(&parts).contains(Decimal::ONE_HUNDRED))
    });
    rows.last().is_some_and(|last| rest(columns.label(*last))) || shares
}

/// The totals of rows, in a column beside those of their parts.
pub(super) fn along(columns: &Columns) -> Vec<Claim> {
    let mut claims = Vec::new();
    for (at, total) in columns.all.iter().enumerate() {
        if total.percent || Columns::names_partial_total(&total.header) {
            continue;
        }
        let named = Columns::names_sum(&total.header);
        let parts = |column: &&Column| !column.percent && column.slot == total.slot && !Columns::names_sum(&column.header);
        let before: Vec<&Column> = columns.all[..at].iter().filter(parts).collect();
        let behind: Vec<&Column> = columns.all[at + 1..].iter().filter(parts).collect();
        let runs = (0..before.len())
            .map(|start| before[start..].to_vec())
            .chain((1..=behind.len()).map(|end| behind[..end].to_vec()));
        let best = runs
            .filter(|run| run.len() >= 2)
            .map(|run| rows_of(columns, total, &run))
            .max_by_key(|rows| rows.iter().filter(|candidate| candidate.holds()).count());
        let Some(mut rows) = best else { continue };
        // What stands at the end of a stretch is no sum of it, and far from one.
        rows.retain(|candidate| candidate.holds() || candidate.is_near() || candidate.is_typed_wrong());
        let held = rows.iter().filter(|candidate| candidate.holds()).count();
        // "People" beside "men" and "women" is a total that nobody calls so: more rows have to show it.
        let shown = if named {
            held >= 2 && held * 3 >= rows.len() * 2
        } else {
            held >= 3 && held * 4 >= rows.len() * 3
        };
        if shown {
            claims.extend(rows.into_iter().map(Candidate::claim));
        }
    }
    claims
}

/// A figure that may be the total of others.
struct Candidate<'a> {
    total: &'a Value,
    parts: Vec<&'a Value>,
    /// Some parts are printed as nil.
    nil: bool,
}

/// The total of each row and its parts in some columns.
fn rows_of<'a>(columns: &Columns, total: &'a Column, run: &[&'a Column]) -> Vec<Candidate<'a>> {
    let of_row = |row: &usize| candidate(columns, total.values.get(row)?, run.iter().map(|column| (*row, *column)));
    columns.rows.iter().filter_map(of_row).collect()
}

/// A total of the figures in some cells, if all are figures or nil.
fn candidate<'a>(columns: &Columns, total: &'a Value, cells: impl Iterator<Item = (usize, &'a Column)>) -> Option<Candidate<'a>> {
    let (nil, printed): (Vec<_>, Vec<_>) = cells.partition(|(row, column)| columns.is_nil(*row, column));
    let parts: Option<Vec<&Value>> = printed.iter().map(|(row, column)| column.values.get(row)).collect();
    let candidate = Candidate {
        total,
        parts: parts?,
        nil: !nil.is_empty(),
    };
    candidate.is_telling().then_some(candidate)
}

impl Candidate<'_> {
    /// Whether there are parts enough to tell.
    fn is_telling(&self) -> bool {
        let some = self.parts.iter().filter(|part| !part.amount.is_zero()).count();
        some >= 2 && self.parts.len() <= MOST_PARTS && !self.total.amount.is_zero()
    }

    fn sum(&self) -> Interval {
        sum(&self.parts)
    }

    fn holds(&self) -> bool {
        self.sum().meets(self.total.figure.interval)
    }

    /// Whether the total is not so far off that something else must be meant, nor short for parts of which nobody knows.
    fn is_near(&self) -> bool {
        let (sum, total) = (self.sum(), self.total.amount);
        let off = if sum.low > total { sum.low - total } else { total - sum.high };
        !self.may_lack_parts() && off * Decimal::ONE_HUNDRED <= total.abs() * Decimal::from(FARTHEST)
    }

    /// Whether what is printed as nil may be what the parts are short of.
    fn may_lack_parts(&self) -> bool {
        self.nil && self.sum().high < self.total.amount
    }

    /// Whether the only column of a table shows that a figure was typed wrong: one part may have two digits swapped.
    fn is_told_alone(&self) -> bool {
        let added: Decimal = self.parts.iter().map(|part| part.amount).sum();
        let swapped = |part: &&Value| is_swapped(part.amount, self.total.amount - (added - part.amount));
        self.is_near() && (self.is_slip() || self.parts.len() >= 3 && self.parts.iter().any(swapped))
    }

    /// Whether one wrong digit, or two swapped, explain the difference.
    fn is_slip(&self) -> bool {
        self.parts.len() >= 3 && self.is_typed_wrong()
    }

    /// The same of a total whose other rows show what it is made of.
    fn is_typed_wrong(&self) -> bool {
        is_slip(self.total.amount, self.parts.iter().map(|part| part.amount).sum()) && !self.may_lack_parts()
    }

    fn claim(self) -> Claim {
        Claim {
            saying: saying(self.total),
            kind: ClaimKind::Sum {
                parts: self.parts.iter().map(|part| part.figure.clone()).collect(),
                list: List::Closed,
            },
        }
    }
}

fn sum(parts: &[&Value]) -> Interval {
    let nothing = Interval::point(Decimal::ZERO);
    parts.iter().fold(nothing, |sum, part| sum.plus(part.figure.interval))
}

/// Whether two different figures are the same but for two neighbouring digits that were swapped.
pub(in crate::parse::claim) fn is_swapped(one: Decimal, other: Decimal) -> bool {
    let sorted = |value: Decimal| {
        let mut digits = value.to_string().into_bytes();
        digits.sort_unstable();
        digits
    };
    is_slip(one, other) && sorted(one) == sorted(other)
}

/// Whether two different figures are the same but for one digit, or for two neighbouring ones that were swapped.
pub(in crate::parse::claim) fn is_slip(one: Decimal, other: Decimal) -> bool {
    let digits = |value: Decimal| value.abs().normalize().to_string().replace('.', "").into_bytes();
    let (one, other) = (digits(one), digits(other));
    if one.len() != other.len() {
        return false;
    }
    let differ: Vec<usize> = (0..one.len()).filter(|at| one[*at] != other[*at]).collect();
    match differ.as_slice() {
        [_] => true,
        [first, second] => second - first == 1 && one[*first] == other[*second] && one[*second] == other[*first],
        _ => false,
    }
}
