//! A build as of a revision of a git repository: `git:REV:PATH`, a file or a folder.
//!
//! The path of a command line comes in, the bytes of a file or the entries of a folder go out, as of a package: nothing is
//! checked out, links are not followed, and no filter changes what is stored. [`Git`] reads the objects.
//!
//! A folder's list is hostile: names that lead out of it, lists that stand for billions of files, and paths without end
//! are errors.

use std::collections::{BTreeMap, HashSet};
use std::ffi::OsStr;
use std::io::{self, Read};
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use anyhow::{Context, Result, anyhow, bail};
use dwarfksyms_host::contents::Contents;
use dwarfksyms_host::message;

use super::git::{Git, ObjectKind};
use super::package::{Each, Entries, Entry, Kind};

/// How the path of such a build begins.
const PREFIX: &[u8] = b"git:";

/// The builds of a command line that are as of a revision.
#[derive(Default)]
pub(crate) struct Revisions(BTreeMap<PathBuf, Revision>);

/// A build that is as of a revision.
pub(super) struct Revision {
    named: Named,
    git: Mutex<Git>,
}

/// What a path names.
#[derive(Debug, PartialEq, Eq)]
struct Named {
    revision: Vec<u8>,
    path: Vec<u8>,
}

/// What a revision has at a path.
pub(super) enum Found<'r> {
    /// A file, and where messages say that it is.
    File(PathBuf, Contents),
    Folder(Folder<'r>),
}

/// A folder of a revision.
pub(super) struct Folder<'r> {
    git: &'r Mutex<Git>,
    hash: String,
}

/// Whether a path is that of a build as of a revision, and of no file.
pub(crate) fn is_revision(path: &Path) -> bool {
    path.as_os_str().as_bytes().starts_with(PREFIX)
}

impl Revisions {
    /// Starts a git for each of these paths that is as of a revision, while processes can still be started.
    ///
    /// # Errors
    /// A path without a revision; no git.
    pub(crate) fn start(paths: &[PathBuf]) -> Result<Revisions> {
        let mut revisions = BTreeMap::new();
        for path in paths.iter().filter(|path| is_revision(path)) {
            let revision = Revision::start(path).with_context(|| message::path(path))?;
            revisions.insert(path.clone(), revision);
        }
        Ok(Revisions(revisions))
    }

    /// What a path is, if it is as of a revision.
    pub(super) fn of(&self, path: &Path) -> Option<&Revision> {
        self.0.get(path)
    }
}

impl Named {
    fn of(path: &Path) -> Result<Named> {
        let rest = path.as_os_str().as_bytes().strip_prefix(PREFIX).unwrap_or_default();
        let colon = rest.iter().position(|&byte| byte == b':').filter(|&at| at > 0);
        let Some((revision, path)) = colon.map(|at| rest.split_at(at)) else {
            bail!(
                "this names no revision: write git:REV:PATH, such as git:v6.12:Module.symvers, or ./ in front of a file"
            );
        };
        let path = path.strip_prefix(b":").unwrap_or_default();
        let path = path.strip_prefix(b"/").unwrap_or(path);
        // git takes these for folders only if a slash follows.
        let end: &[u8] = if matches!(path, b"." | b"..") { b"/" } else { b"" };
        Ok(Named { revision: revision.to_vec(), path: [path, end].concat() })
    }

    /// What git calls it.
    fn object(&self) -> Vec<u8> {
        [&self.revision[..], b":", &self.path].concat()
    }
}

impl Revision {
    fn start(path: &Path) -> Result<Revision> {
        Ok(Revision { named: Named::of(path)?, git: Mutex::new(Git::start()?) })
    }

    /// What is there.
    ///
    /// # Errors
    /// Nothing is; whatever git complains of.
    pub(super) fn find(&self, path: &Path) -> Result<Found<'_>> {
        let Some(object) = locked(&self.git).object(&self.named.object())? else {
            return Err(self.missing());
        };
        match object.kind {
            ObjectKind::Blob => {
                // The name of the file is what is behind the last slash.
                let has_folder = self.named.path.contains(&b'/');
                let name = if has_folder { path.to_owned() } else { self.below_root() };
                Ok(Found::File(name, object.bytes))
            }
            ObjectKind::Tree => Ok(Found::Folder(Folder { git: &self.git, hash: object.hash })),
            ObjectKind::Other => bail!("this is neither a file nor a folder of the repository"),
        }
    }

    /// The path of a file in the first folder, with a slash in front of its name.
    fn below_root(&self) -> PathBuf {
        let Named { revision, path } = &self.named;
        PathBuf::from(OsStr::from_bytes(&[PREFIX, revision, b":/", path].concat()))
    }

    /// Why there is nothing.
    fn missing(&self) -> anyhow::Error {
        let commit = [&self.named.revision[..], b"^{tree}"].concat();
        match locked(&self.git).object(&commit) {
            Ok(Some(_)) => anyhow!("this revision has no such file or folder, or the repository lacks it"),
            Ok(None) => anyhow!("the repository has no such revision, or lacks a part of it"),
            Err(error) => error,
        }
    }
}

impl Entries for Folder<'_> {
    fn each(&self, each: &mut Each<'_>) -> Result<()> {
        let mut folders = vec![(PathBuf::new(), self.hash.clone())];
        let mut stored = Stored::default();
        while let Some((folder, hash)) = folders.pop() {
            let object = locked(self.git).object(hash.as_bytes())?;
            let Some(object) = object.filter(|object| object.kind == ObjectKind::Tree) else {
                bail!("the repository lacks {}", named(&folder));
            };
            stored.add(&hash, object.bytes.len())?;
            for entry in TreeEntries::of(&object.bytes, &hash) {
                let TreeEntry { name, kind, hash } =
                    entry.with_context(|| format!("the list of {} is damaged", named(&folder)))?;
                let path = folder.join(OsStr::from_bytes(name));
                if path.as_os_str().len() > LONGEST {
                    bail!("a path in it is longer than {LONGEST} bytes");
                }
                let mut file = LazyFile { git: self.git, hash: &hash, bytes: None };
                let is_folder = kind == TreeKind::Folder;
                let kind = match kind {
                    TreeKind::File => Kind::File,
                    TreeKind::Link => Kind::Link,
                    TreeKind::Folder | TreeKind::Repository => Kind::Other,
                };
                if each(Entry { path: path.clone(), kind, contents: &mut file })?.is_break() {
                    return Ok(());
                }
                if is_folder {
                    folders.push((path, hash));
                }
            }
        }
        Ok(())
    }
}

/// The lists of folders that have been read. One that is stored once can stand in many places, and those that it is in as well:
/// some kilobytes of a repository can be a folder without end.
#[derive(Default)]
struct Stored {
    hashes: HashSet<String>,
    /// The bytes of those that are stored, each once, and of all that were read.
    stored: usize,
    read: usize,
}

impl Stored {
    /// How many bytes may be read for each that is stored.
    const FACTOR: usize = 16;
    /// What may be read in any case, and what is counted for a folder besides its list.
    const ROOM: usize = 4 << 20;
    const OVERHEAD: usize = 256;

    /// Notes that a list was read.
    ///
    /// # Errors
    /// The same few lists were read too often.
    fn add(&mut self, hash: &str, bytes: usize) -> Result<()> {
        let bytes = bytes.saturating_add(Stored::OVERHEAD);
        self.read = self.read.saturating_add(bytes);
        if self.hashes.insert(hash.to_owned()) {
            self.stored = self.stored.saturating_add(bytes);
        }
        if self.read > self.stored.saturating_mul(Stored::FACTOR).saturating_add(Stored::ROOM) {
            bail!("the same folders stand in it too often: more than {} times on average", Stored::FACTOR);
        }
        Ok(())
    }
}

/// What messages call a folder in the one that was named.
fn named(folder: &Path) -> String {
    match folder.as_os_str().is_empty() {
        true => "this folder".to_owned(),
        false => format!("the folder {}", message::path(folder)),
    }
}

/// The longest path of a file: that which systems know.
const LONGEST: usize = 4096;

/// A git, for a question and its answer: nobody else asks in between.
fn locked(git: &Mutex<Git>) -> std::sync::MutexGuard<'_, Git> {
    git.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A file of a folder, which git is asked for when somebody reads it.
struct LazyFile<'f> {
    git: &'f Mutex<Git>,
    hash: &'f str,
    /// What has been read, and how much of it has been given out.
    bytes: Option<(Contents, usize)>,
}

impl Read for LazyFile<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.bytes.is_none() {
            let lacks = || anyhow!("the repository lacks this file");
            let object = locked(self.git).object(self.hash.as_bytes());
            let object = object.and_then(|object| object.ok_or_else(lacks)).map_err(io::Error::other)?;
            self.bytes = Some((object.bytes, 0));
        }
        let Some((bytes, at)) = &mut self.bytes else { return Ok(0) };
        let read = bytes.get(*at..).unwrap_or_default().read(buffer)?;
        *at = at.saturating_add(read);
        Ok(read)
    }
}

/// What an entry of a folder is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TreeKind {
    File,
    Link,
    Folder,
    /// A submodule.
    Repository,
}

/// An entry of a folder's list.
#[derive(Debug)]
pub(crate) struct TreeEntry<'t> {
    pub(crate) name: &'t [u8],
    kind: TreeKind,
    pub(crate) hash: String,
}

/// The entries of a folder's list: `100644 name`, a zero byte and the bytes of the hash, for each.
pub(crate) struct TreeEntries<'t> {
    rest: &'t [u8],
    /// How many bytes a hash has.
    hash: usize,
}

impl<'t> TreeEntries<'t> {
    /// The entries of the folder with this hash; theirs are as long.
    pub(crate) fn of(list: &'t [u8], hash: &str) -> TreeEntries<'t> {
        TreeEntries { rest: list, hash: hash.len() / 2 }
    }

    fn entry(&mut self) -> Option<TreeEntry<'t>> {
        let space = memchr::memchr(b' ', self.rest)?;
        let (mode, rest) = (self.rest.get(..space)?, self.rest.get(space.checked_add(1)?..)?);
        let zero = memchr::memchr(0, rest)?;
        let (name, rest) = (rest.get(..zero)?, rest.get(zero.checked_add(1)?..)?);
        let (hash, rest) = rest.split_at_checked(self.hash)?;
        self.rest = rest;
        let kind = match mode {
            b"40000" | b"040000" => TreeKind::Folder,
            b"120000" => TreeKind::Link,
            b"160000" => TreeKind::Repository,
            // With whatever permissions: old programs have written others than 644 and 755.
            [b'1', b'0', b'0', b'0'..=b'7', b'0'..=b'7', b'0'..=b'7'] => TreeKind::File,
            _ => return None,
        };
        let is_name = !matches!(name, b"" | b"." | b"..") && !name.contains(&b'/');
        let hash = hash.iter().map(|byte| format!("{byte:02x}")).collect();
        is_name.then_some(TreeEntry { name, kind, hash })
    }
}

impl<'t> Iterator for TreeEntries<'t> {
    type Item = Result<TreeEntry<'t>>;

    fn next(&mut self) -> Option<Result<TreeEntry<'t>>> {
        if self.rest.is_empty() {
            return None;
        }
        let entry = self.entry().ok_or_else(|| anyhow!("an entry has no mode, no name, or no hash"));
        if entry.is_err() {
            self.rest = &[];
        }
        Some(entry)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_names_a_revision_and_a_place() {
        let of = |path: &str| Named::of(Path::new(path));
        let named = |path: &str| String::from_utf8(of(path).unwrap().object()).unwrap();
        assert_eq!(named("git:v6.12:Module.symvers"), "v6.12:Module.symvers");
        assert_eq!(named("git:origin/main~3:/a/b:c"), "origin/main~3:a/b:c");
        assert_eq!(named("git:HEAD:"), "HEAD:");
        assert_eq!(named("git:HEAD:."), "HEAD:./");
        assert_eq!(named("git:HEAD:../x/"), "HEAD:../x/");
        assert_eq!(named("git:--all:x"), "--all:x");
        for wrong in ["git:", "git:HEAD", "git::x", "git::"] {
            assert!(of(wrong).is_err(), "{wrong}");
        }
        assert!(!is_revision(Path::new("./git:HEAD:x")));
    }

    /// The names and kinds of a list, and whether it is good to its end.
    fn entries(list: &[u8]) -> (Vec<(String, TreeKind)>, bool) {
        let all: Vec<_> = TreeEntries::of(list, "0123").collect();
        let is_good = all.iter().all(Result::is_ok);
        let names = all.iter().flatten().map(|entry| {
            assert_eq!(entry.hash, "6162");
            (String::from_utf8_lossy(entry.name).into_owned(), entry.kind)
        });
        (names.collect(), is_good)
    }

    #[test]
    fn a_list_has_a_mode_a_name_and_a_hash() {
        let list = b"100644 a\0ab100755 b c\0ab40000 d\0ab120000 e\0ab160000 f\0ab";
        let kinds = [TreeKind::File, TreeKind::File, TreeKind::Folder, TreeKind::Link, TreeKind::Repository];
        let names = ["a", "b c", "d", "e", "f"].map(str::to_owned);
        assert_eq!(entries(list), (names.into_iter().zip(kinds).collect(), true));
        assert_eq!(entries(b""), (Vec::new(), true));
        for length in 1..list.len() {
            let (names, is_good) = entries(&list[..length]);
            assert!(names.len() < 5);
            // What is cut between two entries is a shorter list.
            assert_eq!(is_good, [11, 24, 34, 45].contains(&length), "{length}");
        }
    }

    #[test]
    fn no_name_leads_out_of_a_folder() {
        for wrong in ["..", ".", "", "a/b", "/", "../x"] {
            let list = format!("100644 {wrong}\0ab");
            assert_eq!(entries(list.as_bytes()), (Vec::new(), false), "{wrong}");
        }
    }

    #[test]
    fn a_mode_is_one_that_git_writes() {
        for mode in ["100644", "100664", "100755", "40000", "040000"] {
            assert!(entries(format!("{mode} x\0ab").as_bytes()).1, "{mode}");
        }
        for wrong in ["070000", "100", "100888", "1006444", "100644\0\0", "0100644", "", "4000"] {
            assert_eq!(entries(format!("{wrong} x\0ab").as_bytes()), (Vec::new(), false), "{wrong}");
        }
    }
}
