//! crosstally pulls every figure out of published displacement dashboards and flags what does not add up.
//!
//! The data flows `archive → input → layout → parse → profiles → schema → validate → write`.

pub mod archive;
mod error;
pub mod input;
pub mod layout;
pub mod parse;
pub mod schema;
pub mod validate;
pub mod write;

pub use error::Error;
