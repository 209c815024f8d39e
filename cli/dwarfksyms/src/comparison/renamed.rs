//! Exports that the Rust compiler has renamed.
//!
//! A mangled name has more than the path of a function: a hash, the disambiguator of a crate, the number of an `impl`. Any of
//! them can be another one after a change elsewhere, and then one name is gone and one is new. For modules that is so; for
//! people it is one function.

use std::collections::HashMap;

use dwarfksyms_core::Result;
use dwarfksyms_core::budget::Budget;

use crate::report::{Difference, ExportEntry};

/// Pairs removed and added exports that have the same demangled name, in the order of their names: each then has the name of
/// the other. The number of pairs comes back.
pub(super) fn pair(exports: &mut [ExportEntry], budget: &mut Budget) -> Result<usize> {
    let mut removed: HashMap<&str, Vec<usize>> = HashMap::new();
    // The first of those that are gone is the last of its list.
    for (at, export) in exports.iter().enumerate().rev() {
        if let (Difference::Removed, Some(path)) = (export.difference, &export.demangled) {
            budget.charge_work(path.len() as u64 / 16 + 1)?;
            removed.entry(path).or_default().push(at);
        }
    }
    let mut pairs = Vec::new();
    for (at, export) in exports.iter().enumerate() {
        if let (Difference::Added, Some(path)) = (export.difference, &export.demangled) {
            budget.charge_work(path.len() as u64 / 16 + 1)?;
            let other = removed.get_mut(path.as_str()).and_then(Vec::pop);
            pairs.extend(other.map(|other| (other, at)));
        }
    }
    for &(old, new) in &pairs {
        let [old_name, new_name] = [old, new].map(|at| exports.get(at).map(|export| export.symbol.clone()));
        for (at, name) in [(old, new_name), (new, old_name)] {
            if let Some(export) = exports.get_mut(at) {
                export.counterpart = name;
            }
        }
    }
    Ok(pairs.len())
}

#[cfg(test)]
mod tests {
    use dwarfksyms_core::Limits;

    use super::*;
    use crate::report::{NameList, Ruling};

    fn export(symbol: &str, path: Option<&str>, difference: Difference) -> ExportEntry {
        ExportEntry {
            symbol: symbol.to_owned(),
            symbol_bytes: None,
            demangled: path.map(str::to_owned),
            difference,
            old: None,
            new: None,
            counterpart: None,
            causes: NameList::default(),
            ruling: Ruling { level: crate::report::Level::Fail, rule: None },
        }
    }

    #[test]
    fn the_first_goes_with_the_first() {
        use Difference::{Added, Changed, Removed};
        let mut exports = [
            export("a", Some("fs::open"), Removed),
            export("b", Some("fs::open"), Removed),
            export("c", Some("fs::open"), Added),
            export("d", Some("fs::open"), Changed),
            export("e", Some("fs::close"), Removed),
            export("f", None, Removed),
            export("g", None, Added),
            export("h", Some("fs::read"), Added),
        ];
        assert_eq!(pair(&mut exports, &mut Budget::new(&Limits::default())).unwrap(), 1);
        let counterparts: Vec<_> = exports.iter().map(|export| export.counterpart.as_deref()).collect();
        assert_eq!(counterparts, [Some("c"), None, Some("a"), None, None, None, None, None]);
    }
}
