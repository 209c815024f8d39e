//! The type map: every named type that an exported symbol reaches, with its type string (SPEC section 6).

use alloc::vec::Vec;

use crate::budget::Budget;
use crate::error::Result;

use super::definition;
use super::names::{TypeId, TypeNames};
use super::string::{TypeRef, TypeString, TypeText};

/// The type map.
#[derive(Debug, Default)]
pub struct TypeMap {
    names: TypeNames,
    /// By name; `None` for a name that is only referred to.
    strings: Vec<Option<TypeString>>,
    /// By name, as far as one has had different strings.
    varieties: Vec<Variety>,
}

/// How the strings differ that were offered for one name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Variety {
    /// There is one.
    None,
    /// One declares what another defines, or has lost a comma.
    Harmless,
    /// There are different definitions.
    Conflict,
}

impl TypeMap {
    /// The number of a name.
    ///
    /// # Errors
    /// A limit.
    pub fn intern(&mut self, name: &[u8], budget: &mut Budget) -> Result<TypeId> {
        self.names.intern(name, budget)
    }

    /// The number of a name, if it is known.
    pub(crate) fn find(&self, name: &[u8], budget: &mut Budget) -> Result<Option<TypeId>> {
        self.names.find(name, budget)
    }

    /// A type's name.
    pub(crate) fn name(&self, id: TypeId) -> &[u8] {
        self.names.get(id)
    }

    /// The number of names.
    pub(crate) fn len(&self) -> usize {
        self.names.len()
    }

    /// All names.
    pub(crate) fn ids(&self) -> impl Iterator<Item = TypeId> + use<> {
        (0..u32::try_from(self.names.len()).unwrap_or(u32::MAX)).map(TypeId)
    }

    /// A type's string.
    pub(crate) fn string(&self, id: TypeId) -> Option<&TypeString> {
        self.strings.get(id.index())?.as_ref()
    }

    /// The types that have a string.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (TypeId, &TypeString)> {
        let ids = (0..).map(TypeId);
        ids.zip(&self.strings).filter_map(|(id, string)| Some((id, string.as_ref()?)))
    }

    /// Offers a definition of a type. The longest wins, and of equally long ones the smallest, so that the
    /// result depends on neither order nor chance.
    pub(crate) fn offer(&mut self, id: TypeId, offered: TypeText<'_>, budget: &mut Budget) -> Result<()> {
        let (wins, variety) = match self.string(id) {
            None => (true, Variety::None),
            Some(current) => {
                budget.charge_bytes(offered.text.len())?;
                let longer = current.text.len().cmp(&offered.text.len());
                // Text that is the same can still be a reference in one of them, and a member's name in the other.
                let order = longer
                    .then_with(|| offered.text.cmp(current.text.as_slice()))
                    .then_with(|| offered.refs.len().cmp(&current.refs.len()))
                    .then_with(|| {
                        let (offered, current) = (offered.refs.iter(), current.refs.iter());
                        offered.map(TypeRef::range).cmp(current.map(TypeRef::range))
                    });
                let variety = match order.is_eq() {
                    true => Variety::None,
                    false if definition::is_conflict(&current.text, offered.text, budget)? => {
                        Variety::Conflict
                    }
                    false => Variety::Harmless,
                };
                (order.is_lt(), variety)
            }
        };
        self.note(id, variety, budget)?;
        if wins {
            let string = offered.copied(budget)?;
            self.set(id, string, budget)?;
        }
        Ok(())
    }

    /// Takes over another map; returns how its names are numbered here.
    pub(crate) fn absorb(&mut self, other: TypeMap, budget: &mut Budget) -> Result<Renumbering> {
        if self.names.len() == 0 {
            *self = other;
            return Ok(Renumbering(None));
        }
        self.add(&other, budget)
    }

    /// Adds what another map has; returns how its names are numbered here.
    pub(crate) fn add(&mut self, other: &TypeMap, budget: &mut Budget) -> Result<Renumbering> {
        let mut numbers = Vec::new();
        for id in (0..).map(TypeId).take(other.len()) {
            let number = self.intern(other.name(id), budget)?;
            budget.push(&mut numbers, number)?;
        }
        let numbers = Renumbering(Some(numbers));
        let mut copy = TypeString::default();
        for (id, string) in other.iter() {
            let Some(id) = numbers.get(id) else { continue };
            copy.clear();
            string.borrowed().copy_to(&mut copy, budget)?;
            numbers.apply(&mut copy, budget)?;
            self.offer(id, copy.borrowed(), budget)?;
        }
        budget.free(copy.text);
        budget.free(copy.refs);
        for (id, &variety) in (0..).map(TypeId).zip(&other.varieties) {
            if let Some(id) = numbers.get(id) {
                self.note(id, variety, budget)?;
            }
        }
        Ok(numbers)
    }

    fn note(&mut self, id: TypeId, variety: Variety, budget: &mut Budget) -> Result<()> {
        if variety == Variety::None {
            return Ok(());
        }
        budget.fill(&mut self.varieties, id.index().saturating_add(1), Variety::None)?;
        if let Some(slot) = self.varieties.get_mut(id.index()) {
            *slot = variety.max(*slot);
        }
        Ok(())
    }

    /// Whether any type has had different strings.
    pub(crate) fn has_varieties(&self) -> bool {
        self.varieties.iter().any(|&variety| variety != Variety::None)
    }

    /// Whether any type has different definitions.
    pub(crate) fn has_conflicts(&self) -> bool {
        self.varieties.contains(&Variety::Conflict)
    }

    /// Whether a type has different definitions.
    pub(crate) fn is_in_conflict(&self, id: TypeId) -> bool {
        self.varieties.get(id.index()) == Some(&Variety::Conflict)
    }

    /// Replaces the string of a type, whatever was offered.
    pub(crate) fn decide(&mut self, id: TypeId, string: TypeString, budget: &mut Budget) -> Result<()> {
        if let Some(slot) = self.varieties.get_mut(id.index()) {
            *slot = Variety::None;
        }
        self.set(id, string, budget)
    }

    /// Sets the string of a type.
    ///
    /// # Errors
    /// A limit.
    pub fn set(&mut self, id: TypeId, string: TypeString, budget: &mut Budget) -> Result<()> {
        while self.strings.len() <= id.index() {
            budget.push(&mut self.strings, None)?;
        }
        if let Some(slot) = self.strings.get_mut(id.index()) {
            *slot = Some(string);
        }
        Ok(())
    }
}

/// The numbers that the names of an absorbed map have now; `None` if they are the same.
#[derive(Debug)]
pub(crate) struct Renumbering(Option<Vec<TypeId>>);

impl Renumbering {
    /// Whether the names have kept their numbers, because there were none before.
    pub(crate) fn is_identity(&self) -> bool {
        self.0.is_none()
    }

    fn get(&self, id: TypeId) -> Option<TypeId> {
        match &self.0 {
            None => Some(id),
            Some(numbers) => numbers.get(id.index()).copied(),
        }
    }

    /// Renumbers the references of a string.
    pub(crate) fn apply(&self, string: &mut TypeString, budget: &mut Budget) -> Result<()> {
        if self.0.is_some() {
            budget.charge_work(u64::try_from(string.refs.len()).unwrap_or(u64::MAX))?;
            for reference in &mut string.refs {
                reference.name = self.get(reference.name).unwrap_or(reference.name);
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits::Limits;

    #[test]
    fn the_longest_wins_and_of_equals_the_smallest() {
        let budget = &mut Budget::new(&Limits::default());
        let texts = [&b"a"[..], b"zy", b"zz"];
        for order in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
            let mut map = TypeMap::default();
            let id = map.intern(b"s#s", budget).unwrap();
            for at in order {
                let string = TypeString { text: texts[at].to_vec(), refs: Vec::new() };
                map.offer(id, string.borrowed(), budget).unwrap();
            }
            assert_eq!(map.string(id).unwrap().text, b"zy", "{order:?}");
        }
    }
}
