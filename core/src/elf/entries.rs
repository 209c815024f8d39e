//! The entries of a relocation section, in each of the forms that they have.

use object::Endianness;
use object::elf;

use super::effect::sign_extended;

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
pub(super) struct Relocation {
    pub(super) kind: elf::RelocationType,
    pub(super) symbol: u32,
    /// `None`: the addend is what the field holds.
    pub(super) addend: Option<u64>,
}

impl Entries<'_> {
    /// How many there are.
    pub(super) fn len(&self) -> usize {
        match self {
            Entries::Rel32(all) => all.len(),
            Entries::Rela32(all) => all.len(),
            Entries::Rel64(all) => all.len(),
            Entries::Rela64(all) => all.len(),
        }
    }

    /// Where an entry's field begins; no section is as large as what stands for none.
    pub(super) fn offset(&self, index: usize, endian: Endianness) -> u64 {
        match self {
            Entries::Rel32(all) => all.get(index).map(|entry| entry.r_offset.get(endian).into()),
            Entries::Rela32(all) => all.get(index).map(|entry| entry.r_offset.get(endian).into()),
            Entries::Rel64(all) => all.get(index).map(|entry| entry.r_offset.get(endian)),
            Entries::Rela64(all) => all.get(index).map(|entry| entry.r_offset.get(endian)),
        }
        .unwrap_or(u64::MAX)
    }

    /// An entry in the terms of its machine.
    pub(super) fn relocation(&self, index: usize, endian: Endianness, machine: elf::Machine) -> Relocation {
        match self {
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
                let little_mips = machine == elf::EM_MIPS && endian == Endianness::Little;
                Relocation {
                    kind: entry.r_type(endian, little_mips),
                    symbol: entry.r_sym(endian, little_mips),
                    addend: Some(entry.r_addend.get(endian).cast_unsigned()),
                }
            }),
        }
        .unwrap_or(Relocation { kind: elf::RelocationType(0), symbol: 0, addend: Some(0) })
    }

    /// A sum in the arithmetic of the file's class: in a file of 32 bits, it has as many, and wraps around.
    pub(super) fn sum(&self, symbol: u64, addend: u64) -> u64 {
        let sum = symbol.wrapping_add(addend);
        match self {
            Entries::Rel32(_) | Entries::Rela32(_) => sign_extended(sum, 4),
            Entries::Rel64(_) | Entries::Rela64(_) => sum,
        }
    }
}
