//! DWARF packages: the `.dwo` files of a program in one file (`.debug_cu_index` and `.debug_tu_index`, DWARF 5
//! section 7.3.5).

use alloc::vec::Vec;

use gimli::{DebugCuIndex, DebugTuIndex, EndianSlice, IndexSectionId, RunTimeEndian};

use crate::budget::Budget;
use crate::elf::{Image, Part};
use crate::error::{Error, ErrorKind, Result, SectionId};
use crate::limits::Limits;

type Index<'d> = gimli::UnitIndex<EndianSlice<'d, RunTimeEndian>>;

impl<'d> Image<'d> {
    /// The image of the `.dwo` file that holds the unit with this ID, if this image is a package that has it.
    ///
    /// # Errors
    /// A package whose index is damaged; a limit.
    pub fn packaged(&self, id: u64, limits: &Limits) -> Result<Option<Image<'d>>> {
        let budget = &mut Budget::new(limits);
        let Some(data) = self.links().package_units else { return Ok(None) };
        let units = DebugCuIndex::new(data, self.endian).index().map_err(damaged)?;
        let Some(row) = units.find(id) else { return Ok(None) };
        let mut parts: Vec<Part> = Vec::new();
        add_row(&units, row, &mut parts, budget)?;
        let abbreviations = parts.iter().find(|part| part.section == SectionId::Abbrev).copied();
        if let Some(data) = self.links().package_types {
            // Type units have the abbreviations of the unit that they came with.
            let types = DebugTuIndex::new(data, self.endian).index().map_err(damaged)?;
            for row in 1..=types.unit_count() {
                let mut of_type: Vec<Part> = Vec::new();
                add_row(&types, row, &mut of_type, budget)?;
                if of_type.iter().any(|&part| Some(part) == abbreviations) {
                    of_type.retain(|part| matches!(part.section, SectionId::Info | SectionId::Types));
                    budget.extend(&mut parts, &of_type)?;
                }
            }
        }
        self.parts(&parts, budget).map(Some)
    }
}

/// Appends where the package has what belongs to a row of an index.
fn add_row(index: &Index<'_>, row: u32, parts: &mut Vec<Part>, budget: &mut Budget) -> Result<()> {
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
        budget.push(parts, Part { section, offset: part.offset, size: part.size })?;
    }
    Ok(())
}

fn damaged(_: gimli::Error) -> Error {
    Error::new(ErrorKind::Malformed("the index of the package is damaged"))
}
