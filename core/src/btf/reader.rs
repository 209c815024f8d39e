//! The bytes of BTF: a header, types one after the other, and the strings that their names are.
//!
//! The BTF of a module is split: its types are numbered behind those of its base, and so are the offsets of its strings.

use alloc::vec::Vec;
use core::ops::Range;

use crate::budget::{Budget, Spendable};
use crate::error::{Error, ErrorKind, Place, Result, SectionId};
use crate::exports::is_space;
use crate::limits::{Limit, Limits};

use super::kind::Kind;
use super::view::Type;

/// The number of a type. 0 is `void`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct BtfId(pub(super) u32);

impl BtfId {
    pub(super) const VOID: BtfId = BtfId(0);

    pub(super) fn index(self) -> usize {
        usize::try_from(self.0).unwrap_or(usize::MAX)
    }
}

/// The order of the bytes of numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Order {
    Little,
    Big,
}

impl Order {
    /// The order in which the magic number is written, if it is there.
    fn of(data: &[u8]) -> Option<Order> {
        match data {
            [0x9f, 0xeb, ..] => Some(Order::Little),
            [0xeb, 0x9f, ..] => Some(Order::Big),
            _ => None,
        }
    }

    /// The number of four bytes at an offset.
    pub(super) fn number(self, data: &[u8], at: usize) -> Option<u32> {
        let bytes = *data.get(at..)?.first_chunk()?;
        Some(match self {
            Order::Little => u32::from_le_bytes(bytes),
            Order::Big => u32::from_be_bytes(bytes),
        })
    }
}

/// The bytes that every type has.
const TYPE_SIZE: usize = 12;

/// BTF whose every reference and name leads somewhere.
#[derive(Debug)]
pub struct Btf<'d> {
    data: &'d [u8],
    order: Order,
    section: SectionId,
    /// Where each type begins in `data`, in order.
    starts: Vec<u32>,
    strings: &'d [u8],
    base: Option<&'d Btf<'d>>,
    /// What the above has cost.
    spent: Spendable,
}

impl<'d> Btf<'d> {
    /// Whether bytes begin as BTF does.
    pub fn is_btf(data: &[u8]) -> bool {
        Order::of(data).is_some() && data.get(2) == Some(&1)
    }

    /// Whether it is a module's, which is based on that of a kernel: its strings do not begin with an empty one,
    /// or there are none.
    pub fn is_split(data: &[u8]) -> bool {
        let strings = Order::of(data).and_then(|order| part(data, order, 16, SectionId::Btf).ok());
        strings.and_then(|strings| data.get(strings)).is_some_and(|strings| strings.first() != Some(&0))
    }

    /// Reads the contents of a section, or of a file such as `/sys/kernel/btf/vmlinux`. Errors name the section.
    ///
    /// # Errors
    /// Damage anywhere, or a limit.
    pub fn parse(
        data: &'d [u8],
        section: SectionId,
        base: Option<&'d Btf<'d>>,
        limits: &Limits,
    ) -> Result<Btf<'d>> {
        let budget = &mut Budget::new(limits);
        let refuse = |what, offset| Err(refused(what, section, offset));
        let Some(order) = Order::of(data) else {
            return refuse("it does not begin with its magic number", 0);
        };
        if data.get(2) != Some(&1) {
            return refuse("its version is not known", 2);
        }
        if data.get(3) != Some(&0) {
            return refuse("it has flags that are not known", 3);
        }
        let types = part(data, order, 8, section)?;
        let strings = part(data, order, 16, section)?;
        let offset = strings.start;
        let strings = data.get(strings).unwrap_or_default();
        let is_ended = strings.last().map_or(base.is_some(), |&last| last == 0);
        if !is_ended {
            return refuse("its strings do not end", offset);
        }
        if base.is_none() && strings.first() != Some(&0) {
            return refuse("this is split BTF, as modules have: what it is based on is missing", offset);
        }
        if base.is_some_and(|base| base.order != order) {
            return refuse("its byte order is not that of its base", 0);
        }
        let mut btf =
            Btf { data, order, section, starts: Vec::new(), strings, base, spent: Spendable::default() };
        btf.index(types, budget)?;
        for id in btf.own() {
            btf.check(id, budget).map_err(|error| error.at_if_known(btf.place(id)))?;
        }
        btf.spent = budget.spent();
        Ok(btf)
    }

    /// Finds out where types begin.
    fn index(&mut self, types: Range<usize>, budget: &mut Budget) -> Result<()> {
        let mut at = types.start;
        while at < types.end {
            budget.charge_work(1)?;
            let place = place(self.section, at);
            let info = self.order.number(self.data, at.saturating_add(4)).unwrap_or(0);
            let kind = Kind::of((info >> 24) & 0x1f);
            let kind = kind.ok_or_else(|| Error::new(ErrorKind::BtfKind((info >> 24) & 0x1f)).at(place))?;
            if info & 0x60ff_0000 != 0 {
                return Err(Error::new(ErrorKind::Btf("the type has bits that are not known")).at(place));
            }
            let size = TYPE_SIZE.saturating_add(kind.extra(count(info)));
            let end = at.checked_add(size).filter(|&end| end <= types.end);
            let end = end.ok_or_else(|| Error::new(ErrorKind::Btf("the type is cut off")).at(place))?;
            let start = u32::try_from(at).map_err(|_| Error::new(ErrorKind::OutOfMemory))?;
            budget.push(&mut self.starts, start)?;
            at = end;
        }
        let all = self.base_count().saturating_add(self.starts.len());
        if u32::try_from(all).is_err() {
            return Err(refused("it has too many types", self.section, types.start));
        }
        Ok(())
    }

    /// Looks at all that a type says.
    fn check(&self, id: BtfId, budget: &mut Budget) -> Result<()> {
        let Some((info, name)) = self.head(id) else { return Ok(()) };
        let Some(ty) = self.get(id) else { return Ok(()) };
        budget.charge_work(u64::try_from(ty.count).unwrap_or(u64::MAX).saturating_add(1))?;
        self.check_name(name)?;
        if ty.kind.needs_name() && !ty.is_named() {
            return Err(Error::new(ErrorKind::Btf("the type has no name, and needs one")));
        }
        if ty.kind.is_reference() {
            self.check_reference(ty.target())?;
        }
        let items = match ty.kind {
            Kind::Array => return self.check_reference(ty.array().0),
            Kind::Structure | Kind::Union => (3, true),
            Kind::Enumeration64 => (3, false),
            Kind::Enumeration => (2, false),
            Kind::Prototype => (2, true),
            _ => return Ok(()),
        };
        for at in 0..count(info) {
            let at = at.saturating_mul(items.0).saturating_mul(4);
            self.check_name(self.order.number(ty.extra, at).unwrap_or(0))?;
            if items.1 {
                let id = self.order.number(ty.extra, at.saturating_add(4)).unwrap_or(0);
                self.check_reference(BtfId(id))?;
            }
        }
        Ok(())
    }

    /// What it says is looked at where it is written.
    fn check_name(&self, offset: u32) -> Result<()> {
        match self.strings_from(offset) {
            Some(_) => Ok(()),
            None => Err(Error::new(ErrorKind::Btf("there is no string where its name is"))),
        }
    }

    fn check_reference(&self, id: BtfId) -> Result<()> {
        match id.index() <= self.len() {
            true => Ok(()),
            false => Err(Error::new(ErrorKind::BtfReference(id.0))),
        }
    }

    /// The number of types, those of the base among them.
    pub(super) fn len(&self) -> usize {
        self.base_count().saturating_add(self.starts.len())
    }

    fn base_count(&self) -> usize {
        self.base.map_or(0, Btf::len)
    }

    /// The types that are not the base's.
    pub(super) fn own(&self) -> impl Iterator<Item = BtfId> + use<> {
        let (first, last) = (self.base_count().saturating_add(1), self.len());
        (first..=last).filter_map(|id| u32::try_from(id).ok()).map(BtfId)
    }

    /// Where a type begins; `None` for `void` and what is not there.
    pub(super) fn place(&self, id: BtfId) -> Option<Place> {
        let (btf, start) = self.find(id)?;
        Some(place(btf.section, start))
    }

    /// The part that has a type, and where it begins there.
    fn find(&self, id: BtfId) -> Option<(&Btf<'d>, usize)> {
        let mut btf = self;
        while let Some(base) = btf.base.filter(|base| id.index() <= base.len()) {
            btf = base;
        }
        let at = id.index().checked_sub(btf.base_count())?.checked_sub(1)?;
        Some((btf, usize::try_from(*btf.starts.get(at)?).ok()?))
    }

    /// The word with a type's kind, and where its name is.
    fn head(&self, id: BtfId) -> Option<(u32, u32)> {
        let (btf, start) = self.find(id)?;
        let word = |at: usize| btf.order.number(btf.data, start.saturating_add(at));
        Some((word(4)?, word(0)?))
    }

    /// A type; `None` for `void`.
    pub(super) fn get(&self, id: BtfId) -> Option<Type<'_, 'd>> {
        let (btf, start) = self.find(id)?;
        let (info, name) = self.head(id)?;
        let kind = Kind::of((info >> 24) & 0x1f)?;
        let word = btf.order.number(btf.data, start.saturating_add(8))?;
        let extra = btf.data.get(start.saturating_add(TYPE_SIZE)..)?.get(..kind.extra(count(info)))?;
        Some(Type { btf, kind, text: name, flag: info >> 31 == 1, count: count(info), word, extra })
    }

    pub(super) fn order(&self) -> Order {
        self.order
    }

    /// The strings from an offset on, which counts from the beginning of those of the base.
    fn strings_from(&self, offset: u32) -> Option<&'d [u8]> {
        let mut offset = usize::try_from(offset).ok()?;
        let mut btf = self;
        // Each counts from the end of what it is based on.
        while let Some(base) = btf.base {
            match offset.checked_sub(base.strings_len()) {
                Some(own) => {
                    offset = own;
                    break;
                }
                None => btf = base,
            }
        }
        btf.strings.get(offset..).filter(|rest| !rest.is_empty())
    }

    /// The string at an offset.
    fn find_text(&self, offset: u32) -> Option<&'d [u8]> {
        let rest = self.strings_from(offset)?;
        rest.get(..memchr::memchr(0, rest)?)
    }

    /// Whether there is a string at an offset that is not empty.
    pub(super) fn has_text(&self, offset: u32) -> bool {
        self.strings_from(offset).is_some_and(|rest| rest.first() != Some(&0))
    }

    /// The bytes of all strings, those of the base among them.
    fn strings_len(&self) -> usize {
        self.base.map_or(0, Btf::strings_len).saturating_add(self.strings.len())
    }

    /// A name; empty for none.
    pub(super) fn text(&self, offset: u32) -> &'d [u8] {
        self.find_text(offset).unwrap_or_default()
    }

    /// The bytes of a pointer, which are those of a `long`.
    pub fn pointer_size(&self) -> Option<u64> {
        const NAMES: [&[u8]; 4] = [b"long unsigned int", b"unsigned long", b"long int", b"long"];
        let all = (1..=self.len()).filter_map(|id| self.get(BtfId(u32::try_from(id).ok()?)));
        let mut integers =
            all.filter(|ty| ty.kind == Kind::Int && NAMES.iter().any(|name| ty.is_called(name)));
        integers.next().map(|ty| ty.word.into())
    }

    /// Whether the string at an offset is this one. No more of it is looked at than that: many types can have one long name.
    pub(super) fn is_text(&self, offset: u32, text: &[u8]) -> bool {
        let rest = self.strings_from(offset).and_then(|rest| rest.strip_prefix(text));
        rest.is_some_and(|rest| rest.first() == Some(&0))
    }

    /// The names of its functions and variables, the base's not among them, in order, each once. What is no word is no
    /// symbol. Whoever keeps a copy of each has paid for it, and for what little goes with it.
    ///
    /// # Errors
    /// A limit.
    pub fn symbols(&self, limits: &Limits) -> Result<Vec<&'d [u8]>> {
        const KEPT: usize = 256;
        let budget = &mut Budget::after(limits, self.spent);
        let mut names: Vec<&'d [u8]> = Vec::new();
        for id in self.own() {
            budget.charge_work(1)?;
            let symbol = self.get(id).filter(|ty| matches!(ty.kind, Kind::Function | Kind::Variable));
            let Some(name) = symbol.map(|ty| ty.name()) else { continue };
            // They are compared with each other, too.
            budget.charge_bytes(name.len().saturating_mul(32))?;
            if !name.is_empty() && !name.iter().any(|&byte| is_space(byte) || !is_fit(byte)) {
                budget.charge_memory(name.len().saturating_add(KEPT))?;
                budget.push(&mut names, name)?;
                budget.check(Limit::Symbols, names.len())?;
            }
        }
        names.sort_unstable();
        names.dedup();
        Ok(names)
    }

    /// What has been spent on it, and on what it is based on.
    pub(super) fn spent(&self) -> Spendable {
        self.spent
    }
}

/// Whether a name can have this byte: no line comes of it that is not meant.
pub(super) fn is_fit(byte: u8) -> bool {
    !byte.is_ascii_control() && byte != b'\''
}

/// The number of items of a type.
fn count(info: u32) -> usize {
    usize::try_from(info & 0xffff).unwrap_or(0)
}

fn place(section: SectionId, offset: usize) -> Place {
    Place { file: 0, section, offset: u64::try_from(offset).unwrap_or(u64::MAX) }
}

fn refused(what: &'static str, section: SectionId, offset: usize) -> Error {
    Error::new(ErrorKind::Btf(what)).at(place(section, offset))
}

/// The bytes of a part whose offset behind the header and length are stated at `at`.
fn part(data: &[u8], order: Order, at: usize, section: SectionId) -> Result<Range<usize>> {
    let number = |at: usize| order.number(data, at).and_then(|number| usize::try_from(number).ok());
    let header = || -> Option<usize> { number(4).filter(|&length| length >= 24 && length <= data.len()) };
    let Some(header) = header() else { return Err(refused("its header is cut off", section, 4)) };
    let range = || {
        let start = header.checked_add(number(at)?)?;
        let end = start.checked_add(number(at.saturating_add(4))?)?;
        (end <= data.len()).then_some(start..end)
    };
    range().ok_or_else(|| refused("a part of it is not where the header says", section, at))
}
