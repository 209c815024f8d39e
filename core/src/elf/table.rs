//! One section of relocations: where each is, and what becomes of a field.

use alloc::vec::Vec;

use object::Endianness;
use object::elf;

use crate::budget::Budget;
use crate::error::{ErrorKind, Result};

use super::blocks::Blocks;
use super::cursor::{Cursor, to_usize};
use super::effect::{Effect, effect, keeps_value};
use super::entries::{Entries, Relocation};
use super::symbols::Symbols;

/// One relocation section.
#[derive(Debug)]
pub(crate) struct Table<'d> {
    pub(super) machine: elf::Machine,
    pub(super) endian: Endianness,
    pub(super) entries: Entries<'d>,
    pub(super) symbols: Symbols<'d>,
    /// The entries in order of their offsets, if the section has them in another one.
    sorted: Option<Vec<u32>>,
    blocks: Blocks,
    /// The entries, if all is as in nearly all objects: they are in order, a kind is in the lower half of the
    /// information alone, and the values of fields do not count.
    pub(super) quick: &'d [elf::Rela64<Endianness>],
    /// What the first relocation does: most of the others are of the same kind.
    usual: Option<(elf::RelocationType, Effect, u8)>,
}

/// A sum and a difference, or three steps of one relocation, are the most that an assembler writes.
pub(super) const MOST_AT_ONE_PLACE: usize = 4;

/// The most bytes that a relocation changes.
const WIDEST: u64 = 8;

/// The bits of an entry's information that state its kind, where it is as the standard says.
const KIND: u64 = 0xffff_ffff;

impl<'d> Table<'d> {
    pub(crate) fn new(
        machine: elf::Machine,
        endian: Endianness,
        entries: Entries<'d>,
        symbols: Symbols<'d>,
        budget: &mut Budget,
    ) -> Result<Table<'d>> {
        let (blocks, sorted, usual) = (Blocks::default(), None, None);
        let mut table = Table { machine, endian, entries, symbols, sorted, blocks, quick: &[], usual };
        let len = entries.len();
        let count = u32::try_from(len).map_err(|_| ErrorKind::OutOfMemory)?;
        budget.charge_work(count.into())?;
        if !table.divide(budget)? {
            let mut sorted = Vec::new();
            budget.reserve(&mut sorted, len)?;
            budget.charge_work(u64::from(count).saturating_mul(32))?;
            sorted.extend(0..count);
            sorted.sort_unstable_by_key(|&index| (table.offset(to_usize(index)), index));
            table.sorted = Some(sorted);
            table.divide(budget)?;
        } else if let Entries::Rela64(all) = entries
            && machine != elf::EM_MIPS
            && !keeps_value(machine)
        {
            table.quick = all;
        }
        let kind = table.relocation(0).kind;
        table.usual = effect(machine, kind).map(|(effect, width)| (kind, effect, width));
        Ok(table)
    }

    /// The number of relocations.
    pub(super) fn len(&self) -> usize {
        self.entries.len()
    }

    /// Finds the relocation that is next at an offset, and what is clear before it.
    pub(super) fn seek(&self, offset: u64, cursor: &Cursor) {
        let endian = self.endian;
        if !self.quick.is_empty() {
            return self.seek_by(offset, cursor, |position| self.quick_at(position));
        }
        match (&self.sorted, self.entries) {
            (None, Entries::Rela32(all)) => self.seek_by(offset, cursor, |position| {
                all.get(position).map_or(u64::MAX, |entry| entry.r_offset.get(endian).into())
            }),
            (None, Entries::Rel32(all)) => self.seek_by(offset, cursor, |position| {
                all.get(position).map_or(u64::MAX, |entry| entry.r_offset.get(endian).into())
            }),
            _ => self.seek_by(offset, cursor, |position| self.offset_at(position)),
        }
    }

    /// The same, where the cursor has probably to pass over one relocation.
    pub(super) fn advance(&self, offset: u64, cursor: &Cursor) {
        let after = cursor.index().saturating_add(1);
        let (behind, next) = match self.quick {
            [] => (self.offset_at(cursor.index()).saturating_add(WIDEST), self.offset_at(after)),
            _ => (self.quick_at(cursor.index()).saturating_add(WIDEST), self.quick_at(after)),
        };
        if behind <= offset && next >= offset {
            cursor.set(after, behind, next);
        } else {
            self.seek(offset, cursor);
        }
    }

    #[inline(always)]
    fn seek_by(&self, offset: u64, cursor: &Cursor, offset_at: impl Fn(usize) -> u64) {
        let index = self.blocks.first(offset, self.entries.len(), &offset_at);
        let from = match index.checked_sub(1) {
            None => 0,
            Some(before) => match offset_at(before).saturating_add(WIDEST) {
                from if from <= offset => from,
                _ if self.reaches(index, offset) => u64::MAX,
                _ => offset,
            },
        };
        cursor.set(index, from, offset_at(index));
    }

    #[inline]
    pub(super) fn quick_at(&self, position: usize) -> u64 {
        self.quick.get(position).map_or(u64::MAX, |entry| entry.r_offset.get(self.endian))
    }

    /// Where an entry of the usual kind ends.
    #[inline]
    fn quick_end(&self, entry: &elf::Rela64<Endianness>) -> Option<u64> {
        let (kind, _, width) = self.usual?;
        let is_usual = entry.r_info.get(self.endian) & KIND == kind.0.into();
        is_usual.then(|| entry.r_offset.get(self.endian).saturating_add(width.into()))
    }

    /// Where the relocation at a position ends, if it is of the usual kind.
    fn usual_end(&self, position: usize) -> Option<u64> {
        let (kind, _, width) = self.usual?;
        let entry = self.position(position)?;
        let is_usual = self.relocation(entry).kind == kind;
        is_usual.then(|| self.offset(entry).saturating_add(width.into()))
    }

    /// Goes on from a relocation that begins before an offset to the first one that does not: its position, where it begins,
    /// and whether none before it changes bytes from the offset on.
    #[inline]
    pub(super) fn pass(&self, index: usize, offset: u64) -> (usize, u64, bool) {
        let after = index.saturating_add(1);
        // What is before it was clear.
        if let Some(entry) = self.quick.get(index)
            && let next = self.quick_at(after)
            && next >= offset
            && self.quick_end(entry).is_some_and(|end| end <= offset)
        {
            return (after, next, true);
        }
        self.pass_many(index, offset)
    }

    #[inline(never)]
    fn pass_many(&self, index: usize, offset: u64) -> (usize, u64, bool) {
        let after = index.saturating_add(1);
        let next = self.offset_at(after);
        if next >= offset && self.usual_end(index).is_some_and(|end| end <= offset) {
            return (after, next, true);
        }
        let index = self.first_at(offset);
        (index, self.offset_at(index), !self.reaches(index, offset))
    }

    /// Where the relocation at a position begins; no section is as large as what stands for none.
    #[inline]
    pub(super) fn offset_at(&self, position: usize) -> u64 {
        match (&self.sorted, self.entries) {
            // What nearly all objects have.
            (None, Entries::Rela64(all)) => {
                all.get(position).map_or(u64::MAX, |entry| entry.r_offset.get(self.endian))
            }
            _ => self.position(position).map_or(u64::MAX, |entry| self.offset(entry)),
        }
    }

    /// What a relocation does, and to how many bytes.
    #[inline]
    pub(super) fn effect(&self, kind: elf::RelocationType) -> Option<(Effect, u8)> {
        match self.usual {
            Some((usual, effect, width)) if usual == kind => Some((effect, width)),
            _ => effect(self.machine, kind),
        }
    }

    /// Whether a relocation before a position changes bytes from `start` on, where none before it begins.
    pub(super) fn reaches(&self, index: usize, start: u64) -> bool {
        // As a rule only the last one may, and is as the others are.
        if let Some([before, last]) = index.checked_sub(2).and_then(|from| self.quick.get(from..index))
            && before.r_offset.get(self.endian).saturating_add(WIDEST) <= start
            && let Some(end) = self.quick_end(last)
        {
            return end > start;
        }
        if let (Some(before), Some(last)) = (index.checked_sub(2), index.checked_sub(1))
            && self.offset_at(before).saturating_add(WIDEST) <= start
            && let Some(end) = self.usual_end(last)
        {
            return end > start;
        }
        self.reaches_exactly(index, start)
    }

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
            let width = self.effect(self.relocation(entry).kind).map_or(1, |(_, width)| width);
            if seen >= MOST || offset.saturating_add(width.into()) > start {
                return true;
            }
        }
        false
    }

    /// Divides the offsets into blocks; `false` if they are not in order.
    fn divide(&mut self, budget: &mut Budget) -> Result<bool> {
        let len = self.entries.len();
        if !Blocks::help(len) {
            return Ok((0..len).is_sorted_by_key(|index| self.offset_at(index)));
        }
        let last =
            len.checked_sub(1).and_then(|last| self.position(last)).map_or(0, |last| self.offset(last));
        let mut blocks = core::mem::take(&mut self.blocks);
        blocks.lay_out(len, last, budget)?;
        let is_in_order = match (&self.sorted, self.entries, self.endian) {
            // What nearly all objects have.
            (None, Entries::Rela64(all), Endianness::Little) => {
                blocks.fill(last, all.iter().map(|entry| entry.r_offset.get(Endianness::Little)))
            }
            (None, Entries::Rela64(all), Endianness::Big) => {
                blocks.fill(last, all.iter().map(|entry| entry.r_offset.get(Endianness::Big)))
            }
            _ => blocks.fill(last, (0..len).map(|index| self.offset_at(index))),
        };
        self.blocks = blocks;
        Ok(is_in_order)
    }

    /// The first position whose entry is at `wanted` or behind it.
    pub(super) fn first_at(&self, wanted: u64) -> usize {
        self.blocks.first(wanted, self.entries.len(), &|position| self.offset_at(position))
    }

    /// What the field at an offset refers to: a symbol, and what is added to it, which is in the field if it is not here. Of a
    /// sum and a difference, it is the sum.
    pub(super) fn reference(&self, offset: u64) -> Option<(usize, Option<u64>)> {
        let first = self.first_at(offset);
        for index in first..first.saturating_add(MOST_AT_ONE_PLACE) {
            let entry = self.position(index).filter(|&entry| self.offset(entry) == offset)?;
            let Relocation { kind, symbol, addend } = self.relocation(entry);
            let effect = self.effect(kind).map(|(effect, _)| effect);
            if kind.0 != 0 && effect != Some(Effect::Subtract) {
                return Some((to_usize(symbol), addend));
            }
        }
        None
    }

    pub(super) fn position(&self, index: usize) -> Option<usize> {
        match &self.sorted {
            Some(sorted) => sorted.get(index).map(|&entry| to_usize(entry)),
            None => (index < self.entries.len()).then_some(index),
        }
    }

    pub(super) fn offset(&self, index: usize) -> u64 {
        self.entries.offset(index, self.endian)
    }

    pub(super) fn relocation(&self, index: usize) -> Relocation {
        self.entries.relocation(index, self.endian, self.machine)
    }
}

#[cfg(test)]
pub(super) mod tests {
    use object::{I64, U64};

    use super::*;
    use crate::limits::Limits;

    pub(in crate::elf) type Entry = elf::Rela64<Endianness>;

    /// A relocation without a symbol: only the addend counts.
    pub(in crate::elf) fn entry(offset: u64, kind: elf::RelocationType, addend: i64) -> Entry {
        let endian = Endianness::Little;
        let (r_offset, r_info) = (U64::new(endian, offset), U64::new(endian, kind.0.into()));
        Entry { r_offset, r_info, r_addend: I64::new(endian, addend) }
    }

    pub(in crate::elf) fn table<'d>(entries: &'d [Entry], budget: &mut Budget) -> Table<'d> {
        let (entries, symbols) = (Entries::Rela64(entries), Symbols::Elf64(&[]));
        Table::new(elf::EM_RISCV, Endianness::Little, entries, symbols, budget).unwrap()
    }

    #[test]
    fn order_costs_memory_and_work_if_it_is_missing() {
        let entries = [entry(16, elf::R_RISCV_64, 0), entry(8, elf::R_RISCV_64, 0)];
        let cost = |entries: &[Entry]| {
            let mut budget = Budget::new(&Limits::default());
            table(entries, &mut budget);
            (budget.spent().work, budget.spent().memory)
        };
        let ordered = [entry(8, elf::R_RISCV_64, 0), entry(16, elf::R_RISCV_64, 0)];
        let ((few, least), (work, memory)) = (cost(&ordered), cost(&entries));
        assert!(few == 2 && work >= few + 2 * 32 && memory >= least + 2 * 4, "{work}, {memory}");
    }

    #[test]
    fn relocations_are_found_wherever_they_are() {
        // Close to one another, far away, several at one place; a few far away make blocks large.
        let near = [0, 1, 63, 64, 64, 64, 65, 127, 128, 700, 1000];
        for offsets in [&near[..], &[&near[..], &[1 << 20, 1 << 40, u64::MAX]].concat(), &[5]] {
            let entries: Vec<Entry> =
                offsets.iter().map(|&offset| entry(offset, elf::R_RISCV_64, 0)).collect();
            let table = table(&entries, &mut Budget::new(&Limits::default()));
            let around = offsets
                .iter()
                .flat_map(|&offset| [offset.saturating_sub(1), offset, offset.saturating_add(1)]);
            for wanted in around.chain([2000, 1 << 30, 1 << 50]) {
                let expected = offsets.partition_point(|&offset| offset < wanted);
                assert_eq!(table.first_at(wanted), expected, "{wanted}");
            }
        }
    }
}
