//! The entries of a unit, one after the other: where each begins, and where the next one does.

use gimli::{DwTag, EndianSlice, Reader, RunTimeEndian};

use crate::budget::Budget;
use crate::error::{Error, ErrorKind, Result};

use super::attribute::{bytes, read};
use super::codes::Codes;
use super::decoded::{Decoded, undecodable};
use super::die::{Die, Head};
use super::form::{self, Input};
use super::instruction::Action;
use super::place::DieOffset;
use super::unit::Unit;

impl<'d> Unit<'_, 'd> {
    /// Reads the beginning of the entry at `offset`; `None` is a null entry, or the end of the unit.
    #[inline]
    pub(crate) fn head(&self, offset: DieOffset) -> Result<Option<Head<'_>>> {
        // Most codes are of one byte, which no relocation touches.
        let left = self.len().saturating_sub(offset.index());
        if let Some(code @ ..0x80) = self.byte(offset)
            && self.cursor().is_clear(left, left.saturating_sub(1))
        {
            if code == 0 {
                return Ok(None);
            }
            if let Some(abbreviation) = self.abbreviations().get(code.into()) {
                return Ok(Some(Head {
                    offset,
                    abbreviation,
                    attributes: DieOffset(offset.0.saturating_add(1)),
                }));
            }
        }
        self.any_head(offset)
    }

    #[inline(never)]
    fn any_head(&self, offset: DieOffset) -> Result<Option<Head<'_>>> {
        let mut input = self.input(offset)?;
        let start = input.len();
        if start == 0 {
            return Ok(None);
        }
        let code = match input.slice() {
            &[code @ ..0x80, ..] => {
                input.skip(1).map_err(|error| self.error_at(undecodable(error), offset))?;
                code.into()
            }
            _ => input.read_uleb128().map_err(|error| self.error_at(undecodable(error), offset))?,
        };
        let attributes = self.position(&input)?;
        if !self.cursor().is_clear(start, input.len()) {
            self.seek(offset);
        }
        let code = match self.cursor().is_clear(start, input.len()) {
            true => code,
            false => self.relocated_code(code, offset, attributes)?,
        };
        if code == 0 {
            return Ok(None);
        }
        let abbreviation = self
            .abbreviations()
            .get(code)
            .ok_or_else(|| self.error_at(undecodable(gimli::Error::InvalidAbbreviationCode(code)), offset))?;
        Ok(Some(Head { offset, abbreviation, attributes }))
    }

    /// The offset behind a DIE's attributes.
    pub(crate) fn skip(&self, head: Head<'_>, budget: &mut Budget) -> Result<DieOffset> {
        self.skim(head, budget).map(|(end, _)| end)
    }

    /// Passes over DIEs, from `at` on, that have no children and cannot be symbols, as far as that is quick, and returns
    /// their tags; returns where it has come.
    #[inline]
    pub(super) fn pass_leaves(
        &self,
        at: DieOffset,
        mut each: impl FnMut(DwTag),
        budget: &mut Budget,
    ) -> Result<DieOffset> {
        /// What is passed between two payments.
        const MOST: u32 = 1 << 12;
        let table = self.abbreviations();
        let mut rest = self.input(at)?.slice();
        // Most of those that are asked about have children.
        if rest.first().and_then(|&code| table.leaf(code)).is_none() {
            return Ok(at);
        }
        let mut codes = None;
        if self.has_relocations() {
            codes = self.codes(at);
            if codes.is_none() {
                return Ok(at);
            }
        }
        let (mut dies, mut work) = (0_u32, 0_u64);
        // What is left where the next relocation begins.
        let mut next = codes.as_ref().map_or(0, Codes::next);
        let mut is_clear = true;
        while dies != MOST
            && let Some(leaf) = rest.first().and_then(|&code| table.leaf(code))
            && let Some(after) = rest.get(usize::from(leaf.size)..)
        {
            if after.len() < next
                && let Some(codes) = &mut codes
            {
                is_clear = codes.pass(rest.len(), after.len());
                if !is_clear {
                    break;
                }
                next = codes.next();
            }
            each(leaf.tag);
            rest = after;
            dies = dies.saturating_add(1);
            work = work.saturating_add(leaf.cost.into());
        }
        if let Some(codes) = codes.filter(|_| is_clear) {
            codes.end(rest.len());
        }
        budget.charge_dies(dies, work)?;
        self.position(&EndianSlice::new(rest, RunTimeEndian::Little))
    }

    /// The offset of the entry behind a DIE and its children.
    pub(crate) fn pass(&self, head: Head<'_>, budget: &mut Budget) -> Result<DieOffset> {
        let (end, sibling) = self.skim(head, budget)?;
        if head.abbreviation.has_children { self.behind(head.offset, end, sibling, budget) } else { Ok(end) }
    }

    /// Where a DIE's attributes end, and its sibling, if it states it.
    #[inline]
    pub(super) fn skim(&self, head: Head<'_>, budget: &mut Budget) -> Result<(DieOffset, Option<DieOffset>)> {
        budget.charge_die(head.abbreviation.attributes())?;
        // As it is in most DIEs with children.
        if let Some((at, length)) = head.abbreviation.sibling
            && !self.has_relocations()
            && let end = DieOffset(head.attributes.0.saturating_add(length.into()))
            && let Some(attributes) = self.bytes(head.attributes, end)
            && let Some(field) = attributes.get(usize::from(at)..)
            && let Ok(sibling) = EndianSlice::<RunTimeEndian>::new(field, self.endian()).read_u32()
        {
            charge(head, end, budget)?;
            return Ok((end, Some(DieOffset(sibling))));
        }
        let mut input = self.input(head.attributes)?;
        let mut sibling = None;
        let passed = self.pass_attributes(head, &mut input, &mut sibling);
        passed.map_err(|error| self.error_at(error, head.offset))?;
        let end = self.position(&input)?;
        charge(head, end, budget)?;
        Ok((end, sibling))
    }

    #[inline]
    fn pass_attributes(
        &self,
        head: Head<'_>,
        input: &mut Input<'d>,
        sibling: &mut Option<DieOffset>,
    ) -> Result<()> {
        let table = self.abbreviations();
        let program = head.abbreviation.programs.pass;
        let instructions = table.instructions(program);
        if !instructions.is_empty() {
            self.begin(head, input);
        }
        for &instruction in instructions {
            input.skip(bytes(instruction.gap)).decoded()?;
            let start = *input;
            match instruction.action {
                Action::Sibling(width) => {
                    let offset = read(input, width).decoded()?;
                    *sibling = u32::try_from(offset).ok().map(DieOffset);
                }
                Action::SkipString => form::string(input).map(drop).decoded()?,
                Action::SkipLeb128 => input.skip_leb128().decoded()?,
                Action::SkipBlock => form::skip_block(input).decoded()?,
                _ => self.skip_any(instruction, table, input).decoded()?,
            }
            if !self.cursor().is_clear_to(input.len()) {
                self.check_passed(instruction, table, (start.len(), input.len()), sibling)?;
            }
        }
        input.skip(bytes(program.tail)).decoded()
    }

    /// Has the cursor know what is clear where a DIE's attributes begin; whether it does.
    #[inline]
    pub(super) fn begin(&self, head: Head<'_>, input: &Input<'d>) -> bool {
        self.cursor().is_clear(input.len(), input.len()) || !self.is_touched(head.attributes, head.attributes)
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
            Some(sibling) if sibling > end && sibling.index() < self.len() => Ok(sibling),
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
        if self.byte(offset) == Some(0) {
            return Ok(DieOffset(offset.0.saturating_add(1)));
        }
        let mut input = self.input(offset)?;
        input.read_uleb128().map_err(|error| self.error_at(undecodable(error), offset))?;
        self.position(&input)
    }
}

/// Pays for decoding a DIE up to `end`: strings are of any length.
pub(super) fn charge(head: Head<'_>, end: DieOffset, budget: &mut Budget) -> Result<()> {
    budget.charge_work(u64::from(end.0.saturating_sub(head.offset.0) >> 4))
}
