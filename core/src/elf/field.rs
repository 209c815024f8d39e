//! What becomes of a field that has relocations.

use crate::error::{Error, ErrorKind, Result};

use super::cursor::{Cursor, Usual, to_usize};
use super::effect::{Effect, fits, keeps_value, mask, sign_extended};
use super::entries::Relocation;
use super::table::{MOST_AT_ONE_PLACE, Table};

impl Table<'_> {
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
        let sum = self.entries.sum(symbol, addend);
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
}

#[cfg(test)]
mod tests {
    use object::{Endianness, elf};

    use super::super::cursor::offset_of;
    use super::super::entries::Entries;
    use super::super::relocation::Relocations;
    use super::super::symbols::Symbols;
    use super::super::table::tests::{entry, table};
    use super::*;
    use crate::budget::Budget;
    use crate::limits::Limits;

    /// A cursor that has been at an offset.
    fn at(table: &Table<'_>, offset: u64) -> Cursor {
        let cursor = Cursor::default();
        table.seek(offset, &cursor);
        cursor
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
