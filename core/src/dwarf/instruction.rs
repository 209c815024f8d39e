//! How a DIE's attributes are read: an abbreviation's specifications, compiled for the encoding of its units.
//!
//! Of most DIEs few attributes count, and the others have a length that is known beforehand. A program has one instruction
//! for each attribute that counts, or whose length only its value determines; whatever is between them is passed over
//! at once. Which attribute counts in which form is part of the format (SPEC section 5): a value is a number only if
//! its form is a constant, and of an attribute that is given twice the first counts.

use gimli::{AttributeSpecification, DwForm, Encoding};

/// What is done with an attribute, and what is passed over before it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Instruction {
    /// The bytes to pass over first.
    pub(super) gap: u32,
    /// The specification, by its position in the table.
    pub(super) spec: u32,
    pub(super) action: Action,
}

/// What is done with an attribute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Action {
    /// It is passed over.
    SkipString,
    SkipLeb128,
    SkipBlock,
    SkipAny,
    /// It is a number of this width.
    Number(Number, Width),
    /// It is a number that the abbreviation holds.
    Implicit(Number),
    /// It is a reference within the unit.
    Reference(Link, Width),
    /// It is an offset into a section of strings.
    Text(Name, Strings),
    /// It is a string that stands here.
    InlineText(Name),
    /// It is where the next sibling is.
    Sibling(Width),
    /// It is there, and that is all it says.
    Flag(Flag),
    /// `gimli` knows.
    Any,
}

/// The attributes that hold a number, in the order of their [positions](Number::index): so they need no table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Number {
    Accessibility,
    Alignment,
    BitSize,
    ByteSize,
    ConstValue,
    Count,
    DataBitOffset,
    DataMemberLocation,
    DeclFile,
    DiscrValue,
    Encoding,
    UpperBound,
    Virtuality,
    BitOffset,
    /// `DW_AT_data_member_location` as an expression that adds this.
    MemberExpression,
}

impl Number {
    /// How many there are.
    pub(super) const COUNT: usize = 15;

    /// A bit for each.
    #[inline]
    pub(super) fn bit(self) -> u16 {
        u32::try_from(self.index()).ok().and_then(|index| 1_u16.checked_shl(index)).unwrap_or(0)
    }

    /// The position among all of them.
    #[inline]
    pub(super) fn index(self) -> usize {
        match self {
            Number::Accessibility => 0,
            Number::Alignment => 1,
            Number::BitSize => 2,
            Number::ByteSize => 3,
            Number::ConstValue => 4,
            Number::Count => 5,
            Number::DataBitOffset => 6,
            Number::DataMemberLocation => 7,
            Number::DeclFile => 8,
            Number::DiscrValue => 9,
            Number::Encoding => 10,
            Number::UpperBound => 11,
            Number::Virtuality => 12,
            Number::BitOffset => 13,
            Number::MemberExpression => 14,
        }
    }
}

/// The attributes that refer to another DIE.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Link {
    Type,
    AbstractOrigin,
    Specification,
    Signature,
}

/// The attributes that hold a string.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Name {
    Plain,
    Linkage,
}

/// The attributes that are there, or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Flag {
    Declaration,
    Prototyped,
    Vector,
}

/// A section of strings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Strings {
    Str,
    LineStr,
}

/// How many bytes a number takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Width {
    One,
    Two,
    Four,
    Eight,
    Unsigned,
    Signed,
}

impl Width {
    /// The number of bytes, if it does not depend on the number.
    #[inline]
    pub(super) fn bytes(self) -> Option<u8> {
        match self {
            Width::One => Some(1),
            Width::Two => Some(2),
            Width::Four => Some(4),
            Width::Eight => Some(8),
            Width::Unsigned | Width::Signed => None,
        }
    }
}

/// What an attribute is to a description.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    Number(Number),
    Link(Link),
    Name(Name),
    Flag(Flag),
    Sibling,
}

impl Role {
    /// The role of an attribute, and a bit of its own.
    #[inline]
    pub(super) fn of(name: gimli::DwAt) -> Option<(u32, Role)> {
        let (number, role): (u32, Role) = match name {
            gimli::DW_AT_name => (0, Role::Name(Name::Plain)),
            gimli::DW_AT_linkage_name => (1, Role::Name(Name::Linkage)),
            gimli::DW_AT_type => (2, Role::Link(Link::Type)),
            gimli::DW_AT_abstract_origin => (3, Role::Link(Link::AbstractOrigin)),
            gimli::DW_AT_specification => (4, Role::Link(Link::Specification)),
            gimli::DW_AT_signature => (5, Role::Link(Link::Signature)),
            gimli::DW_AT_declaration => (6, Role::Flag(Flag::Declaration)),
            gimli::DW_AT_sibling => (7, Role::Sibling),
            gimli::DW_AT_accessibility => (8, Role::Number(Number::Accessibility)),
            gimli::DW_AT_alignment => (9, Role::Number(Number::Alignment)),
            gimli::DW_AT_bit_size => (10, Role::Number(Number::BitSize)),
            gimli::DW_AT_byte_size => (11, Role::Number(Number::ByteSize)),
            gimli::DW_AT_const_value => (12, Role::Number(Number::ConstValue)),
            gimli::DW_AT_count => (13, Role::Number(Number::Count)),
            gimli::DW_AT_data_bit_offset => (14, Role::Number(Number::DataBitOffset)),
            gimli::DW_AT_data_member_location => (15, Role::Number(Number::DataMemberLocation)),
            gimli::DW_AT_decl_file => (16, Role::Number(Number::DeclFile)),
            gimli::DW_AT_discr_value => (17, Role::Number(Number::DiscrValue)),
            gimli::DW_AT_encoding => (18, Role::Number(Number::Encoding)),
            gimli::DW_AT_upper_bound => (19, Role::Number(Number::UpperBound)),
            gimli::DW_AT_virtuality => (20, Role::Number(Number::Virtuality)),
            gimli::DW_AT_bit_offset => (21, Role::Number(Number::BitOffset)),
            gimli::DW_AT_prototyped => (22, Role::Flag(Flag::Prototyped)),
            gimli::DW_AT_GNU_vector => (23, Role::Flag(Flag::Vector)),
            _ => return None,
        };
        Some((1_u32.checked_shl(number)?, role))
    }
}

/// What is done with an attribute of this form that counts; `None` if it only has to be passed over.
pub(super) fn action(role: Role, spec: AttributeSpecification, encoding: Encoding) -> Option<Action> {
    let form = spec.form();
    if form == gimli::DW_FORM_indirect {
        return Some(Action::Any);
    }
    match role {
        // In DWARF 2 and 3 these forms are offsets of location lists.
        Role::Number(Number::DataMemberLocation)
            if encoding.version < 4 && matches!(form, gimli::DW_FORM_data4 | gimli::DW_FORM_data8) =>
        {
            None
        }
        Role::Number(Number::DataMemberLocation) if is_expression(form) => Some(Action::Any),
        Role::Number(number) if form == gimli::DW_FORM_implicit_const => Some(Action::Implicit(number)),
        Role::Number(number) => constant_width(form).map(|width| Action::Number(number, width)),
        Role::Link(link) => {
            Some(reference_width(form).map_or(Action::Any, |width| Action::Reference(link, width)))
        }
        Role::Name(name) => Some(match form {
            gimli::DW_FORM_strp => Action::Text(name, Strings::Str),
            gimli::DW_FORM_line_strp => Action::Text(name, Strings::LineStr),
            gimli::DW_FORM_string => Action::InlineText(name),
            _ => Action::Any,
        }),
        Role::Flag(flag) if form == gimli::DW_FORM_flag_present => Some(Action::Flag(flag)),
        Role::Flag(_) => Some(Action::Any),
        Role::Sibling => reference_width(form).map(Action::Sibling),
    }
}

/// Whether values of this form can be an expression; before DWARF 4 they were blocks.
fn is_expression(form: DwForm) -> bool {
    matches!(
        form,
        gimli::DW_FORM_exprloc
            | gimli::DW_FORM_block
            | gimli::DW_FORM_block1
            | gimli::DW_FORM_block2
            | gimli::DW_FORM_block4
    )
}

fn constant_width(form: DwForm) -> Option<Width> {
    Some(match form {
        gimli::DW_FORM_data1 => Width::One,
        gimli::DW_FORM_data2 => Width::Two,
        gimli::DW_FORM_data4 => Width::Four,
        gimli::DW_FORM_data8 => Width::Eight,
        gimli::DW_FORM_udata => Width::Unsigned,
        gimli::DW_FORM_sdata => Width::Signed,
        _ => return None,
    })
}

fn reference_width(form: DwForm) -> Option<Width> {
    Some(match form {
        gimli::DW_FORM_ref1 => Width::One,
        gimli::DW_FORM_ref2 => Width::Two,
        gimli::DW_FORM_ref4 => Width::Four,
        gimli::DW_FORM_ref8 => Width::Eight,
        gimli::DW_FORM_ref_udata => Width::Unsigned,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use alloc::vec::Vec;

    use gimli::{AttributeValue, DwAt, EndianSlice, Format, Reader, RunTimeEndian};

    use super::super::form;
    use super::*;

    /// Names of attributes with each role, and of one with none.
    const NAMES: [DwAt; 7] = [
        gimli::DW_AT_byte_size,
        gimli::DW_AT_data_member_location,
        gimli::DW_AT_type,
        gimli::DW_AT_name,
        gimli::DW_AT_declaration,
        gimli::DW_AT_sibling,
        gimli::DW_AT_low_pc,
    ];

    /// What an action reads must be what `gimli` reads, and take as many bytes.
    fn check(name: DwAt, form: DwForm, encoding: Encoding, bytes: &[u8]) -> bool {
        let constant = (form == gimli::DW_FORM_implicit_const).then_some(-3);
        let spec = AttributeSpecification::new(name, form, constant);
        let none = gimli::Abbreviations::default();
        let start = EndianSlice::new(bytes, RunTimeEndian::Little);
        let mut theirs = start;
        let Ok((_, value)) = form::read(&mut theirs, encoding, spec, &none) else { return false };
        let length = start.len() - theirs.len();
        let mut ours = start;
        let mut read = |width| match width {
            Width::One => u64::from(ours.read_u8().unwrap()),
            Width::Two => u64::from(ours.read_u16().unwrap()),
            Width::Four => u64::from(ours.read_u32().unwrap()),
            Width::Eight => ours.read_u64().unwrap(),
            Width::Unsigned => ours.read_uleb128().unwrap(),
            Width::Signed => ours.read_sleb128().unwrap().cast_unsigned(),
        };
        let action = Role::of(name).and_then(|(_, role)| action(role, spec, encoding));
        let what = std::format!("{name} {form} {encoding:?} {action:?} {value:?}");
        match action {
            Some(Action::Number(_, width)) => {
                let expected = value.udata_value().or(value.sdata_value().map(i64::cast_unsigned));
                assert_eq!(Some(read(width)), expected, "{what}");
            }
            Some(Action::Reference(_, width) | Action::Sibling(width)) => {
                let offset = read(width);
                assert!(
                    matches!(value, AttributeValue::UnitRef(expected) if expected.0 as u64 == offset),
                    "{what}"
                );
            }
            Some(Action::Text(_, Strings::Str)) => {
                assert!(matches!(value, AttributeValue::DebugStrRef(_)), "{what}");
                return true;
            }
            Some(Action::Text(_, Strings::LineStr)) => {
                assert!(matches!(value, AttributeValue::DebugLineStrRef(_)), "{what}");
                return true;
            }
            Some(Action::InlineText(_)) => assert!(matches!(value, AttributeValue::String(_)), "{what}"),
            Some(Action::Flag(_)) => assert_eq!(value, AttributeValue::Flag(true), "{what}"),
            Some(Action::Implicit(_)) => assert_eq!(value, AttributeValue::Sdata(-3), "{what}"),
            Some(Action::SkipString | Action::SkipLeb128 | Action::SkipBlock | Action::SkipAny) => {
                assert_eq!(action, None, "{what}");
            }
            // Only what cannot count is not looked at: of names and references, everything is.
            None if Role::of(name).is_some_and(|(_, role)| matches!(role, Role::Number(_))) => {
                let is_list = name == gimli::DW_AT_data_member_location && encoding.version < 4;
                assert!(is_list || value.udata_value().is_none(), "{what}");
            }
            None | Some(Action::Any) => {}
        }
        if matches!(action, Some(Action::Number(..) | Action::Reference(..) | Action::Sibling(_))) {
            assert_eq!(start.len() - ours.len(), length, "{what}");
        }
        true
    }

    #[test]
    fn what_is_read_is_what_gimli_reads() {
        let bytes: Vec<u8> = (1..40).chain([0]).chain(1..40).collect();
        let mut checked = 0;
        for (address_size, format, version) in [
            (8, Format::Dwarf32, 5),
            (4, Format::Dwarf64, 4),
            (8, Format::Dwarf32, 3),
            (2, Format::Dwarf32, 2),
        ] {
            let encoding = Encoding { address_size, format, version };
            for form in (1..0x2d).chain([0x1f01, 0x1f02, 0x1f20, 0x1f21]).map(DwForm) {
                checked += NAMES.iter().filter(|&&name| check(name, form, encoding, &bytes)).count();
            }
        }
        assert!(checked > 900, "{checked}");
    }
}
