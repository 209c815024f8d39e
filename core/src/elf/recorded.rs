//! The versions that a module was built against.
//!
//! `__versions` has a number as large as an address and a name, 64 bytes together. Later kernels have numbers of 32 bits in
//! `__version_ext_crcs`, and the names, each with a NUL, in `__version_ext_names`; if there are these, the others do not count.

use alloc::vec::Vec;

use object::Endianness;

use crate::budget::Budget;
use crate::error::Result;
use crate::exports::is_name;
use crate::limits::Limit;

use super::fact::{number, split_text};

/// How a module records the versions that it was built against.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Recording {
    /// Not at all.
    #[default]
    None,
    /// In `__versions`: what is missing there is refused.
    Plain,
    /// In `__version_ext_crcs`: what is missing there is not compared.
    Extended,
}

/// A symbol of another object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Wanted<'d> {
    /// Its name.
    pub name: &'d [u8],
    /// The version that is recorded for it.
    pub version: Option<u32>,
    /// Whether it may be missing.
    pub is_weak: bool,
    /// Whether the object refers to it. If not, only its version is recorded, such as that of `module_layout`.
    pub is_used: bool,
}

/// The sections that have them.
#[derive(Clone, Copy, Default)]
pub(super) struct Records<'d> {
    pub(super) versions: Option<&'d [u8]>,
    pub(super) extended_versions: Option<&'d [u8]>,
    pub(super) extended_names: &'d [u8],
}

impl<'d> Records<'d> {
    /// How versions are recorded.
    pub(super) fn recording(&self) -> Recording {
        match (self.versions, self.extended_versions) {
            (_, Some(_)) => Recording::Extended,
            (Some(_), None) => Recording::Plain,
            (None, None) => Recording::None,
        }
    }

    /// Adds them to what the module wants. `word` is the size of an address in bytes.
    ///
    /// # Errors
    /// A limit.
    pub(super) fn add_to(
        &self,
        wanted: &mut Vec<Wanted<'d>>,
        word: usize,
        endian: Endianness,
        budget: &mut Budget,
    ) -> Result<()> {
        const RECORD: usize = 64;
        if let Some(versions) = self.extended_versions {
            let (versions, _) = versions.as_chunks::<4>();
            let mut names = self.extended_names;
            for &version in versions {
                let Some((name, rest)) = split_text(names) else { break };
                budget.charge_bytes(name.len())?;
                add_recorded(name, number(version, endian), wanted, budget)?;
                names = rest;
            }
        } else if let Some(versions) = self.versions {
            let (records, _) = versions.as_chunks::<RECORD>();
            for record in records {
                budget.charge_bytes(RECORD)?;
                let Some((version, name)) = record.split_at_checked(word) else { continue };
                // The number is in the half of the word that is the lower one.
                let half = match endian {
                    Endianness::Little => version.first_chunk::<4>(),
                    Endianness::Big => version.last_chunk::<4>(),
                };
                let name = split_text(name).map_or(name, |(name, _)| name);
                if let Some(&version) = half {
                    add_recorded(name, number(version, endian), wanted, budget)?;
                }
            }
        }
        budget.check(Limit::Symbols, wanted.len())?;
        charge_sort(wanted.len(), budget)?;
        // The one with a version comes first; what is wanted without being weak is not weak.
        wanted.sort_unstable_by_key(|wanted| (wanted.name, wanted.version.is_none(), wanted.is_weak));
        wanted.dedup_by(|later, first| {
            let is_same = later.name == first.name;
            if is_same && later.is_used {
                first.is_weak = later.is_weak && (!first.is_used || first.is_weak);
                first.is_used = true;
            }
            is_same
        });
        Ok(())
    }
}

fn add_recorded<'d>(
    name: &'d [u8],
    version: u32,
    wanted: &mut Vec<Wanted<'d>>,
    budget: &mut Budget,
) -> Result<()> {
    // On some machines, names of functions begin with a dot that symbols elsewhere do not have.
    let name = name.strip_prefix(b".").unwrap_or(name);
    if is_name(name) {
        budget.push(wanted, Wanted { name, version: Some(version), is_weak: false, is_used: false })?;
    }
    Ok(())
}

/// Charges for putting names in order.
pub(super) fn charge_sort(count: usize, budget: &mut Budget) -> Result<()> {
    // Names are compared, most of which differ within some ten bytes.
    const COMPARISON: u64 = 4;
    let count = u64::try_from(count).unwrap_or(u64::MAX);
    let depth = u64::from(count.max(1).ilog2()).saturating_add(1);
    budget.charge_work(count.saturating_mul(depth).saturating_mul(COMPARISON))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits::Limits;

    fn budget() -> Budget {
        Budget::new(&Limits::default())
    }

    #[test]
    fn versions_are_words_of_the_machine() {
        let record = |number: &[u8]| {
            let mut record = [number, b"f\0"].concat();
            record.resize(64, 0);
            record
        };
        let cases = [
            (8, Endianness::Little, record(&[4, 3, 2, 1, 0, 0, 0, 0])),
            (8, Endianness::Big, record(&[0, 0, 0, 0, 1, 2, 3, 4])),
            (4, Endianness::Little, record(&[4, 3, 2, 1])),
            (4, Endianness::Big, record(&[1, 2, 3, 4])),
        ];
        for (word, endian, versions) in cases {
            let records = Records { versions: Some(&versions), ..Records::default() };
            let mut wanted = alloc::vec![
                Wanted { name: b"f", version: None, is_weak: false, is_used: true },
                Wanted { name: b"weak", version: None, is_weak: true, is_used: true },
            ];
            records.add_to(&mut wanted, word, endian, &mut budget()).unwrap();
            let expected = [
                Wanted { name: &b"f"[..], version: Some(0x0102_0304), is_weak: false, is_used: true },
                Wanted { name: b"weak", version: None, is_weak: true, is_used: true },
            ];
            assert_eq!(wanted, expected, "{word} {endian:?}");
        }
    }

    #[test]
    fn what_is_recorded_need_not_be_used() {
        let (extended_versions, extended_names) = (Some(&[1, 0, 0, 0, 2, 0, 0, 0][..]), &b"a\0layout\0"[..]);
        let records = Records { extended_versions, extended_names, ..Records::default() };
        let used = |is_weak| Wanted { name: &b"a"[..], version: None, is_weak, is_used: true };
        for (uses, is_weak) in [(&[true][..], true), (&[false], false), (&[true, false], false)] {
            let mut wanted = uses.iter().map(|&is_weak| used(is_weak)).collect();
            records.add_to(&mut wanted, 8, Endianness::Little, &mut budget()).unwrap();
            let layout = Wanted { name: b"layout", version: Some(2), is_weak: false, is_used: false };
            assert_eq!(wanted, [Wanted { version: Some(1), ..used(is_weak) }, layout]);
        }
    }

    #[test]
    fn what_is_cut_ends_the_list() {
        let records =
            Records { extended_versions: Some(&[1, 0, 0, 0, 2, 0, 0, 0, 3, 0]), ..Records::default() };
        for (names, expected) in [(&b"a\0b\0c\0"[..], 2), (b"a\0b", 1), (b"\0\0", 0), (b"", 0)] {
            let mut wanted = Vec::new();
            let records = Records { extended_names: names, ..records };
            records.add_to(&mut wanted, 8, Endianness::Little, &mut budget()).unwrap();
            assert_eq!(wanted.len(), expected);
        }
    }

    #[test]
    fn symbols_and_their_order_are_paid_for() {
        let limits = Limits { symbols: 1, ..Limits::default() };
        let records = Records {
            extended_versions: Some(&[1, 0, 0, 0, 2, 0, 0, 0]),
            extended_names: b"a\0b\0",
            ..Records::default()
        };
        let read = |limits: &Limits| {
            let budget = &mut Budget::new(limits);
            records.add_to(&mut Vec::new(), 8, Endianness::Little, budget).map(|()| budget.spent().work)
        };
        assert!(read(&limits).is_err());
        // Two names of up to 16 bytes, and two that are sorted in two rounds of four steps.
        assert_eq!(read(&Limits::default()), Ok(2 + 2 * 2 * 4));
    }
}
