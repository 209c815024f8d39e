//! Old names of renamed members that end up elsewhere, or nowhere (SPEC section 8).

use alloc::vec::Vec;

use dwarfksyms_core::Result;
use dwarfksyms_core::budget::Budget;

use crate::types::{Catalog, Contents, FileId, NodeKind, Tree};

use super::finding::{Finding, FindingKind};

/// Compares the types, and exports, as versions see them with what they would be if every old name stayed with its
/// member.
pub(super) fn check(
    catalog: &Catalog<'_>,
    stable: FileId,
    clean: FileId,
    findings: &mut Vec<Finding>,
    budget: &mut Budget,
) -> Result<()> {
    let clean = Contents::of(catalog, clean, budget)?;
    for &record in catalog.records(stable) {
        budget.charge_work(1)?;
        let name = catalog.name_of(record);
        let Some(other) = clean.get(name).filter(|&other| other != record) else { continue };
        let (text, other) = (catalog.text(record), catalog.text(other));
        budget.charge_bytes(text.len().saturating_add(other.len()))?;
        // What is taken apart is not kept.
        let found = budget.apart(|budget| compare(catalog.name(name), text, other, budget))?;
        for finding in found {
            let bytes = finding.subject.capacity().saturating_add(finding.text.capacity());
            budget.charge_memory(bytes)?;
            budget.push(findings, finding)?;
        }
    }
    clean.free(budget);
    Ok(())
}

fn compare(owner: &[u8], text: &[u8], clean: &[u8], budget: &mut Budget) -> Result<Vec<Finding>> {
    let mut findings = Vec::new();
    let (Some(tree), Some(clean)) = (Tree::parse(text, budget)?, Tree::parse(clean, budget)?) else {
        return Ok(findings);
    };
    for (seen, meant) in tree.part(Tree::ROOT).iter().zip(clean.part(Tree::ROOT)) {
        let is_item = matches!(seen.kind, NodeKind::Member | NodeKind::Parameter);
        if seen.kind != meant.kind {
            break;
        }
        if !is_item || seen.name == meant.name {
            continue;
        }
        let kind: &[u8] = if seen.kind == NodeKind::Member { b" member " } else { b" parameter " };
        let mut subject = Vec::new();
        for part in [owner, kind, meant.name.unwrap_or(b"(no name)")] {
            budget.extend(&mut subject, part)?;
        }
        let mut text = Vec::new();
        let parts: [&[u8]; 3] = match seen.name {
            Some(name) => [
                b"has the name '",
                name,
                b"' in versions: an old name ends up where the kernel's tool carries it",
            ],
            None => [b"has no name in versions", b"", b": members of its old type come in between"],
        };
        for part in parts {
            budget.extend(&mut text, part)?;
        }
        budget
            .push(&mut findings, Finding { kind: FindingKind::OldNameAstray, place: None, subject, text })?;
    }
    Ok(findings)
}
