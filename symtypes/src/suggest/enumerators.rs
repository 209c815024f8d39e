//! What would give enumerators their old values, or none.

use dwarfksyms_core::Result;
use dwarfksyms_core::budget::Budget;

use crate::layout::Enumerators;
use crate::types::{Attribute, NodeIndex};

use super::advice::{CaveatKind, ObstacleKind, SuggestionKind};
use super::repair::{Edit, Repairer};

impl Repairer<'_, '_, '_> {
    pub(super) fn enumerators(&mut self, old: NodeIndex, new: NodeIndex, budget: &mut Budget) -> Result<()> {
        let own = self.new.name(new);
        let (old, new) = self.pair(old, new);
        let found = Enumerators::of(&old, &new, budget)?;
        for gone in &found.gone {
            self.refuse(ObstacleKind::EnumeratorRemoved, gone.name().unwrap_or_default(), budget)?;
        }
        for (old, _) in &found.changed {
            self.refuse(ObstacleKind::EnumeratorValueChanged, old.name().unwrap_or_default(), budget)?;
        }
        for (old, new) in &found.counts {
            let (name, value) = (old.name().unwrap_or_default(), old.value().unwrap_or(0));
            self.warn(CaveatKind::NotCounted, name, budget)?;
            if let Some(own) = own {
                budget.push(&mut self.edits, (new.index, Edit::Restate(Attribute::Value, value)))?;
                let (mut buffer, mut other) = (itoa::Buffer::new(), itoa::Buffer::new());
                let value = buffer.format(value).as_bytes();
                if !self.macros.are_for_genksyms() {
                    self.rule(SuggestionKind::EnumeratorValue, own, name, value, budget)?;
                } else if found.added.is_empty() {
                    // Where others are hidden, it counts without them.
                    let values = (value, other.format(new.value().unwrap_or(0)).as_bytes());
                    let target = [own, b" ", name].concat();
                    let suggestion = self.macros.old_value(target, name, values, budget)?;
                    budget.push(&mut self.repair.suggestions, suggestion)?;
                }
            }
        }
        for new in &found.added {
            let name = new.name().unwrap_or_default();
            self.warn(CaveatKind::NotCounted, name, budget)?;
            let is_counted = self.macros.are_for_genksyms();
            let is_behind = found.is_behind(new);
            // genksyms counts those that it sees: it would give others behind a hidden one other values.
            if let Some(own) = own.filter(|_| !is_counted || is_behind || !found.counts.is_empty()) {
                budget.push(&mut self.edits, (new.index, Edit::Remove))?;
                if is_counted {
                    let target = [own, b" ", name].concat();
                    let hidden = self.macros.hidden_enumerator(target, name, is_behind, budget)?;
                    budget.push(&mut self.repair.suggestions, hidden)?;
                } else {
                    self.rule(SuggestionKind::EnumeratorIgnore, own, name, b"", budget)?;
                }
            }
        }
        Ok(())
    }

    /// Suggests a rule about an enumerator.
    fn rule(
        &mut self,
        kind: SuggestionKind,
        enumeration: &[u8],
        name: &[u8],
        value: &[u8],
        budget: &mut Budget,
    ) -> Result<()> {
        let target = [enumeration, b" ", name].concat();
        let rule = self.macros.rule(kind, &target, value, budget)?;
        budget.push(&mut self.repair.suggestions, rule)
    }
}
