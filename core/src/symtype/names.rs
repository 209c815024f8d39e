//! Type names, each kept once.

use alloc::vec::Vec;

use crate::budget::{Budget, bytes_of};
use crate::error::Result;
use crate::numbering::{Numbering, hash};

/// A type name, by the order in which it was met first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TypeId(pub(crate) u32);

impl TypeId {
    pub(crate) fn index(self) -> usize {
        usize::try_from(self.0).unwrap_or(usize::MAX)
    }
}

/// A set of names that numbers them.
#[derive(Debug, Default)]
pub(crate) struct TypeNames {
    text: Vec<u8>,
    /// Where each name ends in `text`; it begins where the one before it ends.
    ends: Vec<usize>,
    numbering: Numbering,
}

impl TypeNames {
    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    /// The bytes that are kept.
    pub(crate) fn bytes(&self) -> u64 {
        let kept = bytes_of(&self.text).saturating_add(bytes_of(&self.ends));
        kept.saturating_add(self.numbering.bytes())
    }

    /// A name's bytes.
    pub(crate) fn get(&self, id: TypeId) -> &[u8] {
        let start = id.index().checked_sub(1).and_then(|before| self.ends.get(before).copied()).unwrap_or(0);
        let end = self.ends.get(id.index()).copied().unwrap_or(start);
        self.text.get(start..end).unwrap_or_default()
    }

    /// The number of a name, which is added if it is new.
    pub(crate) fn intern(&mut self, name: &[u8], budget: &mut Budget) -> Result<TypeId> {
        let hash = hash(name);
        if let Some(id) = self.find_hashed(name, hash, budget)? {
            return Ok(id);
        }
        budget.extend(&mut self.text, name)?;
        budget.push(&mut self.ends, self.text.len())?;
        self.numbering.add(hash, budget).map(TypeId)
    }

    /// The number of a name, if it is known.
    pub(crate) fn find(&self, name: &[u8], budget: &mut Budget) -> Result<Option<TypeId>> {
        self.find_hashed(name, hash(name), budget)
    }

    fn find_hashed(&self, name: &[u8], hash: u64, budget: &mut Budget) -> Result<Option<TypeId>> {
        budget.charge_bytes(name.len())?;
        let number = self.numbering.find(hash, budget, |number, budget| {
            budget.charge_bytes(name.len())?;
            Ok(self.get(TypeId(number)) == name)
        })?;
        Ok(number.map(TypeId))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits::Limits;

    #[test]
    fn every_name_is_numbered_once() {
        let budget = &mut Budget::new(&Limits::default());
        let mut names = TypeNames::default();
        for round in 0..2 {
            for number in 0..1000_u32 {
                let name = alloc::format!("s#type_{number}");
                assert_eq!(names.intern(name.as_bytes(), budget).unwrap(), TypeId(number), "{round}");
                assert_eq!(names.get(TypeId(number)), name.as_bytes());
            }
        }
        assert_eq!(names.len(), 1000);
        assert_eq!(names.find(b"s#type_1000", budget).unwrap(), None);
    }

    #[test]
    fn a_long_name_is_paid_for() {
        let budget = &mut Budget::new(&Limits::default());
        assert_eq!(TypeNames::default().find(&[b'x'; 16_000], budget).unwrap(), None);
        assert!(budget.spent().work >= 1000);
    }
}
