//! Relocations that are in the way of who passes over DIEs by their lengths alone.
//!
//! Of a DIE that nobody reads, its code counts, which determines how long it is. So a relocation must be of its attributes,
//! and end where they end.

use crate::elf::{Cursor, Ordered, Relocations};

/// How far somebody has come. Places are given by the bytes of the unit that are left.
#[derive(Debug)]
pub(super) struct Codes<'r, 'd> {
    /// Those from here on.
    relocations: Ordered<'r, 'd>,
    cursor: &'r Cursor,
}

impl<'r, 'd> Codes<'r, 'd> {
    /// The DIEs from an offset on; `None` if the code of the first one has a relocation, or there are several sections of
    /// them.
    #[inline]
    pub(super) fn new(
        relocations: &'r Relocations<'d>,
        at: usize,
        cursor: &'r Cursor,
    ) -> Option<Codes<'r, 'd>> {
        Some(Codes { relocations: relocations.from(at, cursor)?, cursor })
    }

    /// What is left where the next relocation begins.
    #[inline]
    pub(super) fn next(&self) -> usize {
        self.relocations.next()
    }

    /// Passes over a DIE that has relocations, from where `start` bytes are left to where `end` are, if neither its code nor
    /// the next one has any.
    #[inline(never)]
    pub(super) fn pass(&mut self, start: usize, end: usize) -> bool {
        self.relocations.next() < start && self.relocations.pass(end, self.cursor)
    }

    /// Has the cursor know what has been found out, where so many bytes are left.
    #[inline]
    pub(super) fn end(&self, left: usize) {
        self.relocations.note(left, self.cursor);
    }
}
