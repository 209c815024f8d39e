//! What the run is doing: in which phase it is, since when, and how far it has come.
//!
//! The run says where phases begin, because the core has no clock. What comes of it is the table of `--timing`
//! and, on a terminal, a bar.
//!
//! INVARIANT: each moment belongs to exactly one phase, so that the phases' times add up to the run's.

use std::cell::Cell;
use std::sync::Arc;
use std::time::{Duration, Instant};

use dwarfksyms_core::Stage;

use crate::phase::{Counts, Phase, Times};
use crate::progress::{Bar, Steps};

/// What the run is doing.
pub struct Watch {
    phase: Cell<Phase>,
    since: Cell<Instant>,
    times: [Cell<Duration>; Phase::ALL.len()],
    counts: Cell<Counts>,
    /// Steps of the phase.
    steps: Arc<Steps>,
    bar: Option<Bar>,
}

impl Watch {
    /// Begins with the first phase.
    #[expect(clippy::new_without_default, reason = "time is measured from then on")]
    pub fn new() -> Watch {
        Watch {
            phase: Cell::default(),
            since: Cell::new(Instant::now()),
            times: Default::default(),
            counts: Cell::default(),
            steps: Arc::default(),
            bar: None,
        }
    }

    /// Shows on a terminal how far the run has come. This starts a thread.
    pub fn show(&mut self) {
        self.bar = Bar::new(&self.steps);
    }

    /// Shows nothing any more.
    pub fn hide(&mut self) {
        self.bar = None;
    }

    /// Ends a phase and begins another, of so many steps; 0 if nobody knows.
    pub fn enter(&self, phase: Phase, steps: usize) {
        self.switch(phase);
        self.steps.begin(phase, steps);
    }

    /// Does something that belongs to another phase, in the middle of one.
    pub fn during<T>(&self, phase: Phase, work: impl FnOnce() -> T) -> T {
        let around = self.switch(phase);
        let result = work();
        self.switch(around);
        result
    }

    /// Counts what there is.
    pub fn count(&self, count: impl FnOnce(&mut Counts)) {
        let mut counts = self.counts.get();
        count(&mut counts);
        self.counts.set(counts);
    }

    /// Says something on standard error, where a bar may stand.
    pub fn aside(&self, say: impl FnOnce()) {
        match &self.bar {
            Some(bar) => bar.aside(say),
            None => say(),
        }
    }

    /// The steps of the phase, to be counted by whoever does them.
    pub fn steps(&self) -> &Steps {
        &self.steps
    }

    /// Notes what the core has done or will do.
    pub fn note(&self, step: &Stage<'_>) {
        match *step {
            Stage::Scanned | Stage::Described(_) => self.steps.count(),
            Stage::Planning => self.enter(Phase::Plan, 0),
            Stage::Describing(batches) => self.enter(Phase::Describe, batches),
            _ => {}
        }
    }

    /// Ends the last phase.
    pub fn stop(self) -> (Times, Counts) {
        self.switch(self.phase.get());
        (self.times.map(Cell::into_inner), self.counts.get())
    }

    /// Begins a phase; returns the one that ends.
    fn switch(&self, phase: Phase) -> Phase {
        let now = Instant::now();
        let ended = self.phase.replace(phase);
        let time = now.duration_since(self.since.replace(now));
        if let Some(sum) = self.times.get(ended as usize) {
            sum.set(sum.get().saturating_add(time));
        }
        ended
    }
}

#[cfg(test)]
mod tests {
    use std::thread::sleep;

    use super::*;

    #[test]
    fn a_phase_in_the_middle_of_another_has_its_own_time() {
        const WHILE: Duration = Duration::from_millis(20);
        let begin = Instant::now();
        let watch = Watch::new();
        watch.enter(Phase::Open, 0);
        watch.during(Phase::Read, || sleep(WHILE));
        sleep(WHILE);
        watch.enter(Phase::Output, 0);
        let (times, _) = watch.stop();
        assert!(times[Phase::Open as usize] >= WHILE);
        assert!(times[Phase::Read as usize] >= WHILE);
        assert!(times[Phase::Scan as usize].is_zero());
        assert!(times.iter().sum::<Duration>() <= begin.elapsed());
    }
}
