//! An object's units, scanned and described by several threads.
//!
//! The core does not care who works on which part, and in which order. Errors are those of one thread: of several
//! parts that fail, the first in order counts, and if a limit is hit, one thread tries again, because what the
//! threads need together can be more than one of them would.

use anyhow::Result;
use dwarfksyms_core::{
    BatchIndex, Description, Error, ErrorKind, Exports, Object, Plan, UnitIndex, UnitScan, Versions,
};
use rayon::ThreadPool;
use rayon::prelude::*;

use crate::watch::{Phase, Watch};

/// Inputs of fewer bytes are done before a thread has started: 4 MiB.
const SMALLEST: usize = 4 << 20;

/// The number of threads for an input of `bytes` bytes, if nobody has said how many.
pub(crate) fn threads_for(bytes: usize) -> usize {
    if bytes < SMALLEST { 1 } else { available() }
}

/// The processors that this process may use.
fn available() -> usize {
    let set = rustix::thread::sched_getaffinity(None);
    set.map_or(1, |set| usize::try_from(set.count()).unwrap_or(1)).max(1)
}

/// Describes an object, without dumps, with so many threads.
pub(crate) fn description(
    object: &Object<'_>,
    exports: &Exports,
    known: &Versions,
    threads: usize,
    watch: &Watch,
) -> Result<Result<Description, Error>> {
    // The stack that any object is content with, and room for rayon.
    const STACK: usize = 1 << 20;
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).stack_size(STACK).build()?;
    let before = object.spent();
    object.share(threads);
    let described = describe(object, exports, known, &pool, watch);
    Ok(match described {
        Err(error) if is_of_all_threads(&error) => {
            object.start_again(before);
            watch.enter(Phase::Scan, object.units().count());
            object.description(exports, known, |step| {
                watch.note(&step);
                Ok(())
            })
        }
        described => {
            object.share(1);
            described.and_then(|mut description| {
                description.finish(object, exports)?;
                Ok(description)
            })
        }
    })
}

/// Whether an error can depend on what other threads do.
fn is_of_all_threads(error: &Error) -> bool {
    matches!(error.kind(), ErrorKind::Limit(..) | ErrorKind::OutOfMemory)
}

fn describe(
    object: &Object<'_>,
    exports: &Exports,
    known: &Versions,
    pool: &ThreadPool,
    watch: &Watch,
) -> Result<Description, Error> {
    let steps = watch.steps();
    let units: Vec<UnitIndex> = object.units().collect();
    watch.enter(Phase::Scan, units.len());
    let scan = |&unit: &UnitIndex| {
        let scan = object.scan(unit, exports);
        steps.count();
        scan
    };
    let scans: Vec<Result<UnitScan, Error>> = pool.install(|| units.par_iter().map(scan).collect());
    watch.enter(Phase::Plan, 0);
    let scans = scans.into_iter().collect::<Result<_, _>>()?;
    let plan = Plan::new(object, exports, known, scans)?;
    let batches: Vec<BatchIndex> = plan.batches().collect();
    watch.enter(Phase::Describe, batches.len());
    let add = |parts: Result<Description, (BatchIndex, Error)>, &index: &BatchIndex| {
        let mut parts = parts?;
        steps.count();
        match object.describe(&plan, index, known, &mut parts) {
            Ok(_) => Ok(parts),
            Err(error) => Err((index, error)),
        }
    };
    let merge = |a: Result<Description, (BatchIndex, Error)>, b| match (a, b) {
        (Ok(mut a), Ok(b)) => match a.merge(object, b) {
            Ok(()) => Ok(a),
            // Only a limit, which nobody asks the place of.
            Err(error) => Err((batches.first().copied().unwrap_or_default(), error)),
        },
        (Err(a), Err(b)) => Err(if a.0 <= b.0 { a } else { b }),
        (Err(error), Ok(_)) | (Ok(_), Err(error)) => Err(error),
    };
    let new = || Ok(Description::new(object, &plan));
    let described = pool.install(|| batches.par_iter().fold(new, add).reduce(new, merge));
    described.map_err(|(_, error)| error)
}
