//! Which description of a symbol counts (SPEC section 3).
//!
//! Comes in: what the scans found, in the order of the units. Goes out: the DIEs to be described, in the order
//! in which they have to be, in batches that do not depend on one another.

use alloc::vec::Vec;

use crate::budget::Budget;
use crate::dwarf::{Candidate, Evidence, Files, LineProgram, Scopes, UnitIndex, UnitKind, UnitScan};
use crate::elf::Aliases;
use crate::error::{Error, Result};
use crate::exports::{ExportId, Exports, PerExport};
use crate::home::{self, Homes};
use crate::object::Object;
use crate::options::Scheme;
use crate::seen::{self, ScanIndex, Seen};
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
    /// The files of line programs that several units share; sorted.
    files: Vec<(LineProgram, Files)>,
    tasks: Vec<Task>,
    /// Ranges of `tasks`.
    batches: Vec<(usize, usize)>,
    aliases: Aliases,
    /// Of canonical versions: symbols without a description of their own, behind those that have one for them; sorted.
    followers: Option<Vec<(ExportId, ExportId)>>,
    /// Of versions per unit: symbol pointers that could contradict those of the symbols' homes; sorted.
    rivals: Vec<(BatchIndex, Rival)>,
    /// Of canonical versions: whether partial units are of C; sorted.
    languages: Vec<(UnitIndex, bool)>,
    budget: Budget,
}

/// Two symbol pointers for one symbol, in units each of which could be its home.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Rival {
    pub(crate) export: ExportId,
    pub(crate) home: Evidence,
    pub(crate) other: Evidence,
}

/// How far the choice of a group's description has come.
#[derive(Clone, Copy, Debug)]
enum Choice {
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
        mut scans: Vec<UnitScan>,
    ) -> Result<Plan> {
        let mut budget = object.budget();
        let mut units: Vec<UnitIndex> = Vec::new();
        for unit in object.units() {
            budget.push(&mut units, unit)?;
        }
        seen::scan_imported(object, exports, &mut units, &mut scans, &mut budget)?;
        let aliases = object.aliases(exports, &mut budget)?;
        let mut plan = Plan {
            scopes: Vec::new(),
            files: Vec::new(),
            tasks: Vec::new(),
            batches: Vec::new(),
            aliases,
            followers: None,
            rivals: Vec::new(),
            languages: Vec::new(),
            budget,
        };
        plan.share_files(object, &scans)?;
        match object.scheme() {
            Scheme::PerUnit { .. } => plan.add_homes(object, exports, known, &units, &scans)?,
            Scheme::Canonical => {
                let ranks = plan.rank(exports, &scans)?;
                plan.languages = seen::languages(&units, &scans, &mut plan.budget)?;
                plan.add_units(&units, &scans, |plan, unit, scan| plan.add_all(object, unit, scan, &ranks))?;
            }
            Scheme::Reference => {
                let mut choices = PerExport::new(exports, Choice::Open, &mut plan.budget)?;
                for (id, _) in exports.iter() {
                    if plan.aliases.members(id).all(|member| known.get(member).is_some()) {
                        choices.set(id, Choice::Done);
                    }
                }
                plan.add_units(&units, &scans, |plan, unit, scan| {
                    let candidates = scan.candidates.iter().map(|candidate| (unit, candidate));
                    plan.add_unit(object, candidates, &mut choices)
                })?;
            }
        }
        for (unit, scan) in units.into_iter().zip(scans) {
            plan.budget.push(&mut plan.scopes, (unit, scan.scopes))?;
        }
        plan.finish(object)
    }

    /// Adds what units describe, in a batch for each unit, or one for all.
    fn add_units(
        &mut self,
        units: &[UnitIndex],
        scans: &[UnitScan],
        mut add: impl FnMut(&mut Plan, UnitIndex, &UnitScan) -> Result<()>,
    ) -> Result<()> {
        let is_linked = scans.iter().any(|scan| scan.crosses_units);
        for (&unit, scan) in units.iter().zip(scans) {
            let start = self.tasks.len();
            add(self, unit, scan)?;
            let end = self.tasks.len();
            match self.batches.last_mut() {
                // A description that can lead into any unit has to be made together with all others.
                Some(batch) if is_linked => batch.1 = end,
                _ if end > start => self.budget.push(&mut self.batches, (start, end))?,
                _ => {}
            }
        }
        Ok(())
    }

    /// Reads what line programs say of files if it may be asked in several units: each batch would read it again.
    fn share_files(&mut self, object: &Object<'_>, scans: &[UnitScan]) -> Result<()> {
        let mut programs: Vec<LineProgram> = Vec::new();
        for scan in scans.iter().filter(|scan| !scan.candidates.is_empty()) {
            if let Some(program) = scan.line_program {
                self.budget.push(&mut programs, program)?;
            }
        }
        programs.sort_unstable();
        for same in programs.chunk_by(|a, b| a == b) {
            let &[program, _, ..] = same else { continue };
            let mut own = self.budget.clone();
            let files = Files::parse(object.dwarf(), program, &mut own);
            let spent = own.spent().without(self.budget.spent());
            match files {
                Ok(files) => {
                    self.budget.spend(spent)?;
                    self.budget.push(&mut self.files, (program, files))?;
                }
                // Damage shows when somebody asks.
                Err(_) => self.budget.spend(spent.without_memory())?,
            }
        }
        self.budget.free(programs);
        Ok(())
    }

    fn finish(mut self, object: &Object<'_>) -> Result<Plan> {
        self.scopes.sort_unstable_by_key(|&(unit, _)| unit);
        object.meter().spend(&self.budget, self.budget.spent().memory)?;
        Ok(self)
    }

    /// Adds the symbols that a unit describes and that have no description yet.
    fn add_unit<'c>(
        &mut self,
        object: &Object<'_>,
        candidates: impl Iterator<Item = (UnitIndex, &'c Candidate)>,
        choices: &mut PerExport<Choice>,
    ) -> Result<()> {
        let mut fallbacks: Vec<ExportId> = Vec::new();
        for (unit, candidate) in candidates {
            let group = self.aliases.group(candidate.export);
            if matches!(choices.get(group), Some(Choice::Done)) {
                continue;
            }
            match candidate.evidence {
                Evidence::Function(_) | Evidence::Variable(_) | Evidence::Type(_) => {
                    self.add(group, candidate.evidence, choices)?;
                }
                Evidence::Pointer(_) => {
                    choices.set(group, Choice::Fallback(candidate.evidence));
                    self.budget.push(&mut fallbacks, group)?;
                }
                Evidence::BadPointer(offset, kind) => {
                    return Err(object.error_in(unit, offset, Error::new(kind)));
                }
                // In the same unit, the declaration is a candidate itself.
                Evidence::Defined => {}
            }
        }
        fallbacks.sort_unstable();
        for &group in &fallbacks {
            if let Some(Choice::Fallback(evidence)) = choices.get(group) {
                self.add(group, evidence, choices)?;
            }
        }
        self.budget.free(fallbacks);
        Ok(())
    }

    fn add(&mut self, group: ExportId, evidence: Evidence, choices: &mut PerExport<Choice>) -> Result<()> {
        choices.set(group, Choice::Done);
        self.budget.push(&mut self.tasks, Task { group, evidence, rank: Rank::First })
    }

    /// Adds every symbol at its home, as if nothing else were in the object: a batch for each home. Symbols whose home is
    /// uncertain have a batch of their own, so that they change nothing for the others.
    fn add_homes(
        &mut self,
        object: &Object<'_>,
        exports: &Exports,
        known: &Versions,
        units: &[UnitIndex],
        scans: &[UnitScan],
    ) -> Result<()> {
        let budget = &mut self.budget;
        let mut homes = Homes::new(object.dwarf(), units, exports, &self.aliases, scans, budget)?;
        for (id, _) in exports.iter() {
            if homes.get(id).is_some_and(|home| !known.is_open(id, home.rank)) {
                homes.forget(id);
            }
        }
        self.aliases = self.aliases.divide(exports, |id, group| homes.shares_address(id, group), budget)?;
        let mut residents: Vec<Resident<'_>> = Vec::new();
        homes.each_serving(scans, budget, |seen, home, budget| {
            let Seen { by, at, candidate } = seen;
            let Some(&unit) = units.get(at.index()) else { return Ok(()) };
            let order = (home.unit, home.rank == Rank::Third, homes.is_instance(&seen), by);
            let number = residents.len();
            budget.push(&mut residents, Resident { order, number, unit, candidate })
        })?;
        residents.sort_unstable_by_key(|resident| (resident.order, resident.number));
        let mut choices = PerExport::new(exports, Choice::Open, &mut self.budget)?;
        let mut batch_of = PerExport::new(exports, None, &mut self.budget)?;
        let is_one_home =
            |a: &Resident<'_>, b: &Resident<'_>| (a.order.0, a.order.1) == (b.order.0, b.order.1);
        for residents in residents.chunk_by(is_one_home) {
            let start = self.tasks.len();
            for same in residents.chunk_by(|a, b| a.order == b.order) {
                let candidates = same.iter().map(|resident| (resident.unit, resident.candidate));
                self.add_unit(object, candidates, &mut choices)?;
            }
            for task in self.tasks.get_mut(start..).unwrap_or_default() {
                task.rank = homes.get(task.group).map_or(Rank::Third, |home| home.rank);
            }
            let batch = BatchIndex(self.batches.len());
            for resident in residents {
                batch_of.set(resident.candidate.export, Some(batch));
            }
            self.budget.push(&mut self.batches, (start, self.tasks.len()))?;
        }
        self.add_rivals(exports, &homes, scans, &batch_of)
    }

    /// Finds the symbol pointers that stand outside of the symbols' homes.
    fn add_rivals(
        &mut self,
        exports: &Exports,
        homes: &Homes,
        scans: &[UnitScan],
        batch_of: &PerExport<Option<BatchIndex>>,
    ) -> Result<()> {
        let mut rivals: Vec<(ExportId, Evidence)> = Vec::new();
        for (position, candidate) in home::candidates(scans) {
            if homes.is_rival(position, candidate) {
                self.budget.push(&mut rivals, (candidate.export, candidate.evidence))?;
            }
        }
        if rivals.is_empty() {
            return Ok(());
        }
        let mut pointers = PerExport::new(exports, None, &mut self.budget)?;
        for (position, candidate) in home::candidates(scans) {
            if matches!(candidate.evidence, Evidence::Pointer(_))
                && homes.serves(position, candidate).is_some()
            {
                pointers.set(candidate.export, Some(candidate.evidence));
            }
        }
        for &(export, other) in &rivals {
            let batch = batch_of.get(export).flatten();
            if let Some((batch, home)) = batch.zip(pointers.get(export).flatten()) {
                self.budget.push(&mut self.rivals, (batch, Rival { export, home, other }))?;
            }
        }
        self.rivals.sort_unstable_by_key(|&(batch, rival)| (batch, rival.export));
        self.budget.free(rivals);
        Ok(())
    }

    /// Finds out what the best description of each symbol is worth, wherever it stands, and whose description serves
    /// symbols that have none.
    fn rank(&mut self, exports: &Exports, scans: &[UnitScan]) -> Result<PerExport<Option<Rank>>> {
        let budget = &mut self.budget;
        let mut ranks = PerExport::new(exports, None, budget)?;
        let describing = scans.iter().filter(|scan| scan.kind != UnitKind::Assembly);
        for candidate in describing.flat_map(|scan| &scan.candidates) {
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
        if scan.kind == UnitKind::Assembly {
            return Ok(());
        }
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

    /// The symbol pointers to be compared with those of a batch's symbols.
    pub(crate) fn rivals(&self, batch: BatchIndex) -> impl Iterator<Item = &Rival> {
        let start = self.rivals.partition_point(|&(other, _)| other < batch);
        let rest = self.rivals.get(start..).unwrap_or_default();
        rest.iter().take_while(move |&&(other, _)| other == batch).map(|(_, rival)| rival)
    }

    /// The files of line programs that several units share; sorted.
    pub(crate) fn files(&self) -> &[(LineProgram, Files)] {
        &self.files
    }

    /// Whether partial units are of C, where that is known; sorted.
    pub(crate) fn languages(&self) -> &[(UnitIndex, bool)] {
        &self.languages
    }

    pub(crate) fn scopes(&self) -> &[(UnitIndex, Scopes)] {
        &self.scopes
    }
}

/// What a candidate's description is worth.
fn rank(candidate: &Candidate) -> Rank {
    match candidate.evidence {
        Evidence::Pointer(_) | Evidence::BadPointer(..) => Rank::Third,
        Evidence::Function(_) | Evidence::Variable(_) if candidate.is_declaration => Rank::Second,
        Evidence::Function(_) | Evidence::Variable(_) | Evidence::Type(_) | Evidence::Defined => Rank::First,
    }
}

/// A candidate that serves at its symbol's home.
struct Resident<'s> {
    /// The home, whether it is uncertain, whether this is an instance of what stands in another unit, and the position
    /// of the unit.
    order: (ScanIndex, bool, bool, ScanIndex),
    /// The position among all of them, as they stand in the object.
    number: usize,
    unit: UnitIndex,
    candidate: &'s Candidate,
}
