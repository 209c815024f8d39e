//! DWARF packages: the `.dwo` files of a program in one file (`.debug_cu_index` and `.debug_tu_index`, DWARF 5
//! section 7.3.5).

use alloc::vec::Vec;

use gimli::{DebugCuIndex, DebugTuIndex, EndianSlice, IndexSectionId, Reader, RunTimeEndian};

use crate::budget::Budget;
use crate::elf::{Image, SectionPart};
use crate::error::{Error, ErrorKind, Result, SectionId};
use crate::limits::Limits;

type Index<'d> = gimli::UnitIndex<EndianSlice<'d, RunTimeEndian>>;

/// A package, and what it holds.
#[derive(Debug)]
pub struct Package<'d> {
    image: Image<'d>,
    units: Index<'d>,
    /// The units by their IDs, and the rows of the index; sorted.
    rows: Vec<(u64, u32)>,
    /// Type units by the abbreviations that they share with the unit that they came with; sorted.
    types: Vec<(SectionPart, SectionPart)>,
    budget: Budget,
}

impl<'d> Package<'d> {
    /// Reads the indexes of a package; `None` if it has none.
    ///
    /// # Errors
    /// Indexes that are damaged; a limit.
    pub fn new(image: Image<'d>, limits: &Limits) -> Result<Option<Package<'d>>> {
        let mut budget = Budget::after(limits, image.spent());
        let Some(data) = image.links().package_units else { return Ok(None) };
        let units = DebugCuIndex::new(data, image.endian).index().map_err(damaged)?;
        let rows = rows(data, image.endian, &mut budget)?;
        let mut types = Vec::new();
        if let Some(data) = image.links().package_types {
            let index = DebugTuIndex::new(data, image.endian).index().map_err(damaged)?;
            for row in 1..=index.unit_count() {
                let (mut abbreviations, mut unit) = (None, None);
                for_each_part(&index, row, &mut budget, |part, _| {
                    match part.section {
                        SectionId::Abbrev => abbreviations = Some(part),
                        SectionId::Info | SectionId::Types => unit = Some(part),
                        _ => {}
                    }
                    Ok(())
                })?;
                if let Some(parts) = abbreviations.zip(unit) {
                    budget.push(&mut types, parts)?;
                }
            }
        }
        types.sort_unstable();
        Ok(Some(Package { image, units, rows, types, budget }))
    }

    /// The image of the `.dwo` file that the unit with this ID came in, if the package has it.
    ///
    /// # Errors
    /// A package whose index is damaged; a limit.
    pub fn unit(&mut self, id: u64) -> Result<Option<Image<'d>>> {
        let budget = &mut self.budget;
        budget.charge_work(u64::from(self.rows.len().max(1).ilog2()))?;
        let first = self.rows.partition_point(|&(other, _)| other < id);
        let Some(&(_, row)) = self.rows.get(first).filter(|&&(other, _)| other == id) else {
            return Ok(None);
        };
        let mut parts: Vec<SectionPart> = Vec::new();
        for_each_part(&self.units, row, budget, |part, budget| budget.push(&mut parts, part))?;
        if let Some(&abbreviations) = parts.iter().find(|part| part.section == SectionId::Abbrev) {
            let start = self.types.partition_point(|&(other, _)| other < abbreviations);
            let rest = self.types.get(start..).unwrap_or_default();
            for &(_, unit) in rest.iter().take_while(|&&(other, _)| other == abbreviations) {
                budget.push(&mut parts, unit)?;
            }
        }
        let image = self.image.parts(&parts, budget)?;
        budget.free(parts);
        Ok(Some(image))
    }
}

/// The rows of an index by the IDs of their units. The index is a table that is made for a search of few steps, but nothing keeps
/// anybody from filling it so that the search goes through all of it, for each unit.
fn rows(data: &[u8], endian: RunTimeEndian, budget: &mut Budget) -> Result<Vec<(u64, u32)>> {
    /// The version, and how many sections and units there are.
    const BEFORE_SLOTS: usize = 12;
    if data.is_empty() {
        return Ok(Vec::new());
    }
    let mut input = EndianSlice::new(data, endian);
    input.skip(BEFORE_SLOTS).map_err(damaged)?;
    let slots = usize::try_from(input.read_u32().map_err(damaged)?).unwrap_or(usize::MAX);
    let mut ids = input.split(slots.saturating_mul(8)).map_err(damaged)?;
    let mut numbers = input.split(slots.saturating_mul(4)).map_err(damaged)?;
    let mut rows = Vec::new();
    for _ in 0..slots {
        budget.charge_work(1)?;
        let (id, row) = (ids.read_u64().map_err(damaged)?, numbers.read_u32().map_err(damaged)?);
        if id != 0 {
            budget.push(&mut rows, (id, row))?;
        }
    }
    let count = u64::try_from(rows.len()).unwrap_or(u64::MAX);
    budget.charge_work(count.saturating_mul(u64::from(count.max(1).ilog2())))?;
    rows.sort_unstable();
    Ok(rows)
}

/// Calls `each` with where the package has what belongs to a row of an index.
fn for_each_part(
    index: &Index<'_>,
    row: u32,
    budget: &mut Budget,
    mut each: impl FnMut(SectionPart, &mut Budget) -> Result<()>,
) -> Result<()> {
    budget.charge_work(8)?;
    for part in index.sections(row).map_err(damaged)? {
        let section = match part.section {
            IndexSectionId::DebugInfo => SectionId::Info,
            IndexSectionId::DebugTypes => SectionId::Types,
            IndexSectionId::DebugAbbrev => SectionId::Abbrev,
            IndexSectionId::DebugLine => SectionId::Line,
            IndexSectionId::DebugStrOffsets => SectionId::StrOffsets,
            _ => continue,
        };
        each(SectionPart { section, offset: part.offset, size: part.size }, budget)?;
    }
    Ok(())
}

fn damaged(_: gimli::Error) -> Error {
    Error::new(ErrorKind::Malformed("the index of the package is damaged"))
}
