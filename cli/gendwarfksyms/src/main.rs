//! The drop-in replacement for the kernel's `gendwarfksyms`.

use std::process::ExitCode;

fn main() -> ExitCode {
    dwarfksyms_host::pages::prepare();
    gendwarfksyms::main(std::env::args_os())
}
