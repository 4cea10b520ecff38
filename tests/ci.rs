//! The program in a pipeline and in a shell: files for the service, the scripts of the action and of the README, flags of printing, completions, manual.

#![allow(clippy::unwrap_used, reason = "helpers of tests are tests too")]
#![expect(clippy::print_stderr, reason = "a test that checks nothing says so")]

use std::{
    fs,
    io::{Read, Write},
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};

use tempfile::TempDir;

/// The program in a folder, with none of the variables it looks at but those given.
fn run(folder: &Path, arguments: &[&str], variables: &[(&str, &str)]) -> Output {
    let mut command = Command::new(program());
    command.current_dir(folder).args(arguments);
    clean(&mut command, variables);
    command.output().unwrap()
}

fn clean(command: &mut Command, variables: &[(&str, &str)]) {
    let looked_at = [
        "COLUMNS",
        "NO_COLOR",
        "CLICOLOR",
        "CLICOLOR_FORCE",
        "GITHUB_STEP_SUMMARY",
        "GITHUB_WORKSPACE",
    ];
    for name in looked_at {
        command.env_remove(name);
    }
    command.envs(variables.iter().copied());
}

fn program() -> PathBuf {
    assert_cmd::cargo::cargo_bin!("crosstally").to_path_buf()
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

/// A folder with a snapshot that reads cleanly and one whose parts do not add up.
fn archive() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let snapshots = folder.path().join("snapshots");
    fs::create_dir(&snapshots).unwrap();
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    for (specimen, name) in [
        ("unhcr-western-balkans/2024-07.txt", "good.txt"),
        ("iom-dtm-western-balkans/2024-12.txt", "bad one.txt"),
    ] {
        fs::copy(fixtures.join(specimen), snapshots.join(name)).unwrap();
    }
    folder
}

#[track_caller]
fn check(folder: &TempDir, arguments: &[&str], variables: &[(&str, &str)], code: i32) -> String {
    let output = run(folder.path(), arguments, variables);
    assert_eq!(output.status.code(), Some(code), "{}{}", text(&output.stdout), text(&output.stderr));
    text(&output.stdout).to_owned()
}

#[test]
fn one_reading_gives_every_format() {
    let folder = archive();
    let copies = ["sarif=made/a.sarif", "junit=a.xml", "github=a.log", "json=a.json", "human=a.txt"];
    let arguments = copies.iter().flat_map(|copy| ["--also", copy]);
    let arguments: Vec<&str> = ["check", "snapshots"].into_iter().chain(arguments).collect();
    let printed = check(&folder, &arguments, &[], 1);
    let copy = |name: &str| fs::read_to_string(folder.path().join(name)).unwrap();
    assert_eq!(printed, copy("a.txt"));
    for (format, name) in [("sarif", "made/a.sarif"), ("junit", "a.xml"), ("github", "a.log"), ("json", "a.json")] {
        assert_eq!(
            check(&folder, &["check", "snapshots", "--format", format], &[], 1),
            copy(name),
            "{format}"
        );
    }
    assert!(copy("made/a.sarif").contains("\"snapshots/bad%20one.txt\""));
    for wrong in ["a.sarif", "docx=a.docx", "sarif=", "sarif=.."] {
        check(&folder, &["check", "snapshots", "--also", wrong], &[], 2);
    }
    check(&folder, &["check", "snapshots", "--also", "sarif=snapshots/good.txt/a"], &[], 2);
}

#[test]
fn annotations_name_files_from_the_top_of_the_repository() {
    let folder = archive();
    let top = folder.path().to_str().unwrap();
    let annotated = |place: &Path, path: &str| {
        let output = run(place, &["check", path, "--format", "github"], &[("GITHUB_WORKSPACE", top)]);
        text(&output.stdout).to_owned()
    };
    let file = "::error file=snapshots/bad one.txt,line=";
    assert!(annotated(&folder.path().join("snapshots"), "bad one.txt").starts_with(file));
    assert!(annotated(&folder.path().join("snapshots"), ".").starts_with(file));
    assert!(annotated(Path::new("/"), &format!("{top}/snapshots")).starts_with(file));
}

#[test]
fn the_summary_of_a_step_is_added_to_what_is_there() {
    let folder = archive();
    let file = folder.path().join("summary.md");
    let variables = [("GITHUB_STEP_SUMMARY", file.to_str().unwrap())];
    fs::write(&file, "before\n").unwrap();
    check(&folder, &["check", "snapshots/good.txt"], &variables, 0);
    check(&folder, &["check", "snapshots", "--format", "json"], &variables, 1);
    let summary = fs::read_to_string(&file).unwrap();
    assert!(summary.starts_with("before\n## crosstally: the check passes\n"), "{summary}");
    assert!(summary.contains("\n## crosstally: the check fails\n"), "{summary}");
    assert!(
        summary.contains("| **error** | `total-differs` | snapshots/bad one\\.txt\\:"),
        "{summary}"
    );

    let full = "x".repeat((1 << 20) - 60);
    fs::write(&file, &full).unwrap();
    check(&folder, &["check", "snapshots"], &variables, 1);
    assert_eq!(fs::read_to_string(&file).unwrap(), full);
    check(
        &folder,
        &["check", "snapshots"],
        &[("GITHUB_STEP_SUMMARY", folder.path().to_str().unwrap())],
        2,
    );
}

#[test]
fn known_findings_are_unchanged_in_sarif_and_skipped_in_junit() {
    let folder = archive();
    let baseline = check(&folder, &["check", "snapshots", "--format", "json"], &[], 1);
    fs::write(folder.path().join("baseline.json"), baseline).unwrap();
    let with = |format| {
        check(
            &folder,
            &["check", "snapshots", "--baseline", "baseline.json", "--format", format],
            &[],
            0,
        )
    };
    let log: serde_json::Value = serde_json::from_str(&with("sarif")).unwrap();
    let states: Vec<&str> = log["runs"][0]["results"]
        .as_array()
        .unwrap()
        .iter()
        .map(|result| result["baselineState"].as_str().unwrap())
        .collect();
    assert!(!states.is_empty() && states.iter().all(|state| *state == "unchanged"), "{states:?}");
    assert!(with("junit").contains("<skipped message=\"known from the baseline\"/>"));
    assert_eq!(with("github"), "");
}

#[test]
fn quiet_leaves_what_was_asked_for() {
    let folder = archive();
    assert_eq!(check(&folder, &["--quiet", "check", "snapshots/good.txt"], &[], 0), "");
    assert_eq!(check(&folder, &["ingest", "snapshots", "-q"], &[], 0), "");
    assert!(folder.path().join("output/observations.csv").is_file());
    let loud = check(&folder, &["check", "snapshots"], &[], 1);
    let quiet = check(&folder, &["check", "-q", "snapshots"], &[], 1);
    assert!(loud.starts_with(&quiet) && quiet.contains("error[total-differs]"), "{quiet}");
    assert!(!quiet.contains("explain") && !quiet.contains(" in 2 documents"), "{quiet}");
    for command in [
        &["explain", "restated"][..],
        &["schema", "check"],
        &["profile", "list"],
        &["show", "snapshots/good.txt"],
    ] {
        let quiet: Vec<&str> = command.iter().copied().chain(["--quiet"]).collect();
        assert_eq!(check(&folder, command, &[], 0), check(&folder, &quiet, &[], 0));
    }
}

#[test]
fn colour_is_as_the_user_wants_it() {
    let folder = archive();
    let is_coloured = |arguments: &[&str], variables: &[(&str, &str)]| {
        let arguments: Vec<&str> = ["check", "snapshots"].iter().chain(arguments).copied().collect();
        check(&folder, &arguments, variables, 1).contains('\u{1b}')
    };
    assert!(!is_coloured(&[], &[]));
    assert!(!is_coloured(&["--color", "auto"], &[("CLICOLOR_FORCE", "0")]));
    assert!(is_coloured(&["--color", "auto"], &[("CLICOLOR_FORCE", "1")]));
    assert!(!is_coloured(&[], &[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")]));
    assert!(is_coloured(&[], &[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "")]));
    assert!(is_coloured(&["--color", "always"], &[("NO_COLOR", "1")]));
    assert!(!is_coloured(&["--color=never"], &[("CLICOLOR_FORCE", "1")]));
    for command in [&["profile", "list"][..], &["show", "snapshots/good.txt"]] {
        let arguments: Vec<&str> = command.iter().copied().chain(["--color", "always"]).collect();
        assert!(check(&folder, &arguments, &[], 0).contains('\u{1b}'), "{command:?}");
    }
    check(&folder, &["check", "snapshots", "--color", "sometimes"], &[], 2);
}

#[test]
fn lines_are_as_wide_as_columns_says_and_not_broken_in_a_pipe() {
    let folder = archive();
    let widest = |variables: &[(&str, &str)]| {
        let shown = check(&folder, &["show", "snapshots/good.txt"], variables, 0);
        shown.lines().map(|line| line.chars().count()).max().unwrap()
    };
    assert!(widest(&[("COLUMNS", "60")]) <= 60);
    let page = check(&folder, &["explain", "total-differs"], &[("COLUMNS", "50")], 0);
    assert!(page.lines().all(|line| line.chars().count() <= 50), "{page}");
    let shown = |columns| check(&folder, &["show", "snapshots/good.txt"], &[("COLUMNS", columns)], 0);
    assert_eq!(shown("3"), shown("40"));
    assert!(widest(&[]) > 200);
    assert!(widest(&[("COLUMNS", "wide")]) > 200);
    let summary = check(&folder, &["ingest", "snapshots"], &[], 0);
    assert!(
        summary
            .lines()
            .any(|line| line.contains("the parts add to 957, but the printed total is 1,017: one part"))
    );
}

#[test]
fn a_reader_of_findings_that_goes_away_is_no_fault() {
    let folder = archive();
    let many = folder.path().join("many");
    fs::create_dir(&many).unwrap();
    for number in 0..600 {
        fs::write(
            many.join(format!("{number} {}.pdf", "long name ".repeat(20))),
            format!("not a PDF {number}"),
        )
        .unwrap();
    }
    for format in ["human", "json", "sarif", "junit", "github"] {
        let mut command = Command::new(program());
        command.args(["check", "many", "--format", format]).current_dir(folder.path());
        clean(&mut command, &[]);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut start = [0; 1];
        let mut out = child.stdout.take().unwrap();
        out.read_exact(&mut start).unwrap();
        drop(out);
        let mut error = String::new();
        child.stderr.take().unwrap().read_to_string(&mut error).unwrap();
        assert_eq!((child.wait().unwrap().code(), error.as_str()), (Some(1), ""), "{format}");
    }
}

/// The path of a program that may be missing here; says so where it is.
fn tool(name: &str) -> Option<&str> {
    let is_there = Command::new(name).arg("--version").output().is_ok_and(|output| output.status.success());
    if !is_there {
        assert!(
            std::env::var_os("CROSSTALLY_REQUIRE_TOOLS").is_none() || name != "bash",
            "{name} is missing"
        );
        eprintln!("SKIPPED: {name} is not installed");
    }
    is_there.then_some(name)
}

fn script(program: &str, arguments: &[&str], script: &str, folder: &Path, variables: &[(&str, &str)]) -> Output {
    let mut command = Command::new(program);
    command.args(arguments).current_dir(folder);
    clean(&mut command, variables);
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(script.as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}

#[test]
fn each_shell_takes_its_completions() {
    let folder = tempfile::tempdir().unwrap();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let completions = check(&folder, &["completions", shell], &[], 0);
        assert!(completions.contains("history") && completions.contains("fail-on"), "{shell}");
        let file = folder.path().join(shell);
        fs::write(&file, completions).unwrap();
        let parses = ["bash", "zsh", "fish"].contains(&shell);
        if let Some(program) = tool(shell).filter(|_| parses) {
            let output = Command::new(program).arg("-n").arg(&file).output().unwrap();
            assert!(output.status.success(), "{shell}: {}", text(&output.stderr));
        }
    }
    if let Some(bash) = tool("bash") {
        // Bash gives the function the command, the word to be completed and the word before it.
        let completed = |before: &[&str], word: &str| {
            let words = before.join(" ");
            let last = before.last().unwrap();
            let text = format!(
                "source ./bash; COMP_WORDS=({words} '{word}'); COMP_CWORD={}; _crosstally crosstally '{word}' {last}; echo ${{COMPREPLY[*]}}",
                before.len()
            );
            let output = script(bash, &["-s"], &text, folder.path(), &[]);
            String::from_utf8(output.stdout).unwrap().trim().to_owned()
        };
        assert_eq!(completed(&["crosstally"], "che"), "check");
        assert_eq!(completed(&["crosstally", "check", "--fail-on"], ""), "error warning note");
    }
    check(&folder, &["completions", "tcsh"], &[], 2);
}

#[test]
fn there_is_a_manual_page_for_each_command() {
    let folder = tempfile::tempdir().unwrap();
    let page = check(&folder, &["manual"], &[], 0);
    assert!(page.contains("\n.TH crosstally 1 ") && page.contains("crosstally\\-history(1)"), "{page}");
    assert!(check(&folder, &["manual", "check"], &[], 0).contains("\\-\\-fail\\-on"));
    let written = check(&folder, &["manual", "--to", "man1"], &[], 0);
    let commands = [
        "",
        "-ingest",
        "-check",
        "-show",
        "-explain",
        "-history",
        "-profile",
        "-profile-list",
        "-schema",
    ];
    for command in commands {
        let name = format!("crosstally{command}.1");
        let page = fs::read_to_string(folder.path().join("man1").join(&name)).unwrap();
        assert!(
            written.contains(&name) && page.contains(&format!("\n.TH crosstally{command} 1 ")),
            "{page}"
        );
    }
    check(&folder, &["manual", "tally"], &[], 2);
}

/// The script of a step in a file of workflow steps, by the step's name.
fn step(file: &str, name: &str) -> String {
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(file)).unwrap();
    let step = text.split_once(&format!("- name: {name}\n")).unwrap().1;
    let script = step.split_once("run: |\n").unwrap().1;
    let indent = script.len() - script.trim_start_matches(' ').len();
    let lines = script.lines().take_while(|line| line.is_empty() || line.starts_with(&" ".repeat(indent)));
    lines.map(|line| line.get(indent..).unwrap_or("")).collect::<Vec<_>>().join("\n")
}

/// Puts the program at a path. Where it can be named there it is not copied: a system may refuse to start a file that was just written, while
/// another process is being started.
fn put(path: &Path) {
    #[cfg(unix)]
    std::os::unix::fs::symlink(program(), path).unwrap();
    #[cfg(not(unix))]
    fs::copy(program(), path).unwrap();
}

/// Runs the step of the action that checks, and gives what it printed, the step's outputs and its summary.
fn acted(folder: &TempDir, inputs: &[(&str, &str)], code: i32) -> [String; 3] {
    let bin = folder.path().join("temp/crosstally/bin");
    fs::create_dir_all(&bin).unwrap();
    let here = bin.join("crosstally");
    if !here.exists() {
        put(&here);
    }
    let inside = |name: &str| folder.path().join(name).display().to_string();
    let (temp, output, summary) = (inside("temp"), inside("temp/output"), inside("temp/summary.md"));
    let mut variables = vec![
        ("RUNNER_TEMP", temp.as_str()),
        ("GITHUB_OUTPUT", &output),
        ("GITHUB_STEP_SUMMARY", &summary),
        ("GITHUB_WORKSPACE", folder.path().to_str().unwrap()),
        ("INPUT_FORMAT", "github"),
        ("INPUT_FAIL_ON", "error"),
    ];
    variables.extend(inputs);
    for file in [&output, &summary] {
        fs::write(file, "").unwrap();
    }
    // As the runner runs it.
    let result = script(
        "bash",
        &["--noprofile", "--norc", "-eo", "pipefail", "-s"],
        &step("action.yml", "Check"),
        folder.path(),
        &variables,
    );
    assert_eq!(result.status.code(), Some(code), "{}{}", text(&result.stdout), text(&result.stderr));
    [
        text(&result.stdout).to_owned(),
        fs::read_to_string(output).unwrap(),
        fs::read_to_string(summary).unwrap(),
    ]
}

#[test]
fn the_action_fails_where_a_snapshot_does_not_read_cleanly() {
    if tool("bash").is_none() {
        return;
    }
    let folder = archive();
    let [printed, outputs, summary] = acted(&folder, &[("INPUT_PATHS", "snapshots/good.txt\n")], 0);
    assert_eq!((printed.as_str(), outputs.as_str()), ("", "exit-code=0\n"));
    assert!(summary.contains("the check passes"), "{summary}");

    let inputs = [
        ("INPUT_PATHS", "  snapshots/good.txt\r\n\n\tsnapshots/bad one.txt"),
        ("INPUT_UPLOAD", "true"),
        ("INPUT_JUNIT", "report.xml"),
    ];
    let [printed, outputs, summary] = acted(&folder, &inputs, 1);
    assert!(printed.starts_with("::error file=snapshots/bad one.txt,line="), "{printed}");
    assert!(outputs.contains("crosstally.sarif\n") && outputs.ends_with("exit-code=1\n"), "{outputs}");
    assert!(summary.contains("the check fails") && summary.contains("`total-differs`"), "{summary}");
    assert!(folder.path().join("temp/crosstally.sarif").is_file() && folder.path().join("report.xml").is_file());

    let [printed, ..] = acted(&folder, &[("INPUT_PATHS", " \n\n")], 0);
    assert_eq!(printed, "nothing to check\n");
    acted(&folder, &[("INPUT_PATHS", "nowhere")], 2);
    acted(&folder, &[("INPUT_PATHS", "--help")], 2);
    acted(&folder, &[("INPUT_PATHS", "$(touch owned)\n`touch owned`")], 2);
    assert!(!folder.path().join("owned").exists());
}

#[test]
fn the_workflow_of_the_readme_checks_what_a_pull_request_changes() {
    let (Some(bash), Some(_)) = (tool("bash"), tool("git")) else { return };
    let folder = archive();
    let git = |arguments: &str| {
        let line = format!("git -c user.name=a -c user.email=a@example.org -c init.defaultBranch=main {arguments}");
        let output = script(bash, &["-es"], &line, folder.path(), &[("GIT_CONFIG_GLOBAL", "/dev/null")]);
        assert!(output.status.success(), "{line}: {}", text(&output.stderr));
        text(&output.stdout).trim().to_owned()
    };
    let bad = folder.path().join("snapshots/bad one.txt");
    let gone = fs::read(&bad).unwrap();
    fs::remove_file(&bad).unwrap();
    fs::write(folder.path().join("snapshots/old.txt"), "to be deleted").unwrap();
    git("init -q . && git add snapshots");
    git("commit -q -m before");
    let before = git("rev-parse HEAD");
    fs::write(&bad, gone).unwrap();
    fs::write(folder.path().join("snapshots/crosstally.toml"), "").unwrap();
    fs::write(folder.path().join("notes.txt"), "").unwrap();
    git("rm -q snapshots/old.txt && git add notes.txt snapshots");
    git("commit -q -m after");
    let output = folder.path().join("listed");
    let result = script(
        bash,
        &["-eo", "pipefail", "-s"],
        &step("README.md", "List what the pull request adds or changes"),
        folder.path(),
        &[("BASE", &before), ("GITHUB_OUTPUT", output.to_str().unwrap())],
    );
    assert!(result.status.success(), "{}", text(&result.stderr));
    let listed = fs::read_to_string(output).unwrap();
    assert_eq!(listed, "files<<END_OF_FILES\nsnapshots/bad one.txt\nEND_OF_FILES\n");
}
