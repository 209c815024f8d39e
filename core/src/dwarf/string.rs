//! The strings of an object and its companions, by where they are.
//!
//! Most strings are met many times, and few of them end in an answer. Where a string is can be kept and compared
//! without looking at it.

use gimli::{EndianSlice, RunTimeEndian};

use crate::budget::Budget;
use crate::elf::Section;
use crate::error::{Error, ErrorKind, Result, SectionId};

use super::decoded::Decoded;
use super::form;
use super::place::{DieOffset, UnitIndex};
use super::units::Dwarf;

/// Where a string begins. Equal strings can be at different places.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct StringAt {
    /// Two bits for the kind; a unit's number, or that of a file and the offset's upper bits.
    source: u32,
    /// From the start of the unit or section.
    offset: u32,
}

/// Within a unit.
const IN_UNIT: u32 = 0;
/// In `.debug_str`.
const IN_STR: u32 = 1;
/// In `.debug_line_str`.
const IN_LINE_STR: u32 = 2;
/// The bits of the offset that are kept with the source.
const UPPER_BITS: u32 = 12;

impl StringAt {
    /// A string within a unit.
    pub(crate) fn in_unit(unit: UnitIndex, offset: DieOffset) -> Result<StringAt> {
        let source = unit.0.checked_mul(4).ok_or(ErrorKind::OutOfMemory)?;
        Ok(StringAt { source: source | IN_UNIT, offset: offset.0 })
    }

    /// A string in a section of strings.
    #[inline]
    pub(super) fn in_section(section: &Section<'_>, offset: usize) -> Result<StringAt> {
        let kind = if section.id == SectionId::LineStr { IN_LINE_STR } else { IN_STR };
        let offset = u64::try_from(offset).unwrap_or(u64::MAX);
        let upper = u32::try_from(offset >> 32).ok().filter(|&upper| upper >> UPPER_BITS == 0);
        let file = section.file.checked_mul(4 << UPPER_BITS);
        let (upper, file) = upper.zip(file).ok_or(ErrorKind::OutOfMemory)?;
        let lower = u32::try_from(offset & 0xffff_ffff).map_err(|_| ErrorKind::OutOfMemory)?;
        Ok(StringAt { source: file | (upper << 2) | kind, offset: lower })
    }

    /// The string at the place with this number.
    #[inline]
    pub(crate) fn of_key(key: u64) -> StringAt {
        let half = |value: u64| u32::try_from(value & 0xffff_ffff).unwrap_or(0);
        StringAt { source: half(key >> 32), offset: half(key) }
    }

    /// A number that distinguishes places.
    #[inline]
    pub(crate) fn key(self) -> u64 {
        (u64::from(self.source) << 32) | u64::from(self.offset)
    }
}

/// The strings of a section that ends with one, so that there is one at every offset.
#[derive(Clone, Copy, Debug)]
pub(super) struct Strings {
    /// What those below 4 GiB have in common.
    source: u32,
    length: usize,
}

impl Strings {
    /// The strings of a section; `None` if there need not be one at every offset.
    #[inline]
    pub(super) fn new(section: &Section<'_>) -> Option<Strings> {
        match section.data {
            [.., 0] if section.packed.is_none() => {
                let StringAt { source, .. } = StringAt::in_section(section, 0).ok()?;
                Some(Strings { source, length: section.data.len() })
            }
            _ => None,
        }
    }

    /// The string at an offset.
    #[inline]
    pub(super) fn at(self, offset: u32) -> Option<StringAt> {
        let is_inside = usize::try_from(offset).is_ok_and(|offset| offset < self.length);
        is_inside.then_some(StringAt { source: self.source, offset })
    }
}

impl<'d> Dwarf<'d> {
    /// The bytes of a string.
    pub(crate) fn string(&self, at: StringAt, budget: &mut Budget) -> Result<&'d [u8]> {
        if at.source & 3 == IN_UNIT {
            let (data, endian) = self.unit_data(UnitIndex(at.source >> 2)).ok_or(ErrorKind::OutOfMemory)?;
            let rest = data.get(DieOffset(at.offset).index()..).unwrap_or_default();
            let text = form::string(&mut EndianSlice::<RunTimeEndian>::new(rest, endian)).decoded()?;
            budget.charge_bytes(text.len())?;
            return Ok(text.slice());
        }
        let (section, offset) = self.string_place(at)?;
        string_at(section, offset, budget)
    }

    /// Whether a string is empty, which most are not: only its first byte is looked at.
    #[inline]
    pub(crate) fn is_empty(&self, at: StringAt) -> Result<bool> {
        let first = if at.source & 3 == IN_UNIT {
            let (data, _) = self.unit_data(UnitIndex(at.source >> 2)).ok_or(ErrorKind::OutOfMemory)?;
            data.get(DieOffset(at.offset).index())
        } else {
            let (section, offset) = self.string_place(at)?;
            section.data.get(offset)
        };
        Ok(first.is_none_or(|&byte| byte == 0))
    }

    #[inline]
    fn string_place(&self, at: StringAt) -> Result<(&Section<'d>, usize)> {
        let id = if at.source & 3 == IN_LINE_STR { SectionId::LineStr } else { SectionId::Str };
        let file = at.source >> UPPER_BITS.saturating_add(2);
        let upper = u64::from(at.source >> 2) & (1_u64 << UPPER_BITS).saturating_sub(1);
        let image = self.file(file).ok_or(ErrorKind::OutOfMemory)?;
        let offset = usize::try_from((upper << 32) | u64::from(at.offset)).unwrap_or(usize::MAX);
        Ok((image.section(id), offset))
    }
}

/// The NUL-terminated string at an offset of a section of strings.
pub(super) fn string_at<'d>(section: &Section<'d>, offset: usize, budget: &mut Budget) -> Result<&'d [u8]> {
    let missing = || Error::new(ErrorKind::StringOffset(section.place(offset)));
    let rest = section.bytes()?.get(offset..).ok_or_else(missing)?;
    let end = memchr::memchr(0, rest).ok_or_else(missing)?;
    budget.charge_bytes(end)?;
    section.refuse_any_relocations(offset, offset.saturating_add(end))?;
    rest.get(..end).ok_or_else(missing)
}

/// Refuses an offset at which there is no string. As a rule the section ends with a NUL, and so does every string.
#[inline]
pub(super) fn check_string(section: &Section<'_>, offset: usize, budget: &mut Budget) -> Result<()> {
    match Strings::new(section) {
        Some(strings) if offset < strings.length => Ok(()),
        _ => string_at(section, offset, budget).map(drop),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits::Limits;

    #[test]
    fn places_are_distinguished_and_found_again() {
        let mut section = Section::new(SectionId::Str, b"");
        let mut seen = alloc::vec::Vec::new();
        for (file, id) in [(0, SectionId::Str), (0, SectionId::LineStr), (7, SectionId::Str)] {
            (section.file, section.id) = (file, id);
            for offset in [0, 1, 0xffff_ffff, 1 << 32, (1 << 44) - 1] {
                seen.push(StringAt::in_section(&section, offset).unwrap().key());
            }
            assert!(StringAt::in_section(&section, 1 << 44).is_err());
        }
        for unit in [0, 1, (1 << 30) - 1] {
            seen.push(StringAt::in_unit(UnitIndex(unit), DieOffset(1)).unwrap().key());
        }
        assert!(StringAt::in_unit(UnitIndex(1 << 30), DieOffset(1)).is_err());
        let count = seen.len();
        seen.sort_unstable();
        seen.dedup();
        assert_eq!(seen.len(), count);
    }

    #[test]
    fn an_offset_without_a_string_is_refused() {
        let budget = &mut Budget::new(&Limits::default());
        let whole = Section::new(SectionId::Str, b"ab\0c\0");
        assert!((0..5).all(|offset| check_string(&whole, offset, budget).is_ok()));
        assert!(check_string(&whole, 5, budget).is_err());
        let cut = Section::new(SectionId::Str, b"ab\0c");
        assert!((0..3).all(|offset| check_string(&cut, offset, budget).is_ok()));
        assert!(check_string(&cut, 3, budget).is_err() && check_string(&cut, 4, budget).is_err());
    }
}
