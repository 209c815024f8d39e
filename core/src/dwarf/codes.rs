//! Relocations that are in the way of who passes over DIEs by their lengths alone.
//!
//! Of a DIE that nobody reads, its code counts, which tells how long it is. So a relocation must be of its attributes,
//! and end where they end.

use crate::elf::{Cursor, Ordered, Relocations};

/// How far somebody has come.
#[derive(Debug)]
pub(super) struct Codes<'r, 'd> {
    /// Those from here on.
    relocations: Option<Ordered<'r, 'd>>,
    /// Where the next of them begins.
    next: usize,
    /// The offset of the next DIE in the section.
    at: usize,
}

impl<'r, 'd> Codes<'r, 'd> {
    /// DIEs without relocations.
    pub(super) const NONE: Codes<'r, 'd> = Codes { relocations: None, next: usize::MAX, at: 0 };

    /// The DIEs from an offset on; `None` if the code of the first one has a relocation, or there are several sections of
    /// them.
    pub(super) fn new(relocations: &'r Relocations<'d>, at: usize, cursor: &Cursor) -> Option<Codes<'r, 'd>> {
        let relocations = relocations.from(at, cursor)?;
        Some(Codes { relocations: Some(relocations), next: relocations.next(), at })
    }

    /// Passes over a DIE of this size, if neither its code nor the next one has a relocation.
    #[inline]
    pub(super) fn pass(&mut self, size: u16) -> bool {
        let end = self.at.saturating_add(size.into());
        if self.next < end && !self.pass_relocations(end) {
            self.relocations = None;
            return false;
        }
        self.at = end;
        true
    }

    #[inline]
    fn pass_relocations(&mut self, end: usize) -> bool {
        let Some(relocations) = &mut self.relocations else { return true };
        if self.next <= self.at {
            return false;
        }
        let is_clear = relocations.pass(end);
        self.next = relocations.next();
        is_clear
    }

    /// Has a cursor know what has been found out.
    pub(super) fn end(self, cursor: &Cursor) {
        if let Some(relocations) = self.relocations {
            relocations.note(self.at, cursor);
        }
    }
}
