//! The relocations of a section, applied to the fields that are read.
//!
//! In a relocatable object, the references between debug sections are completed by relocations. Only
//! the fields that the answer depends on are looked up, when they are read: nothing is copied, and
//! a relocation that nobody asks for costs nothing.
//!
//! Nearly all fields that have relocations are offsets of strings. But one may be anywhere in damaged or hostile bytes,
//! and then what stands there is not what counts. So whoever reads bytes asks first whether a relocation touches them
//! ([`Relocations::touch`]): a number is completed like any other field, and anything else is an error.

use alloc::vec::Vec;
use core::cell::Cell;

use crate::budget::Budget;
use crate::error::{Error, ErrorKind, Result};

use super::table::{Table, offset_of};

/// The relocations of one section; none for an executable or shared object.
#[derive(Debug, Default)]
pub(crate) struct Relocations<'d> {
    tables: Vec<Table<'d>>,
}

/// How far somebody has come who reads the fields of one section, more or less one after the other.
///
/// Most fields have no relocation. So what is kept is where the next one is, and from where on there is none.
#[derive(Debug, Default)]
pub(crate) struct Cursor {
    /// The position of the relocation that ends what is clear.
    pub(super) index: Cell<usize>,
    /// Bytes that no relocation touches.
    pub(super) clear: Cell<(u64, u64)>,
    /// How many relocations have been applied.
    pub(super) applied: Cell<usize>,
}

impl Cursor {
    #[inline]
    pub(super) fn covers(&self, start: u64, end: u64) -> bool {
        let (from, to) = self.clear.get();
        from <= start && end <= to
    }

    #[inline]
    pub(super) fn set(&self, index: usize, clear: (u64, u64)) {
        self.index.set(index);
        self.clear.set(clear);
    }
}

impl<'d> Relocations<'d> {
    pub(crate) fn add(&mut self, table: Table<'d>, budget: &mut Budget) -> Result<()> {
        const MOST_TABLES: usize = 4;
        if table.len() == 0 {
            return Ok(());
        }
        if self.tables.len() >= MOST_TABLES {
            return Err(Error::new(ErrorKind::Elf("too many relocation sections for one section")));
        }
        budget.push(&mut self.tables, table)
    }

    /// Whether there are none.
    pub(crate) fn is_empty(&self) -> bool {
        self.tables.is_empty()
    }

    /// Whether a relocation touches the bytes from `start` to `end`.
    #[inline]
    pub(crate) fn touch(&self, start: usize, end: usize, cursor: &Cursor) -> bool {
        let (start, end) = (offset_of(start), offset_of(end));
        !cursor.covers(start, end) && self.touch_now(start, end, cursor)
    }

    fn touch_now(&self, start: u64, end: u64, cursor: &Cursor) -> bool {
        let touches = |table: &Table<'_>, cursor: &Cursor| {
            table.seek(start, cursor);
            !cursor.covers(start, end)
        };
        match self.tables.as_slice() {
            [table] => touches(table, cursor),
            tables => tables.iter().any(|table| touches(table, &Cursor::default())),
        }
    }

    /// Begins to count what is applied; returns what [`Relocations::has_more`] wants to know.
    #[inline]
    pub(crate) fn begin(&self, start: usize, cursor: &Cursor) -> usize {
        cursor.applied.set(0);
        self.seek(offset_of(start), cursor)
    }

    /// Whether there are relocations besides those that were applied, from where it was begun to `end`. What several
    /// sections have is not counted.
    #[inline]
    pub(crate) fn has_more(&self, begun: usize, end: usize, cursor: &Cursor) -> bool {
        let index = self.seek(offset_of(end), cursor);
        index.saturating_sub(begun) != cursor.applied.get() || self.tables.len() > 1
    }

    #[inline]
    fn seek(&self, offset: u64, cursor: &Cursor) -> usize {
        if !cursor.covers(offset, offset)
            && let [table] = self.tables.as_slice()
        {
            table.seek(offset, cursor);
        }
        cursor.index.get()
    }

    /// The relocations in order from an offset on, if they are in one section and none is of the byte there.
    #[inline]
    pub(crate) fn from(&self, offset: usize, cursor: &Cursor) -> Option<Ordered<'_, 'd>> {
        let [table] = self.tables.as_slice() else { return None };
        if self.touch(offset, offset.saturating_add(1), cursor) {
            return None;
        }
        let next = usize::try_from(cursor.clear.get().1).unwrap_or(usize::MAX);
        Some(Ordered { table, index: cursor.index.get(), next })
    }

    /// The value of the field of `width` bytes at `offset` which holds `raw`.
    ///
    /// # Errors
    /// A relocation that is not known, or not of this field alone; one whose result does not fit.
    #[inline]
    pub(crate) fn apply(&self, offset: usize, width: u8, raw: u64, cursor: &Cursor) -> Result<u64> {
        let start = offset_of(offset);
        match cursor.covers(start, start.saturating_add(width.into())) {
            true => Ok(raw),
            false => self.apply_now(start, width, raw, cursor),
        }
    }

    fn apply_now(&self, start: u64, width: u8, raw: u64, cursor: &Cursor) -> Result<u64> {
        match self.tables.as_slice() {
            [table] => table.apply(start, width, raw, cursor),
            tables => {
                let apply = |value, table: &Table<'_>| table.apply(start, width, value, &Cursor::default());
                tables.iter().try_fold(raw, apply)
            }
        }
    }

    /// Refuses relocations of bytes that are no field which may have one.
    pub(crate) fn refuse(&self, start: usize, end: usize, cursor: &Cursor) -> Result<()> {
        if !self.touch(start, end, cursor) {
            return Ok(());
        }
        let (start, end) = (offset_of(start), offset_of(end));
        self.tables.iter().try_for_each(|table| table.refuse(start, end))
    }
}

/// The relocations of a section, in the order of their offsets.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Ordered<'r, 'd> {
    table: &'r Table<'d>,
    /// The position of the next one.
    index: usize,
    next: usize,
}

impl Ordered<'_, '_> {
    /// Where the next relocation begins; no section is as large as what stands for none.
    #[inline]
    pub(crate) fn next(&self) -> usize {
        self.next
    }

    /// Goes on behind the next relocation to the first one at or behind an offset; whether none before it changes bytes
    /// from there on.
    #[inline]
    pub(crate) fn pass(&mut self, offset: usize) -> bool {
        let passed = self.next;
        self.index = self.index.saturating_add(1);
        self.next = usize::try_from(self.table.offset_at(self.index)).unwrap_or(usize::MAX);
        if self.next < offset {
            self.index = self.table.first_at(offset_of(offset));
            self.next = usize::try_from(self.table.offset_at(self.index)).unwrap_or(usize::MAX);
        } else if passed.saturating_add(8) <= offset {
            return true;
        }
        !self.table.reaches(self.index, offset_of(offset))
    }

    /// Has a cursor know what has been found out: nothing is changed from an offset on to the next relocation.
    pub(crate) fn note(&self, offset: usize, cursor: &Cursor) {
        cursor.set(self.index, (offset_of(offset), offset_of(self.next)));
    }
}
