//! Lists of the symbols that a comparison is restricted to, in the formats that policies have for such lists.

use std::collections::BTreeSet;

use anyhow::{Context, Result, bail};
use dwarfksyms_host::message;

use super::{PolicyFormat, Source, kabi, stablelist, text_of};
use crate::builds::is_listed;
use crate::report::words::{count, few};

/// The symbols of several lists.
#[derive(Debug)]
pub(crate) struct SymbolList {
    symbols: BTreeSet<String>,
    /// The paths of the lists, escaped.
    files: Vec<String>,
}

impl SymbolList {
    /// Reads lists; none if there are none.
    ///
    /// # Errors
    /// What cannot be read, or is no list of symbols.
    pub(crate) fn load(sources: &[Source]) -> Result<Option<SymbolList>> {
        let mut list = SymbolList { symbols: BTreeSet::new(), files: Vec::new() };
        for source in sources {
            let name = message::path(&source.path);
            list.add(source).with_context(|| name.clone())?;
            list.files.push(name);
        }
        Ok((!sources.is_empty()).then_some(list))
    }

    fn add(&mut self, source: &Source) -> Result<()> {
        let contents = source.contents()?;
        let text = text_of(&contents)?;
        let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
        let of_text = match lines.next() {
            Some(line) if line.starts_with("0x") => PolicyFormat::Kabi,
            _ => PolicyFormat::Stablelist,
        };
        let rules = &mut Vec::new();
        let names = match source.format.unwrap_or(of_text) {
            PolicyFormat::Stablelist => stablelist::Stablelist::read(text, rules)?.names,
            PolicyFormat::Kabi => kabi::Kabi::read(text, rules)?.names,
            other => bail!("{} is no format of lists of symbols: stablelist and kabi are", other.name()),
        };
        self.symbols.extend(names.into_names());
        if self.symbols.is_empty() {
            bail!("there are no symbols in it");
        }
        Ok(())
    }

    /// Whether a symbol is listed, or its name without the version that libraries have behind it.
    pub(crate) fn has(&self, symbol: &str) -> bool {
        is_listed(symbol.as_bytes(), |name| self.symbols.contains(name))
    }

    /// The symbols.
    pub(crate) fn symbols(&self) -> &BTreeSet<String> {
        &self.symbols
    }

    /// What a report should say of it: how many symbols there are, and which of them no build exports.
    pub(crate) fn notes(&self, is_exported: impl Fn(&str) -> bool) -> Vec<String> {
        let (files, symbols) = (self.files.join(", "), count(self.symbols.len(), "symbol"));
        let lost =
            self.lost(is_exported).map(|lost| format!("listed, and exported by neither build: {lost}"));
        [format!("restricted to {symbols} of {files}")].into_iter().chain(lost).collect()
    }

    /// Which of the symbols are in none of the builds, if any is not.
    pub(crate) fn lost_note(&self, is_found: impl Fn(&str) -> bool) -> Option<String> {
        Some(format!("listed in {}, and found nowhere: {}", self.files.join(", "), self.lost(is_found)?))
    }

    fn lost(&self, is_found: impl Fn(&str) -> bool) -> Option<String> {
        /// Of more symbols, the rest is counted.
        const MOST: usize = 5;
        let lost: Vec<&String> = self.symbols.iter().filter(|symbol| !is_found(symbol)).collect();
        let shown = lost.iter().map(|symbol| message::Escaped(symbol.as_bytes()));
        (!lost.is_empty()).then(|| few(shown, lost.len(), MOST))
    }
}
