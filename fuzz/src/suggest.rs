//! Any two texts as the types of two builds: what is suggested does what it says, and limits hold.

use dwarfksyms_core::{Limit, Limits};
use dwarfksyms_symtypes::compare::Comparison;
use dwarfksyms_symtypes::suggest::Macros;
use dwarfksyms_symtypes::types::{Catalog, Lines, Side};

use crate::allocation;
use crate::describe::LIMITS;

/// A tight limit, and what may be asked for by each step of it, and for each byte of the texts.
const WORK: u64 = 20_000;
const PER_STEP: u64 = 8;
const PER_BYTE: u64 = 128;

/// The old symtypes, NUL, and the new ones.
///
/// # Panics
/// If an advice contradicts itself.
pub fn suggest(data: &[u8]) {
    let mut sides = data.splitn(2, |&byte| byte == 0);
    texts(sides.next().unwrap_or_default(), sides.next().unwrap_or_default());
}

/// Within wide limits, and within tight ones.
pub(crate) fn texts(old: &[u8], new: &[u8]) {
    // Whatever hits a limit ends there.
    let _ = advise(old, new, &LIMITS);
    let tight = LIMITS.with(Limit::Memory, 64 << 10).with(Limit::Work, WORK);
    let size = (old.len() + new.len()) as u64;
    let most = size.saturating_mul(PER_BYTE).saturating_add(WORK.saturating_mul(PER_STEP));
    let _ = allocation::asking(most, || advise(old, new, &tight));
}

fn advise(old: &[u8], new: &[u8], limits: &Limits) -> dwarfksyms_core::Result<()> {
    let mut catalog = Catalog::new(limits);
    catalog.add(Side::Old, &Lines::scan(old, limits)?)?;
    catalog.add(Side::New, &Lines::scan(new, limits)?)?;
    catalog.finish()?;
    let comparison = Comparison::new(&catalog)?;
    let found = (0..comparison.pairs()).map(|pair| comparison.compare(pair)).collect::<Result<_, _>>()?;
    let outcome = comparison.finish(found)?;
    // The versions are computed with limits of their own.
    let memory = limits.memory.saturating_mul(3);
    // Each pair of texts has one of the dialects.
    let macros = Macros::ALL[(old.len() + new.len()) % Macros::ALL.len()];
    let advice = allocation::within(memory, || outcome.advice(&catalog, macros, limits))?;
    assert_eq!(advice.len(), outcome.causes.len());
    for (cause, advice) in outcome.causes.iter().zip(&advice) {
        // Either there are suggestions, or reasons for none; an export is restored or remains.
        assert_ne!(advice.suggestions.is_empty(), advice.obstacles.is_empty(), "{advice:?}");
        let told = advice.restored.len() + advice.remaining.len();
        assert!(told == if advice.suggestions.is_empty() { 0 } else { cause.exports.len() }, "{advice:?}");
    }
    Ok(())
}

#[cfg(test)]
#[test]
fn smoke() {
    crate::smoke::test("suggest");
}
