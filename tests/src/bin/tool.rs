//! `gendwarfksyms`, under a name that only tests use.

use std::process::ExitCode;

fn main() -> ExitCode {
    dwarfksyms::gendwarfksyms(std::env::args_os())
}
