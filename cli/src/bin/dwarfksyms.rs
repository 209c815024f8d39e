//! Questions about the versions of a kernel's exported symbols.

use std::process::ExitCode;

fn main() -> ExitCode {
    dwarfksyms::dwarfksyms(std::env::args_os())
}
