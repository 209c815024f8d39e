//! What the work on an object's parts has cost so far, whoever does it.
//!
//! Units and batches are worked on one by one, or at the same time, each with a budget of its own. What is spent
//! is added up here, and what a part leaves behind.
//!
//! Of what is used up, the sum decides whether a limit is hit: it depends on neither the order nor the number of
//! threads. Memory is different, because what is there at one time does depend on them: as long as several
//! threads share it, half of the limit is for what they work on, in equal parts, and half for what is kept. If
//! that is too little, one thread can try again with all of it ([`Meter::restore`]).

use core::sync::atomic::{AtomicUsize, Ordering};

use crate::atomic::Sum;
use crate::budget::{Budget, Spendable};
use crate::error::Result;
use crate::limits::Limits;

/// Sums.
#[derive(Debug, Default)]
pub(crate) struct Meter {
    /// Bytes that are kept.
    memory: Sum,
    /// Steps of work.
    work: Sum,
    /// DIEs read.
    dies: Sum,
    /// Steps of work on dumps.
    dumped: Sum,
    /// The threads that share the memory; 0 stands for one.
    threads: AtomicUsize,
}

impl Meter {
    /// What was spent and is kept so far.
    pub(crate) fn spent(&self) -> Spendable {
        Spendable { memory: self.memory.get(), work: self.work.get(), dies: self.dies.get() }
    }

    /// What is left of the limits.
    pub(crate) fn budget(&self, limits: &Limits) -> Budget {
        let mut budget = Budget::after(limits, self.spent());
        let threads = u64::try_from(self.threads.load(Ordering::Relaxed)).unwrap_or(u64::MAX);
        if threads > 1 {
            budget.cap_memory((limits.memory >> 1).checked_div(threads).unwrap_or(0));
        }
        budget
    }

    /// Says how many threads share the memory.
    pub(crate) fn share(&self, threads: usize) {
        self.threads.store(threads, Ordering::Relaxed);
    }

    /// Forgets what was spent since `before`.
    pub(crate) fn restore(&self, before: Spendable) {
        self.memory.set(before.memory);
        self.work.set(before.work);
        self.dies.set(before.dies);
    }

    /// What is left for a dump. It is as long as its symbols and the types that each of them reaches, multiplied:
    /// for honest objects up to three times the limit on work.
    pub(crate) fn dump_budget(&self, limits: &Limits) -> Budget {
        let limits = Limits { work: limits.work.saturating_mul(8), ..*limits };
        Budget::after(&limits, Spendable { work: self.dumped.get(), ..self.spent() })
    }

    /// Adds what a dump has spent.
    pub(crate) fn spend_on_dump(&self, budget: &Budget) {
        self.dumped.add(budget.spent().work);
    }

    /// Adds work that was done elsewhere.
    pub(crate) fn carry_work(&self, steps: u64) {
        self.work.add(steps);
    }

    /// Notes that something that was kept is gone.
    pub(crate) fn release(&self, memory: u64) {
        self.memory.subtract(memory);
    }

    /// Adds what a part has spent and keeps.
    ///
    /// # Errors
    /// A limit that several parts have hit together.
    pub(crate) fn spend(&self, budget: &Budget, kept: u64) -> Result<()> {
        let spent = budget.spent();
        let memory = match self.threads.load(Ordering::Relaxed) {
            0 | 1 => self.memory.add(kept),
            _ => self.memory.add(kept).saturating_mul(2),
        };
        let work = self.work.add(spent.work);
        let dies = self.dies.add(spent.dies);
        budget.check_spent(Spendable { memory, work, dies })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::ErrorKind;
    use crate::limits::Limit;

    fn limits() -> Limits {
        Limits { memory: 1000, work: 1000, dies: 1000, ..Limits::default() }
    }

    /// A budget of which this was spent.
    fn spent(memory: u64, work: u64, dies: u64) -> Budget {
        let mut budget = Budget::new(&limits());
        budget.spend(Spendable { memory, work, dies }).unwrap();
        budget
    }

    #[test]
    fn parts_fill_a_limit_together_and_go_no_further() {
        for limit in [Limit::Memory, Limit::Work, Limit::Dies] {
            let meter = Meter::default();
            let spend = |amount| match limit {
                Limit::Memory => meter.spend(&spent(amount, 0, 0), amount),
                Limit::Work => meter.spend(&spent(0, amount, 0), 0),
                _ => meter.spend(&spent(0, 0, amount), 0),
            };
            assert_eq!((spend(600), spend(400)), (Ok(()), Ok(())));
            assert_eq!(spend(1).unwrap_err().kind(), ErrorKind::Limit(limit, 1000));
        }
    }

    #[test]
    fn what_a_part_gives_back_is_not_kept() {
        let meter = Meter::default();
        for _ in 0..3 {
            meter.spend(&spent(700, 0, 0), 200).unwrap();
        }
        assert_eq!(meter.spent().memory, 600);
        meter.release(500);
        assert_eq!((meter.spent().memory, meter.budget(&limits()).memory()), (100, 900));
    }

    #[test]
    fn threads_share_half_of_the_memory_and_what_is_kept_fills_the_other_half() {
        let meter = Meter::default();
        for (threads, memory) in [(0, 1000), (1, 1000), (2, 250), (4, 125), (1, 1000)] {
            meter.share(threads);
            let budget = meter.budget(&limits());
            assert_eq!((budget.memory(), budget.spent().memory), (memory, 0), "{threads}");
        }
        meter.share(2);
        meter.spend(&spent(500, 0, 0), 500).unwrap();
        assert!(meter.spend(&spent(1, 0, 0), 1).is_err());
        // No part gets more than is left.
        meter.spend(&spent(0, 0, 0), 299).unwrap_err();
        assert_eq!(meter.budget(&limits()).memory(), 200);
    }

    #[test]
    fn what_was_tried_in_vain_costs_nothing() {
        let meter = Meter::default();
        meter.spend(&spent(10, 20, 30), 10).unwrap();
        let before = meter.spent();
        meter.spend(&spent(100, 200, 300), 100).unwrap();
        meter.restore(before);
        let after = meter.spent();
        assert_eq!((after.memory, after.work, after.dies), (10, 20, 30));
    }

    #[test]
    fn dumps_share_eight_times_the_work() {
        let meter = Meter::default();
        meter.carry_work(1000);
        let mut dump = meter.dump_budget(&limits());
        dump.charge_work(5000).unwrap();
        meter.spend_on_dump(&dump);
        let mut dump = meter.dump_budget(&limits());
        dump.charge_work(3000).unwrap();
        assert_eq!(dump.charge_work(1).unwrap_err().kind(), ErrorKind::Limit(Limit::Work, 8000));
        // It is not the work on versions.
        assert_eq!(meter.spent().work, 1000);
    }
}
