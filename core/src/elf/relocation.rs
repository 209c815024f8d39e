//! The relocations of a section, applied to the fields that are read.
//!
//! In a relocatable object, the references between debug sections are completed by relocations. Only
//! the fields that the answer depends on are looked up, when they are read: nothing is copied, and
//! a relocation that nobody asks for costs nothing.
//!
//! Nearly all fields that have relocations are offsets of strings. But one may be anywhere in damaged or hostile bytes,
//! and then what stands there is not what counts. So whoever reads bytes asks first whether a relocation touches them
//! ([`Relocations::touch`]): a number is completed like any other field, and anything else is an error.

use alloc::vec::Vec;
use core::cell::Cell;

use object::Endianness;
use object::elf;

use crate::budget::Budget;
use crate::error::{Error, ErrorKind, Result};

use super::effect::{Effect, effect};
use super::symbols::Symbols;

/// The relocations of one section; none for an executable or shared object.
#[derive(Debug, Default)]
pub(crate) struct Relocations<'d> {
    tables: Vec<Table<'d>>,
}

/// One relocation section.
#[derive(Debug)]
pub(crate) struct Table<'d> {
    machine: elf::Machine,
    endian: Endianness,
    entries: Entries<'d>,
    symbols: Symbols<'d>,
    /// The entries in order of their offsets, if the section has them in another one.
    sorted: Option<Vec<u32>>,
}

/// The entries of a relocation section, as the file has them.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Entries<'d> {
    Rel32(&'d [elf::Rel32<Endianness>]),
    Rela32(&'d [elf::Rela32<Endianness>]),
    Rel64(&'d [elf::Rel64<Endianness>]),
    Rela64(&'d [elf::Rela64<Endianness>]),
}

/// How far somebody has come who reads fields one after the other.
#[derive(Debug, Default)]
pub(crate) struct Cursor {
    /// Where the relocation of the last field was: that of the next one will be near.
    near: Cell<usize>,
    /// How many relocations have been applied, or were seen to do nothing.
    applied: Cell<usize>,
}

impl Cursor {
    /// The position of the first relocation at or behind an offset.
    pub(crate) fn seek(&self, relocations: Ordered<'_, '_>, offset: usize) -> usize {
        let index = relocations.first_at(offset, self.near.get());
        self.near.set(index);
        index
    }

    /// How many relocations have been applied since this was asked last.
    #[inline]
    pub(crate) fn take_applied(&self) -> usize {
        self.applied.replace(0)
    }
}

/// A relocation in the terms of its machine.
#[derive(Clone, Copy)]
struct Relocation {
    kind: elf::RelocationType,
    symbol: u32,
    /// `None`: the addend is what the field holds.
    addend: Option<u64>,
}

/// A sum and a difference, or three steps of one relocation, are the most that an assembler writes.
const MOST_AT_ONE_PLACE: usize = 4;

/// The most bytes that a relocation changes.
const WIDEST: u64 = 8;

impl<'d> Relocations<'d> {
    pub(crate) fn add(&mut self, table: Table<'d>, budget: &mut Budget) -> Result<()> {
        const MOST_TABLES: usize = 4;
        if table.entries.len() == 0 {
            return Ok(());
        }
        if self.tables.len() >= MOST_TABLES {
            return Err(Error::new(ErrorKind::Elf("too many relocation sections for one section")));
        }
        budget.push(&mut self.tables, table)
    }

    /// Whether there are none.
    pub(crate) fn is_empty(&self) -> bool {
        self.tables.is_empty()
    }

    /// Whether a relocation touches the bytes from `start` to `end`. Places are looked for near the one before.
    #[inline]
    pub(crate) fn touch(&self, start: usize, end: usize, cursor: &Cursor) -> bool {
        let (start, end) = (offset_of(start), offset_of(end));
        self.tables.iter().any(|table| table.touches(start, end, cursor))
    }

    /// The number of relocations that begin between `start` and `end`, of which no more than `most` are counted.
    #[inline]
    pub(crate) fn count(&self, start: usize, end: usize, most: usize, cursor: &Cursor) -> usize {
        let (start, end) = (offset_of(start), offset_of(end));
        let counts = self.tables.iter().map(|table| table.count(start, end, most, cursor));
        counts.fold(0, usize::saturating_add)
    }

    /// The relocations in the order of their offsets, if they are in one section, and where a cursor is among them.
    #[inline]
    pub(crate) fn ordered(&self) -> Option<Ordered<'_, 'd>> {
        match self.tables.as_slice() {
            [table] => Some(Ordered { table }),
            _ => None,
        }
    }

    /// The value of the field of `width` bytes at `offset` which holds `raw`.
    ///
    /// # Errors
    /// A relocation that is not known, or not of this field alone; one whose result does not fit.
    #[inline]
    pub(crate) fn apply(&self, offset: usize, width: u8, raw: u64, cursor: &Cursor) -> Result<u64> {
        self.tables.iter().try_fold(raw, |value, table| table.apply(offset_of(offset), width, value, cursor))
    }

    /// Refuses relocations of bytes that are no field which may have one.
    pub(crate) fn refuse(&self, start: usize, end: usize, cursor: &Cursor) -> Result<()> {
        let (start, end) = (offset_of(start), offset_of(end));
        self.tables.iter().try_for_each(|table| table.refuse(start, end, cursor))
    }
}

/// The relocations of a section, in the order of their offsets.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Ordered<'r, 'd> {
    table: &'r Table<'d>,
}

impl Ordered<'_, '_> {
    /// The position of the first relocation at or behind an offset, which is probably not far from another one.
    pub(crate) fn first_at(&self, offset: usize, near: usize) -> usize {
        self.table.first_at(offset_of(offset), near)
    }

    /// Where the relocation at a position begins; no section is as large as what stands for none.
    #[inline]
    pub(crate) fn offset(&self, position: usize) -> usize {
        let offset = self.table.position(position).map(|entry| self.table.offset(entry));
        offset.and_then(|offset| usize::try_from(offset).ok()).unwrap_or(usize::MAX)
    }

    /// Whether one of those before a position changes bytes from `offset` on.
    #[inline]
    pub(crate) fn reaches(&self, position: usize, offset: usize) -> bool {
        self.table.reaches(position, offset_of(offset))
    }
}

impl<'d> Table<'d> {
    pub(crate) fn new(
        machine: elf::Machine,
        endian: Endianness,
        entries: Entries<'d>,
        symbols: Symbols<'d>,
        budget: &mut Budget,
    ) -> Result<Table<'d>> {
        let mut table = Table { machine, endian, entries, symbols, sorted: None };
        let len = entries.len();
        budget.charge_work(u64::try_from(len).unwrap_or(u64::MAX))?;
        if !table.is_in_order() {
            let mut sorted = Vec::new();
            budget.reserve(&mut sorted, len)?;
            budget.charge_work(u64::try_from(len).unwrap_or(u64::MAX).saturating_mul(32))?;
            let count = u32::try_from(len).map_err(|_| ErrorKind::OutOfMemory)?;
            sorted.extend(0..count);
            sorted.sort_unstable_by_key(|&index| (table.offset(to_usize(index)), index));
            table.sorted = Some(sorted);
        }
        Ok(table)
    }

    fn is_in_order(&self) -> bool {
        let endian = self.endian;
        match self.entries {
            // What nearly all objects have.
            Entries::Rela64(all) => all.is_sorted_by_key(|entry| entry.r_offset.get(endian)),
            _ => (0..self.entries.len()).is_sorted_by_key(|index| self.offset(index)),
        }
    }

    /// The number of relocations.
    pub(super) fn len(&self) -> usize {
        self.entries.len()
    }

    #[inline]
    fn touches(&self, start: u64, end: u64, cursor: &Cursor) -> bool {
        let index = self.first_at(start, cursor.near.get());
        cursor.near.set(index);
        let begins = self.position(index).is_some_and(|entry| self.offset(entry) < end);
        begins || self.reaches(index, start)
    }

    /// Whether a relocation before a position changes bytes from `start` on, where none before it begins.
    #[inline]
    fn reaches(&self, index: usize, start: u64) -> bool {
        let before = index.checked_sub(1).and_then(|before| self.position(before));
        before.is_some_and(|entry| self.offset(entry).saturating_add(WIDEST) > start)
            && self.reaches_exactly(index, start)
    }

    #[cold]
    fn reaches_exactly(&self, index: usize, start: u64) -> bool {
        // Of each byte in front.
        const MOST: usize = 7 * MOST_AT_ONE_PLACE;
        for (seen, before) in (0..index).rev().enumerate() {
            let Some(entry) = self.position(before) else { return false };
            let offset = self.offset(entry);
            if offset.saturating_add(WIDEST) <= start {
                return false;
            }
            // One that is not known is of what begins where it is, however much that may be.
            let width = effect(self.machine, self.relocation(entry).kind).map_or(1, |(_, width)| width);
            if seen >= MOST || offset.saturating_add(width.into()) > start {
                return true;
            }
        }
        false
    }

    fn count(&self, start: u64, end: u64, most: usize, cursor: &Cursor) -> usize {
        let first = self.first_at(start, cursor.near.get());
        cursor.near.set(first);
        let mut count = 0_usize;
        while count < most
            && let Some(entry) = self.position(first.saturating_add(count))
            && self.offset(entry) < end
        {
            count = count.saturating_add(1);
        }
        count
    }

    #[inline]
    fn apply(&self, wanted: u64, width: u8, raw: u64, cursor: &Cursor) -> Result<u64> {
        let index = self.first_at(wanted, cursor.near.get());
        cursor.near.set(index);
        let behind = wanted.saturating_add(width.into());
        let is_first = |entry: usize| self.offset(entry) < behind;
        if !self.position(index).is_some_and(is_first) && !self.reaches(index, wanted) {
            return Ok(raw);
        }
        self.apply_all(index, wanted, width, raw, cursor)
    }

    /// Applies the relocations of a field, of which the first is at `index` if there is any.
    fn apply_all(&self, first: usize, wanted: u64, width: u8, raw: u64, cursor: &Cursor) -> Result<u64> {
        let partial = || Error::new(ErrorKind::Malformed("a relocation of a part of a field, or of several"));
        if self.reaches(first, wanted) {
            return Err(partial());
        }
        let behind = wanted.saturating_add(width.into());
        let (mut value, mut index) = (raw, first);
        let end = first.saturating_add(MOST_AT_ONE_PLACE);
        while let Some(entry) = self.position(index)
            && self.offset(entry) < behind
        {
            if index >= end {
                return Err(Error::new(ErrorKind::Malformed("too many relocations of one field")));
            }
            let relocation = self.relocation(entry);
            if self.offset(entry) == wanted {
                value = self.applied(relocation, width, value)?.ok_or_else(partial)?;
            } else if effect(self.machine, relocation.kind).is_some_and(|(effect, _)| effect != Effect::None)
            {
                // What one does that is not known may be anything, but it is no assembler's idea of half a field.
                return Err(partial());
            }
            index = index.saturating_add(1);
        }
        let applied = index.saturating_sub(first);
        cursor.applied.set(cursor.applied.get().saturating_add(applied));
        Ok(value)
    }

    fn refuse(&self, start: u64, end: u64, cursor: &Cursor) -> Result<()> {
        let refused =
            || Error::new(ErrorKind::Malformed("a relocation of what is no field of a fixed width"));
        let mut index = self.first_at(start, cursor.near.get());
        cursor.near.set(index);
        if self.reaches(index, start) {
            return Err(refused());
        }
        let most = index.saturating_add(MOST_AT_ONE_PLACE);
        while let Some(entry) = self.position(index)
            && self.offset(entry) < end
        {
            // What does nothing may be anywhere.
            if self.relocation(entry).kind.0 != 0 || index >= most {
                return Err(refused());
            }
            index = index.saturating_add(1);
        }
        Ok(())
    }

    /// The first position whose entry is at `wanted` or behind it, which is probably not far from `near`.
    fn first_at(&self, wanted: u64, near: usize) -> usize {
        let (len, endian) = (self.entries.len(), self.endian);
        match (&self.sorted, self.entries) {
            // What nearly all objects have.
            (None, Entries::Rela64(all)) => first_behind(len, near, |position| {
                all.get(position).is_some_and(|entry| entry.r_offset.get(endian) < wanted)
            }),
            _ => first_behind(len, near, |position| {
                self.position(position).is_some_and(|entry| self.offset(entry) < wanted)
            }),
        }
    }

    fn position(&self, index: usize) -> Option<usize> {
        match &self.sorted {
            Some(sorted) => sorted.get(index).map(|&entry| to_usize(entry)),
            None => (index < self.entries.len()).then_some(index),
        }
    }

    fn offset(&self, index: usize) -> u64 {
        let endian = self.endian;
        match self.entries {
            Entries::Rel32(all) => all.get(index).map(|entry| entry.r_offset.get(endian).into()),
            Entries::Rela32(all) => all.get(index).map(|entry| entry.r_offset.get(endian).into()),
            Entries::Rel64(all) => all.get(index).map(|entry| entry.r_offset.get(endian)),
            Entries::Rela64(all) => all.get(index).map(|entry| entry.r_offset.get(endian)),
        }
        .unwrap_or(u64::MAX)
    }

    fn relocation(&self, index: usize) -> Relocation {
        let endian = self.endian;
        match self.entries {
            Entries::Rel32(all) => all.get(index).map(|entry| Relocation {
                kind: entry.r_type(endian),
                symbol: entry.r_sym(endian),
                addend: None,
            }),
            Entries::Rela32(all) => all.get(index).map(|entry| Relocation {
                kind: entry.r_type(endian),
                symbol: entry.r_sym(endian),
                addend: Some(i64::from(entry.r_addend.get(endian)).cast_unsigned()),
            }),
            Entries::Rel64(all) => all.get(index).map(|entry| Relocation {
                kind: entry.r_type(endian),
                symbol: entry.r_sym(endian),
                addend: None,
            }),
            Entries::Rela64(all) => all.get(index).map(|entry| {
                let little_mips = self.machine == elf::EM_MIPS && endian == Endianness::Little;
                Relocation {
                    kind: entry.r_type(endian, little_mips),
                    symbol: entry.r_sym(endian, little_mips),
                    addend: Some(entry.r_addend.get(endian).cast_unsigned()),
                }
            }),
        }
        .unwrap_or(Relocation { kind: elf::RelocationType(0), symbol: 0, addend: Some(0) })
    }

    /// What becomes of a field of `width` bytes; nothing if the relocation is one of another width.
    fn applied(&self, relocation: Relocation, width: u8, value: u64) -> Result<Option<u64>> {
        let (effect, own) = effect(self.machine, relocation.kind)
            .ok_or_else(|| Error::new(ErrorKind::Relocation(relocation.kind.0)))?;
        if effect == Effect::None {
            return Ok(Some(value));
        }
        if own != width {
            return Ok(None);
        }
        // Symbol 0 is none at all: only the addend counts.
        let symbol = match relocation.symbol {
            0 => Some(0),
            index => self.symbols.get(to_usize(index), self.endian).and_then(|symbol| symbol.defined_value()),
        }
        .ok_or_else(|| Error::new(ErrorKind::RelocationSymbol(relocation.symbol)))?;
        // On these machines a field's own value counts besides the addend.
        let is_kept = self.machine == elf::EM_SH || self.machine == elf::EM_XTENSA;
        let kept = if is_kept && effect == Effect::Set { value } else { 0 };
        let addend = match (relocation.addend, effect) {
            (Some(addend), _) => addend.wrapping_add(kept),
            (None, Effect::Set) => sign_extended(value, width),
            (None, _) => 0,
        };
        let sum = self.sum(symbol, addend);
        if !fits(sum, width) {
            return Err(Error::new(ErrorKind::RelocationOverflow(relocation.kind.0)));
        }
        let value = match effect {
            Effect::None => value,
            Effect::Set => sum,
            // What becomes of a sum and a difference together fits; in between, it need not.
            Effect::Add => value.wrapping_add(sum),
            Effect::Subtract => value.wrapping_sub(sum),
        };
        Ok(Some(value & mask(width)))
    }

    /// A sum in the arithmetic of the file's class: in a file of 32 bits, it has as many, and wraps around.
    fn sum(&self, symbol: u64, addend: u64) -> u64 {
        let sum = symbol.wrapping_add(addend);
        match self.entries {
            Entries::Rel32(_) | Entries::Rela32(_) => sign_extended(sum, 4),
            Entries::Rel64(_) | Entries::Rela64(_) => sum,
        }
    }
}

impl Entries<'_> {
    fn len(&self) -> usize {
        match self {
            Entries::Rel32(all) => all.len(),
            Entries::Rela32(all) => all.len(),
            Entries::Rel64(all) => all.len(),
            Entries::Rela64(all) => all.len(),
        }
    }
}

/// The first of `len` positions, in order, that is not before something; it is looked for around `near`.
#[inline]
fn first_behind(len: usize, near: usize, is_before: impl Fn(usize) -> bool) -> usize {
    let near = near.min(len);
    let (mut low, mut high, mut step) = (near, near, 1_usize);
    if is_before(near) {
        while high < len && is_before(high) {
            low = high.saturating_add(1);
            high = near.saturating_add(step).min(len);
            step = step.saturating_mul(2);
        }
    } else {
        while low > 0 && !is_before(low.saturating_sub(1)) {
            high = low.saturating_sub(1);
            low = near.saturating_sub(step);
            step = step.saturating_mul(2);
        }
    }
    while low < high {
        let middle = low.midpoint(high);
        if is_before(middle) {
            low = middle.saturating_add(1);
        } else {
            high = middle;
        }
    }
    low
}

/// The bits of a field of so many bytes.
fn mask(width: u8) -> u64 {
    let unused = 64_u32.saturating_sub(u32::from(width).saturating_mul(8));
    u64::MAX.checked_shr(unused).unwrap_or(0)
}

/// A number whose highest bit in a field of so many bytes is its sign.
fn sign_extended(value: u64, width: u8) -> u64 {
    let value = value & mask(width);
    if value > mask(width) >> 1 { value | !mask(width) } else { value }
}

/// Whether a field of so many bytes holds a number, be it with a sign or without.
fn fits(value: u64, width: u8) -> bool {
    value == value & mask(width) || value == sign_extended(value, width)
}

fn offset_of(offset: usize) -> u64 {
    u64::try_from(offset).unwrap_or(u64::MAX)
}

fn to_usize(index: u32) -> usize {
    usize::try_from(index).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use object::{I64, U64};

    use super::*;
    use crate::limits::Limits;

    type Entry = elf::Rela64<Endianness>;

    /// A relocation without a symbol: only the addend counts.
    fn entry(offset: u64, kind: elf::RelocationType, addend: i64) -> Entry {
        let endian = Endianness::Little;
        let (r_offset, r_info) = (U64::new(endian, offset), U64::new(endian, kind.0.into()));
        Entry { r_offset, r_info, r_addend: I64::new(endian, addend) }
    }

    fn at(near: usize) -> Cursor {
        Cursor { near: Cell::new(near), applied: Cell::new(0) }
    }

    fn table<'d>(entries: &'d [Entry], budget: &mut Budget) -> Table<'d> {
        let (entries, symbols) = (Entries::Rela64(entries), Symbols::Elf64(&[]));
        Table::new(elf::EM_RISCV, Endianness::Little, entries, symbols, budget).unwrap()
    }

    #[test]
    fn those_of_one_field_are_applied_in_their_order() {
        let entries = [
            entry(16, elf::R_RISCV_SET32, 5),
            entry(8, elf::R_RISCV_64, -1),
            entry(16, elf::R_RISCV_ADD32, 3),
            entry(24, elf::R_RISCV_SUB32, 2),
        ];
        let table = table(&entries, &mut Budget::new(&Limits::default()));
        for (offset, value) in [(0, 7), (8, u64::MAX), (20, 7), (16, 8), (24, 5), (28, 7)] {
            for near in 0..6 {
                let width = if offset == 8 { 8 } else { 4 };
                assert_eq!(table.apply(offset, width, 7, &at(near)), Ok(value), "{offset}");
            }
        }
    }

    #[test]
    fn one_field_has_four_at_most() {
        let entries = [8; 5].map(|offset| entry(offset, elf::R_RISCV_ADD32, 1));
        let budget = &mut Budget::new(&Limits::default());
        assert_eq!(table(&entries[..4], budget).apply(8, 4, 7, &at(0)), Ok(11));
        assert!(table(&entries, budget).apply(8, 4, 7, &at(0)).is_err());
        assert_eq!(table(&entries, budget).apply(12, 4, 7, &at(0)), Ok(7));
    }

    #[test]
    fn one_section_has_four_tables_at_most() {
        let entries = [entry(8, elf::R_RISCV_ADD32, 1)];
        let budget = &mut Budget::new(&Limits::default());
        let mut relocations = Relocations::default();
        for _ in 0..4 {
            relocations.add(table(&entries, budget), budget).unwrap();
            // Those that are empty do not count.
            relocations.add(table(&[], budget), budget).unwrap();
        }
        assert_eq!(relocations.apply(8, 4, 7, &at(0)), Ok(11));
        assert!(relocations.add(table(&entries, budget), budget).is_err());
    }

    #[test]
    fn order_costs_memory_and_work_only_if_it_is_missing() {
        let entries = [entry(16, elf::R_RISCV_64, 0), entry(8, elf::R_RISCV_64, 0)];
        let cost = |entries: &[Entry]| {
            let mut budget = Budget::new(&Limits::default());
            table(entries, &mut budget);
            (budget.spent().work, budget.spent().memory)
        };
        assert_eq!(cost(&entries[..1]), (1, 0));
        let (work, memory) = cost(&entries);
        assert!(work >= 2 + 2 * 32 && memory >= 2 * 4, "{work}, {memory}");
    }

    #[test]
    fn what_does_not_fit_or_is_of_another_field_is_refused() {
        const OVERFLOW: ErrorKind = ErrorKind::RelocationOverflow(elf::R_RISCV_32.0);
        let budget = &mut Budget::new(&Limits::default());
        for (addend, expected) in [
            (0xffff_ffff, Ok(0xffff_ffff)),
            (0x1_0000_0000, Err(OVERFLOW)),
            (-1, Ok(0xffff_ffff)),
            (-0x8000_0000, Ok(0x8000_0000)),
            (-0x8000_0001, Err(OVERFLOW)),
        ] {
            let entries = [entry(8, elf::R_RISCV_32, addend)];
            let value = table(&entries, budget).apply(8, 4, 7, &at(0)).map_err(|error| error.kind());
            assert_eq!(value, expected, "{addend}");
        }
        // Of a field at 8: fields around it and parts of it.
        let entries = [entry(8, elf::R_RISCV_32, 1)];
        let table = table(&entries, budget);
        for (offset, width, is_free) in [
            (4, 4, true),
            (5, 4, false),
            (8, 2, false),
            (9, 1, false),
            (8, 8, false),
            (11, 4, false),
            (12, 4, true),
        ] {
            let (near, end) = (at(1), usize::from(width) + offset);
            let value = table.apply(offset_of(offset), width, 7, &near);
            assert_eq!(value.is_ok(), is_free, "{offset}, {width}");
            assert_eq!(table.refuse(offset_of(offset), offset_of(end), &near).is_ok(), is_free);
            assert_eq!(table.touches(offset_of(offset), offset_of(end), &near), !is_free);
        }
        assert_eq!(table.apply(8, 4, 7, &at(1)), Ok(1));
    }

    #[test]
    fn a_file_of_32_bits_counts_in_32_bits() {
        let endian = Endianness::Little;
        let name = |value| elf::Sym32 {
            st_name: object::U32::new(endian, 0),
            st_value: object::U32::new(endian, value),
            st_size: object::U32::new(endian, 0),
            st_info: elf::SymbolInfo(0x10),
            st_other: elf::SymbolOther(0),
            st_shndx: object::U16::new(endian, elf::SymbolSection(1)),
        };
        let symbols = [name(0), name(0xffff_fff0)];
        let info = |kind: elf::RelocationType| object::U32::new(endian, (1 << 8) | kind.0);
        let entries = [elf::Rel32 { r_offset: object::U32::new(endian, 4), r_info: info(elf::R_386_32) }];
        let budget = &mut Budget::new(&Limits::default());
        let (entries, symbols) = (Entries::Rel32(&entries), Symbols::Elf32(&symbols));
        let table = Table::new(elf::EM_386, endian, entries, symbols, budget).unwrap();
        for (raw, value) in [(0x20, 0x10), (0xffff_fff0, 0xffff_ffe0), (1, 0xffff_fff1)] {
            assert_eq!(table.apply(4, 4, raw, &at(0)), Ok(value));
        }
    }
}
