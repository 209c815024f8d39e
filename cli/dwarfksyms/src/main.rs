//! Questions about the versions of a kernel's exported symbols.

use std::process::ExitCode;

fn main() -> ExitCode {
    dwarfksyms::main(std::env::args_os())
}
