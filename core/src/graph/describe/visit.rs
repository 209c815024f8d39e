//! Meeting nodes again that were described before, for old names that end up at other members ([`Shared`](super::shared::Shared)).
//!
//! A kABI union is described when it is met first, and again when a symbol meets it twice for the first time; each
//! time its old name is on the way again. The second description does not enter records, nor do those within it, and
//! to unions there it is as if it were their second, too. So it has to be known what a symbol meets in types that are
//! complete: they are visited, which writes nothing. A symbol enters a record once; what is no record it can meet any
//! number of times, but soon nothing can happen there any more.
//!
//! Visits cost a walk for each symbol, and hardly any object needs them: a union that a single member is of, and no
//! kernel's macros make others, is never met twice. So nobody is visited before something refers to a union, or to
//! what leads there without a record in between, that something else has referred to; what was not visited until then is
//! made up for.

use crate::budget::Budget;
use crate::dwarf::DieId;
use crate::error::Result;
use crate::graph::{DescriptionId, Fragment, NodeId, NodeKind, Progress};
use crate::kabi::Placeholder;

use super::Describer;
use super::shared::{Described, Ending, Visit, Waiting};

/// What is to be done with a node that was met.
#[derive(Clone, Copy, Debug)]
enum Reach {
    Nothing,
    Describe,
    Visit(DescriptionId),
}

impl Describer<'_, '_> {
    /// Begins a symbol, which has entered no record.
    pub(super) fn begin_symbol(&mut self) {
        self.entered = self.entered.saturating_add(1);
        self.shared.start = self.entered;
        self.shared.skipped.clear();
    }

    /// Whether a node has to be described, or visited, before the innermost frame goes on.
    #[inline]
    pub(super) fn is_waiting(&self) -> bool {
        self.pending.is_some() || self.is_visiting()
    }

    /// Whether a visit comes before what is left to do for the innermost frame.
    #[inline]
    pub(super) fn is_visiting(&self) -> bool {
        self.shared.visits.last().is_some_and(|visit| visit.depth == self.frames.len())
    }

    /// Whether a node that was not described, and is met where no record is entered, is none.
    #[cold]
    pub(super) fn is_no_record(&mut self, id: DieId, budget: &mut Budget) -> Result<bool> {
        let die = self.die(id, budget)?;
        Ok(match die.tag {
            gimli::DW_TAG_structure_type | gimli::DW_TAG_class_type | gimli::DW_TAG_enumeration_type => false,
            gimli::DW_TAG_union_type => self.placeholder(id.0, &die, budget)?.is_some(),
            _ => true,
        })
    }

    /// Whether a node that was described before, or a kABI union that is being described, has to be described again;
    /// if it has to be visited, that is begun.
    #[cold]
    pub(super) fn is_due_again(&mut self, node: NodeId, budget: &mut Budget) -> Result<bool> {
        if !self.shared.visits_all {
            if self.graph.node(node).is_none_or(|node| !node.leads_to_union) {
                if self.is_met_first(node) {
                    budget.push(&mut self.shared.skipped, node)?;
                }
                return Ok(false);
            }
            self.shared.visits_all = true;
            self.make_up(budget)?;
        }
        match self.reach(node) {
            Reach::Nothing => Ok(false),
            Reach::Describe => Ok(true),
            Reach::Visit(description) => {
                let visit = Visit { description, next: 0, depth: self.frames.len() };
                budget.push(&mut self.shared.visits, visit)?;
                Ok(false)
            }
        }
    }

    /// Notes that the symbol has come to a complete node; whether it had not before.
    fn is_met_first(&mut self, id: NodeId) -> bool {
        let (start, entered) = (self.shared.start, self.entered);
        let Some(node) = self.graph.node_mut(id) else { return false };
        if node.entered < start {
            (node.entered, node.is_met) = (entered, false);
        }
        !core::mem::replace(&mut node.is_met, true) && node.progress == Progress::Complete
    }

    /// Notes what the symbol would have met in the nodes that were not visited. It has met nothing twice there.
    fn make_up(&mut self, budget: &mut Budget) -> Result<()> {
        let mut waiting = core::mem::take(&mut self.shared.skipped);
        while let Some(id) = waiting.pop() {
            let description = self.graph.description(id);
            let count = description.map_or(0, |id| self.graph.fragments(id).len());
            budget.charge_work(u64::try_from(count).unwrap_or(u64::MAX))?;
            for at in 0..count {
                let fragment = description.and_then(|id| self.graph.fragments(id).get(at).copied());
                if let Some(Fragment::Ref(inner, _)) = fragment
                    && self.is_met_first(inner)
                {
                    budget.push(&mut waiting, inner)?;
                }
            }
        }
        budget.free(waiting);
        Ok(())
    }

    /// Notes whether a description that has ended leads to a kABI union without a record in between.
    #[cold]
    pub(super) fn note_lead(&mut self, id: NodeId, description: DescriptionId) {
        let leads = |fragment: &Fragment| match fragment {
            Fragment::Ref(inner, _) => self.graph.node(*inner).is_some_and(|inner| inner.leads_to_union),
            _ => false,
        };
        let leads_to_union = self.graph.fragments(description).iter().any(leads);
        if let Some(node) = self.graph.node_mut(id)
            && node.kind != NodeKind::Record
        {
            node.leads_to_union |= leads_to_union;
        }
    }

    fn reach(&mut self, id: NodeId) -> Reach {
        let (start, entered, is_closed) = (self.shared.start, self.entered, self.shared.is_closed());
        let described = self.shared.union(id).map(|(_, described)| *described);
        let Some(node) = self.graph.node_mut(id) else { return Reach::Nothing };
        if node.kind == NodeKind::Record && is_closed {
            return Reach::Nothing;
        }
        if node.entered < start {
            (node.entered, node.is_met) = (entered, false);
        }
        let is_first = !is_closed && !core::mem::replace(&mut node.is_met, true);
        let visit = node.latest.map_or(Reach::Nothing, Reach::Visit);
        match (described, node.kind, node.progress) {
            (Some(Described { first: false, .. }), ..) if is_first => Reach::Describe,
            (Some(_), ..) if is_first => visit,
            (Some(Described { second: false, .. }), ..) => Reach::Describe,
            // Whatever is in it was met before in the same way.
            (Some(_), ..) => Reach::Nothing,
            (None, _, Progress::Absent | Progress::Open) => Reach::Nothing,
            (None, _, Progress::Complete) if is_first => visit,
            (None, NodeKind::Record, Progress::Complete) => Reach::Nothing,
            (None, _, Progress::Complete) if core::mem::replace(&mut node.is_settled, true) => Reach::Nothing,
            (None, _, Progress::Complete) => visit,
        }
    }

    /// Goes on with the innermost visit.
    pub(super) fn go_on_visiting(&mut self, budget: &mut Budget) -> Result<()> {
        let Some(visit) = self.shared.visits.last_mut() else { return Ok(()) };
        let fragments = self.graph.fragments(visit.description).get(visit.next..).unwrap_or_default();
        let reference = |fragment: &Fragment| match fragment {
            Fragment::Ref(node, _) => Some(*node),
            _ => None,
        };
        let found = fragments.iter().enumerate().find_map(|(at, fragment)| Some((at, reference(fragment)?)));
        let passed = found.map_or(fragments.len(), |(at, _)| at.saturating_add(1));
        budget.charge_work(u64::try_from(passed).unwrap_or(u64::MAX))?;
        visit.next = visit.next.saturating_add(passed);
        let Some((_, id)) = found else {
            self.shared.visits.pop();
            return self.end_waiting(budget);
        };
        if let Some(die) = self.graph.node(id).map(|node| node.die)
            && self.is_due(id, die, budget)?
        {
            self.pending = Some((id, die));
        }
        Ok(())
    }

    /// Begins the description of a kABI union, whose frame is the innermost one.
    pub(super) fn begin_union(
        &mut self,
        node: NodeId,
        placeholder: &Placeholder<'_>,
        budget: &mut Budget,
    ) -> Result<()> {
        if !self.shares_old_names {
            return Ok(());
        }
        match placeholder {
            Placeholder::Renamed(_, old) => self.shared.old_name = Some(self.graph.write(old, budget)?),
            Placeholder::Reserved(_) => self.shared.old_name = None,
            Placeholder::Ignored => {}
        }
        let is_closed = self.shared.is_closed();
        if let Some(node) = self.graph.node_mut(node) {
            node.leads_to_union = true;
        }
        if let Err(at) = self.shared.position(node) {
            budget.insert(&mut self.shared.unions, at, (node, Described::default()))?;
        }
        let Some((_, described)) = self.shared.union_mut(node) else { return Ok(()) };
        if !is_closed && !described.first {
            described.first = true;
            return Ok(());
        }
        described.second = true;
        self.shared.second = self.shared.second.saturating_add(1);
        let depth = (self.frames.len().saturating_sub(1), self.shared.visits.len());
        budget.push(&mut self.shared.waiting, Waiting { depth, what: Ending::Union })
    }

    /// Notes a member or parameter that ends when the node is done that was met last. Its name stands at `name` in
    /// the draft, or would stand there.
    pub(super) fn await_type(&mut self, name: usize, is_named: bool, budget: &mut Budget) -> Result<()> {
        if !self.shares_old_names || !self.is_waiting() {
            return Ok(());
        }
        let begun = usize::from(self.is_visiting());
        let depth = (self.frames.len(), self.shared.visits.len().saturating_sub(begun));
        budget.push(&mut self.shared.waiting, Waiting { depth, what: Ending::Item(name, is_named) })
    }

    /// Ends what has waited for the node that is done.
    pub(super) fn end_waiting(&mut self, budget: &mut Budget) -> Result<()> {
        let depth = (self.frames.len(), self.shared.visits.len());
        while let Some(Waiting { what, .. }) = self.shared.waiting.pop_if(|waiting| waiting.depth == depth) {
            match (what, self.shared.old_name) {
                (Ending::Union, _) => self.shared.second = self.shared.second.saturating_sub(1),
                (Ending::Item(at, is_named), Some(old)) => self.draft.rename(at, is_named, old, budget)?,
                (Ending::Item(..), None) => {}
            }
        }
        Ok(())
    }
}
