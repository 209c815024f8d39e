//! The names that stand in `.debug_str` and that no symbol has which is asked for.
//!
//! Units name the functions and variables of the same headers, so nearly every name has been looked for before. Threads share what
//! was found out; nothing but time depends on who was first.

use alloc::vec::Vec;
use core::sync::atomic::{AtomicU32, Ordering};

use crate::budget::Budget;
use crate::error::{Result, SectionId};

use super::place::Text;
use super::unit::Unit;
use super::units::Dwarf;

/// A bit for every offset of the object's `.debug_str`, or of the beginning of a very long one.
#[derive(Debug, Default)]
pub(crate) struct Dismissed {
    words: Vec<AtomicU32>,
}

impl Dismissed {
    /// The most bytes that the bits take: enough for a section of 64 MiB. That of a kernel has 5.
    const MOST_BYTES: usize = 8 << 20;

    /// The names of an object, none of which was looked for; nothing is noted of an object with a single unit.
    pub(crate) fn new(dwarf: &Dwarf<'_>, budget: &mut Budget) -> Result<Dismissed> {
        let mut words = Vec::new();
        if let Some(image) = dwarf.image().filter(|_| dwarf.len() > 1) {
            let length =
                image.section(SectionId::Str).data.len().div_ceil(32).min(Dismissed::MOST_BYTES >> 2);
            budget.reserve(&mut words, length)?;
            budget.charge_bytes(length.saturating_mul(4))?;
            words.resize_with(length, AtomicU32::default);
        }
        Ok(Dismissed { words })
    }

    /// Where it is noted that a string was looked for.
    #[inline]
    pub(super) fn note(&self, unit: &Unit<'_, '_>, text: Text) -> Option<Note<'_>> {
        match text {
            Text::At(SectionId::Str, offset) if unit.header.file == 0 => {
                let bit = 1_u32.wrapping_shl(u32::try_from(offset & 31).unwrap_or(0));
                self.words.get(offset >> 5).map(|word| Note { word, bit })
            }
            _ => None,
        }
    }
}

/// Where it is noted that a name was looked for in vain.
#[derive(Clone, Copy, Debug)]
pub(super) struct Note<'w> {
    word: &'w AtomicU32,
    bit: u32,
}

impl Note<'_> {
    /// Whether it was.
    #[inline]
    pub(super) fn is_set(self) -> bool {
        self.word.load(Ordering::Relaxed) & self.bit != 0
    }

    /// Notes that it was; whether that is new.
    #[inline]
    pub(super) fn set(self) -> bool {
        self.word.fetch_or(self.bit, Ordering::Relaxed) & self.bit == 0
    }
}
