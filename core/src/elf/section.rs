//! A section of an object: its bytes, and the relocations of its fields.

use crate::error::{Error, ErrorKind, Place, Result, SectionId};

use super::cursor::Cursor;
use super::relocation::Relocations;

/// A section.
#[derive(Debug)]
pub(crate) struct Section<'d> {
    pub(crate) id: SectionId,
    /// Its index in the section header table; 0 if the object has no such section.
    pub(super) index: usize,
    /// Which of the object's files has it; 0 is the object itself.
    pub(crate) file: u32,
    pub(crate) data: &'d [u8],
    /// How the bytes that are in the file are compressed, as long as nobody has decompressed them.
    pub(crate) packed: Option<Packed<'d>>,
    pub(crate) relocations: Relocations<'d>,
}

/// How a section is compressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Compression {
    /// A zlib stream (RFC 1950).
    Zlib,
    /// Zstandard frames (RFC 8878).
    Zstd,
}

/// The contents of a compressed section.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Packed<'d> {
    /// The section.
    pub section: SectionId,
    /// How it is compressed.
    pub compression: Compression,
    /// The compressed bytes.
    pub data: &'d [u8],
    /// How many bytes come out, as the section's header has it.
    pub size: u64,
}

impl<'d> Packed<'d> {
    /// A section of which so many bytes come out.
    pub const fn new(section: SectionId, compression: Compression, data: &'d [u8], size: u64) -> Packed<'d> {
        Packed { section, compression, data, size }
    }
}

impl<'d> Section<'d> {
    pub(crate) fn new(id: SectionId, data: &'d [u8]) -> Section<'d> {
        Section { id, index: 0, file: 0, data, packed: None, relocations: Relocations::default() }
    }

    /// A place in the section.
    pub(crate) fn place(&self, offset: usize) -> Place {
        Place { file: self.file, section: self.id, offset: u64::try_from(offset).unwrap_or(u64::MAX) }
    }

    /// The value of the field of `width` bytes at `offset` which holds `raw`.
    #[inline]
    pub(crate) fn relocated(&self, offset: usize, width: u8, raw: u64, cursor: &Cursor) -> Result<u64> {
        self.relocations.apply(offset, width, raw, cursor).map_err(|error| error.at(self.place(offset)))
    }

    /// Refuses relocations of the bytes from `start` to `end`, which are no field that may have one.
    #[inline]
    pub(crate) fn refuse_relocations(&self, start: usize, end: usize, cursor: &Cursor) -> Result<()> {
        if self.relocations.is_empty() {
            return Ok(());
        }
        self.relocations.refuse(start, end, cursor).map_err(|error| error.at(self.place(start)))
    }

    /// The same, for who reads nothing else.
    #[inline]
    pub(crate) fn refuse_any_relocations(&self, start: usize, end: usize) -> Result<()> {
        match self.relocations.is_empty() {
            true => Ok(()),
            false => self.refuse_relocations(start, end, &Cursor::default()),
        }
    }

    /// The section's bytes.
    ///
    /// # Errors
    /// [`ErrorKind::CompressedSection`] if they are compressed still.
    pub(crate) fn bytes(&self) -> Result<&'d [u8]> {
        self.check_unpacked().map(|()| self.data)
    }

    /// Refuses a section that is still compressed.
    pub(crate) fn check_unpacked(&self) -> Result<()> {
        match self.packed {
            None => Ok(()),
            Some(_) => Err(Error::new(ErrorKind::CompressedSection).at(self.place(0))),
        }
    }
}
