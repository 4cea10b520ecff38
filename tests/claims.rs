//! Claims in any sentence: what can be computed again from the page alone is, and nothing else is said.

use crosstally::{
    input::{self, Limits},
    parse::{self, Profiles},
    schema::{DocumentRecord, Finding},
    validate::{self, Waivers},
};

/// A page that groups thousands with commas, as English does.
const AROUND: &str = "Notes of the week.\n\nSome 12,300 kits and 4,510 tents were handed out.\n\n";

/// What is found in a text of no known family, but for its being unknown.
fn findings(text: &str) -> Vec<Finding> {
    let document = input::read(format!("{AROUND}{text}\n").as_bytes(), "notes.txt", &Limits::default()).expect("a text");
    let record = DocumentRecord {
        path: "notes.txt".into(),
        ..DocumentRecord::default()
    };
    let extraction = parse::extract(&document, record, &Profiles { families: Vec::new() });
    assert!(extraction.observations.is_empty(), "no figure enters the dataset");
    let mut findings = validate::findings(&[extraction], &Waivers::default());
    findings.retain(|finding| finding.code != "unknown-family");
    findings
}

#[track_caller]
fn silent(text: &str) {
    let found = findings(text);
    let found: Vec<&str> = found.iter().map(|finding| finding.message.as_str()).collect();
    assert!(found.is_empty(), "{text}\n{}", found.join("\n"));
}

#[track_caller]
fn found(text: &str, expected: &str) {
    let found: Vec<String> = findings(text)
        .iter()
        .map(|finding| format!("{}[{}]: {}", finding.severity.as_str(), finding.code, finding.message))
        .collect();
    assert_eq!(found.join("\n"), expected, "{text}");
}

/// True sentences are silent; the same with one figure or word altered are not, and a finding has the code.
#[track_caller]
fn both(code: &str, cases: &[(&str, &str, &str)]) {
    let mut faults = Vec::new();
    for (sentence, figure, altered) in cases {
        assert!(sentence.contains(figure), "{figure} stands in {sentence}");
        let planted = sentence.replacen(figure, altered, 1);
        faults.extend(
            findings(sentence)
                .iter()
                .map(|finding| format!("true, but told: {sentence}\n    {}", finding.message)),
        );
        if !findings(&planted)
            .iter()
            .any(|finding| finding.code == code && finding.method == Some("claim"))
        {
            faults.push(format!("false, but not told: {planted}"));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn a_change_is_that_of_the_two_counts() {
    let code = "change-differs";
    both(
        code,
        &[
            (
                "In May, 1,200 persons came, which is a 20% decrease compared to April (1,500).",
                "20%",
                "30%",
            ),
            (
                "The 1,200 arrivals in May represent a decrease of 20% from the 1,500 in April.",
                "1,500",
                "1,800",
            ),
            ("Compared to the 1,500 of April, 1,200 came in May, a 20% decrease.", "20%", "25%"),
            ("Compared to April (1,500), arrivals decreased by 20% to 1,200 in May.", "1,200", "1,300"),
            ("Arrivals in May (1,200) decreased by 20% compared to April (1,500).", "1,500", "1,600"),
            (
                "The week saw 4,000 arrivals, compared to 3,200 in the week before, an increase of 25 per cent.",
                "3,200",
                "3,700",
            ),
            ("Intake fell by half from 900 to 450.", "450", "150"),
            ("In May 5,150 persons landed, compared to 4,120 in April (a 25% increase).", "25%", "15%"),
            (
                "There were 140 boats in March compared to 200 in February, representing a decrease of 30%.",
                "30%",
                "20%",
            ),
            (
                "A total of 840 tents stood in June, a 20 per cent increase compared to the 700 in May.",
                "840",
                "940",
            ),
            ("Arrivals rose from 1,200 in 2018 to 1,500 in 2019, up 25 per cent.", "1,500", "1,600"),
            ("Arrivals rose to 5,150 in May from 4,120 in April (+25%).", "+25%", "+15%"),
            ("Arrivals reached 18,300 in September, up 20% on August (15,250).", "15,250", "12,550"),
            (
                "Camps saw a 40% drop in the number of families to some 6,000 from 10,000 in 2016.",
                "40%",
                "60%",
            ),
            (
                "Returns have increased by 50% (3,000 persons in 2019, while 2,000 persons in 2018).",
                "3,000",
                "4,000",
            ),
            (
                "In June 2,300 persons came ashore. This is a 54% decrease compared to June 2018 (5,000).",
                "54%",
                "45%",
            ),
            (
                "By May the number of arrivals reached 1,180, 18% more than the 1,000 counted a year before.",
                "18%",
                "81%",
            ),
            ("Sea crossings fell by 90% to 420 from 4,200.", "420", "520"),
            (
                "A 93% lower number of persons came in 2019 than in 2018, 980 and 14,200 respectively.",
                "93%",
                "39%",
            ),
            ("The site holds 660 persons, which is 10% more than the 600 of last month.", "660", "690"),
            (
                "Since June 1,017 people left, compared with 1,300 a year earlier, a drop of 283 people, or 22%.",
                "22%",
                "12%",
            ),
            (
                "Obock counted 2,210 crossings, down from 2,480 a week earlier (a decrease of 11 per cent).",
                "11 per cent",
                "15 per cent",
            ),
            ("Some 12,480 applied, 1,120 more than in June (11,360), an increase of 10%.", "10%", "20%"),
            (
                "Landings increased by 12 per cent compared to May (1,008 compared to 900).",
                "1,008",
                "840",
            ),
            ("Landings fell by 10% in the north (from 1,000 to 900).", "10%", "20%"),
            ("Landings were 25% higher than a year before (750, up from 600).", "600", "700"),
            (
                "Registrations in July, at 3,000, increased by 20% compared to June, when 2,500 were made.",
                "2,500",
                "2,000",
            ),
        ],
    );
}

#[test]
fn how_many_more_is_the_difference_of_the_two_counts() {
    both(
        "change-differs",
        &[
            (
                "Since January 1,017 people went home, compared with 1,300 a year earlier, a drop of 283 people.",
                "283",
                "383",
            ),
            ("In May 1,204 families came back, 105 fewer than in April, when 1,309 did.", "105", "150"),
            ("The camps took in 3,450 persons, 370 more than the 3,080 of June.", "370", "730"),
            ("Returns rose by 200, from 1,000 in May to 1,200 in June.", "200", "300"),
            ("The centre holds 3,450 persons, 370 persons more than the 3,080 of June.", "370", "730"),
            (
                "The centre holds 3,450 persons, a 370 increase compared with the 3,080 of June.",
                "370",
                "730",
            ),
        ],
    );
    // A difference is neither of the two counts that a percentage is of.
    silent("That is 1,120 more than in the second quarter (11,360), an increase of 10%.");
    silent("Some 12,480 applied, 1,120 more than in the second quarter (11,360), an increase of 10%.");
    silent("A total of 3,450 came, a rise of 370 people, or 12%, on the 3,080 of June.");
    silent("The 1,200 tents more than doubled the 500 of May.");
    silent("Of 2,000 people 1,200 more than doubled the 500 of May.");
    silent("Of 900 people 300 fewer than a year ago said so, out of 700.");
    silent("In May 1,204 families came, 105 fewer than in April and 380 fewer than in March (1,584).");
    silent("In May 1,204 families came, 105 fewer than last week and 380 fewer than two weeks ago (1,584).");
    silent("Unaccompanied children numbered 8,720, 2,600 fewer than the 11,300 of May.");
    silent("The clinic with 8 staff saw 1,900 people, 250 more than the other two together.");
    silent("The 10,000 families are 2,000 more than the sum of 5,000 and 3,000.");
    silent("In May 10,000 families came, 25% more than the 5,000 of the coast and the 3,000 of the hills together.");
    silent("Coverage was 79%: men 81%, women 79% and children 77%.");
    silent("In May 687 people waited. This is 925 less than the baseline and follows an initial target to reduce delays by 400.");
    silent("In May 687 people waited, 12% fewer than in April and followed by 3 weeks with 400.");
    silent("In May 687 people waited, 12% fewer than in April due to a strike of 212 workers.");
    silent("In May 1,204 families came, 105 more than those planned for the 1,500 tents.");
    silent("Arrivals in May, at 1,204, rose by 60 compared with the 400 increase of April.");
    silent("In the camp with 3,000 people 1,204 people asked for more than the 300 who got it.");
}

#[test]
fn multiples_are_loose_but_not_free() {
    let code = "change-differs";
    both(
        code,
        &[
            ("There was a 3-fold increase from 150 to 450 cases.", "450", "250"),
            ("The count of 720 is six times more than the 120 of last year.", "720", "320"),
            ("Nearly 600 boats landed, three times the 200 of the year before.", "three", "five"),
            ("Arrivals doubled from 410 in 2018 to 820 in 2019.", "820", "620"),
            ("Returns more than tripled to 960 from 300.", "300", "400"),
            ("There was a six-fold increase from 150 to 900 cases.", "900", "500"),
            ("Applications halved from 5,000 in 2017 to 2,450 in 2018.", "2,450", "4,450"),
            ("Staff stood at 80, twice as many as the 40 of May.", "40", "60"),
        ],
    );
    // "Four times more" may be four times as many, or five.
    silent("The count of 400 is four times more than the 100 of last year.");
    silent("The count of 500 is four times more than the 100 of last year.");
    found(
        "The count of 700 is four times more than the 100 of last year.",
        "error[change-differs]: “four times more” is said of 700 against 100, but that is +600%",
    );
}

#[test]
fn direction_words_go_the_way_of_the_figures() {
    let code = "sign-contradicts-arrow";
    both(
        code,
        &[
            ("Some 1,234 persons landed in June, up from 1,028 in May.", "1,234", "934"),
            ("It took long for the caseload to increase from 1,600 to 1,700.", "1,700", "1,500"),
            ("The number of families fell from 200 in May to 140 in June.", "fell", "rose"),
            (
                "Arrivals in August, at 3,100, increased in comparison to July, when 2,500 people came.",
                "increased",
                "decreased",
            ),
            ("Persons in the camp dropped to 300 from 460.", "dropped", "climbed"),
            ("The share of children rose from 13% to 16%.", "rose", "fell"),
            ("The queue grew from over 7,000 in 2017 to some 9,000 in 2018.", "grew", "fell"),
            ("Intake rose in the second week (450 against 410).", "450", "350"),
        ],
    );
    found(
        "The caseload increased from 200 to 140.",
        "error[sign-contradicts-arrow]: “increased” is said of 140 against 200, which is the other way",
    );
}

#[test]
fn points_are_no_percent() {
    let code = "change-differs";
    both(
        code,
        &[
            ("The share rose by 3 percentage points from 13% to 16%.", "16%", "18%"),
            (
                "The share rose by 3 percentage points from 13% to 16%.",
                "3 percentage points",
                "3 per cent",
            ),
        ],
    );
}

#[test]
fn a_share_is_that_of_its_count_and_whole() {
    let code = "ratio-differs";
    both(
        code,
        &[
            ("Some 14 (12%) of the 120 applications were granted.", "12%", "21%"),
            ("In all 6 of 80 boats (8%) sank.", "8%", "18%"),
            (
                "Of the 90,200 people who fled, 55 per cent are women (49,610) and 45 per cent are men (40,590).",
                "49,610",
                "46,910",
            ),
            (
                "62 per cent of the 21,000 families live in rented rooms (13,020), 25 per cent (5,250) with hosts and 13 per cent (2,730) in halls.",
                "13,020",
                "12,030",
            ),
            ("The camp hosts 8,000 people, 4,160 of them women (52%).", "52%", "62%"),
            ("Over 5,740 (82%) of 7,000 persons were housed.", "82%", "72%"),
            (
                "In June 10,000 persons entered: 6,000 (60%) by sea while 4,000 (40%) by land.",
                "60%",
                "65%",
            ),
            ("Of the 450 families surveyed, 90 (20%) had left before.", "90", "190"),
            ("There are 5,700 residents. Of those, 82 % (or 4,693) live in centres.", "4,693", "3,693"),
            ("Some 20% of the 300 tents (60) leaked.", "300", "500"),
            ("The centre received 2,400 persons, of whom 600 (25%) were children.", "25%", "35%"),
            ("The camp hosts 8,000 persons, including 2,000 women (25%).", "2,000", "3,000"),
            (
                "Three towns took in 800 (40%), 700 (35%) and 500 (25%) families respectively, out of the total 2,000 families.",
                "700",
                "900",
            ),
            ("There were more women, 55% (8,250), than men, 45% (6,750).", "6,750", "8,750"),
            ("Some 32% of arrivals (352 out of 1,100) came by land.", "32%", "35%"),
            (
                "In June 40 per cent of all requests lodged (60 of the 150 requests) were turned down.",
                "150",
                "250",
            ),
        ],
    );
    found(
        "In 2019 a total of 9,000 persons came: 5,310 (60%) by sea and 3,690 (41%) by land.",
        "error[ratio-differs]: “60%” is said of 5,310, but 5,310 of 9,000 is 59%",
    );
    found(
        "In May 1,000 persons came, of whom 409 (40%) were children.",
        "note[ratio-differs]: “40%” is said of 409, but 409 of 1,000 is 40.9% (cut off instead of rounded would explain it)",
    );
}

#[test]
fn fractions_in_words_are_those_of_the_figures() {
    let code = "ratio-differs";
    both(
        code,
        &[
            ("One in five persons (20%) had left by June.", "20%", "30%"),
            ("Samos received more than half (53%) of all arrivals.", "53%", "43%"),
            (
                "More than half of the residents are women (24%) and children (37%), while 39% are men.",
                "24%",
                "10%",
            ),
            ("In May 450 boats, almost half of the 930 seen, were empty.", "450", "250"),
            ("Two thirds (67%) of them had left by June.", "67%", "47%"),
            ("More than half of the 2,000 arrivals (1,150) were women.", "1,150", "850"),
            ("Almost half of the 930 boats (450 boats) were empty.", "450", "150"),
        ],
    );
    silent("The town received the majority (47%) of all arrivals.");
}

#[test]
fn parts_add_to_their_total() {
    let code = "total-differs";
    both(
        code,
        &[
            ("The boat carried 90 persons (40 men, 30 women, 20 children).", "40", "50"),
            ("In May 8,400 came by sea, 600 by land, 9,000 in total.", "8,400", "8,500"),
            (
                "The board took 7 decisions (2 granting asylum and 5 granting subsidiary protection).",
                "5 granting",
                "4 granting",
            ),
            ("A total of 9,000 came: 8,400 by sea and 600 by land.", "600", "700"),
            (
                "In October 38,450 children were reached with lessons in the camps: 19,750 girls and 18,700 boys.",
                "18,700",
                "18,600",
            ),
            (
                "A total of 2,450 people returned to Alfa (1,450), Bravo (700) and Charlie (300).",
                "2,450",
                "2,540",
            ),
            ("Of the 1,200 persons in centres, 700 are men, 300 women and 200 children.", "700", "800"),
            (
                "In 2017 6,500 entered by sea along with 3,000 by land, amounting to 9,500 arrivals.",
                "9,500",
                "9,900",
            ),
            (
                "The village lost 12 houses, 3 barns and 5 mills, for a total of 20 buildings.",
                "20",
                "21",
            ),
        ],
    );
    found(
        "The board took 7 decisions (2 granting asylum and 6 granting subsidiary protection).",
        "error[total-differs]: The parts 2 and 6 add to 8, but the sentence says 7",
    );
}

#[test]
fn shares_of_one_whole_fit_it() {
    let code = "shares-differ";
    both(
        code,
        &[
            (
                "Lesbia received the majority (48%) of all new arrivals, followed by Samoa (21%), Chiosa (12%) and Creta (9%).",
                "21%",
                "71%",
            ),
            ("Some 60% of the arrivals are men, 24% women and 16% children.", "24%", "34%"),
            ("Residents are men (39%), women (24%) and children (37%).", "39%", "49%"),
            ("Men made up 39%, women 24% and children 37% of the residents.", "37%", "47%"),
            (
                "Some 53% are from Ruritania, 14% from Syldavia, 22% from Borduria and 11% from other countries.",
                "22%",
                "32%",
            ),
            (
                "The main countries of origin were Ruritania (45%), Syldavia (30%) and Borduria (15%).",
                "30%",
                "60%",
            ),
        ],
    );
    silent("The main countries of origin were Ruritania (45%), Syldavia (20%) and Borduria (15%).");
}

#[test]
fn some_are_not_more_than_all() {
    let code = "part-exceeds-whole";
    both(
        code,
        &[
            ("In May 3,314 migrants were counted, of whom 3,220 slept rough.", "3,220", "3,420"),
            ("Of these, 437 out of 5,065 stayed.", "437", "5,437"),
            (
                "In April 1,731 children arrived, including 1,439 unaccompanied children.",
                "1,439",
                "1,839",
            ),
        ],
    );
}

#[test]
fn traps_are_left_alone() {
    let mut told = Vec::new();
    for sentence in [
        // Other populations, other wholes, other periods.
        "In 2019 some 33,200 children arrived in six countries, and arrivals in Spain increased by 7% compared to 30,085 in 2018.",
        "Arrivals increased by 7% compared to those registered in 2018 (30,085).",
        "Arrivals in June, at 3,136, decreased. Arrivals this year are 69% higher than those of last year.",
        "In all 900 (15%) of the children were alone, and 10,000 persons arrived.",
        "Of 10,000 persons 6,000 (60%) came from Ruritania, of whom 2,400 (40%) were children.",
        "The numbers of children this year have decreased compared to last year, when 5,190 came, while 1,731 came in May.",
        // Subsets that overlap or are only some.
        "Some 15 people were killed (3 women and 2 children).",
        "In all 900 people were reached: 400 girls and 300 boys.",
        "Some 45% of those in Alfa (320) were paid, of 900 persons asked.",
        "A total of 2,450 people returned, mostly to Alfa (1,450), Bravo (500) and Charlie (300).",
        "A total of 2,450 people returned to Alfa (1,450), Bravo (700) and Charlie (300 families).",
        "Arrivals rose by 20% on the islands (15,250), and 18,300 came in September.",
        "Some 75 sites (40 in Kismet, 15 in Balcony and 12 in Jovial) had no food.",
        "The team met 20 persons, 12 women and 9 refugees among them.",
        "Aid went to 3,000 families, of whom 9,000 persons were children.",
        "Respondents needed food (63%), shelter (52%) and work (47%).",
        "Coverage was 100% in Alfa, 86% in Bravo and 75% in Charlie.",
        "The group (30% men, 24% women) grew.",
        // Ranges, bounds, years, references.
        "From 200 to 140 kilometres of road are closed.",
        "The number varies from 70 to 100 a day.",
        "Between 3,400 and 3,900 persons stayed, up to 20% (900) of them in tents.",
        "The total rose from 2018 to 2019, as 2,018 came in 2019.",
        "Under resolution 1244 (1999) some 20% of 80 sites closed.",
        "Up to 500 persons, of whom 600 may be children, are expected.",
        "The road rose from 20 to 18 km over 12 months, then 3 km on.",
        "Children aged 14 to 17 made up 40% (12) of the class.",
        "Call +1 202 555 0100 or write to Box 200 (20%).",
        // Words that only look like claims.
        "More than 300 persons in 40 towns received less than 20 litres.",
        "It rained for 12 days, 3 times in May.",
        "The count is 100 higher than the 200 expected.",
        "Staff served 100 persons more than the 200 planned.",
        "The rise from 200 in May was due to 140 boats that came late.",
        "Some 60% of children and 45% of adults were vaccinated.",
        "Of these 28% boys and 24% girls came from Ruritania.",
        "Lesbia received the majority (48%) of all new arrivals during 2020, followed by Samoa (21%), Chiosa (29%) and other islands (2%).",
        "Some 60% of arrivals are from three countries: Ruritania (30%), Syldavia (20%) and Borduria (10%).",
        "The majority (59%) of arrivals came from Ruritania (38%), Syldavia (15%) and Borduria (6%).",
        "The first half of 2019 saw 3,000 arrivals in 12 towns.",
        "Half of the sites in Alfa (16%) reported 300 cases.",
        "More than half of the 2,000 arrivals (300 per day) were women.",
        "Landings increased by 12% compared to May (840 at night and 900 by day).",
        "Some 35% of women (350 of the men, 1,100 of the women) agreed.",
        "Of the 1,200 persons in centres, 700 are men, 300 women and 100 small children, and 300 came alone.",
        "The trend was up 12% in May and down 8% in June.",
        "In total, 564 families left 27 sites.",
        "A third party counted 300 of 900 boats.",
        // Rounding explains it.
        "Between 1 and 31 May nearly 7,000 persons stayed, with over 5,760 (i.e. 82%) in centres.",
        "Some 7,900 persons passed, 47% less than the 15,000 of last year.",
        "Residents are men (39%), women (24%) and children (38%).",
    ] {
        told.extend(findings(sentence).iter().map(|finding| format!("{sentence}\n    {}", finding.message)));
    }
    assert!(told.is_empty(), "{}", told.join("\n"));
}

#[test]
fn malformed_figures_are_told_of_any_family() {
    found(
        "In Greece 25,4433 children landed.",
        "warning[malformed-figure]: “25,4433” is not a figure as it should be printed: thousands are grouped in threes",
    );
    found(
        "The census of 31 April counted all.",
        "warning[malformed-figure]: “31 April” is not a figure as it should be printed: no calendar has this day",
    );
    found(
        "On 29 February 2023 it closed.",
        "warning[malformed-figure]: “29 February 2023” is not a figure as it should be printed: no calendar has this day",
    );
    found(
        "In June XX persons and some TBC families left.",
        "warning[malformed-figure]: “XX” is not a figure as it should be printed: a placeholder was not filled in\n\
         warning[malformed-figure]: “TBC” is not a figure as it should be printed: a placeholder was not filled in",
    );
    found(
        "By then [number] persons had left, or xx% of them.",
        "warning[malformed-figure]: “[number]” is not a figure as it should be printed: a placeholder was not filled in\n\
         warning[malformed-figure]: “xx” is not a figure as it should be printed: a placeholder was not filled in",
    );
    found(
        "They counted 1.234,56,7 of them.",
        "warning[malformed-figure]: “1.234,56,7” is not a figure as it should be printed: it has two decimal marks",
    );
    found(
        "They counted 12,34 persons.",
        "warning[malformed-figure]: “12,34” is not a figure as it should be printed: thousands are grouped in threes",
    );
    for careful in [
        "It lies at 44.8176, 20.4633 on the map.",
        "See notes 1,2,3 and pages 12,34,56.",
        "Posted on 24.01.2021 at 12.30, ref. 4.1.2.",
        "The XX century and Schedule XX.",
        "In 2017,2018 and 2019.",
    ] {
        silent(careful);
    }
}

#[test]
fn what_has_a_malformed_figure_is_claimed_of_nothing() {
    found(
        "Some 25,4433 children arrived, including 3,852 (25%) on their own.",
        "warning[malformed-figure]: “25,4433” is not a figure as it should be printed: thousands are grouped in threes",
    );
}

/// Plants every wrong digit that no rounding explains into one figure of a true sentence, and gives how many were planted and found.
fn planted(code: &str, sentence: &str, figure: &str) -> (usize, usize) {
    let start = sentence.find(figure).expect("the figure stands in its sentence");
    let (mut planted, mut found) = (0, 0);
    for (at, digit) in figure.char_indices().filter_map(|(at, character)| Some((at, character.to_digit(10)?))) {
        // One or two units of a percentage may be cut off or rounded; a count is exact.
        let hidden = if figure.len() == 2 || figure.ends_with('%') { 2 } else { 0 };
        let first = u32::from(at == 0);
        for wrong in (first..10).filter(|wrong| wrong.abs_diff(digit) > hidden) {
            let mut text = sentence.to_owned();
            text.replace_range(start + at..=start + at, &wrong.to_string());
            planted += 1;
            found += usize::from(findings(&text).iter().any(|finding| finding.code == code));
        }
    }
    (planted, found)
}

#[test]
fn every_wrong_digit_that_rounding_does_not_hide_is_found() {
    let mut card = Vec::new();
    for (code, sentence, figure) in [
        (
            "change-differs",
            "In May 5,150 persons landed, compared to 4,120 in April (a 25% increase).",
            "25%",
        ),
        (
            "change-differs",
            "Arrivals rose from 1,200 in 2018 to 1,500 in 2019, up 25 per cent.",
            "25",
        ),
        ("change-differs", "Sea crossings fell by 90% to 420 from 4,200.", "90%"),
        ("ratio-differs", "Some 14 (12%) of the 120 applications were granted.", "12%"),
        (
            "ratio-differs",
            "The centre received 2,400 persons, of whom 600 (25%) were children.",
            "25%",
        ),
        ("ratio-differs", "Of the 450 families surveyed, 90 (20%) had left before.", "20%"),
        ("total-differs", "In May 8,400 came by sea, 600 by land, 9,000 in total.", "9,000"),
        ("total-differs", "A total of 9,000 came: 8,400 by sea and 600 by land.", "8,400"),
        (
            "total-differs",
            "The board took 7 decisions (2 granting asylum and 5 granting subsidiary protection).",
            "5",
        ),
        ("shares-differ", "Residents are men (39%), women (24%) and children (37%).", "24%"),
    ] {
        let (planted, found) = planted(code, sentence, figure);
        assert!(planted > 0, "{figure} in {sentence}");
        if found < planted {
            card.push(format!("{found} of {planted} found: {figure} in {sentence}"));
        }
    }
    assert!(card.is_empty(), "{}", card.join("\n"));
}
