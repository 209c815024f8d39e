//! `dwarfksyms split`: the symtypes files that consolidated symtypes are made of.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{self, Write};
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use clap::ValueHint;
use dwarfksyms_host::Outcome;
use dwarfksyms_host::message::Escaped;
use dwarfksyms_host::new_file::{Written, make_hidden};
use dwarfksyms_host::trouble::Unfinished;

use super::{Plain, inputs, shown};
use crate::builds::{Detail, Text};

const AFTER_HELP: &str = "\
The folder must not exist yet, or be empty. It appears when all files are complete, or not at all; paths in FILE that \
lead out of it are an error.

Example:
  dwarfksyms split symtypes-7.3.4 -o symtypes/

Exit status: 0 if all files were written, 2 if anything went wrong.";

/// Restore symtypes files from consolidated symtypes
#[derive(Debug, clap::Args)]
#[command(after_help = AFTER_HELP)]
pub(super) struct Args {
    /// Consolidated symtypes, of suse-kabi-tools, of Oracle's kernels, or of 'dwarfksyms consolidate'
    #[arg(value_name = "FILE")]
    file: PathBuf,

    /// The folder to create
    #[arg(short, long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    output: PathBuf,

    #[command(flatten)]
    pub(super) plain: Plain,
}

pub(super) fn run(args: &Args) -> Result<Outcome> {
    let name = || shown(&args.output);
    let paths = std::slice::from_ref(&args.file);
    inputs(paths, &[]).check_folder(&args.output)?;
    let target = Target::begin(&args.output).with_context(name)?;
    let written = Written::Below { folder: &target.folder, parent: &target.parent };
    let shared = args.plain.shared();
    let revisions = shared.confine(paths, &[], [written].into_iter())?;
    let builds = shared.read(paths, &revisions, Detail::Types, false)?;
    let mut types = builds.iter().flat_map(|build| &build.types);
    let (Some(types), None) =
        (types.next().filter(|types| matches!(types.text, Text::Consolidated(_))), types.next())
    else {
        bail!("{}: these are not consolidated symtypes", shown(&args.file));
    };
    let limits = args.plain.common.limits(types.text.len() as u64);
    let all = types.files(&limits).with_context(|| shown(&args.file))?;
    let mut folders = BTreeSet::new();
    for file in 0..all.len() {
        let section = || format!("{}: {}", shown(&args.file), Escaped(all.name(file)));
        let path = below(all.name(file)).with_context(section)?;
        let text = all.text(file, &limits).with_context(section)?;
        target.write(path, &text, &mut folders).with_context(section)?;
    }
    target.finish().with_context(name)?;
    Ok(Outcome::Done)
}

/// A path, if it leads to something below the folder that it starts from, and cannot be written in another way.
fn below(path: &[u8]) -> Result<&Path> {
    let is_name = |part: &[u8]| !matches!(part, b"" | b"." | b"..") && !part.contains(&0);
    if path.split(|&byte| byte == b'/').all(is_name) {
        Ok(Path::new(OsStr::from_bytes(path)))
    } else {
        bail!("the path does not lead to a file below the folder");
    }
}

/// A folder while it is filled, beside the place where it will be.
struct Target {
    folder: PathBuf,
    parent: PathBuf,
    path: PathBuf,
    is_placed: bool,
    /// The folder, and all that was made in it.
    unfinished: RefCell<Vec<Unfinished>>,
}

impl Target {
    fn begin(path: &Path) -> Result<Target> {
        match fs::symlink_metadata(path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(error.into()),
            Ok(metadata) if metadata.is_dir() => {
                if fs::read_dir(path)?.next().is_some() {
                    bail!("the folder is not empty");
                }
            }
            Ok(_) => bail!("it is there, and is not a folder"),
        }
        // Without a slash at the end.
        let path: PathBuf = path.components().collect();
        let Some(parent) = path.parent() else { bail!("a folder cannot be put there") };
        let parent = if parent.as_os_str().is_empty() { Path::new(".") } else { parent };
        fs::metadata(parent)?;
        let (folder, (), unfinished) = make_hidden(parent, |path| fs::create_dir(path))?;
        let unfinished = RefCell::new(vec![unfinished]);
        Ok(Target { folder, parent: parent.to_owned(), path, is_placed: false, unfinished })
    }

    /// Writes a file, which must not be there. Folders that it is in are made, if they have not been made before.
    fn write<'p>(&self, path: &'p Path, text: &[u8], folders: &mut BTreeSet<&'p Path>) -> Result<()> {
        let around: Vec<&Path> =
            path.ancestors().skip(1).filter(|folder| !folder.as_os_str().is_empty()).collect();
        for folder in around.into_iter().rev() {
            if folders.insert(folder) {
                fs::create_dir(self.noted(folder))?;
            }
        }
        let mut file = File::options().write(true).create_new(true).open(self.noted(path))?;
        file.write_all(text)?;
        Ok(())
    }

    /// Where a path is in the folder, once what is made there is noted.
    fn noted(&self, path: &Path) -> PathBuf {
        let path = self.folder.join(path);
        self.unfinished.borrow_mut().push(Unfinished::new(&path));
        path
    }

    /// Puts the folder in its place.
    fn finish(mut self) -> Result<()> {
        fs::rename(&self.folder, &self.path)?;
        self.is_placed = true;
        Ok(())
    }
}

impl Drop for Target {
    fn drop(&mut self) {
        if !self.is_placed {
            // Whoever has removed it has done what is to be done.
            let _ = fs::remove_dir_all(&self.folder);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_stay_below_the_folder() {
        for path in ["a", "a/b.symtypes", "..a/b..", "a b/\u{e4}"] {
            assert_eq!(below(path.as_bytes()).unwrap(), Path::new(path));
        }
        for path in ["", ".", "..", "/a", "a/../b", "../a", "./a", "a/./b", "a//b", "a/", "a/..", "a\0b"] {
            assert!(below(path.as_bytes()).is_err(), "{path}");
        }
    }
}
