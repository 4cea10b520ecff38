//! Drawings saved in layers, and keys of colours printed beside a drawing.

use super::document;
use crate::layout::Item;

/// Bars of two colours over two names, without a key.
const BARS: &str = "<rect x=20 y=60 width=10 height=40 fill='#1f77b4'/><rect x=30 y=40 width=10 height=60 fill='#ff7f0e'/>\
    <rect x=60 y=20 width=10 height=80 fill='#1f77b4'/><rect x=70 y=50 width=10 height=50 fill='#ff7f0e'/>\
    <line x1=10 x2=100 y1=100 y2=100 stroke=black /><g font-size=8 text-anchor=middle><text x=30 y=110>North</text><text x=70 y=110>South</text>\
    <text x=25 y=58>40</text><text x=35 y=38>60</text><text x=65 y=18>80</text><text x=75 y=48>50</text></g>";

/// The charts of a page as their series with their values, and the words beside them.
fn check(html: &str, expected: &[&str]) {
    let document = document(html);
    let lines: Vec<String> = document.pages[0]
        .items
        .iter()
        .filter_map(|item| match item {
            Item::Chart(chart) => {
                let series = chart.series.iter().map(|series| {
                    let values = series.points.iter().filter_map(|point| Some(point.label.as_ref()?.string.clone()));
                    let name = series.name.as_ref().map_or("-", |name| name.string.as_str());
                    format!("{name} {}", values.collect::<Vec<_>>().join(" "))
                });
                let title = chart.title.as_ref().map_or("-", |title| title.string.as_str());
                Some(format!("chart {title}: {}", series.collect::<Vec<_>>().join(", ")))
            }
            Item::Block(block) => Some(block.text.string.clone()),
            Item::Table(_) => None,
        })
        .collect();
    assert_eq!(lines, expected, "{html}");
}

const KEY: &str = "<g font-size=8><rect x=110 y=10 width=6 height=6 fill='#1f77b4'/><text x=120 y=16>Women</text>\
    <rect x=110 y=22 width=6 height=6 fill='#ff7f0e'/><text x=120 y=28>Men</text></g>";

#[test]
fn drawings_that_each_fill_their_box_are_layers_of_one() {
    check(
        &format!("<div style='width:160px;height:120px'><svg width=160 height=120>{BARS}</svg><svg width=160 height=120>{KEY}</svg></div>"),
        &["chart -: Women 40 80, Men 60 50"],
    );
    check(
        &format!(
            "<div><svg width=160 height=120 style='position:absolute;top:0'>{BARS}</svg>\
             <svg width=160 height=120 style='position:absolute;top:0'>{KEY}</svg></div>"
        ),
        &["chart -: Women 40 80, Men 60 50"],
    );
}

#[test]
fn drawings_side_by_side_are_no_layers() {
    check(
        &format!("<div style='width:320px;height:120px'><svg width=160 height=120>{BARS}</svg><svg width=160 height=120>{KEY}</svg></div>"),
        &["chart -: - 40 80, - 60 50", "Women Men"],
    );
}

#[test]
fn a_key_beside_a_drawing_names_its_series() {
    let drawn = format!("<svg width=160 height=120>{BARS}</svg>");
    check(
        &format!(
            "<figure><div><span><svg width=9 height=9 fill='#1f77b4'><rect width='100%' height='100%'/></svg>Women</span>\
             <span><svg width=9 height=9 fill='#ff7f0e'><rect width='100%' height='100%'/></svg>Men</span></div>{drawn}</figure>"
        ),
        &["Women Men", "chart -: Women 40 80, Men 60 50"],
    );
    check(
        &format!(
            "<div>{drawn}<ul><li><i style='background:#1f77b4;width:10px;height:10px'></i> Women</li>\
             <li><i style='background-color:rgb(255,127,14)'></i> Men</li></ul></div>"
        ),
        &["chart -: Women 40 80, Men 60 50", "Women", "Men"],
    );
}

#[test]
fn a_key_of_other_colours_or_of_another_drawing_names_none() {
    let drawn = format!("<svg width=160 height=120>{BARS}</svg>");
    let key =
        |one: &str, other: &str| format!("<ul><li><i style='background:{one}'></i> Women</li><li><i style='background:{other}'></i> Men</li></ul>");
    check(
        &format!("<div>{drawn}{}</div>", key("red", "green")),
        &["chart -: - 40 80, - 60 50", "Women", "Men"],
    );
    check(
        &format!(
            "<div>{drawn}</div><div>{}<svg width=90 height=90><text y=9>Elsewhere</text></svg></div>",
            key("#1f77b4", "#ff7f0e")
        ),
        &["chart -: - 40 80, - 60 50", "Women", "Men", "Elsewhere"],
    );
}
