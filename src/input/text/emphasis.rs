//! Runs of `*` and `_`: which open and close emphasis, which are footnote marks, and which are only signs.

use std::ops::Range;

/// A run of equal signs, escaped or not.
#[derive(Debug)]
pub(super) struct Run {
    /// Its bytes, backslashes included.
    pub(super) range: Range<usize>,
    /// `*` or `_`.
    pub(super) sign: char,
    /// How many signs it has.
    pub(super) count: usize,
    /// What it is for.
    pub(super) role: Role,
}

/// What a run is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// Opens emphasis, strong or not.
    Open(bool),
    /// Closes it.
    Close(bool),
    /// A footnote mark on the word before.
    Mark,
    /// Signs that are printed as they are.
    Words,
}

/// A run before its partner is known.
struct Candidate {
    run: Run,
    escaped: bool,
    before: Option<char>,
    after: Option<char>,
}

/// All runs within the lines, in order, after the rules of `CommonMark` on what may open and close, read generously.
pub(super) fn runs(source: &str, lines: &[Range<usize>]) -> Vec<Run> {
    let mut candidates: Vec<Candidate> = lines.iter().flat_map(|line| candidates(source, line.clone())).collect();
    // Open runs by sign and count, 1 to 3 each; indices grow within each.
    let mut open: [Vec<usize>; 6] = Default::default();
    let mut extra = Vec::new();
    for index in 0..candidates.len() {
        let candidate = &candidates[index];
        let count = candidate.run.count;
        if candidate.escaped || !closes(candidate) && !opens(candidate) {
            continue;
        }
        if closes(candidate) {
            // As long, or shorter: `**intentions***` is a mark at the end of strong words.
            let partner = (1..=count.min(3))
                .rev()
                .find(|length| !open[slot(candidate.run.sign, *length)].is_empty());
            if let Some(length) = partner
                && (length == count || candidate.run.sign == '*')
                && let Some(first) = open[slot(candidate.run.sign, length)].pop()
            {
                for others in &mut open {
                    while others.last().is_some_and(|other| *other > first) {
                        others.pop();
                    }
                }
                candidates[first].run.role = Role::Open(length > 1);
                let run = &mut candidates[index].run;
                run.role = Role::Close(length > 1);
                if length < count {
                    // Unescaped signs take a byte each.
                    let split = run.range.end - length;
                    extra.push(Run {
                        range: run.range.start..split,
                        sign: run.sign,
                        count: count - length,
                        role: Role::Mark,
                    });
                    run.range.start = split;
                    run.count = length;
                }
                continue;
            }
        }
        if opens(candidate) && count <= 3 {
            open[slot(candidate.run.sign, count)].push(index);
        }
    }
    for candidate in &mut candidates {
        if candidate.run.role == Role::Words && marks(candidate) {
            candidate.run.role = Role::Mark;
        }
    }
    let mut runs: Vec<Run> = candidates.into_iter().map(|candidate| candidate.run).chain(extra).collect();
    runs.sort_by_key(|run| run.range.start);
    runs
}

fn slot(sign: char, count: usize) -> usize {
    count - 1 + if sign == '*' { 0 } else { 3 }
}

fn candidates(source: &str, line: Range<usize>) -> Vec<Candidate> {
    let bytes = source.as_bytes();
    let mut found = Vec::new();
    let mut at = line.start;
    while at < line.end {
        let escaped = bytes[at] == b'\\';
        let sign = if escaped {
            bytes.get(at + 1).copied().filter(|_| at + 1 < line.end)
        } else {
            Some(bytes[at])
        };
        let (Some(sign @ (b'*' | b'_')), step) = (sign, 1 + usize::from(escaped)) else {
            at += 1 + usize::from(escaped);
            continue;
        };
        let start = at;
        let mut count = 0;
        while at + step <= line.end && bytes[at + step - 1] == sign && (!escaped || bytes[at] == b'\\') {
            at += step;
            count += 1;
        }
        found.push(Candidate {
            run: Run {
                range: start..at,
                sign: char::from(sign),
                count,
                role: Role::Words,
            },
            escaped,
            before: source[line.start..start].chars().next_back(),
            after: source[at..line.end].chars().next(),
        });
    }
    found
}

fn opens(candidate: &Candidate) -> bool {
    let Some(after) = candidate.after.filter(|after| !after.is_whitespace()) else {
        return false;
    };
    match candidate.before {
        Some(before) if before.is_alphanumeric() => candidate.run.sign == '*' && candidate.run.count > 1 && after.is_alphanumeric(),
        _ => true,
    }
}

fn closes(candidate: &Candidate) -> bool {
    let follows = candidate.before.is_some_and(|before| !before.is_whitespace());
    follows && (candidate.run.sign == '*' || !candidate.after.is_some_and(char::is_alphanumeric))
}

/// Whether stars without a partner hang on the word before them.
fn marks(candidate: &Candidate) -> bool {
    let Some(before) = candidate.before.filter(|before| !before.is_whitespace()) else {
        return false;
    };
    let product = before.is_ascii_digit() && candidate.after.is_some_and(|after| after.is_ascii_digit());
    // Behind `**Serbia**` an escaped star is a mark on the word in between.
    let joined = matches!(before, '*' | '_') && !candidate.escaped;
    candidate.run.sign == '*' && candidate.run.count <= 6 && !product && !joined && !matches!(before, '(' | '[' | '/' | '\\')
}
