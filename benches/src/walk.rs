//! The raw walk: one thread goes over every DIE of `.debug_info` with `gimli`, and does nothing else.
//!
//! This is what reading DWARF costs at the least, on the machine at hand; times are given as multiples of it.

use gimli::{DebugAbbrev, DebugInfo, EndianSlice, RunTimeEndian};
use object::read::elf::{FileHeader, Rela, SectionHeader, SectionTable, Sym};
use object::{Endianness, elf};

/// What is walked over.
#[derive(Debug)]
pub struct Sections {
    info: Vec<u8>,
    abbreviations: Vec<u8>,
}

impl Sections {
    /// The sections of an object for a little-endian machine of 64 bits; `None` if it is another. Relocations of
    /// `.debug_info` are applied.
    pub fn new(data: &[u8]) -> Option<Sections> {
        let header = elf::FileHeader64::<Endianness>::parse(data).ok()?;
        let endian = header.endian().ok()?;
        if endian != Endianness::Little {
            return None;
        }
        let sections = header.sections(endian, data).ok()?;
        let contents = |name: &[u8]| {
            let (index, section) = sections.section_by_name(endian, name)?;
            Some((index, section.data(endian, data).ok()?.to_vec()))
        };
        let (index, mut info) = contents(b".debug_info")?;
        let (_, abbreviations) = contents(b".debug_abbrev")?;
        relocate(&mut info, &sections, index, endian, data);
        Some(Sections { info, abbreviations })
    }

    /// Walks over the first `units` units; the number of DIEs.
    ///
    /// # Errors
    /// Damage.
    pub fn walk(&self, units: usize) -> gimli::Result<u64> {
        let info = DebugInfo::from(EndianSlice::new(&self.info, RunTimeEndian::Little));
        let abbreviations = DebugAbbrev::from(EndianSlice::new(&self.abbreviations, RunTimeEndian::Little));
        let mut dies = 0;
        for unit in info.units().take(units) {
            let unit = unit?;
            let table = unit.abbreviations(&abbreviations)?;
            let mut entries = unit.entries_raw(&table, None)?;
            while !entries.is_empty() {
                if let Some(abbreviation) = entries.read_abbreviation()? {
                    dies += 1;
                    entries.skip_attributes(abbreviation.attributes())?;
                }
            }
        }
        Ok(dies)
    }
}

/// Writes the offsets that x86-64's relocations give into their fields. Others are left alone: an object that
/// needs them cannot be walked over, which shows.
fn relocate(
    info: &mut [u8],
    sections: &SectionTable<'_, elf::FileHeader64<Endianness>>,
    index: object::SectionIndex,
    endian: Endianness,
    data: &[u8],
) {
    let Ok(symbols) = sections.symbols(endian, data, elf::SHT_SYMTAB) else { return };
    for section in sections.iter() {
        let Ok(Some((entries, _))) = section.rela(endian, data) else { continue };
        if section.info_link(endian) != index {
            continue;
        }
        for entry in entries {
            let width = match entry.r_type(endian, false) {
                elf::R_X86_64_32 => 4,
                elf::R_X86_64_64 => 8,
                _ => continue,
            };
            let symbol = entry.symbol(endian, false).and_then(|index| symbols.symbol(index).ok());
            let value = symbol.map_or(0, |symbol| symbol.st_value(endian));
            let value = value.wrapping_add_signed(entry.r_addend(endian)).to_le_bytes();
            let start = entry.r_offset(endian) as usize;
            if let Some(field) = start.checked_add(width).and_then(|end| info.get_mut(start..end)) {
                field.copy_from_slice(&value[..width]);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::generated;

    #[test]
    fn every_die_is_seen() {
        let (one, _) = generated::object(1);
        let (four, _) = generated::object(4);
        let walk = |object: &[u8], units| Sections::new(object).unwrap().walk(units).unwrap();
        let dies = walk(&one, usize::MAX);
        assert!(dies > 4000);
        assert_eq!(walk(&four, usize::MAX), 4 * dies);
        assert_eq!(walk(&four, 1), dies);
    }
}
