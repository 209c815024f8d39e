//! What units see in the partial units that they import (`dwz`).
//!
//! Comes in: what the scans found. Goes out: candidates, each in the place in which the unit would have it if nothing had
//! been moved out of it; the languages of partial units.

use alloc::vec::Vec;
use core::ops::Range;

use crate::budget::Budget;
use crate::dwarf::{Candidate, UnitIndex, UnitKind, UnitScan};
use crate::error::Result;
use crate::exports::Exports;
use crate::object::Object;

/// Scans the units that are imported and have not been scanned: those of a supplementary file.
pub(crate) fn scan_imported(
    object: &Object<'_>,
    exports: &Exports,
    units: &mut Vec<UnitIndex>,
    scans: &mut Vec<UnitScan>,
    budget: &mut Budget,
) -> Result<()> {
    if scans.iter().all(|scan| scan.imports.is_empty()) {
        return Ok(());
    }
    let mut is_known: Vec<bool> = Vec::new();
    budget.fill(&mut is_known, object.dwarf().len(), false)?;
    for unit in units.iter() {
        if let Some(known) = is_known.get_mut(unit.index()) {
            *known = true;
        }
    }
    let mut next = 0_usize;
    while next < scans.len() {
        let start = units.len();
        for import in scans.get(next).map(|scan| scan.imports.as_slice()).unwrap_or_default() {
            budget.charge_work(1)?;
            if let Some(known) = is_known.get_mut(import.unit.index()).filter(|known| !**known) {
                *known = true;
                budget.push(units, import.unit)?;
            }
        }
        for &unit in units.get(start..).unwrap_or_default() {
            budget.push(scans, object.scan(unit, exports)?)?;
        }
        next = next.saturating_add(1);
    }
    budget.free(is_known);
    Ok(())
}

/// Which of the units that do not state their language have that of C: those that units of C import. Sorted.
pub(crate) fn languages(
    units: &[UnitIndex],
    scans: &[UnitScan],
    budget: &mut Budget,
) -> Result<Vec<(UnitIndex, bool)>> {
    let mut languages: Vec<(UnitIndex, bool)> = Vec::new();
    if scans.iter().all(|scan| scan.imports.is_empty()) {
        return Ok(languages);
    }
    let mut positions: Vec<(UnitIndex, ScanIndex)> = Vec::new();
    for (&unit, position) in units.iter().zip(0..) {
        budget.push(&mut positions, (unit, ScanIndex::at(position)))?;
    }
    positions.sort_unstable();
    let imports = Imports::new(scans, &positions, budget)?;
    let mut seen: Vec<(bool, bool)> = Vec::new();
    budget.fill(&mut seen, scans.len(), (false, false))?;
    let mut stack: Vec<ScanIndex> = Vec::new();
    for (scan, position) in scans.iter().zip(0..) {
        let Some(is_c) = scan.is_c.filter(|_| scan.kind != UnitKind::Partial) else { continue };
        budget.push(&mut stack, ScanIndex::at(position))?;
        while let Some(unit) = stack.pop() {
            for &(target, _) in imports.imports(unit) {
                budget.charge_work(1)?;
                let Some(seen) = seen.get_mut(target.index()) else { continue };
                let by = if is_c { &mut seen.0 } else { &mut seen.1 };
                if !core::mem::replace(by, true) {
                    budget.push(&mut stack, target)?;
                }
            }
        }
    }
    for ((&unit, scan), by) in units.iter().zip(scans).zip(&seen) {
        if scan.is_c.is_none() && *by != (false, false) {
            budget.push(&mut languages, (unit, by.0))?;
        }
    }
    languages.sort_unstable();
    Ok(languages)
}

/// A unit, by its position among those that were scanned. For the units of one crate, the first of them stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct ScanIndex(u32);

impl ScanIndex {
    pub(crate) fn at(position: u32) -> ScanIndex {
        ScanIndex(position)
    }

    pub(crate) fn index(self) -> usize {
        usize::try_from(self.0).unwrap_or(usize::MAX)
    }
}

/// Which units import which.
#[derive(Debug)]
pub(crate) struct Imports {
    /// By position: a range of `targets`.
    ranges: Vec<Range<usize>>,
    /// The partial units that are imported, each with the number of candidates in front of the import.
    targets: Vec<(ScanIndex, usize)>,
}

/// A candidate, and where it is.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Seen<'s> {
    /// The unit that sees it.
    pub(crate) by: ScanIndex,
    /// The unit that it stands in.
    pub(crate) at: ScanIndex,
    pub(crate) candidate: &'s Candidate,
}

/// How far a unit has been looked at.
#[derive(Clone, Copy, Debug)]
struct Visit {
    unit: ScanIndex,
    candidate: usize,
    import: usize,
}

impl Imports {
    /// Finds out who imports what; `positions` says where among the scans a unit is, and is sorted.
    pub(crate) fn new(
        scans: &[UnitScan],
        positions: &[(UnitIndex, ScanIndex)],
        budget: &mut Budget,
    ) -> Result<Imports> {
        let mut imports = Imports { ranges: Vec::new(), targets: Vec::new() };
        for scan in scans {
            let start = imports.targets.len();
            for import in &scan.imports {
                budget.charge_work(1)?;
                let at = positions.binary_search_by_key(&import.unit, |&(unit, _)| unit).ok();
                let target = at.and_then(|at| positions.get(at)).map(|&(_, target)| target);
                let is_partial =
                    |id: &ScanIndex| scans.get(id.index()).is_some_and(|scan| scan.kind == UnitKind::Partial);
                if let Some(target) = target.filter(is_partial) {
                    budget.push(&mut imports.targets, (target, import.position))?;
                }
            }
            budget.push(&mut imports.ranges, start..imports.targets.len())?;
        }
        Ok(imports)
    }

    /// Calls `each` for all that any unit sees. A partial unit sees nothing for itself, unless nobody imports it.
    pub(crate) fn each_seen<'s>(
        &self,
        scans: &'s [UnitScan],
        budget: &mut Budget,
        mut each: impl FnMut(Seen<'s>, &mut Budget) -> Result<()>,
    ) -> Result<()> {
        let mut visited: Vec<Option<ScanIndex>> = Vec::new();
        budget.fill(&mut visited, scans.len(), None)?;
        let mut stack = Vec::new();
        let units = || (0..).map(ScanIndex::at).zip(scans);
        for (by, _) in units().filter(|(_, scan)| scan.kind != UnitKind::Partial) {
            self.walk(scans, by, &mut visited, &mut stack, budget, &mut each)?;
        }
        for (by, _) in units().filter(|(_, scan)| scan.kind == UnitKind::Partial) {
            if visited.get(by.index()) == Some(&None) {
                self.walk(scans, by, &mut visited, &mut stack, budget, &mut each)?;
            }
        }
        budget.free(stack);
        budget.free(visited);
        Ok(())
    }

    fn walk<'s>(
        &self,
        scans: &'s [UnitScan],
        by: ScanIndex,
        visited: &mut [Option<ScanIndex>],
        stack: &mut Vec<Visit>,
        budget: &mut Budget,
        each: &mut impl FnMut(Seen<'s>, &mut Budget) -> Result<()>,
    ) -> Result<()> {
        let visit = |unit| Visit { unit, candidate: 0, import: 0 };
        stack.clear();
        budget.push(stack, visit(by))?;
        while let Some(top) = stack.last_mut() {
            budget.charge_work(1)?;
            let import = self.imports(top.unit).get(top.import).copied();
            if let Some((target, _)) = import.filter(|&(_, position)| position <= top.candidate) {
                top.import = top.import.saturating_add(1);
                let slot = visited.get_mut(target.index()).filter(|slot| **slot != Some(by));
                if let Some(slot) = slot.filter(|_| target != by) {
                    *slot = Some(by);
                    budget.push(stack, visit(target))?;
                }
                continue;
            }
            let scan = scans.get(top.unit.index());
            let Some(candidate) = scan.and_then(|scan| scan.candidates.get(top.candidate)) else {
                stack.pop();
                continue;
            };
            top.candidate = top.candidate.saturating_add(1);
            let at = top.unit;
            each(Seen { by, at, candidate }, budget)?;
        }
        Ok(())
    }

    /// What a unit imports itself.
    pub(crate) fn imports(&self, unit: ScanIndex) -> &[(ScanIndex, usize)] {
        let range = self.ranges.get(unit.index()).cloned().unwrap_or_default();
        self.targets.get(range).unwrap_or_default()
    }
}
