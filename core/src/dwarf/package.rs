//! DWARF packages: the `.dwo` files of a program in one file (`.debug_cu_index` and `.debug_tu_index`, DWARF 5
//! section 7.3.5).

use alloc::vec::Vec;

use gimli::{DebugCuIndex, DebugTuIndex, EndianSlice, IndexSectionId, RunTimeEndian};

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
        Ok(Some(Package { image, units, types, budget }))
    }

    /// The image of the `.dwo` file that the unit with this ID came in, if the package has it.
    ///
    /// # Errors
    /// A package whose index is damaged; a limit.
    pub fn unit(&mut self, id: u64) -> Result<Option<Image<'d>>> {
        let Some(row) = self.units.find(id) else { return Ok(None) };
        let budget = &mut self.budget;
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
