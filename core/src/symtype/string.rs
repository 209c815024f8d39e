//! A type string: text in which references to named types are known for what they are.

use alloc::vec::Vec;

use crate::budget::{Budget, bytes_of};
use crate::error::Result;

use super::names::TypeId;

/// A reference to a named type, and where it stands in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TypeRef {
    /// Where it begins.
    pub start: u32,
    /// Where it ends.
    pub end: u32,
    /// The type.
    pub name: TypeId,
}

impl TypeRef {
    /// Where the reference stands.
    pub(crate) fn range(&self) -> (u32, u32) {
        (self.start, self.end)
    }
}

/// A type string.
///
/// What is a reference is decided when the string is made, never by looking at the text: a member may be
/// called `s#list_head`.
#[derive(Clone, Debug, Default)]
pub struct TypeString {
    /// The text, references and all.
    pub text: Vec<u8>,
    /// The references in it, in order, disjoint.
    pub refs: Vec<TypeRef>,
}

/// A type string that somebody else keeps.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TypeText<'s> {
    pub(crate) text: &'s [u8],
    pub(crate) refs: &'s [TypeRef],
}

/// A type string of which a part has been gone through.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cursor<'m> {
    text: &'m [u8],
    /// Where the rest of the text begins.
    at: u32,
    /// Those in the rest of the text.
    refs: &'m [TypeRef],
}

impl<'m> Cursor<'m> {
    /// Goes on to the next reference for which `stops` holds; returns the text before it, and the reference, or
    /// the rest of the text, and the number of references that were passed.
    #[inline]
    pub(crate) fn advance(&mut self, mut stops: impl FnMut(TypeId) -> bool) -> Run<'m> {
        let stop = self.refs.iter().position(|reference| stops(reference.name));
        let passed = stop.unwrap_or(self.refs.len());
        let reference = stop.and_then(|stop| self.refs.get(stop)).copied();
        let end = reference
            .map_or_else(|| u32::try_from(self.text.len()).unwrap_or(u32::MAX), |reference| reference.start);
        let text = slice(self.text, self.at, end);
        self.at = reference.map_or(end, |reference| reference.end);
        self.refs = self.refs.get(passed.saturating_add(1)..).unwrap_or_default();
        let stop = reference.map(|TypeRef { start, end, name }| (name, slice(self.text, start, end)));
        Run { text, stop, passed }
    }
}

/// A part of a type string, and the reference behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Run<'m> {
    pub(crate) text: &'m [u8],
    /// The named type, and the text that refers to it; `None` at the end.
    pub(crate) stop: Option<(TypeId, &'m [u8])>,
    /// The references within the text.
    pub(crate) passed: usize,
}

fn slice(text: &[u8], start: u32, end: u32) -> &[u8] {
    let range = usize::try_from(start).ok().zip(usize::try_from(end).ok());
    range.and_then(|(start, end)| text.get(start..end)).unwrap_or_default()
}

impl TypeString {
    /// The whole string, to be gone through.
    pub(crate) fn cursor(&self) -> Cursor<'_> {
        Cursor { text: &self.text, at: 0, refs: &self.refs }
    }

    /// What is kept here.
    pub(crate) fn borrowed(&self) -> TypeText<'_> {
        TypeText { text: &self.text, refs: &self.refs }
    }

    /// The bytes that are kept.
    pub(crate) fn bytes(&self) -> u64 {
        bytes_of(&self.text).saturating_add(bytes_of(&self.refs))
    }

    pub(crate) fn clear(&mut self) {
        self.text.clear();
        self.refs.clear();
    }
}

impl TypeText<'_> {
    /// Appends this to an empty string.
    pub(crate) fn copy_to(self, other: &mut TypeString, budget: &mut Budget) -> Result<()> {
        budget.extend(&mut other.text, self.text)?;
        budget.extend(&mut other.refs, self.refs)
    }

    /// A string of its own.
    pub(crate) fn copied(self, budget: &mut Budget) -> Result<TypeString> {
        let mut string = TypeString::default();
        self.copy_to(&mut string, budget)?;
        Ok(string)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_string_is_gone_through_from_reference_to_reference() {
        let refs =
            [(4, 7, 0), (7, 10, 1)].map(|(start, end, name)| TypeRef { start, end, name: TypeId(name) });
        let string = TypeString { text: b"ptr s#at#b }".to_vec(), refs: refs.to_vec() };
        let run = |text, stop, passed| Run { text, stop, passed };
        let first = Some((TypeId(0), &b"s#a"[..]));
        let second = Some((TypeId(1), &b"t#b"[..]));
        let mut cursor = string.cursor();
        assert_eq!(cursor.advance(|_| true), run(b"ptr ", first, 0));
        assert_eq!(cursor.advance(|_| true), run(b"", second, 0));
        assert_eq!(cursor.advance(|_| true), run(b" }", None, 0));
        assert_eq!(cursor.advance(|_| true), run(b"", None, 0));
        let mut cursor = string.cursor();
        assert_eq!(cursor.advance(|name| name == TypeId(1)), run(b"ptr s#a", second, 1));
        assert_eq!(string.cursor().advance(|_| false), run(b"ptr s#at#b }", None, 2));
    }
}
