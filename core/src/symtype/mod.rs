//! Type strings: what symtypes files are made of, and what versions are computed from (SPEC sections 6, 7).

mod closure;
mod conflict;
mod definition;
mod expand;
mod known;
mod length;
mod map;
mod names;
mod overrides;
mod render;
mod string;
mod version;

pub(crate) use self::conflict::conflicts;
pub(crate) use self::expand::Expander;
pub(crate) use self::known::Known;
pub use self::map::TypeMap;
pub use self::names::TypeId;
pub(crate) use self::overrides::{add_missing, override_symbol, override_types};
pub(crate) use self::render::Renderer;
pub use self::string::{TypeRef, TypeString};
pub use self::version::{Expansions, Versioner};
