//! What a unit's root DIE states: what other DIEs' attributes depend on, and where the rest of the unit is.

use gimli::{DwAt, DwTag};

use super::place::Text;

/// The attributes of a root DIE.
#[derive(Clone, Copy, Debug)]
pub(super) struct RootDie {
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

impl RootDie {
    /// What is known of a unit without a root DIE.
    pub(super) const EMPTY: RootDie = RootDie {
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

    pub(super) fn text_slot(&mut self, name: DwAt) -> Option<&mut Option<Text>> {
        match name {
            gimli::DW_AT_dwo_name | gimli::DW_AT_GNU_dwo_name => Some(&mut self.split_name),
            gimli::DW_AT_comp_dir => Some(&mut self.folder),
            _ => None,
        }
    }
}
