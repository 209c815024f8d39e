//! The versions of exported symbols.

use crate::budget::Budget;
use crate::error::Result;
use crate::exports::{ExportId, Exports, PerExport};
use crate::limits::Limits;

/// The versions that are known so far.
#[derive(Debug)]
pub struct Versions(PerExport<Option<u32>>);

impl Versions {
    /// No version is known.
    ///
    /// # Errors
    /// A limit.
    pub fn new(exports: &Exports, limits: &Limits) -> Result<Versions> {
        let budget = &mut Budget::after(limits, exports.spent());
        Ok(Versions(PerExport::new(exports, None, budget)?))
    }

    /// A symbol's version.
    pub fn get(&self, id: ExportId) -> Option<u32> {
        self.0.get(id).flatten()
    }

    pub(crate) fn set(&mut self, id: ExportId, version: u32) {
        self.0.set(id, Some(version));
    }
}
