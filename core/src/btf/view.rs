//! What a type says.

use super::kind::Kind;
use super::reader::{Btf, BtfId, Order};

/// A type, and the bytes behind it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Type<'b, 'd> {
    pub(super) btf: &'b Btf<'d>,
    pub(super) kind: Kind,
    /// Where its name is.
    pub(super) text: u32,
    /// Of a record: its members have sizes in bits. Of an enumeration: its values are signed. Of a forward: a union.
    pub(super) flag: bool,
    /// The number of items.
    pub(super) count: usize,
    /// A size, or a type.
    pub(super) word: u32,
    pub(super) extra: &'d [u8],
}

/// A member of a record.
#[derive(Clone, Copy, Debug)]
pub(super) struct Member<'d> {
    pub(super) name: &'d [u8],
    pub(super) id: BtfId,
    /// Where it begins, in bits.
    pub(super) offset: u64,
    /// Its size in bits, of a bit field.
    pub(super) bits: Option<u32>,
}

impl<'b, 'd> Type<'b, 'd> {
    /// Its name; empty for none.
    pub(super) fn name(&self) -> &'d [u8] {
        self.btf.text(self.text)
    }

    /// Whether it has a name, however long that is.
    pub(super) fn is_named(&self) -> bool {
        self.btf.has_text(self.text)
    }

    /// Whether it has this name.
    pub(super) fn is_called(&self, name: &[u8]) -> bool {
        self.btf.is_text(self.text, name)
    }

    /// The type that it refers to.
    pub(super) fn target(&self) -> BtfId {
        BtfId(self.word)
    }

    fn order(&self) -> Order {
        self.btf.order()
    }

    /// A number of four bytes behind the type; 0 if there is none.
    fn number(&self, at: usize) -> u32 {
        self.order().number(self.extra, at.saturating_mul(4)).unwrap_or(0)
    }

    /// The type of an array's elements, and their number.
    pub(super) fn array(&self) -> (BtfId, u32) {
        (BtfId(self.number(0)), self.number(2))
    }

    /// The encoding of an integer, where it begins in its bytes, and its size in bits.
    pub(super) fn integer(&self) -> (u32, u32, u32) {
        let data = self.number(0);
        ((data >> 24) & 0xf, (data >> 16) & 0xff, data & 0xff)
    }

    /// A member.
    pub(super) fn member(&self, at: usize) -> Member<'d> {
        let at = at.saturating_mul(3);
        let (name, id, place) =
            (self.number(at), self.number(at.saturating_add(1)), self.number(at.saturating_add(2)));
        let id = BtfId(id);
        let (offset, bits) = match self.flag {
            true => (place & 0x00ff_ffff, Some(place >> 24).filter(|&bits| bits > 0)),
            false => (place, None),
        };
        let member = Member { name: self.btf.text(name), id, offset: offset.into(), bits };
        if bits.is_some() { member } else { self.of_narrow_integer(member) }
    }

    /// A member as it is if its type is an integer that says which of its bits count: bit fields used to be written so.
    fn of_narrow_integer(&self, member: Member<'d>) -> Member<'d> {
        let Some(ty) = self.btf.get(member.id).filter(|ty| ty.kind == Kind::Int) else { return member };
        let (_, start, bits) = ty.integer();
        if start == 0 && u64::from(bits) == u64::from(ty.word).saturating_mul(8) {
            return member;
        }
        Member { offset: member.offset.saturating_add(start.into()), bits: Some(bits), ..member }
    }

    /// A parameter's name and type; that of the dots behind all others is [`BtfId::VOID`], without a name.
    pub(super) fn parameter(&self, at: usize) -> (&'d [u8], BtfId) {
        let at = at.saturating_mul(2);
        (self.btf.text(self.number(at)), BtfId(self.number(at.saturating_add(1))))
    }

    /// An enumerator's name and value, which is as DWARF would have it: 64 bits, a negative one as its complement.
    pub(super) fn enumerator(&self, at: usize) -> (&'d [u8], u64) {
        let is_wide = self.kind == Kind::Enumeration64;
        let at = at.saturating_mul(if is_wide { 3 } else { 2 });
        let name = self.btf.text(self.number(at));
        let low = self.number(at.saturating_add(1));
        let value = match (is_wide, self.flag) {
            (true, _) => u64::from(self.number(at.saturating_add(2))) << 32 | u64::from(low),
            (false, true) => i64::from(low.cast_signed()).cast_unsigned(),
            (false, false) => low.into(),
        };
        (name, value)
    }
}
