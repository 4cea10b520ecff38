//! The program: arguments in, files and findings out.

mod arguments;
mod command;

use std::{
    io::{self, BufWriter, IsTerminal, StdoutLock, Write},
    process::ExitCode,
};

use anyhow::Result;
use clap::Parser;
use crosstally::write::terminal::{Colour, Terminal};

use arguments::{Arguments, Command};

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
    let terminal = terminal();
    let mut out = BufWriter::new(Output::Open(io::stdout().lock()));
    let code = match &arguments.command {
        Command::Ingest(arguments) => command::ingest::run(arguments, terminal, &mut out)?,
        Command::Check(arguments) => command::check::run(arguments, terminal, &mut out)?,
        Command::Show(arguments) => command::show::run(arguments, terminal, &mut out)?,
        Command::Explain(arguments) => command::explain::run(arguments, &mut out)?,
        Command::History(arguments) => command::history::run(arguments, terminal, &mut out)?,
        Command::Schema(arguments) => command::schema::run(arguments, &mut out)?,
    };
    out.flush()?;
    Ok(code)
}

/// Colours and the true width only where a person looks on; <https://no-color.org> is honoured.
fn terminal() -> Terminal {
    let is_set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    if !io::stdout().is_terminal() {
        return Terminal::PLAIN;
    }
    let dumb = std::env::var_os("TERM").is_some_and(|name| name == "dumb");
    let width = terminal_size::terminal_size().map_or(Terminal::PLAIN.width, |(width, _)| usize::from(width.0));
    Terminal {
        width: width.max(40),
        colour: if dumb || is_set("NO_COLOR") { Colour::Plain } else { Colour::Ansi },
    }
}

/// Standard output that a reader may close early, as `head` does: what follows is dropped, and the exit code stays what it would be.
enum Output {
    Open(StdoutLock<'static>),
    Closed,
}

impl Output {
    fn or_close<T>(&mut self, dropped: T, write: impl FnOnce(&mut StdoutLock<'static>) -> io::Result<T>) -> io::Result<T> {
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
