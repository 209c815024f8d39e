//! Where the types are declared that differ.

use std::collections::HashMap;

use anyhow::Result;
use dwarfksyms_symtypes::compare::Cause;
use dwarfksyms_symtypes::types::Side;

use super::{Sides, Usage};
use crate::builds::{Sought, SourceLines};
use crate::report::{Place, Places};

/// Where types of two builds are declared.
#[derive(Debug, Default)]
pub(crate) struct Locations {
    old: SourceLines,
    new: SourceLines,
    /// Those of causes, by their addresses.
    causes: HashMap<*const Cause, Places>,
}

impl Locations {
    /// Where a type of a file is declared.
    pub(crate) fn of(&self, side: Side, file: &[u8], name: &[u8]) -> Option<Place> {
        let lines = if side == Side::Old { &self.old } else { &self.new };
        lines.of(file, name).map(Place::of)
    }

    /// Where a type that differs is declared.
    pub(crate) fn of_cause(&self, cause: &Cause) -> Places {
        self.causes.get(&std::ptr::from_ref(cause)).cloned().unwrap_or_default()
    }
}

impl Locations {
    /// Finds out where types that differ are declared, and others with these names; `look` looks into a build.
    ///
    /// # Errors
    /// A limit.
    pub(crate) fn find(
        sides: &Sides<'_>,
        causes: &[Cause],
        types: &[Vec<u8>],
        look: impl Fn(Side, &Sought<'_>) -> SourceLines,
    ) -> Result<Locations> {
        let of = |side| -> Result<SourceLines> {
            let mut sought = Sought::default();
            for cause in causes {
                let (file, name) = key(sides, cause, side);
                sought.add(file, name);
            }
            for name in types {
                let id = sides.catalog().find(name);
                let file = id.map(|name| Usage { sides, side }.file(name)).transpose()?.flatten();
                if let Some(file) = file {
                    sought.add(sides.file_name(file), name);
                }
            }
            Ok(look(side, &sought))
        };
        let (old, new) = (of(Side::Old)?, of(Side::New)?);
        let place = |lines: &SourceLines, cause: &Cause, side| {
            let (file, name) = key(sides, cause, side);
            lines.of(file, name).map(Place::of)
        };
        let places = causes.iter().map(|cause| {
            let (old, new) = (place(&old, cause, Side::Old), place(&new, cause, Side::New));
            (std::ptr::from_ref(cause), Places { old, new })
        });
        let causes = places.collect();
        Ok(Locations { old, new, causes })
    }
}

/// The file and name of a type that differs, as one of the builds has them.
fn key<'s>(sides: &'s Sides<'_>, cause: &Cause, side: Side) -> (&'s [u8], &'s [u8]) {
    let (file, record) =
        if side == Side::Old { (cause.files.0, cause.old) } else { (cause.files.1, cause.new) };
    let catalog = sides.catalog();
    (sides.file_name(file), catalog.name(catalog.name_of(record)))
}
