//! DWARF to typed DIEs: units, abbreviations, attributes, scopes, file names.
//!
//! This is the only place that names `gimli`'s readers. It streams: a unit is walked once to find the
//! exported symbols (`scan`), and after that only the DIEs that a description reaches are read.

mod abbreviation;
mod attach;
mod attribute;
mod cache;
mod codes;
mod compiler;
mod declared;
mod decoded;
mod die;
mod entry;
mod fields;
mod form;
mod header;
mod import;
mod instruction;
mod layout;
mod line;
mod loading;
mod more;
mod package;
mod place;
mod reader;
mod relocated;
mod root;
mod scan;
mod scope;
mod shapes;
mod split;
mod string;
mod table;
mod tables;
#[cfg(test)]
mod tests;
mod text;
mod unit;
mod units;

pub(crate) use self::cache::UnitCache;
pub use self::declared::Declared;
pub(crate) use self::declared::KindAndName;
pub(crate) use self::die::Die;
pub(crate) use self::layout::Fixed;
pub(crate) use self::line::Files;
pub(crate) use self::more::{Content, Extra, More};
pub use self::package::Package;
pub use self::place::UnitIndex;
pub(crate) use self::place::{DieId, DieOffset, LineProgram, Reference, Text};
pub use self::scan::UnitScan;
pub(crate) use self::scan::{Candidate, Evidence, Query, scan};
pub(crate) use self::scope::Scopes;
pub use self::split::SplitUnit;
pub(crate) use self::string::StringAt;
pub(crate) use self::unit::{Unit, UnitKind};
pub(crate) use self::units::Dwarf;
