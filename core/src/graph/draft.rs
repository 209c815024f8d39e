//! The fragments of the descriptions that are being written.

use alloc::vec::Vec;

use crate::budget::Budget;
use crate::error::{ErrorKind, Result};

use super::{DescriptionId, Fragment, Graph, NodeId, Span};

/// A stack of unfinished descriptions: the innermost one's fragments are the last.
#[derive(Debug, Default)]
pub(super) struct Draft {
    fragments: Vec<Fragment>,
    /// Where the innermost description's fragments begin.
    base: u32,
}

impl Draft {
    /// Begins a description; returns what [`Draft::finish`] wants back.
    pub(super) fn begin(&mut self) -> Result<u32> {
        let base = u32::try_from(self.fragments.len()).map_err(|_| ErrorKind::OutOfMemory)?;
        Ok(core::mem::replace(&mut self.base, base))
    }

    /// Ends the innermost description; `outer` is what [`Draft::begin`] returned.
    pub(super) fn finish(
        &mut self,
        id: DescriptionId,
        outer: u32,
        graph: &mut Graph,
        budget: &mut Budget,
    ) -> Result<()> {
        graph.finish(id, self.fragments.get(self.start()..).unwrap_or_default(), budget)?;
        self.fragments.truncate(self.start());
        self.base = outer;
        Ok(())
    }

    /// Appends text.
    pub(super) fn text(&mut self, bytes: &[u8], graph: &mut Graph, budget: &mut Budget) -> Result<()> {
        let span = graph.write(bytes, budget)?;
        let start = self.start();
        let own = self.fragments.get_mut(start..).unwrap_or_default();
        match own.last_mut() {
            Some(Fragment::Text(last)) if last.end == span.start && last.end > last.start => {
                last.end = span.end;
                Ok(())
            }
            _ => self.push(Fragment::Text(span), budget),
        }
    }

    /// Appends text that stands in the graph already.
    pub(super) fn span(&mut self, span: Span, budget: &mut Budget) -> Result<()> {
        self.push(Fragment::Text(span), budget)
    }

    /// Appends ` <name>(<value>)`, if there is a value.
    pub(super) fn attribute(
        &mut self,
        name: &str,
        value: Option<u64>,
        graph: &mut Graph,
        budget: &mut Budget,
    ) -> Result<()> {
        let Some(value) = value else { return Ok(()) };
        self.text(b" ", graph, budget)?;
        self.text(name.as_bytes(), graph, budget)?;
        self.text(b"(", graph, budget)?;
        self.number(value, graph, budget)?;
        self.text(b")", graph, budget)
    }

    /// Appends a number in decimal.
    pub(super) fn number(&mut self, value: u64, graph: &mut Graph, budget: &mut Budget) -> Result<()> {
        self.text(itoa::Buffer::new().format(value).as_bytes(), graph, budget)
    }

    /// Appends an opening brace or parenthesis, and the break behind it.
    pub(super) fn open(&mut self, bracket: &[u8], graph: &mut Graph, budget: &mut Budget) -> Result<()> {
        self.text(bracket, graph, budget)?;
        self.push(Fragment::Open, budget)
    }

    /// Appends the break before a closing brace or parenthesis, and the bracket.
    pub(super) fn close(&mut self, bracket: &[u8], graph: &mut Graph, budget: &mut Budget) -> Result<()> {
        self.push(Fragment::Close, budget)?;
        self.text(bracket, graph, budget)
    }

    /// Appends a line break.
    pub(super) fn line_break(&mut self, budget: &mut Budget) -> Result<()> {
        self.push(Fragment::Break, budget)
    }

    /// Appends nothing, but so that the breaks before and behind it stay two (an item that a rule ignores).
    pub(super) fn nothing(&mut self, budget: &mut Budget) -> Result<()> {
        self.push(Fragment::Text(Span::EMPTY), budget)
    }

    /// Appends a reference to another node.
    pub(super) fn reference(
        &mut self,
        node: NodeId,
        begun: Option<DescriptionId>,
        budget: &mut Budget,
    ) -> Result<()> {
        self.push(Fragment::Ref(node, begun), budget)
    }

    fn start(&self) -> usize {
        usize::try_from(self.base).unwrap_or(usize::MAX)
    }

    fn push(&mut self, fragment: Fragment, budget: &mut Budget) -> Result<()> {
        budget.charge_work(1)?;
        budget.push(&mut self.fragments, fragment)
    }
}
