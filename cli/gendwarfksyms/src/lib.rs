//! The drop-in replacement for the kernel's `gendwarfksyms`: arguments, one run, what is compared and refused.

mod args;
#[doc(hidden)]
pub mod fuzzing;
mod list;
mod objects;
mod record;
mod run;
mod strict;

use std::ffi::OsString;

use clap::{CommandFactory, Parser};
use dwarfksyms_host::{Outcome, common, message, trouble};

use crate::args::Args;

/// What the command line looks like, for the manual page and completions.
pub fn command() -> clap::Command {
    Args::command()
}

/// The exit status of a run that did what it should.
const SUCCESS: u8 = 0;

/// That of one that did not, or of a comparison that found differences.
const FAILURE: u8 = 1;

/// Runs `gendwarfksyms` and returns its exit status: 0 for success, 1 for any failure, as the kernel's tool has it. With `--check`, 1 says
/// that versions differ, and 2 that anything went wrong.
pub fn main(arguments: &[OsString]) -> u8 {
    let failure: u8 = if is_check(arguments) { 2 } else { FAILURE };
    trouble::set_status(failure);
    trouble::catch();
    if common::asks_for_limits(arguments) {
        message::limits(&common::limits_help());
        return SUCCESS;
    }
    let args = match Args::try_parse_from(arguments) {
        Ok(args) => args,
        Err(error) => {
            let error = common::escaped::<Args>(arguments, error);
            if error.kind() == clap::error::ErrorKind::DisplayVersion {
                return if error.print().is_ok() { SUCCESS } else { failure };
            }
            // As in the kernel's tool: kbuild appends standard output to a file, and it is for versions alone.
            if error.kind() == clap::error::ErrorKind::DisplayHelp {
                message::help(&error);
                return SUCCESS;
            }
            message::usage(&error);
            return failure;
        }
    };
    match run::run(&args) {
        Ok(Outcome::Done) => SUCCESS,
        Ok(Outcome::Different) => FAILURE,
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
