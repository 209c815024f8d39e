//! How an export comes to depend on a type.

use alloc::vec::Vec;

use dwarfksyms_core::budget::Budget;
use dwarfksyms_core::{Limits, Result};

use crate::types::{Catalog, Contents, FileId, NameId, NodeIndex, NodeKind, Tree};

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

/// The most steps of a path that are told at its beginning, and at its end.
const MOST_STEPS: usize = 32;

impl Catalog<'_> {
    /// The shortest way from one of some exports to a type in a file, and which of them it begins at; no steps if that is
    /// the type itself, `None` if there is no way. Of a very long one, the beginning and the end are told.
    ///
    /// # Errors
    /// A limit.
    pub fn path(
        &self,
        file: FileId,
        from: &[NameId],
        to: NameId,
        limits: &Limits,
    ) -> Result<Option<(NameId, Vec<Step>)>> {
        let budget = &mut Budget::new(limits);
        let records = Contents::of(self, file, budget)?;
        let mut came_from: Vec<Option<NameId>> = Vec::new();
        budget.fill(&mut came_from, self.name_count(), None)?;
        let mut waiting: Vec<NameId> = Vec::new();
        for &export in from.iter().filter(|&&export| records.get(export).is_some()) {
            budget.charge_work(1)?;
            if let Some(slot) = came_from.get_mut(export.index())
                && slot.is_none()
            {
                *slot = Some(export);
                budget.push(&mut waiting, export)?;
            }
        }
        let mut first = 0;
        while let Some(&name) = waiting.get(first).filter(|&&name| name != to) {
            first = first.saturating_add(1);
            let Some(record) = records.get(name) else { continue };
            for &next in self.references(record) {
                budget.charge_work(1)?;
                if let Some(slot) = came_from.get_mut(next.index())
                    && slot.is_none()
                {
                    *slot = Some(name);
                    budget.push(&mut waiting, next)?;
                }
            }
        }
        let mut names: Vec<NameId> = Vec::new();
        let mut at = to;
        loop {
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
            let text = records.get(at).map(|record| self.text(record)).unwrap_or_default();
            let tree = Tree::parse_any(text, budget)?;
            let (by, is_parameter) = place(&tree, self.name(to), budget)?;
            let left_out = core::mem::take(&mut left_out);
            budget.push(&mut steps, Step { by, is_parameter, to, left_out })?;
            at = to;
        }
        Ok(Some((start, steps)))
    }
}

/// The first member or parameter of a type that refers to another, with those that it is in.
fn place(tree: &Tree<'_>, name: &[u8], budget: &mut Budget) -> Result<(Vec<u8>, bool)> {
    let mut open: Vec<(NodeIndex, usize)> = Vec::new();
    for (at, node) in tree.part(Tree::ROOT).iter().enumerate() {
        budget.charge_work(1)?;
        let index = NodeIndex::after(Tree::ROOT, at);
        while open.pop_if(|&mut (_, end)| end <= at).is_some() {}
        if node.kind.is_item() {
            budget.push(&mut open, (index, at.saturating_add(tree.part(index).len())))?;
        }
        let is_there = match node.kind {
            NodeKind::Reference => node.name == Some(name),
            NodeKind::Text => node
                .name
                .is_some_and(|text| crate::types::references_in(text).any(|(_, other)| other == name)),
            _ => false,
        };
        if is_there {
            let is_parameter = open.first().is_some_and(|&(item, _)| tree.kind(item) == NodeKind::Parameter);
            let mut by: Vec<u8> = Vec::new();
            for item in open.iter().filter_map(|&(item, _)| tree.name(item)) {
                if !by.is_empty() {
                    budget.push(&mut by, b'.')?;
                }
                budget.extend(&mut by, item)?;
            }
            return Ok((by, is_parameter));
        }
    }
    Ok((Vec::new(), false))
}
