//! Which files a run has read, whatever they are called.
//!
//! A file is noted when it is opened (`note_read`), and what is written looks before it takes a place (`check_unread`).

use std::collections::HashSet;
use std::fs::{self, Metadata};
use std::os::unix::fs::{FileTypeExt, MetadataExt};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use anyhow::{Result, bail};

use crate::message;

/// A file, whatever it is called: its device and inode.
pub(crate) type Identity = (u64, u64);

/// All files that were opened to be read.
static READ: Mutex<Option<HashSet<Identity>>> = Mutex::new(None);

/// Which file this is.
pub(crate) fn identity(metadata: &Metadata) -> Identity {
    (metadata.dev(), metadata.ino())
}

/// What is there, unless nothing is kept there: several things can go to `/dev/null`.
pub(crate) fn identity_of_kept(metadata: &Metadata) -> Option<Identity> {
    let null = fs::metadata("/dev/null").ok();
    let is_null = metadata.file_type().is_char_device()
        && null.is_some_and(|null| null.file_type().is_char_device() && null.rdev() == metadata.rdev());
    (!is_null).then(|| identity(metadata))
}

/// Notes a file that is read; of terminals and pipes there is nothing to lose.
pub(crate) fn note_read(metadata: &Metadata) {
    if !metadata.is_file() {
        return;
    }
    let mut read = READ.lock().unwrap_or_else(PoisonError::into_inner);
    read.get_or_insert_default().insert(identity(metadata));
}

/// Whether the run has read a file.
pub(crate) fn was_read(file: Option<Identity>) -> bool {
    let read = READ.lock().unwrap_or_else(PoisonError::into_inner);
    file.is_some_and(|file| read.as_ref().is_some_and(|read| read.contains(&file)))
}

/// Makes sure that a path does not lead to a file that the run has read.
///
/// # Errors
/// If it does.
pub(crate) fn check_unread(path: &Path, what: &str) -> Result<()> {
    let there = fs::metadata(path).ok().as_ref().and_then(identity_of_kept);
    match was_read(there) {
        true => bail!("{}: the {what} would replace an input", message::path(path)),
        false => Ok(()),
    }
}
