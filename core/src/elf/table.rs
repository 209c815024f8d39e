//! One section of relocations: where each is, and what becomes of a field.

use alloc::vec::Vec;

use object::Endianness;
use object::elf;

use crate::budget::Budget;
use crate::error::{Error, ErrorKind, Result};

use super::effect::{Effect, effect};
use super::relocation::{Cursor, Usual};
use super::symbols::Symbols;

/// One relocation section.
#[derive(Debug)]
pub(crate) struct Table<'d> {
    machine: elf::Machine,
    endian: Endianness,
    pub(super) entries: Entries<'d>,
    symbols: Symbols<'d>,
    /// The entries in order of their offsets, if the section has them in another one.
    sorted: Option<Vec<u32>>,
    /// Where the offsets of each block of `1 << shift` bytes begin, and where the last of them end; empty if there are few.
    blocks: Vec<u32>,
    shift: u32,
    /// The entries, if all is as in nearly all objects: they are in order, a kind is told by the lower half of the
    /// information alone, and the values of fields do not count.
    quick: &'d [elf::Rela64<Endianness>],
    /// What the first relocation does: most of the others are of the same kind.
    usual: Option<(elf::RelocationType, Effect, u8)>,
}

/// The entries of a relocation section, as the file has them.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Entries<'d> {
    Rel32(&'d [elf::Rel32<Endianness>]),
    Rela32(&'d [elf::Rela32<Endianness>]),
    Rel64(&'d [elf::Rel64<Endianness>]),
    Rela64(&'d [elf::Rela64<Endianness>]),
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

/// How many relocations a block has, as a rule.
const FEW: usize = 4;

/// The bits of an entry's information that tell its kind, where it is as the standard says.
const KIND: u64 = 0xffff_ffff;

impl<'d> Table<'d> {
    pub(crate) fn new(
        machine: elf::Machine,
        endian: Endianness,
        entries: Entries<'d>,
        symbols: Symbols<'d>,
        budget: &mut Budget,
    ) -> Result<Table<'d>> {
        let (blocks, shift, sorted, usual) = (Vec::new(), 0, None, None);
        let mut table = Table { machine, endian, entries, symbols, sorted, blocks, shift, quick: &[], usual };
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
        let index = self.first_by(offset, &offset_at);
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
    fn quick_at(&self, position: usize) -> u64 {
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
    fn effect(&self, kind: elf::RelocationType) -> Option<(Effect, u8)> {
        match self.usual {
            Some((usual, effect, width)) if usual == kind => Some((effect, width)),
            _ => effect(self.machine, kind),
        }
    }

    /// Whether a relocation before a position changes bytes from `start` on, where none before it begins.
    fn reaches(&self, index: usize, start: u64) -> bool {
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

    /// Applies the next relocation to a field, if it is like the last one.
    #[inline]
    pub(super) fn apply_next(&self, wanted: u64, width: u8, cursor: &Cursor) -> Option<u64> {
        let (index, usual) = (cursor.index(), cursor.usual());
        let (entry, after) = (self.quick.get(index)?, index.saturating_add(1));
        let (next, behind) = (self.quick_at(after), wanted.saturating_add(width.into()));
        let value = usual.symbol.wrapping_add(entry.r_addend.get(self.endian).cast_unsigned());
        let is_usual = entry.r_offset.get(self.endian) == wanted
            && entry.r_info.get(self.endian) == usual.info
            && width == usual.width
            && next >= behind
            && cursor.is_clear_from(wanted)
            && value & usual.beyond == 0;
        is_usual.then(|| {
            cursor.set(after, behind, next);
            value
        })
    }

    /// Has a cursor know what a relocation does, if it does no more than most.
    #[inline]
    fn learn(&self, index: usize, relocation: Relocation, width: u8, cursor: &Cursor) {
        let Some(info) = self.quick.get(index).map(|entry| entry.r_info.get(self.endian)) else { return };
        let symbol = match relocation.symbol {
            0 => Some(0),
            symbol => self.symbols.place(to_usize(symbol), self.endian),
        };
        if self.effect(relocation.kind) == Some((Effect::Set, width))
            && let Some(symbol) = symbol
        {
            cursor.set_usual(Usual { info, symbol, width, beyond: !mask(width) });
        }
    }

    /// Applies the relocations of a field that has not been found to have none.
    pub(super) fn apply(&self, wanted: u64, width: u8, raw: u64, cursor: &Cursor) -> Result<u64> {
        let behind = wanted.saturating_add(width.into());
        self.seek(wanted, cursor);
        if cursor.covers(wanted, behind) {
            return Ok(raw);
        }
        // The next one may be like the last one, but for those of fields that nobody reads between them.
        if let Some(value) = self.apply_next(wanted, width, cursor) {
            return Ok(value);
        }
        let partial = || Error::new(ErrorKind::Malformed("a relocation of a part of a field, or of several"));
        if !cursor.covers(wanted, wanted) {
            return Err(partial());
        }
        let first = cursor.index();
        let (mut value, mut index, mut next) = (raw, first, u64::MAX);
        let end = first.saturating_add(MOST_AT_ONE_PLACE);
        while let Some(entry) = self.position(index) {
            next = self.offset(entry);
            if next >= behind {
                break;
            }
            if index >= end {
                return Err(Error::new(ErrorKind::Malformed("too many relocations of one field")));
            }
            let relocation = self.relocation(entry);
            if next == wanted {
                value = self.applied(relocation, width, value)?.ok_or_else(partial)?;
                self.learn(entry, relocation, width, cursor);
            } else if self.effect(relocation.kind).is_some_and(|(effect, _)| effect != Effect::None) {
                // What one does that is not known may be anything, but it is no assembler's idea of half a field.
                return Err(partial());
            }
            (index, next) = (index.saturating_add(1), u64::MAX);
        }
        cursor.set(index, behind, next);
        Ok(value)
    }

    pub(super) fn refuse(&self, start: u64, end: u64) -> Result<()> {
        let refused =
            || Error::new(ErrorKind::Malformed("a relocation of what is no field of a fixed width"));
        let mut index = self.first_at(start);
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

    /// Divides the offsets into blocks with a few relocations each, unless some are far away; `false` if they are not in
    /// order. So few that one looks at all of them are not divided.
    fn divide(&mut self, budget: &mut Budget) -> Result<bool> {
        let len = self.entries.len();
        if len <= FEW.saturating_mul(2) {
            return Ok((0..len).is_sorted_by_key(|index| self.offset_at(index)));
        }
        let last =
            len.checked_sub(1).and_then(|last| self.position(last)).map_or(0, |last| self.offset(last));
        // Most kernels' objects have a relocation in 20 bytes.
        self.shift = 6;
        while last.checked_shr(self.shift).unwrap_or(0) > offset_of(len) {
            self.shift = self.shift.saturating_add(1);
        }
        let count = usize::try_from(last.checked_shr(self.shift).unwrap_or(0)).unwrap_or(0);
        let mut blocks = core::mem::take(&mut self.blocks);
        blocks.clear();
        budget.reserve(&mut blocks, count.saturating_add(2))?;
        let is_in_order = match (&self.sorted, self.entries, self.endian) {
            // What nearly all objects have.
            (None, Entries::Rela64(all), Endianness::Little) => {
                let offsets = all.iter().map(|entry| entry.r_offset.get(Endianness::Little));
                fill(&mut blocks, self.shift, last, offsets)
            }
            (None, Entries::Rela64(all), Endianness::Big) => {
                let offsets = all.iter().map(|entry| entry.r_offset.get(Endianness::Big));
                fill(&mut blocks, self.shift, last, offsets)
            }
            _ => fill(&mut blocks, self.shift, last, (0..len).map(|index| self.offset_at(index))),
        };
        blocks.push(u32::try_from(len).map_err(|_| ErrorKind::OutOfMemory)?);
        self.blocks = blocks;
        Ok(is_in_order)
    }

    /// The first position whose entry is at `wanted` or behind it.
    pub(super) fn first_at(&self, wanted: u64) -> usize {
        self.first_by(wanted, &|position| self.offset_at(position))
    }

    #[inline(always)]
    fn first_by(&self, wanted: u64, offset_at: &impl Fn(usize) -> u64) -> usize {
        let block = usize::try_from(wanted.checked_shr(self.shift).unwrap_or(0)).unwrap_or(usize::MAX);
        let start =
            |block: usize| self.blocks.get(block).map_or(self.entries.len(), |&start| to_usize(start));
        let mut low = if self.blocks.is_empty() { 0 } else { start(block) };
        // As a rule there are not more.
        for _ in 0..FEW {
            if offset_at(low) >= wanted {
                return low;
            }
            low = low.wrapping_add(1);
        }
        let mut high = start(block.saturating_add(1)).max(low);
        while low < high {
            let middle = low.midpoint(high);
            if offset_at(middle) < wanted {
                low = middle.saturating_add(1);
            } else {
                high = middle;
            }
        }
        low
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
        let (effect, own) = self
            .effect(relocation.kind)
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
            index => self.symbols.place(to_usize(index), self.endian),
        }
        .ok_or_else(|| Error::new(ErrorKind::RelocationSymbol(relocation.symbol)))?;
        let kept = if keeps_value(self.machine) && effect == Effect::Set { value } else { 0 };
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

/// Notes the position of the first of each block of `1 << shift` bytes in a vector that has room for them; `false` if the
/// offsets are not in order, of which the last is `last`.
#[inline(always)]
fn fill(blocks: &mut Vec<u32>, shift: u32, last: u64, offsets: impl Iterator<Item = u64>) -> bool {
    let (mut previous, mut behind) = (0, 0);
    let mut index: u32 = 0;
    for offset in offsets {
        if offset < previous {
            return false;
        }
        previous = offset;
        // Most are of the same block as the one before.
        if offset >= behind {
            if offset > last {
                return false;
            }
            let block = offset.checked_shr(shift).unwrap_or(0);
            while offset_of(blocks.len()) <= block {
                blocks.push(index);
            }
            let end = block.saturating_add(1).checked_shl(shift).filter(|&end| end > offset);
            behind = end.unwrap_or(u64::MAX);
        }
        index = index.wrapping_add(1);
    }
    true
}

/// Whether a field's own value counts besides the addend.
fn keeps_value(machine: elf::Machine) -> bool {
    machine == elf::EM_SH || machine == elf::EM_XTENSA
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

pub(super) fn offset_of(offset: usize) -> u64 {
    u64::try_from(offset).unwrap_or(u64::MAX)
}

fn to_usize(index: u32) -> usize {
    usize::try_from(index).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use object::{I64, U64};

    use super::super::relocation::Relocations;
    use super::*;
    use crate::limits::Limits;

    type Entry = elf::Rela64<Endianness>;

    /// A relocation without a symbol: only the addend counts.
    fn entry(offset: u64, kind: elf::RelocationType, addend: i64) -> Entry {
        let endian = Endianness::Little;
        let (r_offset, r_info) = (U64::new(endian, offset), U64::new(endian, kind.0.into()));
        Entry { r_offset, r_info, r_addend: I64::new(endian, addend) }
    }

    /// A cursor that has been at an offset.
    fn at(table: &Table<'_>, offset: u64) -> Cursor {
        let cursor = Cursor::default();
        table.seek(offset, &cursor);
        cursor
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
            for before in [0, 8, 12, 16, 20, 24, 28, 32] {
                let (width, cursor) = (if offset == 8 { 8 } else { 4 }, at(&table, before));
                assert_eq!(table.apply(offset, width, 7, &cursor), Ok(value), "{offset}");
                // What has been learnt leads to the same.
                assert_eq!(table.apply(offset, width, 7, &cursor), Ok(value), "{offset}");
            }
        }
    }

    #[test]
    fn one_field_has_four_at_most() {
        let entries = [8; 5].map(|offset| entry(offset, elf::R_RISCV_ADD32, 1));
        let budget = &mut Budget::new(&Limits::default());
        assert_eq!(table(&entries[..4], budget).apply(8, 4, 7, &Cursor::default()), Ok(11));
        assert!(table(&entries, budget).apply(8, 4, 7, &Cursor::default()).is_err());
        assert_eq!(table(&entries, budget).apply(12, 4, 7, &Cursor::default()), Ok(7));
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
        assert_eq!(relocations.apply(8, 4, 7, &Cursor::default()), Ok(11));
        assert!(relocations.add(table(&entries, budget), budget).is_err());
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
            let value =
                table(&entries, budget).apply(8, 4, 7, &Cursor::default()).map_err(|error| error.kind());
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
            let (near, end) = (at(&table, 9), usize::from(width) + offset);
            let value = table.apply(offset_of(offset), width, 7, &near);
            assert_eq!(value.is_ok(), is_free, "{offset}, {width}");
            assert_eq!(table.refuse(offset_of(offset), offset_of(end)).is_ok(), is_free);
            table.seek(offset_of(offset), &near);
            assert_eq!(near.covers(offset_of(offset), offset_of(end)), is_free);
        }
        assert_eq!(table.apply(8, 4, 7, &at(&table, 9)), Ok(1));
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
            assert_eq!(table.apply(4, 4, raw, &Cursor::default()), Ok(value));
        }
    }
}
