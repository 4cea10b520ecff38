//! The same statements in the words that other writers choose: each short text gives these figures and no others.

mod common;

use std::fmt::Write as _;

use common::row;
use crosstally::{
    input::{self, Limits},
    parse::{self, Profiles},
    schema::DocumentRecord,
};

/// A dashboard of May 2024 whose only figures are those of the text.
fn dashboard(text: &str) -> String {
    let mut page = String::from("Key figures at Regional level\n\nNew arrivals: January-May 2024 vs. January-May 2023\n\n");
    write!(page, "{text}\n\n").expect("a string takes any text");
    page.push_str("To explore asylum data, please visit Western Balkans Asylum Dashboard\n\nOperational data portal\n\n");
    page.push_str("Data presented in this dashboard is collected by UNHCR through Border Protection Monitoring.\n\n");
    page.push_str("Number of unaccompanied or separated children present at end of the reporting period:\n");
    page
}

/// Every figure of the text: indicator, statistic, area, origin, group, last day, last day of the base, value.
#[track_caller]
fn check(text: &str, expected: &[&str]) {
    check_page(&dashboard(text), expected);
}

#[track_caller]
fn check_page(page: &str, expected: &[&str]) {
    let profiles = Profiles::embedded().expect("the embedded profiles are sound");
    let name = if page.starts_with('<') { "may.html" } else { "may.txt" };
    let document = input::read(page.as_bytes(), name, &Limits::default()).expect("a text can be read");
    let record = DocumentRecord {
        path: name.into(),
        ..DocumentRecord::default()
    };
    let found: Vec<String> = parse::extract(&document, record, &profiles)
        .observations
        .iter()
        .map(|observation| {
            let row = row(observation);
            assert!(!row.is_empty());
            let base = observation.base.map_or_else(String::new, |base| format!(" against {}", base.end));
            let who = format!("{}{}{}", observation.area, observation.origin, observation.group);
            format!(
                "{} {} {who} {}{base}: {}",
                observation.indicator,
                observation.statistic.as_str(),
                observation.period.end,
                observation.value.normalize()
            )
        })
        .collect();
    assert_eq!(found, expected, "{page}");
}

const TRANSITS: &str = "Some 6,300 people transited the region between January and May 2024.";
const TRANSITED: &str = "mixed_movements count WBALK 2024-05-31: 6300";
const PRESENT: &str = "Some 6,300 persons were present in the region at the end of May 2024.";
const STAYED: &str = "persons_present count WBALK 2024-05-31: 6300";

#[test]
fn transits_are_told_in_many_ways() {
    check(
        "Since January, about 6,300 individuals have been travelling through the Western Balkans.",
        &[TRANSITED],
    );
    check(
        "The number of persons transiting the region between January and May stood at 6,300.",
        &[TRANSITED],
    );
    check(
        "In the first five months of 2024 the region saw the transit of 6,300 migrants.",
        &[TRANSITED],
    );
}

#[test]
fn what_a_change_is_measured_against_is_read_with_its_own_days() {
    let change = "mixed_movements change WBALK 2024-05-31 against 2023-05-31: 12";
    let before = "mixed_movements count WBALK 2023-05-31: 5600";
    check(
        &format!("{TRANSITS} It is a 12% increase on the 5,600 recorded in the same period of 2023."),
        &[TRANSITED, change, before],
    );
    check(
        &format!("{TRANSITS} In the same period last year, 5,600 people transited."),
        &[TRANSITED, before],
    );
    for told in ["in the same period of 2023 (5,600)", "over the first five months of 2023 (5,600)"] {
        check(&format!("{TRANSITS} This is 12 per cent more than {told}."), &[TRANSITED, change, before]);
    }
    check(
        &format!("{TRANSITS} This is 12 per cent higher than the 5,600 estimated over the same period of 2023."),
        &[TRANSITED, change, before],
    );
    for told in [
        "12% more than in the first five months of 2023, when 5,600 did so",
        "a 12% increase on the 5,600 of the same period in 2023",
    ] {
        let sentence = format!("Some 6,300 people transited the region between January and May 2024, {told}.");
        check(&sentence, &[TRANSITED, change, before]);
    }
    check(
        "In April and May, some 6,300 people transited the region.",
        &["mixed_movements count WBALK 2024-05-31: 6300"],
    );
    check(
        "Arrivals fell. Men made up 79% of the 6,300 people who transited the region between January and May 2024.",
        &[TRANSITED],
    );
}

#[test]
fn persons_present_are_told_in_many_ways() {
    check("At the end of May 2024, there were 6,300 migrants in the region.", &[STAYED]);
    check("The number of people present fell to 6,300 at the end of May 2024.", &[STAYED]);
    check(
        "At end May 2024, the region hosted 6,300 persons, 268 of which were UASC.",
        &[STAYED, "persons_present count WBALKUASC 2024-05-31: 268"],
    );
}

#[test]
fn lists_keep_each_figure_with_its_own_place() {
    let share = |area: &str, value: u8| format!("persons_present share {area} 2024-05-31: {value}");
    let lists = |list: &str, expected: &[(&str, u8)]| {
        let mut rows = vec![STAYED.to_owned()];
        rows.extend(expected.iter().map(|(area, value)| share(area, *value)));
        check(&format!("{PRESENT} {list}"), &rows.iter().map(String::as_str).collect::<Vec<_>>());
    };
    lists(
        "Half (52%) stayed in Serbia, a fifth (21%) in Albania and others in Kosovo (12%).",
        &[("SRB", 52), ("ALB", 21), ("XKX", 12)],
    );
    lists(
        "Serbia had 52%, Albania and Kosovo (both with nine per cent).",
        &[("SRB", 52), ("ALB", 9), ("XKX", 9)],
    );
    lists(
        "Of these, 52% were in Serbia, and 48% in the other countries: Albania (30%) and Kosovo (18%).",
        &[("SRB", 52), ("ALB", 30), ("XKX", 18)],
    );
}

#[test]
fn months_without_years_are_those_up_to_the_edition_or_are_left_alone() {
    let at = |rows: &str| format!("{PRESENT}\n\nPersons present, by month\n\n| Month | Persons |\n|---|---|\n{rows}");
    let [march, april, may] = ["03-31: 5100", "04-30: 5200", "05-31: 6300"].map(|end| format!("persons_present count WBALK 2024-{end}"));
    check(
        &at("| March | 5,100 |\n| April | 5,200 |\n| May | 6,300 |"),
        &[STAYED, &march, &april, &may],
    );
    check(
        &at("| May | 6,300 |\n| April | 5,200 |\n| March | 5,100 |"),
        &[STAYED, &may, &april, &march],
    );
    check(&at("| April | 5,100 |\n| April | 5,200 |\n| May | 6,300 |"), &[STAYED]);
    let of = |months: &str| format!("{PRESENT}\n\nNew arrivals to each country\n\n| Country | {months} |\n|---|---|---|\n| Serbia | 1,210 | 1,340 |");
    let [april, may] = ["04-30: 1210", "05-31: 1340"].map(|end| format!("new_arrivals count SRB 2024-{end}"));
    check(&of("April | May"), &[STAYED, &april, &may]);
    check(&of("May | May"), &[STAYED]);
}

#[test]
fn figures_about_others_are_left_alone() {
    check(&format!("{TRANSITS} Some 2,100 people transited through Serbia alone."), &[TRANSITED]);
    check(
        &format!("{TRANSITS} Meanwhile, 41,000 people came to Italy over the Mediterranean, 60% less than last year."),
        &[TRANSITED],
    );
    check(
        &format!("{TRANSITS} UNHCR reached 3,450 persons with advice, 12% more than in the previous month."),
        &[TRANSITED],
    );
    check(&format!("{PRESENT} Another 2,300 persons were accommodated in Croatia."), &[STAYED]);
    check(&format!("{PRESENT} Recognition rates were 12% in Serbia and 31% in Albania."), &[STAYED]);
    check(
        &format!("{PRESENT} In the same month of 2023, 4,500 persons were present."),
        &[STAYED, "persons_present count WBALK 2023-05-31: 4500"],
    );
}

/// Every figure of a page of IOM that says this in May 2024.
#[track_caller]
fn check_iom(text: &str, expected: &[&str]) {
    check_page(
        &format!(
            "IOM DTM Western Balkans: mixed migratory flows, May 2024\n\nSolutions and pathways\n\n{text}\n\nRegistration on arrival is any interception.\n"
        ),
        expected,
    );
}

#[test]
fn children_are_counted_with_their_share() {
    let [count, share] = ["count WBALKUASC 2024-05-31: 268", "share WBALKUASC 2024-05-31: 4"].map(|row| format!("persons_present {row}"));
    check(
        &format!("{PRESENT} Of these, 268 (four per cent) were unaccompanied children."),
        &[STAYED, &count, &share],
    );
    check(
        &format!("{PRESENT} Some four per cent (268) of them were unaccompanied children."),
        &[STAYED, &share, &count],
    );
}

#[test]
fn what_a_number_fell_to_is_the_number() {
    check(
        "The number of persons transiting the region fell by 12% to 6,300 between January and May.",
        &["mixed_movements change WBALK 2024-05-31 against 2023-05-31: -12", TRANSITED],
    );
}

#[test]
fn captions_below_a_row_of_figures_have_these_in_their_order() {
    let tiles = [
        "asylum_intentions count WBALK 2024-05-31: 4120",
        "asylum_applications count WBALK 2024-05-31: 611",
        "applications_per_intention ratio WBALK 2024-05-31: 15",
    ];
    let at = |blocks: &[&str]| {
        let blocks = format!("<p>{}</p>", blocks.join("</p><p>"));
        format!(
            "<h1>Western Balkans: refugees, asylum-seekers and other mixed movements, May 2024</h1><p>{PRESENT}</p>\
             <h2>Asylum statistics in the Western Balkans in 2024</h2>{blocks}\
             <p>Data of UNHCR and its Border Protection Monitoring, as shown on the Operational Data Portal for refugees and migrants.</p>"
        )
    };
    let [intentions, applications, ratio] = ["intentions to seek asylum", "asylum applications", "applications vs intentions"];
    let all = [STAYED, tiles[0], tiles[1], tiles[2]];
    check_page(&at(&["4,120", "611", "15%", intentions, applications, ratio]), &all);
    check_page(&at(&[intentions, applications, ratio, "4,120", "611", "15%"]), &all);
    check_page(&at(&["4,120", intentions, "611", applications, "15%", ratio]), &all);
    check_page(&at(&["97", "4,120", "appeals", intentions, "611", "15%", applications, ratio]), &all);
    // A caption that nobody knows is one of the row all the same.
    check_page(&at(&["97", "4,120", "611", "appeals", intentions, applications]), &all[..3]);
    check_page(&at(&["4,120", "611", "97", intentions, applications, "appeals"]), &all[..3]);
    check_page(&at(&["4,120", "611", "97", intentions, applications]), &[STAYED]);
}

#[test]
fn changes_in_a_table_are_no_counts_and_are_against_its_earlier_column() {
    let at = |rows: &str| {
        format!(
            "{PRESENT}\n\nNew arrivals to each country between January and May 2024\n\n| | Jan-May 2023 | Jan-May 2024 | Difference | Change |\n|---|---|---|---|---|\n{rows}"
        )
    };
    let [before, now] = ["count SRB 2023-05-31: 28400", "count SRB 2024-05-31: 19880"].map(|row| format!("new_arrivals {row}"));
    check(
        &at("| Serbia | 28,400 | 19,880 | -8,520 | -30% |"),
        &[STAYED, &before, &now, "new_arrivals change SRB 2024-05-31 against 2023-05-31: -30"],
    );
    check(&at("| Serbia | 28,400 | 19,880 | 8,520 | 30% |"), &[STAYED, &before, &now]);
    let three = "| | May 2022 | May 2023 | May 2024 | Change |\n|---|---|---|---|---|\n| Serbia | 1,100 | 1,200 | 1,800 | +50% |";
    let month = |year: u16, value: u16| format!("new_arrivals count SRB {year}-05-31: {value}");
    check(
        &format!("{PRESENT}\n\nNew arrivals to each country\n\n{three}"),
        &[STAYED, &month(2022, 1100), &month(2023, 1200), &month(2024, 1800)],
    );
}

#[test]
fn figures_beside_one_another_that_nothing_tells_apart_are_left_alone() {
    check(
        &format!(
            "{PRESENT}\n\nNew arrivals to each country between January and May 2024\n\n| Country | | |\n|---|---|---|\n| Serbia | 28,400 | 19,880 |\n| Albania | 3,100 | 2,480 |"
        ),
        &[STAYED],
    );
}

#[test]
fn intentions_are_told_in_a_sentence() {
    check(
        "The number of new intentions to seek asylum reached 4,120 by the end of May.",
        &["asylum_intentions count WBALK 2024-05-31: 4120"],
    );
}

#[test]
fn a_change_has_the_days_of_its_figure() {
    check(
        "By the end of May, some 6,300 people had transited the region this year, half the number of the first five months of 2023, i.e. a 51% decrease.",
        &[TRANSITED, "mixed_movements change WBALK 2024-05-31 against 2023-05-31: -51"],
    );
}

#[test]
fn the_edition_is_named_by_a_remark_where_nothing_else_names_it() {
    let page = |titles: &str, remark: &str| {
        format!(
            "<h1>Western Balkans: refugees, asylum-seekers and other mixed movements</h1><h2>{titles}</h2>\
             <p>Some 6,300 persons were present in the region at the end of the month.</p>\
             <p>UNHCR, Operational Data Portal, Border Protection Monitoring, refugees and migrants</p><footer><small>{remark}</small></footer>"
        )
    };
    check_page(&page("Key figures", "Data as of 31 May 2024"), &[STAYED]);
    check_page(&page("Western Balkans, May 2024", "Data as of 9 June 2024"), &[STAYED]);
}

#[test]
fn registrations_are_told_with_the_month_before_and_since_january() {
    let [may, april, change, year] = [
        "count WBALK 2024-05-31: 4930",
        "count WBALK 2024-04-30: 4480",
        "change WBALK 2024-05-31 against 2024-04-30: 10",
        "count WBALK 2024-05-31: 21400",
    ]
    .map(|row| format!("registrations_on_arrival {row}"));
    check_iom(
        "In May 2024, authorities counted 4,930 registrations on arrival, 450 more than in April (4,480), an increase of 10%.",
        &[&may, &april, &change],
    );
    check_iom(
        "In May 2024, there were 4,930 registrations on arrival. Since January, 21,400 registrations on arrival were counted.",
        &[&may, &year],
    );
    check_iom(
        "National authorities registered 4,930 migrants on arrival in May 2024, up by 10% from 4,480 in April. In 2024 as a whole, 21,400 registrations on arrival were recorded.",
        &[&may, &change, &april, &year],
    );
    check_iom("In May this year, 4,930 registrations on arrival were counted.", &[&may]);
    check_iom("In May 2024, authorities recorded 4,930 registrations of migrants on arrival.", &[&may]);
    check_iom(
        "In May 2024 a total of 4,930 migrants were registered on arrival in the region, 10% more than in April, when 4,480 were registered.",
        &[&may, &change, &april],
    );
}

#[test]
fn nationalities_stand_below_their_country_as_well_as_beside_it() {
    let rows = [
        "ALBSYR 2024-05-31: 52",
        "BIHAFG 2024-05-31: 29",
        "ALBEGY 2024-05-31: 11",
        "BIHMAR 2024-05-31: 14",
    ]
    .map(|row| format!("registrations_on_arrival share {row}"));
    check_iom(
        "Top 2 nationalities on arrival in May 2024\n\n| Albania | Bosnia and Herzegovina |\n|---|---|\n| Syria (52%) | Afghanistan (29%) |\n| Egypt (11%) | Morocco (14%) |",
        &rows.each_ref().map(String::as_str),
    );
}

#[test]
fn the_edition_is_named_below_the_title() {
    check_page(
        "# IOM – Western Balkans\n\n## Mixed migratory flows, May 2024\n\n### Registrations on arrival\n\n\
         In May, there were 4,930 registrations on arrival.\n\n### Solutions and pathways\n\nReintegration grants are given by IOM.\n",
        &["registrations_on_arrival count WBALK 2024-05-31: 4930"],
    );
}

#[test]
fn returns_are_told_in_a_sentence() {
    let told = ["assisted_voluntary_returns count WBALK 2024-05-31: 61"];
    check_iom("Between January and May 2024, IOM assisted 61 migrants to return voluntarily.", &told);
    check_iom("Between January and May 2024, 61 migrants were assisted to return voluntarily.", &told);
}

#[test]
fn men_and_women_are_told_in_a_sentence_of_their_own() {
    check_iom(
        "Assisted voluntary return carried out by IOM\n\n232 assisted voluntary returns in 2024\n\n78% of them were men, 22% were women",
        &[
            "assisted_voluntary_returns count WBALK 2024-05-31: 232",
            "assisted_voluntary_returns share WBALK 2024-05-31: 78",
            "assisted_voluntary_returns share WBALK 2024-05-31: 22",
        ],
    );
}
