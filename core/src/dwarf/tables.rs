//! The abbreviation tables of all units.
//!
//! They are read when the units are listed: tables of different units declare the same shapes, and a unit is loaded more than once.
//! What is wrong with a table shows when its unit is loaded, unless several units have it.

use alloc::vec::Vec;

use gimli::Encoding;

use crate::budget::Budget;
use crate::elf::Image;
use crate::error::{ErrorKind, Result, SectionId};

use super::header::TableKey;
use super::shapes::Shapes;
use super::table::{Abbreviations, Entry, Table};

/// Tables, and the shapes that they refer to.
#[derive(Debug, Default)]
pub(super) struct Tables<'d> {
    /// By key; each with the position of its shapes.
    tables: Vec<(TableKey, usize, Table)>,
    entries: Vec<Entry>,
    shapes: Vec<Shapes<'d>>,
}

/// A table that units have.
#[derive(Clone, Copy, Debug)]
pub(super) struct Wanted {
    pub(super) key: TableKey,
    pub(super) encoding: Encoding,
    /// Whether damage in it is an error at once.
    pub(super) is_needed: bool,
}

impl<'d> Tables<'d> {
    /// Reads tables, which are sorted, unless they are there.
    pub(super) fn add(&mut self, wanted: &[Wanted], files: &[Image<'d>], budget: &mut Budget) -> Result<()> {
        let known = self.tables.len();
        let (mut current, mut left) = (None, 0);
        for table in wanted {
            budget.charge_work(1)?;
            let (file, offset, ..) = table.key;
            let image = usize::try_from(file).ok().and_then(|file| files.get(file));
            let image = image.ok_or(ErrorKind::OutOfMemory)?;
            let section = image.section(SectionId::Abbrev);
            if current.replace(file) != Some(file) {
                left = section.data.len();
            }
            // Tables that overlap can have more bytes than there are: then they are read with their units.
            let is_too_much = left == 0 && !table.is_needed;
            let already = self.tables.get(..known).unwrap_or_default();
            if is_too_much || already.binary_search_by_key(&table.key, |&(key, ..)| key).is_ok() {
                continue;
            }
            let position = self.shapes_of(table.encoding, budget)?;
            let Some(shapes) = self.shapes.get_mut(position) else { continue };
            let is_alone = wanted.len() == 1;
            if is_alone {
                let few = shapes.make_room(section.data.len().saturating_sub(offset), budget)?;
                budget.reserve(&mut self.entries, few)?;
            }
            let start = self.entries.len();
            let read =
                Table::read((section, offset), image.endian, !is_alone, shapes, &mut self.entries, budget);
            match read {
                Ok((read, bytes)) => {
                    left = left.saturating_sub(bytes);
                    budget.push(&mut self.tables, (table.key, position, read))?;
                }
                Err(error) if table.is_needed || error.is_of_resources() => return Err(error),
                // So are those behind a damaged one, which could be read again and again.
                Err(_) => {
                    self.entries.truncate(start);
                    left = 0;
                }
            }
        }
        for shapes in &mut self.shapes {
            shapes.settle(budget);
        }
        budget.charge_sorting(self.tables.len())?;
        self.tables.sort_unstable_by_key(|&(key, ..)| key);
        Ok(())
    }

    /// The position of the shapes of an encoding, of which there are few.
    fn shapes_of(&mut self, encoding: Encoding, budget: &mut Budget) -> Result<usize> {
        if let Some(position) = self.shapes.iter().position(|shapes| shapes.encoding == encoding) {
            return Ok(position);
        }
        budget.push(&mut self.shapes, Shapes::new(encoding))?;
        Ok(self.shapes.len().saturating_sub(1))
    }

    /// The table with this key, if it is there.
    pub(super) fn get(&self, key: TableKey) -> Option<Abbreviations<'_>> {
        let at = self.tables.binary_search_by_key(&key, |&(key, ..)| key).ok()?;
        let (_, position, table) = self.tables.get(at)?;
        Some(table.abbreviations(&self.entries, self.shapes.get(*position)?))
    }
}
