//! What is described at once.
//!
//! Most types were met before, in other units, and most of what they consist of are members and parameters, pointers and
//! qualifiers. Such a DIE is read at once ([`Fixed`]), and all that would be written of it is compared with what the known
//! description has next. If anything is different, nothing has happened, and it is described like any other.

use gimli::DwTag;

use crate::budget::Budget;
use crate::dwarf::{DieId, DieOffset, Fixed, UnitIndex};
use crate::error::Result;
use crate::graph::index::NodeIndex;
use crate::graph::{Fragment, Graph, NodeId, NodeKind, Progress};
use crate::limits::Limit;
use crate::symtype::{Identity, Item, Token};
use crate::word::Word;

use super::{Describer, node_of};

/// How far the type of a member is known, or what a pointer points to.
#[derive(Clone, Copy, Debug)]
enum Target {
    /// Nothing has to be described for it.
    Done(Identity),
    /// It is met for the first time.
    New,
}

impl Target {
    fn identity(self) -> Option<Identity> {
        match self {
            Target::Done(identity) => Some(identity),
            Target::New => None,
        }
    }
}

impl Describer<'_, '_> {
    /// Describes members of the innermost list, from an offset on, as long as they are known, up to one whose type is described
    /// next; returns where it has come.
    pub(super) fn pass_known_members(
        &mut self,
        index: UnitIndex,
        mut at: DieOffset,
        budget: &mut Budget,
    ) -> Result<DieOffset> {
        let Some(recognizer) = &mut self.draft.recognizer else { return Ok(at) };
        // Members may stand for others.
        if self.rules.is_stable() {
            return Ok(at);
        }
        let unit = self.units.load(index, budget)?;
        while let Some(die) = unit.fixed(at)
            && die.tag == gimli::DW_TAG_member
            && let Some(target) = target(&self.index, &self.graph, (index, die.target))
        {
            if !recognizer.passes(item(Word::Member, self.shared.at_list_start, target, &die)) {
                break;
            }
            self.shared.at_list_start = false;
            self.shared.old_name = None;
            at = die.end;
            if matches!(target, Target::New) {
                budget.charge_dies(1, die.cost)?;
                let id = (index, die.target);
                self.pending = Some((node_of(&mut self.index, &mut self.graph, id, budget)?, id));
                if let Some(open) = self.lists.last_mut() {
                    open.next = at;
                }
                break;
            }
            // To find its type, and to go on to the next one.
            budget.charge_dies(1, die.cost.saturating_add(2))?;
        }
        Ok(at)
    }

    /// Describes parameters of the innermost list, from an offset on, up to one that is described next, or of which something
    /// is; returns where it has come.
    pub(super) fn pass_known_parameters(
        &mut self,
        index: UnitIndex,
        mut at: DieOffset,
        budget: &mut Budget,
    ) -> Result<DieOffset> {
        loop {
            let Some(recognizer) = &mut self.draft.recognizer else { return Ok(at) };
            let id = (index, at);
            let die = self.units.load(index, budget)?.fixed(at);
            let Some(die) = die.filter(|die| die.tag == gimli::DW_TAG_formal_parameter) else {
                return Ok(at);
            };
            if self.rules.is_stable() || !matches!(target(&self.index, &self.graph, id), Some(Target::New)) {
                return Ok(at);
            }
            budget.charge_dies(1, die.cost)?;
            let node = node_of(&mut self.index, &mut self.graph, id, budget)?;
            recognizer.reference(None, budget)?;
            at = die.end;
            if let Some(open) = self.lists.last_mut() {
                open.next = at;
            }
            if !self.begin_at_once(node, id, budget)? {
                self.pending = Some((node, id));
            }
            if self.pending.is_some() {
                return Ok(at);
            }
            // To begin it, and to go on to the next one.
            budget.charge_work(2)?;
        }
    }

    /// Describes a node, or begins to, if it is a parameter, pointer or qualified type that is as expected and met for the first
    /// time; whether it is.
    pub(super) fn begin_at_once(&mut self, node: NodeId, id: DieId, budget: &mut Budget) -> Result<bool> {
        let (index, offset) = id;
        self.current = Some(id);
        let Some(recognizer) = &mut self.draft.recognizer else { return Ok(false) };
        let is_new = self.graph.node(node).is_some_and(|node| node.progress == Progress::Absent);
        if !is_new || !recognizer.expects() || self.rules.is_stable() {
            return Ok(false);
        }
        let unit = self.units.load(index, budget)?;
        let Some(die) = unit.fixed(offset) else { return Ok(false) };
        let Some(target) = target(&self.index, &self.graph, (index, die.target)) else { return Ok(false) };
        let is_parameter = die.tag == gimli::DW_TAG_formal_parameter;
        let item = if is_parameter {
            item(Word::FormalParameter, self.shared.at_list_start, target, &die)
        } else {
            let Some(word) = qualifier(die.tag).filter(|_| die.name.is_none()) else { return Ok(false) };
            qualified(word, target, &die)
        };
        let Some((identity, tokens)) = recognizer.expected(item) else { return Ok(false) };
        if is_parameter {
            self.shared.at_list_start = false;
            self.shared.old_name = None;
        }
        if matches!(target, Target::Done(_)) {
            budget.check(Limit::Depth, self.frames.len())?;
            // To find its type, to end, and for its tokens.
            budget.charge_dies(1, die.cost.saturating_add(2).saturating_add(tokens))?;
            if let Some(node) = self.graph.node_mut(node) {
                node.progress = Progress::Complete;
                (node.identity, node.is_recognized) = (Some(identity), true);
            }
            recognizer.pass_expected(identity, budget)?;
            return Ok(true);
        }
        budget.charge_dies(1, die.cost)?;
        self.begin(node, index, die.tag, budget)?;
        if let Some(recognizer) = &mut self.draft.recognizer {
            recognizer.passes(item);
        }
        let id = (index, die.target);
        self.pending = Some((node_of(&mut self.index, &mut self.graph, id, budget)?, id));
        Ok(true)
    }
}

/// How far a DIE's node is known that is referred to; `None` if that has to be looked at more closely.
#[inline(always)]
fn target(index: &NodeIndex, graph: &Graph, (unit, offset): DieId) -> Option<Target> {
    let Some(node) = index.nodes(unit)?.get(offset).and_then(|node| graph.node(node)) else {
        return Some(Target::New);
    };
    match (node.progress, node.kind) {
        _ if node.is_recognized() => node.identity.map(Target::Done),
        (Progress::Absent, _) => Some(Target::New),
        // It is described once.
        (Progress::Open, NodeKind::Record) => node.identity.map(Target::Done),
        _ => None,
    }
}

/// A member or parameter.
#[inline(always)]
fn item(word: Word, is_first: bool, target: Target, die: &Fixed) -> Item {
    let begin = if is_first { Fragment::Word(word) } else { Fragment::Item(word) };
    Item {
        before: [Some(begin.into()), None],
        target: target.identity(),
        behind: [
            die.name.map(|name| Fragment::NameAt(name).into()),
            attribute(Word::BitSize, die.bit_size),
            attribute(Word::DataBitOffset, die.data_bit_offset),
            attribute(Word::DataMemberLocation, die.data_member_location),
        ],
    }
}

/// A pointer, or a qualified type.
#[inline(always)]
fn qualified(word: Word, target: Target, die: &Fixed) -> Item {
    let close = Fragment::Close(Word::CloseBrace).into();
    Item {
        before: [Some(Fragment::Word(word).into()), Some(Fragment::Open(Word::OpenBrace).into())],
        target: target.identity(),
        behind: [Some(close), attribute(Word::ByteSize, die.byte_size), None, None],
    }
}

#[inline(always)]
fn attribute(word: Word, value: Option<u64>) -> Option<Token> {
    value.map(|value| Fragment::Attribute(word, value.into()).into())
}

/// The word for a type that only points to another one, or qualifies it, and that has no name.
fn qualifier(tag: DwTag) -> Option<Word> {
    match tag {
        gimli::DW_TAG_pointer_type => Some(Word::PointerType),
        gimli::DW_TAG_const_type => Some(Word::ConstType),
        gimli::DW_TAG_volatile_type => Some(Word::VolatileType),
        _ => None,
    }
}
