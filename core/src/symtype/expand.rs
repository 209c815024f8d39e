//! From the type map to versions (SPEC section 7).
//!
//! A symbol's text begins with its string. The first time a type name is met, the reference is replaced by
//! the type's string; a name counts as met before its own string is entered; later the reference stays.

use alloc::vec::Vec;

use crate::budget::Budget;
use crate::error::{Error, ErrorKind, Result};
use crate::limits::Limit;

use super::map::TypeMap;
use super::names::TypeId;
use super::string::{Cursor, TypeString};

/// Expands the strings of one type map.
#[derive(Debug)]
pub(crate) struct Expander<'m> {
    map: &'m TypeMap,
    /// By name, the expansion that met it last.
    met: Vec<u32>,
    /// The number of this expansion.
    current: u32,
    frames: Vec<Cursor<'m>>,
}

impl<'m> Expander<'m> {
    pub(crate) fn new(map: &'m TypeMap, budget: &mut Budget) -> Result<Expander<'m>> {
        let mut met = Vec::new();
        budget.fill(&mut met, map.len(), 0)?;
        Ok(Expander { map, met, current: 0, frames: Vec::new() })
    }

    /// Calls `each` with the pieces of the expanded string, in order.
    pub(crate) fn expand<E: From<Error>>(
        &mut self,
        string: &'m TypeString,
        budget: &mut Budget,
        mut each: impl FnMut(&[u8]) -> Result<(), E>,
    ) -> Result<(), E> {
        self.current = self.current.checked_add(1).ok_or_else(|| Error::new(ErrorKind::OutOfMemory))?;
        budget.push(&mut self.frames, string.cursor())?;
        let (met, current) = (&mut self.met, self.current);
        let mut is_first = |name: TypeId| {
            met.get_mut(name.index()).is_some_and(|met| core::mem::replace(met, current) != current)
        };
        while let Some(cursor) = self.frames.last_mut() {
            let run = cursor.advance(&mut is_first);
            budget.charge_work(u64::try_from(run.passed).unwrap_or(u64::MAX))?;
            budget.charge_bytes(run.text.len())?;
            each(run.text)?;
            let Some((name, text)) = run.stop else {
                self.frames.pop();
                continue;
            };
            let string = self.map.string(name);
            let string = string.ok_or_else(|| Error::new(ErrorKind::UnknownTypeReference).about(text))?;
            budget.check(Limit::Depth, self.frames.len())?;
            budget.push(&mut self.frames, string.cursor())?;
        }
        Ok(())
    }
}
