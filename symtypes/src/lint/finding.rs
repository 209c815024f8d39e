//! What can be wrong with the kABI rules and placeholders of an object.

use alloc::vec::Vec;

use dwarfksyms_core::Place;

/// Something that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What kind it is.
    pub kind: FindingKind,
    /// Where the rule begins; none if it is about a type.
    pub place: Option<Place>,
    /// The rule and its target, or the type and the member.
    pub subject: Vec<u8>,
    /// What is wrong with it, behind the subject: a sentence without a full stop.
    pub text: Vec<u8>,
}

/// Defines the kinds once.
macro_rules! kinds {
    ($($(#[$doc:meta])* $variant:ident, $id:literal, $example:literal, $remedy:literal;)*) => {
        /// A kind of findings.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum FindingKind {
            $($(#[$doc])* $variant,)*
        }

        impl FindingKind {
            /// Every kind.
            pub const ALL: &[FindingKind] = &[$(FindingKind::$variant),*];

            /// The identifier, which stays as it is.
            pub const fn id(self) -> &'static str {
                match self { $(FindingKind::$variant => $id,)* }
            }

            /// What makes such a finding.
            pub const fn example(self) -> &'static str {
                match self { $(FindingKind::$variant => $example,)* }
            }

            /// What to do about it.
            pub const fn remedy(self) -> &'static str {
                match self { $(FindingKind::$variant => $remedy,)* }
            }
        }
    };
}

kinds! {
    /// The target does not exist, or no export reaches it.
    RuleUnused, "rule-unused",
        "declonly of a structure that was renamed",
        "remove the rule, or correct its target";
    /// Another rule decides.
    RuleShadowed, "rule-shadowed",
        "two byte_size rules of one structure; byte_size of a type with declonly",
        "remove one of the rules";
    /// The target is a type of another kind.
    RuleWrongKind, "rule-wrong-kind",
        "declonly of a typedef; type_string of s#value, which is a union",
        "name the type that is meant";
    /// What the rule states is so without it.
    RuleWithoutEffect, "rule-without-effect",
        "byte_size 16 of a structure of 16 bytes",
        "remove the rule";
    /// The size that is stated is not the real one, and other types, variables or functions have values of the type.
    ByteSizeEmbedded, "byte-size-embedded",
        "byte_size 8 of a structure of 16 bytes that another one contains",
        "keep the real size as it was; a rule cannot make modules fit";
    /// Others have values of a type that is shown as a declaration.
    DeclonlyEmbedded, "declonly-embedded",
        "declonly of a structure that another one contains",
        "remove the rule: whoever has values of a type depends on its layout";
    /// An enumerator's value is stated as another one, and it is not the last.
    EnumeratorValueHidesBreak, "enumerator-value-hides-break",
        "enumerator_value 1 of B in enum e { A, B = 7, C = 8 }",
        "restore the value; only a count at the end may be stated";
    /// The string says something else of the layout than the type does.
    TypeStringHidesBreak, "type-string-hides-break",
        "a string that puts a member where there is another one",
        "restore the layout, or correct the string";
    /// The string is none that this tool, or the kernel's, could have written.
    TypeStringUnreadable, "type-string-unreadable",
        "a brace is missing",
        "copy the string from a symtypes file";
    /// What is in a placeholder's place is larger than it.
    UnionLarger, "union-larger",
        "union { int __kabi_reserved_0; long new; }",
        "use a type that fits, or more reserved space";
    /// What is in a placeholder's place is aligned more strictly than it.
    UnionStricterAligned, "union-stricter-aligned",
        "union { char __kabi_reserved_0[8]; long new; }",
        "use a type that fits, or packed members";
    /// A placeholder has no effect, because it is not among the first two members of its union.
    PlaceholderUnused, "placeholder-unused",
        "union { int a; int b; char __kabi_ignored_0; }",
        "put the placeholder in front";
    /// A renamed member's old name is not where it belongs: another member or parameter has it, or none.
    OldNameAstray, "old-name-astray",
        "struct t { struct s *first; }, and the last member of s is renamed: the name goes to first, too",
        "put a member behind the renamed one, or state the old string with type_string instead";
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn identifiers_are_unique() {
        let ids: BTreeSet<&str> = FindingKind::ALL.iter().map(|kind| kind.id()).collect();
        assert_eq!(ids.len(), FindingKind::ALL.len());
    }
}
