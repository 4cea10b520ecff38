//! Stylesheets, as far as they decide what is seen and how a drawing is painted.
//!
//! Rules are matched by scraper's selectors. Of the many properties of CSS only those in [`Property`] are kept. The page is
//! looked at on a wide screen; scripts do not run.

use std::collections::HashMap;

use scraper::{ElementRef, Selector};

use super::attribute::Attributes;

/// Rules kept, at most; what a reader needs stands in far fewer.
const MOST_RULES: usize = 4_000;

/// Comparisons of an element with a rule, at most.
const MOST_COMPARISONS: usize = 1_000_000;

/// Width of the screen in pixels that `@media` conditions are held against.
const SCREEN: f64 = 1280.0;

/// What is kept of CSS.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Property {
    Display,
    Visibility,
    Opacity,
    Clip,
    ClipPath,
    Position,
    Left,
    Top,
    TextIndent,
    Width,
    Height,
    Overflow,
    FontSize,
    FontWeight,
    Fill,
    FillOpacity,
    Stroke,
    TextAnchor,
    DominantBaseline,
    Transform,
    VerticalAlign,
    WhiteSpace,
    Background,
    BackgroundColor,
}

impl Property {
    /// By its name in CSS or among the attributes of SVG.
    pub(super) fn named(name: &str) -> Option<Self> {
        Some(match name {
            "display" => Self::Display,
            "visibility" => Self::Visibility,
            "opacity" => Self::Opacity,
            "clip" => Self::Clip,
            "clip-path" => Self::ClipPath,
            "position" => Self::Position,
            "left" => Self::Left,
            "top" => Self::Top,
            "text-indent" => Self::TextIndent,
            "width" => Self::Width,
            "height" => Self::Height,
            "overflow" => Self::Overflow,
            "font-size" => Self::FontSize,
            "font-weight" => Self::FontWeight,
            "fill" => Self::Fill,
            "fill-opacity" => Self::FillOpacity,
            "stroke" => Self::Stroke,
            "text-anchor" => Self::TextAnchor,
            "dominant-baseline" => Self::DominantBaseline,
            "transform" => Self::Transform,
            "vertical-align" => Self::VerticalAlign,
            "white-space" => Self::WhiteSpace,
            "background" => Self::Background,
            "background-color" => Self::BackgroundColor,
            _ => return None,
        })
    }
}

/// How strongly a declaration holds: important, then specificity, then order.
type Weight = (bool, [u32; 3], usize);

/// A declaration.
#[derive(Debug, Clone)]
struct Declaration {
    property: Property,
    value: String,
    important: bool,
}

/// A rule for one selector.
#[derive(Debug)]
struct Rule {
    selector: Selector,
    specificity: [u32; 3],
    declarations: std::rc::Rc<[Declaration]>,
}

/// All stylesheets of a page.
#[derive(Debug, Default)]
pub(super) struct Stylesheet {
    rules: Vec<Rule>,
    /// Numbers of rules by the id, class or tag that their last part asks for.
    by_id: HashMap<String, Vec<usize>>,
    by_class: HashMap<String, Vec<usize>>,
    by_tag: HashMap<String, Vec<usize>>,
    others: Vec<usize>,
    comparisons: usize,
    /// What `:root` and its like call by a name of their own: `--accent`, without the dashes.
    custom: HashMap<String, String>,
}

/// What holds for one element, by property.
#[derive(Debug, Clone, Default)]
pub(super) struct Declared(Vec<(Property, String, Weight)>);

impl Declared {
    /// The value in lower case, where one is declared.
    pub(super) fn get(&self, property: Property) -> Option<&str> {
        self.0.iter().find(|held| held.0 == property).map(|held| held.1.as_str())
    }

    /// Whether nothing is declared.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn set(&mut self, declaration: &Declaration, specificity: [u32; 3], order: usize) {
        let weight = (declaration.important, specificity, order);
        match self.0.iter_mut().find(|held| held.0 == declaration.property) {
            Some(held) if held.2 > weight => {}
            Some(held) => *held = (declaration.property, declaration.value.clone(), weight),
            None => self.0.push((declaration.property, declaration.value.clone(), weight)),
        }
    }
}

impl Stylesheet {
    /// Adds the content of a `<style>` element.
    pub(super) fn add(&mut self, css: &str) {
        let css = without_comments(css);
        let mut rest = css.as_str();
        // Blocks of at-rules that hold rules, such as `@media`, are open while their rules are read.
        while let Some(at) = rest.find(['{', '}', ';']) {
            let head = rest[..at].trim();
            let body = &rest[at + 1..];
            match rest.as_bytes()[at] {
                b'{' if head.starts_with('@') => {
                    rest = if holds_here(head) { body } else { &body[block_end(body)..] };
                }
                b'{' => {
                    let end = block_end(body);
                    let declarations = body[..end].trim_end_matches('}');
                    self.add_rule(head.trim_start_matches("-->").trim_start_matches("<!--"), declarations);
                    rest = &body[end..];
                }
                _ => rest = body,
            }
        }
    }

    fn add_rule(&mut self, selectors: &str, declarations: &str) {
        if split_list(selectors)
            .iter()
            .any(|selector| matches!(selector.trim(), ":root" | "html" | "body" | "svg" | "*"))
        {
            self.custom.extend(custom_in(declarations).take(MOST_RULES));
        }
        let declarations: std::rc::Rc<[Declaration]> = declarations_in(declarations).into();
        if declarations.is_empty() {
            return;
        }
        for selector in split_list(selectors) {
            let selector = selector.trim();
            if self.rules.len() >= MOST_RULES || is_costly(selector) {
                continue;
            }
            if let Ok(parsed) = Selector::parse(selector) {
                let number = self.rules.len();
                match key(selector) {
                    Key::Id(name) => self.by_id.entry(name).or_default().push(number),
                    Key::Class(name) => self.by_class.entry(name).or_default().push(number),
                    Key::Tag(name) => self.by_tag.entry(name).or_default().push(number),
                    Key::Other => self.others.push(number),
                }
                self.rules.push(Rule {
                    selector: parsed,
                    specificity: specificity(selector),
                    declarations: declarations.clone(),
                });
            }
        }
    }

    /// Whether some rules were not looked at: then hidden parts may pass for shown ones.
    pub(super) fn is_over_limit(&self) -> bool {
        self.rules.len() >= MOST_RULES || self.comparisons >= MOST_COMPARISONS
    }

    /// What holds for an element, by stylesheets and its own `style`.
    pub(super) fn declared(&mut self, element: ElementRef<'_>, attributes: Attributes<'_>) -> Declared {
        let mut declared = Declared::default();
        if !self.rules.is_empty() && self.comparisons < MOST_COMPARISONS {
            let classes = attributes.classes().filter_map(|class| self.by_class.get(class));
            let named = self.by_tag.get(element.value().name()).into_iter();
            let lists = named.chain(attributes.id.and_then(|id| self.by_id.get(id))).chain(classes);
            for &number in lists.flatten().chain(&self.others) {
                self.comparisons += 1;
                let rule = &self.rules[number];
                if rule.selector.matches(&element) {
                    for declaration in rule.declarations.iter() {
                        declared.set(declaration, rule.specificity, number);
                    }
                }
            }
        }
        if let Some(style) = attributes.style {
            for declaration in declarations_in(style) {
                declared.set(&declaration, [u32::MAX; 3], 0);
            }
        }
        if !self.custom.is_empty() {
            for (name, property) in [("fill", Property::Fill), ("stroke", Property::Stroke)] {
                let value = element.value().attr(name).filter(|value| value.contains("var("));
                if let Some(value) = value.filter(|_| declared.get(property).is_none()) {
                    declared.0.push((property, value.to_ascii_lowercase(), (false, [0; 3], 0)));
                }
            }
            for (_, value, _) in declared.0.iter_mut().filter(|held| held.1.contains("var(")) {
                if let Some(known) = self.known(value) {
                    *value = known;
                }
            }
        }
        declared
    }

    /// What `var(--name, otherwise)` stands for.
    fn known(&self, value: &str) -> Option<String> {
        let mut value = value.trim();
        // Names may stand for names.
        for _ in 0..5 {
            let Some(inside) = value.strip_prefix("var(--").and_then(|value| value.strip_suffix(')')) else {
                return Some(value.to_owned());
            };
            let (name, otherwise) = inside.split_once(',').map_or((inside, None), |(name, otherwise)| (name, Some(otherwise)));
            value = self.custom.get(name.trim()).map(String::as_str).or(otherwise)?.trim();
        }
        None
    }
}

/// Whether a selector may take long for a single element.
fn is_costly(selector: &str) -> bool {
    let simple = [":not(", ":is(", ":where(", ":root", ":first-child", ":last-child"];
    selector.contains('~')
        || selector.len() > 500
        || selector
            .match_indices(':')
            .any(|(at, _)| !simple.iter().any(|name| selector[at..].starts_with(name)) && !selector[..at].ends_with('\\'))
}

fn without_comments(css: &str) -> String {
    let mut kept = String::with_capacity(css.len());
    let mut rest = css;
    while let Some(start) = rest.find("/*") {
        kept.push_str(&rest[..start]);
        kept.push(' ');
        rest = rest[start + 2..].find("*/").map_or("", |end| &rest[start + 2 + end + 2..]);
    }
    kept.push_str(rest);
    kept
}

/// The end of a block whose `{` has been read, after its `}`.
fn block_end(body: &str) -> usize {
    let mut depth = 1_usize;
    for (at, byte) in body.bytes().enumerate() {
        match byte {
            b'{' => depth += 1,
            b'}' => {
                depth -= 1;
                if depth == 0 {
                    return at + 1;
                }
            }
            _ => {}
        }
    }
    body.len()
}

/// Whether the rules inside an at-rule hold on a wide screen.
fn holds_here(head: &str) -> bool {
    let head = head.to_ascii_lowercase();
    if head.starts_with("@supports") || head.starts_with("@layer") {
        return !head.contains("not ");
    }
    let Some(condition) = head.strip_prefix("@media") else { return false };
    condition.split(',').any(|query| {
        query.split(" and ").all(|part| {
            let part = part.trim().trim_start_matches("only ").trim_matches(['(', ')', ' ']);
            let length = |value: &str| {
                let value = value.trim();
                let digits = value.trim_end_matches(|character: char| character.is_ascii_alphabetic());
                let unit = if value.ends_with("em") { 16.0 } else { 1.0 };
                digits.parse::<f64>().ok().map(|number| number * unit)
            };
            match part.split_once(':') {
                Some(("min-width", value)) => length(value).is_some_and(|width| width <= SCREEN),
                Some(("max-width", value)) => length(value).is_some_and(|width| width >= SCREEN),
                Some(_) => false,
                None => matches!(part, "" | "all" | "screen"),
            }
        })
    })
}

fn declarations_in(block: &str) -> Vec<Declaration> {
    let of = |declaration: &str| {
        let (name, value) = declaration.split_once(':')?;
        let property = Property::named(name.trim().to_ascii_lowercase().as_str())?;
        let value = value.trim().to_ascii_lowercase();
        let (value, important) = match value.split_once('!') {
            Some((value, _)) => (value.trim().to_owned(), true),
            None => (value, false),
        };
        (value.len() <= 1_000).then_some(Declaration { property, value, important })
    };
    block.split(';').filter_map(of).collect()
}

/// The declarations of names of one's own: `--accent: #0072bc`.
fn custom_in(block: &str) -> impl Iterator<Item = (String, String)> + '_ {
    block.split(';').filter_map(|declaration| {
        let (name, value) = declaration.split_once(':')?;
        let name = name.trim().strip_prefix("--")?;
        (value.len() <= 1_000).then(|| (name.to_ascii_lowercase(), value.trim().to_ascii_lowercase()))
    })
}

/// Splits a list of selectors at its commas, except inside brackets.
fn split_list(selectors: &str) -> Vec<&str> {
    let mut depth = 0_i32;
    selectors
        .split(|character| {
            match character {
                '(' | '[' => depth += 1,
                ')' | ']' => depth -= 1,
                _ => {}
            }
            character == ',' && depth <= 0
        })
        .collect()
}

/// What the last part of a selector asks for.
enum Key {
    Id(String),
    Class(String),
    Tag(String),
    /// None of these plainly.
    Other,
}

fn key(selector: &str) -> Key {
    let last = selector.rsplit([' ', '>', '+']).next().unwrap_or_default();
    let plain = last.split(':').next().unwrap_or_default();
    if last.contains(['(', ')', '[', ']', '\\', '"', '\'', '|']) || plain.trim_start_matches('*').is_empty() {
        return Key::Other;
    }
    let name = |at: usize| plain[at + 1..].split(['.', '#']).next().unwrap_or_default().to_owned();
    match (plain.find('#'), plain.find('.')) {
        (Some(at), _) => Key::Id(name(at)),
        (None, Some(at)) => Key::Class(name(at)),
        (None, None) => Key::Tag(plain.to_ascii_lowercase()),
    }
}

/// How many ids, classes and tags a selector names.
fn specificity(selector: &str) -> [u32; 3] {
    let count = |marks: &[char]| u32::try_from(selector.matches(marks).count()).unwrap_or(u32::MAX);
    let tags = selector
        .split([' ', '>', '+'])
        .filter(|part| part.starts_with(|character: char| character.is_ascii_alphabetic()))
        .count();
    [count(&['#']), count(&['.', '[', ':']), u32::try_from(tags).unwrap_or(u32::MAX)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use scraper::Html;

    /// What the stylesheet says of the display of the element with id `x`.
    fn check(css: &str, body: &str, expected: Option<&str>) {
        let html = Html::parse_document(body);
        let mut sheet = Stylesheet::default();
        sheet.add(css);
        let found = html.select(&Selector::parse("#x").unwrap()).next().unwrap();
        assert_eq!(
            sheet.declared(found, Attributes::of(found.value())).get(Property::Display),
            expected,
            "{css}"
        );
    }

    #[test]
    fn rules_are_found_by_class_tag_and_id() {
        check(".off{display:none}", "<p id=x class='a off'>", Some("none"));
        check("p{display:none}", "<p id=x>", Some("none"));
        check("#x { display : NONE }", "<p id=x>", Some("none"));
        check(".off{display:none}", "<p id=x class=offer>", None);
        check("<!-- .hd1 {font-size:18pt} .off {display:none} -->", "<p id=x class=off>", Some("none"));
    }

    #[test]
    fn the_stronger_rule_wins() {
        check("div.a{display:block} .a{display:none}", "<div id=x class=a>", Some("block"));
        check(".a{display:none} .b{display:block}", "<div id=x class='b a'>", Some("block"));
        check(".a{display:none!important}", "<div id=x class=a style='display:block'>", Some("none"));
        check(".a{display:none}", "<div id=x class=a style='display:block'>", Some("block"));
        check(".menu .a, .c > .d {display:none}", "<div class=menu><i id=x class=a>", Some("none"));
        check(".menu .a {display:none}", "<div class=other><i id=x class=a>", None);
    }

    #[test]
    fn names_of_ones_own_stand_for_what_the_root_says() {
        check(":root{--seen:none} p{display:var(--seen)}", "<p id=x>", Some("none"));
        check(":root{--seen:var(--shown);--shown:flex} p{display:var(--seen)}", "<p id=x>", Some("flex"));
        check(":root{--other:none} p{display:var(--seen, block)}", "<p id=x>", Some("block"));
        check(":root{--seen:var(--seen)} p{display:var(--seen)}", "<p id=x>", Some("var(--seen)"));
        let html = Html::parse_document("<svg><rect id=x fill='var(--Accent)'></svg>");
        let mut sheet = Stylesheet::default();
        sheet.add(":root { --accent: #2CAFFE }");
        let found = html.select(&Selector::parse("#x").unwrap()).next().unwrap();
        assert_eq!(sheet.declared(found, Attributes::of(found.value())).get(Property::Fill), Some("#2caffe"));
    }

    #[test]
    fn only_conditions_of_a_wide_screen_hold() {
        check("@media print{.a{display:none}} .b{display:flex}", "<i id=x class='a b'>", Some("flex"));
        check("@media screen and (max-width:600px){.a{display:none}}", "<i id=x class=a>", None);
        check("@media (min-width: 40em){.a{display:none}}", "<i id=x class=a>", Some("none"));
        check("@font-face{src:url(a)} .a{display:none}", "<i id=x class=a>", Some("none"));
    }

    #[test]
    fn broken_css_ends_without_harm() {
        check("}}} .a{display:none", "<i id=x class=a>", Some("none"));
        check("/* .a{display:none}", "<i id=x class=a>", None);
        check(".a:hover .b::before, .a:has(b){display:none}", "<i id=x class=a>", None);
    }
}
