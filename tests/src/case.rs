//! Golden cases: folders with sources, objects, symbol lists and expected results (corpus/README.md).

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::outcome::Kind;

/// A folder with a `case.toml`.
#[derive(Debug)]
pub struct Case {
    /// The folder's name.
    pub name: String,
    /// The folder.
    pub folder: PathBuf,
    /// Inputs that are kept as `NAME.gz`.
    pub gunzip: Vec<String>,
    /// What is run in it.
    pub runs: Vec<Run>,
}

/// One run of the tool on a case.
#[derive(Clone, Debug, Deserialize)]
pub struct Run {
    /// The name that expected files begin with.
    pub name: String,
    /// Options.
    pub args: Vec<String>,
    /// Objects, relative to the folder.
    pub objects: Vec<String>,
    /// The symbol list.
    pub syms: String,
    /// How the run ends: `ok`, `error`, or `crash` where the reference dies of a signal; several with `|`.
    pub exit: String,
    /// Whether a symtypes file is written.
    #[serde(default = "yes")]
    pub symtypes_written: bool,
    /// What the reference itself does not give twice.
    #[serde(default)]
    pub unstable: Vec<String>,
}

fn yes() -> bool {
    true
}

/// A case's folder, ready to run in.
#[derive(Debug)]
pub struct Unpacked {
    /// The folder.
    pub folder: PathBuf,
    _temporary: Option<tempfile::TempDir>,
}

#[derive(Deserialize)]
struct Description {
    name: String,
    #[serde(default)]
    gunzip: Vec<String>,
    #[serde(default)]
    run: Vec<Run>,
}

impl Case {
    /// Reads the case in a folder.
    ///
    /// # Panics
    /// If `case.toml` is missing or wrong: the tests that it describes cannot be run.
    pub fn read(folder: &Path) -> Case {
        let path = folder.join("case.toml");
        let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let description: Description =
            toml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
        assert_eq!(name, description.name, "{}: the name is not the folder's", path.display());
        assert!(!description.run.is_empty(), "{}: nothing is run", path.display());
        Case { name, folder: folder.to_owned(), gunzip: description.gunzip, runs: description.run }
    }

    /// Reads all cases below a folder, sorted by name.
    ///
    /// # Panics
    /// If the folder cannot be read or has no cases.
    pub fn all(folder: &Path) -> Vec<Case> {
        let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
        let mut folders: Vec<_> = entries
            .map(|entry| entry.unwrap_or_else(|error| panic!("{}: {error}", folder.display())).path())
            .filter(|path| path.is_dir())
            .collect();
        folders.sort();
        assert!(!folders.is_empty(), "{}: no cases", folder.display());
        folders.iter().map(|folder| Case::read(folder)).collect()
    }

    /// The folder to run in: the case's, or one where its compressed inputs are unpacked beside the others.
    ///
    /// # Panics
    /// If the inputs cannot be copied.
    pub fn unpacked(&self) -> Unpacked {
        if self.gunzip.is_empty() {
            return Unpacked { folder: self.folder.clone(), _temporary: None };
        }
        let temporary = tempfile::tempdir().expect("a temporary folder");
        for entry in fs::read_dir(&self.folder).expect("the case's folder") {
            let path = entry.expect("an entry of the case's folder").path();
            if path.is_file() {
                fs::copy(&path, temporary.path().join(path.file_name().unwrap_or_default())).expect("a copy");
            }
        }
        for name in &self.gunzip {
            let packed = File::open(self.folder.join(format!("{name}.gz"))).expect("a compressed input");
            let mut file = File::create(temporary.path().join(name)).expect("a file");
            io::copy(&mut flate2::read::GzDecoder::new(packed), &mut file).expect("a gzip stream");
        }
        Unpacked { folder: temporary.path().to_owned(), _temporary: Some(temporary) }
    }

    /// Where the expected result of one kind is kept.
    pub fn expected_path(&self, run: &Run, kind: Kind) -> PathBuf {
        self.folder.join("expected").join(format!("{}.{}", run.name, kind.extension()))
    }

    /// The results of one kind that are right: the expected one, and others that the reference gave where it
    /// does not give the same twice.
    pub fn expected(&self, run: &Run, kind: Kind) -> Vec<Vec<u8>> {
        let path = self.expected_path(run, kind);
        let others = (1..10).map(|number| PathBuf::from(format!("{}.alt{number}", path.display())));
        std::iter::once(path.clone()).chain(others).filter_map(|path| fs::read(path).ok()).collect()
    }
}
