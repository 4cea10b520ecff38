//! Editions to the report: the figures, findings and pages of their snapshots, one edition after the other on all threads.

use std::{
    collections::{BTreeSet, HashMap},
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
};

use serde_json::{Value, json};

use super::{
    contents::{Contents, Edition},
    data, document,
    findings::record,
    json::words,
};
use crate::{
    schema::view::{PageView, View, Views},
    write::{Folder, WriteError},
};

/// Stack of a thread: readers of nested elements go deep.
const STACK: usize = 16 << 20;

/// Writes a file for each edition, and the drawn pages.
pub(super) fn write(contents: &Contents<'_>, views: &dyn Views, folder: &Folder) -> Result<(), WriteError> {
    let about = findings_by_document(contents);
    let next = AtomicUsize::new(0);
    let shown = AtomicUsize::new(0);
    let all = contents.editions.iter().map(|edition| edition.documents.len()).sum();
    let fault: Mutex<Option<WriteError>> = Mutex::default();
    let held = || fault.lock().unwrap_or_else(PoisonError::into_inner);
    let work = || {
        while let Some(edition) = contents.editions.get(next.fetch_add(1, Ordering::Relaxed)) {
            if held().is_some() {
                return;
            }
            if let Err(error) = write_edition(contents, edition, &about, views, folder) {
                held().get_or_insert(error);
            }
            let done = shown.fetch_add(edition.documents.len(), Ordering::Relaxed) + edition.documents.len();
            views.shown(done, all);
        }
    };
    thread::scope(|scope| {
        let workers = views.workers().min(contents.editions.len());
        let started = (0..workers)
            .map(|_| thread::Builder::new().stack_size(STACK).spawn_scoped(scope, work).is_ok())
            .filter(|started| *started);
        if started.count() == 0 {
            work();
        }
    });
    fault.into_inner().unwrap_or_else(PoisonError::into_inner).map_or(Ok(()), Err)
}

/// Numbers of the findings about each document.
fn findings_by_document(contents: &Contents<'_>) -> HashMap<usize, Vec<usize>> {
    let mut about: HashMap<usize, Vec<usize>> = HashMap::new();
    for (number, entry) in contents.findings.iter().enumerate() {
        for document in entry.finding.documents.iter().filter_map(|path| contents.document(path)) {
            about.entry(document).or_default().push(number);
        }
    }
    about
}

fn write_edition(
    contents: &Contents<'_>,
    edition: &Edition,
    about: &HashMap<usize, Vec<usize>>,
    views: &dyn Views,
    folder: &Folder,
) -> Result<(), WriteError> {
    let findings: BTreeSet<usize> = edition
        .documents
        .iter()
        .filter_map(|document| about.get(document))
        .flatten()
        .copied()
        .collect();
    let mut documents = Vec::new();
    for number in &edition.documents {
        let extraction = &contents.dataset.extractions[*number];
        let mentions = about.get(number).into_iter().flatten().map(|finding| contents.findings[*finding].finding);
        let mentions = mentions
            .flat_map(|finding| &finding.mentions)
            .filter(|mention| mention.document == extraction.document.path);
        let view = views.view(&extraction.document.path).unwrap_or_else(|why| View {
            left_out: why,
            ..View::default()
        });
        let pages: Result<Vec<Value>, WriteError> = view
            .pages
            .iter()
            .map(|page| write_page(&extraction.document.hash, page, folder))
            .collect();
        let mut record = document::record(extraction, &view.parts, mentions);
        record["number"] = json!(number);
        record["pages"] = Value::Array(pages?);
        record["left_out"] = words(&view.left_out);
        documents.push(record);
    }
    let findings = findings.into_iter().map(|number| record(&contents.findings[number], contents)).collect();
    let fields = [("documents", Value::Array(documents)), ("findings", Value::Array(findings))];
    data(&edition.file, &fields, folder)
}

/// `[number, width, height, picture]`, with the picture written beside.
fn write_page(hash: &str, page: &PageView, folder: &Folder) -> Result<Value, WriteError> {
    let picture = match &page.picture {
        Some(picture) => {
            let name = format!("{hash:0<16.16}-{}.png", page.number);
            folder.write_part(&format!("report/pages/{name}"), |out| out.write_all(picture))?;
            name
        }
        None => String::new(),
    };
    Ok(json!([
        page.number,
        super::place::tenths(page.width),
        super::place::tenths(page.height),
        picture
    ]))
}
