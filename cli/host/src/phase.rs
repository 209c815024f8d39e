//! The phases of a run, and how much there was of what in them.

use std::time::Duration;

use dwarfksyms_core::{Description, Object};

/// What a run does, one after the other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Phase {
    /// The symbol list is read, and the process confined.
    #[default]
    Start,
    /// Objects and companions are read.
    Read,
    /// Files and sections are unpacked.
    Unpack,
    /// Sections and units are listed.
    Open,
    /// Symbols are looked for in units.
    Scan,
    /// It is decided what is described.
    Plan,
    /// Symbols and types are described.
    Describe,
    /// Versions are computed.
    Versions,
    /// Results are written.
    Output,
}

impl Phase {
    /// All phases, in order.
    pub(crate) const ALL: [Phase; 9] = [
        Phase::Start,
        Phase::Read,
        Phase::Unpack,
        Phase::Open,
        Phase::Scan,
        Phase::Plan,
        Phase::Describe,
        Phase::Versions,
        Phase::Output,
    ];

    /// The word for it in the table.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Phase::Start => "start",
            Phase::Read => "read",
            Phase::Unpack => "unpack",
            Phase::Open => "open",
            Phase::Scan => "scan",
            Phase::Plan => "plan",
            Phase::Describe => "describe",
            Phase::Versions => "versions",
            Phase::Output => "output",
        }
    }
}

/// How long each phase has taken, in the order of [`Phase::ALL`].
pub(crate) type Times = [Duration; Phase::ALL.len()];

/// How much there was of what, in all objects of a run.
#[derive(Clone, Copy, Debug, Default)]
pub struct Counts {
    /// Objects with DWARF.
    pub(crate) objects: u64,
    /// Bytes that were read.
    pub(crate) read: u64,
    /// Bytes that came out of compressed data.
    pub(crate) unpacked: u64,
    /// Bytes of the sections with units.
    pub(crate) unit_bytes: u64,
    /// Units in which symbols were looked for.
    pub(crate) units: u64,
    /// DIEs, as often as they were read.
    pub(crate) dies: u64,
    /// Symbols that were described.
    pub(crate) symbols: u64,
    /// Types with a name, in each object.
    pub(crate) types: u64,
    /// The most threads that worked on an object.
    pub(crate) threads: u64,
}

impl Counts {
    /// Adds an object that was described.
    pub fn add(&mut self, object: &Object<'_>, description: &Description, threads: usize) {
        let number = |count: usize| u64::try_from(count).unwrap_or(u64::MAX);
        self.objects += 1;
        self.unit_bytes += object.unit_bytes();
        self.units += number(object.units().count());
        self.dies += object.spent().dies();
        self.symbols += number(description.symbol_count());
        self.types += number(description.type_count());
        self.threads = self.threads.max(number(threads));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phases_are_in_order() {
        for (at, phase) in Phase::ALL.into_iter().enumerate() {
            assert_eq!(phase as usize, at);
        }
    }
}
