//! Prints the versions of the symbols that an object exports:
//! `cargo run --package dwarfksyms-core --example versions OBJECT`

use dwarfksyms_core::{Exports, Limits, Linkage, Object, Options};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args_os().nth(1).ok_or("which object?")?;
    let bytes = std::fs::read(path)?;
    let limits = Limits::for_input(bytes.len().try_into()?);
    let linkage = Linkage::parse(&bytes, &limits)?;
    let names: Vec<&[u8]> = linkage.exports.iter().map(|export| export.name).collect();
    let exports = Exports::of_objects(&names, &limits)?;
    let object = Object::parse(&bytes, Options::default(), &limits)?;
    let versions = object.description(&exports)?.versions(&exports)?;
    for (id, name) in exports.iter() {
        let name = String::from_utf8_lossy(name);
        match versions.get(id) {
            Some(version) => println!("{version:#010x} {name}"),
            None => println!("{name} is not described"),
        }
    }
    Ok(())
}
