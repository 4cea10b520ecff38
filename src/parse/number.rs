//! A text to the figures printed in it, to the digits that are no figures, and to figures no careful writer prints.

mod body;
mod direction;
mod exclusion;
mod quote;
mod scan;
mod surroundings;
mod words;

use std::ops::Range;

use rust_decimal::Decimal;

use super::language::Language;
use crate::schema::{Direction, Interval, Qualifier};

pub(super) use scan::read_beside;
pub(super) use surroundings::{end_of_address, is_year_of_reference};

pub use direction::{DirectionMark, MarkKind, direction_marks};
pub(super) use words::scale;

/// Whether a plain space may stand between groups of three digits; thin and no-break spaces always may.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SpaceGroups {
    /// `7 900` is one figure where nothing speaks for two: alone in its cell, after "some", before a noun; never in a row of figures.
    #[default]
    Guarded,
    /// Always one figure.
    Joined,
    /// Always two figures.
    Apart,
}

/// Whether `12k` and `3.4m` are figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ShortScales {
    /// Letters glued to digits make a name: `A4`, `3m`.
    #[default]
    Refused,
    /// `k` is thousand, `m` is million.
    Read,
}

/// How a family of reports writes numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NumberConvention {
    /// Characters that group thousands, beside thin and no-break spaces and apostrophes.
    pub thousands: Vec<char>,
    /// The decimal mark.
    pub decimal: char,
    /// What a plain space between digits means.
    pub spaces: SpaceGroups,
    /// What a scale letter after digits means.
    pub short_scales: ShortScales,
}

impl NumberConvention {
    /// `7,900.5`
    pub fn english() -> Self {
        Self {
            thousands: vec![','],
            decimal: '.',
            spaces: SpaceGroups::default(),
            short_scales: ShortScales::default(),
        }
    }

    /// `7.900,5` and `7 900,5`
    pub fn continental() -> Self {
        Self {
            thousands: vec!['.'],
            decimal: ',',
            spaces: SpaceGroups::default(),
            short_scales: ShortScales::default(),
        }
    }
}

impl Default for NumberConvention {
    fn default() -> Self {
        Self::english()
    }
}

/// What a figure counts in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NumberKind {
    /// `7,900`
    Count,
    /// `47%`, `seven per cent`
    Percent,
    /// `3 percentage points`
    Points,
}

/// A sign printed before a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sign {
    /// `+`
    Plus,
    /// `-`, `−` or `–`
    Minus,
}

/// One figure as printed.
#[expect(clippy::struct_excessive_bools, reason = "each tells how it is printed, whatever the others tell")]
#[derive(Debug, Clone, PartialEq)]
pub struct Number {
    /// Bytes of the quote: sign, figure, scale and percent sign or word. `- 33%`, `seven per cent`, `3.4 million`.
    pub range: Range<usize>,
    /// The number, negative after a minus sign.
    pub value: Decimal,
    /// What it counts in.
    pub kind: NumberKind,
    /// One unit of the last place that carries meaning, zero where the figure is exact; see [`Interval::printed`].
    pub step: Decimal,
    /// Approximator beside it.
    pub qualifier: Qualifier,
    /// Bytes of the approximator; it stands just before the quote, or just after (`or more`).
    pub qualifier_range: Option<Range<usize>>,
    /// Sign printed, part of the quote.
    pub sign: Option<Sign>,
    /// Way an arrow points that stands just before or after the quote.
    pub arrow: Option<Direction>,
    /// Printed in words.
    pub word: bool,
    /// Said of each of several things: `two per cent each`.
    pub each: bool,
    /// May be a year: four bare digits from 1900 to 2100.
    pub year_like: bool,
    /// One end of a printed range, `7,500 – 8,500`: no figure by itself.
    pub in_range: bool,
}

impl Number {
    /// All true values that would be printed so.
    pub fn interval(&self) -> Interval {
        Interval::printed(self.value, self.step, self.qualifier)
    }
}

/// Why digits are no figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotFigureKind {
    /// Part of a web or mail address.
    Address,
    /// Part of a date.
    Date,
    /// `14:30`, `8 a.m.`
    Time,
    /// `1st`, `31st`
    Ordinal,
    /// `^{5}`, `[5]` glued to a word.
    Footnote,
    /// `resolution 1244`, `Table 5`, `S/RES/1244`
    Reference,
    /// A telephone number.
    Phone,
    /// Glued to letters: `COVID-19`, `A4`, `12-month`.
    Name,
    /// `2/3`, `1.2.3`, `6 out of 10`
    Fraction,
    /// `three times the figure`
    Multiple,
    /// `aged 12`, `children under 18`
    Age,
    /// The number of a list item, `1.`
    Enumerator,
    /// Too many digits for a count, or one that starts with zero.
    Code,
}

/// Digits that are no figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotFigure {
    /// Bytes of the text.
    pub range: Range<usize>,
    /// Why.
    pub kind: NotFigureKind,
}

/// A figure, date or placeholder that no careful writer prints.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Malformed {
    /// Bytes of the text.
    pub range: Range<usize>,
    /// What is wrong, as [`crate::schema::Fact::Malformed`] words it.
    pub why: &'static str,
}

/// All that digits and number words of a text are.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Numbers {
    /// Figures, in order.
    pub figures: Vec<Number>,
    /// Digits that are no figures, in order.
    pub not_figures: Vec<NotFigure>,
    /// Faulty figures, dates and placeholders, in order.
    pub malformed: Vec<Malformed>,
}

/// Reads a text once for figures, for what is none, and for what is malformed.
pub fn read(text: &str, convention: &NumberConvention, language: &Language) -> Numbers {
    scan::read(text, convention, language)
}

/// The figures of a text, in order; they do not overlap.
pub fn numbers(text: &str, convention: &NumberConvention, language: &Language) -> Vec<Number> {
    read(text, convention, language).figures
}

/// The digits of a text that are no figures, years aside.
pub fn not_figures(text: &str, convention: &NumberConvention, language: &Language) -> Vec<NotFigure> {
    read(text, convention, language).not_figures
}

/// Figures, dates and placeholders of a text that no careful writer prints.
pub fn malformed(text: &str, convention: &NumberConvention, language: &Language) -> Vec<Malformed> {
    read(text, convention, language).malformed
}

/// The one figure that a whole cell or label is, signs and approximators included: `7,900`, `some 7,900`, `- 33%`, `(36%)`.
pub fn number(text: &str, convention: &NumberConvention, language: &Language) -> Option<Number> {
    let read = read(text, convention, language);
    let [number] = <[Number; 1]>::try_from(read.figures).ok()?;
    if !read.not_figures.is_empty() || !read.malformed.is_empty() {
        return None;
    }
    let (start, end) = match &number.qualifier_range {
        Some(range) => (range.start.min(number.range.start), range.end.max(number.range.end)),
        None => (number.range.start, number.range.end),
    };
    let beside = |text: &str| text.chars().all(|character| !character.is_alphanumeric() && character != '%');
    (beside(&text[..start]) && beside(&text[end..])).then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each figure as `quote=value` with what else was seen of it.
    fn shown(text: &str, convention: &NumberConvention) -> String {
        let figures = numbers(text, convention, Language::english());
        let shown = figures.iter().map(|number| {
            let unit = match number.kind {
                NumberKind::Count => "",
                NumberKind::Percent => "%",
                NumberKind::Points => "pp",
            };
            let flags = [
                (number.qualifier != Qualifier::Exact, number.qualifier.as_str()),
                (number.each, "each"),
                (number.year_like, "year"),
                (number.in_range, "range"),
                (number.arrow == Some(Direction::Up), "Up"),
                (number.arrow == Some(Direction::Down), "Down"),
            ];
            let mut words = vec![format!("{}={}{unit}", &text[number.range.clone()], number.value.normalize())];
            words.extend(flags.iter().filter(|(set, _)| *set).map(|(_, word)| (*word).to_owned()));
            words.join(" ")
        });
        shown.collect::<Vec<_>>().join("; ")
    }

    fn check(text: &str, expected: &str) {
        assert_eq!(shown(text, &NumberConvention::english()), expected, "{text}");
    }

    fn check_continental(text: &str, expected: &str) {
        assert_eq!(shown(text, &NumberConvention::continental()), expected, "{text}");
    }

    fn check_interval(text: &str, expected: &str) {
        let figures = numbers(text, &NumberConvention::english(), Language::english());
        assert_eq!(
            figures.first().map(|number| number.interval().to_string()).unwrap_or_default(),
            expected,
            "{text}"
        );
    }

    #[test]
    fn counts_are_read_as_printed() {
        check("some 7,900 refugees", "7,900=7900 about");
        check("6,354 refugees and migrants", "6,354=6354");
        check("Total 56,213", "56,213=56213");
        check("US$ 3.4 million and 12,345.67", "3.4 million=3400000; 12,345.67=12345.67");
        check("1,017² and 25,443³", "1,017=1017; 25,443=25443");
        check("Intentions: 35,600", "35,600=35600");
        check("12k and 3m", "");
        check("268", "268=268");
        check("(3,100)", "3,100=3100");
        check("1,234,567 persons", "1,234,567=1234567");
        check("152'540 and 152’540", "152'540=152540; 152’540=152540");
        check("79\u{2009}394 persons", "79\u{2009}394=79394");
        check("3.4 million persons", "3.4 million=3400000");
        check("Of these 60 arrived. Then 7 left.", "60=60; 7=7");
        check("$5,000", "5,000=5000");
    }

    #[test]
    fn shares_are_read_in_figures_and_words() {
        check("47 per cent less than", "47 per cent=47%");
        check("seven per cent", "seven per cent=7%");
        check("Twenty-one percent", "Twenty-one percent=21%");
        check("(two per cent each)", "two per cent=2% each");
        check("(12% each)", "12%=12% each");
        check("3.4%", "3.4%=3.4%");
        check("12 %", "12 %=12%");
        check("one per cent", "one per cent=1%");
        check("3 percentage points", "3 percentage points=3pp");
        check("fell by 2.5 p.p.", "2.5 p.p.=2.5pp");
        check("seven per\ncent", "seven per\ncent=7%");
        check("67%.", "67%=67%");
        check("7(%)", "7(%)=7%");
    }

    #[test]
    fn signs_belong_to_the_quote() {
        check("- 33%", "- 33%=-33%");
        check("-8%", "-8%=-8%");
        check("−8%", "−8%=-8%");
        check("–8%", "–8%=-8%");
        check("+16%", "+16%=16%");
        check("Syrian Arab Republic (36%) ↓ -8%", "36%=36%; -8%=-8% Down");
        check("Pakistan (27%) ↑ +16%", "27%=27%; +16%=16% Up");
        check("change (- 33%) since", "- 33%=-33%");
        check("3,100\n- 33%\nCOMPARED TO", "3,100=3100; - 33%=-33%");
        check("- 33% of arrivals were children", "33%=33%");
        check("36% -8%", "36%=36%; -8%=-8%");
        check("8% ↓", "8%=8% Down");
        check("↓47%", "47%=47% Down");
        check("↑ + 16%", "+ 16%=16% Up");
        check("3,100\n-33%", "3,100=3100; -33%=-33%");
        check("3,100 -33%", "3,100=3100; -33%=-33%");
        check("3,100\t-33%", "3,100=3100; -33%=-33%");
        check("10 -15%", "10=10; 15%=15%");
        check("-\u{a0}33%", "-\u{a0}33%=-33%");
        check("-47", "-47=-47");
        check("Egypt – 33%", "33%=33%");
        check("COVID-19 - 12 cases", "12=12");
    }

    #[test]
    fn ranges_are_no_signs() {
        check("2016 - 2023", "2016=2016 year range; 2023=2023 year range");
        check("10-15%", "10=10 range; 15%=15% range");
        check("3,400 - 3,900 estimated", "3,400=3400 range; 3,900=3900 range");
        check("10 to 15 per cent", "10=10 range; 15 per cent=15% range");
        check("from 3,100 to 2,900", "3,100=3100; 2,900=2900");
    }

    #[test]
    fn approximators_stand_just_before() {
        check("more than 6,300", "6,300=6300 over");
        check("no less than 6,300", "6,300=6300 over");
        check("less than 6,300", "6,300=6300 under");
        check("nearly 500,000", "500,000=500000 under");
        check("an estimated 9,800", "9,800=9800 about");
        check("a total of 9,800", "9,800=9800");
        check("approx. 300", "300=300 about");
        check("~300", "300=300 about");
        check(">228,000", "228,000=228000 over");
        check("5,000+ persons", "5,000=5000 over");
        check("10% over last year", "10%=10%");
        check("47 per cent less than in 2023", "47 per cent=47%; 2023=2023 year");
        check("14% more than in the same period", "14%=14%");
        check("some\n7,900", "7,900=7900 about");
        check("some 2000 refugees", "2000=2000 about");
        check("a rise over 2022", "2022=2022 over year");
        check("Over 1,070 refugees", "1,070=1070 over");
    }

    #[test]
    fn a_figure_stands_for_an_interval() {
        check_interval("some 7,900", "7850 to 7950");
        check_interval("some 7,914", "7913.5 to 7914.5");
        check_interval("6,354", "6354");
        check_interval("30,200", "30200");
        check_interval("47%", "46.5 to 47.5");
        check_interval("about 40%", "39.5 to 40.5");
        check_interval("seven per cent", "6.5 to 7.5");
        check_interval("3.4%", "3.35 to 3.45");
        check_interval("3.4 million", "3350000 to 3450000");
        check_interval("more than 6,300", "6300 to 6400");
        check_interval("nearly 6,300", "6200 to 6300");
        check_interval("- 33%", "-33.5 to -32.5");
        check_interval("some 2,320", "2315 to 2325");
    }

    #[test]
    fn number_words_count() {
        check("seven persons", "seven=7");
        check("one of the centres", "");
        check("one person", "one=1");
        check("three hundred and five persons", "three hundred and five=305");
        check("two-thirds of them", "");
        check("a two-week stay", "");
        check("two million people", "two million=2000000");
        check("the twenty-first century", "");
        check("four countries", "four=4");
        check("none of them", "");
    }

    #[test]
    fn digits_in_names_dates_and_references_are_no_figures() {
        check("COVID-19 and covid19", "");
        check("Security Council resolution 1244 (1999)", "");
        check("Kosovo (S/RES/1244 [1999])", "");
        check("UNSCR 1244", "");
        check("the 1st, the 31st", "");
        check("A4", "");
        check("https://data.unhcr.org/en/dataviz/336?sv=41&geo=0", "");
        check("see data.unhcr.org/en/documents/12345 for 7 more", "7=7");
        check("mathieu12@unhcr.org", "");
        check("as of 31 July", "");
        check("Data as of: 31-01-2020", "");
        check("17 January 2025", "2025=2025 year");
        check("in December 2024", "2024=2024 year");
        check("at 14:30 or 8 a.m.", "");
        check("Tel. +381 11 2082 000", "");
        check("Table 5 and page 12", "");
        check("children under 18", "");
        check("aged 12-17", "");
        check("a 12-month period", "");
        check("(aged 14 to 17 years)", "");
        check("nearly three times the figure", "");
        check("12 times the 425 registered", "425=425");
        check("less than 6 out of 10", "");
        check("437 out of 5,065", "437=437; 5,065=5065");
        check("between January and December 20191 some", "");
        check("the first three months of last year", "");
        check("2/3 of", "");
        check("first seven months of 2024", "2024=2024 year");
        check("1. Introduction", "");
        check("arrivals^{5,6} 300", "300=300");
    }

    #[test]
    fn plain_spaces_join_groups_only_where_nothing_speaks_for_two_figures() {
        check("7 900", "7 900=7900");
        check("over 9 300 households", "9 300=9300 over");
        check("14 000 people remained", "14 000=14000");
        check("2023 2024", "2023=2023 year; 2024=2024 year");
        check("336 235 222 158", "336=336; 235=235; 222=222; 158=158");
        check("935 732", "935=935; 732=732");
        check("774 400 Estimated", "774=774; 400=400");
        check("Land 483 275 253 446", "483=483; 275=275; 253=253; 446=446");
        check("Jan 22 Feb 15", "22=22; 15=15");
    }

    #[test]
    fn what_something_fell_by_and_came_to_is_no_range() {
        check("went down by 1,150 to 8,260", "1,150=1150; 8,260=8260");
        check("fell by 4.5% to 38.2%", "4.5%=4.5%; 38.2%=38.2%");
        check("rose by 10 to 15 per cent", "10=10 range; 15 per cent=15% range");
        check("of the 137,500 – 54 per cent – with food", "137,500=137500; 54 per cent=54%");
    }

    #[test]
    fn continental_numbers_follow_their_convention() {
        check_continental("1,2 %", "1,2 %=1.2%");
        check_continental("7.900 migrants", "7.900=7900");
        check_continental("7 900,5", "7 900,5=7900.5");
        check_continental("25,4433", "25,4433=25.4433");
    }

    fn check_malformed(text: &str, expected: &str) {
        let found = malformed(text, &NumberConvention::english(), Language::english());
        let shown: Vec<&str> = found.iter().map(|malformed| &text[malformed.range.clone()]).collect();
        assert_eq!(shown.join("; "), expected, "{text}");
    }

    #[test]
    fn malformed_figures_are_reported_and_not_read() {
        for fault in ["25,4433", "1,23,456", "12,34", "45%%", "7.900", "1.234.567"] {
            check_malformed(&format!("some {fault} persons"), fault);
            check(&format!("some {fault} persons"), "");
        }
        check_malformed("1,2 %", "1,2");
        check_malformed("XX persons and some XXX", "XX; XXX");
        check_malformed("XX,XXX refugees", "XX,XXX");
        check_malformed("[number] persons", "[number]");
        check_malformed("#REF! and NaN%", "#REF!; NaN%");
        check_malformed("as of 31 April 2024", "31 April 2024");
        check_malformed("30 February", "30 February");
        check_malformed("on 29 February 2023", "29 February 2023");
    }

    #[test]
    fn careful_writing_is_not_malformed() {
        for text in [
            "XX century",
            "XXX",
            "1,234",
            "5,6",
            "2023,2024",
            "29 February 2024",
            "notes 1,2,3",
            "12.345%",
            "[1999]",
            "3.141 million",
            "01/31/2020",
        ] {
            check_malformed(text, "");
        }
    }
}
