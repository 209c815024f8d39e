//! Takes a type string apart, as gendwarfksyms writes it (SPEC section 5).

use alloc::vec::Vec;

use dwarfksyms_core::budget::Budget;
use dwarfksyms_core::{Limit, Limits, Result, Word};

use super::tree::{Attribute, Node, NodeKind, Tree};

impl<'t> Tree<'t> {
    /// Takes a type string apart; `None` if it is not one.
    ///
    /// # Errors
    /// A limit.
    pub fn of(text: &'t [u8], limits: &Limits) -> Result<Option<Tree<'t>>> {
        Tree::parse(text, &mut Budget::new(limits))
    }

    /// Takes a type string apart; `None` if it is not one.
    pub(crate) fn parse(text: &'t [u8], budget: &mut Budget) -> Result<Option<Tree<'t>>> {
        budget.charge_bytes(text.len().saturating_mul(4))?;
        let mut parser =
            Parser { text, rest: text, tree: Tree::default(), open: Vec::new(), is_after_item: false };
        let is_whole = parser.run(budget)?;
        budget.free(parser.open);
        Ok(is_whole.then_some(parser.tree))
    }
}

/// What comes next inside a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Next {
    /// A type, and then a brace and attributes.
    Braced,
    /// A type, and then nothing of its own.
    Plain,
    /// A type, and then the name and attributes of an item.
    Item,
    /// Items up to a brace, and then attributes.
    Items,
    /// Items up to a parenthesis, and then the result.
    Parameters,
}

struct Parser<'t> {
    text: &'t [u8],
    rest: &'t [u8],
    tree: Tree<'t>,
    /// The nodes that are not complete.
    open: Vec<(usize, Next)>,
    /// Whether an item has just ended, and no comma has come since.
    is_after_item: bool,
}

impl<'t> Parser<'t> {
    /// Whether the text was a type string.
    fn run(&mut self, budget: &mut Budget) -> Result<bool> {
        loop {
            // A comma that was lost leaves no blank behind.
            let is_apart = self.is_after_item && self.is_after_blank();
            let Some(word) = self.word() else { return Ok(false) };
            let index = self.tree.nodes.len();
            if !self.begin(word, budget)? {
                return Ok(false);
            }
            if is_apart && self.tree.nodes.get(index).is_some_and(|node| node.kind.is_item()) {
                return Ok(false);
            }
            budget.check(Limit::Depth, self.open.len())?;
            // What was begun may be complete, and with it what it is in.
            loop {
                let Some(&(index, next)) = self.open.last() else {
                    return Ok(self.rest.iter().all(|&byte| byte == b' '));
                };
                let is_open = match next {
                    // Its type was begun with it, unless nothing is in it yet.
                    Next::Braced | Next::Plain | Next::Item if self.is_empty(index) => true,
                    Next::Braced => {
                        if self.word() != Some(b"}") {
                            return Ok(false);
                        }
                        self.attributes(index, budget)?;
                        false
                    }
                    Next::Plain => false,
                    Next::Item => {
                        self.item_name(index, budget)?;
                        self.is_after_item = true;
                        false
                    }
                    Next::Items => match self.peek() {
                        Some(b"}") => {
                            self.word();
                            self.attributes(index, budget)?;
                            let node = self.tree.nodes.get(index);
                            self.is_after_item = node.is_some_and(|node| node.kind.is_item());
                            false
                        }
                        _ => self.comma(),
                    },
                    Next::Parameters => match self.peek() {
                        Some(b")") => {
                            self.word();
                            if self.word() != Some(b"->") {
                                return Ok(false);
                            }
                            self.is_after_item = false;
                            if let Some(last) = self.open.last_mut() {
                                last.1 = Next::Plain;
                            }
                            // The result is still to come, whatever parameters there are.
                            break;
                        }
                        _ => self.comma(),
                    },
                };
                if is_open {
                    break;
                }
                self.open.pop();
                let end = self.tree.nodes.len();
                if let Some(node) = self.tree.nodes.get_mut(index) {
                    node.end = end;
                }
            }
        }
    }

    /// Whether there is a blank in front of the next word.
    fn is_after_blank(&self) -> bool {
        let before = self.text.len().checked_sub(self.rest.len()).and_then(|at| at.checked_sub(1));
        let last = before.and_then(|before| self.text.get(before));
        last == Some(&b' ') || self.rest.first() == Some(&b' ')
    }

    /// Passes a comma, if there is one.
    fn comma(&mut self) -> bool {
        if self.peek() == Some(b",") {
            self.word();
            self.is_after_item = false;
        }
        true
    }

    fn is_empty(&self, index: usize) -> bool {
        let inside = self.tree.nodes.get(index.saturating_add(1)..).unwrap_or_default();
        inside.iter().all(|node| node.kind == NodeKind::Dimension)
    }

    /// Whether an item, or something else, can come next. Items stand in lists, and in lists other than those of variants
    /// stands nothing else.
    fn can_begin(&self, is_item: bool) -> bool {
        let Some(&(index, next)) = self.open.last() else { return !is_item };
        let kind = self.tree.nodes.get(index).map(|node| node.kind);
        match next {
            Next::Items | Next::Parameters => is_item || kind == Some(NodeKind::VariantPart),
            Next::Braced | Next::Plain | Next::Item => !is_item,
        }
    }

    /// Begins the node that a word stands for; whether it is one.
    fn begin(&mut self, word: &'t [u8], budget: &mut Budget) -> Result<bool> {
        let has_lost_comma = core::mem::take(&mut self.is_after_item);
        if is_reference(word) {
            if !self.can_begin(false) {
                return Ok(false);
            }
            self.add(NodeKind::Reference, Some(word), budget)?;
            return Ok(true);
        }
        let Some(kind) = NodeKind::of_word(word) else { return Ok(false) };
        if !self.can_begin(kind.is_item()) {
            return Ok(false);
        }
        let index = self.add(kind, None, budget)?;
        self.mark(index, has_lost_comma && kind.is_item());
        let next = match kind {
            NodeKind::Base => {
                let name = self.base_name();
                self.set_name(index, name);
                self.attributes(index, budget)?;
                return Ok(true);
            }
            NodeKind::Unspecified => return Ok(true),
            NodeKind::Enumerator => {
                self.enumerator(index, budget)?;
                return Ok(true);
            }
            NodeKind::Array => {
                let dimensions = word.strip_prefix(kind.word()).unwrap_or_default();
                if !self.dimensions(dimensions, budget)? {
                    return Ok(false);
                }
                Next::Braced
            }
            NodeKind::Wrapper(_) => Next::Braced,
            NodeKind::Variable => Next::Plain,
            NodeKind::Parameter | NodeKind::Member => Next::Item,
            NodeKind::Subroutine | NodeKind::Subprogram => Next::Parameters,
            _ => Next::Items,
        };
        let bracket: Option<&[u8]> = match next {
            Next::Braced | Next::Items => Some(b"{"),
            Next::Parameters => Some(b"("),
            Next::Plain | Next::Item => None,
        };
        if let Some(bracket) = bracket {
            let name = self.words_until(|word| word == bracket);
            self.set_name(index, name);
            let is_nameless = matches!(
                kind,
                NodeKind::Array
                    | NodeKind::Subroutine
                    | NodeKind::Subprogram
                    | NodeKind::VariantPart
                    | NodeKind::Variant
            );
            if self.word() != Some(bracket) || (is_nameless && name.is_some()) {
                return Ok(false);
            }
        }
        budget.push(&mut self.open, (index, next))?;
        Ok(true)
    }

    /// The dimensions of an array: `[2][]`.
    fn dimensions(&mut self, mut text: &'t [u8], budget: &mut Budget) -> Result<bool> {
        while let Some(inside) = text.strip_prefix(b"[") {
            let Some(end) = memchr::memchr(b']', inside) else { return Ok(false) };
            let (count, rest) = inside.split_at(end);
            let index = self.add(NodeKind::Dimension, None, budget)?;
            if !count.is_empty() {
                let Some(count) = number(count) else { return Ok(false) };
                self.attribute(index, Attribute::Count, count, budget)?;
            }
            text = rest.strip_prefix(b"]").unwrap_or_default();
        }
        Ok(text.is_empty())
    }

    /// The name of a base type: the words before its attributes.
    fn base_name(&mut self) -> Option<&'t [u8]> {
        if self.peek() == Some(b"void") {
            return self.word();
        }
        self.words_until(|word| {
            attribute(word).is_some() || matches!(word, b"{" | b"}" | b"(" | b")" | b"," | b"->")
        })
    }

    /// The name and value of an enumerator.
    fn enumerator(&mut self, index: usize, budget: &mut Budget) -> Result<()> {
        let name = self.words_until(|word| matches!(word, b"=" | b"," | b"}" | b"enumerator"));
        self.set_name(index, name);
        if self.peek() == Some(b"=") {
            let before = self.rest;
            self.word();
            match self.peek().and_then(number) {
                Some(value) => {
                    self.word();
                    self.attribute(index, Attribute::Value, value, budget)?;
                }
                None => self.rest = before,
            }
        }
        self.is_after_item = true;
        Ok(())
    }

    /// The name and the attributes of an item, behind its type.
    fn item_name(&mut self, index: usize, budget: &mut Budget) -> Result<()> {
        let name = self.words_until(|word| {
            attribute(word).is_some() || matches!(word, b"}" | b")" | b"," | b"formal_parameter" | b"member")
        });
        self.set_name(index, name);
        self.attributes_that(index, Attribute::is_of_item, budget)
    }

    /// The attributes of a type or variant.
    fn attributes(&mut self, index: usize, budget: &mut Budget) -> Result<()> {
        self.attributes_that(index, |attribute| !attribute.is_of_item(), budget)
    }

    fn attributes_that(
        &mut self,
        index: usize,
        belongs: impl Fn(Attribute) -> bool,
        budget: &mut Budget,
    ) -> Result<()> {
        while let Some((attribute, value)) = self.peek().and_then(attribute) {
            if !belongs(attribute) {
                break;
            }
            self.word();
            self.attribute(index, attribute, value, budget)?;
        }
        Ok(())
    }

    /// Adds an attribute to the node whose turn it is. Those of what is inside it come before.
    fn attribute(
        &mut self,
        index: usize,
        attribute: Attribute,
        value: u64,
        budget: &mut Budget,
    ) -> Result<()> {
        let end = self.tree.attributes.len();
        budget.push(&mut self.tree.attributes, (attribute, value))?;
        if let Some(node) = self.tree.nodes.get_mut(index) {
            if node.last_attribute != end {
                node.first_attribute = end;
            }
            node.last_attribute = end.saturating_add(1);
        }
        Ok(())
    }

    fn add(&mut self, kind: NodeKind, name: Option<&'t [u8]>, budget: &mut Budget) -> Result<usize> {
        let (index, at) = (self.tree.nodes.len(), self.tree.attributes.len());
        let end = index.saturating_add(1);
        let node = Node { kind, name, has_lost_comma: false, end, first_attribute: at, last_attribute: at };
        budget.push(&mut self.tree.nodes, node)?;
        Ok(index)
    }

    fn mark(&mut self, index: usize, has_lost_comma: bool) {
        if let Some(node) = self.tree.nodes.get_mut(index) {
            node.has_lost_comma = has_lost_comma;
        }
    }

    fn set_name(&mut self, index: usize, name: Option<&'t [u8]>) {
        if let Some(node) = self.tree.nodes.get_mut(index) {
            node.name = name;
        }
    }

    /// The text of the words before the one that ends them; `None` if there are none.
    fn words_until(&mut self, is_end: impl Fn(&[u8]) -> bool) -> Option<&'t [u8]> {
        let start = self.skip_blanks();
        let mut length = 0_usize;
        while let Some(word) = self.peek() {
            if is_end(word) {
                break;
            }
            self.word();
            length = start.len().saturating_sub(self.rest.len());
        }
        start.get(..length).filter(|name| !name.is_empty())
    }

    fn skip_blanks(&mut self) -> &'t [u8] {
        let blanks = self.rest.iter().take_while(|&&byte| byte == b' ').count();
        self.rest = self.rest.get(blanks..).unwrap_or_default();
        self.rest
    }

    /// The next word, which stays.
    fn peek(&mut self) -> Option<&'t [u8]> {
        let rest = self.skip_blanks();
        let length = word_length(rest);
        rest.get(..length).filter(|word| !word.is_empty())
    }

    /// The next word.
    fn word(&mut self) -> Option<&'t [u8]> {
        let word = self.peek()?;
        self.rest = self.rest.get(word.len()..).unwrap_or_default();
        Some(word)
    }
}

/// The length of the word at the beginning of a text: a quoted reference can have spaces in it, and what follows a lost
/// comma is not separated from what is before it.
pub(super) fn word_length(text: &[u8]) -> usize {
    const GLUED: &[u8] = Word::FormalParameter.keyword();
    let end = |text: &[u8]| memchr::memchr(b' ', text).unwrap_or(text.len());
    if let [b's' | b'u' | b'e' | b't', b'#', b'\'', quoted @ ..] = text {
        return memchr::memchr(b'\'', quoted).map_or(end(text), |length| length.saturating_add(4));
    }
    let length = end(text);
    let word = text.get(..length).unwrap_or_default();
    match word.strip_suffix(GLUED) {
        Some(before) if before.ends_with(b")") || before == b"}" || is_reference(before) => before.len(),
        _ => length,
    }
}

/// Whether a word refers to a type, with a name.
fn is_reference(word: &[u8]) -> bool {
    matches!(word, [b's' | b'u' | b'e' | b't', b'#', _, ..])
}

/// The attribute that a word is.
fn attribute(word: &[u8]) -> Option<(Attribute, u64)> {
    let (name, value) = word.strip_suffix(b")")?.split_at(memchr::memchr(b'(', word)?);
    Some((Attribute::of_word(name)?, number(value.strip_prefix(b"(")?)?))
}

/// A decimal number, without needless zeros.
pub(super) fn number(digits: &[u8]) -> Option<u64> {
    if digits.is_empty() || digits.len() > 20 || (digits.len() > 1 && digits.first() == Some(&b'0')) {
        return None;
    }
    digits.iter().try_fold(0_u64, |number, digit| {
        let digit = digit.checked_sub(b'0').filter(|&digit| digit < 10)?;
        number.checked_mul(10)?.checked_add(digit.into())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_type_string(text: &str) -> bool {
        Tree::of(text.as_bytes(), &Limits::default()).unwrap().is_some()
    }

    #[test]
    fn what_is_no_item_does_not_stand_in_a_list() {
        assert!(is_type_string("subroutine_type ( formal_parameter s#a ) -> s#b"));
        assert!(is_type_string("structure_type a { variant_part { s#tag , variant { member s#b b } } }"));
        for text in [
            "subroutine_type ( s#a ) -> s#b",
            "subroutine_type ( t#formal_parameter base_type int , formal_parameter s#a ) -> s#b",
            "structure_type a { base_type int byte_size(4) }",
            "subprogram ( ) -> formal_parameter s#a",
            "member s#a a",
        ] {
            assert!(!is_type_string(text), "{text}");
        }
    }

    #[test]
    fn a_lost_comma_does_not_make_a_name_longer() {
        let text = b"subroutine_type ( formal_parameter s#aformal_parameter s#b ) -> t#formal_parameter";
        let tree = Tree::of(text, &Limits::default()).unwrap().unwrap();
        let names: Vec<_> = tree.nodes.iter().filter_map(|node| node.name).collect();
        assert_eq!(names, [&b"s#a"[..], b"s#b", b"t#formal_parameter"]);
        assert_eq!(tree.to_text(&Limits::default()).unwrap(), text);
    }
}
