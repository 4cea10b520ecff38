//! Documents and profiles to extractions: numbers, periods and places recognised, then what each figure measures.

pub mod language;
pub mod number;
pub mod period;
mod phrase;
pub mod place;
mod token;
