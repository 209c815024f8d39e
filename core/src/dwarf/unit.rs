//! A unit: the DIEs between two headers, and what their attributes depend on.

use gimli::{Encoding, EndianSlice, Format, Reader, RunTimeEndian};

use crate::budget::Budget;
use crate::elf::{Cursor, Image, Section};
use crate::error::{Error, ErrorKind, Result, SectionId};

use super::abbreviation::Abbreviations;
use super::codes::Codes;
use super::die::{Die, Reference, Text};
use super::form;
use super::line::LineProgram;
use super::root::Root;
use super::string::{StringAt, check_string, string_at};
use super::units::{Dwarf, Header, Table};

/// A unit, by its position among all units of an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnitIndex(pub(crate) u32);

impl UnitIndex {
    pub(crate) fn index(self) -> usize {
        usize::try_from(self.0).unwrap_or(usize::MAX)
    }
}

/// An offset in bytes from the start of a unit's header.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct DieOffset(pub(crate) u32);

impl DieOffset {
    pub(crate) fn index(self) -> usize {
        usize::try_from(self.0).unwrap_or(usize::MAX)
    }
}

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

/// A DIE of a unit.
pub(crate) type DieId = (UnitIndex, DieOffset);

static NO_ABBREVIATIONS: Abbreviations = Abbreviations::EMPTY;

/// A unit whose DIEs can be read.
#[derive(Debug)]
pub(crate) struct Unit<'u, 'd> {
    dwarf: &'u Dwarf<'d>,
    /// The file that the unit is in.
    image: &'u Image<'d>,
    section: &'u Section<'d>,
    pub(crate) index: UnitIndex,
    header: Header,
    /// The unit's bytes from its header on.
    data: EndianSlice<'d, RunTimeEndian>,
    table: Table,
    root: Root,
    /// Whether fields may have relocations.
    has_relocations: bool,
    /// Where fields are read.
    cursor: Cursor,
}

impl<'u, 'd> Unit<'u, 'd> {
    /// Reads what the unit's DIEs depend on.
    #[expect(clippy::too_many_arguments, reason = "there is one caller, which has looked all of it up")]
    pub(super) fn new(
        dwarf: &'u Dwarf<'d>,
        image: &'u Image<'d>,
        section: &'u Section<'d>,
        index: UnitIndex,
        header: Header,
        data: &'d [u8],
        table: Table,
        budget: &mut Budget,
    ) -> Result<Unit<'u, 'd>> {
        let data = EndianSlice::new(data, image.endian);
        let root = Root::EMPTY;
        let has_relocations = !section.relocations.is_empty();
        let cursor = if has_relocations { Cursor::new(header.end) } else { Cursor::clear(header.end) };
        let mut unit =
            Unit { dwarf, image, section, index, header, data, table, root, has_relocations, cursor };
        unit.root = Root::read(&unit, budget)?;
        Ok(unit)
    }

    pub(crate) fn encoding(&self) -> Encoding {
        self.header.encoding
    }

    pub(crate) fn abbreviations(&self) -> &Abbreviations {
        match &self.table {
            Table::Own(table) => table,
            Table::Shared(at) => self.dwarf.shared_abbreviations(*at).unwrap_or(&NO_ABBREVIATIONS),
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

    /// Whether the unit tells the language that it was written in. One that does not has common types of others.
    pub(crate) fn has_language(&self) -> bool {
        self.root.language.is_some()
    }

    /// Whether the unit was written in a language whose functions need not have prototypes, or does not tell.
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

    /// The source file, and the folder that its name is relative to.
    pub(crate) fn source_file(&self, budget: &mut Budget) -> Result<(&'d [u8], &'d [u8])> {
        let mut text = |text: Option<Text>| text.map_or(Ok(&b""[..]), |text| self.text(text, budget));
        let read = text(self.root.name).and_then(|name| Ok((name, text(self.root.folder)?)));
        read.map_err(|error| self.error_at(error, self.root()))
    }

    /// The byte order.
    pub(crate) fn endian(&self) -> RunTimeEndian {
        self.data.endian()
    }

    /// The root DIE.
    pub(crate) fn root(&self) -> DieOffset {
        self.header.root
    }

    /// Refuses a unit whose DIEs are in a file that nobody has attached: what is missing must not pass for what is
    /// not described.
    pub(super) fn refuse_split(&self, budget: &mut Budget) -> Result<()> {
        let Some((_, name)) = self.dwarf.other_part(&self.header, &self.root) else { return Ok(()) };
        // Without the name, it is refused as well.
        let name = self.text(name, budget).unwrap_or_default();
        Err(self.error_at(Error::new(ErrorKind::NotAttached).about(name), self.root()))
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

    /// What the root DIE tells.
    pub(super) fn root_attributes(&self) -> &Root {
        &self.root
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
    pub(crate) fn resolve(&self, reference: Reference) -> Result<DieId> {
        match reference {
            Reference::Unit(offset) => {
                let within = u32::try_from(offset).ok().map(DieOffset);
                let within =
                    within.filter(|&offset| offset >= self.header.root && offset.index() < self.data.len());
                within.map(|offset| (self.index, offset)).ok_or_else(|| {
                    let start = u64::try_from(self.header.start).unwrap_or(u64::MAX);
                    Error::new(ErrorKind::DanglingReference(start.saturating_add(offset)))
                })
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

    /// The DIE at an offset that a reference led to.
    pub(crate) fn die_at(&self, offset: DieOffset, budget: &mut Budget) -> Result<Die> {
        let mut die = Die::EMPTY;
        self.read_at(offset, &mut die, budget)?;
        Ok(die)
    }

    /// Reads the DIE at an offset that a reference led to.
    pub(crate) fn read_at(&self, offset: DieOffset, die: &mut Die, budget: &mut Budget) -> Result<()> {
        match self.head(offset)? {
            Some(head) => self.read(head, die, budget),
            None => {
                let target = self.section_offset(offset);
                Err(self.error_at(Error::new(ErrorKind::DanglingReference(target)), offset))
            }
        }
    }

    /// The offset of the entry behind a DIE and its children.
    pub(crate) fn after(&self, die: &Die, budget: &mut Budget) -> Result<DieOffset> {
        if die.has_children { self.behind(die.offset, die.end, die.sibling, budget) } else { Ok(die.end) }
    }

    /// The offset of the entry behind the children of the DIE at `offset`, whose attributes end at `end`.
    pub(super) fn behind(
        &self,
        offset: DieOffset,
        end: DieOffset,
        sibling: Option<DieOffset>,
        budget: &mut Budget,
    ) -> Result<DieOffset> {
        match sibling {
            Some(sibling) if sibling > end && sibling.index() < self.data.len() => Ok(sibling),
            Some(_) => {
                let damage =
                    ErrorKind::Malformed("a sibling that is not behind its DIE, or outside the unit");
                Err(self.error_at(Error::new(damage), offset))
            }
            None => self.skip_children(end, budget),
        }
    }

    /// The offset behind the null entry that ends the children which begin at `offset`.
    pub(crate) fn skip_children(&self, mut offset: DieOffset, budget: &mut Budget) -> Result<DieOffset> {
        let mut depth: u32 = 1;
        while depth > 0 {
            offset = self.pass_leaves(offset, |_| {}, budget)?;
            if self.is_end(offset) {
                break;
            }
            match self.head(offset)? {
                None => {
                    depth = depth.saturating_sub(1);
                    budget.charge_work(1)?;
                    offset = self.after_null(offset)?;
                }
                Some(head) => {
                    depth = depth.saturating_add(u32::from(head.abbreviation.has_children));
                    offset = self.skip(head, budget)?;
                }
            }
        }
        Ok(offset)
    }

    /// The offset behind a null entry, which is a zero of any length.
    pub(crate) fn after_null(&self, offset: DieOffset) -> Result<DieOffset> {
        let mut input = self.input(offset)?;
        input.read_uleb128().map_err(|error| self.error_at(error.into(), offset))?;
        self.position(&input)
    }

    /// Bytes.
    pub(crate) fn len(&self) -> usize {
        self.data.len()
    }

    /// Whether `offset` is the unit's end.
    pub(crate) fn is_end(&self, offset: DieOffset) -> bool {
        offset.index() >= self.data.len()
    }

    /// The bytes of a string attribute.
    pub(crate) fn text(&self, text: Text, budget: &mut Budget) -> Result<&'d [u8]> {
        if let Text::Inline(start) = text {
            let mut input = self.input(start)?;
            let text = form::string(&mut input).map_err(|error| self.error_at(error.into(), start))?;
            budget.charge_bytes(text.len())?;
            return Ok(text.slice());
        }
        let (section, offset) = self.text_place(text)?;
        string_at(section, offset, budget)
    }

    /// Where the string of an attribute is.
    pub(crate) fn string(&self, text: Text, budget: &mut Budget) -> Result<StringAt> {
        if let Text::Inline(start) = text {
            return StringAt::in_unit(self.index, start);
        }
        let (section, offset) = self.text_place(text)?;
        check_string(section, offset, budget)?;
        StringAt::in_section(section, offset)
    }

    #[inline]
    fn text_place(&self, text: Text) -> Result<(&'u Section<'d>, usize)> {
        Ok(match text {
            Text::At(section, offset) => (self.image.section(section), offset),
            Text::Index(index) => (self.image.section(SectionId::Str), self.string_offset(index)?),
            Text::Supplementary(offset) => {
                let file = self.dwarf.supplementary().ok_or(ErrorKind::NoSupplementary)?;
                (file.section(SectionId::Str), offset)
            }
            Text::Inline(_) => (self.image.section(SectionId::Str), usize::MAX),
        })
    }

    /// The offset in `.debug_str` of the string with this index (DWARF 5 section 7.26).
    fn string_offset(&self, index: u64) -> Result<usize> {
        let section = self.image.section(SectionId::StrOffsets);
        let data = section.bytes()?;
        let word = self.header.encoding.format.word_size();
        // A .dwo file has no base: its offsets begin behind the header, which came with DWARF 5.
        let base = self.root.str_offsets_base.unwrap_or(match self.header.encoding {
            Encoding { version: ..5, .. } => 0,
            Encoding { format: Format::Dwarf32, .. } => 8,
            Encoding { format: Format::Dwarf64, .. } => 16,
        });
        let missing = || Error::new(ErrorKind::StringIndex(index));
        let field = usize::try_from(index)
            .ok()
            .and_then(|index| index.checked_mul(word.into())?.checked_add(base))
            .ok_or_else(missing)?;
        let rest = data.get(field..).ok_or_else(missing)?;
        let raw = EndianSlice::new(rest, self.data.endian())
            .read_offset(self.header.encoding.format)
            .map_err(|_| missing())?;
        let raw = u64::try_from(raw).unwrap_or(u64::MAX);
        let offset = section.relocated(field, word, raw, &Cursor::default())?;
        usize::try_from(offset).map_err(|_| missing())
    }
}
