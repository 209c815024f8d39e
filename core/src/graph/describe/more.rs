//! What canonical descriptions say beyond the format of the reference (SPEC section 9).

use alloc::vec::Vec;

use crate::budget::Budget;
use crate::dwarf::{Content, Die, DieOffset, Extra, More, UnitIndex};
use crate::error::Result;
use crate::graph::{Fragment, Name};
use crate::word::Word;

use super::Describer;
use super::position::MOST_STEPS;

/// The attributes that are written one behind the other, in this order.
const WRITTEN: [(Extra, Word); 20] = [
    (Extra::AddressClass, Word::AddressClass),
    (Extra::Allocated, Word::Allocated),
    (Extra::Associated, Word::Associated),
    (Extra::Bias, Word::Bias),
    (Extra::BinaryScale, Word::BinaryScale),
    (Extra::BitStride, Word::BitStride),
    (Extra::ByteStride, Word::ByteStride),
    (Extra::CallingConvention, Word::CallingConvention),
    (Extra::DataLocation, Word::DataLocation),
    (Extra::DecimalScale, Word::DecimalScale),
    (Extra::DecimalSign, Word::DecimalSign),
    (Extra::Denominator, Word::Denominator),
    (Extra::DigitCount, Word::DigitCount),
    (Extra::Endianity, Word::Endianity),
    (Extra::LowerBound, Word::LowerBound),
    (Extra::Numerator, Word::Numerator),
    (Extra::Ordering, Word::Ordering),
    (Extra::Rank, Word::Rank),
    (Extra::ThreadsScaled, Word::ThreadsScaled),
    (Extra::VariableParameter, Word::VariableParameter),
];

impl<'d> Describer<'_, 'd> {
    /// What a DIE says beyond the format of the reference, if that is asked for.
    pub(super) fn more_of(
        &mut self,
        unit: UnitIndex,
        offset: DieOffset,
        budget: &mut Budget,
    ) -> Result<Option<More<'d>>> {
        if !self.is_canonical {
            return Ok(None);
        }
        self.units.load(unit, budget)?.more(offset, budget)
    }

    /// Writes what the DIE at an offset says beyond the format of the reference.
    #[inline]
    pub(super) fn more(&mut self, unit: UnitIndex, offset: DieOffset, budget: &mut Budget) -> Result<()> {
        if self.is_canonical { self.write_more(unit, offset, budget) } else { Ok(()) }
    }

    #[cold]
    fn write_more(&mut self, unit: UnitIndex, offset: DieOffset, budget: &mut Budget) -> Result<()> {
        let Some(more) = self.more_of(unit, offset, budget)? else { return Ok(()) };
        for (extra, word) in WRITTEN {
            if let Some(content) = more.get(extra) {
                self.content(word, content, budget)?;
            }
        }
        Ok(())
    }

    /// Writes ` <name>(<value>)`.
    pub(super) fn content(&mut self, name: Word, content: Content<'_>, budget: &mut Budget) -> Result<()> {
        match content {
            Content::Number(value) => self.attribute(name, Some(value), budget),
            content => {
                self.word(name, budget)?;
                self.value(content, budget)?;
                self.word(Word::CloseParenthesis, budget)
            }
        }
    }

    /// Writes ` = <value>`.
    pub(super) fn equals(&mut self, content: Content<'_>, budget: &mut Budget) -> Result<()> {
        self.word(Word::Equals, budget)?;
        self.value(content, budget)
    }

    fn value(&mut self, content: Content<'_>, budget: &mut Budget) -> Result<()> {
        match content {
            Content::Number(value) => self.draft.number(value, budget),
            Content::Wide(high, low) => {
                self.draft.number(high, budget)?;
                self.word(Word::HigherHalf, budget)?;
                self.draft.number(low, budget)
            }
            Content::Bytes(bytes) => {
                let mut text: Vec<u8> = Vec::new();
                for byte in bytes {
                    for digit in [byte >> 4, byte & 15] {
                        let digit = char::from_digit(digit.into(), 16).unwrap_or_default();
                        budget.push(&mut text, u8::try_from(digit).unwrap_or_default())?;
                    }
                }
                let name = Name::Written(self.graph.write(&text, budget)?);
                budget.free(text);
                self.draft.name(name, &self.graph.source(self.dwarf), budget)
            }
        }
    }

    /// Writes what is said of a record behind its size and alignment.
    pub(super) fn record_end(
        &mut self,
        unit: UnitIndex,
        offset: DieOffset,
        budget: &mut Budget,
    ) -> Result<()> {
        if !self.is_canonical {
            return Ok(());
        }
        self.more(unit, offset, budget)?;
        let die = self.die((unit, offset), budget)?;
        self.attribute(Word::BitSize, die.bit_size(), budget)?;
        if die.tag != gimli::DW_TAG_enumeration_type {
            return Ok(());
        }
        let encoding = self.stored_encoding(unit, die, budget)?;
        let usual = match self.has_negative {
            true => [gimli::DW_ATE_signed, gimli::DW_ATE_signed_char],
            false => [gimli::DW_ATE_unsigned, gimli::DW_ATE_unsigned_char],
        };
        let encoding = encoding.filter(|&encoding| usual.iter().all(|usual| u64::from(usual.0) != encoding));
        self.attribute(Word::Encoding, encoding, budget)
    }

    /// The encoding of the type that an enumeration is stored as.
    fn stored_encoding(
        &mut self,
        unit: UnitIndex,
        enumeration: Die,
        budget: &mut Budget,
    ) -> Result<Option<u64>> {
        let (mut unit, mut die) = (unit, enumeration);
        for _ in 0..MOST_STEPS {
            match (die.target, die.tag) {
                (None, _) | (_, gimli::DW_TAG_base_type) => return Ok(die.encoding()),
                (Some(target), _) => {
                    let id = self.resolve(unit, &die, target, budget)?;
                    unit = id.0;
                    die = self.die(id, budget)?;
                }
            }
        }
        Ok(None)
    }

    /// Writes what is said of a variant part: the member, elsewhere, that selects the variant, or the type of what
    /// does.
    pub(super) fn variant_part_end(
        &mut self,
        unit: UnitIndex,
        offset: DieOffset,
        budget: &mut Budget,
    ) -> Result<()> {
        if !self.is_canonical {
            return Ok(());
        }
        let die = self.die((unit, offset), budget)?;
        let more = self.more_of(unit, offset, budget)?;
        if let Some(discriminant) = more.and_then(|more| more.discriminant) {
            let target = self.resolve(unit, &die, discriminant, budget)?;
            let end = self.units.load(unit, budget)?.after(&die, budget)?;
            let is_inside = target.0 == unit && offset < target.1 && target.1 < end;
            if !is_inside {
                let member = self.die(target, budget)?;
                let (bit_offset, location) = self.position(target.0, &member, budget)?;
                let bits = location.unwrap_or(0).wrapping_mul(8).wrapping_add(bit_offset.unwrap_or(0));
                self.attribute(Word::Discriminant, Some(bits), budget)?;
            }
        }
        self.braced(unit, &die, Word::Tag, budget)
    }

    /// Writes ` <word> { T }`, if a DIE has a type.
    fn braced(&mut self, unit: UnitIndex, die: &Die, word: Word, budget: &mut Budget) -> Result<()> {
        if die.target.is_none() {
            return Ok(());
        }
        self.word(word, budget)?;
        self.draft.push(Fragment::Open(Word::OpenBrace), budget)?;
        self.refer(unit, die, die.target, budget)?;
        self.draft.push(Fragment::Close(Word::CloseBrace), budget)
    }

    /// Writes a virtual function of a class: its name, with its parameters if the linkage name states them, and its place.
    pub(super) fn virtual_function(&mut self, unit: UnitIndex, die: &Die, budget: &mut Budget) -> Result<()> {
        if die.virtuality().is_none_or(|virtuality| virtuality == 0) {
            return Ok(());
        }
        self.begin_item(Word::VirtualFunction, budget)?;
        if let Some(name) = die.linkage_name.or(die.name) {
            let name = self.string(unit, die, name, budget)?;
            self.draft.push(Fragment::NameAt(name), budget)?;
        }
        self.attribute(Word::Virtuality, die.virtuality(), budget)?;
        let more = self.more_of(unit, die.offset, budget)?;
        match more.and_then(|more| more.get(Extra::VtableElement)) {
            Some(content) => self.content(Word::VtableElement, content, budget),
            None => Ok(()),
        }
    }
}
