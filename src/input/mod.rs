//! Snapshots to documents.

pub(crate) mod pdf;

use std::time::Duration;

/// What a snapshot may cost before it is given up.
#[derive(Debug, Clone)]
pub struct Limits {
    /// Pages read of a PDF.
    pub pages: usize,
    /// Time for one snapshot.
    pub time: Duration,
    /// Characters drawn on one page.
    pub glyphs: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            pages: 2_000,
            time: Duration::from_secs(60),
            glyphs: 400_000,
        }
    }
}

/// Why no document came of a snapshot.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InputError {
    /// No bytes.
    #[error("the file is empty")]
    Empty,
    /// A password is needed.
    #[error("the file is encrypted")]
    Encrypted,
    /// The bytes break the rules of their format beyond repair.
    #[error("the file is damaged: {cause}")]
    Damaged {
        /// What is wrong, in lower case, without full stop.
        cause: String,
    },
    /// Too large to be read.
    #[error("the file is over a limit: {cause}")]
    OverLimit {
        /// Which limit, as above.
        cause: String,
    },
}

#[allow(missing_docs, clippy::print_stdout, clippy::pedantic)]
pub fn look(bytes: &[u8], mode: &str) {
    use crate::layout::Item;
    let start = std::time::Instant::now();
    match pdf::read(bytes, &Limits::default()) {
        Err(error) => println!("ERROR {error}"),
        Ok(document) => {
            if mode == "cross" {
                for fact in pdf::second_reader::disagreements(bytes, &document, &Limits::default()) {
                    println!("{fact:?}");
                }
                return;
            }
            if mode == "time" {
                println!("{:?}", start.elapsed());
                return;
            }
            if mode == "words" {
                for page in &document.pages {
                    for word in &page.words {
                        println!(
                            "{}\t{}\t{:.1} {:.1} {:.1} {:.1}",
                            page.number, word.text, word.bbox.x0, word.bbox.top, word.bbox.x1, word.bbox.bottom
                        );
                    }
                }
                return;
            }
            println!("repairs {:?}", document.repairs);
            for page in &document.pages {
                println!(
                    "== page {} {:.0}x{:.0} words {} hidden {} glyphs {} unmapped {} pictures {}",
                    page.number,
                    page.width,
                    page.height,
                    page.words.len(),
                    page.hidden_words,
                    page.glyphs,
                    page.unmapped_glyphs,
                    page.pictures.len()
                );
                for item in &page.items {
                    match item {
                        Item::Block(block) => println!(
                            "[{}{} {:?} @{:.0},{:.0}] {:?} marks {:?}",
                            block.kind.as_str(),
                            block.level,
                            block.labels,
                            block.region.bbox().unwrap().x0,
                            block.region.bbox().unwrap().top,
                            block.text.string,
                            block.text.marks.iter().map(|m| (m.at, m.label.as_str())).collect::<Vec<_>>()
                        ),
                        Item::Table(table) => {
                            println!(
                                "[table {}x{} head {} @{:.0},{:.0}] caption {:?}",
                                table.rows,
                                table.columns,
                                table.header_rows,
                                table.region.bbox().unwrap().x0,
                                table.region.bbox().unwrap().top,
                                table.caption.as_ref().map(|t| &t.string)
                            );
                            for row in 0..table.rows {
                                let cells: Vec<String> = table
                                    .cells
                                    .iter()
                                    .filter(|c| c.row == row)
                                    .map(|c| {
                                        format!(
                                            "{}{}",
                                            c.text.string,
                                            if c.row_span > 1 || c.column_span > 1 {
                                                format!(" <{}x{}>", c.row_span, c.column_span)
                                            } else {
                                                String::new()
                                            }
                                        )
                                    })
                                    .collect();
                                println!("    | {}", cells.join(" | "));
                            }
                        }
                        Item::Chart(chart) => {
                            println!(
                                "[chart {} @{:?}] title {:?}",
                                chart.kind.as_str(),
                                chart.region.bbox(),
                                chart.title.as_ref().map(|t| &t.string)
                            );
                            for series in &chart.series {
                                println!("    series {:?}", series.name.as_ref().map(|t| &t.string));
                                for point in &series.points {
                                    println!(
                                        "      {:?} = {:?} ({:?})",
                                        point.category.as_ref().map(|t| &t.string),
                                        point.label.as_ref().map(|t| &t.string),
                                        point.mark
                                    );
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
