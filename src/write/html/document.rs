//! One snapshot to the report: its figures, and its text in pieces that know which figures they print.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::{json::words, place::place};
use crate::{
    schema::{
        Extraction, Mention, Observation,
        view::{TextEnd, ViewPart, ViewText, bytes},
    },
    write::column::plain,
};

/// Everything but the pages: `{figures, places, parts}`.
///
/// `places` are those of `mentions` that are no figure's; marks in `parts` count figures first, then places.
pub(super) fn record<'a>(extraction: &Extraction, parts: &[ViewPart], mentions: impl Iterator<Item = &'a Mention>) -> Value {
    let figures = &extraction.observations;
    let mut others: Vec<&Mention> = Vec::new();
    let mut known: BTreeSet<String> = figures.iter().map(|figure| figure.place.to_string()).collect();
    for mention in mentions {
        if known.insert(mention.place.to_string()) {
            others.push(mention);
        }
    }
    let marks: Vec<(u64, u64, usize)> = figures
        .iter()
        .map(|figure| figure.place)
        .chain(others.iter().map(|mention| mention.place))
        .enumerate()
        .filter_map(|(index, place)| bytes(place).map(|(start, end)| (start, end, index)))
        .collect();
    json!({
        "layout": words(&extraction.document.layout),
        "hash": extraction.document.hash,
        "size": extraction.document.size,
        "figures": figures.iter().map(figure).collect::<Vec<_>>(),
        "places": others.iter().map(|mention| json!([place(mention.place), words(&mention.quote)])).collect::<Vec<_>>(),
        "parts": Marks::new(marks).parts(parts),
    })
}

/// `[id, indicator, statistic, area, origin, sex, group, start, end, base start, base end, value, unit, qualifier, low, high, place, quote, context,
/// method, rule, footnotes]`.
fn figure(figure: &Observation) -> Value {
    let day = |day: Option<jiff::civil::Date>| day.map_or_else(String::new, |day| day.to_string());
    let rule = figure.rule.rsplit('/').next().unwrap_or(&figure.rule);
    json!([
        figure.id,
        figure.indicator,
        figure.statistic.as_str(),
        figure.area,
        figure.origin,
        figure.sex.map_or("", |sex| sex.as_str()),
        words(&figure.group),
        figure.period.start.to_string(),
        figure.period.end.to_string(),
        day(figure.base.map(|base| base.start)),
        day(figure.base.map(|base| base.end)),
        plain(figure.value),
        figure.unit,
        figure.qualifier.as_str(),
        plain(figure.interval.low),
        plain(figure.interval.high),
        place(figure.place),
        words(&figure.quote),
        words(&figure.context),
        figure.method.as_str(),
        words(rule),
        figure.footnotes.iter().map(|footnote| words(footnote)).collect::<Vec<_>>(),
    ])
}

/// Places in bytes, each with its number, by their first byte.
struct Marks {
    marks: Vec<(u64, u64, usize)>,
    /// The last byte that any mark up to each one covers: earlier marks need not be looked at past it.
    reach: Vec<u64>,
}

impl Marks {
    fn new(mut marks: Vec<(u64, u64, usize)>) -> Self {
        marks.sort_unstable();
        let mut furthest = 0;
        let reach = marks
            .iter()
            .map(|mark| {
                furthest = furthest.max(mark.1);
                furthest
            })
            .collect();
        Self { marks, reach }
    }

    /// The parts as the scripts take them: a string is text, an array is text with its marks, an object opens an element, 0 closes it.
    fn parts(&self, parts: &[ViewPart]) -> Vec<Value> {
        let mut values = Vec::new();
        for part in parts {
            match part {
                ViewPart::Open { name, attributes } => {
                    let mut element: Map<String, Value> = attributes.iter().map(|(name, value)| ((*name).to_owned(), words(value))).collect();
                    element.insert("is".to_owned(), json!(name));
                    values.push(Value::Object(element));
                }
                ViewPart::Close => values.push(json!(0)),
                ViewPart::Text(text) => self.push_text(text, &mut values),
            }
        }
        values
    }

    fn push_text(&self, text: &ViewText, values: &mut Vec<Value>) {
        let first = self.reach.partition_point(|reach| *reach <= text.start);
        let covering: Vec<&(u64, u64, usize)> = self.marks[first..]
            .iter()
            .take_while(|mark| mark.0 < text.end)
            .filter(|mark| mark.1 > text.start)
            .collect();
        let ranges: Vec<(usize, usize, usize)> = covering
            .iter()
            .map(|(start, end, index)| (text.at(*start, TextEnd::First), text.at(*end, TextEnd::Last), *index))
            .collect();
        let mut cuts: BTreeSet<usize> = ranges.iter().flat_map(|range| [range.0, range.1]).collect();
        cuts.extend([0, text.text.len()]);
        let cuts: Vec<usize> = cuts.into_iter().collect();
        for pair in cuts.windows(2) {
            let (start, end) = (pair[0], pair[1]);
            let piece = words(&text.text[start..end]);
            let mut here: Vec<usize> = ranges
                .iter()
                .filter(|range| range.0 <= start && end <= range.1)
                .map(|range| range.2)
                .collect();
            here.sort_unstable();
            if here.is_empty() {
                values.push(piece);
            } else {
                values.push(std::iter::once(piece).chain(here.into_iter().map(|index| json!(index))).collect());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::view::Spread;

    fn check(text: &str, spread: Spread, end: u64, marks: &[(u64, u64, usize)], expected: &str) {
        let text = ViewText {
            text: text.to_owned(),
            start: 100,
            end,
            spread,
        };
        let values = Marks::new(marks.to_vec()).parts(&[ViewPart::Text(text)]);
        assert_eq!(Value::Array(values).to_string(), expected);
    }

    #[test]
    fn text_is_cut_at_the_places_in_it() {
        let check = |marks: &[(u64, u64, usize)], expected| check("some 7,900 people", Spread::Even, 117, marks, expected);
        check(&[(105, 110, 3)], r#"["some ",["7,900",3]," people"]"#);
        check(&[(105, 110, 1), (105, 110, 0)], r#"["some ",["7,900",0,1]," people"]"#);
        check(&[(100, 117, 0), (105, 110, 1)], r#"[["some ",0],["7,900",0,1],[" people",0]]"#);
        check(&[(90, 104, 0), (112, 130, 1)], r#"[["some",0]," 7,900 p",["eople",1]]"#);
        check(&[(10, 20, 0), (200, 210, 1)], r#"["some 7,900 people"]"#);
    }

    #[test]
    fn what_cannot_be_parted_is_marked_whole() {
        check("&", Spread::Whole, 105, &[(102, 103, 0)], r#"[["&",0]]"#);
        check("7,900 é", Spread::Wide(2), 114, &[(100, 110, 0)], r#"[["7,900",0]," é"]"#);
    }
}
