//! How long a type string will be, before it is written.
//!
//! Unnamed types are spelled out wherever they are used, so a string can be exponentially longer than the DIEs
//! that it comes from. The text of an unnamed type does not depend on where it stands: its length is found
//! once, and lengths add up.

use alloc::vec::Vec;

use crate::budget::Budget;
use crate::error::{Error, ErrorKind, Result};
use crate::graph::{Fragment, Graph, NodeId, Texts};
use crate::limits::Limit;

/// What is known of a node's text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Length {
    Unknown,
    /// It is being added up.
    Open,
    Known(u64),
}

/// A node whose fragments are added up.
#[derive(Debug)]
struct Frame {
    node: NodeId,
    /// The fragment that comes next.
    next: u32,
    after_break: bool,
    length: u64,
}

/// The length of a node's string.
///
/// # Errors
/// An unnamed node that contains itself, or a limit.
pub(super) fn length(
    graph: &Graph,
    source: &Texts<'_, '_>,
    root: NodeId,
    budget: &mut Budget,
) -> Result<u64> {
    let mut lengths: Vec<Length> = Vec::new();
    budget.fill(&mut lengths, graph.len(), Length::Unknown)?;
    let mut frames = Vec::new();
    budget.push(&mut frames, Frame { node: root, next: 0, after_break: false, length: 0 })?;
    let mut total = 0;
    while let Some(frame) = frames.last_mut() {
        budget.charge_work(1)?;
        let fragments = graph.description(frame.node).map(|id| graph.fragments(id)).unwrap_or_default();
        let fragment = usize::try_from(frame.next).ok().and_then(|next| fragments.get(next));
        frame.next = frame.next.saturating_add(1);
        let is_break = fragment.is_some_and(|fragment| fragment.ends_in_break());
        let was_break = core::mem::replace(&mut frame.after_break, is_break);
        let added = match fragment {
            None => {
                total = frame.length;
                if let Some(slot) = lengths.get_mut(frame.node.index()) {
                    *slot = Length::Known(total);
                }
                frames.pop();
                if let Some(outer) = frames.last_mut() {
                    outer.length = outer.length.saturating_add(total);
                }
                continue;
            }
            Some(&Fragment::Ref(node, _)) => match graph.node(node).and_then(|node| node.name) {
                Some(name) => bytes(name.pieces(source.name(name.name, budget)?)),
                None => match lengths.get_mut(node.index()) {
                    Some(Length::Known(length)) => *length,
                    Some(Length::Open) => return Err(ErrorKind::NamelessCycle.into()),
                    Some(slot) => {
                        *slot = Length::Open;
                        budget.check(Limit::Depth, frames.len())?;
                        budget.push(&mut frames, Frame { node, next: 0, after_break: false, length: 0 })?;
                        continue;
                    }
                    None => 0,
                },
            },
            Some(&fragment) => {
                let mut length: u64 = 0;
                source.write(fragment.after_break(was_break), budget, |piece, _| {
                    length = length.saturating_add(bytes([piece]));
                    Ok::<(), Error>(())
                })?;
                length
            }
        };
        frame.length = frame.length.saturating_add(added);
    }
    Ok(total)
}

/// The number of bytes in all.
fn bytes<const N: usize>(pieces: [&[u8]; N]) -> u64 {
    pieces.iter().fold(0, |sum, piece| sum.saturating_add(u64::try_from(piece.len()).unwrap_or(u64::MAX)))
}
