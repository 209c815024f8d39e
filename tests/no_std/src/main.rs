//! Prints the versions of an object's symbols as `gendwarfksyms` does, without std and without libc.
//!
//! Standard input is the object, and file 3 the list of symbols:
//!
//! ```sh
//! dwarfksyms-no-std < x.o 3< symbols
//! ```
#![no_std]
#![no_main]

extern crate alloc;

mod memory;
mod runtime;
mod system;

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt::Write;
use core::panic::PanicInfo;

use dwarfksyms_core::{Error, Exports, Limits, Object, Options};

const STANDARD_INPUT: usize = 0;
const STANDARD_OUTPUT: usize = 1;
const STANDARD_ERROR: usize = 2;
const SYMBOLS: usize = 3;

/// What runs first and last.
pub(crate) extern "C" fn main() -> ! {
    let status = match answer() {
        Ok(text) => system::write(STANDARD_OUTPUT, text.as_bytes()),
        Err(what) => {
            system::write(STANDARD_ERROR, format!("error: {what}\n").as_bytes());
            1
        }
    };
    system::exit(status)
}

fn answer() -> Result<String, String> {
    let object = read(STANDARD_INPUT)?;
    let list = read(SYMBOLS)?;
    versions(&object, &list).map_err(|error| error.to_string())
}

/// The lines that `gendwarfksyms` prints.
fn versions(object: &[u8], list: &[u8]) -> Result<String, Error> {
    let limits = Limits::for_input(object.len() as u64);
    let exports = Exports::parse(list, &limits)?;
    let object = Object::parse(object, Options::default(), &limits)?;
    let versions = object.description(&exports)?.versions(&exports)?;
    let mut text = String::new();
    for (id, name) in exports.iter() {
        // What is not described has the version 0.
        let version = versions.get(id).unwrap_or(0);
        let name = String::from_utf8_lossy(name);
        // A string takes whatever there is.
        let _ = writeln!(text, "#SYMVER {name} {version:#010x}");
    }
    Ok(text)
}

/// All that there is to read in a file.
fn read(file: usize) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    let mut room = [0; 4096];
    loop {
        match system::read(file, &mut room) {
            Ok(0) => return Ok(bytes),
            Ok(count) => bytes.extend_from_slice(&room[..count]),
            Err(number) => return Err(format!("file {file} cannot be read: error {number}")),
        }
    }
}

#[panic_handler]
fn panicked(info: &PanicInfo<'_>) -> ! {
    system::write(STANDARD_ERROR, format!("{info}\n").as_bytes());
    system::exit(101)
}
