//! The unit at which a symbol is at home: where kbuild would give it its version if every source file had an object of
//! its own (SPEC section 9, versions per unit).
//!
//! Comes in: what the scans found. Goes out: for each symbol the unit that describes it, and how well that is known.
//! The first of these counts, and of equals the one that comes first in the object:
//!
//! 1. The unit with the symbol's pointer variable, which is where the symbol is exported. It does not count where it
//!    only stands in for a symbol that Rust exports ([`Residents::stands_in`]).
//! 2. The unit with the symbol's definition, or that of another symbol at the same address. A definition without an
//!    address, whose code was merged with other code, comes behind all others.
//! 3. Any unit that describes it.
//!
//! The units of one Rust crate are one home, because kbuild gives the crate its versions.

use alloc::vec::Vec;

use crate::budget::Budget;
use crate::dwarf::{Candidate, Dwarf, Evidence, UnitIndex, UnitKind, UnitScan};
use crate::elf::Aliases;
use crate::error::Result;
use crate::exports::{ExportId, Exports, PerExport};
use crate::seen::{Imports, ScanIndex, Seen};
use crate::versions::Rank;

/// Where a symbol is at home.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Home {
    pub(crate) rank: Rank,
    /// Instances without an address are copies, which link-time optimisation leaves in other units.
    is_copy: bool,
    /// Of the units of one crate, the first.
    pub(crate) unit: ScanIndex,
}

/// The homes of all symbols.
#[derive(Debug)]
pub(crate) struct Homes {
    residents: Residents,
    imports: Imports,
    homes: PerExport<Option<Home>>,
    /// The groups of symbols at one address, each with a unit that defines one of them; sorted.
    defined: Vec<(ScanIndex, ExportId)>,
}

/// What is known of units.
#[derive(Debug)]
struct Residents {
    /// The positions of the units that were scanned; sorted by unit.
    positions: Vec<(UnitIndex, ScanIndex)>,
    /// By position: the unit that stands for the crate, or the unit itself.
    crates: Vec<ScanIndex>,
    /// By position.
    kinds: Vec<UnitKind>,
    /// By position: whether all that the unit exports is defined in Rust.
    stand_ins: Vec<bool>,
    /// By symbol: where it is defined first.
    definers: PerExport<Option<Definer>>,
}

/// What the units of a crate have in common: a part of their names, and their folder.
type CrateName<'d> = (&'d [u8], &'d [u8]);

/// A definition of a symbol.
#[derive(Clone, Copy, Debug)]
struct Definer {
    unit: ScanIndex,
    is_function: bool,
    is_rust: bool,
}

impl Homes {
    /// Finds the home of every symbol that has one, given the scans of all units in the order of `units`.
    pub(crate) fn new(
        dwarf: &Dwarf<'_>,
        units: &[UnitIndex],
        exports: &Exports,
        aliases: &Aliases,
        scans: &[UnitScan],
        budget: &mut Budget,
    ) -> Result<Homes> {
        let residents = Residents::new(dwarf, units, exports, scans, budget)?;
        let homes = PerExport::new(exports, None, budget)?;
        let imports = Imports::new(scans, &residents.positions, budget)?;
        let mut homes = Homes { residents, imports, homes, defined: Vec::new() };
        let Homes { residents, imports, homes: found, .. } = &mut homes;
        imports.each_seen(scans, budget, |Seen { by, candidate, .. }, _| {
            if let Some(home) = residents.home(by, candidate) {
                let known = found.get(candidate.export).flatten();
                found.set(candidate.export, known.into_iter().chain([home]).min());
            }
            Ok(())
        })?;
        homes.find_defined(aliases, exports, budget)?;
        homes.ask_aliases(aliases, exports, budget)?;
        Ok(homes)
    }

    /// A symbol's home.
    pub(crate) fn get(&self, id: ExportId) -> Option<Home> {
        self.homes.get(id).flatten()
    }

    /// Takes a symbol's home away.
    pub(crate) fn forget(&mut self, id: ExportId) {
        self.homes.set(id, None);
    }

    /// The symbols at one address that the separate object of their home would have at one address: it defines them,
    /// and exports them. `group` names the address.
    pub(crate) fn shares_address(&self, id: ExportId, group: ExportId) -> Option<Home> {
        let home = self.get(id)?;
        self.defined.binary_search(&(home.unit, group)).ok().map(|_| home)
    }

    /// Calls `each` for every candidate that can serve at the home of its symbol, in the order in which units see them.
    pub(crate) fn each_serving<'s>(
        &self,
        scans: &'s [UnitScan],
        budget: &mut Budget,
        mut each: impl FnMut(Seen<'s>, Home, &mut Budget) -> Result<()>,
    ) -> Result<()> {
        self.imports.each_seen(scans, budget, |seen, budget| match self.serves(seen.by, seen.candidate) {
            Some(home) => each(seen, home, budget),
            None => Ok(()),
        })
    }

    /// Whether a candidate is an instance of what stands in another unit, which is no partial one.
    pub(crate) fn is_instance(&self, seen: &Seen<'_>) -> bool {
        self.residents.described(seen.candidate).is_some_and(|unit| unit != seen.at)
    }

    /// Where a candidate can serve: the home of its symbol, if it is there.
    pub(crate) fn serves(&self, position: ScanIndex, candidate: &Candidate) -> Option<Home> {
        let home = self.get(candidate.export)?;
        (self.residents.unit(position, candidate) == home.unit).then_some(home)
    }

    /// Whether a symbol pointer stands elsewhere than at the symbol's home, and says what the symbol is.
    pub(crate) fn is_rival(&self, position: ScanIndex, candidate: &Candidate) -> bool {
        let is_pointer = |home: Home| home.rank == Rank::First;
        let home = self.get(candidate.export).filter(|&home| is_pointer(home));
        let rival = self.residents.home(position, candidate).filter(|&home| is_pointer(home));
        home.zip(rival).is_some_and(|(home, rival)| home.unit != rival.unit)
    }

    fn find_defined(&mut self, aliases: &Aliases, exports: &Exports, budget: &mut Budget) -> Result<()> {
        for (id, _) in exports.iter() {
            if let Some(definer) = self.residents.definers.get(id).flatten() {
                budget.push(&mut self.defined, (definer.unit, aliases.group(id)))?;
            }
        }
        Ok(())
    }

    /// Where something at a symbol's address is defined, the symbol is defined too. A symbol that no unit speaks of is at
    /// home where another one at its address is.
    fn ask_aliases(&mut self, aliases: &Aliases, exports: &Exports, budget: &mut Budget) -> Result<()> {
        let mut defined: PerExport<Option<Home>> = PerExport::new(exports, None, budget)?;
        let mut described: PerExport<Option<Home>> = PerExport::new(exports, None, budget)?;
        let offer = |homes: &mut PerExport<Option<Home>>, group, home: Option<Home>| {
            let known = homes.get(group).flatten();
            homes.set(group, known.into_iter().chain(home).min());
        };
        for (id, _) in exports.iter() {
            let definer = self.residents.definers.get(id).flatten();
            offer(
                &mut defined,
                aliases.group(id),
                definer.map(|definer| Home::new(Rank::Second, definer.unit)),
            );
            offer(&mut described, aliases.group(id), self.get(id));
        }
        for (id, _) in exports.iter() {
            let group = aliases.group(id);
            let own = self.get(id);
            if own.is_none_or(|own| own.rank == Rank::Third)
                && let Some(home) = defined.get(group).flatten()
            {
                self.homes.set(id, Some(home));
            } else if own.is_none()
                && let Some(home) = described.get(group).flatten()
            {
                self.homes.set(id, Some(home));
                budget.push(&mut self.defined, (home.unit, group))?;
            }
        }
        self.defined.sort_unstable();
        Ok(())
    }
}

impl Home {
    fn new(rank: Rank, unit: ScanIndex) -> Home {
        Home { rank, is_copy: false, unit }
    }
}

impl Residents {
    fn new(
        dwarf: &Dwarf<'_>,
        units: &[UnitIndex],
        exports: &Exports,
        scans: &[UnitScan],
        budget: &mut Budget,
    ) -> Result<Residents> {
        let mut residents = Residents {
            positions: Vec::new(),
            crates: Vec::new(),
            kinds: Vec::new(),
            stand_ins: Vec::new(),
            definers: PerExport::new(exports, None, budget)?,
        };
        for ((&unit, scan), position) in units.iter().zip(scans).zip(0..) {
            budget.charge_work(1)?;
            let position = ScanIndex::at(position);
            budget.push(&mut residents.positions, (unit, position))?;
            budget.push(&mut residents.crates, position)?;
            budget.push(&mut residents.kinds, scan.kind)?;
            budget.push(&mut residents.stand_ins, false)?;
        }
        residents.positions.sort_unstable();
        residents.join_crates(dwarf, units, budget)?;
        for (position, candidate) in candidates(scans) {
            residents.note_definition(position, candidate);
        }
        for (scan, position) in scans.iter().zip(0..) {
            let stands_in = residents.only_stands_in(ScanIndex::at(position), scan, budget)?;
            if let Some(slot) = residents.stand_ins.get_mut(ScanIndex::at(position).index()) {
                *slot = stands_in;
            }
        }
        Ok(residents)
    }

    /// Joins the units of each Rust crate.
    fn join_crates(&mut self, dwarf: &Dwarf<'_>, units: &[UnitIndex], budget: &mut Budget) -> Result<()> {
        let mut parts: Vec<(CrateName<'_>, ScanIndex)> = Vec::new();
        for (&unit, position) in units.iter().zip(0..) {
            if self.kind(ScanIndex::at(position)) == UnitKind::Rust {
                let (name, folder) = dwarf.unit(unit, budget)?.source_file(budget)?;
                if let Some(name) = crate_name(name) {
                    budget.push(&mut parts, ((name, folder), ScanIndex::at(position)))?;
                }
            }
        }
        for ((name, folder), _) in &parts {
            // Sorting compares each with some others.
            budget.charge_bytes(name.len().saturating_add(folder.len()).saturating_mul(32))?;
        }
        parts.sort_unstable();
        for same in parts.chunk_by(|a, b| a.0 == b.0) {
            let Some(&(_, first)) = same.first() else { continue };
            for &(_, position) in same {
                if let Some(slot) = self.crates.get_mut(position.index()) {
                    *slot = first;
                }
            }
        }
        budget.free(parts);
        Ok(())
    }

    fn note_definition(&mut self, position: ScanIndex, candidate: &Candidate) {
        let is_pointer = matches!(candidate.evidence, Evidence::Pointer(_) | Evidence::BadPointer(..));
        let unit = self.unit(position, candidate);
        let kind = self.kind(unit);
        let can_define = matches!(kind, UnitKind::Source | UnitKind::Rust);
        let is_known = self.definers.get(candidate.export).flatten().is_some();
        if candidate.residence.has_address && !is_pointer && can_define && !is_known {
            let is_function = matches!(candidate.evidence, Evidence::Function(_));
            let definer = Definer { unit, is_function, is_rust: kind == UnitKind::Rust };
            self.definers.set(candidate.export, Some(definer));
        }
    }

    /// Whether a unit exports nothing but what others define in Rust: no declaration in it says what a symbol is.
    fn only_stands_in(&self, position: ScanIndex, scan: &UnitScan, budget: &mut Budget) -> Result<bool> {
        let mut stands_in = false;
        for candidate in &scan.candidates {
            budget.charge_work(1)?;
            match candidate.evidence {
                Evidence::Pointer(_) if is_pointer_to_number(candidate) => {
                    stands_in |= self.stands_in(position, candidate);
                }
                Evidence::Pointer(_) | Evidence::BadPointer(..) | Evidence::Defined => return Ok(false),
                Evidence::Function(_) | Evidence::Variable(_) if candidate.residence.has_address => {
                    return Ok(false);
                }
                Evidence::Function(_) | Evidence::Variable(_) | Evidence::Type(_) => {}
            }
        }
        Ok(stands_in)
    }

    /// Whether a symbol pointer stands in a unit that merely exports what is defined elsewhere, under a type that is
    /// not the symbol's. The kernel exports Rust's symbols by way of declarations such as `extern int symbol`.
    fn stands_in(&self, position: ScanIndex, candidate: &Candidate) -> bool {
        let definer = self.definers.get(candidate.export).flatten();
        is_pointer_to_number(candidate)
            && definer.is_some_and(|definer| {
                definer.unit != self.unit(position, candidate) && (definer.is_rust || definer.is_function)
            })
    }

    /// The home that a candidate speaks for.
    fn home(&self, position: ScanIndex, candidate: &Candidate) -> Option<Home> {
        if self.stand_ins.get(position.index()) == Some(&true) {
            return None;
        }
        let unit = self.unit(position, candidate);
        let has_address = candidate.residence.has_address;
        let rank = match (self.kind(unit), candidate.evidence) {
            (UnitKind::Assembly, _) => return None,
            (UnitKind::Partial, Evidence::Defined) => return None,
            (UnitKind::Partial, _) => Rank::Third,
            (_, Evidence::Pointer(_) | Evidence::BadPointer(..)) if self.stands_in(position, candidate) => {
                return None;
            }
            (_, Evidence::Pointer(_) | Evidence::BadPointer(..)) => Rank::First,
            (_, Evidence::Type(_)) => Rank::Second,
            (_, Evidence::Function(_) | Evidence::Variable(_) | Evidence::Defined)
                if has_address || candidate.residence.is_merged =>
            {
                Rank::Second
            }
            (_, Evidence::Defined) => return None,
            (_, Evidence::Function(_) | Evidence::Variable(_)) => Rank::Third,
        };
        Some(Home { is_copy: rank != Rank::Third && !has_address, ..Home::new(rank, unit) })
    }

    /// The unit that a candidate belongs to: that of the DIE that it is an instance of, if it can be a home.
    fn unit(&self, position: ScanIndex, candidate: &Candidate) -> ScanIndex {
        let unit = self.described(candidate).unwrap_or(position);
        self.crates.get(unit.index()).copied().unwrap_or(unit)
    }

    /// The unit of the DIE that a candidate is, or is an instance of, unless it is a partial one.
    fn described(&self, candidate: &Candidate) -> Option<ScanIndex> {
        let unit = candidate.residence.unit;
        let at = self.positions.binary_search_by_key(&unit, |&(unit, _)| unit).ok()?;
        let &(_, described) = self.positions.get(at)?;
        (self.kind(described) != UnitKind::Partial).then_some(described)
    }

    fn kind(&self, position: ScanIndex) -> UnitKind {
        self.kinds.get(position.index()).copied().unwrap_or(UnitKind::Source)
    }
}

/// What the scans found, with the positions of the units.
pub(crate) fn candidates(scans: &[UnitScan]) -> impl Iterator<Item = (ScanIndex, &Candidate)> {
    let units = (0..).map(ScanIndex::at).zip(scans);
    units.flat_map(|(position, scan)| scan.candidates.iter().map(move |candidate| (position, candidate)))
}

fn is_pointer_to_number(candidate: &Candidate) -> bool {
    candidate.residence.pointee == Some(gimli::DW_TAG_base_type)
}

/// What the names of the units of a crate have in common. Rustc calls them `<source file>/@/<crate>.<hash>-cgu.<number>`,
/// and `<source file>/@/<name of the part>` when it compiles incrementally.
pub(crate) fn crate_name(unit: &[u8]) -> Option<&[u8]> {
    let mark = memchr::memmem::rfind(unit, b"/@/")?;
    let end = memchr::memmem::rfind(unit, b"-cgu.").filter(|&end| end > mark).unwrap_or(mark);
    unit.get(..end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_units_of_a_crate_have_a_name_in_common() {
        let cases: [(&[u8], Option<&[u8]>); 5] = [
            (b"lib.rs/@/core.57514c863548dc80-cgu.0", Some(b"lib.rs/@/core.57514c863548dc80")),
            (b"lib.rs/@/core.57514c863548dc80-cgu.12", Some(b"lib.rs/@/core.57514c863548dc80")),
            (b"src/main.rs/@/1abkm7aw9dlbnr3h", Some(b"src/main.rs")),
            (b"a-cgu.1/lib.rs/@/x", Some(b"a-cgu.1/lib.rs")),
            (b"fs/inode.c", None),
        ];
        for (unit, expected) in cases {
            assert_eq!(crate_name(unit), expected);
        }
    }
}
