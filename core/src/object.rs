//! An object, and the two things that are done to its units.
//!
//! Units are scanned one by one, in any order ([`Object::scan`]). What was found decides what is described
//! ([`Plan`](crate::Plan)); that is done batch by batch, in any order again ([`Object::describe`]), and what comes
//! of it is put together ([`Description`](crate::Description)). A caller with threads can hand units and batches out
//! to them; the result depends on neither their number nor their order.

use alloc::vec::Vec;

use crate::budget::{Budget, Spendable};
use crate::dwarf::{self, Candidate, DieOffset, Dwarf, Query, SplitUnit, UnitCache, UnitIndex, UnitScan};
use crate::elf::{Aliases, Image, SymbolPlace, SymbolTable};
use crate::error::{Error, Place, Result};
use crate::exports::Exports;
use crate::kabi::Rules;
use crate::limits::Limits;
use crate::meter::Meter;
use crate::options::{Options, Scheme};

/// The files that an object depends on, as far as there are any.
#[derive(Debug, Default)]
#[non_exhaustive]
pub struct Companions<'d> {
    /// What [`Links::alternate`](crate::Links::alternate) names.
    pub supplementary: Option<Image<'d>>,
}

impl<'d> Companions<'d> {
    /// The same with what [`Links::alternate`](crate::Links::alternate) names.
    #[must_use]
    pub fn supplementary(self, image: Image<'d>) -> Companions<'d> {
        Companions { supplementary: Some(image) }
    }
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

    /// Changes which versions are computed, before units are scanned.
    pub fn set_scheme(&mut self, scheme: Scheme) {
        self.options.scheme = scheme;
    }

    /// Changes whether types are described that a list asks for: see [`Options::describes_types`].
    pub fn set_describes_types(&mut self, describes_types: bool) {
        self.options.describes_types = describes_types;
    }

    /// Changes whether types that cannot be described are no error: see [`Options::lenient`].
    pub fn set_lenient(&mut self, lenient: bool) {
        self.options.lenient = lenient;
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

    /// The parts of units that are in files of their own. Units without them cannot be scanned
    /// ([`ErrorKind::NotAttached`](crate::ErrorKind::NotAttached)).
    ///
    /// # Errors
    /// Damage in the units' roots, or a limit.
    pub fn split_units(&self) -> Result<Vec<SplitUnit<'d>>> {
        let budget = &mut self.budget();
        let units = self.dwarf.split_units(budget)?;
        self.meter.spend(budget, budget.spent().memory)?;
        Ok(units)
    }

    /// Finds the sections of a file with other parts of units, as [`Image::parse_split`] does, and pays for that at once: there can
    /// be many such files before any of them is added. The limits are those of all that has been read.
    ///
    /// # Errors
    /// As in [`Image::parse_split`].
    pub fn split_image(&self, data: &'d [u8], limits: &Limits) -> Result<Image<'d>> {
        let budget = &mut self.meter.budget(limits);
        let image = Image::read_split(data, budget)?;
        self.meter.spend(budget, budget.spent().memory)?;
        Ok(image)
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
    /// A unit whose DIEs are in a file that was not attached; damage in what has to be read, or a limit.
    pub fn scan(&self, unit: UnitIndex, exports: &Exports) -> Result<UnitScan> {
        let budget = &mut self.budget();
        let for_homes = matches!(self.options.scheme, Scheme::PerUnit { .. });
        let for_imports = self.options.scheme != Scheme::Reference;
        let query = Query { exports, for_homes, for_imports };
        let units = &mut UnitCache::new(&self.dwarf);
        let mut scan = dwarf::scan(units, unit, query, budget)?;
        if self.options.describes_types {
            for (export, offset) in units.load(unit, budget)?.listed_types(exports, budget)? {
                budget.push(&mut scan.candidates, Candidate::of_type(export, (unit, offset)))?;
            }
        }
        self.meter.spend(budget, scan.bytes())?;
        Ok(scan)
    }

    pub(crate) fn aliases(&self, exports: &Exports, budget: &mut Budget) -> Result<Aliases> {
        match self.dwarf.image() {
            Some(image) => Aliases::new(&image.symbols, exports, budget),
            None => Aliases::new(&SymbolTable::default(), exports, budget),
        }
    }

    /// The other names of functions and variables: of what is at some places, which are in order, in the symbol table, local
    /// names among them. They are in the order of places, and then of names.
    ///
    /// # Errors
    /// A damaged symbol, or a limit.
    pub fn names_at(&self, places: &[SymbolPlace]) -> Result<Vec<(SymbolPlace, &'d [u8])>> {
        let budget = &mut self.budget();
        let Some(image) = self.dwarf.image() else { return Ok(Vec::new()) };
        let names = image.symbols.names_at(places, budget)?;
        self.meter.spend(budget, budget.spent().memory)?;
        Ok(names)
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

    /// What the result depends on.
    pub(crate) fn options(&self) -> Options {
        self.options
    }

    pub(crate) fn limits(&self) -> &Limits {
        &self.limits
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
