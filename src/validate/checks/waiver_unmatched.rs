//! # waiver-unmatched: a waiver that matches nothing
//!
//! `crosstally.toml` waives a finding that is not there.
//!
//! **Why it matters.** The fault was corrected, or the waiver has a slip and covers nothing; left standing, it may hide a fault to come.
//!
//! **Example.** A waiver names `2024-12.pdf`, but the file is called `2024-12-final.pdf`.
//!
//! **What to do.** Take the waiver out, or correct the code and document it names.

use crate::schema::{Finding, Severity};
use crate::validate::check::Check;
use crate::validate::waiver::Waiver;

pub(super) static CHECK: Check = Check {
    code: "waiver-unmatched",
    severity: Severity::Warning,
    level: 0,
    source: include_str!("waiver_unmatched.rs"),
    runs: &[],
};

/// The finding about a waiver that covers nothing.
pub(in crate::validate) fn finding(waiver: &Waiver) -> Finding {
    let message = format!("The waiver of {} by {} matches no finding", waiver.subject(), waiver.owner);
    let draft = CHECK.draft(message).identity(waiver.subject());
    draft
        .mention(&waiver.mention)
        .help("take the waiver out, or correct what it names")
        .finish()
}
