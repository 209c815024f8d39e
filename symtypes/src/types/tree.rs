//! A type string taken apart (SPEC section 5): a tree of what it is made of.

use alloc::vec::Vec;

use dwarfksyms_core::Word;

/// What a node stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NodeKind {
    /// `base_type`
    Base,
    /// A type around another, such as `pointer_type`.
    Wrapper(Wrapper),
    /// `structure_type`
    Structure,
    /// `class_type`
    Class,
    /// `union_type`
    Union,
    /// `enumeration_type`
    Enumeration,
    /// `array_type`: its dimensions, then the type of its elements.
    Array,
    /// `[N]`, with [`Attribute::Count`], or `[]`.
    Dimension,
    /// `subroutine_type`: the parameters, then the type of the result.
    Subroutine,
    /// `subprogram`: the same of an exported function.
    Subprogram,
    /// `variable`: the type of an exported variable.
    Variable,
    /// `formal_parameter`
    Parameter,
    /// `member`
    Member,
    /// `enumerator`
    Enumerator,
    /// `variant_part`
    VariantPart,
    /// `variant`
    Variant,
    /// `unspecified_type`
    Unspecified,
    /// A reference to a named type: `s#file`.
    Reference,
    /// Text that is kept as it is, such as the C type in a member of the genksyms dialect.
    Text,
}

/// A type around another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Wrapper {
    /// `pointer_type`
    Pointer,
    /// `const_type`
    Const,
    /// `volatile_type`
    Volatile,
    /// `restrict_type`
    Restrict,
    /// `atomic_type`
    Atomic,
    /// `immutable_type`
    Immutable,
    /// `packed_type`
    Packed,
    /// `reference_type`
    Reference,
    /// `rvalue_reference_type`
    RvalueReference,
    /// `shared_type`
    Shared,
    /// `typedef_type`
    Typedef,
    /// `template_type_parameter_type`
    TemplateParameter,
}

impl Wrapper {
    const ALL: [(Wrapper, Word); 12] = [
        (Wrapper::Pointer, Word::PointerType),
        (Wrapper::Const, Word::ConstType),
        (Wrapper::Volatile, Word::VolatileType),
        (Wrapper::Restrict, Word::RestrictType),
        (Wrapper::Atomic, Word::AtomicType),
        (Wrapper::Immutable, Word::ImmutableType),
        (Wrapper::Packed, Word::PackedType),
        (Wrapper::Reference, Word::ReferenceType),
        (Wrapper::RvalueReference, Word::RvalueReferenceType),
        (Wrapper::Shared, Word::SharedType),
        (Wrapper::Typedef, Word::TypedefType),
        (Wrapper::TemplateParameter, Word::TemplateTypeParameter),
    ];

    /// The word in a type string.
    pub fn word(self) -> &'static [u8] {
        keyword(&Wrapper::ALL, self)
    }

    fn of_word(word: &[u8]) -> Option<Wrapper> {
        of_keyword(&Wrapper::ALL, word)
    }

    /// Whether this only says how a value may be accessed.
    pub fn is_qualifier(self) -> bool {
        matches!(self, Wrapper::Const | Wrapper::Volatile | Wrapper::Restrict | Wrapper::Atomic)
    }
}

impl NodeKind {
    /// What has a word of its own. The word of an array has its dimensions behind it.
    const ALL: [(NodeKind, Word); 15] = [
        (NodeKind::Base, Word::BaseType),
        (NodeKind::Structure, Word::StructureType),
        (NodeKind::Class, Word::ClassType),
        (NodeKind::Union, Word::UnionType),
        (NodeKind::Enumeration, Word::EnumerationType),
        (NodeKind::Array, Word::ArrayType),
        (NodeKind::Subroutine, Word::SubroutineType),
        (NodeKind::Subprogram, Word::Subprogram),
        (NodeKind::Variable, Word::Variable),
        (NodeKind::Parameter, Word::FormalParameter),
        (NodeKind::Member, Word::Member),
        (NodeKind::Enumerator, Word::Enumerator),
        (NodeKind::VariantPart, Word::VariantPart),
        (NodeKind::Variant, Word::Variant),
        (NodeKind::Unspecified, Word::UnspecifiedType),
    ];

    /// The word in a type string; none for what has none.
    pub fn word(self) -> &'static [u8] {
        match self {
            NodeKind::Wrapper(wrapper) => wrapper.word(),
            kind => keyword(&NodeKind::ALL, kind),
        }
    }

    /// What a word begins. That of an array may have its dimensions behind it.
    pub(super) fn of_word(word: &[u8]) -> Option<NodeKind> {
        let name = memchr::memchr(b'[', word).and_then(|length| word.get(..length));
        match of_keyword(&NodeKind::ALL, name.unwrap_or(word)) {
            Some(kind) if name.is_none() || kind == NodeKind::Array => Some(kind),
            _ => Wrapper::of_word(word).map(NodeKind::Wrapper),
        }
    }

    /// Whether this stands in a list rather than in the place of a type.
    pub fn is_item(self) -> bool {
        matches!(
            self,
            NodeKind::Parameter
                | NodeKind::Member
                | NodeKind::Enumerator
                | NodeKind::VariantPart
                | NodeKind::Variant
        )
    }

    /// Whether this has members or enumerators of its own.
    pub fn is_aggregate(self) -> bool {
        matches!(self, NodeKind::Structure | NodeKind::Class | NodeKind::Union | NodeKind::Enumeration)
    }
}

/// What a number in a type string says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Attribute {
    /// `byte_size(N)`
    ByteSize,
    /// `alignment(N)`
    Alignment,
    /// `encoding(N)`
    Encoding,
    /// `accessibility(N)`
    Accessibility,
    /// `bit_size(N)`
    BitSize,
    /// `data_bit_offset(N)`
    DataBitOffset,
    /// `data_member_location(N)`
    DataMemberLocation,
    /// `discr_value(N)`
    DiscrValue,
    /// `= N` behind an enumerator.
    Value,
    /// The number of elements in a dimension of an array.
    Count,
}

impl Attribute {
    const ALL: [(Attribute, Word); 8] = [
        (Attribute::ByteSize, Word::ByteSize),
        (Attribute::Alignment, Word::Alignment),
        (Attribute::Encoding, Word::Encoding),
        (Attribute::Accessibility, Word::Accessibility),
        (Attribute::BitSize, Word::BitSize),
        (Attribute::DataBitOffset, Word::DataBitOffset),
        (Attribute::DataMemberLocation, Word::DataMemberLocation),
        (Attribute::DiscrValue, Word::DiscrValue),
    ];

    /// The word in front of the parentheses; none for the others.
    pub fn word(self) -> &'static [u8] {
        keyword(&Attribute::ALL, self)
    }

    pub(super) fn of_word(word: &[u8]) -> Option<Attribute> {
        of_keyword(&Attribute::ALL, word)
    }

    /// Whether this is said of an item rather than of a type.
    pub(super) fn is_of_item(self) -> bool {
        matches!(
            self,
            Attribute::Accessibility
                | Attribute::BitSize
                | Attribute::DataBitOffset
                | Attribute::DataMemberLocation
        )
    }
}

/// The word in the format; none for what has none.
fn keyword<T: PartialEq>(words: &[(T, Word)], wanted: T) -> &'static [u8] {
    words.iter().find(|(known, _)| *known == wanted).map_or(b"", |(_, word)| word.keyword())
}

/// What a word of the format stands for.
fn of_keyword<T: Copy>(words: &[(T, Word)], text: &[u8]) -> Option<T> {
    words.iter().find(|(_, word)| word.keyword() == text).map(|&(known, _)| known)
}

/// A part of a type string.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Node<'t> {
    /// What it is.
    pub kind: NodeKind,
    /// Its name; for a reference, the name of the type with its prefix; for text, the text.
    pub name: Option<&'t [u8]>,
    /// Whether it is an item that follows another without a comma (SPEC section 5, the lost comma).
    pub has_lost_comma: bool,
    /// One past the last node inside.
    pub(super) end: usize,
    /// Its attributes are those of the tree from here ...
    pub(super) first_attribute: usize,
    /// ... to here.
    pub(super) last_attribute: usize,
}

/// A type string taken apart: the nodes in the order of the text, each before what is inside it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tree<'t> {
    pub(super) nodes: Vec<Node<'t>>,
    pub(super) attributes: Vec<(Attribute, u64)>,
    /// Whether it is C, of which nobody knows sizes and places.
    pub(super) is_unmeasured: bool,
}

/// A node of a tree, by its position.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct NodeIndex(pub(super) usize);

impl Node<'_> {
    /// The position one past the last node inside.
    pub(crate) fn end_of_part(&self) -> usize {
        self.end
    }
}

impl NodeIndex {
    /// The node that comes so many behind another.
    pub(crate) fn after(index: NodeIndex, count: usize) -> NodeIndex {
        NodeIndex(index.0.saturating_add(count))
    }

    /// How far a node is behind another; `None` if it is before it.
    pub(crate) fn distance(from: NodeIndex, to: NodeIndex) -> Option<usize> {
        to.0.checked_sub(from.0)
    }
}

impl<'t> Tree<'t> {
    /// The node that everything is in.
    pub const ROOT: NodeIndex = NodeIndex(0);

    /// A node.
    pub fn node(&self, index: NodeIndex) -> Option<&Node<'t>> {
        self.nodes.get(index.0)
    }

    /// Whether the text is one that states sizes and places, rather than C as genksyms has it.
    pub(crate) fn is_measured(&self) -> bool {
        !self.is_unmeasured
    }

    /// What the whole is.
    pub fn root(&self) -> Option<&Node<'t>> {
        self.node(Tree::ROOT)
    }

    /// A node's kind; [`NodeKind::Text`] if there is no such node.
    pub fn kind(&self, index: NodeIndex) -> NodeKind {
        self.node(index).map_or(NodeKind::Text, |node| node.kind)
    }

    /// A node's name.
    pub fn name(&self, index: NodeIndex) -> Option<&'t [u8]> {
        self.node(index)?.name
    }

    /// The nodes directly inside one, in order.
    pub fn children(&self, index: NodeIndex) -> impl Iterator<Item = NodeIndex> + use<'_, 't> {
        let end = self.node(index).map_or(0, |node| node.end);
        let mut next = index.0.saturating_add(1);
        core::iter::from_fn(move || {
            let child = NodeIndex(next);
            let node = self.node(child).filter(|_| next < end)?;
            next = node.end.max(next.saturating_add(1));
            Some(child)
        })
    }

    /// All nodes of a part, itself first.
    pub fn part(&self, index: NodeIndex) -> &[Node<'t>] {
        let end = self.node(index).map_or(0, |node| node.end);
        self.nodes.get(index.0..end).unwrap_or_default()
    }

    /// The items in a list, or variants and members in nested ones.
    pub fn items(&self, index: NodeIndex) -> impl Iterator<Item = NodeIndex> + use<'_, 't> {
        self.children(index).filter(|&child| self.kind(child).is_item())
    }

    /// The type of an item, variable, array's element or result; what a wrapper is around.
    pub fn type_of(&self, index: NodeIndex) -> Option<NodeIndex> {
        self.children(index).find(|&child| {
            let kind = self.kind(child);
            !kind.is_item() && kind != NodeKind::Dimension
        })
    }

    /// The attributes of a node, in the order of the text.
    pub fn attributes(&self, index: NodeIndex) -> &[(Attribute, u64)] {
        self.node(index).map(|node| self.attributes_of(node)).unwrap_or_default()
    }

    fn attributes_of(&self, node: &Node<'_>) -> &[(Attribute, u64)] {
        self.attributes.get(node.first_attribute..node.last_attribute).unwrap_or_default()
    }

    /// An attribute of a node.
    pub fn attribute(&self, index: NodeIndex, attribute: Attribute) -> Option<u64> {
        self.attributes(index).iter().find(|&&(known, _)| known == attribute).map(|&(_, value)| value)
    }

    /// The size of a type in bytes, as far as its own text states it.
    pub fn own_size(&self, index: NodeIndex) -> Option<u64> {
        self.attribute(index, Attribute::ByteSize)
    }

    /// Whether two parts are the same, in all but whether commas were lost.
    pub fn is_same(&self, index: NodeIndex, other: &Tree<'_>, other_index: NodeIndex) -> bool {
        let (part, other_part) = (self.part(index), other.part(other_index));
        part.len() == other_part.len()
            && part.iter().zip(other_part).all(|(node, theirs)| {
                node.kind == theirs.kind
                    && node.end.abs_diff(index.0) == theirs.end.abs_diff(other_index.0)
                    && node.name == theirs.name
                    && self.attributes_of(node) == other.attributes_of(theirs)
            })
    }
}
