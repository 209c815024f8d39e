//! The offsets of a section of relocations, in blocks with a few of them each, so that few are looked at to find one.

use alloc::vec::Vec;

use crate::budget::Budget;
use crate::error::Result;

use super::cursor::{offset_of, to_usize};

/// How many relocations a block has, as a rule.
const FEW: usize = 4;

/// Where the offsets of each block begin among all of them.
#[derive(Debug, Default)]
pub(super) struct Blocks {
    /// By block of `1 << shift` bytes; empty if there are few.
    starts: Vec<u32>,
    shift: u32,
}

impl Blocks {
    /// Whether there are so many offsets that one does not look at all of them.
    pub(super) fn help(len: usize) -> bool {
        len > FEW.saturating_mul(2)
    }

    /// Makes room for so many offsets, of which the last is `last`: a few in each block, unless some are far away.
    pub(super) fn lay_out(&mut self, len: usize, last: u64, budget: &mut Budget) -> Result<()> {
        // Most kernels' objects have a relocation in 20 bytes.
        self.shift = 6;
        while last.checked_shr(self.shift).unwrap_or(0) > offset_of(len) {
            self.shift = self.shift.saturating_add(1);
        }
        let count = usize::try_from(last.checked_shr(self.shift).unwrap_or(0)).unwrap_or(0);
        self.starts.clear();
        budget.reserve(&mut self.starts, count.saturating_add(1))
    }

    /// Notes the position of the first offset of each block, for which there is room; `false` if the offsets are not in
    /// order, of which the last is `last`.
    #[inline(always)]
    pub(super) fn fill(&mut self, last: u64, offsets: impl Iterator<Item = u64>) -> bool {
        let (mut previous, mut behind) = (0, 0);
        let mut index: u32 = 0;
        for offset in offsets {
            if offset < previous {
                return false;
            }
            previous = offset;
            // Most are of the same block as the one before.
            if offset >= behind {
                if offset > last {
                    return false;
                }
                let block = offset.checked_shr(self.shift).unwrap_or(0);
                while offset_of(self.starts.len()) <= block {
                    self.starts.push(index);
                }
                // Behind the last block of all numbers, nothing is left of where it ends.
                let end = block.saturating_add(1).checked_shl(self.shift).filter(|&end| end != 0);
                behind = end.unwrap_or(u64::MAX);
            }
            index = index.wrapping_add(1);
        }
        true
    }

    /// The first of so many positions whose offset is `wanted` or behind it.
    #[inline(always)]
    pub(super) fn first(&self, wanted: u64, len: usize, offset_at: &impl Fn(usize) -> u64) -> usize {
        let block = usize::try_from(wanted.checked_shr(self.shift).unwrap_or(0)).unwrap_or(usize::MAX);
        let start = |block: usize| self.starts.get(block).map_or(len, |&start| to_usize(start));
        let mut low = if self.starts.is_empty() { 0 } else { start(block) };
        // As a rule there are not more.
        for _ in 0..FEW {
            if offset_at(low) >= wanted {
                return low;
            }
            low = low.wrapping_add(1);
        }
        let mut high = start(block.saturating_add(1)).max(low);
        while low < high {
            let middle = low.midpoint(high);
            if offset_at(middle) < wanted {
                low = middle.saturating_add(1);
            } else {
                high = middle;
            }
        }
        low
    }
}
