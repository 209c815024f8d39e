//! The types that differ between two builds, each once.

use crate::types::{FileId, NameId, RecordId};

/// A type that differs.
#[derive(Clone, Copy, Debug)]
pub(super) struct Differing {
    pub(super) name: NameId,
    pub(super) old: RecordId,
    pub(super) new: RecordId,
    pub(super) files: (FileId, FileId),
    pub(super) file_count: usize,
}

/// A type that differs, in one pair of files.
#[derive(Clone, Copy, Debug)]
pub(super) struct Occurrence {
    pub(super) files: (FileId, FileId),
    /// Its position among all types that differ.
    pub(super) number: u32,
}

/// What stands at a position that is kept as a number.
pub(super) fn at<T>(items: &[T], position: u32) -> Option<&T> {
    usize::try_from(position).ok().and_then(|position| items.get(position))
}
