//! How enumerations differ, in sentences.

use alloc::vec::Vec;

use dwarfksyms_core::Result;
use dwarfksyms_core::budget::Budget;

use crate::layout::{Enumerators, Part};

use super::change::Comparer;
use super::class::Class;
use super::words::{number, signed};

impl<'t> Comparer<'_, '_, 't> {
    pub(super) fn enumerators(&mut self, old: &Part<'t>, new: &Part<'t>, budget: &mut Budget) -> Result<()> {
        let found = Enumerators::of(old, new, budget)?;
        for (old, new) in &found.renamed {
            let names = [old.name(), new.name()].map(Option::unwrap_or_default);
            let text = [b"enumerator '", names[0], b"' is called '", names[1], b"' now"].concat();
            self.note(Class::EnumeratorRenamed, names[1], &text, budget)?;
        }
        for old in &found.gone {
            let name = old.name().unwrap_or_default();
            let text = [b"enumerator '", name, b"' was removed"].concat();
            self.note(Class::EnumeratorRemoved, name, &text, budget)?;
        }
        for new in &found.added {
            self.enumerator(&found, new, budget)?;
        }
        if found.added.is_empty() {
            for (old, new) in found.changed.iter().chain(&found.counts) {
                let name = new.name().unwrap_or_default();
                let (before, after) = (signed(old.value()), signed(new.value()));
                let text = [b"enumerator '", name, b"' was ", &before, b", and is ", &after].concat();
                self.note(Class::EnumeratorValueChanged, name, &text, budget)?;
            }
        }
        Ok(())
    }

    fn enumerator(&mut self, found: &Enumerators<'t>, new: &Part<'t>, budget: &mut Budget) -> Result<()> {
        let name = new.name().unwrap_or_default();
        let mut why: Vec<u8> = Vec::new();
        let is_above = new.value().zip(found.highest).is_none_or(|(value, highest)| value > highest);
        let class = if let Some((old, other)) = found.changed.first() {
            why.extend_from_slice(b"; '");
            why.extend_from_slice(other.name().unwrap_or_default());
            why.extend_from_slice(b"' was ");
            why.extend_from_slice(&signed(old.value()));
            why.extend_from_slice(b", and is ");
            why.extend_from_slice(&signed(other.value()));
            if let Some(more) = found.changed.len().checked_sub(1).filter(|&more| more > 0) {
                why.extend_from_slice(b", and ");
                why.extend_from_slice(&number(u64::try_from(more).unwrap_or(u64::MAX)));
                why.extend_from_slice(b" more have other values");
            }
            Class::EnumeratorInserted
        } else if let Some((_, count)) = found.counts.first() {
            why.extend_from_slice(b" in front of the count '");
            why.extend_from_slice(count.name().unwrap_or_default());
            why.extend_from_slice(b"', which is ");
            why.extend_from_slice(&signed(count.value()));
            why.extend_from_slice(b" now");
            Class::EnumeratorAppended
        } else if found.is_behind(new) || is_above {
            why.extend_from_slice(b" behind all others");
            Class::EnumeratorAppended
        } else {
            why.extend_from_slice(b" among others, which have kept their values");
            Class::EnumeratorAdded
        };
        let value = new.value().map_or(Vec::new(), |value| [b" = ", number(value).as_slice()].concat());
        let text = [b"enumerator '", name, &value, b"' was added", &why].concat();
        self.note(class, name, &text, budget)
    }
}
