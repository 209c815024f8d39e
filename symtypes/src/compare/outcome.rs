//! The causes of a comparison in their order, one for each decision.

use alloc::rc::Rc;
use alloc::vec::Vec;

use dwarfksyms_core::Result;
use dwarfksyms_core::budget::Budget;

use crate::types::{Catalog, FileId, NameId, RecordId};

use super::change::Change;
use super::class::{Class, Verdict};
use super::differing::{Differing, Reached};
use super::groups::Groups;
use super::judgement::Judgement;

/// A type, or an export's own type, that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cause {
    /// Its name; the old one, if it was renamed.
    pub name: NameId,
    /// What it was.
    pub old: RecordId,
    /// What it is.
    pub new: RecordId,
    /// A pair of files in which it differs this way: the first that was found.
    pub files: (FileId, FileId),
    /// In how many pairs of files it does.
    pub file_count: usize,
    /// In which ways.
    pub changes: Vec<Change>,
    /// The exports that it reaches, by name. Causes that reach the same have one list together.
    pub exports: Rc<Vec<NameId>>,
    /// Other types that differ for the same decision, such as another compiler, `char` that became unsigned, or a typedef
    /// that is used everywhere instead of another: one cause stands for all of them.
    pub alike: Vec<NameId>,
}

/// What a comparison comes to.
#[derive(Debug, Default)]
pub struct Outcome {
    /// The causes, those first that reach most exports.
    pub causes: Vec<Cause>,
    /// The exports that differ, by name, and the positions of their causes. Exports that have the same have one list together.
    pub exports: Vec<(NameId, Rc<Vec<u32>>)>,
}

impl Cause {
    /// The worst of its changes.
    pub fn verdict(&self) -> Verdict {
        self.changes.iter().map(|change| change.class.verdict()).max().unwrap_or(Verdict::Unclear)
    }
}

/// How many decisions one type can differ for and still be told with others.
const MOST_DECISIONS: usize = 8;

/// Puts causes together.
pub(super) struct Collector {
    causes: Vec<Cause>,
    /// What each decision is, and where the cause stands that is told for it.
    decisions: Vec<(Vec<u8>, usize)>,
    /// The positions of each type's causes, one after the other.
    places: Vec<usize>,
    /// By type: where they end.
    ends: Vec<usize>,
}

impl Collector {
    fn add(&mut self, differing: &Differing, judged: Judgement, budget: &mut Budget) -> Result<()> {
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

    /// Where the causes stand that are told for a type.
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

/// What was decided, and how it is told.
fn decision_of(change: &Change) -> Vec<u8> {
    match change.class {
        Class::ToolchainSpelling => change.class.id().as_bytes().to_vec(),
        _ if change.decision.is_empty() => Vec::new(),
        class => [class.id().as_bytes(), b" ", &change.decision].concat(),
    }
}

/// Puts the causes of all types together; `reached` are the types that exports reach.
pub(super) fn outcome(
    catalog: &Catalog<'_>,
    types: &[Differing],
    judged: Vec<Judgement>,
    reached: &Reached,
    budget: &mut Budget,
) -> Result<Outcome> {
    let (causes, decisions, places, ends) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let mut collector = Collector { causes, decisions, places, ends };
    for (differing, judged) in types.iter().zip(judged) {
        collector.add(differing, judged, budget)?;
    }
    let groups = Groups::of(catalog, &collector, reached, budget)?;
    let mut causes = core::mem::take(&mut collector.causes);
    groups.share(&mut causes, budget)?;
    sorted(catalog, causes, groups, budget)
}

/// Causes and exports in an order that does not depend on that of the files. A type that no export reaches on both sides is
/// no cause.
fn sorted(
    catalog: &Catalog<'_>,
    mut causes: Vec<Cause>,
    groups: Groups,
    budget: &mut Budget,
) -> Result<Outcome> {
    let mut order: Vec<usize> = Vec::new();
    for (place, cause) in causes.iter().enumerate() {
        if !cause.exports.is_empty() {
            budget.push(&mut order, place)?;
        }
    }
    let key = |cause: &Cause| {
        let texts = (catalog.text(cause.old), catalog.text(cause.new));
        (core::cmp::Reverse(cause.exports.len()), catalog.name(cause.name), texts)
    };
    order.sort_by(|&a, &b| causes.get(a).map(key).cmp(&causes.get(b).map(key)));
    let mut position: Vec<u32> = Vec::new();
    budget.fill(&mut position, causes.len(), 0)?;
    let mut sorted: Vec<(u32, Cause)> = Vec::new();
    for (to, &from) in (0..).zip(&order) {
        if let Some(slot) = position.get_mut(from) {
            *slot = to;
        }
    }
    budget.reserve(&mut sorted, order.len())?;
    let is_there = |cause: &Cause| !cause.exports.is_empty();
    sorted.extend(position.iter().copied().zip(causes.drain(..)).filter(|(_, cause)| is_there(cause)));
    sorted.sort_unstable_by_key(|&(position, _)| position);
    let mut causes = Vec::new();
    budget.reserve(&mut causes, sorted.len())?;
    causes.extend(sorted.into_iter().map(|(_, cause)| cause));
    let exports = groups.exports(&position, budget)?;
    Ok(Outcome { causes, exports })
}
