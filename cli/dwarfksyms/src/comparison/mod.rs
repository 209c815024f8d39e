//! Two builds side by side: which exports differ, and because of which types.
//!
//! [`Sides`] holds two builds and the lines of their types; [`Compared`] what core finds in them; [`report`] shows it.

mod basis;
mod cause;
mod composition;
mod declared;
mod diff;
mod filing;
mod notes;
mod path;
mod places;
mod private;
mod renamed;
mod report;
mod usage;

use std::cell::RefCell;

use anyhow::{Context, Result};
use dwarfksyms_core::Limits;
use dwarfksyms_core::budget::Budget;
use dwarfksyms_host::common::Common;
use dwarfksyms_host::message::Escaped;
use dwarfksyms_symtypes::compare::{Comparison, Outcome};
use dwarfksyms_symtypes::types::{Catalog, FileId, Side};
use rayon::prelude::*;

use crate::builds::{Build, Types, TypesFiles};
use crate::report::Kept;

pub(crate) use self::basis::{Basis, Pair};
pub(crate) use self::cause::{Causes, ExportNames, verdict};
pub(crate) use self::composition::{Composed, Composition};
pub(crate) use self::declared::Locations;
use self::filing::Filing;
pub(crate) use self::path::title;
pub(crate) use self::report::{Ask, report, side};
pub(crate) use self::usage::{Usage, Used, type_name};

/// The symtypes files of two builds, those among them that are consolidated too.
pub(crate) struct Files<'b> {
    old: Vec<TypesFiles<'b>>,
    new: Vec<TypesFiles<'b>>,
    limits: Limits,
}

/// Two builds, and their types line by line.
pub(crate) struct Sides<'b> {
    pub(crate) old: &'b Build,
    pub(crate) new: &'b Build,
    /// The names of the files with types, those of the old build first, and how many these are.
    names: Vec<&'b [u8]>,
    old_count: usize,
    files: Vec<(Side, FileId)>,
    catalog: Catalog<'b>,
    limits: Limits,
    /// What all questions together may cost.
    budget: RefCell<Budget>,
}

/// What core has found in two builds.
pub(crate) struct Compared<'s, 'b> {
    pub(crate) sides: &'s Sides<'b>,
    pub(crate) outcome: Outcome,
    /// What would keep the versions of each cause, if that was asked for.
    pub(crate) kept_by: Vec<Option<Kept>>,
    /// Where types are declared, if that was asked for.
    pub(crate) locations: Locations,
}

impl<'b> Files<'b> {
    /// Finds the files of two builds.
    pub(crate) fn open(old: &'b Build, new: &'b Build, common: &Common) -> Result<Files<'b>> {
        let size: usize =
            [old, new].iter().flat_map(|build| &build.types).map(|types| types.text.len()).sum();
        let limits = common.limits(size as u64);
        let open = |build: &'b Build| -> Result<Vec<TypesFiles<'b>>> {
            let open =
                |types: &'b Types| types.files(&limits).with_context(|| Escaped(&types.name).to_string());
            build.types.iter().map(open).collect()
        };
        let (old, new) = (open(old)?, open(new)?);
        // Short consolidated symtypes stand for long files.
        let size: usize = old.iter().chain(&new).map(TypesFiles::size).sum();
        Ok(Files { old, new, limits: common.limits(size as u64) })
    }
}

impl<'b> Sides<'b> {
    /// Takes the types of both builds apart.
    pub(crate) fn new(
        old: &'b Build,
        new: &'b Build,
        files: &'b Files<'b>,
        pool: &rayon::ThreadPool,
    ) -> Result<Sides<'b>> {
        let limits = files.limits;
        let mut filing = Filing::new(&limits);
        let mut names = Vec::new();
        let mut old_count = 0;
        let mut file_ids = Vec::new();
        for (side, all) in [(Side::Old, &files.old), (Side::New, &files.new)] {
            let each: Vec<(&TypesFiles<'b>, usize)> =
                all.iter().flat_map(|files| (0..files.len()).map(move |file| (files, file))).collect();
            let ids = filing.add(side, &each, pool)?;
            file_ids.extend(ids.into_iter().map(|file| (side, file)));
            names.extend(each.iter().map(|(files, file)| files.name(*file)));
            if side == Side::Old {
                old_count = names.len();
            }
        }
        let mut catalog = filing.catalog;
        catalog.finish()?;
        let budget = RefCell::new(Budget::new(&limits));
        Ok(Sides { old, new, names, old_count, files: file_ids, catalog, limits, budget })
    }

    /// Finds out what differs.
    pub(crate) fn compare(&self, pool: &rayon::ThreadPool) -> Result<Compared<'_, 'b>> {
        let comparison = Comparison::new(&self.catalog)?;
        let found: Vec<_> = pool.install(|| {
            (0..comparison.pairs()).into_par_iter().map(|pair| comparison.compare(pair)).collect()
        });
        let found = found.into_iter().collect::<Result<Vec<_>, _>>()?;
        let (outcome, locations) = (comparison.finish(found)?, Locations::default());
        Ok(Compared { sides: self, outcome, kept_by: Vec::new(), locations })
    }

    /// The types.
    pub(crate) fn catalog(&self) -> &Catalog<'b> {
        &self.catalog
    }

    /// Answers a question, at the expense of all others.
    pub(crate) fn ask<T>(
        &self,
        question: impl FnOnce(&mut Budget) -> dwarfksyms_core::Result<T>,
    ) -> Result<T> {
        Ok(question(&mut self.budget.borrow_mut())?)
    }

    /// Lets the questions that follow cost as much again as those before them.
    pub(crate) fn begin_question(&self) {
        self.budget.replace(Budget::new(&self.limits));
    }

    /// What each side may cost.
    pub(crate) fn limits(&self) -> &Limits {
        &self.limits
    }

    /// The name of a file with types, as a path below its build's.
    pub(crate) fn file_name(&self, file: FileId) -> &'b [u8] {
        self.names.get(file.index()).copied().unwrap_or_default()
    }

    /// The files with types of one of the builds.
    pub(crate) fn files_of(&self, side: Side) -> impl Iterator<Item = FileId> {
        self.files.iter().filter(move |(other, _)| *other == side).map(|(_, file)| *file)
    }

    /// The number of files with types in the old build, and in the new one.
    pub(crate) fn file_counts(&self) -> [usize; 2] {
        [self.old_count, self.names.len() - self.old_count]
    }
}
