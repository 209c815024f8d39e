//! What types were met before, as tokens.
//!
//! The same types are described in unit after unit. To recognise one, nothing has to be written and hardly a string
//! has to be looked at: its tokens are compared with those that a type of this name had before. An unnamed type is a single
//! token in what refers to it: its shape.

use alloc::vec::Vec;
use core::hash::{Hash, Hasher};

use crate::budget::{Budget, bytes_of};
use crate::dwarf::Dwarf;
use crate::error::{ErrorKind, Result};
use crate::graph::{Name, TypeKind, TypeName};
use crate::numbering::{self, Numbering};

use super::names::{TypeId, TypeNames};
use super::token::{ShapeId, Token};

/// Types that were met before.
#[derive(Debug, Default)]
pub(crate) struct Known {
    /// Whether what is met can be met again, in another graph.
    is_kept: bool,
    numbers: Numbers,
    /// The tokens of shapes and variants, one after the other.
    tokens: Vec<Token>,
    /// By shape: a range of the tokens.
    shapes: Vec<Range>,
    /// The numbers of shapes, if they are kept.
    shape_numbers: Numbering,
    variants: Vec<Variant>,
    /// By type: one more than the position of the variant that was added last, or 0.
    last: Vec<u32>,
    /// Names that were put together.
    written: TypeNames,
}

/// The numbers of names that were asked for lately, each at a position that depends on where the name stands.
#[derive(Debug, Default)]
struct Numbers {
    slots: Vec<Option<(TypeKind, u64, TypeId)>>,
}

/// Some of the tokens.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Range {
    pub(super) start: u32,
    pub(super) end: u32,
}

/// A description that a named type had.
#[derive(Clone, Copy, Debug)]
struct Variant {
    tokens: Range,
    /// One more than the position of the one that was added before, or 0.
    before: u32,
    /// How many there are, this one among them.
    count: u32,
}

impl Known {
    /// A type of which more are met has no good reason.
    const MOST_VARIANTS: u32 = 8;
    /// Longer ones are rare.
    const MOST_TOKENS: usize = 1 << 14;

    /// Keeps what is met, if `is_kept`: the types of a single graph are not met again.
    pub(crate) fn new(is_kept: bool) -> Known {
        Known { is_kept, ..Known::default() }
    }

    /// Whether what is met can be met again, in another graph.
    pub(crate) fn is_kept(&self) -> bool {
        self.is_kept
    }

    /// The number of a type's name, if it was noted.
    #[inline]
    pub(super) fn number_of(&self, name: TypeName) -> Option<TypeId> {
        self.numbers.get(name)
    }

    /// Notes the number of a type's name, if it can be met again.
    pub(super) fn note_number(&mut self, name: TypeName, id: TypeId, budget: &mut Budget) -> Result<()> {
        if self.is_kept { self.numbers.note(name, id, budget) } else { Ok(()) }
    }

    /// The bytes that are kept.
    pub(crate) fn bytes(&self) -> u64 {
        let Known { numbers, tokens, shapes, shape_numbers, variants, last, written, .. } = self;
        let parts = [bytes_of(&numbers.slots), bytes_of(tokens), bytes_of(shapes), shape_numbers.bytes()];
        let more = [bytes_of(variants), bytes_of(last), written.bytes()];
        parts.iter().chain(&more).fold(0, |sum, part| sum.saturating_add(*part))
    }

    /// A token, by its position.
    #[inline(always)]
    pub(super) fn token(&self, at: u32) -> Option<Token> {
        self.tokens.get(usize::try_from(at).ok()?).copied()
    }

    /// Whether this is the token at a position.
    #[inline(always)]
    pub(super) fn is_token(&self, at: u32, token: Token) -> bool {
        usize::try_from(at).ok().and_then(|at| self.tokens.get(at)).is_some_and(|&known| known == token)
    }

    /// Some of the tokens.
    pub(super) fn tokens(&self, range: Range) -> &[Token] {
        let bounds = usize::try_from(range.start).ok().zip(usize::try_from(range.end).ok());
        bounds.and_then(|(start, end)| self.tokens.get(start..end)).unwrap_or_default()
    }

    /// The tokens of a shape.
    #[inline]
    pub(super) fn shape(&self, id: ShapeId) -> Range {
        let shape = usize::try_from(id.0).ok().and_then(|id| self.shapes.get(id));
        shape.copied().unwrap_or_default()
    }

    /// The tokens that a type of this name had, those met last first.
    pub(super) fn variants(&self, id: TypeId) -> impl Iterator<Item = Range> {
        let first = self.last(id);
        core::iter::successors(first, |variant| self.variant(variant.before)).map(|variant| variant.tokens)
    }

    fn last(&self, id: TypeId) -> Option<Variant> {
        self.variant(*self.last.get(id.index())?)
    }

    /// The variant at a position that is one less.
    fn variant(&self, after: u32) -> Option<Variant> {
        self.variants.get(usize::try_from(after.checked_sub(1)?).ok()?).copied()
    }

    /// The number of a name that was put together.
    pub(super) fn write(&mut self, name: &[u8], budget: &mut Budget) -> Result<Token> {
        self.written.intern(name, budget).map(Token::written)
    }

    /// A name that was put together.
    pub(super) fn written(&self, id: TypeId) -> &[u8] {
        self.written.get(id)
    }

    /// The shape that has these tokens.
    pub(super) fn find_shape(
        &mut self,
        tokens: &[Token],
        dwarf: &Dwarf<'_>,
        budget: &mut Budget,
    ) -> Result<ShapeId> {
        if !self.is_kept {
            return self.add_shape(tokens, budget);
        }
        let hash = hash(tokens, dwarf, budget)?;
        let found = self.shape_numbers.find(hash, budget, |number, budget| {
            let known = self.tokens(self.shape(ShapeId(number)));
            Ok(known.len() == tokens.len() && begins_with(known, tokens, dwarf, budget)?)
        })?;
        match found {
            Some(number) => Ok(ShapeId(number)),
            None => {
                self.shape_numbers.add(hash, budget)?;
                self.add_shape(tokens, budget)
            }
        }
    }

    fn add_shape(&mut self, tokens: &[Token], budget: &mut Budget) -> Result<ShapeId> {
        let id = number(self.shapes.len())?;
        let range = self.add_tokens(tokens, budget)?;
        budget.push(&mut self.shapes, range)?;
        Ok(ShapeId(id))
    }

    /// Keeps the tokens of a type, unless there are many.
    pub(super) fn add_variant(&mut self, id: TypeId, tokens: &[Token], budget: &mut Budget) -> Result<()> {
        let count = self.last(id).map_or(0, |variant| variant.count);
        if !self.is_kept || count >= Known::MOST_VARIANTS || tokens.len() > Known::MOST_TOKENS {
            return Ok(());
        }
        let range = self.add_tokens(tokens, budget)?;
        budget.fill(&mut self.last, id.index().saturating_add(1), 0)?;
        let before = self.last.get(id.index()).copied().unwrap_or(0);
        budget.push(&mut self.variants, Variant { tokens: range, before, count: count.saturating_add(1) })?;
        let last = number(self.variants.len())?;
        if let Some(slot) = self.last.get_mut(id.index()) {
            *slot = last;
        }
        Ok(())
    }

    fn add_tokens(&mut self, tokens: &[Token], budget: &mut Budget) -> Result<Range> {
        let start = number(self.tokens.len())?;
        budget.extend(&mut self.tokens, tokens)?;
        Ok(Range { start, end: number(self.tokens.len())? })
    }
}

fn number(position: usize) -> Result<u32> {
    u32::try_from(position).map_err(|_| ErrorKind::OutOfMemory.into())
}

/// Whether two tokens have the same text. The same name can stand in several places.
#[inline]
pub(super) fn is_same(one: Token, other: Token, dwarf: &Dwarf<'_>, budget: &mut Budget) -> Result<bool> {
    if one == other {
        return Ok(true);
    }
    match (one.name(), other.name()) {
        (Some(one), Some(other)) => Ok(dwarf.string(one, budget)? == dwarf.string(other, budget)?),
        _ => Ok(false),
    }
}

/// Whether the first of some tokens are these.
pub(super) fn begins_with(
    tokens: &[Token],
    first: &[Token],
    dwarf: &Dwarf<'_>,
    budget: &mut Budget,
) -> Result<bool> {
    if tokens.len() < first.len() {
        return Ok(false);
    }
    budget.charge_work(u64::try_from(first.len()).unwrap_or(u64::MAX))?;
    for (&one, &other) in tokens.iter().zip(first) {
        if !is_same(one, other, dwarf, budget)? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// The hash of some tokens, which does not depend on where their names stand.
fn hash(tokens: &[Token], dwarf: &Dwarf<'_>, budget: &mut Budget) -> Result<u64> {
    let mut mixer = Mixer(0x243f_6a88_85a3_08d3);
    for &token in tokens {
        match token.name() {
            Some(at) => mixer.write_u64(numbering::hash(dwarf.string(at, budget)?)),
            None => token.hash(&mut mixer),
        }
    }
    Ok(mixer.finish())
}

/// Mixes numbers. What is made to collide is paid for by whoever looks it up.
struct Mixer(u64);

impl Hasher for Mixer {
    fn finish(&self) -> u64 {
        self.0 ^ (self.0 >> 29)
    }

    fn write(&mut self, bytes: &[u8]) {
        self.write_u64(numbering::hash(bytes));
    }

    fn write_u8(&mut self, value: u8) {
        self.write_u64(value.into());
    }

    fn write_u32(&mut self, value: u32) {
        self.write_u64(value.into());
    }

    fn write_usize(&mut self, value: usize) {
        self.write_u64(u64::try_from(value).unwrap_or(u64::MAX));
    }

    fn write_isize(&mut self, value: isize) {
        self.write_usize(value.cast_unsigned());
    }

    fn write_u64(&mut self, value: u64) {
        self.0 = (self.0 ^ value).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(26);
    }
}

impl Numbers {
    /// A power of two.
    const SLOTS: usize = 1 << 14;

    /// The number of a type's name, if it was noted.
    #[inline]
    fn get(&self, name: TypeName) -> Option<TypeId> {
        let Name::At(at) = name.name else { return None };
        match self.slots.get(Numbers::slot(at.key())) {
            Some(&Some((kind, key, id))) if kind == name.kind && key == at.key() => Some(id),
            _ => None,
        }
    }

    /// Notes the number of a type's name.
    fn note(&mut self, name: TypeName, id: TypeId, budget: &mut Budget) -> Result<()> {
        let Name::At(at) = name.name else { return Ok(()) };
        budget.fill(&mut self.slots, Numbers::SLOTS, None)?;
        if let Some(slot) = self.slots.get_mut(Numbers::slot(at.key())) {
            *slot = Some((name.kind, at.key(), id));
        }
        Ok(())
    }

    /// Where the number of a name is noted.
    fn slot(key: u64) -> usize {
        let mixed = key.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32;
        usize::try_from(mixed).unwrap_or(0) & Numbers::SLOTS.saturating_sub(1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dwarf::{DieOffset, StringAt, UnitIndex};
    use crate::elf::Image;
    use crate::graph::{Fragment, Value};
    use crate::limits::Limits;

    fn name(offset: u32) -> TypeName {
        let at = StringAt::in_unit(UnitIndex(offset & 3), DieOffset(offset)).unwrap();
        TypeName { kind: TypeKind::Structure, name: Name::At(at) }
    }

    fn number(value: u64) -> Token {
        Token::from(Fragment::Number(Value::from(value)))
    }

    #[test]
    fn a_name_has_its_number_unless_another_took_its_place() {
        let budget = &mut Budget::new(&Limits::default());
        let mut numbers = Numbers::default();
        for offset in 0..1000 {
            numbers.note(name(offset), TypeId(offset), budget).unwrap();
        }
        assert!((0..1000).filter(|&offset| numbers.get(name(offset)).is_some()).count() > 900);
        for offset in 1000..40_000 {
            numbers.note(name(offset), TypeId(offset), budget).unwrap();
        }
        for offset in 0..50_000 {
            assert!(numbers.get(name(offset)).is_none_or(|id| id == TypeId(offset)), "{offset}");
        }
        assert_eq!(numbers.get(name(39_999)), Some(TypeId(39_999)));
        assert_eq!(numbers.get(TypeName { kind: TypeKind::Union, ..name(39_999) }), None);
        assert!(
            (0..40_000).filter(|&offset| numbers.get(name(offset)).is_some()).count() > Numbers::SLOTS / 2
        );
        let mut known = Known::new(false);
        known.note_number(name(0), TypeId(0), budget).unwrap();
        assert_eq!(known.number_of(name(0)), None);
    }

    #[test]
    fn a_type_has_its_variants_from_the_last_to_the_first() {
        let budget = &mut Budget::new(&Limits::default());
        let mut known = Known::new(true);
        let tokens = |count: u32| (0..u64::from(count)).map(number).collect::<Vec<Token>>();
        for count in 1..=Known::MOST_VARIANTS + 1 {
            // Those of another type are in between.
            for id in [TypeId(3), TypeId(1)] {
                known.add_variant(id, &tokens(count), budget).unwrap();
            }
        }
        for id in [TypeId(3), TypeId(1)] {
            let variants: Vec<&[Token]> = known.variants(id).map(|range| known.tokens(range)).collect();
            let expected: Vec<Vec<Token>> = (1..=Known::MOST_VARIANTS).rev().map(tokens).collect();
            assert_eq!(variants, expected);
        }
        assert_eq!(known.variants(TypeId(2)).count() + known.variants(TypeId(9)).count(), 0);
        known.add_variant(TypeId(2), &alloc::vec![number(0); Known::MOST_TOKENS], budget).unwrap();
        known.add_variant(TypeId(5), &alloc::vec![number(0); Known::MOST_TOKENS + 1], budget).unwrap();
        assert_eq!((known.variants(TypeId(2)).count(), known.variants(TypeId(5)).count()), (1, 0));
    }

    #[test]
    fn a_shape_is_what_has_the_same_tokens() {
        let budget = &mut Budget::new(&Limits::default());
        // The header of a unit without DIEs.
        let info = [8, 0, 0, 0, 5, 0, 1, 8, 0, 0, 0, 0];
        let dwarf = Dwarf::new(Image::of_parts(&info, &[0], &[], budget), None, budget).unwrap();
        let mut known = Known::new(true);
        let mut find =
            |known: &mut Known, tokens: &[Token]| known.find_shape(tokens, &dwarf, budget).unwrap();
        let [one, two, three] = [1, 2, 3].map(number);
        let shapes =
            [&[][..], &[one], &[one, two], &[two, one], &[one, two, three]].map(|own| find(&mut known, own));
        for (at, shape) in shapes.iter().enumerate() {
            assert!(shapes[..at].iter().all(|other| other != shape), "{at}");
        }
        assert_eq!(find(&mut known, &[two, one]), shapes[3]);
        assert_eq!(known.tokens(known.shape(shapes[4])), [one, two, three]);
        // What is not kept is not looked for.
        let mut unkept = Known::new(false);
        assert_ne!(find(&mut unkept, &[one]), find(&mut unkept, &[one]));
    }

    #[test]
    fn what_is_kept_is_counted() {
        let budget = &mut Budget::new(&Limits::default());
        let mut known = Known::new(true);
        assert!(known.is_kept() && !Known::new(false).is_kept());
        assert_eq!(known.bytes(), 0);
        known.note_number(name(0), TypeId(0), budget).unwrap();
        let slots = bytes_of(&known.numbers.slots);
        assert!(known.bytes() == slots && slots >= 8 * Numbers::SLOTS as u64);
        known.add_variant(TypeId(0), &[number(1)], budget).unwrap();
        assert!(known.bytes() >= slots + 12 + 16 + 4);
    }
}
