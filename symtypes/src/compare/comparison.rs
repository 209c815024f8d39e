//! Which exports differ between two builds, and the changed types that they differ for.
//!
//! An export differs if its own line does, or that of a type which it reaches on both sides: each such type is a
//! cause, unless it only follows from another, as a structure is larger because of one that is embedded in it.

use alloc::vec::Vec;

use dwarfksyms_core::Result;
use dwarfksyms_core::budget::{Budget, Spendable, Sum, bytes_of};

use crate::types::{Catalog, Contents, ExportRecord, FileId, NameId, RecordId, Side};

use super::differing::{Differing, Occurrence, Reached};
use super::judgement::Judge;
use super::outcome::{Outcome, outcome};
use super::reach::Reach;
use super::rename::unify;

/// A comparison that is under way.
#[derive(Debug)]
pub struct Comparison<'c, 't> {
    catalog: &'c Catalog<'t>,
    /// By name: the one that it counts as.
    unified: Vec<NameId>,
    /// Exports that are on both sides, in the order of their files.
    shared: Vec<(ExportRecord, ExportRecord)>,
    /// Ranges of `shared` with the same files.
    pairs: Vec<(usize, usize)>,
    budget: Budget,
    /// The bytes of all that was found so far.
    kept: Sum,
}

/// What was found in a pair of files.
#[derive(Debug)]
pub struct Found {
    files: (FileId, FileId),
    /// The types that differ: name, old and new.
    changed: Vec<(NameId, RecordId, RecordId)>,
    /// What the exports that differ reach: positions in `changed`.
    reached: Reached,
    spent: Spendable,
}

impl<'c, 't> Comparison<'c, 't> {
    /// Begins a comparison of what a catalog has, which must be finished.
    ///
    /// # Errors
    /// A limit.
    pub fn new(catalog: &'c Catalog<'t>) -> Result<Comparison<'c, 't>> {
        let mut budget = catalog.budget();
        let unified = unify(catalog, catalog.sides(), &mut budget)?;
        let (old, new) = (catalog.exports(Side::Old), catalog.exports(Side::New));
        let mut shared: Vec<(ExportRecord, ExportRecord)> = Vec::new();
        let mut rest = new;
        for before in old {
            budget.charge_work(1)?;
            let skip = rest.iter().take_while(|after| after.name < before.name).count();
            rest = rest.get(skip..).unwrap_or_default();
            if let Some(after) = rest.first().filter(|after| after.name == before.name) {
                budget.push(&mut shared, (*before, *after))?;
            }
        }
        shared.sort_by_key(|(before, after)| (before.file, after.file));
        let mut pairs = Vec::new();
        let mut start = 0;
        for group in shared.chunk_by(|a, b| (a.0.file, a.1.file) == (b.0.file, b.1.file)) {
            let end = group.len().saturating_add(start);
            budget.push(&mut pairs, (start, end))?;
            start = end;
        }
        Ok(Comparison { catalog, unified, shared, pairs, budget, kept: Sum::default() })
    }

    /// The number of pairs of files that have exports in common.
    pub fn pairs(&self) -> usize {
        self.pairs.len()
    }

    /// Compares a pair of files; pairs can be worked on in any order, by any number of threads.
    ///
    /// # Errors
    /// A limit.
    pub fn compare(&self, pair: usize) -> Result<Found> {
        let range = self.pairs.get(pair).map(|&(start, end)| start..end);
        let exports = range.and_then(|range| self.shared.get(range)).unwrap_or_default();
        let files =
            exports.first().map_or((FileId(0), FileId(0)), |(before, after)| (before.file, after.file));
        let mut budget = self.budget.clone();
        let before = budget.spent();
        let mut found =
            Found { files, changed: Vec::new(), reached: Reached::default(), spent: Spendable::default() };
        let (old, new) = (self.catalog.records(files.0), self.catalog.records(files.1));
        budget.charge_bytes(old.len().saturating_mul(4))?;
        if old != new {
            self.compare_files(exports, &mut found, &mut budget)?;
        }
        found.spent = budget.spent().without(before);
        // Every pair has a budget of its own, but what they find is kept together.
        let own = bytes_of(&found.changed).saturating_add(found.reached.bytes());
        let kept = self.kept.add(own);
        self.budget
            .check_spent(self.budget.spent().and(Spendable { memory: kept, ..Spendable::default() }))?;
        Ok(found)
    }

    fn compare_files(
        &self,
        exports: &[(ExportRecord, ExportRecord)],
        found: &mut Found,
        budget: &mut Budget,
    ) -> Result<()> {
        let unified = &self.unified;
        let counts_as = |name: NameId| unified.get(name.index()).copied().unwrap_or(name);
        let old = Contents::counted(self.catalog, found.files.0, counts_as, budget)?;
        let new = Contents::counted(self.catalog, found.files.1, counts_as, budget)?;
        let mut number: Vec<u32> = Vec::new();
        budget.fill(&mut number, unified.len(), 0)?;
        for &record in self.catalog.records(found.files.0) {
            let name = self.catalog.name_of(record);
            if let (Some(old), Some(new)) = (old.get(name), new.get(name))
                && old != new
                && let Some(slot) = number.get_mut(name.index())
                && *slot == 0
            {
                budget.push(&mut found.changed, (name, old, new))?;
                *slot = u32::try_from(found.changed.len()).unwrap_or(u32::MAX);
            }
        }
        if found.changed.is_empty() {
            return Ok(());
        }
        let count = found.changed.len();
        let roots = || exports.iter().map(|(before, _)| before.name);
        let before = Reach::new(self.catalog, &old, unified, &number, count, roots(), budget)?;
        let after = Reach::new(self.catalog, &new, unified, &number, count, roots(), budget)?;
        // Exports that reach the same on both sides have one set together.
        let mut roots_by_set: Vec<((u32, u32), NameId)> = Vec::new();
        for name in roots() {
            budget.charge_work(4)?;
            let sets = (before.component(name), after.component(name));
            budget.push(&mut roots_by_set, (sets, name))?;
        }
        roots_by_set.sort_unstable();
        for same in roots_by_set.chunk_by(|one, other| one.0 == other.0) {
            let Some(&((one, other), _)) = same.first() else { continue };
            budget.charge_bytes(count)?;
            let mut members = Vec::new();
            for (word, (before, after)) in (0_u32..).zip(before.set(one).iter().zip(after.set(other))) {
                let mut bits = before & after;
                while bits != 0 {
                    let bit = word.saturating_mul(64).saturating_add(bits.trailing_zeros());
                    budget.push(&mut members, bit)?;
                    bits &= bits.wrapping_sub(1);
                }
            }
            if !members.is_empty() {
                found.reached.add(&members, same.iter().map(|&(_, name)| name), budget)?;
            }
            budget.free(members);
        }
        budget.free(roots_by_set);
        before.free(budget);
        after.free(budget);
        old.free(budget);
        new.free(budget);
        budget.free(number);
        Ok(())
    }

    /// Puts together what was found, in the order of the pairs.
    ///
    /// # Errors
    /// A limit.
    pub fn finish(self, found: Vec<Found>) -> Result<Outcome> {
        let mut budget = self.budget.clone();
        let mut types: Vec<Differing> = Vec::new();
        // Which type each pair's changed ones are, and how exports depend on them.
        let mut all: Vec<(NameId, RecordId, RecordId, usize, usize)> = Vec::new();
        for (pair, found) in found.iter().enumerate() {
            budget.spend(Spendable { memory: 0, ..found.spent })?;
            for (at, &(name, old, new)) in found.changed.iter().enumerate() {
                budget.push(&mut all, (name, old, new, pair, at))?;
            }
        }
        all.sort_unstable();
        let mut of_pair: Vec<Vec<u32>> = Vec::new();
        for found in &found {
            let mut numbers = Vec::new();
            budget.fill(&mut numbers, found.changed.len(), 0)?;
            budget.push(&mut of_pair, numbers)?;
        }
        for &(name, old, new, pair, at) in &all {
            let is_new = types.last().is_none_or(|last| (last.name, last.old, last.new) != (name, old, new));
            if is_new {
                let files = found.get(pair).map_or((FileId(0), FileId(0)), |found| found.files);
                budget.push(&mut types, Differing { name, old, new, files, file_count: 0 })?;
            }
            if let Some(last) = types.last_mut() {
                last.file_count = last.file_count.saturating_add(1);
            }
            let number = u32::try_from(types.len().saturating_sub(1)).unwrap_or(u32::MAX);
            if let Some(slot) = of_pair.get_mut(pair).and_then(|numbers| numbers.get_mut(at)) {
                *slot = number;
            }
        }
        budget.free(all);
        let mut reached = Reached::default();
        for (found, numbers) in found.iter().zip(&of_pair) {
            reached.join(&found.reached, numbers, &mut budget)?;
        }
        reached.exports.sort_unstable();
        let mut occurrences: Vec<Occurrence> = Vec::new();
        for (found, numbers) in found.iter().zip(&of_pair) {
            for &number in numbers {
                budget.push(&mut occurrences, Occurrence { files: found.files, number })?;
            }
        }
        let judge = Judge { catalog: self.catalog, unified: &self.unified };
        let mut judged = judge.all(&types, &reached, &mut budget)?;
        judge.tell_holders(&types, &occurrences, &reached, &mut judged, &mut budget)?;
        outcome(self.catalog, &types, judged, &reached, &mut budget)
    }
}
