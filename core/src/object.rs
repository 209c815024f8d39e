//! An object, and the two things that are done to its units.
//!
//! Units are scanned one by one, in any order ([`Object::scan`]). What was found decides what is described
//! ([`Plan`](crate::Plan)); that is done batch by batch, in any order again ([`Object::describe`]), and what comes
//! of it is put together ([`Description`](crate::Description)). A caller with threads can hand units and batches out
//! to them; the result depends on neither their number nor their order.

use alloc::boxed::Box;
use alloc::vec::Vec;

use crate::budget::{Budget, Spendable};
use crate::description::{Context, Contradiction, Description};
use crate::dwarf::{self, DieOffset, Dwarf, Evidence, Search, SplitUnit, UnitCache, UnitIndex, UnitScan};
use crate::elf::{Aliases, Image, SymbolTable};
use crate::error::{Error, Place, Result};
use crate::exports::{ExportId, Exports};
use crate::graph::{Describer, Dumper, Graph};
use crate::kabi::Rules;
use crate::limits::Limits;
use crate::meter::Meter;
use crate::plan::{BatchIndex, Plan, Rival, Task};
use crate::symtype::{Known, Renderer, TypeMap, TypeString};
use crate::versions::{Rank, Versions};

/// What the result depends on, besides the object and the symbols.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// Honour the conventions of a stable kABI (SPEC section 8).
    pub stable: bool,
    /// Which versions are computed.
    pub scheme: Scheme,
    /// Whether to keep indented descriptions of the symbols.
    pub dump: Dump,
    /// Whether types that are private to a source file are expanded, too. The versions are others then: this only shows
    /// what such types are.
    pub expands_private: bool,
    /// Whether a renamed member has its old name, and nothing else has it (SPEC section 8). The versions are others then: this
    /// only shows what is meant. Canonical versions are like this in any case.
    pub keeps_old_names: bool,
}

/// The kinds of versions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scheme {
    /// Those of the kernel's tool.
    #[default]
    Reference,
    /// Those that depend on the ABI alone, and see all of it (SPEC section 9).
    Canonical,
    /// Those that the kernel's tool gives if every unit has an object of its own (SPEC section 9).
    PerUnit {
        /// Whether the type strings of each batch are kept, for [`Object::shown`].
        shows_types: bool,
    },
}

/// The indented descriptions of symbols.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Dump {
    /// None.
    #[default]
    None,
    /// Descriptions, as SPEC section 5 defines them.
    Dies,
    /// The same, with remarks on where each type comes from.
    DieMap,
}

/// The files that an object depends on, as far as there are any.
#[derive(Debug, Default)]
pub struct Companions<'d> {
    /// What [`Links::alternate`](crate::Links::alternate) names.
    pub supplementary: Option<Image<'d>>,
}

/// An object whose units can be scanned and described.
#[derive(Debug)]
pub struct Object<'d> {
    dwarf: Dwarf<'d>,
    rules: Rules<'d>,
    options: Options,
    limits: Limits,
    meter: Meter,
}

/// What was spent on an object up to some time.
#[derive(Clone, Copy, Debug)]
pub struct Spent(Spendable);

impl Spent {
    /// DIEs that were read.
    pub fn dies(self) -> u64 {
        self.0.dies
    }
}

/// How far [`Object::description`] has come.
#[derive(Debug)]
pub enum Step<'b> {
    /// A unit has been scanned.
    Scanned,
    /// All units have been; it is decided now what is described.
    Planning,
    /// So many batches are described now.
    Describing(usize),
    /// A batch has been described.
    Described(&'b mut Batch),
}

/// What is kept of a batch that was described, for a dump.
#[derive(Debug)]
pub struct Batch {
    /// The places are those of the nodes.
    graph: Option<(Graph, Vec<Place>)>,
    /// What versions per unit are computed from.
    shown: Option<Box<Description>>,
    /// The bytes of the above.
    kept: u64,
}

impl<'d> Object<'d> {
    /// Reads an ELF object that needs no other file and has no compressed sections.
    ///
    /// # Errors
    /// As in [`Image::parse`] and [`Object::new`].
    pub fn parse(data: &'d [u8], options: Options, limits: &Limits) -> Result<Object<'d>> {
        Object::new(Image::parse(data, limits)?, Companions::default(), options, limits)
    }

    /// Lists the units and rules of an object.
    ///
    /// # Errors
    /// An object without DWARF, or with sections that are compressed still; damaged headers; a limit.
    pub fn new(
        image: Image<'d>,
        companions: Companions<'d>,
        options: Options,
        limits: &Limits,
    ) -> Result<Object<'d>> {
        let budget = &mut Budget::new(limits);
        let read = companions.supplementary.iter().fold(image.spent(), |sum, image| sum.and(image.spent()));
        budget.spend(read)?;
        let rules = if options.stable { Rules::parse(&image.kabi_rules, budget)? } else { Rules::default() };
        let dwarf = Dwarf::new(image, companions.supplementary, budget)?;
        let meter = Meter::default();
        meter.spend(budget, budget.spent().memory)?;
        Ok(Object { dwarf, rules, options, limits: *limits, meter })
    }

    /// Changes the limits, as companions make the input larger.
    pub fn set_limits(&mut self, limits: &Limits) {
        self.limits = *limits;
    }

    /// Counts steps of work that were done before, such as on other members of the same archive.
    pub fn carry_work(&self, steps: u64) {
        self.meter.carry_work(steps);
    }

    /// The units, in section order.
    pub fn units(&self) -> impl Iterator<Item = UnitIndex> {
        self.dwarf.units()
    }

    /// The bytes of all sections with units, those of companions included.
    pub fn unit_bytes(&self) -> u64 {
        self.dwarf.unit_bytes()
    }

    /// The parts of units that are in files of their own. Without them, the units describe nothing.
    ///
    /// # Errors
    /// Damage in the units' roots, or a limit.
    pub fn split_units(&self) -> Result<Vec<SplitUnit<'d>>> {
        let budget = &mut self.budget();
        let units = self.dwarf.split_units(budget)?;
        self.meter.spend(budget, budget.spent().memory)?;
        Ok(units)
    }

    /// Adds the files that have the other parts of units, each with the units that it is for. Companions are
    /// numbered in the order in which they are added ([`Place::file`]).
    ///
    /// # Errors
    /// A file that has not all of its units; damaged headers; a limit.
    pub fn attach<'u>(
        &mut self,
        files: impl IntoIterator<Item = (Image<'d>, &'u [SplitUnit<'d>])>,
    ) -> Result<()>
    where
        'd: 'u,
    {
        let budget = &mut self.budget();
        for (image, units) in files {
            budget.spend(image.spent())?;
            self.dwarf.attach(image, units, budget)?;
        }
        self.dwarf.index(budget)?;
        self.meter.spend(budget, budget.spent().memory)
    }

    /// Where the kABI rules end in bytes that are too few for a rule, which deserves a warning.
    pub fn leftover_rule_bytes(&self) -> Option<Place> {
        self.rules.leftover
    }

    /// How many sections of kABI rules there are. All are read, but the kernel's own tool reads only the first.
    pub fn rule_sections(&self) -> usize {
        self.rules.sections
    }

    /// Finds the exported symbols that a unit describes.
    ///
    /// # Errors
    /// Damage in what has to be read, or a limit.
    pub fn scan(&self, unit: UnitIndex, exports: &Exports) -> Result<UnitScan> {
        let budget = &mut self.budget();
        let for_homes = matches!(self.options.scheme, Scheme::PerUnit { .. });
        let for_imports = self.options.scheme != Scheme::Reference;
        let search = Search { exports, for_homes, for_imports };
        let scan = dwarf::scan(&mut UnitCache::new(&self.dwarf), unit, search, budget)?;
        self.meter.spend(budget, scan.bytes())?;
        Ok(scan)
    }

    /// Describes the symbols of one batch that have no version yet, and adds them to a description. Batches can be
    /// described in any order.
    ///
    /// # Errors
    /// Damage in what has to be read, types that cannot be described, or a limit.
    pub fn describe(
        &self,
        plan: &Plan,
        batch: BatchIndex,
        exports: &Exports,
        known: &Versions,
        description: &mut Description,
    ) -> Result<Batch> {
        let budget = &mut self.budget();
        let graph = self.graph(plan, plan.tasks(batch), budget)?;
        let before = budget.spent().memory;
        let kept_before = description.kept();
        let mut shown = None;
        match self.options.scheme {
            Scheme::Reference => description.add(&graph, &self.dwarf, plan, known, budget)?,
            Scheme::Canonical => description.add_canonical(&graph, &self.dwarf, plan, &self.rules, budget)?,
            Scheme::PerUnit { shows_types } => {
                let context = Context { rules: &self.rules, exports, known };
                let unit = description.add_unit(&graph, &self.dwarf, plan, context, budget)?;
                shown = shows_types.then(|| Box::new(unit));
                self.compare(plan, batch, description, budget)?;
            }
        }
        if !matches!(self.options.scheme, Scheme::PerUnit { .. }) {
            description.note_kept(budget.spent().memory.saturating_sub(before));
        }
        let kept = description.kept().saturating_sub(kept_before);
        if self.options.dump == Dump::None && shown.is_none() {
            self.meter.spend(budget, kept)?;
            return Ok(Batch { graph: None, shown: None, kept: 0 });
        }
        let mut places = Vec::new();
        if self.options.dump != Dump::None {
            budget.reserve(&mut places, graph.len())?;
            places.extend(graph.nodes().iter().map(|node| self.dwarf.place(node.die)));
        }
        let spent = budget.spent().memory;
        self.meter.spend(budget, spent)?;
        Ok(Batch { graph: Some((graph, places)), shown, kept: spent.saturating_sub(kept) })
    }

    /// Describes symbols, with nothing else in sight.
    fn graph(&self, plan: &Plan, tasks: &[Task], budget: &mut Budget) -> Result<Graph> {
        let mut describer = Describer::new(&self.dwarf, plan, &self.rules, self.options);
        for task in tasks {
            let described = describer.describe(task, budget);
            described.map_err(|error| error.at_if_known(describer.place()))?;
        }
        Ok(describer.into_graph())
    }

    /// Compares the symbol pointers of a batch with those of other units.
    fn compare(
        &self,
        plan: &Plan,
        batch: BatchIndex,
        description: &mut Description,
        budget: &mut Budget,
    ) -> Result<()> {
        let mut known: Option<(ExportId, Vec<u8>)> = None;
        for &Rival { export, home, other } in plan.rivals(batch) {
            let string = |evidence, budget: &mut Budget| {
                let task = Task { group: export, evidence, rank: Rank::First };
                self.string(plan, &task, budget)
            };
            // One that cannot serve would be an error only if it counted.
            let (Evidence::Pointer(counting), Evidence::Pointer(contradicting)) = (home, other) else {
                continue;
            };
            // Those of one symbol come one after the other.
            let at_home = match &mut known {
                Some((symbol, string)) if *symbol == export => string,
                known => &mut known.insert((export, string(home, budget)?)).1,
            };
            let elsewhere = string(other, budget)?;
            if *at_home != elsewhere {
                let (home, other) = (self.dwarf.place(counting), self.dwarf.place(contradicting));
                description.add_contradiction(Contradiction { symbol: export, home, other }, budget)?;
            }
            budget.free(elsewhere);
        }
        Ok(())
    }

    /// The type string of a single symbol, in which named types are only named. What else it costs is given back.
    fn string(&self, plan: &Plan, task: &Task, budget: &mut Budget) -> Result<Vec<u8>> {
        let own = &mut budget.clone();
        let graph = self.graph(plan, core::slice::from_ref(task), own)?;
        let mut renderer = Renderer::new(&graph, &self.dwarf, own)?;
        let (mut types, mut known) = (TypeMap::default(), Known::new(false));
        let mut string = TypeString::default();
        if let Some(root) = graph.roots.first() {
            string = renderer.root(root.node, &mut types, &mut known, own)?;
        }
        budget.spend(own.spent().without(budget.spent()).without_memory())?;
        let mut text = Vec::new();
        budget.extend(&mut text, &string.text)?;
        Ok(text)
    }

    /// What the versions of a batch are computed from, once, if [`Scheme::PerUnit`] asks for it.
    pub fn shown(&self, batch: &mut Batch) -> Option<Description> {
        batch.shown.take().map(|shown| *shown)
    }

    /// Writes the indented descriptions of a batch's symbols that [`Options::dump`] asked for, piece by piece,
    /// and drops what was kept for it.
    ///
    /// # Errors
    /// A limit, and whatever `write` returns.
    pub fn dump<E: From<Error>>(
        &self,
        batch: &mut Batch,
        mut write: impl FnMut(&[u8]) -> Result<(), E>,
    ) -> Result<(), E> {
        let Some((graph, places)) = batch.graph.take() else { return Ok(()) };
        let budget = &mut self.meter.dump_budget(&self.limits);
        let mut dumper = Dumper::new(&graph, &self.dwarf, &places, self.options.dump, budget)?;
        for root in graph.roots.iter().filter(|root| !root.is_repeated) {
            dumper.dump(root.node, &mut write, budget)?;
        }
        self.meter.spend_on_dump(budget);
        drop(graph);
        if batch.shown.is_none() {
            self.meter.release(core::mem::take(&mut batch.kept));
        }
        Ok(())
    }

    /// Scans and describes everything, one unit after the other, and calls `each` with every step. Symbols that
    /// have a version already are left alone.
    ///
    /// # Errors
    /// As in [`Object::scan`], [`Plan::new`], [`Object::describe`] and [`Description::finish`], and whatever `each`
    /// returns.
    pub fn description<E: From<Error>>(
        &self,
        exports: &Exports,
        known: &Versions,
        mut each: impl FnMut(Step<'_>) -> Result<(), E>,
    ) -> Result<Description, E> {
        let mut scans = Vec::new();
        let budget = &mut self.budget();
        budget.reserve(&mut scans, self.units().count())?;
        self.meter.spend(budget, budget.spent().memory)?;
        for unit in self.units() {
            scans.push(self.scan(unit, exports)?);
            each(Step::Scanned)?;
        }
        each(Step::Planning)?;
        let plan = Plan::new(self, exports, known, scans)?;
        each(Step::Describing(plan.batches().count()))?;
        let mut description = Description::new(self, &plan);
        for index in plan.batches() {
            let mut batch = self.describe(&plan, index, exports, known, &mut description)?;
            each(Step::Described(&mut batch))?;
            self.meter.release(batch.kept);
        }
        description.finish(self, exports)?;
        Ok(description)
    }

    pub(crate) fn aliases(&self, exports: &Exports, budget: &mut Budget) -> Result<Aliases> {
        match self.dwarf.image() {
            Some(image) => Aliases::new(&image.symbols, exports, budget),
            None => Aliases::new(&SymbolTable::default(), exports, budget),
        }
    }

    /// Names the place of an error in a unit.
    #[cold]
    pub(crate) fn error_in(&self, unit: UnitIndex, offset: DieOffset, error: Error) -> Error {
        error.at(self.dwarf.place((unit, offset)))
    }

    /// Which versions are computed.
    pub(crate) fn scheme(&self) -> Scheme {
        self.options.scheme
    }

    pub(crate) fn dwarf(&self) -> &Dwarf<'d> {
        &self.dwarf
    }

    /// The object's kABI rules; none without [`Options::stable`].
    pub fn rules(&self) -> &Rules<'d> {
        &self.rules
    }

    /// The rules that were about something when the object was described: their kinds and targets.
    ///
    /// A rule in a header is in every object that includes it; in many it is about nothing, and need not be.
    pub fn used_rules(&self) -> impl Iterator<Item = (&'static str, &[u8])> {
        let rules = self.rules();
        let used = rules.all().iter().filter(|rule| rules.is_used(rule));
        used.map(|rule| (rule.kind.name(), rule.target))
    }

    /// Says how many threads scan and describe parts of the object at the same time. Each of them has its part of
    /// the limit on memory, so that what needs nearly all of it can fail: then [`Object::start_again`] helps.
    pub fn share(&self, threads: usize) {
        self.meter.share(threads);
    }

    /// What was spent so far, for [`Object::start_again`].
    pub fn spent(&self) -> Spent {
        Spent(self.meter.spent())
    }

    /// Takes back what was spent since `spent`, when all that came of it is gone; there is one thread again.
    pub fn start_again(&self, spent: Spent) {
        self.meter.restore(spent.0);
        self.meter.share(1);
    }

    /// What is left of the limits.
    pub(crate) fn budget(&self) -> Budget {
        self.meter.budget(&self.limits)
    }

    /// Where what is spent and kept is added up.
    pub(crate) fn meter(&self) -> &Meter {
        &self.meter
    }
}
