//! A type string: text in which references to named types are known for what they are.

use alloc::vec::Vec;

use crate::budget::bytes_of;

use super::names::TypeId;

/// A reference to a named type, and where it stands in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct TypeRef {
    pub(crate) start: u32,
    pub(crate) end: u32,
    pub(crate) name: TypeId,
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
pub(crate) struct TypeString {
    pub(crate) text: Vec<u8>,
    /// In order, disjoint.
    pub(crate) refs: Vec<TypeRef>,
}

/// A piece of a type string.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Piece<'a> {
    Text(&'a [u8]),
    /// A named type, and the text that refers to it.
    Ref(TypeId, &'a [u8]),
}

impl TypeString {
    /// The piece with this number: text pieces have even numbers, references odd ones.
    pub(crate) fn piece(&self, number: usize) -> Option<Piece<'_>> {
        let at = number >> 1;
        let next = self.refs.get(at);
        if number & 1 == 1 {
            let next = next?;
            Some(Piece::Ref(next.name, self.slice(next.start, next.end)))
        } else {
            let start = match at.checked_sub(1) {
                Some(before) => self.refs.get(before)?.end,
                None => 0,
            };
            let end = next.map(|next| next.start).or_else(|| u32::try_from(self.text.len()).ok())?;
            Some(Piece::Text(self.slice(start, end)))
        }
    }

    /// The bytes that are kept.
    pub(crate) fn bytes(&self) -> u64 {
        bytes_of(&self.text).saturating_add(bytes_of(&self.refs))
    }

    fn slice(&self, start: u32, end: u32) -> &[u8] {
        let range = usize::try_from(start).ok().zip(usize::try_from(end).ok());
        range.and_then(|(start, end)| self.text.get(start..end)).unwrap_or_default()
    }

    pub(crate) fn clear(&mut self) {
        self.text.clear();
        self.refs.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_alternate_between_text_and_references() {
        let refs =
            [(4, 7, 0), (7, 10, 1)].map(|(start, end, name)| TypeRef { start, end, name: TypeId(name) });
        let string = TypeString { text: b"ptr s#at#b }".to_vec(), refs: refs.to_vec() };
        let pieces: Vec<_> = (0..).map_while(|number| string.piece(number)).collect();
        assert_eq!(
            pieces,
            [
                Piece::Text(b"ptr "),
                Piece::Ref(TypeId(0), b"s#a"),
                Piece::Text(b""),
                Piece::Ref(TypeId(1), b"t#b"),
                Piece::Text(b" }"),
            ]
        );
    }
}
