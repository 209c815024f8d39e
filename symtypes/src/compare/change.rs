//! How two descriptions of one type differ, in classes.
//!
//! What differs is found by the layout module; here it becomes sentences. Structures and unions are in `members.rs`,
//! functions in `parameters.rs`, enumerations in `enumerators.rs`.

use alloc::vec::Vec;

use dwarfksyms_core::Result;
use dwarfksyms_core::budget::Budget;

use crate::layout::{Builds, Degree, Pair, Part, Relation, aggregates_in, functions_in, relation};
use crate::types::{Attribute, NodeKind, Tree, Wrapper, type_title};

use super::class::Class;
use super::words::{kind_title, stated};

/// One difference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// What kind of difference it is.
    pub class: Class,
    /// The member, parameter or enumerator, with those that it is in; empty if it is about the type as a whole.
    pub subject: Vec<u8>,
    /// A sentence without a full stop.
    pub text: Vec<u8>,
    /// What was decided, if other types may have changed for the same decision; else empty.
    pub(crate) decision: Vec<u8>,
}

/// What is found out about a type.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Changes {
    pub(crate) changes: Vec<Change>,
    /// Whether nothing but offsets and sizes differs, and members are in the same order.
    pub(crate) is_shift: bool,
}

/// What has a type.
pub(super) struct Role<'w> {
    /// The class of the change if the types have nothing in common.
    pub(super) class: Class,
    /// The member or parameter; empty if it is none.
    pub(super) subject: &'w [u8],
    /// What it is called in a sentence.
    pub(super) what: &'w [u8],
}

/// Two types with members or enumerators that are still to be compared.
pub(super) struct Waiting<'t> {
    pub(super) old: Part<'t>,
    pub(super) new: Part<'t>,
    /// What their members' names begin with.
    pub(super) prefix: Vec<u8>,
}

/// Compares two descriptions of a type.
pub(crate) struct Comparer<'a, 'c, 't> {
    pub(super) builds: Builds<'a, 'c, 't>,
    pub(super) changes: Vec<Change>,
    pub(super) waiting: Vec<Waiting<'t>>,
    /// Whether offsets or sizes differ.
    pub(super) has_shifted: bool,
    /// Whether members are in another order.
    pub(super) is_reordered: bool,
    /// Whether the texts say where all members are.
    pub(super) is_known: bool,
}

impl<'a, 'c, 't> Comparer<'a, 'c, 't> {
    /// Tells how two types differ: not at all if only types have other names.
    pub(crate) fn compare(
        old: &Part<'t>,
        new: &Part<'t>,
        builds: Builds<'a, 'c, 't>,
        budget: &mut Budget,
    ) -> Result<Changes> {
        let (changes, waiting) = (Vec::new(), Vec::new());
        let mut comparer =
            Comparer { builds, changes, waiting, has_shifted: false, is_reordered: false, is_known: true };
        let trees = Pair {
            old: (&old.tree, old.index),
            new: (&new.tree, new.index),
            is_same_type: builds.is_same_type,
        };
        if old.tree.is_same(old.index, &new.tree, new.index) {
            let (class, text): (Class, &[u8]) = match old.kind() {
                _ if old.tree.is_measured() => {
                    (Class::CommaLost, b"the types are the same, only a comma has come or gone")
                }
                NodeKind::Enumeration => {
                    (Class::TypeRespelled, b"the same values are written in another way")
                }
                _ => (Class::NotStated, b"what is said of the same type differs, such as attributes"),
            };
            comparer.note(class, b"", text, budget)?;
        } else if trees.is_alike(false, budget)? {
            return Ok(Changes::default());
        } else if trees.is_alike(true, budget)? {
            let text = b"only the compiler's spelling of the same type differs";
            comparer.note(Class::ToolchainSpelling, b"", text, budget)?;
        } else {
            comparer.roots(old, new, budget)?;
            while let Some(Waiting { old, new, prefix }) = comparer.waiting.pop() {
                comparer.aggregates(&old, &new, &prefix, budget)?;
            }
        }
        let is_place = |change: &Change| {
            matches!(change.class, Class::MemberMoved | Class::SizeChanged | Class::AlignmentChanged)
        };
        let is_shift =
            comparer.has_shifted && !comparer.is_reordered && comparer.changes.iter().all(is_place);
        if comparer.changes.is_empty() {
            let is_same =
                comparer.is_known && old.kind().is_aggregate() && old.kind() != NodeKind::Enumeration;
            let (class, text): (_, &[u8]) = match is_same {
                true => (Class::TypeRespelled, b"the members are in another order, each at its place"),
                false => (Class::Other, b"the type differs"),
            };
            comparer.note(class, b"", text, budget)?;
        }
        Ok(Changes { changes: comparer.changes, is_shift })
    }

    fn roots(&mut self, old: &Part<'t>, new: &Part<'t>, budget: &mut Budget) -> Result<()> {
        match (old.kind(), new.kind()) {
            (NodeKind::Subprogram, NodeKind::Subprogram) => self.functions(old, new, budget),
            (NodeKind::Variable, NodeKind::Variable) => {
                self.inner(old, new, Class::VariableTypeChanged, b"the variable", budget)
            }
            (NodeKind::Wrapper(Wrapper::Typedef), NodeKind::Wrapper(Wrapper::Typedef)) => {
                self.own_attributes(old, new, budget)?;
                self.inner(old, new, Class::TypedefChanged, b"the typedef", budget)
            }
            (one, other) if one == other && one.is_aggregate() => {
                self.wait(old.clone(), new.clone(), Vec::new(), budget)
            }
            (NodeKind::Text, NodeKind::Text) => {
                let (before, after) = (old.text(budget)?, new.text(budget)?);
                let text = [b"was '", before.as_slice(), b"', is '", &after, b"'"].concat();
                self.note(Class::NotStated, b"", &text, budget)
            }
            // One of them is not understood.
            (NodeKind::Text, _) | (_, NodeKind::Text) => {
                self.note(Class::NotStated, b"", b"is declared in another way", budget)
            }
            (one, other) => {
                let text = [b"was a ", kind_title(one), b", is a ", kind_title(other)].concat();
                self.note(Class::KindChanged, b"", &text, budget)
            }
        }
    }

    /// What a typedef or variable is.
    fn inner(
        &mut self,
        old: &Part<'t>,
        new: &Part<'t>,
        class: Class,
        what: &[u8],
        budget: &mut Budget,
    ) -> Result<()> {
        let (Some(old), Some(new)) = (old.inner(), new.inner()) else { return Ok(()) };
        if let Some((old, new)) = aggregates_in(&old, &new) {
            return self.wait(old, new, Vec::new(), budget);
        }
        let relation = relation(&old, &new, false, self.builds, budget)?;
        if relation.degree == Degree::Different
            && let Some((old, new)) = functions_in(&old, &new)
        {
            return self.functions(&old, &new, budget);
        }
        self.types(&old, &new, relation, Role { class, subject: b"", what }, budget)
    }

    pub(super) fn wait(
        &mut self,
        old: Part<'t>,
        new: Part<'t>,
        prefix: Vec<u8>,
        budget: &mut Budget,
    ) -> Result<()> {
        budget.push(&mut self.waiting, Waiting { old, new, prefix })
    }

    /// Types that stand in the same place.
    pub(super) fn types(
        &mut self,
        old: &Part<'t>,
        new: &Part<'t>,
        relation: Relation,
        role: Role<'_>,
        budget: &mut Budget,
    ) -> Result<()> {
        let Role { class, subject, what } = role;
        let class = match relation.degree {
            Degree::Same | Degree::Toolchain => return Ok(()),
            Degree::Respelled => Class::TypeRespelled,
            Degree::Qualified => Class::QualifierChanged,
            Degree::Signed => Class::SignednessChanged,
            // A structure is not passed as what is in it.
            Degree::Wrapped if !matches!(class, Class::ParameterTypeChanged | Class::ReturnTypeChanged) => {
                Class::TypeReinterpreted
            }
            Degree::Reinterpreted => Class::TypeReinterpreted,
            Degree::Unmeasured => Class::NotStated,
            Degree::Wrapped | Degree::Different => class,
        };
        let (before, after) = (old.text(budget)?, new.text(budget)?);
        let text = match (class, &relation.decision) {
            (Class::SignednessChanged, Some(decision)) => {
                [decision, b", in the type of ".as_slice(), what].concat()
            }
            _ if before == after => [what, b" of type '", &after, b"' differs in what is inside"].concat(),
            _ => [what, b" was of type '", &before, b"', and is of type '", &after, b"'"].concat(),
        };
        let text = match class {
            Class::NotStated => [text.as_slice(), b"; how large these are is not stated"].concat(),
            _ => text,
        };
        self.note(class, subject, &text, budget)?;
        if let (Some(decision), Some(change)) = (relation.decision, self.changes.last_mut()) {
            change.decision = decision;
        }
        Ok(())
    }

    /// Structures, unions and enumerations.
    fn aggregates(
        &mut self,
        old: &Part<'t>,
        new: &Part<'t>,
        prefix: &[u8],
        budget: &mut Budget,
    ) -> Result<()> {
        match (old.is_declared(), new.is_declared()) {
            (true, false) => {
                let text = b"was only declared here, or private to a source file, and is defined now";
                return self.note(Class::BecameDefinition, prefix, text, budget);
            }
            (false, true) => {
                let text = b"was defined here, and is only declared now";
                return self.note(Class::BecameDeclaration, prefix, text, budget);
            }
            _ => {}
        }
        let noted = self.changes.len();
        if old.kind() == NodeKind::Enumeration {
            self.enumerators(old, new, budget)?;
        } else {
            self.members(old, new, prefix, budget)?;
        }
        self.sizes(old, new, prefix, noted, budget)
    }

    /// The size and alignment of the whole; `noted` changes are of something else.
    fn sizes(
        &mut self,
        old: &Part<'t>,
        new: &Part<'t>,
        prefix: &[u8],
        noted: usize,
        budget: &mut Budget,
    ) -> Result<()> {
        let sizes = (old.attribute(Attribute::ByteSize), new.attribute(Attribute::ByteSize));
        self.has_shifted |= sizes.0 != sizes.1;
        let own = self.changes.get(noted..).unwrap_or_default();
        // One of two dialects states none.
        let is_told = old.tree.is_measured() == new.tree.is_measured();
        if is_told && sizes.0 != sizes.1 && !own.iter().any(|change| explains_size(change.class)) {
            let (before, after) = (stated(sizes.0), stated(sizes.1));
            let text = [b"the size was ".as_slice(), &before, b", and is ", &after].concat();
            // Whoever reads or writes an enumerator has all of it.
            let is_read_whole = old.kind() == NodeKind::Enumeration;
            let class = if is_read_whole { Class::ValueResized } else { Class::SizeChanged };
            self.note(class, prefix, &text, budget)?;
        }
        self.alignments(old, new, prefix, noted, budget)
    }

    /// The alignment that is asked for, and that which the type has.
    fn alignments(
        &mut self,
        old: &Part<'t>,
        new: &Part<'t>,
        prefix: &[u8],
        noted: usize,
        budget: &mut Budget,
    ) -> Result<()> {
        let asked = (old.attribute(Attribute::Alignment), new.attribute(Attribute::Alignment));
        let own = self.changes.get(noted..).unwrap_or_default();
        let is_harmless = own.iter().all(|change| change.class.verdict() == super::Verdict::Harmless);
        if asked.0 == asked.1 && (!is_harmless || old.kind() == NodeKind::Enumeration) {
            return Ok(());
        }
        let had = (
            self.builds.old.alignment(&old.tree, old.index, budget)?.bytes(),
            self.builds.new.alignment(&new.tree, new.index, budget)?.bytes(),
        );
        if had.0 == had.1 && had.0.is_some() || asked.0 == asked.1 && (had.0.is_none() || had.1.is_none()) {
            if asked.0 == asked.1 {
                return Ok(());
            }
            let (before, after) = (stated(asked.0), stated(asked.1));
            let had = stated(had.0);
            let parts: [&[u8]; 7] = [
                b"the stated alignment was ",
                &before,
                b", and is ",
                &after,
                b"; the type is aligned to ",
                &had,
                b" with it and without it",
            ];
            return self.note(Class::AlignmentStated, prefix, &parts.concat(), budget);
        }
        let shown = if asked.0 == asked.1 { had } else { asked };
        let (before, after) = (stated(shown.0), stated(shown.1));
        let text = [b"the alignment was ".as_slice(), &before, b", and is ", &after].concat();
        self.note(Class::AlignmentChanged, prefix, &text, budget)
    }

    pub(super) fn note(
        &mut self,
        class: Class,
        subject: &[u8],
        text: &[u8],
        budget: &mut Budget,
    ) -> Result<()> {
        let (mut kept_subject, mut kept_text) = (Vec::new(), Vec::new());
        budget.charge_bytes(text.len())?;
        budget.extend(&mut kept_subject, subject)?;
        budget.extend(&mut kept_text, text)?;
        let change = Change { class, subject: kept_subject, text: kept_text, decision: Vec::new() };
        budget.push(&mut self.changes, change)
    }
}

impl Change {
    /// A change that is about the type as a whole.
    pub(super) fn whole(class: Class, text: Vec<u8>) -> Change {
        Change { class, subject: Vec::new(), text, decision: Vec::new() }
    }

    /// The bytes that it keeps.
    pub(super) fn bytes(&self) -> usize {
        let texts = [&self.subject, &self.text, &self.decision];
        texts.iter().fold(size_of::<Change>(), |sum, text| sum.saturating_add(text.capacity()))
    }
}

/// Whether a change says why a type has another size.
fn explains_size(class: Class) -> bool {
    matches!(
        class,
        Class::MemberRemoved
            | Class::MemberInserted
            | Class::MemberAppended
            | Class::MemberMoved
            | Class::MemberTypeChanged
            | Class::BitFieldChanged
    )
}

/// The change of a type's name.
pub(super) fn renamed(old: &[u8], new: &[u8]) -> Change {
    let (before, after) = (type_title(old), type_title(new));
    let text = [b"'".as_slice(), &before, b"' is called '", &after, b"' now"].concat();
    Change::whole(Class::TypeRenamed, text)
}

/// How two types differ: not at all if only types have other names.
pub(crate) fn compare<'t>(
    old: &Part<'t>,
    new: &Part<'t>,
    builds: Builds<'_, '_, 't>,
    budget: &mut Budget,
) -> Result<Vec<Change>> {
    Ok(Comparer::compare(old, new, builds, budget)?.changes)
}

/// A type string as a part, to be compared.
pub(crate) fn whole<'t>(text: &'t [u8], budget: &mut Budget) -> Result<Part<'t>> {
    Ok(Part::root(Tree::parse_any(text, budget)?))
}
