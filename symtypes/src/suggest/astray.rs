//! Whether a renamed member's old name would go astray in the kernel's tool (SPEC section 8, the old name).
//!
//! Types do not state in which order they are described. So this errs on the safe side: an old name is sure to stay with
//! its member only if another member begins behind it, and if nothing in its old type has members or parameters.

use alloc::vec::Vec;

use dwarfksyms_core::Result;
use dwarfksyms_core::budget::Budget;

use crate::types::{NodeIndex, NodeKind, Tree, references_in};

use crate::layout::Library;

/// How an old name can go astray.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Astray {
    /// Nothing begins between the end of the member and that of the member that it is in.
    Inside,
    /// Nothing begins between the end of the member and that of whatever leads to the type.
    Outward,
    /// Something begins between the old name and the end of its member.
    Lost,
}

/// What may happen to the old names of a type that is described like this, and the first name that it may happen to.
pub(super) fn astray<'n>(
    text: &[u8],
    renamed: &[&'n [u8]],
    types: &Library<'_, '_>,
    budget: &mut Budget,
) -> Result<Option<(Astray, &'n [u8])>> {
    let Some(tree) = Tree::parse(text, budget)? else { return Ok(None) };
    let mut found = None;
    for at in 0..tree.part(Tree::ROOT).len() {
        let index = NodeIndex::after(Tree::ROOT, at);
        budget.charge_work(1)?;
        if !tree.kind(index).is_aggregate() {
            continue;
        }
        let mut items = tree.items(index).peekable();
        while let Some(item) = items.next() {
            budget.charge_bytes(renamed.len().saturating_mul(16))?;
            let is_renamed = |name: &&&[u8]| tree.name(item) == Some(**name);
            let Some(&name) = renamed.iter().find(is_renamed) else { continue };
            let is_inside = tree.kind(Tree::ROOT).is_aggregate() && index != Tree::ROOT;
            if items.peek().is_none() && found.is_none() {
                found = Some((if is_inside { Astray::Inside } else { Astray::Outward }, name));
            }
            if let Some(inner) = tree.type_of(item)
                && has_items(&tree, inner, types, budget)?
            {
                return Ok(Some((Astray::Lost, name)));
            }
        }
    }
    Ok(found)
}

/// Whether there are members or parameters in a type, or in any that it leads to.
fn has_items(
    tree: &Tree<'_>,
    index: NodeIndex,
    types: &Library<'_, '_>,
    budget: &mut Budget,
) -> Result<bool> {
    let is_item = |kind| matches!(kind, NodeKind::Member | NodeKind::Parameter);
    let mut names: Vec<&[u8]> = Vec::new();
    for node in tree.part(index) {
        budget.charge_work(1)?;
        if is_item(node.kind) {
            return Ok(true);
        }
        if let (NodeKind::Reference, Some(name)) = (node.kind, node.name) {
            budget.push(&mut names, name)?;
        }
    }
    let mut next = 0;
    while let Some(&name) = names.get(next) {
        next = next.saturating_add(1);
        let Some(text) = types.text(name) else { continue };
        let Some(tree) = Tree::parse(text, budget)? else { return Ok(true) };
        if tree.part(Tree::ROOT).iter().any(|node| is_item(node.kind)) {
            return Ok(true);
        }
        for (_, name) in references_in(text) {
            budget.charge_bytes(names.len().saturating_mul(16))?;
            if !names.contains(&name) {
                budget.push(&mut names, name)?;
            }
        }
    }
    Ok(false)
}
