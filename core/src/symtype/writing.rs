//! Writing type strings, piece by piece.

use alloc::vec::Vec;

use crate::budget::Budget;
use crate::error::{ErrorKind, Result};
use crate::graph::{Fragment, Name, Texts, TypeName, Value};
use crate::limits::Limit;
use crate::word::{Padded, Word};

use super::map::TypeMap;
use super::names::TypeId;
use super::string::{TypeRef, TypeString};

impl TypeString {
    /// Writes the text of a fragment as [`Texts::write`] does, but all at once: most pieces are of a few bytes, and to pay for
    /// each of them costs more than to write it.
    #[inline]
    pub(super) fn write_fragment(
        &mut self,
        fragment: Fragment,
        source: &Texts<'_, '_>,
        budget: &mut Budget,
    ) -> Result<()> {
        write_fragment(&mut self.text, fragment, source, budget)
    }

    /// Writes a name that was put together behind a space.
    pub(super) fn write_name(&mut self, name: &[u8], budget: &mut Budget) -> Result<()> {
        write_name(&mut self.text, name, budget)
    }

    /// Writes a reference to a type with this name.
    pub(super) fn write_reference(&mut self, id: TypeId, name: &[u8], budget: &mut Budget) -> Result<()> {
        let start = position(&self.text)?;
        write(&mut self.text, name, budget)?;
        let end = position(&self.text)?;
        budget.push(&mut self.refs, TypeRef { start, end, name: id })
    }
}

impl TypeMap {
    /// The number of a type's name, which is put together in `room`.
    pub(super) fn intern_name(
        &mut self,
        name: TypeName,
        source: &Texts<'_, '_>,
        room: &mut Vec<u8>,
        budget: &mut Budget,
    ) -> Result<TypeId> {
        room.clear();
        for piece in name.pieces(source.name(name.name, budget)?) {
            write(room, piece, budget)?;
        }
        self.intern(room, budget)
    }
}

fn position(text: &[u8]) -> Result<u32> {
    u32::try_from(text.len()).map_err(|_| ErrorKind::OutOfMemory.into())
}

#[inline]
fn write_fragment(
    text: &mut Vec<u8>,
    fragment: Fragment,
    source: &Texts<'_, '_>,
    budget: &mut Budget,
) -> Result<()> {
    match fragment {
        Fragment::Word(word) => write_word(text, b"", word, b"", budget),
        Fragment::Item(word) => write_word(text, b" , ", word, b"", budget),
        Fragment::Open(word) => write_word(text, b"", word, b" ", budget),
        Fragment::Close(word) => write_word(text, b" ", word, b"", budget),
        Fragment::Break => write(text, b" ", budget),
        Fragment::NameAt(at) => write_name(text, source.name(Name::At(at), budget)?, budget),
        Fragment::WrittenName(span) => write_name(text, source.name(Name::Written(span), budget)?, budget),
        Fragment::Attribute(word, value) => {
            write_word(text, b"", word, b"", budget)?;
            write_number(text, value, b")", budget)
        }
        Fragment::Number(value) => write_number(text, value, b"", budget),
        Fragment::Nothing | Fragment::Ref(..) => Ok(()),
    }
}

/// Writes a word between others. What is known while this is compiled is copied without a call.
#[inline(always)]
fn write_word<const BEFORE: usize, const BEHIND: usize>(
    text: &mut Vec<u8>,
    before: &'static [u8; BEFORE],
    word: Word,
    behind: &'static [u8; BEHIND],
    budget: &mut Budget,
) -> Result<()> {
    let Padded { block, length } = word.padded();
    let length = BEFORE.saturating_add(*length).saturating_add(BEHIND);
    let end = text.len().saturating_add(length);
    pay(text, length, budget)?;
    // What is behind the word in the block is cut off again.
    budget.reserve(text, Padded::SIZE.saturating_add(BEFORE))?;
    text.extend_from_slice(before);
    text.extend_from_slice(block);
    text.truncate(end.saturating_sub(BEHIND));
    text.extend_from_slice(behind);
    Ok(())
}

/// Writes a name behind a space.
#[inline]
fn write_name(text: &mut Vec<u8>, name: &[u8], budget: &mut Budget) -> Result<()> {
    make_room(text, name.len().saturating_add(1), budget)?;
    text.push(b' ');
    text.extend_from_slice(name);
    Ok(())
}

/// Writes a number, and what is behind it.
#[inline]
fn write_number<const BEHIND: usize>(
    text: &mut Vec<u8>,
    value: Value,
    behind: &'static [u8; BEHIND],
    budget: &mut Budget,
) -> Result<()> {
    let value = u64::from(value);
    if let Ok(digit @ 0..10) = u8::try_from(value) {
        // As most are.
        make_room(text, BEHIND.saturating_add(1), budget)?;
        text.push(b'0'.saturating_add(digit));
    } else {
        let mut buffer = itoa::Buffer::new();
        let digits = buffer.format(value).as_bytes();
        make_room(text, digits.len().saturating_add(BEHIND), budget)?;
        text.extend_from_slice(digits);
    }
    text.extend_from_slice(behind);
    Ok(())
}

fn write(text: &mut Vec<u8>, bytes: &[u8], budget: &mut Budget) -> Result<()> {
    make_room(text, bytes.len(), budget)?;
    text.extend_from_slice(bytes);
    Ok(())
}

/// Makes room for more bytes of text, and pays for them.
#[inline]
fn make_room(text: &mut Vec<u8>, length: usize, budget: &mut Budget) -> Result<()> {
    pay(text, length, budget)?;
    budget.reserve(text, length)
}

/// Pays for more bytes of text.
#[inline]
fn pay(text: &[u8], length: usize, budget: &mut Budget) -> Result<()> {
    budget.check(Limit::Text, text.len().saturating_add(length))?;
    budget.charge_bytes(length)
}
