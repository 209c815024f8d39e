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

use crate::budget::Budget;
use crate::error::{Error, ErrorKind, Result};

use super::cursor::{Cursor, offset_of};
use super::table::Table;

/// The relocations of one section; none for an executable or shared object.
#[derive(Debug, Default)]
pub(crate) struct Relocations<'d> {
    tables: Vec<Table<'d>>,
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
        match cursor.covers(start, start) {
            true => !cursor.covers(start, end),
            false => self.touch_now(start, end, cursor),
        }
    }

    /// Has a cursor know what is clear at an offset, if the relocations are in one section.
    #[inline]
    pub(crate) fn seek(&self, offset: usize, cursor: &Cursor) {
        if let [table] = self.tables.as_slice() {
            table.seek(offset_of(offset), cursor);
        }
    }

    #[inline(never)]
    fn touch_now(&self, start: u64, end: u64, cursor: &Cursor) -> bool {
        let touches = |table: &Table<'_>, cursor: &Cursor| {
            table.advance(start, cursor);
            !cursor.covers(start, end)
        };
        match self.tables.as_slice() {
            [table] => touches(table, cursor),
            tables => tables.iter().any(|table| touches(table, &Cursor::default())),
        }
    }

    /// The relocations from an offset on, if they are in one section and none is of the byte there.
    #[inline]
    pub(crate) fn from(&self, offset: usize, cursor: &Cursor) -> Option<Ordered<'_, 'd>> {
        let [table] = self.tables.as_slice() else { return None };
        let start = offset_of(offset);
        if !cursor.covers(start, start) {
            table.seek(start, cursor);
        }
        if !cursor.covers(start, start.saturating_add(1)) {
            return None;
        }
        Some(Ordered { table, index: cursor.index(), next: cursor.next_left() })
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

    /// The same, if the next relocation is of this field, and is like the last one.
    #[inline]
    pub(crate) fn apply_next(&self, offset: usize, width: u8, cursor: &Cursor) -> Option<u64> {
        let [table] = self.tables.as_slice() else { return None };
        table.apply_next(offset_of(offset), width, cursor)
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
    #[inline(never)]
    pub(crate) fn refuse(&self, start: usize, end: usize, cursor: &Cursor) -> Result<()> {
        if !self.touch(start, end, cursor) {
            return Ok(());
        }
        let (start, end) = (offset_of(start), offset_of(end));
        self.tables.iter().try_for_each(|table| table.refuse(start, end))
    }
}

/// The relocations of a section in the order of their offsets, for who passes over bytes that nobody reads.
#[derive(Debug)]
pub(crate) struct Ordered<'r, 'd> {
    table: &'r Table<'d>,
    /// The position of the next one.
    index: usize,
    /// What is left where it begins.
    next: u64,
}

impl Ordered<'_, '_> {
    /// What is left where the next relocation begins.
    #[inline]
    pub(crate) fn next(&self) -> usize {
        usize::try_from(self.next).unwrap_or(usize::MAX)
    }

    /// Goes on to the first relocation at or behind where so many bytes are left; whether none before it changes bytes from
    /// there on.
    #[inline]
    pub(crate) fn pass(&mut self, left: usize, cursor: &Cursor) -> bool {
        let offset = cursor.offset(left);
        let (index, next, is_clear) = self.table.pass(self.index, offset);
        (self.index, self.next) = (index, cursor.left(next));
        is_clear
    }

    /// Has a cursor know what has been found out: nothing is changed from where so many bytes are left to the next relocation.
    #[inline]
    pub(crate) fn note(&self, left: usize, cursor: &Cursor) {
        cursor.note(self.index, left, self.next);
    }
}
