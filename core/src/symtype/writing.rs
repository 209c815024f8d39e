//! Writing type strings, piece by piece.

use alloc::vec::Vec;

use crate::budget::Budget;
use crate::error::{Error, ErrorKind, Result};
use crate::graph::{Fragment, Name, Texts, TypeName, Value};
use crate::limits::Limit;
use crate::word::{Padded, Word};

use super::map::TypeMap;
use super::names::TypeId;
use super::string::{TypeRef, TypeText};

/// A type string that is being written.
///
/// Most pieces are of a few bytes, and to ask for room for each of them costs more than to write it. So there is room behind the
/// text already, filled with whatever was there, and whole blocks are copied into it: what stands in a block behind a word is overwritten by the next piece.
///
/// INVARIANT: whoever has a fragment written has paid [`Writer::STEPS`] for it. Only names are paid for here.
#[derive(Debug, Default)]
pub(super) struct Writer {
    /// The text, and the room behind it.
    room: Vec<u8>,
    /// Where the text ends.
    end: usize,
    refs: Vec<TypeRef>,
}

impl Writer {
    /// What a fragment costs, but for names: it is written in blocks of a fixed size.
    pub(super) const STEPS: u64 = 1;

    /// Begins a string.
    pub(super) fn clear(&mut self) {
        self.end = 0;
        self.refs.clear();
    }

    /// The number of bytes that are written.
    #[inline]
    pub(super) fn len(&self) -> usize {
        self.end
    }

    /// The string, if it is not too long.
    pub(super) fn finish(&self, budget: &Budget) -> Result<TypeText<'_>> {
        budget.check(Limit::Text, self.end)?;
        Ok(TypeText { text: self.room.get(..self.end).unwrap_or_default(), refs: &self.refs })
    }

    /// Gives back what it has cost.
    pub(super) fn free(self, budget: &mut Budget) {
        budget.free(self.room);
        budget.free(self.refs);
    }

    /// Writes the text of a fragment as [`Texts::write`] does.
    #[inline(always)]
    pub(super) fn fragment(
        &mut self,
        fragment: Fragment,
        source: &Texts<'_, '_>,
        budget: &mut Budget,
    ) -> Result<()> {
        match fragment {
            Fragment::NameAt(at) => self.name(source.name(Name::At(at), budget)?, budget),
            Fragment::WrittenName(span) => self.name(source.name(Name::Written(span), budget)?, budget),
            Fragment::Attribute(word, value) => self.attribute(word, value, budget),
            Fragment::Number(value) => self.number(value, budget),
            fragment => fragment.fixed().map_or(Ok(()), |text| self.block(text, budget)),
        }
    }

    /// Writes a name behind a space.
    #[inline]
    pub(super) fn name(&mut self, name: &[u8], budget: &mut Budget) -> Result<()> {
        budget.charge_bytes(name.len())?;
        let room = self.room_for(name.len().saturating_add(1), budget)?;
        if let [space, rest @ ..] = room {
            *space = b' ';
            rest.copy_from_slice(name);
        }
        Ok(())
    }

    /// Writes a reference to a type with this name.
    #[inline]
    pub(super) fn reference(&mut self, id: TypeId, name: &[u8], budget: &mut Budget) -> Result<()> {
        let start = self.position()?;
        self.bytes(name, budget)?;
        let end = self.position()?;
        budget.push(&mut self.refs, TypeRef { start, end, name: id })
    }

    fn position(&self) -> Result<u32> {
        u32::try_from(self.end).map_err(|_| ErrorKind::OutOfMemory.into())
    }

    #[inline(always)]
    fn block(&mut self, text: &'static Padded, budget: &mut Budget) -> Result<()> {
        *self.room(budget)? = text.block;
        self.end = self.end.saturating_add(text.length);
        Ok(())
    }

    #[inline]
    fn attribute(&mut self, word: Word, value: Value, budget: &mut Budget) -> Result<()> {
        let word = word.alone();
        if let Some(number) = ShortNumber::of(value)
            && let room = self.room::<{ Padded::SIZE + 4 }>(budget)?
            && let Some((before, _)) = room.split_first_chunk_mut()
        {
            *before = word.block;
            if let Some(behind) = room.get_mut(word.length..).and_then(<[u8]>::first_chunk_mut) {
                *behind = number.digits;
            }
            self.end = self.end.saturating_add(word.length).saturating_add(number.count).saturating_add(1);
            return Ok(());
        }
        self.block(word, budget)?;
        self.number(value, budget)?;
        *self.room(budget)? = *b")";
        self.end = self.end.saturating_add(1);
        Ok(())
    }

    #[inline]
    fn number(&mut self, value: Value, budget: &mut Budget) -> Result<()> {
        match ShortNumber::of(value) {
            Some(number) => {
                *self.room(budget)? = number.digits;
                self.end = self.end.saturating_add(number.count);
                Ok(())
            }
            None => self.copy(itoa::Buffer::new().format(u64::from(value)).as_bytes(), budget),
        }
    }

    /// Writes bytes, and pays for them.
    #[inline]
    fn bytes(&mut self, bytes: &[u8], budget: &mut Budget) -> Result<()> {
        budget.charge_bytes(bytes.len())?;
        self.copy(bytes, budget)
    }

    #[inline]
    fn copy(&mut self, bytes: &[u8], budget: &mut Budget) -> Result<()> {
        self.room_for(bytes.len(), budget)?.copy_from_slice(bytes);
        Ok(())
    }

    /// The room of a piece of so many bytes, which are part of the text from now on.
    #[inline]
    fn room_for(&mut self, length: usize, budget: &mut Budget) -> Result<&mut [u8]> {
        let (start, end) = (self.end, self.end.saturating_add(length));
        if end > self.room.len() {
            self.grow(length, budget)?;
        }
        self.end = end;
        self.room.get_mut(start..end).ok_or_else(|| Error::new(ErrorKind::OutOfMemory))
    }

    /// Room for a piece of so many bytes at most.
    #[inline(always)]
    fn room<const SIZE: usize>(&mut self, budget: &mut Budget) -> Result<&mut [u8; SIZE]> {
        if self.room.len().saturating_sub(self.end) < SIZE {
            self.grow(SIZE, budget)?;
        }
        let room = self.room.get_mut(self.end..).and_then(<[u8]>::first_chunk_mut);
        room.ok_or_else(|| Error::new(ErrorKind::OutOfMemory))
    }

    #[cold]
    #[inline(never)]
    fn grow(&mut self, more: usize, budget: &mut Budget) -> Result<()> {
        /// What the first strings need.
        const LEAST: usize = 1 << 12;
        budget.check(Limit::Text, self.end)?;
        let needed = self.end.saturating_add(more).max(self.room.len().saturating_mul(2)).max(LEAST);
        budget.fill(&mut self.room, needed, 0)
    }
}

/// A number below 100, as most are, before a parenthesis.
#[derive(Clone, Copy, Debug)]
struct ShortNumber {
    /// The digits, and what stands behind those of an attribute.
    digits: [u8; 4],
    /// How many digits there are.
    count: usize,
}

impl ShortNumber {
    const ALL: [ShortNumber; 100] = {
        let (mut numbers, mut number) = ([ShortNumber { digits: *b"0)  ", count: 1 }; 100], 0);
        let (mut rest, _) = numbers.split_at_mut(100);
        while let [place, others @ ..] = rest {
            *place = match (number / 10, number % 10) {
                (0, last) => ShortNumber { digits: [b'0' + last, b')', b' ', b' '], count: 1 },
                (first, last) => ShortNumber { digits: [b'0' + first, b'0' + last, b')', b' '], count: 2 },
            };
            number += 1;
            rest = others;
        }
        numbers
    };

    #[inline(always)]
    fn of(value: Value) -> Option<&'static ShortNumber> {
        static ALL: [ShortNumber; 100] = ShortNumber::ALL;
        usize::try_from(u64::from(value)).ok().and_then(|value| ALL.get(value))
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
            budget.charge_bytes(piece.len())?;
            budget.extend(room, piece)?;
        }
        budget.check(Limit::Text, room.len())?;
        self.intern(room, budget)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits::Limits;

    #[test]
    fn numbers_are_decimal() {
        let budget = &mut Budget::new(&Limits::default());
        let mut writer = Writer::default();
        let few = 0..20_000;
        for value in few.chain([65_535, 65_536, u64::from(u32::MAX) + 1, u64::MAX]) {
            writer.clear();
            writer.attribute(Word::ByteSize, value.into(), budget).unwrap();
            let text = writer.finish(budget).unwrap().text;
            assert_eq!(text, alloc::format!(" byte_size({value})").as_bytes());
        }
    }

    #[test]
    fn what_is_longer_than_its_limit_is_refused() {
        let mut budget = Budget::new(&Limits { text: 5000, ..Limits::default() });
        let mut writer = Writer::default();
        writer.name(&[b'x'; 4999], &mut budget).unwrap();
        assert_eq!(writer.finish(&budget).unwrap().text.len(), 5000);
        writer.number(1.into(), &mut budget).unwrap();
        assert!(writer.finish(&budget).is_err());
    }
}
