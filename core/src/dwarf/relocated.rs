//! DIEs some fields of which have relocations that no compiler writes.
//!
//! Who reads a DIE notes that there is a relocation in the way which is not of an offset of a string; if a value that counts
//! has it ([`Unit::is_plain`]), the DIE is read once more, here. A number is a field as any other, whatever it is for. What has no fixed width cannot have one.

use gimli::{AttributeSpecification, AttributeValue, Reader};

use crate::error::{Error, ErrorKind, Result};

use super::attribute::read;
use super::compiler::Program;
use super::decoded::Decoded;
use super::die::{Die, Head};
use super::form::{self, Input};
use super::instruction::{Action, Instruction, Width};
use super::place::{DieOffset, Reference, Text};
use super::table::Abbreviations;
use super::unit::Unit;

impl<'d> Unit<'_, 'd> {
    /// The code of a DIE, after relocation: that of a byte is a field like any other.
    #[cold]
    pub(super) fn relocated_code(&self, code: u64, start: DieOffset, end: DieOffset) -> Result<u64> {
        if end.0.saturating_sub(start.0) != 1 {
            return self.refuse_relocations(start, end).map(|()| code);
        }
        match self.relocated(code, 1, end)? {
            code @ ..0x80 => Ok(code),
            _ => {
                let damage =
                    ErrorKind::Malformed("a relocation that makes the number of an abbreviation longer");
                Err(self.error_at(Error::new(damage), start))
            }
        }
    }

    /// Refuses relocations of what determines how long a value is that is passed over: where so many bytes are left, from its start
    /// to its end.
    fn check_skipped(
        &self,
        instruction: Instruction,
        table: Abbreviations<'_>,
        (start, end): (usize, usize),
    ) -> Result<()> {
        // What stands in an expression may have relocations, and nearly all lengths are of one byte.
        let is_short = || self.rest(start).slice().first().is_some_and(|&length| length < 0x80);
        if instruction.action == Action::SkipBlock
            && self.cursor().is_clear(start, start.saturating_sub(1))
            && is_short()
        {
            return Ok(());
        }
        let (start, end) = (self.rest(start), self.rest(end));
        if !self.is_touched(self.position(&start)?, self.position(&end)?) {
            return Ok(());
        }
        match table.spec(instruction) {
            Some(spec) => self.check_length(spec, &start, &end),
            None => Ok(()),
        }
    }

    /// Refuses relocations of what determines how long a value is, which may have relocations itself.
    #[cold]
    pub(super) fn check_length(
        &self,
        spec: AttributeSpecification,
        start: &Input<'d>,
        end: &Input<'d>,
    ) -> Result<()> {
        let mut inner = *start;
        let mut form = spec.form();
        while form == gimli::DW_FORM_indirect {
            form = gimli::DwForm(form::code(&mut inner).decoded()?);
        }
        match form {
            gimli::DW_FORM_exprloc | gimli::DW_FORM_block => inner.read_uleb128().map(drop).decoded()?,
            gimli::DW_FORM_block1 => inner.skip(1).decoded()?,
            gimli::DW_FORM_block2 => inner.skip(2).decoded()?,
            gimli::DW_FORM_block4 => inner.skip(4).decoded()?,
            form if form::has_constant_length(form) => {}
            _ => inner = *end,
        }
        self.refuse_relocations(self.position(start)?, self.position(&inner)?)
    }

    /// Reads a number that began at `start`, and applies its relocations.
    #[inline]
    pub(super) fn number(&self, input: &mut Input<'d>, start: &Input<'d>, width: Width) -> Result<u64> {
        let raw = read(input, width).decoded()?;
        if !self.has_relocations() {
            return Ok(raw);
        }
        let end = self.position(input)?;
        match width.bytes() {
            Some(bytes) => self.relocated(raw, bytes, end),
            None => self.refuse_relocations(self.position(start)?, end).map(|()| raw),
        }
    }

    /// Looks at what was passed over in a DIE that nobody reads, where there may be a relocation: where so many bytes are left,
    /// from its start to its end.
    #[inline(never)]
    pub(super) fn check_passed(
        &self,
        instruction: Instruction,
        table: Abbreviations<'_>,
        (start, end): (usize, usize),
        sibling: &mut Option<DieOffset>,
    ) -> Result<()> {
        let Action::Sibling(width) = instruction.action else {
            return self.check_skipped(instruction, table, (start, end));
        };
        let (start, end) = (self.rest(start), self.rest(end));
        if self.is_touched(self.position(&start)?, self.position(&end)?) {
            let offset = self.number(&mut start.clone(), &start, width)?;
            *sibling = u32::try_from(offset).ok().map(DieOffset);
        }
        Ok(())
    }

    /// Looks at the value of a instruction where there may be a relocation, and so many bytes are left from its start to its end;
    /// whether it has none that has not been applied.
    #[inline(never)]
    pub(super) fn complete(
        &self,
        instruction: Instruction,
        table: Abbreviations<'_>,
        (start, end): (usize, usize),
    ) -> Result<bool> {
        match instruction.action {
            Action::SkipString | Action::SkipLeb128 | Action::SkipBlock | Action::SkipAny => {
                self.check_skipped(instruction, table, (start, end)).map(|()| true)
            }
            _ if !self.is_touched(self.position(&self.rest(start))?, self.position(&self.rest(end))?) => {
                Ok(true)
            }
            // These are applied to whatever is read ([`Unit::set`]), and are all of the value.
            Action::Any => Ok(table.spec(instruction).is_none_or(|spec| is_offset(spec.form()))),
            _ => Ok(false),
        }
    }

    /// Applies the relocation of an offset of a string behind which so many bytes are left; true if there is nothing else to
    /// do, as always.
    #[inline(never)]
    pub(super) fn complete_text(&self, text: &mut Option<Text>, left: usize) -> Result<bool> {
        if let Some(Text::At(_, offset)) = text {
            *offset = self.relocated_next(*offset, self.word_size(), self.position(&self.rest(left))?)?;
        }
        Ok(true)
    }

    /// Reads a DIE's attributes once more, with the relocations of every single one.
    #[cold]
    pub(super) fn relocate(&self, program: Program, head: Head<'_>, die: &mut Die) -> Result<()> {
        let table = self.abbreviations();
        let mut input = self.input(head.attributes)?;
        die.begin(head);
        for &instruction in table.instructions(program) {
            self.skip_bytes(&mut input, instruction.gap, head)?;
            let start = input;
            let done = self.take_relocated(die, instruction, table, &mut input);
            done.map_err(|error| self.error_before(error, &start))?;
        }
        Ok(())
    }

    /// Does one instruction of reading a DIE; the value may have relocations.
    fn take_relocated(
        &self,
        die: &mut Die,
        instruction: Instruction,
        table: Abbreviations<'_>,
        input: &mut Input<'d>,
    ) -> Result<()> {
        let start = *input;
        match instruction.action {
            Action::Number(number, width) => die.set(number, self.number(input, &start, width)?),
            Action::Reference(link, width) => {
                *die.link_mut(link) = Some(Reference::Unit(self.number(input, &start, width)?));
            }
            Action::Sibling(width) => {
                die.sibling = u32::try_from(self.number(input, &start, width)?).ok().map(DieOffset);
            }
            Action::SkipString | Action::SkipLeb128 | Action::SkipBlock | Action::SkipAny => {
                self.take_again(die, instruction, table, input)?;
                self.check_skipped(instruction, table, (start.len(), input.len()))?;
            }
            Action::InlineText(_) => {
                self.take_again(die, instruction, table, input)?;
                self.refuse_relocations(self.position(&start)?, self.position(input)?)?;
            }
            Action::Text(name, _) => {
                self.take_again(die, instruction, table, input)?;
                self.complete_text(die.name_mut(name), input.len())?;
            }
            Action::Flag(_) | Action::Implicit(_) => self.take_again(die, instruction, table, input)?,
            Action::Any => self.take_any(die, instruction, table, input)?,
        }
        Ok(())
    }

    #[cold]
    fn take_again(
        &self,
        die: &mut Die,
        instruction: Instruction,
        table: Abbreviations<'_>,
        input: &mut Input<'d>,
    ) -> Result<()> {
        self.take(die, instruction, table, input)
    }

    /// Reads a value of any form that may have relocations: an offset into another section has them, or a number.
    fn take_any(
        &self,
        die: &mut Die,
        instruction: Instruction,
        table: Abbreviations<'_>,
        input: &mut Input<'d>,
    ) -> Result<()> {
        let Some(spec) = table.spec(instruction) else { return Ok(()) };
        let start = *input;
        let (form, value) = form::read(input, self.encoding(), spec, self.no_abbreviations()).decoded()?;
        let end = self.position(input)?;
        let value = match value {
            AttributeValue::Data1(raw) => AttributeValue::Udata(self.relocated(raw.into(), 1, end)?),
            AttributeValue::Data2(raw) => AttributeValue::Udata(self.relocated(raw.into(), 2, end)?),
            AttributeValue::Data4(raw) => AttributeValue::Udata(self.relocated(raw.into(), 4, end)?),
            AttributeValue::Data8(raw) => AttributeValue::Udata(self.relocated(raw, 8, end)?),
            AttributeValue::DebugStrRef(_)
            | AttributeValue::DebugLineStrRef(_)
            | AttributeValue::DebugStrRefSup(_)
            | AttributeValue::DebugInfoRef(_)
            | AttributeValue::DebugInfoRefSup(_) => value,
            _ => {
                self.refuse_relocations(self.position(&start)?, end)?;
                value
            }
        };
        self.check_length(spec, &start, input)?;
        self.set(die, spec, form, value, end)
    }
}

/// Whether values of this form are offsets into other sections, or other parts of the file's units.
fn is_offset(form: gimli::DwForm) -> bool {
    matches!(
        form,
        gimli::DW_FORM_ref_addr
            | gimli::DW_FORM_strp_sup
            | gimli::DW_FORM_ref_sup4
            | gimli::DW_FORM_ref_sup8
            | gimli::DW_FORM_GNU_ref_alt
            | gimli::DW_FORM_GNU_strp_alt
    )
}
