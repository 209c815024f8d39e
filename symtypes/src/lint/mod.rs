//! What is wrong with the kABI rules and placeholders of an object (SPEC section 8).
//!
//! Comes in: an object that was described under the conventions, so that its rules know whether they were about
//! anything; and its types without and with the conventions, in a catalog. Goes out: findings.

mod enumeration;
mod finding;
mod names;
mod rules;
mod unions;

use alloc::vec::Vec;

use dwarfksyms_core::budget::Budget;
use dwarfksyms_core::{Limits, Object, Result};

use crate::layout::Library;
use crate::types::{Catalog, FileId};

pub use self::finding::{Finding, FindingKind};

/// The types of an object in a catalog, described in three ways.
#[derive(Clone, Copy, Debug)]
pub struct Descriptions {
    /// Without the conventions; on the old side.
    pub plain: FileId,
    /// With them; on the new side.
    pub stable: FileId,
    /// The same with [`Options::keeps_old_names`](dwarfksyms_core::Options::keeps_old_names).
    pub clean: FileId,
}

/// What is wrong with the object's rules and placeholders: rules in the order of their section, then types in that
/// of their names.
///
/// The object itself was described with [`Options::stable`](dwarfksyms_core::Options::stable).
///
/// # Errors
/// A limit.
pub fn check(
    object: &Object<'_>,
    catalog: &Catalog<'_>,
    files: Descriptions,
    limits: &Limits,
) -> Result<Vec<Finding>> {
    let Descriptions { plain, stable, clean } = files;
    let budget = &mut Budget::new(limits);
    let library = Library::new(catalog, plain, budget)?;
    let mut findings = Vec::new();
    rules::check(object.rules(), &library, &mut findings, budget)?;
    budget.charge_sorting(findings.len())?;
    findings.sort_by_key(|finding| finding.place.map(|place| place.offset));
    unions::check(&library, plain, &mut findings, budget)?;
    names::check(catalog, stable, clean, &mut findings, budget)?;
    library.free(budget);
    Ok(findings)
}
