//! The drop-in replacement for the kernel's `gendwarfksyms`.

use std::process::ExitCode;

use dwarfksyms_host::heap::Checked;

#[global_allocator]
static HEAP: Checked = Checked;

fn main() -> ExitCode {
    dwarfksyms_host::pages::prepare();
    gendwarfksyms::main(std::env::args_os())
}
