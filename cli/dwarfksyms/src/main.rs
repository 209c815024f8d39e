//! Questions about the versions of a kernel's exported symbols.

use std::process::ExitCode;

use dwarfksyms_host::heap::Heap;

#[global_allocator]
static HEAP: Heap = Heap;

fn main() -> ExitCode {
    dwarfksyms::main(std::env::args_os())
}
