//! Types as a C programmer would write them: one line per member.

mod declarator;

use alloc::vec::Vec;

use dwarfksyms_core::Result;
use dwarfksyms_core::budget::Budget;

use self::declarator::keyword;
use super::tree::{Attribute, NodeIndex, NodeKind, Tree, Wrapper};

/// A line of a declaration.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DeclarationLine {
    /// How many levels of braces it is in.
    pub depth: usize,
    /// C-like text, without blanks in front.
    pub text: Vec<u8>,
    /// Where the member begins, in bits from the beginning of what the line before it opened.
    pub offset: Option<u64>,
    /// What else the line says of itself: `size 24`, behind a type.
    pub note: Vec<u8>,
}

/// How deep types are written out in one line, and in braces: what is deeper is left out.
const DEEPEST: usize = 24;

impl Tree<'_> {
    /// The type as C-like text; `name` is that of the export, if it is one.
    ///
    /// # Errors
    /// A limit.
    pub fn declaration(&self, name: &[u8], budget: &mut Budget) -> Result<Vec<DeclarationLine>> {
        self.declared(name, false, budget)
    }

    /// The same with the size and sign of each base type, which its name may not show: `char` of either sign.
    ///
    /// # Errors
    /// A limit.
    pub fn exact_declaration(&self, name: &[u8], budget: &mut Budget) -> Result<Vec<DeclarationLine>> {
        self.declared(name, true, budget)
    }

    fn declared(&self, name: &[u8], is_exact: bool, budget: &mut Budget) -> Result<Vec<DeclarationLine>> {
        let mut writer = Writer { tree: self, lines: Vec::new(), is_exact };
        writer.root(name, budget)?;
        Ok(writer.lines)
    }

    /// A type in one line: `const struct file *`.
    ///
    /// # Errors
    /// A limit.
    pub fn type_text(&self, index: NodeIndex, budget: &mut Budget) -> Result<Vec<u8>> {
        let writer = Writer { tree: self, lines: Vec::new(), is_exact: false };
        writer.declarator(index, &[], 0, budget)
    }
}

impl Tree<'_> {
    /// A member, parameter or type in one line, for a sentence: cut where it is long.
    pub(crate) fn short_text(&self, index: NodeIndex, budget: &mut Budget) -> Result<Vec<u8>> {
        const LONGEST: usize = 120;
        let writer = Writer { tree: self, lines: Vec::new(), is_exact: false };
        let inner = if self.kind(index).is_item() { self.type_of(index) } else { Some(index) };
        let mut name = self.name(index).filter(|_| inner != Some(index)).unwrap_or_default().to_vec();
        if let Some(width) = self.attribute(index, Attribute::BitSize) {
            name.extend_from_slice(b" : ");
            name.extend_from_slice(itoa::Buffer::new().format(width).as_bytes());
        }
        let mut text = match inner {
            Some(inner) => writer.declarator(inner, &name, 0, budget)?,
            None => name,
        };
        if text.len() > LONGEST {
            text.truncate(LONGEST);
            text.extend_from_slice(b"...");
        }
        Ok(text)
    }

    /// A member as C has it, under a name, in as many lines as it takes; each line with its blanks and a line break.
    pub(crate) fn member_text(
        &self,
        index: NodeIndex,
        name: &[u8],
        depth: usize,
        budget: &mut Budget,
    ) -> Result<Vec<u8>> {
        let mut writer = Writer { tree: self, lines: Vec::new(), is_exact: false };
        let mut name = name.to_vec();
        if let Some(width) = self.attribute(index, Attribute::BitSize) {
            name.extend_from_slice(b" : ");
            name.extend_from_slice(itoa::Buffer::new().format(width).as_bytes());
        }
        if let Some(inner) = self.type_of(index) {
            writer.item(inner, &name, b"", depth, None, budget)?;
        }
        let mut text = Vec::new();
        for line in &writer.lines {
            for _ in 0..line.depth {
                budget.push(&mut text, b'\t')?;
            }
            budget.extend(&mut text, &line.text)?;
            budget.push(&mut text, b'\n')?;
        }
        Ok(text)
    }

    /// Where a member begins, in bits; none if nothing is said of it.
    pub fn offset(&self, member: NodeIndex) -> Option<u64> {
        offset(self, member)
    }
}

/// A type's name with the word that C puts before it: `struct file` for `s#file`.
pub fn type_title(name: &[u8]) -> Vec<u8> {
    let (prefix, rest) = name.split_at_checked(2).unwrap_or((name, &[]));
    let rest = rest.strip_prefix(b"'").and_then(|rest| rest.strip_suffix(b"'")).unwrap_or(rest);
    let word: &[u8] = match prefix {
        b"s#" => b"struct ",
        b"u#" => b"union ",
        b"e#" => b"enum ",
        b"t#" | b"E#" => b"",
        _ => return name.to_vec(),
    };
    [word, rest].concat()
}

struct Writer<'a, 't> {
    tree: &'a Tree<'t>,
    lines: Vec<DeclarationLine>,
    /// Whether base types are written with their sizes and signs.
    is_exact: bool,
}

impl Writer<'_, '_> {
    fn root(&mut self, name: &[u8], budget: &mut Budget) -> Result<()> {
        let root = Tree::ROOT;
        match self.tree.kind(root) {
            NodeKind::Subprogram => {
                let text = self.function(root, name, budget)?;
                self.line(0, text, None, budget)
            }
            NodeKind::Variable => {
                let Some(inner) = self.tree.type_of(root) else { return Ok(()) };
                self.item(inner, name, b"extern ", 0, None, budget)
            }
            NodeKind::Wrapper(Wrapper::Typedef) => {
                let Some(inner) = self.tree.type_of(root) else { return Ok(()) };
                let name = self.tree.name(root).unwrap_or(name);
                self.item(inner, name, b"typedef ", 0, None, budget)
            }
            _ => self.item(root, b"", b"", 0, None, budget),
        }
    }

    /// The line of an export that is a function, with its parameters in lines of their own if there are many.
    fn function(&self, index: NodeIndex, name: &[u8], budget: &mut Budget) -> Result<Vec<u8>> {
        let parameters = self.parameters(index, 0, budget)?;
        let declarator = [name, parameters.as_slice()].concat();
        let mut text = match self.tree.type_of(index) {
            Some(result) => self.declarator(result, &declarator, 0, budget)?,
            None => declarator,
        };
        budget.push(&mut text, b';')?;
        Ok(text)
    }

    /// An item, or a type by itself: one line, or if it is spelled out, one for each part of it.
    fn item(
        &mut self,
        index: NodeIndex,
        name: &[u8],
        prefix: &[u8],
        depth: usize,
        offset: Option<u64>,
        budget: &mut Budget,
    ) -> Result<()> {
        let tree = self.tree;
        let Some(inner) = self.spelled_out(index).filter(|_| depth < DEEPEST) else {
            let text = self.declarator(index, name, 0, budget)?;
            return self.line(depth, [prefix, &text, b";"].concat(), offset, budget);
        };
        let own = tree.name(inner).unwrap_or_default();
        let mut opening = [prefix, keyword(tree.kind(inner))].concat();
        if !own.is_empty() {
            opening.extend_from_slice(b" ");
            opening.extend_from_slice(own);
        }
        let mut note = Vec::new();
        for (attribute, what) in [(Attribute::ByteSize, "size "), (Attribute::Alignment, "alignment ")] {
            if let Some(value) = tree.attribute(inner, attribute) {
                if !note.is_empty() {
                    note.extend_from_slice(b", ");
                }
                note.extend_from_slice(what.as_bytes());
                note.extend_from_slice(itoa::Buffer::new().format(value).as_bytes());
            }
        }
        let is_declaration = tree.items(inner).next().is_none() && note.is_empty();
        // The whole in one line, with a mark where the braces are.
        let around =
            if index == inner { name.to_vec() } else { self.declarator_around(index, inner, name, budget)? };
        if is_declaration {
            let space: &[u8] = if around.is_empty() { b"" } else { b" " };
            return self.line(depth, [&opening, space, &around, b";"].concat(), offset, budget);
        }
        self.line(depth, [opening.as_slice(), b" {"].concat(), offset, budget)?;
        if let Some(line) = self.lines.last_mut() {
            line.note = note;
        }
        self.items(inner, depth.saturating_add(1), budget)?;
        let space: &[u8] = if around.is_empty() { b"" } else { b" " };
        self.line(depth, [b"}", space, &around, b";"].concat(), None, budget)
    }

    fn items(&mut self, index: NodeIndex, depth: usize, budget: &mut Budget) -> Result<()> {
        let tree = self.tree;
        for child in tree.children(index) {
            match tree.kind(child) {
                NodeKind::Enumerator => {
                    let mut text = tree.name(child).unwrap_or_default().to_vec();
                    if let Some(value) = tree.attribute(child, Attribute::Value) {
                        text.extend_from_slice(b" = ");
                        text.extend_from_slice(&signed(value));
                    } else if let Some(expression) = tree.type_of(child) {
                        text.extend_from_slice(b" = ");
                        text.extend_from_slice(tree.name(expression).unwrap_or_default());
                    }
                    text.push(b',');
                    self.line(depth, text, None, budget)?;
                }
                NodeKind::VariantPart | NodeKind::Variant if depth < DEEPEST => {
                    let value = tree.attribute(child, Attribute::DiscrValue);
                    let mut text = tree.kind(child).word().to_vec();
                    if let Some(value) = value {
                        text.extend_from_slice(b" ");
                        text.extend_from_slice(&signed(value));
                    }
                    text.extend_from_slice(b" {");
                    self.line(depth, text, None, budget)?;
                    self.items(child, depth.saturating_add(1), budget)?;
                    self.line(depth, b"}".to_vec(), None, budget)?;
                }
                _ => {
                    let inner = if tree.kind(child).is_item() { tree.type_of(child) } else { Some(child) };
                    let mut name =
                        tree.name(child).filter(|_| inner != Some(child)).unwrap_or_default().to_vec();
                    if let Some(width) = tree.attribute(child, Attribute::BitSize) {
                        name.extend_from_slice(b" : ");
                        name.extend_from_slice(itoa::Buffer::new().format(width).as_bytes());
                    }
                    if let Some(inner) = inner {
                        self.item(inner, &name, b"", depth, offset(tree, child), budget)?;
                        self.attributes(child, inner, budget)?;
                    }
                }
            }
        }
        Ok(())
    }

    /// What genksyms has of a member besides its type, at the end of the line.
    fn attributes(&mut self, item: NodeIndex, inner: NodeIndex, budget: &mut Budget) -> Result<()> {
        let tree = self.tree;
        let mut others = tree.children(item).filter(|&child| child > inner);
        let text = others.find(|&child| tree.kind(child) == NodeKind::Text).and_then(|text| tree.name(text));
        if let (Some(text), Some(line)) = (text, self.lines.last_mut()) {
            line.text.pop();
            budget.charge_bytes(text.len())?;
            for part in [b" ", text, b";"] {
                budget.extend(&mut line.text, part)?;
            }
        }
        Ok(())
    }

    /// The type with items that is spelled out in another, such as an array of nameless structures.
    fn spelled_out(&self, index: NodeIndex) -> Option<NodeIndex> {
        let mut index = index;
        loop {
            match self.tree.kind(index) {
                kind if kind.is_aggregate() => return Some(index),
                NodeKind::Wrapper(Wrapper::Typedef) => return None,
                NodeKind::Wrapper(_) | NodeKind::Array => index = self.tree.type_of(index)?,
                _ => return None,
            }
        }
    }

    fn line(&mut self, depth: usize, text: Vec<u8>, offset: Option<u64>, budget: &mut Budget) -> Result<()> {
        let mut charged = Vec::new();
        budget.charge_bytes(text.len())?;
        budget.extend(&mut charged, &text)?;
        budget.push(&mut self.lines, DeclarationLine { depth, text: charged, offset, note: Vec::new() })
    }
}

/// Where a member begins, in bits.
pub(super) fn offset(tree: &Tree<'_>, member: NodeIndex) -> Option<u64> {
    let bytes = tree.attribute(member, Attribute::DataMemberLocation);
    let bits = tree.attribute(member, Attribute::DataBitOffset);
    match (bytes, bits) {
        (None, None) => None,
        _ => Some(bytes.unwrap_or(0).saturating_mul(8).saturating_add(bits.unwrap_or(0))),
    }
}

/// A number that was probably negative once.
fn signed(value: u64) -> Vec<u8> {
    let mut buffer = itoa::Buffer::new();
    let negative = value.cast_signed();
    let text = if negative < 0 { buffer.format(negative) } else { buffer.format(value) };
    text.as_bytes().to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;
    use dwarfksyms_core::Limits;
    use std::string::String;

    /// The declaration of a member that has this type.
    fn declared(text: &str, is_exact: bool) -> String {
        let limits = Limits::default();
        let text = std::format!("structure_type s {{ member {text} v }}");
        let tree = Tree::of(text.as_bytes(), &limits).unwrap().unwrap();
        let lines = tree.declared(b"s", is_exact, &mut Budget::new(&limits)).unwrap();
        let member = lines.get(1).unwrap();
        String::from_utf8_lossy(&member.text).into_owned()
    }

    #[test]
    fn qualifiers_and_references_stand_where_c_has_them() {
        for (text, expected) in [
            ("volatile_type { s#a }", "volatile struct a v;"),
            ("atomic_type { s#a }", "_Atomic struct a v;"),
            ("restrict_type { pointer_type { s#a } }", "struct a *restrict v;"),
            ("volatile_type { pointer_type { const_type { s#a } } }", "const struct a *volatile v;"),
            ("const_type { array_type[4] { const_type { s#a } } }", "const struct a v[4];"),
            ("reference_type { s#a }", "struct a &v;"),
            ("rvalue_reference_type { s#a }", "struct a &&v;"),
        ] {
            assert_eq!(declared(text, false), expected, "{text}");
        }
    }

    #[test]
    fn what_a_name_does_not_say_is_said_if_it_matters() {
        for (text, plain, exact) in [
            ("base_type char byte_size(1) encoding(6)", "char v;", "char<signed> v;"),
            ("base_type char byte_size(1) encoding(8)", "char v;", "char<unsigned> v;"),
            ("base_type int byte_size(4) encoding(5)", "int v;", "int<4 bytes> v;"),
            ("base_type long byte_size(8) encoding(7)", "long v;", "long<8 bytes> v;"),
            ("base_type int", "int v;", "int v;"),
        ] {
            assert_eq!((declared(text, false), declared(text, true)), (plain.into(), exact.into()), "{text}");
        }
    }
}
