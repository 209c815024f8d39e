//! What a function, variable or import says that only the search for homes and languages asks for.
//!
//! These DIEs are few, so that their attributes are read one by one, and the descriptions of all others need not know
//! of them.

use gimli::{AttributeValue, DwAt};

use crate::budget::Budget;
use crate::error::Result;

use super::decoded::undecodable;
use super::die::Head;
use super::form::{self, Value};
use super::place::{DieOffset, Reference, UnitIndex};
use super::unit::{Unit, UnitKind};

/// A unit that another one takes in: `DW_TAG_imported_unit`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Import {
    pub(crate) unit: UnitIndex,
    /// The number of candidates in front of it.
    pub(crate) position: usize,
}

impl<'d> Unit<'_, 'd> {
    /// The unit that a `DW_TAG_imported_unit` takes in; `None` if it does not say.
    pub(super) fn imported(&self, head: Head<'_>, budget: &mut Budget) -> Result<Option<UnitIndex>> {
        let mut imported = None;
        self.each_attribute(head, budget, |at| {
            if at.name == gimli::DW_AT_import && imported.is_none() {
                let reference = self.own_reference(&at)?;
                imported = Some(self.resolve(reference)?.0);
            }
            Ok(())
        })?;
        Ok(imported)
    }

    /// Whether a function or variable that others can see is defined by a DIE, as far as its own attributes show: it is
    /// not only declared, and no inline function, of which every unit has a copy. In Rust, any function can have copies.
    pub(super) fn defines(&self, offset: DieOffset, budget: &mut Budget) -> Result<bool> {
        let head = self.head(offset)?.filter(|_| self.kind() == UnitKind::Source);
        let Some(head) = head else { return Ok(false) };
        let (mut is_external, mut is_declared) = (false, false);
        let declared_inline = [gimli::DW_INL_declared_not_inlined, gimli::DW_INL_declared_inlined];
        self.each_attribute(head, budget, |at| {
            match at.name {
                gimli::DW_AT_external => is_external |= at.value == AttributeValue::Flag(true),
                gimli::DW_AT_declaration => is_declared |= at.value == AttributeValue::Flag(true),
                gimli::DW_AT_inline => {
                    is_declared |= at
                        .value
                        .udata_value()
                        .is_some_and(|inline| declared_inline.iter().any(|it| u64::from(it.0) == inline));
                }
                _ => return Ok(()),
            }
            self.refuse_relocations(at.start, at.end)
        })?;
        Ok(is_external && !is_declared)
    }

    /// Reads the attributes of a DIE one by one. Relocations of what determines where the next one is are refused; who takes a
    /// value has to see to its own.
    pub(super) fn each_attribute(
        &self,
        head: Head<'_>,
        budget: &mut Budget,
        mut each: impl FnMut(Attribute<'d>) -> Result<()>,
    ) -> Result<()> {
        let table = self.abbreviations();
        let mut input = self.input(head.attributes)?;
        for &spec in table.specs(head.abbreviation) {
            budget.charge_work(1)?;
            let failed = |error: crate::Error| self.error_at(error, head.offset);
            let begun = input;
            let value = form::read(&mut input, self.encoding(), spec, self.no_abbreviations());
            let (form, value) = value.map_err(|error| failed(undecodable(error)))?;
            budget.charge_bytes(begun.len().saturating_sub(input.len()))?;
            let (start, end) = (self.position(&begun)?, self.position(&input)?);
            if self.is_touched(start, end) {
                self.check_length(spec, &begun, &input).map_err(failed)?;
            }
            each(Attribute { name: spec.name(), form, value, start, end }).map_err(failed)?;
        }
        Ok(())
    }

    /// The reference in an attribute. One within the unit has no relocation.
    pub(super) fn own_reference(&self, at: &Attribute<'d>) -> Result<Reference> {
        if matches!(at.value, AttributeValue::UnitRef(_) | AttributeValue::DebugTypesRef(_)) {
            self.refuse_relocations(at.start, at.end)?;
        }
        self.reference(at.form, at.value, at.end)
    }
}

/// An attribute of a DIE that is read by itself.
#[derive(Debug)]
pub(super) struct Attribute<'d> {
    pub(super) name: DwAt,
    pub(super) form: gimli::DwForm,
    pub(super) value: Value<'d>,
    pub(super) start: DieOffset,
    pub(super) end: DieOffset,
}
