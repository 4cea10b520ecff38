//! Pages drawn with what was read laid over them: which files are written, what they show, and what stays as it was.

#![allow(clippy::unwrap_used, reason = "helpers of tests are tests too")]

use std::{
    fs,
    path::{Path, PathBuf},
    process::Output,
};

use assert_cmd::Command;
use crosstally::{
    input::{self, Limits, Pictures},
    layout::{BBox, BlockKind, Document, Item},
};
use tempfile::TempDir;

/// The page that is looked at: it has blocks of every kind and charts.
const PAGE: usize = 2;

fn report() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/unhcr-western-balkans/2024-07.pdf")
}

fn draw(file: &Path, folder: &Path, more: &[&str]) -> Output {
    let mut command = Command::cargo_bin("crosstally").unwrap();
    command.arg("show").arg(file).arg("--picture").arg(folder).args(more).output().unwrap()
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

/// A picture as rows of red, green and blue.
struct Image {
    width: usize,
    height: usize,
    pixels: Vec<[u8; 3]>,
}

impl Image {
    fn of(bytes: &[u8]) -> Self {
        let mut decoder = png::Decoder::new(std::io::Cursor::new(bytes));
        decoder.set_transformations(png::Transformations::EXPAND);
        let mut reader = decoder.read_info().unwrap();
        let mut buffer = vec![0; reader.output_buffer_size().unwrap()];
        let information = reader.next_frame(&mut buffer).unwrap();
        assert_eq!(information.color_type, png::ColorType::Rgb);
        Self {
            width: information.width as usize,
            height: information.height as usize,
            pixels: buffer.chunks_exact(3).map(|pixel| [pixel[0], pixel[1], pixel[2]]).collect(),
        }
    }

    fn at(&self, x: usize, y: usize) -> [u8; 3] {
        self.pixels[y * self.width + x]
    }
}

/// Boxes of everything read on the page, in pixels.
fn boxes(document: &Document) -> Vec<BBox> {
    let mut boxes = Vec::new();
    for item in &document.pages[PAGE - 1].items {
        match item {
            Item::Block(block) => boxes.extend(block.region.bbox()),
            Item::Table(table) => boxes.extend(table.region.bbox()),
            Item::Chart(chart) => {
                boxes.extend(chart.region.bbox());
                boxes.extend(
                    chart
                        .series
                        .iter()
                        .flat_map(|series| &series.points)
                        .filter_map(|point| point.region.bbox()),
                );
            }
        }
    }
    boxes.extend(document.pages[PAGE - 1].pictures.iter().filter_map(|picture| picture.bbox()));
    boxes.into_iter().map(in_pixels).collect()
}

fn in_pixels(bbox: BBox) -> BBox {
    BBox {
        x0: 1.5 * bbox.x0,
        top: 1.5 * bbox.top,
        x1: 1.5 * bbox.x1,
        bottom: 1.5 * bbox.bottom,
    }
}

fn drawn() -> (TempDir, Image, Image, Document) {
    let folder = tempfile::tempdir().unwrap();
    assert!(draw(&report(), folder.path(), &[]).status.success());
    let over = Image::of(&fs::read(folder.path().join(format!("2024-07-{PAGE}.png"))).unwrap());
    let bytes = fs::read(report()).unwrap();
    let view = input::view(&bytes, "2024-07.pdf", &Limits::default(), Pictures::Drawn).unwrap();
    let bare = Image::of(view.pages[PAGE - 1].picture.as_ref().unwrap());
    (folder, over, bare, crosstally::read(&report(), &Limits::default()).unwrap())
}

/// Compares with a file of expected text; `UPDATE_EXPECTED=1` writes it, to be read before it is committed.
#[track_caller]
fn check_text(file: &str, actual: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cli").join(file);
    if std::env::var_os("UPDATE_EXPECTED").is_some() {
        fs::write(&path, actual).unwrap();
    }
    let expected = fs::read_to_string(&path).unwrap_or_default();
    assert!(actual == expected, "{file} is\n{actual}\nnot\n{expected}");
}

#[test]
fn each_page_is_a_file_and_a_line_says_what_it_holds() {
    let folder = tempfile::tempdir().unwrap();
    let output = draw(&report(), folder.path(), &[]);
    let said = String::from_utf8(output.stdout)
        .unwrap()
        .replace(&format!("{}/", folder.path().display()), "");
    check_text("pictures.txt", &said);
    let pages = crosstally::read(&report(), &Limits::default()).unwrap().pages.len();
    let expected: Vec<String> = (1..=pages).map(|page| format!("2024-07-{page}.png")).collect();
    assert_eq!(names(folder.path()), expected);
}

#[test]
fn the_same_report_gives_the_same_pictures() {
    let (one, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    for folder in [&one, &other] {
        let output = draw(&report(), folder.path(), &["--quiet"]);
        assert!(output.stdout.is_empty() && output.stderr.is_empty(), "{output:?}");
    }
    for name in names(one.path()) {
        assert!(
            fs::read(one.path().join(&name)).unwrap() == fs::read(other.path().join(&name)).unwrap(),
            "{name}"
        );
    }
}

#[test]
fn a_box_has_the_colour_of_its_kind() {
    let (_folder, over, bare, document) = drawn();
    let headline = document.pages[PAGE - 1].items.iter().find_map(|item| match item {
        Item::Block(block) if block.kind == BlockKind::Headline => block.region.bbox(),
        _ => None,
    });
    let bbox = in_pixels(headline.unwrap());
    let (x, y) = (bbox.x0.round() as usize, f64::midpoint(bbox.top, bbox.bottom) as usize);
    let is_orange = |[red, green, blue]: [u8; 3]| red > 200 && (80..150).contains(&green) && blue < 60;
    assert!((x - 2..=x + 1).any(|x| is_orange(over.at(x, y))), "no border at {x} {y}");
    assert!((x - 2..=x + 1).all(|x| !is_orange(bare.at(x, y))), "the page has one itself");
}

#[test]
fn the_page_is_as_it_was_where_nothing_is_laid_over_it() {
    let (_folder, over, bare, document) = drawn();
    assert!(over.width > bare.width && over.height >= bare.height);
    let boxes = boxes(&document);
    // A tag stands right over, under or beside its box, and is no higher than 11 pixels.
    let may_differ = |y: usize| boxes.iter().any(|bbox| (bbox.top - 14.0..bbox.bottom + 14.0).contains(&(y as f64)));
    let mut differ = 0;
    for y in 0..bare.height {
        for x in 0..bare.width {
            if over.at(x, y) != bare.at(x, y) {
                differ += 1;
                assert!(may_differ(y), "nothing stands at {x} {y}");
            }
        }
    }
    let share = f64::from(differ) / (bare.width * bare.height) as f64;
    assert!((0.005..0.6).contains(&share), "{share} of the page differ");
}

#[test]
fn the_strip_beside_the_page_is_written_on() {
    let (_folder, over, bare, _) = drawn();
    let dark = |x: usize, y: usize| over.at(x, y).iter().all(|part| *part < 100);
    let letters = (0..over.height)
        .flat_map(|y| (bare.width + 2..over.width).map(move |x| (x, y)))
        .filter(|(x, y)| dark(*x, *y));
    assert!(letters.count() > 1_000);
}

#[test]
fn pages_can_be_chosen() {
    let folder = tempfile::tempdir().unwrap();
    assert!(draw(&report(), folder.path(), &["--pages", "2"]).status.success());
    assert_eq!(names(folder.path()), ["2024-07-2.png"]);
    let output = draw(&report(), folder.path(), &["--pages", "90-"]);
    let error = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.code() == Some(2) && error.contains("it ends with page"), "{error}");
    for faulty in ["0", "3-2", "two", "-"] {
        let output = draw(&report(), folder.path(), &["--pages", faulty]);
        assert_eq!(output.status.code(), Some(2), "{faulty}");
    }
}

#[test]
fn the_stages_of_finding_tables_are_drawn_beside_what_was_read() {
    let folder = tempfile::tempdir().unwrap();
    assert!(draw(&report(), folder.path(), &["--pages", "2"]).status.success());
    for stage in ["words", "edges", "intersections", "cells", "tables"] {
        let output = draw(&report(), folder.path(), &["--pages", "2", "--stage", stage]);
        assert!(output.status.success(), "{stage}: {output:?}");
    }
    let expected = ["-cells", "-edges", "-intersections", "-tables", "-words", ""].map(|stage| format!("2024-07-2{stage}.png"));
    assert_eq!(names(folder.path()), expected);
    let words = Image::of(&fs::read(folder.path().join("2024-07-2-words.png")).unwrap());
    let first = crosstally::read(&report(), &Limits::default()).unwrap().pages[1].words[0].bbox;
    let bbox = in_pixels(first);
    let (x, y) = (f64::midpoint(bbox.x0, bbox.x1) as usize, bbox.top.round() as usize);
    let is_grey = |[red, green, blue]: [u8; 3]| red < 200 && green > red.saturating_sub(9) && blue > red.saturating_sub(9);
    assert!((y - 2..=y + 1).any(|y| is_grey(words.at(x, y))), "the first word has no box");
}

#[test]
fn what_has_no_pages_is_told_and_leaves_no_folder() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["2024-07.txt", "2024-07.html"] {
        let file = report().with_file_name(name);
        let output = draw(&file, &folder.path().join("pictures"), &[]);
        let error = String::from_utf8(output.stderr).unwrap();
        assert!(
            output.status.code() == Some(2) && error.contains("pictures are of the pages of a PDF"),
            "{error}"
        );
    }
    assert!(names(folder.path()).is_empty());
}

/// A PDF of pages of this size, with these operators.
fn pdf(width: u32, height: u32, pages: &[&str]) -> String {
    let numbers: Vec<String> = (0..pages.len()).map(|page| format!("{} 0 R", 4 + 2 * page)).collect();
    let mut objects = format!(
        "1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [{}] /Count {} >>\nendobj\n\
         3 0 obj\n<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>\nendobj\n",
        numbers.join(" "),
        pages.len()
    );
    for (page, operators) in pages.iter().enumerate() {
        let (number, length) = (4 + 2 * page, operators.len());
        objects += &format!(
            "{number} 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {width} {height}] /Contents {} 0 R /Resources << /Font << /F 3 0 R >> >> >>\n\
             endobj\n{} 0 obj\n<< /Length {length} >>\nstream\n{operators}\nendstream\nendobj\n",
            number + 1,
            number + 1
        );
    }
    format!("%PDF-1.7\n{objects}trailer\n<< /Root 1 0 R >>\nstartxref\n0\n%%EOF\n")
}

const WORDS: &str = "BT /F 12 Tf 5 10 Td (some 7,900 persons) Tj ET";

/// A picture that says it has four hundred million dots.
const TOO_MUCH: &str = "q 50 0 0 50 10 10 cm BI /W 20000 /H 20000 /CS /G /BPC 8 /F /AHx ID 00> EI Q";

#[test]
fn a_page_that_cannot_be_drawn_is_told_and_the_others_are_drawn() {
    let folder = tempfile::tempdir().unwrap();
    let (file, pictures) = (folder.path().join("three.pdf"), folder.path().join("pictures"));
    fs::write(&file, pdf(300, 200, &[WORDS, &format!("{WORDS} {TOO_MUCH}"), WORDS])).unwrap();
    let output = draw(&file, &pictures, &[]);
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success() && said.contains("page 2 was not drawn: what is on it"), "{said}");
    assert_eq!(names(&pictures), ["three-1.png", "three-3.png"]);

    let output = draw(&file, &pictures, &["--pages", "2"]);
    assert_eq!(output.status.code(), Some(2), "nothing was drawn");
}

#[test]
fn paper_of_any_size_is_drawn_in_a_picture_that_can_be_opened() {
    let folder = tempfile::tempdir().unwrap();
    for (name, width, height) in [("huge", 14_000, 9_000), ("tiny", 40, 30), ("long", 60, 14_000)] {
        let file = folder.path().join(format!("{name}.pdf"));
        fs::write(&file, pdf(width, height, &[WORDS])).unwrap();
        let output = draw(&file, folder.path(), &[]);
        assert!(output.status.success(), "{output:?}");
        let image = Image::of(&fs::read(folder.path().join(format!("{name}-1.png"))).unwrap());
        assert!(
            image.width <= 6_400 && (100..=6_000).contains(&image.height),
            "{name}: {} by {}",
            image.width,
            image.height
        );
    }
}
