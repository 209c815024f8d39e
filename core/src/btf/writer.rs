//! One record: the words of a type or export, in which other types that have a name are references.
//!
//! What is still to be written waits on a stack. A type without a name that is met within itself has no end, and is refused.

use alloc::vec::Vec;

use crate::budget::Budget;
use crate::error::{Error, ErrorKind, Result};
use crate::limits::Limit;
use crate::word::Word;

use super::kind::Kind;
use super::reader::{Btf, BtfId, is_fit};
use super::view::{Member, Type};

/// What is still to be written.
#[derive(Clone, Copy, Debug)]
enum Step<'d> {
    /// A type, as it is where it is used.
    Type(BtfId),
    /// The members of a record, from one on.
    Members(BtfId, usize),
    /// What is behind the type of a record's member; whether the record is a union.
    MemberEnd(Member<'d>, bool),
    /// The parameters of a prototype, from one on, and what it returns.
    Parameters(BtfId, usize),
    /// A name behind a type.
    Name(&'d [u8]),
    /// The closing brace.
    Close,
    /// A number in a word.
    Number(Word, u64),
    /// A type without a name ends.
    Leave(BtfId),
}

/// Writes records.
#[derive(Debug)]
pub(super) struct Writer<'b, 'd> {
    btf: &'b Btf<'d>,
    pointer_size: Option<u64>,
    /// The record.
    text: Vec<u8>,
    steps: Vec<Step<'d>>,
    /// By number: whether it is being written.
    is_open: Vec<bool>,
    /// By number: whether it has a record, or will have one.
    is_met: Vec<bool>,
    /// Types that have been met and have no record yet.
    pub(super) waiting: Vec<BtfId>,
}

/// The letter of a reference to a type.
pub(super) fn letter(ty: &Type<'_, '_>) -> Option<u8> {
    match ty.kind {
        _ if !ty.is_named() => None,
        Kind::Forward if ty.flag => Some(b'u'),
        Kind::Structure | Kind::Forward => Some(b's'),
        Kind::Union => Some(b'u'),
        Kind::Enumeration | Kind::Enumeration64 => Some(b'e'),
        Kind::Typedef => Some(b't'),
        _ => None,
    }
}

/// The parts of a reference: a name with spaces in it is quoted.
pub(super) fn reference<'d>(letter: &'static [u8], name: &'d [u8]) -> [&'d [u8]; 4] {
    let quote: &[u8] = if name.contains(&b' ') { b"'" } else { b"" };
    [letter, quote, name, quote]
}

/// How a reference begins.
pub(super) fn prefix(letter: u8) -> &'static [u8] {
    match letter {
        b's' => b"s#",
        b'u' => b"u#",
        b'e' => b"e#",
        _ => b"t#",
    }
}

/// A name of which no line comes that is not meant.
fn fit<'d>(name: &'d [u8], budget: &mut Budget) -> Result<&'d [u8]> {
    // Each byte is looked at.
    budget.charge_bytes(name.len().saturating_mul(4))?;
    match name.iter().all(|&byte| is_fit(byte)) {
        true => Ok(name),
        false => Err(Error::new(ErrorKind::Btf("a name has control characters or quotes in it"))),
    }
}

impl<'b, 'd> Writer<'b, 'd> {
    pub(super) fn new(
        btf: &'b Btf<'d>,
        pointer_size: Option<u64>,
        budget: &mut Budget,
    ) -> Result<Writer<'b, 'd>> {
        let (mut is_open, mut is_met) = (Vec::new(), Vec::new());
        let count = btf.len().saturating_add(1);
        budget.fill(&mut is_open, count, false)?;
        budget.fill(&mut is_met, count, false)?;
        let (text, steps, waiting) = (Vec::new(), Vec::new(), Vec::new());
        Ok(Writer { btf, pointer_size, text, steps, is_open, is_met, waiting })
    }

    /// Has a type wait for its record, unless it has waited.
    pub(super) fn meet(&mut self, id: BtfId, budget: &mut Budget) -> Result<()> {
        match self.is_met.get_mut(id.index()) {
            Some(is_met) if !*is_met => {
                *is_met = true;
                budget.push(&mut self.waiting, id)
            }
            _ => Ok(()),
        }
    }

    /// The record of a type that has a name, or of a function or variable.
    pub(super) fn record(&mut self, id: BtfId, budget: &mut Budget) -> Result<&[u8]> {
        self.text.clear();
        let written = self.write(id, budget);
        written.map_err(|error| error.at_if_known(self.btf.place(id)))?;
        Ok(&self.text)
    }

    fn write(&mut self, id: BtfId, budget: &mut Budget) -> Result<()> {
        let Some(ty) = self.btf.get(id) else { return Ok(()) };
        match ty.kind {
            Kind::Function => {
                let prototype = self.btf.get(ty.target()).filter(|ty| ty.kind == Kind::Prototype);
                if prototype.is_none() {
                    return Err(Error::new(ErrorKind::Btf("the type of the function is no prototype")));
                }
                self.put(&[Word::Subprogram.text(), b"("], budget)?;
                self.later(Step::Parameters(ty.target(), 0), budget)?;
            }
            Kind::Variable => {
                self.put(&[Word::Variable.text()], budget)?;
                self.later(Step::Type(ty.target()), budget)?;
            }
            _ => self.definition(id, &ty, budget)?,
        }
        while let Some(step) = self.steps.pop() {
            budget.charge_work(1)?;
            self.step(step, budget)?;
        }
        Ok(())
    }

    fn step(&mut self, step: Step<'d>, budget: &mut Budget) -> Result<()> {
        match step {
            Step::Type(id) => self.used(id, budget),
            Step::Members(id, at) => self.member(id, at, budget),
            Step::MemberEnd(member, is_of_union) => self.member_end(&member, is_of_union, budget),
            Step::Parameters(id, at) => self.parameter(id, at, budget),
            Step::Name(name) => self.name(name, budget),
            Step::Close => self.put(&[b" ", Word::CloseBrace.text()], budget),
            Step::Number(word, number) => self.number(word, number, budget),
            Step::Leave(id) => {
                self.set_open(id, false);
                Ok(())
            }
        }
    }

    /// A type where it is used: `void`, a reference, or the whole of it.
    fn used(&mut self, id: BtfId, budget: &mut Budget) -> Result<()> {
        let Some(ty) = self.btf.get(id) else { return self.put(&[Word::Void.text()], budget) };
        if let Some(letter) = letter(&ty) {
            let name = fit(ty.name(), budget)?;
            self.put(&reference(prefix(letter), name), budget)?;
            return self.meet(id, budget);
        }
        if self.is_open.get(id.index()) == Some(&true) {
            return Err(Error::new(ErrorKind::NamelessCycle).at_if_known(self.btf.place(id)));
        }
        self.set_open(id, true);
        self.later(Step::Leave(id), budget)?;
        let defined = self.definition(id, &ty, budget);
        defined.map_err(|error| error.at_if_known(self.btf.place(id)))
    }

    fn set_open(&mut self, id: BtfId, is_open: bool) {
        if let Some(slot) = self.is_open.get_mut(id.index()) {
            *slot = is_open;
        }
    }

    /// The whole of a type.
    fn definition(&mut self, id: BtfId, ty: &Type<'_, 'd>, budget: &mut Budget) -> Result<()> {
        match ty.kind {
            Kind::Int | Kind::Float => self.base(ty, budget),
            Kind::Pointer => self.around(Word::PointerType, ty, self.pointer_size, budget),
            Kind::Typedef => self.around(Word::TypedefType, ty, None, budget),
            Kind::Volatile => self.around(Word::VolatileType, ty, None, budget),
            Kind::Const => self.around(Word::ConstType, ty, None, budget),
            Kind::Restrict => self.around(Word::RestrictType, ty, None, budget),
            // It says what checkers should know, and nothing of the type.
            Kind::TypeTag => self.later(Step::Type(ty.target()), budget),
            Kind::Array => self.array(ty, budget),
            Kind::Structure | Kind::Union => self.aggregate(id, ty, budget),
            Kind::Forward => {
                let word = if ty.flag { Word::UnionType } else { Word::StructureType };
                self.open(word, ty.name(), budget)?;
                self.later(Step::Close, budget)
            }
            Kind::Enumeration | Kind::Enumeration64 => self.enumeration(ty, budget),
            Kind::Prototype => {
                self.put(&[Word::SubroutineType.text(), b"("], budget)?;
                self.later(Step::Parameters(id, 0), budget)
            }
            Kind::Function | Kind::Variable | Kind::DataSection | Kind::DeclarationTag => {
                Err(Error::new(ErrorKind::Btf("this is no type, and stands in the place of one")))
            }
        }
    }

    /// DWARF has more encodings: characters are recognised by their names.
    fn base(&mut self, ty: &Type<'_, 'd>, budget: &mut Budget) -> Result<()> {
        const BOOLEAN: u64 = 2;
        const FLOAT: u64 = 4;
        const SIGNED: u64 = 5;
        const UNSIGNED: u64 = 7;
        self.put(&[Word::BaseType.text()], budget)?;
        self.name(ty.name(), budget)?;
        self.number(Word::ByteSize, ty.word.into(), budget)?;
        let (flags, _, _) = ty.integer();
        let is_character = ty.word == 1 && (flags & 2 != 0 || ty.name().ends_with(b"char"));
        let encoding = match (ty.kind, flags & 4 != 0, flags & 1 != 0) {
            (Kind::Float, _, _) => FLOAT,
            (_, true, _) => BOOLEAN,
            // Those of characters follow those of other numbers.
            (_, _, true) => SIGNED.saturating_add(is_character.into()),
            (_, _, false) => UNSIGNED.saturating_add(is_character.into()),
        };
        self.number(Word::Encoding, encoding, budget)
    }

    /// A type that another one is inside of.
    fn around(
        &mut self,
        word: Word,
        ty: &Type<'_, 'd>,
        size: Option<u64>,
        budget: &mut Budget,
    ) -> Result<()> {
        self.open(word, if ty.kind == Kind::Typedef { ty.name() } else { b"" }, budget)?;
        self.put(&[b" "], budget)?;
        if let Some(size) = size {
            self.later(Step::Number(Word::ByteSize, size), budget)?;
        }
        self.later(Step::Close, budget)?;
        self.later(Step::Type(ty.target()), budget)
    }

    /// Dimensions that follow each other are those of one array. Nobody knows which of none was meant: `[]` or `[0]`.
    fn array(&mut self, ty: &Type<'_, 'd>, budget: &mut Budget) -> Result<()> {
        /// No compiler has more. An array inside itself is noticed when it is met again behind these.
        const MOST_DIMENSIONS: usize = 64;
        self.put(&[Word::ArrayType.text()], budget)?;
        let mut element = self.dimension(ty, budget)?;
        for _ in 1..MOST_DIMENSIONS {
            let Some(inner) = self.btf.get(element).filter(|ty| ty.kind == Kind::Array) else { break };
            element = self.dimension(&inner, budget)?;
        }
        self.put(&[Word::OpenBrace.text(), b" "], budget)?;
        self.later(Step::Close, budget)?;
        self.later(Step::Type(element), budget)
    }

    /// Writes a dimension, and returns the type of the elements.
    fn dimension(&mut self, ty: &Type<'_, 'd>, budget: &mut Budget) -> Result<BtfId> {
        let (element, count) = ty.array();
        let mut digits = itoa::Buffer::new();
        let digits: &[u8] = if count > 0 { digits.format(count).as_bytes() } else { b"" };
        self.put(&[Word::OpenBracket.text(), digits, Word::CloseBracket.text()], budget)?;
        Ok(element)
    }

    fn aggregate(&mut self, id: BtfId, ty: &Type<'_, 'd>, budget: &mut Budget) -> Result<()> {
        let word = if ty.kind == Kind::Union { Word::UnionType } else { Word::StructureType };
        self.open(word, ty.name(), budget)?;
        self.later(Step::Number(Word::ByteSize, ty.word.into()), budget)?;
        self.later(Step::Close, budget)?;
        self.later(Step::Members(id, 0), budget)
    }

    fn member(&mut self, id: BtfId, at: usize, budget: &mut Budget) -> Result<()> {
        let Some(ty) = self.btf.get(id).filter(|ty| at < ty.count) else { return Ok(()) };
        let comma = if at > 0 { Word::Comma.text() } else { b"" };
        self.put(&[comma, b" ", Word::Member.text()], budget)?;
        let member = ty.member(at);
        self.later(Step::Members(id, at.saturating_add(1)), budget)?;
        self.later(Step::MemberEnd(member, ty.kind == Kind::Union), budget)?;
        self.later(Step::Type(member.id), budget)
    }

    /// Compilers do not say of a union's members that they begin where it does.
    fn member_end(&mut self, member: &Member<'d>, is_of_union: bool, budget: &mut Budget) -> Result<()> {
        self.name(member.name, budget)?;
        if let Some(bits) = member.bits {
            self.number(Word::BitSize, bits.into(), budget)?;
        }
        match member.offset {
            0 if is_of_union => Ok(()),
            offset if member.bits.is_none() && offset % 8 == 0 => {
                self.number(Word::DataMemberLocation, offset >> 3, budget)
            }
            offset => self.number(Word::DataBitOffset, offset, budget),
        }
    }

    fn enumeration(&mut self, ty: &Type<'_, 'd>, budget: &mut Budget) -> Result<()> {
        self.open(Word::EnumerationType, ty.name(), budget)?;
        for at in 0..ty.count {
            let (name, value) = ty.enumerator(at);
            let comma = if at > 0 { Word::Comma.text() } else { b"" };
            self.put(&[comma, b" ", Word::Enumerator.text()], budget)?;
            self.name(name, budget)?;
            self.put(&[Word::Equals.text(), itoa::Buffer::new().format(value).as_bytes()], budget)?;
        }
        // One without enumerators was only declared.
        if ty.count > 0 {
            self.later(Step::Number(Word::ByteSize, ty.word.into()), budget)?;
        }
        self.later(Step::Close, budget)
    }

    fn parameter(&mut self, id: BtfId, at: usize, budget: &mut Budget) -> Result<()> {
        let Some(ty) = self.btf.get(id) else { return Ok(()) };
        let (name, target) = ty.parameter(at);
        // The dots are a parameter without a type, and leave no trace.
        let is_dots = at.checked_add(1) == Some(ty.count) && target == BtfId::VOID && name.is_empty();
        if at >= ty.count || is_dots {
            self.put(&[b" ", Word::CloseParenthesis.text(), b" ", Word::Arrow.text()], budget)?;
            return self.later(Step::Type(ty.target()), budget);
        }
        let comma = if at > 0 { Word::Comma.text() } else { b"" };
        self.put(&[comma, b" ", Word::FormalParameter.text()], budget)?;
        self.later(Step::Parameters(id, at.saturating_add(1)), budget)?;
        self.later(Step::Name(name), budget)?;
        self.later(Step::Type(target), budget)
    }

    /// `<word>[ <name>] {`
    fn open(&mut self, word: Word, name: &'d [u8], budget: &mut Budget) -> Result<()> {
        self.put(&[word.text()], budget)?;
        self.name(name, budget)?;
        self.put(&[Word::OpenBrace.text()], budget)
    }

    /// A space and a name, if there is one.
    fn name(&mut self, name: &'d [u8], budget: &mut Budget) -> Result<()> {
        if name.is_empty() { Ok(()) } else { self.put(&[b" ", fit(name, budget)?], budget) }
    }

    fn number(&mut self, word: Word, number: u64, budget: &mut Budget) -> Result<()> {
        let mut digits = itoa::Buffer::new();
        let digits = digits.format(number).as_bytes();
        self.put(&[word.text(), digits, Word::CloseParenthesis.text()], budget)
    }

    fn put(&mut self, parts: &[&[u8]], budget: &mut Budget) -> Result<()> {
        for part in parts {
            budget.charge_bytes(part.len())?;
            budget.extend(&mut self.text, part)?;
        }
        budget.check(Limit::Text, self.text.len())
    }

    fn later(&mut self, step: Step<'d>, budget: &mut Budget) -> Result<()> {
        budget.push(&mut self.steps, step)?;
        budget.check(Limit::Depth, self.steps.len())
    }
}
