//! Two texts as builds that are compared.

use dwarfksyms::fuzzing::{self, ComparedFiles};
use dwarfksyms_core::Limits;

use crate::describe::LIMITS;

/// An old build, NUL, a new one, each whatever tells of one: a version that differs has a cause, the same build twice has
/// none, and no report has anything in it that a terminal would act on.
pub fn comparison(data: &[u8]) {
    let at = data.iter().position(|&byte| byte == 0).unwrap_or(data.len());
    let (old, new) = data.split_at(at);
    let (old, new) = (old.to_vec(), new.get(1..).unwrap_or_default().to_vec());
    if let Some(same) = fuzzing::compare(old.clone(), old.clone(), &LIMITS) {
        assert!(same.explained.is_empty() && same.differing.is_empty());
    }
    let Some(first) = fuzzing::compare(old.clone(), new.clone(), &LIMITS) else { return };
    let ComparedFiles { reports, explained, differing } = &first;
    for symbol in differing {
        assert!(explained.contains(symbol), "{} has no cause", symbol.escape_ascii());
    }
    for report in reports {
        assert!(!report.chars().any(|it| it.is_control() && it != '\n'), "{report:?}");
    }
    // A tight limit is an error or makes no difference.
    let size = u64::try_from(data.len()).unwrap_or(u64::MAX);
    let tight = Limits { memory: size.saturating_mul(16).saturating_add(1 << 14), ..LIMITS };
    if let Some(second) = fuzzing::compare(old.clone(), new.clone(), &tight) {
        assert_eq!((&second.reports, &second.explained), (reports, explained));
    }
    // The other way round, the same symbols differ.
    let back = fuzzing::compare(new, old, &LIMITS);
    if let Some(back) = back {
        assert_eq!(&back.differing, differing);
    }
}

#[cfg(test)]
#[test]
fn smoke() {
    crate::smoke::test("comparison");
}
