//! What an object says about its exported symbols: the type map and the symbols' strings.

use alloc::vec::Vec;
use core::fmt;

use crate::budget::Budget;
use crate::canonical;
use crate::computation::Computation;
use crate::dwarf::Dwarf;
use crate::error::{Error, Result};
use crate::exports::{ExportId, Exports, PerExport};
use crate::graph::Graph;
use crate::kabi::Rules;
use crate::object::Object;
use crate::plan::Plan;
use crate::symtype::{
    Expander, Known, Renderer, TypeMap, TypeString, add_missing, conflicts, override_symbol, override_types,
};
use crate::versions::{Rank, Versions};

/// The descriptions of an object's exported symbols.
#[derive(Debug)]
pub struct Description {
    /// Everything; if versions are canonical, what is shown of all parts, once it is asked for.
    all: Part,
    /// If versions are canonical, what they are computed from.
    parts: Vec<Part>,
    /// Helps to recognise types as long as descriptions are added.
    known: Known,
    /// The bytes of the above.
    kept: u64,
    budget: Budget,
}

/// Symbols whose strings refer to the types of one map.
#[derive(Debug, Default)]
pub(crate) struct Part {
    pub(crate) types: TypeMap,
    /// One for each group of symbols, and one for each symbol that a rule is about.
    pub(crate) strings: Vec<TypeString>,
    pub(crate) symbols: Vec<Symbol>,
}

/// A described symbol.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Symbol {
    pub(crate) group: ExportId,
    pub(crate) id: ExportId,
    pub(crate) rank: Rank,
    /// A position in the strings.
    pub(crate) string: usize,
}

impl Part {
    /// Applies the `type_string` rules.
    fn finish(&mut self, object: &Object<'_>, exports: &Exports, budget: &mut Budget) -> Result<()> {
        let Part { types, strings, symbols } = self;
        symbols.sort_unstable_by_key(|symbol| (symbol.id, symbol.string));
        override_types(types, object.rules(), budget)?;
        for symbol in symbols {
            if let Some(string) = override_symbol(exports.name(symbol.id), types, object.rules(), budget)? {
                symbol.string = strings.len();
                budget.push(strings, string)?;
            }
        }
        add_missing(types, object.rules(), budget)
    }
}

impl Description {
    /// A description of an object, without any symbols yet.
    pub fn new(object: &Object<'_>, plan: &Plan) -> Description {
        let known = Known::new(plan.batches().len() > 1);
        Description { all: Part::default(), parts: Vec::new(), known, kept: 0, budget: object.budget() }
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
        let Part { types, strings, symbols } = &mut self.all;
        let mut renderer = Renderer::new(graph, dwarf, budget)?;
        for root in &graph.roots {
            let string = renderer.root(root.node, types, &mut self.known, budget)?;
            for id in plan.described(root.group).filter(|&id| known.get(id).is_none()) {
                let symbol = Symbol { group: root.group, id, rank: root.rank, string: strings.len() };
                budget.push(symbols, symbol)?;
            }
            budget.push(strings, string)?;
        }
        renderer.types(types, &mut self.known, budget)?;
        renderer.free(budget);
        Ok(())
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

    /// Forgets what only helps to add more.
    fn forget(&mut self, object: &Object<'_>) {
        let bytes = core::mem::take(&mut self.known).bytes();
        self.kept = self.kept.saturating_sub(bytes);
        object.meter().release(bytes);
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
        if !object.is_canonical() {
            return all.finish(object, exports, budget);
        }
        for part in parts.iter_mut() {
            part.finish(object, exports, budget)?;
        }
        canonical::choose(parts, exports, budget)
    }

    /// Computes the versions of the symbols that were described (SPEC section 7).
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
        let Description { all, parts, budget, .. } = self;
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
        self.parts().map(|part| part.symbols.len()).sum()
    }

    /// The number of types that have a name, in each map that there is.
    pub fn type_count(&self) -> usize {
        self.parts().map(|part| part.types.iter().count()).sum()
    }

    fn parts(&self) -> impl Iterator<Item = &Part> {
        let all = self.parts.is_empty().then_some(&self.all);
        all.into_iter().chain(&self.parts)
    }

    /// Puts together what is shown of all parts.
    fn gather(&mut self) -> Result<()> {
        let Description { all, parts, budget, .. } = self;
        if all.symbols.is_empty() {
            for part in parts {
                canonical::gather(all, part, budget)?;
            }
            all.symbols.sort_unstable_by_key(|symbol| symbol.id);
        }
        Ok(())
    }

    /// The steps of work that were done on the object so far.
    pub fn work(&self) -> u64 {
        self.budget.total_work()
    }

    /// Writes `<symbol> <expanded string>` and a line break for every symbol whose version is computed, piece
    /// by piece.
    ///
    /// # Errors
    /// As in [`Description::compute`], and whatever `write` returns.
    pub fn dump_versions<E: From<Error>>(
        &mut self,
        exports: &Exports,
        mut write: impl FnMut(&[u8]) -> Result<(), E>,
    ) -> Result<(), E> {
        let Description { all, parts, budget, .. } = self;
        let parts = if parts.is_empty() { core::slice::from_ref(all) } else { parts };
        let mut dumped = PerExport::new(exports, false, budget)?;
        let mut symbols: Vec<(&Symbol, usize)> = Vec::new();
        for (number, part) in parts.iter().enumerate() {
            for symbol in &part.symbols {
                budget.push(&mut symbols, (symbol, number))?;
            }
        }
        symbols.sort_by_key(|(symbol, _)| symbol.id);
        let mut expander: Option<(usize, Expander<'_>)> = None;
        for (symbol, number) in symbols {
            if dumped.get(symbol.group) == Some(true) {
                continue;
            }
            dumped.set(symbol.group, true);
            let Some(part) = parts.get(number) else { continue };
            let Some(string) = part.strings.get(symbol.string) else { continue };
            let expander = match &mut expander {
                Some((same, expander)) if *same == number => expander,
                other => &mut other.insert((number, Expander::new(&part.types, budget)?)).1,
            };
            write(exports.name(symbol.id))?;
            write(b" ")?;
            expander.expand(string, budget, &mut write)?;
            write(b"\n")?;
        }
        Ok(())
    }

    /// The types of the type map and their strings, in the order of their names.
    ///
    /// # Errors
    /// A limit.
    pub fn types(&mut self) -> Result<impl Iterator<Item = (&[u8], &[u8])>> {
        let lines = self.lines(None)?;
        Ok(lines.into_iter())
    }

    /// The lines of the symtypes file (SPEC section 6): names of types and symbols, and their strings.
    ///
    /// # Errors
    /// A limit.
    pub fn symtypes<'a>(
        &'a mut self,
        exports: &'a Exports,
    ) -> Result<impl Iterator<Item = (&'a [u8], &'a [u8])>> {
        let lines = self.lines(Some(exports))?;
        Ok(lines.into_iter())
    }

    /// The types with different definitions that versions depend on, in the order of their names, each with the first
    /// symbol whose version does. Which definition counts is decided (SPEC section 6); another one is not seen.
    ///
    /// # Errors
    /// A limit.
    pub fn conflicts<'a>(&'a mut self, exports: &'a Exports) -> Result<Vec<(&'a [u8], &'a [u8])>> {
        self.gather()?;
        let Description { all: Part { types, strings, symbols }, budget, .. } = self;
        let symbols = symbols.iter().filter_map(|symbol| Some((symbol.id, strings.get(symbol.string)?)));
        let found = conflicts(types, symbols, budget)?;
        let mut names: Vec<(&[u8], &[u8])> = Vec::new();
        for (id, symbol) in found {
            budget.push(&mut names, (types.name(id), exports.name(symbol)))?;
        }
        names.sort_unstable();
        Ok(names)
    }

    fn lines<'a>(&'a mut self, exports: Option<&'a Exports>) -> Result<Vec<(&'a [u8], &'a [u8])>> {
        self.gather()?;
        let Description { all: Part { types, strings, symbols }, budget, .. } = self;
        let mut lines: Vec<(&[u8], &[u8])> = Vec::new();
        for (id, string) in types.iter() {
            budget.push(&mut lines, (types.name(id), &string.text))?;
        }
        if let Some(exports) = exports {
            for symbol in symbols.iter() {
                let Some(string) = strings.get(symbol.string) else { continue };
                budget.push(&mut lines, (exports.name(symbol.id), &string.text))?;
            }
        }
        lines.sort_unstable();
        Ok(lines)
    }
}

impl fmt::Display for Description {
    /// How much there is of what.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} symbols, {} named types", self.symbol_count(), self.type_count())
    }
}
