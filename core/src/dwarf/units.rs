//! The list of units of an object and of the files that it depends on (`.debug_info`, DWARF 5 section 7.5.1;
//! `.debug_types`, DWARF 4 section 7.5.1.2).
//!
//! Only the headers are read. A unit's abbreviations are read when the unit is loaded and dropped with it; a
//! table that several units share is read once and kept.

use alloc::vec::Vec;

use gimli::{Encoding, RunTimeEndian};

use crate::budget::Budget;
use crate::elf::{Image, Section};
use crate::error::{Error, ErrorKind, Place, Result, SectionId};

use super::abbreviation::Abbreviations;
use super::die::Text;
use super::fields::Fields;
use super::line::LineProgram;
use super::root::{Root, SplitUnit};
use super::unit::{DieId, DieOffset, Unit, UnitIndex};

/// What a unit's header tells.
#[derive(Clone, Copy, Debug)]
pub(super) struct Header {
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
    abbreviations: usize,
    /// For a type unit, the type's signature and DIE.
    pub(super) signature: Option<(u64, DieOffset)>,
    /// For either part of a unit of which a part is in a file of its own, what ties them together.
    split_id: Option<u64>,
    /// Whether the DIEs are in another file (DWARF 5).
    is_skeleton: bool,
}

/// An object's DWARF.
#[derive(Debug)]
pub(crate) struct Dwarf<'d> {
    /// The object itself, and the files that it depends on.
    files: Vec<Image<'d>>,
    /// The number of the file that `dwz` moved common entries to.
    supplementary: Option<u32>,
    /// By file, section and offset.
    units: Vec<Header>,
    /// The parts of units that are in files of their own, sorted by the part that is in the object.
    split: Vec<Split>,
    /// The line programs of the parts in the object, by the other part; sorted.
    split_lines: Vec<(UnitIndex, Option<usize>)>,
    /// The types of type units, by signature; of several with one signature, the first.
    signatures: Vec<(u64, UnitIndex, DieOffset)>,
    /// Tables that more than one unit uses, sorted.
    shared: Vec<(TableKey, Abbreviations)>,
    /// What `gimli` is given for abbreviations, as ours are decoded here.
    no_abbreviations: gimli::Abbreviations,
}

/// A unit in two parts.
#[derive(Clone, Copy, Debug)]
struct Split {
    /// The part in the object.
    skeleton: UnitIndex,
    /// Its line program, which serves both.
    line_program: Option<usize>,
    /// The part with the DIEs.
    unit: UnitIndex,
}

/// What a table of abbreviations depends on: the file, the offset there, and the encoding of its units (the bytes of
/// an address, those of an offset, the version).
type TableKey = (u32, usize, u8, u8, u16);

/// A unit's abbreviations: its own, or the position of a table that it shares.
#[derive(Debug)]
pub(super) enum Table {
    Own(Abbreviations),
    Shared(usize),
}

impl<'d> Dwarf<'d> {
    /// Lists the units.
    pub(crate) fn new(
        image: Image<'d>,
        supplementary: Option<Image<'d>>,
        budget: &mut Budget,
    ) -> Result<Dwarf<'d>> {
        if !image.has_dwarf() {
            return Err(Error::new(ErrorKind::NoDwarf));
        }
        let mut dwarf = Dwarf {
            files: Vec::new(),
            supplementary: None,
            units: Vec::new(),
            split: Vec::new(),
            split_lines: Vec::new(),
            signatures: Vec::new(),
            shared: Vec::new(),
            no_abbreviations: gimli::Abbreviations::default(),
        };
        dwarf.add_file(image, budget)?;
        if let Some(image) = supplementary {
            dwarf.supplementary = Some(dwarf.add_file(image, budget)?);
        }
        dwarf.index(budget)?;
        Ok(dwarf)
    }

    /// Brings what depends on all units up to date.
    pub(crate) fn index(&mut self, budget: &mut Budget) -> Result<()> {
        self.split.sort_unstable_by_key(|split| split.skeleton);
        self.split_lines.clear();
        for split in &self.split {
            budget.push(&mut self.split_lines, (split.unit, split.line_program))?;
        }
        self.split_lines.sort_unstable_by_key(|&(unit, _)| unit);
        self.share_abbreviations(budget)?;
        self.index_signatures(budget)
    }

    /// The parts of the object's units that are in files of their own.
    pub(crate) fn split_units(&self, budget: &mut Budget) -> Result<Vec<SplitUnit<'d>>> {
        let mut split = Vec::new();
        for index in self.units() {
            let Some(header) = self.units.get(index.index()) else { continue };
            if !self.may_be_split(header) {
                continue;
            }
            let unit = self.unit(index, budget)?;
            let root = unit.root_attributes();
            let Some((id, name)) = self.other_part(header, root) else { continue };
            let text = |text, budget: &mut Budget| {
                unit.text(text, budget).map_err(|error| unit.error_at(error, unit.root()))
            };
            let name = text(name, budget)?;
            let folder = root.folder.map(|folder| text(folder, budget)).transpose()?;
            budget.push(&mut split, SplitUnit { skeleton: index, id, name, folder })?;
        }
        Ok(split)
    }

    /// Whether a unit of the object can have its DIEs in another file.
    fn may_be_split(&self, header: &Header) -> bool {
        // Before DWARF 5 the header does not tell, but there is a section that nothing else needs.
        header.split_id.is_some()
            || (header.encoding.version < 5 && self.image().is_some_and(|image| image.links().may_be_split))
    }

    /// What ties a unit of the object to its part in another file, and that file's name.
    pub(super) fn other_part(&self, header: &Header, root: &Root) -> Option<(u64, Text)> {
        let part = (header.split_id.or(root.split_id)?, root.split_name?);
        (header.file == 0 && self.may_be_split(header)).then_some(part)
    }

    /// Adds the file with the other parts of units: the one with these units, or one for several. When all files
    /// have been added, [`Dwarf::index`] brings the rest up to date.
    pub(crate) fn attach(
        &mut self,
        image: Image<'d>,
        skeletons: &[SplitUnit<'d>],
        budget: &mut Budget,
    ) -> Result<()> {
        let first = self.units.len();
        let file = self.add_file(image, budget)?;
        let mut ids: Vec<(u64, UnitIndex)> = Vec::new();
        for number in first..self.units.len() {
            let index = UnitIndex(u32::try_from(number).map_err(|_| ErrorKind::OutOfMemory)?);
            let Some(header) = self.units.get(number) else { continue };
            if header.signature.is_some() {
                continue;
            }
            let unit = self.unit(index, budget)?;
            let root = unit.root_attributes();
            // A part that is elsewhere again is not the other part of anything.
            let is_skeleton = header.is_skeleton || !root.has_children;
            let id = header.split_id.or(root.split_id).filter(|_| !is_skeleton);
            if let Some(id) = id {
                budget.push(&mut ids, (id, index))?;
            }
        }
        ids.sort_unstable();
        for skeleton in skeletons {
            let at = ids.binary_search_by_key(&skeleton.id, |&(id, _)| id);
            let Some(&(_, unit)) = at.ok().and_then(|at| ids.get(at)) else {
                let place = Place { file, section: SectionId::Info, offset: 0 };
                return Err(Error::new(ErrorKind::SplitId(skeleton.id)).at(place));
            };
            let skeleton = skeleton.skeleton;
            let line_program = self.unit(skeleton, budget)?.root_attributes().line_program;
            budget.push(&mut self.split, Split { skeleton, line_program, unit })?;
        }
        Ok(())
    }

    /// The line program of the part of a unit that is in the object, for the other part.
    pub(super) fn skeleton_line_program(&self, unit: UnitIndex) -> Option<LineProgram> {
        if self.units.get(unit.index())?.file == 0 {
            return None;
        }
        let at = self.split_lines.binary_search_by_key(&unit, |&(unit, _)| unit).ok()?;
        let &(_, line_program) = self.split_lines.get(at)?;
        Some((0, line_program?))
    }

    /// Adds the units of a file; returns its number.
    fn add_file(&mut self, mut image: Image<'d>, budget: &mut Budget) -> Result<u32> {
        let file = u32::try_from(self.files.len()).map_err(|_| ErrorKind::OutOfMemory)?;
        image.number(file);
        image.check_unpacked()?;
        for (number, section) in (0..).zip(image.units()) {
            self.add_units(section, number, image.endian, budget)?;
        }
        budget.push(&mut self.files, image)?;
        Ok(file)
    }

    fn add_units(
        &mut self,
        section: &Section<'d>,
        number: u32,
        endian: RunTimeEndian,
        budget: &mut Budget,
    ) -> Result<()> {
        let mut start = 0;
        while start < section.data.len() {
            let header = Header::read(section, number, endian, start);
            let header = header.map_err(|error| error.at(section.place(start)))?;
            start = header.end;
            budget.charge_work(1)?;
            budget.push(&mut self.units, header)?;
        }
        Ok(())
    }

    /// The bytes of all sections with units.
    pub(crate) fn unit_bytes(&self) -> u64 {
        let sections = self.files.iter().flat_map(Image::units);
        let bytes = sections.map(|section| u64::try_from(section.data.len()).unwrap_or(u64::MAX));
        bytes.fold(0, u64::saturating_add)
    }

    /// The number of units, those of other files included.
    pub(crate) fn len(&self) -> usize {
        self.units.len()
    }

    /// The object itself.
    pub(crate) fn image(&self) -> Option<&Image<'d>> {
        self.files.first()
    }

    /// The units in which symbols are looked for: those of the object itself, in the parts that have the DIEs.
    pub(crate) fn units(&self) -> impl Iterator<Item = UnitIndex> {
        let own = self.units.partition_point(|unit| unit.file == 0);
        (0..u32::try_from(own).unwrap_or(u32::MAX)).map(|number| {
            let skeleton = UnitIndex(number);
            let at = self.split.binary_search_by_key(&skeleton, |split| split.skeleton).ok();
            at.and_then(|at| self.split.get(at)).map_or(skeleton, |split| split.unit)
        })
    }

    fn share_abbreviations(&mut self, budget: &mut Budget) -> Result<()> {
        self.shared.clear();
        let mut tables: Vec<(TableKey, Encoding)> = Vec::new();
        for unit in &self.units {
            budget.push(&mut tables, (unit.table(), unit.encoding))?;
        }
        tables.sort_unstable_by_key(|&(key, _)| key);
        for same in tables.chunk_by(|a, b| a.0 == b.0).filter(|same| same.len() > 1) {
            if let Some(&(key, encoding)) = same.first() {
                let table = self.parse_abbreviations(key, encoding, budget)?;
                budget.push(&mut self.shared, (key, table))?;
            }
        }
        Ok(())
    }

    fn parse_abbreviations(
        &self,
        (file, offset, ..): TableKey,
        encoding: Encoding,
        budget: &mut Budget,
    ) -> Result<Abbreviations> {
        let image = self.file(file).ok_or(ErrorKind::OutOfMemory)?;
        Abbreviations::parse(image.section(SectionId::Abbrev), image.endian, offset, encoding, budget)
    }

    fn index_signatures(&mut self, budget: &mut Budget) -> Result<()> {
        self.signatures.clear();
        for (index, unit) in (0..).map(UnitIndex).zip(&self.units) {
            if let Some((signature, offset)) = unit.signature {
                budget.push(&mut self.signatures, (signature, index, offset))?;
            }
        }
        self.signatures.sort_unstable();
        self.signatures.dedup_by_key(|&mut (signature, ..)| signature);
        Ok(())
    }

    pub(super) fn file(&self, number: u32) -> Option<&Image<'d>> {
        self.files.get(usize::try_from(number).ok()?)
    }

    /// The file that `dwz` moved common entries to.
    pub(super) fn supplementary(&self) -> Option<&Image<'d>> {
        self.file(self.supplementary?)
    }

    /// Reads what is needed to decode a unit's DIEs.
    pub(crate) fn unit(&self, index: UnitIndex, budget: &mut Budget) -> Result<Unit<'_, 'd>> {
        let read = self.read_unit(index, budget);
        read.map_err(|error| error.at(self.place((index, DieOffset(0)))))
    }

    fn read_unit(&self, index: UnitIndex, budget: &mut Budget) -> Result<Unit<'_, 'd>> {
        let header = *self.units.get(index.index()).ok_or(ErrorKind::DanglingReference(u64::MAX))?;
        let image = self.file(header.file).ok_or(ErrorKind::OutOfMemory)?;
        let key = header.table();
        let table = match self.shared.binary_search_by_key(&key, |&(key, _)| key) {
            Ok(at) => Table::Shared(at),
            Err(_) => Table::Own(self.parse_abbreviations(key, header.encoding, budget)?),
        };
        let section = self.section(&header).ok_or(ErrorKind::OutOfMemory)?;
        let data = section.data.get(header.start..header.end).unwrap_or_default();
        Unit::new(self, image, section, index, header, data, table, budget)
    }

    pub(super) fn shared_abbreviations(&self, at: usize) -> Option<&Abbreviations> {
        self.shared.get(at).map(|(_, table)| table)
    }

    pub(super) fn no_abbreviations(&self) -> &gimli::Abbreviations {
        &self.no_abbreviations
    }

    /// A unit's bytes, from its header on.
    #[inline]
    pub(super) fn unit_data(&self, index: UnitIndex) -> Option<(&'d [u8], RunTimeEndian)> {
        let header = self.units.get(index.index())?;
        let data = self.section(header)?.data.get(header.start..header.end)?;
        Some((data, self.file(header.file)?.endian))
    }

    /// The section that a unit is in.
    fn section(&self, header: &Header) -> Option<&Section<'d>> {
        self.file(header.file)?.units().get(usize::try_from(header.section).ok()?)
    }

    /// The place of a DIE.
    pub(crate) fn place(&self, (unit, offset): DieId) -> Place {
        let place = self.units.get(unit.index()).and_then(|header| {
            Some(self.section(header)?.place(header.start.saturating_add(offset.index())))
        });
        place.unwrap_or(Place { file: 0, section: SectionId::Info, offset: u64::MAX })
    }

    /// The DIE at an offset of a section with units.
    pub(super) fn locate(&self, file: u32, section: u32, offset: u64) -> Option<DieId> {
        let offset = usize::try_from(offset).ok()?;
        let wanted = (file, section, offset);
        let behind = self.units.partition_point(|unit| (unit.file, unit.section, unit.start) <= wanted);
        let index = behind.checked_sub(1)?;
        let unit = self.units.get(index)?;
        let within = u32::try_from(offset.checked_sub(unit.start)?).ok()?;
        let is_inside = unit.file == file && unit.section == section && offset < unit.end;
        is_inside.then_some((UnitIndex(u32::try_from(index).ok()?), DieOffset(within)))
    }

    /// The DIE at an offset of the supplementary file's `.debug_info`.
    pub(super) fn locate_supplementary(&self, offset: u64) -> Result<DieId> {
        let file = self.supplementary.ok_or(ErrorKind::NoSupplementary)?;
        self.locate(file, 0, offset).ok_or_else(|| Error::new(ErrorKind::DanglingReference(offset)))
    }

    /// The type with this signature.
    pub(super) fn find_signature(&self, signature: u64) -> Option<DieId> {
        let at = self.signatures.binary_search_by_key(&signature, |&(signature, ..)| signature).ok()?;
        self.signatures.get(at).map(|&(_, unit, offset)| (unit, offset))
    }
}

impl Header {
    /// Reads the header at an offset of a section.
    fn read(section: &Section<'_>, number: u32, endian: RunTimeEndian, start: usize) -> Result<Header> {
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
            _ => return Err(gimli::Error::UnknownVersion(version.into()).into()),
        };
        if !matches!(address_size, 1 | 2 | 4 | 8) {
            return Err(gimli::Error::UnsupportedAddressSize(address_size).into());
        }
        let (mut signature, mut split_id) = (None, None);
        match kind {
            gimli::DW_UT_compile | gimli::DW_UT_partial => {}
            gimli::DW_UT_type | gimli::DW_UT_split_type => {
                let (id, offset) = (fields.u64()?, fields.offset(format)?);
                signature = Some((id, u32::try_from(offset).map(DieOffset).map_err(|_| too_large())?));
            }
            gimli::DW_UT_skeleton | gimli::DW_UT_split_compile => split_id = Some(fields.u64()?),
            _ => return Err(gimli::Error::UnknownUnitType(kind).into()),
        }
        let root = fields.position().saturating_sub(start);
        Ok(Header {
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

    fn table(&self) -> TableKey {
        let Encoding { address_size, format, version } = self.encoding;
        (self.file, self.abbreviations, address_size, format.word_size(), version)
    }
}
