//! Which description of a symbol counts (SPEC section 3).
//!
//! Comes in: what the scans found, in the order of the units. Goes out: the DIEs to be described, in the order
//! in which they have to be, in batches that do not depend on one another.

use alloc::vec::Vec;

use crate::budget::Budget;
use crate::dwarf::{Candidate, Evidence, Scopes, UnitIndex, UnitScan};
use crate::elf::Aliases;
use crate::error::{Error, Result};
use crate::exports::{ExportId, Exports, PerExport};
use crate::object::Object;
use crate::versions::{Rank, Versions};

/// A batch of descriptions, by its position.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct BatchIndex(usize);

/// A symbol, or group of symbols, and the DIE that describes it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Task {
    pub(crate) group: ExportId,
    pub(crate) evidence: Evidence,
    pub(crate) rank: Rank,
}

/// What is to be described.
#[derive(Debug)]
pub struct Plan {
    /// Sorted by unit.
    scopes: Vec<(UnitIndex, Scopes)>,
    tasks: Vec<Task>,
    /// Ranges of `tasks`.
    batches: Vec<(usize, usize)>,
    aliases: Aliases,
    /// Of canonical versions: symbols without a description of their own, behind those that have one for them; sorted.
    followers: Option<Vec<(ExportId, ExportId)>>,
    budget: Budget,
}

/// How far the search for a group's description has come.
#[derive(Clone, Copy, Debug)]
enum Search {
    Open,
    /// A symbol pointer was seen; it serves if the unit has nothing better.
    Fallback(Evidence),
    Done,
}

impl Plan {
    /// Decides what is described, given the scans of all units in the order of [`Object::units`].
    /// Symbols that have a version already are left alone.
    ///
    /// # Errors
    /// A symbol pointer that a symbol without another description would need, but that cannot serve; a limit.
    pub fn new(
        object: &Object<'_>,
        exports: &Exports,
        known: &Versions,
        scans: Vec<UnitScan>,
    ) -> Result<Plan> {
        let mut budget = object.budget();
        let aliases = object.aliases(exports, &mut budget)?;
        let mut plan = Plan {
            scopes: Vec::new(),
            tasks: Vec::new(),
            batches: Vec::new(),
            aliases,
            followers: None,
            budget,
        };
        let ranks = match object.is_canonical() {
            true => Some(plan.rank(exports, &scans)?),
            false => None,
        };
        let mut search = PerExport::new(exports, Search::Open, &mut plan.budget)?;
        for (id, _) in exports.iter() {
            if plan.aliases.members(id).all(|member| known.get(member).is_some()) {
                search.set(id, Search::Done);
            }
        }
        let is_linked = scans.iter().any(|scan| scan.crosses_units);
        for (unit, scan) in object.units().zip(scans) {
            let start = plan.tasks.len();
            match &ranks {
                Some(ranks) => plan.add_all(object, unit, &scan, ranks)?,
                None => plan.add_unit(object, unit, &scan, &mut search)?,
            }
            plan.budget.push(&mut plan.scopes, (unit, scan.scopes))?;
            let end = plan.tasks.len();
            match plan.batches.last_mut() {
                // A description that can lead into any unit has to be made together with all others.
                Some(batch) if is_linked => batch.1 = end,
                _ if end > start => plan.budget.push(&mut plan.batches, (start, end))?,
                _ => {}
            }
        }
        plan.scopes.sort_unstable_by_key(|&(unit, _)| unit);
        object.meter().spend(&plan.budget, plan.budget.spent().memory)?;
        Ok(plan)
    }

    fn add_unit(
        &mut self,
        object: &Object<'_>,
        unit: UnitIndex,
        scan: &UnitScan,
        search: &mut PerExport<Search>,
    ) -> Result<()> {
        let mut fallbacks: Vec<ExportId> = Vec::new();
        for candidate in &scan.candidates {
            let group = self.aliases.group(candidate.export);
            if matches!(search.get(group), Some(Search::Done)) {
                continue;
            }
            match candidate.evidence {
                Evidence::Function(_) | Evidence::Variable(_) => {
                    self.add(group, candidate.evidence, search)?;
                }
                Evidence::Pointer(_) => {
                    search.set(group, Search::Fallback(candidate.evidence));
                    self.budget.push(&mut fallbacks, group)?;
                }
                Evidence::BadPointer(offset, kind) => {
                    return Err(object.error_in(unit, offset, Error::new(kind)));
                }
            }
        }
        fallbacks.sort_unstable();
        for group in fallbacks {
            if let Some(Search::Fallback(evidence)) = search.get(group) {
                self.add(group, evidence, search)?;
            }
        }
        Ok(())
    }

    fn add(&mut self, group: ExportId, evidence: Evidence, search: &mut PerExport<Search>) -> Result<()> {
        search.set(group, Search::Done);
        self.budget.push(&mut self.tasks, Task { group, evidence, rank: Rank::Definition })
    }

    /// Finds out what the best description of each symbol is worth, wherever it stands, and whose description serves
    /// symbols that have none.
    fn rank(&mut self, exports: &Exports, scans: &[UnitScan]) -> Result<PerExport<Option<Rank>>> {
        let budget = &mut self.budget;
        let mut ranks = PerExport::new(exports, None, budget)?;
        for candidate in scans.iter().flat_map(|scan| &scan.candidates) {
            budget.charge_work(1)?;
            let rank = rank(candidate);
            let known = ranks.get(candidate.export).flatten();
            ranks.set(candidate.export, Some(known.map_or(rank, |known: Rank| known.min(rank))));
        }
        let mut followers = Vec::new();
        for (id, _) in exports.iter().filter(|&(id, _)| ranks.get(id).flatten().is_none()) {
            let group = self.aliases.group(id);
            let described = |id: &ExportId| ranks.get(*id).flatten().is_some();
            let best = self.aliases.members(group).filter_map(|member| ranks.get(member).flatten()).min();
            for member in self.aliases.members(group).filter(described) {
                budget.charge_work(1)?;
                if ranks.get(member).flatten() == best {
                    budget.push(&mut followers, (member, id))?;
                }
            }
        }
        followers.sort_unstable();
        self.followers = Some(followers);
        Ok(ranks)
    }

    /// Adds all of a unit's descriptions that are worth as much as the best.
    fn add_all(
        &mut self,
        object: &Object<'_>,
        unit: UnitIndex,
        scan: &UnitScan,
        ranks: &PerExport<Option<Rank>>,
    ) -> Result<()> {
        for candidate in &scan.candidates {
            let &Candidate { export: group, evidence, .. } = candidate;
            let rank = rank(candidate);
            if ranks.get(group).flatten() != Some(rank) {
                continue;
            }
            if let Evidence::BadPointer(offset, kind) = evidence {
                return Err(object.error_in(unit, offset, Error::new(kind)));
            }
            self.budget.push(&mut self.tasks, Task { group, evidence, rank })?;
        }
        Ok(())
    }

    /// The symbols that a description under the name of this one is for.
    pub(crate) fn described(&self, group: ExportId) -> impl Iterator<Item = ExportId> {
        let followers = self.followers.as_deref();
        let start = followers.map(|all| all.partition_point(|&(leader, _)| leader < group));
        let following = followers.zip(start).and_then(|(all, start)| all.get(start..)).unwrap_or_default();
        let following = following.iter().take_while(move |&&(leader, _)| leader == group).map(|&(_, id)| id);
        let alone = followers.map(|_| group);
        let aliases = followers.is_none().then(|| self.aliases.members(group));
        alone.into_iter().chain(following).chain(aliases.into_iter().flatten())
    }

    /// The batches, in order.
    pub fn batches(&self) -> impl ExactSizeIterator<Item = BatchIndex> + use<> {
        (0..self.batches.len()).map(BatchIndex)
    }

    pub(crate) fn tasks(&self, batch: BatchIndex) -> &[Task] {
        let range = self.batches.get(batch.0).copied().unwrap_or_default();
        self.tasks.get(range.0..range.1).unwrap_or_default()
    }

    pub(crate) fn scopes(&self) -> &[(UnitIndex, Scopes)] {
        &self.scopes
    }
}

/// What a candidate's description is worth.
fn rank(candidate: &Candidate) -> Rank {
    match candidate.evidence {
        Evidence::Pointer(_) | Evidence::BadPointer(..) => Rank::Pointer,
        Evidence::Function(_) | Evidence::Variable(_) if candidate.is_declaration => Rank::Declaration,
        Evidence::Function(_) | Evidence::Variable(_) => Rank::Definition,
    }
}
