//! Threads that work on several files, or pairs of them, at the same time.

use std::num::NonZero;
use std::ops::Deref;
use std::thread::{self, JoinHandle};
use std::time::Duration;

use anyhow::{Result, anyhow};
use dwarfksyms_host::common::Common;
use dwarfksyms_host::parallel::{self, STACK};
use rayon::{ThreadPool, ThreadPoolBuildError, ThreadPoolBuilder};

/// Threads that work on several files, until this is dropped: then they have ended.
pub(crate) struct Threads {
    // In this order: they end when the pool is dropped.
    pool: ThreadPool,
    _handles: Handles,
}

impl Threads {
    /// Ends the threads, before anything is written: a thread takes memory when it begins, which may be late, and when it
    /// ends, and if that is refused, nothing must have been written yet.
    pub(crate) fn end(self) {}
}

struct Handles(Vec<JoinHandle<()>>);

impl Drop for Handles {
    fn drop(&mut self) {
        for handle in self.0.drain(..) {
            // A panic ends the process.
            let _ = handle.join();
        }
    }
}

impl Deref for Threads {
    type Target = ThreadPool;

    fn deref(&self) -> &ThreadPool {
        &self.pool
    }
}

/// As many threads as are asked for, or as there are processors.
pub(crate) fn of(common: &Common) -> Result<Threads> {
    pool(common.jobs.map_or_else(parallel::available, NonZero::get))
}

/// So many threads, each of which can describe objects. If the system does not start all of them, there is one, which leaves room for
/// its work: what comes of it does not depend on their number.
pub(crate) fn pool(threads: usize) -> Result<Threads> {
    /// How long it may take until those have ended that did start: a second.
    const TRIES: usize = 100;
    const PAUSE: Duration = Duration::from_millis(10);
    let mut built = build(threads);
    for _ in 0..TRIES {
        if built.is_ok() {
            break;
        }
        thread::sleep(PAUSE);
        built = build(1);
    }
    built.map_err(|_| anyhow!("the system starts no thread"))
}

fn build(threads: usize) -> std::result::Result<Threads, ThreadPoolBuildError> {
    let mut handles = Vec::new();
    let pool = ThreadPoolBuilder::new()
        .num_threads(threads)
        .stack_size(STACK)
        .spawn_handler(|worker| {
            let handle = thread::Builder::new().stack_size(STACK).spawn(|| worker.run())?;
            handles.push(handle);
            Ok(())
        })
        .build()?;
    Ok(Threads { pool, _handles: Handles(handles) })
}

/// The calling thread alone, which can have one of these.
pub(crate) fn current() -> Result<Threads> {
    let pool = ThreadPoolBuilder::new().num_threads(1).use_current_thread().build()?;
    Ok(Threads { pool, _handles: Handles(Vec::new()) })
}
