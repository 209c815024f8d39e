//! The units of an object (`.debug_info`, DWARF 5 section 7.5.1).
//!
//! The headers are listed once. A unit's abbreviations are read when the unit is loaded and dropped with it;
//! only a table that several units share is read once and kept.

use alloc::vec::Vec;

use gimli::{AttributeValue, DebugInfo, Encoding, EndianSlice, Format, Reader, RunTimeEndian};

use crate::budget::Budget;
use crate::elf::{Image, Section};
use crate::error::{Error, ErrorKind, Result, SectionId};

use super::abbreviation::Abbreviations;
use super::die::{Die, Head, Reference, Text};

/// A unit, by its position in the section.
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

/// What a unit's header tells.
#[derive(Clone, Copy, Debug)]
struct Header {
    /// The range of the section.
    start: usize,
    end: usize,
    /// The root DIE.
    root: DieOffset,
    encoding: Encoding,
    /// The offset of the abbreviation table.
    abbreviations: usize,
}

/// An object's DWARF.
#[derive(Debug)]
pub(crate) struct Dwarf<'d> {
    image: Image<'d>,
    units: Vec<Header>,
    /// Tables that more than one unit uses, sorted by offset.
    shared: Vec<(usize, Abbreviations)>,
    /// What `gimli` is given for abbreviations, as ours are decoded here.
    no_abbreviations: gimli::Abbreviations,
}

impl<'d> Dwarf<'d> {
    /// Lists the units.
    pub(crate) fn new(image: Image<'d>, budget: &mut Budget) -> Result<Dwarf<'d>> {
        if image.info.data.is_empty() {
            return Err(Error::new(ErrorKind::NoDwarf));
        }
        let units = headers(&image, budget)?;
        let mut dwarf =
            Dwarf { image, units, shared: Vec::new(), no_abbreviations: gimli::Abbreviations::default() };
        dwarf.share_abbreviations(budget)?;
        Ok(dwarf)
    }

    pub(crate) fn image(&self) -> &Image<'d> {
        &self.image
    }

    pub(crate) fn units(&self) -> impl Iterator<Item = UnitIndex> + use<> {
        (0..u32::try_from(self.units.len()).unwrap_or(u32::MAX)).map(UnitIndex)
    }

    fn share_abbreviations(&mut self, budget: &mut Budget) -> Result<()> {
        let mut offsets: Vec<usize> = Vec::new();
        for unit in &self.units {
            budget.push(&mut offsets, unit.abbreviations)?;
        }
        offsets.sort_unstable();
        for same in offsets.chunk_by(|a, b| a == b).filter(|same| same.len() > 1) {
            if let Some(&offset) = same.first() {
                let abbrev = &self.image.abbrev;
                let table = Abbreviations::parse(abbrev.data, self.image.endian, offset, budget)?;
                budget.push(&mut self.shared, (offset, table))?;
            }
        }
        Ok(())
    }

    /// Reads what is needed to decode a unit's DIEs.
    pub(crate) fn unit(&self, index: UnitIndex, budget: &mut Budget) -> Result<Unit<'_, 'd>> {
        let header = *self.units.get(index.index()).ok_or(ErrorKind::DanglingReference(u64::MAX))?;
        let table = match self.shared.binary_search_by_key(&header.abbreviations, |&(offset, _)| offset) {
            Ok(at) => Table::Shared(at),
            Err(_) => {
                let section = self.image.abbrev.data;
                let offset = header.abbreviations;
                Table::Own(Abbreviations::parse(section, self.image.endian, offset, budget)?)
            }
        };
        let data = self.image.info.data.get(header.start..header.end).unwrap_or_default();
        let mut unit = Unit {
            dwarf: self,
            index,
            header,
            data: EndianSlice::new(data, self.image.endian),
            table,
            str_offsets_base: None,
            line_program: None,
        };
        unit.read_root(budget)?;
        Ok(unit)
    }

    /// The offset of a DIE from the start of `.debug_info`.
    pub(crate) fn section_offset(&self, unit: UnitIndex, offset: DieOffset) -> u64 {
        let start = self.units.get(unit.index()).map_or(0, |unit| unit.start);
        u64::try_from(start).unwrap_or(u64::MAX).saturating_add(offset.0.into())
    }

    /// The unit that an offset of `.debug_info` lies in, and the offset within it.
    pub(crate) fn locate(&self, offset: u64) -> Option<(UnitIndex, DieOffset)> {
        let offset = usize::try_from(offset).ok()?;
        let index = self.units.partition_point(|unit| unit.start <= offset).checked_sub(1)?;
        let unit = self.units.get(index)?;
        let within = u32::try_from(offset.checked_sub(unit.start)?).ok()?;
        (offset < unit.end).then_some((UnitIndex(u32::try_from(index).ok()?), DieOffset(within)))
    }
}

fn headers(image: &Image<'_>, budget: &mut Budget) -> Result<Vec<Header>> {
    let mut headers = Vec::new();
    let mut start: usize = 0;
    let mut units = DebugInfo::new(image.info.data, image.endian).units();
    while let Some(unit) = units.next().map_err(|error| Error::from(error).at(SectionId::Info, start))? {
        budget.charge_work(1)?;
        let end = start.saturating_add(unit.length_including_self());
        let length = end.saturating_sub(start);
        if u32::try_from(length).is_err() {
            return Err(Error::new(ErrorKind::UnitTooLarge).at(SectionId::Info, start));
        }
        let root = unit.root_offset().0;
        budget.push(
            &mut headers,
            Header {
                start,
                end,
                root: DieOffset(u32::try_from(root).map_err(|_| ErrorKind::UnitTooLarge)?),
                encoding: unit.encoding(),
                abbreviations: abbreviations_offset(image, &unit, start)?,
            },
        )?;
        start = end;
    }
    Ok(headers)
}

/// The offset of a unit's abbreviations, which is a relocated field of its header.
fn abbreviations_offset(
    image: &Image<'_>,
    unit: &gimli::UnitHeader<EndianSlice<'_, RunTimeEndian>>,
    start: usize,
) -> Result<usize> {
    // The initial length, the version, and in DWARF 5 the unit type and the address size stand before it.
    let length = match unit.format() {
        Format::Dwarf32 => 4,
        Format::Dwarf64 => 12,
    };
    let before = if unit.version() >= 5 { 4_usize } else { 2 };
    let field = start.saturating_add(before).saturating_add(length);
    let raw = u64::try_from(unit.debug_abbrev_offset().0).unwrap_or(u64::MAX);
    let offset = image.info.relocated(field, raw)?;
    usize::try_from(offset).map_err(|_| {
        Error::new(ErrorKind::Malformed("the abbreviation table lies outside the section"))
            .at(SectionId::Info, field)
    })
}

static NO_ABBREVIATIONS: Abbreviations = Abbreviations::EMPTY;

/// A unit's abbreviations: its own, or the position of a table that it shares.
#[derive(Debug)]
enum Table {
    Own(Abbreviations),
    Shared(usize),
}

/// A unit whose DIEs can be read.
#[derive(Debug)]
pub(crate) struct Unit<'u, 'd> {
    dwarf: &'u Dwarf<'d>,
    pub(crate) index: UnitIndex,
    header: Header,
    /// The unit's bytes from its header on.
    data: EndianSlice<'d, RunTimeEndian>,
    table: Table,
    str_offsets_base: Option<usize>,
    line_program: Option<usize>,
}

impl<'u, 'd> Unit<'u, 'd> {
    /// Takes from the root DIE what other DIEs' attributes depend on.
    fn read_root(&mut self, budget: &mut Budget) -> Result<()> {
        let Some(head) = self.head(self.header.root)? else { return Ok(()) };
        let specs = self.abbreviations().specs(head.abbreviation);
        budget.charge_work(u64::try_from(specs.len()).unwrap_or(u64::MAX))?;
        let (mut base, mut line) = (None, None);
        self.for_each_attribute(head, |attribute, end| {
            let (slot, offset) = match (attribute.name(), attribute.raw_value()) {
                (gimli::DW_AT_str_offsets_base, AttributeValue::SecOffset(offset)) => (&mut base, offset),
                (gimli::DW_AT_stmt_list, AttributeValue::SecOffset(offset)) => (&mut line, offset),
                _ => return Ok(()),
            };
            if slot.is_none() {
                *slot = Some(self.relocated_offset(offset, self.word_size(), end)?);
            }
            Ok(())
        })?;
        (self.str_offsets_base, self.line_program) = (base, line);
        Ok(())
    }

    pub(crate) fn encoding(&self) -> Encoding {
        self.header.encoding
    }

    pub(crate) fn abbreviations(&self) -> &Abbreviations {
        match &self.table {
            Table::Own(table) => table,
            Table::Shared(at) => match self.dwarf.shared.get(*at) {
                Some((_, table)) => table,
                None => &NO_ABBREVIATIONS,
            },
        }
    }

    pub(super) fn no_abbreviations(&self) -> &'u gimli::Abbreviations {
        &self.dwarf.no_abbreviations
    }

    pub(super) fn image(&self) -> &'u Image<'d> {
        self.dwarf.image()
    }

    /// The root DIE.
    pub(crate) fn root(&self) -> DieOffset {
        self.header.root
    }

    /// The offset of the line program in `.debug_line`.
    pub(super) fn line_program(&self) -> Option<usize> {
        self.line_program
    }

    /// The bytes from `offset` to the unit's end.
    #[inline]
    pub(super) fn input(&self, offset: DieOffset) -> Result<EndianSlice<'d, RunTimeEndian>> {
        if offset < self.header.root || offset.index() > self.data.len() {
            return Err(Error::new(ErrorKind::DanglingReference(self.section_offset(offset))));
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

    /// The offset of a DIE from the start of `.debug_info`.
    pub(crate) fn section_offset(&self, offset: DieOffset) -> u64 {
        u64::try_from(self.header.start).unwrap_or(u64::MAX).saturating_add(offset.0.into())
    }

    /// Names the place of an error in this unit.
    #[cold]
    pub(crate) fn error_at(&self, error: Error, offset: DieOffset) -> Error {
        error.at(SectionId::Info, self.section_offset(offset))
    }

    /// The width of a section offset, in bytes.
    pub(super) fn word_size(&self) -> u8 {
        self.header.encoding.format.word_size()
    }

    /// The value, after relocation, of a section offset of `width` bytes that was read up to `end`.
    pub(super) fn relocated_offset(&self, raw: usize, width: u8, end: DieOffset) -> Result<usize> {
        let end = self.header.start.saturating_add(end.index());
        let field = end.saturating_sub(usize::from(width));
        let raw = u64::try_from(raw).unwrap_or(u64::MAX);
        let value = self.image().info.relocated(field, raw)?;
        let value = if width == 4 { value & 0xffff_ffff } else { value };
        Ok(usize::try_from(value).unwrap_or(usize::MAX))
    }

    /// Where a reference leads.
    pub(crate) fn resolve(&self, reference: Reference) -> Result<(UnitIndex, DieOffset)> {
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
            Reference::Info(offset) => {
                self.dwarf.locate(offset).ok_or_else(|| Error::new(ErrorKind::DanglingReference(offset)))
            }
            Reference::Unsupported(form) => Err(Error::new(ErrorKind::UnsupportedReference(form))),
        }
    }

    /// The DIE at an offset that a reference led to.
    pub(crate) fn die_at(&self, offset: DieOffset, budget: &mut Budget) -> Result<Die<'d>> {
        let head = self.head(offset)?.ok_or_else(|| {
            let target = self.section_offset(offset);
            Error::new(ErrorKind::DanglingReference(target)).at(SectionId::Info, target)
        })?;
        self.die(head, budget)
    }

    /// The offset of the entry behind a DIE and its children.
    pub(crate) fn after(&self, die: &Die<'_>, budget: &mut Budget) -> Result<DieOffset> {
        if !die.has_children {
            return Ok(die.end);
        }
        match die.sibling {
            Some(sibling) if sibling > die.end && sibling.index() <= self.data.len() => Ok(sibling),
            _ => self.skip_children(die.end, budget),
        }
    }

    /// The offset behind the null entry that ends the children which begin at `offset`.
    pub(crate) fn skip_children(&self, mut offset: DieOffset, budget: &mut Budget) -> Result<DieOffset> {
        let mut depth: u32 = 1;
        while depth > 0 && !self.is_end(offset) {
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

    /// Whether `offset` is the unit's end.
    pub(crate) fn is_end(&self, offset: DieOffset) -> bool {
        offset.index() >= self.data.len()
    }

    /// The bytes of a string attribute.
    pub(crate) fn text(&self, text: Text<'d>, budget: &mut Budget) -> Result<&'d [u8]> {
        let (section, offset) = match text {
            Text::Inline(bytes) => return Ok(bytes),
            Text::At(SectionId::LineStr, offset) => (&self.image().line_str, offset),
            Text::At(_, offset) => (&self.image().str, offset),
            Text::Index(index) => (&self.image().str, self.string_offset(index)?),
            Text::Unsupported(form) => return Err(Error::new(ErrorKind::UnsupportedReference(form))),
        };
        string_at(section, offset, budget)
    }

    /// The offset in `.debug_str` of the string with this index (DWARF 5 section 7.26).
    fn string_offset(&self, index: u64) -> Result<usize> {
        let section = &self.image().str_offsets;
        let word = self.header.encoding.format.word_size();
        let base = self.str_offsets_base.unwrap_or(match self.header.encoding.format {
            Format::Dwarf32 => 8,
            Format::Dwarf64 => 16,
        });
        let missing = || Error::new(ErrorKind::StringOffset(SectionId::StrOffsets, index));
        let field = usize::try_from(index)
            .ok()
            .and_then(|index| index.checked_mul(word.into())?.checked_add(base))
            .ok_or_else(missing)?;
        let rest = section.data.get(field..).ok_or_else(missing)?;
        let raw = EndianSlice::new(rest, self.data.endian())
            .read_offset(self.header.encoding.format)
            .map_err(|_| missing())?;
        let offset = section.relocated(field, u64::try_from(raw).unwrap_or(u64::MAX))?;
        usize::try_from(offset).map_err(|_| missing())
    }

    /// Calls `each` with every attribute of a DIE and the offset behind it.
    fn for_each_attribute(
        &self,
        head: Head<'_>,
        mut each: impl FnMut(gimli::Attribute<EndianSlice<'d, RunTimeEndian>>, DieOffset) -> Result<()>,
    ) -> Result<()> {
        let mut attributes = self.attributes(head)?;
        for &spec in self.abbreviations().specs(head.abbreviation) {
            let attribute =
                attributes.read_attribute(spec).map_err(|error| self.error_at(error.into(), head.offset))?;
            each(attribute, self.offset(attributes.next_offset())?)?;
        }
        Ok(())
    }
}

/// The NUL-terminated string at an offset of a section of strings.
pub(super) fn string_at<'d>(section: &Section<'d>, offset: usize, budget: &mut Budget) -> Result<&'d [u8]> {
    let missing =
        || Error::new(ErrorKind::StringOffset(section.id, u64::try_from(offset).unwrap_or(u64::MAX)));
    let rest = section.data.get(offset..).ok_or_else(missing)?;
    let end = memchr::memchr(0, rest).ok_or_else(missing)?;
    budget.charge_bytes(end)?;
    rest.get(..end).ok_or_else(missing)
}
