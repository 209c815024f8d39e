//! What a unit's root DIE tells: what other DIEs' attributes depend on, and where the rest of the unit is.

use gimli::{AttributeValue, DwAt, DwTag};

use crate::budget::Budget;
use crate::error::Result;

use super::die::Text;
use super::form;
use super::unit::Unit;

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
            let before = input.len();
            let value = form::read(&mut input, unit.encoding(), spec, unit.no_abbreviations());
            let (_, value) = value.map_err(|error| failed(error.into()))?;
            let end = unit.position(&input)?;
            budget.charge_bytes(before.saturating_sub(input.len()))?;
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
