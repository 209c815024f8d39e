//! `ignore-changes` of Debian's kernel packages: symbols and modules whose changes are let pass.
//!
//! ```text
//! [abi]
//! ignore-changes:
//!  __cpuhp_*
//!  module:drivers/net/wireless/**
//! ```
//!
//! A symbol that has lost its version is never let pass.

use anyhow::{Context, Result, bail};
use dwarfksyms_host::records::text::Shown;

use super::pattern::{Dialect, Patterns};
use super::{Decision, Rule, lines, module};
use crate::report::{Difference, ExportEntry, Level};

/// What an entry begins with.
const KEY: &str = "ignore-changes";

/// The patterns of a file.
#[derive(Debug, Default)]
pub(super) struct Debian {
    pub(super) names: Patterns,
    pub(super) modules: Patterns,
}

/// Whether a line begins a list of patterns.
pub(super) fn is_key(line: &str) -> bool {
    values(line).is_some()
}

/// What is behind the key, if this is the line with it.
fn values(line: &str) -> Option<&str> {
    let (key, values) = line.split_once([':', '='])?;
    key.trim().eq_ignore_ascii_case(KEY).then_some(values)
}

impl Debian {
    /// Reads a text: of all entries, only these lists count.
    ///
    /// # Errors
    /// A pattern of another kind; no list at all.
    pub(super) fn read(text: &str, rules: &mut Vec<Rule>) -> Result<Debian> {
        let mut all = Debian::default();
        let (mut is_inside, mut has_list) = (false, false);
        for (number, line) in lines(text) {
            if line.trim_start().starts_with(['#', ';']) {
                continue;
            }
            // What is indented goes on with the entry before.
            let mut patterns = line;
            if !line.starts_with([' ', '\t']) {
                is_inside = is_key(line);
                has_list |= is_inside;
                patterns = values(line).unwrap_or_default();
            }
            for pattern in patterns.split_whitespace().filter(|_| is_inside) {
                all.add(pattern, Rule::add(rules, number, pattern))
                    .with_context(|| format!("line {number}"))?;
            }
        }
        if !has_list {
            bail!("there is no entry '{KEY}:' in it");
        }
        Ok(all)
    }

    fn add(&mut self, pattern: &str, rule: usize) -> Result<()> {
        match pattern.split_once(':') {
            Some(("module", pattern)) => self.modules.add(pattern, Dialect::Paths, rule),
            Some(("name", pattern)) => self.names.add(pattern, Dialect::Paths, rule),
            None => self.names.add(pattern, Dialect::Paths, rule),
            Some(_) => bail!("not 'name:PATTERN' or 'module:PATTERN': {}", Shown(pattern.as_bytes())),
        }
    }

    pub(super) fn decide(&self, export: &ExportEntry) -> Option<Decision> {
        let version = |facts: &Option<crate::report::Facts>| {
            facts.as_ref().is_some_and(|facts| facts.version.is_some())
        };
        if export.difference == Difference::Changed && version(&export.old) && !version(&export.new) {
            return Some(Decision { level: Level::Fail, rule: None });
        }
        let name = self.names.first(&export.symbol);
        let module = module(export).and_then(|module| self.modules.first(module));
        let rule = [name, module].into_iter().flatten().min()?;
        Some(Decision { level: Level::Pass, rule: Some(rule) })
    }
}
