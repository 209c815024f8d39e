//! Any bytes as an object whose symbols all count, as those of a library do.

use std::collections::BTreeSet;

use dwarfksyms::fuzzing;
use dwarfksyms_core::{Companions, Defined, Limits, Object, Options, Result, Scope, TypeNames};
use object::read::elf::ElfFile64;
use object::read::elf::Sym as _;
use object::{Endianness, Object as _, ObjectSymbol as _, elf};

use crate::allocation;
use crate::describe::{LIMITS, image, unpacked};

/// Any bytes as an object: its symbols are in order, each once, and of a 64-bit object those that another reader finds. It is read
/// as a build with all symbols and all types; where types are declared, they are types of this object.
pub fn library(data: &[u8]) {
    let (global, any) = (Defined::all(data, Scope::Global, &LIMITS), Defined::all(data, Scope::Any, &LIMITS));
    if let (Ok(global), Ok(any)) = (&global, &any) {
        for symbols in [global, any] {
            assert!(
                symbols
                    .windows(2)
                    .all(|pair| (pair[0].name, pair[0].version) < (pair[1].name, pair[1].version))
            );
        }
        let names: BTreeSet<&[u8]> = any.iter().map(|symbol| symbol.name).collect();
        assert!(global.iter().all(|symbol| names.contains(symbol.name)));
        if let Some(expected) = plain_symbols(data) {
            let found = global.iter().filter(|symbol| symbol.version.is_none() && is_plain(symbol.name));
            assert_eq!(found.map(|symbol| symbol.name).collect::<BTreeSet<_>>(), expected);
        }
    }
    let size = u64::try_from(data.len()).unwrap_or(u64::MAX);
    let memory = LIMITS.memory.saturating_mul(2).saturating_add(size);
    let facts = allocation::within(memory, || fuzzing::build_of_all(data.to_vec(), &LIMITS));
    if let Some(facts) = facts {
        assert!(facts.exports.windows(2).all(|pair| pair[0].symbol < pair[1].symbol));
    }
    let _ = allocation::within(LIMITS.memory, || declared(data, &LIMITS));
}

/// Whether nothing about a name can be read in two ways.
fn is_plain(name: &[u8]) -> bool {
    !name.is_empty() && name.iter().all(|&byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

/// The plain names of global functions and variables of a relocatable object, as another reader finds them.
fn plain_symbols(data: &[u8]) -> Option<BTreeSet<&[u8]>> {
    let file = ElfFile64::<Endianness>::parse(data).ok()?;
    let endian = file.endian();
    // Of a library, other symbols count, those of `.dynsym`, and of what has no others.
    if file.elf_header().e_type.get(endian) != elf::ET_REL || file.symbols().next().is_none() {
        return None;
    }
    let mut names = BTreeSet::new();
    for symbol in file.symbols() {
        let name = symbol.name_bytes().ok()?;
        let symbol = symbol.elf_symbol();
        let is_code_or_data = matches!(
            symbol.st_type(),
            elf::STT_FUNC | elf::STT_OBJECT | elf::STT_COMMON | elf::STT_TLS | elf::STT_GNU_IFUNC
        );
        let is_public = matches!(symbol.st_bind(), elf::STB_GLOBAL | elf::STB_WEAK | elf::STB_GNU_UNIQUE)
            && matches!(symbol.st_visibility(), elf::STV_DEFAULT | elf::STV_PROTECTED);
        let is_here = !matches!(symbol.st_shndx(endian), elf::SHN_UNDEF | elf::SHN_ABS);
        if is_code_or_data && is_here && is_public && is_plain(name) {
            names.insert(name);
        }
    }
    Some(names)
}

/// Asks for all types where they are declared.
fn declared(data: &[u8], limits: &Limits) -> Result<()> {
    let unpacked = unpacked(data);
    let object =
        Object::new(image(data, &unpacked, limits)?, Companions::default(), Options::default(), limits)?;
    for unit in object.all_units() {
        let mut keys = BTreeSet::new();
        object.add_types(unit, &mut keys)?;
        let names: Vec<&[u8]> = keys.iter().filter_map(|key| key.get(1..)).collect();
        let names_of_types = TypeNames::new(&names, limits)?;
        object.source_of_unit(unit)?;
        for declared in object.declared(unit, &names_of_types)? {
            assert!(declared.name < names.len());
        }
    }
    Ok(())
}

#[cfg(test)]
#[test]
fn smoke() {
    crate::smoke::test("library");
}
