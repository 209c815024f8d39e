//! An object's sections, borrowed from its bytes.

use alloc::vec::Vec;

use gimli::RunTimeEndian;

use crate::budget::{Budget, Spendable};
use crate::error::{Result, SectionId};

use super::links::Links;
use super::section::{Packed, Section};
use super::symbols::SymbolTable;

/// The sections that units depend on, of which an object has one each.
pub(super) const DEBUG_SECTIONS: [SectionId; 5] =
    [SectionId::Abbrev, SectionId::Str, SectionId::LineStr, SectionId::StrOffsets, SectionId::Line];

/// The view of an object: what this crate needs of it, and nothing copied.
#[derive(Debug)]
pub struct Image<'d> {
    pub(crate) endian: RunTimeEndian,
    /// The sections with units: in a relocatable object, every type unit has one of its own.
    pub(super) units: Vec<Section<'d>>,
    /// In the order of [`DEBUG_SECTIONS`].
    pub(super) debug: [Section<'d>; DEBUG_SECTIONS.len()],
    /// In section order; rustc gives each rule a section of its own.
    pub(crate) kabi_rules: Vec<Section<'d>>,
    pub(crate) symbols: SymbolTable<'d>,
    pub(super) links: Links<'d>,
    /// Whether these are the sections of split DWARF.
    pub(crate) is_split: bool,
    /// What the above has cost.
    pub(super) spent: Spendable,
}

impl<'d> Image<'d> {
    /// What has been spent on the image.
    pub(crate) fn spent(&self) -> Spendable {
        self.spent
    }

    /// Whether there is any DWARF to describe symbols from.
    pub fn has_dwarf(&self) -> bool {
        self.units.iter().any(|section| !section.data.is_empty() || section.packed.is_some())
    }

    /// Whether there are strings of DWARF, which is all that `dwz` may have moved to a supplementary file (DWARF 5 section 7.3.6).
    pub fn has_strings(&self) -> bool {
        let strings = self.section(SectionId::Str);
        !strings.data.is_empty() || strings.packed.is_some()
    }

    /// Calls `unpack` with every section that is compressed. What it returns are the decompressed bytes; `None`
    /// leaves the section as it is, which is an error if it is needed.
    ///
    /// # Errors
    /// Whatever `unpack` returns.
    pub fn unpack<E>(
        &mut self,
        mut unpack: impl FnMut(&Packed<'d>) -> Result<Option<&'d [u8]>, E>,
    ) -> Result<(), E> {
        for section in self.units.iter_mut().chain(&mut self.debug) {
            if let Some(packed) = &section.packed
                && let Some(data) = unpack(packed)?
            {
                section.data = data;
                section.packed = None;
            }
        }
        Ok(())
    }

    /// The sections with units: `.debug_info` in section order, and then `.debug_types`.
    pub(crate) fn units(&self) -> &[Section<'d>] {
        &self.units
    }

    /// Takes the debug sections of the file that they were split off to, and what else was stripped.
    pub fn adopt(&mut self, debug: Image<'d>) {
        self.endian = debug.endian;
        self.units = debug.units;
        self.debug = debug.debug;
        self.is_split = debug.is_split;
        self.links.alternate = debug.links.alternate;
        self.links.may_be_split = debug.links.may_be_split;
        if self.symbols.len() == 0 {
            self.symbols = debug.symbols;
        }
        if self.kabi_rules.is_empty() {
            self.kabi_rules = debug.kabi_rules;
        }
        self.spent = self.spent.and(debug.spent);
    }

    /// An image of parts of this one's sections; of strings it has all.
    pub(crate) fn parts(&self, parts: &[SectionPart], budget: &mut Budget) -> Result<Image<'d>> {
        let before = budget.spent();
        let slice = |section: &Section<'d>, part: &SectionPart| {
            let start = usize::try_from(part.offset).ok()?;
            section.data.get(start..start.checked_add(usize::try_from(part.size).ok()?)?)
        };
        let part =
            |section: &Section<'d>| slice(section, parts.iter().find(|part| part.section == section.id)?);
        let mut units = Vec::new();
        for part in parts {
            let section = self.units.iter().find(|section| section.id == part.section);
            if let Some(data) = section.and_then(|section| slice(section, part)) {
                budget.push(&mut units, Section::new(part.section, data))?;
            }
        }
        let debug = DEBUG_SECTIONS.map(|id| {
            let whole = self.section(id);
            let is_whole = matches!(id, SectionId::Str | SectionId::LineStr);
            Section::new(id, if is_whole { whole.data } else { part(whole).unwrap_or_default() })
        });
        Ok(Image {
            endian: self.endian,
            units,
            debug,
            kabi_rules: Vec::new(),
            symbols: SymbolTable::default(),
            links: Links::default(),
            is_split: self.is_split,
            spent: budget.spent().without(before),
        })
    }

    /// What the object says about other files that belong to it.
    pub fn links(&self) -> &Links<'d> {
        &self.links
    }

    pub(crate) fn section(&self, id: SectionId) -> &Section<'d> {
        let at = DEBUG_SECTIONS.iter().position(|&other| other == id).unwrap_or(0);
        let [first, ..] = &self.debug;
        self.debug.get(at).unwrap_or(first)
    }

    /// Refuses an image with sections that are still compressed and that every answer needs. Any other shows
    /// when it is needed.
    pub(crate) fn check_unpacked(&self) -> Result<()> {
        self.units.iter().chain([self.section(SectionId::Abbrev)]).try_for_each(Section::check_unpacked)
    }

    /// Says which of an object's files this is.
    pub(crate) fn number(&mut self, file: u32) {
        for section in self.units.iter_mut().chain(&mut self.debug).chain(&mut self.kabi_rules) {
            section.file = file;
        }
    }
}

/// A part of a section.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct SectionPart {
    pub(crate) section: SectionId,
    pub(crate) offset: u32,
    pub(crate) size: u32,
}
