//! What a kernel or module exports, as the loader reads it: tables of entries, whether or not symbols name them.
//!
//! Who strips a module leaves the symbols that relocations need, and no `__ksymtab_<name>`; a kernel that is taken out of its
//! boot image has no symbols at all. What is left are the sections that the loader uses:
//!
//! | section | has, for each export |
//! | --- | --- |
//! | `__ksymtab`, `__ksymtab_gpl` and older ones | an entry: where the symbol is, its name, and from 5.4 on its namespace |
//! | `__ksymtab_strings` | the names and namespaces, each with a NUL |
//! | `__kcrctab`, `__kcrctab_gpl` and older ones | the version, in the same order |
//! | `__kflagstab`, from 7.0 on | a byte of flags, where one `__ksymtab` has all exports |
//!
//! The fields of an entry are addresses, or distances of 32 bits from themselves, as the machine has it; of a module, they
//! are what relocations say. So there are four layouts, and nothing in the file says which it is: it is the one in
//! which every entry has a name among the names. A version is a number in the table, or the value of a symbol, or, in
//! kernels from 4.10 to 5.18 on some machines, at a distance from the field.
//!
//! In what the loader loads, this counts and not what symbols of exports say, since the loader looks at none of them: a module whose
//! `__ksymtab_<name>` was renamed is refused or loaded by the name in its table.
//!
//! Charged are each field that is looked up and the bytes of each name and namespace, as often as they are met.

mod fields;

use alloc::vec::Vec;

use object::elf;
use object::read::SectionIndex;
use object::read::elf::SectionHeader;

use crate::budget::Budget;
use crate::error::Result;

use self::fields::{Entry, Fields, Strings, loaded};
use super::fact::Fact;
use super::reader::{Class, Reader, damaged};
use super::symbols::SymbolTable;
use super::table::Table;

/// What the names of tables end in, and whether what they have is for modules under the GPL only.
const KINDS: [(&[u8], bool); 5] =
    [(b"", false), (b"_gpl", true), (b"_unused", false), (b"_unused_gpl", true), (b"_gpl_future", true)];

/// Where the tables of an object are, as far as it has them.
#[derive(Clone, Copy, Default)]
pub(super) struct ExportTables {
    /// In the order of [`KINDS`].
    entries: [Option<SectionIndex>; KINDS.len()],
    versions: [Option<SectionIndex>; KINDS.len()],
    flags: Option<SectionIndex>,
    strings: Option<SectionIndex>,
}

impl ExportTables {
    /// Notes a section, if it is one of these; of several of a name, the first counts.
    pub(super) fn add(&mut self, name: &[u8], index: SectionIndex) {
        let Some(name) = name.strip_prefix(b"__k") else { return };
        let kind = |rest: &[u8]| KINDS.iter().position(|(suffix, _)| *suffix == rest);
        let slot = match name {
            b"symtab_strings" => Some(&mut self.strings),
            b"flagstab" => Some(&mut self.flags),
            _ => match (name.strip_prefix(b"symtab"), name.strip_prefix(b"crctab")) {
                (Some(rest), _) => kind(rest).and_then(|kind| self.entries.get_mut(kind)),
                (_, Some(rest)) => kind(rest).and_then(|kind| self.versions.get_mut(kind)),
                _ => None,
            },
        };
        if let Some(slot) = slot {
            slot.get_or_insert(index);
        }
    }

    /// Reads what the tables say of each export.
    ///
    /// # Errors
    /// A table that cannot be read; a limit.
    pub(super) fn read<'d, E: Class>(
        &self,
        reader: &Reader<'d, E>,
        symbols: &SymbolTable<'d>,
        facts: &mut Vec<(&'d [u8], Fact<'d>)>,
        budget: &mut Budget,
    ) -> Result<()> {
        let relocations = Relocations::find(reader, self, budget)?;
        let loaded = loaded(reader, budget)?;
        let open = |index| Fields::open(reader, symbols, &relocations, index);
        let strings = self.strings.and_then(|index| Strings::open(reader, index));
        for (at, (&index, (_, is_gpl))) in self.entries.iter().zip(KINDS).enumerate() {
            let Some(entries) = index.and_then(open).filter(|entries| !entries.data.is_empty()) else {
                continue;
            };
            let missing = || damaged("a table of exports has no names");
            let read = entries.entries(strings.as_ref().ok_or_else(missing)?, budget)?;
            let versions = self.versions.get(at).copied().flatten().and_then(open);
            let versions =
                versions.map_or(Ok(Vec::new()), |all| all.versions(read.len(), &loaded, budget))?;
            let flags = self.flags.filter(|_| at == 0).and_then(open).map_or(&[][..], |flags| flags.data);
            for (position, Entry { name, namespace }) in read.into_iter().enumerate() {
                budget.push(facts, (name, Fact::Entry(is_gpl)))?;
                if let Some(namespace) = namespace {
                    budget.push(facts, (name, Fact::Namespace(namespace)))?;
                }
                if let Some(&flags) = flags.get(position) {
                    budget.push(facts, (name, Fact::Flags(flags)))?;
                }
                if let Some(version) = versions.get(position).copied().flatten() {
                    budget.push(facts, (name, Fact::Version(version)))?;
                }
            }
        }
        Ok(())
    }
}

/// The relocations of the tables: those of each in a module, those of all there is in a kernel that can be moved.
struct Relocations<'d> {
    /// By the section that they are of.
    own: Vec<(SectionIndex, Table<'d>)>,
    dynamic: Option<Table<'d>>,
}

impl<'d> Relocations<'d> {
    fn find<E: Class>(
        reader: &Reader<'d, E>,
        tables: &ExportTables,
        budget: &mut Budget,
    ) -> Result<Relocations<'d>> {
        let mut found = Relocations { own: Vec::new(), dynamic: None };
        let is_linked = is_linked(reader);
        for section in reader.sections.iter() {
            budget.charge_work(1)?;
            let kind = section.sh_type(reader.endian);
            if kind != elf::SHT_REL && kind != elf::SHT_RELA {
                continue;
            }
            let about = section.info_link(reader.endian);
            let mut wanted = tables.entries.iter().chain(&tables.versions);
            if is_linked && kind == elf::SHT_RELA && reader.name(section) == b".rela.dyn" {
                found.dynamic = Some(reader.relocation_table(section, budget)?);
            } else if !is_linked
                && wanted.any(|index| *index == Some(about))
                && !found.own.iter().any(|(index, _)| *index == about)
            {
                let table = reader.relocation_table(section, budget)?;
                budget.push(&mut found.own, (about, table))?;
            }
        }
        Ok(found)
    }
}

/// Whether fields have the values that the linker gave them.
fn is_linked<E: Class>(reader: &Reader<'_, E>) -> bool {
    reader.header.e_type(reader.endian) != elf::ET_REL
}

#[cfg(test)]
mod tests;
