//! The words that a run and its processes have in common: requests and answers in, bytes out, and back.

use serde::{Deserialize, Serialize, de::DeserializeOwned};

use crate::{
    Readers,
    input::{Limits, Pictures},
    schema::{
        DocumentRecord,
        view::{PageView, View},
    },
};

/// What a process is told once, at its start.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Setup {
    /// How far a reader goes.
    pub(super) limits: Limits,
    /// How many readers read.
    pub(super) readers: Readers,
    /// Bytes of address space it may take.
    pub(super) memory: u64,
}

/// What is to be done with the bytes that follow.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Request {
    /// They are read; the answer is an extraction.
    Read(DocumentRecord),
    /// They are shown; the answer is a view.
    View {
        /// Name of the file.
        name: String,
        /// Whether pages are drawn.
        pictures: Pictures,
    },
}

pub(super) fn to_bytes(message: &impl Serialize) -> Vec<u8> {
    postcard::to_stdvec(message).expect("every field has a packed form, and memory grows")
}

pub(super) fn from_bytes<T: DeserializeOwned>(bytes: &[u8]) -> Option<T> {
    postcard::from_bytes(bytes).ok()
}

/// A view of a PDF as bytes: that of a text or a page has parts, which stay in one process.
pub(super) fn view_to_bytes(view: Result<View, String>) -> Vec<u8> {
    to_bytes(&view.map(|view| (view.pages, view.left_out)))
}

pub(super) fn view_from_bytes(bytes: &[u8]) -> Option<Result<View, String>> {
    let view: Result<(Vec<PageView>, String), String> = from_bytes(bytes)?;
    Some(view.map(|(pages, left_out)| View {
        pages,
        left_out,
        ..View::default()
    }))
}
