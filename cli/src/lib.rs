//! The command line around [`dwarfksyms_core`]: arguments, files and messages.

mod args;
mod build;
mod command;
mod companion;
mod comparison;
#[doc(hidden)]
pub mod confinement;
mod contents;
mod demangle;
mod explanation;
#[doc(hidden)]
pub mod fuzzing;
mod input;
mod linting;
mod loading;
mod message;
mod new_file;
mod output;
mod parallel;
mod policy;
mod progress;
mod record;
mod report;
mod run;
mod strict;
mod timing;
mod unpack;
mod watch;

use std::ffi::OsString;
use std::io::{self, ErrorKind};
use std::process::ExitCode;

use clap::{CommandFactory, Parser};

use crate::args::Args;
use crate::command::Cli;
use crate::run::Outcome;

/// What the command lines of all programs look like, for manual pages and completions.
pub fn commands() -> [clap::Command; 2] {
    [Args::command(), Cli::command()]
}

/// Runs `dwarfksyms`: exit status 0 if there is nothing to report, 1 if there is, and 2 if anything went wrong.
pub fn dwarfksyms(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    const TROUBLE: u8 = 2;
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    let cli = match Cli::try_parse_from(&arguments) {
        Ok(cli) => cli,
        Err(error) => {
            let error = escaped::<Cli>(&arguments, error);
            if !error.use_stderr() {
                return if error.print().is_ok() { ExitCode::SUCCESS } else { ExitCode::from(TROUBLE) };
            }
            message::usage(&error);
            return ExitCode::from(TROUBLE);
        }
    };
    match cli.run() {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::Different) => ExitCode::FAILURE,
        Err(error) => {
            // Whoever has read enough needs no message.
            let is_closed =
                error.downcast_ref::<io::Error>().map(io::Error::kind) == Some(ErrorKind::BrokenPipe);
            if !is_closed {
                message::error(&error);
            }
            ExitCode::from(TROUBLE)
        }
    }
}

/// The same error of a command line, with nothing in what is quoted that could do harm on a terminal.
fn escaped<P: Parser>(arguments: &[OsString], error: clap::Error) -> clap::Error {
    let escaped = arguments.iter().map(|argument| message::path(argument.as_ref()));
    P::try_parse_from(escaped).err().unwrap_or(error)
}

/// Runs `gendwarfksyms`: exit status 0 for success, 1 for any failure, as the kernel's tool has it. With `--check`, 1 says
/// that versions differ, and 2 that anything went wrong.
pub fn gendwarfksyms(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    let failure = if is_check(&arguments) { ExitCode::from(2) } else { ExitCode::FAILURE };
    let args = match Args::try_parse_from(&arguments) {
        Ok(args) => args,
        Err(error) => {
            let error = escaped::<Args>(&arguments, error);
            if error.kind() == clap::error::ErrorKind::DisplayVersion {
                return if error.print().is_ok() { ExitCode::SUCCESS } else { failure };
            }
            // As in the kernel's tool: kbuild appends standard output to a file, and it is for versions alone.
            message::usage(&error);
            return if error.kind() == clap::error::ErrorKind::DisplayHelp {
                ExitCode::SUCCESS
            } else {
                failure
            };
        }
    };
    match run::run(&args) {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::Different) => ExitCode::FAILURE,
        Err(error) => {
            message::error(&error);
            failure
        }
    }
}

/// Whether versions are to be compared, even if the rest of the command line makes no sense.
fn is_check(arguments: &[OsString]) -> bool {
    let options = arguments.iter().map(|argument| argument.as_encoded_bytes());
    options.take_while(|option| *option != b"--").any(|option| {
        let name = option.split(|&byte| byte == b'=').next().unwrap_or_default();
        name.len() > b"--c".len() && b"--check".starts_with(name)
    })
}
