//! The fields of the loader's tables: where each leads, and what is there.

use alloc::vec::Vec;

use object::Endianness;
use object::elf;
use object::read::SectionIndex;
use object::read::elf::SectionHeader;

use super::{Relocations, is_linked};
use crate::budget::Budget;
use crate::elf::fact::{number, text_in};
use crate::elf::reader::{Class, Reader, damaged};
use crate::elf::symbols::{Home, SymbolTable};
use crate::elf::table::Table;
use crate::error::Result;
use crate::exports::is_name;

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
pub(super) struct Fields<'r, 'd, E: Class> {
    reader: &'r Reader<'d, E>,
    symbols: &'r SymbolTable<'d>,
    pub(super) data: &'d [u8],
    /// Where it is loaded.
    address: u64,
    relocations: Option<&'r Table<'d>>,
}

/// The names and namespaces.
pub(super) struct Strings<'d> {
    index: SectionIndex,
    address: u64,
    data: &'d [u8],
}

/// An entry.
pub(super) struct Entry<'d> {
    pub(super) name: &'d [u8],
    /// Empty for none; `None` if it leads nowhere.
    pub(super) namespace: Option<&'d [u8]>,
}

impl<'r, 'd, E: Class> Fields<'r, 'd, E> {
    pub(super) fn open(
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
    pub(super) fn entries(&self, strings: &Strings<'d>, budget: &mut Budget) -> Result<Vec<Entry<'d>>> {
        let word: usize = if E::is_type_64_sized() { 8 } else { 4 };
        for (width, is_relative) in [(4, true), (word, false)] {
            for fields in [3_usize, 2] {
                let size = fields.saturating_mul(width);
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
    pub(super) fn versions(
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
        let mut targets = (0..self.data.len()).step_by(4).map(|start| match self.target(start, 4, true) {
            Ok(Some(Home::Absolute(address))) => Some(address),
            _ => None,
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
        let address = if is_relative {
            self.signed(start, width).map(|distance| place.wrapping_add(distance))
        } else {
            // The linker may leave the field to what moves the kernel.
            let moved = self.relocations.and_then(|table| table.reference(place));
            let moved = moved.and_then(|(symbol, addend)| addend.filter(|_| symbol == 0));
            moved.or_else(|| self.raw(start, width))
        };
        let all = if E::is_type_64_sized() { u64::MAX } else { u32::MAX.into() };
        Ok(address.map(|address| Home::Absolute(address & all)))
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
    pub(super) fn open<E: Class>(reader: &Reader<'d, E>, index: SectionIndex) -> Option<Strings<'d>> {
        let section = reader.sections.section(index).ok()?;
        let data = section.data(reader.endian, reader.data).ok()?;
        Some(Strings { index, address: section.sh_addr(reader.endian).into(), data })
    }
}

/// The sections of a kernel that are loaded, by address; none of a module.
pub(super) fn loaded<'d, E: Class>(
    reader: &Reader<'d, E>,
    budget: &mut Budget,
) -> Result<Vec<(u64, &'d [u8])>> {
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
