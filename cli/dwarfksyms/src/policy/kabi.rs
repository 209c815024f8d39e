//! `Module.kabi_<arch>` of Red Hat: locked versions, in the columns of `Module.symvers`. Symbols that are not in it pass.
//!
//! A symbol whose version has become the locked one passes too: what differed was the other build.

use std::collections::HashMap;

use anyhow::{Context, Result};
use dwarfksyms_host::records::symvers;

use super::{Decision, Names, Rule, lines};
use crate::report::{Difference, ExportEntry, Level};

/// The symbols of a list.
#[derive(Debug, Default)]
pub(super) struct Kabi {
    pub(super) names: Names,
    /// By rule.
    versions: HashMap<usize, String>,
}

impl Kabi {
    /// Reads a text.
    ///
    /// # Errors
    /// A line that is none of a `Module.symvers`.
    pub(super) fn read(text: &str, rules: &mut Vec<Rule>) -> Result<Kabi> {
        let mut list = Kabi::default();
        for (number, line) in lines(text).filter(|(_, line)| !line.starts_with('#')) {
            let entry = symvers::line(line.as_bytes()).with_context(|| format!("line {number}"))?;
            // It is a part of a text.
            let symbol = String::from_utf8_lossy(entry.symbol);
            let rule = Rule::add(rules, number, &symbol);
            list.names.add(&symbol, rule);
            if entry.version != 0 {
                list.versions.insert(rule, format!("{:#010x}", entry.version));
            }
        }
        Ok(list)
    }

    pub(super) fn decide(&self, export: &ExportEntry) -> Option<Decision> {
        let rule = self.names.find(&export.symbol)?;
        let version = export.new.as_ref().and_then(|facts| facts.version.as_ref());
        let is_locked = version.is_some() && version == self.versions.get(&rule);
        let is_allowed = is_locked && export.difference == Difference::Changed;
        let level = Level::of(is_allowed);
        Some(Decision { level, rule: Some(rule) })
    }
}
