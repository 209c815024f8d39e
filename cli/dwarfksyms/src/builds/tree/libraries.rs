//! Shared libraries in a folder or a package, and the debug files among them.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use dwarfksyms_host::contents::Contents;
use dwarfksyms_host::debug_files::{self, DebugFiles};
use dwarfksyms_host::message;

use super::super::listing::{Files, Promise};
use super::{Place, Tree};

impl Tree<'_> {
    /// Whether libraries are what a build consists of.
    pub(super) fn has_libraries(&self, files: &Files) -> bool {
        let of_kernel = [&files.kernels, &files.images, &files.modules];
        self.reading.counted.has_others() && of_kernel.into_iter().all(Vec::is_empty)
    }

    /// Finds the debug files by their build IDs. Those that come back are of no library that is there.
    pub(super) fn find_debug_files(&self, files: &Files) -> Result<Vec<PathBuf>> {
        let id = |path: &Path, contents: &Contents| {
            let limits = self.reading.common.limits(contents.len() as u64);
            debug_files::build_id(contents, &limits).with_context(|| message::path(path))
        };
        let libraries = self.each(&files.libraries, |path, contents| id(path, &contents))?;
        let libraries: BTreeSet<Vec<u8>> = libraries.into_iter().flatten().collect();
        // What is in a package cannot be opened when it is needed.
        let is_kept = matches!(self.place, Place::Entries(..));
        let found = self.each(&files.debug_files, |path, contents| {
            let id = id(path, &contents)?;
            Ok((id, Some(contents).filter(|_| is_kept)))
        })?;
        let mut all = DebugFiles::default();
        let mut alone = Vec::new();
        for (path, (id, contents)) in files.debug_files.iter().zip(found) {
            let is_of_library = id.as_ref().is_some_and(|id| libraries.contains(id));
            if !is_of_library {
                alone.push(path.clone());
            }
            if let Some(id) = id {
                all.add(id, path, contents);
            }
        }
        // Whoever looks for them again finds the same.
        let _ = self.debug_files.set(all);
        Ok(alone)
    }
}

/// Whether a file is called like a library or a debug file, and is something else.
pub(super) fn is_no_library(path: &Path, contents: &Contents) -> bool {
    let promise = Promise::of_file(path);
    matches!(promise, Some(Promise::Library | Promise::DebugFile)) && !contents.starts_with(b"\x7fELF")
}
