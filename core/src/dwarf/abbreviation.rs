//! Abbreviation tables: the shapes of DIEs (`.debug_abbrev`, DWARF 5 section 7.5.3).

use alloc::vec::Vec;

use gimli::{AttributeSpecification, DwAt, DwForm, DwTag, Encoding, EndianSlice, Reader, RunTimeEndian};

use crate::budget::Budget;
use crate::elf::Section;
use crate::error::{Error, ErrorKind, Result};
use crate::limits::Limit;

use super::compiler::{Compiler, Program, Programs};
use super::decoded::Decoded;
use super::form;
use super::instruction::Instruction;
use super::layout::Layout;

/// The shape of a DIE.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Abbreviation {
    code: u64,
    /// The position in the section: of several with one code, the first counts.
    position: u32,
    pub(crate) tag: DwTag,
    pub(crate) has_children: bool,
    /// Whether it is stated where in memory the thing is.
    pub(crate) has_address: bool,
    pub(super) programs: Programs,
    /// Where the sibling is, and how many bytes there are, if nothing else counts for passing over a DIE.
    pub(super) sibling: Option<(u16, u16)>,
    /// One more than the position of the layout; 0 if there is none.
    layout: u32,
    /// A range of the table's specifications.
    specs: (u32, u32),
}

/// What it takes to pass over a DIE without children that cannot be a symbol, if its attributes have a fixed length.
#[derive(Clone, Copy, Debug)]
pub(super) struct Leaf {
    /// Bytes, with a code of one byte.
    pub(super) size: u16,
    /// Steps of work.
    pub(super) cost: u16,
    pub(super) tag: DwTag,
}

/// One unit's abbreviations, or those of several units with the same encoding.
#[derive(Debug)]
pub(crate) struct Abbreviations {
    /// Sorted by code.
    entries: Vec<Abbreviation>,
    specs: Vec<AttributeSpecification>,
    instructions: Vec<Instruction>,
    /// In the order of the entries.
    leaves: Vec<Option<Leaf>>,
    /// Those of what is often described, in the order of the entries.
    layouts: Vec<Layout>,
    /// Whether code N is at index N - 1, as every compiler has it.
    dense: bool,
    /// Whether an attribute can lead into another unit.
    pub(crate) crosses_units: bool,
}

/// The bytes of a table for which there is room before it is read.
const MOST_AT_FIRST: usize = 1 << 9;

impl Abbreviations {
    pub(crate) const EMPTY: Abbreviations = Abbreviations {
        entries: Vec::new(),
        specs: Vec::new(),
        instructions: Vec::new(),
        leaves: Vec::new(),
        layouts: Vec::new(),
        dense: true,
        crosses_units: false,
    };

    /// Reads the table at `offset` of the section.
    pub(crate) fn parse(
        section: &Section<'_>,
        endian: RunTimeEndian,
        offset: usize,
        encoding: Encoding,
        budget: &mut Budget,
    ) -> Result<Abbreviations> {
        let start = section.data.get(offset..).filter(|rest| !rest.is_empty()).ok_or_else(|| {
            Error::new(ErrorKind::Malformed("the abbreviation table lies outside the section"))
                .at(section.place(offset))
        })?;
        let mut input = EndianSlice::new(start, endian);
        let mut table = Abbreviations::EMPTY;
        // Most tables have so many: growing bit by bit costs more than reading.
        let few = start.len().min(MOST_AT_FIRST).checked_div(16).unwrap_or(0);
        budget.reserve(&mut table.entries, few)?;
        budget.reserve(&mut table.leaves, few)?;
        budget.reserve(&mut table.specs, few.saturating_mul(4))?;
        budget.reserve(&mut table.instructions, few.saturating_mul(4))?;
        let mut compiler = Compiler::default();
        table
            .read(&mut input, encoding, &mut compiler, budget)
            .map_err(|error| error.at(section.place(section.data.len().saturating_sub(input.len()))))?;
        compiler.free(budget);
        let end = section.data.len().saturating_sub(input.len());
        section.refuse_any_relocations(offset, end)?;
        if !table.dense {
            let count = u64::try_from(table.entries.len()).unwrap_or(u64::MAX);
            budget.charge_work(count.saturating_mul(32))?;
            table.entries.sort_unstable_by_key(|entry| (entry.code, entry.position));
        }
        Ok(table)
    }

    fn read(
        &mut self,
        input: &mut EndianSlice<'_, RunTimeEndian>,
        encoding: Encoding,
        compiler: &mut Compiler,
        budget: &mut Budget,
    ) -> Result<()> {
        loop {
            // A section that ends without the terminating zero ends the table.
            if input.is_empty() {
                return Ok(());
            }
            let code = input.read_uleb128().decoded()?;
            if code == 0 {
                return Ok(());
            }
            let tag = DwTag(form::code(input).decoded()?);
            let has_children = match input.read_u8().decoded()? {
                0 => false,
                1 => true,
                _ => return Err(Error::new(ErrorKind::Malformed("bad children flag in an abbreviation"))),
            };
            let first = index_of(self.specs.len())?;
            self.read_specs(input, budget)?;
            self.dense &= u64::try_from(self.entries.len()).ok() == code.checked_sub(1);
            let specs = (first, index_of(self.specs.len())?);
            let position = index_of(self.entries.len())?;
            budget.check(Limit::Abbreviations, self.entries.len().saturating_add(1))?;
            let own =
                usize::try_from(first).ok().and_then(|first| self.specs.get(first..)).unwrap_or_default();
            let mut abbreviation = Abbreviation {
                code,
                position,
                tag,
                has_children,
                has_address: own.iter().any(|spec| is_address(spec.name())),
                programs: compiler.compile(tag, own, first, encoding, &mut self.instructions, budget)?,
                sibling: None,
                layout: 0,
                specs,
            };
            let pass = self.instructions(abbreviation.programs.pass);
            abbreviation.sibling = abbreviation.programs.sibling(pass);
            if let Some(layout) = self.layout_of(&abbreviation, encoding) {
                budget.push(&mut self.layouts, layout)?;
                abbreviation.layout = index_of(self.layouts.len())?;
            }
            budget.push(&mut self.leaves, leaf(&abbreviation))?;
            budget.push(&mut self.entries, abbreviation)?;
        }
    }

    fn read_specs(&mut self, input: &mut EndianSlice<'_, RunTimeEndian>, budget: &mut Budget) -> Result<()> {
        loop {
            budget.charge_work(1)?;
            let (name, form) = match input.slice() {
                // Most are of one byte.
                &[name @ ..0x80, form @ ..0x80, ..] => {
                    input.skip(2).decoded()?;
                    (DwAt(name.into()), DwForm(form.into()))
                }
                _ => (DwAt(form::code(input).decoded()?), DwForm(form::code(input).decoded()?)),
            };
            if name.0 == 0 && form.0 == 0 {
                return Ok(());
            }
            if name.0 == 0 || form.0 == 0 {
                return Err(Error::new(ErrorKind::Malformed("half an attribute specification")));
            }
            let constant = if form == gimli::DW_FORM_implicit_const {
                Some(input.read_sleb128().decoded()?)
            } else {
                None
            };
            self.crosses_units |= leads_elsewhere(form);
            budget.check(Limit::Attributes, self.specs.len().saturating_add(1))?;
            budget.push(&mut self.specs, AttributeSpecification::new(name, form, constant))?;
        }
    }

    /// The abbreviation with this code.
    #[inline]
    pub(crate) fn get(&self, code: u64) -> Option<&Abbreviation> {
        if self.dense {
            self.entries.get(usize::try_from(code.checked_sub(1)?).ok()?)
        } else {
            let first = self.entries.partition_point(|entry| entry.code < code);
            self.entries.get(first).filter(|entry| entry.code == code)
        }
    }

    /// The instructions of a program.
    #[inline]
    pub(super) fn instructions(&self, program: Program) -> &[Instruction] {
        let range = usize::try_from(program.start).ok().zip(usize::try_from(program.end).ok());
        range.and_then(|(start, end)| self.instructions.get(start..end)).unwrap_or_default()
    }

    /// The specification of a instruction.
    pub(super) fn spec(&self, instruction: Instruction) -> Option<AttributeSpecification> {
        self.specs.get(usize::try_from(instruction.spec).ok()?).copied()
    }

    /// The number of attributes that a DIE of this shape has.
    #[inline]
    pub(super) fn attributes(&self, abbreviation: &Abbreviation) -> u32 {
        let (start, end) = abbreviation.specs;
        end.saturating_sub(start)
    }

    /// How to pass over a DIE whose code is this one byte, if nothing but its length counts.
    #[inline]
    pub(super) fn leaf(&self, code: u8) -> Option<Leaf> {
        let index = usize::from(code).checked_sub(1).filter(|_| self.dense && code < 0x80)?;
        *self.leaves.get(index)?
    }

    /// How a DIE whose code is this one byte is read at once.
    #[inline]
    pub(super) fn layout(&self, code: u8) -> Option<&Layout> {
        let index = usize::from(code).checked_sub(1).filter(|_| self.dense && code < 0x80)?;
        let layout = self.entries.get(index)?.layout.checked_sub(1)?;
        self.layouts.get(usize::try_from(layout).ok()?)
    }

    fn layout_of(&self, abbreviation: &Abbreviation, encoding: Encoding) -> Option<Layout> {
        let &Abbreviation { tag, has_children, programs: Programs { describe, .. }, .. } = abbreviation;
        if has_children || !is_often_described(tag) {
            return None;
        }
        let constant = |instruction| Some(self.spec(instruction)?.implicit_const_value()?.cast_unsigned());
        let program = (describe, self.instructions(describe));
        Layout::of(tag, self.attributes(abbreviation), program, encoding, constant)
    }

    /// The attributes that a DIE of this shape has.
    #[inline]
    pub(crate) fn specs(&self, abbreviation: &Abbreviation) -> &[AttributeSpecification] {
        let (start, end) = abbreviation.specs;
        let range = usize::try_from(start).ok().zip(usize::try_from(end).ok());
        range.and_then(|(start, end)| self.specs.get(start..end)).unwrap_or_default()
    }
}

/// What can be an exported symbol.
pub(super) fn is_symbol(tag: DwTag) -> bool {
    matches!(tag, gimli::DW_TAG_subprogram | gimli::DW_TAG_variable)
}

/// What most descriptions consist of.
fn is_often_described(tag: DwTag) -> bool {
    matches!(
        tag,
        gimli::DW_TAG_member
            | gimli::DW_TAG_formal_parameter
            | gimli::DW_TAG_pointer_type
            | gimli::DW_TAG_const_type
            | gimli::DW_TAG_volatile_type
    )
}

/// How to pass over a DIE of this shape, if nothing but its length counts.
fn leaf(abbreviation: &Abbreviation) -> Option<Leaf> {
    let Abbreviation { tag, has_children, programs: Programs { pass, .. }, specs, .. } = *abbreviation;
    let size = u16::try_from(pass.tail).ok()?.checked_add(1)?;
    let attributes = u16::try_from(specs.1.saturating_sub(specs.0)).ok()?;
    let cost = attributes.checked_add(size >> 4)?.checked_add(1)?;
    // What is imported is of interest to some.
    let is_plain = !is_symbol(tag) && tag != gimli::DW_TAG_imported_unit;
    let is_leaf = !has_children && is_plain && pass.start == pass.end;
    is_leaf.then_some(Leaf { size, cost, tag })
}

/// Attributes that only the definition of a function or variable has.
fn is_address(name: DwAt) -> bool {
    matches!(name, gimli::DW_AT_low_pc | gimli::DW_AT_ranges | gimli::DW_AT_location)
}

/// Forms whose value can be a reference into another unit.
fn leads_elsewhere(form: DwForm) -> bool {
    matches!(
        form,
        gimli::DW_FORM_ref_addr
            | gimli::DW_FORM_ref_sig8
            | gimli::DW_FORM_ref_sup4
            | gimli::DW_FORM_ref_sup8
            | gimli::DW_FORM_GNU_ref_alt
            | gimli::DW_FORM_indirect
    )
}

fn index_of(len: usize) -> Result<u32> {
    u32::try_from(len).map_err(|_| Error::new(ErrorKind::Malformed("an abbreviation table is too large")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::SectionId;
    use crate::limits::Limits;

    fn parse(bytes: &[u8]) -> Result<Abbreviations> {
        let section = Section::new(SectionId::Abbrev, bytes);
        let encoding = Encoding { address_size: 8, format: gimli::Format::Dwarf32, version: 5 };
        Abbreviations::parse(
            &section,
            RunTimeEndian::Little,
            0,
            encoding,
            &mut Budget::new(&Limits::default()),
        )
    }

    #[test]
    fn sparse_codes_are_found_and_the_first_of_equals_counts() {
        // Code, tag, children, specifications, 0 0; codes 9, 2 and 9 again.
        let table = parse(&[9, 0x24, 0, 3, 8, 0, 0, 2, 0x13, 1, 0, 0, 9, 0x16, 0, 0, 0, 0]).unwrap();
        assert_eq!(table.get(9).unwrap().tag, gimli::DW_TAG_base_type);
        assert_eq!(table.specs(table.get(9).unwrap()).len(), 1);
        assert!(table.get(2).unwrap().has_children);
        assert!(table.get(0).is_none() && table.get(1).is_none());
    }

    #[test]
    fn implicit_constants_are_kept() {
        let table = parse(&[1, 0x0d, 0, 0x38, 0x21, 0x7f, 0, 0, 0]).unwrap();
        let specs = table.specs(table.get(1).unwrap());
        assert_eq!(specs[0].implicit_const_value(), Some(-1));
    }

    #[test]
    fn forms_that_lead_elsewhere_are_noticed() {
        // DW_FORM_GNU_ref_alt, the last of them, takes two bytes.
        let forms: [&[u8]; 6] = [&[0x10], &[0x20], &[0x1c], &[0x24], &[0x16], &[0xa0, 0x3e]];
        for form in forms {
            // A name behind it does not change that.
            let table = parse(&[&[1, 0x34, 0, 0x49], form, &[3, 8, 0, 0, 0]].concat()).unwrap();
            assert!(table.crosses_units, "{form:?}");
        }
        assert!(!parse(&[1, 0x34, 0, 0x49, 0x13, 3, 8, 0, 0, 0]).unwrap().crosses_units);
    }

    #[test]
    fn damage_is_an_error_with_its_place() {
        let half = [&[1, 0x24, 0, 0, 8][..], &[1, 0x24, 0, 3, 0, 0, 0, 0], &[1, 0x24, 0, 0, 8, 0, 0, 0]];
        for bytes in [&[1, 0x24, 2][..], &[1, 0x24, 0, 3], &[1, 0x24], &[]].into_iter().chain(half) {
            let error = parse(bytes).unwrap_err();
            assert_eq!(error.place().unwrap().section, SectionId::Abbrev, "{bytes:?}");
        }
    }
}
