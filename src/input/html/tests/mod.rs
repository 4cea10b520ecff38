//! Pages as they are published, in small, and what is read of them.

mod hostile;
mod layers;
mod real;
mod soup;
mod tiles;

use super::read;
use crate::input::Limits;
use crate::layout::{Document, Item, Region, Source, Text};

fn document(html: &str) -> Document {
    read(Source::verbatim(html.to_owned(), 0), &Limits::default()).unwrap()
}

/// Words with their marks: `Kosovo{4} and`.
fn written(text: &Text) -> String {
    let mut words = text.string.clone();
    for mark in text.marks.iter().rev() {
        words.insert_str(mark.at, &format!("{{{}}}", mark.label));
    }
    words.replace('\n', " / ")
}

fn all_texts(document: &Document) -> Vec<Text> {
    let mut texts: Vec<Text> = document.title.iter().cloned().collect();
    for item in &document.pages[0].items {
        match item {
            Item::Block(block) => texts.push(block.text.clone()),
            Item::Table(table) => texts.extend(table.caption.iter().cloned().chain(table.cells.iter().map(|cell| cell.text.clone()))),
            Item::Chart(chart) => texts.extend(chart.title.iter().cloned()),
        }
    }
    texts
}

/// Every piece as long as its bytes is those bytes, and every region lies in the page.
fn check_places(html: &str, document: &Document) {
    for text in all_texts(document) {
        let mut last = 0;
        for piece in &text.pieces {
            assert!(piece.range.start >= last, "pieces out of order in {html:?}");
            last = piece.range.end;
            let Region::Bytes { start, end } = piece.region else { panic!("bytes") };
            let bytes = html.get(start..end).unwrap_or_else(|| panic!("{start}..{end} is no place in {html:?}"));
            let printed = &text.string[piece.range.clone()];
            // `&#0` is as long as the character it stands for.
            if bytes.len() == printed.len() && printed != " " && !printed.contains('\u{fffd}') {
                assert_eq!(bytes, printed, "in {html:?}");
            }
        }
    }
}

/// The page as lines: `kind words`, tables as `row | row`.
fn check(html: &str, expected: &[&str]) {
    let document = document(html);
    check_places(html, &document);
    let lines: Vec<String> = document.pages[0]
        .items
        .iter()
        .map(|item| match item {
            Item::Block(block) => {
                let level = if block.level > 0 { block.level.to_string() } else { String::new() };
                let labels = if block.labels.is_empty() {
                    String::new()
                } else {
                    format!("[{}]", block.labels.join(","))
                };
                format!("{}{level}{labels} {}", block.kind.as_str(), written(&block.text))
            }
            Item::Table(table) => {
                let mut rows = vec![Vec::new(); table.rows];
                for cell in &table.cells {
                    let span = if cell.row_span * cell.column_span > 1 {
                        format!("({}x{})", cell.row_span, cell.column_span)
                    } else {
                        String::new()
                    };
                    rows[cell.row].push(format!("{}{span}", written(&cell.text)));
                }
                let rows: Vec<String> = rows.iter().map(|row| row.join(", ")).collect();
                format!("table{} {}", table.header_rows, rows.join(" | "))
            }
            Item::Chart(chart) => format!("chart {}", chart.kind.as_str()),
        })
        .collect();
    assert_eq!(lines, expected, "{html}");
}

#[test]
fn sentences_keep_their_figures_in_place() {
    check(
        "<p>Some <b>7,900</b> refugees, <strong>47&nbsp;per cent</strong>\n less",
        &["paragraph Some 7,900 refugees, 47 per cent less"],
    );
    check("<p>a<span> b</span> <i>c</i>d<br>e", &["paragraph a b cd e"]);
    check("<div>one<p>two</p>three</div>", &["paragraph one", "paragraph two", "paragraph three"]);
    check("one<br><br>two", &["paragraph one", "paragraph two"]);
    check("<pre>one\ntwo\n\nthree</pre>", &["paragraph one two", "paragraph three"]);
    check(
        "<p>7&#8239;900 and 7&nbsp;900 and a&nbsp;b</p>",
        &["paragraph 7\u{202f}900 and 7\u{a0}900 and a b"],
    );
    check("<p>regis&shy;tra\u{200b}tions <!-- 5 -->rose", &["paragraph registrations rose"]);
}

#[test]
fn a_figure_behind_entities_stands_at_its_own_bytes() {
    let html = "<p>R&amp;R: &minus;&#51;3% of 7,900";
    let document = document(html);
    let Item::Block(block) = &document.pages[0].items[0] else {
        panic!("block")
    };
    assert_eq!(block.text.string, "R&R: −33% of 7,900");
    let place = |words: &str| {
        let at = block.text.string.find(words).unwrap();
        match block.text.region(at..at + words.len()) {
            Some(Region::Bytes { start, end }) => &html[start..end],
            _ => panic!("bytes"),
        }
    };
    assert_eq!(place("7,900"), "7,900");
    assert_eq!(place("−33%"), "&minus;&#51;3%");
}

#[test]
fn an_entity_left_open_at_the_end_of_a_run_keeps_its_place() {
    let html = "<p>5&lt<b>7,900</b>&am<i>1</i>";
    let document = document(html);
    check_places(html, &document);
    let Item::Block(block) = &document.pages[0].items[0] else {
        panic!("block")
    };
    assert_eq!(block.text.string, "5<7,900&am1");
    assert_eq!(block.text.region(1..2), Some(Region::Bytes { start: 4, end: 7 }));
    assert_eq!(block.text.region(2..7), Some(Region::Bytes { start: 10, end: 15 }));
}

#[test]
fn text_that_is_moved_out_of_a_table_keeps_its_place() {
    check(
        "<table> <tr>stray 5<td>a<td>b<tr><td>1<td>2</table>",
        &["paragraph stray 5", "table1 a, b | 1, 2"],
    );
    check(
        "<table>\n one &amp; two <tr><td>3,100<td>4",
        &["paragraph one & two", "headline 3,100", "headline 4"],
    );
}

#[test]
fn hidden_parts_and_the_site_around_give_nothing() {
    check(
        "<script>var a = 5</script><style>b{}</style><template>1</template><noscript>2</noscript>x",
        &["paragraph x"],
    );
    check(
        "<style>.off{display:none}</style><p class=off>1</p><p hidden>2</p><p style='visibility:hidden'>3 <b style='visibility:visible'>4</b></p>",
        &["headline 4"],
    );
    check(
        "<p>a <span class=sr-only>5</span><span class='visually-hidden'>6</span>b",
        &["paragraph a b"],
    );
    check(
        "<style>.sr{clip:rect(0 0 0 0);position:absolute}</style><p>a<i class=sr>1</i>",
        &["paragraph a"],
    );
    check(
        "<nav>2019</nav><div id=cookie-banner>3 cookies</div><select><option>1</select><button>Accept 15</button>x",
        &["paragraph x"],
    );
    check("<div class=cookie-wrap><main><p>5 people</main></div>", &["paragraph 5 people"]);
    check(
        "<header><nav>1</nav><a>2</a></header><header><h1>Title</h1></header>x",
        &["heading1 Title", "paragraph x"],
    );
    check(
        "x<footer><p>Version 4.2</p><p>Source: UNHCR, 31 July</p></footer>",
        &["paragraph x", "note Source: UNHCR, 31 July"],
    );
    check(
        "<article>x<footer><p>Version 4.2</p></footer></article>",
        &["paragraph x", "paragraph Version 4.2"],
    );
    check(
        "<details><summary>More</summary>5 people</details><dialog>6</dialog>",
        &["paragraph More", "paragraph 5 people"],
    );
}

#[test]
fn headings_are_told_by_tag_role_or_bold_line() {
    check("<h2>Key <i>figures</i></h2>", &["heading2 Key figures"]);
    check("<div role=heading aria-level=3>Key</div>", &["heading3 Key"]);
    check("<p><b>Asylum statistics in 2025:</b></p>", &["heading Asylum statistics in 2025:"]);
    check("<p><b>343 assisted returns</b></p>", &["paragraph 343 assisted returns"]);
    check("<p><b>New applications: 1,178</b></p>", &["paragraph New applications: 1,178"]);
    check("<p><b>This is a sentence.</b></p>", &["paragraph This is a sentence."]);
}

#[test]
fn footnote_marks_leave_the_words() {
    check(
        "<p>Kosovo<sup>1</sup> and Serbia<sup><a href='#f'>[2]</a>,<a>3</a></sup>",
        &["paragraph Kosovo{1} and Serbia{2}{3}"],
    );
    check("<h3>ARRIVAL <sup>1,2</sup></h3>", &["heading3 ARRIVAL{1}{2}"]);
    check(
        "<p>25,443<sup>5</sup> people on 3 km<sup>2</sup> on the 1<sup>st</sup>",
        &["paragraph 25,443{5} people on 3 km2 on the 1st"],
    );
    check("<p>Application vs. Intention**** 3%", &["paragraph Application vs. Intention{****} 3%"]);
    check("<p>Kosovo<span style='vertical-align:super'>4</span>", &["paragraph Kosovo{4}"]);
}

#[test]
fn notes_carry_their_own_marks() {
    check("<p><sup>1</sup> Without Ukrainians", &["note[1] Without Ukrainians"]);
    check(
        "<p>* Includes Serbia.<br>** for North Macedonia<br>more",
        &["note[*] Includes Serbia.", "note[**] for North Macedonia more"],
    );
    check("<p class=footnote>² of 5", &["note[2] of 5"]);
    check("<small>Provisional</small>", &["note Provisional"]);
    check(
        "<section class=footnotes><ol><li id=fn:1>First</li><li id=fn:2>Second</li></ol></section>",
        &["note[1] First", "note[2] Second"],
    );
    check("<ol><li>First</li></ol>", &["list First"]);
    check("<p>Note: figures may change", &["note Note: figures may change"]);
}

#[test]
fn terms_stand_with_their_values() {
    check(
        "<dl><dt>Intentions<dd>35,600<dt>Applications:<dd>1,178</dl>",
        &["list Intentions: 35,600", "list Applications: 1,178"],
    );
    check("<dl><div><dt>3,100</dt><dd>people</dd></div></dl>", &["headline 3,100 / people"]);
    check("<dl><dt>Alone</dl><p>x", &["list Alone", "paragraph x"]);
}

#[test]
fn tables_of_data_keep_rows_columns_and_spans() {
    check(
        "<table><caption>Returns</caption><thead><tr><th rowspan=2><th colspan=2>2024<tr><th>Male<th>Female<tbody><tr><th>Albania<td>2<br>4<td>-</table>",
        &["table2 (2x1), 2024(1x2) | Male, Female | Albania, 2 4, -"],
    );
    check(
        "<table><tr><td>Country<td>Total<tr><td>Albania<td>24<tr><td>Serbia<td>1&nbsp;420</table>",
        &["table1 Country, Total | Albania, 24 | Serbia, 1\u{a0}420"],
    );
    check(
        "<table><tr><td>Albania<td>Syria (36%) ↓ -8%<tr><td>Kosovo<sup>4</sup><td>Egypt (7%)</table>",
        &["table0 Albania, Syria (36%) ↓ -8% | Kosovo{4}, Egypt (7%)"],
    );
    check(
        "<table><tr><td rowspan=0>a<td>1<tr><td>2<tr><td colspan=9999>3</table>",
        &["table0 a(3x1), 1 | 2 | 3(1x999)"],
    );
    check(
        "<div role=table><div role=row><span role=columnheader>Year</span><span role=columnheader>N</span></div><div role=row><span role=cell>2024</span><span role=cell>5</span></div></div>",
        &["table1 Year, N | 2024, 5"],
    );
}

#[test]
fn tables_that_arrange_the_page_are_walked_through() {
    check(
        "<table><tr><td><nav>1</nav><td><p>Words<table><tr><th>a<th>b<tr><td>1<td>2</table></table>",
        &["paragraph Words", "table1 a, b | 1, 2"],
    );
    check("<table><tr><td>One<tr><td>Two</table>", &["paragraph One", "paragraph Two"]);
}

#[test]
fn words_of_a_drawing_are_read_even_without_a_chart() {
    check(
        "<svg><title>t</title><text x=0 y=10>Total <tspan>arrivals</tspan></text></svg>",
        &["paragraph Total arrivals"],
    );
    check(
        "<svg><g transform='translate(5 5)'><text x=0 y=30 font-size=30>3,100</text><text y=45 font-size=10>people</text></g></svg>",
        &["headline 3,100 / people"],
    );
    check("<svg><path d='M0 0h8v8z'/></svg>x", &["paragraph x"]);
    // Letters drawn once more for their outline.
    check(
        "<svg><text x=3 y=12 font-size=9><tspan stroke=white>512<tspan x=3 dy=0>\u{200b}</tspan></tspan>512</text></svg>",
        &["headline 512"],
    );
}

#[test]
fn pictures_are_noted_unless_they_are_icons() {
    let count = |html: &str, expected: usize| assert_eq!(document(html).pages[0].pictures.len(), expected, "{html}");
    count("<img src=a width=520 height=180><img src=b>", 2);
    count("<img src=a width=16 height=16>", 0);
    count("<iframe src=a></iframe><canvas></canvas>", 2);
    count("<table><tr><td>1<td><img src=a><tr><td>a<td>b</table>", 1);
}

#[test]
fn a_page_cut_off_is_told_and_its_last_word_left_out() {
    let check = |html: &str, losses: &[&str], last: &str| {
        let document = document(html);
        assert_eq!(document.losses, losses, "{html}");
        let texts = all_texts(&document);
        assert_eq!(texts.last().map_or("", |text| text.string.as_str()), last, "{html}");
    };
    check("<html><body><p>Some 7,900 people</p></body></html>", &[], "Some 7,900 people");
    check(
        "<html><body><p>Some 7,9",
        &["the HTML ends inside <p>, in the middle of a word that was left out"],
        "Some",
    );
    check("<html><body><p>Some 7,900 </p><p>", &["the HTML ends inside <p>"], "Some 7,900");
    check(
        "<html><body><p>Some 7,900</p><di",
        &["the HTML ends inside a tag or comment"],
        "Some 7,900",
    );
    check(
        "<html><body><p>Some 7,900</p><!-- end",
        &["the HTML ends inside a tag or comment"],
        "Some 7,900",
    );
    check("<html lang=en><body><p>Some 7,900</p>", &[], "Some 7,900");
    check("<p>Some 7,900", &[], "Some 7,900");
}

#[test]
fn the_title_stands_outside_the_page() {
    let document = document("<title>July &ndash; 2024\n | Portal</title><svg><title>no</title></svg><p>x");
    assert_eq!(document.title.map(|title| title.string).as_deref(), Some("July – 2024 | Portal"));
}
