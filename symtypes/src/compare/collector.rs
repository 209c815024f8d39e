//! Causes while they are put together: types that differ for one decision are one.

use alloc::rc::Rc;
use alloc::vec::Vec;

use dwarfksyms_core::Result;
use dwarfksyms_core::budget::Budget;

use super::cause::Cause;
use super::change::Change;
use super::class::Class;
use super::differing::Differing;
use super::judgement::Judgement;

/// How many decisions one type can differ for and still be reported with others.
const MOST_DECISIONS: usize = 8;

/// Puts causes together.
#[derive(Default)]
pub(super) struct Collector {
    causes: Vec<Cause>,
    /// What each decision is, and where the cause stands that reports it.
    decisions: Vec<(Vec<u8>, usize)>,
    /// The positions of each type's causes, one after the other.
    places: Vec<usize>,
    /// By type: where they end.
    ends: Vec<usize>,
}

impl Collector {
    /// Adds the causes that a type is, if it is any.
    pub(super) fn add(
        &mut self,
        differing: &Differing,
        judged: Judgement,
        budget: &mut Budget,
    ) -> Result<()> {
        if judged.is_cause {
            let decisions = decisions(&judged.changes);
            let mut rest = judged.changes;
            if decisions.is_empty() {
                let place = self.cause(differing, core::mem::take(&mut rest), budget)?;
                budget.push(&mut self.places, place)?;
            }
            for decision in decisions {
                let (own, others) = rest.into_iter().partition(|change| decision_of(change) == decision);
                rest = others;
                self.decided(differing, decision, own, budget)?;
            }
        }
        budget.push(&mut self.ends, self.places.len())
    }

    /// A type that differs for a decision, which others may differ for, too.
    fn decided(
        &mut self,
        differing: &Differing,
        decision: Vec<u8>,
        changes: Vec<Change>,
        budget: &mut Budget,
    ) -> Result<()> {
        budget.charge_bytes(decision.len())?;
        let place = match self.decisions.binary_search_by(|(known, _)| known.cmp(&decision)) {
            Ok(at) => {
                let place = self.decisions.get(at).map_or(0, |&(_, place)| place);
                if let Some(cause) = self.causes.get_mut(place) {
                    budget.push(&mut cause.alike, differing.name)?;
                }
                place
            }
            Err(at) => {
                let place = self.cause(differing, changes, budget)?;
                budget.insert(&mut self.decisions, at, (decision, place))?;
                place
            }
        };
        budget.push(&mut self.places, place)
    }

    fn cause(&mut self, differing: &Differing, changes: Vec<Change>, budget: &mut Budget) -> Result<usize> {
        let &Differing { name, old, new, files, file_count } = differing;
        let (exports, alike) = (Rc::default(), Vec::new());
        budget
            .push(&mut self.causes, Cause { name, old, new, files, file_count, changes, exports, alike })?;
        Ok(self.causes.len().saturating_sub(1))
    }

    /// All causes, for those who share exports among them.
    pub(super) fn take_causes(&mut self) -> Vec<Cause> {
        core::mem::take(&mut self.causes)
    }

    /// Where the causes stand that report a type.
    pub(super) fn of(&self, number: u32) -> &[usize] {
        let Ok(number) = usize::try_from(number) else { return &[] };
        let start = number.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        let end = self.ends.get(number).copied().unwrap_or(0);
        self.places.get(start..end).unwrap_or_default()
    }
}

/// What was decided, if a type differs for nothing else; in order, each once.
fn decisions(changes: &[Change]) -> Vec<Vec<u8>> {
    let mut decisions: Vec<Vec<u8>> = Vec::new();
    for change in changes {
        let decision = decision_of(change);
        if decision.is_empty() {
            return Vec::new();
        }
        if !decisions.contains(&decision) {
            if decisions.len() == MOST_DECISIONS {
                return Vec::new();
            }
            decisions.push(decision);
        }
    }
    decisions
}

/// What was decided, and how it is reported.
fn decision_of(change: &Change) -> Vec<u8> {
    match change.class {
        Class::ToolchainSpelling => change.class.id().as_bytes().to_vec(),
        _ if change.decision.is_empty() => Vec::new(),
        class => [class.id().as_bytes(), b" ", &change.decision].concat(),
    }
}
