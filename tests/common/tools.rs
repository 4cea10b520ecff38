//! Programs of others that read what was written: Python packages of pinned versions, set up once below `target/`.

use std::{
    fs::{self, File},
    path::{Path, PathBuf},
    process::{Command, Output},
    sync::OnceLock,
};

/// What a script of `tests/python/` prints; none, said loudly, where Python or its packages cannot be had.
///
/// `CROSSTALLY_REQUIRE_TOOLS=1` makes that a failure.
#[track_caller]
pub fn python(script: &str, arguments: &[&Path]) -> Option<String> {
    static PYTHON: OnceLock<Result<PathBuf, String>> = OnceLock::new();
    let python = match PYTHON.get_or_init(set_up) {
        Ok(python) => python,
        Err(why) => return absent(why),
    };
    let path = root().join("tests/python").join(script);
    let mut command = Command::new(python);
    command
        .arg(path)
        .args(arguments)
        .env("PYTHONUTF8", "1")
        .env("PYTHONDONTWRITEBYTECODE", "1");
    let output = command.output().expect("the interpreter was found");
    assert!(output.status.success(), "{script} fails: {}", printed(&output));
    Some(String::from_utf8(output.stdout).expect("the script prints UTF-8"))
}

/// What the command `sqlite3` prints; Python's module of that name stands in where the command is not installed.
#[track_caller]
pub fn sqlite3(database: &Path, statements: &str) -> Option<String> {
    match Command::new("sqlite3").arg("-bail").arg(database).arg(statements).output() {
        Ok(output) => {
            assert!(output.status.success(), "sqlite3 fails: {}", printed(&output));
            Some(String::from_utf8(output.stdout).expect("sqlite3 prints UTF-8"))
        }
        Err(_) => python("sqlite.py", &[database, Path::new(statements)]),
    }
}

/// Says that a test checks nothing, or fails where it has to check something.
#[track_caller]
pub fn absent<T>(why: &str) -> Option<T> {
    let required = std::env::var_os("CROSSTALLY_REQUIRE_TOOLS").is_some_and(|value| !value.is_empty() && value != "0");
    assert!(!required, "a program that the tests need is absent: {why}");
    eprintln!("SKIPPED: a program that this test needs is absent: {why}");
    None
}

/// The interpreter of an environment with the pinned packages; made by the first test that asks, the others wait.
fn set_up() -> Result<PathBuf, String> {
    let requirements = root().join("tests/requirements.txt");
    let pinned = fs::read(&requirements).map_err(|error| error.to_string())?;
    // Another list gives another environment.
    let name = format!("python-{}", &blake3::hash(&pinned).to_hex()[..12]);
    let below = Path::new(env!("CARGO_TARGET_TMPDIR"));
    fs::create_dir_all(below).map_err(|error| error.to_string())?;
    let lock = File::create(below.join(format!("{name}.lock"))).map_err(|error| error.to_string())?;
    lock.lock().map_err(|error| error.to_string())?;

    let environment = below.join(name);
    let ready = environment.join("ready");
    let binaries = if cfg!(windows) { "Scripts" } else { "bin" };
    let python = environment.join(binaries).join("python");
    if ready.is_file() {
        return Ok(python);
    }
    let base = if cfg!(windows) { "python" } else { "python3" };
    run(Command::new(base).args(["-m", "venv", "--clear"]).arg(&environment))?;
    let install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--requirement"];
    run(Command::new(&python).args(install).arg(&requirements))?;
    fs::write(&ready, "").map_err(|error| error.to_string())?;
    Ok(python)
}

fn run(command: &mut Command) -> Result<(), String> {
    let output = command.output().map_err(|error| format!("{command:?}: {error}"))?;
    if output.status.success() {
        return Ok(());
    }
    Err(format!("{command:?}: {}", printed(&output)))
}

fn printed(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}
