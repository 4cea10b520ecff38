//! The checks, one file each. This list is written by a test, and only compared where `CI` is set.

mod change_differs;
mod cumulative_falls;
mod duplicate_edition;
mod edition_gap;
mod label_differs_from_mark;
mod malformed_figure;
mod missing_figure;
mod no_text_layer;
mod nothing_read;
mod order_broken;
mod outlier;
mod part_exceeds_whole;
mod passed_over;
mod period_conflict;
mod ratio_differs;
mod readers_disagree;
mod repaired;
mod repeat_differs;
mod restated;
mod shares_differ;
mod sign_contradicts_arrow;
mod snapshots_disagree;
pub(super) mod sources_differ;
mod total_differs;
mod unclaimed_number;
mod unknown_family;
mod unknown_place;
mod unread_section;
mod unreadable;
pub(super) mod waiver_expired;
pub(super) mod waiver_unmatched;
mod wording_drifts;

use super::check::Check;

/// All checks, by code.
pub(super) static ALL: &[&Check] = &[
    &change_differs::CHECK,
    &cumulative_falls::CHECK,
    &duplicate_edition::CHECK,
    &edition_gap::CHECK,
    &label_differs_from_mark::CHECK,
    &malformed_figure::CHECK,
    &missing_figure::CHECK,
    &no_text_layer::CHECK,
    &nothing_read::CHECK,
    &order_broken::CHECK,
    &outlier::CHECK,
    &part_exceeds_whole::CHECK,
    &passed_over::CHECK,
    &period_conflict::CHECK,
    &ratio_differs::CHECK,
    &readers_disagree::CHECK,
    &repaired::CHECK,
    &repeat_differs::CHECK,
    &restated::CHECK,
    &shares_differ::CHECK,
    &sign_contradicts_arrow::CHECK,
    &snapshots_disagree::CHECK,
    &sources_differ::CHECK,
    &total_differs::CHECK,
    &unclaimed_number::CHECK,
    &unknown_family::CHECK,
    &unknown_place::CHECK,
    &unread_section::CHECK,
    &unreadable::CHECK,
    &waiver_expired::CHECK,
    &waiver_unmatched::CHECK,
    &wording_drifts::CHECK,
];
