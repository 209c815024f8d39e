//! Relocations that are in the way of who passes over DIEs by their lengths alone.
//!
//! Of a DIE that nobody reads, its code counts, which tells how long it is. So a relocation must be of its attributes,
//! and end where they end.

use crate::elf::{Cursor, Ordered, Relocations};

/// How far somebody has come.
#[derive(Debug)]
pub(super) struct Codes<'r, 'd> {
    relocations: Option<Ordered<'r, 'd>>,
    /// The position of the next relocation, and its offset in the section.
    index: usize,
    next: usize,
    /// The offset of the next DIE in the section.
    at: usize,
}

impl<'r, 'd> Codes<'r, 'd> {
    /// DIEs without relocations.
    pub(super) const NONE: Codes<'r, 'd> = Codes { relocations: None, index: 0, next: usize::MAX, at: 0 };

    /// The DIEs from an offset on; `None` if the code of the first one has a relocation, or there are several sections of
    /// them.
    pub(super) fn new(relocations: &'r Relocations<'d>, at: usize, cursor: &Cursor) -> Option<Codes<'r, 'd>> {
        let relocations = relocations.ordered()?;
        let index = cursor.seek(relocations, at);
        let next = relocations.offset(index);
        let codes = Codes { relocations: Some(relocations), index, next, at };
        (next > at && !relocations.reaches(index, at)).then_some(codes)
    }

    /// Passes over a DIE of this size, if neither its code nor the next one has a relocation.
    #[inline]
    pub(super) fn pass(&mut self, size: u16) -> bool {
        let end = self.at.saturating_add(size.into());
        let passes = self.next >= end || self.pass_relocations(end);
        self.at = end;
        passes
    }

    #[inline]
    fn pass_relocations(&mut self, end: usize) -> bool {
        let Some(relocations) = self.relocations else { return true };
        if self.next <= self.at {
            return false;
        }
        self.index = self.index.saturating_add(1);
        self.next = relocations.offset(self.index);
        if self.next < end {
            self.index = relocations.first_at(end, self.index);
            self.next = relocations.offset(self.index);
        }
        !relocations.reaches(self.index, end)
    }
}
