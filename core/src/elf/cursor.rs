//! How far somebody has come who reads fields that may have relocations.

use core::cell::Cell;

/// How far somebody has come who reads the fields of one section, more or less one after the other.
///
/// Most fields have no relocation. So what is kept is where the next one is, and from where on there is none. Who reads
/// knows how many bytes are left, so places are given by the bytes from there to the end of what is read: then one comparison
/// shows whether a relocation is in the way.
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

    /// The offset where so many bytes are left.
    #[inline]
    pub(super) fn offset(&self, left: usize) -> u64 {
        self.end.saturating_sub(offset_of(left))
    }

    /// What is left where the next relocation begins.
    #[inline]
    pub(super) fn next_left(&self) -> u64 {
        self.next.get()
    }

    /// Has it know that a relocation, where so much is left, is the first one behind some bytes that none touches.
    #[inline]
    pub(super) fn note(&self, index: usize, from: usize, next: u64) {
        self.index.set(index);
        self.from.set(offset_of(from));
        self.next.set(next);
    }
}

/// An offset, as wide as those of relocations.
#[inline]
pub(super) fn offset_of(offset: usize) -> u64 {
    u64::try_from(offset).unwrap_or(u64::MAX)
}

/// The position of an entry.
pub(super) fn to_usize(index: u32) -> usize {
    usize::try_from(index).unwrap_or(usize::MAX)
}
