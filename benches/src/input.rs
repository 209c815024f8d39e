//! What is measured: runs of the tool on files.

use std::io;
use std::path::{Path, PathBuf};

use dwarfksyms_tests::case::{Case, Unpacked};
use dwarfksyms_tests::repository;
use tempfile::TempDir;

use crate::process::Program;

/// A run of the tool.
#[derive(Clone, Debug)]
pub struct Input {
    /// What reports call it.
    pub name: String,
    /// Where it is run.
    pub folder: PathBuf,
    /// Options and objects.
    pub args: Vec<String>,
    /// The symbol list.
    pub list: PathBuf,
}

/// Runs on files, some of which are there for as long as this is.
#[derive(Debug, Default)]
pub struct Set {
    /// The runs.
    pub inputs: Vec<Input>,
    _unpacked: Vec<Unpacked>,
    _temporary: Option<TempDir>,
}

impl Input {
    /// A run on one object.
    pub fn of_object(object: &Path, list: &Path) -> Input {
        let name = object.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let args = vec![object.to_string_lossy().into_owned()];
        Input { name, folder: PathBuf::from("."), args, list: list.to_owned() }
    }

    /// The object and the symbol list, if no more than that is needed to describe it.
    pub fn files(&self) -> Option<(PathBuf, PathBuf)> {
        match self.args.as_slice() {
            [object] => Some((self.folder.join(object), self.folder.join(&self.list))),
            _ => None,
        }
    }
}

impl Set {
    /// The runs of the bundled corpus that end well.
    pub fn corpus() -> Set {
        let mut set = Set::default();
        for case in Case::all(&repository().join("corpus/golden")) {
            let unpacked = case.unpacked();
            for run in case.runs.iter().filter(|run| run.exit == "ok") {
                set.inputs.push(Input {
                    name: format!("{}/{}", case.name, run.name),
                    folder: unpacked.folder.clone(),
                    args: run.args.iter().chain(&run.objects).cloned().collect(),
                    list: PathBuf::from(&run.syms),
                });
            }
            set._unpacked.push(unpacked);
        }
        set
    }

    /// Generated objects with so many units each.
    ///
    /// # Errors
    /// They cannot be written.
    pub fn generated(inside: &Program, units: &[usize]) -> io::Result<Set> {
        let folder = tempfile::tempdir()?;
        let mut inputs = Vec::new();
        for units in units {
            let path = folder.path().to_string_lossy().into_owned();
            inside.output(&["generate".to_owned(), path, units.to_string()])?;
            let object = folder.path().join(format!("{units}.o"));
            let input = Input::of_object(&object, &object.with_extension("syms"));
            inputs.push(Input { name: format!("{units} units"), ..input });
        }
        Ok(Set { inputs, _temporary: Some(folder), ..Set::default() })
    }

    /// The objects of a `.tar.zst`.
    ///
    /// # Errors
    /// They cannot be unpacked.
    pub fn kernel(inside: &Program, archive: &Path) -> io::Result<Set> {
        let folder = tempfile::tempdir()?;
        let args = [folder.path(), archive].map(|path| path.to_string_lossy().into_owned());
        inside.output(&[&["kernel".to_owned()], &args[..]].concat())?;
        let mut objects: Vec<PathBuf> = std::fs::read_dir(folder.path())?
            .map(|entry| entry.map(|entry| entry.path()))
            .collect::<io::Result<_>>()?;
        objects.retain(|path| path.extension().is_some_and(|last| last == "o"));
        objects.sort();
        let inputs = objects.iter().map(|path| Input::of_object(path, &path.with_extension("syms")));
        Ok(Set { inputs: inputs.collect(), _temporary: Some(folder), ..Set::default() })
    }
}
