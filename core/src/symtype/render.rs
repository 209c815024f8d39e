//! From the type graph to type strings (SPEC section 6).
//!
//! In a type string a reference to a named type is the type's name, and an unnamed type is spelled out in
//! place. A break is one space, and so are several in a row within one description.

use alloc::vec::Vec;

use crate::budget::Budget;
use crate::dwarf::Dwarf;
use crate::error::{Error, ErrorKind, Result};
use crate::graph::{Fragment, Graph, Name, NodeId, Texts, TypeName, Value};
use crate::limits::Limit;
use crate::word::{Padded, Word};

use super::known::{Known, Numbers, Token, Variants};
use super::length::length;
use super::map::TypeMap;
use super::names::TypeId;
use super::string::{TypeRef, TypeString};

/// Renders the types of one graph.
#[derive(Debug)]
pub(crate) struct Renderer<'a, 'd> {
    graph: &'a Graph,
    source: Texts<'a, 'd>,
    /// By node: whether a named one was met, or an unnamed one is being written.
    met: Vec<bool>,
    /// By node: one more than the number of its type name, as far as it was asked for, or 0.
    numbers: Vec<u32>,
    /// Named nodes that were met and have not been rendered.
    due: Vec<NodeId>,
    /// The nodes around the one that is being written.
    frames: Vec<Frame<'a>>,
    /// The text of one name.
    name: Vec<u8>,
}

/// What is longer than any honest string is measured before the rest is written, because it may be
/// exponentially long.
const MEASURED_FROM: usize = 1 << 20;

/// A node whose fragments are being written.
#[derive(Clone, Copy, Debug)]
struct Frame<'a> {
    node: NodeId,
    /// The fragments to be written still.
    rest: &'a [Fragment],
    after_break: bool,
}

/// What the tokens of a type string are given to.
trait Sink {
    /// Takes a token; whether more are wanted.
    fn take(
        &mut self,
        token: Token,
        source: &Texts<'_, '_>,
        map: &TypeMap,
        budget: &mut Budget,
    ) -> Result<bool>;

    /// The bytes of text so far.
    fn len(&self) -> usize {
        0
    }
}

/// Compares tokens with those of a variant that is known.
struct Comparison<'k> {
    known: &'k Variants,
    rest: &'k [Token],
}

impl Sink for Comparison<'_> {
    #[inline]
    fn take(
        &mut self,
        token: Token,
        source: &Texts<'_, '_>,
        _: &TypeMap,
        budget: &mut Budget,
    ) -> Result<bool> {
        let Some((&known, rest)) = self.rest.split_first() else { return Ok(false) };
        self.rest = rest;
        let is_written = matches!(token, Token::Fragment(Fragment::WrittenName(_)));
        if known == token && !is_written {
            return Ok(true);
        }
        // The same name can stand in several places.
        let (Some(name), Some(known)) = (token.name(), known.name()) else { return Ok(false) };
        let name = source.name(name, budget)?;
        Ok(name == self.known.source(*source).name(known, budget)?)
    }
}

/// Keeps tokens.
struct Memory<'k> {
    known: &'k mut Variants,
    start: usize,
}

impl Sink for Memory<'_> {
    fn take(
        &mut self,
        token: Token,
        source: &Texts<'_, '_>,
        _: &TypeMap,
        budget: &mut Budget,
    ) -> Result<bool> {
        self.known.add(self.start, token, source, budget)
    }
}

/// Writes tokens out.
struct Writing<'o>(&'o mut TypeString);

impl Sink for Writing<'_> {
    #[inline]
    fn take(
        &mut self,
        token: Token,
        source: &Texts<'_, '_>,
        map: &TypeMap,
        budget: &mut Budget,
    ) -> Result<bool> {
        let TypeString { text, refs } = &mut *self.0;
        match token {
            Token::Fragment(fragment) => write_fragment(text, fragment, source, budget)?,
            Token::Type(name) => {
                let start = position(text)?;
                write(text, map.name(name), budget)?;
                let end = position(text)?;
                budget.push(refs, TypeRef { start, end, name })?;
            }
        }
        Ok(true)
    }

    fn len(&self) -> usize {
        self.0.text.len()
    }
}

impl<'a, 'd> Renderer<'a, 'd> {
    pub(crate) fn new(
        graph: &'a Graph,
        dwarf: &'a Dwarf<'d>,
        budget: &mut Budget,
    ) -> Result<Renderer<'a, 'd>> {
        let (mut met, mut numbers) = (Vec::new(), Vec::new());
        budget.fill(&mut met, graph.len(), false)?;
        budget.fill(&mut numbers, graph.len(), 0)?;
        let source = graph.source(dwarf);
        Ok(Renderer { graph, source, met, numbers, due: Vec::new(), frames: Vec::new(), name: Vec::new() })
    }

    /// Gives back what it has cost.
    pub(crate) fn free(self, budget: &mut Budget) {
        budget.free(self.met);
        budget.free(self.numbers);
        budget.free(self.due);
        budget.free(self.frames);
        budget.free(self.name);
    }

    /// The string of a root. The named types that it reaches become due.
    pub(crate) fn root(
        &mut self,
        root: NodeId,
        map: &mut TypeMap,
        known: &mut Known,
        budget: &mut Budget,
    ) -> Result<TypeString> {
        let mut string = TypeString::default();
        self.walk(root, &mut Writing(&mut string), map, &mut known.numbers, budget)?;
        Ok(string)
    }

    /// Renders the named types that are due, and those that they reach, into the map.
    pub(crate) fn types(&mut self, map: &mut TypeMap, known: &mut Known, budget: &mut Budget) -> Result<()> {
        let mut string = TypeString::default();
        while let Some(node) = self.due.pop() {
            let Some(name) = self.graph.node(node).and_then(|node| node.name) else { continue };
            let number = self.number(node, name, map, &mut known.numbers, budget)?;
            if self.is_known(node, number, map, known, budget)? {
                continue;
            }
            string.clear();
            self.walk(node, &mut Writing(&mut string), map, &mut known.numbers, budget)?;
            map.offer(number, &string, budget)?;
            self.remember(node, number, map, known, budget)?;
        }
        budget.free(string.text);
        budget.free(string.refs);
        Ok(())
    }

    /// Whether a node has a string that a type of this name had before. If so, the named types that it reaches
    /// become due.
    fn is_known(
        &mut self,
        node: NodeId,
        name: TypeId,
        map: &mut TypeMap,
        known: &mut Known,
        budget: &mut Budget,
    ) -> Result<bool> {
        let Known { variants, numbers } = known;
        let mut next = variants.last(name);
        while let Some(variant) = next {
            next = variants.before(variant);
            let mut comparison = Comparison { known: variants, rest: variants.tokens(variant) };
            if self.walk(node, &mut comparison, map, numbers, budget)? && comparison.rest.is_empty() {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Keeps the tokens of a node.
    fn remember(
        &mut self,
        node: NodeId,
        name: TypeId,
        map: &mut TypeMap,
        known: &mut Known,
        budget: &mut Budget,
    ) -> Result<()> {
        if !known.is_kept() {
            return Ok(());
        }
        let Known { variants, numbers } = known;
        let Some(start) = variants.begin(name) else { return Ok(()) };
        if self.walk(node, &mut Memory { known: variants, start }, map, numbers, budget)? {
            variants.finish(name, start, budget)
        } else {
            variants.abandon(start);
            Ok(())
        }
    }

    /// Gives a sink the tokens of a node's string, as long as it wants them; whether it wanted all. The named types
    /// that are referred to become due.
    fn walk(
        &mut self,
        root: NodeId,
        sink: &mut impl Sink,
        map: &mut TypeMap,
        numbers: &mut Numbers,
        budget: &mut Budget,
    ) -> Result<bool> {
        let walked = self.walk_from(root, sink, map, numbers, budget);
        while let Some(frame) = self.frames.pop() {
            self.leave(frame.node);
        }
        walked.map_err(|error| match self.graph.node(root) {
            Some(node) => error.at(self.source.dwarf.place(node.die)),
            None => error,
        })
    }

    fn walk_from(
        &mut self,
        root: NodeId,
        sink: &mut impl Sink,
        map: &mut TypeMap,
        numbers: &mut Numbers,
        budget: &mut Budget,
    ) -> Result<bool> {
        let (graph, source) = (self.graph, self.source);
        let mut is_measured = false;
        let mut frame = Frame::new(graph, root, budget)?;
        loop {
            if sink.len() > MEASURED_FROM && !is_measured {
                is_measured = true;
                let length = length(graph, &source, root, budget)?;
                budget.check(Limit::Text, usize::try_from(length).unwrap_or(usize::MAX))?;
            }
            let Some((&fragment, rest)) = frame.rest.split_first() else {
                self.leave(frame.node);
                match self.frames.pop() {
                    Some(outer) => frame = outer,
                    None => return Ok(true),
                }
                continue;
            };
            frame.rest = rest;
            let was_break = core::mem::replace(&mut frame.after_break, fragment.ends_in_break());
            let token = match fragment {
                Fragment::Ref(id, _) => match self.enter(id, budget)? {
                    None => {
                        budget.push(&mut self.frames, frame)?;
                        frame = Frame::new(graph, id, budget)?;
                        continue;
                    }
                    Some(name) => Token::Type(self.number(id, name, map, numbers, budget)?),
                },
                fragment => Token::Fragment(fragment.after_break(was_break)),
            };
            if !sink.take(token, &source, map, budget)? {
                self.leave(frame.node);
                return Ok(false);
            }
        }
    }

    /// Leaves a node that was written.
    fn leave(&mut self, node: NodeId) {
        if self.graph.node(node).is_some_and(|node| node.name.is_none()) {
            self.set_met(node, false);
        }
    }

    /// Meets a node that was referred to: if it has a name, that comes here, and the node is due if it was not met
    /// before; otherwise its text comes here.
    #[inline]
    fn enter(&mut self, id: NodeId, budget: &mut Budget) -> Result<Option<TypeName>> {
        let Some(node) = self.graph.node(id) else { return Ok(None) };
        let was_met = self.set_met(id, true);
        if node.name.is_some() {
            if !was_met {
                budget.push(&mut self.due, id)?;
            }
            return Ok(node.name);
        }
        if was_met {
            return Err(Error::new(ErrorKind::NamelessCycle).at(self.source.dwarf.place(node.die)));
        }
        budget.check(Limit::Depth, self.frames.len().saturating_add(1))?;
        Ok(None)
    }

    /// The number of a node's type name.
    #[inline(always)]
    fn number(
        &mut self,
        node: NodeId,
        name: TypeName,
        map: &mut TypeMap,
        numbers: &mut Numbers,
        budget: &mut Budget,
    ) -> Result<TypeId> {
        match self.numbers.get(node.index()).and_then(|number| number.checked_sub(1)) {
            Some(number) => Ok(TypeId(number)),
            None => self.find_number(node, name, map, numbers, budget),
        }
    }

    fn find_number(
        &mut self,
        node: NodeId,
        name: TypeName,
        map: &mut TypeMap,
        numbers: &mut Numbers,
        budget: &mut Budget,
    ) -> Result<TypeId> {
        let number = match numbers.get(name) {
            Some(number) => number,
            None => {
                let mut text = core::mem::take(&mut self.name);
                text.clear();
                for piece in name.pieces(self.source.name(name.name, budget)?) {
                    write(&mut text, piece, budget)?;
                }
                let number = map.intern(&text, budget)?;
                self.name = text;
                numbers.note(name, number, budget)?;
                number
            }
        };
        if let Some(slot) = self.numbers.get_mut(node.index()) {
            *slot = number.0.saturating_add(1);
        }
        Ok(number)
    }

    /// Notes that a node was met, or is no longer being written; returns what was noted before.
    #[inline]
    fn set_met(&mut self, id: NodeId, is_met: bool) -> bool {
        self.met.get_mut(id.index()).is_some_and(|met| core::mem::replace(met, is_met))
    }
}

impl<'a> Frame<'a> {
    /// Begins a node, and pays for all of its fragments.
    #[inline]
    fn new(graph: &'a Graph, node: NodeId, budget: &mut Budget) -> Result<Frame<'a>> {
        let rest = graph.description(node).map(|id| graph.fragments(id)).unwrap_or_default();
        budget.charge_work(u64::try_from(rest.len()).unwrap_or(u64::MAX).saturating_add(1))?;
        Ok(Frame { node, rest, after_break: false })
    }
}

fn position(text: &[u8]) -> Result<u32> {
    u32::try_from(text.len()).map_err(|_| ErrorKind::OutOfMemory.into())
}

/// Writes the text of a fragment as [`Texts::write`] does, but all at once: most pieces are of a few bytes, and to pay for
/// each of them costs more than to write it.
#[inline]
fn write_fragment(
    text: &mut Vec<u8>,
    fragment: Fragment,
    source: &Texts<'_, '_>,
    budget: &mut Budget,
) -> Result<()> {
    match fragment {
        Fragment::Word(word) => write_word(text, b"", word, b"", budget),
        Fragment::Item(word) => write_word(text, b" , ", word, b"", budget),
        Fragment::Open(word) => write_word(text, b"", word, b" ", budget),
        Fragment::Close(word) => write_word(text, b" ", word, b"", budget),
        Fragment::Break => write(text, b" ", budget),
        Fragment::NameAt(at) => write_name(text, source.name(Name::At(at), budget)?, budget),
        Fragment::WrittenName(span) => write_name(text, source.name(Name::Written(span), budget)?, budget),
        Fragment::Attribute(word, value) => {
            write_word(text, b"", word, b"", budget)?;
            write_number(text, value, b")", budget)
        }
        Fragment::Number(value) => write_number(text, value, b"", budget),
        Fragment::Nothing | Fragment::Ref(..) => Ok(()),
    }
}

/// Writes a word between others. What is known while this is compiled is copied without a call.
#[inline(always)]
fn write_word<const BEFORE: usize, const BEHIND: usize>(
    text: &mut Vec<u8>,
    before: &'static [u8; BEFORE],
    word: Word,
    behind: &'static [u8; BEHIND],
    budget: &mut Budget,
) -> Result<()> {
    let Padded { block, length } = word.padded();
    let length = BEFORE.saturating_add(*length).saturating_add(BEHIND);
    let end = text.len().saturating_add(length);
    pay(text, length, budget)?;
    // What is behind the word in the block is cut off again.
    budget.reserve(text, Padded::SIZE.saturating_add(BEFORE))?;
    text.extend_from_slice(before);
    text.extend_from_slice(block);
    text.truncate(end.saturating_sub(BEHIND));
    text.extend_from_slice(behind);
    Ok(())
}

/// Writes a name behind a space.
#[inline]
fn write_name(text: &mut Vec<u8>, name: &[u8], budget: &mut Budget) -> Result<()> {
    make_room(text, name.len().saturating_add(1), budget)?;
    text.push(b' ');
    text.extend_from_slice(name);
    Ok(())
}

/// Writes a number, and what is behind it.
#[inline]
fn write_number<const BEHIND: usize>(
    text: &mut Vec<u8>,
    value: Value,
    behind: &'static [u8; BEHIND],
    budget: &mut Budget,
) -> Result<()> {
    let value = u64::from(value);
    if let Ok(digit @ 0..10) = u8::try_from(value) {
        // As most are.
        make_room(text, BEHIND.saturating_add(1), budget)?;
        text.push(b'0'.saturating_add(digit));
    } else {
        let mut buffer = itoa::Buffer::new();
        let digits = buffer.format(value).as_bytes();
        make_room(text, digits.len().saturating_add(BEHIND), budget)?;
        text.extend_from_slice(digits);
    }
    text.extend_from_slice(behind);
    Ok(())
}

fn write(text: &mut Vec<u8>, bytes: &[u8], budget: &mut Budget) -> Result<()> {
    make_room(text, bytes.len(), budget)?;
    text.extend_from_slice(bytes);
    Ok(())
}

/// Makes room for more bytes of text, and pays for them.
#[inline]
fn make_room(text: &mut Vec<u8>, length: usize, budget: &mut Budget) -> Result<()> {
    pay(text, length, budget)?;
    budget.reserve(text, length)
}

/// Pays for more bytes of text.
#[inline]
fn pay(text: &[u8], length: usize, budget: &mut Budget) -> Result<()> {
    budget.check(Limit::Text, text.len().saturating_add(length))?;
    budget.charge_bytes(length)
}
