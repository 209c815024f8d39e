//! Confinement: the process gives up what it does not need any more, before the first byte of an object is read.
//!
//! Objects are hostile. Should one of them get the better of us all the same, it finds a process that can read
//! what the command line names and the folders of companions, write to what is open already, put the symtypes
//! file in its place, and do nothing else to the system or to other processes.
//!
//! [`Needs`] come in: what will still be done to files. A [`Report`] goes out, for `--debug`: what the kernel
//! does not offer is not in force, and that is never an error.
//!
//! INVARIANT: the process has one thread. What is given up here is given up by the thread that calls and by all
//! that it starts later, not by others that run already.

#[cfg_attr(
    not(all(
        target_os = "linux",
        target_pointer_width = "64",
        target_endian = "little",
        any(target_arch = "x86_64", target_arch = "aarch64", target_arch = "riscv64")
    )),
    path = "absent.rs"
)]
mod calls;
#[cfg_attr(not(target_os = "linux"), path = "absent.rs")]
#[allow(clippy::duplicate_mod, reason = "there are systems with neither kind")]
mod files;

use std::collections::BTreeSet;
use std::fmt;
use std::path::{Path, PathBuf};

use crate::common::Common;
use crate::input;
use crate::new_file::Written;

/// What will still be done to files.
#[derive(Clone, Debug)]
pub struct Needs<'a> {
    /// Files that are read.
    pub objects: Vec<&'a Path>,
    /// Folders below which files are read.
    pub folders: BTreeSet<&'a Path>,
    /// Whether these folders are listed.
    pub is_listed: bool,
    /// What is written by its name; what is open already needs no mention.
    pub written: Vec<Written<'a>>,
}

impl<'a> Needs<'a> {
    /// The needs of a run that reads objects and has begun its symtypes file.
    pub fn of_objects(
        common: &'a Common,
        objects: &'a [PathBuf],
        symtypes: Option<Written<'a>>,
    ) -> Needs<'a> {
        let folders = folders(common, objects);
        let objects = objects.iter().map(PathBuf::as_path).collect();
        Needs { objects, folders, is_listed: false, written: symtypes.into_iter().collect() }
    }

    /// The needs of a run that reads files and whole folders, and has begun files of its own.
    pub fn of_builds(
        common: &'a Common,
        paths: &'a [PathBuf],
        written: impl Iterator<Item = Written<'a>>,
    ) -> Needs<'a> {
        Needs { is_listed: true, written: written.collect(), ..Needs::of_objects(common, paths, None) }
    }

    /// The same, and files that have no companions.
    #[must_use]
    pub fn and(mut self, files: impl IntoIterator<Item = &'a PathBuf>) -> Needs<'a> {
        self.objects.extend(files.into_iter().map(PathBuf::as_path));
        self
    }
}

/// The folders in which companions of objects may be.
fn folders<'a>(common: &'a Common, objects: &'a [PathBuf]) -> BTreeSet<&'a Path> {
    if common.no_companions {
        return BTreeSet::new();
    }
    let beside = objects.iter().map(|object| input::folder_of(object));
    let roots = common.companion_roots.iter().map(PathBuf::as_path);
    beside.filter(|folder| !is_of_descriptors(folder)).chain(roots).collect()
}

/// Whether a folder has no companions but devices in it, and whatever else is open: it is that of `/dev/stdin`.
fn is_of_descriptors(folder: &Path) -> bool {
    folder == Path::new("/dev") || folder.starts_with("/dev/fd") || folder.starts_with("/proc")
}

/// What is in force: of each kind the means, or why there is none.
#[derive(Debug)]
pub struct Report {
    /// Access to files, and where the kernel knows of it to sockets and signals.
    pub files: Result<String, String>,
    /// System calls.
    pub calls: Result<String, String>,
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut separator = "";
        for (what, result) in [("files", &self.files), ("system calls", &self.calls)] {
            match result {
                Ok(means) => write!(f, "{separator}{what} are confined by {means}")?,
                Err(why) => write!(f, "{separator}{what} are not confined: {why}")?,
            }
            separator = "; ";
        }
        Ok(())
    }
}

/// Gives up all but the needs, as far as the kernel can enforce it.
pub fn confine(needs: &Needs<'_>) -> Report {
    let files = files::confine(needs);
    // Libraries that somebody else put into the process (those of fakeroot and valgrind, say) make calls that
    // we cannot know.
    let has_guests = std::env::var_os("LD_PRELOAD").is_some_and(|libraries| !libraries.is_empty());
    let calls = match has_guests {
        true => Err("LD_PRELOAD brings libraries with needs of their own".to_owned()),
        false => calls::confine(needs),
    };
    Report { files, calls }
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;

    /// A command line of objects and options.
    #[derive(Parser)]
    struct Args {
        objects: Vec<PathBuf>,
        #[command(flatten)]
        common: Common,
    }

    fn folders(arguments: &[&str]) -> Vec<String> {
        let args = Args::try_parse_from([&["program"], arguments].concat()).unwrap();
        let needs = Needs::of_objects(&args.common, &args.objects, None);
        assert_eq!(needs.objects, args.objects);
        let mut folders: Vec<_> = needs.folders.iter().map(|folder| folder.display().to_string()).collect();
        folders.sort();
        folders
    }

    #[test]
    fn companions_are_beside_objects_and_below_roots() {
        assert_eq!(folders(&["x.o"]), [".", "/usr/lib/debug"]);
        assert_eq!(folders(&["a/x.o", "a/y.o", "/b/../z.o"]), ["/b/..", "/usr/lib/debug", "a"]);
        assert_eq!(folders(&["a/x.o", "--companion-root", "r", "--companion-root=s"]), ["a", "r", "s"]);
    }

    #[test]
    fn without_companions_there_are_objects_only() {
        assert!(folders(&["a/x.o", "--no-companions"]).is_empty());
    }

    #[test]
    fn descriptors_have_no_companions_beside_them() {
        for object in ["/dev/stdin", "/dev/fd/63", "/proc/self/fd/0"] {
            assert_eq!(folders(&[object]), ["/usr/lib/debug"], "{object}");
        }
        assert_eq!(folders(&["/dev/shm/x.o"]), ["/dev/shm", "/usr/lib/debug"]);
    }

    #[test]
    fn a_report_says_what_is_in_force_and_what_is_not() {
        let report = Report { files: Ok("this".to_owned()), calls: Err("no such thing".to_owned()) };
        assert_eq!(
            report.to_string(),
            "files are confined by this; system calls are not confined: no such thing"
        );
    }
}
