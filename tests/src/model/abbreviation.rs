//! Abbreviation tables.

use std::collections::BTreeMap;

use gimli::{DwAt, DwForm, DwTag};

use super::bytes::Bytes;
use super::encoding::{Codes, Encoding, Numbers};
use super::form::{Content, Entry};

/// The shape of an entry.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Abbreviation {
    tag: DwTag,
    has_children: bool,
    specs: Vec<(DwAt, DwForm, Option<i64>)>,
}

/// A table in the making.
#[derive(Debug, Default)]
pub(super) struct Table {
    abbreviations: Vec<Abbreviation>,
    known: BTreeMap<Abbreviation, usize>,
}

impl Table {
    /// Gives an entry, and those in it, abbreviations: for now, `code` is a position in the table.
    pub(super) fn add(&mut self, entry: &mut Entry, shares: bool) {
        let spec = |content: &Content| match content {
            &Content::Implicit(value) => Some(value),
            _ => None,
        };
        let specs = entry
            .attributes
            .iter()
            .map(|attribute| (attribute.name, attribute.form, spec(&attribute.content)));
        let abbreviation =
            Abbreviation { tag: entry.tag, has_children: entry.has_children, specs: specs.collect() };
        let next = self.abbreviations.len();
        let at = match self.known.get(&abbreviation) {
            Some(&at) if shares => at,
            _ => {
                self.known.insert(abbreviation.clone(), next);
                self.abbreviations.push(abbreviation);
                next
            }
        };
        entry.code = at as u64;
        for child in &mut entry.children {
            self.add(child, shares);
        }
    }

    /// The codes, by position.
    pub(super) fn codes(&self, encoding: &Encoding) -> Vec<u64> {
        let mut codes: Vec<u64> = (1..=self.abbreviations.len() as u64).collect();
        match encoding.codes {
            Codes::Dense => {}
            Codes::Sparse => codes.iter_mut().for_each(|code| *code = *code * 37 + 90),
            Codes::Shuffled => Numbers(encoding.seed).shuffle(&mut codes),
        }
        codes
    }

    /// Writes the table.
    pub(super) fn write(&self, codes: &[u64], out: &mut Bytes) {
        for (abbreviation, &code) in self.abbreviations.iter().zip(codes) {
            out.uleb(code);
            out.uleb(abbreviation.tag.0.into());
            out.byte(abbreviation.has_children.into());
            for &(name, form, constant) in &abbreviation.specs {
                out.uleb(name.0.into());
                out.uleb(form.0.into());
                if let Some(constant) = constant {
                    out.sleb(constant);
                }
            }
            out.raw(&[0, 0]);
        }
        out.byte(0);
    }
}

/// Replaces positions by codes.
pub(super) fn number(entry: &mut Entry, codes: &[u64]) {
    entry.code = codes[entry.code as usize];
    for child in &mut entry.children {
        number(child, codes);
    }
}
