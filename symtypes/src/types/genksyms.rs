//! Takes the types of the older dialect apart: C tokens, as genksyms writes them.
//!
//! There are no offsets and no sizes in it. Members, parameters and enumerators are found; their types stay text.

use dwarfksyms_core::Result;
use dwarfksyms_core::budget::Budget;

use super::tree::{Node, NodeKind, Tree};

impl<'t> Tree<'t> {
    /// Takes a type string of genksyms apart; what is nothing else is text.
    pub(crate) fn parse_genksyms(text: &'t [u8], budget: &mut Budget) -> Result<Tree<'t>> {
        budget.charge_bytes(text.len().saturating_mul(4))?;
        let mut tree = Tree::default();
        let text = text.trim_ascii();
        let (word, rest) = split_word(text);
        let kind = match word {
            b"struct" => NodeKind::Structure,
            b"union" => NodeKind::Union,
            b"enum" => NodeKind::Enumeration,
            _ => NodeKind::Text,
        };
        let open = memchr::memchr(b'{', rest);
        let close = memchr::memrchr(b'}', rest);
        if let (true, Some(open), Some(close)) = (kind != NodeKind::Text, open, close)
            && open < close
        {
            let name = rest.get(..open).unwrap_or_default().trim_ascii();
            let root = tree.add(kind, Some(name).filter(|name| !name.is_empty()), budget)?;
            let inside = rest.get(open.saturating_add(1)..close).unwrap_or_default().trim_ascii();
            let separator = if kind == NodeKind::Enumeration { b',' } else { b';' };
            for item in split(inside, separator) {
                // A type that is known by its name alone: the same as a declaration.
                if item == b"UNKNOWN" {
                    continue;
                }
                if kind == NodeKind::Enumeration {
                    tree.add(NodeKind::Enumerator, Some(item), budget)?;
                } else {
                    tree.add_item(NodeKind::Member, item, budget)?;
                }
            }
            tree.close(root);
            return Ok(tree);
        }
        // A function ends in its parameters: `int f ( s#file * , int )`.
        if text.last() == Some(&b')')
            && let Some(open) = last_group(text)
        {
            let root = tree.add(NodeKind::Subprogram, None, budget)?;
            let before = text.get(..open).unwrap_or_default().trim_ascii();
            let inside = text.get(open.saturating_add(1)..text.len().saturating_sub(1));
            for parameter in split(inside.unwrap_or_default(), b',').filter(|&parameter| parameter != b"void")
            {
                tree.add_item(NodeKind::Parameter, parameter, budget)?;
            }
            let (result, _) = split_declarator(before);
            tree.add(NodeKind::Text, Some(result), budget)?;
            tree.close(root);
            return Ok(tree);
        }
        tree.add(NodeKind::Text, Some(text), budget)?;
        Ok(tree)
    }

    fn add(&mut self, kind: NodeKind, name: Option<&'t [u8]>, budget: &mut Budget) -> Result<usize> {
        let index = self.nodes.len();
        let node = Node {
            kind,
            name,
            has_lost_comma: false,
            end: index.saturating_add(1),
            first_attribute: 0,
            last_attribute: 0,
        };
        budget.push(&mut self.nodes, node)?;
        Ok(index)
    }

    /// Adds a member or parameter: what is declared, and the text of its type.
    fn add_item(&mut self, kind: NodeKind, text: &'t [u8], budget: &mut Budget) -> Result<()> {
        let (ty, name) = split_declarator(text);
        let name = Some(name).filter(|name| !name.is_empty() && kind == NodeKind::Member);
        let text = if name.is_some() { ty } else { text };
        let item = self.add(kind, name, budget)?;
        self.add(NodeKind::Text, Some(text), budget)?;
        self.close(item);
        Ok(())
    }

    fn close(&mut self, index: usize) {
        let end = self.nodes.len();
        if let Some(node) = self.nodes.get_mut(index) {
            node.end = end;
        }
    }
}

/// The first word, and what is behind it.
fn split_word(text: &[u8]) -> (&[u8], &[u8]) {
    text.split_at_checked(memchr::memchr(b' ', text).unwrap_or(text.len())).unwrap_or((text, &[]))
}

/// The type and the name of what is declared, if the name stands at the end; else all of it is the type.
fn split_declarator(text: &[u8]) -> (&[u8], &[u8]) {
    let at = memchr::memrchr(b' ', text).map_or(0, |space| space.saturating_add(1));
    let (ty, name) = text.split_at_checked(at).unwrap_or((text, &[]));
    let is_name = name.iter().all(|&byte| byte == b'_' || byte.is_ascii_alphanumeric());
    if is_name && !ty.is_empty() { (ty.trim_ascii(), name) } else { (text, &[]) }
}

/// Where the parenthesis opens that the text ends with.
fn last_group(text: &[u8]) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, byte) in text.iter().enumerate().rev() {
        match byte {
            b')' => depth = depth.saturating_add(1),
            b'(' => depth = depth.checked_sub(1)?,
            _ => continue,
        }
        if depth == 0 {
            return Some(at);
        }
    }
    None
}

/// The parts between separators that are in no brackets.
fn split(text: &[u8], separator: u8) -> impl Iterator<Item = &[u8]> {
    let mut rest = text;
    core::iter::from_fn(move || {
        while !rest.is_empty() {
            let mut depth = 0_usize;
            let end = rest.iter().position(|&byte| {
                match byte {
                    b'(' | b'{' | b'[' => depth = depth.saturating_add(1),
                    b')' | b'}' | b']' => depth = depth.saturating_sub(1),
                    _ => {}
                }
                depth == 0 && byte == separator
            });
            let (part, behind) = rest.split_at_checked(end.unwrap_or(rest.len())).unwrap_or((rest, &[]));
            rest = behind.get(1..).unwrap_or_default();
            let part = part.trim_ascii();
            if !part.is_empty() {
                return Some(part);
            }
        }
        None
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use dwarfksyms_core::Limits;
    use std::string::String;
    use std::vec::Vec;

    /// The kinds, names and texts of all nodes.
    fn nodes(text: &str) -> Vec<(NodeKind, String)> {
        let tree = Tree::parse_genksyms(text.as_bytes(), &mut Budget::new(&Limits::default())).unwrap();
        let name = |node: &Node<'_>| String::from_utf8_lossy(node.name.unwrap_or_default()).into_owned();
        tree.nodes.iter().map(|node| (node.kind, name(node))).collect()
    }

    fn node(kind: NodeKind, name: &str) -> (NodeKind, String) {
        (kind, name.into())
    }

    #[test]
    fn members_are_found() {
        let found =
            nodes("struct s { int a ; s#t * b ; union { int x ; long y ; } ; int ( * f ) ( int ) ; }");
        let expected = [
            node(NodeKind::Structure, "s"),
            node(NodeKind::Member, "a"),
            node(NodeKind::Text, "int"),
            node(NodeKind::Member, "b"),
            node(NodeKind::Text, "s#t *"),
            node(NodeKind::Member, ""),
            node(NodeKind::Text, "union { int x ; long y ; }"),
            node(NodeKind::Member, ""),
            node(NodeKind::Text, "int ( * f ) ( int )"),
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn a_type_that_is_unknown_is_a_declaration() {
        assert_eq!(nodes("struct s { UNKNOWN }"), [node(NodeKind::Structure, "s")]);
    }

    #[test]
    fn parameters_are_found() {
        let found = nodes("int f ( s#file * , void ( * ) ( int , int ) )");
        let expected = [
            node(NodeKind::Subprogram, ""),
            node(NodeKind::Parameter, ""),
            node(NodeKind::Text, "s#file *"),
            node(NodeKind::Parameter, ""),
            node(NodeKind::Text, "void ( * ) ( int , int )"),
            node(NodeKind::Text, "int"),
        ];
        assert_eq!(found, expected);
        assert_eq!(nodes("void f ( void )").len(), 2);
        assert_eq!(nodes("int x"), [node(NodeKind::Text, "int x")]);
        assert_eq!(nodes(")"), [node(NodeKind::Text, ")")]);
    }
}
