//! The classes of changes: stable identifiers, what they mean for existing modules, and what to do.

/// Whether existing modules still work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// They do, whatever the number says.
    Harmless,
    /// It depends on how they use the type.
    Unclear,
    /// They do not.
    Breaks,
}

/// Defines the classes once.
macro_rules! classes {
    ($($(#[doc = $doc:literal])* $variant:ident, $id:literal, $verdict:ident, $example:literal, $remedy:literal;)*) => {
        /// A class of changes.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Class {
            $($(#[doc = $doc])* $variant,)*
        }

        impl Class {
            /// Every class.
            pub const ALL: &[Class] = &[$(Class::$variant),*];

            /// The identifier, which stays as it is: rules of policies name it.
            pub const fn id(self) -> &'static str {
                match self { $(Class::$variant => $id,)* }
            }

            /// What has changed, in a sentence.
            pub const fn meaning(self) -> &'static str {
                match self { $(Class::$variant => concat!($($doc),*).trim_ascii(),)* }
            }

            /// What the change means for existing modules, as far as the types show.
            pub const fn verdict(self) -> Verdict {
                match self { $(Class::$variant => Verdict::$verdict,)* }
            }

            /// A change of this class.
            pub const fn example(self) -> &'static str {
                match self { $(Class::$variant => $example,)* }
            }

            /// What to do about it.
            pub const fn remedy(self) -> &'static str {
                match self { $(Class::$variant => $remedy,)* }
            }
        }
    };
}

classes! {
    /// A member was removed.
    MemberRemoved, "member-removed", Breaks,
        "struct s { int a; int b; }  =>  struct s { int a; }",
        "keep the member, or a placeholder of its size and alignment";
    /// A member was added, and others moved to make room.
    MemberInserted, "member-inserted", Breaks,
        "struct s { int a; int b; }  =>  struct s { int a; int c; int b; }",
        "move the new member into a hole, into reserved space, or to the end";
    /// A member was added in a hole, and nothing else has moved.
    MemberAddedInPadding, "member-added-in-padding", Harmless,
        "struct s { char a; long b; }  =>  struct s { char a; char c; long b; }",
        "hide the new member from the version with a __kabi_ignored name";
    /// A member was added after all others, and the size has grown.
    MemberAppended, "member-appended", Unclear,
        "struct s { long a; }  =>  struct s { long a; long b; }",
        "if modules neither allocate nor embed the type, hide the member (__kabi_ignored) and state the old size (byte_size)";
    /// A member was added in space that another member reserved for it (one with a name such as `reserved`, or with no
    /// name); or the reserved space has changed, or is gone.
    ReservedSpaceUsed, "reserved-space-used", Harmless,
        "struct s { int a; int reserved; }  =>  struct s { int a; int b; }",
        "put the new member into a union with the old one, under a __kabi_reserved name";
    /// A member was added to a union, and the size of the union is the same.
    UnionMemberAdded, "union-member-added", Harmless,
        "union u { long a; }  =>  union u { long a; int b; }",
        "hide the new member from the version with a __kabi_ignored name";
    /// Members have moved, or changed their order.
    MemberMoved, "member-moved", Breaks,
        "struct s { int a; int b; }  =>  struct s { int b; int a; }",
        "restore the order of the members, or the alignment and packing of the type";
    /// The type of a member has changed.
    MemberTypeChanged, "member-type-changed", Breaks,
        "struct s { int a; }  =>  struct s { long a; }",
        "restore the type of the member; if size and meaning are the same, state the old one (type_string, __kabi_renamed)";
    /// The width of a bit-field has changed.
    BitFieldChanged, "bit-field-changed", Breaks,
        "struct s { unsigned a : 3; }  =>  struct s { unsigned a : 4; }",
        "restore the width of the bit-field";
    /// A member has another name, but the same type and offset.
    MemberRenamed, "member-renamed", Harmless,
        "struct s { int a; }  =>  struct s { int b; }",
        "state the old name with __kabi_renamed";
    /// A member has the same offset and type, but is nested differently: a union or structure was put around it, or removed.
    MemberWrapped, "member-wrapped", Harmless,
        "struct s { int a; }  =>  struct s { union { int a; int b; }; }",
        "state the old member with __kabi_renamed";
    /// The size has changed, and no member explains why.
    SizeChanged, "size-changed", Unclear,
        "struct s { long a; char b; }  =>  struct s { long a; char b; } __attribute__((packed))",
        "restore the size; if modules neither allocate nor embed the type, state the old one (byte_size)";
    /// The requested alignment has changed, but not the size.
    AlignmentChanged, "alignment-changed", Unclear,
        "struct s { int a, b; }  =>  struct s { int a, b; } __attribute__((aligned(8)))",
        "restore the alignment, unless no module embeds the type";
    /// The declaration now states, or no longer states, an alignment that the type has anyway.
    AlignmentStated, "alignment-stated", Harmless,
        "struct s { long a; }  =>  struct s { long a; } __attribute__((aligned(8)))",
        "restore the declaration, or state the old type (type_string)";
    /// The type has another size or alignment, and something holds a value of it: members behind that value have moved, elements
    /// of an array have moved, or the value is passed to or from a function. For an enumeration, a pointer is enough: code that
    /// reads or writes through it uses the size.
    ValueResized, "value-resized", Breaks,
        "struct i { int a; };  struct s { struct i i; int b; }  =>  struct i { int a; int c; };  the same struct s",
        "keep the size of the type: use a hole or reserved space in it, or a pointer to what is new";
    /// A structure has become a union, an enumeration a typedef, or the like.
    KindChanged, "kind-changed", Breaks,
        "struct s { int a; }  =>  union s { int a; }",
        "restore the kind of the type";
    /// A type that was only declared for the export is now defined.
    BecameDefinition, "became-definition", Harmless,
        "struct s;  =>  struct s { int a; }",
        "do not include the header with the definition, or treat the type as a declaration (declonly)";
    /// A type that was defined for the export is now only declared.
    BecameDeclaration, "became-declaration", Harmless,
        "struct s { int a; }  =>  struct s;",
        "include the header with the definition";
    /// A type that was private to a source file has moved to a header.
    PrivateBecamePublic, "private-became-public", Harmless,
        "s.c: struct s { int a; }  =>  s.h: struct s { int a; }",
        "move the definition back to the source file, or treat the type as a declaration (declonly)";
    /// A type has another name, and nothing else has changed.
    TypeRenamed, "type-renamed", Harmless,
        "struct s { int a; }  =>  struct t { int a; }",
        "keep the old name";
    /// A typedef stands for another type.
    TypedefChanged, "typedef-changed", Breaks,
        "typedef int t;  =>  typedef long t;",
        "restore the type that the typedef stands for";
    /// Enumerators were added after all others, or before one that only counts them.
    EnumeratorAppended, "enumerator-appended", Unclear,
        "enum e { A, B }  =>  enum e { A, B, C }",
        "if nothing depends on the number of enumerators, ignore the new ones (enumerator_ignore), and state the old count (enumerator_value)";
    /// An enumerator was added among the others, and some of their values have changed.
    EnumeratorInserted, "enumerator-inserted", Breaks,
        "enum e { A, B }  =>  enum e { A, C, B }",
        "add new enumerators at the end";
    /// An enumerator was added among the others, and their values are the same.
    EnumeratorAdded, "enumerator-added", Unclear,
        "enum e { A = 1, B = 4 }  =>  enum e { A = 1, C = 2, B = 4 }",
        "if modules do not need the new enumerator, ignore it (enumerator_ignore)";
    /// An enumerator was removed.
    EnumeratorRemoved, "enumerator-removed", Unclear,
        "enum e { A, B }  =>  enum e { A }",
        "keep the enumerator";
    /// An enumerator has another value.
    EnumeratorValueChanged, "enumerator-value-changed", Breaks,
        "enum e { A = 1 }  =>  enum e { A = 2 }",
        "restore the value; if it is only a count, state the old one (enumerator_value)";
    /// An enumerator has another name, but the same value.
    EnumeratorRenamed, "enumerator-renamed", Harmless,
        "enum e { A = 1 }  =>  enum e { B = 1 }",
        "keep the old name";
    /// A function takes more parameters.
    ParameterAdded, "parameter-added", Breaks,
        "void f(int a);  =>  void f(int a, int b);",
        "keep the function as it was, and add another one";
    /// A function takes fewer parameters.
    ParameterRemoved, "parameter-removed", Breaks,
        "void f(int a, int b);  =>  void f(int a);",
        "keep the function as it was, and add another one";
    /// Parameters have the same names and types, but another order.
    ParameterMoved, "parameter-moved", Breaks,
        "void f(int a, long b);  =>  void f(long b, int a);",
        "restore the order, or add another function";
    /// A parameter has another type.
    ParameterTypeChanged, "parameter-type-changed", Breaks,
        "void f(int a);  =>  void f(long a);",
        "keep the function as it was, and add another one";
    /// A parameter has another name.
    ParameterRenamed, "parameter-renamed", Harmless,
        "void f(int a);  =>  void f(int b);",
        "keep the old name";
    /// A function returns another type.
    ReturnTypeChanged, "return-type-changed", Breaks,
        "int f(void);  =>  long f(void);",
        "keep the function as it was, and add another one";
    /// A variable has another type.
    VariableTypeChanged, "variable-type-changed", Breaks,
        "extern int v;  =>  extern long v;",
        "keep the variable as it was, and add another one";
    /// The same type is spelled differently: through another typedef, as another base type of the same size and signedness, or as
    /// `[]` instead of `[0]`.
    TypeRespelled, "type-respelled", Harmless,
        "struct s { unsigned int a; }  =>  struct s { u32 a; }",
        "restore the spelling, or state the old type (type_string, __kabi_renamed)";
    /// A number has the same size, but is signed on one side only.
    SignednessChanged, "signedness-changed", Unclear,
        "struct s { int a; }  =>  struct s { unsigned int a; }",
        "restore the signedness, unless every value means the same in both";
    /// Something differs whose size or place the types do not state. Types of genksyms state none, and no type string states
    /// where bit-fields are if they are described as before DWARF 5.
    NotStated, "not-stated", Unclear,
        "genksyms: struct s { struct i a; int b; }  =>  struct s { struct j a; int b; }",
        "compare objects, or kernels with debugging information, which state sizes and places";
    /// A type has the same size and place, but may mean something else: a pointer leads to `void`, or to a type only declared, on
    /// one side; a boolean is a number; a structure contains only the other type.
    TypeReinterpreted, "type-reinterpreted", Unclear,
        "struct s { void *a; }  =>  struct s { struct t *a; }",
        "restore the type, unless it means the same; then state the old one (type_string, __kabi_renamed)";
    /// Only a qualifier such as `const` or `volatile` was added or removed.
    QualifierChanged, "qualifier-changed", Harmless,
        "void f(char *a);  =>  void f(const char *a);",
        "restore the qualifier, or state the old type (type_string)";
    /// Only the compiler spells the same thing differently: it names base types differently, or omits the size of pointers, the
    /// offset 0, or, before DWARF 5, the place of a bit-field.
    ToolchainSpelling, "toolchain-spelling", Harmless,
        "long unsigned int (gcc)  =>  unsigned long (clang)",
        "build both kernels with the same compiler";
    /// One name has different definitions in one build, and the exports do not reach the same ones.
    DefinitionsDiffer, "definitions-differ", Unclear,
        "a.c: struct s { int a; }  b.c: struct s { long a; }",
        "give the types different names";
    /// The only difference is a comma that the kernel's tool loses by chance (SPEC section 5).
    CommaLost, "comma-lost", Harmless,
        "another export comes first in the object",
        "build both kernels with --canonical, or export the same symbols";
    /// The type differs in a way that has no class.
    Other, "other", Unclear,
        "a variant of a Rust enum",
        "look at the difference";
}

impl Class {
    /// The class with an identifier.
    pub fn of_id(id: &str) -> Option<Class> {
        Class::ALL.iter().copied().find(|class| class.id() == id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn identifiers_are_unique_and_lead_back() {
        let ids: BTreeSet<&str> = Class::ALL.iter().map(|class| class.id()).collect();
        assert_eq!(ids.len(), Class::ALL.len());
        for class in Class::ALL {
            assert_eq!(Class::of_id(class.id()), Some(*class));
        }
        assert_eq!(Class::of_id("no-such-class"), None);
    }
}
