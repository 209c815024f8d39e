//! Memory stays within the limit, and running out of it is an error.
//!
//! The allocator of this test counts what each thread has allocated, and can refuse. What a vector grows by is
//! counted when it grows: the system moves large blocks without a copy, so the old and the new one are never
//! there at the same time.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;
use std::fs;
use std::path::PathBuf;

use dwarfksyms_core::{Dump, Error, ErrorKind, Exports, Limit, Limits, Object, Options, Result, Versions};
use dwarfksyms_tests::repository;

struct Counting;

/// What a thread has allocated.
#[derive(Clone, Copy)]
struct Count {
    live: usize,
    peak: usize,
    requests: usize,
    /// The number of requests that are granted.
    granted: usize,
}

thread_local! {
    static COUNT: Cell<Count> = const { Cell::new(Count { live: 0, peak: 0, requests: 0, granted: usize::MAX }) };
}

/// Notes a request; whether it is granted.
fn request(grows: usize, shrinks: usize) -> bool {
    let granted = COUNT.try_with(|count| {
        let mut now = count.get();
        now.requests += 1;
        if now.requests > now.granted {
            count.set(now);
            return false;
        }
        now.live = (now.live + grows).saturating_sub(shrinks);
        now.peak = now.peak.max(now.live);
        count.set(now);
        true
    });
    granted.unwrap_or(true)
}

// SAFETY: everything is left to the system's allocator, which is asked or not.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        if !request(layout.size(), 0) {
            return std::ptr::null_mut();
        }
        // SAFETY: as the caller promises.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        let _ = COUNT.try_with(|count| {
            let now = count.get();
            count.set(Count { live: now.live.saturating_sub(layout.size()), ..now });
        });
        // SAFETY: as the caller promises.
        unsafe { System.dealloc(block, layout) }
    }

    unsafe fn realloc(&self, block: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        if !request(size, layout.size()) {
            return std::ptr::null_mut();
        }
        // SAFETY: as the caller promises.
        unsafe { System.realloc(block, layout, size) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// What `work` allocates at most at one time, and how often it asks; only so many requests are granted.
fn measured<T>(granted: usize, work: impl FnOnce() -> T) -> (T, usize, usize) {
    let before = COUNT.get();
    COUNT.set(Count { live: before.live, peak: before.live, requests: 0, granted });
    let result = work();
    let after = COUNT.replace(Count { granted: usize::MAX, ..COUNT.get() });
    (result, after.peak - before.live, after.requests)
}

/// The corpus' objects, each with the symbols that it is tried with.
fn objects() -> Vec<(PathBuf, Vec<u8>, Vec<u8>)> {
    let mut objects = Vec::new();
    for case in fs::read_dir(repository().join("corpus/golden")).expect("the corpus") {
        let folder = case.expect("a case").path();
        let Ok(list) = fs::read(folder.join("syms")) else { continue };
        for file in fs::read_dir(&folder).expect("a case") {
            let path = file.expect("a file").path();
            if path.extension().is_some_and(|extension| extension == "o") {
                let object = fs::read(&path).expect("an object");
                objects.push((path, list.clone(), object));
            }
        }
    }
    objects.sort();
    assert!(objects.len() > 100);
    objects
}

/// Everything that can be asked about an object; returns the number of lines.
fn describe(exports: &Exports, versions: &mut Versions, object: &[u8], limits: &Limits) -> Result<usize> {
    let options = Options { stable: true, dump: Dump::DieMap };
    let object = Object::parse(object, options, limits)?;
    let mut dumped = 0;
    let mut description = object.description(exports, versions, |batch| {
        object.dump(batch, |piece| {
            dumped += piece.len();
            Ok::<(), Error>(())
        })
    })?;
    let mut lines = description.symtypes(exports)?.count();
    lines += description.types()?.count();
    description.dump_versions(exports, |piece| {
        dumped += piece.len();
        Ok::<(), Error>(())
    })?;
    description.compute(exports, versions)?;
    Ok(lines)
}

/// What is allocated besides what is charged: the text that an error is about.
const UNCHARGED: usize = 128;

#[test]
fn memory_stays_within_the_limit() {
    let mut refused = 0;
    for (path, list, object) in objects() {
        for memory in [None, Some(1 << 11), Some(1 << 13), Some(1 << 14), Some(1 << 15), Some(1 << 17)] {
            let mut limits = Limits::for_input((list.len() + object.len()) as u64);
            limits.memory = memory.unwrap_or(limits.memory);
            let bound = usize::try_from(limits.memory).expect("64 bits") + UNCHARGED;
            let (listed, peak, _) = measured(usize::MAX, || -> Result<_> {
                let exports = Exports::parse(&list, &limits)?;
                let versions = Versions::new(&exports, &limits)?;
                Ok((exports, versions))
            });
            assert!(peak <= bound, "{}: {peak} bytes for the list of {}", path.display(), limits.memory);
            let Ok((exports, mut versions)) = listed else { continue };
            let (described, peak, _) =
                measured(usize::MAX, || describe(&exports, &mut versions, &object, &limits));
            assert!(peak <= bound, "{}: {peak} bytes of {}", path.display(), limits.memory);
            if let Err(error) = described
                && memory.is_some()
                && error.kind() == ErrorKind::Limit(Limit::Memory, limits.memory)
            {
                refused += 1;
            }
        }
    }
    // Or the limits would not be worth testing.
    assert!(refused > 100, "{refused}");
}

#[test]
fn running_out_of_memory_is_an_error() {
    for (path, list, object) in objects() {
        let limits = Limits::default();
        let run = || -> Result<usize> {
            let exports = Exports::parse(&list, &limits)?;
            let mut versions = Versions::new(&exports, &limits)?;
            describe(&exports, &mut versions, &object, &limits)
        };
        let (expected, _, requests) = measured(usize::MAX, run);
        for step in 0..20 {
            let granted = requests * step / 20;
            let (result, _, asked) = measured(granted, run);
            match result {
                Err(error) if error.kind() == ErrorKind::OutOfMemory => {}
                // Without the text that an error is about, it is the same error.
                Err(error) => {
                    let kind = expected.as_ref().err().map(Error::kind);
                    assert_eq!(Some(error.kind()), kind, "{}: {granted} of {asked}", path.display());
                }
                Ok(_) => panic!("{}: nobody missed request {granted} of {asked}", path.display()),
            }
        }
    }
}
