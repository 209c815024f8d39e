//! Files that come out of a package, as many as are worked on at a time.

use dwarfksyms_host::contents::Contents;

/// Files of a package or a repository that are in memory.
#[derive(Default)]
pub(super) struct Batch {
    pub(super) files: Vec<(usize, Contents)>,
    bytes: usize,
}

impl Batch {
    pub(super) fn add(&mut self, at: usize, contents: Contents) {
        self.bytes = self.bytes.saturating_add(contents.len());
        self.files.push((at, contents));
    }

    /// Whether there are so many bytes that all threads have something to do.
    pub(super) fn is_full(&self) -> bool {
        const ENOUGH: usize = 64 << 20;
        self.bytes >= ENOUGH
    }
}
