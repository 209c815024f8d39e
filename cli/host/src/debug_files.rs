//! Debug files that stand among the files of a folder or a package: companions that were met already, and are known by
//! their build IDs.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::Result;
use dwarfksyms_core::{Image, Limits};

use crate::contents::Contents;

/// Debug files by build ID.
#[derive(Debug, Default)]
pub struct DebugFiles(BTreeMap<Vec<u8>, DebugFile>);

/// A debug file.
#[derive(Debug)]
pub struct DebugFile {
    /// How messages call it.
    pub path: PathBuf,
    /// Its bytes, if it is in a package; another one is opened when it is needed.
    pub contents: Option<Contents>,
}

impl DebugFiles {
    /// Adds a file. Of several with one build ID, the first counts.
    pub fn add(&mut self, id: Vec<u8>, path: &Path, contents: Option<Contents>) {
        self.0.entry(id).or_insert_with(|| DebugFile { path: path.to_owned(), contents });
    }

    /// The file with a build ID.
    pub fn find(&self, id: &[u8]) -> Option<&DebugFile> {
        self.0.get(id)
    }
}

/// The build ID of an ELF file; none if it has none, or is no such file.
///
/// # Errors
/// Damage, or a limit.
pub fn build_id(data: &[u8], limits: &Limits) -> Result<Option<Vec<u8>>> {
    if !data.starts_with(b"\x7fELF") {
        return Ok(None);
    }
    Ok(Image::parse(data, limits)?.links().build_id.map(<[u8]>::to_vec))
}
