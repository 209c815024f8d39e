//! What versions depend on besides the object and the symbols.

use crate::word::Word;

/// What the result depends on, besides the object and the symbols.
///
/// There may be more some day: begin with [`Options::default`].
///
/// ```
/// # use dwarfksyms_core::{Options, Scheme};
/// let options = Options::default().stable(true).scheme(Scheme::Canonical);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Options {
    /// Honour the conventions of a stable kABI (SPEC section 8).
    pub stable: bool,
    /// Which versions are computed.
    pub scheme: Scheme,
    /// Whether to keep indented descriptions of the symbols.
    pub dump: Dump,
    /// Whether types that are private to a source file are expanded, too. The versions are others then: this only shows
    /// what such types are.
    pub expands_private: bool,
    /// Whether a renamed member has its old name, and nothing else has it (SPEC section 8). The versions are others then: this
    /// only shows what is meant. Canonical versions are like this in any case.
    pub keeps_old_names: bool,
    /// Whether a list can ask for types, too, by their names in symtypes with a colon in front (`:s#file`), as if there was a
    /// variable of each. Of several definitions, the first counts. What symbols depend on is described without them.
    pub describes_types: bool,
    /// Whether C++ is described as far as it goes. Names and types that stand in a class without being a part of its layout leave no
    /// trace then, and [`UNKNOWN`] stands for what there is no text for, which both are errors otherwise. What has [`UNKNOWN`] in
    /// it has no version: this only shows which symbols that are.
    pub lenient: bool,
}

/// What stands for a type that cannot be described. No identifier is like it.
pub const UNKNOWN: &[u8] = Word::UnknownType.text();

impl Options {
    /// Changes [`Options::stable`].
    #[must_use]
    pub const fn stable(self, stable: bool) -> Options {
        Options { stable, ..self }
    }

    /// Changes [`Options::scheme`].
    #[must_use]
    pub const fn scheme(self, scheme: Scheme) -> Options {
        Options { scheme, ..self }
    }

    /// Changes [`Options::dump`].
    #[must_use]
    pub const fn dump(self, dump: Dump) -> Options {
        Options { dump, ..self }
    }

    /// Changes [`Options::expands_private`].
    #[must_use]
    pub const fn expands_private(self, expands_private: bool) -> Options {
        Options { expands_private, ..self }
    }

    /// Changes [`Options::describes_types`].
    #[must_use]
    pub const fn describes_types(self, describes_types: bool) -> Options {
        Options { describes_types, ..self }
    }

    /// Changes [`Options::keeps_old_names`].
    #[must_use]
    pub const fn keeps_old_names(self, keeps_old_names: bool) -> Options {
        Options { keeps_old_names, ..self }
    }
}

/// The kinds of versions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Scheme {
    /// Those of the kernel's tool.
    #[default]
    Reference,
    /// Those that depend on the ABI alone, and see all of it (SPEC section 9).
    Canonical,
    /// Those that the kernel's tool gives if every unit has an object of its own (SPEC section 9).
    PerUnit {
        /// Whether the type strings of each batch are kept, for [`Object::shown`](crate::Object::shown).
        shows_types: bool,
    },
}

/// The indented descriptions of symbols.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Dump {
    /// None.
    #[default]
    None,
    /// Descriptions, as SPEC section 5 defines them.
    Dies,
    /// The same, with remarks on where each type comes from.
    DieMap,
}
