//! A type without the typedefs and qualifiers that are around it.

use dwarfksyms_core::Result;
use dwarfksyms_core::budget::Budget;

use crate::types::{NodeKind, Wrapper};

use super::library::Library;
use super::part::Part;

/// How many typedefs and qualifiers may be around a type.
const DEEPEST: usize = 256;
/// A type without what is around it.
pub(super) struct Peeled<'t> {
    pub(super) part: Part<'t>,
    pub(super) qualifiers: u8,
}

impl Peeled<'_> {
    /// Whether this is a typedef.
    pub(super) fn is_alias(&self) -> bool {
        match self.part.kind() {
            NodeKind::Wrapper(Wrapper::Typedef) => true,
            NodeKind::Reference => self.part.name().is_some_and(|name| name.starts_with(b"t#")),
            _ => false,
        }
    }
}

/// Takes qualifiers off a type, and typedefs if the types are given that they stand for.
pub(super) fn peel<'t>(
    part: &Part<'t>,
    types: Option<&Library<'_, 't>>,
    budget: &mut Budget,
) -> Result<Peeled<'t>> {
    let mut peeled = Peeled { part: part.clone(), qualifiers: 0 };
    for _ in 0..DEEPEST {
        budget.charge_work(4)?;
        let next = match (peeled.part.kind(), types) {
            (NodeKind::Wrapper(wrapper), _) if wrapper.is_qualifier() => {
                peeled.qualifiers |= match wrapper {
                    Wrapper::Const => 1,
                    Wrapper::Volatile => 2,
                    Wrapper::Restrict => 4,
                    _ => 8,
                };
                peeled.part.inner()
            }
            (NodeKind::Wrapper(Wrapper::Typedef), Some(_)) => peeled.part.inner(),
            (NodeKind::Reference, Some(types)) if peeled.is_alias() => {
                types.definition(&peeled.part, budget)?
            }
            _ => break,
        };
        let Some(next) = next else { break };
        peeled.part = next;
    }
    Ok(peeled)
}
