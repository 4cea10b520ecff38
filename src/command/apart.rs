//! A command that looks at one file, in a process of its own where the file may break its reader: the file and the work in, the exit code out.

use std::{
    env,
    ffi::OsString,
    io::{self, Write},
    path::Path,
    process::{Command, ExitCode, Stdio},
};

use crosstally::{
    isolation::{self, Ended},
    schema::Want,
};

use super::{
    error::{Error, Result},
    reading::this_program,
};
use crate::arguments::{FileBounds, Isolated};

/// Does the work here, or has this very command done by a process that may die of it; `sign` is told what that process says on its way.
///
/// `words` are those by which the command line names the command.
pub(crate) fn run(
    file: &Path,
    bounds: &FileBounds,
    words: &[&str],
    sign: &mut dyn FnMut(&str),
    work: impl FnOnce() -> Result<ExitCode> + Send,
) -> Result<ExitCode> {
    let limits = &bounds.bounds;
    let program = this_program()?;
    let fault = |source| crosstally::Error::Process {
        program: program.clone(),
        source,
    };
    if bounds.apart {
        let lifeline = file.is_file().then(io::stdin);
        return isolation::hold(limits.memory_limit, lifeline, work).map_err(fault)?;
    }
    if limits.isolation == Isolated::None || !crosstally::may_do_harm(file) {
        return work();
    }
    let mut command = Command::new(&program);
    // What is no file may be the very standard input of this process.
    let input = if file.is_file() { Stdio::piped() } else { Stdio::inherit() };
    command.args(to_do_apart(env::args_os().skip(1), words)).stdin(input);
    let apart = isolation::Apart {
        seconds: limits.time_limit,
        memory: limits.memory_limit,
    };
    match apart.run(&mut command, sign).map_err(fault)? {
        Ended::Own { code, said } => {
            io::stderr().write_all(said.as_bytes())?;
            Ok(ExitCode::from(code))
        }
        Ended::Died(death) => Err(Error::read(file)(format!("{death}; {}", help(death.want())))),
    }
}

/// The arguments of this process, with the flag by which the other knows itself behind the words of the command.
fn to_do_apart(arguments: impl Iterator<Item = OsString>, words: &[&str]) -> Vec<OsString> {
    let mut words = words.iter();
    let mut next = words.next();
    let mut all = Vec::new();
    for argument in arguments {
        let is_last = words.len() == 0 && next.is_some_and(|word| argument == *word);
        if next.is_some_and(|word| argument == *word) {
            next = words.next();
        }
        all.push(argument);
        if is_last {
            all.push("--apart".into());
        }
    }
    all
}

/// What gives a reader what it wanted, where anything does.
fn help(want: Want) -> &'static str {
    match want {
        Want::Time => "`--time-limit` gives it longer",
        Want::Memory => "`--memory-limit` gives it more",
        Want::Stack | Want::Less => "fetch the file again from its publisher",
        Want::Life => "run it again, or with `--isolation none`, where the file may end this very process",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_flag_stands_behind_the_words_of_the_command() {
        let check = |line: &str, words: &[&str], expected: &str| {
            let made = to_do_apart(line.split(' ').map(OsString::from), words);
            assert_eq!(made.join(" ".as_ref()), expected);
        };
        check("show a.pdf", &["show"], "show --apart a.pdf");
        check("--color never show -- show", &["show"], "--color never show --apart -- show");
        check("profile -q new new", &["profile", "new"], "profile -q new --apart new");
    }
}
