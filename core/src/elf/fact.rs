//! What an object says about exported symbols, one thing at a time, and the texts and numbers that it says it in.

use object::Endianness;

use crate::budget::Budget;
use crate::error::Result;

/// One thing that an object says about an exported symbol.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fact<'d> {
    /// It is exported, by a label with licence and namespace.
    Label(bool, &'d [u8]),
    /// It is exported, by an entry of a table for all modules or for some.
    Entry(bool),
    Flags(u8),
    Namespace(&'d [u8]),
    Version(u32),
    /// It has a symbol pointer.
    Pointer,
}

impl Fact<'_> {
    /// Whether it says by itself that a symbol is exported.
    pub(super) fn is_export(&self) -> bool {
        matches!(self, Fact::Label(..) | Fact::Entry(_))
    }
}

/// A text that ends in NUL, and what is behind it.
pub(super) fn split_text(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let end = memchr::memchr(0, bytes)?;
    Some((bytes.get(..end)?, bytes.get(end.checked_add(1)?..)?))
}

/// The same, where many may lead to the same bytes: what is looked at is paid for.
pub(super) fn text_in<'d>(bytes: &'d [u8], budget: &mut Budget) -> Result<Option<(&'d [u8], &'d [u8])>> {
    let split = split_text(bytes);
    budget.charge_bytes(split.map_or(bytes, |(text, _)| text).len())?;
    Ok(split)
}

pub(super) fn number(bytes: [u8; 4], endian: Endianness) -> u32 {
    match endian {
        Endianness::Little => u32::from_le_bytes(bytes),
        Endianness::Big => u32::from_be_bytes(bytes),
    }
}
