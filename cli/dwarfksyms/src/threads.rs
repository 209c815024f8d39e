//! Threads that work on several files, or pairs of them, at the same time.

use std::num::NonZero;

use anyhow::Result;
use dwarfksyms_host::common::Common;
use dwarfksyms_host::parallel::{self, STACK};
use rayon::{ThreadPool, ThreadPoolBuilder};

/// As many threads as are asked for, or as there are processors.
pub(crate) fn of(common: &Common) -> Result<ThreadPool> {
    pool(common.jobs.map_or_else(parallel::available, NonZero::get))
}

/// So many threads, each of which can describe objects.
pub(crate) fn pool(threads: usize) -> Result<ThreadPool> {
    Ok(ThreadPoolBuilder::new().num_threads(threads).stack_size(STACK).build()?)
}

/// The calling thread alone, which can have one of these.
pub(crate) fn current() -> Result<ThreadPool> {
    Ok(ThreadPoolBuilder::new().num_threads(1).use_current_thread().build()?)
}
