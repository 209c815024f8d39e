//! An object's description: its parts are put together, one thread or several describe it, and its versions are
//! computed. Every command that describes objects does it here, so that limits, threads and errors are the same.

use anyhow::Result;
use dwarfksyms_core::{Batch, Description, Error, Exports, Object, Options, Stage, Versions};

use crate::common::Common;
use crate::companion::{self, Complete, Names};
use crate::explanation;
use crate::input::{Input, Store};
use crate::output::DumpError;
use crate::parallel::{self, Describing};
use crate::phase::Phase;
use crate::watch::Watch;

/// An object with the parts of it that are in other files, and what errors call these.
pub struct Assembly<'a> {
    /// The object.
    pub object: Object<'a>,
    /// The names.
    pub names: Names,
}

/// Describes objects for one list of symbols.
#[derive(Clone, Copy)]
pub struct ObjectDescriber<'r> {
    /// Files and limits.
    pub common: &'r Common,
    /// The symbols.
    pub exports: &'r Exports,
    /// The bytes of their list: limits count it as input.
    pub list_size: u64,
    /// Learns how far the work has come.
    pub watch: &'r Watch,
}

impl<'r> ObjectDescriber<'r> {
    /// Makes an object of an image and its companions, split units included.
    ///
    /// # Errors
    /// Damage, a file that is missing, or a limit.
    pub fn assemble<'a>(
        &self,
        input: &Input<'a>,
        store: &'a Store<'_>,
        complete: Complete<'a>,
        options: Options,
    ) -> Result<Assembly<'a>> {
        let Complete { image, companions, mut names } = complete;
        let limits = || store.limits(self.common, self.list_size);
        let mut object = names.of(Object::new(image, companions, options, &limits()))?;
        object.carry_work(store.work());
        companion::attach_split(self.common, input, &mut object, &mut names, store)?;
        object.set_limits(&limits());
        Ok(Assembly { object, names })
    }

    /// Describes what has no version yet. With one thread, `each` gets every batch.
    ///
    /// # Errors
    /// Damage, types that cannot be described, or a limit, with the symbol that it is about; whatever `each` returns.
    pub fn describe(
        &self,
        assembly: &Assembly<'_>,
        known: &Versions,
        store: &Store<'_>,
        threads: usize,
        each: impl FnMut(&mut Batch) -> Result<(), DumpError>,
    ) -> Result<Description> {
        let described = match threads {
            ..=1 => self.in_turn(assembly, known, each),
            _ => {
                let described = self.parallel(&assembly.object, known, threads).describe(|_| Ok(None::<()>));
                assembly.names.of(described.map(|(description, _)| description))
            }
        };
        described.map_err(|error| self.explained(error, assembly, known, store))
    }

    /// The same with what `take` wants to keep of each batch, in their order, however many threads there are.
    ///
    /// # Errors
    /// As above; whatever `take` returns.
    pub fn describe_and_take<T: Send>(
        &self,
        assembly: &Assembly<'_>,
        known: &Versions,
        store: &Store<'_>,
        threads: usize,
        take: impl Fn(&mut Batch) -> Result<Option<T>, Error> + Sync,
    ) -> Result<(Description, Vec<T>)> {
        let described = match threads {
            ..=1 => {
                let mut taken = Vec::new();
                let described = self.in_turn(assembly, known, |batch| {
                    taken.extend(take(batch)?);
                    Ok(())
                });
                described.map(|description| (description, taken))
            }
            _ => assembly.names.of(self.parallel(&assembly.object, known, threads).describe(take)),
        };
        described.map_err(|error| self.explained(error, assembly, known, store))
    }

    fn parallel<'d, 'o>(
        &self,
        object: &'d Object<'o>,
        known: &'d Versions,
        threads: usize,
    ) -> Describing<'d, 'o>
    where
        'r: 'd,
    {
        Describing { object, exports: self.exports, known, threads, watch: self.watch }
    }

    /// An error with the symbol that it is about.
    fn explained(
        &self,
        error: anyhow::Error,
        assembly: &Assembly<'_>,
        known: &Versions,
        store: &Store<'_>,
    ) -> anyhow::Error {
        let limits = store.limits(self.common, self.list_size);
        explanation::name_symbol(error, &assembly.object, self.exports, known, &limits)
    }

    fn in_turn(
        &self,
        Assembly { object, names }: &Assembly<'_>,
        known: &Versions,
        mut each: impl FnMut(&mut Batch) -> Result<(), DumpError>,
    ) -> Result<Description> {
        self.watch.enter(Phase::Scan, object.units().count());
        let described = object.description_with(self.exports, known, |step| {
            self.watch.note(&step);
            match step {
                Stage::Described(batch) => each(batch),
                _ => Ok(()),
            }
        });
        names.of_dump(described)
    }

    /// Computes the versions of what was described.
    ///
    /// # Errors
    /// A limit.
    pub fn compute(
        &self,
        names: &Names,
        description: &mut Description,
        versions: &mut Versions,
        threads: usize,
    ) -> Result<()> {
        self.watch.enter(Phase::Versions, 0);
        names.of(match threads {
            ..=1 => description.compute(self.exports, versions),
            _ => parallel::compute(description, self.exports, versions, threads),
        })
    }
}

/// The types that were described, as symtypes text.
///
/// # Errors
/// A limit.
pub fn symtypes(description: &mut Description, exports: &Exports) -> Result<Vec<u8>, Error> {
    let mut text = Vec::new();
    for (name, string) in description.symtypes(exports)? {
        [name, b" ", string, b"\n"].iter().for_each(|part| text.extend_from_slice(part));
    }
    Ok(text)
}
