//! How many bytes a pointer has where its own text does not say.
//!
//! Gcc states the size of each pointer, clang of none. Whoever has the object knows its class and informs the catalog.
//! Otherwise the other types of the file show it: a pointer that states its size, or else `long` or `usize`, which are as
//! large as a pointer wherever Linux runs. If nothing shows it, it is unknown.

use dwarfksyms_core::Result;
use dwarfksyms_core::budget::Budget;

use super::catalog::{Catalog, FileId};

/// Types as large as a pointer, as gcc, clang and rustc spell them.
const WORDS: [&[u8]; 6] = [b"long int", b"long unsigned int", b"long", b"unsigned long", b"usize", b"isize"];

/// What a type string says of pointers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Evidence {
    /// The size that a pointer states.
    pointer: Option<u64>,
    /// The size of one of [`WORDS`].
    word: Option<u64>,
}

impl Catalog<'_> {
    /// The bytes of a pointer that does not state them, in the types of a file: what was stated
    /// ([`Catalog::set_pointer_size`]), or else what the file's types say, if they do.
    ///
    /// # Errors
    /// A limit.
    pub fn pointer_size(&self, file: FileId, budget: &mut Budget) -> Result<Option<u64>> {
        if let Some(told) = self.told_pointer_size(file) {
            return Ok(Some(told));
        }
        let mut word = None;
        for &record in self.records(file) {
            let text = self.text(record);
            budget.charge_bytes(text.len())?;
            let evidence = Evidence::of(text);
            if evidence.pointer.is_some() {
                return Ok(evidence.pointer);
            }
            word = word.or(evidence.word);
        }
        Ok(word)
    }
}

impl Evidence {
    fn of(text: &[u8]) -> Evidence {
        let mut evidence = Evidence::default();
        // A bit for each open brace: whether it is a pointer's. What is deeper than 128 braces says nothing.
        let mut open = 0_u128;
        let mut is_behind_pointer = false;
        let mut before: &[u8] = b"";
        // Where the name of a base type begins.
        let mut name: Option<usize> = None;
        let mut at = 0_usize;
        for word in text.split(|&byte| byte == b' ') {
            let size = byte_size(word);
            if is_behind_pointer && size.is_some() {
                evidence.pointer = size;
                return evidence;
            }
            is_behind_pointer = false;
            match word {
                b"{" => open = (open << 1) | u128::from(is_pointer(before)),
                b"}" => {
                    is_behind_pointer = open & 1 == 1;
                    open >>= 1;
                }
                b"base_type" => name = Some(at.saturating_add(word.len()).saturating_add(1)),
                _ => {}
            }
            if size.is_some()
                && let Some(start) = name.take()
                && let Some(name) = text.get(start..at.saturating_sub(1))
                && WORDS.contains(&name)
            {
                evidence.word = evidence.word.or(size);
            }
            before = word;
            at = at.saturating_add(word.len()).saturating_add(1);
        }
        evidence
    }
}

fn is_pointer(word: &[u8]) -> bool {
    matches!(word, b"pointer_type" | b"reference_type" | b"rvalue_reference_type")
}

/// The size that a word states, if a pointer can have it.
fn byte_size(word: &[u8]) -> Option<u64> {
    match word.strip_prefix(b"byte_size(")? {
        b"1)" => Some(1),
        b"2)" => Some(2),
        b"4)" => Some(4),
        b"8)" => Some(8),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::types::{Lines, Side};
    use dwarfksyms_core::Limits;

    fn of(text: &str, told: Option<u64>) -> Option<u64> {
        let limits = Limits::default();
        let mut catalog = Catalog::new(&limits);
        let file = catalog.add(Side::Old, &Lines::scan(text.as_bytes(), &limits).unwrap()).unwrap();
        catalog.finish().unwrap();
        if let Some(told) = told {
            catalog.set_pointer_size(file, told);
        }
        catalog.pointer_size(file, &mut Budget::new(&limits)).unwrap()
    }

    #[test]
    fn what_is_stated_counts_then_pointers_then_words() {
        let silent = "f subprogram ( formal_parameter pointer_type { const_type { s#s } } a ) -> base_type int byte_size(4)\n\
             s#s structure_type s { member pointer_type { s#s } next data_member_location(0) } byte_size(8)\n";
        let long = "v variable base_type unsigned long byte_size(4) encoding(7)\n";
        let stating = "w variable pointer_type { const_type { s#s } } byte_size(8)\n";
        assert_eq!(of(silent, None), None);
        assert_eq!(of(silent, Some(4)), Some(4));
        assert_eq!(of(&[silent, long].concat(), None), Some(4));
        assert_eq!(of(&[silent, long, stating].concat(), None), Some(8));
        assert_eq!(of(&[silent, long, stating].concat(), Some(2)), Some(2));
    }

    #[test]
    fn only_what_is_as_large_as_a_pointer_counts() {
        for (text, expected) in [
            ("v variable base_type long long int byte_size(8) encoding(5)", None),
            ("v variable base_type long int byte_size(4) encoding(5)", Some(4)),
            ("v variable base_type usize byte_size(8) encoding(7)", Some(8)),
            ("v variable const_type { base_type char } byte_size(4)", None),
            ("v variable pointer_type { structure_type { } byte_size(8) }", None),
            ("v variable pointer_type { structure_type { } byte_size(8) } byte_size(4)", Some(4)),
            ("v variable pointer_type { base_type char byte_size(1) } byte_size(16)", None),
        ] {
            assert_eq!(of(text, None), expected, "{text}");
        }
    }
}
