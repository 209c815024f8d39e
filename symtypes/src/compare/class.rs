//! The classes of changes: stable identifiers, what they mean for modules that were built before, and what to do.

/// Whether modules that were built before still work.
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

            /// What the change means for modules that were built before, as far as the types tell.
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
    /// A member is gone.
    MemberRemoved, "member-removed", Breaks,
        "struct s { int a; int b; }  =>  struct s { int a; }",
        "keep the member, or a placeholder of its size and alignment";
    /// A member was added, and others have moved for it.
    MemberInserted, "member-inserted", Breaks,
        "struct s { int a; int b; }  =>  struct s { int a; int c; int b; }",
        "move the new member into a hole, into reserved space, or to the end";
    /// A member was added where there was a hole, and nothing else has moved.
    MemberAddedInPadding, "member-added-in-padding", Harmless,
        "struct s { char a; long b; }  =>  struct s { char a; char c; long b; }",
        "hide the new member from the version with a __kabi_ignored name";
    /// A member was added behind all others, and the size has grown.
    MemberAppended, "member-appended", Unclear,
        "struct s { long a; }  =>  struct s { long a; long b; }",
        "if modules neither allocate nor embed the type, hide the member (__kabi_ignored) and state the old size (byte_size)";
    /// A member was added in space that another one reserved for such, by its name or by having none; or that space is another
    /// one, or gone.
    ReservedSpaceUsed, "reserved-space-used", Harmless,
        "struct s { int a; int reserved; }  =>  struct s { int a; int b; }",
        "put the new member into a union with the old one, under a __kabi_reserved name";
    /// A member was added to a union, and its size has not changed.
    UnionMemberAdded, "union-member-added", Harmless,
        "union u { long a; }  =>  union u { long a; int b; }",
        "hide the new member from the version with a __kabi_ignored name";
    /// Members stand elsewhere, or in another order.
    MemberMoved, "member-moved", Breaks,
        "struct s { int a; int b; }  =>  struct s { int b; int a; }",
        "restore the order of the members, or the alignment and packing of the type";
    /// A member has another type.
    MemberTypeChanged, "member-type-changed", Breaks,
        "struct s { int a; }  =>  struct s { long a; }",
        "restore the type of the member; if size and meaning are the same, state the old one (type_string, __kabi_renamed)";
    /// A bit-field has another width.
    BitFieldChanged, "bit-field-changed", Breaks,
        "struct s { unsigned a : 3; }  =>  struct s { unsigned a : 4; }",
        "restore the width of the bit-field";
    /// A member has another name, and the same type at the same offset.
    MemberRenamed, "member-renamed", Harmless,
        "struct s { int a; }  =>  struct s { int b; }",
        "state the old name with __kabi_renamed";
    /// A member has the same place and type, and is in other company there: a union or structure was put around it, or taken
    /// away.
    MemberWrapped, "member-wrapped", Harmless,
        "struct s { int a; }  =>  struct s { union { int a; int b; }; }",
        "state the old member with __kabi_renamed";
    /// The size has changed, and no member tells why.
    SizeChanged, "size-changed", Unclear,
        "struct s { long a; char b; }  =>  struct s { long a; char b; } __attribute__((packed))",
        "restore the size; if modules neither allocate nor embed the type, state the old one (byte_size)";
    /// The alignment that is asked for has changed, but not the size.
    AlignmentChanged, "alignment-changed", Unclear,
        "struct s { int a, b; }  =>  struct s { int a, b; } __attribute__((aligned(8)))",
        "restore the alignment, unless no module embeds the type";
    /// An alignment is stated, or no longer, that the type has anyway.
    AlignmentStated, "alignment-stated", Harmless,
        "struct s { long a; }  =>  struct s { long a; } __attribute__((aligned(8)))",
        "restore the declaration, or state the old type (type_string)";
    /// Something has a value of a type whose size or alignment is another one: members of that have moved, elements of an array
    /// are elsewhere, or the value is passed to or from a function. Or an enumeration has another size, also where it is only
    /// pointed to: whoever reads or writes a value of it takes all of it.
    ValueResized, "value-resized", Breaks,
        "struct i { int a; };  struct s { struct i i; int b; }  =>  struct i { int a; int c; };  the same struct s",
        "keep the size of the type: use a hole or reserved space in it, or a pointer to what is new";
    /// A structure has become a union, an enumeration a typedef, or the like.
    KindChanged, "kind-changed", Breaks,
        "struct s { int a; }  =>  union s { int a; }",
        "restore the kind of the type";
    /// What was only declared is now defined for the export.
    BecameDefinition, "became-definition", Harmless,
        "struct s;  =>  struct s { int a; }",
        "do not include the header with the definition, or treat the type as a declaration (declonly)";
    /// What was defined is now only declared for the export.
    BecameDeclaration, "became-declaration", Harmless,
        "struct s { int a; }  =>  struct s;",
        "include the header with the definition";
    /// A type that a source file kept to itself has moved to a header.
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
    /// Enumerators were added behind all others, or in front of one that only counts them.
    EnumeratorAppended, "enumerator-appended", Unclear,
        "enum e { A, B }  =>  enum e { A, B, C }",
        "if nothing depends on the number of enumerators, ignore the new ones (enumerator_ignore), and state the old count (enumerator_value)";
    /// An enumerator was added among the others, and some of those have other values for it.
    EnumeratorInserted, "enumerator-inserted", Breaks,
        "enum e { A, B }  =>  enum e { A, C, B }",
        "add new enumerators at the end";
    /// An enumerator was added among the others, and those have kept their values.
    EnumeratorAdded, "enumerator-added", Unclear,
        "enum e { A = 1, B = 4 }  =>  enum e { A = 1, C = 2, B = 4 }",
        "if modules need not know it, ignore the new enumerator (enumerator_ignore)";
    /// An enumerator is gone.
    EnumeratorRemoved, "enumerator-removed", Unclear,
        "enum e { A, B }  =>  enum e { A }",
        "keep the enumerator";
    /// An enumerator has another value.
    EnumeratorValueChanged, "enumerator-value-changed", Breaks,
        "enum e { A = 1 }  =>  enum e { A = 2 }",
        "restore the value; if it is only a count, state the old one (enumerator_value)";
    /// An enumerator has another name, and the same value.
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
    /// Parameters have the same names and types, in another order.
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
    /// A function gives back something else.
    ReturnTypeChanged, "return-type-changed", Breaks,
        "int f(void);  =>  long f(void);",
        "keep the function as it was, and add another one";
    /// A variable has another type.
    VariableTypeChanged, "variable-type-changed", Breaks,
        "extern int v;  =>  extern long v;",
        "keep the variable as it was, and add another one";
    /// The same type is written in another way: under another typedef, with another base type of the same size and signedness, or
    /// with `[]` for `[0]`.
    TypeRespelled, "type-respelled", Harmless,
        "struct s { unsigned int a; }  =>  struct s { u32 a; }",
        "restore the spelling, or state the old type (type_string, __kabi_renamed)";
    /// A number is of the same size, and signed on one side alone.
    SignednessChanged, "signedness-changed", Unclear,
        "struct s { int a; }  =>  struct s { unsigned int a; }",
        "restore the signedness, unless every value means the same in both";
    /// Something differs of which the types do not state the size or place: those of genksyms state none, and no type string
    /// states where bit-fields are that were described as before DWARF 5.
    NotStated, "not-stated", Unclear,
        "genksyms: struct s { struct i a; int b; }  =>  struct s { struct j a; int b; }",
        "compare objects, or kernels with debugging information, which state sizes and places";
    /// A type has the same size and place, and may be taken for something else: a pointer leads to `void` or to something only
    /// declared on one side, a boolean is a number, a structure has nothing but the other type in it.
    TypeReinterpreted, "type-reinterpreted", Unclear,
        "struct s { void *a; }  =>  struct s { struct t *a; }",
        "restore the type, unless it means the same; then state the old one (type_string, __kabi_renamed)";
    /// Only `const`, `volatile` or the like has come or gone.
    QualifierChanged, "qualifier-changed", Harmless,
        "void f(char *a);  =>  void f(const char *a);",
        "restore the qualifier, or state the old type (type_string)";
    /// Only the compiler says the same in another way: it names base types differently, or leaves out the size of pointers,
    /// the offset 0, or before DWARF 5 the place of a bit-field.
    ToolchainSpelling, "toolchain-spelling", Harmless,
        "long unsigned int (gcc)  =>  unsigned long (clang)",
        "build both kernels with the same compiler";
    /// One name has different definitions in one build, and not the same ones are met.
    DefinitionsDiffer, "definitions-differ", Unclear,
        "a.c: struct s { int a; }  b.c: struct s { long a; }",
        "give the types different names";
    /// Only a comma has come or gone that the kernel's tool loses by chance (SPEC section 5).
    CommaLost, "comma-lost", Harmless,
        "another export comes first in the object",
        "build both kernels with --canonical, or export the same symbols";
    /// The type differs, in a way that has no class of its own.
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
