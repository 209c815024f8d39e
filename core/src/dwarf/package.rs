//! DWARF packages: the `.dwo` files of a program in one file (`.debug_cu_index`, DWARF 5 section 7.3.5).

use alloc::vec::Vec;

use gimli::{DebugCuIndex, IndexSectionId};

use crate::budget::Budget;
use crate::elf::Image;
use crate::error::{Error, ErrorKind, Result, SectionId};
use crate::limits::Limits;

impl<'d> Image<'d> {
    /// The image of the `.dwo` file that holds the unit with this ID, if this image is a package that has it.
    ///
    /// # Errors
    /// A package whose index is damaged; a limit.
    pub fn packaged(&self, id: u64, limits: &Limits) -> Result<Option<Image<'d>>> {
        let budget = &mut Budget::new(limits);
        let Some(data) = self.links().package_index else { return Ok(None) };
        let damaged = |_| Error::new(ErrorKind::Malformed("the index of the package is damaged"));
        let index = DebugCuIndex::new(data, self.endian).index().map_err(damaged)?;
        let Some(row) = index.find(id) else { return Ok(None) };
        let mut parts: Vec<(SectionId, u32, u32)> = Vec::new();
        for part in index.sections(row).map_err(damaged)? {
            let id = match part.section {
                IndexSectionId::DebugInfo => SectionId::Info,
                IndexSectionId::DebugTypes => SectionId::Types,
                IndexSectionId::DebugAbbrev => SectionId::Abbrev,
                IndexSectionId::DebugLine => SectionId::Line,
                IndexSectionId::DebugStrOffsets => SectionId::StrOffsets,
                _ => continue,
            };
            budget.push(&mut parts, (id, part.offset, part.size))?;
        }
        self.parts(&parts, budget).map(Some)
    }
}
