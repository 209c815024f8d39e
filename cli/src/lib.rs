//! The command line around [`dwarfksyms_core`]: arguments, files and messages.

mod args;
mod companion;
#[doc(hidden)]
pub mod confinement;
mod contents;
#[doc(hidden)]
pub mod fuzzing;
mod input;
mod message;
mod output;
mod parallel;
mod progress;
mod run;
mod strict;
mod timing;
mod unpack;
mod watch;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::Parser;
use clap::error::ErrorKind;

use crate::args::Args;

/// Runs `gendwarfksyms`: exit status 0 for success, 1 for any failure, as the kernel's tool has it.
pub fn gendwarfksyms(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    let args = match Args::try_parse_from(&arguments) {
        Ok(args) => args,
        Err(error) => {
            // What is quoted in the message must do no harm on a terminal.
            let escaped = arguments.iter().map(|argument| message::path(argument.as_ref()));
            let error = Args::try_parse_from(escaped).err().unwrap_or(error);
            if error.kind() == ErrorKind::DisplayVersion {
                return if error.print().is_ok() { ExitCode::SUCCESS } else { ExitCode::FAILURE };
            }
            // As in the kernel's tool: kbuild appends standard output to a file, and it is for versions alone.
            message::usage(&error);
            return if error.kind() == ErrorKind::DisplayHelp {
                ExitCode::SUCCESS
            } else {
                ExitCode::FAILURE
            };
        }
    };
    match run::run(&args) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            message::error(&error);
            ExitCode::FAILURE
        }
    }
}
