//! Where the members of a structure or union are, and where there is nothing.

use alloc::rc::Rc;
use alloc::vec::Vec;

use dwarfksyms_core::budget::Budget;
use dwarfksyms_core::{ErrorKind, Result};

use crate::types::{Attribute, Catalog, FileId, NodeKind, Tree, Wrapper};

use super::difference::Difference;
use super::extent::Extent;
use super::fate::settle;
use super::library::Library;
use super::part::Part;
use super::relation::Builds;

/// Where the members of a type are, by offset.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Map {
    /// In bytes.
    pub size: u64,
    /// In bytes, where it is stated.
    pub alignment: Option<u64>,
    /// Members and holes.
    pub extents: Vec<Extent>,
}

/// Finds out where members are. The types of the files that were asked about last are at hand.
#[derive(Debug)]
pub struct Maps<'c, 't> {
    catalog: &'c Catalog<'t>,
    open: Vec<(FileId, Library<'c, 't>)>,
}

impl<'c, 't> Maps<'c, 't> {
    /// An old file and a new one.
    const MOST: usize = 2;

    /// Nothing is done yet.
    pub fn new(catalog: &'c Catalog<'t>) -> Maps<'c, 't> {
        Maps { catalog, open: Vec::new() }
    }

    /// Where the members are of a structure, class or union in an old file and in a new one, or of what typedefs stand for, and
    /// what has become of each; `None` for anything else, and for a declaration. It is the caller who pays for what is kept of it.
    ///
    /// # Errors
    /// A limit.
    pub fn of(
        &mut self,
        files: (FileId, FileId),
        trees: (&Rc<Tree<'t>>, &Rc<Tree<'t>>),
        budget: &mut Budget,
    ) -> Result<Option<(Map, Map)>> {
        let (old, new) = (Map::aggregate(trees.0), Map::aggregate(trees.1));
        let (Some(old), Some(new)) = (old, new) else { return Ok(None) };
        let maps = self.library(files.0, budget)?;
        let old_map = budget.apart(|budget| Map::of(&old, maps, budget))?;
        let maps = self.library(files.1, budget)?;
        let new_map = budget.apart(|budget| Map::of(&new, maps, budget))?;
        let (Some(mut old_map), Some(mut new_map)) = (old_map, new_map) else { return Ok(None) };
        let library = |file| self.open.iter().find(|(open, _)| *open == file).map(|(_, library)| library);
        let (Some(before), Some(after)) = (library(files.0), library(files.1)) else {
            return Ok(None);
        };
        let builds = Builds { old: before, new: after, is_same_type: &|old, new| old == new };
        budget.apart(|budget| {
            let Some(difference) = Difference::of(&old, &new, builds, budget)? else { return Ok(None) };
            settle(&difference, &mut old_map.extents, &mut new_map.extents, budget)?;
            Ok(Some((old_map, new_map)))
        })
    }

    fn library(&mut self, file: FileId, budget: &mut Budget) -> Result<&Library<'c, 't>> {
        let at = match self.open.iter().position(|(open, _)| *open == file) {
            Some(at) => at,
            None => {
                if self.open.len() >= Self::MOST {
                    self.open.remove(0).1.free(budget);
                }
                let library = Library::new(self.catalog, file, budget)?;
                budget.push(&mut self.open, (file, library))?;
                self.open.len().saturating_sub(1)
            }
        };
        self.open.get(at).map(|(_, library)| library).ok_or_else(|| ErrorKind::OutOfMemory.into())
    }
}

impl Map {
    /// The structure, class or union that a type is, or stands for.
    fn aggregate<'t>(tree: &Rc<Tree<'t>>) -> Option<Part<'t>> {
        let root = Part::new(Rc::clone(tree), Tree::ROOT);
        let part = if root.kind() == NodeKind::Wrapper(Wrapper::Typedef) { root.inner()? } else { root };
        matches!(part.kind(), NodeKind::Structure | NodeKind::Class | NodeKind::Union).then_some(part)
    }

    fn of<'t>(part: &Part<'t>, types: &Library<'_, 't>, budget: &mut Budget) -> Result<Option<Map>> {
        let (tree, index) = (&*part.tree, part.index);
        let is_union = part.kind() == NodeKind::Union;
        let Some(size) = tree.attribute(index, Attribute::ByteSize) else { return Ok(None) };
        let mut members: Vec<Extent> = Vec::new();
        for member in tree.items(index).filter(|&item| tree.kind(item) == NodeKind::Member) {
            budget.charge_work(2)?;
            let size = match (tree.attribute(member, Attribute::BitSize), tree.type_of(member)) {
                (Some(bits), _) => Some(bits),
                (None, Some(inner)) => types.bits(tree, inner, budget)?,
                (None, None) => None,
            };
            let offset = tree.offset(member).unwrap_or(0);
            budget.push(&mut members, Extent::new(offset, size, Some(member)))?;
        }
        budget.charge_sorting(members.len())?;
        members.sort_by_key(|slot| slot.offset);
        let mut extents = Vec::new();
        let mut end = 0;
        let mut starts = members.iter().map(|slot| slot.offset).skip(1);
        for slot in &members {
            // Where a size is not known, the member ends where the next begins.
            let next = starts.next();
            let known = slot.size.or_else(|| next?.checked_sub(slot.offset));
            if !is_union && slot.offset > end {
                let size = slot.offset.checked_sub(end);
                budget.push(&mut extents, Extent::new(end, size, None))?;
            }
            budget.push(&mut extents, *slot)?;
            end = end.max(slot.offset.saturating_add(known.unwrap_or(0)));
        }
        let bits = size.saturating_mul(8);
        let is_open = members.last().is_some_and(|slot| slot.size.is_none());
        if bits > end && !is_open && !is_union {
            let size = bits.checked_sub(end);
            budget.push(&mut extents, Extent::new(end, size, None))?;
        }
        Ok(Some(Map { size, alignment: tree.attribute(index, Attribute::Alignment), extents }))
    }
}
