//! A DIE with the attributes that type descriptions are made of, typed.

use gimli::DwTag;

use super::abbreviation::Abbreviation;
use super::instruction::{Flag, Link, Name, Number};
use super::place::{DieOffset, Reference, Text};

/// The beginning of a DIE: what its abbreviation states.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Head<'u> {
    pub(crate) offset: DieOffset,
    pub(crate) abbreviation: &'u Abbreviation,
    /// Where the attributes begin.
    pub(super) attributes: DieOffset,
}

/// A DIE.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Die {
    pub(crate) offset: DieOffset,
    pub(crate) tag: DwTag,
    pub(crate) has_children: bool,
    /// `DW_AT_declaration`
    pub(crate) declaration: bool,
    /// `DW_AT_prototyped`
    pub(crate) prototyped: bool,
    /// `DW_AT_GNU_vector`
    pub(crate) vector: bool,
    /// Where the attributes end: the first child, or the next sibling.
    pub(crate) end: DieOffset,
    /// `DW_AT_sibling`
    pub(crate) sibling: Option<DieOffset>,
    /// `DW_AT_name`
    pub(crate) name: Option<Text>,
    /// `DW_AT_linkage_name`
    pub(crate) linkage_name: Option<Text>,
    /// `DW_AT_type`
    pub(crate) target: Option<Reference>,
    /// `DW_AT_abstract_origin`
    pub(crate) origin: Option<Reference>,
    /// `DW_AT_specification`
    pub(crate) specification: Option<Reference>,
    /// `DW_AT_signature`: the definition, in a type unit, that this DIE stands for
    pub(crate) signature: Option<Reference>,
    /// Which numbers there are.
    present: u16,
    numbers: [u64; Number::COUNT],
}

impl Die {
    /// The room for a DIE.
    pub(crate) const EMPTY: Die = Die {
        offset: DieOffset(0),
        tag: DwTag(0),
        has_children: false,
        declaration: false,
        prototyped: false,
        vector: false,
        end: DieOffset(0),
        sibling: None,
        name: None,
        linkage_name: None,
        target: None,
        origin: None,
        specification: None,
        signature: None,
        present: 0,
        numbers: [0; Number::COUNT],
    };

    /// Forgets the DIE that was here before.
    #[inline]
    pub(super) fn begin(&mut self, head: Head<'_>) {
        self.offset = head.offset;
        self.tag = head.abbreviation.tag;
        self.has_children = head.abbreviation.has_children;
        (self.declaration, self.prototyped, self.vector) = (false, false, false);
        self.sibling = None;
        (self.name, self.linkage_name) = (None, None);
        (self.target, self.origin, self.specification, self.signature) = (None, None, None, None);
        self.present = 0;
    }

    #[inline]
    pub(super) fn set(&mut self, number: Number, value: u64) {
        if let Some(slot) = self.numbers.get_mut(number.index()) {
            *slot = value;
            self.present |= number.bit();
        }
    }

    #[inline]
    fn number(&self, number: Number) -> Option<u64> {
        if self.present & number.bit() == 0 { None } else { self.numbers.get(number.index()).copied() }
    }

    #[inline]
    pub(super) fn link_mut(&mut self, link: Link) -> &mut Option<Reference> {
        match link {
            Link::Type => &mut self.target,
            Link::AbstractOrigin => &mut self.origin,
            Link::Specification => &mut self.specification,
            Link::Signature => &mut self.signature,
        }
    }

    #[inline]
    pub(super) fn name_mut(&mut self, name: Name) -> &mut Option<Text> {
        match name {
            Name::Plain => &mut self.name,
            Name::Linkage => &mut self.linkage_name,
        }
    }

    #[inline]
    pub(super) fn flag_mut(&mut self, flag: Flag) -> &mut bool {
        match flag {
            Flag::Declaration => &mut self.declaration,
            Flag::Prototyped => &mut self.prototyped,
            Flag::Vector => &mut self.vector,
        }
    }

    /// `DW_AT_accessibility`
    #[inline]
    pub(crate) fn accessibility(&self) -> Option<u64> {
        self.number(Number::Accessibility)
    }

    /// `DW_AT_alignment`
    #[inline]
    pub(crate) fn alignment(&self) -> Option<u64> {
        self.number(Number::Alignment)
    }

    /// `DW_AT_bit_offset`
    pub(crate) fn bit_offset(&self) -> Option<u64> {
        self.number(Number::BitOffset)
    }

    /// `DW_AT_bit_size`
    #[inline]
    pub(crate) fn bit_size(&self) -> Option<u64> {
        self.number(Number::BitSize)
    }

    /// `DW_AT_byte_size`
    #[inline]
    pub(crate) fn byte_size(&self) -> Option<u64> {
        self.number(Number::ByteSize)
    }

    /// `DW_AT_const_value`
    #[inline]
    pub(crate) fn const_value(&self) -> Option<u64> {
        self.number(Number::ConstValue)
    }

    /// `DW_AT_count`
    #[inline]
    pub(crate) fn count(&self) -> Option<u64> {
        self.number(Number::Count)
    }

    /// `DW_AT_data_bit_offset`
    #[inline]
    pub(crate) fn data_bit_offset(&self) -> Option<u64> {
        self.number(Number::DataBitOffset)
    }

    /// `DW_AT_data_member_location`
    #[inline]
    pub(crate) fn data_member_location(&self) -> Option<u64> {
        self.number(Number::DataMemberLocation)
    }

    /// `DW_AT_decl_file`
    #[inline]
    pub(crate) fn decl_file(&self) -> Option<u64> {
        self.number(Number::DeclFile)
    }

    /// `DW_AT_discr_value`
    #[inline]
    pub(crate) fn discr_value(&self) -> Option<u64> {
        self.number(Number::DiscrValue)
    }

    /// `DW_AT_encoding`
    #[inline]
    pub(crate) fn encoding(&self) -> Option<u64> {
        self.number(Number::Encoding)
    }

    /// `DW_AT_data_member_location`, if it is an expression that adds a number.
    pub(crate) fn member_expression(&self) -> Option<u64> {
        self.number(Number::MemberExpression)
    }

    /// `DW_AT_upper_bound`
    #[inline]
    pub(crate) fn upper_bound(&self) -> Option<u64> {
        self.number(Number::UpperBound)
    }

    /// `DW_AT_virtuality`
    #[inline]
    pub(crate) fn virtuality(&self) -> Option<u64> {
        self.number(Number::Virtuality)
    }
}
