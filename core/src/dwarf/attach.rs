//! The files with the other parts of units: which there should be, and what is found in those that are given.

use alloc::vec::Vec;

use crate::budget::Budget;
use crate::elf::Image;
use crate::error::{Error, ErrorKind, Place, Result, SectionId};

use super::header::UnitHeader;
use super::place::{Text, UnitIndex};
use super::root::RootDie;
use super::split::{Split, SplitUnit};
use super::unit::Unit;
use super::units::Dwarf;

impl<'d> Dwarf<'d> {
    /// The parts of the object's units that are in files of their own.
    pub(crate) fn split_units(&self, budget: &mut Budget) -> Result<Vec<SplitUnit<'d>>> {
        let mut split = Vec::new();
        for index in self.units() {
            let Some(header) = self.units.get(index.index()) else { continue };
            if !self.may_be_split(header) {
                continue;
            }
            let unit = self.unit(index, budget)?;
            let root = &unit.root;
            let Some((id, name)) = self.other_part(header, root) else { continue };
            let text = |text, budget: &mut Budget| {
                unit.text(text, budget).map_err(|error| unit.error_at(error, unit.root()))
            };
            let name = text(name, budget)?;
            let folder = root.folder.map(|folder| text(folder, budget)).transpose()?;
            budget.push(&mut split, SplitUnit { skeleton: index, id, name, folder })?;
        }
        Ok(split)
    }

    /// Whether a unit of the object can have its DIEs in another file.
    pub(super) fn may_be_split(&self, header: &UnitHeader) -> bool {
        // Before DWARF 5 the header does not say, but there is a section that nothing else needs.
        header.split_id.is_some()
            || (header.encoding.version < 5 && self.image().is_some_and(|image| image.links().may_be_split))
    }

    /// What ties a unit of the object to its part in another file, and that file's name.
    fn other_part(&self, header: &UnitHeader, root: &RootDie) -> Option<(u64, Text)> {
        let part = (header.split_id.or(root.split_id)?, root.split_name?);
        (header.file == 0 && self.may_be_split(header)).then_some(part)
    }

    /// Adds the file with the other parts of units: the one with these units, or one for several. When all files
    /// have been added, [`Dwarf::index`] brings the rest up to date.
    pub(crate) fn attach(
        &mut self,
        image: Image<'d>,
        skeletons: &[SplitUnit<'d>],
        budget: &mut Budget,
    ) -> Result<()> {
        let first = self.units.len();
        let file = self.add_file(image, budget)?;
        let mut ids: Vec<(u64, UnitIndex)> = Vec::new();
        for number in first..self.units.len() {
            let index = UnitIndex(u32::try_from(number).map_err(|_| ErrorKind::OutOfMemory)?);
            let Some(header) = self.units.get(number) else { continue };
            if header.signature.is_some() {
                continue;
            }
            let unit = self.unit(index, budget)?;
            let root = &unit.root;
            // A part that is elsewhere again is not the other part of anything.
            let is_skeleton = header.is_skeleton || !root.has_children;
            let id = header.split_id.or(root.split_id).filter(|_| !is_skeleton);
            if let Some(id) = id {
                budget.push(&mut ids, (id, index))?;
            }
        }
        ids.sort_unstable();
        for skeleton in skeletons {
            let at = ids.binary_search_by_key(&skeleton.id, |&(id, _)| id);
            let Some(&(_, unit)) = at.ok().and_then(|at| ids.get(at)) else {
                let place = Place { file, section: SectionId::Info, offset: 0 };
                return Err(Error::new(ErrorKind::SplitId(skeleton.id)).at(place));
            };
            let skeleton = skeleton.skeleton;
            let line_program = self.unit(skeleton, budget)?.root.line_program;
            self.split.add(Split { skeleton, line_program, unit }, budget)?;
        }
        Ok(())
    }
}

impl Unit<'_, '_> {
    /// Refuses a unit whose DIEs are in a file that nobody has attached: what is missing must not pass for what is
    /// not described.
    pub(super) fn refuse_split(&self, budget: &mut Budget) -> Result<()> {
        let Some((_, name)) = self.dwarf.other_part(&self.header, &self.root) else { return Ok(()) };
        // Without the name, it is refused as well.
        let name = self.text(name, budget).unwrap_or_default();
        Err(self.error_at(Error::new(ErrorKind::NotAttached).about(name), self.root()))
    }
}
