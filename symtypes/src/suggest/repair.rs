//! What would have to be done to a type for its old string, and what stands against it.
//!
//! Two trees come in. Out go edits of the new one, as rules and member names make them, with the suggestions that they
//! stand for; and obstacles, where modules that were built with the old type do not fit the new one.

use alloc::vec::Vec;

use dwarfksyms_core::Result;
use dwarfksyms_core::budget::Budget;

use crate::types::{Attribute, NodeIndex, NodeKind, Tree, Wrapper, references_in};

use super::advice::{Caveat, CaveatKind, Obstacle, ObstacleKind, Suggestion, SuggestionKind};
use super::macros::Macros;
use crate::layout::{Builds, Degree, Library, Pair, Part, aggregates_in, functions_in, relation};

/// What was found out about a type.
#[derive(Debug, Default)]
pub(crate) struct Repair {
    pub(crate) suggestions: Vec<Suggestion>,
    pub(crate) obstacles: Vec<Obstacle>,
    pub(crate) caveats: Vec<Caveat>,
    /// Whether the size or alignment of the type as a whole differs.
    pub(crate) is_resized: bool,
    /// Whether the definition is not there any more.
    pub(crate) is_definition_gone: bool,
    /// The new type string under the suggestions.
    pub(crate) text: Vec<u8>,
}

/// A change of the new tree.
#[derive(Clone, Copy, Debug)]
pub(super) enum Edit<'t> {
    Remove,
    Declare,
    Rename(Option<&'t [u8]>),
    /// To a part of the old tree.
    Replace(NodeIndex),
    Restate(Attribute, u64),
}

/// Compares a type with what it was.
pub(crate) fn repair<'t>(
    old: &Part<'t>,
    new: &Part<'t>,
    builds: Builds<'_, '_, 't>,
    macros: Macros,
    budget: &mut Budget,
) -> Result<Repair> {
    let repairer = Repairer {
        old: &old.tree,
        new: &new.tree,
        parts: (old, new),
        around: builds,
        macros,
        edits: Vec::new(),
        pairs: Vec::new(),
        has_reserved: false,
        repair: Repair::default(),
    };
    repairer.run(budget)
}

pub(super) struct Repairer<'a, 'c, 't> {
    pub(super) old: &'a Tree<'t>,
    pub(super) new: &'a Tree<'t>,
    pub(super) parts: (&'a Part<'t>, &'a Part<'t>),
    pub(super) around: Builds<'a, 'c, 't>,
    /// What suggestions are written in.
    pub(super) macros: Macros,
    pub(super) edits: Vec<(NodeIndex, Edit<'t>)>,
    /// Types with members or enumerators that are still to be looked at, and whether their size is that of the whole.
    pub(super) pairs: Vec<(NodeIndex, NodeIndex, bool)>,
    /// Whether the members that are looked at get reserved space back, which also makes up for a size that was lost.
    pub(super) has_reserved: bool,
    pub(super) repair: Repair,
}

impl<'t> Repairer<'_, '_, 't> {
    pub(super) fn pair(&self, old: NodeIndex, new: NodeIndex) -> (Part<'t>, Part<'t>) {
        (self.parts.0.at(old), self.parts.1.at(new))
    }

    /// Whether a value of one type can be taken for one of the other: what they are called, and how they may be accessed, is
    /// not looked at.
    pub(super) fn is_compatible(&self, old: NodeIndex, new: NodeIndex, budget: &mut Budget) -> Result<bool> {
        let (old, new) = self.pair(old, new);
        Ok(relation(&old, &new, false, self.around, budget)?.degree < Degree::Different)
    }

    /// Whether two types are the same but for the compiler's spelling.
    pub(super) fn is_same_but_spelling(
        &self,
        old: NodeIndex,
        new: NodeIndex,
        budget: &mut Budget,
    ) -> Result<bool> {
        let is_same_type = self.around.is_same_type;
        Pair { old: (self.old, old), new: (self.new, new), is_same_type }.is_alike(true, budget)
    }

    pub(super) fn aggregates_in(&self, old: NodeIndex, new: NodeIndex) -> Option<(NodeIndex, NodeIndex)> {
        let (old, new) = self.pair(old, new);
        aggregates_in(&old, &new).map(|(old, new)| (old.index, new.index))
    }

    fn functions_in(&self, old: NodeIndex, new: NodeIndex) -> Option<(NodeIndex, NodeIndex)> {
        let (old, new) = self.pair(old, new);
        functions_in(&old, &new).map(|(old, new)| (old.index, new.index))
    }

    fn run(mut self, budget: &mut Budget) -> Result<Repair> {
        self.roots(budget)?;
        while let Some((old, new, is_whole)) = self.pairs.pop() {
            self.aggregates(old, new, is_whole, budget)?;
        }
        let Repairer { mut edits, mut repair, .. } = self;
        // The last first: positions before it stay what they are.
        edits.sort_by_key(|&(index, _)| core::cmp::Reverse(index));
        let mut tree = self.new.copy(budget)?;
        for (index, edit) in edits {
            budget.charge_work(1)?;
            match edit {
                Edit::Remove => tree.remove(index, budget)?,
                Edit::Declare => tree.declare(index, budget)?,
                Edit::Rename(name) => tree.rename(index, name),
                Edit::Replace(part) => tree.replace(index, self.old, part, budget)?,
                Edit::Restate(attribute, value) => tree.restate(index, attribute, value),
            }
        }
        repair.text = tree.write(budget)?;
        Ok(repair)
    }

    fn roots(&mut self, budget: &mut Budget) -> Result<()> {
        let root = Tree::ROOT;
        let kinds = (self.old.kind(root), self.new.kind(root));
        let name = self.new.name(root).unwrap_or_default();
        match kinds {
            (NodeKind::Subprogram, NodeKind::Subprogram) => self.functions(root, root, budget),
            (NodeKind::Variable, NodeKind::Variable) => {
                self.inner(ObstacleKind::VariableTypeChanged, b"", budget)
            }
            (NodeKind::Wrapper(Wrapper::Typedef), NodeKind::Wrapper(Wrapper::Typedef)) => {
                self.inner(ObstacleKind::TypedefChanged, name, budget)
            }
            (old, new) if old == new && old.is_aggregate() => {
                budget.push(&mut self.pairs, (root, root, true))
            }
            (NodeKind::Text, _) | (_, NodeKind::Text) => {
                self.refuse(ObstacleKind::NotUnderstood, b"", budget)
            }
            (old, new) if old == new => self.refuse(ObstacleKind::NotUnderstood, name, budget),
            _ => self.refuse(ObstacleKind::KindChanged, name, budget),
        }
    }

    /// What a typedef or variable is.
    fn inner(&mut self, kind: ObstacleKind, name: &[u8], budget: &mut Budget) -> Result<()> {
        let root = Tree::ROOT;
        let (Some(old), Some(new)) = (self.old.type_of(root), self.new.type_of(root)) else {
            return self.refuse(ObstacleKind::NotUnderstood, name, budget);
        };
        if self.is_compatible(old, new, budget)? {
            return Ok(());
        }
        if let Some((old, new)) = self.aggregates_in(old, new) {
            let is_whole = kind == ObstacleKind::TypedefChanged;
            return budget.push(&mut self.pairs, (old, new, is_whole));
        }
        if let Some((old, new)) = self.functions_in(old, new) {
            return self.functions(old, new, budget);
        }
        self.refuse(kind, name, budget)
    }

    fn functions(&mut self, old: NodeIndex, new: NodeIndex, budget: &mut Budget) -> Result<()> {
        let (mut before, mut after) = (self.old.items(old), self.new.items(new));
        loop {
            budget.charge_work(1)?;
            match (before.next(), after.next()) {
                (None, None) => break,
                (Some(old), Some(new)) => {
                    let types = self.old.type_of(old).zip(self.new.type_of(new));
                    let is_same = match types {
                        Some((old, new)) => self.is_compatible(old, new, budget)?,
                        None => false,
                    };
                    if !is_same {
                        let name = self.new.name(new).unwrap_or_default();
                        return refuse(&mut self.repair, ObstacleKind::ParametersChanged, name, budget);
                    }
                }
                _ => return refuse(&mut self.repair, ObstacleKind::ParametersChanged, b"", budget),
            }
        }
        let results = self.old.type_of(old).zip(self.new.type_of(new));
        let is_same = match results {
            Some((old, new)) => self.is_compatible(old, new, budget)?,
            None => false,
        };
        if is_same { Ok(()) } else { self.refuse(ObstacleKind::ReturnTypeChanged, b"", budget) }
    }

    /// Structures, unions and enumerations.
    fn aggregates(
        &mut self,
        old: NodeIndex,
        new: NodeIndex,
        is_whole: bool,
        budget: &mut Budget,
    ) -> Result<()> {
        let nodes = self.old.part(old).len().saturating_add(self.new.part(new).len());
        budget.charge_bytes(nodes.saturating_mul(16))?;
        let is_declared =
            |tree: &Tree<'_>, index| tree.items(index).next().is_none() && tree.own_size(index).is_none();
        match (is_declared(self.old, old), is_declared(self.new, new)) {
            (true, true) => return Ok(()),
            (true, false) => {
                let Some(name) = self.new.name(new) else { return Ok(()) };
                budget.push(&mut self.edits, (new, Edit::Declare))?;
                let kind = SuggestionKind::DeclarationOnly;
                let rule = match self.macros.are_for_genksyms() {
                    true => self.macros.hidden_definition(name, budget)?,
                    false => self.macros.rule(kind, name, b"", budget)?,
                };
                return budget.push(&mut self.repair.suggestions, rule);
            }
            (false, true) => {
                self.repair.is_definition_gone = true;
                return Ok(());
            }
            (false, false) => {}
        }
        self.has_reserved = false;
        if self.old.kind(old) == NodeKind::Enumeration {
            self.enumerators(old, new, budget)?;
        } else {
            self.members(old, new, budget)?;
        }
        self.sizes(old, new, is_whole, budget)
    }

    /// The size and alignment.
    fn sizes(&mut self, old: NodeIndex, new: NodeIndex, is_whole: bool, budget: &mut Budget) -> Result<()> {
        let sizes = (self.old.own_size(old), self.new.own_size(new));
        let stated = |tree: &Tree<'_>, index| tree.attribute(index, Attribute::Alignment);
        let alignments = (
            self.around.old.alignment(self.old, old, budget)?,
            self.around.new.alignment(self.new, new, budget)?,
        );
        if self.has_reserved && sizes.1 <= sizes.0 && alignments.1.is_within(alignments.0) {
            if let Some(size) = sizes.0 {
                budget.push(&mut self.edits, (new, Edit::Restate(Attribute::ByteSize, size)))?;
            }
            return Ok(());
        }
        let is_resized = sizes.0 != sizes.1
            || alignments.0 != alignments.1
            || stated(self.old, old) != stated(self.new, new);
        if !is_resized {
            return Ok(());
        }
        let name = self.new.name(new).unwrap_or_default();
        // It is unknown whether the alignment is the same.
        let is_unknown = alignments.0 != alignments.1
            && (alignments.0.bytes().is_none() || alignments.1.bytes().is_none());
        if is_unknown {
            return self.refuse(ObstacleKind::NotUnderstood, name, budget);
        }
        if !is_whole {
            return self.refuse(ObstacleKind::PartResized, name, budget);
        }
        self.repair.is_resized = true;
        let (Some(old_size), Some(new_size)) = sizes else {
            return self.refuse(ObstacleKind::NotUnderstood, name, budget);
        };
        if new_size < old_size {
            return self.refuse(ObstacleKind::Shrunk, name, budget);
        }
        if new_size > old_size && !name.is_empty() {
            budget.push(&mut self.edits, (new, Edit::Restate(Attribute::ByteSize, old_size)))?;
            let mut buffer = itoa::Buffer::new();
            let value = buffer.format(old_size).as_bytes();
            // genksyms does not see sizes.
            if !self.macros.are_for_genksyms() {
                let rule = self.macros.rule(SuggestionKind::ByteSize, name, value, budget)?;
                budget.push(&mut self.repair.suggestions, rule)?;
            }
        }
        Ok(())
    }

    pub(super) fn refuse(&mut self, kind: ObstacleKind, subject: &[u8], budget: &mut Budget) -> Result<()> {
        refuse(&mut self.repair, kind, subject, budget)
    }

    pub(super) fn warn(&mut self, kind: CaveatKind, subject: &[u8], budget: &mut Budget) -> Result<()> {
        warn(&mut self.repair.caveats, kind, subject, budget)
    }
}

/// Notes an obstacle.
pub(super) fn refuse(
    repair: &mut Repair,
    kind: ObstacleKind,
    subject: &[u8],
    budget: &mut Budget,
) -> Result<()> {
    let mut kept = Vec::new();
    budget.extend(&mut kept, subject)?;
    budget.push(&mut repair.obstacles, Obstacle { kind, subject: kept })
}

/// Notes a caveat; those of one kind are one, about all of their subjects.
pub(super) fn warn(
    caveats: &mut Vec<Caveat>,
    kind: CaveatKind,
    subject: &[u8],
    budget: &mut Budget,
) -> Result<()> {
    budget.charge_work(u64::try_from(caveats.len()).unwrap_or(u64::MAX))?;
    if let Some(caveat) = caveats.iter_mut().find(|caveat| caveat.kind == kind) {
        if !subject.is_empty() {
            if !caveat.subject.is_empty() {
                budget.extend(&mut caveat.subject, b", ")?;
            }
            budget.extend(&mut caveat.subject, subject)?;
        }
        return Ok(());
    }
    let mut kept = Vec::new();
    budget.extend(&mut kept, subject)?;
    budget.push(caveats, Caveat { kind, subject: kept, files: Vec::new() })
}

/// The types that a string refers to and a file does not have.
pub(super) fn missing<'s>(
    text: &'s [u8],
    types: &Library<'_, '_>,
    budget: &mut Budget,
) -> Result<Vec<&'s [u8]>> {
    budget.charge_bytes(text.len())?;
    let mut missing = Vec::new();
    for (_, name) in references_in(text) {
        budget.charge_work(8)?;
        if types.text(name).is_none() {
            budget.push(&mut missing, name)?;
        }
    }
    Ok(missing)
}
