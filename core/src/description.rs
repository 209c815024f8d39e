//! What an object says about its exported symbols: the type map and the symbols' strings.

mod shown;

use alloc::vec::Vec;
use core::fmt;

use crate::budget::{Budget, Spendable, bytes_of};
use crate::canonical;
use crate::computation::Computation;
use crate::dwarf::Dwarf;
use crate::error::{Place, Result};
use crate::exports::{ExportId, Exports};
use crate::graph::{Graph, Root};
use crate::kabi::Rules;
use crate::object::Object;
use crate::options::Scheme;
use crate::part::{Part, Symbol};
use crate::plan::Plan;
use crate::symtype::{Identity, Known, Recognizer, Renderer, Replay, TypeMap, TypeString};
use crate::versions::{Claim, Versions};

/// The descriptions of an object's exported symbols.
#[derive(Debug)]
pub struct Description {
    /// Everything; if versions are canonical, what is shown of all parts, once it is asked for.
    all: Part,
    /// If versions are canonical, what they are computed from.
    parts: Vec<Part>,
    /// If versions are per unit, what is left of units that have been described.
    units: Units,
    /// Helps to recognise types as long as descriptions are added.
    known: Known,
    /// How often something was met that is described only in a graph.
    graphs: usize,
    /// The bytes of the above.
    kept: u64,
    budget: Budget,
}

/// What is kept of units whose symbols have their versions.
#[derive(Debug, Default)]
struct Units {
    versions: Vec<(ExportId, Claim)>,
    /// Types with different definitions, as in [`Description::conflicts`].
    conflicts: Vec<(Vec<u8>, ExportId)>,
    contradictions: Vec<Contradiction>,
    type_count: usize,
}

/// Two symbol pointers that say different things of one symbol.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Contradiction {
    /// The symbol.
    pub symbol: ExportId,
    /// What its version comes from.
    pub home: Place,
    /// What contradicts that.
    pub other: Place,
}

impl Description {
    /// A description of an object, without any symbols yet.
    pub fn new(object: &Object<'_>, plan: &Plan) -> Description {
        Description::empty(Known::new(plan.batches().len() > 1), object.budget())
    }

    fn empty(known: Known, budget: Budget) -> Description {
        Description {
            all: Part::default(),
            parts: Vec::new(),
            units: Units::default(),
            known,
            graphs: 0,
            kept: 0,
            budget,
        }
    }

    /// Adds the types of a graph, and those of its symbols that have no version yet.
    pub(crate) fn add(
        &mut self,
        graph: &Graph,
        dwarf: &Dwarf<'_>,
        plan: &Plan,
        known: &Versions,
        budget: &mut Budget,
    ) -> Result<()> {
        if self.known.is_kept() && self.replay(graph, dwarf, plan, known, budget)? {
            return Ok(());
        }
        let Part { types, strings, symbols } = &mut self.all;
        let mut renderer = Renderer::new(graph, dwarf, budget)?;
        for root in &graph.roots {
            let string = renderer.root(root.node, types, budget)?;
            add_symbols(symbols, root, strings.len(), (plan, known), budget)?;
            budget.push(strings, string)?;
        }
        renderer.types(types, budget)?;
        renderer.free(budget);
        Ok(())
    }

    /// Adds what a graph has by recognising it; whether that was possible.
    fn replay(
        &mut self,
        graph: &Graph,
        dwarf: &Dwarf<'_>,
        plan: &Plan,
        known: &Versions,
        budget: &mut Budget,
    ) -> Result<bool> {
        let own = &mut budget.clone();
        let (met, types) = self.lend();
        let mut recognizer = Recognizer::new(dwarf, met, types);
        let mut replay = Replay::new(graph, graph.source(dwarf), own)?;
        let mut replayed = Ok(());
        for root in &graph.roots {
            replayed = replayed.and_then(|()| replay.symbol(root.node, &mut recognizer, own).map(drop));
        }
        replayed = replayed.and_then(|()| replay.types(&mut recognizer, own));
        replay.free(own);
        let (found, kept) = self.take_back(recognizer, own);
        if replayed.is_err() {
            // What is wrong shows when it is rendered.
            let spent = own.spent().without(budget.spent()).without_memory();
            budget.spend(Spendable { memory: kept, ..spent })?;
            return Ok(false);
        }
        *budget = own.clone();
        let Part { strings, symbols, .. } = &mut self.all;
        for (string, root) in found.into_iter().zip(&graph.roots) {
            add_symbols(symbols, root, strings.len(), (plan, known), budget)?;
            budget.push(strings, string)?;
        }
        Ok(true)
    }

    /// Whether trying without a graph does not pay: nothing is met twice, or things are often met that are described only
    /// in one.
    pub(crate) fn needs_graphs(&self) -> bool {
        !self.known.is_kept() || self.graphs > 8_usize.saturating_add(self.all.strings.len() >> 4)
    }

    /// Notes that something was met that is described only in a graph.
    pub(crate) fn note_need_of_graph(&mut self) {
        self.graphs = self.graphs.saturating_add(1);
    }

    /// What a recogniser needs, which has to be taken back.
    pub(crate) fn lend(&mut self) -> (Known, TypeMap) {
        (core::mem::take(&mut self.known), core::mem::take(&mut self.all.types))
    }

    /// Takes back what a recogniser was lent; returns the strings of symbols.
    pub(crate) fn take_back(
        &mut self,
        recognizer: Recognizer<'_, '_>,
        budget: &mut Budget,
    ) -> (Vec<TypeString>, u64) {
        let (known, types, strings, kept) = recognizer.finish(budget);
        (self.known, self.all.types) = (known, types);
        (strings, kept)
    }

    /// Adds the symbols that a recogniser has found; `strings` are theirs, and the bytes that are kept.
    pub(crate) fn add_recognized(
        &mut self,
        graph: &Graph,
        (found, kept): (Vec<TypeString>, u64),
        plan: &Plan,
        known: &Versions,
        budget: &mut Budget,
    ) -> Result<u64> {
        let before = budget.spent().memory;
        let Part { strings, symbols, .. } = &mut self.all;
        let first = strings.len();
        for root in &graph.roots {
            let Some(Identity::Symbol(number)) = graph.node(root.node).and_then(|node| node.identity) else {
                continue;
            };
            let string = usize::try_from(number).unwrap_or(usize::MAX).saturating_add(first);
            add_symbols(symbols, root, string, (plan, known), budget)?;
        }
        for string in found {
            budget.push(strings, string)?;
        }
        let kept = kept.saturating_add(budget.spent().memory.saturating_sub(before));
        self.note_kept(kept);
        Ok(kept)
    }

    /// Adds the symbols of a graph for canonical versions.
    pub(crate) fn add_canonical(
        &mut self,
        graph: &Graph,
        dwarf: &Dwarf<'_>,
        plan: &Plan,
        rules: &Rules<'_>,
        budget: &mut Budget,
    ) -> Result<()> {
        canonical::add(&mut self.parts, graph, dwarf, plan, rules, budget)
    }

    /// Adds the symbols of a graph, which has all that may be seen of them, and computes their versions at once. What
    /// is left of the graph is returned for what is to be shown.
    pub(crate) fn add_unit(
        &mut self,
        graph: &Graph,
        dwarf: &Dwarf<'_>,
        plan: &Plan,
        context: Context<'_, '_>,
        budget: &mut Budget,
    ) -> Result<Description> {
        let Context { rules, exports, known } = context;
        let mut unit = Description::empty(Known::new(false), budget.clone());
        unit.add(graph, dwarf, plan, known, budget)?;
        unit.all.finish(rules, exports, budget)?;
        let versions = unit.all.versions(exports, budget)?;
        let before = budget.spent().memory;
        budget.extend(&mut self.units.versions, &versions)?;
        for (name, symbol) in unit.all.conflicts(budget)? {
            let mut copy = Vec::new();
            budget.extend(&mut copy, name)?;
            budget.push(&mut self.units.conflicts, (copy, symbol))?;
        }
        self.units.type_count = self.units.type_count.saturating_add(unit.type_count());
        self.note_kept(budget.spent().memory.saturating_sub(before));
        Ok(unit)
    }

    /// Notes that symbol pointers contradict each other.
    pub(crate) fn add_contradiction(
        &mut self,
        contradiction: Contradiction,
        budget: &mut Budget,
    ) -> Result<()> {
        let before = budget.spent().memory;
        budget.push(&mut self.units.contradictions, contradiction)?;
        self.note_kept(budget.spent().memory.saturating_sub(before));
        Ok(())
    }

    /// Forgets what only helps to add more.
    fn forget(&mut self, object: &Object<'_>) {
        let bytes = core::mem::take(&mut self.known).bytes();
        self.kept = self.kept.saturating_sub(bytes);
        object.meter().release(bytes);
    }

    /// The bytes that are kept here.
    pub(crate) fn kept(&self) -> u64 {
        self.kept
    }

    /// Notes that so many bytes more are kept here.
    pub(crate) fn note_kept(&mut self, bytes: u64) {
        self.kept = self.kept.saturating_add(bytes);
    }

    /// Takes over what another description of the same object has.
    ///
    /// # Errors
    /// A limit.
    pub fn merge(&mut self, object: &Object<'_>, mut other: Description) -> Result<()> {
        self.forget(object);
        other.forget(object);
        let budget = &mut object.budget();
        let all = &mut self.all;
        let renamed = all.types.absorb(other.all.types, budget)?;
        let first = all.strings.len();
        let mut moved: u64 = 0;
        for mut string in other.all.strings {
            renamed.apply(&mut string, budget)?;
            moved = moved.saturating_add(string.bytes());
            budget.push(&mut all.strings, string)?;
        }
        for symbol in other.all.symbols {
            let string = symbol.string.saturating_add(first);
            budget.push(&mut all.symbols, Symbol { string, ..symbol })?;
        }
        for part in other.parts {
            budget.push(&mut self.parts, part)?;
        }
        moved = moved.saturating_add(self.units.absorb(other.units, budget)?);
        // The types of the first are taken over as they are, and so are parts, and the symbols' strings in any case.
        let taken = if renamed.is_identity() { other.kept } else { moved };
        object.meter().release(other.kept.saturating_sub(taken));
        let grown = budget.spent().memory;
        self.note_kept(taken.saturating_add(grown));
        object.meter().spend(budget, grown)
    }

    /// Applies the `type_string` rules (SPEC section 8), when all batches have been added.
    ///
    /// # Errors
    /// A rule that cannot be applied, or a limit.
    pub fn finish(&mut self, object: &Object<'_>, exports: &Exports) -> Result<()> {
        self.forget(object);
        self.budget = object.budget();
        let Description { all, parts, budget, .. } = self;
        match object.scheme() {
            Scheme::Reference => all.finish(object.rules(), exports, budget),
            Scheme::Canonical => {
                for part in parts.iter_mut() {
                    part.finish(object.rules(), exports, budget)?;
                }
                canonical::choose(parts, exports, budget)
            }
            Scheme::PerUnit { .. } => {
                // Whoever has described what, the order is that of the symbols.
                self.units.conflicts.sort_unstable();
                let order = |it: &Contradiction| (it.symbol, it.home.offset, it.other.offset);
                self.units.contradictions.sort_unstable_by_key(order);
                // One for each symbol is enough.
                self.units.contradictions.dedup_by_key(|it| it.symbol);
                Ok(())
            }
        }
    }

    /// The versions of the symbols that were described (SPEC section 7).
    ///
    /// # Errors
    /// As in [`Description::compute`].
    pub fn versions(&mut self, exports: &Exports) -> Result<Versions> {
        let mut versions = Versions::none(exports, &mut self.budget)?;
        self.compute(exports, &mut versions)?;
        Ok(versions)
    }

    /// Adds the versions of the symbols that were described to those that are known.
    ///
    /// # Errors
    /// A reference to an unknown type, which only a rule can make, or a limit.
    pub fn compute(&mut self, exports: &Exports, versions: &mut Versions) -> Result<()> {
        self.compute_with(exports, versions, |computation| {
            computation.work().map_err(|failure| failure.error)
        })
    }

    /// Computes the versions of the symbols that were described, as far as `work` sees to it that somebody, or
    /// several threads, [work](Computation::work); it is called for each part that can be worked on by itself.
    ///
    /// # Errors
    /// What `work` returns, or a limit.
    pub fn compute_with(
        &mut self,
        exports: &Exports,
        versions: &mut Versions,
        mut work: impl FnMut(&Computation<'_>) -> Result<()>,
    ) -> Result<()> {
        let Description { all, parts, units, budget, .. } = self;
        for &(id, claim) in &units.versions {
            versions.offer(id, claim);
        }
        let parts = if parts.is_empty() { core::slice::from_ref(all) } else { parts };
        for Part { types, strings, symbols } in parts {
            // What it takes is gone when it is done.
            let own = &mut budget.clone();
            let computation = Computation::new(types, strings, symbols, exports, own)?;
            work(&computation)?;
            computation.finish(symbols, versions, own)?;
            budget.charge_work(own.total_work().saturating_sub(budget.total_work()))?;
        }
        Ok(())
    }

    /// The number of symbols that are described.
    pub fn symbol_count(&self) -> usize {
        let symbols = self.parts().map(|part| part.symbols.len());
        symbols.fold(self.units.versions.len(), usize::saturating_add)
    }

    /// The number of types that have a name, in each map that there is.
    pub fn type_count(&self) -> usize {
        let types = self.parts().map(|part| part.types.iter().count());
        types.fold(self.units.type_count, usize::saturating_add)
    }

    fn parts(&self) -> impl Iterator<Item = &Part> {
        let all = self.parts.is_empty().then_some(&self.all);
        all.into_iter().chain(&self.parts)
    }

    /// The steps of work that were done on the object so far.
    pub fn work(&self) -> u64 {
        self.budget.total_work()
    }

    /// The symbols about which symbol pointers in different units say different things, in their order. The one in the
    /// symbol's home counts.
    pub fn contradictions(&self) -> &[Contradiction] {
        &self.units.contradictions
    }
}

impl Units {
    /// Takes over what there is of other units; returns the bytes that are here now instead.
    fn absorb(&mut self, other: Units, budget: &mut Budget) -> Result<u64> {
        budget.extend(&mut self.versions, &other.versions)?;
        budget.extend(&mut self.contradictions, &other.contradictions)?;
        let mut moved: u64 = 0;
        for (name, symbol) in other.conflicts {
            moved = moved.saturating_add(bytes_of(&name));
            budget.push(&mut self.conflicts, (name, symbol))?;
        }
        self.type_count = self.type_count.saturating_add(other.type_count);
        Ok(moved)
    }
}

/// What a unit's description depends on, besides its graph.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Context<'c, 'd> {
    pub(crate) rules: &'c Rules<'d>,
    pub(crate) exports: &'c Exports,
    pub(crate) known: &'c Versions,
}

impl fmt::Display for Description {
    /// How much there is of what.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} symbols, {} named types", self.symbol_count(), self.type_count())
    }
}

/// Adds the symbols of a root, whose string is at a position, unless they have a version already.
fn add_symbols(
    symbols: &mut Vec<Symbol>,
    root: &Root,
    string: usize,
    (plan, known): (&Plan, &Versions),
    budget: &mut Budget,
) -> Result<()> {
    for id in plan.described(root.group).filter(|&id| known.is_open(id, root.rank)) {
        budget.push(symbols, Symbol { group: root.group, id, rank: root.rank, string })?;
    }
    Ok(())
}
