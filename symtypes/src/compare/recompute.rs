//! Versions from the lines of a symtypes file (SPEC section 7).

use alloc::vec::Vec;

use dwarfksyms_core::budget::Budget;
use dwarfksyms_core::symtype::{Expansions, TypeMap, TypeRef, TypeString, Versioner};
use dwarfksyms_core::{ErrorKind, Result};

use crate::types::{Catalog, Contents, FileId, NameId, references_in};

/// A type, or export, that has another string than its file says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Replacement<'r> {
    /// Its name.
    pub name: NameId,
    /// The type string.
    pub text: &'r [u8],
}

/// The types of a file, as a type map is made from them.
struct Source<'a, 't> {
    catalog: &'a Catalog<'t>,
    /// By name.
    replaced: Vec<(NameId, &'a [u8])>,
    records: Contents,
    map: TypeMap,
    /// The types that are in the map, or to be.
    types: Vec<NameId>,
    is_known: Vec<bool>,
}

impl Catalog<'_> {
    /// The versions of exports from the types of their file, of which some are replaced; `None` for what the file does
    /// not have. It is those of gendwarfksyms: what genksyms wrote has others.
    ///
    /// # Errors
    /// A limit.
    pub fn versions(
        &self,
        file: FileId,
        exports: &[NameId],
        replaced: &[Replacement<'_>],
        budget: &mut Budget,
    ) -> Result<Vec<Option<u32>>> {
        // Little is kept of it.
        budget.apart(|budget| self.computed(file, exports, replaced, budget))
    }

    fn computed(
        &self,
        file: FileId,
        exports: &[NameId],
        replaced: &[Replacement<'_>],
        budget: &mut Budget,
    ) -> Result<Vec<Option<u32>>> {
        let mut source = Source::new(self, file, replaced, budget)?;
        let mut strings: Vec<Option<TypeString>> = Vec::new();
        for &export in exports {
            let string = match source.text(export) {
                Some(text) => Some(source.string(text, budget)?),
                None => None,
            };
            budget.push(&mut strings, string)?;
        }
        source.complete(budget)?;
        let map = source.map;
        let expansions = Expansions::new(&map, budget)?;
        let mut versioner = Versioner::new(&expansions, budget)?;
        let mut versions = Vec::new();
        for string in &strings {
            let version = match string {
                Some(string) => Some(versioner.version(string, budget)?.0),
                None => None,
            };
            budget.push(&mut versions, version)?;
        }
        Ok(versions)
    }
}

impl<'a, 't> Source<'a, 't> {
    fn new(
        catalog: &'a Catalog<'t>,
        file: FileId,
        replaced: &'a [Replacement<'a>],
        budget: &mut Budget,
    ) -> Result<Source<'a, 't>> {
        let records = Contents::of(catalog, file, budget)?;
        let mut by_name: Vec<(NameId, &'a [u8])> = Vec::new();
        for replacement in replaced {
            budget.charge_work(8)?;
            budget.push(&mut by_name, (replacement.name, replacement.text))?;
        }
        // Of two for one name, the first counts.
        by_name.sort_by_key(|&(name, _)| name);
        let mut is_known = Vec::new();
        budget.fill(&mut is_known, catalog.name_count(), false)?;
        Ok(Source {
            catalog,
            replaced: by_name,
            records,
            map: TypeMap::default(),
            types: Vec::new(),
            is_known,
        })
    }

    /// What a name stands for.
    fn text(&self, name: NameId) -> Option<&'a [u8]> {
        let first = self.replaced.partition_point(|&(other, _)| other < name);
        let replacement = self.replaced.get(first).filter(|&&(other, _)| other == name);
        replacement.map(|&(_, text)| text).or_else(|| Some(self.catalog.text(self.records.get(name)?)))
    }

    /// Finds the references in a text, and notes the types that they lead to.
    fn string(&mut self, text: &[u8], budget: &mut Budget) -> Result<TypeString> {
        let mut string = TypeString::default();
        budget.charge_bytes(text.len())?;
        budget.extend(&mut string.text, text)?;
        for (start, name) in references_in(text) {
            // What the file does not have is not a type, whatever it looks like.
            let Some(id) = self.catalog.find(name).filter(|&id| self.text(id).is_some()) else { continue };
            let position = |at: usize| u32::try_from(at).map_err(|_| ErrorKind::OutOfMemory);
            let (start, end) = (position(start)?, position(start.saturating_add(name.len()))?);
            let name = self.map.intern(name, budget)?;
            budget.push(&mut string.refs, TypeRef { start, end, name })?;
            if let Some(is_known) = self.is_known.get_mut(id.index())
                && !core::mem::replace(is_known, true)
            {
                budget.push(&mut self.types, id)?;
            }
        }
        Ok(string)
    }

    /// Puts all types into the map that are reached.
    fn complete(&mut self, budget: &mut Budget) -> Result<()> {
        let mut next = 0;
        while let Some(&id) = self.types.get(next) {
            next = next.saturating_add(1);
            let Some(text) = self.text(id) else { continue };
            let string = self.string(text, budget)?;
            let name = self.map.intern(self.catalog.name(id), budget)?;
            self.map.set(name, string, budget)?;
        }
        Ok(())
    }
}
