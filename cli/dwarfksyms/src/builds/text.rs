//! The text of symtypes: a file's, as lines that are kept once, or that of many files, consolidated, as it is.

use std::sync::Arc;

use dwarfksyms_core::budget::{Budget, Spendable};
use dwarfksyms_core::{Error, ErrorKind, Limits};
use dwarfksyms_host::contents::Contents;
use dwarfksyms_symtypes::types::Lines;

use super::shelf::{LineId, Shelf};

/// Symtypes text.
#[derive(Debug)]
pub(crate) enum Text {
    /// Of one file, or of one unit.
    Shelved(Shelved),
    /// Of many files.
    Consolidated(Contents),
}

/// A text whose lines are on a shelf.
#[derive(Debug)]
pub(crate) struct Shelved {
    shelf: Arc<Shelf>,
    lines: Vec<LineId>,
    /// The length of the text.
    bytes: usize,
    /// Whether there is a line break behind the last line.
    is_ended: bool,
}

/// A text that is written line by line.
pub(super) struct Writer<'s> {
    text: Shelved,
    shelf: &'s Shelf,
    budget: Budget,
    line: Vec<u8>,
}

impl Text {
    /// The length of the text.
    pub(crate) fn len(&self) -> usize {
        match self {
            Text::Shelved(text) => text.bytes,
            Text::Consolidated(text) => text.len(),
        }
    }

    /// The text.
    pub(crate) fn to_vec(&self) -> Vec<u8> {
        match self {
            Text::Shelved(text) => text.to_vec(),
            Text::Consolidated(text) => text.to_vec(),
        }
    }

    /// The lines of all of it.
    ///
    /// # Errors
    /// A line that is none, or a limit.
    pub(crate) fn lines(&self, limits: &Limits) -> Result<Lines<'_>, Error> {
        match self {
            Text::Shelved(text) => Lines::of(text.lines(), limits),
            Text::Consolidated(text) => Lines::scan(text, limits),
        }
    }
}

impl Shelved {
    /// Puts the lines of a text on a shelf.
    ///
    /// # Errors
    /// A limit.
    pub(super) fn of(text: &[u8], shelf: &Arc<Shelf>, limits: &Limits) -> Result<Shelved, Error> {
        let mut writer = Writer::new(shelf, limits);
        let mut rest = text;
        while let Some(end) = memchr::memchr(b'\n', rest) {
            let (line, behind) = rest.split_at(end);
            writer.put(line)?;
            rest = &behind[1..];
        }
        if !rest.is_empty() {
            writer.put(rest)?;
        }
        let is_ended = rest.is_empty();
        Ok(Shelved { bytes: text.len(), is_ended, ..writer.finish() })
    }

    /// The shelf that the lines are on.
    pub(crate) fn shelf(&self) -> &Arc<Shelf> {
        &self.shelf
    }

    /// The numbers of the lines.
    pub(crate) fn ids(&self) -> &[LineId] {
        &self.lines
    }

    /// The lines.
    pub(crate) fn lines(&self) -> impl Iterator<Item = &[u8]> {
        self.lines.iter().map(|&id| self.shelf.line(id))
    }

    /// The length of the text.
    pub(crate) fn len(&self) -> usize {
        self.bytes
    }

    /// Whether there is a line break behind the last line.
    pub(crate) fn is_ended(&self) -> bool {
        self.is_ended
    }

    /// What the numbers have cost.
    pub(crate) fn spent(&self) -> Spendable {
        let memory = size_of_val(self.lines.as_slice()) as u64;
        Spendable { memory, ..Spendable::default() }
    }

    fn to_vec(&self) -> Vec<u8> {
        let mut text = Vec::with_capacity(self.bytes);
        for line in self.lines() {
            text.extend_from_slice(line);
            text.push(b'\n');
        }
        text.truncate(self.bytes);
        text
    }
}

impl<'s> Writer<'s> {
    /// A text without lines.
    pub(super) fn new(shelf: &'s Arc<Shelf>, limits: &Limits) -> Writer<'s> {
        let text = Shelved { shelf: Arc::clone(shelf), lines: Vec::new(), bytes: 0, is_ended: true };
        Writer { text, shelf, budget: Budget::new(limits), line: Vec::new() }
    }

    /// Adds a line.
    ///
    /// # Errors
    /// A limit.
    pub(super) fn put(&mut self, line: &[u8]) -> Result<(), Error> {
        let id = self.shelf.put(line, &mut self.budget)?;
        self.budget.push(&mut self.text.lines, id)?;
        let bytes = self.text.bytes.checked_add(line.len() + 1);
        self.text.bytes = bytes.ok_or(ErrorKind::OutOfMemory)?;
        Ok(())
    }

    /// Adds a line of a name and what it is.
    ///
    /// # Errors
    /// A limit.
    pub(super) fn put_type(&mut self, name: &[u8], text: &[u8]) -> Result<(), Error> {
        let mut line = std::mem::take(&mut self.line);
        line.clear();
        [name, b" ", text].iter().try_for_each(|part| self.budget.extend(&mut line, part))?;
        self.put(&line)?;
        self.line = line;
        Ok(())
    }

    /// The text.
    pub(super) fn finish(mut self) -> Shelved {
        self.text.lines.shrink_to_fit();
        self.text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_comes_back_byte_for_byte() {
        let shelf = Arc::new(Shelf::default());
        for text in ["", "\n", "\n\n", "a b\n", "a b", "a b\n\nc d\r\n", "a b\na b\n", "x\n\n"] {
            let shelved = Shelved::of(text.as_bytes(), &shelf, &Limits::default()).unwrap();
            assert_eq!(shelved.len(), text.len());
            assert_eq!(String::from_utf8(shelved.to_vec()).unwrap(), text);
            let lines: Vec<&[u8]> = shelved.lines().collect();
            let expected: Vec<&[u8]> = text.lines().map(str::as_bytes).collect();
            // What Rust takes away of a line's end is a part of it here.
            let lines: Vec<&[u8]> =
                lines.iter().map(|line| line.strip_suffix(b"\r").unwrap_or(line)).collect();
            assert_eq!(lines, expected);
            assert_eq!(shelved.is_ended(), text.is_empty() || text.ends_with('\n'));
            assert_eq!(shelved.spent().memory, 4 * expected.len() as u64);
        }
    }

    #[test]
    fn what_is_described_is_a_text() {
        let shelf = Arc::new(Shelf::default());
        let mut writer = Writer::new(&shelf, &Limits::default());
        writer.put_type(b"s#a", b"structure_type a { }").unwrap();
        writer.put_type(b"f", b"variable s#a").unwrap();
        let text = Text::Shelved(writer.finish());
        assert_eq!(text.to_vec(), b"s#a structure_type a { }\nf variable s#a\n");
        assert_eq!(text.len(), text.to_vec().len());
    }
}
