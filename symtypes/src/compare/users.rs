//! Which exports use a type.

use alloc::vec::Vec;

use dwarfksyms_core::Result;
use dwarfksyms_core::budget::Budget;

use crate::types::{Catalog, FileId, NameId};

/// An export that uses a type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct User {
    /// How many references lead from it to the type: 1 if the export itself names the type.
    pub steps: usize,
    /// The export.
    pub export: NameId,
}

/// Finds the exports that use a type, file by file.
#[derive(Debug)]
pub struct Users<'c, 't> {
    catalog: &'c Catalog<'t>,
    /// By name: the number of the search that last met it.
    met: Vec<u32>,
    searches: u32,
}

impl<'c, 't> Users<'c, 't> {
    /// Nothing is done yet.
    ///
    /// # Errors
    /// A limit.
    pub fn new(catalog: &'c Catalog<'t>, budget: &mut Budget) -> Result<Users<'c, 't>> {
        let mut met = Vec::new();
        budget.fill(&mut met, catalog.name_count(), 0)?;
        Ok(Users { catalog, met, searches: 0 })
    }

    /// The exports, among the names that a file has, from which references lead to a type, those with the fewest steps first.
    ///
    /// # Errors
    /// A limit.
    pub fn of(
        &mut self,
        file: FileId,
        to: NameId,
        is_export: impl Fn(NameId) -> bool,
        budget: &mut Budget,
    ) -> Result<Vec<User>> {
        self.searches = self.searches.saturating_add(1);
        let backwards = self.backwards(file, budget)?;
        let mut users = Vec::new();
        let mut level = Vec::new();
        budget.push(&mut level, to)?;
        self.is_new(to);
        let mut steps: usize = 0;
        while !level.is_empty() {
            steps = steps.saturating_add(1);
            let mut next = Vec::new();
            for &name in &level {
                budget.charge_work(1)?;
                let start = backwards.partition_point(|&(to, _)| to < name);
                let from = backwards.get(start..).unwrap_or_default();
                for &(_, from) in from.iter().take_while(|&&(to, _)| to == name) {
                    budget.charge_work(1)?;
                    if self.is_new(from) {
                        budget.push(&mut next, from)?;
                        if is_export(from) {
                            budget.push(&mut users, User { steps, export: from })?;
                        }
                    }
                }
            }
            budget.free(core::mem::replace(&mut level, next));
        }
        budget.free(backwards);
        budget.charge_sorting(users.len())?;
        users.sort_unstable();
        Ok(users)
    }

    /// All references in a file, from where they lead to where they begin.
    fn backwards(&self, file: FileId, budget: &mut Budget) -> Result<Vec<(NameId, NameId)>> {
        let mut backwards = Vec::new();
        for &record in self.catalog.records(file) {
            budget.charge_work(1)?;
            let from = self.catalog.name_of(record);
            for &to in self.catalog.references(record) {
                budget.push(&mut backwards, (to, from))?;
            }
        }
        budget.charge_sorting(backwards.len())?;
        backwards.sort_unstable();
        Ok(backwards)
    }

    /// Whether this search meets a name for the first time.
    fn is_new(&mut self, name: NameId) -> bool {
        let searches = self.searches;
        self.met.get_mut(name.index()).is_some_and(|met| core::mem::replace(met, searches) != searches)
    }
}
