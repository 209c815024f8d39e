//! Canonical descriptions (SPEC section 9): a symbol's version depends on what its own description reaches, and on
//! nothing else that the object has.
//!
//! One type name can mean different things in different places: a definition here, a declaration there. Which of them
//! counts must not depend on what other symbols reach. So symbols share a type map only where no name in it has more
//! than one string; any other symbol has a map of its own, in which the rules of SPEC section 6 decide.

use alloc::vec::Vec;
use core::cmp::Reverse;

use crate::budget::Budget;
use crate::crc::Crc;
use crate::dwarf::Dwarf;
use crate::error::{Error, Result};
use crate::exports::{ExportId, Exports, PerExport};
use crate::graph::{Graph, Root};
use crate::kabi::{RuleKind, Rules};
use crate::part::{Part, Symbol};
use crate::plan::Plan;
use crate::symtype::{Expander, Renderer};
use crate::versions::Claim;

/// Adds the symbols of a graph.
pub(crate) fn add(
    parts: &mut Vec<Part>,
    graph: &Graph,
    dwarf: &Dwarf<'_>,
    plan: &Plan,
    rules: &Rules<'_>,
    budget: &mut Budget,
) -> Result<()> {
    // A rule can refer to any type that the map has.
    let can_share = rules.of_kind(RuleKind::TypeString).next().is_none();
    let unit = |root: &Root| graph.node(root.node).map(|node| node.die.0);
    let mut roots: Vec<Root> = Vec::new();
    budget.extend(&mut roots, &graph.roots)?;
    // What stands in one unit has mostly the same types.
    roots.sort_by_key(unit);
    for roots in roots.chunk_by(|a, b| unit(a) == unit(b)) {
        if !can_share {
            add_each(parts, graph, dwarf, plan, roots, budget)?;
            continue;
        }
        // It is tried with a budget of its own, which is given back if the map will not do.
        let trial = &mut budget.clone();
        let part = render(graph, dwarf, plan, roots, trial)?;
        if roots.len() <= 1 || !part.types.has_varieties() {
            *budget = trial.clone();
            budget.push(parts, part)?;
            continue;
        }
        budget.charge_work(trial.total_work().saturating_sub(budget.total_work()))?;
        drop(part);
        add_each(parts, graph, dwarf, plan, roots, budget)?;
    }
    budget.free(roots);
    Ok(())
}

/// Adds symbols with a map for each.
fn add_each(
    parts: &mut Vec<Part>,
    graph: &Graph,
    dwarf: &Dwarf<'_>,
    plan: &Plan,
    roots: &[Root],
    budget: &mut Budget,
) -> Result<()> {
    for root in roots {
        let part = render(graph, dwarf, plan, core::slice::from_ref(root), budget)?;
        budget.push(parts, part)?;
    }
    Ok(())
}

/// The strings of some symbols, and of the types that they reach.
fn render(
    graph: &Graph,
    dwarf: &Dwarf<'_>,
    plan: &Plan,
    roots: &[Root],
    budget: &mut Budget,
) -> Result<Part> {
    let mut part = Part::default();
    let mut renderer = Renderer::new(graph, dwarf, budget)?;
    for root in roots {
        let string = renderer.root(root.node, &mut part.types, budget)?;
        for id in plan.described(root.group) {
            let symbol = Symbol { group: id, id, rank: root.rank, string: part.strings.len() };
            budget.push(&mut part.symbols, symbol)?;
        }
        budget.push(&mut part.strings, string)?;
    }
    renderer.types(&mut part.types, budget)?;
    renderer.free(budget);
    Ok(part)
}

/// Leaves every symbol one description: of several, the one whose claim is the best.
pub(crate) fn choose(parts: &mut [Part], exports: &Exports, budget: &mut Budget) -> Result<()> {
    let mut counts = PerExport::new(exports, 0_u32, budget)?;
    for symbol in parts.iter().flat_map(|part| &part.symbols) {
        budget.charge_work(1)?;
        counts.set(symbol.id, counts.get(symbol.id).unwrap_or(0).saturating_add(1));
    }
    let is_ambiguous = |id: ExportId| counts.get(id).is_some_and(|count| count > 1);
    let mut best: PerExport<Option<(Claim, usize, usize)>> = PerExport::new(exports, None, budget)?;
    for (number, part) in parts.iter().enumerate() {
        let ambiguous = part.symbols.iter().enumerate().filter(|(_, symbol)| is_ambiguous(symbol.id));
        let mut expander = None;
        for (at, symbol) in ambiguous {
            let Some(string) = part.strings.get(symbol.string) else { continue };
            let expander = match &mut expander {
                Some(expander) => expander,
                None => expander.insert(Expander::new(&part.types, budget)?),
            };
            let mut crc = Crc::of_whole();
            expander
                .expand(string, budget, |piece| {
                    crc.update(piece);
                    Ok::<(), Error>(())
                })
                .map_err(|error| error.about(exports.name(symbol.id)))?;
            let length = Reverse(crc.length());
            let claim = Claim { rank: symbol.rank, length, version: crc.finish() };
            if best.get(symbol.id).flatten().is_none_or(|known| claim < known.0) {
                best.set(symbol.id, Some((claim, number, at)));
            }
        }
    }
    for (number, part) in parts.iter_mut().enumerate() {
        let mut next: usize = 0;
        part.symbols.retain(|symbol| {
            let at = next;
            next = next.saturating_add(1);
            let place = best.get(symbol.id).flatten().map(|(_, part, at)| (part, at));
            place.is_none_or(|place| place == (number, at))
        });
    }
    Ok(())
}

/// Adds what a part has to a view of all of them, in which the rules of SPEC section 6 decide for each name.
pub(crate) fn gather(all: &mut Part, part: &Part, budget: &mut Budget) -> Result<()> {
    let renamed = all.types.add(&part.types, budget)?;
    let first = all.strings.len();
    for string in &part.strings {
        let mut copy = Default::default();
        string.borrowed().copy_to(&mut copy, budget)?;
        renamed.apply(&mut copy, budget)?;
        budget.push(&mut all.strings, copy)?;
    }
    for symbol in &part.symbols {
        let string = symbol.string.saturating_add(first);
        budget.push(&mut all.symbols, Symbol { string, ..*symbol })?;
    }
    Ok(())
}
