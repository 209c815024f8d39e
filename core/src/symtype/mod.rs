//! Type strings: what symtypes files are made of, and what versions are computed from (SPEC sections 6, 7).

mod closure;
mod conflict;
mod definition;
mod expand;
mod item;
mod known;
mod length;
mod map;
mod names;
mod overrides;
mod recognizer;
mod remainder;
mod render;
mod replay;
mod string;
mod token;
mod version;
mod writing;

pub(crate) use self::conflict::conflicts;
pub(crate) use self::expand::Expander;
pub(crate) use self::item::Item;
pub(crate) use self::known::Known;
pub use self::map::TypeMap;
pub use self::names::TypeId;
pub(crate) use self::overrides::{add_missing, override_symbol, override_types};
pub(crate) use self::recognizer::{Identity, Recognizer};
pub(crate) use self::render::Renderer;
pub(crate) use self::replay::Replay;
pub use self::string::{TypeRef, TypeString};
pub(crate) use self::token::Token;
pub use self::version::{Expansions, Versioner};
