//! An attribute, read into a DIE: what a instruction of a program does.
//!
//! Which attribute counts in which form is part of the format (SPEC section 5): a value is a number only if
//! its form is a constant, and of an attribute that is given twice the first counts.

use gimli::{AttributeSpecification, AttributeValue, Reader, UnitOffset};

use crate::error::{Error, ErrorKind, Result, SectionId};
use crate::standard::DwarfForm;

use super::decoded::{Decoded, undecodable};
use super::die::{Die, Head};
use super::form::{self, Input, Value};
use super::instruction::{Action, Instruction, Number, Role, Strings, Width};
use super::place::{DieOffset, Reference, Text};
use super::table::Abbreviations;
use super::unit::Unit;

impl<'d> Unit<'_, 'd> {
    /// Does one instruction of reading a DIE. An offset of a string that stands here has yet to be completed
    /// ([`Unit::complete_text`]).
    #[inline(always)]
    pub(super) fn take(
        &self,
        die: &mut Die,
        instruction: Instruction,
        table: Abbreviations<'_>,
        input: &mut Input<'d>,
    ) -> Result<()> {
        match instruction.action {
            Action::Number(number, width) => die.set(number, read(input, width).decoded()?),
            Action::Reference(link, width) => {
                *die.link_mut(link) = Some(Reference::Unit(read(input, width).decoded()?));
            }
            Action::Text(name, strings) => {
                let offset = input.read_offset(self.encoding().format).decoded()?;
                let section = match strings {
                    Strings::Str => SectionId::Str,
                    Strings::LineStr => SectionId::LineStr,
                };
                *die.name_mut(name) = Some(Text::At(section, offset));
            }
            Action::InlineText(name) => {
                let start = self.position(input)?;
                form::string(input).decoded()?;
                *die.name_mut(name) = Some(Text::Inline(start));
            }
            Action::Sibling(width) => {
                die.sibling = u32::try_from(read(input, width).decoded()?).ok().map(DieOffset);
            }
            Action::Flag(flag) => *die.flag_mut(flag) = true,
            Action::Implicit(number) => {
                if let Some(value) = table.spec(instruction).and_then(|spec| spec.implicit_const_value()) {
                    die.set(number, value.cast_unsigned());
                }
            }
            Action::SkipString => form::string(input).map(drop).decoded()?,
            Action::SkipLeb128 => input.skip_leb128().decoded()?,
            Action::SkipBlock => form::skip_block(input).decoded()?,
            Action::SkipAny => self.skip_any(instruction, table, input).decoded()?,
            Action::Any => {
                if let Some(spec) = table.spec(instruction) {
                    let (form, value) =
                        form::read(input, self.encoding(), spec, self.no_abbreviations()).decoded()?;
                    let end = self.position(input)?;
                    self.set(die, spec, form, value, end)?;
                }
            }
        }
        Ok(())
    }

    pub(super) fn skip_any(
        &self,
        instruction: Instruction,
        table: Abbreviations<'_>,
        input: &mut Input<'d>,
    ) -> gimli::Result<()> {
        match table.spec(instruction) {
            Some(spec) => form::skip(input, self.encoding(), spec, self.no_abbreviations()),
            None => Ok(()),
        }
    }

    /// Passes over attributes of a known length.
    #[inline]
    pub(super) fn skip_bytes(&self, input: &mut Input<'d>, length: u32, head: Head<'_>) -> Result<()> {
        input.skip(bytes(length)).map_err(|error| self.cut_off(undecodable(error), head))
    }

    /// Names the attribute at which a DIE is cut off.
    #[cold]
    fn cut_off(&self, error: Error, head: Head<'_>) -> Error {
        let Ok(mut input) = self.input(head.attributes) else { return error };
        for &spec in self.abbreviations().specs(head.abbreviation) {
            let start = input;
            if let Err(error) = form::skip(&mut input, self.encoding(), spec, self.no_abbreviations()) {
                return self.error_before(undecodable(error), &start);
            }
        }
        self.error_at(error, head.offset)
    }

    /// Notes a value that `gimli` has read.
    pub(super) fn set(
        &self,
        die: &mut Die,
        spec: AttributeSpecification,
        form: gimli::DwForm,
        value: Value<'d>,
        end: DieOffset,
    ) -> Result<()> {
        match Role::of(spec.name()).map(|(_, role)| role) {
            Some(Role::Name(name)) => self.set_text(die.name_mut(name), value, end)?,
            Some(Role::Link(link)) => *die.link_mut(link) = Some(self.reference(form, value, end)?),
            Some(Role::Flag(flag)) => *die.flag_mut(flag) = matches!(value, AttributeValue::Flag(true)),
            Some(Role::Sibling) => {
                if let AttributeValue::UnitRef(UnitOffset(offset)) = value {
                    die.sibling = u32::try_from(offset).ok().map(DieOffset);
                }
            }
            Some(Role::Number(number)) => {
                // In DWARF 2 and 3 these forms are offsets of location lists.
                let is_list = matches!(form, gimli::DW_FORM_data4 | gimli::DW_FORM_data8)
                    && number == Number::DataMemberLocation
                    && self.encoding().version < 4;
                if let Some(value) = constant(&value).filter(|_| !is_list) {
                    die.set(number, value);
                } else if let Some(added) = added(&value).filter(|_| number == Number::DataMemberLocation) {
                    die.set(Number::MemberExpression, added);
                }
            }
            None => {}
        }
        Ok(())
    }

    pub(super) fn set_text(&self, slot: &mut Option<Text>, value: Value<'d>, end: DieOffset) -> Result<()> {
        if slot.is_some() {
            return Ok(());
        }
        *slot = Some(match value {
            AttributeValue::String(text) => {
                // The NUL stands behind it.
                let length = u32::try_from(text.len()).ok().and_then(|length| length.checked_add(1));
                let start = length.and_then(|length| end.0.checked_sub(length));
                Text::Inline(DieOffset(start.ok_or(ErrorKind::UnitTooLarge)?))
            }
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

    pub(super) fn reference(
        &self,
        form: gimli::DwForm,
        value: Value<'d>,
        end: DieOffset,
    ) -> Result<Reference> {
        Ok(match value {
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
            _ => return Err(Error::new(ErrorKind::NotAReference(DwarfForm(form.0)))),
        })
    }
}

/// A length.
pub(super) fn bytes(length: u32) -> usize {
    usize::try_from(length).unwrap_or(usize::MAX)
}

/// Reads a number.
#[inline(always)]
pub(super) fn read(input: &mut Input<'_>, width: Width) -> gimli::Result<u64> {
    Ok(match width {
        Width::One => input.read_u8()?.into(),
        Width::Two => input.read_u16()?.into(),
        Width::Four => input.read_u32()?.into(),
        Width::Eight => input.read_u64()?,
        Width::Unsigned => input.read_uleb128()?,
        Width::Signed => input.read_sleb128()?.cast_unsigned(),
    })
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

/// The number that an expression adds to what is there, if that is all it does.
fn added(value: &Value<'_>) -> Option<u64> {
    let mut expression = match *value {
        AttributeValue::Exprloc(gimli::Expression(bytes)) | AttributeValue::Block(bytes) => bytes,
        _ => return None,
    };
    let is_sum = expression.read_u8().ok()? == gimli::DW_OP_plus_uconst.0;
    let added = expression.read_uleb128().ok()?;
    (is_sum && expression.is_empty()).then_some(added)
}
