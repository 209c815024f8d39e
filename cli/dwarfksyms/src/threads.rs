//! Threads that work on several files, or pairs of them, at the same time.

use std::num::NonZero;
use std::thread;
use std::time::Duration;

use anyhow::{Result, anyhow};
use dwarfksyms_host::common::Common;
use dwarfksyms_host::parallel::{self, STACK};
use rayon::{ThreadPool, ThreadPoolBuilder};

/// As many threads as are asked for, or as there are processors.
pub(crate) fn of(common: &Common) -> Result<ThreadPool> {
    pool(common.jobs.map_or_else(parallel::available, NonZero::get))
}

/// So many threads, each of which can describe objects. If the system does not start all of them, there is one, which leaves room for
/// its work: what comes of it does not depend on their number.
pub(crate) fn pool(threads: usize) -> Result<ThreadPool> {
    /// How long it may take until those have ended that did start: a second.
    const TRIES: usize = 100;
    const PAUSE: Duration = Duration::from_millis(10);
    let build = |threads| ThreadPoolBuilder::new().num_threads(threads).stack_size(STACK).build();
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

/// The calling thread alone, which can have one of these.
pub(crate) fn current() -> Result<ThreadPool> {
    Ok(ThreadPoolBuilder::new().num_threads(1).use_current_thread().build()?)
}
