//! Stands in until the HTML reader is merged.
use super::{InputError, Limits};
use crate::layout::{Document, Source};
pub(crate) fn read(_source: Source, _limits: &Limits) -> Result<Document, InputError> {
    Err(InputError::Damaged {
        cause: "this build holds no HTML reader".to_owned(),
    })
}
