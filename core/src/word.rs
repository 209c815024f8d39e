//! The words of the format (SPEC section 5), and of what `--canonical` adds to it (section 9).

/// Declares the words and their texts.
macro_rules! words {
    ($($word:ident $text:literal)*) => {
        /// A word of the format, with the blanks and the parenthesis that always stand beside it.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum Word {
            $(#[doc = concat!("`", $text, "`")] $word,)*
        }

        impl Word {
            /// The word's text, as it is written.
            #[inline]
            pub(crate) const fn text(self) -> &'static [u8] {
                match self {
                    $(Word::$word => $text.as_bytes(),)*
                }
            }

            /// The same, in a block.
            #[inline]
            pub(crate) fn alone(self) -> &'static Padded {
                match self {
                    $(Word::$word => const { &Padded::new($text) },)*
                }
            }

            /// Behind a comma, as the beginning of an item.
            #[inline]
            pub(crate) fn item(self) -> &'static Padded {
                match self {
                    $(Word::$word => const { &Padded::new(concat!(" , ", $text)) },)*
                }
            }

            /// Before a space, as an opening bracket.
            #[inline]
            pub(crate) fn open(self) -> &'static Padded {
                match self {
                    $(Word::$word => const { &Padded::new(concat!($text, " ")) },)*
                }
            }

            /// Behind a space, as a closing bracket.
            #[inline]
            pub(crate) fn close(self) -> &'static Padded {
                match self {
                    $(Word::$word => const { &Padded::new(concat!(" ", $text)) },)*
                }
            }
        }
    };
}

/// A word, and what stands beside it, in a block of a fixed size: to copy that takes two instructions, and no call.
#[derive(Debug)]
pub(crate) struct Padded {
    pub(crate) block: [u8; Padded::SIZE],
    pub(crate) length: usize,
}

impl Padded {
    /// Nothing is longer.
    pub(crate) const SIZE: usize = 32;

    pub(crate) const fn new(text: &str) -> Padded {
        let mut block = [0; Padded::SIZE];
        let (room, _) = block.split_at_mut(text.len());
        room.copy_from_slice(text.as_bytes());
        Padded { block, length: text.len() }
    }

    /// The text.
    #[inline]
    pub(crate) fn text(&self) -> &[u8] {
        self.block.get(..self.length).unwrap_or_default()
    }
}

words! {
    // Kinds of descriptions.
    ArrayType "array_type"
    AtomicType "atomic_type"
    BaseType "base_type"
    ClassType "class_type"
    ConstType "const_type"
    Enumerator "enumerator"
    EnumerationType "enumeration_type"
    FormalParameter "formal_parameter "
    ImmutableType "immutable_type"
    Inheritance "inheritance "
    Member "member "
    PackedType "packed_type"
    PointerType "pointer_type"
    ReferenceType "reference_type"
    RestrictType "restrict_type"
    RvalueReferenceType "rvalue_reference_type"
    SharedType "shared_type"
    StaticMember "static_member "
    StructureType "structure_type"
    Subprogram "subprogram "
    SubroutineType "subroutine_type "
    TemplateTypeParameter "template_type_parameter_type"
    TemplateValueParameter "template_value_parameter "
    TypedefType "typedef_type"
    UnionType "union_type"
    // No identifier; see `Options::lenient`.
    UnknownType "unknown_type?"
    UnspecifiedType "unspecified_type"
    Variable "variable "
    Unprototyped "unprototyped"
    VirtualFunction "virtual_function"
    Variant "variant"
    VariantPart "variant_part"
    Void "base_type void"
    VectorType "vector_type"
    VolatileType "volatile_type"
    // Attributes, up to the value.
    Accessibility " accessibility("
    AddressClass " address_class("
    Alignment " alignment("
    Allocated " allocated("
    Associated " associated("
    Bias " bias("
    BinaryScale " binary_scale("
    BitSize " bit_size("
    BitStride " bit_stride("
    ByteSize " byte_size("
    ByteStride " byte_stride("
    CallingConvention " calling_convention("
    DataBitOffset " data_bit_offset("
    DataLocation " data_location("
    DataMemberLocation " data_member_location("
    DecimalScale " decimal_scale("
    DecimalSign " decimal_sign("
    Denominator " denominator("
    DigitCount " digit_count("
    DiscrList " discr_list("
    DiscrValue " discr_value("
    Discriminant " discr("
    Encoding " encoding("
    Endianity " endianity("
    LowerBound " lower_bound("
    Numerator " numerator("
    Ordering " ordering("
    Rank " rank("
    ThreadsScaled " threads_scaled("
    VariableParameter " variable_parameter("
    Virtuality " virtuality("
    VtableElement " vtable_elem_location("
    // What is between them.
    Equals " = "
    HigherHalf "*2^64+"
    Tag " tag"
    Comma " ,"
    Ellipsis "..."
    Arrow "-> "
    OpenBrace " {"
    CloseBrace "}"
    OpenParenthesis "("
    CloseParenthesis ")"
    OpenBracket "["
    CloseBracket "]"
}

impl Word {
    /// The word alone, without blanks and parenthesis: what a reader of the format looks for.
    pub const fn keyword(self) -> &'static [u8] {
        let text = self.text().trim_ascii();
        match text {
            [name @ .., b'('] if !name.is_empty() => name,
            text => text,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Word;

    #[test]
    fn padded_words_are_the_words() {
        for word in [Word::TemplateValueParameter, Word::Void, Word::ByteSize, Word::CloseBrace] {
            let padded = word.alone();
            assert_eq!(padded.text(), word.text());
            assert!(padded.block[padded.length..].iter().all(|&byte| byte == 0));
            assert_eq!(word.item().text(), [b" , ", word.text()].concat());
            assert_eq!(word.open().text(), [word.text(), b" "].concat());
            assert_eq!(word.close().text(), [b" ", word.text()].concat());
        }
    }

    #[test]
    fn keywords_stand_alone() {
        for (word, keyword) in [
            (Word::Member, "member"),
            (Word::ByteSize, "byte_size"),
            (Word::Equals, "="),
            (Word::OpenParenthesis, "("),
            (Word::Arrow, "->"),
            (Word::StructureType, "structure_type"),
        ] {
            assert_eq!(word.keyword(), keyword.as_bytes());
        }
    }
}
