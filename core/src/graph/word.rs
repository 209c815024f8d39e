//! The words of the format (SPEC section 5).

/// Declares the words and their texts.
macro_rules! words {
    ($($word:ident $text:literal)*) => {
        /// A word of the format.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) enum Word {
            $($word,)*
        }

        impl Word {
            /// The word's text.
            pub(crate) fn text(self) -> &'static [u8] {
                match self {
                    $(Word::$word => $text,)*
                }
            }
        }
    };
}

words! {
    // Kinds of descriptions.
    ArrayType b"array_type"
    AtomicType b"atomic_type"
    BaseType b"base_type"
    ClassType b"class_type"
    ConstType b"const_type"
    Enumerator b"enumerator"
    EnumerationType b"enumeration_type"
    FormalParameter b"formal_parameter "
    ImmutableType b"immutable_type"
    Inheritance b"inheritance "
    Member b"member "
    PackedType b"packed_type"
    PointerType b"pointer_type"
    ReferenceType b"reference_type"
    RestrictType b"restrict_type"
    RvalueReferenceType b"rvalue_reference_type"
    SharedType b"shared_type"
    StaticMember b"static_member "
    StructureType b"structure_type"
    Subprogram b"subprogram "
    SubroutineType b"subroutine_type "
    TemplateTypeParameter b"template_type_parameter_type"
    TemplateValueParameter b"template_value_parameter "
    TypedefType b"typedef_type"
    UnionType b"union_type"
    UnspecifiedType b"unspecified_type"
    Variable b"variable "
    Variant b"variant"
    VariantPart b"variant_part"
    Void b"base_type void"
    VolatileType b"volatile_type"
    // Attributes, up to the value.
    Accessibility b" accessibility("
    Alignment b" alignment("
    BitSize b" bit_size("
    ByteSize b" byte_size("
    DataBitOffset b" data_bit_offset("
    DataMemberLocation b" data_member_location("
    DiscrValue b" discr_value("
    Encoding b" encoding("
    Virtuality b" virtuality("
    // What is between them.
    Equals b" = "
    Comma b" ,"
    Arrow b"-> "
    OpenBrace b" {"
    CloseBrace b"}"
    OpenParenthesis b"("
    CloseParenthesis b")"
    OpenBracket b"["
    CloseBracket b"]"
}
