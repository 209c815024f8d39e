//! The types of a build: symtypes text, of one file or of many that are consolidated.

use anyhow::Result;
use dwarfksyms_core::Limits;
use dwarfksyms_symtypes::types::{Consolidated, Lines};

use super::text::{Shelved, Text};
use super::unit::Unit;

/// The types of some exports, as symtypes text.
#[derive(Debug)]
pub(crate) struct Types {
    /// Where they are from: a file, as a path below the build's, or a source file of one that was linked from many.
    pub(crate) name: Vec<u8>,
    pub(crate) text: Text,
    pub(crate) origin: Origin,
    /// The bytes of a pointer, if there is an object that states it.
    pub(crate) pointer_size: Option<u64>,
    /// If they are of one unit of a file that was linked from many.
    pub(crate) unit: Option<Unit>,
}

/// What the text was made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Origin {
    /// It is a symtypes file, or the text of many.
    File,
    /// It was described here, from DWARF.
    Dwarf,
    /// It was described here, from BTF: versions do not follow from it.
    Btf,
}

/// The symtypes files in a text.
#[derive(Debug)]
pub(crate) enum TypesFiles<'t> {
    One { name: &'t [u8], text: &'t Shelved, pointer_size: Option<u64> },
    Many(Consolidated<'t>),
}

impl Types {
    /// Finds the files in the text.
    ///
    /// # Errors
    /// Damaged consolidated symtypes, or a limit.
    pub(crate) fn files(&self, limits: &Limits) -> Result<TypesFiles<'_>> {
        Ok(match &self.text {
            Text::Consolidated(text) => TypesFiles::Many(Consolidated::read(text, limits)?),
            Text::Shelved(text) => {
                TypesFiles::One { name: &self.name, text, pointer_size: self.pointer_size }
            }
        })
    }
}

impl<'t> TypesFiles<'t> {
    /// The number of files.
    pub(crate) fn len(&self) -> usize {
        match self {
            TypesFiles::One { .. } => 1,
            TypesFiles::Many(all) => all.len(),
        }
    }

    /// The bytes of all files together.
    pub(crate) fn size(&self) -> usize {
        match self {
            TypesFiles::One { text, .. } => text.len(),
            TypesFiles::Many(all) => all.size(),
        }
    }

    /// The path of a file: that of consolidated symtypes can be anything but a line break.
    pub(crate) fn name(&self, file: usize) -> &'t [u8] {
        match self {
            TypesFiles::One { name, .. } => name,
            TypesFiles::Many(all) => all.path(file),
        }
    }

    /// The bytes of a pointer, if there is an object that states it.
    pub(crate) fn pointer_size(&self) -> Option<u64> {
        match self {
            TypesFiles::One { pointer_size, .. } => *pointer_size,
            TypesFiles::Many(_) => None,
        }
    }

    /// The lines of a file.
    ///
    /// # Errors
    /// A line that is none, or a limit.
    pub(crate) fn lines(&self, file: usize, limits: &Limits) -> Result<Lines<'_>> {
        Ok(match self {
            TypesFiles::One { text, .. } => Lines::of(text.lines(), limits)?,
            TypesFiles::Many(all) => all.lines(file, limits)?,
        })
    }

    /// The text of a file that stands alone.
    pub(crate) fn shelved(&self) -> Option<&'t Shelved> {
        match self {
            TypesFiles::One { text, .. } => Some(text),
            TypesFiles::Many(_) => None,
        }
    }

    /// The text of one of many files.
    ///
    /// # Errors
    /// A limit.
    pub(crate) fn text(&self, file: usize, limits: &Limits) -> Result<Vec<u8>> {
        Ok(match self {
            TypesFiles::One { .. } => Vec::new(),
            TypesFiles::Many(all) => all.text(file, limits)?,
        })
    }
}
