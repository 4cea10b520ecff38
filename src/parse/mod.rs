//! Documents and profiles to extractions: numbers, periods and places recognised, then what each figure measures.

pub mod language;
pub mod number;
pub mod period;
mod phrase;
pub mod place;
mod token;

use crate::{
    layout::Document,
    schema::{DocumentRecord, Extraction, Fact, Status},
};

/// All families that are known.
#[derive(Debug, Clone, Default)]
pub struct Profiles {
    /// In alphabetical order.
    pub families: Vec<Profile>,
}

/// One family.
#[derive(Debug, Clone)]
pub struct Profile {
    /// Its name.
    pub family: String,
}

/// A profile has a fault.
#[derive(Debug, thiserror::Error)]
#[error("no profiles in this branch")]
pub struct ProfileError;

impl Profiles {
    /// None yet.
    pub fn embedded() -> Result<Self, ProfileError> {
        Ok(Self::default())
    }

    /// None yet.
    pub fn load(_folder: &std::path::Path) -> Result<Self, ProfileError> {
        Err(ProfileError)
    }
}

/// Without profiles every family is unknown.
pub fn extract(document: &Document, mut record: DocumentRecord, _profiles: &Profiles) -> Extraction {
    document.media_type.clone_into(&mut record.media_type);
    record.pages = u32::try_from(document.pages.len()).unwrap_or(u32::MAX);
    record.status = Status::UnknownFamily;
    let facts = vec![Fact::UnknownFamily { claimants: Vec::new() }];
    Extraction {
        document: record,
        facts,
        ..Extraction::default()
    }
}
