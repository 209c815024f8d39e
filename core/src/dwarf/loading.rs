//! Loading a unit: its abbreviations, and what its root DIE states.

use core::ops::Range;

use gimli::{AttributeSpecification, AttributeValue, DwForm};

use crate::budget::Budget;
use crate::error::{Error, Result};

use super::decoded::undecodable;
use super::form::{self, Value};
use super::place::{DieOffset, UnitIndex};
use super::root::RootDie;
use super::unit::Unit;
use super::units::Dwarf;

impl<'d> Dwarf<'d> {
    /// Reads what is needed to decode a unit's DIEs.
    pub(crate) fn unit(&self, index: UnitIndex, budget: &mut Budget) -> Result<Unit<'_, 'd>> {
        let read = self.read_unit(index, budget);
        read.map_err(|error| error.at(self.place((index, DieOffset(0)))))
    }

    fn read_unit(&self, index: UnitIndex, budget: &mut Budget) -> Result<Unit<'_, 'd>> {
        let mut unit = Unit::new(self, index, self.table(index, budget)?)?;
        unit.root = RootDie::read(&unit, budget)?;
        Ok(unit)
    }
}

impl RootDie {
    fn read(unit: &Unit<'_, '_>, budget: &mut Budget) -> Result<RootDie> {
        let mut root = RootDie::EMPTY;
        let Some(head) = unit.head(unit.root())? else { return Ok(root) };
        root.tag = head.abbreviation.tag;
        root.has_children = head.abbreviation.has_children;
        let mut input = unit.input(head.attributes)?;
        for &spec in unit.abbreviations().specs(head.abbreviation) {
            budget.charge_work(1)?;
            let failed = |error: Error| unit.error_at(error, head.offset);
            let start = unit.position(&input)?;
            let value = form::read(&mut input, unit.encoding(), spec, unit.no_abbreviations());
            let (form, value) = value.map_err(|error| failed(undecodable(error)))?;
            let end = unit.position(&input)?;
            budget.charge_bytes(end.index().saturating_sub(start.index()))?;
            let value = match unit.is_touched(start, end) {
                true => relocated(unit, spec, form, value, start..end).map_err(failed)?,
                false => value,
            };
            let offset = |raw| unit.relocated_offset(raw, unit.word_size(), end).map_err(failed);
            match (spec.name(), value) {
                (gimli::DW_AT_str_offsets_base, AttributeValue::SecOffset(raw)) => {
                    root.str_offsets_base = root.str_offsets_base.or(Some(offset(raw)?));
                }
                (gimli::DW_AT_stmt_list, AttributeValue::SecOffset(raw)) => {
                    root.line_program = root.line_program.or(Some(offset(raw)?));
                }
                (gimli::DW_AT_language, value) => root.language = root.language.or(value.udata_value()),
                (gimli::DW_AT_GNU_dwo_id, AttributeValue::Data8(id)) => root.split_id = Some(id),
                (gimli::DW_AT_name, value) => {
                    // Most answers do not depend on it, and damage in it is as good as no name.
                    let _ = unit.set_text(&mut root.name, value, end);
                }
                (name, value) => {
                    if let Some(slot) = root.text_slot(name) {
                        unit.set_text(slot, value, end).map_err(failed)?;
                    }
                }
            }
        }
        Ok(root)
    }
}

/// A value of the root DIE, some bytes of which have relocations. Offsets into other sections are left for those who
/// know what they are.
fn relocated<'d>(
    unit: &Unit<'_, 'd>,
    spec: AttributeSpecification,
    form: DwForm,
    value: Value<'d>,
    bytes: Range<DieOffset>,
) -> Result<Value<'d>> {
    let number = |raw, width| unit.relocated(raw, width, bytes.end).map(AttributeValue::Udata);
    let is_number = spec.name() == gimli::DW_AT_language;
    match value {
        AttributeValue::Data1(raw) if is_number => number(raw.into(), 1),
        AttributeValue::Data2(raw) if is_number => number(raw.into(), 2),
        AttributeValue::Data4(raw) if is_number => number(raw.into(), 4),
        AttributeValue::Data8(raw) if is_number => number(raw, 8),
        AttributeValue::Data8(raw) if spec.name() == gimli::DW_AT_GNU_dwo_id => {
            unit.relocated(raw, 8, bytes.end).map(AttributeValue::Data8)
        }
        // Other numbers are not read, and what has a known length tells nothing by it.
        _ if form::has_constant_length(form) && !is_number => Ok(value),
        // What stands in an expression may have relocations, and the root has none that counts.
        AttributeValue::Exprloc(_) | AttributeValue::Block(_) => Ok(value),
        _ => unit.refuse_relocations(bytes.start, bytes.end).map(|()| value),
    }
}
