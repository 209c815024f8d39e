//! What a kernel or module exports, as the loader reads it: tables of entries, whether symbols name them or not.
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
//! Charged are each field that is looked up and the bytes of each name and namespace, as often as they are met.

use alloc::vec::Vec;

use object::Endianness;
use object::elf;
use object::read::SectionIndex;
use object::read::elf::SectionHeader;

use crate::budget::Budget;
use crate::error::Result;

use super::image::{Class, Reader, damaged};
use super::linkage::{Fact, is_name, number, text_in};
use super::symbols::{Home, SymbolTable};
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

/// Where the fields of an entry are.
#[derive(Clone, Copy)]
struct Layout {
    /// The bytes of an entry.
    size: usize,
    /// The bytes of a field.
    width: usize,
    /// Whether the fields are distances.
    is_relative: bool,
    /// How many fields there are: symbol, name and namespace.
    fields: usize,
}

/// A section whose fields lead somewhere.
struct Fields<'r, 'd, E: Class> {
    reader: &'r Reader<'d, E>,
    symbols: &'r SymbolTable<'d>,
    data: &'d [u8],
    /// Where it is loaded.
    address: u64,
    relocations: Option<&'r Table<'d>>,
}

/// The names and namespaces.
struct Strings<'d> {
    index: SectionIndex,
    address: u64,
    data: &'d [u8],
}

/// An entry.
struct Entry<'d> {
    name: &'d [u8],
    /// Empty for none; `None` if it leads nowhere.
    namespace: Option<&'d [u8]>,
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

impl<'r, 'd, E: Class> Fields<'r, 'd, E> {
    fn open(
        reader: &'r Reader<'d, E>,
        symbols: &'r SymbolTable<'d>,
        relocations: &'r Relocations<'d>,
        index: SectionIndex,
    ) -> Option<Fields<'r, 'd, E>> {
        let section = reader.sections.section(index).ok()?;
        let data = section.data(reader.endian, reader.data).ok()?;
        let own = relocations.own.iter().find(|(about, _)| *about == index);
        let relocations = own.map(|(_, table)| table).or(relocations.dynamic.as_ref());
        let address = section.sh_addr(reader.endian).into();
        Some(Fields { reader, symbols, data, address, relocations })
    }

    /// All entries, in the first layout in which each of them has a name.
    fn entries(&self, strings: &Strings<'d>, budget: &mut Budget) -> Result<Vec<Entry<'d>>> {
        let word = if E::is_type_64_sized() { 8 } else { 4 };
        for (width, is_relative) in [(4, true), (word, false)] {
            for fields in [3, 2] {
                let size = if fields == 3 { width * 3 } else { width * 2 };
                let layout = Layout { size, width, is_relative, fields };
                if let Some(entries) = self.entries_in(layout, strings, budget)? {
                    return Ok(entries);
                }
            }
        }
        Err(damaged("a table of exports is in no layout that is known"))
    }

    fn entries_in(
        &self,
        layout: Layout,
        strings: &Strings<'d>,
        budget: &mut Budget,
    ) -> Result<Option<Vec<Entry<'d>>>> {
        let mut entries = Vec::new();
        if self.data.len().checked_rem(layout.size) != Some(0) {
            return Ok(None);
        }
        for start in (0..self.data.len()).step_by(layout.size) {
            budget.charge_work(16)?;
            let field = |number: usize| start.saturating_add(number.saturating_mul(layout.width));
            let home = self.target(field(1), layout.width, layout.is_relative)?;
            let name = self.text(home, strings, budget)?.unwrap_or_default();
            if !is_name(name) {
                return Ok(None);
            }
            let namespace = if layout.fields == 2 || self.is_null(field(2), layout.width) {
                Some(&[][..])
            } else {
                let home = self.target(field(2), layout.width, layout.is_relative)?;
                self.text(home, strings, budget)?
            };
            budget.push(&mut entries, Entry { name, namespace })?;
        }
        Ok(Some(entries))
    }

    /// The version of each of so many exports, as far as it has one.
    fn versions(
        &self,
        count: usize,
        loaded: &[(u64, &'d [u8])],
        budget: &mut Budget,
    ) -> Result<Vec<Option<u32>>> {
        let mut versions = Vec::new();
        if self.data.is_empty() {
            return Ok(versions);
        }
        let width = match self.data.len().checked_div(count) {
            Some(width @ (4 | 8)) if self.data.len() == count.saturating_mul(width) => width,
            _ => return Err(damaged("a table of versions is not as long as that of exports")),
        };
        budget.charge_work(u64::try_from(count).unwrap_or(u64::MAX).saturating_mul(16))?;
        let is_far = width == 4 && is_linked(self.reader) && self.leads_to_numbers(loaded);
        for start in (0..self.data.len()).step_by(width) {
            let version = match self.target(start, width, is_far)? {
                Some(Home::Absolute(address)) if is_far => self.number_in(loaded, address),
                Some(Home::Absolute(value)) => u32::try_from(value & 0xffff_ffff).ok(),
                Some(Home::Section(section, offset)) => self.number_at(section, offset),
                Some(Home::Elsewhere { .. }) => None,
                // No relocation: it is here.
                None => self.raw(start, width).and_then(|value| u32::try_from(value & 0xffff_ffff).ok()),
            };
            budget.push(&mut versions, version)?;
        }
        Ok(versions)
    }

    /// Whether all fields are distances to numbers, or to address 0, where a symbol is that nobody has.
    fn leads_to_numbers(&self, loaded: &[(u64, &'d [u8])]) -> bool {
        let mut targets = (0..self.data.len()).step_by(4).map(|start| {
            let distance = self.signed(start, 4)?;
            Some(self.place(start).wrapping_add(distance))
        });
        targets.all(|target| {
            target.is_some_and(|at| at == 0 || (at % 4 == 0 && self.number_in(loaded, at).is_some()))
        })
    }

    /// Where a field leads: to a place of a section in what has yet to be linked; else to an address, which is a number.
    fn target(&self, start: usize, width: usize, is_relative: bool) -> Result<Option<Home>> {
        let place = self.place(start);
        if !is_linked(self.reader) {
            let Some((symbol, addend)) = self.relocations.and_then(|table| table.reference(place)) else {
                return Ok(None);
            };
            let Some(addend) = addend.or_else(|| self.signed(start, width)) else { return Ok(None) };
            return Ok(self.symbols.home(symbol)?.map(|home| match home {
                Home::Section(section, value) => Home::Section(section, value.wrapping_add(addend)),
                Home::Absolute(value) => Home::Absolute(value.wrapping_add(addend)),
                elsewhere @ Home::Elsewhere { .. } => elsewhere,
            }));
        }
        if is_relative {
            return Ok(self
                .signed(start, width)
                .map(|distance| Home::Absolute(place.wrapping_add(distance))));
        }
        // The linker may leave the field to what moves the kernel.
        let moved = self.relocations.and_then(|table| table.reference(place));
        let moved = moved.and_then(|(symbol, addend)| addend.filter(|_| symbol == 0));
        Ok(moved.or_else(|| self.raw(start, width)).map(Home::Absolute))
    }

    /// Whether a field leads nowhere on purpose.
    fn is_null(&self, start: usize, width: usize) -> bool {
        let is_moved = || self.relocations.is_some_and(|table| table.reference(self.place(start)).is_some());
        self.raw(start, width) == Some(0) && !is_moved()
    }

    /// A field's place: its offset in the section before it is linked, and its address then.
    fn place(&self, start: usize) -> u64 {
        let address = if is_linked(self.reader) { self.address } else { 0 };
        address.wrapping_add(u64::try_from(start).unwrap_or(u64::MAX))
    }

    fn raw(&self, start: usize, width: usize) -> Option<u64> {
        let bytes = self.data.get(start..)?;
        match width {
            4 => bytes.first_chunk().map(|&bytes| number(bytes, self.reader.endian).into()),
            _ => bytes.first_chunk().map(|&bytes| match self.reader.endian {
                Endianness::Little => u64::from_le_bytes(bytes),
                Endianness::Big => u64::from_be_bytes(bytes),
            }),
        }
    }

    /// A field that may be negative.
    fn signed(&self, start: usize, width: usize) -> Option<u64> {
        let raw = self.raw(start, width)?;
        Some(match u32::try_from(raw) {
            Ok(raw) if width == 4 => i64::from(raw.cast_signed()).cast_unsigned(),
            _ => raw,
        })
    }

    /// The text among the names that a field leads to.
    fn text(
        &self,
        home: Option<Home>,
        strings: &Strings<'d>,
        budget: &mut Budget,
    ) -> Result<Option<&'d [u8]>> {
        let offset = match home {
            Some(Home::Section(section, offset)) if usize::try_from(section) == Ok(strings.index.0) => {
                Some(offset)
            }
            Some(Home::Absolute(address)) if is_linked(self.reader) => address.checked_sub(strings.address),
            _ => None,
        };
        let offset = offset.and_then(|offset| usize::try_from(offset).ok());
        let rest = offset.and_then(|offset| strings.data.get(offset..)).unwrap_or_default();
        Ok(text_in(rest, budget)?.map(|(text, _)| text))
    }

    /// The number at an offset of a section.
    fn number_at(&self, section: u32, offset: u64) -> Option<u32> {
        let section = self.reader.sections.section(SectionIndex(usize::try_from(section).ok()?)).ok()?;
        let data = section.data(self.reader.endian, self.reader.data).ok()?;
        let bytes = data.get(usize::try_from(offset).ok()?..)?.first_chunk()?;
        Some(number(*bytes, self.reader.endian))
    }

    /// The number at an address.
    fn number_in(&self, loaded: &[(u64, &'d [u8])], address: u64) -> Option<u32> {
        let behind = loaded.partition_point(|&(start, _)| start <= address);
        let &(start, data) = loaded.get(behind.checked_sub(1)?)?;
        let offset = usize::try_from(address.checked_sub(start)?).ok()?;
        Some(number(*data.get(offset..)?.first_chunk()?, self.reader.endian))
    }
}

impl<'d> Strings<'d> {
    fn open<E: Class>(reader: &Reader<'d, E>, index: SectionIndex) -> Option<Strings<'d>> {
        let section = reader.sections.section(index).ok()?;
        let data = section.data(reader.endian, reader.data).ok()?;
        Some(Strings { index, address: section.sh_addr(reader.endian).into(), data })
    }
}

/// Whether fields have the values that the linker gave them.
fn is_linked<E: Class>(reader: &Reader<'_, E>) -> bool {
    reader.header.e_type(reader.endian) != elf::ET_REL
}

/// The sections of a kernel that are loaded, by address; none of a module.
fn loaded<'d, E: Class>(reader: &Reader<'d, E>, budget: &mut Budget) -> Result<Vec<(u64, &'d [u8])>> {
    let mut loaded = Vec::new();
    if !is_linked(reader) {
        return Ok(loaded);
    }
    for section in reader.sections.iter() {
        budget.charge_work(8)?;
        if section.sh_flags(reader.endian).contains(elf::SHF_ALLOC)
            && let Ok(data) = section.data(reader.endian, reader.data)
            && !data.is_empty()
        {
            budget.push(&mut loaded, (section.sh_addr(reader.endian).into(), data))?;
        }
    }
    loaded.sort_unstable_by_key(|&(start, data)| (start, data.len()));
    Ok(loaded)
}
