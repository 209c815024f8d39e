//! What a linked object says about itself to the loader of programs: in `.dynamic`, and in the versions of its symbols.
//!
//! | entry | what it says |
//! | --- | --- |
//! | `DT_SONAME` | the name that programs ask for a library by |
//! | `DT_FLAGS_1`, `DF_1_PIE` | a program whose code can be anywhere, and no library |
//! | `.gnu.version` | for each symbol of `.dynsym`, the number of its version |
//! | `.gnu.version_d` | the name of each number |
//!
//! What is damaged here says nothing. No kernel has any of it, and no version of an export depends on it.

use alloc::vec::Vec;

use object::read::SectionIndex;
use object::read::elf::{Dyn, SectionHeader};
use object::{Endianness, elf};

use crate::budget::Budget;
use crate::error::Result;

use super::fact::text_in;
use super::reader::{Class, Reader};

/// What `.dynamic` says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Dynamic<'d> {
    pub(super) soname: Option<&'d [u8]>,
    pub(super) is_pie: bool,
}

impl<'d> Dynamic<'d> {
    /// Reads a section of dynamic entries.
    pub(super) fn read<E: Class>(
        reader: &Reader<'d, E>,
        section: &'d E::SectionHeader,
        budget: &mut Budget,
    ) -> Result<Dynamic<'d>> {
        let mut dynamic = Dynamic::default();
        let Ok(Some((entries, strings))) = section.dynamic(reader.endian, reader.data) else {
            return Ok(dynamic);
        };
        for entry in entries {
            budget.charge_work(1)?;
            match entry.tag(reader.endian) {
                elf::DT_NULL => break,
                elf::DT_SONAME => {
                    dynamic.soname = reader.string(strings, entry.val(reader.endian), budget)?;
                }
                elf::DT_FLAGS_1 => {
                    dynamic.is_pie = entry.val(reader.endian) & elf::DF_1_PIE.0 != 0;
                }
                _ => {}
            }
        }
        Ok(dynamic)
    }
}

/// The version of a symbol.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct SymbolVersion<'d> {
    pub(super) name: &'d [u8],
    /// Whether it is the one for whoever asks for none.
    pub(super) is_default: bool,
}

/// The versions of the symbols of `.dynsym`.
#[derive(Debug, Default)]
pub(super) struct SymbolVersions<'d> {
    /// For each symbol, the number of its version, and whether it is hidden from whoever asks for none.
    numbers: &'d [elf::Versym<Endianness>],
    /// The names of the numbers, in their order.
    names: Vec<(u16, &'d [u8])>,
}

impl<'d> SymbolVersions<'d> {
    /// Reads the versions that an object defines.
    pub(super) fn read<E: Class>(reader: &Reader<'d, E>, budget: &mut Budget) -> Result<SymbolVersions<'d>> {
        let mut versions = SymbolVersions::default();
        for section in reader.sections.iter() {
            budget.charge_work(1)?;
            if let Ok(Some((numbers, _))) = section.gnu_versym(reader.endian, reader.data) {
                versions.numbers = numbers;
            }
            if let Ok(Some((definitions, strings))) = section.gnu_verdef(reader.endian, reader.data) {
                for (definition, mut names) in definitions.map_while(core::result::Result::ok) {
                    budget.charge_work(2)?;
                    let Ok(Some(name)) = names.next() else { continue };
                    let name = reader.string(strings, name.vda_name.get(reader.endian).into(), budget)?;
                    let is_base = definition.vd_flags.get(reader.endian).contains(elf::VER_FLG_BASE);
                    if let Some(name) = name.filter(|_| !is_base) {
                        budget.push(&mut versions.names, (definition.vd_ndx.get(reader.endian).0, name))?;
                    }
                }
            }
        }
        budget.charge_sorting(versions.names.len())?;
        versions.names.sort_unstable();
        versions.names.dedup_by_key(|(number, _)| *number);
        Ok(versions)
    }

    /// That of a symbol, by its index; none if it has none.
    pub(super) fn of(&self, index: usize, endian: Endianness) -> Option<SymbolVersion<'d>> {
        let number = self.numbers.get(index)?.0.get(endian);
        let at = self.names.binary_search_by_key(&number.index().0, |(number, _)| *number).ok()?;
        let (_, name) = self.names.get(at)?;
        Some(SymbolVersion { name, is_default: !number.is_hidden() })
    }
}

impl<'d, E: Class> Reader<'d, E> {
    /// A string of a table; nothing if it is cut, or empty.
    fn string(&self, table: SectionIndex, at: u64, budget: &mut Budget) -> Result<Option<&'d [u8]>> {
        // The longest that anybody gives a library or a version.
        const LONGEST: usize = 4096;
        let Ok(section) = self.sections.section(table) else { return Ok(None) };
        let strings = section.data(self.endian, self.data).unwrap_or_default();
        let start = usize::try_from(at).ok();
        let rest = start.and_then(|start| strings.get(start..)).unwrap_or_default();
        let text = text_in(rest.get(..LONGEST).unwrap_or(rest), budget)?;
        Ok(text.map(|(text, _)| text).filter(|text| !text.is_empty()))
    }
}
