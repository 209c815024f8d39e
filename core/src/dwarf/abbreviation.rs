//! Abbreviations: the shapes of DIEs (`.debug_abbrev`, DWARF 5 section 7.5.3).

use gimli::{DwAt, DwForm, DwTag};

use super::compiler::Programs;
use super::shapes::LayoutNumber;

/// The shape of a DIE.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Abbreviation {
    pub(crate) tag: DwTag,
    pub(crate) has_children: bool,
    /// Whether it is stated where in memory the thing is.
    pub(crate) has_address: bool,
    /// Whether an attribute can lead into another unit.
    pub(super) crosses_units: bool,
    pub(super) programs: Programs,
    /// Where the sibling is, and how many bytes there are, if nothing else counts for passing over a DIE.
    pub(super) sibling: Option<(u16, u16)>,
    /// How to pass over a DIE, if nothing but its length counts.
    pub(super) leaf: Option<Leaf>,
    pub(super) layout: LayoutNumber,
    /// A range of the specifications of all shapes.
    pub(super) specs: (u32, u32),
}

/// What it takes to pass over a DIE without children that cannot be a symbol, if its attributes have a fixed length.
#[derive(Clone, Copy, Debug)]
pub(super) struct Leaf {
    /// Bytes, with a code of one byte.
    pub(super) size: u16,
    /// Steps of work.
    pub(super) cost: u16,
    pub(super) tag: DwTag,
}

impl Abbreviation {
    /// The number of attributes that a DIE of this shape has.
    #[inline]
    pub(super) fn attributes(&self) -> u32 {
        let (start, end) = self.specs;
        end.saturating_sub(start)
    }
}

impl Leaf {
    /// How to pass over a DIE of a shape without children, if nothing but its length counts.
    pub(super) fn of(tag: DwTag, attributes: u32, Programs { pass, .. }: Programs) -> Option<Leaf> {
        let size = u16::try_from(pass.tail).ok()?.checked_add(1)?;
        let cost = u16::try_from(attributes).ok()?.checked_add(size >> 4)?.checked_add(1)?;
        // What is imported is of interest to some.
        let is_plain = !is_symbol(tag) && tag != gimli::DW_TAG_imported_unit;
        (is_plain && pass.start == pass.end).then_some(Leaf { size, cost, tag })
    }
}

/// What can be an exported symbol.
pub(super) fn is_symbol(tag: DwTag) -> bool {
    matches!(tag, gimli::DW_TAG_subprogram | gimli::DW_TAG_variable)
}

/// What most descriptions consist of.
pub(super) fn is_often_described(tag: DwTag) -> bool {
    matches!(
        tag,
        gimli::DW_TAG_member
            | gimli::DW_TAG_formal_parameter
            | gimli::DW_TAG_pointer_type
            | gimli::DW_TAG_const_type
            | gimli::DW_TAG_volatile_type
    )
}

/// Attributes that only the definition of a function or variable has.
pub(super) fn is_address(name: DwAt) -> bool {
    matches!(name, gimli::DW_AT_low_pc | gimli::DW_AT_ranges | gimli::DW_AT_location)
}

/// Forms whose value can be a reference into another unit.
pub(super) fn leads_elsewhere(form: DwForm) -> bool {
    matches!(
        form,
        gimli::DW_FORM_ref_addr
            | gimli::DW_FORM_ref_sig8
            | gimli::DW_FORM_ref_sup4
            | gimli::DW_FORM_ref_sup8
            | gimli::DW_FORM_GNU_ref_alt
            | gimli::DW_FORM_indirect
    )
}
