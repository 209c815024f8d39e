//! The drop-in replacement for the kernel's `gendwarfksyms`.

use std::process::ExitCode;

use dwarfksyms_host::heap::Heap;

#[global_allocator]
static HEAP: Heap = Heap;

fn main() -> ExitCode {
    gendwarfksyms::main(std::env::args_os())
}
