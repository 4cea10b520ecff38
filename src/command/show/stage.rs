//! One stage of how the tables of a PDF are found, page by page, for people or as JSON, each thing with its place.

use std::io::Write;

use crosstally::{
    input::Limits,
    layout::{
        BBox, Region,
        table::{StageEdge, Stages},
    },
    write::{
        report::counted,
        terminal::{Ink, Terminal, printable_text},
    },
};
use serde_json::{Value, json};

use super::super::error::{Error, Result};
use super::{grid, json::corners};
use crate::arguments::{ShowArguments, Stage};

/// Prints the stage.
pub(super) fn run(arguments: &ShowArguments, stage: Stage, limits: &Limits, terminal: Terminal, out: &mut dyn Write) -> Result<()> {
    let file = &arguments.file;
    let Some(pages) = crosstally::stages(file, limits).map_err(Error::read(file))? else {
        return Err(Error::Usage(format!(
            "{} is no PDF: --stage shows how tables are found on PDF pages; in text and HTML they are marked as such",
            file.display()
        )));
    };
    let name = file.file_name().unwrap_or(file.as_os_str()).to_string_lossy();
    if arguments.json {
        let pages: Vec<Value> = pages.iter().map(|page| json_page(page, stage)).collect();
        let document = json!({ "document": name, "media_type": "application/pdf", "stage": stage.as_str(), "pages": pages });
        writeln!(out, "{document}")?;
        return Ok(());
    }
    writeln!(out, "{}", terminal.paint(Ink::Strong, &format!("{name}, {}", stage.as_str())))?;
    for page in &pages {
        let lines = lines(page, stage, terminal);
        writeln!(out)?;
        let heading = format!(
            "page {}, {:.0} by {:.0} points, {}",
            page.page,
            page.width,
            page.height,
            count(page, stage)
        );
        writeln!(out, "{}", terminal.paint(Ink::Strong, &heading))?;
        for line in lines {
            writeln!(out, "{line}")?;
        }
    }
    Ok(())
}

fn count(page: &Stages, stage: Stage) -> String {
    match stage {
        Stage::Words => counted(page.words.len(), "word"),
        Stage::Edges => counted(page.edges.len(), "edge"),
        Stage::Intersections => counted(page.intersections.len(), "intersection"),
        Stage::Cells => counted(page.cells.len(), "cell"),
        Stage::Tables => counted(page.tables.len(), "table"),
    }
}

fn lines(page: &Stages, stage: Stage, terminal: Terminal) -> Vec<String> {
    match stage {
        Stage::Words => page
            .words
            .iter()
            .map(|word| format!("{}  {}", place(word.bbox), printable_text(&word.text)))
            .collect(),
        Stage::Edges => page
            .edges
            .iter()
            .map(|edge| format!("{}  {}, {}", place(edge.bbox), direction(edge), edge.origin.as_str()))
            .collect(),
        Stage::Intersections => page.intersections.iter().map(|(x, y)| format!("[{x:.1} {y:.1}]")).collect(),
        Stage::Cells => page.cells.iter().map(|cell| place(*cell)).collect(),
        Stage::Tables => page
            .tables
            .iter()
            .flat_map(|table| {
                let bbox = bbox_of(table.region);
                let heading = format!("{}  {} by {}", place(bbox), table.rows, table.columns);
                std::iter::once(heading).chain(grid::lines(table, terminal.width))
            })
            .collect(),
    }
}

fn json_page(page: &Stages, stage: Stage) -> Value {
    let things: Vec<Value> = match stage {
        Stage::Words => page
            .words
            .iter()
            .map(|word| json!({ "text": word.text, "bbox": corners(word.bbox) }))
            .collect(),
        Stage::Edges => page
            .edges
            .iter()
            .map(|edge| json!({ "direction": direction(edge), "origin": edge.origin.as_str(), "bbox": corners(edge.bbox) }))
            .collect(),
        Stage::Intersections => page
            .intersections
            .iter()
            .map(|(x, y)| {
                let [x, y, ..] = corners(BBox {
                    x0: *x,
                    top: *y,
                    ..BBox::default()
                });
                json!([x, y])
            })
            .collect(),
        Stage::Cells => page.cells.iter().map(|cell| json!({ "bbox": corners(*cell) })).collect(),
        Stage::Tables => page
            .tables
            .iter()
            .map(|table| {
                let cells: Vec<Value> = table
                    .cells
                    .iter()
                    .map(|cell| {
                        json!({
                            "row": cell.row,
                            "column": cell.column,
                            "row_span": cell.row_span,
                            "column_span": cell.column_span,
                            "text": cell.text.string,
                            "bbox": corners(bbox_of(cell.region)),
                        })
                    })
                    .collect();
                json!({ "bbox": corners(bbox_of(table.region)), "rows": table.rows, "columns": table.columns, "cells": cells })
            })
            .collect(),
    };
    json!({ "number": page.page, "width": page.width, "height": page.height, stage.as_str(): things })
}

fn direction(edge: &StageEdge) -> &'static str {
    if edge.bbox.height() > edge.bbox.width() { "upright" } else { "level" }
}

fn bbox_of(region: Region) -> BBox {
    region.bbox().unwrap_or_default()
}

fn place(bbox: BBox) -> String {
    format!("[{:.1} {:.1} {:.1} {:.1}]", bbox.x0, bbox.top, bbox.x1, bbox.bottom)
}
