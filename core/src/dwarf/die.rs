//! A DIE with the attributes that type descriptions are made of, typed.
//!
//! Which attribute counts in which form is part of the format (SPEC section 5): a value is a number only if
//! its form is a constant, and of an attribute that is given twice the first counts.

use gimli::{AttributeSpecification, AttributeValue, DwTag, EndianSlice, Reader, RunTimeEndian, UnitOffset};

use crate::budget::Budget;
use crate::error::{Error, ErrorKind, Result, SectionId};
use crate::standard::DwarfForm;

use super::abbreviation::{Abbreviation, Abbreviations};
use super::codes::Codes;
use super::form;
use super::step::{Action, Flag, Link, Name, Number, Program, Role, Step, Strings, Width};
use super::unit::{DieOffset, Unit};

pub(super) type Input<'d> = EndianSlice<'d, RunTimeEndian>;

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

/// A string attribute, before it is looked up.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Text {
    /// It begins here, in the unit.
    Inline(DieOffset),
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
        let start = input.len();
        if start == 0 {
            return Ok(None);
        }
        let code = match input.slice() {
            &[code @ ..0x80, ..] => {
                input.skip(1).map_err(|error| self.error_at(error.into(), offset))?;
                code.into()
            }
            _ => input.read_uleb128().map_err(|error| self.error_at(error.into(), offset))?,
        };
        let attributes = self.position(&input)?;
        if !self.cursor().is_clear(start, input.len()) {
            self.seek(offset);
        }
        let code = match self.cursor().is_clear(start, input.len()) {
            true => code,
            false => self.relocated_code(code, offset, attributes)?,
        };
        if code == 0 {
            return Ok(None);
        }
        let abbreviation = self
            .abbreviations()
            .get(code)
            .ok_or_else(|| self.error_at(gimli::Error::InvalidAbbreviationCode(code).into(), offset))?;
        Ok(Some(Head { offset, abbreviation, attributes }))
    }

    /// The offset behind a DIE's attributes.
    pub(crate) fn skip(&self, head: Head<'_>, budget: &mut Budget) -> Result<DieOffset> {
        self.skim(head, budget).map(|(end, _)| end)
    }

    /// Passes over DIEs, from `at` on, that have no children and cannot be symbols, as far as that is quick, and tells
    /// their tags; returns where it has come.
    #[inline]
    pub(super) fn pass_leaves(
        &self,
        at: DieOffset,
        mut each: impl FnMut(DwTag),
        budget: &mut Budget,
    ) -> Result<DieOffset> {
        /// What is passed between two payments.
        const MOST: u32 = 1 << 12;
        let table = self.abbreviations();
        let mut rest = self.input(at)?.slice();
        // Most of those that are asked about have children.
        if rest.first().and_then(|&code| table.leaf(code)).is_none() {
            return Ok(at);
        }
        let mut codes = None;
        if self.has_relocations() {
            codes = self.codes(at);
            if codes.is_none() {
                return Ok(at);
            }
        }
        let (mut dies, mut work) = (0_u32, 0_u64);
        // What is left where the next relocation begins.
        let mut next = codes.as_ref().map_or(0, Codes::next);
        let mut is_clear = true;
        while dies < MOST
            && let Some(leaf) = rest.first().and_then(|&code| table.leaf(code))
            && let Some(after) = rest.get(usize::from(leaf.size)..)
        {
            if after.len() < next
                && let Some(codes) = &mut codes
            {
                is_clear = codes.pass(rest.len(), after.len());
                if !is_clear {
                    break;
                }
                next = codes.next();
            }
            each(leaf.tag);
            rest = after;
            dies = dies.saturating_add(1);
            work = work.saturating_add(leaf.cost.into());
        }
        if let Some(codes) = codes.filter(|_| is_clear) {
            codes.end(rest.len());
        }
        budget.charge_dies(dies, work)?;
        self.position(&EndianSlice::new(rest, RunTimeEndian::Little))
    }

    /// The offset of the entry behind a DIE and its children.
    pub(crate) fn pass(&self, head: Head<'_>, budget: &mut Budget) -> Result<DieOffset> {
        let (end, sibling) = self.skim(head, budget)?;
        if head.abbreviation.has_children { self.behind(head.offset, end, sibling, budget) } else { Ok(end) }
    }

    /// Where a DIE's attributes end, and its sibling, if it tells.
    #[inline]
    pub(super) fn skim(&self, head: Head<'_>, budget: &mut Budget) -> Result<(DieOffset, Option<DieOffset>)> {
        budget.charge_die(self.abbreviations().attributes(head.abbreviation))?;
        let mut input = self.input(head.attributes)?;
        let mut sibling = None;
        let passed = self.pass_attributes(head, &mut input, &mut sibling);
        passed.map_err(|error| self.error_at(error, head.offset))?;
        let end = self.position(&input)?;
        charge(head, end, budget)?;
        Ok((end, sibling))
    }

    #[inline]
    fn pass_attributes(
        &self,
        head: Head<'_>,
        input: &mut Input<'d>,
        sibling: &mut Option<DieOffset>,
    ) -> Result<()> {
        let table = self.abbreviations();
        let program = head.abbreviation.pass;
        let steps = table.steps(program);
        if !steps.is_empty() {
            self.begin(head, input);
        }
        for &step in steps {
            input.skip(bytes(step.gap))?;
            let start = *input;
            match step.action {
                Action::Sibling(width) => {
                    let offset = read(input, width)?;
                    *sibling = u32::try_from(offset).ok().map(DieOffset);
                }
                Action::SkipString => form::string(input).map(drop)?,
                Action::SkipLeb128 => input.skip_leb128()?,
                Action::SkipBlock => form::skip_block(input)?,
                _ => self.skip_any(step, table, input)?,
            }
            if !self.cursor().is_clear_to(input.len()) {
                self.check_passed(step, table, (start.len(), input.len()), sibling)?;
            }
        }
        Ok(input.skip(bytes(program.tail))?)
    }

    /// Has the cursor know what is clear where a DIE's attributes begin; whether it does.
    #[inline]
    fn begin(&self, head: Head<'_>, input: &Input<'d>) -> bool {
        self.cursor().is_clear(input.len(), input.len()) || !self.is_touched(head.attributes, head.attributes)
    }

    pub(super) fn skip_any(
        &self,
        step: Step,
        table: &Abbreviations,
        input: &mut Input<'d>,
    ) -> gimli::Result<()> {
        match table.spec(step) {
            Some(spec) => form::skip(input, self.encoding(), spec, self.no_abbreviations()),
            None => Ok(()),
        }
    }

    /// Reads a DIE's attributes.
    pub(crate) fn die(&self, head: Head<'_>, budget: &mut Budget) -> Result<Die> {
        let mut die = Die::EMPTY;
        self.read(head, &mut die, budget)?;
        Ok(die)
    }

    /// Reads a DIE's attributes to where there was another one.
    pub(crate) fn read(&self, head: Head<'_>, die: &mut Die, budget: &mut Budget) -> Result<()> {
        die.begin(head);
        self.run(head.abbreviation.describe, head, die, budget)
    }

    /// Reads the names of a function or variable, and what it is an instance of.
    pub(super) fn identify(&self, head: Head<'_>, die: &mut Die, budget: &mut Budget) -> Result<()> {
        die.begin(head);
        self.run(head.abbreviation.identify, head, die, budget)
    }

    #[inline]
    fn run(&self, program: Program, head: Head<'_>, die: &mut Die, budget: &mut Budget) -> Result<()> {
        let table = self.abbreviations();
        budget.charge_die(table.attributes(head.abbreviation))?;
        let mut input = self.input(head.attributes)?;
        let mut is_plain = self.begin(head, &input);
        let mut next = self.cursor().next();
        for &step in table.steps(program) {
            self.skip_bytes(&mut input, step.gap, head)?;
            let start = input;
            let done = self.take(die, step, table, &mut input);
            done.map_err(|error| self.error_before(error, &start))?;
            if input.len() < next {
                let completed = match step.action {
                    Action::Text(name, _) => self.complete_text(die.name_mut(name), input.len()),
                    _ => self.complete(step, table, (start.len(), input.len())),
                };
                is_plain &= completed.map_err(|error| self.error_before(error, &start))?;
                next = self.cursor().next();
            }
        }
        self.skip_bytes(&mut input, program.tail, head)?;
        die.end = self.position(&input)?;
        if !is_plain {
            self.relocate(program, head, die)?;
        }
        charge(head, die.end, budget)
    }

    /// Does one step of reading a DIE. An offset of a string that stands here has yet to be completed
    /// ([`Unit::complete_text`]).
    #[inline(always)]
    pub(super) fn take(
        &self,
        die: &mut Die,
        step: Step,
        table: &Abbreviations,
        input: &mut Input<'d>,
    ) -> Result<()> {
        match step.action {
            Action::Number(number, width) => die.set(number, read(input, width)?),
            Action::Reference(link, width) => {
                *die.link_mut(link) = Some(Reference::Unit(read(input, width)?));
            }
            Action::Text(name, strings) => {
                let offset = input.read_offset(self.encoding().format)?;
                let section = match strings {
                    Strings::Str => SectionId::Str,
                    Strings::LineStr => SectionId::LineStr,
                };
                *die.name_mut(name) = Some(Text::At(section, offset));
            }
            Action::InlineText(name) => {
                let start = self.position(input)?;
                form::string(input)?;
                *die.name_mut(name) = Some(Text::Inline(start));
            }
            Action::Sibling(width) => {
                die.sibling = u32::try_from(read(input, width)?).ok().map(DieOffset);
            }
            Action::Flag(flag) => *die.flag_mut(flag) = true,
            Action::Implicit(number) => {
                if let Some(value) = table.spec(step).and_then(|spec| spec.implicit_const_value()) {
                    die.set(number, value.cast_unsigned());
                }
            }
            Action::SkipString => form::string(input).map(drop)?,
            Action::SkipLeb128 => input.skip_leb128()?,
            Action::SkipBlock => form::skip_block(input)?,
            Action::SkipAny => self.skip_any(step, table, input)?,
            Action::Any => {
                if let Some(spec) = table.spec(step) {
                    let (form, value) = form::read(input, self.encoding(), spec, self.no_abbreviations())?;
                    let end = self.position(input)?;
                    self.set(die, spec, form, value, end)?;
                }
            }
        }
        Ok(())
    }

    /// Passes over attributes of a known length.
    #[inline]
    pub(super) fn skip_bytes(&self, input: &mut Input<'d>, length: u32, head: Head<'_>) -> Result<()> {
        input.skip(bytes(length)).map_err(|error| self.cut_off(error.into(), head))
    }

    /// Names the attribute at which a DIE is cut off.
    #[cold]
    fn cut_off(&self, error: Error, head: Head<'_>) -> Error {
        let Ok(mut input) = self.input(head.attributes) else { return error };
        for &spec in self.abbreviations().specs(head.abbreviation) {
            let start = input;
            if let Err(error) = form::skip(&mut input, self.encoding(), spec, self.no_abbreviations()) {
                return self.error_before(error.into(), &start);
            }
        }
        self.error_at(error, head.offset)
    }

    /// Names the place of an error: where `input` begins.
    #[cold]
    pub(super) fn error_before(&self, error: Error, input: &Input<'d>) -> Error {
        match self.position(input) {
            Ok(start) => self.error_at(error, start),
            Err(error) => error,
        }
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
    fn flag_mut(&mut self, flag: Flag) -> &mut bool {
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

fn bytes(length: u32) -> usize {
    usize::try_from(length).unwrap_or(usize::MAX)
}

/// Reads a number.
#[inline]
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

/// Pays for decoding a DIE up to `end`: strings are of any length.
fn charge(head: Head<'_>, end: DieOffset, budget: &mut Budget) -> Result<()> {
    budget.charge_work(u64::from(end.0.saturating_sub(head.offset.0) >> 4))
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
