//! The fields of a header, read one after the other, each with its relocations.

use gimli::{EndianSlice, Format, Reader, RunTimeEndian};

use crate::elf::{Cursor, Section};
use crate::error::Result;

use super::decoded::{Decoded, undecodable};

/// What is left of a header.
#[derive(Debug)]
pub(super) struct Fields<'s, 'd> {
    section: &'s Section<'d>,
    pub(super) input: EndianSlice<'d, RunTimeEndian>,
    /// Where the input ends in the section.
    end: usize,
    cursor: Cursor,
}

impl<'s, 'd> Fields<'s, 'd> {
    /// The fields from an offset of a section on; there are none if it is outside.
    pub(super) fn new(
        section: &'s Section<'d>,
        endian: RunTimeEndian,
        offset: usize,
    ) -> Result<Fields<'s, 'd>> {
        let data = section.bytes()?;
        let input = EndianSlice::new(data.get(offset..).unwrap_or_default(), endian);
        Ok(Fields { section, input, end: data.len(), cursor: Cursor::default() })
    }

    /// The offset of the next field in the section.
    pub(super) fn position(&self) -> usize {
        self.end.saturating_sub(self.input.len())
    }

    /// Leaves no more than `len` bytes.
    pub(super) fn limit(&mut self, len: usize) -> Result<()> {
        let position = self.position();
        self.input = self.input.split(len).decoded()?;
        self.end = position.saturating_add(len);
        Ok(())
    }

    pub(super) fn u8(&mut self) -> Result<u8> {
        let raw = self.input.read_u8().decoded()?;
        self.relocated(1, raw.into()).map(|value| u8::try_from(value).unwrap_or(raw))
    }

    pub(super) fn u16(&mut self) -> Result<u16> {
        let raw = self.input.read_u16().decoded()?;
        self.relocated(2, raw.into()).map(|value| u16::try_from(value).unwrap_or(raw))
    }

    pub(super) fn u64(&mut self) -> Result<u64> {
        let raw = self.input.read_u64().decoded()?;
        self.relocated(8, raw)
    }

    /// A section offset.
    pub(super) fn offset(&mut self, format: Format) -> Result<usize> {
        let raw = match format {
            Format::Dwarf32 => self.input.read_u32().decoded()?.into(),
            Format::Dwarf64 => self.input.read_u64().decoded()?,
        };
        let value = self.relocated(format.word_size(), raw)?;
        usize::try_from(value).map_err(|_| undecodable(gimli::Error::UnsupportedOffset))
    }

    /// The length of what follows, and whether offsets there have 32 or 64 bits (DWARF 5 section 7.4).
    pub(super) fn initial_length(&mut self) -> Result<(usize, Format)> {
        match self.offset(Format::Dwarf32)? {
            length @ ..0xffff_fff0 => Ok((length, Format::Dwarf32)),
            0xffff_ffff => Ok((self.offset(Format::Dwarf64)?, Format::Dwarf64)),
            length => Err(undecodable(gimli::Error::UnknownReservedLength(
                u32::try_from(length).unwrap_or(u32::MAX),
            ))),
        }
    }

    /// Refuses relocations of what was read since `start`, which is no field of a fixed width.
    pub(super) fn refuse_relocations(&self, start: usize) -> Result<()> {
        self.section.refuse_relocations(start, self.position(), &self.cursor)
    }

    /// The value of the field of `width` bytes that was read last and holds `raw`.
    pub(super) fn relocated(&self, width: u8, raw: u64) -> Result<u64> {
        let field = self.position().saturating_sub(width.into());
        self.section.relocated(field, width, raw, &self.cursor)
    }
}
