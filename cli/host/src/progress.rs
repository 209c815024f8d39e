//! How far a long run has come, shown on a terminal.
//!
//! Whoever works only counts steps. A thread, which there is on a terminal only, looks at the count from time to
//! time and draws; a run that is done within a second shows nothing. The bar is gone before anything else is
//! written.

use std::io::{self, IsTerminal, Write};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use dwarfksyms_core::budget::Sum;

use crate::phase::Phase;

/// Nothing is shown before.
const PATIENCE: Duration = Duration::from_secs(1);

/// How often it is drawn.
const INTERVAL: Duration = Duration::from_millis(100);

/// The steps of a phase, counted by any thread.
#[derive(Default)]
pub struct Steps {
    /// The phase, by its position.
    phase: AtomicUsize,
    done: Sum,
    /// 0 if nobody knows.
    all: Sum,
}

impl Steps {
    /// Begins a phase.
    pub(crate) fn begin(&self, phase: Phase, all: usize) {
        self.phase.store(phase as usize, Ordering::Relaxed);
        self.done.set(0);
        self.all.set(all.try_into().unwrap_or(u64::MAX));
    }

    /// Says that there are more steps than was known.
    pub fn expect(&self, more: usize) {
        self.all.add(more.try_into().unwrap_or(u64::MAX));
    }

    /// The steps that are done, and all of them.
    fn now(&self) -> (u64, u64) {
        let (done, all) = (self.done.get(), self.all.get());
        (done.min(all), all)
    }

    /// Counts a step.
    pub fn count(&self) {
        self.done.add(1);
    }
}

/// A bar, and the thread that draws it.
pub(crate) struct Bar {
    line: Arc<Mutex<Line>>,
    /// `None` if it has ended.
    drawer: Option<(Sender<()>, JoinHandle<()>)>,
}

impl Bar {
    /// A bar on standard error, if that is a terminal that can clear a line.
    pub(crate) fn new(steps: &Arc<Steps>) -> Option<Bar> {
        let is_dumb = std::env::var_os("TERM").is_none_or(|name| name == "dumb");
        if is_dumb || !io::stderr().is_terminal() {
            return None;
        }
        let line = Arc::default();
        let (end, ended) = mpsc::channel();
        let (steps, drawn) = (Arc::clone(steps), Arc::clone(&line));
        let drawer = thread::Builder::new().name("progress".to_owned());
        // Who cannot have a thread does without a bar.
        let drawer = drawer.spawn(move || draw(&drawn, &steps, &ended)).ok()?;
        Some(Bar { line, drawer: Some((end, drawer)) })
    }

    /// Says something where the bar stands.
    pub(crate) fn aside(&self, say: impl FnOnce()) {
        let mut line = locked(&self.line);
        line.show(String::new());
        say();
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        if let Some((end, drawer)) = self.drawer.take() {
            drop(end);
            // A bar that failed has nothing to say.
            let _ = drawer.join();
        }
        locked(&self.line).show(String::new());
    }
}

/// What stands on the last line of the terminal, which has one writer at a time.
#[derive(Default)]
struct Line(String);

impl Line {
    /// Puts text in the place of what stands there; no text clears it.
    fn show(&mut self, text: String) {
        const CLEAR: &str = "\r\x1b[2K";
        if text == self.0 {
            return;
        }
        let clear = if self.0.is_empty() { "" } else { CLEAR };
        // There is nowhere to complain if standard error is gone.
        let _ = io::stderr().lock().write_all(format!("{clear}{text}").as_bytes());
        self.0 = text;
    }
}

/// The line, even if somebody panicked who has written on it.
fn locked(line: &Mutex<Line>) -> MutexGuard<'_, Line> {
    line.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Draws until the other end is gone.
fn draw(line: &Mutex<Line>, steps: &Steps, ended: &Receiver<()>) {
    let mut wait = PATIENCE;
    while ended.recv_timeout(wait) == Err(RecvTimeoutError::Timeout) {
        wait = INTERVAL;
        let phase = message(steps.phase.load(Ordering::Relaxed));
        locked(line).show(bar(phase, steps.now(), columns()));
    }
}

/// The columns of the terminal, or 80 if it does not say.
fn columns() -> usize {
    let size = rustix::termios::tcgetwinsize(io::stderr()).ok();
    size.map(|size| size.ws_col.into()).filter(|&columns| columns > 0).unwrap_or(80)
}

/// `describing [===>      ] 300/1000`, in so many columns. The last one is left free: to write there moves the cursor on.
fn bar(phase: &str, (done, all): (u64, u64), columns: usize) -> String {
    let count = if all > 1 { format!(" {done}/{all}") } else { String::new() };
    let around = phase.len() + " []".len() + count.len() + 1;
    let Some(width) = columns.checked_sub(around).filter(|&width| width > 0) else {
        return phase.get(..columns.saturating_sub(1)).unwrap_or(phase).to_owned();
    };
    let share = u128::from(done) * width as u128 / u128::from(all.max(1));
    let filled = usize::try_from(share).unwrap_or(width).min(width);
    let (head, rest) = if filled < width { (">", width - filled - 1) } else { ("", 0) };
    format!("{phase} [{}{head}{}]{count}", "=".repeat(filled), " ".repeat(rest))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_fills_its_line_but_for_the_last_column() {
        let cases = [
            ((0, 0), 20, "reading [>        ]"),
            ((0, 4), 20, "reading [>    ] 0/4"),
            ((2, 4), 20, "reading [==>  ] 2/4"),
            ((4, 4), 20, "reading [=====] 4/4"),
            ((u64::MAX, u64::MAX), 54, "reading [=] 18446744073709551615/18446744073709551615"),
            ((1, 4), 16, "reading [>] 1/4"),
            ((1, 4), 15, "reading"),
            ((1, 4), 5, "read"),
            ((1, 4), 0, ""),
        ];
        for ((done, all), columns, expected) in cases {
            let shown = bar("reading", (done, all), columns);
            assert_eq!(shown, expected, "{done}/{all} in {columns}");
            assert!(shown.len() < columns.max(1));
        }
    }
}
