//! What a unit's root DIE tells: what other DIEs' attributes depend on, and where the rest of the unit is.

use core::ops::Range;

use gimli::{AttributeSpecification, AttributeValue, DwAt, DwForm, DwTag};

use crate::budget::Budget;
use crate::error::Result;

use super::die::{Text, Value};
use super::form;
use super::unit::{DieOffset, Unit};

/// The attributes of a root DIE.
#[derive(Clone, Copy, Debug)]
pub(super) struct Root {
    /// `DW_AT_str_offsets_base`
    pub(super) str_offsets_base: Option<usize>,
    /// `DW_AT_stmt_list`: the offset of the line program in `.debug_line`.
    pub(super) line_program: Option<usize>,
    /// `DW_AT_dwo_name`: the file with the rest of the unit.
    pub(super) split_name: Option<Text>,
    /// `DW_AT_name`: the source file.
    pub(super) name: Option<Text>,
    /// `DW_AT_comp_dir`: what these names are relative to.
    pub(super) folder: Option<Text>,
    /// `DW_AT_GNU_dwo_id`: what ties the two together before DWARF 5, where it is in the header.
    pub(super) split_id: Option<u64>,
    /// `DW_AT_language`
    pub(super) language: Option<u64>,
    pub(super) tag: DwTag,
    pub(super) has_children: bool,
}

/// A part of a unit that is in a file of its own (DWARF 5 section 7.3.2).
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct SplitUnit<'d> {
    pub(crate) skeleton: super::UnitIndex,
    /// What ties the two parts together.
    pub id: u64,
    /// The file's name.
    pub name: &'d [u8],
    /// The folder that the name is relative to, if the unit tells.
    pub folder: Option<&'d [u8]>,
}

impl Root {
    /// What is known of a unit without a root DIE.
    pub(super) const EMPTY: Root = Root {
        str_offsets_base: None,
        line_program: None,
        split_name: None,
        name: None,
        folder: None,
        split_id: None,
        language: None,
        tag: DwTag(0),
        has_children: false,
    };

    pub(super) fn read(unit: &Unit<'_, '_>, budget: &mut Budget) -> Result<Root> {
        let mut root = Root::EMPTY;
        let Some(head) = unit.head(unit.root())? else { return Ok(root) };
        root.tag = head.abbreviation.tag;
        root.has_children = head.abbreviation.has_children;
        let mut input = unit.input(head.attributes)?;
        for &spec in unit.abbreviations().specs(head.abbreviation) {
            budget.charge_work(1)?;
            let failed = |error: crate::Error| unit.error_at(error, head.offset);
            let start = unit.position(&input)?;
            let value = form::read(&mut input, unit.encoding(), spec, unit.no_abbreviations());
            let (form, value) = value.map_err(|error| failed(error.into()))?;
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

    fn text_slot(&mut self, name: DwAt) -> Option<&mut Option<Text>> {
        match name {
            gimli::DW_AT_dwo_name | gimli::DW_AT_GNU_dwo_name => Some(&mut self.split_name),
            gimli::DW_AT_comp_dir => Some(&mut self.folder),
            _ => None,
        }
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
