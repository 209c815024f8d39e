//! Declarators: a type around a name, in one line.

use alloc::vec::Vec;

use dwarfksyms_core::Result;
use dwarfksyms_core::budget::Budget;

use super::super::tree::{Attribute, NodeIndex, NodeKind, Tree, Wrapper};
use super::{DEEPEST, Writer, type_title};

impl Writer<'_, '_> {
    /// What stands behind the braces of a type that is spelled out within another.
    pub(super) fn declarator_around(
        &self,
        index: NodeIndex,
        inner: NodeIndex,
        name: &[u8],
        budget: &mut Budget,
    ) -> Result<Vec<u8>> {
        let mut text = name.to_vec();
        let mut at = Some(index);
        while let Some(here) = at.filter(|&here| here != inner) {
            text = self.wrap(here, text, 0, budget)?;
            at = self.tree.type_of(here);
        }
        Ok(text)
    }

    /// A type around a declarator: `const struct file *(*name)(int)`.
    pub(super) fn declarator(
        &self,
        index: NodeIndex,
        name: &[u8],
        level: usize,
        budget: &mut Budget,
    ) -> Result<Vec<u8>> {
        let tree = self.tree;
        let mut text = name.to_vec();
        let mut qualifiers: Vec<u8> = Vec::new();
        let mut at = index;
        let base = loop {
            budget.charge_bytes(text.len())?;
            let inner = tree.type_of(at);
            match (tree.kind(at), inner) {
                (NodeKind::Wrapper(wrapper), Some(inner))
                    if wrapper.is_qualifier() && !self.is_pointer(inner) =>
                {
                    // An array's elements are what the array is, too.
                    let word = qualifier(wrapper);
                    if !qualifiers.split(|&byte| byte == b' ').any(|known| known == word) {
                        qualifiers.extend_from_slice(word);
                        qualifiers.push(b' ');
                    }
                    at = inner;
                }
                // Rust tells the whole type.
                (NodeKind::Wrapper(Wrapper::Pointer), _) if tree.name(at).is_some() => {
                    break tree.name(at).unwrap_or_default().to_vec();
                }
                (NodeKind::Wrapper(Wrapper::Typedef), _) => break tree.name(at).unwrap_or_default().to_vec(),
                (NodeKind::Wrapper(_) | NodeKind::Array | NodeKind::Subroutine, Some(inner)) => {
                    text = self.wrap(at, text, level, budget)?;
                    at = inner;
                }
                (NodeKind::Base, _) if self.is_exact => break exact(tree, at),
                (NodeKind::Base, _) => break tree.name(at).unwrap_or(b"(no name)").to_vec(),
                (NodeKind::Reference, _) => break type_title(tree.name(at).unwrap_or_default()),
                (NodeKind::Text, _) => break tree.name(at).unwrap_or_default().to_vec(),
                (NodeKind::Unspecified, _) => break b"(unspecified)".to_vec(),
                (kind, _) => {
                    let name = tree.name(at).unwrap_or(b"{ ... }");
                    break [keyword(kind), b" ", name].concat();
                }
            }
        };
        let is_close = text.is_empty() || text.first() == Some(&b' ');
        let space: &[u8] = if is_close { b"" } else { b" " };
        Ok([&qualifiers, &base, space, &text].concat())
    }

    /// Puts one level of a type around a declarator.
    fn wrap(&self, index: NodeIndex, text: Vec<u8>, level: usize, budget: &mut Budget) -> Result<Vec<u8>> {
        let tree = self.tree;
        budget.charge_bytes(text.len())?;
        Ok(match tree.kind(index) {
            NodeKind::Array => {
                let mut text = parenthesized(text);
                for child in tree.children(index).filter(|&child| tree.kind(child) == NodeKind::Dimension) {
                    text.push(b'[');
                    if let Some(count) = tree.attribute(child, Attribute::Count) {
                        text.extend_from_slice(itoa::Buffer::new().format(count).as_bytes());
                    } else {
                        text.extend_from_slice(tree.name(child).unwrap_or_default());
                    }
                    text.push(b']');
                }
                text
            }
            NodeKind::Subroutine => {
                let parameters = self.parameters(index, level.saturating_add(1), budget)?;
                [parenthesized(text), parameters].concat()
            }
            NodeKind::Wrapper(Wrapper::Pointer) => [b"*", text.as_slice()].concat(),
            NodeKind::Wrapper(Wrapper::Reference) => [b"&", text.as_slice()].concat(),
            NodeKind::Wrapper(Wrapper::RvalueReference) => [b"&&", text.as_slice()].concat(),
            NodeKind::Wrapper(wrapper) if wrapper.is_qualifier() => {
                let space: &[u8] = if text.is_empty() { b"" } else { b" " };
                [qualifier(wrapper), space, &text].concat()
            }
            _ => text,
        })
    }

    /// The parameters of a function, in parentheses.
    pub(super) fn parameters(&self, index: NodeIndex, level: usize, budget: &mut Budget) -> Result<Vec<u8>> {
        if level >= DEEPEST {
            return Ok(b"(...)".to_vec());
        }
        let tree = self.tree;
        let mut text = b"(".to_vec();
        for (number, parameter) in tree.items(index).enumerate() {
            if number > 0 {
                text.extend_from_slice(b", ");
            }
            if let Some(inner) = tree.type_of(parameter) {
                let name = tree.name(parameter).unwrap_or_default();
                let declarator = self.declarator(inner, name, level.saturating_add(1), budget)?;
                budget.charge_bytes(declarator.len())?;
                budget.extend(&mut text, &declarator)?;
            }
        }
        if text.len() == 1 {
            text.extend_from_slice(b"void");
        }
        text.push(b')');
        Ok(text)
    }

    /// Whether a type is a pointer, however it may be accessed.
    fn is_pointer(&self, index: NodeIndex) -> bool {
        let mut index = index;
        while let NodeKind::Wrapper(wrapper) = self.tree.kind(index)
            && wrapper.is_qualifier()
            && let Some(inner) = self.tree.type_of(index)
        {
            index = inner;
        }
        let kind = self.tree.kind(index);
        matches!(kind, NodeKind::Wrapper(Wrapper::Pointer | Wrapper::Reference | Wrapper::RvalueReference))
            && self.tree.name(index).is_none()
    }
}

/// A base type with what its name does not say: `char<signed>`, `long int<8 bytes>`.
fn exact(tree: &Tree<'_>, index: NodeIndex) -> Vec<u8> {
    let name = tree.name(index).unwrap_or(b"(no name)");
    let sign: Option<&[u8]> = match tree.attribute(index, Attribute::Encoding) {
        Some(5 | 6) if name == b"char" => Some(b"signed"),
        Some(7 | 8) if name == b"char" => Some(b"unsigned"),
        _ => None,
    };
    let mut buffer = itoa::Buffer::new();
    match (sign, tree.attribute(index, Attribute::ByteSize)) {
        (Some(sign), _) => [name, b"<", sign, b">"].concat(),
        (None, Some(size)) => [name, b"<", buffer.format(size).as_bytes(), b" bytes>"].concat(),
        (None, None) => name.to_vec(),
    }
}

/// A declarator that something is put behind.
fn parenthesized(text: Vec<u8>) -> Vec<u8> {
    match text.first() {
        Some(b'*' | b'&') => [b"(", text.as_slice(), b")"].concat(),
        _ => text,
    }
}

fn qualifier(wrapper: Wrapper) -> &'static [u8] {
    match wrapper {
        Wrapper::Volatile => b"volatile",
        Wrapper::Restrict => b"restrict",
        Wrapper::Atomic => b"_Atomic",
        _ => b"const",
    }
}

/// The word for a kind of type.
pub(super) fn keyword(kind: NodeKind) -> &'static [u8] {
    match kind {
        NodeKind::Structure => b"struct",
        NodeKind::Class => b"class",
        NodeKind::Union => b"union",
        NodeKind::Enumeration => b"enum",
        kind => kind.word(),
    }
}
