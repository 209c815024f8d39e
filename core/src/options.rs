//! What versions depend on besides the object and the symbols.

/// What the result depends on, besides the object and the symbols.
///
/// There may be more some day: what is not of interest comes from [`Options::default`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
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
