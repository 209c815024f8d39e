//! Which exports differ between two builds, and the changed types that they differ for.
//!
//! An export differs if its own line does, or that of a type which it reaches on both sides: each such type is a
//! cause, unless it only follows from another, as a structure is larger because of one that is embedded in it.

use alloc::vec::Vec;

use dwarfksyms_core::Result;
use dwarfksyms_core::budget::{Budget, Spendable, Sum, bytes_of};

use crate::types::{
    Catalog, Contents, ExportRecord, FileId, NameId, NodeKind, RecordId, Side, Tree, Wrapper,
};

use super::change::{Change, Changes, Comparer, renamed};
use super::class::{Class, Verdict};
use super::reach::Reach;
use super::rename::unify;

/// A comparison that is under way.
#[derive(Debug)]
pub struct Comparison<'c, 't> {
    catalog: &'c Catalog<'t>,
    /// By name: the one that it counts as.
    unified: Vec<NameId>,
    /// Exports that are on both sides, in the order of their files.
    shared: Vec<(ExportRecord, ExportRecord)>,
    /// Ranges of `shared` with the same files.
    pairs: Vec<(usize, usize)>,
    budget: Budget,
    /// The bytes of all that was found so far.
    kept: Sum,
}

/// What was found in a pair of files.
#[derive(Debug)]
pub struct Found {
    files: (FileId, FileId),
    /// The types that differ: name, old and new.
    changed: Vec<(NameId, RecordId, RecordId)>,
    /// The exports that differ, and the positions of what they reach in `changed`.
    exports: Vec<(NameId, u32)>,
    spent: Spendable,
}

/// A type, or an export's own type, that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cause {
    /// Its name; the old one, if it was renamed.
    pub name: NameId,
    /// What it was.
    pub old: RecordId,
    /// What it is.
    pub new: RecordId,
    /// A pair of files in which it differs this way: the first that was found.
    pub files: (FileId, FileId),
    /// In how many pairs of files it does.
    pub file_count: usize,
    /// In which ways.
    pub changes: Vec<Change>,
    /// The exports that it reaches, by the numbers of their names.
    pub exports: Vec<NameId>,
    /// Other types that differ by the compiler's spelling alone: one cause stands for all of them.
    pub alike: Vec<NameId>,
}

/// What a comparison comes to.
#[derive(Debug, Default)]
pub struct Outcome {
    /// The causes, those first that reach most exports.
    pub causes: Vec<Cause>,
    /// The exports that differ, and the positions of their causes.
    pub exports: Vec<(NameId, Vec<u32>)>,
}

impl Cause {
    /// The worst of its changes.
    pub fn verdict(&self) -> Verdict {
        self.changes.iter().map(|change| change.class.verdict()).max().unwrap_or(Verdict::Unclear)
    }
}

impl<'c, 't> Comparison<'c, 't> {
    /// Begins a comparison of what a catalog has, which must be finished.
    ///
    /// # Errors
    /// A limit.
    pub fn new(catalog: &'c Catalog<'t>) -> Result<Comparison<'c, 't>> {
        let mut budget = catalog.budget();
        let unified = unify(catalog, catalog.sides(), &mut budget)?;
        let (old, new) = (catalog.exports(Side::Old), catalog.exports(Side::New));
        let mut shared: Vec<(ExportRecord, ExportRecord)> = Vec::new();
        let mut rest = new;
        for before in old {
            budget.charge_work(1)?;
            let skip = rest.iter().take_while(|after| after.name < before.name).count();
            rest = rest.get(skip..).unwrap_or_default();
            if let Some(after) = rest.first().filter(|after| after.name == before.name) {
                budget.push(&mut shared, (*before, *after))?;
            }
        }
        shared.sort_by_key(|(before, after)| (before.file, after.file));
        let mut pairs = Vec::new();
        let mut start = 0;
        for group in shared.chunk_by(|a, b| (a.0.file, a.1.file) == (b.0.file, b.1.file)) {
            let end = group.len().saturating_add(start);
            budget.push(&mut pairs, (start, end))?;
            start = end;
        }
        Ok(Comparison { catalog, unified, shared, pairs, budget, kept: Sum::default() })
    }

    /// The number of pairs of files that have exports in common.
    pub fn pairs(&self) -> usize {
        self.pairs.len()
    }

    /// Compares a pair of files; pairs can be worked on in any order, by any number of threads.
    ///
    /// # Errors
    /// A limit.
    pub fn compare(&self, pair: usize) -> Result<Found> {
        let range = self.pairs.get(pair).map(|&(start, end)| start..end);
        let exports = range.and_then(|range| self.shared.get(range)).unwrap_or_default();
        let files =
            exports.first().map_or((FileId(0), FileId(0)), |(before, after)| (before.file, after.file));
        let mut budget = self.budget.clone();
        let before = budget.spent();
        let mut found =
            Found { files, changed: Vec::new(), exports: Vec::new(), spent: Spendable::default() };
        let (old, new) = (self.catalog.records(files.0), self.catalog.records(files.1));
        budget.charge_bytes(old.len().saturating_mul(4))?;
        if old != new {
            self.compare_files(exports, &mut found, &mut budget)?;
        }
        found.spent = budget.spent().without(before);
        // Every pair has a budget of its own, but what they find is kept together.
        let own = bytes_of(&found.changed).saturating_add(bytes_of(&found.exports));
        let kept = self.kept.add(own);
        self.budget
            .check_spent(self.budget.spent().and(Spendable { memory: kept, ..Spendable::default() }))?;
        Ok(found)
    }

    fn compare_files(
        &self,
        exports: &[(ExportRecord, ExportRecord)],
        found: &mut Found,
        budget: &mut Budget,
    ) -> Result<()> {
        let unified = &self.unified;
        let counts_as = |name: NameId| unified.get(name.index()).copied().unwrap_or(name);
        let old = Contents::counted(self.catalog, found.files.0, counts_as, budget)?;
        let new = Contents::counted(self.catalog, found.files.1, counts_as, budget)?;
        let mut number: Vec<u32> = Vec::new();
        budget.fill(&mut number, unified.len(), 0)?;
        for &record in self.catalog.records(found.files.0) {
            let name = self.catalog.name_of(record);
            if let (Some(old), Some(new)) = (old.get(name), new.get(name))
                && old != new
                && let Some(slot) = number.get_mut(name.index())
                && *slot == 0
            {
                budget.push(&mut found.changed, (name, old, new))?;
                *slot = u32::try_from(found.changed.len()).unwrap_or(u32::MAX);
            }
        }
        if found.changed.is_empty() {
            return Ok(());
        }
        let count = found.changed.len();
        let roots = || exports.iter().map(|(before, _)| before.name);
        let before = Reach::new(self.catalog, &old, unified, &number, count, roots(), budget)?;
        let after = Reach::new(self.catalog, &new, unified, &number, count, roots(), budget)?;
        for name in roots() {
            budget.charge_bytes(count)?;
            for (word, (before, after)) in (0_u32..).zip(before.set(name).iter().zip(after.set(name))) {
                let mut bits = before & after;
                while bits != 0 {
                    let bit = word.saturating_mul(64).saturating_add(bits.trailing_zeros());
                    budget.push(&mut found.exports, (name, bit))?;
                    bits &= bits.wrapping_sub(1);
                }
            }
        }
        before.free(budget);
        after.free(budget);
        old.free(budget);
        new.free(budget);
        budget.free(number);
        Ok(())
    }

    /// Puts together what was found, in the order of the pairs.
    ///
    /// # Errors
    /// A limit.
    pub fn finish(self, found: Vec<Found>) -> Result<Outcome> {
        let mut budget = self.budget.clone();
        let mut types: Vec<Differing> = Vec::new();
        // Which type each pair's changed ones are, and how exports depend on them.
        let mut all: Vec<(NameId, RecordId, RecordId, usize, usize)> = Vec::new();
        for (pair, found) in found.iter().enumerate() {
            budget.spend(Spendable { memory: 0, ..found.spent })?;
            for (at, &(name, old, new)) in found.changed.iter().enumerate() {
                budget.push(&mut all, (name, old, new, pair, at))?;
            }
        }
        all.sort_unstable();
        let mut of_pair: Vec<Vec<u32>> = Vec::new();
        for found in &found {
            let mut numbers = Vec::new();
            budget.fill(&mut numbers, found.changed.len(), 0)?;
            budget.push(&mut of_pair, numbers)?;
        }
        for &(name, old, new, pair, at) in &all {
            let is_new = types.last().is_none_or(|last| (last.name, last.old, last.new) != (name, old, new));
            if is_new {
                let files = found.get(pair).map_or((FileId(0), FileId(0)), |found| found.files);
                budget.push(&mut types, Differing { name, old, new, files, file_count: 0 })?;
            }
            if let Some(last) = types.last_mut() {
                last.file_count = last.file_count.saturating_add(1);
            }
            let number = u32::try_from(types.len().saturating_sub(1)).unwrap_or(u32::MAX);
            if let Some(slot) = of_pair.get_mut(pair).and_then(|numbers| numbers.get_mut(at)) {
                *slot = number;
            }
        }
        budget.free(all);
        let mut edges: Vec<(NameId, u32)> = Vec::new();
        for (found, numbers) in found.iter().zip(&of_pair) {
            for &(name, at) in &found.exports {
                let number = usize::try_from(at).ok().and_then(|at| numbers.get(at));
                if let Some(&number) = number {
                    budget.push(&mut edges, (name, number))?;
                }
            }
        }
        edges.sort_unstable();
        self.judge(&types, &edges, &mut budget)
    }

    /// Finds out what is a cause, and what only follows.
    fn judge(self, types: &[Differing], edges: &[(NameId, u32)], budget: &mut Budget) -> Result<Outcome> {
        let sides = self.sides_of_records(budget)?;
        let mut told: Vec<Told> = Vec::new();
        for differing in types {
            let changes = self.changes(differing, &sides, budget)?;
            budget.push(&mut told, changes)?;
        }
        self.follow(types, &mut told, budget)?;
        // An export that would be left without a cause keeps what it has.
        for edges in edges.chunk_by(|a, b| a.0 == b.0) {
            let is_cause = |&(_, number): &(NameId, u32)| at(&told, number).is_some_and(|told| told.is_cause);
            if !edges.iter().any(is_cause) {
                for &(_, number) in edges {
                    if let Some(told) = usize::try_from(number).ok().and_then(|at| told.get_mut(at)) {
                        told.is_cause = true;
                    }
                }
            }
        }
        self.outcome(types, told, edges, budget)
    }

    /// On which sides each record is met: 1 for the old one, 2 for the new one.
    fn sides_of_records(&self, budget: &mut Budget) -> Result<Vec<u8>> {
        let mut sides: Vec<u8> = Vec::new();
        for (file, side) in (0..).map(FileId).zip(self.catalog.sides()) {
            let bit = if *side == Side::Old { 1 } else { 2 };
            let records = self.catalog.records(file);
            budget.charge_work(u64::try_from(records.len()).unwrap_or(u64::MAX))?;
            for record in records {
                let needed = record.index().saturating_add(1);
                if sides.len() < needed {
                    budget.fill(&mut sides, needed, 0)?;
                }
                if let Some(slot) = sides.get_mut(record.index()) {
                    *slot |= bit;
                }
            }
        }
        Ok(sides)
    }

    /// How a type differs.
    fn changes(&self, differing: &Differing, sides: &[u8], budget: &mut Budget) -> Result<Told> {
        let (old, new) = (self.catalog.text(differing.old), self.catalog.text(differing.new));
        let (old, new) = (Tree::parse_any(old, budget)?, Tree::parse_any(new, budget)?);
        let is_same_type = |old: &[u8], new: &[u8]| {
            let unified = self.catalog.find(new).and_then(|new| self.unified.get(new.index()));
            unified.is_some_and(|unified| self.catalog.name(*unified) == old)
        };
        let Changes { mut changes, is_shift } = Comparer::new(&old, &new, &is_same_type).compare(budget)?;
        let new_name = self.catalog.name_of(differing.new);
        let names = (self.catalog.name(differing.name), self.catalog.name(new_name));
        let is_renamed = new_name != differing.name && names.0.get(2..) != names.1.get(2..);
        if is_renamed {
            changes.retain(|change| change.class != Class::Other);
            let change = renamed(names.0, names.1);
            budget.push(&mut changes, change)?;
        }
        let is_on_both =
            [differing.old, differing.new].iter().all(|record| sides.get(record.index()) == Some(&3));
        let is_known = !changes.iter().any(|change| {
            matches!(change.class, Class::BecameDeclaration | Class::BecameDefinition | Class::CommaLost)
        });
        if is_on_both && is_known && !changes.is_empty() {
            let text = b"both builds have both definitions, and this file sees the other one now";
            let change = Change { class: Class::DefinitionsDiffer, subject: Vec::new(), text: text.to_vec() };
            budget.push(&mut changes, change)?;
        }
        // References that count as the same differ by name alone: the cause is the type that was renamed.
        let is_cause = !changes.is_empty();
        let mut embedded = Vec::new();
        if is_shift {
            by_value(&new, self.catalog, &self.unified, &mut embedded, budget)?;
        }
        Ok(Told { changes, is_cause, embedded: is_shift.then_some(embedded) })
    }

    /// Takes those for what they are whose layout only follows from that of a type embedded in them.
    fn follow(&self, types: &[Differing], told: &mut [Told], budget: &mut Budget) -> Result<()> {
        let mut differs: Vec<bool> = Vec::new();
        budget.fill(&mut differs, self.unified.len(), false)?;
        for (differing, told) in types.iter().zip(told.iter()) {
            // A shift counts too: it may come from further inside. Something that began it there will be.
            let has_layout =
                told.embedded.is_some() || told.changes.iter().any(|change| changes_layout(change.class));
            if let Some(slot) = differs.get_mut(differing.name.index()) {
                *slot |= has_layout;
            }
        }
        for told in told {
            let Some(embedded) = &told.embedded else { continue };
            budget.charge_work(u64::try_from(embedded.len()).unwrap_or(u64::MAX))?;
            if embedded.iter().any(|name| differs.get(name.index()) == Some(&true)) {
                told.is_cause = false;
            }
        }
        Ok(())
    }

    fn outcome(
        self,
        types: &[Differing],
        told: Vec<Told>,
        edges: &[(NameId, u32)],
        budget: &mut Budget,
    ) -> Result<Outcome> {
        // Where each type stands among the causes, if it is one.
        let mut places: Vec<Option<usize>> = Vec::new();
        let mut causes: Vec<Cause> = Vec::new();
        let mut spelled: Option<usize> = None;
        for (differing, told) in types.iter().zip(told) {
            if !told.is_cause {
                budget.push(&mut places, None)?;
                continue;
            }
            let is_spelling = !told.changes.is_empty()
                && told.changes.iter().all(|change| change.class == Class::ToolchainSpelling);
            if let Some((place, cause)) =
                spelled.filter(|_| is_spelling).and_then(|place| Some((place, causes.get_mut(place)?)))
            {
                budget.push(&mut cause.alike, differing.name)?;
                budget.push(&mut places, Some(place))?;
                continue;
            }
            let place = causes.len();
            if is_spelling {
                spelled = Some(place);
            }
            budget.push(&mut places, Some(place))?;
            let &Differing { name, old, new, files, file_count } = differing;
            let (exports, alike) = (Vec::new(), Vec::new());
            let changes = told.changes;
            budget.push(&mut causes, Cause { name, old, new, files, file_count, changes, exports, alike })?;
        }
        let mut exports: Vec<(NameId, Vec<u32>)> = Vec::new();
        for edges in edges.chunk_by(|a, b| a.0 == b.0) {
            let Some(&(name, _)) = edges.first() else { continue };
            let mut own: Vec<u32> = Vec::new();
            for &(_, number) in edges {
                let Some(place) = at(&places, number).copied().flatten() else { continue };
                let Some(cause) = causes.get_mut(place) else { continue };
                // One cause can stand for several types.
                if cause.exports.last() != Some(&name) {
                    budget.push(&mut cause.exports, name)?;
                    budget.push(&mut own, u32::try_from(place).unwrap_or(u32::MAX))?;
                }
            }
            budget.push(&mut exports, (name, own))?;
        }
        // A type that no export reaches on both sides is no cause. The order does not depend on that of the files.
        let mut order: Vec<usize> = Vec::new();
        for (place, cause) in causes.iter().enumerate() {
            if !cause.exports.is_empty() {
                budget.push(&mut order, place)?;
            }
        }
        let catalog = self.catalog;
        let key = |cause: &Cause| {
            let texts = (catalog.text(cause.old), catalog.text(cause.new));
            (core::cmp::Reverse(cause.exports.len()), catalog.name(cause.name), texts)
        };
        order.sort_by(|&a, &b| causes.get(a).map(key).cmp(&causes.get(b).map(key)));
        let mut position: Vec<u32> = Vec::new();
        budget.fill(&mut position, causes.len(), 0)?;
        for (to, &from) in (0..).zip(&order) {
            if let Some(slot) = position.get_mut(from) {
                *slot = to;
            }
        }
        let mut sorted = Vec::new();
        for &place in &order {
            if let Some(cause) = causes.get(place) {
                budget.push(&mut sorted, cause.clone())?;
            }
        }
        for (_, own) in &mut exports {
            for place in own.iter_mut() {
                *place = at(&position, *place).copied().unwrap_or(0);
            }
            own.sort_unstable();
        }
        exports.sort_by_key(|&(name, _)| catalog.name(name));
        for cause in &mut sorted {
            cause.exports.sort_by_key(|&name| catalog.name(name));
        }
        Ok(Outcome { causes: sorted, exports })
    }
}

/// A type that differs.
#[derive(Clone, Copy, Debug)]
struct Differing {
    name: NameId,
    old: RecordId,
    new: RecordId,
    files: (FileId, FileId),
    file_count: usize,
}

/// What was found out about it.
#[derive(Debug)]
struct Told {
    changes: Vec<Change>,
    is_cause: bool,
    /// If only offsets and sizes differ, the types that are embedded in it.
    embedded: Option<Vec<NameId>>,
}

fn at<T>(items: &[T], position: u32) -> Option<&T> {
    usize::try_from(position).ok().and_then(|position| items.get(position))
}

/// Whether a change can make the type larger, smaller, or differently aligned.
fn changes_layout(class: Class) -> bool {
    matches!(
        class,
        Class::MemberRemoved
            | Class::MemberInserted
            | Class::MemberAppended
            | Class::MemberMoved
            | Class::MemberTypeChanged
            | Class::BitFieldChanged
            | Class::SizeChanged
            | Class::AlignmentChanged
            | Class::KindChanged
            | Class::TypedefChanged
            | Class::BecameDefinition
            | Class::BecameDeclaration
            | Class::DefinitionsDiffer
            | Class::Other
    )
}

/// The named types whose values are part of a type's.
fn by_value(
    tree: &Tree<'_>,
    catalog: &Catalog<'_>,
    unified: &[NameId],
    embedded: &mut Vec<NameId>,
    budget: &mut Budget,
) -> Result<()> {
    let part = tree.part(Tree::ROOT);
    let mut next = 0;
    while let Some(node) = part.get(next) {
        budget.charge_work(1)?;
        next = match node.kind {
            // What a pointer leads to is elsewhere.
            NodeKind::Wrapper(Wrapper::Pointer | Wrapper::Reference | Wrapper::RvalueReference)
            | NodeKind::Subroutine => node.end_of_part().max(next.saturating_add(1)),
            NodeKind::Reference => {
                if let Some(name) = node.name.and_then(|name| catalog.find(name)) {
                    let name = unified.get(name.index()).copied().unwrap_or(name);
                    budget.push(embedded, name)?;
                }
                next.saturating_add(1)
            }
            _ => next.saturating_add(1),
        };
    }
    Ok(())
}
