//! # waiver-expired: a waiver past its date
//!
//! `crosstally.toml` waives a finding until a day that is over. The finding counts again.
//!
//! **Why it matters.** A decision to live with a fault was meant to be looked at again by then.
//!
//! **Example.** `until = 2024-12-31` on a total that the publisher promised to correct.
//!
//! **What to do.** Look whether the fault is still there: take the waiver out, or set a new date and say why.

use crate::schema::{Finding, Severity};
use crate::validate::check::Check;
use crate::validate::waiver::Waiver;

pub(super) static CHECK: Check = Check {
    code: "waiver-expired",
    severity: Severity::Error,
    level: 0,
    source: include_str!("waiver_expired.rs"),
    runs: &[],
};

/// The finding about a waiver past its day.
pub(in crate::validate) fn finding(waiver: &Waiver) -> Finding {
    let message = format!("The waiver of {} by {} ended on {}", waiver.subject(), waiver.owner, waiver.until);
    let draft = CHECK.draft(message).identity(waiver.subject()).printed(&waiver.until);
    draft
        .mention(&waiver.mention)
        .help("take the waiver out, or set a new date and say why")
        .finish()
}
