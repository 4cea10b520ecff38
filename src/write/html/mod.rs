//! `report/index.html`: what was read, how it moves, where it stands on the page and what does not add up, for people.
//!
//! The page holds the overview. What is shown of an edition, a series or some findings lies in `report/data/`, drawn pages in
//! `report/pages/`; both are loaded when they are looked at, so that the report of an archive of any size opens at once. Loading is
//! done by script elements, since a page opened from disk may not fetch.

mod arithmetic;
mod contents;
mod document;
mod editions;
mod escape;
mod findings;
mod json;
mod names;
mod overview;
mod page;
mod place;
mod series;

use std::path::Path;

use serde_json::Value;

use super::{Folder, WriteError};
use crate::schema::{Dataset, view::Views};
use contents::Contents;

/// Writes the report: the page, and the files it loads.
pub(super) fn write(dataset: &Dataset, views: &dyn Views, folder: &mut Folder) -> Result<(), WriteError> {
    let contents = Contents::of(dataset);
    folder.own("report/data", is_own_data);
    folder.own("report/pages", is_own_picture);
    let series = series::write(&contents, folder)?;
    folder.write("report/index.html", |out| page::write(&contents, series, out))?;
    findings::write(&contents, folder)?;
    editions::write(&contents, views, folder)
}

/// Whether the bytes are a page that an earlier run wrote.
pub fn is_own_report(bytes: &[u8]) -> bool {
    page::is_own(bytes)
}

/// Writes a file of data: a call that hands over what it holds, under its name.
fn data(name: &str, fields: &[(&str, Value)], folder: &Folder) -> Result<(), WriteError> {
    folder.write_part(&format!("report/data/{name}.js"), |out| {
        write!(out, "crosstally(\"{name}\",")?;
        json::object(fields, out)?;
        writeln!(out, ");")
    })
}

/// Data that this program wrote starts with its call.
fn is_own_data(path: &Path) -> bool {
    let mut start = [0; 12];
    path.extension().is_some_and(|extension| extension == "js")
        && std::fs::File::open(path).is_ok_and(|mut file| std::io::Read::read_exact(&mut file, &mut start).is_ok())
        && &start == b"crosstally(\""
}

/// Pictures are named by the hash of their document and their page.
fn is_own_picture(path: &Path) -> bool {
    let Some((hash, page)) = path.file_stem().and_then(|stem| stem.to_str()).and_then(|stem| stem.split_once('-')) else {
        return false;
    };
    path.extension().is_some_and(|extension| extension == "png")
        && hash.len() == 16
        && hash.bytes().all(|byte| byte.is_ascii_hexdigit())
        && page.bytes().all(|byte| byte.is_ascii_digit())
}
