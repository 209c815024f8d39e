//! What is suggested for the causes of a comparison, and what is not and why.

use alloc::rc::Rc;
use alloc::vec::Vec;

use dwarfksyms_core::Result;
use dwarfksyms_core::budget::Budget;

use crate::compare::Class;
use crate::types::{FileId, NameId};

/// What would give a cause's exports their old versions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Advice {
    /// What to put into the source: all of it together. Empty if nothing can be suggested, or nothing needs to be.
    pub suggestions: Vec<Suggestion>,
    /// Why nothing is suggested.
    pub obstacles: Vec<Obstacle>,
    /// What has to be true besides, which the types do not show.
    pub caveats: Vec<Caveat>,
    /// The exports of the cause that get their old version, if the suggestions for all causes are followed. Causes that reach
    /// the same exports have one list together.
    pub restored: Rc<Vec<NameId>>,
    /// Those that do not.
    pub remaining: Rc<Vec<Remaining>>,
}

/// A kABI rule or member macro (SPEC section 8), or what hides the same from genksyms.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// What kind it is.
    pub kind: SuggestionKind,
    /// For a rule, what it is about; for a macro, the member.
    pub target: Vec<u8>,
    /// For a rule, its value; for a renamed member, the old name.
    pub value: Vec<u8>,
    /// What to put into the source, in C.
    pub source: Vec<u8>,
    /// The macro, directive or keyword that does it: `KABI_USE`, `#ifndef __GENKSYMS__`, `union`.
    pub means: &'static str,
}

impl Suggestion {
    /// Whether genksyms is shown an old text, rather than what a macro of the tree states.
    pub(super) fn shows_old_text(&self) -> bool {
        matches!(self.means, "#ifdef __GENKSYMS__" | "RH_KABI_REPLACE" | "RH_KABI_RENAME")
    }
}

/// The kinds of suggestions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SuggestionKind {
    /// A rule: the type is treated as a declaration.
    DeclarationOnly,
    /// A rule: an enumerator leaves no trace.
    EnumeratorIgnore,
    /// A rule: an enumerator has its old value.
    EnumeratorValue,
    /// A rule: a type has its old size.
    ByteSize,
    /// A rule: a type or symbol has its old type string.
    TypeString,
    /// A union around new members in space that was reserved.
    Reserved,
    /// A union around a new member, which leaves no trace then.
    Ignored,
    /// A union around a member, which has its old name and type then.
    Renamed,
}

impl SuggestionKind {
    /// The rule's name, or what the name of the placeholder begins with.
    pub const fn id(self) -> &'static str {
        match self {
            SuggestionKind::DeclarationOnly => "declonly",
            SuggestionKind::EnumeratorIgnore => "enumerator_ignore",
            SuggestionKind::EnumeratorValue => "enumerator_value",
            SuggestionKind::ByteSize => "byte_size",
            SuggestionKind::TypeString => "type_string",
            SuggestionKind::Reserved => "__kabi_reserved",
            SuggestionKind::Ignored => "__kabi_ignored",
            SuggestionKind::Renamed => "__kabi_renamed",
        }
    }

    /// Whether this is a rule, which stands by itself in the source, rather than a union around a member.
    pub const fn is_rule(self) -> bool {
        !matches!(self, SuggestionKind::Reserved | SuggestionKind::Ignored | SuggestionKind::Renamed)
    }
}

impl Advice {
    /// The same for a kernel whose versions are those of genksyms: what is suggested for gendwarfksyms does nothing there.
    ///
    /// # Errors
    /// A limit.
    pub fn for_genksyms(self, budget: &mut Budget) -> Result<Advice> {
        if self.suggestions.is_empty() {
            return Ok(self);
        }
        let mut obstacles = self.obstacles;
        budget.push(&mut obstacles, Obstacle { kind: ObstacleKind::Genksyms, subject: Vec::new() })?;
        Ok(Advice { obstacles, ..Advice::default() })
    }
}

/// Why nothing is suggested. A rule would hide this, not mend it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Obstacle {
    /// What kind it is.
    pub kind: ObstacleKind,
    /// The member, parameter or enumerator that it is about, or the type that embeds this one; may be empty.
    pub subject: Vec<u8>,
}

/// The kinds of obstacles.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum ObstacleKind {
    /// A member is gone.
    MemberRemoved,
    /// A member is elsewhere.
    MemberMoved,
    /// A member has another type.
    MemberTypeChanged,
    /// A bit-field has another width.
    BitFieldChanged,
    /// The size or alignment has changed, and the subject has a value of the type.
    Embedded,
    /// A part without a name has another size.
    PartResized,
    /// The type is smaller than it was.
    Shrunk,
    /// A structure is a union now, or the like.
    KindChanged,
    /// An enumerator is gone.
    EnumeratorRemoved,
    /// An enumerator has another value, and is not a count at the end.
    EnumeratorValueChanged,
    /// A function has other parameters.
    ParametersChanged,
    /// A function gives back something else.
    ReturnTypeChanged,
    /// A variable has another type.
    VariableTypeChanged,
    /// A typedef stands for another type.
    TypedefChanged,
    /// The definition is not visible in the new build, so it is unknown whether it is still the same.
    DefinitionGone,
    /// Both builds have both definitions.
    DefinitionsDiffer,
    /// Only the compiler's spelling differs.
    ToolchainSpelling,
    /// The types come from genksyms, which knows no such rules.
    Genksyms,
    /// Names show that the types were described without the conventions of a stable kABI.
    NotStable,
    /// The type has parts of which nothing is known.
    NotUnderstood,
    /// Whatever replaces the type, no version comes back.
    NoEffect,
}

impl ObstacleKind {
    /// The identifier, which stays as it is.
    pub const fn id(self) -> &'static str {
        match self {
            ObstacleKind::MemberRemoved => "member-removed",
            ObstacleKind::MemberMoved => "member-moved",
            ObstacleKind::MemberTypeChanged => "member-type-changed",
            ObstacleKind::BitFieldChanged => "bit-field-changed",
            ObstacleKind::Embedded => "embedded",
            ObstacleKind::PartResized => "part-resized",
            ObstacleKind::Shrunk => "shrunk",
            ObstacleKind::KindChanged => "kind-changed",
            ObstacleKind::EnumeratorRemoved => "enumerator-removed",
            ObstacleKind::EnumeratorValueChanged => "enumerator-value-changed",
            ObstacleKind::ParametersChanged => "parameters-changed",
            ObstacleKind::ReturnTypeChanged => "return-type-changed",
            ObstacleKind::VariableTypeChanged => "variable-type-changed",
            ObstacleKind::TypedefChanged => "typedef-changed",
            ObstacleKind::DefinitionGone => "definition-gone",
            ObstacleKind::DefinitionsDiffer => "definitions-differ",
            ObstacleKind::ToolchainSpelling => "toolchain-spelling",
            ObstacleKind::Genksyms => "genksyms",
            ObstacleKind::NotStable => "not-stable",
            ObstacleKind::NotUnderstood => "not-understood",
            ObstacleKind::NoEffect => "no-effect",
        }
    }

    /// Whether it is said of places, sizes and values: what the comparison has found out.
    pub(super) fn is_of_layout(self) -> bool {
        use ObstacleKind::{
            BitFieldChanged, EnumeratorValueChanged, MemberMoved, MemberRemoved, MemberTypeChanged,
            ParametersChanged, PartResized, ReturnTypeChanged, TypedefChanged, VariableTypeChanged,
        };
        matches!(
            self,
            MemberRemoved
                | MemberMoved
                | MemberTypeChanged
                | BitFieldChanged
                | PartResized
                | EnumeratorValueChanged
                | ParametersChanged
                | ReturnTypeChanged
                | VariableTypeChanged
                | TypedefChanged
        )
    }

    /// What stands against a rule if there is a change of a class; nothing if modules fit in spite of it.
    pub(crate) fn of(class: Class) -> Option<ObstacleKind> {
        Some(match class {
            Class::MemberRemoved => ObstacleKind::MemberRemoved,
            Class::MemberInserted | Class::MemberMoved => ObstacleKind::MemberMoved,
            Class::MemberTypeChanged => ObstacleKind::MemberTypeChanged,
            Class::BitFieldChanged => ObstacleKind::BitFieldChanged,
            Class::ValueResized => ObstacleKind::Embedded,
            Class::KindChanged => ObstacleKind::KindChanged,
            Class::TypedefChanged => ObstacleKind::TypedefChanged,
            Class::EnumeratorInserted | Class::EnumeratorValueChanged => ObstacleKind::EnumeratorValueChanged,
            Class::ParameterAdded
            | Class::ParameterRemoved
            | Class::ParameterMoved
            | Class::ParameterTypeChanged => ObstacleKind::ParametersChanged,
            Class::ReturnTypeChanged => ObstacleKind::ReturnTypeChanged,
            Class::VariableTypeChanged => ObstacleKind::VariableTypeChanged,
            _ => return None,
        })
    }

    /// What is said of it behind the subject's name.
    pub const fn text(self) -> &'static str {
        match self {
            ObstacleKind::MemberRemoved => "is gone, and modules that use it would read something else",
            ObstacleKind::MemberMoved => "is elsewhere, and modules would look for it in the old place",
            ObstacleKind::MemberTypeChanged => "has another type, and modules would use it as the old one",
            ObstacleKind::BitFieldChanged => "is a bit-field of another width",
            ObstacleKind::Embedded => {
                "has a value of the type, whose size or alignment is not the one that modules were built with"
            }
            ObstacleKind::PartResized => {
                "has another size or alignment, which modules were built with the old one of"
            }
            ObstacleKind::Shrunk => "the type is smaller than modules expect",
            ObstacleKind::KindChanged => "is another kind of type now",
            ObstacleKind::EnumeratorRemoved => "is gone, and modules may still use its value",
            ObstacleKind::EnumeratorValueChanged => {
                "has another value, and modules were built with the old one"
            }
            ObstacleKind::ParametersChanged => "modules would call the function with the old parameters",
            ObstacleKind::ReturnTypeChanged => "modules would take the result for one of the old type",
            ObstacleKind::VariableTypeChanged => "modules would take the variable for one of the old type",
            ObstacleKind::TypedefChanged => "modules would use it as the old type",
            ObstacleKind::DefinitionGone => {
                "the definition is nowhere in the new build, so it may have changed; include the header that has it"
            }
            ObstacleKind::DefinitionsDiffer => {
                "one name has two definitions in both builds; give the types different names"
            }
            ObstacleKind::ToolchainSpelling => {
                "only the compiler's spelling differs; build both with the same compiler"
            }
            ObstacleKind::Genksyms => "the versions are those of genksyms, which knows no such rules",
            ObstacleKind::NotStable => {
                "has a name that --stable leaves out, so the versions were computed without it; rules need it"
            }
            ObstacleKind::NotUnderstood => {
                "has parts that are not understood, so it is unknown whether modules still fit"
            }
            ObstacleKind::NoEffect => "whatever replaces the type's string, no version comes back",
        }
    }
}

/// What has to be true besides, if a suggestion is followed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Caveat {
    /// What kind it is.
    pub kind: CaveatKind,
    /// The members, enumerators or types that it is about; may be empty.
    pub subject: Vec<u8>,
    /// The files that it is about, if it is about files.
    pub files: Vec<FileId>,
}

/// The kinds of caveats.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum CaveatKind {
    /// Modules must neither allocate the type, nor embed it in types of their own, nor have arrays of it.
    NotAllocated,
    /// Modules that make a value of the type do not set the new member.
    NotInitialized,
    /// What the member means must not have changed.
    SameMeaning,
    /// Modules must not depend on the number of enumerators, nor refuse those that they do not know.
    NotCounted,
    /// Whatever changes in the type later is hidden, too.
    HidesAll,
    /// The rule must be in these objects alone: others see the definition, and must go on to.
    OnlyThere,
    /// A union would give the old name to another member as well, so that the string is stated.
    OldNameLeaks,
    /// A union would not give the member its old name, so that the string is stated.
    OldNameLost,
    /// genksyms reads words, and the types may have others for the same type.
    WordForWord,
    /// The types do not state where members are, nor how large they are.
    LayoutNotStated,
}

impl CaveatKind {
    /// The identifier, which stays as it is.
    pub const fn id(self) -> &'static str {
        match self {
            CaveatKind::NotAllocated => "not-allocated",
            CaveatKind::NotInitialized => "not-initialized",
            CaveatKind::SameMeaning => "same-meaning",
            CaveatKind::NotCounted => "not-counted",
            CaveatKind::HidesAll => "hides-all",
            CaveatKind::OnlyThere => "only-there",
            CaveatKind::OldNameLeaks => "old-name-leaks",
            CaveatKind::OldNameLost => "old-name-lost",
            CaveatKind::WordForWord => "word-for-word",
            CaveatKind::LayoutNotStated => "layout-not-stated",
        }
    }

    /// What must hold.
    pub const fn text(self) -> &'static str {
        match self {
            CaveatKind::NotAllocated => {
                "modules must neither allocate the type, nor embed it in types of their own, nor have arrays of it"
            }
            CaveatKind::NotInitialized => {
                "modules that were built before do not set what is new; the kernel must cope with what is in its place"
            }
            CaveatKind::SameMeaning => "the meaning must be the same as before",
            CaveatKind::NotCounted => {
                "modules must neither depend on the number of enumerators nor get values that they do not know"
            }
            CaveatKind::HidesAll => {
                "the rule hides every later change of the type, too; look at it whenever the type is changed"
            }
            CaveatKind::OnlyThere => {
                "the rule belongs into the source of these objects alone, since others have the definition"
            }
            CaveatKind::OldNameLeaks => {
                "the kernel's tool would give the old name of a union with __kabi_renamed to whatever leads here as well, \
                 unless another member stands behind it; so the string is stated"
            }
            CaveatKind::OldNameLost => {
                "the kernel's tool can lose the old name of a union with __kabi_renamed, because there are members or parameters \
                 in its old type; so the string is stated"
            }
            CaveatKind::WordForWord => {
                "what genksyms sees must be word for word what stood in the old source, of which the types have the meaning alone"
            }
            CaveatKind::LayoutNotStated => {
                "genksyms states neither sizes nor offsets: compare the layouts, for example with pahole on both builds"
            }
        }
    }
}

/// An export that does not get its old version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remaining {
    /// Its name.
    pub export: NameId,
    /// The positions of causes for which nothing is suggested; empty if its own types do not show why.
    pub causes: Rc<Vec<u32>>,
    /// Whether it would if the types of these causes were as they had been.
    pub comes_back: bool,
}
