//! The drop-in replacement for the kernel's `gendwarfksyms`.

use std::process::ExitCode;

fn main() -> ExitCode {
    gendwarfksyms::main(std::env::args_os())
}
