//! The oracle's view of members that stand in for others, and what the walk meets on its way (SPEC section 8).
//!
//! All of this is done in the most literal way: what is complete is gone through again whenever it is met.

use super::types::*;
use super::walk::{Node, Piece, Walk};

/// What a kABI union stands for.
pub(super) enum Placeholder<'m> {
    Reserved(&'m Member),
    Renamed(&'m Member, &'m str),
    Ignored,
}

impl<'m> Walk<'m> {
    /// Comes to a node: describes it, or goes through it if that was done before.
    pub(super) fn meet(&mut self, node: Node) {
        if self.placeholder_of(node).is_some() {
            let is_second = self.is_closed || !self.enter(node);
            let outer = std::mem::replace(&mut self.is_closed, is_second);
            if !is_second && self.complete.contains(&node) {
                self.visit(node);
            } else if !is_second {
                self.describe(node);
            } else if self.second.contains(&node) {
                self.visit(node);
            } else if self.begun_second.insert(node) {
                self.describe(node);
                self.second.insert(node);
                self.changes += 1;
            }
            self.is_closed = outer;
        } else if self.is_record(node) && (self.is_closed || !self.enter(node)) {
            // Only its name and empty braces are needed.
        } else if self.complete.contains(&node) {
            self.visit(node);
        } else {
            self.describe(node);
        }
    }

    /// Whether the symbol at hand has not entered a record before.
    fn enter(&mut self, node: Node) -> bool {
        let is_new = self.entered.insert(node);
        self.changes += usize::from(is_new);
        is_new
    }

    /// Comes to everything that a complete node refers to, unless nothing has happened since that was done last.
    fn visit(&mut self, node: Node) {
        if self.visited.insert((node, self.is_closed), self.changes) == Some(self.changes) {
            return;
        }
        let pieces = self.descriptions[&node].1.clone();
        for piece in pieces {
            if let Piece::Node(inner) = piece {
                self.meet(inner);
            }
        }
    }

    /// What a kABI union begins with: the old name that it brings.
    pub(super) fn bring_old_name(&mut self, placeholder: &Placeholder<'m>) {
        match placeholder {
            Placeholder::Renamed(_, old) => self.old_name = Some(old),
            Placeholder::Reserved(_) => self.old_name = None,
            Placeholder::Ignored => {}
        }
    }

    /// The name under which a member or parameter ends that would be called `own`, or `clean` in canonical descriptions.
    pub(super) fn ending_name<'n>(&mut self, own: Option<&'n str>, clean: Option<&'n str>) -> Option<&'n str>
    where
        'm: 'n,
    {
        if self.canonical {
            return clean;
        }
        let name = self.old_name.or(own);
        self.depends_on_order |= name != clean;
        name
    }

    fn placeholder_of(&self, node: Node) -> Option<Placeholder<'m>> {
        match node {
            Node::Type(_, id) => self.placeholder(id),
            _ => None,
        }
    }

    /// What a type stands for, if it is a kABI union.
    pub(super) fn placeholder(&self, id: TypeId) -> Option<Placeholder<'m>> {
        let model = self.model;
        let Shape::Record(RecordKind::Union, _, items) = &model.types[id].shape else { return None };
        if !self.stable {
            return None;
        }
        let structure = |member: &Member| match &model.types[member.target?].shape {
            Shape::Record(RecordKind::Structure, _, items) => Some(items),
            _ => None,
        };
        // Behind the first member, those of an empty structure type do not count.
        let is_empty =
            |member: &Member| structure(member).is_some_and(|items| members(items).next().is_none());
        let mut looked_at = members(items).enumerate().filter(|(at, member)| *at == 0 || !is_empty(member));
        let inside = |member| structure(member).and_then(|items| members(items).next()).and_then(named);
        looked_at.by_ref().take(2).find_map(|(_, member)| named(member).or_else(|| inside(member)))
    }
}

fn members(items: &[Item]) -> impl Iterator<Item = &Member> {
    items.iter().filter_map(|item| match item {
        Item::Member(member) => Some(member),
        Item::Other(..) | Item::Variants(_) => None,
    })
}

/// What a member stands for by its name.
fn named(member: &Member) -> Option<Placeholder<'_>> {
    let name = member.name.as_deref()?;
    if name.starts_with("__kabi_reserved") {
        Some(Placeholder::Reserved(member))
    } else if name.starts_with("__kabi_ignored") {
        Some(Placeholder::Ignored)
    } else {
        name.strip_prefix("__kabi_renamed").map(|old| Placeholder::Renamed(member, old))
    }
}
