//! Takes the types of the older dialect apart: C tokens, as genksyms writes them.
//!
//! ```text
//! struct s { s#t * a , b [ 2 ] ; union { int x ; long y ; } ; } -> the same tree as of a type string of DWARF
//! ```
//!
//! There are no offsets and no sizes in it: no node has an attribute for them. The values of enumerators, the widths of
//! bit-fields and the lengths of arrays are there where they can be computed from the text. What is no declaration that
//! kernels have stays text.

mod declarator;
mod number;
mod tokens;

use alloc::vec::Vec;

use dwarfksyms_core::budget::Budget;
use dwarfksyms_core::{Limit, Result};

use self::declarator::{Declarator, Layer, declarator, is_base, qualifier};
use self::number::value;
use self::tokens::{Range, Tokens};
use super::tree::{Attribute, Node, NodeKind, Tree, Wrapper};

/// What a list consists of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum ListKind {
    Members,
    Enumerators,
    Parameters,
}

/// What is still to be written, the last first.
#[derive(Debug)]
enum Task {
    /// A node is complete.
    Close(usize),
    /// The rest of a list. The value of the next enumerator, if it is known.
    List(ListKind, Range, Option<i64>),
    /// The rest of the declarators behind some specifiers.
    Declarators(Range, Range),
    /// What is said of a member besides its type.
    Attributes(Range),
    /// The levels of a type from one on, and what they are around.
    Layers(Vec<Layer>, usize, Base),
}

/// What all levels are around.
#[derive(Clone, Copy, Debug)]
struct Base {
    specifiers: Range,
    /// Whether what is in braces is written out; it is with the first declarator only.
    is_spelled_out: bool,
}

impl<'t> Tree<'t> {
    /// Takes a type string of genksyms apart; what is nothing else is text.
    pub(crate) fn parse_genksyms(text: &'t [u8], budget: &mut Budget) -> Result<Tree<'t>> {
        let text = text.trim_ascii();
        budget.charge_bytes(text.len().saturating_mul(4))?;
        if let Some(tokens) = Tokens::of(text, budget)? {
            let mut parser =
                Parser { tokens, tree: Tree::unmeasured(), tasks: Vec::new(), open: 0, is_failed: false };
            parser.root(budget)?;
            parser.run(budget)?;
            if !parser.is_failed && !parser.tree.nodes.is_empty() {
                return Ok(parser.tree);
            }
        }
        let mut tree = Tree::unmeasured();
        tree.add(NodeKind::Text, Some(text), budget)?;
        Ok(tree)
    }

    fn unmeasured() -> Tree<'t> {
        Tree { is_unmeasured: true, ..Tree::default() }
    }

    fn add(&mut self, kind: NodeKind, name: Option<&'t [u8]>, budget: &mut Budget) -> Result<usize> {
        let index = self.nodes.len();
        let attributes = self.attributes.len();
        let node = Node {
            kind,
            name,
            has_lost_comma: false,
            end: index.saturating_add(1),
            first_attribute: attributes,
            last_attribute: attributes,
        };
        budget.push(&mut self.nodes, node)?;
        Ok(index)
    }

    /// States something of the node that was added last.
    fn state(&mut self, attribute: Attribute, value: u64, budget: &mut Budget) -> Result<()> {
        budget.push(&mut self.attributes, (attribute, value))?;
        let count = self.attributes.len();
        if let Some(node) = self.nodes.last_mut() {
            node.last_attribute = count;
        }
        Ok(())
    }

    fn close(&mut self, index: usize) {
        let end = self.nodes.len();
        if let Some(node) = self.nodes.get_mut(index) {
            node.end = end;
        }
    }
}

struct Parser<'t> {
    tokens: Tokens<'t>,
    tree: Tree<'t>,
    tasks: Vec<Task>,
    /// How many nodes are not complete.
    open: usize,
    is_failed: bool,
}

impl<'t> Parser<'t> {
    fn run(&mut self, budget: &mut Budget) -> Result<()> {
        while let Some(task) = self.tasks.pop() {
            budget.charge_work(1)?;
            match task {
                Task::Close(index) => {
                    self.open = self.open.saturating_sub(1);
                    self.tree.close(index);
                }
                Task::List(kind, range, next) => self.list(kind, range, next, budget)?,
                Task::Declarators(specifiers, range) => self.declarators(specifiers, range, false, budget)?,
                Task::Attributes(range) => {
                    self.tree.add(NodeKind::Text, Some(self.tokens.text(range)), budget)?;
                }
                Task::Layers(layers, at, base) => self.layers(layers, at, base, budget)?,
            }
        }
        Ok(())
    }

    fn push(&mut self, task: Task, budget: &mut Budget) -> Result<()> {
        budget.push(&mut self.tasks, task)
    }

    /// Adds a node that more is put into.
    fn open(&mut self, kind: NodeKind, name: Option<&'t [u8]>, budget: &mut Budget) -> Result<()> {
        let index = self.tree.add(kind, name, budget)?;
        self.open = self.open.saturating_add(1);
        budget.check(Limit::Depth, self.open)?;
        self.push(Task::Close(index), budget)
    }

    /// What the text as a whole is.
    fn root(&mut self, budget: &mut Budget) -> Result<()> {
        let all = self.tokens.all();
        if self.is_aggregate(all) {
            return self.aggregate(all, budget);
        }
        let is_typedef = self.tokens.first(all) == b"typedef";
        let (specifiers, rest) = self.specifiers(all);
        let Some(Declarator { name: Some(name), layers, bits: None, .. }) =
            declarator(&self.tokens, rest, budget)?.filter(|_| !specifiers.is_empty())
        else {
            self.is_failed = true;
            return Ok(());
        };
        let base = Base { specifiers, is_spelled_out: true };
        match layers.first() {
            _ if is_typedef => {
                self.open(NodeKind::Wrapper(Wrapper::Typedef), Some(name), budget)?;
                if let Some(at) = self.tokens.find(specifiers, b"__attribute__") {
                    self.push(Task::Attributes(specifiers.from(at)), budget)?;
                }
            }
            Some(&Layer::Function(parameters)) => {
                self.open(NodeKind::Subprogram, None, budget)?;
                self.push(Task::Layers(layers, 1, base), budget)?;
                return self.push(Task::List(ListKind::Parameters, parameters, None), budget);
            }
            _ => self.open(NodeKind::Variable, None, budget)?,
        }
        self.push(Task::Layers(layers, 0, base), budget)
    }

    /// Whether there is nothing but a type in braces.
    fn is_aggregate(&self, range: Range) -> bool {
        let word = self.tokens.first(range);
        matches!(word, b"struct" | b"union" | b"enum")
            && self.tokens.find(range, b"{").is_some_and(|open| self.tokens.behind(open) == range.end)
            && self.tokens.find(range, b"{").is_some_and(|open| open <= range.start.saturating_add(2))
    }

    /// A type in braces.
    fn aggregate(&mut self, range: Range, budget: &mut Budget) -> Result<()> {
        let (kind, list) = match self.tokens.first(range) {
            b"struct" => (NodeKind::Structure, ListKind::Members),
            b"union" => (NodeKind::Union, ListKind::Members),
            _ => (NodeKind::Enumeration, ListKind::Enumerators),
        };
        let Some(open) = self.tokens.find(range, b"{") else { return Ok(()) };
        let name = self.tokens.text(range.behind(1).up_to(open));
        self.open(kind, Some(name).filter(|name| !name.is_empty()), budget)?;
        self.push(Task::List(list, self.tokens.inside(open), Some(0)), budget)
    }

    /// The next item of a list.
    fn list(&mut self, kind: ListKind, range: Range, next: Option<i64>, budget: &mut Budget) -> Result<()> {
        if range.is_empty() {
            return Ok(());
        }
        let separator: &[u8] = if kind == ListKind::Members { b";" } else { b"," };
        let end = self.tokens.find(range, separator).unwrap_or(range.end);
        budget.charge_work(1)?;
        let (item, rest) = (range.up_to(end), range.from(end.saturating_add(1)));
        match kind {
            ListKind::Enumerators => {
                let next = self.enumerator(item, next, budget)?;
                self.push(Task::List(kind, rest, next), budget)
            }
            ListKind::Parameters => {
                self.push(Task::List(kind, rest, None), budget)?;
                self.parameter(item, budget)
            }
            ListKind::Members => {
                self.push(Task::List(kind, rest, None), budget)?;
                // A type that is known by its name alone: the same as a declaration.
                if item.is_empty() || self.tokens.text(item) == b"UNKNOWN" {
                    return Ok(());
                }
                let (specifiers, declarators) = self.specifiers(item);
                self.declarators(specifiers, declarators, true, budget)
            }
        }
    }

    /// An enumerator; gives the value of the next one.
    fn enumerator(&mut self, item: Range, next: Option<i64>, budget: &mut Budget) -> Result<Option<i64>> {
        if item.is_empty() || self.tokens.text(item) == b"UNKNOWN" {
            return Ok(next);
        }
        let is_stated =
            self.tokens.word(item.start.saturating_add(1)) == b"=" && item.behind(2).start < item.end;
        let expression = item.behind(2);
        let number = if is_stated { value(&self.tokens, expression) } else { next };
        let name = self.tokens.first(item);
        let index = self.tree.add(NodeKind::Enumerator, Some(name), budget)?;
        if let Some(number) = number {
            self.tree.state(Attribute::Value, number.cast_unsigned(), budget)?;
        } else if is_stated {
            self.tree.add(NodeKind::Text, Some(self.tokens.text(expression)), budget)?;
        }
        self.tree.close(index);
        Ok(number.and_then(|number| number.checked_add(1)))
    }

    fn parameter(&mut self, item: Range, budget: &mut Budget) -> Result<()> {
        if item.is_empty() || self.tokens.text(item) == b"void" {
            return Ok(());
        }
        self.open(NodeKind::Parameter, None, budget)?;
        let (specifiers, rest) = self.specifiers(item);
        let found = declarator(&self.tokens, rest, budget)?.filter(|_| !specifiers.is_empty());
        match found {
            Some(Declarator { layers, bits: None, .. }) => {
                self.push(Task::Layers(layers, 0, Base { specifiers, is_spelled_out: true }), budget)
            }
            _ => self.tree.add(NodeKind::Text, Some(self.tokens.text(item)), budget).map(|_| ()),
        }
    }

    /// The next of the members that are declared together.
    fn declarators(
        &mut self,
        specifiers: Range,
        range: Range,
        is_first: bool,
        budget: &mut Budget,
    ) -> Result<()> {
        let end = self.tokens.find(range, b",").unwrap_or(range.end);
        let own = range.up_to(end);
        if end < range.end {
            self.push(Task::Declarators(specifiers, range.from(end.saturating_add(1))), budget)?;
        }
        let found = declarator(&self.tokens, own, budget)?.filter(|_| !specifiers.is_empty());
        let width = |bits: Range| value(&self.tokens, bits).and_then(|width| u64::try_from(width).ok());
        let found = found.and_then(|found| match found.bits {
            Some(bits) => Some((Some(width(bits)?), found)),
            None => Some((None, found)),
        });
        let Some((width, Declarator { name, layers, attributes, .. })) = found else {
            self.open(NodeKind::Member, None, budget)?;
            let text = self.tokens.text(Range { start: specifiers.start, end: own.end });
            return self.tree.add(NodeKind::Text, Some(text), budget).map(|_| ());
        };
        self.open(NodeKind::Member, name, budget)?;
        if let Some(width) = width {
            self.tree.state(Attribute::BitSize, width, budget)?;
        }
        let own = self.tokens.find(specifiers, b"__attribute__").map(|at| specifiers.from(at));
        for attributes in attributes.into_iter().chain(own) {
            self.push(Task::Attributes(attributes), budget)?;
        }
        self.push(Task::Layers(layers, 0, Base { specifiers, is_spelled_out: is_first }), budget)
    }

    /// The next level of a type, or what all are around.
    fn layers(&mut self, layers: Vec<Layer>, at: usize, base: Base, budget: &mut Budget) -> Result<()> {
        let Some(&layer) = layers.get(at) else {
            budget.free(layers);
            return self.base(base, budget);
        };
        let list = match layer {
            Layer::Wrapper(wrapper) => {
                self.open(NodeKind::Wrapper(wrapper), None, budget)?;
                None
            }
            Layer::Array(length) => {
                self.open(NodeKind::Array, None, budget)?;
                let count = value(&self.tokens, length).and_then(|count| u64::try_from(count).ok());
                let text = Some(self.tokens.text(length)).filter(|text| count.is_none() && !text.is_empty());
                self.tree.add(NodeKind::Dimension, text, budget)?;
                if let Some(count) = count {
                    self.tree.state(Attribute::Count, count, budget)?;
                }
                None
            }
            Layer::Function(parameters) => {
                self.open(NodeKind::Subroutine, None, budget)?;
                Some(Task::List(ListKind::Parameters, parameters, None))
            }
        };
        self.push(Task::Layers(layers, at.saturating_add(1), base), budget)?;
        match list {
            Some(list) => self.push(list, budget),
            None => Ok(()),
        }
    }

    /// What specifiers say, with qualifiers around it.
    fn base(&mut self, base: Base, budget: &mut Budget) -> Result<()> {
        let Base { specifiers, is_spelled_out } = base;
        let mut core: Option<Range> = None;
        let mut is_torn = false;
        let mut at = specifiers.start;
        while at < specifiers.end {
            budget.charge_work(1)?;
            let word = self.tokens.word(at);
            let end = self.end_of_word(at).min(specifiers.end);
            match qualifier(word) {
                Some(Some(wrapper)) => self.open(NodeKind::Wrapper(wrapper), None, budget)?,
                Some(None) => {}
                None if word == b"__attribute__" => {}
                None => {
                    is_torn |= core.is_some_and(|known| known.end != at);
                    core = Some(Range { start: core.map_or(at, |known| known.start), end });
                }
            }
            at = end;
        }
        let core = core.filter(|_| !is_torn).unwrap_or(specifiers);
        if self.is_aggregate(core) && is_spelled_out {
            return self.aggregate(core, budget);
        }
        let text = self.tokens.text(core);
        let kind = match self.tokens.first(core) {
            word if is_base(word) && !is_torn => NodeKind::Base,
            word if core.behind(1).is_empty() && word.get(1) == Some(&b'#') => NodeKind::Reference,
            _ => NodeKind::Text,
        };
        self.tree.add(kind, Some(text), budget).map(|_| ())
    }

    /// The word behind one that specifies a type, with its brackets.
    fn end_of_word(&self, at: usize) -> usize {
        let next = at.saturating_add(1);
        match self.tokens.word(at) {
            b"struct" | b"union" | b"enum" => {
                let named = if self.tokens.word(next) == b"{" { next } else { next.saturating_add(1) };
                if self.tokens.word(named) == b"{" { self.tokens.behind(named) } else { named }
            }
            b"typeof" | b"__typeof__" | b"__typeof" | b"_Alignas" | b"__attribute__" => {
                self.tokens.behind(next)
            }
            _ => next,
        }
    }

    /// The words that say of which kind something is, and the rest, which declares it.
    fn specifiers(&self, range: Range) -> (Range, Range) {
        let mut at = range.start;
        let mut has_type = false;
        while at < range.end {
            let word = self.tokens.word(at);
            let is_type =
                matches!(word, b"struct" | b"union" | b"enum" | b"typeof" | b"__typeof__" | b"__typeof")
                    || word.get(1) == Some(&b'#');
            let goes_on = qualifier(word).is_some()
                || word == b"__attribute__" && has_type
                || is_base(word)
                || is_type && !has_type;
            if !goes_on {
                break;
            }
            has_type |= is_type || is_base(word);
            at = self.end_of_word(at).min(range.end);
        }
        (range.up_to(at), range.from(at))
    }
}

#[cfg(test)]
mod tests;
