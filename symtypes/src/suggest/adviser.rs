//! Suggestions for all causes of a comparison, and whether they do what they are for.

use alloc::vec::Vec;

use dwarfksyms_core::budget::Budget;
use dwarfksyms_core::kabi::MEMBER_PREFIX;
use dwarfksyms_core::{Limits, Result};

use crate::compare::{Cause, Class, Outcome, Verdict};
use crate::types::{Catalog, FileId, NameId, NodeKind, Side, Tree, references_in, type_title};

use super::advice::{Advice, Caveat, CaveatKind, Obstacle, ObstacleKind, Suggestion, SuggestionKind};
use super::astray::{Astray, astray};
use super::embedding::Embedding;
use super::macros::Macros;
use super::repair::{Repair, missing, refuse, repair, warn};
use super::wording::conditional_type;
use crate::layout::{Builds, Library, Part};

impl Outcome {
    /// What is suggested for each cause, in the order of the causes, written in macros.
    ///
    /// # Errors
    /// A limit.
    pub fn advice(&self, catalog: &Catalog<'_>, macros: Macros, limits: &Limits) -> Result<Vec<Advice>> {
        let budget = &mut Budget::new(limits);
        let mut adviser = Adviser::new(catalog, self, macros, budget)?;
        for cause in &self.causes {
            adviser.open(cause.files, budget)?;
            // Much is looked at, and little kept.
            let drafted = budget.apart(|budget| adviser.draft(cause, budget))?;
            budget.charge_memory(drafted.bytes())?;
            budget.push(&mut adviser.drafts, drafted)?;
        }
        adviser.verify(budget)?;
        let mut all = Vec::new();
        for Draft { mut advice, is_without_effect, .. } in adviser.drafts {
            // Texts that differ in blanks alone have nothing to restore.
            if is_without_effect || advice.suggestions.is_empty() && advice.obstacles.is_empty() {
                let mut repair = Repair::default();
                refuse(&mut repair, ObstacleKind::NoEffect, b"", budget)?;
                advice = Advice { obstacles: repair.obstacles, ..Advice::default() };
            }
            budget.push(&mut all, advice)?;
        }
        Ok(all)
    }
}

/// What is found out about one cause.
#[derive(Debug, Default)]
pub(super) struct Draft {
    pub(super) advice: Advice,
    /// The types, and exports, that have another string under the suggestions.
    pub(super) replaced: Vec<(NameId, Vec<u8>)>,
    /// Whether no version comes back, and no other cause is the reason.
    pub(super) is_without_effect: bool,
}

impl Draft {
    /// The bytes of texts that are kept.
    fn bytes(&self) -> usize {
        let Advice { suggestions, obstacles, caveats, .. } = &self.advice;
        let suggested = suggestions.iter().map(|suggestion| {
            let Suggestion { kind: _, target, value, source, means: _ } = suggestion;
            [target, value, source].map(Vec::capacity).iter().sum::<usize>()
        });
        let obstacles = obstacles.iter().map(|obstacle| obstacle.subject.capacity());
        let caveats = caveats.iter().map(|caveat| caveat.subject.capacity());
        let replaced = self.replaced.iter().map(|(_, text)| text.capacity());
        let items = suggestions
            .capacity()
            .saturating_mul(size_of::<Suggestion>())
            .saturating_add(self.advice.obstacles.capacity().saturating_mul(size_of::<Obstacle>()))
            .saturating_add(self.advice.caveats.capacity().saturating_mul(size_of::<Caveat>()));
        suggested.chain(obstacles).chain(caveats).chain(replaced).fold(items, usize::saturating_add)
    }
}

/// Exports of two files that belong together, and their positions among those that differ.
pub(super) type Pair = ((FileId, FileId), Vec<(NameId, usize)>);

pub(super) struct Adviser<'c, 't> {
    pub(super) catalog: &'c Catalog<'t>,
    pub(super) outcome: &'c Outcome,
    macros: Macros,
    /// Types that were renamed: old and new.
    renamed: Vec<(&'t [u8], &'t [u8])>,
    /// The exports that differ, by their files.
    pub(super) pairs: Vec<Pair>,
    embedding: Embedding<'c, 't>,
    /// The types of the files of the cause that is looked at: mostly, the next one is of the same.
    files: Option<OpenFiles<'c, 't>>,
    pub(super) drafts: Vec<Draft>,
}

/// Two files and their types.
struct OpenFiles<'c, 't> {
    of: (FileId, FileId),
    before: Library<'c, 't>,
    after: Library<'c, 't>,
}

impl<'c, 't> Adviser<'c, 't> {
    fn new(
        catalog: &'c Catalog<'t>,
        outcome: &'c Outcome,
        macros: Macros,
        budget: &mut Budget,
    ) -> Result<Adviser<'c, 't>> {
        let mut renamed = Vec::new();
        for cause in &outcome.causes {
            let new = catalog.name_of(cause.new);
            if new != cause.name {
                budget.push(&mut renamed, (catalog.name(cause.name), catalog.name(new)))?;
            }
        }
        let mut located: Vec<((FileId, FileId), NameId, usize)> = Vec::new();
        for (at, &(name, _)) in outcome.exports.iter().enumerate() {
            budget.charge_work(1)?;
            if let (Some(old), Some(new)) = (catalog.export(Side::Old, name), catalog.export(Side::New, name))
            {
                budget.push(&mut located, ((old.file, new.file), name, at))?;
            }
        }
        located.sort_unstable();
        let mut pairs: Vec<Pair> = Vec::new();
        for (files, name, at) in located {
            if pairs.last().is_none_or(|(known, _)| *known != files) {
                budget.push(&mut pairs, (files, Vec::new()))?;
            }
            if let Some((_, exports)) = pairs.last_mut() {
                budget.push(exports, (name, at))?;
            }
        }
        let count = u64::try_from(renamed.len()).unwrap_or(u64::MAX);
        budget.charge_work(count.saturating_mul(u64::from(count.max(1).ilog2())))?;
        renamed.sort_unstable();
        let embedding = Embedding::new(catalog, Side::Old, budget)?;
        let (files, drafts) = (None, Vec::new());
        Ok(Adviser { catalog, outcome, macros, renamed, pairs, embedding, files, drafts })
    }

    /// Opens the files of a cause, if they are others than those of the last one.
    fn open(&mut self, files: (FileId, FileId), budget: &mut Budget) -> Result<()> {
        if self.files.as_ref().is_some_and(|open| open.of == files) {
            return Ok(());
        }
        if let Some(OpenFiles { before, after, .. }) = self.files.take() {
            before.free(budget);
            after.free(budget);
        }
        let before = Library::new(self.catalog, files.0, budget)?;
        let after = Library::new(self.catalog, files.1, budget)?;
        self.files = Some(OpenFiles { of: files, before, after });
        Ok(())
    }

    /// What would restore a type, if anything may.
    fn draft(&self, cause: &Cause, budget: &mut Budget) -> Result<Draft> {
        let catalog = self.catalog;
        let mut draft = Draft::default();
        let (old_text, new_text) = (catalog.text(cause.old), catalog.text(cause.new));
        let mut repair = self.compare(cause, budget)?;
        let mut is_only_there = false;
        if repair.is_definition_gone && repair.obstacles.is_empty() {
            // The definition may have come from another header, and be the same where that is included.
            if self.is_defined_as(cause.name, old_text, budget)? {
                is_only_there = true;
            } else {
                refuse(&mut repair, ObstacleKind::DefinitionGone, b"", budget)?;
            }
        }
        if repair.is_resized && repair.obstacles.is_empty() {
            match self.embedding.holder(cause.name, budget)? {
                Some(holder) => {
                    let title = type_title(catalog.name(holder));
                    refuse(&mut repair, ObstacleKind::Embedded, &title, budget)?;
                }
                None => warn(&mut repair.caveats, CaveatKind::NotAllocated, b"", budget)?,
            }
        }
        if cause.verdict() == Verdict::Breaks && repair.obstacles.is_empty() && !is_only_there {
            refuse(&mut repair, ObstacleKind::Embedded, b"something else", budget)?;
        }
        if !repair.obstacles.is_empty() {
            draft.advice.obstacles = repair.obstacles;
            return Ok(draft);
        }
        let target = catalog.name_of(cause.new);
        draft.advice.caveats = repair.caveats;
        let is_declaration =
            repair.suggestions.first().is_some_and(|rule| rule.kind == SuggestionKind::DeclarationOnly);
        let strayed = self.astray(cause, &repair.text, &repair.suggestions, budget)?;
        if let Some((kind, name)) = strayed {
            warn(&mut draft.advice.caveats, kind, name, budget)?;
        }
        let is_restored = repair.text == old_text && !repair.suggestions.is_empty();
        if is_restored && repair.text != new_text && strayed.is_none() {
            budget.push(&mut draft.replaced, (target, repair.text))?;
            draft.advice.suggestions = repair.suggestions;
            is_only_there |= is_declaration && self.is_defined(cause.name, budget)?;
        } else {
            self.replace(cause, target, &mut draft, budget)?;
        }
        if is_only_there {
            self.note_files(cause, &mut draft, budget)?;
        }
        Ok(draft)
    }

    /// Whether the kernel's tool would print another member, or none, under an old name.
    fn astray<'n>(
        &self,
        cause: &Cause,
        text: &[u8],
        suggestions: &'n [Suggestion],
        budget: &mut Budget,
    ) -> Result<Option<(CaveatKind, &'n [u8])>> {
        let mut names: Vec<&[u8]> = Vec::new();
        for suggestion in suggestions.iter().filter(|suggestion| suggestion.kind == SuggestionKind::Renamed) {
            budget.push(&mut names, suggestion.value.as_slice())?;
        }
        if names.is_empty() || self.macros.are_for_genksyms() {
            return Ok(None);
        }
        let Some(OpenFiles { before, .. }) = &self.files else { return Ok(None) };
        let found = astray(text, &names, before, budget)?;
        Ok(match found {
            Some((Astray::Outward, name)) if self.embedding.is_led_to(cause.name, budget)? => {
                Some((CaveatKind::OldNameLeaks, name))
            }
            Some((Astray::Inside, name)) => Some((CaveatKind::OldNameLeaks, name)),
            Some((Astray::Lost, name)) => Some((CaveatKind::OldNameLost, name)),
            _ => None,
        })
    }

    /// What stands between a type and what it was.
    fn compare(&self, cause: &Cause, budget: &mut Budget) -> Result<Repair> {
        let mut repaired = Repair::default();
        let is_all =
            |class| !cause.changes.is_empty() && cause.changes.iter().all(|change| change.class == class);
        if is_all(Class::ToolchainSpelling) {
            refuse(&mut repaired, ObstacleKind::ToolchainSpelling, b"", budget)?;
            return Ok(repaired);
        }
        if cause.changes.iter().any(|change| change.class == Class::DefinitionsDiffer) {
            refuse(&mut repaired, ObstacleKind::DefinitionsDiffer, b"", budget)?;
            return Ok(repaired);
        }
        let texts = (self.catalog.text(cause.old), self.catalog.text(cause.new));
        let (Some(old), Some(new)) = (Tree::parse(texts.0, budget)?, Tree::parse(texts.1, budget)?) else {
            let are_of_genksyms = is_genksyms(texts.0) && is_genksyms(texts.1);
            if are_of_genksyms && self.macros.are_for_genksyms() {
                self.compare_genksyms(&mut repaired, cause, budget)?;
            } else {
                let kind = if are_of_genksyms { ObstacleKind::Genksyms } else { ObstacleKind::NotUnderstood };
                refuse(&mut repaired, kind, b"", budget)?;
            }
            return Ok(repaired);
        };
        // genksyms sees names of reserved space.
        let trees = if self.macros.are_for_genksyms() { [].as_slice() } else { &[&old, &new] };
        for tree in trees {
            budget.charge_bytes(tree.part(Tree::ROOT).len().saturating_mul(16))?;
            let names = tree.part(Tree::ROOT).iter().filter(|node| node.kind.is_item());
            let mut names = names.filter_map(|node| node.name);
            if let Some(name) = names.find(|name| name.starts_with(MEMBER_PREFIX)) {
                refuse(&mut repaired, ObstacleKind::NotStable, name, budget)?;
                return Ok(repaired);
            }
        }
        let Some(OpenFiles { before, after, .. }) = &self.files else { return Ok(repaired) };
        let is_same_type =
            |old: &[u8], new: &[u8]| old == new || self.renamed.binary_search(&(old, new)).is_ok();
        let builds = Builds { old: before, new: after, is_same_type: &is_same_type };
        repaired = repair(&Part::root(old), &Part::root(new), builds, self.macros, budget)?;
        agree(&mut repaired, cause, budget)?;
        Ok(repaired)
    }

    /// What stands between a type of genksyms and what it was: places and sizes are not stated, so that the comparison says
    /// whether modules fit.
    fn compare_genksyms(&self, repaired: &mut Repair, cause: &Cause, budget: &mut Budget) -> Result<()> {
        let texts = (self.catalog.text(cause.old), self.catalog.text(cause.new));
        let is_declared = |text: &[u8]| text.ends_with(b"{ UNKNOWN }");
        match (is_declared(texts.0), is_declared(texts.1)) {
            (true, false) => {
                let (_, name) = self.catalog.name(cause.name).split_at_checked(2).unwrap_or_default();
                let hidden = self.macros.hidden_definition(name, budget)?;
                budget.push(&mut repaired.suggestions, hidden)?;
                return budget.extend(&mut repaired.text, texts.0);
            }
            (false, true) => {
                repaired.is_definition_gone = true;
                return Ok(());
            }
            _ => {}
        }
        agree(repaired, cause, budget)?;
        for change in &cause.changes {
            match change.class {
                Class::EnumeratorRemoved => {
                    refuse(repaired, ObstacleKind::EnumeratorRemoved, &change.subject, budget)?;
                }
                Class::MemberAppended => repaired.is_resized = true,
                _ => {}
            }
        }
        if cause.verdict() == Verdict::Unclear {
            warn(&mut repaired.caveats, CaveatKind::LayoutNotStated, b"", budget)?;
        }
        Ok(())
    }

    /// Suggests to replace the whole string, and adds the types that only the old one refers to.
    fn replace(&self, cause: &Cause, target: NameId, draft: &mut Draft, budget: &mut Budget) -> Result<()> {
        let catalog = self.catalog;
        let Some(OpenFiles { before, after, .. }) = &self.files else { return Ok(()) };
        let mut waiting: Vec<(NameId, &[u8])> = Vec::new();
        budget.push(&mut waiting, (target, catalog.text(cause.old)))?;
        let mut next = 0;
        while let Some(&(name, text)) = waiting.get(next) {
            next = next.saturating_add(1);
            let kind = SuggestionKind::TypeString;
            let rule = if self.macros.are_for_genksyms() {
                let new = if name == target { Some(catalog.text(cause.new)) } else { None };
                conditional_type(catalog.name(name), Some(text), new, budget)?
            } else {
                self.macros.rule(kind, catalog.name(name), text, budget)?
            };
            budget.push(&mut draft.advice.suggestions, rule)?;
            let mut kept = Vec::new();
            budget.extend(&mut kept, text)?;
            budget.push(&mut draft.replaced, (name, kept))?;
            for missing in missing(text, after, budget)? {
                budget.charge_bytes(waiting.len().saturating_mul(16))?;
                let Some(id) = catalog.find(missing) else { continue };
                // What has changed for modules is not to be hidden with what has not.
                budget.charge_work(u64::try_from(self.outcome.causes.len()).unwrap_or(u64::MAX))?;
                if self.breaks(id) {
                    let mut repair = Repair::default();
                    refuse(&mut repair, ObstacleKind::KindChanged, &type_title(missing), budget)?;
                    draft.advice = Advice { obstacles: repair.obstacles, ..Advice::default() };
                    draft.replaced.clear();
                    return Ok(());
                }
                if let Some(text) = before.text(missing)
                    && !waiting.iter().any(|&(known, _)| known == id)
                {
                    budget.push(&mut waiting, (id, text))?;
                }
            }
        }
        let is_word_for_word = !is_genksyms(catalog.text(cause.old));
        match self.macros.are_for_genksyms() {
            true if is_word_for_word => warn(&mut draft.advice.caveats, CaveatKind::WordForWord, b"", budget),
            true => Ok(()),
            false => warn(&mut draft.advice.caveats, CaveatKind::HidesAll, b"", budget),
        }
    }

    /// Whether modules break because of a type.
    fn breaks(&self, name: NameId) -> bool {
        let mut causes = self.outcome.causes.iter();
        causes.any(|cause| cause.name == name && cause.verdict() == Verdict::Breaks)
    }

    /// Whether a file of the new build has this very definition.
    fn is_defined_as(&self, name: NameId, text: &[u8], budget: &mut Budget) -> Result<bool> {
        self.is_any(Side::New, name, |other| other == text, budget)
    }

    /// Whether a file of the old build has a definition.
    fn is_defined(&self, name: NameId, budget: &mut Budget) -> Result<bool> {
        self.is_any(
            Side::Old,
            name,
            |text| !text.ends_with(b"{ }") && !text.ends_with(b"{ UNKNOWN }"),
            budget,
        )
    }

    fn is_any(
        &self,
        side: Side,
        name: NameId,
        is: impl Fn(&[u8]) -> bool,
        budget: &mut Budget,
    ) -> Result<bool> {
        for (file, _) in (0..).map(FileId).zip(self.catalog.sides()).filter(|&(_, &of)| of == side) {
            budget.charge_bytes(self.catalog.records(file).len().saturating_mul(16))?;
            let record = self.catalog.lookup(file, name);
            if record.is_some_and(|record| is(self.catalog.text(record))) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Says in which files the type has changed in this way.
    fn note_files(&self, cause: &Cause, draft: &mut Draft, budget: &mut Budget) -> Result<()> {
        warn(&mut draft.advice.caveats, CaveatKind::OnlyThere, b"", budget)?;
        let mut files = Vec::new();
        let new = self.catalog.name_of(cause.new);
        for &((before, after), _) in &self.pairs {
            let records =
                self.catalog.records(before).len().saturating_add(self.catalog.records(after).len());
            budget.charge_bytes(records.saturating_mul(16))?;
            if self.catalog.lookup(before, cause.name) == Some(cause.old)
                && self.catalog.lookup(after, new) == Some(cause.new)
            {
                budget.push(&mut files, after)?;
            }
        }
        if let Some(caveat) =
            draft.advice.caveats.iter_mut().find(|caveat| caveat.kind == CaveatKind::OnlyThere)
        {
            caveat.files = files;
        }
        Ok(())
    }
}

/// What modules were built with is what the comparison says: nothing is suggested where they break, and where nothing has
/// changed for them, the whole string can be stated if there is no better way.
fn agree(repair: &mut Repair, cause: &Cause, budget: &mut Budget) -> Result<()> {
    match cause.verdict() {
        Verdict::Breaks if repair.obstacles.is_empty() && !repair.is_definition_gone => {
            for change in &cause.changes {
                let Some(kind) = ObstacleKind::of(change.class) else { continue };
                // What has a value of it is found and named later.
                if kind != ObstacleKind::Embedded {
                    refuse(repair, kind, &change.subject, budget)?;
                }
            }
        }
        Verdict::Harmless if repair.obstacles.iter().any(|obstacle| obstacle.kind.is_of_layout()) => {
            repair.obstacles.retain(|obstacle| !obstacle.kind.is_of_layout());
            repair.suggestions.clear();
            repair.text.clear();
        }
        _ => {}
    }
    Ok(())
}

/// Whether a type string is one of genksyms: C, and neither a word of DWARF in front nor a reference.
fn is_genksyms(text: &[u8]) -> bool {
    let word = text.split(|&byte| byte == b' ').next().unwrap_or_default();
    let is_reference = references_in(word).next().is_some();
    let is_dwarf = word.ends_with(b"_type")
        || word.starts_with(b"array_type[")
        || [NodeKind::Subprogram, NodeKind::Variable].iter().any(|kind| kind.word() == word);
    !is_dwarf || is_reference
}
