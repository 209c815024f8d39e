//! Threads that work on several files, or pairs of them, at the same time.

use std::num::NonZero;

use anyhow::{Context, Result};
use dwarfksyms_host::common::Common;
use dwarfksyms_host::parallel::{self, STACK};
use rayon::{ThreadPool, ThreadPoolBuilder};

/// As many threads as are asked for, or as there are processors.
pub(crate) fn of(common: &Common) -> Result<ThreadPool> {
    pool(common.jobs.map_or_else(parallel::available, NonZero::get))
}

/// So many threads, each of which can describe objects, or as many as the system starts: what comes of it does not depend on
/// their number.
pub(crate) fn pool(threads: usize) -> Result<ThreadPool> {
    match ThreadPoolBuilder::new().num_threads(threads).stack_size(STACK).build() {
        Err(_) if threads > 1 => pool(threads / 2),
        built => built.context("no thread can be started"),
    }
}
