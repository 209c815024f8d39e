//! The pieces of descriptions that are complete.

use crate::dwarf::StringAt;
use crate::graph::{Fragment, Value};
use crate::word::Word;

use super::names::TypeId;

/// A piece of a description that is complete.
///
/// Most tokens are compared with another one, and that is all that happens to them: so all are laid out alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Token {
    kind: Kind,
    /// The fragment's word, if it has one.
    word: Word,
    /// The number, the place of the name, or what is referred to.
    value: Value,
}

/// What a token is: one of the fragments, but not a reference to a node, or one of the last three.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Kind {
    Word,
    NameAt,
    Attribute,
    Number,
    Item,
    Break,
    Open,
    Close,
    Nothing,
    Written,
    Type,
    Shape,
}

/// What an unnamed type consists of, by a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct ShapeId(pub(super) u32);

/// What a token stands for.
#[derive(Clone, Copy, Debug)]
pub(super) enum Meaning {
    /// A fragment that is neither a reference to a node nor a name that was put together.
    Fragment(Fragment),
    /// A name that was put together, by its number.
    Written(TypeId),
    /// A reference to a named type.
    Type(TypeId),
    /// A reference to a type without a name.
    Shape(ShapeId),
}

impl Token {
    /// Stands for something that comes here later.
    pub(super) const PLACEHOLDER: Token = Token::plain(Kind::Nothing, Word::Void);

    #[inline(always)]
    const fn plain(kind: Kind, word: Word) -> Token {
        Token { kind, word, value: Value::ZERO }
    }

    #[inline(always)]
    fn with(kind: Kind, value: u64) -> Token {
        Token { kind, word: Word::Void, value: value.into() }
    }

    /// A name that was put together.
    pub(super) fn written(id: TypeId) -> Token {
        Token::with(Kind::Written, id.0.into())
    }

    /// A reference to a named type.
    #[inline]
    pub(super) fn named(id: TypeId) -> Token {
        Token::with(Kind::Type, id.0.into())
    }

    /// A reference to a type without a name.
    #[inline]
    pub(super) fn shape(id: ShapeId) -> Token {
        Token::with(Kind::Shape, id.0.into())
    }

    /// Whether this is a reference.
    #[inline]
    pub(super) fn is_reference(self) -> bool {
        matches!(self.kind, Kind::Type | Kind::Shape)
    }

    /// The type without a name that this refers to.
    #[inline]
    pub(super) fn as_shape(self) -> Option<ShapeId> {
        (self.kind == Kind::Shape).then(|| ShapeId(self.value.low()))
    }

    /// Where the name is that this is.
    #[inline]
    pub(super) fn name(self) -> Option<StringAt> {
        (self.kind == Kind::NameAt).then(|| StringAt::of_key(self.value.into()))
    }

    /// What this stands for.
    pub(super) fn meaning(self) -> Meaning {
        let Token { kind, word, value } = self;
        Meaning::Fragment(match kind {
            Kind::Word => Fragment::Word(word),
            Kind::NameAt => Fragment::NameAt(StringAt::of_key(value.into())),
            Kind::Attribute => Fragment::Attribute(word, value),
            Kind::Number => Fragment::Number(value),
            Kind::Item => Fragment::Item(word),
            Kind::Break => Fragment::Break,
            Kind::Open => Fragment::Open(word),
            Kind::Close => Fragment::Close(word),
            Kind::Nothing => Fragment::Nothing,
            Kind::Written => return Meaning::Written(TypeId(value.low())),
            Kind::Type => return Meaning::Type(TypeId(value.low())),
            Kind::Shape => return Meaning::Shape(ShapeId(value.low())),
        })
    }
}

impl From<Fragment> for Token {
    /// The token of a fragment that is neither a reference to a node nor a name that was put together.
    #[inline(always)]
    fn from(fragment: Fragment) -> Token {
        match fragment {
            Fragment::Word(word) => Token::plain(Kind::Word, word),
            Fragment::NameAt(at) => Token::with(Kind::NameAt, at.key()),
            Fragment::Attribute(word, value) => Token { kind: Kind::Attribute, word, value },
            Fragment::Number(value) => Token { kind: Kind::Number, word: Word::Void, value },
            Fragment::Item(word) => Token::plain(Kind::Item, word),
            Fragment::Break => Token::plain(Kind::Break, Word::Void),
            Fragment::Open(word) => Token::plain(Kind::Open, word),
            Fragment::Close(word) => Token::plain(Kind::Close, word),
            Fragment::Nothing | Fragment::WrittenName(_) | Fragment::Ref(..) => Token::PLACEHOLDER,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_small_and_stand_for_what_they_were_made_of() {
        assert_eq!(size_of::<Token>(), 12);
        let value = Value::from(0x1_0000_0002);
        let at = StringAt::of_key(0x7_0000_0009);
        for fragment in [
            Fragment::Word(Word::Member),
            Fragment::NameAt(at),
            Fragment::Attribute(Word::ByteSize, value),
            Fragment::Number(value),
            Fragment::Item(Word::Member),
            Fragment::Break,
            Fragment::Open(Word::OpenBrace),
            Fragment::Close(Word::CloseBrace),
            Fragment::Nothing,
        ] {
            let token = Token::from(fragment);
            assert!(matches!(token.meaning(), Meaning::Fragment(same) if same == fragment), "{token:?}");
            assert_eq!(token.name().is_some(), fragment == Fragment::NameAt(at));
            assert!(!token.is_reference());
        }
        assert_eq!(Token::shape(ShapeId(7)).as_shape(), Some(ShapeId(7)));
        assert_eq!(Token::named(TypeId(7)).as_shape(), None);
        assert_ne!(Token::named(TypeId(7)), Token::shape(ShapeId(7)));
        assert_ne!(Token::named(TypeId(7)), Token::written(TypeId(7)));
    }
}
