//! The shapes of DIEs that units declare, each compiled once.
//!
//! The units of a kernel declare some 150 shapes each, nearly all of which other units declare, too, in another order and
//! under other codes. So the bytes of a declaration, which are the same wherever it stands, are looked for among those that are
//! known, and only a new one is compiled.

use alloc::vec::Vec;
use core::num::NonZero;

use gimli::{AttributeSpecification, DwAt, DwForm, DwTag, Encoding, EndianSlice, Reader, RunTimeEndian};

use crate::budget::Budget;
use crate::error::{Error, ErrorKind, Result};
use crate::limits::Limit;
use crate::numbering::{Numbering, hash};

use super::abbreviation::{Abbreviation, Leaf, is_address, is_often_described, leads_elsewhere};
use super::compiler::{Compiler, Program, Programs};
use super::decoded::Decoded;
use super::form;
use super::instruction::Instruction;
use super::layout::Layout;

/// The number of a shape.
#[derive(Clone, Copy, Debug)]
pub(super) struct ShapeNumber(u32);

/// Shapes of DIEs in units of one encoding.
#[derive(Debug)]
pub(super) struct Shapes<'d> {
    pub(super) encoding: Encoding,
    shapes: Vec<Abbreviation>,
    /// Those of what is often described, in the order of the shapes.
    layouts: Vec<Layout>,
    specs: Vec<AttributeSpecification>,
    instructions: Vec<Instruction>,
    /// Declarations that are looked for, and what is declared.
    declarations: Vec<(&'d [u8], ShapeNumber)>,
    numbers: Numbering,
    compiler: Compiler,
}

/// The number of a layout, or none.
#[derive(Clone, Copy, Debug)]
pub(super) struct LayoutNumber(Option<NonZero<u32>>);

impl ShapeNumber {
    #[inline]
    fn index(self) -> usize {
        usize::try_from(self.0).unwrap_or(usize::MAX)
    }
}

impl<'d> Shapes<'d> {
    /// The shapes of an encoding, of which there are none yet.
    pub(super) fn new(encoding: Encoding) -> Shapes<'d> {
        Shapes {
            encoding,
            shapes: Vec::new(),
            layouts: Vec::new(),
            specs: Vec::new(),
            instructions: Vec::new(),
            declarations: Vec::new(),
            numbers: Numbering::default(),
            compiler: Compiler::default(),
        }
    }

    /// Makes room for the shapes of a single table, which has so many bytes at most; returns for how many there is room.
    pub(super) fn make_room(&mut self, bytes: usize, budget: &mut Budget) -> Result<usize> {
        /// Most tables have so many: growing bit by bit costs more than reading.
        const MOST: usize = 1 << 5;
        let few = bytes.checked_div(16).unwrap_or(0).min(MOST);
        budget.reserve(&mut self.shapes, few)?;
        budget.reserve(&mut self.specs, few.saturating_mul(4))?;
        budget.reserve(&mut self.instructions, few.saturating_mul(4))?;
        Ok(few)
    }

    /// Gives back the room that only helps to add shapes.
    pub(super) fn settle(&mut self, budget: &mut Budget) {
        core::mem::take(&mut self.compiler).free(budget);
    }

    /// Reads a declaration that may be known, without its code. The table may have so many attributes at most, those read before
    /// among them.
    pub(super) fn read(
        &mut self,
        input: &mut EndianSlice<'d, RunTimeEndian>,
        attributes: usize,
        budget: &mut Budget,
    ) -> Result<ShapeNumber> {
        let Some(length) = length_of(input.slice()) else { return self.declare(input, attributes, budget) };
        let declaration = input.slice().get(..length).unwrap_or_default();
        budget.charge_bytes(length)?;
        let hash = hash(declaration);
        let Shapes { declarations, numbers, .. } = &*self;
        let declared = |number| usize::try_from(number).ok().and_then(|number| declarations.get(number));
        let found = numbers.find(hash, budget, |number, budget| {
            budget.charge_bytes(length)?;
            Ok(declared(number).is_some_and(|&(known, _)| known == declaration))
        })?;
        if let Some(&(_, number)) = found.and_then(declared) {
            let own = self.get(number).map_or(0, Abbreviation::attributes);
            budget.charge_work(u64::from(own).saturating_add(1))?;
            budget.check(Limit::Attributes, attributes.saturating_add(usize::try_from(own).unwrap_or(0)))?;
            input.skip(length).decoded()?;
            return Ok(number);
        }
        let number = self.declare(input, attributes, budget)?;
        self.numbers.add(hash, budget)?;
        budget.push(&mut self.declarations, (declaration, number))?;
        Ok(number)
    }

    /// Reads a declaration that is not looked for.
    pub(super) fn declare(
        &mut self,
        input: &mut EndianSlice<'d, RunTimeEndian>,
        attributes: usize,
        budget: &mut Budget,
    ) -> Result<ShapeNumber> {
        let tag = DwTag(form::code(input).decoded()?);
        let has_children = match input.read_u8().decoded()? {
            0 => false,
            1 => true,
            _ => return Err(Error::new(ErrorKind::Malformed("bad children flag in an abbreviation"))),
        };
        let first = index_of(self.specs.len())?;
        self.read_specs(input, attributes, budget)?;
        let Shapes { encoding, specs, instructions, compiler, .. } = self;
        let own = usize::try_from(first).ok().and_then(|first| specs.get(first..)).unwrap_or_default();
        let mut abbreviation = Abbreviation {
            tag,
            has_children,
            has_address: false,
            crosses_units: false,
            programs: compiler.compile(tag, own, first, *encoding, instructions, budget)?,
            sibling: None,
            leaf: None,
            layout: LayoutNumber(None),
            specs: (first, index_of(specs.len())?),
        };
        for spec in own {
            abbreviation.has_address |= is_address(spec.name());
            abbreviation.crosses_units |= leads_elsewhere(spec.form());
        }
        let pass = self.instructions(abbreviation.programs.pass);
        abbreviation.sibling = abbreviation.programs.sibling(pass);
        if !has_children {
            abbreviation.leaf = Leaf::of(tag, abbreviation.attributes(), abbreviation.programs);
        }
        if let Some(layout) = self.layout_of(&abbreviation) {
            budget.push(&mut self.layouts, layout)?;
            abbreviation.layout = LayoutNumber(NonZero::new(index_of(self.layouts.len())?));
        }
        let number = ShapeNumber(index_of(self.shapes.len())?);
        budget.push(&mut self.shapes, abbreviation)?;
        Ok(number)
    }

    fn read_specs(
        &mut self,
        input: &mut EndianSlice<'_, RunTimeEndian>,
        mut attributes: usize,
        budget: &mut Budget,
    ) -> Result<()> {
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
            attributes = attributes.saturating_add(1);
            budget.check(Limit::Attributes, attributes)?;
            budget.push(&mut self.specs, AttributeSpecification::new(name, form, constant))?;
        }
    }

    fn layout_of(&self, abbreviation: &Abbreviation) -> Option<Layout> {
        let &Abbreviation { tag, has_children, programs: Programs { describe, .. }, .. } = abbreviation;
        if has_children || !is_often_described(tag) {
            return None;
        }
        let constant = |instruction| Some(self.spec(instruction)?.implicit_const_value()?.cast_unsigned());
        let program = (describe, self.instructions(describe));
        Layout::of(tag, abbreviation.attributes(), program, self.encoding, constant)
    }

    /// A shape.
    #[inline]
    pub(super) fn get(&self, number: ShapeNumber) -> Option<&Abbreviation> {
        self.shapes.get(number.index())
    }

    /// How a DIE is read at once.
    #[inline]
    pub(super) fn layout(&self, LayoutNumber(number): LayoutNumber) -> Option<&Layout> {
        self.layouts.get(usize::try_from(number?.get()).ok()?.checked_sub(1)?)
    }

    /// The instructions of a program.
    #[inline]
    pub(super) fn instructions(&self, program: Program) -> &[Instruction] {
        let range = usize::try_from(program.start).ok().zip(usize::try_from(program.end).ok());
        range.and_then(|(start, end)| self.instructions.get(start..end)).unwrap_or_default()
    }

    /// The specification of an instruction.
    pub(super) fn spec(&self, instruction: Instruction) -> Option<AttributeSpecification> {
        self.specs.get(usize::try_from(instruction.spec).ok()?).copied()
    }

    /// The attributes that a DIE of a shape has.
    #[inline]
    pub(super) fn specs(&self, abbreviation: &Abbreviation) -> &[AttributeSpecification] {
        let (start, end) = abbreviation.specs;
        let range = usize::try_from(start).ok().zip(usize::try_from(end).ok());
        range.and_then(|(start, end)| self.specs.get(start..end)).unwrap_or_default()
    }
}

/// The bytes of a declaration, as far as they are as compilers write them: numbers of up to two bytes.
fn length_of(declaration: &[u8]) -> Option<usize> {
    let (_, behind) = number(declaration)?;
    let (&children, mut rest) = behind.split_first()?;
    if children > 1 {
        return None;
    }
    loop {
        rest = match rest {
            [0, 0, rest @ ..] => return declaration.len().checked_sub(rest.len()),
            _ => {
                let (name, behind) = number(rest)?;
                let (form, behind) = number(behind)?;
                if name == 0 || form == 0 {
                    return None;
                }
                if form == gimli::DW_FORM_implicit_const.0 { behind_constant(behind)? } else { behind }
            }
        };
    }
}

/// A number of one or two bytes, and what is behind it.
#[inline]
fn number(bytes: &[u8]) -> Option<(u16, &[u8])> {
    match *bytes {
        [number @ ..0x80, ref rest @ ..] => Some((number.into(), rest)),
        [low, high @ 1..0x80, ref rest @ ..] => Some((u16::from(low & 0x7f) | (u16::from(high) << 7), rest)),
        _ => None,
    }
}

/// What is behind a number of any length.
#[inline]
fn behind_constant(bytes: &[u8]) -> Option<&[u8]> {
    let last = bytes.iter().position(|&byte| byte < 0x80)?;
    bytes.get(last.checked_add(1)?..)
}

fn index_of(len: usize) -> Result<u32> {
    u32::try_from(len).map_err(|_| Error::new(ErrorKind::Malformed("an abbreviation table is too large")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits::Limits;

    #[test]
    fn a_declaration_that_is_looked_for_ends_where_it_is_read_to() {
        let declarations: [(&[u8], bool); 7] = [
            (&[0x24, 0, 3, 8, 0, 0], true),
            (&[0x13, 1, 0, 0], true),
            // DW_TAG_GNU_call_site, DW_AT_GNU_all_call_sites; DW_FORM_implicit_const with a number of two bytes.
            (&[0x89, 0x82, 0x01, 1, 0, 0], false),
            (&[0x2e, 0, 0x97, 0x42, 0x19, 0, 0], true),
            (&[0x0d, 0, 0x38, 0x21, 0xff, 0, 0x0b, 0x0b, 0, 0], true),
            // Numbers that are longer than necessary.
            (&[0x24, 0, 0x83, 0, 8, 0, 0], false),
            (&[0x24, 0, 3, 8, 0x80, 0, 0], false),
        ];
        let budget = &mut Budget::new(&Limits::default());
        let encoding = Encoding { address_size: 8, format: gimli::Format::Dwarf32, version: 5 };
        for (declaration, is_looked_for) in declarations {
            let bytes = [declaration, &[7; 4]].concat();
            let mut input = EndianSlice::new(&bytes, RunTimeEndian::Little);
            Shapes::new(encoding).declare(&mut input, 0, budget).unwrap();
            assert_eq!(bytes.len() - input.len(), declaration.len(), "{declaration:?}");
            let expected = is_looked_for.then_some(declaration.len());
            assert_eq!(length_of(&bytes), expected, "{declaration:?}");
            // However little is there of it, there is an end to it, or none is found.
            assert!((0..declaration.len()).all(|cut| length_of(&declaration[..cut]).is_none()));
        }
        // Damage is left to who reads it.
        assert!([&[0x24, 2, 0, 0][..], &[0x24, 0, 0, 8, 0, 0]].into_iter().all(|it| length_of(it).is_none()));
    }
}
