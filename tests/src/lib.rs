//! What the tests share: golden cases, running a tool on them, and comparing the results.

pub mod advised;
pub mod btf;
pub mod case;
pub mod compiled;
pub mod exceptions;
pub mod growing;
pub mod hostile;
pub mod linked;
pub mod linted;
pub mod model;
pub mod note;
pub mod object;
pub mod outcome;
pub mod packaged;
pub mod pairs;
pub mod picture;
pub mod program;
pub mod ruled;
pub mod tool;

use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

/// The repository's folder.
pub fn repository() -> PathBuf {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
    manifest.parent().map_or_else(PathBuf::new, Path::to_owned)
}

/// How many samples a test draws: some, or all that `.ci/run` wants, which sets `DWARFKSYMS_SLOW`.
pub fn samples<T>(some: T, all: T) -> T {
    if path_from_environment("DWARFKSYMS_SLOW").is_some() { all } else { some }
}

/// The folder that an environment variable names, if it is set and not empty.
pub fn path_from_environment(name: &str) -> Option<PathBuf> {
    std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from)
}

/// A temporary folder with these files, which may be in folders below it.
///
/// # Panics
/// If they cannot be written.
pub fn folder(files: &[(&str, &[u8])]) -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (name, bytes) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, bytes).expect("a file");
    }
    folder
}
