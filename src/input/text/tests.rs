//! The text reader from characters to blocks: what a reader of the report would call each part.

use std::fmt::Write as _;
use std::path::PathBuf;

use crate::layout::{Document, Item, Region, Source, Text};

/// Reads a text that is within all limits.
fn read(source: Source) -> Document {
    super::read(source).expect("a report")
}

/// One line a block or row: its kind, its words with marks as `{1}`.
fn outline(document: &Document) -> String {
    let mut out = String::new();
    for item in &document.pages[0].items {
        match item {
            Item::Block(block) => {
                let labels = if block.labels.is_empty() {
                    String::new()
                } else {
                    format!(" {}", block.labels.join(" "))
                };
                let level = if block.level > 0 { block.level.to_string() } else { String::new() };
                writeln!(
                    out,
                    "{}{level}{labels}: {}",
                    block.kind.as_str(),
                    marked(&block.text).replace('\n', " / ")
                )
                .expect("strings take all");
            }
            Item::Table(table) => {
                for row in 0..table.rows {
                    let cells: Vec<String> = table.cells.iter().filter(|cell| cell.row == row).map(|cell| marked(&cell.text)).collect();
                    writeln!(out, "{}: {}", if row < table.header_rows { "header" } else { "row" }, cells.join(" | ")).expect("strings take all");
                }
            }
            Item::Chart(_) => out.push_str("chart\n"),
        }
    }
    out
}

fn marked(text: &Text) -> String {
    let mut words = text.string.clone();
    for mark in text.marks.iter().rev() {
        words.insert_str(mark.at, &format!("{{{}}}", mark.label));
    }
    words
}

fn check(text: &str, expected: &[&str]) {
    let document = read(Source::verbatim(text.to_owned(), 0));
    assert_eq!(outline(&document).lines().collect::<Vec<_>>(), expected);
}

/// The folder of real reports, if it lies beside the checkout.
fn shared() -> Option<PathBuf> {
    let path = std::env::var_os("CROSSTALLY_SHARED").map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared"), PathBuf::from);
    path.is_dir().then_some(path)
}

#[test]
fn headings_with_and_without_marks() {
    check(
        "## Key figures ##\n\ntext stands here.",
        &["heading2: Key figures", "paragraph: text stands here."],
    );
    check(
        "Key figures\n===========\nSome text.",
        &["heading1: Key figures", "paragraph: Some text."],
    );
    check("Key figures\n---\nSome text.", &["heading2: Key figures", "paragraph: Some text."]);
    check(
        "RETURNS¹\n\n**Arrivals:**\n\nSome text.",
        &["heading: RETURNS{1}", "heading: Arrivals:", "paragraph: Some text."],
    );
    check(
        "2017 Figures\nIn all of 2017, six states counted 631 cases, which is the second highest number.\n",
        &[
            "heading: 2017 Figures",
            "paragraph: In all of 2017, six states counted 631 cases, which is the second highest number.",
        ],
    );
}

#[test]
fn wrapped_lines_make_one_sentence() {
    check(
        "In January the authorities of the six states\nregistered 5,359 arrivals, which is less than\nin December 2023. In 2024 most of them were\ncounted in Serbia.\n",
        &[
            "paragraph: In January the authorities of the six states registered 5,359 arrivals, which is less than in December 2023. In 2024 most of them were counted in Serbia.",
        ],
    );
    check(
        "Persons in mixed movements in the region as of 31\nAugust: 20,576\n\nPresent on 31 August\n2023: 6,097\n",
        &[
            "paragraph: Persons in mixed movements in the region as of 31 August: 20,576",
            "paragraph: Present on 31 August 2023: 6,097",
        ],
    );
    check("asylum-\nseekers and\nJanuary-\nJuly", &["paragraph: asylum-seekers and January-July"]);
}

#[test]
fn labels_with_values_stay_apart() {
    check(
        "Arrivals (1 Jan - 16 Sep 2018): 20,617\nArrivals (1 Jan - 16 Sep 2017): 101,142\nAverage daily arrivals in September: 39\n",
        &[
            "paragraph: Arrivals (1 Jan - 16 Sep 2018): 20,617",
            "paragraph: Arrivals (1 Jan - 16 Sep 2017): 101,142",
            "paragraph: Average daily arrivals in September: 39",
        ],
    );
    check(
        "Arrivals in January: 12\nFebruary: 15\nMarch 9\nApril 7\n",
        &[
            "paragraph: Arrivals in January: 12",
            "paragraph: February: 15",
            "paragraph: March 9",
            "paragraph: April 7",
        ],
    );
    check(
        "Dead and missing 2,873\nDead and missing at sea 3,139\n",
        &["paragraph: Dead and missing 2,873", "paragraph: Dead and missing at sea 3,139"],
    );
}

#[test]
fn figures_go_with_the_caption_under_or_over_them() {
    check(
        "3,100\n ARRIVALS IN DECEMBER\n\n- 33%\n COMPARED TO NOVEMBER",
        &["headline: 3,100 / ARRIVALS IN DECEMBER", "headline: - 33% / COMPARED TO NOVEMBER"],
    );
    check("TOTAL IDPs\n430,062", &["headline: TOTAL IDPs / 430,062"]);
    check(
        "26,205\nHOUSEHOLDS\n149,819\nINDIVIDUALS",
        &["headline: 26,205 / HOUSEHOLDS", "headline: 149,819 / INDIVIDUALS"],
    );
    check(
        "HOUSEHOLDS\n26,205\nINDIVIDUALS\n149,819",
        &["headline: HOUSEHOLDS / 26,205", "headline: INDIVIDUALS / 149,819"],
    );
    check(
        "39,589\n\nrefugees\n\nSome text.",
        &["headline: 39,589 / refugees", "paragraph: Some text."],
    );
    check("Children present:\n\n**162**\n", &["heading: Children present:", "headline: 162"]);
    check("↓ 8%\nsince May", &["headline: ↓ 8% / since May"]);
}

#[test]
fn a_number_that_wrapping_left_alone_is_part_of_its_sentence() {
    check(
        "From January to September the monitors verified in all of the districts\n2,004,066\ndisplaced persons, which is more than before.\n",
        &[
            "paragraph: From January to September the monitors verified in all of the districts 2,004,066 displaced persons, which is more than before.",
        ],
    );
}

#[test]
fn notes_carry_their_marks() {
    check(
        "¹ First.\n² Second.\n¹³ Third.",
        &["note 1: First.", "note 2: Second.", "note 13: Third."],
    );
    check(
        "^{***}Only three.\n\n<sup>1</sup> One.\n\n[2] Two.\n\n[^3]: Three.\n\n† Four.",
        &["note ***: Only three.", "note 1: One.", "note 2: Two.", "note 3: Three.", "note †: Four."],
    );
    check("\\* One.  \n \\*\\* two.  \n", &["note *: One.", "note **: two."]);
    check(
        "* Resolution 1244 (1999) ** for one state, data are estimates.",
        &["note *: Resolution 1244 (1999)", "note **: for one state, data are estimates."],
    );
    check(
        "Partners were asked. * Resolution 1244 (1999)",
        &["paragraph: Partners were asked.", "note *: Resolution 1244 (1999)"],
    );
    check("Source: the police", &["note: Source: the police"]);
    check(
        "Kosovo¹ had 12.\n\n1) Under the resolution.\n2) Not a mark.",
        &["paragraph: Kosovo{1} had 12.", "note 1: Under the resolution.", "list: Not a mark."],
    );
}

#[test]
fn lists_are_told_from_notes_and_signed_figures() {
    check("* One thing\n* Another thing", &["list: One thing", "list: Another thing"]);
    check(
        "• 2,064 Available places\n\n  • 231,660 Meals",
        &["list: 2,064 Available places", "list: 231,660 Meals"],
    );
    check(
        "- Ensure protection\n- Assist the government",
        &["list: Ensure protection", "list: Assist the government"],
    );
    check("- 33% compared to May", &["paragraph: - 33% compared to May"]);
    check("- 33%", &["headline: - 33%"]);
    check("1. First\n2. Second", &["list: First", "list: Second"]);
}

#[test]
fn tables_of_tabs() {
    check(
        "\tAlbania\tSerbia\tTotal\nReturns in 2024\t24\t-\t24\nReturns 2016 - 2023\t18\t1,204\t1,222\n",
        &[
            "header:  | Albania | Serbia | Total",
            "row: Returns in 2024 | 24 | - | 24",
            "row: Returns 2016 - 2023 | 18 | 1,204 | 1,222",
        ],
    );
    check(
        "Albania\tSyria (36%) ↓ -8%\nKosovo⁴\tEgypt (33%) ↑ +15%\n",
        &["row: Albania | Syria (36%) ↓ -8%", "row: Kosovo{4} | Egypt (33%) ↑ +15%"],
    );
    check("Cash:\t78% \t \nFarming:\t16% \t \n", &["row: Cash: | 78%", "row: Farming: | 16%"]);
    check(
        "verified\t2,004,066 displaced\nacross places\tin Iraq\tthis year.",
        &["paragraph: verified 2,004,066 displaced across places in Iraq this year."],
    );
}

#[test]
fn tables_of_spaces() {
    check(
        "Returns carried out\n\n                      Albania   Serbia    Total\nReturns in 2024            24        -       24\nReturns 2016 - 2023        18    1,204    1,222\n\nText follows.",
        &[
            "heading: Returns carried out",
            "header:  | Albania | Serbia | Total",
            "row: Returns in 2024 | 24 | - | 24",
            "row: Returns 2016 - 2023 | 18 | 1,204 | 1,222",
            "paragraph: Text follows.",
        ],
    );
    check(
        "Serbia        67%\n\nAlbania        2%\n\nMontenegro          \n\nKosovo         1%",
        &[
            "paragraph: Serbia 67%",
            "paragraph: Albania 2%",
            "heading: Montenegro",
            "paragraph: Kosovo 1%",
        ],
    );
    check(
        "Serbia        67%\nAlbania        2%\nKosovo         1%",
        &["row: Serbia | 67%", "row: Albania | 2%", "row: Kosovo | 1%"],
    );
    // Set by hand, out of line.
    check(
        "Place    Homes  Persons\nAlfa            51      306\nBravo town   27  162 (24%)\nCharlie  1,019      -",
        &[
            "header: Place | Homes | Persons",
            "row: Alfa | 51 | 306",
            "row: Bravo town | 27 | 162 (24%)",
            "row: Charlie | 1,019 | -",
        ],
    );
    check(
        "Alfa  51  306  and more\nBravo     27 162\nCharlie  1,019      9",
        &["paragraph: Alfa 51 306 and more", "paragraph: Bravo 27 162", "paragraph: Charlie 1,019 9"],
    );
    check(
        "Two columns of a     paper stand side by\npaper that were      side, and no line\nset close up         is a row.",
        &["paragraph: Two columns of a paper stand side by paper that were side, and no line set close up is a row."],
    );
}

#[test]
fn tables_of_pipes() {
    check(
        "| Country | 2023 |\n|---|---:|\n| **Serbia**\\* | 89 |\n| Kosovo | - |\n",
        &["header: Country | 2023", "row: Serbia{*} | 89", "row: Kosovo | -"],
    );
    check(
        "Serbia | 89\nKosovo | 12 | x\\|y\n",
        &["paragraph: Serbia | 89", "paragraph: Kosovo | 12 | x|y"],
    );
    check("Serbia | 89\nKosovo | 12\n", &["row: Serbia | 89", "row: Kosovo | 12"]);
    check(
        "| Albania | Syria (44%) |\n|---|---|\n| Kosovo | Egypt (9%) |",
        &["row: Albania | Syria (44%)", "row: Kosovo | Egypt (9%)"],
    );
    check(
        "| Age | 0-4 | 18+ |\n|---|---|---|\n| Girls | 9 | 120 |",
        &["header: Age | 0-4 | 18+", "row: Girls | 9 | 120"],
    );
    check("TRACKING MATRIX | DTM", &["heading: TRACKING MATRIX | DTM"]);
}

#[test]
fn marks_and_markup_leave_the_words() {
    check(
        "**47 per cent less** than *before*, __x__",
        &["paragraph: 47 per cent less than before, x"],
    );
    check(
        "some [Operational \\(data\\) portal](https://example.org/a_(b)?sv=41 \"t\") here",
        &["paragraph: some Operational (data) portal here"],
    );
    check(
        "see <https://example.org/336> &amp; more <b>7</b><br>x 5<6 km² 28<sup>th</sup>",
        &["paragraph: see https://example.org/336 & more 7 x 5<6 km² 28th"],
    );
    check(
        "**Intentions: 35,600** vs. Intention**** 3%",
        &["paragraph: Intentions: 35,600 vs. Intention{****} 3%"],
    );
    check(
        "**of intentions*** were 3% in Kosovo* and Serbia[^2] (S/RES/1244[1])",
        &["paragraph: of intentions{*} were 3% in Kosovo{*} and Serbia{2} (S/RES/1244{1})"],
    );
    check("snake_case_word 2*3*4", &["paragraph: snake_case_word 2*3*4"]);
    check(
        "7\u{a0}900 and\u{a0}more\u{ad}over ﬁve oﬃces",
        &["paragraph: 7\u{a0}900 and moreover five offices"],
    );
}

#[test]
fn what_nobody_sees_is_not_read() {
    check(
        "Some text.<!-- 12\n34 --> more.\n<!-- 5 -->\n<!-- never closed",
        &["paragraph: Some text. more.", "paragraph: <!-- never closed"],
    );
    check("---\ntitle: July\ncount: 12\n---\n\nSome text.", &["paragraph: Some text."]);
    check("---\nSome text: 12 more: 5\n---\n", &["heading2: Some text: 12 more: 5"]);
}

#[test]
fn a_year_alone_takes_no_caption() {
    check(
        "2023\nARRIVALS\n\n31.12.2024\n\n2,023\nARRIVALS",
        &[
            "paragraph: 2023",
            "heading: ARRIVALS",
            "paragraph: 31.12.2024",
            "headline: 2,023 / ARRIVALS",
        ],
    );
}

#[test]
fn pipes_in_links_and_titles_part_no_cells() {
    check("¹ See [A | B](x).\n² See [C | D](y).", &["note 1: See A | B.", "note 2: See C | D."]);
    check(
        "TRACKING MATRIX | DTM\nROUND IX | DECEMBER",
        &["heading: TRACKING MATRIX | DTM", "heading: ROUND IX | DECEMBER"],
    );
}

#[test]
fn pictures_are_known_by_place_and_their_descriptions_are_not_read() {
    let document = read(Source::verbatim("![a chart of 12 bars](x.png)\n\nText.".to_owned(), 0));
    assert_eq!(outline(&document), "paragraph: Text.\n");
    assert_eq!(document.pages[0].pictures, [Region::Bytes { start: 0, end: 28 }]);
}

/// A piece as long as its source is its source, character for character.
fn check_places(document: &Document) {
    let source = &document.source.as_ref().expect("text keeps its source").text;
    let check = |text: &Text| {
        let mut end = 0;
        for piece in &text.pieces {
            let Region::Bytes { start, end: to } = piece.region else {
                panic!("text stands in bytes")
            };
            assert!(piece.range.start >= end && source.is_char_boundary(start) && source.is_char_boundary(to));
            end = piece.range.end;
            if piece.range.len() == to - start {
                assert_eq!(text.string[piece.range.clone()], source[start..to]);
            }
        }
        assert!(text.marks.iter().all(|mark| text.string.is_char_boundary(mark.at)));
    };
    for item in &document.pages[0].items {
        match item {
            Item::Block(block) => check(&block.text),
            Item::Table(table) => {
                assert_eq!(table.cells.len(), table.rows * table.columns);
                table.cells.iter().for_each(|cell| check(&cell.text));
            }
            Item::Chart(_) => {}
        }
    }
}

proptest::proptest! {
    #[test]
    fn every_character_keeps_its_place(text in "([a-z]{1,6}|[A-Z]{2,8}|[0-9,.%]{1,5}|[ \t\n]{1,3}|[*_|#>•\\-]{1,4}|[¹²⁵ﬁﬃ\u{a0}\u{ad}é😀\\\\<>&;^{}\\[\\]()!:]|<sup>|</sup>|&amp;|\\^\\{1,2\\}|\\]\\(|\n\n){0,60}") {
        check_places(&read(Source::verbatim(text, 0)));
    }

    #[test]
    fn any_characters_are_read(text in "\\PC{0,200}|(?s).{0,200}") {
        check_places(&read(Source::verbatim(text, 0)));
    }
}

/// Figures of the real snapshots keep their bytes in the file.
#[test]
#[expect(clippy::print_stdout, reason = "says that nothing was checked")]
fn real_snapshots_are_read_whole() {
    let Some(shared) = shared() else {
        println!("no folder of real reports beside the checkout: nothing was checked");
        return;
    };
    let mut read_so_far = 0;
    for folder in ["seeds", "corpora/balkans-text", "corpora/iom-dtm-text"] {
        let mut paths: Vec<PathBuf> = std::fs::read_dir(shared.join(folder))
            .expect("the folder is part of the set")
            .map(|entry| entry.expect("readable").path())
            .collect();
        paths.sort();
        for path in paths.iter().filter(|path| path.extension().is_some_and(|extension| extension == "txt")) {
            let bytes = std::fs::read(path).expect("readable");
            let document = crate::input::read(&bytes, "report.txt", &crate::input::Limits::default()).expect("a report");
            check_places(&document);
            if let Ok(folder) = std::env::var("CROSSTALLY_OUTLINES") {
                let name = path.file_stem().expect("a file has a name").to_string_lossy().into_owned();
                std::fs::write(PathBuf::from(folder).join(format!("{name}.outline")), outline(&document)).expect("the folder exists");
            }
            read_so_far += 1;
        }
    }
    assert!(read_so_far > 40);
}

/// Texts of the specimen reports, each beside what it should be read as, if asked for; their places always.
#[test]
fn specimen_reports_are_read_whole() {
    let fixtures = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let collection = crate::archive::snapshots(&[fixtures], &crate::archive::Limits::default()).expect("the fixtures are there");
    let mut texts = 0;
    for snapshot in collection
        .snapshots
        .iter()
        .filter(|snapshot| snapshot.path.rsplit_once('.').is_some_and(|(_, extension)| extension == "txt"))
    {
        let bytes = snapshot.read_bytes().expect("readable");
        let Ok(document) = crate::input::read(&bytes, &snapshot.path, &crate::input::Limits::default()) else {
            continue;
        };
        check_places(&document);
        if let Ok(folder) = std::env::var("CROSSTALLY_OUTLINES") {
            std::fs::write(PathBuf::from(folder).join(snapshot.path.replace('/', "+")), outline(&document)).expect("the folder exists");
        }
        texts += 1;
    }
    assert!(texts > 10);
}

/// Inputs made to be slow: each is read in time that grows with its length, not with its square.
#[test]
fn hostile_texts_are_read_in_time() {
    let units = [
        "[",
        "[](",
        "](",
        "*a",
        "*a ",
        "**a*",
        "_a_ ",
        "<",
        "<!--",
        "<!-- \n",
        "<a ",
        "&",
        "&#1",
        "^{",
        "^{1",
        "\\*",
        "`",
        "|",
        "|\n",
        "| a |\n",
        "a\tb\n",
        "a\n",
        "1\n",
        "1\na\n",
        "\t",
        "\t\n",
        "* a\n",
        "- a\n",
        "> ",
        "> > a\n",
        "#",
        "# a\n",
        "a,\n\n",
        "¹",
        "¹ a\n",
        "a ¹ a. ",
        "a. * b ",
        "(a) ** b ",
        "a  ",
        "a    b\n",
        "\u{ad}",
        "ﬃ",
        "\u{a0}",
        "1\u{a0}",
        "a: 1\n",
        "A\n\n1\n\n",
        "a\n\na\tb\tc\n",
        "a\tb\n\ta\tb\tc\n",
        "---\n",
        "a\n---\n",
        "[^1]: ",
        "[a](b) ",
        "![a](b)",
        "<sup>",
        "<sup>1</sup>",
        "</",
        "\u{c}",
        "\r",
        "\r\n",
        "a-\n",
        ". A",
        "x y z. A b",
        "~~~\n",
        "|a\n\n",
        "+--+\n",
    ];
    let length = 1 << 16;
    for unit in units {
        let text = unit.repeat(length / unit.len());
        let start = std::time::Instant::now();
        read(Source::verbatim(text, 0));
        let seconds = start.elapsed().as_secs_f64();
        // In a slow build, this takes a third of a second; squared, it would take minutes.
        assert!(seconds < 20.0, "{unit:?} took {seconds} s");
    }
}

#[test]
fn dumps_of_data_are_no_reports() {
    let check = |text: String, expected: &str| assert_eq!(super::read(Source::verbatim(text, 0)).expect_err("too much").to_string(), expected);
    check("1\r".repeat(400_000), "over a limit: the text has 400001 lines, more than 400000");
    check("1\r\n".repeat(400_000), "over a limit: the text has 400001 lines, more than 400000");
    check(
        "1\t".repeat(800_001),
        "over a limit: the text has 800001 tabs and pipes, more than 800000",
    );
}
