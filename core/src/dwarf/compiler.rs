//! Compiles an abbreviation's specifications into programs: how DIEs of its shape are read, identified and passed over.

use alloc::vec::Vec;

use gimli::{AttributeSpecification, DwTag, Encoding};

use crate::budget::Budget;
use crate::error::{ErrorKind, Result};

use super::abbreviation::is_symbol;
use super::form;
use super::instruction::{Action, Flag, Instruction, Link, Number, Role, Width, action};

/// A range of instructions, and what is passed over behind them.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Program {
    pub(super) start: u32,
    pub(super) end: u32,
    /// Bytes.
    pub(super) tail: u32,
}

/// What a DIE of some abbreviation is read for, and how.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Programs {
    /// All that a description can depend on.
    pub(super) describe: Program,
    /// The symbol that it is about, if it can be about one.
    pub(super) identify: Program,
    /// Where it ends.
    pub(super) pass: Program,
}

/// Whether an attribute counts for a description.
fn describes(tag: DwTag, role: Role) -> bool {
    // Only what has a body can be private to a file.
    role != Role::Number(Number::DeclFile) || has_body(tag)
}

/// Whether an attribute counts for a symbol.
fn identifies(role: Role) -> bool {
    matches!(
        role,
        Role::Name(_) | Role::Link(Link::AbstractOrigin) | Role::Flag(Flag::Declaration) | Role::Sibling
    )
}

fn has_body(tag: DwTag) -> bool {
    matches!(
        tag,
        gimli::DW_TAG_structure_type
            | gimli::DW_TAG_class_type
            | gimli::DW_TAG_union_type
            | gimli::DW_TAG_enumeration_type
    )
}

/// Compiles specifications into instructions.
#[derive(Debug, Default)]
pub(super) struct Compiler {
    /// The room for the instructions of all but the first program of the abbreviation at hand.
    identify: Vec<Instruction>,
    pass: Vec<Instruction>,
}

impl Programs {
    /// Where the sibling is that a DIE states, from its first attribute on, and how many bytes its attributes have, if nothing
    /// else counts for passing over it; `instructions` are those of the program for that.
    pub(super) fn sibling(&self, instructions: &[Instruction]) -> Option<(u16, u16)> {
        let &[Instruction { gap, action: Action::Sibling(Width::Four), .. }] = instructions else {
            return None;
        };
        let length = gap.checked_add(4)?.checked_add(self.pass.tail)?;
        Some((u16::try_from(gap).ok()?, u16::try_from(length).ok()?))
    }
}

impl Compiler {
    /// Compiles the specifications of a tag, of which the first has the number `first` in its table.
    pub(super) fn compile(
        &mut self,
        tag: DwTag,
        specs: &[AttributeSpecification],
        first: u32,
        encoding: Encoding,
        instructions: &mut Vec<Instruction>,
        budget: &mut Budget,
    ) -> Result<Programs> {
        let can_be_symbol = is_symbol(tag);
        let start = position(instructions)?;
        let (mut describe_gap, mut identify_gap, mut pass_gap) = (0, 0, 0);
        let mut seen: u32 = 0;
        for (&spec, number) in specs.iter().zip(first..) {
            let length = form::length(spec.form(), encoding);
            let skip = match (length, spec.form()) {
                (Some(_), _) => None,
                (None, gimli::DW_FORM_string) => Some(Action::SkipString),
                (None, gimli::DW_FORM_udata | gimli::DW_FORM_sdata) => Some(Action::SkipLeb128),
                (None, form) if form::is_block(form) => Some(Action::SkipBlock),
                (None, _) => Some(Action::SkipAny),
            };
            let length = u32::from(length.unwrap_or(0));
            let counting = match Role::of(spec.name()) {
                Some((bit, role)) if seen & bit == 0 => {
                    seen |= bit;
                    action(role, spec, encoding).map(|action| (role, action))
                }
                _ => None,
            };
            let mut add =
                |instructions: &mut Vec<Instruction>, gap: &mut u32, counts: fn(DwTag, Role) -> bool| {
                    let action = counting.filter(|&(role, _)| counts(tag, role)).map(|(_, action)| action);
                    match action.or(skip) {
                        Some(action) => {
                            let gap = core::mem::take(gap);
                            budget.push(instructions, Instruction { gap, spec: number, action })
                        }
                        None => {
                            *gap = gap.saturating_add(length);
                            Ok(())
                        }
                    }
                };
            add(instructions, &mut describe_gap, describes)?;
            add(&mut self.pass, &mut pass_gap, |_, role| role == Role::Sibling)?;
            if can_be_symbol {
                add(&mut self.identify, &mut identify_gap, |_, role| identifies(role))?;
            }
        }
        let describe = Program { start, end: position(instructions)?, tail: describe_gap };
        let pass = end(instructions, &mut self.pass, pass_gap, budget)?;
        let identify = end(instructions, &mut self.identify, identify_gap, budget)?;
        Ok(Programs { describe, identify, pass })
    }

    /// Gives back the room.
    pub(super) fn free(self, budget: &mut Budget) {
        budget.free(self.identify);
        budget.free(self.pass);
    }
}

/// Moves the instructions of a program to the others.
fn end(
    instructions: &mut Vec<Instruction>,
    own: &mut Vec<Instruction>,
    tail: u32,
    budget: &mut Budget,
) -> Result<Program> {
    let start = position(instructions)?;
    budget.extend(instructions, own)?;
    own.clear();
    Ok(Program { start, end: position(instructions)?, tail })
}

fn position(instructions: &[Instruction]) -> Result<u32> {
    u32::try_from(instructions.len()).map_err(|_| ErrorKind::OutOfMemory.into())
}

#[cfg(test)]
mod tests {
    use gimli::Format;

    use super::*;

    #[test]
    fn a_program_passes_over_what_does_not_count() {
        let encoding = Encoding { address_size: 8, format: Format::Dwarf32, version: 5 };
        let spec = |name, form| AttributeSpecification::new(name, form, None);
        let specs = [
            spec(gimli::DW_AT_decl_line, gimli::DW_FORM_data2),
            spec(gimli::DW_AT_low_pc, gimli::DW_FORM_addr),
            spec(gimli::DW_AT_byte_size, gimli::DW_FORM_data1),
            spec(gimli::DW_AT_comp_dir, gimli::DW_FORM_string),
            spec(gimli::DW_AT_decl_line, gimli::DW_FORM_udata),
            // Given twice: only the first counts.
            spec(gimli::DW_AT_byte_size, gimli::DW_FORM_data4),
            spec(gimli::DW_AT_decl_file, gimli::DW_FORM_data1),
        ];
        let program = |purpose: fn(Programs) -> Program, tag| {
            let mut instructions = Vec::new();
            let budget = &mut Budget::new(&crate::limits::Limits::default());
            let program = purpose(
                Compiler::default().compile(tag, &specs, 7, encoding, &mut instructions, budget).unwrap(),
            );
            let instructions: Vec<_> = instructions[program.start as usize..program.end as usize]
                .iter()
                .map(|instruction| (instruction.gap, instruction.spec, instruction.action))
                .collect();
            (instructions, program.tail)
        };
        let [describe, pass]: [fn(Programs) -> Program; 2] =
            [|programs| programs.describe, |programs| programs.pass];
        let size = (10, 9, Action::Number(Number::ByteSize, Width::One));
        let line = [(0, 10, Action::SkipString), (0, 11, Action::SkipLeb128)];
        let file = (4, 13, Action::Number(Number::DeclFile, Width::One));
        // Only a type with a body can be private to a file.
        let instructions = [size, line[0], line[1], file].to_vec();
        assert_eq!(program(describe, gimli::DW_TAG_structure_type), (instructions, 0));
        let instructions = [size, line[0], line[1]].to_vec();
        assert_eq!(program(describe, gimli::DW_TAG_member), (instructions, 5));
        let instructions = [(11, 10, Action::SkipString), line[1]].to_vec();
        assert_eq!(program(pass, gimli::DW_TAG_member), (instructions, 5));
    }
}
