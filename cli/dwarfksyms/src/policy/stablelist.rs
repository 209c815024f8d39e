//! Lists of the symbols that matter, as Red Hat, libabigail, kabi-dw and Android have them: all others pass.
//!
//! ```text
//! [rhel_10_x86_64_stablelist]
//!   vfs_read
//!   vfs_write   # since 10.1
//! ```

use anyhow::{Result, bail};
use dwarfksyms_host::records::text::Shown;

use super::{Decision, Names, Rule, lines};
use crate::report::{ExportEntry, Level};

/// The symbols of a list.
#[derive(Debug, Default)]
pub(super) struct Stablelist {
    pub(super) names: Names,
}

impl Stablelist {
    /// Reads a text.
    ///
    /// # Errors
    /// A line with anything but one name.
    pub(super) fn read(text: &str, rules: &mut Vec<Rule>) -> Result<Stablelist> {
        let mut list = Stablelist::default();
        for (number, line) in lines(text) {
            let line = line.split('#').next().unwrap_or_default().trim();
            if line.is_empty() || line.starts_with('[') {
                continue;
            }
            if line.contains(char::is_whitespace) {
                bail!("line {number}: not the name of a symbol: {}", Shown(line.as_bytes()));
            }
            list.names.add(line, Rule::add(rules, number, line));
        }
        Ok(list)
    }

    pub(super) fn decide(&self, export: &ExportEntry) -> Option<Decision> {
        self.names.find(&export.symbol).map(|rule| Decision { level: Level::Fail, rule: Some(rule) })
    }
}
