//! `dwarfksyms`, under a name that only tests use.

use std::process::ExitCode;

fn main() -> ExitCode {
    dwarfksyms::main(std::env::args_os())
}
