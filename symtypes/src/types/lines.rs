//! The lines of a symtypes file (SPEC section 6): names of types and exports, and their strings.

use alloc::vec::Vec;

use dwarfksyms_core::budget::{Budget, Spendable};
use dwarfksyms_core::numbering::{hash, hash_of_pair};
use dwarfksyms_core::{ErrorKind, Limits, Result};

/// One line: a type or an export, and what it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line<'t> {
    /// The type's name with its prefix, such as `s#file`, or the export's.
    pub name: &'t [u8],
    /// The type string.
    pub text: &'t [u8],
    /// Of both.
    pub(super) hash: u64,
}

/// The lines of a symtypes file.
#[derive(Debug, Default)]
pub struct Lines<'t> {
    pub(super) lines: Vec<Line<'t>>,
    spent: Spendable,
}

impl<'t> Line<'t> {
    /// Takes a line apart; `None` if it is not one. `override` in front, which genksyms writes, does not count.
    pub fn parse(line: &'t [u8]) -> Option<Line<'t>> {
        let (name, text) = parts(line)?;
        Some(Line::of_parts(name, text))
    }

    /// A line of a name and a text that do not stand together.
    pub(super) fn of_parts(name: &'t [u8], text: &'t [u8]) -> Line<'t> {
        Line { name, text, hash: hash_of(name, text) }
    }

    /// Whether this is a type rather than an export.
    pub fn is_type(&self) -> bool {
        is_type_name(self.name)
    }
}

/// The name in a line, and its text.
pub(super) fn parts(line: &[u8]) -> Option<(&[u8], &[u8])> {
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    let line = line.strip_prefix(b"override ").unwrap_or(line);
    let length = name_length(line)?;
    let (name, text) = line.split_at_checked(length)?;
    // One blank is between them; others are of the text, and of its version.
    Some((name, text.strip_prefix(b" ").unwrap_or(text)))
}

/// Whether a name is that of a type.
pub(crate) fn is_type_name(name: &[u8]) -> bool {
    matches!(name, [b's' | b'u' | b'e' | b't' | b'E', b'#', ..])
}

/// The length of the name at the beginning of a line: it can be quoted, and has spaces in it then.
fn name_length(line: &[u8]) -> Option<usize> {
    let length = match line {
        [b's' | b'u' | b'e' | b't' | b'E', b'#', b'\'', quoted @ ..] => {
            memchr::memchr(b'\'', quoted)?.checked_add(4)?
        }
        _ => memchr::memchr(b' ', line).unwrap_or(line.len()),
    };
    let has_end = matches!(line.get(length), None | Some(b' '));
    (length > 0 && has_end).then_some(length)
}

impl<'t> Lines<'t> {
    /// Takes a symtypes file apart.
    ///
    /// # Errors
    /// A line that has no name ([`ErrorKind::MalformedTypeLine`]), or a limit.
    pub fn scan(text: &'t [u8], limits: &Limits) -> Result<Lines<'t>> {
        Lines::of(numbered(text).map(|(_, line)| line), limits)
    }

    /// Takes the lines of a file apart that stand anywhere.
    ///
    /// # Errors
    /// As in [`Lines::scan`].
    pub fn of(all: impl Iterator<Item = &'t [u8]>, limits: &Limits) -> Result<Lines<'t>> {
        let budget = &mut Budget::new(limits);
        let mut lines = Lines::default();
        for (number, line) in (1_u64..).zip(all) {
            budget.charge_bytes(line.len())?;
            if line.is_empty() {
                continue;
            }
            let line = Line::parse(line).ok_or(ErrorKind::MalformedTypeLine(number))?;
            lines.push(line, budget)?;
        }
        lines.spent = budget.spent();
        Ok(lines)
    }

    /// Lines that stand together, wherever they came from.
    ///
    /// # Errors
    /// A limit.
    pub fn collect(lines: impl IntoIterator<Item = Line<'t>>, limits: &Limits) -> Result<Lines<'t>> {
        let budget = &mut Budget::new(limits);
        let mut collected = Lines::default();
        for line in lines {
            collected.push(line, budget)?;
        }
        collected.spent = budget.spent();
        Ok(collected)
    }

    fn push(&mut self, line: Line<'t>, budget: &mut Budget) -> Result<()> {
        budget.push(&mut self.lines, line)
    }

    /// The lines, in order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = Line<'t>> {
        self.lines.iter().copied()
    }

    /// What the lines have cost.
    pub(super) fn spent(&self) -> Spendable {
        self.spent
    }
}

/// The lines of a text with their numbers, from 1.
pub(super) fn numbered(text: &[u8]) -> impl Iterator<Item = (u64, &[u8])> {
    let mut rest = text;
    let mut number: u64 = 0;
    core::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let end = memchr::memchr(b'\n', rest).unwrap_or(rest.len());
        let (line, behind) = rest.split_at_checked(end).unwrap_or((rest, &[]));
        rest = behind.get(1..).unwrap_or_default();
        number = number.saturating_add(1);
        Some((number, line))
    })
}

/// The hash of a line.
fn hash_of(name: &[u8], text: &[u8]) -> u64 {
    hash_of_pair(hash(name), hash(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scan(text: &[u8]) -> Result<Vec<(&[u8], &[u8])>> {
        let lines = Lines::scan(text, &Limits::default())?;
        Ok(lines.iter().map(|line| (line.name, line.text)).collect())
    }

    #[test]
    fn lines_are_taken_apart() {
        let text = b"override s#a structure_type a { }\n\ns#'b<c d>' structure_type b<c d> { }\r\nf subprogram ( ) -> base_type void";
        let lines = scan(text).unwrap();
        let expected: [(&[u8], &[u8]); 3] = [
            (b"s#a", b"structure_type a { }"),
            (b"s#'b<c d>'", b"structure_type b<c d> { }"),
            (b"f", b"subprogram ( ) -> base_type void"),
        ];
        assert_eq!(lines, expected);
    }

    #[test]
    fn a_text_has_the_blanks_at_its_ends() {
        let lines = scan(b"f subprogram ( ) -> \ng   odd\nh\ni \n").unwrap();
        let expected: [(&[u8], &[u8]); 4] =
            [(b"f", b"subprogram ( ) -> "), (b"g", b"  odd"), (b"h", b""), (b"i", b"")];
        assert_eq!(lines, expected);
    }

    #[test]
    fn what_has_no_name_is_refused_with_its_line() {
        for text in [&b"s#a x\n b c"[..], b"s#a x\ns#'b c d", b"s#a x\ns#'b'c d"] {
            assert_eq!(scan(text).unwrap_err().kind(), ErrorKind::MalformedTypeLine(2));
        }
    }

    #[test]
    fn the_hash_depends_on_every_byte_and_on_where_the_name_ends() {
        let text = [b'x'; 100];
        let plain = hash_of(b"name", &text);
        for at in 0..100 {
            let mut other = text;
            other[at] ^= 1;
            assert_ne!(hash_of(b"name", &other), plain, "{at}");
        }
        assert_ne!(hash_of(b"ab", b"c"), hash_of(b"a", b"bc"));
        assert_ne!(hash_of(b"a", b""), hash_of(b"a", b"\0"));
    }
}
