//! A DIE's attributes, read into a [`Die`].

use crate::budget::Budget;
use crate::error::{Error, ErrorKind, Result};

use super::compiler::Program;
use super::die::{Die, Head};
use super::entry::charge;
use super::instruction::Action;
use super::place::DieOffset;
use super::unit::Unit;

impl Unit<'_, '_> {
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

    /// Reads a DIE's attributes.
    pub(crate) fn die(&self, head: Head<'_>, budget: &mut Budget) -> Result<Die> {
        let mut die = Die::EMPTY;
        self.read(head, &mut die, budget)?;
        Ok(die)
    }

    /// Reads a DIE's attributes to where there was another one.
    pub(crate) fn read(&self, head: Head<'_>, die: &mut Die, budget: &mut Budget) -> Result<()> {
        die.begin(head);
        self.run(head.abbreviation.programs.describe, head, die, budget)
    }

    /// Reads the names of a function or variable, and what it is an instance of.
    pub(super) fn identify(&self, head: Head<'_>, die: &mut Die, budget: &mut Budget) -> Result<()> {
        die.begin(head);
        self.run(head.abbreviation.programs.identify, head, die, budget)
    }

    #[inline]
    fn run(&self, program: Program, head: Head<'_>, die: &mut Die, budget: &mut Budget) -> Result<()> {
        let table = self.abbreviations();
        budget.charge_die(head.abbreviation.attributes())?;
        let mut input = self.input(head.attributes)?;
        let mut is_plain = self.begin(head, &input);
        let mut next = self.cursor().next();
        for &instruction in table.instructions(program) {
            self.skip_bytes(&mut input, instruction.gap, head)?;
            let start = input;
            let done = self.take(die, instruction, table, &mut input);
            done.map_err(|error| self.error_before(error, &start))?;
            if input.len() < next {
                let completed = match instruction.action {
                    Action::Text(name, _) => self.complete_text(die.name_mut(name), input.len()),
                    _ => self.complete(instruction, table, (start.len(), input.len())),
                };
                is_plain &= completed.map_err(|error| self.error_before(error, &start))?;
                next = self.cursor().next();
            }
        }
        self.skip_bytes(&mut input, program.tail, head)?;
        die.end = self.position(&input)?;
        if !is_plain {
            self.relocate(program, head, die)?;
        }
        charge(head, die.end, budget)
    }
}
