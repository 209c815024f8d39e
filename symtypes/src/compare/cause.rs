//! A changed type that versions differ for.

use alloc::rc::Rc;
use alloc::vec::Vec;

use crate::types::{FileId, NameId, RecordId};

use super::change::Change;
use super::class::Verdict;

/// A type, or an export's own type, that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cause {
    /// Its name; the old one, if it was renamed.
    pub name: NameId,
    /// What it was.
    pub old: RecordId,
    /// What it is.
    pub new: RecordId,
    /// A pair of files in which it differs this way: the first that was found.
    pub files: (FileId, FileId),
    /// In how many pairs of files it does.
    pub file_count: usize,
    /// In which ways.
    pub changes: Vec<Change>,
    /// The exports that it reaches, by name. Causes that reach the same have one list together.
    pub exports: Rc<Vec<NameId>>,
    /// Other types that differ for the same decision, such as another compiler, `char` that became unsigned, or a typedef
    /// that is used everywhere instead of another: one cause stands for all of them.
    pub alike: Vec<NameId>,
}

impl Cause {
    /// The worst of its changes.
    pub fn verdict(&self) -> Verdict {
        self.changes.iter().map(|change| change.class.verdict()).max().unwrap_or(Verdict::Unclear)
    }
}
