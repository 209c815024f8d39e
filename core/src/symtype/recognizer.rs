//! Descriptions that are recognised while they are made.
//!
//! Most types were met before, in other units. So a description is compared with a known one, token by token, as it
//! goes on: nothing is written as long as they are the same. What a reference leads to is known when that is complete; until
//! then, it is taken to be what the known description has there, and the type that it leads to is compared with that.
//!
//! A type is what its description is when that is complete for the first time. It is never described again then, nor is
//! anything without a name in it, of which what was open when it was met was described again, and so completed. One thing
//! is not: a record without a name. What refers to one that is open is complete only when an outer description of the
//! same type ends, as that of the typedef that names the record does. If there is none, the graph has to tell.

use alloc::vec::Vec;

use crate::budget::Budget;
use crate::dwarf::Dwarf;
use crate::error::{ErrorKind, Result};
use crate::graph::{Fragment, Name, Texts, TypeName};
use crate::limits::Limit;

use super::item::{Item, Split};
use super::known::{Known, Range, begins_with, is_same};
use super::map::TypeMap;
use super::names::TypeId;
use super::string::TypeString;
use super::token::{Meaning, ShapeId, Token};
use super::writing::Writer;

/// What a description is, once it is complete.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Identity {
    /// A named type. Its name is known when it begins.
    Type(TypeId),
    /// A type, or a parameter, that has no name.
    Shape(ShapeId),
    /// A symbol, by the number of its string.
    Symbol(u32),
}

impl Identity {
    #[inline]
    fn token(self) -> Result<Token> {
        match self {
            Identity::Type(id) => Ok(Token::named(id)),
            Identity::Shape(id) => Ok(Token::shape(id)),
            Identity::Symbol(_) => Err(ErrorKind::NamelessCycle.into()),
        }
    }
}

/// Recognises descriptions.
#[derive(Debug)]
pub(crate) struct Recognizer<'u, 'd> {
    dwarf: &'u Dwarf<'d>,
    known: Known,
    map: TypeMap,
    /// The strings of symbols.
    strings: Vec<TypeString>,
    /// The tokens of unfinished descriptions that are like none that is known, the innermost one's last.
    tokens: Vec<Token>,
    current: Spelling,
    /// The unfinished descriptions around the innermost one.
    outer: Vec<Spelling>,
    /// What the description that begins next is expected to be.
    expected: Option<ShapeId>,
    /// The room for a string, and for a name.
    writer: Writer,
    name: Vec<u8>,
    /// The bytes that were kept.
    kept: u64,
}

/// An unfinished description.
#[derive(Clone, Copy, Debug, Default)]
struct Spelling {
    /// Where its tokens begin, unless it has been like a known one so far.
    base: usize,
    /// The tokens of a known one that it has been like so far, or nothing, and the one that comes next.
    like: Range,
    next: u32,
    /// The position of the reference that leads to what is being described.
    awaited: Option<u32>,
    /// Its type's name.
    name: Option<TypeId>,
    /// What it is if it is all like the known one.
    shape: Option<ShapeId>,
    /// Whether it refers to something that has no name and is not complete.
    is_incomplete: bool,
}

impl Spelling {
    #[inline]
    fn is_like_one(&self) -> bool {
        self.like.start < self.like.end
    }

    #[inline]
    fn is_all_like_one(&self) -> bool {
        self.is_like_one() && self.next == self.like.end
    }
}

impl<'u, 'd> Recognizer<'u, 'd> {
    /// Recognises what is known, and adds what is not to it and to the map.
    pub(crate) fn new(dwarf: &'u Dwarf<'d>, known: Known, map: TypeMap) -> Recognizer<'u, 'd> {
        Recognizer {
            dwarf,
            known,
            map,
            strings: Vec::new(),
            tokens: Vec::new(),
            current: Spelling::default(),
            outer: Vec::new(),
            expected: None,
            writer: Writer::default(),
            name: Vec::new(),
            kept: 0,
        }
    }

    /// What is known now, the map, the strings of symbols, and how many bytes more they keep.
    pub(crate) fn finish(self, budget: &mut Budget) -> (Known, TypeMap, Vec<TypeString>, u64) {
        let Recognizer { known, map, strings, tokens, outer, writer, name, kept, .. } = self;
        budget.free(tokens);
        budget.free(outer);
        writer.free(budget);
        budget.free(name);
        (known, map, strings, kept)
    }

    /// Begins a description within the innermost one.
    pub(crate) fn begin(&mut self, budget: &mut Budget) -> Result<()> {
        let shape = self.expected.take();
        let like = shape.map(|shape| self.known.shape(shape)).unwrap_or_default();
        let base = self.tokens.len();
        let begun =
            Spelling { base, like, next: like.start, awaited: None, name: None, shape, is_incomplete: false };
        budget.push(&mut self.outer, core::mem::replace(&mut self.current, begun))
    }

    /// Goes on with a fragment that is neither a reference nor a name that was put together.
    #[inline]
    pub(crate) fn fragment(&mut self, fragment: Fragment, budget: &mut Budget) -> Result<()> {
        self.take(fragment.into(), budget)
    }

    /// Goes on with an item, if that is what the known description has next. A target that is not complete is described next.
    #[inline(always)]
    pub(crate) fn passes(&mut self, item: Item) -> bool {
        let Spelling { like, next, .. } = self.current;
        let known = self.known.tokens(Range { start: next, end: like.end });
        let Some(Split { reference, behind_reference, rest }) = item.split(known) else { return false };
        let at = |left: &[Token]| like.end.saturating_sub(u32::try_from(left.len()).unwrap_or(0));
        self.current.next = at(rest);
        if item.target.is_none() {
            self.expected = reference.as_shape();
            self.current.awaited = at(behind_reference).checked_sub(like.start.saturating_add(1));
        }
        true
    }

    /// Whether it is known what the description that begins next should be.
    pub(crate) fn expects(&self) -> bool {
        self.expected.is_some()
    }

    /// What the description that begins next is, if it is as expected and an item is all of it; and the number of its tokens.
    #[inline(always)]
    pub(crate) fn expected(&self, item: Item) -> Option<(Identity, u64)> {
        let shape = self.expected?;
        let tokens = self.known.tokens(self.known.shape(shape));
        let count = u64::try_from(tokens.len()).unwrap_or(u64::MAX);
        item.split(tokens)?.rest.is_empty().then_some((Identity::Shape(shape), count))
    }

    /// Passes over the description that begins next, which is as expected.
    #[inline]
    pub(crate) fn pass_expected(&mut self, identity: Identity, budget: &mut Budget) -> Result<()> {
        self.expected = None;
        self.resolve(identity, budget)
    }

    /// Goes on with a name that was put together.
    pub(crate) fn written_name(&mut self, name: &[u8], budget: &mut Budget) -> Result<()> {
        let before = budget.spent().memory;
        let token = self.known.write(name, budget)?;
        self.note_kept(before, budget);
        self.take(token, budget)
    }

    /// Goes on with a reference. What is not complete has no identity yet, and is described next.
    #[inline]
    pub(crate) fn reference(&mut self, identity: Option<Identity>, budget: &mut Budget) -> Result<()> {
        if let Some(identity) = identity {
            return self.take(identity.token()?, budget);
        }
        let Spelling { base, like, next, .. } = self.current;
        let expected = if next < like.end { self.known.token(next) } else { None };
        self.expected = expected.and_then(Token::as_shape);
        if expected.is_some_and(Token::is_reference) {
            self.current.awaited = Some(next.saturating_sub(like.start));
            self.current.next = next.saturating_add(1);
            return Ok(());
        }
        self.part(budget)?;
        self.current.awaited = u32::try_from(self.tokens.len().saturating_sub(base)).ok();
        // Whatever stands here is replaced.
        budget.push(&mut self.tokens, Token::PLACEHOLDER)
    }

    /// Goes on with a reference to something that has no name and is not complete, but is not described next.
    #[cold]
    pub(crate) fn unfinished_reference(&mut self, budget: &mut Budget) -> Result<()> {
        self.reference(None, budget)?;
        self.expected = None;
        self.leave_incomplete();
        Ok(())
    }

    /// Notes that what was described last is not complete, and has no name.
    #[cold]
    pub(crate) fn leave_incomplete(&mut self) {
        self.current.awaited = None;
        self.current.is_incomplete = true;
    }

    /// Whether the innermost description refers to something that has no name and is not complete.
    #[inline]
    pub(crate) fn is_incomplete(&self) -> bool {
        self.current.is_incomplete
    }

    /// Tells what the reference leads to that was not complete.
    #[inline]
    pub(crate) fn resolve(&mut self, identity: Identity, budget: &mut Budget) -> Result<()> {
        let Some(at) = self.current.awaited.take() else { return Ok(()) };
        let token = identity.token()?;
        let like = self.current.like;
        if self.current.is_like_one() && self.known.token(like.start.saturating_add(at)) == Some(token) {
            return Ok(());
        }
        self.resolve_unlike(at, token, budget)
    }

    #[inline(never)]
    fn resolve_unlike(&mut self, at: u32, token: Token, budget: &mut Budget) -> Result<()> {
        let was_like_one = self.current.is_like_one();
        self.part(budget)?;
        let at = usize::try_from(at).unwrap_or(usize::MAX).saturating_add(self.current.base);
        if let Some(slot) = self.tokens.get_mut(at) {
            *slot = token;
        }
        if was_like_one { self.join(budget) } else { Ok(()) }
    }

    /// Goes on with a token.
    #[inline(always)]
    fn take(&mut self, token: Token, budget: &mut Budget) -> Result<()> {
        let Spelling { like, next, .. } = self.current;
        if next < like.end && self.known.is_token(next, token) {
            self.current.next = next.saturating_add(1);
            return Ok(());
        }
        self.take_unlike(token, budget)
    }

    #[inline(never)]
    fn take_unlike(&mut self, token: Token, budget: &mut Budget) -> Result<()> {
        if !self.current.is_like_one() {
            return budget.push(&mut self.tokens, token);
        }
        let Spelling { like, next, .. } = self.current;
        if next < like.end
            && let Some(known) = self.known.token(next)
            && is_same(known, token, self.dwarf, budget)?
        {
            self.current.next = next.saturating_add(1);
            return Ok(());
        }
        self.part(budget)?;
        budget.push(&mut self.tokens, token)?;
        self.join(budget)
    }

    /// Writes down what has been like a known one so far.
    fn part(&mut self, budget: &mut Budget) -> Result<()> {
        let Spelling { like, next, .. } = self.current;
        if self.current.is_like_one() {
            let so_far = self.known.tokens(Range { start: like.start, end: next });
            budget.charge_work(u64::try_from(so_far.len()).unwrap_or(u64::MAX))?;
            budget.extend(&mut self.tokens, so_far)?;
            (self.current.like, self.current.next) = (Range::default(), 0);
        }
        Ok(())
    }

    /// Goes on with another known one, of the same name, that begins like this.
    fn join(&mut self, budget: &mut Budget) -> Result<()> {
        let Spelling { base, name, .. } = self.current;
        let Some(name) = name else { return Ok(()) };
        let own = self.tokens.get(base..).unwrap_or_default();
        for like in self.known.variants(name) {
            if begins_with(self.known.tokens(like), own, self.dwarf, budget)? {
                let next = like.start.saturating_add(u32::try_from(own.len()).unwrap_or(u32::MAX));
                (self.current.like, self.current.next) = (like, next);
                self.tokens.truncate(base);
                break;
            }
        }
        Ok(())
    }

    /// Whether a type name was met lately.
    #[inline]
    pub(crate) fn knows(&self, name: TypeName) -> bool {
        self.known.number_of(name).is_some()
    }

    /// The number of a type name.
    #[inline]
    pub(crate) fn number(
        &mut self,
        name: TypeName,
        source: &Texts<'_, '_>,
        budget: &mut Budget,
    ) -> Result<TypeId> {
        match self.known.number_of(name) {
            Some(id) => Ok(id),
            None => self.new_number(name, source, budget),
        }
    }

    fn new_number(&mut self, name: TypeName, source: &Texts<'_, '_>, budget: &mut Budget) -> Result<TypeId> {
        let before = budget.spent().memory;
        let id = self.map.intern_name(name, source, &mut self.name, budget)?;
        self.known.note_number(name, id, budget)?;
        self.note_kept(before, budget);
        Ok(id)
    }

    /// Gives the innermost description a type name.
    pub(crate) fn name(
        &mut self,
        name: TypeName,
        source: &Texts<'_, '_>,
        budget: &mut Budget,
    ) -> Result<Identity> {
        let id = self.number(name, source, budget)?;
        self.part(budget)?;
        (self.current.name, self.current.shape) = (Some(id), None);
        self.join(budget)?;
        Ok(Identity::Type(id))
    }

    /// Ends the innermost description, which does not count because another one of the same type does.
    pub(crate) fn drop_description(&mut self, budget: &mut Budget) -> Result<()> {
        self.pay(budget)?;
        self.leave();
        Ok(())
    }

    /// Pays for the tokens of the innermost description.
    fn pay(&self, budget: &mut Budget) -> Result<()> {
        let Spelling { base, like, next, .. } = self.current;
        let own = u64::try_from(self.tokens.len().saturating_sub(base)).unwrap_or(u64::MAX);
        budget.charge_work(own.saturating_add(next.saturating_sub(like.start).into()))
    }

    /// Goes back to the description around the innermost one.
    fn leave(&mut self) {
        self.tokens.truncate(self.current.base);
        self.current = self.outer.pop().unwrap_or_default();
    }

    /// Ends the innermost description, of something without a name.
    pub(crate) fn end_shape(&mut self, budget: &mut Budget) -> Result<Identity> {
        self.pay(budget)?;
        let known = self.current.shape.filter(|_| self.current.is_all_like_one());
        let shape = match known {
            Some(shape) => shape,
            None => {
                self.part(budget)?;
                let before = budget.spent().memory;
                let own = self.tokens.get(self.current.base..).unwrap_or_default();
                let shape = self.known.find_shape(own, self.dwarf, budget)?;
                self.note_kept(before, budget);
                shape
            }
        };
        self.leave();
        Ok(Identity::Shape(shape))
    }

    /// Ends the innermost description, of a named type. If it is new, the map is offered its string.
    pub(crate) fn end_type(&mut self, id: TypeId, budget: &mut Budget) -> Result<Identity> {
        self.pay(budget)?;
        if !self.current.is_all_like_one() {
            self.part(budget)?;
            if !self.is_variant(id, budget)? {
                self.offer(id, budget)?;
            }
        }
        self.leave();
        Ok(Identity::Type(id))
    }

    /// Whether the innermost description is one that a type of this name had.
    fn is_variant(&self, id: TypeId, budget: &mut Budget) -> Result<bool> {
        let own = self.tokens.get(self.current.base..).unwrap_or_default();
        for range in self.known.variants(id) {
            let known = self.known.tokens(range);
            if known.len() == own.len() && begins_with(known, own, self.dwarf, budget)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Offers the map the string of the innermost description.
    fn offer(&mut self, id: TypeId, budget: &mut Budget) -> Result<()> {
        let mut writer = core::mem::take(&mut self.writer);
        self.spell(&mut writer, budget)?;
        let before = budget.spent().memory;
        self.map.offer(id, writer.finish(budget)?, budget)?;
        let own = self.tokens.get(self.current.base..).unwrap_or_default();
        self.known.add_variant(id, own, budget)?;
        self.note_kept(before, budget);
        self.writer = writer;
        Ok(())
    }

    /// Ends the innermost description, of a symbol.
    pub(crate) fn end_symbol(&mut self, budget: &mut Budget) -> Result<Identity> {
        self.pay(budget)?;
        self.part(budget)?;
        let mut writer = core::mem::take(&mut self.writer);
        self.spell(&mut writer, budget)?;
        let before = budget.spent().memory;
        let string = writer.finish(budget)?.copied(budget)?;
        self.writer = writer;
        let number = u32::try_from(self.strings.len()).map_err(|_| ErrorKind::OutOfMemory)?;
        budget.push(&mut self.strings, string)?;
        self.note_kept(before, budget);
        self.leave();
        Ok(Identity::Symbol(number))
    }

    /// Writes the string of the innermost description.
    fn spell(&self, writer: &mut Writer, budget: &mut Budget) -> Result<()> {
        /// What is longer than any honest string may be exponentially long.
        const MOST_BYTES: usize = 1 << 20;
        let source = Texts { dwarf: self.dwarf, written: &[] };
        writer.clear();
        let mut around: Vec<(&[Token], bool)> = Vec::new();
        let mut rest = self.tokens.get(self.current.base..).unwrap_or_default();
        let mut is_after_break = false;
        loop {
            let Some((&token, behind)) = rest.split_first() else {
                let Some(outer) = around.pop() else { break };
                (rest, is_after_break) = outer;
                continue;
            };
            budget.charge_work(1 + Writer::STEPS)?;
            rest = behind;
            let was_after_break = core::mem::replace(&mut is_after_break, false);
            match token.meaning() {
                Meaning::Fragment(fragment) => {
                    is_after_break = fragment.ends_in_break();
                    writer.fragment(fragment.after_break(was_after_break), &source, budget)?;
                }
                Meaning::Written(name) => writer.name(self.known.written(name), budget)?,
                Meaning::Type(id) => writer.reference(id, self.map.name(id), budget)?,
                Meaning::Shape(shape) => {
                    budget.check(Limit::Depth, around.len().saturating_add(1))?;
                    budget.push(&mut around, (rest, false))?;
                    rest = self.known.tokens(self.known.shape(shape));
                }
            }
            if writer.len() > MOST_BYTES {
                return Err(ErrorKind::NamelessCycle.into());
            }
        }
        budget.free(around);
        Ok(())
    }

    fn note_kept(&mut self, before: u64, budget: &Budget) {
        self.kept = self.kept.saturating_add(budget.spent().memory.saturating_sub(before));
    }

    /// Goes on with a name.
    pub(crate) fn any_name(&mut self, name: Name, source: &Texts<'_, '_>, budget: &mut Budget) -> Result<()> {
        match name {
            Name::At(at) => self.fragment(Fragment::NameAt(at), budget),
            Name::Written(_) => {
                let name = source.name(name, budget)?;
                self.written_name(name, budget)
            }
        }
    }
}
