//! How an export comes to depend on a type.

use alloc::rc::Rc;
use alloc::vec::Vec;

use dwarfksyms_core::budget::{Budget, Spendable};
use dwarfksyms_core::{ErrorKind, Result};

use crate::types::{Catalog, Contents, FileId, NameId, RecordId};

use super::uses::Uses;

/// A step from a type, or export, to one that it refers to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// By which member or parameter, with those that it is in; empty for a result or what a typedef stands for.
    pub by: Vec<u8>,
    /// Whether that is a parameter.
    pub is_parameter: bool,
    /// To what.
    pub to: NameId,
    /// How many steps are left out before this one, because there are too many.
    pub left_out: usize,
}

/// The most steps of a path that are shown at its beginning, and at its end: a power of two.
const MOST_STEPS: usize = 32;

/// Finds the shortest ways to types. Those that begin at the same exports are looked for together.
#[derive(Debug)]
pub struct Paths<'c, 't> {
    catalog: &'c Catalog<'t>,
    /// The search that was made last.
    search: Option<Search>,
    /// What types refer to that ways have led through, by the end of their numbers.
    uses: [Option<Uses<'t>>; MOST_STEPS],
}

/// All that some exports of a file lead to.
#[derive(Debug)]
struct Search {
    file: FileId,
    from: Rc<Vec<NameId>>,
    records: Contents,
    /// By name: what it was first met at, itself for an export.
    came_from: Vec<Option<NameId>>,
}

impl Search {
    fn of(
        catalog: &Catalog<'_>,
        file: FileId,
        from: &Rc<Vec<NameId>>,
        budget: &mut Budget,
    ) -> Result<Search> {
        let records = Contents::of(catalog, file, budget)?;
        let mut came_from: Vec<Option<NameId>> = Vec::new();
        budget.fill(&mut came_from, catalog.name_count(), None)?;
        let mut waiting: Vec<NameId> = Vec::new();
        for &export in from.iter() {
            budget.charge_work(1)?;
            if records.get(export).is_some()
                && let Some(slot) = came_from.get_mut(export.index())
                && slot.is_none()
            {
                *slot = Some(export);
                budget.push(&mut waiting, export)?;
            }
        }
        let mut first = 0;
        while let Some(&name) = waiting.get(first) {
            first = first.saturating_add(1);
            let Some(record) = records.get(name) else { continue };
            for &next in catalog.references(record) {
                budget.charge_work(1)?;
                if let Some(slot) = came_from.get_mut(next.index())
                    && slot.is_none()
                {
                    *slot = Some(name);
                    budget.push(&mut waiting, next)?;
                }
            }
        }
        budget.free(waiting);
        Ok(Search { file, from: Rc::clone(from), records, came_from })
    }

    fn is_of(&self, file: FileId, from: &Rc<Vec<NameId>>) -> bool {
        self.file == file && (Rc::ptr_eq(&self.from, from) || self.from.len() == 1 && self.from == *from)
    }

    fn free(self, budget: &mut Budget) {
        self.records.free(budget);
        budget.free(self.came_from);
    }
}

impl<'c, 't> Paths<'c, 't> {
    /// Nothing is done yet.
    pub fn new(catalog: &'c Catalog<'t>) -> Paths<'c, 't> {
        Paths { catalog, search: None, uses: [const { None }; MOST_STEPS] }
    }

    /// The shortest way from one of some exports to a type in a file, and which of them it begins at; no steps if that is
    /// the type itself, `None` if there is no way. Of a very long one, the beginning and the end are shown. It is the caller who
    /// pays for what is kept of it.
    ///
    /// # Errors
    /// A limit.
    pub fn find(
        &mut self,
        file: FileId,
        from: &Rc<Vec<NameId>>,
        to: NameId,
        budget: &mut Budget,
    ) -> Result<Option<(NameId, Vec<Step>)>> {
        let search = match self.search.take() {
            Some(search) if search.is_of(file, from) => search,
            other => {
                if let Some(other) = other {
                    other.free(budget);
                }
                Search::of(self.catalog, file, from, budget)?
            }
        };
        let found = self.steps(&search, to, budget);
        self.search = Some(search);
        found
    }

    /// What a type refers to.
    fn uses(&mut self, record: RecordId, budget: &mut Budget) -> Result<&Uses<'t>> {
        let text = self.catalog.text(record);
        let slot = self.uses.get_mut(record.index() & MOST_STEPS.saturating_sub(1));
        let slot = slot.ok_or(ErrorKind::OutOfMemory)?;
        if let Some(other) = slot.take_if(|known| known.record != record) {
            other.free(budget);
        }
        if slot.is_none() {
            let uses = budget.apart(|budget| Uses::of(record, text, budget))?;
            budget.spend(Spendable { memory: uses.bytes(), ..Spendable::default() })?;
            *slot = Some(uses);
        }
        slot.as_ref().ok_or_else(|| ErrorKind::OutOfMemory.into())
    }

    fn steps(
        &mut self,
        search: &Search,
        to: NameId,
        budget: &mut Budget,
    ) -> Result<Option<(NameId, Vec<Step>)>> {
        let Search { records, came_from, .. } = search;
        let mut names: Vec<NameId> = Vec::new();
        let mut at = to;
        loop {
            budget.charge_work(1)?;
            let Some(before) = came_from.get(at.index()).copied().flatten() else { return Ok(None) };
            if before == at {
                break;
            }
            budget.push(&mut names, at)?;
            at = before;
        }
        let start = at;
        let mut steps = Vec::new();
        let told = MOST_STEPS.saturating_mul(2);
        let mut left_out = 0;
        for (number, &to) in names.iter().rev().enumerate() {
            let is_last = number >= names.len().saturating_sub(MOST_STEPS);
            if names.len() > told && number >= MOST_STEPS && !is_last {
                left_out = names.len().saturating_sub(told);
                at = to;
                continue;
            }
            let name = self.catalog.name(to);
            let (by, is_parameter) = match records.get(at) {
                Some(record) => self.uses(record, budget)?.place(name, budget)?,
                None => (Vec::new(), false),
            };
            let left_out = core::mem::take(&mut left_out);
            budget.push(&mut steps, Step { by, is_parameter, to, left_out })?;
            at = to;
        }
        Ok(Some((start, steps)))
    }
}
