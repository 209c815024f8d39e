//! What is shown of a description besides its versions: symtypes, the strings that versions are of, conflicts.

use alloc::vec::Vec;

use crate::canonical;
use crate::error::{Error, Result};
use crate::exports::{Exports, PerExport};
use crate::part::Symbol;
use crate::symtype::Expander;

use super::Description;

impl Description {
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
        let Description { all, units, budget, .. } = self;
        let mut found: Vec<(&[u8], &[u8])> = Vec::new();
        let of_units = units.conflicts.iter().map(|(name, symbol)| (name.as_slice(), *symbol));
        for (name, symbol) in of_units.chain(all.conflicts(budget)?) {
            budget.push(&mut found, (name, exports.name(symbol)))?;
        }
        Ok(found)
    }

    fn lines<'a>(&'a mut self, exports: Option<&'a Exports>) -> Result<Vec<(&'a [u8], &'a [u8])>> {
        self.gather()?;
        let Description { all, budget, .. } = self;
        all.lines(exports, budget)
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
}
