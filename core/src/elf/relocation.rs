//! The relocations of a section, applied to the fields that are read.
//!
//! In a relocatable object, the references between debug sections are completed by relocations. Only
//! the few fields that the answer depends on are looked up, each when it is read: nothing is copied and
//! a relocation that nobody asks for costs nothing.

use alloc::vec::Vec;
use core::cell::Cell;

use object::Endianness;
use object::elf;

use crate::budget::Budget;
use crate::error::{Error, ErrorKind, Result};

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

/// What a relocation does to a field.
enum Effect {
    None,
    /// The field becomes symbol + addend.
    Set,
    /// Symbol + addend is added to the field.
    Add,
    /// Symbol + addend is taken from the field.
    Subtract,
}

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

    /// The value of the field at `offset` which holds `raw`. Fields are looked for near the one before: `near` is
    /// where its relocation was.
    #[inline]
    pub(crate) fn apply(&self, offset: usize, raw: u64, near: &Cell<usize>) -> Result<u64> {
        self.tables.iter().try_fold(raw, |value, table| table.apply(offset, value, near))
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
        if !(1..len).all(|index| table.offset(index.saturating_sub(1)) <= table.offset(index)) {
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

    /// The number of relocations.
    pub(super) fn len(&self) -> usize {
        self.entries.len()
    }

    fn apply(&self, offset: usize, raw: u64, near: &Cell<usize>) -> Result<u64> {
        let wanted = u64::try_from(offset).unwrap_or(u64::MAX);
        let mut index = self.first_at(wanted, near.get());
        near.set(index);
        let mut value = raw;
        let end = index.saturating_add(MOST_AT_ONE_PLACE);
        while let Some(entry) = self.position(index)
            && self.offset(entry) == wanted
        {
            if index >= end {
                return Err(Error::new(ErrorKind::Malformed("too many relocations of one field")));
            }
            value = self.applied(self.relocation(entry), value)?;
            index = index.saturating_add(1);
        }
        Ok(value)
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

    fn applied(&self, relocation: Relocation, value: u64) -> Result<u64> {
        let effect = effect(self.machine, relocation.kind)
            .ok_or_else(|| Error::new(ErrorKind::Relocation(relocation.kind.0)))?;
        if matches!(effect, Effect::None) {
            return Ok(value);
        }
        // Symbol 0 is none at all: only the addend counts.
        let symbol = match relocation.symbol {
            0 => Some(0),
            index => self.symbols.get(to_usize(index), self.endian).and_then(|symbol| symbol.defined_value()),
        }
        .ok_or_else(|| Error::new(ErrorKind::RelocationSymbol(relocation.symbol)))?;
        // On these machines a field's own value counts besides the addend.
        let is_kept = self.machine == elf::EM_SH || self.machine == elf::EM_XTENSA;
        let kept = if is_kept { value } else { 0 };
        Ok(match effect {
            Effect::None => value,
            Effect::Set => match relocation.addend {
                Some(addend) => symbol.wrapping_add(addend).wrapping_add(kept),
                None => symbol.wrapping_add(value),
            },
            Effect::Add => value.wrapping_add(symbol).wrapping_add(relocation.addend.unwrap_or(0)),
            Effect::Subtract => value.wrapping_sub(symbol).wrapping_sub(relocation.addend.unwrap_or(0)),
        })
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

/// From the BPF psABI.
const R_BPF_64_ABS64: elf::RelocationType = elf::RelocationType(2);
/// From the BPF psABI.
const R_BPF_64_ABS32: elf::RelocationType = elf::RelocationType(3);
/// From the ARC ABI.
const R_ARC_32: elf::RelocationType = elf::RelocationType(4);
/// From the `OpenRISC` ABI.
const R_OR1K_32: elf::RelocationType = elf::RelocationType(1);

/// What the relocations that debug sections have do, by machine. `None`: it is not known.
fn effect(machine: elf::Machine, kind: elf::RelocationType) -> Option<Effect> {
    use elf::*;
    type Kinds = &'static [RelocationType];
    let (set, add, subtract): (Kinds, Kinds, Kinds) = match machine {
        EM_X86_64 => (&[R_X86_64_64, R_X86_64_32, R_X86_64_32S], &[], &[]),
        EM_386 => (&[R_386_32], &[], &[]),
        EM_AARCH64 => (&[R_AARCH64_ABS64, R_AARCH64_ABS32], &[], &[]),
        EM_ARM => (&[R_ARM_ABS32], &[], &[]),
        EM_RISCV => (
            &[R_RISCV_32, R_RISCV_64, R_RISCV_SET32],
            &[R_RISCV_ADD32, R_RISCV_ADD64],
            &[R_RISCV_SUB32, R_RISCV_SUB64],
        ),
        EM_LOONGARCH => {
            (&[R_LARCH_32, R_LARCH_64], &[R_LARCH_ADD32, R_LARCH_ADD64], &[R_LARCH_SUB32, R_LARCH_SUB64])
        }
        EM_PPC => (&[R_PPC_ADDR32, R_PPC_UADDR32], &[], &[]),
        EM_PPC64 => (&[R_PPC64_ADDR32, R_PPC64_ADDR64, R_PPC64_UADDR32, R_PPC64_UADDR64], &[], &[]),
        EM_S390 => (&[R_390_32, R_390_64], &[], &[]),
        EM_MIPS => (&[R_MIPS_32, R_MIPS_64], &[], &[]),
        EM_SPARC | EM_SPARC32PLUS | EM_SPARCV9 => {
            (&[R_SPARC_32, R_SPARC_UA32, R_SPARC_64, R_SPARC_UA64], &[], &[])
        }
        EM_68K => (&[R_68K_32], &[], &[]),
        EM_PARISC => (&[R_PARISC_DIR32, R_PARISC_DIR64, R_PARISC_SECREL32], &[], &[]),
        EM_ARC_COMPACT | EM_ARC_COMPACT2 => (&[R_ARC_32], &[], &[]),
        EM_OPENRISC => (&[R_OR1K_32], &[], &[]),
        EM_MICROBLAZE => (&[R_MICROBLAZE_32], &[], &[]),
        EM_SH => (&[R_SH_DIR32], &[], &[]),
        EM_ALPHA => (&[R_ALPHA_REFLONG, R_ALPHA_REFQUAD], &[], &[]),
        EM_XTENSA => (&[R_XTENSA_32], &[], &[]),
        EM_HEXAGON => (&[R_HEX_32], &[], &[]),
        EM_CSKY => (&[R_CKCORE_ADDR32], &[], &[]),
        EM_BPF => (&[R_BPF_64_ABS64, R_BPF_64_ABS32], &[], &[]),
        _ => return None,
    };
    if kind.0 == 0 {
        Some(Effect::None)
    } else if set.contains(&kind) {
        Some(Effect::Set)
    } else if add.contains(&kind) {
        Some(Effect::Add)
    } else if subtract.contains(&kind) {
        Some(Effect::Subtract)
    } else {
        None
    }
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
        for (offset, value) in [(0, 7), (8, u64::MAX), (9, 7), (16, 8), (24, 5), (25, 7)] {
            for near in 0..6 {
                assert_eq!(table.apply(offset, 7, &Cell::new(near)), Ok(value), "{offset}");
            }
        }
    }

    #[test]
    fn one_field_has_four_at_most() {
        let entries = [8; 5].map(|offset| entry(offset, elf::R_RISCV_ADD32, 1));
        let budget = &mut Budget::new(&Limits::default());
        assert_eq!(table(&entries[..4], budget).apply(8, 7, &Cell::new(0)), Ok(11));
        assert!(table(&entries, budget).apply(8, 7, &Cell::new(0)).is_err());
        assert_eq!(table(&entries, budget).apply(9, 7, &Cell::new(0)), Ok(7));
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
        assert_eq!(relocations.apply(8, 7, &Cell::new(0)), Ok(11));
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
}
