//! Files that are written completely or not at all.
//!
//! A regular file is written beside the one that it replaces, and takes its place at the end. What must not be replaced,
//! such as a device, gets all bytes at once.

use std::fs::{self, File};
use std::hash::{BuildHasher, Hasher, RandomState};
use std::io::{self, BufWriter, Write};
use std::os::fd::AsFd;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::input::folder_of;
use crate::trouble::Unfinished;
use crate::{identity, message};

/// What is written by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Written<'a> {
    /// One that is complete is renamed within this folder, or removed from it.
    Renamed(&'a Path),
    /// This one, which is there, is opened and appended to.
    Appended(&'a Path),
    /// Files and folders are made below this one, which is renamed within its parent when they are complete, or removed.
    Below {
        /// The new folder.
        folder: &'a Path,
        /// What it is in.
        parent: &'a Path,
    },
}

/// A file that replaces what was there when it is complete.
pub struct NewFile {
    path: PathBuf,
    what: &'static str,
    file: Target,
}

enum Target {
    /// A new file beside the old one.
    Beside(BufWriter<Temporary>, PathBuf),
    /// A device or pipe, or what a name such as /dev/stdout stands for: written to as it is.
    Special(Vec<u8>),
}

impl NewFile {
    /// Makes sure that the file can be written, and begins it. `what` says what it is, for an error. That it replaces no
    /// input has been looked at before.
    pub(crate) fn begin(path: &Path, what: &'static str) -> Result<NewFile> {
        let name = || message::path(path);
        let file = match regular_file(path).with_context(name)? {
            None => Target::Special(Vec::new()),
            Some(target) => {
                let folder = folder_of(&target);
                fs::metadata(folder).with_context(name)?;
                let file = Temporary::create(folder).with_context(name)?;
                if let Ok(old) = fs::metadata(&target) {
                    file.file.set_permissions(old.permissions()).with_context(name)?;
                }
                Target::Beside(BufWriter::new(file), target)
            }
        };
        Ok(NewFile { path: path.to_owned(), what, file })
    }

    /// What is still to be done to files.
    pub fn written(&self) -> Written<'_> {
        match &self.file {
            Target::Beside(file, _) => {
                let folder = file.get_ref().path.parent();
                Written::Renamed(folder.unwrap_or(Path::new(".")))
            }
            Target::Special(_) => Written::Appended(&self.path),
        }
    }

    /// Appends bytes.
    pub fn append(&mut self, bytes: &[u8]) -> Result<()> {
        match &mut self.file {
            Target::Beside(file, _) => file.write_all(bytes),
            Target::Special(all) => all.write_all(bytes),
        }
        .with_context(|| message::path(&self.path))
    }

    /// Writes all of it, piece by piece. What cannot be put in place later is there then, so that making the pieces must not
    /// fail once the first one is written.
    pub fn write_all(&mut self, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<()> {
        identity::check_unread(&self.path, self.what)?;
        match &mut self.file {
            Target::Beside(file, _) => write(file).and_then(|()| file.flush()),
            Target::Special(_) => open_special(&self.path).map(BufWriter::new).and_then(|mut file| {
                write(&mut file)?;
                file.flush()
            }),
        }
        .with_context(|| message::path(&self.path))
    }

    /// Writes what cannot be put in place later, and makes sure that the rest can and may.
    pub fn flush(&mut self) -> Result<()> {
        identity::check_unread(&self.path, self.what)?;
        match &mut self.file {
            Target::Beside(file, _) => file.flush(),
            Target::Special(bytes) => open_special(&self.path).and_then(|mut file| file.write_all(bytes)),
        }
        .with_context(|| message::path(&self.path))
    }

    /// Puts the finished file in its place.
    pub fn finish(self) -> Result<()> {
        let Target::Beside(file, target) = self.file else { return Ok(()) };
        let file = file.into_inner().map_err(io::IntoInnerError::into_error);
        let placed = file.and_then(|file| file.persist(&target));
        placed.map(drop).with_context(|| message::path(&self.path))
    }
}

/// A new file, which is removed unless it takes the place of another.
struct Temporary {
    path: PathBuf,
    file: File,
    is_placed: bool,
    _unfinished: Unfinished,
}

/// Makes a file or folder within a folder, under a name that nobody has and nobody can foresee, and that is removed if
/// the process ends early.
pub fn make_hidden<T>(
    folder: &Path,
    make: impl Fn(&Path) -> io::Result<T>,
) -> io::Result<(PathBuf, T, Unfinished)> {
    const MOST_TRIES: usize = 100;
    for _ in 0..MOST_TRIES {
        // The standard library has no other random numbers.
        let number = RandomState::new().build_hasher().finish();
        let path = folder.join(format!(".dwarfksyms-{number:016x}"));
        let unfinished = Unfinished::new(&path);
        match make(&path) {
            Ok(made) => return Ok((path, made, unfinished)),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
    }
    Err(io::ErrorKind::AlreadyExists.into())
}

impl Temporary {
    fn create(folder: &Path) -> io::Result<Temporary> {
        let make = |path: &Path| File::options().write(true).create_new(true).open(path);
        let (path, file, _unfinished) = make_hidden(folder, make)?;
        Ok(Temporary { path, file, is_placed: false, _unfinished })
    }

    /// Replaces what is there.
    fn persist(mut self, target: &Path) -> io::Result<()> {
        fs::rename(&self.path, target)?;
        self.is_placed = true;
        Ok(())
    }
}

impl Write for Temporary {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        if !self.is_placed {
            // Whoever has removed it has done what is to be done.
            let _ = fs::remove_file(&self.path);
        }
    }
}

/// The regular file that a path means, with all symbolic links followed, whether it is there or not; `None` if
/// the path means something that must not be replaced.
pub(crate) fn regular_file(path: &Path) -> io::Result<Option<PathBuf>> {
    const MOST_LINKS: usize = 40;
    let mut path = path.to_owned();
    for _ in 0..MOST_LINKS {
        // The links in there stand for open files.
        if ["/proc", "/dev/fd"].iter().any(|folder| path.starts_with(folder)) {
            return Ok(None);
        }
        match fs::symlink_metadata(&path) {
            Ok(metadata) if metadata.is_symlink() => {
                let target = fs::read_link(&path)?;
                path = path.parent().map_or(target.clone(), |folder| folder.join(&target));
            }
            Ok(metadata) if metadata.is_dir() => return Err(io::ErrorKind::IsADirectory.into()),
            Ok(metadata) if !metadata.is_file() => return Ok(None),
            Ok(_) => return fs::canonicalize(path).map(Some),
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Some(path)),
            Err(error) => return Err(error),
        }
    }
    Err(rustix::io::Errno::LOOP.into())
}

/// Opens what is not a regular file. An open file is written to where it stands: opened anew, it would be
/// written from its start.
fn open_special(path: &Path) -> io::Result<File> {
    let is = |names: &[&str]| names.iter().any(|name| path == Path::new(name));
    if is(&["/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"]) {
        return Ok(File::from(io::stdout().as_fd().try_clone_to_owned()?));
    }
    if is(&["/dev/stderr", "/dev/fd/2", "/proc/self/fd/2"]) {
        return Ok(File::from(io::stderr().as_fd().try_clone_to_owned()?));
    }
    File::options().append(true).open(path)
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let names = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name());
        names.map(|name| name.into_string().unwrap()).collect()
    }

    #[test]
    fn a_file_is_there_when_it_is_complete_or_not_at_all() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x");
        let begin = || {
            let mut file = NewFile::begin(&path, "file").unwrap();
            file.append(b"new").unwrap();
            file
        };
        drop(begin());
        assert!(names(folder.path()).is_empty());
        let file = begin();
        assert!(matches!(&names(folder.path())[..], [name] if name.starts_with(".dwarfksyms-")));
        file.finish().unwrap();
        assert_eq!((names(folder.path()), fs::read(&path).unwrap()), (vec!["x".to_owned()], b"new".to_vec()));
    }

    #[test]
    fn a_file_keeps_the_permissions_of_the_one_that_it_replaces() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x");
        fs::write(&path, "old").unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
        NewFile::begin(&path, "file").unwrap().finish().unwrap();
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o640);
        assert_eq!(fs::read(&path).unwrap(), b"");
    }

    #[test]
    fn a_file_is_put_in_place_or_appended_to() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("x");
        let link = folder.path().join("link");
        fs::create_dir(folder.path().join("sub")).unwrap();
        std::os::unix::fs::symlink("sub/y", &link).unwrap();
        let written = |path: &Path| {
            let file = NewFile::begin(path, "file").unwrap();
            format!("{:?}", file.written())
        };
        assert_eq!(written(&file), format!("{:?}", Written::Renamed(folder.path())));
        assert_eq!(written(&link), format!("{:?}", Written::Renamed(&folder.path().join("sub"))));
        assert_eq!(written(Path::new("/dev/null")), "Appended(\"/dev/null\")");
    }
}
