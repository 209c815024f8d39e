//! A unit: the DIEs between two headers, and what their attributes depend on.

use gimli::{Encoding, EndianSlice, Reader, RunTimeEndian};

use crate::elf::{Cursor, Image, Section};
use crate::error::{Error, ErrorKind, Result, SectionId};

use super::codes::Codes;
use super::form::Input;
use super::header::UnitHeader;
use super::place::{DieId, DieOffset, LineProgram, Reference, UnitIndex};
use super::root::RootDie;
use super::string::Strings;
use super::table::Abbreviations;
use super::units::{Dwarf, UnitTable};

/// What a unit was made from, as far as it decides whether it can be the home of a symbol.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum UnitKind {
    /// A source file of a language that has a unit for each.
    Source,
    /// A part of a Rust crate.
    Rust,
    /// Assembly, which has no types.
    Assembly,
    /// Common parts of other units.
    Partial,
}

/// A unit whose DIEs can be read.
#[derive(Debug)]
pub(crate) struct Unit<'u, 'd> {
    pub(super) dwarf: &'u Dwarf<'d>,
    /// The file that the unit is in.
    pub(super) image: &'u Image<'d>,
    section: &'u Section<'d>,
    pub(crate) index: UnitIndex,
    pub(super) header: UnitHeader,
    /// The unit's bytes from its header on.
    data: EndianSlice<'d, RunTimeEndian>,
    table: UnitTable<'u, 'd>,
    /// What the root DIE states.
    pub(super) root: RootDie,
    /// Whether fields may have relocations.
    has_relocations: bool,
    /// Where names are looked for of DIEs that are read at once; `None` if none are.
    pub(super) fixed_names: Option<Strings>,
    /// Where fields are read.
    cursor: Cursor,
}

impl<'u, 'd> Unit<'u, 'd> {
    /// A unit whose root has yet to be read.
    pub(super) fn new(
        dwarf: &'u Dwarf<'d>,
        index: UnitIndex,
        table: UnitTable<'u, 'd>,
    ) -> Result<Unit<'u, 'd>> {
        let header = dwarf.header(index)?;
        let image = dwarf.file(header.file).ok_or(ErrorKind::OutOfMemory)?;
        let section = dwarf.section(header).ok_or(ErrorKind::OutOfMemory)?;
        let data = section.data.get(header.start..header.end).unwrap_or_default();
        let has_relocations = !section.relocations.is_empty();
        let cursor = if has_relocations { Cursor::new(header.end) } else { Cursor::clear(header.end) };
        let strings = image.section(SectionId::Str);
        Ok(Unit {
            dwarf,
            image,
            section,
            index,
            header: *header,
            data: EndianSlice::new(data, image.endian),
            table,
            root: RootDie::EMPTY,
            has_relocations,
            fixed_names: if has_relocations { None } else { Strings::new(strings) },
            cursor,
        })
    }

    pub(crate) fn encoding(&self) -> Encoding {
        self.header.encoding
    }

    #[inline]
    pub(crate) fn abbreviations(&self) -> Abbreviations<'_> {
        match &self.table {
            UnitTable::Kept(table) => *table,
            UnitTable::Own(table) => table.abbreviations(),
        }
    }

    #[inline]
    pub(super) fn no_abbreviations(&self) -> &'u gimli::Abbreviations {
        self.dwarf.no_abbreviations()
    }

    /// Whether the unit holds one type for others to refer to.
    pub(crate) fn is_type_unit(&self) -> bool {
        self.header.signature.is_some()
    }

    /// Whether the unit states the language that it was written in. One that does not has common types of others.
    pub(crate) fn has_language(&self) -> bool {
        self.root.language.is_some()
    }

    /// Whether the unit was written in a language whose functions need not have prototypes, or does not state it.
    pub(crate) fn is_c(&self) -> bool {
        let c = [
            gimli::DW_LANG_C,
            gimli::DW_LANG_C89,
            gimli::DW_LANG_C99,
            gimli::DW_LANG_C11,
            gimli::DW_LANG_C17,
            gimli::DW_LANG_ObjC,
            // C23
            gimli::DwLang(0x3e),
        ];
        self.root.language.is_none_or(|language| c.iter().any(|c| u64::from(c.0) == language))
    }

    /// What the unit was made from.
    pub(crate) fn kind(&self) -> UnitKind {
        let is = |language: gimli::DwLang| self.root.language == Some(language.0.into());
        if self.root.tag == gimli::DW_TAG_partial_unit {
            UnitKind::Partial
        } else if is(gimli::DW_LANG_Rust) {
            UnitKind::Rust
        } else if is(gimli::DW_LANG_Mips_Assembler) {
            UnitKind::Assembly
        } else {
            UnitKind::Source
        }
    }

    /// The byte order.
    pub(crate) fn endian(&self) -> RunTimeEndian {
        self.data.endian()
    }

    /// The root DIE.
    pub(crate) fn root(&self) -> DieOffset {
        self.header.root
    }

    /// The unit's line program.
    pub(crate) fn line_program(&self) -> Option<LineProgram> {
        match self.root.line_program {
            Some(offset) => Some((self.header.file, offset)),
            None => self.dwarf.skeleton_line_program(self.index).or_else(|| self.split_line_program()),
        }
    }

    /// The line program of a `.dwo` file, which its units share and do not name (DWARF 5 section 7.3.2.2).
    fn split_line_program(&self) -> Option<LineProgram> {
        let is_there = !self.image.section(SectionId::Line).data.is_empty();
        (self.image.is_split && is_there).then_some((self.header.file, 0))
    }

    /// The bytes from `offset` to the unit's end.
    #[inline]
    pub(super) fn input(&self, offset: DieOffset) -> Result<EndianSlice<'d, RunTimeEndian>> {
        if offset < self.header.root || offset.index() > self.data.len() {
            let error = Error::new(ErrorKind::DanglingReference(self.section_offset(offset)));
            return Err(self.error_at(error, offset));
        }
        let rest = self.data.slice().get(offset.index()..).unwrap_or_default();
        Ok(EndianSlice::new(rest, self.data.endian()))
    }

    /// The byte at `offset`, if an entry can be there.
    #[inline]
    pub(super) fn byte(&self, offset: DieOffset) -> Option<u8> {
        if offset < self.header.root { None } else { self.data.slice().get(offset.index()).copied() }
    }

    /// The bytes from `start` to `end`, if both are in the unit.
    #[inline]
    pub(super) fn bytes(&self, start: DieOffset, end: DieOffset) -> Option<&'d [u8]> {
        self.data.slice().get(start.index()..end.index())
    }

    /// An offset, if a DIE can be there.
    #[inline]
    pub(super) fn within(&self, offset: DieOffset) -> Option<DieOffset> {
        (offset >= self.header.root && offset.index() < self.data.len()).then_some(offset)
    }

    /// The offset at which `input` begins, which must run to the unit's end.
    #[inline]
    pub(super) fn position(&self, input: &EndianSlice<'d, RunTimeEndian>) -> Result<DieOffset> {
        let offset = self.data.len().saturating_sub(input.len());
        u32::try_from(offset).map(DieOffset).map_err(|_| Error::new(ErrorKind::UnitTooLarge))
    }

    /// The last so many bytes.
    #[inline]
    pub(super) fn rest(&self, left: usize) -> EndianSlice<'d, RunTimeEndian> {
        let start = self.data.len().saturating_sub(left);
        EndianSlice::new(self.data.slice().get(start..).unwrap_or_default(), self.data.endian())
    }

    /// The offset of a DIE from the start of `.debug_info`.
    pub(crate) fn section_offset(&self, offset: DieOffset) -> u64 {
        u64::try_from(self.header.start).unwrap_or(u64::MAX).saturating_add(offset.0.into())
    }

    /// Names the place of an error in this unit.
    #[cold]
    pub(crate) fn error_at(&self, error: Error, offset: DieOffset) -> Error {
        error.at(self.section.place(self.header.start.saturating_add(offset.index())))
    }

    /// Names the place of an error: where `input` begins.
    #[cold]
    pub(super) fn error_before(&self, error: Error, input: &Input<'d>) -> Error {
        match self.position(input) {
            Ok(start) => self.error_at(error, start),
            Err(error) => error,
        }
    }

    /// The width of a section offset, in bytes.
    pub(super) fn word_size(&self) -> u8 {
        self.header.encoding.format.word_size()
    }

    /// The value, after relocation, of a section offset of `width` bytes that was read up to `end`.
    #[inline]
    pub(super) fn relocated_offset(&self, raw: usize, width: u8, end: DieOffset) -> Result<usize> {
        let raw = u64::try_from(raw).unwrap_or(u64::MAX);
        let value = self.relocated(raw, width, end)?;
        Ok(usize::try_from(value).unwrap_or(usize::MAX))
    }

    /// The same, where it is probably the next relocation.
    #[inline]
    pub(super) fn relocated_next(&self, raw: usize, width: u8, end: DieOffset) -> Result<usize> {
        let field = self.header.start.saturating_add(end.index()).saturating_sub(width.into());
        match self.section.relocations.apply_next(field, width, &self.cursor) {
            Some(value) => Ok(usize::try_from(value).unwrap_or(usize::MAX)),
            None => self.relocated_offset(raw, width, end),
        }
    }

    /// The value, after relocation, of a field of `width` bytes that was read up to `end`.
    #[inline]
    pub(super) fn relocated(&self, raw: u64, width: u8, end: DieOffset) -> Result<u64> {
        if !self.has_relocations {
            return Ok(raw);
        }
        let end = self.header.start.saturating_add(end.index());
        let field = end.saturating_sub(usize::from(width));
        self.section.relocated(field, width, raw, &self.cursor)
    }

    /// Whether a relocation touches bytes of the unit.
    #[inline]
    pub(super) fn is_touched(&self, start: DieOffset, end: DieOffset) -> bool {
        self.has_relocations && {
            let place = |offset: DieOffset| self.header.start.saturating_add(offset.index());
            self.section.relocations.touch(place(start), place(end), &self.cursor)
        }
    }

    /// Has the cursor know what is clear at an offset.
    #[inline]
    pub(super) fn seek(&self, offset: DieOffset) {
        self.section.relocations.seek(self.header.start.saturating_add(offset.index()), &self.cursor);
    }

    /// Refuses relocations of bytes that are no field which may have one.
    pub(super) fn refuse_relocations(&self, start: DieOffset, end: DieOffset) -> Result<()> {
        let place = |offset: DieOffset| self.header.start.saturating_add(offset.index());
        self.section.refuse_relocations(place(start), place(end), &self.cursor)
    }

    /// Where fields are read.
    #[inline]
    pub(super) fn cursor(&self) -> &Cursor {
        &self.cursor
    }

    /// Whether fields may have relocations.
    #[inline]
    pub(super) fn has_relocations(&self) -> bool {
        self.has_relocations
    }

    /// The relocations from an offset on, for who passes over DIEs; `None` if they need a closer look.
    #[inline]
    pub(super) fn codes(&self, offset: DieOffset) -> Option<Codes<'_, 'd>> {
        Codes::new(&self.section.relocations, self.header.start.saturating_add(offset.index()), &self.cursor)
    }

    /// Where a reference leads.
    #[inline]
    pub(crate) fn resolve(&self, reference: Reference) -> Result<DieId> {
        // As most do.
        if let Reference::Unit(offset) = reference
            && let Some(within) = u32::try_from(offset).ok().and_then(|offset| self.within(DieOffset(offset)))
        {
            return Ok((self.index, within));
        }
        self.resolve_any(reference)
    }

    #[cold]
    fn resolve_any(&self, reference: Reference) -> Result<DieId> {
        match reference {
            Reference::Unit(offset) => {
                let start = u64::try_from(self.header.start).unwrap_or(u64::MAX);
                Err(Error::new(ErrorKind::DanglingReference(start.saturating_add(offset))))
            }
            Reference::Info(offset) => self
                .dwarf
                .locate(self.header.file, self.header.section, offset)
                .ok_or_else(|| Error::new(ErrorKind::DanglingReference(offset))),
            Reference::Signature(signature) => self
                .dwarf
                .find_signature(signature)
                .ok_or_else(|| Error::new(ErrorKind::UnknownSignature(signature))),
            Reference::Supplementary(offset) => self.dwarf.locate_supplementary(offset),
        }
    }

    /// Bytes.
    #[inline]
    pub(crate) fn len(&self) -> usize {
        self.data.len()
    }

    /// Whether `offset` is the unit's end.
    pub(crate) fn is_end(&self, offset: DieOffset) -> bool {
        offset.index() >= self.data.len()
    }
}
