//! The types that differ between two builds, each once.

use alloc::vec::Vec;

use dwarfksyms_core::Result;
use dwarfksyms_core::budget::{Budget, bytes_of};

use crate::types::{FileId, NameId, RecordId};

/// A type that differs.
#[derive(Clone, Copy, Debug)]
pub(super) struct Differing {
    pub(super) name: NameId,
    pub(super) old: RecordId,
    pub(super) new: RecordId,
    pub(super) files: (FileId, FileId),
    pub(super) file_count: usize,
}

/// A type that differs, in one pair of files.
#[derive(Clone, Copy, Debug)]
pub(super) struct Occurrence {
    pub(super) files: (FileId, FileId),
    /// Its position among all types that differ.
    pub(super) number: u32,
}

/// What exports reach of the types that differ. Thousands of exports reach the same thousands of types: each set is kept once.
#[derive(Debug, Default)]
pub(super) struct Reached {
    /// The exports that differ, and the numbers of their sets.
    pub(super) exports: Vec<(NameId, u32)>,
    /// The positions of types, in order, set by set.
    members: Vec<u32>,
    /// Where each set ends.
    ends: Vec<usize>,
}

impl Reached {
    /// Adds a set and the exports that reach it.
    pub(super) fn add(
        &mut self,
        members: &[u32],
        exports: impl Iterator<Item = NameId>,
        budget: &mut Budget,
    ) -> Result<()> {
        let number = u32::try_from(self.ends.len()).unwrap_or(u32::MAX);
        budget.charge_bytes(members.len().saturating_mul(4))?;
        budget.extend(&mut self.members, members)?;
        budget.push(&mut self.ends, self.members.len())?;
        for export in exports {
            budget.push(&mut self.exports, (export, number))?;
        }
        Ok(())
    }

    /// Adds all sets of another one, whose types have other positions here.
    pub(super) fn join(&mut self, other: &Reached, positions: &[u32], budget: &mut Budget) -> Result<()> {
        let before = u32::try_from(self.ends.len()).unwrap_or(u32::MAX);
        for set in other.sets() {
            let start = self.members.len();
            for &member in set {
                budget.charge_work(1)?;
                budget.push(&mut self.members, at(positions, member).copied().unwrap_or(0))?;
            }
            self.members.get_mut(start..).unwrap_or_default().sort_unstable();
            budget.push(&mut self.ends, self.members.len())?;
        }
        for &(export, set) in &other.exports {
            budget.push(&mut self.exports, (export, set.saturating_add(before)))?;
        }
        Ok(())
    }

    /// All sets.
    pub(super) fn sets(&self) -> impl Iterator<Item = &[u32]> {
        (0..).take(self.ends.len()).map(|number| self.set(number))
    }

    /// The positions of the types in a set.
    pub(super) fn set(&self, number: u32) -> &[u32] {
        let start = number.checked_sub(1).and_then(|before| at(&self.ends, before)).copied().unwrap_or(0);
        let end = at(&self.ends, number).copied().unwrap_or(0);
        self.members.get(start..end).unwrap_or_default()
    }

    /// The bytes that it takes.
    pub(super) fn bytes(&self) -> u64 {
        bytes_of(&self.exports).saturating_add(bytes_of(&self.members)).saturating_add(bytes_of(&self.ends))
    }
}

/// What stands at a position that is kept as a number.
pub(super) fn at<T>(items: &[T], position: u32) -> Option<&T> {
    usize::try_from(position).ok().and_then(|position| items.get(position))
}
