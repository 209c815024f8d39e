//! The choices that must not matter: how a model is written down.

use arbitrary::{Arbitrary, Result, Unstructured};

/// How a model is written down.
#[derive(Clone, Debug)]
pub struct Encoding {
    /// The version of DWARF, 2 to 5; of the first unit, if the others may differ.
    pub version: u8,
    /// Whether DWARF's offsets have 64 bits, which version 2 does not know.
    pub is_dwarf64: bool,
    /// The byte order.
    pub is_big_endian: bool,
    /// Whether the file is of 64 bits.
    pub is_elf64: bool,
    /// Where offsets between sections are.
    pub relocations: Relocations,
    /// How debug sections are compressed.
    pub packing: Packing,
    /// Whether DIEs of one shape share an abbreviation, and units a table of them.
    pub shares_abbreviations: bool,
    /// The numbers of abbreviations.
    pub codes: Codes,
    /// Whether DIEs tell where the next one is.
    pub has_siblings: bool,
    /// Whether equal strings are kept once, and strings that end like others within them.
    pub merges_strings: bool,
    /// Whether forms, the order of definitions and the versions of units vary.
    pub is_varied: bool,
    /// Whether there are entries and attributes that nobody wants.
    pub has_noise: bool,
    /// Whether members are where DWARF 2 to 4 say that they are, which only canonical descriptions understand. Never drawn.
    pub is_old_fashioned: bool,
    /// What everything else is drawn from.
    pub seed: u64,
}

/// Where offsets between sections are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relocations {
    /// In their fields: the object is an executable.
    Linked,
    /// In their fields, which relocations complete.
    Rel,
    /// In relocations.
    Rela,
}

/// How debug sections are compressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Packing {
    /// Not at all.
    Plain,
    /// As ELF has it, with zlib.
    Zlib,
    /// As ELF has it, with zstd.
    Zstd,
    /// In the old way, as `.zdebug_*`.
    Old,
}

/// The numbers of abbreviations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Codes {
    /// From 1 on, without gaps.
    Dense,
    /// With gaps.
    Sparse,
    /// Without gaps, but not in the order of the table.
    Shuffled,
}

impl Encoding {
    /// What a compiler of today does, but with relocations as simple as can be.
    pub const PLAIN: Encoding = Encoding {
        version: 5,
        is_dwarf64: false,
        is_big_endian: false,
        is_elf64: true,
        relocations: Relocations::Linked,
        packing: Packing::Plain,
        shares_abbreviations: true,
        codes: Codes::Dense,
        has_siblings: false,
        merges_strings: true,
        is_varied: false,
        has_noise: false,
        is_old_fashioned: false,
        seed: 0,
    };
}

impl<'a> Arbitrary<'a> for Encoding {
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Encoding> {
        let version = 5 - u.int_in_range(0..=3_u8)?;
        let is_elf64 = !bool::arbitrary(u)?;
        let mut relocations = *u.choose(&[Relocations::Linked, Relocations::Rela, Relocations::Rel])?;
        let is_dwarf64 = bool::arbitrary(u)? && version > 2;
        if is_dwarf64 && !is_elf64 {
            // There are no relocations of 64 bits.
            relocations = Relocations::Linked;
        }
        Ok(Encoding {
            version,
            is_dwarf64,
            is_big_endian: bool::arbitrary(u)?,
            is_elf64,
            relocations,
            packing: match u.int_in_range(0..=15)? {
                0..=12 => Packing::Plain,
                13 => Packing::Zlib,
                14 => Packing::Zstd,
                _ => Packing::Old,
            },
            shares_abbreviations: !bool::arbitrary(u)?,
            codes: *u.choose(&[Codes::Dense, Codes::Sparse, Codes::Shuffled])?,
            has_siblings: bool::arbitrary(u)?,
            merges_strings: !bool::arbitrary(u)?,
            is_varied: bool::arbitrary(u)?,
            has_noise: bool::arbitrary(u)?,
            is_old_fashioned: false,
            seed: u.arbitrary()?,
        })
    }
}

/// Steele's splitmix64: the same numbers everywhere.
#[derive(Clone, Debug, Default)]
pub struct Numbers(pub u64);

impl Numbers {
    /// A number.
    pub fn any(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ mixed >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ mixed >> 31
    }

    /// A number below `end`, or 0.
    pub fn below(&mut self, end: usize) -> usize {
        (self.any() % (end.max(1) as u64)) as usize
    }

    /// Whether something happens that happens once in `n` times.
    pub fn chance(&mut self, n: usize) -> bool {
        self.below(n) == 0
    }

    /// One of these.
    pub fn choose<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.below(all.len())]
    }

    /// Puts items into some order.
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for at in 1..items.len() {
            items.swap(at, self.below(at + 1));
        }
    }
}
