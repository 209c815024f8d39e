//! A type map and the symbols whose strings refer to its types: all of an object, or what must not see the rest of it.

use alloc::vec::Vec;
use core::cmp::Reverse;

use crate::budget::Budget;
use crate::error::Result;
use crate::exports::{ExportId, Exports};
use crate::kabi::Rules;
use crate::symtype::{
    Expansions, TypeMap, TypeString, Versioner, add_missing, conflicts, override_symbol, override_types,
};
use crate::versions::{Claim, Rank};

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
    pub(crate) fn finish(&mut self, rules: &Rules<'_>, exports: &Exports, budget: &mut Budget) -> Result<()> {
        let Part { types, strings, symbols } = self;
        symbols.sort_unstable_by_key(|symbol| (symbol.id, symbol.string));
        override_types(types, rules, budget)?;
        for symbol in symbols {
            if let Some(string) = override_symbol(exports.name(symbol.id), types, rules, budget)? {
                symbol.string = strings.len();
                budget.push(strings, string)?;
            }
        }
        add_missing(types, rules, budget)
    }

    /// Computes all versions at once, for a part with few symbols (SPEC section 7).
    pub(crate) fn versions(&self, exports: &Exports, budget: &mut Budget) -> Result<Vec<(ExportId, Claim)>> {
        let expansions = Expansions::new(&self.types, budget)?;
        let mut versioner = Versioner::new(&expansions, budget)?;
        let mut symbols: Vec<Symbol> = Vec::new();
        budget.extend(&mut symbols, &self.symbols)?;
        symbols.sort_unstable_by_key(|symbol| (symbol.group, symbol.id, symbol.string));
        let mut versions = Vec::new();
        for same in symbols.chunk_by(|a, b| a.group == b.group) {
            let Some(first) = same.first() else { continue };
            let Some(string) = self.strings.get(first.string) else { continue };
            let version = versioner.version(string, budget);
            let (version, length) = version.map_err(|error| error.about(exports.name(first.id)))?;
            for symbol in same {
                let claim = Claim { rank: symbol.rank, length: Reverse(length), version };
                budget.push(&mut versions, (symbol.id, claim))?;
            }
        }
        Ok(versions)
    }

    /// The types with different definitions that versions depend on, in the order of their names, each with the first
    /// symbol whose version does.
    pub(crate) fn conflicts(&self, budget: &mut Budget) -> Result<Vec<(&[u8], ExportId)>> {
        let Part { types, strings, symbols } = self;
        let symbols = symbols.iter().filter_map(|symbol| Some((symbol.id, strings.get(symbol.string)?)));
        let mut names: Vec<(&[u8], ExportId)> = Vec::new();
        for (id, symbol) in conflicts(types, symbols, budget)? {
            budget.push(&mut names, (types.name(id), symbol))?;
        }
        names.sort_unstable();
        Ok(names)
    }

    /// The names of types, and of symbols if `exports` are given, and their strings, in the order of names.
    pub(crate) fn lines<'a>(
        &'a self,
        exports: Option<&'a Exports>,
        budget: &mut Budget,
    ) -> Result<Vec<(&'a [u8], &'a [u8])>> {
        let Part { types, strings, symbols } = self;
        let mut lines: Vec<(&[u8], &[u8])> = Vec::new();
        for (id, string) in types.iter() {
            budget.push(&mut lines, (types.name(id), &string.text))?;
        }
        if let Some(exports) = exports {
            for symbol in symbols {
                let Some(string) = strings.get(symbol.string) else { continue };
                budget.push(&mut lines, (exports.name(symbol.id), &string.text))?;
            }
        }
        lines.sort_unstable();
        Ok(lines)
    }
}
