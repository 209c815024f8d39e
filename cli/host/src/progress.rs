//! How far a long run has come, shown on a terminal.
//!
//! Whoever works only counts steps. A thread, which there is on a terminal only, looks at the count from time to
//! time and draws; a run that is done within a second shows nothing. The bar is gone before anything else is
//! written.

use std::fmt;
use std::io::{self, IsTerminal};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};

use crate::watch::Phase;

/// Nothing is shown before.
const PATIENCE: Duration = Duration::from_secs(1);

/// How often it is drawn.
const INTERVAL: Duration = Duration::from_millis(100);

/// The steps of a phase, counted by any thread.
#[derive(Default)]
pub struct Steps {
    /// The phase, by its position.
    phase: AtomicUsize,
    done: AtomicU64,
    /// 0 if nobody knows.
    all: AtomicU64,
}

impl Steps {
    /// Begins a phase.
    pub(crate) fn begin(&self, phase: Phase, all: usize) {
        self.phase.store(phase as usize, Ordering::Relaxed);
        self.done.store(0, Ordering::Relaxed);
        self.all.store(all.try_into().unwrap_or(u64::MAX), Ordering::Relaxed);
    }

    /// Says that there are more steps than was known.
    pub fn expect(&self, more: usize) {
        self.all.fetch_add(more.try_into().unwrap_or(u64::MAX), Ordering::Relaxed);
    }

    /// The steps that are done, and all of them.
    fn now(&self) -> (u64, u64) {
        let (done, all) = (self.done.load(Ordering::Relaxed), self.all.load(Ordering::Relaxed));
        (done.min(all), all)
    }

    /// Counts a step.
    pub fn count(&self) {
        self.done.fetch_add(1, Ordering::Relaxed);
    }
}

/// A bar, and the thread that draws it.
pub(crate) struct Bar {
    bar: ProgressBar,
    /// `None` if it has ended.
    drawer: Option<(Sender<()>, JoinHandle<()>)>,
}

impl Bar {
    /// A bar on standard error, if that is a terminal.
    pub(crate) fn new(steps: &Arc<Steps>) -> Option<Bar> {
        if !io::stderr().is_terminal() {
            return None;
        }
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
        let (end, ended) = mpsc::channel();
        let (steps, drawn) = (Arc::clone(steps), bar.clone());
        let drawer = thread::Builder::new().name("progress".to_owned());
        // Who cannot have a thread does without a bar.
        let drawer = drawer.spawn(move || draw(&drawn, &steps, &ended)).ok()?;
        Some(Bar { bar, drawer: Some((end, drawer)) })
    }

    /// Says something where the bar stands.
    pub(crate) fn aside(&self, say: impl FnOnce()) {
        self.bar.suspend(say);
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        if let Some((end, drawer)) = self.drawer.take() {
            drop(end);
            // A bar that failed has nothing to say.
            let _ = drawer.join();
        }
        self.bar.finish_and_clear();
    }
}

/// Draws until the other end is gone.
fn draw(bar: &ProgressBar, steps: &Arc<Steps>, ended: &Receiver<()>) {
    let mut wait = PATIENCE;
    while ended.recv_timeout(wait) == Err(RecvTimeoutError::Timeout) {
        if wait == PATIENCE {
            bar.set_style(style(steps));
            bar.set_draw_target(ProgressDrawTarget::stderr());
            wait = INTERVAL;
        }
        let (done, all) = steps.now();
        bar.update(|state| {
            state.set_len(all.max(1));
            state.set_pos(done);
        });
    }
}

/// `describing [===>      ] 300/1000`
fn style(steps: &Arc<Steps>) -> ProgressStyle {
    let style = ProgressStyle::with_template("{phase} [{wide_bar}] {steps}");
    let (phase, count) = (Arc::clone(steps), Arc::clone(steps));
    let phase = move |_: &ProgressState, out: &mut dyn fmt::Write| {
        let _ = out.write_str(message(phase.phase.load(Ordering::Relaxed)));
    };
    let count = move |_: &ProgressState, out: &mut dyn fmt::Write| {
        let (done, all) = count.now();
        let _ = if all > 1 { write!(out, "{done}/{all}") } else { Ok(()) };
    };
    let style = style.unwrap_or_else(|_| ProgressStyle::default_bar());
    style.with_key("phase", phase).with_key("steps", count).progress_chars("=> ")
}

/// What is shown during a phase.
fn message(phase: usize) -> &'static str {
    match Phase::ALL.get(phase) {
        Some(Phase::Open) => "listing units",
        Some(Phase::Scan) => "scanning units",
        Some(Phase::Plan) => "planning",
        Some(Phase::Describe) => "describing",
        Some(Phase::Versions) => "computing versions",
        Some(Phase::Output) => "writing",
        _ => "reading",
    }
}
