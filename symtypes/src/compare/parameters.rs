//! How functions differ, in sentences.

use alloc::vec::Vec;

use dwarfksyms_core::Result;
use dwarfksyms_core::budget::Budget;

use crate::layout::{Degree, Part, relation};

use super::change::{Comparer, Role};
use super::class::Class;
use super::words::number;

/// A parameter, and its position from 1.
type Parameter<'t> = (usize, Part<'t>);

impl<'t> Comparer<'_, '_, 't> {
    pub(super) fn functions(&mut self, old: &Part<'t>, new: &Part<'t>, budget: &mut Budget) -> Result<()> {
        let (before, after) = (parameters(old, budget)?, parameters(new, budget)?);
        if !self.have_changed_places(&before, &after, budget)? {
            self.parameters(&before, &after, budget)?;
        }
        let (Some(old), Some(new)) = (old.inner(), new.inner()) else { return Ok(()) };
        let relation = relation(&old, &new, false, self.builds, budget)?;
        let role = Role { class: Class::ReturnTypeChanged, subject: b"", what: b"the result" };
        self.types(&old, &new, relation, role, budget)
    }

    /// Whether the parameters are the same, with the same names, in another order; then it is reported.
    fn have_changed_places(
        &mut self,
        before: &[Parameter<'t>],
        after: &[Parameter<'t>],
        budget: &mut Budget,
    ) -> Result<bool> {
        let (old, new) = (sorted(before, budget)?, sorted(after, budget)?);
        let is_distinct = old.windows(2).all(|pair| matches!(pair, [one, other] if one.0 != other.0));
        let is_same_set = old.len() == new.len() && old.iter().zip(&new).all(|(one, other)| one.0 == other.0);
        if !is_distinct || !is_same_set || old.first().is_some_and(|(name, _)| name.is_empty()) {
            return Ok(false);
        }
        let mut moved: Vec<(usize, usize, &[u8])> = Vec::new();
        for (&(name, (from, one)), &(_, (to, other))) in old.iter().zip(&new) {
            let (Some(one), Some(other)) = (one.inner(), other.inner()) else { return Ok(false) };
            if relation(&one, &other, false, self.builds, budget)?.degree > Degree::Qualified {
                return Ok(false);
            }
            if from != to {
                budget.push(&mut moved, (*from, *to, name))?;
            }
        }
        moved.sort_unstable();
        // If all are of one type, it is unknown whether they were only renamed.
        let class = match self.have_same_types(before, after, budget)? {
            true => Class::TypeReinterpreted,
            false => Class::ParameterMoved,
        };
        match moved.as_slice() {
            [] => return Ok(false),
            [(from, to, one), (other_from, other_to, other)] if from == other_to && to == other_from => {
                let text =
                    [b"parameters '".as_slice(), one, b"' and '", other, b"' have changed places"].concat();
                self.note(class, one, &text, budget)?;
            }
            [(from, to, name), rest @ ..] => {
                let position = |at: &usize| number(u64::try_from(*at).unwrap_or(u64::MAX));
                let parts: [&[u8]; 7] = [
                    b"parameter '",
                    name,
                    b"' was number ",
                    &position(from),
                    b", and is number ",
                    &position(to),
                    b"; ",
                ];
                let mut text = parts.concat();
                text.extend_from_slice(&position(&rest.len()));
                text.extend_from_slice(if rest.len() == 1 {
                    b" more has moved"
                } else {
                    b" more have moved"
                });
                self.note(class, name, &text, budget)?;
            }
        }
        Ok(true)
    }

    /// Whether each parameter is of the same type as the one in its place.
    fn have_same_types(
        &self,
        before: &[Parameter<'t>],
        after: &[Parameter<'t>],
        budget: &mut Budget,
    ) -> Result<bool> {
        for ((_, old), (_, new)) in before.iter().zip(after) {
            let (Some(old), Some(new)) = (old.inner(), new.inner()) else { return Ok(false) };
            if relation(&old, &new, false, self.builds, budget)?.degree > Degree::Reinterpreted {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn parameters(
        &mut self,
        before: &[Parameter<'t>],
        after: &[Parameter<'t>],
        budget: &mut Budget,
    ) -> Result<()> {
        let (start, end) = match before.len() == after.len() {
            true => (0, 0),
            false => self.same_ends(before, after, budget)?,
        };
        fn middle<'p, 't>(items: &'p [Parameter<'t>], start: usize, end: usize) -> &'p [Parameter<'t>] {
            items.get(start..items.len().saturating_sub(end)).unwrap_or_default()
        }
        let (before, after) = (middle(before, start, end), middle(after, start, end));
        for (old, new) in before.iter().zip(after) {
            self.parameter(old, new, budget)?;
        }
        let common = before.len().min(after.len());
        for (_, old) in before.get(common..).unwrap_or_default() {
            let text = [b"parameter '".as_slice(), &old.text(budget)?, b"' was removed"].concat();
            self.note(Class::ParameterRemoved, old.name().unwrap_or_default(), &text, budget)?;
        }
        for (_, new) in after.get(common..).unwrap_or_default() {
            let text = [b"parameter '".as_slice(), &new.text(budget)?, b"' was added"].concat();
            self.note(Class::ParameterAdded, new.name().unwrap_or_default(), &text, budget)?;
        }
        Ok(())
    }

    /// How many are the same at the beginning and at the end, where in between some came or went.
    fn same_ends(
        &self,
        before: &[Parameter<'t>],
        after: &[Parameter<'t>],
        budget: &mut Budget,
    ) -> Result<(usize, usize)> {
        let most = before.len().min(after.len());
        let (mut start, mut end) = (0, 0);
        while start < most && self.is_same(before.get(start), after.get(start), budget)? {
            start = start.saturating_add(1);
        }
        let last = |items: &[Parameter<'t>], end: usize| items.iter().rev().nth(end).cloned();
        while start.saturating_add(end) < most
            && self.is_same(last(before, end).as_ref(), last(after, end).as_ref(), budget)?
        {
            end = end.saturating_add(1);
        }
        Ok((start, end))
    }

    fn is_same(
        &self,
        old: Option<&Parameter<'t>>,
        new: Option<&Parameter<'t>>,
        budget: &mut Budget,
    ) -> Result<bool> {
        let (Some((_, old)), Some((_, new))) = (old, new) else { return Ok(false) };
        if old.name() != new.name() {
            return Ok(false);
        }
        let (Some(old), Some(new)) = (old.inner(), new.inner()) else { return Ok(false) };
        Ok(relation(&old, &new, false, self.builds, budget)?.degree <= Degree::Respelled)
    }

    fn parameter(&mut self, old: &Parameter<'t>, new: &Parameter<'t>, budget: &mut Budget) -> Result<()> {
        let names = [&old.1, &new.1].map(|part| part.name().unwrap_or_default());
        if let (Some(old), Some(new_type)) = (old.1.inner(), new.1.inner()) {
            let what = match names[1].is_empty() {
                true => {
                    [b"parameter ".as_slice(), &number(u64::try_from(new.0).unwrap_or(u64::MAX))].concat()
                }
                false => [b"parameter '", names[1], b"'"].concat(),
            };
            let relation = relation(&old, &new_type, false, self.builds, budget)?;
            let role = Role { class: Class::ParameterTypeChanged, subject: names[1], what: &what };
            self.types(&old, &new_type, relation, role, budget)?;
        }
        if names[0] != names[1] {
            let text: Vec<u8> = match names {
                [b"", name] => [b"a parameter without a name is called '", name, b"' now"].concat(),
                [name, b""] => [b"parameter '", name, b"' has no name now"].concat(),
                [old, new] => [b"parameter '", old, b"' is called '", new, b"' now"].concat(),
            };
            self.note(Class::ParameterRenamed, names[1], &text, budget)?;
        }
        Ok(())
    }
}

fn parameters<'t>(function: &Part<'t>, budget: &mut Budget) -> Result<Vec<Parameter<'t>>> {
    let mut parameters = Vec::new();
    for (at, item) in (1..).zip(function.items()) {
        budget.charge_work(1)?;
        budget.push(&mut parameters, (at, item))?;
    }
    Ok(parameters)
}

/// Parameters by name.
fn sorted<'p, 't>(
    parameters: &'p [Parameter<'t>],
    budget: &mut Budget,
) -> Result<Vec<(&'t [u8], &'p Parameter<'t>)>> {
    let mut sorted = Vec::new();
    for parameter in parameters {
        budget.charge_work(8)?;
        budget.push(&mut sorted, (parameter.1.name().unwrap_or_default(), parameter))?;
    }
    sorted.sort_by_key(|&(name, &(at, _))| (name, at));
    Ok(sorted)
}
