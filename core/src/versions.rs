//! The versions of exported symbols.

use core::cmp::Reverse;

use crate::budget::Budget;
use crate::error::Result;
use crate::exports::{ExportId, Exports, PerExport};
use crate::limits::Limits;

/// The versions that are known so far.
#[derive(Debug)]
pub struct Versions(PerExport<Option<Claim>>);

/// How much a description of a symbol is worth: the first of these that there is. What has which rank depends on the
/// kind of versions (SPEC section 9).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Rank {
    /// Canonical: a definition. Per unit: where the symbol is exported. Otherwise: every description.
    First,
    /// Canonical: a declaration. Per unit: where it is defined.
    Second,
    /// Canonical: a symbol pointer. Per unit: any other.
    Third,
}

/// A version that a symbol could have. Of several, the smallest counts (SPEC section 9): that of the better rank, then
/// that of the longer text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Claim {
    pub(crate) rank: Rank,
    pub(crate) length: Reverse<u64>,
    pub(crate) version: u32,
}

impl Versions {
    /// No version is known.
    ///
    /// # Errors
    /// A limit.
    pub fn new(exports: &Exports, limits: &Limits) -> Result<Versions> {
        Versions::none(exports, &mut Budget::after(limits, exports.spent()))
    }

    /// As [`Versions::new`], within a budget.
    pub(crate) fn none(exports: &Exports, budget: &mut Budget) -> Result<Versions> {
        Ok(Versions(PerExport::new(exports, None, budget)?))
    }

    /// A symbol's version.
    pub fn get(&self, id: ExportId) -> Option<u32> {
        self.0.get(id).flatten().map(|claim| claim.version)
    }

    /// Whether a description of this rank could still give a symbol its version. Of equals, that of the object that came
    /// first stays.
    pub(crate) fn is_open(&self, id: ExportId, rank: Rank) -> bool {
        self.0.get(id).flatten().is_none_or(|claim| rank < claim.rank)
    }

    /// Notes a version, unless a better one is known.
    pub(crate) fn offer(&mut self, id: ExportId, claim: Claim) {
        if self.0.get(id).flatten().is_none_or(|known| claim < known) {
            self.0.set(id, Some(claim));
        }
    }
}
