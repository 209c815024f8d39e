//! Where things are, in numbers that cannot be mixed up: units, DIEs, strings and line programs, as headers and attributes
//! state them.

use crate::error::SectionId;

/// A unit, by its position among all units of an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnitIndex(pub(crate) u32);

impl UnitIndex {
    pub(crate) fn index(self) -> usize {
        usize::try_from(self.0).unwrap_or(usize::MAX)
    }
}

/// An offset in bytes from the start of a unit's header.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct DieOffset(pub(crate) u32);

impl DieOffset {
    pub(crate) fn index(self) -> usize {
        usize::try_from(self.0).unwrap_or(usize::MAX)
    }
}

/// A DIE of a unit.
pub(crate) type DieId = (UnitIndex, DieOffset);

/// Where a line program is: the file, by its number, and the offset in `.debug_line` there.
pub(crate) type LineProgram = (u32, usize);

/// A string attribute, before it is looked up.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Text {
    /// It begins here, in the unit.
    Inline(DieOffset),
    /// An offset into a section of strings.
    At(SectionId, usize),
    /// An index into `.debug_str_offsets`.
    Index(u64),
    /// An offset into the strings of the supplementary file.
    Supplementary(usize),
}

/// A reference to another DIE.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reference {
    /// Within the unit.
    Unit(u64),
    /// From the start of the file's `.debug_info`.
    Info(u64),
    /// To the type of a type unit.
    Signature(u64),
    /// From the start of the supplementary file's `.debug_info`.
    Supplementary(u64),
}
