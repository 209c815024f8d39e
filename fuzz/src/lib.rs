//! Fuzz bodies: ordinary functions that take any bytes and must return.
//!
//! A target in `fuzz_targets` is a shim around one of them, and [`TARGETS`] lists them all. Each has a smoke test that
//! tries it on its seeds and on seeded mutations of them, with any toolchain, so that the bodies cannot rot.

pub mod allocation;
mod any_build;
mod btf;
mod companions;
mod comparison;
mod consolidated;
mod describe;
mod edited;
mod fixed;
mod kabi_rules;
mod library;
mod line_table;
mod lint;
mod module;
mod mutated;
mod object;
mod policy;
mod record;
mod reports;
mod revision;
mod ruled;
pub mod sections;
pub mod seeds;
#[cfg(test)]
mod smoke;
mod structured;
mod suggest;
mod symbol_list;
mod symtypes;
mod type_string;
mod unpack;

pub use self::any_build::any_build;
pub use self::btf::btf;
pub use self::companions::companions;
pub use self::comparison::comparison;
pub use self::consolidated::consolidated;
pub use self::edited::edited;
pub use self::kabi_rules::kabi_rules;
pub use self::library::library;
pub use self::line_table::line_table;
pub use self::lint::lint;
pub use self::module::module;
pub use self::mutated::mutated;
pub use self::object::object;
pub use self::policy::policy;
pub use self::record::record;
pub use self::reports::reports;
pub use self::revision::revision;
pub use self::ruled::ruled;
pub use self::structured::structured;
pub use self::suggest::suggest;
pub use self::symbol_list::symbol_list;
pub use self::symtypes::symtypes;
pub use self::type_string::type_string;
pub use self::unpack::unpack;

/// A body.
pub type Body = fn(&[u8]);

/// The bodies by their targets' names.
pub const TARGETS: [(&str, Body); 24] = [
    ("any_build", any_build),
    ("btf", btf),
    ("companions", companions),
    ("comparison", comparison),
    ("consolidated", consolidated),
    ("edited", edited),
    ("kabi_rules", kabi_rules),
    ("library", library),
    ("line_table", line_table),
    ("lint", lint),
    ("module", module),
    ("mutated", mutated),
    ("object", object),
    ("policy", policy),
    ("record", record),
    ("reports", reports),
    ("revision", revision),
    ("ruled", ruled),
    ("structured", structured),
    ("suggest", suggest),
    ("symbol_list", symbol_list),
    ("symtypes", symtypes),
    ("type_string", type_string),
    ("unpack", unpack),
];
