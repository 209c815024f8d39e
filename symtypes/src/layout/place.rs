//! A structure or union laid out: where each of its members is, from the beginning of the outermost type.
//!
//! Members of structures and unions that are spelled out within it are among them, those without a name as if they stood
//! in the outer type, as C has it; the others with the names that lead to them.
//!
//! ```text
//! struct s { int a; union { long b; struct { int c; } d; }; }      a at 0, b at 8, d at 8 and in it d.c at 8
//! ```

use alloc::vec::Vec;

use dwarfksyms_core::Result;
use dwarfksyms_core::budget::Budget;

use crate::types::{Attribute, NodeIndex, NodeKind, Wrapper};

use super::library::Library;
use super::part::Part;

/// How many structures may be in one another.
const DEEPEST: usize = 256;
/// How many members are laid out, at most: with more of them, a layout is not known.
const MOST: usize = 1 << 16;
/// How many if named types are laid out, too, and how deep.
const MOST_NAMED: usize = 256;
const DEEPEST_NAMED: usize = 16;

/// A member and where it is.
#[derive(Clone, Debug)]
pub(crate) struct Place<'t> {
    /// With those that it is in; empty if it has none.
    pub(crate) name: Vec<u8>,
    /// The name alone.
    pub(crate) own: Option<&'t [u8]>,
    /// In bits; none if the text does not state it.
    pub(crate) offset: Option<u64>,
    /// In bits; none if it is not known.
    pub(crate) size: Option<u64>,
    /// The member.
    pub(crate) item: Part<'t>,
    /// The member of the outermost type that it is, or is in.
    pub(super) outermost: NodeIndex,
    /// How many of the places behind this one are inside it.
    pub(crate) inside: usize,
    /// Whether it shares its bytes with others, in a union that is laid out here.
    pub(crate) is_shared: bool,
    /// How many structures and unions it is in.
    pub(crate) depth: usize,
    /// Whether this is a bit-field whose offset is that of its unit, as before DWARF 5.
    pub(crate) is_vague: bool,
}

/// Where the members of a type are, in the order of the text.
#[derive(Clone, Debug)]
pub(crate) struct Layout<'t> {
    pub(crate) places: Vec<Place<'t>>,
    /// In bits.
    pub(crate) size: Option<u64>,
    pub(crate) is_union: bool,
    /// Whether there are variants besides, as in an enum of Rust.
    pub(crate) has_variants: bool,
}

/// What is laid out besides what is spelled out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Follow {
    /// Named types that stand in a member without a name.
    Nameless,
    /// All named types.
    All,
}

/// Types with items of one kind that are spelled out in the same way, such as arrays of nameless structures.
pub(crate) fn aggregates_in<'t>(old: &Part<'t>, new: &Part<'t>) -> Option<(Part<'t>, Part<'t>)> {
    let (mut old, mut new) = (old.clone(), new.clone());
    loop {
        let kind = old.kind();
        if kind != new.kind() {
            return None;
        }
        match kind {
            kind if kind.is_aggregate() => return Some((old, new)),
            NodeKind::Array if !old.dimensions().eq(new.dimensions()) => return None,
            NodeKind::Wrapper(_) | NodeKind::Array => (old, new) = (old.inner()?, new.inner()?),
            _ => return None,
        }
    }
}

/// Functions, or pointers to functions.
pub(crate) fn functions_in<'t>(old: &Part<'t>, new: &Part<'t>) -> Option<(Part<'t>, Part<'t>)> {
    let (mut old, mut new) = (old.clone(), new.clone());
    loop {
        match (old.kind(), new.kind()) {
            (NodeKind::Subroutine, NodeKind::Subroutine) => return Some((old, new)),
            (NodeKind::Wrapper(Wrapper::Pointer), NodeKind::Wrapper(Wrapper::Pointer)) => {
                (old, new) = (old.inner()?, new.inner()?);
            }
            _ => return None,
        }
    }
}

/// An aggregate of which the members are being laid out.
struct Frame<'t> {
    part: Part<'t>,
    members: Vec<NodeIndex>,
    next: usize,
    base: Option<u64>,
    prefix: Vec<u8>,
    is_shared: bool,
    /// The place that it is the type of.
    holder: Option<usize>,
}

impl Frame<'_> {
    /// The member that is being laid out.
    fn current(&self) -> Option<NodeIndex> {
        self.members.get(self.next.checked_sub(1)?).copied()
    }
}

impl Place<'_> {
    pub(crate) fn end(&self) -> Option<u64> {
        self.offset?.checked_add(self.size?)
    }

    /// Whether it is certainly in the same structure or union as another: one in which few levels are spelled out.
    pub(crate) fn is_beside(&self, other: &Place<'_>) -> bool {
        self.depth == other.depth && (self.depth == 1 || self.depth == 2 && self.outermost == other.outermost)
    }

    pub(crate) fn is_bit_field(&self) -> bool {
        self.item.attribute(Attribute::BitSize).is_some()
    }
}

impl<'t> Layout<'t> {
    /// Whether the text says where everything is.
    pub(crate) fn is_known(&self) -> bool {
        let is_known = |place: &Place<'_>| place.offset.is_some() && place.size.is_some() && !place.is_vague;
        !self.has_variants && self.places.iter().all(is_known)
    }

    /// Lays out a structure or union; `None` if it has too many members.
    pub(super) fn of(
        part: &Part<'t>,
        types: &Library<'_, 't>,
        follow: Follow,
        budget: &mut Budget,
    ) -> Result<Option<Layout<'t>>> {
        let size = part.attribute(Attribute::ByteSize).and_then(|bytes| bytes.checked_mul(8));
        let is_union = part.kind() == NodeKind::Union;
        let mut writer = Writer { types, follow, places: Vec::new(), stack: Vec::new(), has_variants: false };
        writer.enter(part.clone(), Some(0), Vec::new(), is_union, None, budget)?;
        let is_whole = writer.run(budget)?;
        let Writer { places, has_variants, .. } = writer;
        Ok(is_whole.then_some(Layout { places, size, is_union, has_variants }))
    }
}

struct Writer<'a, 'c, 't> {
    types: &'a Library<'c, 't>,
    follow: Follow,
    places: Vec<Place<'t>>,
    stack: Vec<Frame<'t>>,
    has_variants: bool,
}

impl<'t> Writer<'_, '_, 't> {
    fn enter(
        &mut self,
        part: Part<'t>,
        base: Option<u64>,
        prefix: Vec<u8>,
        is_shared: bool,
        holder: Option<usize>,
        budget: &mut Budget,
    ) -> Result<()> {
        let mut members = Vec::new();
        for item in part.tree.items(part.index) {
            budget.charge_work(1)?;
            budget.push(&mut members, item)?;
        }
        budget.push(&mut self.stack, Frame { part, members, next: 0, base, prefix, is_shared, holder })
    }

    /// Whether everything could be laid out.
    fn run(&mut self, budget: &mut Budget) -> Result<bool> {
        while let Some(frame) = self.stack.last_mut() {
            budget.charge_work(4)?;
            let Some(&member) = frame.members.get(frame.next) else {
                self.leave(budget);
                continue;
            };
            frame.next = frame.next.saturating_add(1);
            let item = frame.part.at(member);
            let most = if self.follow == Follow::All { MOST_NAMED } else { MOST };
            if self.places.len() >= most {
                return Ok(false);
            }
            if item.kind() != NodeKind::Member {
                self.has_variants = true;
                continue;
            }
            self.member(item, budget)?;
        }
        Ok(true)
    }

    fn leave(&mut self, budget: &mut Budget) {
        let Some(frame) = self.stack.pop() else { return };
        let count = self.places.len();
        if let Some(holder) = frame.holder
            && let Some(place) = self.places.get_mut(holder)
        {
            place.inside = count.saturating_sub(holder).saturating_sub(1);
        }
        budget.free(frame.members);
        budget.free(frame.prefix);
    }

    fn member(&mut self, item: Part<'t>, budget: &mut Budget) -> Result<()> {
        let Some(frame) = self.stack.last() else { return Ok(()) };
        let (base, is_shared) = (frame.base, frame.is_shared);
        let is_in_union = frame.part.kind() == NodeKind::Union;
        let own = item.name();
        let mut name = Vec::new();
        budget.charge_bytes(frame.prefix.len())?;
        budget.extend(&mut name, &frame.prefix)?;
        budget.extend(&mut name, own.unwrap_or_default())?;
        let inner = item.inner();
        let is_told = is_in_union || item.tree.is_measured();
        // In a union, gcc does not state that a member is at its beginning.
        let within = item.tree.offset(item.index).or(is_told.then_some(0));
        let offset = base.zip(within).and_then(|(base, within)| base.checked_add(within));
        let is_field = item.attribute(Attribute::BitSize).is_some();
        let is_vague = is_field && !is_in_union && item.attribute(Attribute::DataBitOffset).is_none();
        let holds = match &inner {
            Some(inner) => self.aggregate_in(inner, own.is_none(), budget)?,
            None => None,
        };
        if let (Some(part), None) = (&holds, own) {
            let is_shared = is_shared || part.kind() == NodeKind::Union;
            let mut prefix = Vec::new();
            if let Some(frame) = self.stack.last() {
                budget.extend(&mut prefix, &frame.prefix)?;
            }
            return self.enter(part.clone(), offset, prefix, is_shared, None, budget);
        }
        let size = match (item.attribute(Attribute::BitSize), &inner) {
            (Some(bits), _) => Some(bits),
            (None, Some(inner)) => self.types.bits(&inner.tree, inner.index, budget)?,
            (None, None) => None,
        };
        let mut prefix = Vec::new();
        let (at, depth) = (self.places.len(), self.stack.len());
        let outermost = self.stack.first().and_then(Frame::current).unwrap_or(item.index);
        if holds.is_some() {
            budget.extend(&mut prefix, &name)?;
            budget.push(&mut prefix, b'.')?;
        }
        budget.push(
            &mut self.places,
            Place { name, own, offset, size, item, outermost, inside: 0, is_shared, depth, is_vague },
        )?;
        match holds {
            Some(part) => {
                let is_shared = is_shared || part.kind() == NodeKind::Union;
                self.enter(part, offset, prefix, is_shared, Some(at), budget)
            }
            None => Ok(()),
        }
    }

    /// The structure or union that a type is, or is an array of, if it is to be laid out.
    fn aggregate_in(
        &self,
        inner: &Part<'t>,
        is_nameless: bool,
        budget: &mut Budget,
    ) -> Result<Option<Part<'t>>> {
        let deepest = if self.follow == Follow::All { DEEPEST_NAMED } else { DEEPEST };
        if self.stack.len() >= deepest {
            return Ok(None);
        }
        let mut part = inner.clone();
        for _ in 0..DEEPEST {
            budget.charge_work(4)?;
            let next = match part.kind() {
                NodeKind::Structure | NodeKind::Class | NodeKind::Union => return Ok(Some(part)),
                NodeKind::Wrapper(wrapper) if wrapper.is_qualifier() => part.inner(),
                NodeKind::Array => part.inner(),
                NodeKind::Reference if is_nameless || self.follow == Follow::All => {
                    self.types.definition(&part, budget)?
                }
                _ => None,
            };
            let Some(next) = next else { return Ok(None) };
            part = next;
        }
        Ok(None)
    }
}
