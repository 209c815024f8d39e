//! What the work on an object's parts has cost so far, whoever does it.
//!
//! Units and batches are worked on one by one, or at the same time, each with a budget of its own. What is spent
//! is added up here, and what a part leaves behind: whether a limit is hit depends on the sum, and so on
//! neither the order nor the number of threads.

use core::sync::atomic::{AtomicU64, Ordering};

use crate::budget::Budget;
use crate::limits::Limits;

/// Sums.
#[derive(Debug, Default)]
pub(crate) struct Meter {
    /// Steps of work.
    work: AtomicU64,
    /// Bytes that are kept.
    memory: AtomicU64,
}

impl Meter {
    /// What is left of the limits.
    pub(crate) fn budget(&self, limits: &Limits) -> Budget {
        Budget::after(limits, self.memory.load(Ordering::Relaxed), self.work.load(Ordering::Relaxed))
    }

    /// Notes that what a part had left behind is gone, and something else is kept in its place.
    pub(crate) fn exchange(&self, gone: u64, kept: u64) {
        self.memory.fetch_add(kept, Ordering::Relaxed);
        self.memory.fetch_sub(gone, Ordering::Relaxed);
    }

    /// Adds what a part has spent and keeps.
    pub(crate) fn spend(&self, budget: &Budget, kept: u64) {
        self.work.fetch_add(budget.spent_work(), Ordering::Relaxed);
        self.memory.fetch_add(kept, Ordering::Relaxed);
    }
}
