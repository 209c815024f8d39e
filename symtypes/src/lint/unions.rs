//! kABI unions whose members do not fit the placeholder, and placeholders that have no effect.

use alloc::vec::Vec;

use dwarfksyms_core::Result;
use dwarfksyms_core::budget::Budget;

use crate::layout::{Alignment, Library};
use crate::types::{FileId, NodeIndex, NodeKind, Tree};

use super::finding::{Finding, FindingKind};

const PLACEHOLDERS: [&[u8]; 3] = [b"__kabi_reserved", b"__kabi_ignored", b"__kabi_renamed"];
const IGNORED: &[u8] = b"__kabi_ignored";

/// The members among which a placeholder is looked for.
const FIRST: usize = 2;

/// Looks at all types of a file.
pub(super) fn check(
    types: &Library<'_, '_>,
    file: FileId,
    findings: &mut Vec<Finding>,
    budget: &mut Budget,
) -> Result<()> {
    for &record in types.catalog.records(file) {
        let text = types.catalog.text(record);
        budget.charge_bytes(text.len())?;
        if memchr::memmem::find(text, b"__kabi_").is_none() {
            continue;
        }
        let Some(tree) = Tree::parse(text, budget)? else { continue };
        let owner = types.catalog.name(types.catalog.name_of(record));
        for at in 0..tree.part(Tree::ROOT).len() {
            let index = NodeIndex::after(Tree::ROOT, at);
            budget.charge_work(1)?;
            if tree.kind(index) == NodeKind::Union {
                // What is measured is not kept.
                let found = budget.apart(|budget| union(types, &tree, index, owner, budget))?;
                for finding in found {
                    let bytes = finding.subject.capacity().saturating_add(finding.text.capacity());
                    budget.charge_memory(bytes)?;
                    budget.push(findings, finding)?;
                }
            }
        }
    }
    Ok(())
}

fn union(
    types: &Library<'_, '_>,
    tree: &Tree<'_>,
    union: NodeIndex,
    owner: &[u8],
    budget: &mut Budget,
) -> Result<Vec<Finding>> {
    let mut findings = Vec::new();
    let mut placeholder = None;
    let (mut looked_at, mut passed) = (0_usize, 0_usize);
    for member in tree.items(union) {
        if placeholder.is_some() || looked_at == FIRST {
            break;
        }
        passed = passed.saturating_add(1);
        placeholder = stand_in(types, tree, member, budget)?;
        // Behind the first member, those of an empty structure do not count.
        if looked_at == 0 || !is_empty(types, tree, member, budget)? {
            looked_at = looked_at.saturating_add(1);
        }
    }
    let Some((placeholder, name, alignment, size)) = placeholder else {
        for member in tree.items(union).skip(passed) {
            let name = tree.name(member).unwrap_or_default();
            if is_placeholder(name) {
                let text = b"is not among the first two members of its union, and so has no effect";
                note(&mut findings, FindingKind::PlaceholderUnused, owner, name, text, budget)?;
            }
        }
        return Ok(findings);
    };
    if name.starts_with(IGNORED) {
        return Ok(findings);
    }
    for member in tree.items(union).filter(|&member| member != placeholder) {
        let Some(inner) = tree.type_of(member) else { continue };
        let own = tree.name(member).unwrap_or(b"(no name)");
        let (own_size, own_alignment) =
            (types.bits(tree, inner, budget)?, types.alignment(tree, inner, budget)?);
        let mut buffer = itoa::Buffer::new();
        if let (Some(own_size), Some(size)) = (own_size, size)
            && own_size > size
        {
            let mut text = b"has ".to_vec();
            text.extend_from_slice(buffer.format(own_size >> 3).as_bytes());
            text.extend_from_slice(b" bytes, and the placeholder only ");
            text.extend_from_slice(buffer.format(size >> 3).as_bytes());
            note(&mut findings, FindingKind::UnionLarger, owner, own, &text, budget)?;
        }
        if let (Some(own_alignment), Some(alignment)) = (own_alignment.bytes(), alignment.bytes())
            && own_alignment > alignment
        {
            let mut text = b"is aligned to ".to_vec();
            text.extend_from_slice(buffer.format(own_alignment).as_bytes());
            text.extend_from_slice(b" bytes, and the placeholder only to ");
            text.extend_from_slice(buffer.format(alignment).as_bytes());
            note(&mut findings, FindingKind::UnionStricterAligned, owner, own, &text, budget)?;
        }
    }
    Ok(findings)
}

/// A member, the placeholder's name, and what the placeholder's own type measures: alignment, size in bits.
type StandIn<'n> = (NodeIndex, &'n [u8], Alignment, Option<u64>);

/// What stands in for a union, if this member or the first in its structure does.
fn stand_in<'n>(
    types: &Library<'_, 'n>,
    tree: &Tree<'n>,
    member: NodeIndex,
    budget: &mut Budget,
) -> Result<Option<StandIn<'n>>> {
    let Some(inner) = tree.type_of(member) else { return Ok(None) };
    let measure = |tree: &Tree<'n>, of: NodeIndex, name, budget: &mut Budget| -> Result<_> {
        let Some(inner) = tree.type_of(of) else { return Ok(None) };
        let (alignment, size) = (types.alignment(tree, inner, budget)?, types.bits(tree, inner, budget)?);
        Ok(Some((member, name, alignment, size)))
    };
    if let Some(name) = tree.name(member).filter(|name| is_placeholder(name)) {
        return measure(tree, member, name, budget);
    }
    let referred = match (tree.kind(inner), tree.name(inner)) {
        (NodeKind::Reference, Some(name)) => types.tree(name, budget)?,
        _ => None,
    };
    let (tree, structure) = match &referred {
        Some(referred) => (referred, Tree::ROOT),
        None => (tree, inner),
    };
    if tree.kind(structure) != NodeKind::Structure {
        return Ok(None);
    }
    let Some(first) = tree.items(structure).next() else { return Ok(None) };
    match tree.name(first).filter(|name| is_placeholder(name)) {
        Some(name) => measure(tree, first, name, budget),
        None => Ok(None),
    }
}

/// Whether a member's own type is a structure without members.
fn is_empty(
    types: &Library<'_, '_>,
    tree: &Tree<'_>,
    member: NodeIndex,
    budget: &mut Budget,
) -> Result<bool> {
    let Some(inner) = tree.type_of(member) else { return Ok(false) };
    let is_empty = |tree: &Tree<'_>, index| {
        // A declaration has no size, but no member can be of it.
        tree.kind(index) == NodeKind::Structure && tree.items(index).next().is_none()
    };
    match (tree.kind(inner), tree.name(inner)) {
        (NodeKind::Reference, Some(name)) => {
            Ok(types.tree(name, budget)?.is_some_and(|tree| is_empty(&tree, Tree::ROOT)))
        }
        _ => Ok(is_empty(tree, inner)),
    }
}

fn is_placeholder(name: &[u8]) -> bool {
    PLACEHOLDERS.iter().any(|prefix| name.starts_with(prefix))
}

fn note(
    findings: &mut Vec<Finding>,
    kind: FindingKind,
    owner: &[u8],
    member: &[u8],
    text: &[u8],
    budget: &mut Budget,
) -> Result<()> {
    let (mut subject, mut kept) = (Vec::new(), Vec::new());
    for part in [owner, b" member ", member] {
        budget.extend(&mut subject, part)?;
    }
    budget.extend(&mut kept, text)?;
    budget.push(findings, Finding { kind, place: None, subject, text: kept })
}
