//! The stages by which the tables of a page are found, one of them laid over the page.

use super::sheet::{plain, title};
use crate::{
    input::sheet::{Edge, LaidBox, Look, Sheet, StripLine, Wash},
    layout::{
        BBox, Table,
        table::{EdgeOrigin, Stages},
    },
};

/// A stage of how tables are found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TableStage {
    /// The words.
    Words,
    /// What parts rows and columns.
    Edges,
    /// Where edges meet.
    Intersections,
    /// What edges enclose.
    Cells,
    /// The tables, with their cells.
    Tables,
}

const WORD: Look = look([130, 140, 150], Edge::Thin, Wash::Clear);
const RULING: Look = look([230, 110, 0], Edge::Thick, Wash::Clear);
const SPACE: Look = look([0, 150, 170], Edge::Dashed, Wash::Clear);
const INTERSECTION: Look = look([208, 0, 0], Edge::Thick, Wash::Clear);
const CELL: Look = look([28, 109, 208], Edge::Thin, Wash::Tint);
const TABLE: Look = look([28, 109, 208], Edge::Thick, Wash::Clear);

/// Boxes laid over one page.
const MOST_BOXES: usize = 6_000;
/// Half the width of the box around an intersection, in points.
const DOT: f64 = 1.2;

const fn look(ink: [u8; 3], edge: Edge, wash: Wash) -> Look {
    Look { ink, edge, wash }
}

/// The sheet of a stage, and what it holds in a few words.
pub(super) fn sheet(name: &str, pages: usize, stages: &Stages, stage: TableStage) -> (Sheet, String) {
    let boxes = boxes(stages, stage);
    let mut strip = vec![
        title(format!("{name}, page {} of {pages}", stages.page)),
        plain(format!("How tables are found: {}", heading(stage))),
    ];
    let mut told = Vec::new();
    for (look, one, several) in [
        (WORD, "word", "words"),
        (RULING, "edge of a ruling or a fill", "edges of rulings or fills"),
        (SPACE, "edge of white space", "edges of white space"),
        (INTERSECTION, "place where edges meet", "places where edges meet"),
        (CELL, "cell", "cells"),
        (TABLE, "table", "tables"),
    ] {
        let count = boxes.iter().filter(|laid| laid.look == look).count();
        if count > 0 {
            let words = format!("{count} {}", if count == 1 { one } else { several });
            strip.push(StripLine {
                swatch: Some(look),
                ..plain(words.clone())
            });
            told.push(words);
        }
    }
    let more = boxes.len().saturating_sub(MOST_BOXES);
    if more > 0 {
        strip.push(plain(format!("{more} more boxes are left out of this picture")));
    }
    let told = if told.is_empty() {
        "nothing of this stage".to_owned()
    } else {
        told.join(", ")
    };
    let sheet = Sheet {
        page: stages.page,
        boxes: boxes.into_iter().take(MOST_BOXES).collect(),
        strip,
    };
    (sheet, told)
}

fn heading(stage: TableStage) -> &'static str {
    match stage {
        TableStage::Words => "the words, each with its box",
        TableStage::Edges => "the edges that part rows and columns",
        TableStage::Intersections => "the places where edges meet",
        TableStage::Cells => "the cells that edges enclose",
        TableStage::Tables => "the tables with their cells",
    }
}

fn boxes(stages: &Stages, stage: TableStage) -> Vec<LaidBox> {
    let laid = |bbox: BBox, look: Look| LaidBox {
        bbox,
        look,
        tag: String::new(),
    };
    let edges = stages.edges.iter().map(|edge| {
        let look = match edge.origin {
            EdgeOrigin::Ruling => RULING,
            EdgeOrigin::Space => SPACE,
        };
        laid(edge.bbox, look)
    });
    match stage {
        TableStage::Words => stages.words.iter().map(|word| laid(word.bbox, WORD)).collect(),
        TableStage::Edges => edges.collect(),
        TableStage::Intersections => {
            let dots = stages.intersections.iter().map(|(x, y)| BBox {
                x0: x - DOT,
                top: y - DOT,
                x1: x + DOT,
                bottom: y + DOT,
            });
            edges.chain(dots.map(|dot| laid(dot, INTERSECTION))).collect()
        }
        TableStage::Cells => stages.cells.iter().map(|cell| laid(*cell, CELL)).collect(),
        TableStage::Tables => {
            let of_table = |table: &Table| {
                let cells = table.cells.iter().filter_map(|cell| cell.region.bbox()).map(|bbox| laid(bbox, CELL));
                let whole = table.region.bbox().map(|bbox| LaidBox {
                    tag: format!("table {} x {}", table.rows, table.columns),
                    ..laid(bbox, TABLE)
                });
                cells.chain(whole).collect::<Vec<LaidBox>>()
            };
            stages.tables.iter().flat_map(of_table).collect()
        }
    }
}
