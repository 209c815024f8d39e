//! How two descriptions of one type differ, told in classes.

use alloc::vec::Vec;

use dwarfksyms_core::Result;
use dwarfksyms_core::budget::Budget;

use crate::types::{Attribute, NodeIndex, NodeKind, Tree, Wrapper, type_title};

use super::class::Class;

/// One difference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// What kind of difference it is.
    pub class: Class,
    /// The member, parameter or enumerator, with those that it is in; empty if it is about the type as a whole.
    pub subject: Vec<u8>,
    /// A sentence without a full stop.
    pub text: Vec<u8>,
}

/// What is found out about a type.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Changes {
    pub(crate) changes: Vec<Change>,
    /// Whether nothing but offsets and sizes differs.
    pub(crate) is_shift: bool,
}

/// What differences are looked away from.
#[derive(Clone, Copy, Debug, Default)]
struct Leniency {
    /// How compilers call base types, and whether they tell the size of pointers.
    toolchain: bool,
    /// `const` and the like.
    qualifiers: bool,
    /// How the parameters of functions are called.
    parameter_names: bool,
}

/// Compares trees.
pub(crate) struct Comparer<'a, 'o, 'n> {
    pub(crate) old: &'a Tree<'o>,
    pub(crate) new: &'a Tree<'n>,
    /// Whether two type names mean the same type.
    pub(crate) is_same_type: &'a dyn Fn(&[u8], &[u8]) -> bool,
    changes: Vec<Change>,
    /// Pairs of types with members or enumerators that are still to be compared, and what their members' names begin with.
    pairs: Vec<(NodeIndex, NodeIndex, Vec<u8>)>,
    /// Whether offsets or sizes differ that no other difference explains.
    has_shifted: bool,
}

impl<'a, 'o, 'n> Comparer<'a, 'o, 'n> {
    pub(crate) fn new(
        old: &'a Tree<'o>,
        new: &'a Tree<'n>,
        is_same_type: &'a dyn Fn(&[u8], &[u8]) -> bool,
    ) -> Comparer<'a, 'o, 'n> {
        Comparer { old, new, is_same_type, changes: Vec::new(), pairs: Vec::new(), has_shifted: false }
    }

    /// Tells how the trees differ: not at all if only types have other names.
    pub(crate) fn compare(mut self, budget: &mut Budget) -> Result<Changes> {
        let (root, nothing) = (Tree::ROOT, Leniency::default());
        if self.old.is_same(root, self.new, root) {
            self.note(
                Class::CommaLost,
                b"",
                b"the types are the same, only a comma has come or gone",
                budget,
            )?;
        } else if self.is_alike(root, root, nothing, budget)? {
            return Ok(Changes::default());
        } else if self.is_alike(root, root, Leniency { toolchain: true, ..nothing }, budget)? {
            let text = b"only the compiler's spelling of the same type differs";
            self.note(Class::ToolchainSpelling, b"", text, budget)?;
        } else {
            self.roots(budget)?;
            while let Some((old, new, prefix)) = self.pairs.pop() {
                self.aggregates(old, new, &prefix, budget)?;
            }
        }
        let is_shift = self.has_shifted
            && self.changes.iter().all(|change| {
                matches!(change.class, Class::MemberMoved | Class::SizeChanged | Class::AlignmentChanged)
            });
        if self.changes.is_empty() {
            self.note(Class::Other, b"", b"the type differs", budget)?;
        }
        Ok(Changes { changes: self.changes, is_shift })
    }

    fn roots(&mut self, budget: &mut Budget) -> Result<()> {
        let root = Tree::ROOT;
        let (old, new) = (self.old.kind(root), self.new.kind(root));
        match (old, new) {
            (NodeKind::Subprogram, NodeKind::Subprogram) => self.functions(root, root, budget),
            (NodeKind::Variable, NodeKind::Variable) => {
                self.inner(root, root, Class::VariableTypeChanged, b"the variable", budget)
            }
            (NodeKind::Wrapper(Wrapper::Typedef), NodeKind::Wrapper(Wrapper::Typedef)) => {
                self.inner(root, root, Class::TypedefChanged, b"the typedef", budget)
            }
            _ if old == new && old.is_aggregate() => budget.push(&mut self.pairs, (root, root, Vec::new())),
            (NodeKind::Text, NodeKind::Text) => {
                let [before, after] = self.texts(root, root, budget)?;
                let text = [b"was '", before.as_slice(), b"', is '", &after, b"'"].concat();
                self.note(Class::VariableTypeChanged, b"", &text, budget)
            }
            _ => {
                let text = [b"was a ", kind_title(old), b", is a ", kind_title(new)].concat();
                self.note(Class::KindChanged, b"", &text, budget)
            }
        }
    }

    /// What a typedef or variable is.
    fn inner(
        &mut self,
        old: NodeIndex,
        new: NodeIndex,
        class: Class,
        what: &[u8],
        budget: &mut Budget,
    ) -> Result<()> {
        let (Some(old), Some(new)) = (self.old.type_of(old), self.new.type_of(new)) else { return Ok(()) };
        if let Some((old, new)) = self.aggregates_in(old, new) {
            return budget.push(&mut self.pairs, (old, new, Vec::new()));
        }
        if let Some((old, new)) = self.functions_in(old, new) {
            return self.functions(old, new, budget);
        }
        let qualifiers = Leniency { qualifiers: true, ..Leniency::default() };
        let class =
            if self.is_alike(old, new, qualifiers, budget)? { Class::QualifierChanged } else { class };
        let [before, after] = self.texts(old, new, budget)?;
        let text = [what, b" was of type '", &before, b"', and is of type '", &after, b"'"].concat();
        self.note(class, b"", &text, budget)
    }

    /// Types with items of one kind that are spelled out in the same way, such as arrays of nameless structures.
    pub(crate) fn aggregates_in(&self, old: NodeIndex, new: NodeIndex) -> Option<(NodeIndex, NodeIndex)> {
        let (mut old, mut new) = (old, new);
        loop {
            let kind = self.old.kind(old);
            if kind != self.new.kind(new) {
                return None;
            }
            match kind {
                kind if kind.is_aggregate() => return Some((old, new)),
                NodeKind::Array if !self.has_same_dimensions(old, new) => return None,
                NodeKind::Wrapper(_) | NodeKind::Array => {
                    (old, new) = (self.old.type_of(old)?, self.new.type_of(new)?);
                }
                _ => return None,
            }
        }
    }

    fn has_same_dimensions(&self, old: NodeIndex, new: NodeIndex) -> bool {
        let dimensions = |tree: &Tree<'_>, index| -> Vec<Option<u64>> {
            let children = tree.children(index);
            let children = children.filter(|&child| tree.kind(child) == NodeKind::Dimension);
            children.map(|child| tree.attribute(child, Attribute::Count)).collect()
        };
        dimensions(self.old, old) == dimensions(self.new, new)
    }

    /// Functions, or pointers to functions.
    pub(crate) fn functions_in(&self, old: NodeIndex, new: NodeIndex) -> Option<(NodeIndex, NodeIndex)> {
        let (mut old, mut new) = (old, new);
        loop {
            match (self.old.kind(old), self.new.kind(new)) {
                (NodeKind::Subroutine, NodeKind::Subroutine) => return Some((old, new)),
                (NodeKind::Wrapper(Wrapper::Pointer), NodeKind::Wrapper(Wrapper::Pointer)) => {
                    (old, new) = (self.old.type_of(old)?, self.new.type_of(new)?);
                }
                _ => return None,
            }
        }
    }

    fn functions(&mut self, old: NodeIndex, new: NodeIndex, budget: &mut Budget) -> Result<()> {
        let before: Vec<NodeIndex> = self.old.items(old).collect();
        let after: Vec<NodeIndex> = self.new.items(new).collect();
        budget.charge_bytes(before.len().saturating_add(after.len()).saturating_mul(8))?;
        let (mut start, mut end) = (0, 0);
        if before.len() != after.len() {
            // Those at the beginning and at the end are the same; in between some came or went.
            let most = before.len().min(after.len());
            while start < most && self.is_same_item(before.get(start), after.get(start), budget)? {
                start = start.saturating_add(1);
            }
            let last = |items: &[NodeIndex], end: usize| items.iter().rev().nth(end).copied();
            while start.saturating_add(end) < most
                && self.is_same_item(last(&before, end).as_ref(), last(&after, end).as_ref(), budget)?
            {
                end = end.saturating_add(1);
            }
        }
        let middle = |items: &[NodeIndex]| {
            items.get(start..items.len().saturating_sub(end)).unwrap_or_default().to_vec()
        };
        let (before, after) = (middle(&before), middle(&after));
        for (&old, &new) in before.iter().zip(&after) {
            self.parameters(old, new, budget)?;
        }
        let common = before.len().min(after.len());
        for &old in before.get(common..).unwrap_or_default() {
            let text = [b"parameter '".as_slice(), &self.old_item(old, budget)?, b"' was removed"].concat();
            let name = self.old.name(old).unwrap_or_default();
            self.note(Class::ParameterRemoved, name, &text, budget)?;
        }
        for &new in after.get(common..).unwrap_or_default() {
            let text = [b"parameter '".as_slice(), &self.new_item(new, budget)?, b"' was added"].concat();
            let name = self.new.name(new).unwrap_or_default();
            self.note(Class::ParameterAdded, name, &text, budget)?;
        }
        let (Some(old), Some(new)) = (self.old.type_of(old), self.new.type_of(new)) else { return Ok(()) };
        self.types(old, new, Class::ReturnTypeChanged, b"", b"the result", budget)
    }

    fn is_same_item(
        &self,
        old: Option<&NodeIndex>,
        new: Option<&NodeIndex>,
        budget: &mut Budget,
    ) -> Result<bool> {
        let (Some(&old), Some(&new)) = (old, new) else { return Ok(false) };
        self.is_alike(old, new, Leniency::default(), budget)
    }

    fn parameters(&mut self, old: NodeIndex, new: NodeIndex, budget: &mut Budget) -> Result<()> {
        let names = [self.old.name(old).unwrap_or_default(), self.new.name(new).unwrap_or_default()];
        if let (Some(old), Some(new)) = (self.old.type_of(old), self.new.type_of(new)) {
            let what = [b"parameter '", names[1], b"'"].concat();
            self.types(old, new, Class::ParameterTypeChanged, names[1], &what, budget)?;
        }
        if names[0] != names[1] {
            let text = [b"parameter '", names[0], b"' is called '", names[1], b"' now"].concat();
            self.note(Class::ParameterRenamed, names[1], &text, budget)?;
        }
        Ok(())
    }

    /// Types that stand in the same place.
    fn types(
        &mut self,
        old: NodeIndex,
        new: NodeIndex,
        class: Class,
        subject: &[u8],
        what: &[u8],
        budget: &mut Budget,
    ) -> Result<()> {
        let toolchain = Leniency { toolchain: true, ..Leniency::default() };
        if self.is_alike(old, new, toolchain, budget)? {
            return Ok(());
        }
        let both = Leniency { toolchain: true, qualifiers: true, ..Leniency::default() };
        let class = if self.is_alike(old, new, both, budget)? { Class::QualifierChanged } else { class };
        let [before, after] = self.texts(old, new, budget)?;
        let text = if before == after {
            [what, b" has another type '", &after, b"'"].concat()
        } else {
            [what, b" was of type '", &before, b"', and is of type '", &after, b"'"].concat()
        };
        self.note(class, subject, &text, budget)
    }

    /// Structures, unions and enumerations.
    fn aggregates(
        &mut self,
        old: NodeIndex,
        new: NodeIndex,
        prefix: &[u8],
        budget: &mut Budget,
    ) -> Result<()> {
        let before: Vec<NodeIndex> = self.old.items(old).collect();
        let after: Vec<NodeIndex> = self.new.items(new).collect();
        let nodes = self.old.part(old).len().saturating_add(self.new.part(new).len());
        budget.charge_bytes(nodes.saturating_mul(16))?;
        let is_declared =
            |tree: &Tree<'_>, index, items: &[NodeIndex]| items.is_empty() && tree.own_size(index).is_none();
        match (is_declared(self.old, old, &before), is_declared(self.new, new, &after)) {
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
        if self.old.kind(old) == NodeKind::Enumeration {
            self.enumerators(&before, &after, budget)?;
            return self.sizes(old, new, prefix, true, budget);
        }
        self.members(old, new, &before, &after, prefix, budget)
    }

    fn members(
        &mut self,
        old: NodeIndex,
        new: NodeIndex,
        before: &[NodeIndex],
        after: &[NodeIndex],
        prefix: &[u8],
        budget: &mut Budget,
    ) -> Result<()> {
        let noted = self.changes.len();
        let waiting = self.pairs.len();
        let Matches { mut pairs, mut removed, mut added } = self.matches(before, after, budget)?;
        self.renamed(&mut pairs, &mut removed, &mut added, prefix, budget)?;
        let mut moved: Vec<(NodeIndex, NodeIndex)> = Vec::new();
        for &(old, new) in &pairs {
            self.member(old, new, prefix, budget)?;
            if self.has_moved(old, new) {
                budget.push(&mut moved, (old, new))?;
            }
        }
        // How far the members reach that were there before.
        let last = pairs.iter().filter_map(|&(_, new)| offset(self.new, new)).max();
        for &old in &removed {
            if self.old.kind(old) != NodeKind::Member {
                let text = [self.variant(self.old, old), b" was removed".to_vec()].concat();
                self.note(Class::Other, prefix, &text, budget)?;
                continue;
            }
            let name = [prefix, self.old.name(old).unwrap_or_default()].concat();
            let item = self.old_item(old, budget)?;
            let at = at_offset(offset(self.old, old));
            let text = [b"member '".as_slice(), &item, b"'", &at, b" was removed"].concat();
            self.note(Class::MemberRemoved, &name, &text, budget)?;
        }
        let sizes = (self.old.own_size(old), self.new.own_size(new));
        let is_union = self.old.kind(old) == NodeKind::Union;
        for &new in &added {
            if self.new.kind(new) != NodeKind::Member {
                let text = [self.variant(self.new, new), b" was added".to_vec()].concat();
                self.note(Class::Other, prefix, &text, budget)?;
                continue;
            }
            let place = Place { is_union, sizes, moved: moved.len(), last };
            self.added(new, place, prefix, budget)?;
        }
        let is_explained = self.changes.len() > noted || self.pairs.len() > waiting;
        if !moved.is_empty() && !is_explained {
            self.moved(&moved, prefix, budget)?;
        }
        let is_explained = is_explained || !moved.is_empty();
        self.has_shifted |= !moved.is_empty() || sizes.0 != sizes.1;
        self.sizes(old, new, prefix, !is_explained, budget)
    }

    /// Whether a member stands elsewhere, as far as both sides tell.
    fn has_moved(&self, old: NodeIndex, new: NodeIndex) -> bool {
        let (before, after) = (self.old.attributes(old), self.new.attributes(new));
        if is_place_untold(before, after) {
            return false;
        }
        // In a union, gcc does not tell that a member is at its beginning.
        offset(self.old, old).unwrap_or(0) != offset(self.new, new).unwrap_or(0)
    }

    /// Tells of members that stand elsewhere.
    fn moved(&mut self, moved: &[(NodeIndex, NodeIndex)], prefix: &[u8], budget: &mut Budget) -> Result<()> {
        let Some(&(old, new)) = moved.first() else { return Ok(()) };
        let name = [prefix, self.new.name(new).unwrap_or_default()].concat();
        let positions = (offset(self.old, old), offset(self.new, new));
        let mut text = [b"member '".as_slice(), &name, b"' was", &at_offset(positions.0)].concat();
        text.extend_from_slice(b", and is");
        text.extend_from_slice(&at_offset(positions.1));
        if let Some(more) = moved.len().checked_sub(1).filter(|&more| more > 0) {
            text.extend_from_slice(b"; ");
            text.extend_from_slice(itoa::Buffer::new().format(more).as_bytes());
            text.extend_from_slice(if more == 1 { b" more has moved" } else { b" more have moved" });
        }
        self.note(Class::MemberMoved, &name, &text, budget)
    }

    /// Tells of a member that is new.
    fn added(&mut self, new: NodeIndex, place: Place, prefix: &[u8], budget: &mut Budget) -> Result<()> {
        let Place { is_union, sizes, moved, last } = place;
        let name = [prefix, self.new.name(new).unwrap_or_default()].concat();
        let place = offset(self.new, new);
        let is_behind = place >= last;
        let has_grown = matches!(sizes, (Some(old), Some(new)) if new > old);
        let (class, why): (Class, &[u8]) = match (moved, has_grown) {
            (0, false) if is_union => (Class::UnionMemberAdded, b" to a union of the same size"),
            (0, _) if sizes.0.is_some() && !(has_grown && is_behind) && !is_union => {
                (Class::MemberAddedInPadding, b" where there was a hole; nothing else has moved")
            }
            (0, true) if is_union => (Class::MemberAppended, b" to a union, which has grown"),
            (0, true) => (Class::MemberAppended, b" behind all others; the type has grown"),
            (0, false) => (Class::MemberInserted, b""),
            _ => (Class::MemberInserted, b"; others have moved"),
        };
        let item = self.new_item(new, budget)?;
        let text = [b"member '".as_slice(), &item, b"' was added", &at_offset(place), why].concat();
        self.note(class, &name, &text, budget)
    }

    /// What a Rust enum can be: `variant 2 'Point'`.
    fn variant(&self, tree: &Tree<'_>, item: NodeIndex) -> Vec<u8> {
        let mut text = b"variant".to_vec();
        if let Some(value) = tree.attribute(item, Attribute::DiscrValue) {
            text.extend_from_slice(b" ");
            text.extend_from_slice(itoa::Buffer::new().format(value.cast_signed()).as_bytes());
        }
        if let Some(name) = tree.items(item).next().and_then(|member| tree.name(member)) {
            text.extend_from_slice(b" '");
            text.extend_from_slice(name);
            text.extend_from_slice(b"'");
        }
        text
    }

    /// Members with one name.
    fn member(&mut self, old: NodeIndex, new: NodeIndex, prefix: &[u8], budget: &mut Budget) -> Result<()> {
        let kinds = (self.old.kind(old), self.new.kind(new));
        if kinds.0 != NodeKind::Member || kinds.1 != NodeKind::Member {
            // What a Rust enum consists of.
            if kinds.0 == kinds.1 {
                return budget.push(&mut self.pairs, (old, new, prefix.to_vec()));
            }
            return self.note(Class::Other, prefix, b"a variant differs", budget);
        }
        let name = [prefix, self.new.name(new).unwrap_or_default()].concat();
        let widths =
            (self.old.attribute(old, Attribute::BitSize), self.new.attribute(new, Attribute::BitSize));
        if widths.0 != widths.1 {
            let width = |bits: Option<u64>| match bits {
                Some(bits) => [itoa::Buffer::new().format(bits).as_bytes(), b" bits"].concat(),
                None => b"a whole member".to_vec(),
            };
            let (before, after) = (width(widths.0), width(widths.1));
            let text = [b"bit-field '", name.as_slice(), b"' was ", &before, b", and is ", &after].concat();
            self.note(Class::BitFieldChanged, &name, &text, budget)?;
        }
        let what = [b" of member '".as_slice(), &name, b"'"].concat();
        self.alignments(old, new, &name, &what, budget)?;
        let (Some(old), Some(new)) = (self.old.type_of(old), self.new.type_of(new)) else { return Ok(()) };
        if self.is_alike(old, new, Leniency { toolchain: true, ..Leniency::default() }, budget)? {
            return Ok(());
        }
        if let Some((old, new)) = self.aggregates_in(old, new) {
            let prefix = if name.len() > prefix.len() { [name.as_slice(), b"."].concat() } else { name };
            return budget.push(&mut self.pairs, (old, new, prefix));
        }
        let what = [b"member '", name.as_slice(), b"'"].concat();
        self.types(old, new, Class::MemberTypeChanged, &name, &what, budget)
    }

    /// Takes out those that only have another name.
    fn renamed(
        &mut self,
        pairs: &mut Vec<(NodeIndex, NodeIndex)>,
        removed: &mut Vec<NodeIndex>,
        added: &mut Vec<NodeIndex>,
        prefix: &[u8],
        budget: &mut Budget,
    ) -> Result<()> {
        let mut kept = Vec::new();
        for &old in removed.iter() {
            budget.charge_bytes(added.len().saturating_mul(16))?;
            let mut found = None;
            for (at, &new) in added.iter().enumerate() {
                let widths = (
                    self.old.attribute(old, Attribute::BitSize),
                    self.new.attribute(new, Attribute::BitSize),
                );
                let is_there = !self.has_moved(old, new) && widths.0 == widths.1;
                let types = self.old.type_of(old).zip(self.new.type_of(new));
                let toolchain = Leniency { toolchain: true, ..Leniency::default() };
                if let Some((old, new)) = types.filter(|_| is_there)
                    && self.is_alike(old, new, toolchain, budget)?
                {
                    found = Some(at);
                    break;
                }
            }
            match found {
                Some(at) => {
                    let new = added.remove(at);
                    let names = [self.old.name(old), self.new.name(new)].map(Option::unwrap_or_default);
                    let name = [prefix, names[1]].concat();
                    let text = [b"member '", names[0], b"' is called '", names[1], b"' now"].concat();
                    self.note(Class::MemberRenamed, &name, &text, budget)?;
                    budget.push(pairs, (old, new))?;
                }
                None => budget.push(&mut kept, old)?,
            }
        }
        *removed = kept;
        Ok(())
    }

    /// Finds out which items are the same: by name, and those without one in their order.
    fn matches(&self, before: &[NodeIndex], after: &[NodeIndex], budget: &mut Budget) -> Result<Matches> {
        let mut matches = Matches::default();
        let mut names: Vec<(&[u8], usize)> = Vec::new();
        let mut nameless: Vec<usize> = Vec::new();
        for (at, &new) in after.iter().enumerate() {
            match self.new.name(new) {
                Some(name) => budget.push(&mut names, (name, at))?,
                None => budget.push(&mut nameless, at)?,
            }
        }
        names.sort_unstable();
        let mut is_matched = Vec::new();
        budget.fill(&mut is_matched, after.len(), false)?;
        let old_nameless = before.iter().filter(|&&old| self.old.name(old).is_none()).count();
        let mut rest = nameless.iter().copied().peekable();
        let mut left = (old_nameless, nameless.len());
        for &old in before {
            budget.charge_work(1)?;
            let at = match self.old.name(old) {
                Some(name) => {
                    let found = names.partition_point(|&(other, _)| other < name);
                    let same = names.get(found..).unwrap_or_default();
                    let mut same = same.iter().take_while(|&&(other, _)| other == name);
                    same.find(|&&(_, at)| is_matched.get(at) == Some(&false)).map(|&(_, at)| at)
                }
                None => {
                    // Where some came or went, those count that are alike.
                    left.0 = left.0.saturating_sub(1);
                    while left.1 > left.0.saturating_add(1)
                        && let Some(&at) = rest.peek()
                        && !self.is_same_item(Some(&old), after.get(at), budget)?
                    {
                        rest.next();
                        left.1 = left.1.saturating_sub(1);
                    }
                    let is_short = left.1 <= left.0;
                    let next = rest.peek().and_then(|&at| after.get(at));
                    if is_short && !self.is_same_item(Some(&old), next, budget)? {
                        None
                    } else {
                        left.1 = left.1.saturating_sub(1);
                        rest.next()
                    }
                }
            };
            match at.and_then(|at| Some((at, after.get(at)?))) {
                Some((at, &new)) => {
                    if let Some(slot) = is_matched.get_mut(at) {
                        *slot = true;
                    }
                    budget.push(&mut matches.pairs, (old, new))?;
                }
                None => budget.push(&mut matches.removed, old)?,
            }
        }
        for (&new, _) in after.iter().zip(&is_matched).filter(|&(_, &is_matched)| !is_matched) {
            budget.push(&mut matches.added, new)?;
        }
        Ok(matches)
    }

    fn enumerators(&mut self, before: &[NodeIndex], after: &[NodeIndex], budget: &mut Budget) -> Result<()> {
        let Matches { pairs, mut removed, mut added } = self.matches(before, after, budget)?;
        let value = |tree: &Tree<'_>, index| tree.attribute(index, Attribute::Value);
        // One that has the value of another that is gone has its place.
        let mut gone = Vec::new();
        for &old in &removed {
            budget.charge_work(u64::try_from(added.len()).unwrap_or(u64::MAX))?;
            let same = added.iter().position(|&new| {
                value(self.old, old).is_some() && value(self.old, old) == value(self.new, new)
            });
            match same {
                Some(at) => {
                    let new = added.remove(at);
                    let names = [self.old.name(old), self.new.name(new)].map(Option::unwrap_or_default);
                    let text = [b"enumerator '", names[0], b"' is called '", names[1], b"' now"].concat();
                    self.note(Class::EnumeratorRenamed, names[1], &text, budget)?;
                }
                None => budget.push(&mut gone, old)?,
            }
        }
        removed = gone;
        for &old in &removed {
            let name = self.old.name(old).unwrap_or_default();
            let text = [b"enumerator '", name, b"' was removed"].concat();
            self.note(Class::EnumeratorRemoved, name, &text, budget)?;
        }
        let last = pairs.iter().map(|&(_, new)| new).max();
        let highest = pairs.iter().filter_map(|&(old, _)| value(self.old, old)).max();
        let changed: Vec<_> =
            pairs.iter().filter(|&&(old, new)| value(self.old, old) != value(self.new, new)).collect();
        // The count at the end, such as KOBJ_NS_TYPES, changes with every new one.
        for &new in &added {
            let name = self.new.name(new).unwrap_or_default();
            let is_behind = last.is_none_or(|last| new > last);
            let is_above = value(self.new, new).zip(highest).is_none_or(|(value, highest)| value > highest);
            let (class, why): (Class, &[u8]) = if !changed.is_empty() {
                (Class::EnumeratorInserted, b"; others have other values for it")
            } else if is_behind || is_above {
                (Class::EnumeratorAppended, b" behind all others")
            } else {
                (Class::EnumeratorAdded, b" among others, which have kept their values")
            };
            let number = value(self.new, new)
                .map_or(Vec::new(), |value| [b" = ", itoa::Buffer::new().format(value).as_bytes()].concat());
            let text = [b"enumerator '", name, &number, b"' was added", why].concat();
            self.note(class, name, &text, budget)?;
        }
        if added.is_empty() {
            for &&(old, new) in &changed {
                let name = self.new.name(new).unwrap_or_default();
                let number = |value: Option<u64>| match value {
                    Some(value) => itoa::Buffer::new().format(value.cast_signed()).as_bytes().to_vec(),
                    None => b"unknown".to_vec(),
                };
                let (before, after) = (number(value(self.old, old)), number(value(self.new, new)));
                let text = [b"enumerator '", name, b"' was ", &before, b", and is ", &after].concat();
                self.note(Class::EnumeratorValueChanged, name, &text, budget)?;
            }
        }
        Ok(())
    }

    /// The size and alignment of the whole.
    fn sizes(
        &mut self,
        old: NodeIndex,
        new: NodeIndex,
        prefix: &[u8],
        is_unexplained: bool,
        budget: &mut Budget,
    ) -> Result<()> {
        let sizes = (self.old.own_size(old), self.new.own_size(new));
        if sizes.0 != sizes.1 && is_unexplained {
            let (before, after) = (stated(sizes.0), stated(sizes.1));
            let text = [b"the size was ".as_slice(), &before, b", and is ", &after].concat();
            self.note(Class::SizeChanged, prefix, &text, budget)?;
        }
        self.alignments(old, new, prefix, b"", budget)
    }

    /// The alignment that is asked for, of the whole or of a member.
    fn alignments(
        &mut self,
        old: NodeIndex,
        new: NodeIndex,
        subject: &[u8],
        what: &[u8],
        budget: &mut Budget,
    ) -> Result<()> {
        let alignments =
            (self.old.attribute(old, Attribute::Alignment), self.new.attribute(new, Attribute::Alignment));
        if alignments.0 == alignments.1 {
            return Ok(());
        }
        let (before, after) = (stated(alignments.0), stated(alignments.1));
        let text = [b"the alignment".as_slice(), what, b" was ", &before, b", and is ", &after].concat();
        self.note(Class::AlignmentChanged, subject, &text, budget)
    }

    /// Whether two types are the same for whoever uses them: what they are called, and how they may be accessed, is not
    /// looked at.
    pub(crate) fn is_compatible(&self, old: NodeIndex, new: NodeIndex, budget: &mut Budget) -> Result<bool> {
        let leniency = Leniency { toolchain: true, qualifiers: true, parameter_names: true };
        self.is_alike(old, new, leniency, budget)
    }

    /// Whether two types are the same but for the compiler's spelling.
    pub(crate) fn is_same_but_spelling(
        &self,
        old: NodeIndex,
        new: NodeIndex,
        budget: &mut Budget,
    ) -> Result<bool> {
        self.is_alike(old, new, Leniency { toolchain: true, ..Leniency::default() }, budget)
    }

    /// Whether two parts say the same, but for what is looked away from.
    fn is_alike(
        &self,
        old: NodeIndex,
        new: NodeIndex,
        leniency: Leniency,
        budget: &mut Budget,
    ) -> Result<bool> {
        let (part, other) = (self.old.part(old), self.new.part(new));
        budget.charge_bytes(part.len().min(other.len()).saturating_mul(16))?;
        let counts = |kind: NodeKind| match kind {
            NodeKind::Wrapper(wrapper) => !(leniency.qualifiers && wrapper.is_qualifier()),
            _ => true,
        };
        let mut left = (0..part.len()).map(|at| NodeIndex::after(old, at));
        let mut right = (0..other.len()).map(|at| NodeIndex::after(new, at));
        loop {
            let before = left.find(|&index| counts(self.old.kind(index)));
            let after = right.find(|&index| counts(self.new.kind(index)));
            match (before, after) {
                (None, None) => return Ok(true),
                (Some(old), Some(new)) if self.is_node_alike(old, new, leniency) => {}
                _ => return Ok(false),
            }
        }
    }

    fn is_node_alike(&self, old: NodeIndex, new: NodeIndex, leniency: Leniency) -> bool {
        let kind = self.old.kind(old);
        if kind != self.new.kind(new) {
            return false;
        }
        let names = (self.old.name(old), self.new.name(new));
        let is_named_alike = names.0 == names.1
            || match (kind, names) {
                (NodeKind::Reference, (Some(old), Some(new))) => (self.is_same_type)(old, new),
                (NodeKind::Base, (Some(old), Some(new))) => {
                    leniency.toolchain && spelling(old) == spelling(new)
                }
                (NodeKind::Parameter, _) => leniency.parameter_names,
                // A typedef or structure that was renamed has its own name in its text.
                _ => kind.is_aggregate() && old == Tree::ROOT,
            };
        let is_pointer = matches!(
            kind,
            NodeKind::Wrapper(Wrapper::Pointer | Wrapper::Reference | Wrapper::RvalueReference)
        );
        let theirs = self.new.attributes(new);
        let ours = self.old.attributes(old);
        let is_untold = kind == NodeKind::Member && is_place_untold(ours, theirs);
        let is_looked_away_from = |(attribute, value): (Attribute, u64)| {
            leniency.toolchain
                && match attribute {
                    Attribute::ByteSize => is_pointer,
                    Attribute::DataMemberLocation => value == 0 || is_untold,
                    Attribute::DataBitOffset => is_untold,
                    _ => false,
                }
        };
        let attributes = |all: &[(Attribute, u64)]| -> Vec<(Attribute, u64)> {
            all.iter().copied().filter(|&attribute| !is_looked_away_from(attribute)).collect()
        };
        is_named_alike && (ours == theirs || attributes(ours) == attributes(theirs))
    }

    fn texts(&self, old: NodeIndex, new: NodeIndex, budget: &mut Budget) -> Result<[Vec<u8>; 2]> {
        Ok([self.old.short_text(old, budget)?, self.new.short_text(new, budget)?])
    }

    fn old_item(&self, index: NodeIndex, budget: &mut Budget) -> Result<Vec<u8>> {
        self.old.short_text(index, budget)
    }

    fn new_item(&self, index: NodeIndex, budget: &mut Budget) -> Result<Vec<u8>> {
        self.new.short_text(index, budget)
    }

    fn note(&mut self, class: Class, subject: &[u8], text: &[u8], budget: &mut Budget) -> Result<()> {
        let (mut kept_subject, mut kept_text) = (Vec::new(), Vec::new());
        budget.charge_bytes(text.len())?;
        budget.extend(&mut kept_subject, subject)?;
        budget.extend(&mut kept_text, text)?;
        budget.push(&mut self.changes, Change { class, subject: kept_subject, text: kept_text })
    }
}

/// Items of two types, as far as they are the same.
#[derive(Debug, Default)]
struct Matches {
    pairs: Vec<(NodeIndex, NodeIndex)>,
    removed: Vec<NodeIndex>,
    added: Vec<NodeIndex>,
}

/// Where a member was added.
#[derive(Clone, Copy, Debug)]
struct Place {
    is_union: bool,
    /// Of the whole, before and after.
    sizes: (Option<u64>, Option<u64>),
    /// How many others have moved.
    moved: usize,
    /// Where the last of the others begins, in bits.
    last: Option<u64>,
}

/// The change of a type's name.
pub(super) fn renamed(old: &[u8], new: &[u8]) -> Change {
    let (before, after) = (type_title(old), type_title(new));
    let text = [b"'".as_slice(), &before, b"' is called '", &after, b"' now"].concat();
    Change { class: Class::TypeRenamed, subject: Vec::new(), text }
}

/// Whether one side does not tell where a bit-field is: before DWARF 5, compilers say it in a way that no type string has.
fn is_place_untold(old: &[(Attribute, u64)], new: &[(Attribute, u64)]) -> bool {
    let has = |all: &[(Attribute, u64)], which| all.iter().any(|&(attribute, _)| attribute == which);
    let are_bit_fields = has(old, Attribute::BitSize) && has(new, Attribute::BitSize);
    are_bit_fields && has(old, Attribute::DataBitOffset) != has(new, Attribute::DataBitOffset)
}

/// A number that need not be there.
fn stated(value: Option<u64>) -> Vec<u8> {
    match value {
        Some(value) => itoa::Buffer::new().format(value).as_bytes().to_vec(),
        None => b"not stated".to_vec(),
    }
}

fn offset(tree: &Tree<'_>, member: NodeIndex) -> Option<u64> {
    tree.offset(member)
}

/// ` at offset 8`, or ` at offset 8, bit 3`.
fn at_offset(bits: Option<u64>) -> Vec<u8> {
    let Some(bits) = bits else { return Vec::new() };
    let mut buffer = itoa::Buffer::new();
    let mut text = [b" at offset ", buffer.format(bits >> 3).as_bytes()].concat();
    if bits & 7 != 0 {
        text.extend_from_slice(b", bit ");
        text.extend_from_slice(buffer.format(bits & 7).as_bytes());
    }
    text
}

fn kind_title(kind: NodeKind) -> &'static [u8] {
    match kind {
        NodeKind::Structure => b"structure",
        NodeKind::Class => b"class",
        NodeKind::Union => b"union",
        NodeKind::Enumeration => b"enumeration",
        NodeKind::Subprogram => b"function",
        NodeKind::Variable => b"variable",
        NodeKind::Wrapper(Wrapper::Typedef) => b"typedef",
        _ => b"type of another kind",
    }
}

/// What a base type's name says, however a compiler orders its words: `long unsigned int` is `unsigned long`.
fn spelling(name: &[u8]) -> Vec<&[u8]> {
    let mut words: Vec<&[u8]> = name.split(|&byte| byte == b' ').collect();
    let has_more = words.len() > 1;
    words.retain(|&word| !(word == b"int" && has_more) && word != b"signed");
    for word in &mut words {
        if *word == b"_Bool" {
            *word = b"bool";
        }
    }
    if words.is_empty() {
        words.push(b"int");
    }
    words.sort_unstable();
    words
}
