//! The descriptions of named types that were met before, as tokens.
//!
//! The same types are described in unit after unit. To recognise one, nothing has to be written and hardly a string
//! has to be looked at: its tokens are compared with those that a type of this name had before.

use alloc::vec::Vec;

use crate::budget::{Budget, bytes_of};
use crate::error::{ErrorKind, Result};
use crate::graph::{Fragment, Name, Span, Texts, TypeKind, TypeName};

use super::names::TypeId;

/// A piece of a type string.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token {
    /// Any fragment but a reference.
    Fragment(Fragment),
    /// A reference to a named type.
    Type(TypeId),
}

impl Token {
    /// The name that this is.
    pub(super) fn name(self) -> Option<Name> {
        match self {
            Token::Fragment(fragment) => fragment.name(),
            Token::Type(_) => None,
        }
    }
}

/// Types that were met before.
#[derive(Debug, Default)]
pub(crate) struct Known {
    pub(super) variants: Variants,
    pub(super) numbers: Numbers,
}

/// The descriptions that types had.
#[derive(Debug, Default)]
pub(super) struct Variants {
    /// The variants' tokens, one after the other.
    tokens: Vec<Token>,
    /// The names in them that were put together.
    written: Vec<u8>,
    variants: Vec<Variant>,
    /// By type: one more than the position of the variant that was added last, or 0.
    last: Vec<u32>,
}

/// The numbers of names that were asked for lately, each at a position that depends on where the name stands.
#[derive(Debug, Default)]
pub(super) struct Numbers {
    slots: Vec<Option<(TypeKind, u64, TypeId)>>,
    is_kept: bool,
}

/// A description that a type had.
#[derive(Clone, Copy, Debug)]
struct Variant {
    start: u32,
    end: u32,
    /// One more than the position of the one that was added before, or 0.
    before: u32,
    /// How many there are, this one among them.
    count: u32,
}

/// A variant, by its position.
#[derive(Clone, Copy, Debug)]
pub(super) struct VariantId(u32);

impl Known {
    /// Keeps what is met, if `is_kept`: the types of a single graph are not met again.
    pub(crate) fn new(is_kept: bool) -> Known {
        Known { variants: Variants::default(), numbers: Numbers { slots: Vec::new(), is_kept } }
    }

    /// Whether what is met is kept.
    pub(super) fn is_kept(&self) -> bool {
        self.numbers.is_kept
    }

    /// The bytes that are kept.
    pub(crate) fn bytes(&self) -> u64 {
        let Variants { tokens, written, variants, last } = &self.variants;
        let parts = [bytes_of(tokens), bytes_of(written), bytes_of(variants), bytes_of(last)];
        parts.iter().fold(bytes_of(&self.numbers.slots), |sum, part| sum.saturating_add(*part))
    }
}

impl Numbers {
    /// A power of two.
    const SLOTS: usize = 1 << 14;

    /// The number of a type's name, if it was noted.
    #[inline]
    pub(super) fn get(&self, name: TypeName) -> Option<TypeId> {
        let Name::At(at) = name.name else { return None };
        match self.slots.get(Numbers::slot(at.key())) {
            Some(&Some((kind, key, id))) if kind == name.kind && key == at.key() => Some(id),
            _ => None,
        }
    }

    /// Notes the number of a type's name.
    pub(super) fn note(&mut self, name: TypeName, id: TypeId, budget: &mut Budget) -> Result<()> {
        let Name::At(at) = name.name else { return Ok(()) };
        if !self.is_kept {
            return Ok(());
        }
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

impl Variants {
    /// A type of which more are met has no good reason.
    const MOST_VARIANTS: u32 = 8;
    /// Longer ones are rare.
    const MOST_TOKENS: usize = 1 << 14;

    /// The variant of a type that was added last.
    pub(super) fn last(&self, id: TypeId) -> Option<VariantId> {
        self.last.get(id.index())?.checked_sub(1).map(VariantId)
    }

    /// The variant that was added before this one.
    pub(super) fn before(&self, id: VariantId) -> Option<VariantId> {
        self.variant(id)?.before.checked_sub(1).map(VariantId)
    }

    /// The tokens of a variant.
    pub(super) fn tokens(&self, id: VariantId) -> &[Token] {
        let range = self.variant(id).map(|variant| (variant.start, variant.end)).unwrap_or_default();
        let range = usize::try_from(range.0).ok().zip(usize::try_from(range.1).ok());
        range.and_then(|(start, end)| self.tokens.get(start..end)).unwrap_or_default()
    }

    /// Where the text of the tokens is, given where that of a graph is.
    pub(super) fn source<'a, 'd>(&'a self, graph: Texts<'a, 'd>) -> Texts<'a, 'd> {
        Texts { written: &self.written, ..graph }
    }

    fn variant(&self, id: VariantId) -> Option<&Variant> {
        self.variants.get(usize::try_from(id.0).ok()?)
    }

    /// Begins a variant of a type; `None` if the type has many. What [`Variants::add`] adds belongs to it
    /// until [`Variants::finish`].
    pub(super) fn begin(&mut self, id: TypeId) -> Option<usize> {
        let count = self.last(id).and_then(|last| self.variant(last)).map_or(0, |variant| variant.count);
        (count < Variants::MOST_VARIANTS).then_some(self.tokens.len())
    }

    /// Adds a token to the variant that was begun at `start`; whether there is room for more.
    pub(super) fn add(
        &mut self,
        start: usize,
        token: Token,
        source: &Texts<'_, '_>,
        budget: &mut Budget,
    ) -> Result<bool> {
        let token = match token {
            Token::Fragment(Fragment::WrittenName(span)) => {
                let text = source.name(Name::Written(span), budget)?;
                let position = |text: &Vec<u8>| u32::try_from(text.len()).map_err(|_| ErrorKind::OutOfMemory);
                let start = position(&self.written)?;
                budget.extend(&mut self.written, text)?;
                let span = Span { start, end: position(&self.written)? };
                Token::Fragment(Fragment::WrittenName(span))
            }
            token => token,
        };
        budget.push(&mut self.tokens, token)?;
        Ok(self.tokens.len().saturating_sub(start) <= Variants::MOST_TOKENS)
    }

    /// Keeps the variant that was begun at `start`.
    pub(super) fn finish(&mut self, id: TypeId, start: usize, budget: &mut Budget) -> Result<()> {
        let position = |position: usize| u32::try_from(position).map_err(|_| ErrorKind::OutOfMemory);
        budget.fill(&mut self.last, id.index().saturating_add(1), 0)?;
        let before = self.last.get(id.index()).copied().unwrap_or(0);
        let count = self.last(id).and_then(|last| self.variant(last)).map_or(0, |variant| variant.count);
        let (start, end) = (position(start)?, position(self.tokens.len())?);
        let variant = Variant { start, end, before, count: count.saturating_add(1) };
        budget.push(&mut self.variants, variant)?;
        let last = position(self.variants.len())?;
        if let Some(slot) = self.last.get_mut(id.index()) {
            *slot = last;
        }
        Ok(())
    }

    /// Drops the variant that was begun at `start`.
    pub(super) fn abandon(&mut self, start: usize) {
        self.tokens.truncate(start);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dwarf::{DieOffset, Dwarf, StringAt, UnitIndex};
    use crate::elf::Image;
    use crate::limits::Limits;

    fn name(offset: u32) -> TypeName {
        let at = StringAt::in_unit(UnitIndex(offset & 3), DieOffset(offset)).unwrap();
        TypeName { kind: TypeKind::Structure, name: Name::At(at) }
    }

    #[test]
    fn a_name_has_its_number_unless_another_took_its_place() {
        let budget = &mut Budget::new(&Limits::default());
        let mut numbers = Numbers { slots: Vec::new(), is_kept: true };
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
        let mut numbers = Numbers::default();
        numbers.note(name(0), TypeId(0), budget).unwrap();
        assert_eq!(numbers.get(name(0)), None);
    }

    #[test]
    fn a_type_has_its_variants_from_the_last_to_the_first() {
        let budget = &mut Budget::new(&Limits::default());
        // The header of a unit without DIEs.
        let info = [8, 0, 0, 0, 5, 0, 1, 8, 0, 0, 0, 0];
        let image = Image::of_parts(&info, &[0], &[], budget);
        let dwarf = Dwarf::new(image, None, budget).unwrap();
        let source = Texts { dwarf: &dwarf, written: b"word" };
        let mut variants = Variants::default();
        let mut add =
            |variants: &mut Variants, start, token| variants.add(start, token, &source, budget).unwrap();
        let written = Token::Fragment(Fragment::WrittenName(Span { start: 1, end: 4 }));
        let tokens = |count: u32| (0..count).map(TypeId).map(Token::Type);
        for count in 1..=Variants::MOST_VARIANTS + 1 {
            // Those of another type are in between, and one that is given up.
            for id in [TypeId(3), TypeId(1)] {
                let Some(start) = variants.begin(id) else {
                    assert!(count > Variants::MOST_VARIANTS);
                    continue;
                };
                assert!(count <= Variants::MOST_VARIANTS);
                add(&mut variants, start, written);
                variants.abandon(start);
                assert!(tokens(count).all(|token| add(&mut variants, start, token)));
                add(&mut variants, start, written);
                variants.finish(id, start, &mut Budget::new(&Limits::default())).unwrap();
            }
        }
        for id in [TypeId(3), TypeId(1)] {
            let mut next = variants.last(id);
            for count in (1..=Variants::MOST_VARIANTS).rev() {
                let (name, rest) = variants.tokens(next.unwrap()).split_last().unwrap();
                assert!(rest.iter().copied().eq(tokens(count)), "{count}");
                let name = name.name().unwrap();
                let text = variants.source(source).name(name, &mut Budget::new(&Limits::default())).unwrap();
                assert_eq!(text, b"ord");
                next = variants.before(next.unwrap());
            }
            assert!(next.is_none());
        }
        assert!(variants.last(TypeId(2)).is_none() && variants.last(TypeId(9)).is_none());
        let start = variants.begin(TypeId(2)).unwrap();
        let most = (0..).take_while(|_| add(&mut variants, start, written)).count();
        assert_eq!(most, Variants::MOST_TOKENS);
    }

    #[test]
    fn what_is_kept_is_counted() {
        let budget = &mut Budget::new(&Limits::default());
        let mut known = Known::new(true);
        assert!(known.is_kept() && !Known::new(false).is_kept());
        assert_eq!(known.bytes(), 0);
        known.numbers.note(name(0), TypeId(0), budget).unwrap();
        assert_eq!(known.bytes(), bytes_of(&known.numbers.slots));
        assert!(known.bytes() >= 8 * Numbers::SLOTS as u64);
        let slots = known.bytes();
        known.variants.finish(TypeId(0), 0, budget).unwrap();
        assert!(known.bytes() >= slots + 16 + 4);
    }
}
