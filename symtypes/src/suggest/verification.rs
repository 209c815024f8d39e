//! Whether suggestions do what they are for: versions are computed again, of the types that they lead to.

use alloc::vec::Vec;

use dwarfksyms_core::Result;
use dwarfksyms_core::budget::Budget;

use crate::compare::Replacement;
use crate::layout::Library;
use crate::types::{FileId, NameId};

use super::adviser::Adviser;
use super::fate::{End, Ends, Fates};
use super::repair::missing;

impl<'t> Adviser<'_, 't> {
    /// Computes the versions of all exports that suggestions are about.
    pub(super) fn verify(&mut self, budget: &mut Budget) -> Result<()> {
        let mut fates = Fates::new(self.outcome, |cause| self.has_suggestions(cause), budget)?;
        for (files, exports) in &self.pairs {
            let mut names = Vec::new();
            for &(name, at) in exports {
                if fates.is_helped(at) {
                    budget.push(&mut names, (name, at))?;
                }
            }
            if !names.is_empty() {
                self.verify_pair(*files, &names, &mut fates, budget)?;
            }
            budget.free(names);
        }
        let ends = fates.of_causes(self.outcome, budget)?;
        for (draft, Ends { restored, remaining, has_reasons }) in self.drafts.iter_mut().zip(ends) {
            if !draft.advice.suggestions.is_empty() {
                draft.is_without_effect = restored.is_empty() && !has_reasons;
                (draft.advice.restored, draft.advice.remaining) = (restored, remaining);
            }
        }
        Ok(())
    }

    fn verify_pair(
        &self,
        files: (FileId, FileId),
        exports: &[(NameId, usize)],
        fates: &mut Fates,
        budget: &mut Budget,
    ) -> Result<()> {
        let catalog = self.catalog;
        let before = Library::new(catalog, files.0, budget)?;
        let after = Library::new(catalog, files.1, budget)?;
        let mut replaced = self.replacements((&before, &after), budget)?;
        let mut names: Vec<NameId> = Vec::new();
        for &(name, _) in exports {
            budget.push(&mut names, name)?;
        }
        let old = catalog.versions(files.0, &names, &[], budget)?;
        let new = catalog.versions(files.1, &names, &replaced, budget)?;
        let is_hindered = exports
            .iter()
            .zip(old.iter().zip(&new))
            .any(|(&(_, at), (old, new))| old != new && fates.is_hindered(at));
        let mended = match is_hindered {
            true => {
                self.replace_others((&before, &after), &mut replaced, budget)?;
                catalog.versions(files.1, &names, &replaced, budget)?
            }
            false => Vec::new(),
        };
        before.free(budget);
        after.free(budget);
        let mut mended = mended.into_iter();
        for (&(_, at), (old, new)) in exports.iter().zip(old.iter().zip(&new)) {
            let mended = mended.next().flatten();
            let end = match old {
                Some(_) if old == new => End::Restored,
                Some(_) if *old == mended && fates.is_hindered(at) => End::RestoredWithOthers,
                _ => End::Remaining,
            };
            fates.settle(at, end);
        }
        Ok(())
    }

    /// The types of two files that have another string under the suggestions.
    fn replacements(
        &self,
        (before, after): (&Library<'_, 't>, &Library<'_, 't>),
        budget: &mut Budget,
    ) -> Result<Vec<Replacement<'_>>> {
        let catalog = self.catalog;
        let mut replaced: Vec<Replacement<'_>> = Vec::new();
        let mut is_replaced: Vec<bool> = Vec::new();
        budget.fill(&mut is_replaced, catalog.name_count(), false)?;
        for (cause, draft) in self.outcome.causes.iter().zip(&self.drafts) {
            budget.charge_work(1)?;
            let is_here = before.record(cause.name) == Some(cause.old)
                && after.record(catalog.name_of(cause.new)) == Some(cause.new);
            for (name, text) in draft.replaced.iter().filter(|_| is_here) {
                budget.charge_work(1)?;
                let is_known = is_replaced.get_mut(name.index());
                if !is_known.is_some_and(|is_known| core::mem::replace(is_known, true)) {
                    budget.push(&mut replaced, Replacement { name: *name, text })?;
                }
            }
        }
        budget.free(is_replaced);
        Ok(replaced)
    }

    /// Gives the types of causes without suggestions their old strings, and adds what only these refer to.
    fn replace_others<'r>(
        &'r self,
        (before, after): (&Library<'_, 't>, &Library<'_, 't>),
        replaced: &mut Vec<Replacement<'r>>,
        budget: &mut Budget,
    ) -> Result<()> {
        let catalog = self.catalog;
        let mut waiting: Vec<(NameId, &'t [u8])> = Vec::new();
        let mut is_known: Vec<bool> = Vec::new();
        budget.fill(&mut is_known, catalog.name_count(), false)?;
        for (cause, draft) in self.outcome.causes.iter().zip(&self.drafts) {
            budget.charge_work(1)?;
            let new = catalog.name_of(cause.new);
            let is_here =
                before.record(cause.name) == Some(cause.old) && after.record(new) == Some(cause.new);
            if is_here && draft.replaced.is_empty() {
                budget.push(&mut waiting, (new, catalog.text(cause.old)))?;
            }
        }
        let mut next = 0;
        while let Some(&(name, text)) = waiting.get(next) {
            next = next.saturating_add(1);
            budget.charge_work(1)?;
            let is_done = is_known.get_mut(name.index()).is_none_or(|known| core::mem::replace(known, true));
            if is_done {
                continue;
            }
            budget.push(replaced, Replacement { name, text })?;
            for missing in missing(text, after, budget)? {
                if let (Some(id), Some(text)) = (catalog.find(missing), before.text(missing)) {
                    budget.push(&mut waiting, (id, text))?;
                }
            }
        }
        budget.free(waiting);
        budget.free(is_known);
        Ok(())
    }

    fn has_suggestions(&self, cause: u32) -> bool {
        let draft = usize::try_from(cause).ok().and_then(|at| self.drafts.get(at));
        draft.is_some_and(|draft| !draft.advice.suggestions.is_empty())
    }
}
