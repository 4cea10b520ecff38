//! What the parts of a page say of one another, in reports of families that nobody knows: figures that stand out and sentences, charts and their labels,
//! rates and the counts before them, and sentences in which thousands stand behind a space.

#[path = "common/unknown_family.rs"]
mod unknown_family;

use unknown_family::{check, findings};

#[track_caller]
fn text(sentences: &str, expected: &[&str]) {
    check("notes.txt", &format!("Notes of the week.\n\n{sentences}\n"), expected);
}

/// A page with tiles, of a figure and its caption each, over a sentence.
fn with_tiles(tiles: &[(&str, &str)], sentence: &str) -> String {
    let tile = |(figure, caption): &(&str, &str)| format!("<div><strong>{figure}</strong><br>{caption}</div>");
    let tiles: Vec<String> = tiles.iter().map(tile).collect();
    format!("<!doctype html><body><h1>Weekly note</h1>{}<p>{sentence}</p></body>", tiles.concat())
}

#[test]
fn figures_with_a_space_before_each_three_digits_are_one_where_a_text_writes_all_so() {
    let around = "Some 21 300 beds are ready.\n\nThe coast has 14 600 beds.\n\n";
    let told = "Crossings of the half-year were put at 75 900, down from 94 700 in the same months of last year, a 20% decrease.";
    text(&format!("{around}{told}"), &[]);
    text(
        &format!("{around}{}", told.replace("20%", "12%")),
        &["error[change-differs]: “12% decrease” is said of 75,900 against 94,700, but that is −19.9%"],
    );
    // Where nothing shows how thousands are written, such digits prove nothing.
    text(&told.replace("20%", "12%"), &[]);
    text(
        &format!("Some 21,300 beds and 14,600 tents are ready.\n\n{}", told.replace("20%", "12%")),
        &[],
    );
}

#[test]
fn a_figure_that_stands_out_is_held_against_the_sentence_that_says_the_same() {
    let said = "A total of 31,250 crossings were counted in July, 18% more than in June (26,480).";
    let tiles = [("31,250", "crossings in July"), ("+18%", "compared to June")];
    check("note.html", &with_tiles(&tiles, said), &[]);
    check(
        "note.html",
        &with_tiles(&[("32,150", "crossings in July"), tiles[1]], said),
        &["error[repeat-differs]: “32,150” stands out on the page, but the words say 31,250"],
    );
    check(
        "note.html",
        &with_tiles(&[tiles[0], ("-18%", "compared to June")], said),
        &["error[repeat-differs]: “-18%” stands out on the page, but the words say +18%"],
    );
    let said = "Of 1.24 million displaced people, 657,000 (53%) are women and girls.";
    check(
        "note.html",
        &with_tiles(&[("35%", "are women and girls")], said),
        &["error[repeat-differs]: “35%” stands out on the page, but the words say 53%"],
    );
}

#[test]
fn a_figure_that_stands_out_may_be_of_something_else() {
    let said = "A total of 31,250 crossings were counted in July, 18% more than in June (26,480).";
    // Of others, far off, printed as it is elsewhere, and of a few.
    for tile in [
        ("32,150", "meals handed out"),
        ("42,680", "crossings in August"),
        ("26,480", "crossings in June"),
        ("-18%", "of the budget is missing"),
        ("13%", "more than in June"),
    ] {
        check("note.html", &with_tiles(&[tile], said), &[]);
    }
    check("note.html", &with_tiles(&[("81", "boats came")], "In all 18 boats came."), &[]);
    // Of another month, and of the group beside it.
    check(
        "note.html",
        &with_tiles(&[("2,410", "registrations in March")], "There were 2,140 registrations in February."),
        &[],
    );
    check(
        "note.html",
        &with_tiles(&[("35%", "children")], "Of the arrivals 53% were women and 36% children."),
        &[],
    );
}

/// A drawing of bars with a label over each; the lengths are those of the first numbers, the labels the second.
fn bars(values: &[(&str, u32, &str)]) -> String {
    let mut drawing =
        String::from("<svg width='400' height='260' viewBox='0 0 400 260' font-size='10'><line x1='40' y1='220' x2='390' y2='220' stroke='#888'/>");
    for (at, (name, value, label)) in values.iter().enumerate() {
        let (x, height) = (50 + at * 60, value / 10);
        drawing.push_str(&format!(
            "<rect x='{x}' y='{}' width='40' height='{height}' fill='#0072bc'/><text x='{middle}' y='{}' text-anchor='middle'>{label}</text>\
             <text x='{middle}' y='235' text-anchor='middle'>{name}</text>",
            220 - height,
            215 - height,
            middle = x + 20,
        ));
    }
    format!("<!doctype html><body><h1>Weekly note</h1><h2>Persons held by month</h2>{drawing}</svg></body>")
}

#[test]
fn a_label_that_its_bar_contradicts_is_told_where_the_others_agree_with_theirs() {
    let month = |name: &'static str, value: u32, label: &'static str| (name, value, label);
    let mut months = [
        month("Jan", 640, "640"),
        month("Feb", 1_650, "1,650"),
        month("Mar", 700, "700"),
        month("Apr", 1_100, "1,100"),
        month("May", 720, "720"),
    ];
    check("note.html", &bars(&months), &[]);
    months[3].2 = "1,700";
    check(
        "note.html",
        &bars(&months),
        &["warning[label-differs-from-mark]: A chart's label says “1,700”, its mark 1100"],
    );
    // Of few bars it cannot be told which is right.
    check("note.html", &bars(&months[2..]), &[]);
}

/// A disc in slices as large as the first numbers, labelled with the second, beside their names.
fn slices(values: &[(&str, f64, &str)]) -> String {
    let mut drawing = String::from("<svg width='460' height='260' viewBox='0 0 460 260' font-size='10'>");
    let (mut angle, radius) = (-std::f64::consts::FRAC_PI_2, 90.0);
    let colours = ["#0072bc", "#8ebee5", "#ef4a60", "#fadc00"];
    for (at, (name, share, label)) in values.iter().enumerate() {
        let end = angle + share / 100.0 * std::f64::consts::TAU;
        let point = |angle: f64, radius: f64| (130.0 + radius * angle.cos(), 130.0 + radius * angle.sin());
        let ((x0, y0), (x1, y1), (x, y)) = (point(angle, radius), point(end, radius), point(f64::midpoint(angle, end), radius + 16.0));
        let large = i32::from(*share > 50.0);
        let row = 60 + 20 * at;
        drawing.push_str(&format!(
            "<path d='M130,130 L{x0:.2},{y0:.2} A{radius},{radius} 0 {large} 1 {x1:.2},{y1:.2} Z' fill='{colour}'/>\
             <text x='{x:.1}' y='{y:.1}' text-anchor='middle'>{label}</text>\
             <rect x='290' y='{row}' width='10' height='10' fill='{colour}'/><text x='306' y='{}'>{name}</text>",
            row + 9,
            colour = colours[at],
        ));
        angle = end;
    }
    format!("<!doctype html><body><h1>Weekly note</h1><h2>Arrivals by sex and age</h2>{drawing}</svg></body>")
}

#[test]
fn slices_divide_one_whole() {
    let told = |last: &'static str, drawn: f64| [("Men", 60.0, "60%"), ("Women", 100.0 - 60.0 - drawn, "25%"), ("Children", drawn, last)];
    check("note.html", &slices(&told("15%", 15.0)), &[]);
    check("note.html", &slices(&told("16%", 15.4)), &[]);
    check(
        "note.html",
        &slices(&told("51%", 15.0)),
        &["error[shares-differ]: The shares 60%, 25% and 51% add to 134.5% to 137.5%, which leaves nothing out"],
    );
}

#[test]
fn a_rate_is_that_of_the_two_counts_before_it() {
    let cases = [
        (
            "In June 18,412 persons lived in centres that offer 21,300 places, an occupancy of 86%.",
            "86%",
            "68%",
            "“68%” is said of 18,412, but 18,412 of 21,300 is 86.4%",
        ),
        (
            "The offices took 16,204 decisions, granting protection in 6,320 cases, a recognition rate of 39 per cent.",
            "39",
            "49",
            "“49 per cent” is said of 6,320, but 6,320 of 16,204 is 39%",
        ),
        (
            "In all 1,312 suspected cases and 14 deaths were notified (case fatality ratio 1.1%).",
            "1.1%",
            "2.1%",
            "“2.1%” is said of 14, but 14 of 1,312 is 1.1%",
        ),
        (
            "In the week 1,894 people came in 33 boats, an average of 57 per boat.",
            "57",
            "75",
            "“75” is said to be the average of 1,894 over 33, but that is 57.4",
        ),
    ];
    for (sentence, right, wrong, message) in cases {
        text(sentence, &[]);
        text(&sentence.replace(right, wrong), &[&format!("error[ratio-differs]: {message}")]);
    }
    // Another rate than that of the two, or of more counts than two.
    text("In May 3,000 persons applied and 200 went home; the recognition rate was 40%.", &[]);
    text(
        "In May 3,000 persons came, 200 went home and 150 moved on, a recognition rate of 40%.",
        &[],
    );
    text("In May 3,000 persons came in 33 boats. An average of 75 per boat was seen in June.", &[]);
    // Centres that are no places, what the rest is called, and rates of other counts.
    text("The 12 centres hold 2,400 people, an occupancy of 86%.", &[]);
    text("In May 4,500 decisions were taken, 1,800 of them positive, a rejection rate of 60%.", &[]);
    text("In May 4,500 persons came and 1,800 left, a growth rate of 3%.", &[]);
    text("In the week 520 new cases and 12 deaths were notified (case fatality ratio 4.8%).", &[]);
}

#[test]
fn a_second_change_goes_on_from_where_the_first_came_to() {
    let sentence = "Arrivals doubled from 1,200 in 2022 to 2,400 in 2023, and fell by half to 1,200 in 2024.";
    text(sentence, &[]);
    text(
        &sentence.replace("to 1,200", "to 1,700"),
        &["error[change-differs]: “fell by half” is said of 1,700 against 2,400, but that is −29.2%"],
    );
}

#[test]
fn sentences_say_the_same_in_many_ways() {
    let cases = [
        (
            "Some 4,296 children in all, or 20% of the 21,480 travellers, were seen.",
            "20%",
            "25%",
            "ratio-differs",
        ),
        (
            "Departures numbered 20,800, accounting for 71% of the 29,300 crossings.",
            "71%",
            "17%",
            "ratio-differs",
        ),
        (
            "Grants were paid to 1,012 returnees, 47% of the 2,154 who went home.",
            "47%",
            "74%",
            "ratio-differs",
        ),
        (
            "The camps hold 84,120 persons, 51 per cent of them female (42,900).",
            "51",
            "61",
            "ratio-differs",
        ),
        (
            "Of these 12,930 people, 7,240 landed in Lampedusa (56%) and 1,810 in Calabria (14%).",
            "14%",
            "24%",
            "ratio-differs",
        ),
        (
            "On 31 March 1,864 people were held. 1,702 of them (91%) were men, 158 (8%) women.",
            "8%",
            "18%",
            "ratio-differs",
        ),
        (
            "One in five applicants (3,534 of 17,670) came from Syria.",
            "One in five",
            "One in three",
            "ratio-differs",
        ),
        (
            "Nearly three quarters of the 206,700 families – 151,000 – live in houses.",
            "151,000",
            "115,000",
            "ratio-differs",
        ),
        (
            "In 2025 there were 7,904 permits, a 23% increase on the 6,430 of 2024.",
            "23%",
            "32%",
            "change-differs",
        ),
        (
            "Pending cases stood at 42,800, a 1.4-fold rise on the 30,600 of last year.",
            "1.4",
            "2.4",
            "change-differs",
        ),
        (
            "Permits numbered 7,904. This compares with 6,430 in 2024 and means an increase of 23 per cent.",
            "23",
            "32",
            "change-differs",
        ),
        (
            "The 1,248 persons who left, 912 of them by choice and 336 under escort, are counted.",
            "336",
            "363",
            "total-differs",
        ),
        (
            "Status was granted to 3,890 persons and protection to 2,430, 6,320 in all.",
            "2,430",
            "2,340",
            "total-differs",
        ),
        (
            "Unaccompanied minors number 1,105, of whom 214 are under fourteen.",
            "214",
            "2,140",
            "part-exceeds-whole",
        ),
        (
            "Since May 11,460 cases including 156 deaths were notified.",
            "156",
            "15,600",
            "part-exceeds-whole",
        ),
        (
            "Men account for 58% of residents, women for 22% and children for 20%.",
            "20%",
            "30%",
            "shares-differ",
        ),
        (
            "In May 4,118 persons were held, fewer than the 4,530 of April.",
            "fewer",
            "more",
            "sign-contradicts-arrow",
        ),
    ];
    for (sentence, right, wrong, code) in cases {
        text(&format!("Some 12,300 kits were handed out.\n\n{sentence}"), &[]);
        let planted = sentence.replacen(right, wrong, 1);
        let found = findings("notes.txt", &planted);
        assert!(found.iter().any(|finding| finding.code == code), "{planted}: {found:#?}");
    }
}

#[test]
fn what_only_looks_like_such_a_sentence_is_left_alone() {
    for sentence in [
        "In May 12,000 arrived, 60% of the 40,000 registered in all stayed.",
        "The 1,248 persons who left, 912 of them men and 120 of another town, are counted.",
        "In May 300 were hurt and 120 died, 6,320 in all since January.",
        "Prices rose by 23%, an increase on the 12 islands.",
        "The teams saw 300 villages, of which 900 families spoke.",
        "Men account for 58% of residents, women for 22% and boys for 10%.",
        "The sites hold 430,062 people. Of these 119,106 had come from the same region, 93,721 (62.6%) were below 17 and 47,388 (31.6%) were adults.",
        "Some 5,400 people were rescued in 120 incidents in May, an average of 12 per day.",
        "The 14 camps hold 38,000 people, an average of 2,700 per camp.",
        "The centres held 4,200 people in 30 halls, an occupancy of 105%.",
        "In May 2,000 applications were lodged and 1,500 decided, a recognition rate of 34%.",
        "The team met 540 persons, 320 of them women and 260 heads of household.",
        "On 5 May 300 people left for Alfa, 250 for Bravo and 100 stayed, in all 650.",
        "In May 1,500 people arrived, 900 in Alfa and 400 in Bravo, 2,300 in all since January.",
        "Women represent 51% of refugees, men 49%, children 62% and older people 3%.",
        "Protection was granted to 6,320 people: 3,890 refugees and 2,430 others, up 12% on the 5,640 of 2024.",
        "In the camps 12 per cent are older people, 50 per cent adults and 38 per cent children.",
        "In May 4,118 persons were held, more than the 12 police stations can hold.",
        "On 31 March 1,864 people and 1,738 soldiers were held. 900 of them (10%) were men, 158 (8%) women.",
    ] {
        text(&format!("Some 12,300 kits were handed out.\n\n{sentence}"), &[]);
    }
}
