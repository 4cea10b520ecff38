//! The program: arguments in, files and findings out.

mod arguments;
mod command;

use std::{
    env,
    io::{self, BufWriter, IsTerminal, Stdout, Write},
    process::ExitCode,
};

use anyhow::Result;
use clap::Parser;
use crosstally::write::terminal::{Colour, Terminal};
use mimalloc::MiMalloc;

use arguments::{Arguments, Command, When};

/// Workers ask for memory and give it back all the time, and mostly for little: see `benches/archive.rs`.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match run(&arguments) {
        Ok(code) => code,
        Err(error) => {
            // Nothing can be told to a user whose standard error is gone too.
            let _ = writeln!(io::stderr(), "crosstally: {error:#}");
            ExitCode::from(2)
        }
    }
}

fn run(arguments: &Arguments) -> Result<ExitCode> {
    let terminal = terminal(arguments.printing.color);
    let loudness = arguments.printing.loudness();
    let mut out = BufWriter::new(Output::Open(io::stdout()));
    let code = match &arguments.command {
        Command::Ingest(arguments) => command::ingest::run(arguments, terminal, loudness, &mut out)?,
        Command::Check(arguments) => command::check::run(arguments, terminal, loudness, &mut out)?,
        Command::Show(arguments) => command::show::run(arguments, terminal, loudness, &mut out)?,
        Command::Explain(arguments) => command::explain::run(arguments, terminal, &mut out)?,
        Command::History(arguments) => command::history::run(arguments, terminal, &mut out)?,
        Command::Profile(arguments) => command::profile::run(arguments, terminal, loudness, &mut out)?,
        Command::Schema(arguments) => command::schema::run(arguments, &mut out)?,
        Command::Completions { shell } => command::completions::run(*shell, &mut out)?,
        Command::Worker { profiles } => command::worker::run(profiles.as_deref())?,
        Command::Manual(arguments) => command::manual::run(arguments, &mut out)?,
    };
    out.flush()?;
    Ok(code)
}

/// What standard output is, as far as it matters to lines.
fn terminal(coloured: When) -> Terminal {
    let is_terminal = io::stdout().is_terminal();
    let colour = match coloured {
        When::Always => Colour::Ansi,
        When::Never => Colour::Plain,
        When::Auto => colour(is_terminal),
    };
    Terminal {
        width: width(is_terminal),
        colour,
    }
}

/// <https://no-color.org> and, below it, <https://bixense.com/clicolors> are honoured.
fn colour(is_terminal: bool) -> Colour {
    let variable = |name| env::var_os(name).filter(|value| !value.is_empty());
    let is_dumb = variable("TERM").is_some_and(|name| name == "dumb");
    if variable("NO_COLOR").is_some() {
        Colour::Plain
    } else if variable("CLICOLOR_FORCE").is_some_and(|value| value != "0")
        || (is_terminal && !is_dumb && variable("CLICOLOR").is_none_or(|value| value != "0"))
    {
        Colour::Ansi
    } else {
        Colour::Plain
    }
}

/// The columns of a line: what the user says, else what the terminal says; what goes into a pipe or a file is not broken.
fn width(is_terminal: bool) -> usize {
    let said = env::var("COLUMNS")
        .ok()
        .and_then(|columns| columns.parse().ok())
        .filter(|columns: &usize| *columns > 0);
    let seen = || terminal_size::terminal_size().map_or(Terminal::PLAIN.width, |(width, _)| usize::from(width.0));
    match said {
        Some(columns) => columns.max(NARROWEST),
        None if is_terminal => seen().max(NARROWEST),
        None => Terminal::UNBROKEN.width,
    }
}

/// Narrower lines cannot be read anyway.
const NARROWEST: usize = 40;

/// Standard output that a reader may close early, as `head` does: what follows is dropped, and the exit code stays what it would be.
enum Output {
    Open(Stdout),
    Closed,
}

impl Output {
    fn or_close<T>(&mut self, dropped: T, write: impl FnOnce(&mut Stdout) -> io::Result<T>) -> io::Result<T> {
        let Self::Open(out) = self else { return Ok(dropped) };
        match write(out) {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {
                *self = Self::Closed;
                Ok(dropped)
            }
            result => result,
        }
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.or_close(bytes.len(), |out| out.write(bytes))
    }

    fn flush(&mut self) -> io::Result<()> {
        self.or_close((), Write::flush)
    }
}
