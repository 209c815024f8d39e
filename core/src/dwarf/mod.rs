//! DWARF to typed DIEs: units, abbreviations, attributes, scopes, file names.
//!
//! This is the only place that names `gimli`'s readers. It streams: a unit is walked once to find the
//! exported symbols (`scan`), and after that only the DIEs that a description reaches are read.

mod abbreviation;
mod cache;
mod codes;
mod die;
mod fields;
mod form;
mod import;
mod line;
mod more;
mod package;
mod relocated;
mod root;
mod scan;
mod scope;
mod step;
mod string;
mod unit;
mod units;

pub(crate) use self::cache::UnitCache;
pub(crate) use self::die::{Die, Reference, Text};
pub(crate) use self::line::{Files, LineProgram};
pub(crate) use self::more::{Content, Extra, More};
pub use self::package::Package;
pub use self::root::SplitUnit;
pub use self::scan::UnitScan;
pub(crate) use self::scan::{Candidate, Evidence, Search, scan};
pub(crate) use self::scope::Scopes;
pub(crate) use self::string::StringAt;
pub use self::unit::UnitIndex;
pub(crate) use self::unit::{DieId, DieOffset, Unit, UnitKind};
pub(crate) use self::units::Dwarf;
