//! Tiles: figures that stand out, each with its caption, and what only looks like them.

use super::{all_texts, check, document, written};

#[test]
fn tiles_hold_a_figure_and_its_caption() {
    check(
        "<div><div>3,100</div><div>REGISTRATIONS<sup>1</sup></div></div>x y z",
        &["headline 3,100 / REGISTRATIONS{1}", "paragraph x y z"],
    );
    check(
        "<div class=t><span>Registrations</span><b>- 33%</b></div>",
        &["headline - 33% / Registrations"],
    );
    check(
        "<ul><li><span>343</span> <span>returns</span><li><b>80%</b> Male <b>20%</b> Female</ul>",
        &["headline 343 / returns", "list 80% Male 20% Female"],
    );
    check(
        "<table role=presentation><tr><td><font size=5>56,213</font><br><font>TOTAL</font><td>words</table>",
        &["headline 56,213 / TOTAL", "paragraph words"],
    );
    check(
        "<div><i class=icon></i><div><div><b>3,100</b></div><div>people</div><div>in 2024</div></div></div>",
        &["headline 3,100 / people / in 2024"],
    );
    check("<p>3,100<br>people</p>", &["headline 3,100 / people"]);
}

#[test]
fn tiles_side_by_side_take_turns_or_are_none() {
    check(
        "<div><p>3,100</p><p>people</p><p>-33%</p><p>change</p></div>",
        &["headline 3,100 / people", "headline -33% / change"],
    );
    check(
        "<div><p>people</p><p>3,100</p><p>change</p><p>-33%</p></div>",
        &["headline 3,100 / people", "headline -33% / change"],
    );
    check(
        "<div><p>Albania</p><p>24</p><p>18</p></div>",
        &["paragraph Albania", "headline 24", "headline 18"],
    );
    check(
        "<div><p>some</p><p>3,100</p><p>people</p><p>-33%</p><p>change</p></div>",
        &[
            "paragraph some",
            "headline 3,100",
            "paragraph people",
            "headline -33%",
            "paragraph change",
        ],
    );
}

#[test]
fn a_row_of_figures_over_a_row_of_captions_is_tiles() {
    check(
        "<table><tr><td>3,100<td>-33%<tr><td>people<td>change</table>",
        &["headline 3,100 / people", "headline -33% / change"],
    );
    check(
        "<table><tr><td>Male<td>Female<tr><td>80%<td>20%</table>",
        &["table1 Male, Female | 80%, 20%"],
    );
}

#[test]
fn figures_that_stand_out_under_or_beside_their_captions_are_tiles() {
    check(
        "<table><tr><td><font size=2>People</font><td>&nbsp;<td><font size=2>Change<sup>1</sup></font>\
         <tr><td><font size=6>3,100</font><td><td><font size=6>- 33%</font></table>",
        &["headline 3,100 / People", "headline - 33% / Change{1}"],
    );
    check(
        "<table><tr><td>People<td>Change<tr><td><b>3,100</b><td><b>n/a</b></table>",
        &["headline 3,100 / People", "headline n/a / Change"],
    );
    check(
        "<table><caption>Key</caption><tr><td style='font-size:2em'>3,100<td>people<tr><td style='font-size:2em'>12<td>centres</table>",
        &["paragraph Key", "headline 3,100 / people", "headline 12 / centres"],
    );
    check(
        "<table><tr><td>Permits from 2016 to 2023<sup>4</sup><tr><td><big>36</big></table>",
        &["headline 36 / Permits from 2016 to 2023{4}"],
    );
    check(
        "<table><tr><td>3,100<br>people<td>12<br>centres<tr><td>7<br>camps<td>9<br>ships</table>",
        &[
            "headline 3,100 / people",
            "headline 12 / centres",
            "headline 7 / camps",
            "headline 9 / ships",
        ],
    );
}

#[test]
fn tables_of_data_with_bold_or_ruled_figures_stay_tables() {
    check(
        "<table border=1><tr><td>Serbia<td>Kosovo<tr><td><b>80%</b><td><b>20%</b></table>",
        &["table1 Serbia, Kosovo | 80%, 20%"],
    );
    check(
        "<table><tr><td><b>Serbia</b><td><b>Kosovo</b><tr><td><b>80%</b><td><b>20%</b></table>",
        &["table1 Serbia, Kosovo | 80%, 20%"],
    );
    check(
        "<table><tr><th>Serbia<th>Kosovo<tr><td><big>80%</big><td><big>20%</big></table>",
        &["table1 Serbia, Kosovo | 80%, 20%"],
    );
    check("<table><tr><td>1<td>Cuba<tr><td>2<td>Iran</table>", &["table0 1, Cuba | 2, Iran"]);
}

#[test]
fn paragraphs_of_figures_and_captions_are_joined_where_they_take_turns() {
    let page = |middle: &str| format!("<h2>Key</h2>{middle}<p>{}.", "A sentence that is longer than any caption ".repeat(40));
    let lines = |middle: &str| -> Vec<String> {
        let document = document(&page(middle));
        let texts = all_texts(&document);
        texts[1..texts.len() - 1].iter().map(written).collect()
    };
    assert_eq!(lines("<p>3,100<p>people<p>-33%<p>change"), ["3,100 / people", "-33% / change"]);
    assert_eq!(lines("<p>people<p>3,100<p>change<p>-33%"), ["3,100 / people", "-33% / change"]);
    assert_eq!(lines("<p>3,100<p>by month"), ["3,100", "by month"]);
    assert_eq!(
        lines("<p>in all<p>3,100<p>people<p>-33%<p>change"),
        ["in all", "3,100", "people", "-33%", "change"]
    );
}

#[test]
fn sentences_are_no_tiles() {
    check("<div><b>343</b> assisted returns</div>", &["paragraph 343 assisted returns"]);
    check(
        "<div><span>Some</span> <b>7,900</b> <span>people came.</span></div>",
        &["paragraph Some 7,900 people came."],
    );
    check(
        "<div><span>Persons as of 31 July:</span> <b>30,214</b></div>",
        &["paragraph Persons as of 31 July: 30,214"],
    );
    check("<section><h2>Asylum</h2><p>3,100</p></section>", &["heading2 Asylum", "headline 3,100"]);
}
