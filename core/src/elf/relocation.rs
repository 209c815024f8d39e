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
/// Most fields have no relocation. So what is kept is where the next one is, and from where on there is none. Who reads
/// knows how many bytes are left, so places are told by the bytes from there to the end of what is read: then one comparison
/// tells whether a relocation is in the way.
#[derive(Debug)]
pub(crate) struct Cursor {
    /// Where what is read ends in the section.
    end: u64,
    /// The position of the relocation that ends what is clear.
    index: Cell<usize>,
    /// What is left where the bytes begin that no relocation touches.
    from: Cell<u64>,
    /// What is left where they end.
    next: Cell<u64>,
    /// What relocations like the last one do.
    usual: Cell<Usual>,
}

/// What relocations of one symbol and kind do: the bytes of their field become a sum.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Usual {
    /// Symbol and kind, as the file has them.
    pub(super) info: u64,
    /// The value of the symbol.
    pub(super) symbol: u64,
    /// How many bytes; 0 if nothing is known.
    pub(super) width: u8,
    /// The bits that do not fit into these bytes.
    pub(super) beyond: u64,
}

impl Default for Cursor {
    fn default() -> Cursor {
        Cursor::new(usize::MAX)
    }
}

impl Cursor {
    /// Somebody who reads up to an offset, and knows nothing yet.
    pub(crate) fn new(end: usize) -> Cursor {
        Cursor {
            end: offset_of(end),
            index: Cell::new(0),
            from: Cell::new(0),
            next: Cell::new(u64::MAX),
            usual: Cell::new(Usual::default()),
        }
    }

    /// Somebody who reads what has no relocations.
    pub(crate) fn clear(end: usize) -> Cursor {
        Cursor { from: Cell::new(u64::MAX), next: Cell::new(0), ..Cursor::new(end) }
    }

    /// Whether it is known that no relocation touches the bytes from where `start` bytes are left to where `end` are.
    #[inline]
    pub(crate) fn is_clear(&self, start: usize, end: usize) -> bool {
        offset_of(start) <= self.from.get() && self.is_clear_to(end)
    }

    /// The same, if they begin where it is known to be clear.
    #[inline]
    pub(crate) fn is_clear_to(&self, end: usize) -> bool {
        offset_of(end) >= self.next.get()
    }

    /// What is left where the next relocation begins, as far as it is known.
    #[inline]
    pub(crate) fn next(&self) -> usize {
        usize::try_from(self.next.get()).unwrap_or(usize::MAX)
    }

    #[inline]
    pub(super) fn left(&self, offset: u64) -> u64 {
        self.end.saturating_sub(offset)
    }

    /// Whether it is known that what begins at an offset is clear up to the next relocation.
    #[inline]
    pub(super) fn is_clear_from(&self, offset: u64) -> bool {
        self.left(offset) <= self.from.get()
    }

    #[inline]
    pub(super) fn covers(&self, start: u64, end: u64) -> bool {
        self.left(start) <= self.from.get() && self.left(end) >= self.next.get()
    }

    #[inline]
    pub(super) fn index(&self) -> usize {
        self.index.get()
    }

    /// Has it know that a relocation is the first one behind some bytes that none touches.
    #[inline]
    pub(super) fn set(&self, index: usize, from: u64, next: u64) {
        self.index.set(index);
        self.from.set(self.left(from));
        self.next.set(self.left(next));
    }

    #[inline]
    pub(super) fn usual(&self) -> Usual {
        self.usual.get()
    }

    pub(super) fn set_usual(&self, usual: Usual) {
        self.usual.set(usual);
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
        Some(Ordered { table, index: cursor.index(), next: cursor.next.get() })
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
        let offset = cursor.end.saturating_sub(offset_of(left));
        let (index, next, is_clear) = self.table.pass(self.index, offset);
        (self.index, self.next) = (index, cursor.left(next));
        is_clear
    }

    /// Has a cursor know what has been found out: nothing is changed from where so many bytes are left to the next relocation.
    #[inline]
    pub(crate) fn note(&self, left: usize, cursor: &Cursor) {
        cursor.index.set(self.index);
        cursor.from.set(offset_of(left));
        cursor.next.set(self.next);
    }
}
