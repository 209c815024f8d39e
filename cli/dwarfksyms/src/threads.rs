//! Threads that work on several files, or pairs of them, at the same time.

use anyhow::Result;
use dwarfksyms_host::parallel::STACK;
use rayon::{ThreadPool, ThreadPoolBuilder};

/// So many threads, each of which can describe objects.
pub(crate) fn pool(threads: usize) -> Result<ThreadPool> {
    Ok(ThreadPoolBuilder::new().num_threads(threads).stack_size(STACK).build()?)
}
