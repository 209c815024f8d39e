//! The words of C, and where each bracket ends.

use alloc::vec::Vec;

use dwarfksyms_core::Result;
use dwarfksyms_core::budget::Budget;

/// Some words, by their numbers: from one up to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Range {
    pub(super) start: usize,
    pub(super) end: usize,
}

impl Range {
    pub(super) fn is_empty(self) -> bool {
        self.start >= self.end
    }

    /// Without so many words in front.
    pub(super) fn behind(self, count: usize) -> Range {
        Range { start: self.start.saturating_add(count).min(self.end), ..self }
    }

    pub(super) fn up_to(self, end: usize) -> Range {
        Range { end: end.min(self.end), ..self }
    }

    pub(super) fn from(self, start: usize) -> Range {
        Range { start: start.max(self.start).min(self.end), ..self }
    }
}

/// A text as words between blanks, which is how genksyms writes it.
#[derive(Debug)]
pub(super) struct Tokens<'t> {
    text: &'t [u8],
    /// Where each word is in the text.
    places: Vec<(usize, usize)>,
    /// For a word that opens brackets, the number of the one that closes them; for others, their own.
    partners: Vec<usize>,
}

impl<'t> Tokens<'t> {
    /// Splits a text; `None` if its brackets do not match.
    pub(super) fn of(text: &'t [u8], budget: &mut Budget) -> Result<Option<Tokens<'t>>> {
        budget.charge_bytes(text.len())?;
        let mut tokens = Tokens { text, places: Vec::new(), partners: Vec::new() };
        let mut open: Vec<(usize, u8)> = Vec::new();
        let mut at = 0_usize;
        for word in text.split(|&byte| byte == b' ') {
            let start = at;
            at = start.saturating_add(word.len()).saturating_add(1);
            if word.is_empty() {
                continue;
            }
            let number = tokens.places.len();
            budget.push(&mut tokens.places, (start, start.saturating_add(word.len())))?;
            budget.push(&mut tokens.partners, number)?;
            let closing = match word {
                b"(" => b')',
                b"[" => b']',
                b"{" => b'}',
                b")" | b"]" | b"}" => {
                    let matching = open.pop().filter(|&(_, closing)| word == [closing]);
                    let Some((opening, _)) = matching else {
                        budget.free(open);
                        return Ok(None);
                    };
                    if let Some(partner) = tokens.partners.get_mut(opening) {
                        *partner = number;
                    }
                    continue;
                }
                _ => continue,
            };
            budget.push(&mut open, (number, closing))?;
        }
        let is_whole = open.is_empty();
        budget.free(open);
        Ok(is_whole.then_some(tokens))
    }

    pub(super) fn all(&self) -> Range {
        Range { start: 0, end: self.places.len() }
    }

    pub(super) fn word(&self, at: usize) -> &'t [u8] {
        let place = self.places.get(at).copied();
        place.and_then(|(start, end)| self.text.get(start..end)).unwrap_or_default()
    }

    /// The first word.
    pub(super) fn first(&self, range: Range) -> &'t [u8] {
        if range.is_empty() { b"" } else { self.word(range.start) }
    }

    /// The words, with the blanks between them.
    pub(super) fn text(&self, range: Range) -> &'t [u8] {
        let last = range.end.checked_sub(1).filter(|_| !range.is_empty());
        let start = self.places.get(range.start).map(|place| place.0);
        let end = last.and_then(|last| self.places.get(last)).map(|place| place.1);
        start.zip(end).and_then(|(start, end)| self.text.get(start..end)).unwrap_or_default()
    }

    /// The word behind the brackets that one opens, or behind the word itself.
    pub(super) fn behind(&self, at: usize) -> usize {
        self.partners.get(at).copied().unwrap_or(at).max(at).saturating_add(1)
    }

    /// What is between the brackets that a word opens.
    pub(super) fn inside(&self, at: usize) -> Range {
        Range { start: at.saturating_add(1), end: self.behind(at).saturating_sub(1) }
    }

    /// The first of such a word in no brackets.
    pub(super) fn find(&self, range: Range, word: &[u8]) -> Option<usize> {
        let mut at = range.start;
        while at < range.end {
            if self.word(at) == word {
                return Some(at);
            }
            at = self.behind(at);
        }
        None
    }
}
