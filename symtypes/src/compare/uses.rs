//! By which members and parameters a type refers to others.

use alloc::vec::Vec;

use dwarfksyms_core::Result;
use dwarfksyms_core::budget::{Budget, bytes_of};

use crate::types::{NodeKind, RecordId, Tree, references_in};

/// What a type refers to.
#[derive(Debug)]
pub(super) struct Uses<'t> {
    pub(super) record: RecordId,
    items: Vec<Item<'t>>,
    /// The names of other types, in order, and the innermost item that refers to each first: one more than its position, or 0.
    first: Vec<(&'t [u8], usize)>,
}

/// A member, parameter or the like.
#[derive(Debug)]
struct Item<'t> {
    name: Option<&'t [u8]>,
    is_parameter: bool,
    /// The one that it is in: one more than its position, or 0.
    around: usize,
}

impl<'t> Uses<'t> {
    pub(super) fn of(record: RecordId, text: &'t [u8], budget: &mut Budget) -> Result<Uses<'t>> {
        let tree = Tree::parse_any(text, budget)?;
        let mut uses = Uses { record, items: Vec::new(), first: Vec::new() };
        let mut open: Vec<(usize, usize)> = Vec::new();
        for (at, node) in tree.part(Tree::ROOT).iter().enumerate() {
            budget.charge_work(1)?;
            while open.pop_if(|&mut (_, end)| end <= at).is_some() {}
            if node.kind.is_item() {
                let around = open.last().map_or(0, |&(item, _)| item);
                let is_parameter = node.kind == NodeKind::Parameter;
                budget.push(&mut uses.items, Item { name: node.name, is_parameter, around })?;
                budget.push(&mut open, (uses.items.len(), node.end_of_part()))?;
            }
            let innermost = open.last().map_or(0, |&(item, _)| item);
            match (node.kind, node.name) {
                (NodeKind::Reference, Some(name)) => budget.push(&mut uses.first, (name, innermost))?,
                (NodeKind::Text, Some(text)) => {
                    budget.charge_bytes(text.len())?;
                    for (_, name) in references_in(text) {
                        budget.push(&mut uses.first, (name, innermost))?;
                    }
                }
                _ => {}
            }
        }
        budget.charge_sorting(uses.first.len())?;
        uses.first.sort_by_key(|&(name, _)| name);
        uses.first.dedup_by_key(|&mut (name, _)| name);
        Ok(uses)
    }

    /// The first member or parameter that refers to another type, with those that it is in; whether that is a parameter.
    pub(super) fn place(&self, name: &[u8], budget: &mut Budget) -> Result<(Vec<u8>, bool)> {
        let found = self.first.binary_search_by_key(&name, |&(other, _)| other);
        let found = found.ok().and_then(|at| self.first.get(at));
        let mut next = found.map_or(0, |&(_, innermost)| innermost);
        let mut around: Vec<&Item<'t>> = Vec::new();
        while let Some(item) = next.checked_sub(1).and_then(|at| self.items.get(at)) {
            budget.charge_work(1)?;
            budget.push(&mut around, item)?;
            next = item.around;
        }
        let is_parameter = around.last().is_some_and(|item| item.is_parameter);
        let mut by: Vec<u8> = Vec::new();
        for name in around.iter().rev().filter_map(|item| item.name) {
            budget.charge_bytes(name.len())?;
            if !by.is_empty() {
                budget.push(&mut by, b'.')?;
            }
            budget.extend(&mut by, name)?;
        }
        budget.free(around);
        Ok((by, is_parameter))
    }

    pub(super) fn bytes(&self) -> u64 {
        bytes_of(&self.items).saturating_add(bytes_of(&self.first))
    }

    /// Gives back what it has cost.
    pub(super) fn free(self, budget: &mut Budget) {
        budget.free(self.items);
        budget.free(self.first);
    }
}
