//! What has values of types that are larger or smaller now: members of it have moved, elements of arrays are elsewhere, or
//! a function takes the value.
//!
//! A module that was built before has all of that compiled in, whether or not it knows the type by name.

use alloc::rc::Rc;
use alloc::vec::Vec;

use dwarfksyms_core::Result;
use dwarfksyms_core::budget::Budget;

use crate::layout::{Builds, Difference, Library, Part, aggregates_in};
use crate::types::{FileId, NameId, NodeIndex, NodeKind, Side, Tree, Wrapper, type_title};

use super::change::{Change, whole};
use super::class::Class;
use super::differing::{Differing, Occurrence, Reached, at};
use super::judgement::{Judge, Judgement};
use super::members::moved;

/// How many typedefs of typedefs are looked through.
const DEEPEST: usize = 64;

/// How a type is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum How {
    /// As the value of a member or variable.
    Value,
    /// As the elements of an array.
    Element,
    /// As a parameter or result.
    Passed,
    /// A typedef stands for it.
    Alias,
}

/// A type of which something has values.
struct Use<'t> {
    name: &'t [u8],
    how: How,
    /// The member or parameter, with those that it is in; empty for a variable or result.
    by: Vec<u8>,
}

/// What is known so far.
struct Search<'a, 'j, 't> {
    judge: &'j Judge<'a, 't>,
    types: &'j [Differing],
    judged: &'j [Judgement],
    /// By position among the types that differ: whether an export reaches it.
    is_reached: Vec<bool>,
    /// By position: what moves for it.
    found: Vec<Option<Vec<u8>>>,
    /// By name: one more than the position of a type that has another size in the files at hand, or 0.
    resized: Vec<u32>,
    /// By record: whether it was looked at.
    is_seen: Vec<bool>,
}

impl<'a, 't> Judge<'a, 't> {
    /// Tells of each cause that has another size what moves for it.
    pub(super) fn tell_holders(
        &self,
        types: &[Differing],
        occurrences: &[Occurrence],
        reached: &Reached,
        judged: &mut [Judgement],
        budget: &mut Budget,
    ) -> Result<()> {
        if judged.iter().all(|judged| judged.resized.is_none()) {
            return Ok(());
        }
        let (mut is_reached, mut found, mut resized) = (Vec::new(), Vec::new(), Vec::new());
        budget.fill(&mut is_reached, types.len(), false)?;
        for &number in reached.sets().flatten() {
            budget.charge_work(1)?;
            if let Some(slot) = usize::try_from(number).ok().and_then(|at| is_reached.get_mut(at)) {
                *slot = true;
            }
        }
        for _ in types {
            budget.push(&mut found, None)?;
        }
        budget.fill(&mut resized, self.unified.len(), 0)?;
        let is_seen = Vec::new();
        let mut search = Search { judge: self, types, judged, is_reached, found, resized, is_seen };
        for same in occurrences.chunk_by(|one, other| one.files == other.files) {
            search.files(same, budget)?;
        }
        search.inward(budget)?;
        let Search { mut found, is_reached, resized, is_seen, .. } = search;
        for (judged, found) in judged.iter_mut().zip(&mut found) {
            if let (true, Some(resized), Some(sentence)) = (judged.is_cause, &judged.resized, found.take()) {
                let text = [resized.text.as_slice(), b"; ", &sentence].concat();
                let change = Change::whole(Class::ValueResized, text);
                budget.charge_memory(change.bytes())?;
                budget.push(&mut judged.changes, change)?;
            }
        }
        budget.free(is_reached);
        budget.free(resized);
        budget.free(is_seen);
        Ok(())
    }
}

impl<'t> Search<'_, '_, 't> {
    /// Looks through a pair of files for what has values of types that have another size in them.
    fn files(&mut self, occurrences: &[Occurrence], budget: &mut Budget) -> Result<()> {
        let Some(&Occurrence { files, .. }) = occurrences.first() else { return Ok(()) };
        let mut names = Vec::new();
        for occurrence in occurrences {
            budget.charge_work(1)?;
            let is_open = at(&self.found, occurrence.number).is_some_and(Option::is_none);
            let is_resized = at(self.judged, occurrence.number).is_some_and(is_of_interest);
            if let (true, true, Some(differing)) = (is_open, is_resized, at(self.types, occurrence.number)) {
                self.mark(differing.name, occurrence.number, &mut names, budget)?;
            }
        }
        if names.is_empty() {
            return Ok(());
        }
        let old = Library::new(self.judge.catalog, files.0, budget)?;
        let new = Library::new(self.judge.catalog, files.1, budget)?;
        self.aliases(files.0, &mut names, budget)?;
        let catalog = self.judge.catalog;
        for &record in catalog.records(files.0) {
            budget.charge_work(1)?;
            let needed = record.index().saturating_add(1);
            budget.fill(&mut self.is_seen, needed, false)?;
            let is_seen = self.is_seen.get(record.index()).copied().unwrap_or(true);
            if is_seen || !self.refers(catalog.references(record), budget)? {
                continue;
            }
            if let Some(slot) = self.is_seen.get_mut(record.index()) {
                *slot = true;
            }
            let holder = catalog.name_of(record);
            let others = self.counterpart(holder, &new);
            let found = budget.apart(|budget| {
                let before = whole(catalog.text(record), budget)?;
                let after = others.map(|text| whole(text, budget)).transpose()?;
                self.holder(holder, &before, after.as_ref(), &old, &new, budget)
            })?;
            for (number, sentence) in found {
                if let Some(slot) = usize::try_from(number).ok().and_then(|at| self.found.get_mut(at))
                    && slot.as_ref().is_none_or(|known| (sentence.len(), &sentence) < (known.len(), known))
                {
                    budget.charge_memory(sentence.len())?;
                    *slot = Some(sentence);
                }
            }
        }
        for name in names.drain(..) {
            if let Some(slot) = self.resized.get_mut(name.index()) {
                *slot = 0;
            }
        }
        budget.free(names);
        old.free(budget);
        new.free(budget);
        Ok(())
    }

    fn mark(
        &mut self,
        name: NameId,
        number: u32,
        names: &mut Vec<NameId>,
        budget: &mut Budget,
    ) -> Result<()> {
        if let Some(slot) = self.resized.get_mut(name.index()) {
            *slot = number.saturating_add(1);
            budget.push(names, name)?;
        }
        Ok(())
    }

    fn number(&self, name: NameId) -> Option<u32> {
        self.resized.get(name.index())?.checked_sub(1)
    }

    fn refers(&self, references: &[NameId], budget: &mut Budget) -> Result<bool> {
        budget.charge_bytes(references.len().saturating_mul(4))?;
        Ok(references.iter().any(|&name| self.number(name).is_some()))
    }

    /// Typedefs of types that have another size have it, too.
    fn aliases(&mut self, file: FileId, names: &mut Vec<NameId>, budget: &mut Budget) -> Result<()> {
        let catalog = self.judge.catalog;
        for _ in 0..DEEPEST {
            let known = names.len();
            for &record in catalog.records(file) {
                budget.charge_work(1)?;
                let name = catalog.name_of(record);
                let is_new = catalog.name(name).starts_with(b"t#") && self.number(name).is_none();
                if !is_new || !self.refers(catalog.references(record), budget)? {
                    continue;
                }
                let alias = budget.apart(|budget| {
                    let part = whole(catalog.text(record), budget)?;
                    let uses = uses(&part, budget)?;
                    let alias = uses.into_iter().find(|each| each.how == How::Alias);
                    Ok(alias.and_then(|each| catalog.find(each.name)))
                })?;
                if let Some(number) = alias.and_then(|name| self.number(name)) {
                    self.mark(name, number, names, budget)?;
                }
            }
            if names.len() == known {
                break;
            }
        }
        Ok(())
    }

    /// What a name stands for in the new build.
    fn counterpart(&self, name: NameId, new: &Library<'_, 't>) -> Option<&'t [u8]> {
        new.record(name).map(|record| self.judge.catalog.text(record))
    }

    /// The types that something has values of, and what that means.
    fn holder(
        &self,
        name: NameId,
        old: &Part<'t>,
        new: Option<&Part<'t>>,
        old_types: &Library<'_, 't>,
        new_types: &Library<'_, 't>,
        budget: &mut Budget,
    ) -> Result<Vec<(u32, Vec<u8>)>> {
        let catalog = self.judge.catalog;
        let mut found = Vec::new();
        let Some(new) = new else { return Ok(found) };
        let title = type_title(catalog.name(name));
        let is_export = matches!(old.kind(), NodeKind::Subprogram | NodeKind::Variable);
        if is_export && catalog.export(Side::New, name).is_none() {
            return Ok(found);
        }
        let mut has_moved = None;
        for Use { name: used, how, by } in uses(old, budget)? {
            let Some(number) = catalog.find(used).and_then(|used| self.number(used)) else { continue };
            let resized = at(self.judged, number).and_then(|judged| judged.resized.as_ref());
            let has_other_size = resized.is_some_and(|resized| resized.has_other_size);
            let used = type_title(used);
            let sentence = match how {
                How::Alias => continue,
                How::Element if has_other_size => {
                    let parts: [&[u8]; 5] = [b"'", &title, b"' has an array of '", &used, b"'"];
                    let by = if by.is_empty() { by } else { [b" (".as_slice(), &by, b")"].concat() };
                    [parts.concat(), by].concat()
                }
                How::Passed if has_other_size && old.kind() == NodeKind::Subprogram => {
                    let verb: &[u8] = if by.is_empty() { b"' gives back a '" } else { b"' takes a '" };
                    [b"'", title.as_slice(), verb, &used, b"' by value"].concat()
                }
                How::Passed if has_other_size => {
                    [b"a function in '", title.as_slice(), b"' takes or gives back a '", &used, b"' by value"]
                        .concat()
                }
                How::Value if old.kind() == NodeKind::Variable && has_other_size && by.is_empty() => {
                    [b"variable '", title.as_slice(), b"' is a '", &used, b"'"].concat()
                }
                // An array of what is aligned otherwise, even one of no elements, can be elsewhere.
                How::Value | How::Element if self.differs(name) => {
                    if has_moved.is_none() {
                        has_moved = Some(self.moved(old, new, old_types, new_types, budget)?);
                    }
                    let Some(Some(sentence)) = &has_moved else { continue };
                    [b"in '", title.as_slice(), b"', ", sentence].concat()
                }
                _ => continue,
            };
            budget.push(&mut found, (number, sentence))?;
        }
        Ok(found)
    }

    /// Whether a type is one of those that differ and that an export reaches.
    fn differs(&self, name: NameId) -> bool {
        let name = self.judge.unified.get(name.index()).copied().unwrap_or(name);
        let first = self.types.partition_point(|differing| differing.name < name);
        let same = self.types.iter().zip(&self.is_reached).skip(first);
        let mut same = same.take_while(|(differing, _)| differing.name == name);
        same.any(|(_, &is_reached)| is_reached)
    }

    /// What has moved in something that has a value of a type.
    fn moved(
        &self,
        old: &Part<'t>,
        new: &Part<'t>,
        old_types: &Library<'_, 't>,
        new_types: &Library<'_, 't>,
        budget: &mut Budget,
    ) -> Result<Option<Vec<u8>>> {
        let inside = |part: &Part<'t>| match part.kind() {
            NodeKind::Variable | NodeKind::Wrapper(Wrapper::Typedef) => part.inner(),
            _ => Some(part.clone()),
        };
        let (Some(old), Some(new)) = (inside(old), inside(new)) else { return Ok(None) };
        let Some((old, new)) = aggregates_in(&old, &new) else { return Ok(None) };
        let is_same_type = |old: &[u8], new: &[u8]| self.judge.is_same_type(old, new);
        let builds = Builds { old: old_types, new: new_types, is_same_type: &is_same_type };
        let Some(difference) = Difference::of(&old, &new, builds, budget)? else { return Ok(None) };
        Ok(moved(&difference, b"", budget)?.map(|(_, sentence)| sentence))
    }

    /// What was found of a type that only follows counts for what it follows from.
    fn inward(&mut self, budget: &mut Budget) -> Result<()> {
        let mut position: Vec<u32> = Vec::new();
        budget.fill(&mut position, self.judge.unified.len(), 0)?;
        for (number, (differing, own)) in (1..).zip(self.types.iter().zip(self.judged)) {
            if let Some(slot) = position.get_mut(differing.name.index()).filter(|_| own.resized.is_some()) {
                *slot = number;
            }
        }
        let mut waiting: Vec<usize> = Vec::new();
        for (at, found) in self.found.iter().enumerate() {
            if found.is_some() {
                budget.push(&mut waiting, at)?;
            }
        }
        while let Some(number) = waiting.pop() {
            let Some(judged) = self.judged.get(number).filter(|judged| !judged.is_cause) else { continue };
            let Some(Some(sentence)) = self.found.get(number).cloned() else { continue };
            for name in judged.embedded.iter().flatten() {
                budget.charge_bytes(sentence.len())?;
                let inner = position.get(name.index()).and_then(|at| at.checked_sub(1));
                let Some(inner) = inner.and_then(|at| usize::try_from(at).ok()) else { continue };
                if let Some(slot @ None) = self.found.get_mut(inner) {
                    budget.charge_memory(sentence.len())?;
                    *slot = Some(sentence.clone());
                    budget.push(&mut waiting, inner)?;
                }
            }
        }
        budget.free(position);
        budget.free(waiting);
        Ok(())
    }
}

/// How a type is used that such nodes are around, from the innermost; not at all if only a pointer leads to it.
fn how(around: impl Iterator<Item = NodeKind>) -> Option<How> {
    let mut how = None;
    for kind in around {
        match kind {
            NodeKind::Wrapper(Wrapper::Pointer | Wrapper::Reference | Wrapper::RvalueReference) => break,
            NodeKind::Array => return Some(How::Element),
            NodeKind::Parameter | NodeKind::Subroutine | NodeKind::Subprogram => {
                return Some(How::Passed);
            }
            NodeKind::Wrapper(Wrapper::Typedef) => return Some(how.unwrap_or(How::Alias)),
            NodeKind::Member | NodeKind::Variable => how = Some(How::Value),
            _ => {}
        }
    }
    how
}

/// Whether it is asked what moves for a type. That a typedef stands for something larger says it already.
fn is_of_interest(judged: &Judgement) -> bool {
    judged.resized.is_some() && judged.changes.iter().all(|change| change.class != Class::TypedefChanged)
}

/// The types that a type string has values of, how, and by which member or parameter.
fn uses<'t>(part: &Part<'t>, budget: &mut Budget) -> Result<Vec<Use<'t>>> {
    let tree: &Rc<Tree<'t>> = &part.tree;
    let mut uses = Vec::new();
    // What the node is in, and where that ends.
    let mut open: Vec<(NodeIndex, usize)> = Vec::new();
    for (at, node) in tree.part(Tree::ROOT).iter().enumerate() {
        budget.charge_work(2)?;
        while open.pop_if(|&mut (_, end)| end <= at).is_some() {}
        let index = NodeIndex::after(Tree::ROOT, at);
        if node.kind != NodeKind::Reference {
            budget.push(&mut open, (index, node.end_of_part()))?;
            continue;
        }
        let Some(name) = node.name else { continue };
        budget.charge_work(u64::try_from(open.len()).unwrap_or(u64::MAX))?;
        let Some(how) = how(open.iter().rev().map(|&(around, _)| tree.kind(around))) else { continue };
        let mut by: Vec<u8> = Vec::new();
        for item in open.iter().filter(|&&(around, _)| tree.kind(around).is_item()) {
            let Some(own) = tree.name(item.0) else { continue };
            if !by.is_empty() {
                budget.push(&mut by, b'.')?;
            }
            budget.extend(&mut by, own)?;
        }
        if by.is_empty() && open.iter().any(|&(around, _)| tree.kind(around) == NodeKind::Parameter) {
            budget.extend(&mut by, b"parameter")?;
        }
        budget.push(&mut uses, Use { name, how, by })?;
    }
    budget.free(open);
    Ok(uses)
}
