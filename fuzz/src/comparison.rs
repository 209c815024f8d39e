//! Two texts as builds that are compared.

use dwarfksyms::fuzzing::{self, FORMATS};
use dwarfksyms_core::Limit;

use crate::allocation;
use crate::describe::LIMITS;

/// What may be asked for by each step of work that is allowed, and for each byte of the texts.
const PER_STEP: u64 = 4;
const PER_BYTE: u64 = 1024;

/// An old build, NUL, and a new one, each whatever tells of one.
pub fn comparison(data: &[u8]) {
    let at = data.iter().position(|&byte| byte == 0).unwrap_or(data.len());
    let (old, new) = data.split_at(at);
    texts(old, new.get(1..).unwrap_or_default());
}

/// A version that differs has a cause, the same build twice has none, and no report has anything in it that a terminal
/// would act on.
pub(crate) fn texts(old: &[u8], new: &[u8]) {
    if let Some(same) = fuzzing::compare(old, old, &LIMITS) {
        let same = same.found();
        assert!(same.explained.is_empty() && same.differing.is_empty());
    }
    let Some(compared) = fuzzing::compare(old, new, &LIMITS) else { return };
    let found = compared.found();
    for symbol in &found.differing {
        assert!(found.explained.contains(symbol), "{} has no cause", symbol.escape_ascii());
    }
    // The other way round, the same symbols differ; it costs no more than it is charged, whether it ends by that or not.
    let size = u64::try_from(old.len() + new.len()).unwrap_or(u64::MAX);
    let work = size.saturating_mul(64).saturating_add(10_000);
    let small = LIMITS.with(Limit::Work, work);
    let most =
        work.saturating_mul(PER_STEP).saturating_add(size.saturating_mul(PER_BYTE)).saturating_add(1 << 18);
    if let Some(back) = allocation::asking(most, || fuzzing::compare(new, old, &small)) {
        assert_eq!(back.found().differing, found.differing);
    }
    // Each format by itself costs as much as the comparison.
    let format = (old.len() + new.len()) % FORMATS;
    let Some(report) = compared.report(format) else { return };
    assert!(!report.chars().any(|it| it.is_control() && it != '\n'), "{report:?}");
    // A tight limit is an error or makes no difference.
    let tight = LIMITS.with(Limit::Memory, size.saturating_mul(16).saturating_add(1 << 14));
    if let Some(second) = fuzzing::compare(old, new, &tight) {
        assert_eq!(second.found(), found);
        if let Some(again) = second.report(format) {
            assert_eq!(again, report);
        }
    }
}

#[cfg(test)]
#[test]
fn smoke() {
    crate::smoke::test("comparison");
}
