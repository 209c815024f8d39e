//! How much two types differ.

/// How much two types differ, from not at all to altogether.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Degree {
    /// They say the same.
    #[default]
    Same,
    /// Compilers spell them differently.
    Toolchain,
    /// The same size and kind under another name: another typedef, `unsigned long` for `u64`, `[]` for `[0]`.
    Respelled,
    /// `const` and the like have come or gone.
    Qualified,
    /// One of them is the only thing in the other, which is a structure or union.
    Wrapped,
    /// The same size, but signed on one side alone.
    Signed,
    /// The same size, but possibly another meaning, which types do not show: a pointer leads to something unknown.
    Reinterpreted,
    /// It is unknown whether the size is the same: the texts do not state it, and it depends on the architecture.
    Unmeasured,
    /// Another size, or another kind.
    Different,
}
