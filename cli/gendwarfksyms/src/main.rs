//! The drop-in replacement for the kernel's `gendwarfksyms`.

#![no_main]

use std::ffi::OsString;

use dwarfksyms_host::heap::Checked;

#[global_allocator]
static HEAP: Checked = Checked;

dwarfksyms_host::program!(run);

fn run(arguments: &[OsString]) -> u8 {
    dwarfksyms_host::arena::prepare();
    gendwarfksyms::main(arguments)
}
