//! Any text as the rules of a fixed object: what is found in them, with limits.

use dwarfksyms_core::{Error, Limit, Limits};
use dwarfksyms_tests::linted;
use dwarfksyms_tests::model::{Encoding, Layout, Rule, RuleKind, encode};

use crate::allocation;
use crate::describe::LIMITS;
use crate::fixed::fixed_model;

/// A tight limit, and what may be asked for by each step of it, and for each byte of the object.
const WORK: u64 = 50_000;
const PER_STEP: u64 = 8;
const PER_BYTE: u64 = 128;

/// A rule in each line: its kind as a digit, its target up to the first tab, and its value.
pub fn lint(data: &[u8]) {
    const KINDS: [RuleKind; 5] = [
        RuleKind::DeclarationOnly,
        RuleKind::EnumeratorIgnore,
        RuleKind::EnumeratorValue,
        RuleKind::ByteSize,
        RuleKind::TypeString,
    ];
    let Ok(text) = std::str::from_utf8(data) else { return };
    let mut model = fixed_model();
    for line in text.replace('\0', "").lines() {
        let kind = line.chars().next().and_then(|digit| digit.to_digit(10)).unwrap_or(4) as usize;
        let rest = line.get(1..).unwrap_or_default();
        let (target, value) = rest.split_once('\t').unwrap_or(("record", rest));
        let (target, value) = (target.to_owned(), value.to_owned());
        model.rules.push(Rule { kind: KINDS[kind % KINDS.len()], target, value });
    }
    let layout = Layout::plain(&model);
    let object = encode(&model, &layout, &Encoding::PLAIN);
    let list = layout.symbol_list();
    // A rule that cannot be applied is an error, as it is for a version.
    let _ = look(&object, &list, &LIMITS);
    let tight = LIMITS.with(Limit::Memory, 256 << 10).with(Limit::Work, WORK);
    let size = (object.len() + list.len()) as u64;
    let most = size.saturating_mul(PER_BYTE).saturating_add(WORK.saturating_mul(PER_STEP));
    let _ = allocation::asking(most, || look(&object, &list, &tight));
}

fn look(data: &[u8], list: &[u8], limits: &Limits) -> Result<(), Error> {
    // Three descriptions, and what is found in them.
    allocation::within(limits.memory.saturating_mul(4), || linted::lint(data, list, limits)).map(drop)
}

#[cfg(test)]
#[test]
fn smoke() {
    crate::smoke::test("lint");
}
