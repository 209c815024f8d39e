//! Ignore lists of Ubuntu and Proxmox: symbols, and modules, whose changes are let pass.
//!
//! ```text
//! M: drivers/net/wireguard/wireguard
//! zfs_prop_readonly
//! ```
//!
//! A symbol that only moved to another module is always let pass.

use anyhow::{Result, bail};
use dwarfksyms_host::records::text::Shown;

use super::{Decision, Names, Rule, lines, module};
use crate::report::{Difference, ExportEntry, Level};

/// What a line with a module begins with.
pub(super) const MODULE: &str = "M:";

/// What a list names.
#[derive(Debug, Default)]
pub(super) struct Ubuntu {
    pub(super) symbols: Names,
    pub(super) modules: Names,
}

impl Ubuntu {
    /// Reads a text.
    ///
    /// # Errors
    /// A line with anything but one name.
    pub(super) fn read(text: &str, rules: &mut Vec<Rule>) -> Result<Ubuntu> {
        let mut list = Ubuntu::default();
        for (number, line) in lines(text) {
            let line = line.split('#').next().unwrap_or_default().trim();
            if line.is_empty() {
                continue;
            }
            let module = line.strip_prefix(MODULE).map(str::trim);
            let name = module.unwrap_or(line);
            if name.is_empty() || name.contains(char::is_whitespace) {
                bail!("line {number}: not 'SYMBOL' or 'M: MODULE': {}", Shown(line.as_bytes()));
            }
            let names = if module.is_some() { &mut list.modules } else { &mut list.symbols };
            names.add(name, Rule::add(rules, number, line));
        }
        Ok(list)
    }

    pub(super) fn decide(&self, export: &ExportEntry) -> Option<Decision> {
        // By its path, or by its name alone: the first of these lines counts.
        let module = module(export);
        let modules = module.into_iter().flat_map(|path| [path, name_of(path)]);
        let rules =
            modules.filter_map(|name| self.modules.find(name)).chain(self.symbols.find(&export.symbol));
        let rule = rules.min();
        let is_allowed = rule.is_some() || has_only_moved(export);
        is_allowed.then_some(Decision { level: Level::Pass, rule })
    }
}

/// The name of a module without its folders.
pub(super) fn name_of(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// Whether an export is the same, but for its module.
fn has_only_moved(export: &ExportEntry) -> bool {
    let (Some(old), Some(new)) = (&export.old, &export.new) else { return false };
    export.difference == Difference::Moved && old.kind == new.kind && old.namespace == new.namespace
}
