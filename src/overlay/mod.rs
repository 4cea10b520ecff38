//! Pages drawn with what was read laid over them: a PDF and profiles in, one PNG picture a page out.

mod look;
mod sheet;
mod stages;

use std::path::{Path, PathBuf};

pub use self::stages::TableStage;

use self::sheet::{Order, Read};
use crate::{
    Error, ReadError,
    input::{
        self, InputError, Limits,
        sheet::{DrawnSheet, NotDrawn, Sheet},
    },
    layout::{Document, Page, table::Stages},
    schema::DocumentRecord,
};

/// What is drawn.
#[derive(Debug, Clone, Default)]
pub struct DrawOptions {
    /// Folder of profiles beside the built-in ones.
    pub profiles: Option<PathBuf>,
    /// Which pages.
    pub pages: PageChoice,
    /// A stage of how tables are found, in place of what was read.
    pub stage: Option<TableStage>,
    /// How far a reader goes before it gives up.
    pub limits: Limits,
}

/// Pages of a document, from 1, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PageChoice {
    /// The first.
    pub first: u32,
    /// The last; the document may end before.
    pub last: u32,
}

impl Default for PageChoice {
    fn default() -> Self {
        Self { first: 1, last: u32::MAX }
    }
}

/// A page with what was read laid over it.
#[derive(Debug, Clone, PartialEq)]
pub struct PagePicture {
    /// The page, from 1.
    pub page: u32,
    /// PNG, or why there is none.
    pub picture: Result<Vec<u8>, NotDrawn>,
    /// What was read of the page and what not, in a line.
    pub told: String,
}

/// Why no page was drawn.
#[derive(Debug, thiserror::Error)]
pub enum DrawError {
    /// The report cannot be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// A profile has a fault.
    #[error(transparent)]
    Profiles(#[from] Error),
    /// The report has no pages to draw.
    #[error("pictures are of the pages of a PDF, and this is {media_type}: `show` without `--picture` prints what was read of it")]
    NoPdf {
        /// What it is.
        media_type: &'static str,
    },
    /// None of the pages asked for is there.
    #[error("it ends with page {last}")]
    NoSuchPage {
        /// Its last page.
        last: usize,
    },
    /// The report can be read, but not drawn.
    #[error("it cannot be drawn")]
    Draw(#[from] InputError),
}

/// A report that was read, with what is to be laid over its pages.
#[derive(Debug)]
pub struct Drawing {
    bytes: Vec<u8>,
    limits: Limits,
    sheets: Vec<Sheet>,
    /// What each sheet holds, in a line.
    told: Vec<String>,
}

impl Drawing {
    /// Reads a report.
    pub fn of(file: &Path, options: &DrawOptions) -> Result<Self, DrawError> {
        let limits = options.limits;
        let (bytes, document) = crate::read_bytes(file, &limits)?;
        if document.media_type != "application/pdf" {
            return Err(DrawError::NoPdf {
                media_type: document.media_type,
            });
        }
        let pages = chosen(&document, options.pages);
        if pages.is_empty() {
            return Err(DrawError::NoSuchPage { last: document.pages.len() });
        }
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        let sheets = match options.stage {
            Some(stage) => {
                let stages = input::stages(&bytes, &name, &limits).map_err(ReadError::Content)?.unwrap_or_default();
                let is_chosen = |stages: &&Stages| pages.iter().any(|page| page.number == stages.page);
                let of = document.pages.len();
                stages
                    .iter()
                    .filter(is_chosen)
                    .map(|page| stages::sheet(&name, of, page, stage))
                    .collect()
            }
            None => sheets(&name, &bytes, &document, &pages, options, &limits)?,
        };
        let (sheets, told) = sheets.into_iter().unzip();
        Ok(Self { bytes, limits, sheets, told })
    }

    /// How many pages are drawn.
    pub fn pages(&self) -> usize {
        self.sheets.len()
    }

    /// Draws the pages, and hands over each as soon as it is done.
    pub fn draw(self, done: &mut dyn FnMut(PagePicture)) -> Result<(), DrawError> {
        let mut told = self.told.into_iter();
        let mut hand_over = |DrawnSheet { page, picture }| {
            let told = told.next().unwrap_or_default();
            done(PagePicture { page, picture, told });
        };
        Ok(input::draw_sheets(&self.bytes, &self.limits, self.sheets, &mut hand_over)?)
    }
}

/// The sheets of some pages, each with what it holds, in a line.
fn sheets(
    name: &str,
    bytes: &[u8],
    document: &Document,
    pages: &[&Page],
    options: &DrawOptions,
    limits: &Limits,
) -> Result<Vec<(Sheet, String)>, DrawError> {
    let profiles = crate::profiles(options.profiles.as_deref())?;
    let record = DocumentRecord {
        path: name.to_owned(),
        ..DocumentRecord::default()
    };
    let extraction = crate::parse::extract(document, record, &profiles);
    let unread = input::pictures_with_figures(bytes, document, limits);
    let read = Read {
        name,
        document,
        extraction: &extraction,
        unread: &unread,
    };
    let orders = std::iter::once(Order::First).chain(std::iter::repeat(Order::Later));
    Ok(pages.iter().zip(orders).map(|(page, order)| sheet::sheet(read, page, order)).collect())
}

fn chosen(document: &Document, choice: PageChoice) -> Vec<&Page> {
    let is_chosen = |page: &&Page| (choice.first..=choice.last).contains(&page.number);
    document.pages.iter().filter(is_chosen).collect()
}
