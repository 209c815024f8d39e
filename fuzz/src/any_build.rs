//! Any bytes as one side of a comparison.

use dwarfksyms::fuzzing::{self, ExportFacts};

use crate::allocation;
use crate::describe::LIMITS;

/// Any bytes as a record of versions, symtypes, an object or whatever else describes a build: names are in order, each
/// once, and what is written down again is the same.
pub fn any_build(data: &[u8]) {
    let is_text = !data.contains(&0);
    let size = u64::try_from(data.len()).unwrap_or(u64::MAX);
    // A line takes 8 bytes at least, and some hundred are kept of it, while those of all lines are gathered.
    let memory = if is_text { size.saturating_mul(64) } else { LIMITS.memory.saturating_add(size) };
    let is_packed =
        [&b"\x1f\x8b"[..], b"\xfd7zXZ\0", b"\x28\xb5\x2f\xfd"].iter().any(|magic| data.starts_with(magic));
    let memory = if is_packed { LIMITS.memory.saturating_mul(2) } else { memory };
    let facts = allocation::within(memory, || fuzzing::build(data.to_vec(), &LIMITS));
    let Some(facts) = facts else { return };
    assert!(facts.exports.windows(2).all(|pair| pair[0].symbol < pair[1].symbol));
    assert!(facts.wanted.windows(2).all(|pair| pair[0] < pair[1]));
    let mut again = Vec::new();
    for ExportFacts { symbol, version, module, namespace } in &facts.exports {
        assert!(!symbol.is_empty() && !symbol.iter().any(|byte| matches!(byte, b' ' | b'\t'..=b'\r')));
        let version = format!("{:#010x}", version.unwrap_or(0));
        let (module, namespace) = (module.as_deref(), namespace.as_deref());
        let fields = [
            version.as_bytes(),
            symbol,
            module.unwrap_or(b"vmlinux"),
            b"EXPORT_SYMBOL",
            namespace.unwrap_or_default(),
        ];
        again.extend(fields.join(&b'\t'));
        again.push(b'\n');
    }
    let is_plain = |export: &ExportFacts| {
        let mut texts = export.module.iter().chain(&export.namespace).flatten();
        !texts.any(|byte| matches!(byte, b'\t' | b'\n' | b'\r'))
    };
    if !facts.exports.is_empty() && facts.exports.iter().all(is_plain) {
        let same = fuzzing::build(again, &LIMITS).expect("a record of versions");
        let names = |facts: &fuzzing::Facts| {
            facts.exports.iter().map(|export| (export.symbol.clone(), export.version)).collect::<Vec<_>>()
        };
        assert_eq!(names(&same), names(&facts));
    }
    for text in &facts.types {
        assert!(!text.is_empty());
    }
}

#[cfg(test)]
#[test]
fn smoke() {
    crate::smoke::test("any_build");
}
