//! Versions from descriptions (SPEC section 7), by as many threads as take part.

use alloc::vec::Vec;
use core::cmp::Reverse;
use core::sync::atomic::{AtomicUsize, Ordering};

use crate::atomic::{Finding, Sum};
use crate::budget::{Budget, Spendable};
use crate::error::{Error, Result};
use crate::exports::{ExportId, Exports, PerExport};
use crate::part::Symbol;
use crate::symtype::{Expansions, TypeMap, TypeString, Versioner};
use crate::versions::{Claim, Versions};

/// The versions of an object's symbols, while they are computed.
#[derive(Debug)]
pub struct Computation<'a> {
    exports: &'a Exports,
    expansions: Expansions<'a>,
    tasks: Vec<Task<'a>>,
    /// The task that nobody has taken yet.
    next: AtomicUsize,
    /// What is left of the limits for everyone who takes part.
    budget: Budget,
    /// Steps of work that they have done.
    work: Sum,
}

/// A version to be computed: that of the first symbol of a group, for all of it.
#[derive(Debug)]
struct Task<'a> {
    group: ExportId,
    id: ExportId,
    string: &'a TypeString,
    /// One more than the version, and the length of the text.
    version: Finding,
}

/// A version that cannot be computed. Of several failures, the first counts.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Failure {
    /// The position among the versions.
    pub task: usize,
    /// Why.
    pub error: Error,
}

impl<'a> Computation<'a> {
    /// `symbols` are in order.
    pub(crate) fn new(
        types: &'a TypeMap,
        strings: &'a [TypeString],
        symbols: &[Symbol],
        exports: &'a Exports,
        budget: &mut Budget,
    ) -> Result<Computation<'a>> {
        let expansions = Expansions::new(types, budget)?;
        let mut tasks: Vec<Task<'a>> = Vec::new();
        let mut seen = PerExport::new(exports, false, budget)?;
        for symbol in symbols {
            if seen.get(symbol.group) == Some(true) {
                continue;
            }
            let Some(string) = strings.get(symbol.string) else { continue };
            seen.set(symbol.group, true);
            let task = Task { group: symbol.group, id: symbol.id, string, version: Finding::default() };
            budget.push(&mut tasks, task)?;
        }
        let (next, work) = (AtomicUsize::new(0), Sum::default());
        Ok(Computation { exports, expansions, tasks, next, budget: budget.clone(), work })
    }

    /// Computes versions until none is left, or one fails.
    ///
    /// # Errors
    /// A reference to an unknown type, which only a rule can make, or a limit.
    pub fn work(&self) -> core::result::Result<(), Failure> {
        let mut budget = self.budget.clone();
        let before = budget.spent().work;
        let worked = self.work_within(&mut budget);
        let spent = budget.spent().work.saturating_sub(before);
        self.work.add(spent);
        worked
    }

    fn work_within(&self, budget: &mut Budget) -> core::result::Result<(), Failure> {
        let fails = |task| move |error| Failure { task, error };
        let mut versioner = Versioner::new(&self.expansions, budget).map_err(fails(0))?;
        loop {
            let number = self.next.fetch_add(1, Ordering::Relaxed);
            let Some(task) = self.tasks.get(number) else { return Ok(()) };
            let (version, length) = versioner.version(task.string, budget).map_err(|error| {
                // Nobody needs those that come behind it.
                self.next.fetch_max(self.tasks.len(), Ordering::Relaxed);
                fails(number)(error.about(self.exports.name(task.id)))
            })?;
            task.version.set((u64::from(version).saturating_add(1), length));
        }
    }

    /// Notes the versions.
    pub(crate) fn finish(
        self,
        symbols: &[Symbol],
        versions: &mut Versions,
        budget: &mut Budget,
    ) -> Result<()> {
        budget.spend(Spendable { work: self.work.get(), ..Spendable::default() })?;
        let mut computed = PerExport::new(self.exports, None, budget)?;
        for task in self.tasks {
            let known =
                task.version.get().and_then(|(version, length)| Some((version.checked_sub(1)?, length)));
            let known = known.and_then(|(version, length)| Some((u32::try_from(version).ok()?, length)));
            computed.set(task.group, known);
        }
        for symbol in symbols {
            if let Some((version, length)) = computed.get(symbol.group).flatten() {
                versions.offer(symbol.id, Claim { rank: symbol.rank, length: Reverse(length), version });
            }
        }
        Ok(())
    }
}
