//! Several threads for one object: its units are scanned and described, its versions computed.
//!
//! The core does not care who works on which part, and in which order. Errors are those of one thread: of several
//! parts that fail, the first in order counts, and if a limit is hit, one thread tries again, because what the
//! threads need together can be more than one of them would.

use std::num::NonZero;
use std::panic::resume_unwind;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use dwarfksyms_core::{
    Batch, BatchIndex, Description, Error, ErrorKind, Exports, Failure, Object, Plan, Stage, UnitIndex,
    UnitScan, Versions,
};

use crate::common::Common;
use crate::phase::Phase;
use crate::watch::Watch;

/// Inputs of fewer bytes are done before a thread has started: 4 MiB.
const SMALLEST: usize = 4 << 20;

/// The stack of a thread: what any object is content with, and room for what is around it.
pub const STACK: usize = 1 << 20;

/// The number of threads for an input of `bytes` bytes.
pub fn threads(args: &Common, bytes: usize) -> usize {
    args.jobs.map_or_else(|| if bytes < SMALLEST { 1 } else { available() }, NonZero::get)
}

/// The processors that this process may use.
pub fn available() -> usize {
    let set = rustix::thread::sched_getaffinity(None);
    set.map_or(1, |set| usize::try_from(set.count()).unwrap_or(1)).max(1)
}

/// Does the same work in so many threads at once; returns what each of them has come to. Where the system starts no more, those
/// do all of it that have started, and this one if there are none: the result does not depend on their number.
fn in_threads<T: Send>(threads: usize, work: impl Fn() -> T + Sync) -> Vec<T> {
    thread::scope(|scope| {
        let start = |_| thread::Builder::new().stack_size(STACK).spawn_scoped(scope, &work).ok();
        let started: Vec<_> = (0..threads.max(1)).map_while(start).collect();
        if started.is_empty() {
            return vec![work()];
        }
        started.into_iter().map(|thread| thread.join().unwrap_or_else(|it| resume_unwind(it))).collect()
    })
}

/// An object, and how so many threads describe it.
pub struct Describing<'d, 'o> {
    /// The object.
    pub object: &'d Object<'o>,
    /// The symbols.
    pub exports: &'d Exports,
    /// Those that have a version already.
    pub known: &'d Versions,
    /// The number of threads.
    pub threads: usize,
    /// Learns how far they have come.
    pub watch: &'d Watch,
}

/// A description, and what was taken of its batches, in their order.
type Described<T> = (Description, Vec<T>);

/// What a thread has described until one batch failed, and that failure.
type Part<T> = Result<(Description, Vec<(BatchIndex, T)>), (BatchIndex, Error)>;

impl Describing<'_, '_> {
    /// Describes an object, without dumps. `take` is given every batch, and returns what is to be kept of it.
    ///
    /// # Errors
    /// Damage, types that cannot be described, or a limit; what `take` returns.
    pub fn describe<T: Send>(
        &self,
        take: impl Fn(&mut Batch) -> Result<Option<T>, Error> + Sync,
    ) -> Result<Described<T>, Error> {
        let Describing { object, exports, known, threads, watch } = *self;
        let before = object.spent();
        object.share(threads);
        match self.shared(&take) {
            Err(error) if is_of_all_threads(&error) => {
                object.start_again(before);
                watch.enter(Phase::Scan, object.units().count());
                let mut taken = Vec::new();
                let description = object.description_with(exports, known, |step| {
                    watch.note(&step);
                    if let Stage::Described(batch) = step {
                        taken.extend(take(batch)?);
                    }
                    Ok::<(), Error>(())
                })?;
                Ok((description, taken))
            }
            described => {
                object.share(1);
                described.and_then(|(mut description, taken)| {
                    description.finish(object, exports)?;
                    Ok((description, taken))
                })
            }
        }
    }

    fn shared<T: Send>(
        &self,
        take: &(impl Fn(&mut Batch) -> Result<Option<T>, Error> + Sync),
    ) -> Result<Described<T>, Error> {
        let Describing { object, exports, known, threads, watch } = *self;
        let steps = watch.steps();
        let units: Vec<UnitIndex> = object.units().collect();
        watch.enter(Phase::Scan, units.len());
        let next = AtomicUsize::new(0);
        let work = || {
            let mut scans: Vec<(usize, Result<UnitScan, Error>)> = Vec::new();
            loop {
                let at = next.fetch_add(1, Ordering::Relaxed);
                let Some(&unit) = units.get(at) else { return scans };
                scans.push((at, object.scan(unit, exports)));
                steps.count();
            }
        };
        let mut scans: Vec<_> = in_threads(threads, work).into_iter().flatten().collect();
        scans.sort_unstable_by_key(|&(at, _)| at);
        watch.enter(Phase::Plan, 0);
        let scans = scans.into_iter().map(|(_, scan)| scan).collect::<Result<_, _>>();
        let plan = scans.and_then(|scans| Plan::new(object, exports, known, scans))?;
        self.batches(&plan, take)
    }

    fn batches<T: Send>(
        &self,
        plan: &Plan,
        take: &(impl Fn(&mut Batch) -> Result<Option<T>, Error> + Sync),
    ) -> Result<Described<T>, Error> {
        let Describing { object, exports, known, threads, watch } = *self;
        let steps = watch.steps();

        // Every thread has one description, which learns to recognise what it has met. Batches are taken in order, so
        // that whatever is before one that fails is described too.
        let batches: Vec<BatchIndex> = plan.batches().collect();
        watch.enter(Phase::Describe, batches.len());
        let next = AtomicUsize::new(0);
        let work = || -> Part<T> {
            let mut description = Description::new(object, plan);
            let mut taken = Vec::new();
            while let Some(&index) = batches.get(next.fetch_add(1, Ordering::Relaxed)) {
                let described = object.describe(plan, index, exports, known, &mut description);
                let kept = described.and_then(|mut batch| {
                    let kept = take(&mut batch);
                    object.release(batch);
                    kept
                });
                taken.extend(
                    kept.map_err(|error| {
                        next.fetch_max(batches.len(), Ordering::Relaxed);
                        (index, error)
                    })?
                    .map(|kept| (index, kept)),
                );
                steps.count();
            }
            Ok((description, taken))
        };
        self.merged(plan, in_threads(threads, work))
    }

    /// Puts together what threads have described. Of several failures, the first in the order of batches counts.
    fn merged<T>(&self, plan: &Plan, parts: Vec<Part<T>>) -> Result<Described<T>, Error> {
        let mut all = Description::new(self.object, plan);
        let mut all_taken: Vec<(BatchIndex, T)> = Vec::new();
        let mut failed: Option<(BatchIndex, Error)> = None;
        for part in parts {
            match part {
                Ok((part, taken)) if failed.is_none() => {
                    all.merge(self.object, part)?;
                    all_taken.extend(taken);
                }
                Ok(_) => {}
                Err(failure) => {
                    if failed.as_ref().is_none_or(|first| failure.0 < first.0) {
                        failed = Some(failure);
                    }
                }
            }
        }
        if let Some((_, error)) = failed {
            return Err(error);
        }
        all_taken.sort_unstable_by_key(|&(index, _)| index);
        Ok((all, all_taken.into_iter().map(|(_, kept)| kept).collect()))
    }
}

/// Whether an error can depend on what other threads do.
fn is_of_all_threads(error: &Error) -> bool {
    matches!(error.kind(), ErrorKind::Limit(..) | ErrorKind::OutOfMemory)
}

/// Computes the versions of what was described.
pub fn compute(
    description: &mut Description,
    exports: &Exports,
    versions: &mut Versions,
    threads: usize,
) -> Result<(), Error> {
    let computed = description.compute_with(exports, versions, |computation| {
        let ended = in_threads(threads, || computation.work());
        let first = ended.into_iter().filter_map(Result::err).min_by_key(|failure| failure.task);
        first.map_or(Ok(()), |Failure { error, .. }| Err(error))
    });
    match computed {
        Err(error) if is_of_all_threads(&error) => description.compute(exports, versions),
        computed => computed,
    }
}
