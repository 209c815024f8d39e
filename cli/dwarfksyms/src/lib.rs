//! Questions about the versions of a Linux kernel's exported symbols.

mod builds;
mod command;
mod comparison;
mod demangle;
#[doc(hidden)]
pub mod fuzzing;
mod linting;
mod loading;
mod name;
mod policy;
mod providers;
mod report;
#[cfg(test)]
mod schema;
mod threads;

use std::ffi::OsString;
use std::io::{self, ErrorKind};
use std::process::ExitCode;

use clap::{CommandFactory, Parser};
use dwarfksyms_host::{common, message, output, trouble};

use crate::command::Cli;

/// What the command line looks like, for manual pages and completions.
pub fn command() -> clap::Command {
    Cli::command()
}

/// Runs `dwarfksyms`: exit status 0 if there is nothing to report, 1 if there is, and 2 if anything went wrong; with
/// `compare --exit-code`, others too.
pub fn main(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    const TROUBLE: u8 = 2;
    trouble::set_status(TROUBLE);
    trouble::catch();
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    if common::asks_for_limits(&arguments) {
        let is_told = output::standard_output(common::limits_help().as_bytes()).is_ok();
        return if is_told { ExitCode::SUCCESS } else { ExitCode::from(TROUBLE) };
    }
    let cli = match Cli::try_parse_from(&arguments) {
        Ok(cli) => cli,
        Err(error) => {
            let error = common::escaped::<Cli>(&arguments, error);
            if !error.use_stderr() {
                return if error.print().is_ok() { ExitCode::SUCCESS } else { ExitCode::from(TROUBLE) };
            }
            message::usage(&error);
            return ExitCode::from(TROUBLE);
        }
    };
    match cli.run() {
        Ok(status) => status,
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
