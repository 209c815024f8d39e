//! Where a run reads and where it writes: no output takes the place of an input, or of another output.
//!
//! The inputs of a command line and its outputs come in. [`Inputs::begin`] looks at all outputs before it begins any of them.
//! What else a run reads, such as the files of a folder and companions of objects, is known later (`identity`).
//!
//! Two paths lead to the same place if the files there are the same, by device and inode with all links followed, or if
//! there are none yet and the folder and the name are the same.

use std::fs::{self, File};
use std::io;
use std::os::fd::AsFd;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::identity::{Identity, identity, identity_of_kept, was_read};
use crate::input::folder_of;
use crate::message;
use crate::new_file::{self, NewFile};

/// What a command line says is read.
#[derive(Clone, Debug)]
pub struct Inputs<'a> {
    /// Files and folders.
    pub paths: Vec<&'a Path>,
    /// Whether a file of a folder is read, by its name.
    pub is_read: fn(&[u8]) -> bool,
}

/// A file that is to be written.
#[derive(Clone, Copy, Debug)]
pub struct Output<'a> {
    /// Where.
    pub path: &'a Path,
    /// What messages call it.
    pub what: &'static str,
}

/// What goes to standard output, too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stream {
    /// Something that may have something else before or behind it.
    Shared,
    /// Something that must be alone.
    Alone,
}

/// Where an output goes.
struct Place<'a> {
    output: Output<'a>,
    /// The folder, and the name in there; none if it is no file that is replaced.
    entry: Option<(Identity, PathBuf)>,
    /// The folders that it is in, from the inside to the outside.
    folders: Vec<Identity>,
    /// What is there, unless it is a device that forgets what is written to it.
    there: Option<Identity>,
}

impl<'a> Inputs<'a> {
    /// Files of which each is read by its own name.
    pub fn of_files(paths: impl IntoIterator<Item = &'a PathBuf>) -> Inputs<'a> {
        Inputs { paths: paths.into_iter().map(PathBuf::as_path).collect(), is_read: |_| false }
    }

    /// Begins all outputs, if none of them is an input or another output.
    ///
    /// # Errors
    /// The first one that is; what cannot be written.
    pub fn begin(&self, outputs: &[Output<'a>], stdout: Stream) -> Result<Vec<NewFile>> {
        let mut places: Vec<Place<'_>> = Vec::new();
        for &output in outputs {
            let place = Place::of(output).with_context(|| message::path(output.path))?;
            self.check(&place)?;
            let is_same = |other: &Place<'_>| place.is(other);
            if places.iter().any(is_same) {
                bail!("{}: two {}s would go there", message::path(output.path), output.what);
            }
            place.check_streams(stdout)?;
            places.push(place);
        }
        outputs.iter().map(|output| NewFile::begin(output.path, output.what)).collect()
    }

    /// Makes sure that a new folder is within no input: all that is in it would be read there.
    ///
    /// # Errors
    /// If it is.
    pub fn check_folder(&self, path: &Path) -> Result<()> {
        let folder = path.components().collect::<PathBuf>();
        let around = around(&folder).with_context(|| message::path(path))?;
        match self.around(&around) {
            Some(input) => bail!("{}: the folder would be within an input, {input}", message::path(path)),
            None => Ok(()),
        }
    }

    fn check(&self, place: &Place<'_>) -> Result<()> {
        let Output { path, what } = place.output;
        let is_input = |input: &&Path| fs::metadata(input).is_ok_and(|it| place.there == Some(identity(&it)));
        let is_named = self.paths.iter().any(is_input) || was_read(place.there);
        // In a folder that is read, what is there is read too, and what is not there yet would be the next time.
        let name = place.entry.as_ref().map(|(_, name)| name.as_os_str().as_encoded_bytes());
        let folder = name.filter(|name| (self.is_read)(name)).and_then(|_| self.around(&place.folders));
        match (place.there.is_some(), is_named, folder) {
            (true, true, _) | (true, _, Some(_)) => {
                bail!("{}: the {what} would replace an input", message::path(path))
            }
            (false, _, Some(input)) => {
                bail!("{}: the {what} would be one of the files of an input, {input}", message::path(path))
            }
            _ => Ok(()),
        }
    }

    /// The input that is one of these folders.
    fn around(&self, folders: &[Identity]) -> Option<String> {
        let is_around = |input: &&&Path| {
            fs::metadata(input).is_ok_and(|it| it.is_dir() && folders.contains(&identity(&it)))
        };
        self.paths.iter().find(is_around).map(|path| message::path(path))
    }
}

impl<'a> Place<'a> {
    fn of(output: Output<'a>) -> io::Result<Place<'a>> {
        let there = match fs::metadata(output.path) {
            Ok(metadata) => identity_of_kept(&metadata),
            Err(_) => None,
        };
        let Some(target) = new_file::regular_file(output.path)? else {
            return Ok(Place { output, entry: None, folders: Vec::new(), there });
        };
        let folders = around(&target)?;
        let name = target.file_name().map(PathBuf::from);
        let entry = folders.first().copied().zip(name);
        Ok(Place { output, entry, folders, there })
    }

    fn is(&self, other: &Place<'_>) -> bool {
        (self.entry.is_some() && self.entry == other.entry)
            || (self.there.is_some() && self.there == other.there)
    }

    /// A file that replaces what a standard stream is written to makes that vanish; what is written to the same
    /// place is mixed with it.
    fn check_streams(&self, stdout: Stream) -> Result<()> {
        let Output { path, what } = self.output;
        let (out, err) = (io::stdout(), io::stderr());
        for (stream, name, is_alone) in [
            (out.as_fd(), "standard output", stdout == Stream::Alone),
            (err.as_fd(), "standard error", false),
        ] {
            let metadata = stream.try_clone_to_owned().map(File::from).and_then(|file| file.metadata());
            let Ok(metadata) = metadata else { continue };
            let is_same = self.there.is_some() && self.there == identity_of_kept(&metadata);
            if is_same && ((self.entry.is_some() && metadata.is_file()) || is_alone) {
                bail!("{}: the {what} would go where {name} goes", message::path(path));
            }
        }
        Ok(())
    }
}

/// The folders that a path is in, from the inside to the outside, with all links followed.
fn around(path: &Path) -> io::Result<Vec<Identity>> {
    let folder = folder_of(path).canonicalize()?;
    folder.ancestors().map(|folder| fs::metadata(folder).map(|it| identity(&it))).collect()
}
