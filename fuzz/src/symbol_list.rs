//! Any bytes as a symbol list.

use dwarfksyms_core::Exports;

use crate::allocation;
use crate::describe::LIMITS;

/// Any bytes as a symbol list: every name is found, and listed once.
pub fn symbol_list(data: &[u8]) {
    // A line has a byte at least, and at most its name and a few numbers are kept of it.
    let memory = u64::try_from(data.len()).unwrap_or(u64::MAX).saturating_mul(128);
    let Ok(exports) = allocation::within(memory, || Exports::parse(data, &LIMITS)) else { return };
    assert!(exports.iter().count() == exports.len());
    for (id, name) in exports.iter() {
        assert_eq!(exports.find(name), Some(id));
        assert_eq!(exports.name(id), name);
    }
}

#[cfg(test)]
#[test]
fn smoke() {
    crate::smoke::test("symbol_list");
}
