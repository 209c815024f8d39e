//! Types that have another name on the other side, and are the same but for that.

use alloc::vec::Vec;

use dwarfksyms_core::Result;
use dwarfksyms_core::budget::Budget;

use crate::types::{Catalog, FileId, NameId, NodeKind, RecordId, Side, Tree, Wrapper, is_type_name};

/// By name: the name that it counts as, which is another one for the new name of a type that was renamed.
pub(super) fn unify(catalog: &Catalog<'_>, sides: &[Side], budget: &mut Budget) -> Result<Vec<NameId>> {
    let mut unified = Vec::new();
    budget.reserve(&mut unified, catalog.name_count())?;
    unified.extend((0..).map(NameId).take(catalog.name_count()));

    let gone = only_on(catalog, sides, Side::Old, budget)?;
    let come = only_on(catalog, sides, Side::New, budget)?;
    // What is left of a type without its name, and which it is: it is reported only where there is one of a kind.
    let before = bodies(catalog, &gone, budget)?;
    let after = bodies(catalog, &come, budget)?;
    for (body, old) in &before {
        budget.charge_bytes(body.len())?;
        let at = after.partition_point(|(other, _)| other < body);
        if let Some((other, new)) = after.get(at)
            && other == body
            && let Some(slot) = unified.get_mut(new.index())
        {
            *slot = *old;
        }
    }
    of_another_kind(catalog, &gone, &come, &mut unified, budget)?;
    Ok(unified)
}

/// Finds types that have kept their names and have become types of another kind: `s#regs`, and `u#regs` now.
fn of_another_kind(
    catalog: &Catalog<'_>,
    gone: &[(NameId, RecordId)],
    come: &[(NameId, RecordId)],
    unified: &mut [NameId],
    budget: &mut Budget,
) -> Result<()> {
    let before = bare_names(catalog, gone, budget)?;
    let after = bare_names(catalog, come, budget)?;
    let mut is_taken = Vec::new();
    budget.fill(&mut is_taken, unified.len(), false)?;
    for old in come.iter().filter_map(|(new, _)| unified.get(new.index())) {
        if let Some(slot) = is_taken.get_mut(old.index()) {
            *slot = true;
        }
    }
    for &(bare, new) in &after {
        budget.charge_work(1)?;
        let at = before.partition_point(|&(other, _)| other < bare);
        let Some(&(_, old)) = before.get(at).filter(|&&(other, _)| other == bare) else { continue };
        if unified.get(new.index()) == Some(&new)
            && is_taken.get(old.index()) == Some(&false)
            && let Some(slot) = unified.get_mut(new.index())
        {
            *slot = old;
        }
    }
    budget.free(is_taken);
    Ok(())
}

/// The names of types without what they begin with, in order, as far as there is only one type with it.
fn bare_names<'t>(
    catalog: &Catalog<'t>,
    types: &[(NameId, RecordId)],
    budget: &mut Budget,
) -> Result<Vec<(&'t [u8], NameId)>> {
    let mut names: Vec<(&[u8], NameId)> = Vec::new();
    for &(name, _) in types {
        let full = catalog.name(name);
        if is_type_name(full) {
            budget.push(&mut names, (full.get(2..).unwrap_or_default(), name))?;
        }
    }
    names.sort_unstable();
    let mut unique = Vec::new();
    for same in names.chunk_by(|a, b| a.0 == b.0) {
        if let [one] = same {
            budget.push(&mut unique, *one)?;
        }
    }
    Ok(unique)
}

/// A record of each type whose name is met on one side alone.
fn only_on(
    catalog: &Catalog<'_>,
    sides: &[Side],
    side: Side,
    budget: &mut Budget,
) -> Result<Vec<(NameId, RecordId)>> {
    let mut is_there = Vec::new();
    let mut is_elsewhere = Vec::new();
    budget.fill(&mut is_there, catalog.name_count(), None)?;
    budget.fill(&mut is_elsewhere, catalog.name_count(), false)?;
    for (file, &of) in (0..).map(FileId).zip(sides) {
        budget.charge_work(u64::try_from(catalog.records(file).len()).unwrap_or(u64::MAX))?;
        for &record in catalog.records(file) {
            let name = catalog.name_of(record).index();
            if of != side {
                if let Some(slot) = is_elsewhere.get_mut(name) {
                    *slot = true;
                }
            } else if let Some(slot) = is_there.get_mut(name) {
                // Of several, the one with the most to say.
                let is_longer =
                    slot.is_none_or(|known| catalog.text(known).len() < catalog.text(record).len());
                if is_longer {
                    *slot = Some(record);
                }
            }
        }
    }
    let mut only = Vec::new();
    for (name, (record, _)) in (0..)
        .map(NameId)
        .zip(is_there.iter().zip(&is_elsewhere))
        .filter(|(_, (_, is_elsewhere))| !**is_elsewhere)
    {
        if let Some(record) = *record {
            budget.push(&mut only, (name, record))?;
        }
    }
    budget.free(is_there);
    budget.free(is_elsewhere);
    Ok(only)
}

/// The texts of types without their own names, in order, as far as there is only one type with it.
fn bodies(
    catalog: &Catalog<'_>,
    types: &[(NameId, RecordId)],
    budget: &mut Budget,
) -> Result<Vec<(Vec<u8>, NameId)>> {
    let mut bodies: Vec<(Vec<u8>, NameId)> = Vec::new();
    for &(name, record) in types.iter() {
        let text = catalog.text(record);
        let tree = Tree::parse_any(text, budget)?;
        let root = tree.kind(Tree::ROOT);
        let says_something = match root {
            NodeKind::Wrapper(Wrapper::Typedef) => true,
            kind if kind.is_aggregate() => tree.items(Tree::ROOT).next().is_some(),
            _ => false,
        };
        if !says_something {
            continue;
        }
        // Both the name at the beginning, and where the type refers to itself.
        let own = tree.name(Tree::ROOT).unwrap_or_default();
        let full = catalog.name(name);
        let mut body = Vec::new();
        budget.charge_bytes(text.len())?;
        let mut at = 0;
        for (start, _) in crate::types::references_in(text).filter(|&(_, other)| other == full) {
            budget.extend(&mut body, text.get(at..start).unwrap_or_default())?;
            at = start.saturating_add(full.len());
        }
        budget.extend(&mut body, text.get(at..).unwrap_or_default())?;
        if let Some(start) = memchr::memmem::find(&body, own).filter(|_| !own.is_empty()) {
            let end = start.saturating_add(own.len());
            body.drain(start..end.min(body.len()));
        }
        budget.push(&mut bodies, (body, name))?;
    }
    let count = u64::try_from(bodies.len()).unwrap_or(u64::MAX);
    budget.charge_work(count.saturating_mul(u64::from(count.max(1).ilog2()).saturating_mul(8)))?;
    bodies.sort_unstable();
    let mut unique: Vec<(Vec<u8>, NameId)> = Vec::new();
    let mut is_repeated = false;
    for (body, name) in bodies {
        if unique.last().is_some_and(|(last, _)| *last == body) {
            is_repeated = true;
            continue;
        }
        if core::mem::take(&mut is_repeated) {
            unique.pop();
        }
        budget.push(&mut unique, (body, name))?;
    }
    if is_repeated {
        unique.pop();
    }
    Ok(unique)
}
