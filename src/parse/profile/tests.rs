//! Sound and faulty profiles.

use super::*;

const SOUND: &str = r#"family = "test"
publisher = "P"
title = "T"
area = "WBALK"
edition = ["as of {period}"]

[recognise]
any = ["western balkans"]
at-least = 1

[words]
people = "(refugees|migrants)"

[[layout]]
id = "1"
from = "2020-01"

[[sentence]]
rule = "transits"
label = "transits"
indicator = "mixed_movements"
period = "year-to-date"
say = ["{count} <people>"]
"#;

/// The error of the sound profile with one piece put in place of another.
fn check(piece: &str, instead: &str, expected: &str) {
    assert!(SOUND.contains(piece));
    let error = Profile::read(&SOUND.replacen(piece, instead, 1), "profile.toml").unwrap_err();
    assert_eq!(error.to_string(), expected);
}

#[test]
fn a_sound_profile_is_read() {
    let profile = Profile::read(SOUND, "profile.toml").unwrap();
    assert_eq!(profile.layout("2024-07").unwrap().id, "1");
    assert!(profile.layout("2019-12").is_none());
}

#[test]
fn the_embedded_profiles_are_sound() {
    assert_eq!(Profiles::embedded().unwrap().families.len(), 2);
}

#[test]
fn faults_are_told_with_line_and_column() {
    check(
        "{count} <people>",
        "{count} (refugees",
        "profile.toml:23:17: `(` is not closed in phrase `{count} (refugees`",
    );
    check(
        "{count} <people>",
        "{count} <persons>",
        "profile.toml:23:17: `[words]` has no `persons` in phrase `{count} <persons>`",
    );
    check(
        "{count} <people>",
        "refugees",
        "profile.toml:23:8: the phrase has no slot for a figure, such as `{count}`",
    );
    check(
        "mixed_movements",
        "movements",
        "profile.toml:21:13: the codebook has no indicator `movements`",
    );
    check("\"WBALK\"", "\"NARNIA\"", "profile.toml:4:8: the codebook has no place `NARNIA`");
    check(
        "as of {period}",
        "as of",
        "profile.toml:5:12: a phrase of `edition` needs the slot `{period}`",
    );
    check(
        "from = \"2020-01\"",
        "from = \"2020-01\"\nrequires = [\"nothing\"]",
        "profile.toml:17:13: no rule is called `nothing`",
    );
}
