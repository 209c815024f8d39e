//! Two builds side by side: which exports differ, and because of which types.
//!
//! [`Sides`] holds two builds and the lines of their types; [`Compared`] what core finds in them; [`report`] tells it.

mod cause;
mod description;
mod diff;
mod path;
mod report;

use anyhow::{Context, Result};
use dwarfksyms_core::Limits;
use dwarfksyms_core::compare::{Comparison, Outcome};
use dwarfksyms_core::types::{Catalog, FileId, Lines, Side};
use rayon::prelude::*;

use crate::build::{Build, Types};
use crate::message::Escaped;

pub(crate) use self::cause::{Causes, title};
pub(crate) use self::description::Description;
pub(crate) use self::path::sentence;
pub(crate) use self::report::{Ask, report};

/// Two builds, and their types line by line.
pub(crate) struct Sides<'b> {
    pub(crate) old: &'b Build,
    pub(crate) new: &'b Build,
    catalog: Catalog<'b>,
    limits: Limits,
}

/// What core has found in two builds.
pub(crate) struct Compared<'s, 'b> {
    pub(crate) sides: &'s Sides<'b>,
    pub(crate) outcome: Outcome,
}

impl<'b> Sides<'b> {
    /// Takes the types of both builds apart.
    pub(crate) fn new(old: &'b Build, new: &'b Build, pool: &rayon::ThreadPool) -> Result<Sides<'b>> {
        let size: usize =
            [old, new].iter().flat_map(|build| &build.types).map(|types| types.text.len()).sum();
        let limits = Limits::for_input(size as u64);
        let mut catalog = Catalog::new(&limits);
        let scan = |types: &'b Types| {
            let lines = Lines::scan(&types.text, &limits);
            lines.with_context(|| Escaped(&types.name).to_string())
        };
        for (side, build) in [(Side::Old, old), (Side::New, new)] {
            let scanned: Vec<Result<Lines<'b>>> = pool.install(|| build.types.par_iter().map(scan).collect());
            for lines in scanned {
                catalog.add(side, &lines?)?;
            }
        }
        catalog.finish()?;
        Ok(Sides { old, new, catalog, limits })
    }

    /// Finds out what differs.
    pub(crate) fn compare(&self, pool: &rayon::ThreadPool) -> Result<Compared<'_, 'b>> {
        let comparison = Comparison::new(&self.catalog)?;
        let found: Vec<_> = pool.install(|| {
            (0..comparison.pairs()).into_par_iter().map(|pair| comparison.compare(pair)).collect()
        });
        let found = found.into_iter().collect::<Result<Vec<_>, _>>()?;
        Ok(Compared { sides: self, outcome: comparison.finish(found)? })
    }

    /// The types.
    pub(crate) fn catalog(&self) -> &Catalog<'b> {
        &self.catalog
    }

    /// What may be spent on one question.
    pub(crate) fn limits(&self) -> &Limits {
        &self.limits
    }

    /// The name of a file with types, as a path below its build's.
    pub(crate) fn file_name(&self, file: FileId) -> &'b [u8] {
        let files = self.old.types.iter().chain(&self.new.types);
        files.map(|types| types.name.as_slice()).nth(file.index()).unwrap_or_default()
    }
}
