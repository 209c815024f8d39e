//! What the work on an object's parts has cost so far, whoever does it.
//!
//! Units and batches are worked on one by one, or at the same time, each with a budget of its own. What is spent
//! is added up here, and what a part leaves behind: whether a limit is hit depends on the sum, and so on
//! neither the order nor the number of threads.

use core::sync::atomic::{AtomicU64, Ordering};

use crate::budget::{Budget, Spendable};
use crate::limits::Limits;

/// Sums.
#[derive(Debug, Default)]
pub(crate) struct Meter {
    /// Bytes that are kept.
    memory: AtomicU64,
    /// Steps of work.
    work: AtomicU64,
    /// DIEs read.
    dies: AtomicU64,
    /// Steps of work on dumps.
    dumped: AtomicU64,
}

impl Meter {
    /// What was spent and is kept so far.
    pub(crate) fn spent(&self) -> Spendable {
        let load = |sum: &AtomicU64| sum.load(Ordering::Relaxed);
        Spendable { memory: load(&self.memory), work: load(&self.work), dies: load(&self.dies) }
    }

    /// What is left of the limits.
    pub(crate) fn budget(&self, limits: &Limits) -> Budget {
        Budget::after(limits, self.spent())
    }

    /// What is left for a dump. It is as long as its symbols and the types that each of them reaches, multiplied:
    /// for honest objects up to three times the limit on work.
    pub(crate) fn dump_budget(&self, limits: &Limits) -> Budget {
        let limits = Limits { work: limits.work.saturating_mul(8), ..*limits };
        Budget::after(&limits, Spendable { work: self.dumped.load(Ordering::Relaxed), ..self.spent() })
    }

    /// Adds what a dump has spent.
    pub(crate) fn spend_on_dump(&self, budget: &Budget) {
        self.dumped.fetch_add(budget.spent().work, Ordering::Relaxed);
    }

    /// Adds work that was done elsewhere.
    pub(crate) fn carry_work(&self, steps: u64) {
        self.work.fetch_add(steps, Ordering::Relaxed);
    }

    /// Notes that something that was kept is gone.
    pub(crate) fn release(&self, memory: u64) {
        self.memory.fetch_sub(memory, Ordering::Relaxed);
    }

    /// Adds what a part has spent and keeps.
    pub(crate) fn spend(&self, budget: &Budget, kept: u64) {
        let spent = budget.spent();
        self.work.fetch_add(spent.work, Ordering::Relaxed);
        self.dies.fetch_add(spent.dies, Ordering::Relaxed);
        self.memory.fetch_add(kept, Ordering::Relaxed);
    }
}
