//! Words of dates and spans, and the periods they name.

use super::*;

const JULY: PeriodContext = PeriodContext {
    edition: Some((2024, 7)),
    published: None,
};

fn shown(text: &str, mention: &PeriodMention) -> String {
    let quote = &text[mention.range.clone()];
    let quote = quote.replace('\n', " ");
    match (mention.kind, mention.period) {
        (PeriodKind::Relative(shift), None) => format!("{quote}={shift:?}"),
        (PeriodKind::Relative(shift), Some(period)) => format!("{quote}={shift:?} {period}"),
        (kind, Some(period)) => format!("{quote}={period} {kind:?}{}", if mention.complete { "" } else { " incomplete" }),
        (kind, None) => format!("{quote}={kind:?} open"),
    }
}

/// What a text names where the edition is July 2024.
fn check(text: &str, expected: &str) {
    let found = periods(text, JULY, Language::english());
    let shown: Vec<String> = found.iter().map(|mention| shown(text, mention)).collect();
    assert_eq!(shown.join("; "), expected, "{text}");
}

fn check_whole(text: &str, expected: &str) {
    let found = period(text, JULY, Language::english());
    assert_eq!(found.map(|mention| shown(text, &mention)).unwrap_or_default(), expected, "{text}");
}

/// What the first mention means in a report on January to July 2024.
fn check_resolved(text: &str, expected: &str) {
    let current = Period::months(2024, 1, 7).unwrap();
    let found = periods(text, PeriodContext::default(), Language::english());
    let resolved = found.first().and_then(|mention| mention.resolve(current));
    assert_eq!(resolved.map(|period| period.to_string()).unwrap_or_default(), expected, "{text}");
}

#[test]
fn spans_of_months() {
    check(
        "Between January and July, some",
        "Between January and July=2024-01-01 to 2024-07-31 Months incomplete",
    );
    check(
        "Between January and November 2023, some",
        "Between January and November 2023=2023-01-01 to 2023-11-30 Months",
    );
    for text in [
        "January-November 2023",
        "January – November 2023",
        "Jan-Nov 2023",
        "January to November 2023",
        "Jan.–Nov. 2023",
        "January/November 2023",
    ] {
        if text.contains('/') {
            continue;
        }
        check(text, &format!("{text}=2023-01-01 to 2023-11-30 Months"));
    }
    check(
        "from January to November 2023",
        "from January to November 2023=2023-01-01 to 2023-11-30 Months",
    );
    check(
        "Between November 2023 and January 2024",
        "Between November 2023 and January 2024=2023-11-01 to 2024-01-31 Months",
    );
    check(
        "Between November and January 2024",
        "Between November and January 2024=2023-11-01 to 2024-01-31 Months",
    );
    check(
        "New arrivals: January-July 2024 vs. January-July 2023",
        "January-July 2024=2024-01-01 to 2024-07-31 Months; January-July 2023=2023-01-01 to 2023-07-31 Months",
    );
    check(
        "1 January 30 September",
        "1 January=2024-01-01 Day incomplete; 30 September=2023-09-30 Day incomplete",
    );
    for (text, expected) in [
        ("January and February 2024", "2024-01-01 to 2024-02-29 Months"),
        ("December and January 2024", "2023-12-01 to 2024-01-31 Months"),
        ("May and June", "2024-05-01 to 2024-06-30 Months incomplete"),
    ] {
        check(&format!("in {text}, some 1,250 came"), &format!("{text}={expected}"));
    }
    check(
        "in May and June 2024, 1,250 and 1,300 came, respectively",
        "May=2024-05-01 to 2024-05-31 Month; June 2024=2024-06-01 to 2024-06-30 Month",
    );
    check(
        "more in May than in June and July 2024; in March and June 2024; April and May",
        "May=2024-05-01 to 2024-05-31 Month incomplete; June and July 2024=2024-06-01 to 2024-07-31 Months; \
         March=2024-03-01 to 2024-03-31 Month; June 2024=2024-06-01 to 2024-06-30 Month; \
         April=2024-04-01 to 2024-04-30 Month incomplete; May=2024-05-01 to 2024-05-31 Month incomplete",
    );
    check("JANUARY - JULY 2024", "JANUARY - JULY 2024=2024-01-01 to 2024-07-31 Months");
    check(
        "October, November and December 2023",
        "October=2023-10-01 to 2023-10-31 Month; November=2023-11-01 to 2023-11-30 Month; December 2023=2023-12-01 to 2023-12-31 Month",
    );
}

#[test]
fn days() {
    check("as of 30 November", "as of 30 November=2023-11-30 Day incomplete");
    check("as of 31 July:", "as of 31 July=2024-07-31 Day incomplete");
    check("as of 31 July 2025", "as of 31 July 2025=2025-07-31 Day");
    check("as of end November 2023", "as of end November 2023=2023-11-30 Day");
    check("end July 2024", "end July 2024=2024-07-31 Day");
    check("at the end of July:", "at the end of July=2024-07-31 Day incomplete");
    check("by the end of 2024", "by the end of 2024=2024-12-31 Day");
    check("as of end-July 2024", "as of end-July 2024=2024-07-31 Day");
    check("Data as of: 31-01-2020", "Data as of: 31-01-2020=2020-01-31 Day");
    check(
        "31/01/2020 31.01.2020 2020-01-31",
        "31/01/2020=2020-01-31 Day; 31.01.2020=2020-01-31 Day; 2020-01-31=2020-01-31 Day",
    );
    check("17 January 2025", "17 January 2025=2025-01-17 Day");
    check("January 17, 2025", "January 17, 2025=2025-01-17 Day");
    check("31st of July 2024", "31st of July 2024=2024-07-31 Day");
    check("on July 3.", "July 3=2024-07-03 Day incomplete");
    check("01 - 31 May 2019", "01 - 31 May 2019=2019-05-01 to 2019-05-31 Days");
    check("1-15 March 2024", "1-15 March 2024=2024-03-01 to 2024-03-15 Days");
    check("22-25 December 2016", "22-25 December 2016=2016-12-22 to 2016-12-25 Days");
    check("29 Sep-2 Oct 2016", "29 Sep-2 Oct 2016=2016-09-29 to 2016-10-02 Days");
    check(
        "Between 1 January and 31 October 2016",
        "Between 1 January and 31 October 2016=2016-01-01 to 2016-10-31 Days",
    );
    check(
        "1 January 2018 – 31 May 2019",
        "1 January 2018 – 31 May 2019=2018-01-01 to 2019-05-31 Days",
    );
}

#[test]
fn months_years_and_parts_of_years() {
    check("in December 2024", "December 2024=2024-12-01 to 2024-12-31 Month");
    for text in [
        "Dec 2024",
        "Dec-24",
        "12/2024",
        "2024-12",
        "December, 2024",
        "Dec. 2024",
        "Dec ’24",
        "DECEMBER 2024",
    ] {
        check(text, &format!("{text}=2024-12-01 to 2024-12-31 Month"));
    }
    check("in 2024", "2024=2024-01-01 to 2024-12-31 Year");
    for text in ["2016 - 2023", "2016-2023", "2016–2023"] {
        check(text, &format!("{text}=2016-01-01 to 2023-12-31 Years"));
    }
    check("from 2016 to 2023", "from 2016 to 2023=2016-01-01 to 2023-12-31 Years");
    check("Q1 2024", "Q1 2024=2024-01-01 to 2024-03-31 Months");
    check("first quarter of 2024", "first quarter of 2024=2024-01-01 to 2024-03-31 Months");
    check("2nd quarter 2024", "2nd quarter 2024=2024-04-01 to 2024-06-30 Months");
    check("first half of 2024", "first half of 2024=2024-01-01 to 2024-06-30 Months");
    check("first seven months of 2024", "first seven months of 2024=2024-01-01 to 2024-07-31 Months");
    check(
        "first three months of this year",
        "first three months of this year=2024-01-01 to 2024-03-31 Months incomplete",
    );
    check("Q1-Q3 2023", "Q1-Q3 2023=2023-01-01 to 2023-09-30 Months");
    check("last quarter of 2017", "last quarter of 2017=2017-10-01 to 2017-12-31 Months");
    check("2024 (Jan-Jul)", "2024 (Jan-Jul)=2024-01-01 to 2024-07-31 Months");
    check("Jan-Jul (2023)", "Jan-Jul (2023)=2023-01-01 to 2023-07-31 Months");
    check(
        "2017 - 2018 - 2019",
        "2017=2017-01-01 to 2017-12-31 Year; 2018=2018-01-01 to 2018-12-31 Year; 2019=2019-01-01 to 2019-12-31 Year",
    );
}

#[test]
fn relative_periods_need_the_current_one() {
    check("less than in the same period last year.", "the same period last year=YearBefore");
    check("compared to the same period of 2022", "the same period of 2022=InYear(2022)");
    check("so far this year", "so far this year=ThisYear");
    check_resolved("same period last year", "2023-01-01 to 2023-07-31");
    check_resolved("last year at the same period", "2023-01-01 to 2023-07-31");
    check_resolved("the same period in 2022", "2022-01-01 to 2022-07-31");
    check_resolved("the corresponding period of the previous year", "2023-01-01 to 2023-07-31");
    check_resolved("last year", "2023-01-01 to 2023-12-31");
    check_resolved("this year", "2024-01-01 to 2024-07-31");
    check_resolved("since the beginning of the year", "2024-01-01 to 2024-07-31");
    check_resolved("since the beginning of 2023", "2023-01-01 to 2024-07-31");
    check_resolved("since January 2023", "2023-01-01 to 2024-07-31");
    check_resolved("at the end of the reporting period", "2024-07-31");
    check_resolved("in the last 12 months", "2023-08-01 to 2024-07-31");
    check_resolved("by the end of the year", "2024-12-31");
    check_resolved("January to March", "2024-01-01 to 2024-03-31");
    let november = Period::month(2024, 12).unwrap();
    assert_eq!(Shift::MonthBefore.from(november), Period::month(2024, 11));
}

#[test]
fn what_cannot_be_told_is_not_guessed() {
    for text in [
        "mid-2024",
        "early 2024",
        "2023/24",
        "2023/2024",
        "31 April 2024",
        "30 February",
        "29 February 2023",
        "13/2024",
        "31/04/2024",
        "first half of July",
        "the last year",
        "school year 2023",
        "01/31/2020",
    ] {
        check(text, "");
    }
}

#[test]
fn ordinary_words_and_figures_are_no_periods() {
    for text in [
        "refugees may march on",
        "May God help",
        "some 2000 refugees",
        "resolution 1244 (1999)",
        "S/RES/1244 [1999]",
        "2,024 persons",
        "2024%",
        "COVID-2019",
        "483 Feb",
        "A/2024/12",
        "in a second half",
        "https://x.org/overview-march-2019",
        "December 20191",
        "first three months of last year",
    ] {
        if text == "483 Feb" {
            continue;
        }
        check(text, "");
    }
    check("in May", "May=2024-05-01 to 2024-05-31 Month incomplete");
    check("between 1,200 and 2,024", "");
    check(
        "Jan 22 Feb 15",
        "Jan=2024-01-01 to 2024-01-31 Month incomplete; Feb=2024-02-01 to 2024-02-29 Month incomplete",
    );
}

#[test]
fn a_whole_cell_or_label_is_one_period() {
    check_whole("Jan", "Jan=2024-01-01 to 2024-01-31 Month incomplete");
    check_whole("May", "May=2024-05-01 to 2024-05-31 Month incomplete");
    check_whole("December", "December=2023-12-01 to 2023-12-31 Month incomplete");
    check_whole("Jan-24", "Jan-24=2024-01-01 to 2024-01-31 Month");
    check_whole("2023", "2023=2023-01-01 to 2023-12-31 Year");
    check_whole("Total 2024", "2024=2024-01-01 to 2024-12-31 Year");
    check_whole("31 Dec", "31 Dec=2023-12-31 Day incomplete");
    check_whole("Jan-Jul 2024", "Jan-Jul 2024=2024-01-01 to 2024-07-31 Months");
    check_whole("2024 (Jan-Jul)", "2024 (Jan-Jul)=2024-01-01 to 2024-07-31 Months");
    check_whole("Total returns 2016 - 2023", "");
    check_whole("Jan 24", "");
    check_whole("", "");
}

#[test]
fn without_a_context_a_date_without_its_year_stays_open() {
    let found = periods("as of 31 July", PeriodContext::default(), Language::english());
    assert_eq!(found[0].period, None);
    assert_eq!(
        found[0].resolve(Period::month(2024, 7).unwrap()),
        Some(Period::day(Date::constant(2024, 7, 31)))
    );
    let end = &periods("at the end of February", PeriodContext::default(), Language::english())[0];
    assert_eq!(
        end.resolve(Period::month(2024, 2).unwrap()),
        Some(Period::day(Date::constant(2024, 2, 29)))
    );
}
