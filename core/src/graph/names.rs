//! Names of types: qualified by their scopes, and as they stand in the type map.

use alloc::vec::Vec;

use gimli::DwTag;

use crate::budget::Budget;
use crate::dwarf::{Die, DieId, DieOffset, Dwarf, Scopes, UnitCache, UnitIndex};
use crate::error::Result;

use super::{Graph, Name, Span, TypeKind, TypeName};

/// Finds the scopes of a graph's DIEs.
#[derive(Debug)]
pub(super) struct Names<'a, 'd> {
    dwarf: &'a Dwarf<'d>,
    /// The scopes of the units that were scanned, sorted by unit.
    scopes: &'a [(UnitIndex, Scopes)],
    /// Those of the unit that was asked for last.
    scanned: Option<(UnitIndex, Option<&'a Scopes>)>,
    /// The scopes within DIEs that the scan passed over; sorted by DIE.
    passed: Vec<(DieId, Scopes)>,
    /// The prefixes of one name, from the innermost outwards.
    prefixes: Vec<DieOffset>,
    /// Those of the last name that had any: neighbours share them.
    last: Prefixes,
}

/// Prefixes that were written before.
#[derive(Debug)]
struct Prefixes {
    unit: Option<UnitIndex>,
    scopes: Vec<DieOffset>,
    written: Span,
}

impl<'a, 'd> Names<'a, 'd> {
    pub(super) fn new(dwarf: &'a Dwarf<'d>, scopes: &'a [(UnitIndex, Scopes)]) -> Names<'a, 'd> {
        let last = Prefixes { unit: None, scopes: Vec::new(), written: Span { start: 0, end: 0 } };
        Names { dwarf, scopes, scanned: None, passed: Vec::new(), prefixes: Vec::new(), last }
    }

    /// A DIE's fully qualified name (SPEC section 4); `None` if the DIE has none, or an empty one outside of any
    /// scope. What `is_known` was a name before, so it is not empty.
    pub(super) fn qualified(
        &mut self,
        units: &mut UnitCache<'_, '_>,
        index: UnitIndex,
        die: &Die,
        graph: &mut Graph,
        is_known: impl FnOnce(Name) -> bool,
        budget: &mut Budget,
    ) -> Result<Option<Name>> {
        let Some(text) = die.name else { return Ok(None) };
        let unit = units.load(index, budget)?;
        let name = unit.string(text, budget).map_err(|error| unit.error_at(error, die.offset))?;
        let mut standing = die.offset;
        // In a type unit the definition stands apart from its scopes, which only the declaration has.
        if unit.is_type_unit()
            && let Some(declaration) = die.specification
            && let (unit, offset) =
                unit.resolve(declaration).map_err(|error| unit.error_at(error, die.offset))?
            && unit == index
        {
            standing = offset;
        }
        self.find_prefixes(units, index, standing, budget)?;
        if self.prefixes.is_empty() {
            let is_name = is_known(Name::At(name)) || !self.dwarf.is_empty(name)?;
            return Ok(is_name.then_some(Name::At(name)));
        }
        let start = self.write_prefixes(units, index, graph, budget)?.start;
        let end = graph.write(self.dwarf.string(name, budget)?, budget)?.end;
        Ok((end > start).then_some(Name::Written(Span { start, end })))
    }

    /// Writes the names of the scopes that were found.
    fn write_prefixes(
        &mut self,
        units: &mut UnitCache<'_, '_>,
        index: UnitIndex,
        graph: &mut Graph,
        budget: &mut Budget,
    ) -> Result<Span> {
        let start = graph.text_end()?;
        if self.prefixes.is_empty() {
            return Ok(Span { start, end: start });
        }
        budget.charge_bytes(self.prefixes.len().saturating_mul(4))?;
        if self.last.unit == Some(index) && self.last.scopes == self.prefixes {
            return graph.copy(self.last.written, budget);
        }
        for &scope in self.prefixes.iter().rev() {
            let unit = units.load(index, budget)?;
            let scope = unit.die_at(scope, budget)?;
            let scope_name = match (scope.name, scope.signature) {
                (Some(name), _) => Some((index, scope.offset, name)),
                // The scope itself is in a type unit, and so is its name.
                (None, Some(signature)) if unit.is_type_unit() => {
                    let target =
                        unit.resolve(signature).map_err(|error| unit.error_at(error, scope.offset))?;
                    let definition = units.load(target.0, budget)?.die_at(target.1, budget)?;
                    definition.name.map(|name| (target.0, definition.offset, name))
                }
                (None, _) => None,
            };
            let name = match scope_name {
                Some((unit, offset, name)) => {
                    let unit = units.load(unit, budget)?;
                    unit.text(name, budget).map_err(|error| unit.error_at(error, offset))?
                }
                None if graph.text_end()? == start => continue,
                None => b"<anonymous>",
            };
            graph.write(name, budget)?;
            graph.write(b"::", budget)?;
        }
        let written = Span { start, end: graph.text_end()? };
        self.last.unit = Some(index);
        self.last.scopes.clear();
        budget.extend(&mut self.last.scopes, &self.prefixes)?;
        self.last.written = written;
        Ok(written)
    }

    fn find_prefixes(
        &mut self,
        units: &mut UnitCache<'_, '_>,
        index: UnitIndex,
        offset: DieOffset,
        budget: &mut Budget,
    ) -> Result<()> {
        self.prefixes.clear();
        let scanned = self.scanned(index);
        // In a unit that was not scanned, everything was passed over.
        let passed = match scanned {
            Some(scopes) => scopes.passed_around(offset),
            None => Some(units.load(index, budget)?.root()),
        };
        let walked = match passed {
            Some(start) => Some(self.walk(units, (index, start), budget)?),
            None => None,
        };
        let walked = walked.and_then(|at| self.passed.get(at)).map(|(_, scopes)| scopes);
        let Some(scopes) = walked.or(scanned) else { return Ok(()) };
        scopes.prefixes(offset, &mut self.prefixes, budget)
    }

    /// The scopes that the scan of a unit found, if it was scanned.
    fn scanned(&mut self, index: UnitIndex) -> Option<&'a Scopes> {
        if let Some((unit, scopes)) = self.scanned
            && unit == index
        {
            return scopes;
        }
        let at = self.scopes.binary_search_by_key(&index, |&(unit, _)| unit).ok();
        let scopes = at.and_then(|at| self.scopes.get(at)).map(|(_, scopes)| scopes);
        self.scanned = Some((index, scopes));
        scopes
    }

    /// The scopes within a DIE that was passed over, which is walked the first time that it is asked for.
    fn walk(&mut self, units: &mut UnitCache<'_, '_>, die: DieId, budget: &mut Budget) -> Result<usize> {
        match self.passed.binary_search_by_key(&die, |&(die, _)| die) {
            Ok(at) => Ok(at),
            Err(at) => {
                let within = Scopes::within(units.load(die.0, budget)?, die.1, budget)?;
                budget.insert(&mut self.passed, at, (die, within))?;
                Ok(at)
            }
        }
    }
}

/// The type name (SPEC section 6) of a type with this tag and qualified name.
pub(super) fn type_name(tag: DwTag, name: Name) -> Option<TypeName> {
    let kind = match tag {
        gimli::DW_TAG_structure_type | gimli::DW_TAG_class_type => TypeKind::Structure,
        gimli::DW_TAG_union_type => TypeKind::Union,
        gimli::DW_TAG_enumeration_type => TypeKind::Enumeration,
        gimli::DW_TAG_typedef => TypeKind::Typedef,
        _ => return None,
    };
    Some(TypeName { kind, name })
}

impl TypeName {
    /// The text, piece by piece; `name` is that of the name.
    pub(crate) fn pieces(self, name: &[u8]) -> [&[u8]; 4] {
        let kind: &[u8] = match self.kind {
            TypeKind::Structure => b"s#",
            TypeKind::Union => b"u#",
            TypeKind::Enumeration => b"e#",
            TypeKind::Typedef => b"t#",
        };
        let quote: &[u8] = if memchr::memchr(b' ', name).is_some() { b"'" } else { b"" };
        [kind, quote, name, quote]
    }
}
