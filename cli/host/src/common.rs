//! Options of all programs.

use std::ffi::OsString;
use std::fmt::Write;
use std::num::NonZero;
use std::path::PathBuf;

use clap::{Parser, ValueHint};
use dwarfksyms_core::{Limit, Limits};

use crate::{heap, message};

/// What may be opened, and how much may be spent.
#[derive(Clone, Debug, clap::Args)]
#[command(next_help_heading = "Files and limits")]
pub struct Common {
    /// Look for files that belong to an object (by build ID, debug link or dwz link) below DIR
    #[arg(long = "companion-root", value_name = "DIR", value_hint = ValueHint::DirPath, default_value = "/usr/lib/debug")]
    pub companion_roots: Vec<PathBuf>,

    /// Open no file that the command line does not name
    #[arg(long)]
    pub no_companions: bool,

    /// Keep rights that a run does not need (on Linux, they are given up before an object is read)
    #[arg(long)]
    pub no_sandbox: bool,

    /// Use N threads; by default one for a small object, and as many as there are processors for a large one
    #[arg(short, long, value_name = "N")]
    pub jobs: Option<NonZero<usize>>,

    /// Change a limit on what an object may cost, such as memory=4G; '--limit help' lists them
    #[arg(long = "limit", value_name = "NAME=N", value_parser = parse_limit)]
    pub limits: Vec<(Limit, u64)>,
}

impl Common {
    /// Holds the process to the limit on memory.
    pub fn hold(&self) {
        let memory = self.limits.iter().rev().find(|(limit, _)| *limit == Limit::Memory);
        heap::limit(memory.map(|&(_, bytes)| bytes));
    }

    /// The limits for an input of `bytes` bytes.
    pub fn limits(&self, bytes: u64) -> Limits {
        let mut limits = Limits::for_input(bytes);
        for &(limit, value) in &self.limits {
            limits.set(limit, value);
        }
        limits
    }
}

/// The limits with their defaults, for `--limit help` and the manual pages.
pub fn limits_help() -> String {
    let mut help =
        "Change a limit on what an object may cost. N may end in K, M or G. The limits are:\n\n".to_owned();
    for limit in Limit::ALL {
        let (name, what, default) = (limit.name(), limit.what(), limit.default_formula());
        // Writing to a string does not fail.
        let _ = writeln!(help, "  {name:<14}{what}: {default}");
    }
    help
}

/// Whether a command line asks what can be limited, whatever else there is in it.
pub fn asks_for_limits(arguments: &[OsString]) -> bool {
    let options = arguments.split(|argument| argument == "--").next().unwrap_or_default();
    options.iter().any(|argument| argument == "--limit=help")
        || options.windows(2).any(|pair| pair[0] == "--limit" && pair[1] == "help")
}

/// Reads `memory=4G`.
fn parse_limit(text: &str) -> Result<(Limit, u64), String> {
    let (name, value) =
        text.split_once('=').ok_or("expected NAME=N, such as memory=4G, or help for what can be limited")?;
    let limit = Limit::ALL.iter().copied().find(|limit| limit.name() == name).ok_or_else(|| {
        let names: Vec<_> = Limit::ALL.iter().map(|limit| limit.name()).collect();
        format!("no such limit; there are {}", names.join(", "))
    })?;
    let (digits, shift) = match value.as_bytes().last() {
        Some(b'K') => (&value[..value.len() - 1], 10),
        Some(b'M') => (&value[..value.len() - 1], 20),
        Some(b'G') => (&value[..value.len() - 1], 30),
        _ => (value, 0),
    };
    let number: u64 =
        digits.parse().map_err(|_| "expected a number, with K, M or G behind it if you like")?;
    let scaled = number.checked_mul(1 << shift).ok_or("the number is too large")?;
    Ok((limit, scaled))
}

/// The same error of a command line, with nothing in what is quoted that could do harm on a terminal.
pub fn escaped<P: Parser>(arguments: &[OsString], error: clap::Error) -> clap::Error {
    let escaped = arguments.iter().map(|argument| message::path(argument.as_ref()));
    P::try_parse_from(escaped).err().unwrap_or(error)
}
