//! Attributes that only canonical descriptions ask for (SPEC section 9).
//!
//! Few DIEs have any, which their abbreviations show, so that they are read by themselves, and no other description
//! pays for them.

use gimli::{AttributeValue, DwAt, DwTag, RunTimeEndian};

use crate::budget::Budget;
use crate::error::Result;

use super::form::Value;
use super::place::{DieOffset, Reference};
use super::unit::Unit;

/// An attribute that is part of the ABI, and that the format of the reference has no text for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Extra {
    AddressClass,
    Allocated,
    Associated,
    Bias,
    BinaryScale,
    BitStride,
    ByteStride,
    CallingConvention,
    DataLocation,
    DecimalScale,
    DecimalSign,
    Denominator,
    DigitCount,
    DiscrList,
    Endianity,
    LowerBound,
    Numerator,
    Ordering,
    Rank,
    ThreadsScaled,
    VariableParameter,
    VtableElement,
    /// `DW_AT_const_value`, if it has more than 8 bytes.
    WideConstant,
    /// `DW_AT_discr_value`, if it has more than 8 bytes.
    WideDiscriminant,
    /// `DW_AT_data_member_location`, if it is an expression.
    Location,
}

/// What an attribute says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Content<'d> {
    Number(u64),
    /// The higher half and the lower one.
    Wide(u64, u64),
    Bytes(&'d [u8]),
}

/// What a DIE says in such attributes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct More<'d> {
    contents: [Option<Content<'d>>; Extra::COUNT],
    /// `DW_AT_discr`
    pub(crate) discriminant: Option<Reference>,
}

impl Extra {
    /// How many there are.
    pub(crate) const COUNT: usize = 25;

    fn index(self) -> usize {
        usize::from(u8::try_from(self.number()).unwrap_or(u8::MAX))
    }

    /// The position among all of them.
    fn number(self) -> u32 {
        match self {
            Extra::AddressClass => 0,
            Extra::Allocated => 1,
            Extra::Associated => 2,
            Extra::Bias => 3,
            Extra::BinaryScale => 4,
            Extra::BitStride => 5,
            Extra::ByteStride => 6,
            Extra::CallingConvention => 7,
            Extra::DataLocation => 8,
            Extra::DecimalScale => 9,
            Extra::DecimalSign => 10,
            Extra::Denominator => 11,
            Extra::DigitCount => 12,
            Extra::DiscrList => 13,
            Extra::Endianity => 14,
            Extra::LowerBound => 15,
            Extra::Numerator => 16,
            Extra::Ordering => 17,
            Extra::Rank => 18,
            Extra::ThreadsScaled => 19,
            Extra::VariableParameter => 20,
            Extra::VtableElement => 21,
            Extra::WideConstant => 22,
            Extra::WideDiscriminant => 23,
            Extra::Location => 24,
        }
    }

    fn of(name: DwAt) -> Option<Extra> {
        Some(match name {
            gimli::DW_AT_address_class => Extra::AddressClass,
            gimli::DW_AT_allocated => Extra::Allocated,
            gimli::DW_AT_associated => Extra::Associated,
            // DW_AT_GNU_numerator, DW_AT_GNU_denominator, DW_AT_GNU_bias
            DwAt(0x2303) => Extra::Numerator,
            DwAt(0x2304) => Extra::Denominator,
            DwAt(0x2305) => Extra::Bias,
            gimli::DW_AT_binary_scale => Extra::BinaryScale,
            gimli::DW_AT_bit_stride => Extra::BitStride,
            gimli::DW_AT_byte_stride => Extra::ByteStride,
            gimli::DW_AT_calling_convention => Extra::CallingConvention,
            gimli::DW_AT_data_location => Extra::DataLocation,
            gimli::DW_AT_decimal_scale => Extra::DecimalScale,
            gimli::DW_AT_decimal_sign => Extra::DecimalSign,
            gimli::DW_AT_digit_count => Extra::DigitCount,
            gimli::DW_AT_discr_list => Extra::DiscrList,
            gimli::DW_AT_endianity => Extra::Endianity,
            gimli::DW_AT_lower_bound => Extra::LowerBound,
            gimli::DW_AT_ordering => Extra::Ordering,
            gimli::DW_AT_rank => Extra::Rank,
            gimli::DW_AT_threads_scaled => Extra::ThreadsScaled,
            gimli::DW_AT_variable_parameter => Extra::VariableParameter,
            gimli::DW_AT_vtable_elem_location => Extra::VtableElement,
            gimli::DW_AT_const_value => Extra::WideConstant,
            gimli::DW_AT_discr_value => Extra::WideDiscriminant,
            gimli::DW_AT_data_member_location => Extra::Location,
            _ => return None,
        })
    }
}

impl Content<'_> {
    /// Whether a number, read as signed, is negative.
    pub(crate) fn is_negative(self) -> bool {
        match self {
            Content::Number(value) | Content::Wide(value, _) => value.cast_signed() < 0,
            Content::Bytes(_) => false,
        }
    }
}

impl<'d> More<'d> {
    /// What an attribute says, if it is there and counts.
    pub(crate) fn get(&self, extra: Extra) -> Option<Content<'d>> {
        self.contents.get(extra.index()).copied().flatten()
    }
}

/// Whether a DIE with an attribute of this name and form can have something to say here.
fn is_more(tag: DwTag, name: DwAt, form: gimli::DwForm) -> bool {
    match Extra::of(name) {
        Some(Extra::WideConstant | Extra::WideDiscriminant | Extra::Location) => !matches!(
            form,
            gimli::DW_FORM_data1
                | gimli::DW_FORM_data2
                | gimli::DW_FORM_data4
                | gimli::DW_FORM_data8
                | gimli::DW_FORM_sdata
                | gimli::DW_FORM_udata
                | gimli::DW_FORM_implicit_const
        ),
        Some(_) => true,
        None => name == gimli::DW_AT_discr && tag == gimli::DW_TAG_variant_part,
    }
}

impl<'d> Unit<'_, 'd> {
    /// What the DIE at an offset says beyond the format of the reference.
    pub(crate) fn more(&self, offset: DieOffset, budget: &mut Budget) -> Result<Option<More<'d>>> {
        let Some(head) = self.head(offset)? else { return Ok(None) };
        let specs = self.abbreviations().specs(head.abbreviation);
        budget.charge_work(u64::try_from(specs.len()).unwrap_or(u64::MAX).saturating_add(1))?;
        if !specs.iter().any(|spec| is_more(head.abbreviation.tag, spec.name(), spec.form())) {
            return Ok(None);
        }
        let mut more = More { contents: [None; Extra::COUNT], discriminant: None };
        self.each_attribute(head, budget, |at| {
            if at.name == gimli::DW_AT_discr && more.discriminant.is_none() {
                more.discriminant = Some(self.own_reference(&at)?);
            }
            let Some(extra) = Extra::of(at.name) else { return Ok(()) };
            self.refuse_relocations(at.start, at.end)?;
            let content = content(extra, at.value, self.endian()).filter(|&content| counts(extra, content));
            if let Some(slot) = more.contents.get_mut(extra.index()) {
                *slot = slot.or(content.filter(|&content| !self.is_usual(extra, content)));
            }
            Ok(())
        })?;
        Ok(Some(more))
    }

    /// Whether something would be the same if it were not said.
    fn is_usual(&self, extra: Extra, content: Content<'_>) -> bool {
        let Content::Number(number) = content else { return false };
        let order = match self.endian() {
            RunTimeEndian::Big => gimli::DW_END_big,
            RunTimeEndian::Little => gimli::DW_END_little,
        };
        match extra {
            Extra::Endianity => number == 0 || number == u64::from(order.0),
            Extra::CallingConvention => number == u64::from(gimli::DW_CC_normal.0),
            Extra::AddressClass
            | Extra::LowerBound
            | Extra::Ordering
            | Extra::ThreadsScaled
            | Extra::VariableParameter
            | Extra::Bias => number == 0,
            _ => false,
        }
    }
}

/// What a value says; nothing if it is a reference, a string or a list in another section.
fn content<'d>(extra: Extra, value: Value<'d>, endian: RunTimeEndian) -> Option<Content<'d>> {
    let is_integer = matches!(extra, Extra::WideConstant | Extra::WideDiscriminant);
    Some(match value {
        AttributeValue::Data1(value) => Content::Number(value.into()),
        AttributeValue::Data2(value) => Content::Number(value.into()),
        AttributeValue::Data4(value) => Content::Number(value.into()),
        AttributeValue::Data8(value) | AttributeValue::Udata(value) => Content::Number(value),
        AttributeValue::Sdata(value) => Content::Number(value.cast_unsigned()),
        AttributeValue::Flag(value) => Content::Number(value.into()),
        AttributeValue::Data16(value) => halves(value),
        AttributeValue::Block(bytes) if is_integer && bytes.len() <= 16 => {
            let add = |sum: u128, &byte: &u8| sum.wrapping_shl(8) | u128::from(byte);
            halves(match endian {
                RunTimeEndian::Big => bytes.slice().iter().fold(0, add),
                RunTimeEndian::Little => bytes.slice().iter().rev().fold(0, add),
            })
        }
        AttributeValue::Block(bytes) => Content::Bytes(bytes.slice()),
        AttributeValue::Exprloc(gimli::Expression(bytes)) => Content::Bytes(bytes.slice()),
        _ => return None,
    })
}

/// A number of 16 bytes, which is written as one of 8 if it fits.
fn halves(value: u128) -> Content<'static> {
    let high = u64::try_from(value.wrapping_shr(64)).unwrap_or(u64::MAX);
    let low = u64::try_from(value & u128::from(u64::MAX)).unwrap_or(u64::MAX);
    if high == 0 { Content::Number(low) } else { Content::Wide(high, low) }
}

/// Whether a value is of interest: of what DIEs state themselves, only what they have no room for is.
fn counts(extra: Extra, content: Content<'_>) -> bool {
    extra != Extra::Location || matches!(content, Content::Bytes(_))
}

#[cfg(test)]
mod tests {
    use gimli::EndianSlice;

    use super::*;

    #[test]
    fn numbers_of_up_to_16_bytes_are_read_in_the_order_of_the_unit() {
        let block = |bytes, endian| {
            content(Extra::WideConstant, AttributeValue::Block(EndianSlice::new(bytes, endian)), endian)
        };
        let bytes: &[u8] = &[1, 2, 0, 0, 0, 0, 0, 0, 3];
        assert_eq!(block(bytes, RunTimeEndian::Little), Some(Content::Wide(3, 0x201)));
        assert_eq!(block(bytes, RunTimeEndian::Big), Some(Content::Wide(1, 0x0200_0000_0000_0003)));
        assert_eq!(block(&[0xff; 2], RunTimeEndian::Little), Some(Content::Number(0xffff)));
        assert_eq!(block(&[1; 17], RunTimeEndian::Little), Some(Content::Bytes(&[1; 17])));
    }

    #[test]
    fn every_attribute_has_a_place_of_its_own() {
        let mut numbers: alloc::vec::Vec<u32> =
            (0..0x3000).filter_map(|name| Extra::of(DwAt(name))).map(Extra::number).collect();
        numbers.sort_unstable();
        assert!(numbers.iter().map(|&number| number as usize).eq(0..Extra::COUNT));
    }
}
