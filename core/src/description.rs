//! What an object says about its exported symbols: the type map and the symbols' strings.

use alloc::vec::Vec;
use core::fmt;

use crate::budget::Budget;
use crate::computation::Computation;
use crate::dwarf::Dwarf;
use crate::error::{Error, Result};
use crate::exports::{ExportId, Exports, PerExport};
use crate::graph::Graph;
use crate::object::Object;
use crate::plan::Plan;
use crate::symtype::{
    Expander, Known, Renderer, TypeMap, TypeString, add_missing, conflicts, override_symbol, override_types,
};
use crate::versions::Versions;

/// The descriptions of an object's exported symbols.
#[derive(Debug)]
pub struct Description {
    types: TypeMap,
    /// Helps to recognise types as long as descriptions are added.
    known: Known,
    /// One for each group of symbols, and one for each symbol that a rule is about.
    strings: Vec<TypeString>,
    symbols: Vec<Symbol>,
    /// The bytes of the above.
    kept: u64,
    budget: Budget,
}

/// A described symbol.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Symbol {
    pub(crate) group: ExportId,
    pub(crate) id: ExportId,
    /// A position in the strings.
    pub(crate) string: usize,
}

impl Description {
    /// A description of an object, without any symbols yet.
    pub fn new(object: &Object<'_>, plan: &Plan) -> Description {
        let (types, known) = (TypeMap::default(), Known::new(plan.batches().len() > 1));
        let (strings, symbols) = (Vec::new(), Vec::new());
        Description { types, known, strings, symbols, kept: 0, budget: object.budget() }
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
        let mut renderer = Renderer::new(graph, dwarf, budget)?;
        for root in &graph.roots {
            let string = renderer.root(root.node, &mut self.types, &mut self.known, budget)?;
            for id in plan.aliases.members(root.group).filter(|&id| known.get(id).is_none()) {
                let symbol = Symbol { group: root.group, id, string: self.strings.len() };
                budget.push(&mut self.symbols, symbol)?;
            }
            budget.push(&mut self.strings, string)?;
        }
        renderer.types(&mut self.types, &mut self.known, budget)?;
        renderer.free(budget);
        Ok(())
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
        let renamed = self.types.absorb(other.types, budget)?;
        let first = self.strings.len();
        let mut moved: u64 = 0;
        for mut string in other.strings {
            renamed.apply(&mut string, budget)?;
            moved = moved.saturating_add(string.bytes());
            budget.push(&mut self.strings, string)?;
        }
        for symbol in other.symbols {
            let string = symbol.string.saturating_add(first);
            budget.push(&mut self.symbols, Symbol { string, ..symbol })?;
        }
        // The types of the first are taken over as they are, and the symbols' strings in any case.
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
        let Description { types, strings, symbols, budget, .. } = self;
        symbols.sort_unstable_by_key(|symbol| symbol.id);
        override_types(types, object.rules(), budget)?;
        for symbol in symbols {
            if let Some(string) = override_symbol(exports.name(symbol.id), types, object.rules(), budget)? {
                symbol.string = strings.len();
                budget.push(strings, string)?;
            }
        }
        add_missing(types, object.rules(), budget)
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
    /// several threads, [work](Computation::work).
    ///
    /// # Errors
    /// What `work` returns, or a limit.
    pub fn compute_with(
        &mut self,
        exports: &Exports,
        versions: &mut Versions,
        work: impl FnOnce(&Computation<'_>) -> Result<()>,
    ) -> Result<()> {
        let Description { types, strings, symbols, budget, .. } = self;
        let computation = Computation::new(types, strings, symbols, exports, budget)?;
        work(&computation)?;
        computation.finish(symbols, versions, budget)
    }

    /// The number of symbols that are described.
    pub fn symbol_count(&self) -> usize {
        self.symbols.len()
    }

    /// The number of types that have a name.
    pub fn type_count(&self) -> usize {
        self.types.iter().count()
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
        let mut dumped = PerExport::new(exports, false, &mut self.budget)?;
        let mut expander = Expander::new(&self.types, &mut self.budget)?;
        for symbol in &self.symbols {
            if dumped.get(symbol.group) == Some(true) {
                continue;
            }
            dumped.set(symbol.group, true);
            let Some(string) = self.strings.get(symbol.string) else { continue };
            write(exports.name(symbol.id))?;
            write(b" ")?;
            expander.expand(string, &mut self.budget, &mut write)?;
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
        let Description { types, strings, symbols, budget, .. } = self;
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
        let Description { types, strings, symbols, budget, .. } = self;
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
