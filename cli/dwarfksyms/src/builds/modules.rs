//! Modules that are looked at one by one: a file, or all that are in a folder, a package or a folder of a repository.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use dwarfksyms_host::message;

use super::file::{contents, package};
use super::revision::Found;
use super::{Build, Reading, tree};

/// The modules that a path leads to.
pub(crate) struct Modules {
    /// Whether it is a folder or a package, which can have any number.
    pub(crate) are_several: bool,
    /// Each, and where it is.
    pub(crate) modules: Vec<(PathBuf, Build)>,
}

impl Modules {
    /// Reads them.
    ///
    /// # Errors
    /// As of [`Build::open`]; a folder or package without any.
    pub(crate) fn open(path: &Path, reading: &Reading<'_>) -> Result<Modules> {
        let several = |modules| Modules { are_several: true, modules };
        let name = || message::path(path);
        let (path, contents) = match reading.revisions.of(path) {
            Some(revision) => match revision.find(path).with_context(name)? {
                Found::Folder(folder) => {
                    return tree::modules_of_entries(path, &folder, reading).map(several);
                }
                Found::File(path, contents) => (path, contents),
            },
            None if fs::metadata(path).with_context(name)?.is_dir() => {
                return tree::modules(path, reading).map(several);
            }
            None => (path.to_owned(), contents(path)?),
        };
        if let Some(package) = package(&path, &contents, reading)? {
            return tree::modules_of_entries(&path, &package, reading).map(several);
        }
        let build = Build::of(&path, contents, reading)?.installed(&path);
        reading.steps.count();
        Ok(Modules { are_several: false, modules: vec![(path, build)] })
    }
}
