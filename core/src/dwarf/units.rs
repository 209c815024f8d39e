//! The list of units of an object and of the files that it depends on.
//!
//! Only the headers are read, and the tables of abbreviations.

use alloc::vec::Vec;

use gimli::RunTimeEndian;

use crate::budget::Budget;
use crate::elf::{Image, Section};
use crate::error::{Error, ErrorKind, Place, Result, SectionId};

use super::header::UnitHeader;
use super::place::{DieId, DieOffset, LineProgram, UnitIndex};
use super::split::Splits;
use super::table::{Abbreviations, OwnTable};
use super::tables::{Tables, Wanted};

/// An object's DWARF.
#[derive(Debug)]
pub(crate) struct Dwarf<'d> {
    /// The object itself, and the files that it depends on.
    files: Vec<Image<'d>>,
    /// The number of the file that `dwz` moved common entries to.
    supplementary: Option<u32>,
    /// By file, section and offset.
    pub(super) units: Vec<UnitHeader>,
    /// The units whose DIEs are in files of their own.
    pub(super) split: Splits,
    /// The types of type units, by signature; of several with one signature, the first.
    signatures: Vec<(u64, UnitIndex, DieOffset)>,
    tables: Tables<'d>,
    /// What `gimli` is given for abbreviations, as ours are decoded here.
    no_abbreviations: gimli::Abbreviations,
}

/// A unit's abbreviations: those that were read when units were listed, or its own.
#[derive(Debug)]
#[expect(clippy::large_enum_variant, reason = "nobody would have paid for a box")]
pub(super) enum UnitTable<'u, 'd> {
    Kept(Abbreviations<'u>),
    Own(OwnTable<'d>),
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
            split: Splits::default(),
            signatures: Vec::new(),
            tables: Tables::default(),
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
        self.split.index(budget)?;
        self.read_abbreviations(budget)?;
        self.index_signatures(budget)
    }

    /// The line program of the part of a unit that is in the object, for the other part.
    pub(super) fn skeleton_line_program(&self, unit: UnitIndex) -> Option<LineProgram> {
        if self.units.get(unit.index())?.file == 0 {
            return None;
        }
        self.split.line_program(unit)
    }

    /// Adds the units of a file; returns its number.
    pub(super) fn add_file(&mut self, mut image: Image<'d>, budget: &mut Budget) -> Result<u32> {
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
            let header = UnitHeader::read(section, number, endian, start);
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
        (0..u32::try_from(own).unwrap_or(u32::MAX)).map(|number| self.split.with_dies(UnitIndex(number)))
    }

    /// All units, those of companions among them.
    pub(crate) fn all_units(&self) -> impl Iterator<Item = UnitIndex> {
        (0..u32::try_from(self.units.len()).unwrap_or(u32::MAX)).map(UnitIndex)
    }

    fn read_abbreviations(&mut self, budget: &mut Budget) -> Result<()> {
        // A single unit is loaded in any case. If it has another part, that comes with a file of its own.
        let is_single = matches!(self.units.as_slice(), [unit] if !self.may_be_split(unit));
        let mut wanted: Vec<Wanted> = Vec::new();
        budget.reserve(&mut wanted, self.units.len())?;
        let table =
            |unit: &UnitHeader| Wanted { key: unit.table(), encoding: unit.encoding, is_needed: is_single };
        wanted.extend(self.units.iter().map(table));
        wanted.sort_unstable_by_key(|table| table.key);
        wanted.dedup_by(|later, first| {
            let is_same = later.key == first.key;
            first.is_needed |= is_same;
            is_same
        });
        self.tables.add(&wanted, &self.files, budget)?;
        budget.free(wanted);
        Ok(())
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

    /// What a unit's header states.
    pub(super) fn header(&self, index: UnitIndex) -> Result<&UnitHeader> {
        self.units.get(index.index()).ok_or_else(|| ErrorKind::DanglingReference(u64::MAX).into())
    }

    /// A unit's abbreviations.
    pub(super) fn table(&self, index: UnitIndex, budget: &mut Budget) -> Result<UnitTable<'_, 'd>> {
        let header = self.header(index)?;
        if let Some(kept) = self.tables.get(header.table()) {
            return Ok(UnitTable::Kept(kept));
        }
        let image = self.file(header.file).ok_or(ErrorKind::OutOfMemory)?;
        let place = (image.section(SectionId::Abbrev), header.abbreviations);
        Ok(UnitTable::Own(OwnTable::read(place, image.endian, header.encoding, budget)?))
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
    pub(super) fn section(&self, header: &UnitHeader) -> Option<&Section<'d>> {
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
