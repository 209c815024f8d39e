//! `dwarfksyms`, under a name that only tests use.

use std::process::ExitCode;

use dwarfksyms_host::heap::Heap;

#[global_allocator]
static HEAP: Heap = Heap;

fn main() -> ExitCode {
    dwarfksyms::main(std::env::args_os())
}
