//! What the work on an object's parts has cost so far, whoever does it.
//!
//! Units and batches are worked on one by one, or at the same time, each with a budget of its own. What is spent
//! is added up here, and what a part leaves behind.
//!
//! Of what is used up, the sum decides whether a limit is hit: it depends on neither the order nor the number of
//! threads. Memory is different, because what is there at one time does depend on them: as long as several
//! threads share it, half of the limit is for what they work on, in equal parts, and half for what is kept. If
//! that is too little, one thread can try again with all of it ([`Meter::restore`]).

use core::sync::atomic::{AtomicU64, Ordering};

use crate::budget::{Budget, Spendable};
use crate::error::Result;
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
    /// The threads that share the memory; 0 stands for one.
    threads: AtomicU64,
}

impl Meter {
    /// What was spent and is kept so far.
    pub(crate) fn spent(&self) -> Spendable {
        let load = |sum: &AtomicU64| sum.load(Ordering::Relaxed);
        Spendable { memory: load(&self.memory), work: load(&self.work), dies: load(&self.dies) }
    }

    /// What is left of the limits.
    pub(crate) fn budget(&self, limits: &Limits) -> Budget {
        let mut budget = Budget::after(limits, self.spent());
        let threads = self.threads.load(Ordering::Relaxed);
        if threads > 1 {
            budget.cap_memory((limits.memory >> 1).checked_div(threads).unwrap_or(0));
        }
        budget
    }

    /// Says how many threads share the memory.
    pub(crate) fn share(&self, threads: usize) {
        self.threads.store(u64::try_from(threads).unwrap_or(u64::MAX), Ordering::Relaxed);
    }

    /// Forgets what was spent since `before`.
    pub(crate) fn restore(&self, before: Spendable) {
        self.memory.store(before.memory, Ordering::Relaxed);
        self.work.store(before.work, Ordering::Relaxed);
        self.dies.store(before.dies, Ordering::Relaxed);
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
    ///
    /// # Errors
    /// A limit that several parts have hit together.
    pub(crate) fn spend(&self, budget: &Budget, kept: u64) -> Result<()> {
        let spent = budget.spent();
        let add = |sum: &AtomicU64, part: u64| sum.fetch_add(part, Ordering::Relaxed).saturating_add(part);
        let memory = match self.threads.load(Ordering::Relaxed) {
            0 | 1 => add(&self.memory, kept),
            _ => add(&self.memory, kept).saturating_mul(2),
        };
        let work = add(&self.work, spent.work);
        let dies = add(&self.dies, spent.dies);
        budget.check_spent(Spendable { memory, work, dies })
    }
}
