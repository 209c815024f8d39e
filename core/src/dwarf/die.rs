//! A DIE with the attributes that type descriptions are made of, typed.
//!
//! Which attribute counts in which form is part of the format (SPEC section 5): a value is a number only if
//! its form is a constant, and of an attribute that is given twice the first counts.

use gimli::{AttributeSpecification, AttributeValue, DwTag, EndianSlice, Reader, RunTimeEndian, UnitOffset};

use crate::budget::Budget;
use crate::error::{Error, ErrorKind, Result, SectionId};

use super::abbreviation::Abbreviation;
use super::form;
use super::unit::{DieOffset, Unit};

pub(super) type Value<'d> = AttributeValue<EndianSlice<'d, RunTimeEndian>>;

/// The beginning of a DIE: what its abbreviation tells.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Head<'u> {
    pub(crate) offset: DieOffset,
    pub(crate) abbreviation: &'u Abbreviation,
    /// Where the attributes begin.
    pub(super) attributes: DieOffset,
}

/// A DIE.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Die<'d> {
    pub(crate) offset: DieOffset,
    pub(crate) tag: DwTag,
    pub(crate) has_children: bool,
    /// Where the attributes end: the first child, or the next sibling.
    pub(crate) end: DieOffset,
    /// `DW_AT_sibling`
    pub(crate) sibling: Option<DieOffset>,
    /// `DW_AT_name`
    pub(crate) name: Option<Text<'d>>,
    /// `DW_AT_linkage_name`
    pub(crate) linkage_name: Option<Text<'d>>,
    /// `DW_AT_type`
    pub(crate) target: Option<Reference>,
    /// `DW_AT_abstract_origin`
    pub(crate) origin: Option<Reference>,
    /// `DW_AT_specification`
    pub(crate) specification: Option<Reference>,
    /// `DW_AT_declaration`
    pub(crate) declaration: bool,
    /// `DW_AT_signature`: the definition, in a type unit, that this DIE stands for
    pub(crate) signature: Option<Reference>,
    /// `DW_AT_decl_file`
    pub(crate) decl_file: Option<u64>,
    /// `DW_AT_accessibility`
    pub(crate) accessibility: Option<u64>,
    /// `DW_AT_alignment`
    pub(crate) alignment: Option<u64>,
    /// `DW_AT_bit_size`
    pub(crate) bit_size: Option<u64>,
    /// `DW_AT_byte_size`
    pub(crate) byte_size: Option<u64>,
    /// `DW_AT_const_value`
    pub(crate) const_value: Option<u64>,
    /// `DW_AT_count`
    pub(crate) count: Option<u64>,
    /// `DW_AT_data_bit_offset`
    pub(crate) data_bit_offset: Option<u64>,
    /// `DW_AT_data_member_location`
    pub(crate) data_member_location: Option<u64>,
    /// `DW_AT_discr_value`
    pub(crate) discr_value: Option<u64>,
    /// `DW_AT_encoding`
    pub(crate) encoding: Option<u64>,
    /// `DW_AT_upper_bound`
    pub(crate) upper_bound: Option<u64>,
    /// `DW_AT_virtuality`
    pub(crate) virtuality: Option<u64>,
}

/// A string attribute, before it is looked up.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Text<'d> {
    Inline(&'d [u8]),
    /// An offset into a section of strings.
    At(SectionId, usize),
    /// An index into `.debug_str_offsets`.
    Index(u64),
    /// An offset into the strings of the supplementary file.
    Supplementary(usize),
}

/// A reference to another DIE.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reference {
    /// Within the unit.
    Unit(u64),
    /// From the start of the file's `.debug_info`.
    Info(u64),
    /// To the type of a type unit.
    Signature(u64),
    /// From the start of the supplementary file's `.debug_info`.
    Supplementary(u64),
}

impl<'d> Unit<'_, 'd> {
    /// Reads the beginning of the entry at `offset`; `None` is a null entry, or the end of the unit.
    #[inline]
    pub(crate) fn head(&self, offset: DieOffset) -> Result<Option<Head<'_>>> {
        let mut input = self.input(offset)?;
        if input.is_empty() {
            return Ok(None);
        }
        let code = match input.slice() {
            &[code @ ..0x80, ..] => {
                input.skip(1).map_err(|error| self.error_at(error.into(), offset))?;
                code.into()
            }
            _ => input.read_uleb128().map_err(|error| self.error_at(error.into(), offset))?,
        };
        if code == 0 {
            return Ok(None);
        }
        let abbreviation = self
            .abbreviations()
            .get(code)
            .ok_or_else(|| self.error_at(gimli::Error::InvalidAbbreviationCode(code).into(), offset))?;
        Ok(Some(Head { offset, abbreviation, attributes: self.position(&input)? }))
    }

    /// The offset behind a DIE's attributes.
    pub(crate) fn skip(&self, head: Head<'_>, budget: &mut Budget) -> Result<DieOffset> {
        let specs = self.abbreviations().specs(head.abbreviation);
        budget.charge_die(specs.len())?;
        let mut input = self.input(head.attributes)?;
        let skipped = match head.abbreviation.length {
            Some(length) => input.skip(length.bytes(self.encoding())),
            None => {
                let none = self.no_abbreviations();
                specs.iter().try_for_each(|&spec| form::skip(&mut input, self.encoding(), spec, none))
            }
        };
        skipped.map_err(|error| self.error_at(error.into(), head.offset))?;
        let end = self.position(&input)?;
        charge(head, end, budget)?;
        Ok(end)
    }

    /// Reads a DIE's attributes.
    pub(crate) fn die(&self, head: Head<'_>, budget: &mut Budget) -> Result<Die<'d>> {
        let specs = self.abbreviations().specs(head.abbreviation);
        budget.charge_die(specs.len())?;
        let mut input = self.input(head.attributes)?;
        let mut die = Die::new(head);
        let mut seen: u32 = 0;
        for &spec in specs {
            let start = input;
            let failed = |error: Error| match self.position(&start) {
                Ok(start) => self.error_at(error, start),
                Err(error) => error,
            };
            let wanted = wanted(spec.name()) & !seen;
            seen |= wanted;
            if wanted == 0 {
                let skipped = form::skip(&mut input, self.encoding(), spec, self.no_abbreviations());
                skipped.map_err(|error| failed(error.into()))?;
                continue;
            }
            let value = form::read(&mut input, self.encoding(), spec, self.no_abbreviations());
            let (form, value) = value.map_err(|error| failed(error.into()))?;
            let end = self.position(&input)?;
            self.set(&mut die, spec, form, value, end).map_err(failed)?;
        }
        die.end = self.position(&input)?;
        charge(head, die.end, budget)?;
        Ok(die)
    }

    fn set(
        &self,
        die: &mut Die<'d>,
        spec: AttributeSpecification,
        form: gimli::DwForm,
        value: Value<'d>,
        end: DieOffset,
    ) -> Result<()> {
        let number = match spec.name() {
            gimli::DW_AT_name => return self.set_text(&mut die.name, value, end),
            gimli::DW_AT_linkage_name => return self.set_text(&mut die.linkage_name, value, end),
            gimli::DW_AT_type => return self.set_reference(&mut die.target, form, value, end),
            gimli::DW_AT_abstract_origin => return self.set_reference(&mut die.origin, form, value, end),
            gimli::DW_AT_specification => {
                return self.set_reference(&mut die.specification, form, value, end);
            }
            gimli::DW_AT_signature => return self.set_reference(&mut die.signature, form, value, end),
            gimli::DW_AT_declaration => {
                die.declaration = matches!(value, AttributeValue::Flag(true));
                return Ok(());
            }
            gimli::DW_AT_sibling => {
                if let AttributeValue::UnitRef(UnitOffset(offset)) = value {
                    die.sibling = u32::try_from(offset).ok().map(DieOffset);
                }
                return Ok(());
            }
            gimli::DW_AT_data_member_location => {
                // In DWARF 2 and 3 these forms are offsets of location lists.
                let is_list = matches!(form, gimli::DW_FORM_data4 | gimli::DW_FORM_data8);
                if is_list && self.encoding().version < 4 {
                    return Ok(());
                }
                &mut die.data_member_location
            }
            gimli::DW_AT_accessibility => &mut die.accessibility,
            gimli::DW_AT_alignment => &mut die.alignment,
            gimli::DW_AT_bit_size => &mut die.bit_size,
            gimli::DW_AT_byte_size => &mut die.byte_size,
            gimli::DW_AT_const_value => &mut die.const_value,
            gimli::DW_AT_count => &mut die.count,
            gimli::DW_AT_data_bit_offset => &mut die.data_bit_offset,
            gimli::DW_AT_decl_file => &mut die.decl_file,
            gimli::DW_AT_discr_value => &mut die.discr_value,
            gimli::DW_AT_encoding => &mut die.encoding,
            gimli::DW_AT_upper_bound => &mut die.upper_bound,
            gimli::DW_AT_virtuality => &mut die.virtuality,
            _ => return Ok(()),
        };
        *number = constant(&value);
        Ok(())
    }

    pub(super) fn set_text(
        &self,
        slot: &mut Option<Text<'d>>,
        value: Value<'d>,
        end: DieOffset,
    ) -> Result<()> {
        if slot.is_some() {
            return Ok(());
        }
        *slot = Some(match value {
            AttributeValue::String(text) => Text::Inline(text.slice()),
            AttributeValue::DebugStrRef(offset) => {
                Text::At(SectionId::Str, self.relocated_offset(offset.0, self.word_size(), end)?)
            }
            AttributeValue::DebugLineStrRef(offset) => {
                Text::At(SectionId::LineStr, self.relocated_offset(offset.0, self.word_size(), end)?)
            }
            AttributeValue::DebugStrOffsetsIndex(index) => {
                Text::Index(u64::try_from(index.0).unwrap_or(u64::MAX))
            }
            AttributeValue::DebugStrRefSup(offset) => {
                Text::Supplementary(self.relocated_offset(offset.0, self.word_size(), end)?)
            }
            // Not a string: as good as absent.
            _ => return Ok(()),
        });
        Ok(())
    }

    fn set_reference(
        &self,
        slot: &mut Option<Reference>,
        form: gimli::DwForm,
        value: Value<'d>,
        end: DieOffset,
    ) -> Result<()> {
        if slot.is_some() {
            return Ok(());
        }
        *slot = Some(match value {
            AttributeValue::UnitRef(UnitOffset(offset)) => {
                Reference::Unit(u64::try_from(offset).unwrap_or(u64::MAX))
            }
            AttributeValue::DebugInfoRef(offset) => {
                // In DWARF 2 such a reference is as wide as an address.
                let width = match self.encoding().version {
                    2 => self.encoding().address_size,
                    _ => self.word_size(),
                };
                let offset = self.relocated_offset(offset.0, width, end)?;
                Reference::Info(u64::try_from(offset).unwrap_or(u64::MAX))
            }
            AttributeValue::DebugTypesRef(signature) => Reference::Signature(signature.0),
            AttributeValue::DebugInfoRefSup(offset) => {
                let width = match form {
                    gimli::DW_FORM_ref_sup4 => 4,
                    gimli::DW_FORM_ref_sup8 => 8,
                    _ => self.word_size(),
                };
                let offset = self.relocated_offset(offset.0, width, end)?;
                Reference::Supplementary(u64::try_from(offset).unwrap_or(u64::MAX))
            }
            _ => return Err(Error::new(ErrorKind::NotAReference(form))),
        });
        Ok(())
    }
}

impl<'d> Die<'d> {
    fn new(head: Head<'_>) -> Die<'d> {
        Die {
            offset: head.offset,
            tag: head.abbreviation.tag,
            has_children: head.abbreviation.has_children,
            end: head.attributes,
            sibling: None,
            name: None,
            linkage_name: None,
            target: None,
            origin: None,
            specification: None,
            declaration: false,
            signature: None,
            decl_file: None,
            accessibility: None,
            alignment: None,
            bit_size: None,
            byte_size: None,
            const_value: None,
            count: None,
            data_bit_offset: None,
            data_member_location: None,
            discr_value: None,
            encoding: None,
            upper_bound: None,
            virtuality: None,
        }
    }
}

/// Pays for decoding a DIE up to `end`: strings are of any length.
fn charge(head: Head<'_>, end: DieOffset, budget: &mut Budget) -> Result<()> {
    budget.charge_work(u64::from(end.0.saturating_sub(head.offset.0) >> 4))
}

/// A bit for each attribute that a description, or finding what to describe, depends on; 0 for the others.
#[inline]
fn wanted(name: gimli::DwAt) -> u32 {
    match name {
        gimli::DW_AT_name => 1 << 0,
        gimli::DW_AT_linkage_name => 1 << 1,
        gimli::DW_AT_type => 1 << 2,
        gimli::DW_AT_abstract_origin => 1 << 3,
        gimli::DW_AT_declaration => 1 << 4,
        gimli::DW_AT_signature => 1 << 5,
        gimli::DW_AT_sibling => 1 << 6,
        gimli::DW_AT_data_member_location => 1 << 7,
        gimli::DW_AT_accessibility => 1 << 8,
        gimli::DW_AT_alignment => 1 << 9,
        gimli::DW_AT_bit_size => 1 << 10,
        gimli::DW_AT_byte_size => 1 << 11,
        gimli::DW_AT_const_value => 1 << 12,
        gimli::DW_AT_count => 1 << 13,
        gimli::DW_AT_data_bit_offset => 1 << 14,
        gimli::DW_AT_decl_file => 1 << 15,
        gimli::DW_AT_discr_value => 1 << 16,
        gimli::DW_AT_encoding => 1 << 17,
        gimli::DW_AT_upper_bound => 1 << 18,
        gimli::DW_AT_virtuality => 1 << 19,
        gimli::DW_AT_specification => 1 << 20,
        _ => 0,
    }
}

/// The number that an attribute holds, if its form is a constant of at most 8 bytes.
fn constant(value: &Value<'_>) -> Option<u64> {
    match *value {
        AttributeValue::Data1(value) => Some(value.into()),
        AttributeValue::Data2(value) => Some(value.into()),
        AttributeValue::Data4(value) => Some(value.into()),
        AttributeValue::Data8(value) | AttributeValue::Udata(value) => Some(value),
        AttributeValue::Sdata(value) => Some(value.cast_unsigned()),
        _ => None,
    }
}
