//! Groups of exported symbols that stand at one address.
//!
//! SPEC section 3: exported symbols with the same section index and value are one group, and a description
//! found under any listed name of the group versions all of it.

use alloc::vec::Vec;

use crate::budget::Budget;
use crate::error::{Place, Result, SectionId};
use crate::exports::{ExportId, Exports, PerExport};

use super::symbols::{Address, SymbolTable};

/// Where damage is; the symbol is named by its number.
const TABLE: Place = Place { file: 0, section: SectionId::Symbols, offset: 0 };

/// The groups. A group is named by its first member in the order of output.
#[derive(Debug)]
pub(crate) struct Aliases {
    group: PerExport<Option<ExportId>>,
    /// The members of groups of two or more, as (group, member), in order.
    members: Vec<(ExportId, ExportId)>,
}

impl Aliases {
    pub(crate) fn new(table: &SymbolTable<'_>, exports: &Exports, budget: &mut Budget) -> Result<Aliases> {
        let longest = exports.longest();
        let mut addresses: Vec<(Address, ExportId)> = Vec::new();
        for index in 1..table.len() {
            budget.charge_bytes(longest.saturating_add(64))?;
            let exported = table.exported(index, longest);
            if let Some((name, address)) = exported.map_err(|error| error.at(TABLE))? {
                budget.charge_work(u64::try_from(name.len()).unwrap_or(u64::MAX))?;
                if let Some(id) = exports.find(name) {
                    budget.push(&mut addresses, (address, id))?;
                }
            }
        }
        // A name that stands at several places counts at the first.
        addresses.sort_unstable_by_key(|&(address, id)| (id, address));
        addresses.dedup_by_key(|&mut (_, id)| id);
        addresses.sort_unstable();

        let mut group = PerExport::new(exports, None, budget)?;
        let mut members = Vec::new();
        for same in addresses.chunk_by(|a, b| a.0 == b.0) {
            let Some(&(_, first)) = same.first() else { continue };
            for &(_, member) in same {
                group.set(member, Some(first));
            }
            if same.len() > 1 {
                for &(_, member) in same {
                    budget.push(&mut members, (first, member))?;
                }
            }
        }
        members.sort_unstable();
        members.dedup();
        Ok(Aliases { group, members })
    }

    /// Divides the groups: the members with the same answer stay together, and those without one are alone.
    pub(crate) fn divide<T: Ord>(
        &self,
        exports: &Exports,
        answer: impl Fn(ExportId, ExportId) -> Option<T>,
        budget: &mut Budget,
    ) -> Result<Aliases> {
        let mut divided = Aliases { group: PerExport::new(exports, None, budget)?, members: Vec::new() };
        let mut answers: Vec<(ExportId, T, ExportId)> = Vec::new();
        for &(group, member) in &self.members {
            budget.charge_work(1)?;
            if let Some(answer) = answer(member, group) {
                budget.push(&mut answers, (group, answer, member))?;
            }
        }
        answers.sort_unstable();
        for same in answers.chunk_by(|a, b| (a.0, &a.1) == (b.0, &b.1)).filter(|same| same.len() > 1) {
            let Some(&(_, _, first)) = same.first() else { continue };
            for &(_, _, member) in same {
                divided.group.set(member, Some(first));
                budget.push(&mut divided.members, (first, member))?;
            }
        }
        divided.members.sort_unstable();
        budget.free(answers);
        Ok(divided)
    }

    /// The group that a symbol belongs to, named by its first member.
    pub(crate) fn group(&self, id: ExportId) -> ExportId {
        self.group.get(id).flatten().unwrap_or(id)
    }

    /// The members of a group in the order of output.
    pub(crate) fn members(&self, group: ExportId) -> impl Iterator<Item = ExportId> {
        let start = self.members.partition_point(|&(other, _)| other < group);
        let listed = self.members.get(start..).unwrap_or_default();
        let alone = listed.first().is_none_or(|&(other, _)| other != group).then_some(group);
        let listed = listed.iter().take_while(move |&&(other, _)| other == group).map(|&(_, member)| member);
        alone.into_iter().chain(listed)
    }
}
