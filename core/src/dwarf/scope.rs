//! Which scope a DIE stands in: what its fully qualified name begins with (SPEC section 4).
//!
//! A DIE does not name its parent. The walk that finds the exported symbols notes where each scope begins
//! and ends: for the namespaces, classes and structures that it enters, a [`Range`]; for everything else
//! with children, which it passes over, only the bounds. Should a description ever reach a DIE in there,
//! that part is walked too, once ([`Scopes::within`]).

use alloc::vec::Vec;

use gimli::DwTag;

use crate::budget::{Budget, bytes_of};
use crate::error::{ErrorKind, Result};
use crate::limits::Limit;

use super::place::DieOffset;
use super::unit::Unit;

/// A DIE with children.
#[derive(Clone, Copy, Debug)]
struct Range {
    /// The DIE itself.
    start: DieOffset,
    /// Behind its last child.
    end: DieOffset,
    /// The index of the range around this one.
    parent: Option<u32>,
    /// Whether it prefixes names; any other scope cuts the chain.
    is_prefix: bool,
}

/// The scopes of a unit, or of a part of it.
#[derive(Debug, Default)]
pub(crate) struct Scopes {
    /// Sorted by `start`, properly nested.
    ranges: Vec<Range>,
    /// What the walk passed over: sorted, disjoint.
    passed: Vec<(DieOffset, DieOffset)>,
    /// The ranges that are open while the scopes are collected.
    open: Vec<Open>,
}

#[derive(Clone, Copy, Debug)]
struct Open {
    index: u32,
    /// Whether a child was seen that could be, or contain, something with a qualified name.
    matters: bool,
    /// Where its DIE says that the next one begins.
    sibling: Option<DieOffset>,
}

/// Namespaces, classes and structures: the scopes that prefix names.
pub(crate) fn is_prefix(tag: DwTag) -> bool {
    matches!(tag, gimli::DW_TAG_namespace | gimli::DW_TAG_class_type | gimli::DW_TAG_structure_type)
}

impl Scopes {
    /// Notes that the walk stands at a DIE, as a child of the innermost open range.
    #[inline]
    pub(super) fn child(&mut self, tag: DwTag) {
        let is_leaf = matches!(
            tag,
            gimli::DW_TAG_member
                | gimli::DW_TAG_enumerator
                | gimli::DW_TAG_formal_parameter
                | gimli::DW_TAG_subrange_type
        );
        if let Some(open) = self.open.last_mut() {
            open.matters |= !is_leaf;
        }
    }

    /// Enters the children of the DIE at `start`.
    pub(super) fn enter(&mut self, start: DieOffset, is_prefix: bool, budget: &mut Budget) -> Result<()> {
        budget.check(Limit::Scopes, self.open.len())?;
        let index = u32::try_from(self.ranges.len()).map_err(|_| ErrorKind::UnitTooLarge)?;
        let parent = self.open.last().map(|open| open.index);
        budget.push(&mut self.ranges, Range { start, end: start, parent, is_prefix })?;
        budget.push(&mut self.open, Open { index, matters: false, sibling: None })
    }

    /// Notes where the next DIE behind the innermost open range begins.
    pub(super) fn set_sibling(&mut self, sibling: Option<DieOffset>) {
        if let Some(open) = self.open.last_mut() {
            open.sibling = sibling;
        }
    }

    /// Whether the innermost open range ends where its DIE says.
    pub(super) fn ends_at(&self, end: DieOffset) -> bool {
        self.open.last().and_then(|open| open.sibling).is_none_or(|sibling| sibling == end)
    }

    /// Leaves the innermost open range; `false` if there is none.
    pub(super) fn leave(&mut self, end: DieOffset) -> bool {
        let Some(open) = self.open.pop() else { return false };
        let index = usize::try_from(open.index).unwrap_or(usize::MAX);
        if !open.matters && self.ranges.len() == index.saturating_add(1) {
            self.ranges.pop();
        } else if let Some(range) = self.ranges.get_mut(index) {
            range.end = end;
        }
        true
    }

    /// Leaves all open ranges at the end of the unit.
    pub(super) fn leave_all(&mut self, end: DieOffset) {
        while self.leave(end) {}
        self.open = Vec::new();
    }

    /// Notes that the children of the DIE at `start` were passed over.
    pub(super) fn pass(&mut self, start: DieOffset, end: DieOffset, budget: &mut Budget) -> Result<()> {
        budget.push(&mut self.passed, (start, end))
    }

    /// The DIE whose children were passed over and contain `offset`.
    pub(crate) fn passed_around(&self, offset: DieOffset) -> Option<DieOffset> {
        let at = self.passed.partition_point(|&(start, _)| start < offset).checked_sub(1)?;
        self.passed.get(at).filter(|&&(_, end)| offset < end).map(|&(start, _)| start)
    }

    /// Collects the scopes within a DIE that was passed over.
    pub(crate) fn within(unit: &Unit<'_, '_>, start: DieOffset, budget: &mut Budget) -> Result<Scopes> {
        let mut scopes = Scopes::default();
        let Some(head) = unit.head(start)? else { return Ok(scopes) };
        scopes.enter(start, false, budget)?;
        let mut at = unit.skip(head, budget)?;
        while !unit.is_end(at) && !scopes.open.is_empty() {
            let Some(head) = unit.head(at)? else {
                budget.charge_work(1)?;
                at = unit.after_null(at)?;
                scopes.leave(at);
                continue;
            };
            scopes.child(head.abbreviation.tag);
            if head.abbreviation.has_children {
                scopes.enter(at, is_prefix(head.abbreviation.tag), budget)?;
            }
            at = unit.skip(head, budget)?;
        }
        scopes.leave_all(at);
        Ok(scopes)
    }

    /// Collects the scopes that prefix the name of the DIE at `offset`, from the innermost outwards.
    pub(crate) fn prefixes(
        &self,
        offset: DieOffset,
        prefixes: &mut Vec<DieOffset>,
        budget: &mut Budget,
    ) -> Result<()> {
        let before = self.ranges.partition_point(|range| range.start < offset);
        let mut next = before.checked_sub(1).and_then(|index| self.ranges.get(index));
        while let Some(range) = next {
            budget.charge_work(1)?;
            if offset < range.end {
                if !range.is_prefix {
                    break;
                }
                budget.push(prefixes, range.start)?;
            }
            next = range.parent.and_then(|parent| self.ranges.get(usize::try_from(parent).ok()?));
        }
        Ok(())
    }

    /// The bytes that are kept.
    pub(crate) fn bytes(&self) -> u64 {
        bytes_of(&self.ranges).saturating_add(bytes_of(&self.passed))
    }
}
