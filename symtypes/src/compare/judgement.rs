//! How each type differs, and whether it is a cause or only follows from another.
//!
//! A type only follows if nothing but places and sizes differs in it, and something is embedded in it that has another
//! size. What moves for it is reported with that (`holders.rs`).

use alloc::vec::Vec;

use dwarfksyms_core::Result;
use dwarfksyms_core::budget::Budget;

use crate::layout::{Builds, Library, Part, has_floats};
use crate::types::{Catalog, FileId, NameId, NodeKind, Side, Tree, Wrapper};

use super::Verdict;
use super::change::{Change, Changes, Comparer, renamed, whole};
use super::class::Class;
use super::differing::{Differing, Reached, at};
use super::words::stated;

/// What was found out about a type.
#[derive(Debug, Default)]
pub(super) struct Judgement {
    pub(super) changes: Vec<Change>,
    pub(super) is_cause: bool,
    /// How its size or alignment differs, if that does.
    pub(super) resized: Option<Resized>,
    /// If only offsets and sizes differ, the types that are embedded in it.
    pub(super) embedded: Option<Vec<NameId>>,
}

/// How the size or alignment of a type differs.
#[derive(Debug)]
pub(super) struct Resized {
    pub(super) has_other_size: bool,
    /// `the size was 8, and is 16`
    pub(super) text: Vec<u8>,
}

/// Judges the types that differ.
pub(super) struct Judge<'a, 't> {
    pub(super) catalog: &'a Catalog<'t>,
    /// By name: the one that it counts as.
    pub(super) unified: &'a [NameId],
}

impl<'a, 't> Judge<'a, 't> {
    /// Finds out what is a cause, and what only follows; `reached` are the types that exports reach.
    pub(super) fn all(
        &self,
        types: &[Differing],
        reached: &Reached,
        budget: &mut Budget,
    ) -> Result<Vec<Judgement>> {
        let sides = self.sides_of_records(budget)?;
        let mut judged: Vec<Judgement> = Vec::new();
        for _ in types {
            budget.push(&mut judged, Judgement::default())?;
        }
        self.each(types, &sides, &mut judged, budget)?;
        self.follow(types, &mut judged, budget)?;
        // An export that would be left without a cause keeps what it has.
        let mut is_done: Vec<bool> = Vec::new();
        budget.fill(&mut is_done, reached.sets().count(), false)?;
        for &(_, set) in &reached.exports {
            budget.charge_work(1)?;
            let slot = usize::try_from(set).ok().and_then(|at| is_done.get_mut(at));
            if slot.is_none_or(|slot| core::mem::replace(slot, true)) {
                continue;
            }
            let members = reached.set(set);
            budget.charge_bytes(members.len().saturating_mul(4))?;
            let is_cause = |&number: &u32| at(&judged, number).is_some_and(|judged| judged.is_cause);
            if !members.iter().any(is_cause) {
                for &number in members {
                    if let Some(judged) = usize::try_from(number).ok().and_then(|at| judged.get_mut(at)) {
                        judged.is_cause = true;
                    }
                }
            }
        }
        budget.free(is_done);
        Ok(judged)
    }

    /// Compares all types, those of the same files together.
    fn each(
        &self,
        types: &[Differing],
        sides: &[u8],
        judged: &mut [Judgement],
        budget: &mut Budget,
    ) -> Result<()> {
        let mut order: Vec<usize> = Vec::new();
        budget.reserve(&mut order, types.len())?;
        order.extend(0..types.len());
        order.sort_by_key(|&at| types.get(at).map(|differing| differing.files));
        let mut open: Option<((FileId, FileId), Library<'a, 't>, Library<'a, 't>)> = None;
        for &at in &order {
            let Some(differing) = types.get(at) else { continue };
            if open.as_ref().is_none_or(|(files, _, _)| *files != differing.files) {
                if let Some((_, old, new)) = open.take() {
                    old.free(budget);
                    new.free(budget);
                }
                let (old, new) = differing.files;
                let libraries =
                    (Library::new(self.catalog, old, budget)?, Library::new(self.catalog, new, budget)?);
                open = Some((differing.files, libraries.0, libraries.1));
            }
            let Some((_, old, new)) = &open else { continue };
            // Much is looked at, and little kept.
            let own = budget.apart(|budget| self.one(differing, old, new, sides, budget))?;
            let bytes = own.changes.iter().fold(0, |sum: usize, change| sum.saturating_add(change.bytes()));
            let names = own.embedded.as_ref().map_or(0, |names| names.capacity().saturating_mul(4));
            budget.charge_memory(bytes.saturating_add(names).saturating_add(64))?;
            if let Some(slot) = judged.get_mut(at) {
                *slot = own;
            }
        }
        if let Some((_, old, new)) = open {
            old.free(budget);
            new.free(budget);
        }
        budget.free(order);
        Ok(())
    }

    /// How a type differs.
    fn one(
        &self,
        differing: &Differing,
        old_types: &Library<'a, 't>,
        new_types: &Library<'a, 't>,
        sides: &[u8],
        budget: &mut Budget,
    ) -> Result<Judgement> {
        let old = whole(self.catalog.text(differing.old), budget)?;
        let new = whole(self.catalog.text(differing.new), budget)?;
        let is_same_type = |old: &[u8], new: &[u8]| self.is_same_type(old, new);
        let builds = Builds { old: old_types, new: new_types, is_same_type: &is_same_type };
        let Changes { mut changes, is_shift } = Comparer::compare(&old, &new, builds, budget)?;
        let new_name = self.catalog.name_of(differing.new);
        let names = (self.catalog.name(differing.name), self.catalog.name(new_name));
        let is_renamed = new_name != differing.name && names.0.get(2..) != names.1.get(2..);
        if is_renamed {
            changes.retain(|change| change.class != Class::Other);
            budget.push(&mut changes, renamed(names.0, names.1))?;
        }
        let is_on_both =
            [differing.old, differing.new].iter().all(|record| sides.get(record.index()) == Some(&3));
        let is_known = !changes.iter().any(|change| {
            matches!(change.class, Class::BecameDeclaration | Class::BecameDefinition | Class::CommaLost)
        });
        if is_on_both && is_known && !changes.is_empty() {
            let text = b"both builds have both definitions, and this file sees the other one now";
            budget.push(&mut changes, Change::whole(Class::DefinitionsDiffer, text.to_vec()))?;
        }
        let resized = match changes.iter().any(|change| can_resize(change.class)) {
            true => resized(&old, &new, builds, budget)?,
            false => None,
        };
        if has_other_registers(&old, &new, &changes, builds, budget)? {
            let text = b"there are floating-point numbers in it: a value that is passed or returned may be in other registers";
            budget.push(&mut changes, Change::whole(Class::TypeReinterpreted, text.to_vec()))?;
        }
        let mut embedded = Vec::new();
        if is_shift {
            by_value(&new.tree, self.catalog, self.unified, &mut embedded, budget)?;
        }
        // References that count as the same differ by name alone: the cause is the type that was renamed.
        let is_cause = !changes.is_empty();
        Ok(Judgement { changes, is_cause, resized, embedded: is_shift.then_some(embedded) })
    }

    /// Whether two names mean the same type.
    pub(super) fn is_same_type(&self, old: &[u8], new: &[u8]) -> bool {
        let unified = self.catalog.find(new).and_then(|new| self.unified.get(new.index()));
        unified.is_some_and(|unified| self.catalog.name(*unified) == old)
    }

    /// On which sides each record is met: 1 for the old one, 2 for the new one.
    fn sides_of_records(&self, budget: &mut Budget) -> Result<Vec<u8>> {
        let mut sides: Vec<u8> = Vec::new();
        for (file, side) in (0..).map(FileId).zip(self.catalog.sides()) {
            let bit = if *side == Side::Old { 1 } else { 2 };
            let records = self.catalog.records(file);
            budget.charge_work(u64::try_from(records.len()).unwrap_or(u64::MAX))?;
            for record in records {
                let needed = record.index().saturating_add(1);
                if sides.len() < needed {
                    budget.fill(&mut sides, needed, 0)?;
                }
                if let Some(slot) = sides.get_mut(record.index()) {
                    *slot |= bit;
                }
            }
        }
        Ok(sides)
    }

    /// Takes those for what they are whose layout only follows from that of a type embedded in them.
    fn follow(&self, types: &[Differing], judged: &mut [Judgement], budget: &mut Budget) -> Result<()> {
        let mut differs: Vec<bool> = Vec::new();
        budget.fill(&mut differs, self.unified.len(), false)?;
        for (differing, judged) in types.iter().zip(judged.iter()) {
            // A shift counts too: it may come from further inside. Something that began it there will be.
            if let Some(slot) = differs.get_mut(differing.name.index()) {
                *slot |= judged.resized.is_some();
            }
        }
        for judged in judged {
            let Some(embedded) = &judged.embedded else { continue };
            budget.charge_work(u64::try_from(embedded.len()).unwrap_or(u64::MAX))?;
            if embedded.iter().any(|name| differs.get(name.index()) == Some(&true)) {
                judged.is_cause = false;
            }
        }
        budget.free(differs);
        Ok(())
    }
}

/// Whether values of a type may be passed in other registers, although whoever has a pointer to one notices nothing: what else is in
/// eight bytes with a floating-point number decides where they are passed.
fn has_other_registers<'t>(
    old: &Part<'t>,
    new: &Part<'t>,
    changes: &[Change],
    builds: Builds<'_, '_, 't>,
    budget: &mut Budget,
) -> Result<bool> {
    let adds = |change: &Change| {
        matches!(
            change.class,
            Class::MemberAddedInPadding
                | Class::ReservedSpaceUsed
                | Class::UnionMemberAdded
                | Class::MemberWrapped
        )
    };
    let is_harmless = changes.iter().all(|change| change.class.verdict() == Verdict::Harmless);
    Ok(is_harmless
        && changes.iter().any(adds)
        && (has_floats(old, builds.old, budget)? || has_floats(new, builds.new, budget)?))
}

/// Whether a change can make the type larger, smaller, or differently aligned.
fn can_resize(class: Class) -> bool {
    !matches!(
        class,
        Class::MemberRenamed
            | Class::TypeRespelled
            | Class::ToolchainSpelling
            | Class::QualifierChanged
            | Class::SignednessChanged
            | Class::TypeReinterpreted
            | Class::TypeRenamed
            | Class::CommaLost
            | Class::EnumeratorRenamed
    )
}

/// How the size or alignment of a type differs, as far as both are known.
fn resized<'t>(
    old: &Part<'t>,
    new: &Part<'t>,
    builds: Builds<'_, '_, 't>,
    budget: &mut Budget,
) -> Result<Option<Resized>> {
    if matches!(old.kind(), NodeKind::Subprogram | NodeKind::Variable) {
        return Ok(None);
    }
    let said = |what: &[u8], one: u64, other: u64| {
        [what, b" was ", &stated(Some(one)), b", and is ", &stated(Some(other))].concat()
    };
    let sizes =
        (builds.old.bits(&old.tree, old.index, budget)?, builds.new.bits(&new.tree, new.index, budget)?);
    let (Some(before), Some(after)) = sizes else { return Ok(None) };
    if before != after {
        let text = said(b"the size", before >> 3, after >> 3);
        return Ok(Some(Resized { has_other_size: true, text }));
    }
    let alignments = (
        builds.old.alignment(&old.tree, old.index, budget)?.bytes(),
        builds.new.alignment(&new.tree, new.index, budget)?.bytes(),
    );
    Ok(match alignments {
        (Some(before), Some(after)) if before != after => {
            let text = said(b"the alignment", before, after);
            Some(Resized { has_other_size: false, text })
        }
        _ => None,
    })
}

/// The named types whose values are part of a type's.
fn by_value(
    tree: &Tree<'_>,
    catalog: &Catalog<'_>,
    unified: &[NameId],
    embedded: &mut Vec<NameId>,
    budget: &mut Budget,
) -> Result<()> {
    let part = tree.part(Tree::ROOT);
    let mut next = 0;
    while let Some(node) = part.get(next) {
        budget.charge_work(1)?;
        next = match node.kind {
            // What a pointer leads to is elsewhere.
            NodeKind::Wrapper(Wrapper::Pointer | Wrapper::Reference | Wrapper::RvalueReference)
            | NodeKind::Subroutine => node.end_of_part().max(next.saturating_add(1)),
            NodeKind::Reference => {
                if let Some(name) = node.name.and_then(|name| catalog.find(name)) {
                    let name = unified.get(name.index()).copied().unwrap_or(name);
                    budget.push(embedded, name)?;
                }
                next.saturating_add(1)
            }
            _ => next.saturating_add(1),
        };
    }
    Ok(())
}
