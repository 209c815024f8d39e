//! Which types a type reaches, itself among them, through the references of type strings.
//!
//! Types that reach one another reach the same: they are found as strongly connected components (Tarjan's
//! algorithm, with a stack of its own), and each component has one set, a bit per type.

use alloc::vec::Vec;

use crate::budget::Budget;
use crate::error::{ErrorKind, Result};

use super::map::TypeMap;
use super::names::TypeId;
use super::remainder::Common;

/// A set of types.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TypeSet<'s>(&'s [u64]);

/// A set of types that can change.
#[derive(Debug)]
pub(crate) struct TypeSetMut(Vec<u64>);

/// The sets of types that all types reach.
#[derive(Debug)]
pub(crate) struct Closures {
    /// By type.
    component: Vec<u32>,
    /// The sets, one after the other.
    sets: Vec<u64>,
    /// Words per set.
    words: usize,
    /// By component: whether every type in the set has a string.
    is_whole: Vec<bool>,
}

/// A type that is being visited.
#[derive(Clone, Copy, Debug)]
struct Visit {
    id: TypeId,
    next: usize,
}

/// What the search keeps of every type.
#[derive(Clone, Copy, Debug)]
struct Mark {
    /// The order of discovery, from 1; 0 if it has not been found.
    found: u32,
    /// The earliest type on the stack that it is known to reach.
    lowest: u32,
    is_on_stack: bool,
}

struct Discovery<'m> {
    map: &'m TypeMap,
    marks: Vec<Mark>,
    visits: Vec<Visit>,
    stack: Vec<TypeId>,
    found: u32,
    /// The room for the set of a component.
    set: TypeSetMut,
    closures: Closures,
}

impl Closures {
    /// The most bytes that the sets may take: those of a whole kernel take 6 MB.
    const MOST_BYTES: usize = 64 << 20;

    /// Finds what every type reaches; `None` if that would take too much room.
    pub(crate) fn new(map: &TypeMap, budget: &mut Budget) -> Result<Option<Closures>> {
        let words = map.len().div_ceil(64);
        let left = usize::try_from(budget.memory() >> 1).unwrap_or(usize::MAX);
        let most = Closures::MOST_BYTES.min(left);
        if map.len().saturating_mul(words).saturating_mul(8) > most {
            return Ok(None);
        }
        let mut marks = Vec::new();
        budget.fill(&mut marks, map.len(), Mark { found: 0, lowest: 0, is_on_stack: false })?;
        let mut component = Vec::new();
        budget.fill(&mut component, map.len(), 0)?;
        let closures = Closures { component, sets: Vec::new(), words, is_whole: Vec::new() };
        let set = TypeSetMut::new(map.len(), budget)?;
        let (visits, stack) = (Vec::new(), Vec::new());
        let mut discovery = Discovery { map, marks, visits, stack, found: 0, set, closures };
        for id in map.ids() {
            if discovery.marks.get(id.index()).is_some_and(|mark| mark.found == 0) {
                discovery.visit(id, budget)?;
                discovery.run(budget)?;
            }
        }
        Ok(Some(discovery.closures))
    }

    /// What a type reaches, if every type of it has a string.
    pub(crate) fn get(&self, id: TypeId) -> Option<TypeSet<'_>> {
        let component = usize::try_from(*self.component.get(id.index())?).ok()?;
        let is_whole = self.is_whole.get(component).copied().unwrap_or(false);
        self.set(component).filter(|_| is_whole)
    }

    fn set(&self, component: usize) -> Option<TypeSet<'_>> {
        let start = component.checked_mul(self.words)?;
        self.sets.get(start..start.checked_add(self.words)?).map(TypeSet)
    }
}

impl Discovery<'_> {
    fn visit(&mut self, id: TypeId, budget: &mut Budget) -> Result<()> {
        self.found = self.found.checked_add(1).ok_or(ErrorKind::OutOfMemory)?;
        if let Some(mark) = self.marks.get_mut(id.index()) {
            *mark = Mark { found: self.found, lowest: self.found, is_on_stack: true };
        }
        budget.push(&mut self.stack, id)?;
        budget.push(&mut self.visits, Visit { id, next: 0 })
    }

    fn run(&mut self, budget: &mut Budget) -> Result<()> {
        while let Some(visit) = self.visits.last_mut() {
            budget.charge_work(1)?;
            let id = visit.id;
            let refs = self.map.string(id).map(|string| string.refs.as_slice()).unwrap_or_default();
            let Some(target) = refs.get(visit.next).map(|reference| reference.name) else {
                self.leave(id, budget)?;
                continue;
            };
            visit.next = visit.next.saturating_add(1);
            match self.marks.get(target.index()).copied() {
                Some(mark) if mark.found == 0 => self.visit(target, budget)?,
                Some(mark) if mark.is_on_stack => self.lower(id, mark.found),
                _ => {}
            }
        }
        Ok(())
    }

    fn lower(&mut self, id: TypeId, lowest: u32) {
        if let Some(mark) = self.marks.get_mut(id.index()) {
            mark.lowest = mark.lowest.min(lowest);
        }
    }

    /// Leaves a type, all of whose references have been followed.
    fn leave(&mut self, id: TypeId, budget: &mut Budget) -> Result<()> {
        self.visits.pop();
        let Some(mark) = self.marks.get(id.index()).copied() else { return Ok(()) };
        if let Some(parent) = self.visits.last().map(|visit| visit.id) {
            self.lower(parent, mark.lowest);
        }
        // The first of a component to be found is the last to be left.
        if mark.lowest == mark.found { self.add_component(id, budget) } else { Ok(()) }
    }

    /// Makes a component of the types on the stack from `first` on.
    fn add_component(&mut self, first: TypeId, budget: &mut Budget) -> Result<()> {
        let start = self.stack.iter().rposition(|&id| id == first).unwrap_or(0);
        let number = self.closures.is_whole.len();
        let component = u32::try_from(number).map_err(|_| ErrorKind::OutOfMemory)?;
        let set = &mut self.set;
        set.clear(budget)?;
        let mut is_whole = true;
        for &id in self.stack.get(start..).unwrap_or_default() {
            set.insert(id);
            if let Some(slot) = self.closures.component.get_mut(id.index()) {
                *slot = component;
            }
            if let Some(mark) = self.marks.get_mut(id.index()) {
                mark.is_on_stack = false;
            }
        }
        for &id in self.stack.get(start..).unwrap_or_default() {
            let Some(string) = self.map.string(id) else {
                is_whole = false;
                continue;
            };
            for reference in &string.refs {
                budget.charge_work(1)?;
                if set.contains(reference.name) {
                    continue;
                }
                // What is outside of the component has been left before.
                match self.closures.get(reference.name) {
                    Some(reached) => set.insert_all(reached, budget)?,
                    None => is_whole = false,
                }
            }
        }
        self.stack.truncate(start);
        budget.extend(&mut self.closures.sets, &set.0)?;
        budget.push(&mut self.closures.is_whole, is_whole)
    }
}

impl TypeSetMut {
    /// An empty set of the types of a map with `types` of them.
    pub(crate) fn new(types: usize, budget: &mut Budget) -> Result<TypeSetMut> {
        let mut words = Vec::new();
        budget.fill(&mut words, types.div_ceil(64), 0)?;
        Ok(TypeSetMut(words))
    }

    pub(crate) fn clear(&mut self, budget: &mut Budget) -> Result<()> {
        budget.charge_bytes(self.0.len().saturating_mul(8))?;
        self.0.fill(0);
        Ok(())
    }

    pub(crate) fn contains(&self, id: TypeId) -> bool {
        self.0.get(id.index() >> 6).is_some_and(|word| word & bit(id) != 0)
    }

    /// Adds a type; whether it is new.
    pub(crate) fn insert(&mut self, id: TypeId) -> bool {
        let Some(word) = self.0.get_mut(id.index() >> 6) else { return false };
        let is_new = *word & bit(id) == 0;
        *word |= bit(id);
        is_new
    }

    pub(crate) fn insert_all(&mut self, other: TypeSet<'_>, budget: &mut Budget) -> Result<()> {
        budget.charge_bytes(other.0.len().saturating_mul(8))?;
        for (word, other) in self.0.iter_mut().zip(other.0) {
            *word |= other;
        }
        Ok(())
    }

    /// The types that are in both, if they are few.
    pub(super) fn common(&self, other: TypeSet<'_>, budget: &mut Budget) -> Result<Option<Common>> {
        budget.charge_bytes(other.0.len().saturating_mul(8))?;
        let mut common = Common::default();
        for (number, (word, other)) in (0_u32..).zip(self.0.iter().zip(other.0)) {
            let mut both = word & other;
            while both != 0 {
                let id = TypeId(number.saturating_mul(64).saturating_add(both.trailing_zeros()));
                if !common.add(id) {
                    return Ok(None);
                }
                // Without the lowest bit.
                both &= both.wrapping_sub(1);
            }
        }
        Ok(Some(common))
    }

    pub(crate) fn is_disjoint(&self, other: TypeSet<'_>, budget: &mut Budget) -> Result<bool> {
        budget.charge_bytes(other.0.len().saturating_mul(8))?;
        Ok(self.0.iter().zip(other.0).all(|(word, other)| word & other == 0))
    }
}

fn bit(id: TypeId) -> u64 {
    1 << (id.index() & 63)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits::Limits;

    #[test]
    fn what_is_done_to_whole_sets_is_paid_for() {
        let budget = &mut Budget::new(&Limits::default());
        let types = 6400;
        let other = {
            let mut other = TypeSetMut::new(types, budget).unwrap();
            assert!(other.insert(TypeId(6399)) && !other.insert(TypeId(6399)));
            other
        };
        let mut set = TypeSetMut::new(types, budget).unwrap();
        // 100 words of 8 bytes are 50 steps of 16, and one for the call.
        let mut costs = |work: &mut dyn FnMut(&mut Budget)| {
            let before = budget.spent().work;
            work(budget);
            budget.spent().work - before
        };
        assert_eq!(costs(&mut |budget| assert!(set.is_disjoint(TypeSet(&other.0), budget).unwrap())), 51);
        assert_eq!(costs(&mut |budget| set.insert_all(TypeSet(&other.0), budget).unwrap()), 51);
        assert_eq!(costs(&mut |budget| assert!(!set.is_disjoint(TypeSet(&other.0), budget).unwrap())), 51);
        assert!(set.contains(TypeId(6399)) && !set.contains(TypeId(6398)));
        assert_eq!(costs(&mut |budget| set.clear(budget).unwrap()), 51);
        assert!(!set.contains(TypeId(6399)));
    }
}
