//! `gendwarfksyms`, under a name that only tests use.

use std::process::ExitCode;

fn main() -> ExitCode {
    gendwarfksyms::main(std::env::args_os())
}
