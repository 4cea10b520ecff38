//! Tables side by side that do not keep level.

use super::*;

/// Columns of names and figures under a head of their own, the rows of each this far apart.
fn drifting(pitches: &[f64]) -> Sheet {
    let rows = [
        ("Hill", "12"),
        ("Lake", "7"),
        ("Moor", "1209"),
        ("Wood", "44"),
        ("Ford", "5"),
        ("Glen", "231"),
        ("Cove", "6"),
        ("Weir", "14"),
        ("Fell", "3"),
        ("Dale", "77"),
    ];
    let heads = Sheet::default().shaded(56.0, 20.0 + 160.0 * pitches.len() as f64, 100.0);
    pitches.iter().zip(0..).fold(heads, |sheet, (pitch, column)| {
        let x = 60.0 + 160.0 * f64::from(column);
        let head = sheet.row(x, &[x + 100.0], 100.0, &["Place", "Cases"]);
        rows.iter().zip(1..).fold(head, |sheet, ((name, figure), row)| {
            sheet.row(x, &[x + 100.0], 100.0 + pitch * f64::from(row), &[name, figure])
        })
    })
}

const ROWS: &str = "Place | Cases\nHill | 12\nLake | 7\nMoor | 1209\nWood | 44\nFord | 5\nGlen | 231\nCove | 6\nWeir | 14\nFell | 3\nDale | 77";

#[test]
fn tables_side_by_side_whose_rows_are_not_as_far_apart_are_read_each_for_itself() {
    check(drifting(&[12.0, 13.0, 14.5]), &[ROWS, ROWS, ROWS]);
}

#[test]
fn tables_side_by_side_whose_rows_stand_level_are_one() {
    let together: Vec<String> = ROWS.lines().map(|row| format!("{row} | {row}")).collect();
    check(drifting(&[13.0, 13.0]), &[&together.join("\n")]);
}
