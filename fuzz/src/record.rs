//! Any bytes as recorded versions.

use dwarfksyms_core::Exports;
use gendwarfksyms::fuzzing;

use crate::allocation;
use crate::describe::LIMITS;

/// Any bytes as recorded versions: names are those of a symbol list, and what is written down again is the same.
pub fn record(data: &[u8]) {
    // A line takes 8 bytes at least, and a few numbers are kept of it, twice while they are sorted.
    let memory = u64::try_from(data.len()).unwrap_or(u64::MAX).saturating_mul(32);
    let Some(entries) = allocation::within(memory, || fuzzing::record(data, &LIMITS)) else { return };
    assert!(entries.windows(2).all(|pair| pair[0].0 < pair[1].0));
    let line = |(name, version): &(&[u8], u32)| {
        [b"#SYMVER ", *name, format!(" {version:#010x}\n").as_bytes()].concat()
    };
    let again: Vec<u8> = entries.iter().flat_map(line).collect();
    assert_eq!(fuzzing::record(&again, &LIMITS).as_ref(), Some(&entries));
    let list: Vec<u8> = entries.iter().flat_map(|(name, _)| [name, &b"\n"[..]].concat()).collect();
    let exports = Exports::parse(&list, &LIMITS).expect("a list of names");
    // But for the names of symbol pointers.
    assert!(exports.len() <= entries.len());
    assert!(exports.iter().all(|(_, name)| entries.binary_search_by_key(&name, |entry| entry.0).is_ok()));
}

#[cfg(test)]
#[test]
fn smoke() {
    crate::smoke::test("record");
}
