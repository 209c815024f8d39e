//! The pieces that descriptions are made of.

use core::num::NonZeroU32;

use crate::budget::Budget;
use crate::dwarf::{Dwarf, StringAt};
use crate::error::Error;

use super::NodeId;
use crate::word::{Padded, Word};

/// A piece of a description.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Fragment {
    /// A word of the format.
    Word(Word),
    /// A name of the input, behind a space.
    NameAt(StringAt),
    /// A name that was put together, behind a space.
    WrittenName(Span),
    /// An attribute, ` name(`, its value, and a parenthesis.
    Attribute(Word, Value),
    /// A number in decimal.
    Number(Value),
    /// A comma, a line break, and the word that begins the next item of a list.
    Item(Word),
    /// A line break; one space in a type string.
    Break,
    /// A bracket and a line break; what follows is nested one level deeper.
    Open(Word),
    /// A line break and a bracket, nested one level less.
    Close(Word),
    /// Nothing, but so that the breaks before and behind it stay two.
    Nothing,
    /// The description of another node, and the number of the one that is begun here, if one is.
    Ref(NodeId, Option<DescriptionId>),
}

/// A name: as it stands in the input, or put together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Name {
    At(StringAt),
    Written(Span),
}

/// A range of text that was put together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Span {
    pub(crate) start: u32,
    pub(crate) end: u32,
}

/// A number, in halves to keep fragments small.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Value {
    low: u32,
    high: u32,
}

/// A description, by the order in which they are begun, counted from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct DescriptionId(pub(super) NonZeroU32);

/// Where the text of fragments is.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Texts<'a, 'd> {
    pub(crate) dwarf: &'a Dwarf<'d>,
    /// What was put together.
    pub(crate) written: &'a [u8],
}

impl From<Name> for Fragment {
    fn from(name: Name) -> Fragment {
        match name {
            Name::At(at) => Fragment::NameAt(at),
            Name::Written(span) => Fragment::WrittenName(span),
        }
    }
}

impl Fragment {
    /// The text of a fragment that depends on nothing, each line break as a space; `None` for one that depends on something, or has none.
    #[inline(always)]
    pub(crate) fn fixed(self) -> Option<&'static Padded> {
        const BREAK: &Padded = &Padded::new(" ");
        match self {
            Fragment::Word(word) => Some(word.alone()),
            Fragment::Item(word) => Some(word.item()),
            Fragment::Open(word) => Some(word.open()),
            Fragment::Close(word) => Some(word.close()),
            Fragment::Break => Some(BREAK),
            Fragment::NameAt(_)
            | Fragment::WrittenName(_)
            | Fragment::Attribute(..)
            | Fragment::Number(_)
            | Fragment::Nothing
            | Fragment::Ref(..) => None,
        }
    }

    /// The name that this is.
    #[inline]
    pub(crate) fn name(self) -> Option<Name> {
        match self {
            Fragment::NameAt(at) => Some(Name::At(at)),
            Fragment::WrittenName(span) => Some(Name::Written(span)),
            _ => None,
        }
    }

    /// What this is behind another fragment of the same description: of two line breaks in a row, one counts.
    #[inline]
    pub(crate) fn after_break(self, is_after_break: bool) -> Fragment {
        match self {
            Fragment::Break if is_after_break => Fragment::Nothing,
            Fragment::Close(word) if is_after_break => Fragment::Word(word),
            fragment => fragment,
        }
    }

    /// Whether there is a line break at the end.
    #[inline]
    pub(crate) fn ends_in_break(self) -> bool {
        matches!(self, Fragment::Break | Fragment::Open(_))
    }
}

impl Value {
    /// Zero.
    pub(crate) const ZERO: Value = Value { low: 0, high: 0 };

    /// The lower half.
    #[inline]
    pub(crate) fn low(self) -> u32 {
        self.low
    }
}

impl From<u64> for Value {
    #[inline(always)]
    fn from(value: u64) -> Value {
        let half = |value: u64| u32::try_from(value & 0xffff_ffff).unwrap_or(0);
        Value { low: half(value), high: half(value >> 32) }
    }
}

impl From<Value> for u64 {
    #[inline(always)]
    fn from(value: Value) -> u64 {
        (u64::from(value.high) << 32) | u64::from(value.low)
    }
}

impl<'a, 'd: 'a> Texts<'a, 'd> {
    /// The bytes of a name.
    pub(crate) fn name(&self, name: Name, budget: &mut Budget) -> Result<&'a [u8], Error> {
        match name {
            Name::At(at) => self.dwarf.string(at, budget),
            Name::Written(span) => {
                let range = usize::try_from(span.start).ok().zip(usize::try_from(span.end).ok());
                let text = range.and_then(|(start, end)| self.written.get(start..end)).unwrap_or_default();
                budget.charge_bytes(text.len())?;
                Ok(text)
            }
        }
    }

    /// Writes the text of a fragment, piece by piece, each line break as a space. References have no text of their own.
    pub(crate) fn write<E: From<Error>>(
        &self,
        fragment: Fragment,
        budget: &mut Budget,
        mut write: impl FnMut(&[u8], &mut Budget) -> Result<(), E>,
    ) -> Result<(), E> {
        if let Some(name) = fragment.name() {
            let name = self.name(name, budget)?;
            write(b" ", budget)?;
            return write(name, budget);
        }
        let mut digits = itoa::Buffer::new();
        match fragment {
            Fragment::Attribute(word, value) => {
                write(word.text(), budget)?;
                write(digits.format(u64::from(value)).as_bytes(), budget)?;
                write(b")", budget)
            }
            Fragment::Number(value) => write(digits.format(u64::from(value)).as_bytes(), budget),
            fragment => write(fragment.fixed().map_or(&b""[..], Padded::text), budget),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fragments_are_small() {
        assert_eq!(size_of::<Fragment>(), 12);
    }

    #[test]
    fn values_are_kept_in_halves() {
        for value in [0, 1, 0xffff_ffff, 1 << 32, u64::MAX - 1, u64::MAX] {
            assert_eq!(u64::from(Value::from(value)), value);
        }
    }
}
