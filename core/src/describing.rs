//! Describing an object: batch by batch, or everything at once.

use alloc::boxed::Box;
use alloc::vec::Vec;

use crate::budget::{Budget, Spendable};
use crate::description::{Context, Contradiction, Description};
use crate::dwarf::{Evidence, UnitIndex};
use crate::error::{Error, Place, Result};
use crate::exports::{ExportId, Exports};
use crate::graph::{Describer, Dumper, Graph};
use crate::object::Object;
use crate::options::{Dump, Scheme};
use crate::plan::{BatchIndex, Plan, Rival, Task};
use crate::symtype::{Recognizer, Renderer, TypeMap, TypeString};
use crate::versions::{Rank, Versions};

/// How far [`Object::description_with`] has come.
#[derive(Debug)]
#[non_exhaustive]
pub enum Stage<'b> {
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
    /// The unit of the first symbol.
    pub(crate) unit: Option<UnitIndex>,
    /// The bytes of the above.
    kept: u64,
}

impl Object<'_> {
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
        let kept_before = description.kept();
        if let Some(batch) = self.recognize(plan, batch, known, description, budget)? {
            return Ok(batch);
        }
        let graph = self.graph(plan, plan.tasks(batch), budget)?;
        let first = graph.roots.first().and_then(|root| graph.node(root.node));
        let unit = first.map(|node| node.die.0);
        let before = budget.spent().memory;
        let mut shown = None;
        match self.options().scheme {
            Scheme::Reference => description.add(&graph, self.dwarf(), plan, known, budget)?,
            Scheme::Canonical => {
                description.add_canonical(&graph, self.dwarf(), plan, self.rules(), budget)?;
            }
            Scheme::PerUnit { shows_types } => {
                let context = Context { rules: self.rules(), exports, known };
                let unit = description.add_unit(&graph, self.dwarf(), plan, context, budget)?;
                shown = shows_types.then(|| Box::new(unit));
                self.compare(plan, batch, description, budget)?;
            }
        }
        if !matches!(self.options().scheme, Scheme::PerUnit { .. }) {
            description.note_kept(budget.spent().memory.saturating_sub(before));
        }
        let kept = description.kept().saturating_sub(kept_before);
        if self.options().dump == Dump::None && shown.is_none() {
            self.meter().spend(budget, kept)?;
            return Ok(Batch { graph: None, shown: None, unit, kept: 0 });
        }
        let mut places = Vec::new();
        if self.options().dump != Dump::None {
            budget.reserve(&mut places, graph.len())?;
            places.extend(graph.nodes().iter().map(|node| self.dwarf().place(node.die)));
        }
        let spent = budget.spent().memory;
        self.meter().spend(budget, spent)?;
        Ok(Batch { graph: Some((graph, places)), shown, unit, kept: spent.saturating_sub(kept) })
    }

    /// Describes a batch by recognising what it has, which keeps no graph; `None` if something is not recognised without
    /// one, or if that would show what is wrong.
    fn recognize(
        &self,
        plan: &Plan,
        batch: BatchIndex,
        known: &Versions,
        description: &mut Description,
        budget: &mut Budget,
    ) -> Result<Option<Batch>> {
        let needs_graph = self.options().scheme != Scheme::Reference || self.options().dump != Dump::None;
        if needs_graph || description.needs_graphs() {
            return Ok(None);
        }
        let own = &mut budget.clone();
        let (met, types) = description.lend();
        let describer = Describer::new(self.dwarf(), plan, self.rules(), self.options());
        let mut describer = describer.recognizing(Recognizer::new(self.dwarf(), met, types));
        let described = plan.tasks(batch).iter().try_for_each(|task| describer.describe(task, own));
        let (graph, recognizer) = describer.into_recognized();
        let Some(recognizer) = recognizer else { return Ok(None) };
        let strings = description.take_back(recognizer, own);
        if described.is_err() {
            description.note_need_of_graph();
            description.note_kept(strings.1);
            let spent = own.spent().without(budget.spent()).without_memory();
            budget.spend(Spendable { memory: strings.1, ..spent })?;
            return Ok(None);
        }
        let unit = graph.roots.first().and_then(|root| graph.node(root.node)).map(|node| node.die.0);
        let kept = description.add_recognized(&graph, strings, plan, known, own)?;
        self.meter().spend(own, kept)?;
        Ok(Some(Batch { graph: None, shown: None, unit, kept: 0 }))
    }

    /// Describes symbols, with nothing else in sight.
    fn graph(&self, plan: &Plan, tasks: &[Task], budget: &mut Budget) -> Result<Graph> {
        let mut describer = Describer::new(self.dwarf(), plan, self.rules(), self.options());
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
                let (home, other) = (self.dwarf().place(counting), self.dwarf().place(contradicting));
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
        let mut renderer = Renderer::new(&graph, self.dwarf(), own)?;
        let mut types = TypeMap::default();
        let mut string = TypeString::default();
        if let Some(root) = graph.roots.first() {
            string = renderer.root(root.node, &mut types, own)?;
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

    /// Drops what was kept of a batch, and gives back what it has cost.
    pub fn release(&self, batch: Batch) {
        let Batch { kept, .. } = batch;
        self.meter().release(kept);
    }

    /// Writes the indented descriptions of a batch's symbols that [`Options::dump`](crate::Options::dump) asked for,
    /// piece by piece, and drops what was kept for it.
    ///
    /// # Errors
    /// A limit, and whatever `write` returns.
    pub fn dump<E: From<Error>>(
        &self,
        batch: &mut Batch,
        mut write: impl FnMut(&[u8]) -> Result<(), E>,
    ) -> Result<(), E> {
        let Some((graph, places)) = batch.graph.take() else { return Ok(()) };
        let budget = &mut self.meter().dump_budget(self.limits());
        let mut dumper = Dumper::new(&graph, self.dwarf(), &places, self.options().dump, budget)?;
        for root in graph.roots.iter().filter(|root| !root.is_repeated) {
            dumper.dump(root.node, &mut write, budget)?;
        }
        self.meter().spend_on_dump(budget);
        drop(graph);
        if batch.shown.is_none() {
            self.meter().release(core::mem::take(&mut batch.kept));
        }
        Ok(())
    }

    /// Scans and describes everything, one unit after the other.
    ///
    /// # Errors
    /// As in [`Object::scan`], [`Plan::new`], [`Object::describe`] and [`Description::finish`].
    pub fn description(&self, exports: &Exports) -> Result<Description> {
        let budget = &mut self.budget();
        let known = Versions::none(exports, budget)?;
        let kept = budget.spent().memory;
        self.meter().spend(budget, kept)?;
        let description = self.description_with(exports, &known, |_| Ok(()));
        self.meter().release(kept);
        description
    }

    /// As [`Object::description`], but calls `each` with every step, and leaves symbols alone that have a version
    /// already, as from another object.
    ///
    /// # Errors
    /// As there, and whatever `each` returns.
    pub fn description_with<E: From<Error>>(
        &self,
        exports: &Exports,
        known: &Versions,
        mut each: impl FnMut(Stage<'_>) -> Result<(), E>,
    ) -> Result<Description, E> {
        let mut scans = Vec::new();
        let budget = &mut self.budget();
        budget.reserve(&mut scans, self.units().count())?;
        self.meter().spend(budget, budget.spent().memory)?;
        for unit in self.units() {
            scans.push(self.scan(unit, exports)?);
            each(Stage::Scanned)?;
        }
        each(Stage::Planning)?;
        let plan = Plan::new(self, exports, known, scans)?;
        each(Stage::Describing(plan.batches().count()))?;
        let mut description = Description::new(self, &plan);
        for index in plan.batches() {
            let mut batch = self.describe(&plan, index, exports, known, &mut description)?;
            each(Stage::Described(&mut batch))?;
            self.release(batch);
        }
        description.finish(self, exports)?;
        Ok(description)
    }
}
