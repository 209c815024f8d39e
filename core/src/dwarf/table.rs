//! A unit's abbreviations: which code stands for which shape.

use alloc::vec::Vec;

use gimli::{AttributeSpecification, Encoding, EndianSlice, Reader, RunTimeEndian};

use crate::budget::Budget;
use crate::elf::Section;
use crate::error::{Error, ErrorKind, Result};
use crate::limits::Limit;

use super::abbreviation::{Abbreviation, Leaf};
use super::compiler::Program;
use super::decoded::Decoded;
use super::instruction::Instruction;
use super::layout::Layout;
use super::shapes::{LayoutNumber, ShapeNumber, Shapes};

/// What stands for a shape.
#[derive(Clone, Copy, Debug)]
pub(super) struct Entry {
    shape: ShapeNumber,
    /// What is needed most of it.
    layout: LayoutNumber,
    leaf: Option<Leaf>,
}

/// A table that was read.
#[derive(Debug)]
pub(super) struct Table {
    /// Its range of the entries.
    start: usize,
    end: usize,
    /// Codes, sorted, and the positions of their entries, unless code N is at position N - 1, as every compiler has it.
    codes: Vec<(u64, u32)>,
    crosses_units: bool,
}

/// The abbreviations of a unit, or of several units with the same encoding.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Abbreviations<'t> {
    entries: &'t [Entry],
    codes: &'t [(u64, u32)],
    shapes: &'t Shapes<'t>,
    /// Whether an attribute can lead into another unit.
    pub(crate) crosses_units: bool,
}

/// A table with shapes of its own.
#[derive(Debug)]
pub(super) struct OwnTable<'d> {
    table: Table,
    entries: Vec<Entry>,
    shapes: Shapes<'d>,
}

impl Table {
    /// Reads the table at an offset of a section, and adds its entries to others, and shapes that are not among those that are
    /// known. Returns how many bytes it has, too.
    pub(super) fn read<'d>(
        (section, offset): (&Section<'d>, usize),
        endian: RunTimeEndian,
        is_known: bool,
        shapes: &mut Shapes<'d>,
        entries: &mut Vec<Entry>,
        budget: &mut Budget,
    ) -> Result<(Table, usize)> {
        let bytes = section.data.get(offset..).filter(|rest| !rest.is_empty()).ok_or_else(|| {
            Error::new(ErrorKind::Malformed("the abbreviation table lies outside the section"))
                .at(section.place(offset))
        })?;
        let mut input = EndianSlice::new(bytes, endian);
        let start = entries.len();
        let mut table = Table { start, end: start, codes: Vec::new(), crosses_units: false };
        table
            .read_entries(&mut input, is_known, shapes, entries, budget)
            .map_err(|error| error.at(section.place(section.data.len().saturating_sub(input.len()))))?;
        let end = section.data.len().saturating_sub(input.len());
        section.refuse_any_relocations(offset, end)?;
        if !table.codes.is_empty() {
            let count = u64::try_from(table.codes.len()).unwrap_or(u64::MAX);
            budget.charge_work(count.saturating_mul(32))?;
            // Of several with one code, the first counts.
            table.codes.sort_unstable();
        }
        Ok((table, end.saturating_sub(offset)))
    }

    fn read_entries<'d>(
        &mut self,
        input: &mut EndianSlice<'d, RunTimeEndian>,
        is_known: bool,
        shapes: &mut Shapes<'d>,
        entries: &mut Vec<Entry>,
        budget: &mut Budget,
    ) -> Result<()> {
        let mut attributes: usize = 0;
        loop {
            // A section that ends without the terminating zero ends the table.
            if input.is_empty() {
                return Ok(());
            }
            let code = input.read_uleb128().decoded()?;
            if code == 0 {
                return Ok(());
            }
            let shape = match is_known {
                true => shapes.read(input, attributes, budget)?,
                false => shapes.declare(input, attributes, budget)?,
            };
            let position = self.end.saturating_sub(self.start);
            budget.check(Limit::Abbreviations, position.saturating_add(1))?;
            let abbreviation = shapes.get(shape).ok_or(ErrorKind::OutOfMemory)?;
            let own = usize::try_from(abbreviation.attributes()).unwrap_or(usize::MAX);
            attributes = attributes.saturating_add(own);
            self.crosses_units |= abbreviation.crosses_units;
            self.note_code(code, position, budget)?;
            budget.push(entries, Entry { shape, layout: abbreviation.layout, leaf: abbreviation.leaf })?;
            self.end = entries.len();
        }
    }

    /// Notes the code of the entry at a position, if it does not follow from that.
    #[inline]
    fn note_code(&mut self, code: u64, position: usize, budget: &mut Budget) -> Result<()> {
        let position = u32::try_from(position).map_err(|_| ErrorKind::OutOfMemory)?;
        if self.codes.is_empty() && code.checked_sub(1) == Some(position.into()) {
            return Ok(());
        }
        if self.codes.is_empty() {
            for earlier in 0..position {
                budget.push(&mut self.codes, (u64::from(earlier).saturating_add(1), earlier))?;
            }
        }
        budget.push(&mut self.codes, (code, position))
    }

    /// The table's abbreviations; the entries are those that it was added to.
    pub(super) fn abbreviations<'t>(
        &'t self,
        entries: &'t [Entry],
        shapes: &'t Shapes<'t>,
    ) -> Abbreviations<'t> {
        Abbreviations {
            entries: entries.get(self.start..self.end).unwrap_or_default(),
            codes: &self.codes,
            shapes,
            crosses_units: self.crosses_units,
        }
    }
}

impl<'t> Abbreviations<'t> {
    /// The abbreviation with this code.
    #[inline]
    pub(crate) fn get(self, code: u64) -> Option<&'t Abbreviation> {
        let position = if self.codes.is_empty() {
            usize::try_from(code.checked_sub(1)?).ok()?
        } else {
            let first = self.codes.partition_point(|&(other, _)| other < code);
            let &(_, position) = self.codes.get(first).filter(|&&(other, _)| other == code)?;
            usize::try_from(position).ok()?
        };
        self.shapes.get(self.entries.get(position)?.shape)
    }

    /// What a code of one byte stands for, if codes are consecutive.
    #[inline]
    fn entry(self, code: u8) -> Option<&'t Entry> {
        let index = usize::from(code).checked_sub(1).filter(|_| self.codes.is_empty() && code < 0x80)?;
        self.entries.get(index)
    }

    /// How to pass over a DIE whose code is this one byte, if nothing but its length counts.
    #[inline]
    pub(super) fn leaf(self, code: u8) -> Option<Leaf> {
        self.entry(code)?.leaf
    }

    /// How a DIE whose code is this one byte is read at once.
    #[inline]
    pub(super) fn layout(self, code: u8) -> Option<&'t Layout> {
        self.shapes.layout(self.entry(code)?.layout)
    }

    /// The instructions of a program.
    #[inline]
    pub(super) fn instructions(self, program: Program) -> &'t [Instruction] {
        self.shapes.instructions(program)
    }

    /// The specification of an instruction.
    pub(super) fn spec(self, instruction: Instruction) -> Option<AttributeSpecification> {
        self.shapes.spec(instruction)
    }

    /// The attributes that a DIE of this shape has.
    #[inline]
    pub(crate) fn specs(self, abbreviation: &Abbreviation) -> &'t [AttributeSpecification] {
        self.shapes.specs(abbreviation)
    }
}

impl<'d> OwnTable<'d> {
    /// Reads the table at an offset of a section.
    pub(super) fn read(
        (section, offset): (&Section<'d>, usize),
        endian: RunTimeEndian,
        encoding: Encoding,
        budget: &mut Budget,
    ) -> Result<OwnTable<'d>> {
        let mut shapes = Shapes::new(encoding);
        let mut entries = Vec::new();
        let (table, _) = Table::read((section, offset), endian, false, &mut shapes, &mut entries, budget)?;
        shapes.settle(budget);
        Ok(OwnTable { table, entries, shapes })
    }

    /// The table's abbreviations.
    #[inline]
    pub(super) fn abbreviations(&self) -> Abbreviations<'_> {
        self.table.abbreviations(&self.entries, &self.shapes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::SectionId;
    use crate::limits::Limits;

    fn read(bytes: &[u8]) -> Result<OwnTable<'_>> {
        let section = Section::new(SectionId::Abbrev, bytes);
        let encoding = Encoding { address_size: 8, format: gimli::Format::Dwarf32, version: 5 };
        OwnTable::read((&section, 0), RunTimeEndian::Little, encoding, &mut Budget::new(&Limits::default()))
    }

    #[test]
    fn sparse_codes_are_found_and_the_first_of_equals_counts() {
        // Code, tag, children, specifications, 0 0; codes 9, 2 and 9 again.
        let table = read(&[9, 0x24, 0, 3, 8, 0, 0, 2, 0x13, 1, 0, 0, 9, 0x16, 0, 0, 0, 0]).unwrap();
        let table = table.abbreviations();
        assert_eq!(table.get(9).unwrap().tag, gimli::DW_TAG_base_type);
        assert_eq!(table.specs(table.get(9).unwrap()).len(), 1);
        assert!(table.get(2).unwrap().has_children);
        assert!(table.get(0).is_none() && table.get(1).is_none());
    }

    #[test]
    fn what_was_declared_before_is_not_compiled_again() {
        // A second table declares the same in another order.
        let base = [0x24, 0, 3, 8, 0, 0];
        let member = [0x0d, 0, 0x49, 0x10, 0, 0];
        let tables =
            [[&[1][..], &base, &[2], &member, &[0]], [&[1], &member, &[2], &base, &[0]]].concat().concat();
        let section = Section::new(SectionId::Abbrev, &tables);
        let encoding = Encoding { address_size: 8, format: gimli::Format::Dwarf32, version: 5 };
        let budget = &mut Budget::new(&Limits::default());
        let (mut shapes, mut entries) = (Shapes::new(encoding), Vec::new());
        let read: Vec<Table> = [0, tables.len() / 2]
            .into_iter()
            .map(|offset| {
                let place = (&section, offset);
                let endian = RunTimeEndian::Little;
                let read = Table::read(place, endian, true, &mut shapes, &mut entries, budget).unwrap();
                assert_eq!(read.1, tables.len() / 2);
                read.0
            })
            .collect();
        let [first, second] = [0, 1].map(|table| read[table].abbreviations(&entries, &shapes));
        assert!(core::ptr::eq(first.get(1).unwrap(), second.get(2).unwrap()));
        assert!(core::ptr::eq(first.get(2).unwrap(), second.get(1).unwrap()));
        assert!(first.crosses_units && second.crosses_units);
        assert_eq!(second.get(2).unwrap().tag, gimli::DW_TAG_base_type);
    }

    #[test]
    fn implicit_constants_are_kept() {
        let table = read(&[1, 0x0d, 0, 0x38, 0x21, 0x7f, 0, 0, 0]).unwrap();
        let table = table.abbreviations();
        let specs = table.specs(table.get(1).unwrap());
        assert_eq!(specs[0].implicit_const_value(), Some(-1));
    }

    #[test]
    fn forms_that_lead_elsewhere_are_noticed() {
        // DW_FORM_GNU_ref_alt, the last of them, takes two bytes.
        let forms: [&[u8]; 6] = [&[0x10], &[0x20], &[0x1c], &[0x24], &[0x16], &[0xa0, 0x3e]];
        for form in forms {
            // A name behind it does not change that.
            let bytes = [&[1, 0x34, 0, 0x49], form, &[3, 8, 0, 0, 0]].concat();
            let table = read(&bytes).unwrap();
            let table = table.abbreviations();
            assert!(table.crosses_units, "{form:?}");
        }
        assert!(!read(&[1, 0x34, 0, 0x49, 0x13, 3, 8, 0, 0, 0]).unwrap().abbreviations().crosses_units);
    }

    #[test]
    fn damage_is_an_error_with_its_place() {
        let half = [&[1, 0x24, 0, 0, 8][..], &[1, 0x24, 0, 3, 0, 0, 0, 0], &[1, 0x24, 0, 0, 8, 0, 0, 0]];
        for bytes in [&[1, 0x24, 2][..], &[1, 0x24, 0, 3], &[1, 0x24], &[]].into_iter().chain(half) {
            let error = read(bytes).unwrap_err();
            assert_eq!(error.place().unwrap().section, SectionId::Abbrev, "{bytes:?}");
        }
    }
}
