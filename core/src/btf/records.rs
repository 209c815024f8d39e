//! The records of exports and of all types that they reach.

use alloc::vec::Vec;
use core::cmp::Reverse;
use core::ops::Range;

use crate::budget::Budget;
use crate::error::Result;
use crate::exports::Exports;
use crate::limits::Limits;

use super::kind::Kind;
use super::reader::Btf;
use super::view::Type;
use super::writer::{Writer, letter, prefix, reference};

/// Types as symtypes text.
#[derive(Debug)]
#[non_exhaustive]
pub struct BtfTypes {
    /// A line for each export and type, in the order of their names.
    pub text: Vec<u8>,
    /// Names of which there are several definitions: the longest of each counts, and the others are nowhere.
    pub ambiguous: Vec<Vec<u8>>,
}

/// A record, whose parts are in one text.
#[derive(Clone, Debug)]
struct Record {
    name: Range<usize>,
    text: Range<usize>,
    /// Whether it says no more than that there is such a type.
    is_declared: bool,
}

impl Btf<'_> {
    /// The types of those exports that are functions or variables of its own, and not of its base. Pointers are of
    /// this many bytes.
    ///
    /// # Errors
    /// Something in the place of a type that is none, a type without a name that is inside itself, or a limit.
    pub fn symtypes(
        &self,
        exports: &Exports,
        pointer_size: Option<u64>,
        limits: &Limits,
    ) -> Result<BtfTypes> {
        let budget = &mut Budget::after(limits, self.spent());
        let mut writer = Writer::new(self, pointer_size, budget)?;
        for id in self.own() {
            budget.charge_work(1)?;
            let Some(symbol) = self.get(id).filter(is_symbol) else { continue };
            let name = symbol.name();
            budget.charge_bytes(name.len())?;
            if exports.find(name).is_some() {
                writer.meet(id, budget)?;
            }
        }
        let (mut bytes, mut records) = (Vec::new(), Vec::new());
        while let Some(id) = writer.waiting.pop() {
            let Some(ty) = self.get(id) else { continue };
            let name = named(&ty, &mut bytes, budget)?;
            let start = bytes.len();
            let text = writer.record(id, budget)?;
            budget.extend(&mut bytes, text)?;
            let is_declared = ty.kind == Kind::Forward;
            budget.push(&mut records, Record { name, text: start..bytes.len(), is_declared })?;
        }
        finish(&bytes, records, budget)
    }
}

fn is_symbol(ty: &Type<'_, '_>) -> bool {
    matches!(ty.kind, Kind::Function | Kind::Variable)
}

/// Writes the name of a record.
fn named(ty: &Type<'_, '_>, bytes: &mut Vec<u8>, budget: &mut Budget) -> Result<Range<usize>> {
    let start = bytes.len();
    let parts = match letter(ty) {
        Some(letter) => reference(prefix(letter), ty.name()),
        None => [ty.name(), b"", b"", b""],
    };
    for part in parts {
        // It is compared with others, too.
        budget.charge_bytes(part.len().saturating_mul(32))?;
        budget.extend(bytes, part)?;
    }
    Ok(start..bytes.len())
}

/// Puts records in order, and keeps one of each name: the longest, and of equals the smallest (SPEC section 6).
fn finish(bytes: &[u8], mut records: Vec<Record>, budget: &mut Budget) -> Result<BtfTypes> {
    let part = |range: &Range<usize>| bytes.get(range.clone()).unwrap_or_default();
    budget.charge_sorting(records.len())?;
    records
        .sort_unstable_by_key(|record| (part(&record.name), Reverse(record.text.len()), record.text.start));
    let mut types = BtfTypes { text: Vec::new(), ambiguous: Vec::new() };
    for group in records.chunk_by(|a, b| part(&a.name) == part(&b.name)) {
        let Some(mut best) = group.first() else { continue };
        let mut is_ambiguous = false;
        for record in group.iter().skip(1) {
            budget.charge_bytes(record.text.len())?;
            let (text, other) = (part(&best.text), part(&record.text));
            is_ambiguous = is_ambiguous || (text != other && !record.is_declared);
            if text.len() == other.len() && other < text {
                best = record;
            }
        }
        let name = part(&best.name);
        if is_ambiguous {
            let mut kept = Vec::new();
            budget.extend(&mut kept, name)?;
            budget.push(&mut types.ambiguous, kept)?;
        }
        for part in [name, b" ", part(&best.text), b"\n"] {
            budget.charge_bytes(part.len())?;
            budget.extend(&mut types.text, part)?;
        }
    }
    Ok(types)
}
