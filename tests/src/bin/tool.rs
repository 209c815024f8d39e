//! `gendwarfksyms`, under a name that only tests use.

#![no_main]

use dwarfksyms_host::heap::Checked;

#[global_allocator]
static HEAP: Checked = Checked;

dwarfksyms_host::program!(gendwarfksyms::main);
