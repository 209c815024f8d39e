//! The fragments of the descriptions that are being written.

use alloc::vec::Vec;

use crate::budget::Budget;
use crate::error::{ErrorKind, Result};

use super::{DescriptionId, Fragment, Graph, Name, NodeId, Span, Texts};
use crate::symtype::Recognizer;
use crate::word::Word;

/// A stack of unfinished descriptions: the innermost one's fragments are the last.
#[derive(Debug, Default)]
pub(super) struct Draft<'u, 'd> {
    fragments: Vec<Fragment>,
    /// Where the innermost description's fragments begin.
    base: u32,
    /// Takes the fragments instead, and compares them with what is known.
    pub(super) recognizer: Option<Recognizer<'u, 'd>>,
}

impl Draft<'_, '_> {
    /// Begins a description; returns what [`Draft::finish`] wants back.
    pub(super) fn begin(&mut self, budget: &mut Budget) -> Result<u32> {
        if let Some(recognizer) = &mut self.recognizer {
            return recognizer.begin(budget).map(|()| 0);
        }
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
        let start = usize::try_from(self.base).unwrap_or(usize::MAX);
        let own = self.fragments.get(start..).unwrap_or_default();
        budget.charge_work(u64::try_from(own.len()).unwrap_or(u64::MAX))?;
        graph.finish(id, own, budget)?;
        self.fragments.truncate(start);
        self.base = outer;
        Ok(())
    }

    /// Appends a word.
    #[inline]
    pub(super) fn word(&mut self, word: Word, budget: &mut Budget) -> Result<()> {
        self.push(Fragment::Word(word), budget)
    }

    /// Appends ` <name>(<value>)`, if there is a value.
    #[inline]
    pub(super) fn attribute(&mut self, name: Word, value: Option<u64>, budget: &mut Budget) -> Result<()> {
        match value {
            Some(value) => self.push(Fragment::Attribute(name, value.into()), budget),
            None => Ok(()),
        }
    }

    /// Appends a number in decimal.
    pub(super) fn number(&mut self, value: u64, budget: &mut Budget) -> Result<()> {
        self.push(Fragment::Number(value.into()), budget)
    }

    /// Appends a name.
    #[inline]
    pub(super) fn name(&mut self, name: Name, source: &Texts<'_, '_>, budget: &mut Budget) -> Result<()> {
        match &mut self.recognizer {
            None => budget.push(&mut self.fragments, name.into()),
            Some(recognizer) => recognizer.any_name(name, source, budget),
        }
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

    /// The number of fragments.
    #[inline]
    pub(super) fn len(&self) -> usize {
        self.fragments.len()
    }

    /// Puts another name in the place of the one at a position; if there is none, behind what stands before.
    pub(super) fn rename(
        &mut self,
        at: usize,
        is_named: bool,
        name: Span,
        budget: &mut Budget,
    ) -> Result<()> {
        match self.fragments.get_mut(at).filter(|_| is_named) {
            Some(fragment) => *fragment = Fragment::WrittenName(name),
            // Only attributes stand behind it.
            None => budget.insert(&mut self.fragments, at, Fragment::WrittenName(name))?,
        }
        Ok(())
    }

    /// Appends a fragment.
    #[inline]
    pub(super) fn push(&mut self, fragment: Fragment, budget: &mut Budget) -> Result<()> {
        match &mut self.recognizer {
            None => budget.push(&mut self.fragments, fragment),
            Some(recognizer) => recognizer.fragment(fragment, budget),
        }
    }
}
