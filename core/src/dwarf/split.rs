//! Units in two parts, of which one is in a file of its own (DWARF 5 section 7.3.2).

use alloc::vec::Vec;

use crate::budget::Budget;
use crate::error::Result;

use super::place::{LineProgram, UnitIndex};

/// A part of a unit that is in a file of its own (DWARF 5 section 7.3.2).
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct SplitUnit<'d> {
    pub(crate) skeleton: UnitIndex,
    /// What ties the two parts together.
    pub id: u64,
    /// The file's name.
    pub name: &'d [u8],
    /// The folder that the name is relative to, if the unit states it.
    pub folder: Option<&'d [u8]>,
}

/// A unit in two parts.
#[derive(Clone, Copy, Debug)]
pub(super) struct Split {
    /// The part in the object.
    pub(super) skeleton: UnitIndex,
    /// Its line program, which serves both.
    pub(super) line_program: Option<usize>,
    /// The part with the DIEs.
    pub(super) unit: UnitIndex,
}

/// All units in two parts that are known.
#[derive(Debug, Default)]
pub(super) struct Splits {
    /// Sorted by the part that is in the object.
    splits: Vec<Split>,
    /// The line programs of the parts in the object, by the other part; sorted.
    lines: Vec<(UnitIndex, Option<usize>)>,
}

impl Splits {
    /// Adds a unit; when all have been added, [`Splits::index`] brings the rest up to date.
    pub(super) fn add(&mut self, split: Split, budget: &mut Budget) -> Result<()> {
        budget.push(&mut self.splits, split)
    }

    /// Sorts what was added.
    pub(super) fn index(&mut self, budget: &mut Budget) -> Result<()> {
        self.splits.sort_unstable_by_key(|split| split.skeleton);
        self.lines.clear();
        for split in &self.splits {
            budget.push(&mut self.lines, (split.unit, split.line_program))?;
        }
        self.lines.sort_unstable_by_key(|&(unit, _)| unit);
        Ok(())
    }

    /// The part with the DIEs of a unit of the object, which may be in one.
    pub(super) fn with_dies(&self, unit: UnitIndex) -> UnitIndex {
        let at = self.splits.binary_search_by_key(&unit, |split| split.skeleton).ok();
        at.and_then(|at| self.splits.get(at)).map_or(unit, |split| split.unit)
    }

    /// The line program of the part in the object, by the part with the DIEs.
    pub(super) fn line_program(&self, unit: UnitIndex) -> Option<LineProgram> {
        let at = self.lines.binary_search_by_key(&unit, |&(unit, _)| unit).ok()?;
        let &(_, line_program) = self.lines.get(at)?;
        Some((0, line_program?))
    }
}
