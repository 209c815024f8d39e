//! The headers of units (`.debug_info`, DWARF 5 section 7.5.1; `.debug_types`, DWARF 4 section 7.5.1.2).

use gimli::{Encoding, RunTimeEndian};

use crate::elf::Section;
use crate::error::{Error, ErrorKind, Result, SectionId};

use super::decoded::undecodable;
use super::fields::Fields;
use super::place::DieOffset;

/// What a unit's header states.
#[derive(Clone, Copy, Debug)]
pub(super) struct UnitHeader {
    /// The file, by its number.
    pub(super) file: u32,
    /// The section, by its position among those of the file that have units.
    pub(super) section: u32,
    /// The range of the section.
    pub(super) start: usize,
    pub(super) end: usize,
    /// The root DIE.
    pub(super) root: DieOffset,
    pub(super) encoding: Encoding,
    /// The offset of the abbreviation table.
    pub(super) abbreviations: usize,
    /// For a type unit, the type's signature and DIE.
    pub(super) signature: Option<(u64, DieOffset)>,
    /// For either part of a unit of which a part is in a file of its own, what ties them together.
    pub(super) split_id: Option<u64>,
    /// Whether the DIEs are in another file (DWARF 5).
    pub(super) is_skeleton: bool,
}

/// What a table of abbreviations depends on: the file, the offset there, and the encoding of its units (the bytes of
/// an address, those of an offset, the version).
pub(super) type TableKey = (u32, usize, u8, u8, u16);

impl UnitHeader {
    /// Reads the header at an offset of a section.
    pub(super) fn read(
        section: &Section<'_>,
        number: u32,
        endian: RunTimeEndian,
        start: usize,
    ) -> Result<UnitHeader> {
        let mut fields = Fields::new(section, endian, start)?;
        let (length, format) = fields.initial_length()?;
        fields.limit(length)?;
        let end = fields.position().saturating_add(length);
        let too_large = || Error::new(ErrorKind::UnitTooLarge);
        u32::try_from(end.saturating_sub(start)).map_err(|_| too_large())?;
        let version = fields.u16()?;
        let (kind, address_size, abbreviations) = match version {
            2..=4 => {
                let abbreviations = fields.offset(format)?;
                // Before DWARF 5, type units have a section of their own.
                let is_type = section.id == SectionId::Types;
                let kind = if is_type { gimli::DW_UT_type } else { gimli::DW_UT_compile };
                (kind, fields.u8()?, abbreviations)
            }
            5 => (gimli::DwUt(fields.u8()?), fields.u8()?, fields.offset(format)?),
            6 => return Err(Error::new(ErrorKind::NewDwarf(version))),
            _ => return Err(undecodable(gimli::Error::UnknownVersion(version.into()))),
        };
        if !matches!(address_size, 1 | 2 | 4 | 8) {
            return Err(undecodable(gimli::Error::UnsupportedAddressSize(address_size)));
        }
        let (mut signature, mut split_id) = (None, None);
        match kind {
            gimli::DW_UT_compile | gimli::DW_UT_partial => {}
            gimli::DW_UT_type | gimli::DW_UT_split_type => {
                let (id, offset) = (fields.u64()?, fields.offset(format)?);
                signature = Some((id, u32::try_from(offset).map(DieOffset).map_err(|_| too_large())?));
            }
            gimli::DW_UT_skeleton | gimli::DW_UT_split_compile => split_id = Some(fields.u64()?),
            _ => return Err(undecodable(gimli::Error::UnknownUnitType(kind))),
        }
        let root = fields.position().saturating_sub(start);
        Ok(UnitHeader {
            file: section.file,
            section: number,
            start,
            end,
            root: u32::try_from(root).map(DieOffset).map_err(|_| too_large())?,
            encoding: Encoding { format, version, address_size },
            abbreviations,
            signature,
            split_id,
            is_skeleton: kind == gimli::DW_UT_skeleton,
        })
    }

    pub(super) fn table(&self) -> TableKey {
        let Encoding { address_size, format, version } = self.encoding;
        (self.file, self.abbreviations, address_size, format.word_size(), version)
    }
}
