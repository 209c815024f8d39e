//! Memory stays within the limit, and running out of it is an error.
//!
//! The allocator of this test counts what each thread has allocated, and can refuse. What a vector grows by is
//! counted when it grows: the system moves large blocks without a copy, so the old and the new one are never
//! there at the same time.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;
use std::fs;
use std::path::PathBuf;
use std::rc::Rc;
use std::slice;

use dwarfksyms_core::{
    Btf, Dump, Error, ErrorKind, Exports, Limit, Limits, Object, Options, Result, SectionId, Stage, Versions,
};
use dwarfksyms_tests::btf::GROWING;
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

/// A file of the corpus with debug information.
struct Input {
    path: PathBuf,
    /// The symbols that it is tried with.
    list: Vec<u8>,
    bytes: Vec<u8>,
    /// The `.dwo` files beside it, by their names.
    split: Rc<Vec<(String, Vec<u8>)>>,
}

/// The corpus' objects.
fn objects() -> Vec<Input> {
    let mut objects = Vec::new();
    for case in fs::read_dir(repository().join("corpus/golden")).expect("the corpus") {
        let folder = case.expect("a case").path();
        let Ok(list) = fs::read(folder.join("syms")) else { continue };
        let (mut files, mut split) = (Vec::new(), Vec::new());
        for file in fs::read_dir(&folder).expect("a case") {
            let path = file.expect("a file").path();
            let Ok(bytes) = fs::read(&path) else { continue };
            match path.extension().and_then(|extension| extension.to_str()) {
                Some("dwo") => {
                    let name = path.file_name().expect("a name").to_string_lossy().into_owned();
                    split.push((name, bytes));
                }
                Some("o") => files.push((path, bytes)),
                _ if bytes.starts_with(b"\x7fELF") => files.push((path, bytes)),
                _ => {}
            }
        }
        let split = Rc::new(split);
        for (path, bytes) in files {
            objects.push(Input { path, list: list.clone(), bytes, split: split.clone() });
        }
    }
    objects.sort_by(|one, other| one.path.cmp(&other.path));
    assert!(objects.len() > 100);
    objects
}

/// Everything that can be asked about an object; returns the number of lines.
fn describe(exports: &Exports, versions: &mut Versions, input: &Input, limits: &Limits) -> Result<usize> {
    let options = Options::default().stable(true).dump(Dump::DieMap);
    let mut object = Object::parse(&input.bytes, options, limits)?;
    if !input.split.is_empty() {
        for unit in &object.split_units()? {
            let file = input.split.iter().find(|(name, _)| unit.name.ends_with(name.as_bytes()));
            if let Some((_, bytes)) = file {
                let image = object.split_image(bytes, limits)?;
                object.attach([(image, slice::from_ref(unit))])?;
            }
        }
    }
    let object = object;
    let mut dumped = 0;
    let mut description = object.description_with(exports, versions, |step| match step {
        Stage::Described(batch) => object.dump(batch, |piece| {
            dumped += piece.len();
            Ok::<(), Error>(())
        }),
        _ => Ok(()),
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
    for input in objects() {
        let path = input.path.display();
        let defaults = Limits::for_input((input.list.len() + input.bytes.len()) as u64);
        // Whether it is enough, and what is allocated at most: for the list, and for the object.
        let run = |memory: u64| {
            let limits = defaults.with(Limit::Memory, memory);
            let bound = usize::try_from(memory).expect("64 bits") + UNCHARGED;
            let (listed, list_peak, _) = measured(usize::MAX, || -> Result<_> {
                let exports = Exports::parse(&input.list, &limits)?;
                let versions = Versions::new(&exports, &limits)?;
                Ok((exports, versions))
            });
            assert!(list_peak <= bound, "{path}: {list_peak} bytes for the list of {memory}");
            let (exports, mut versions) = listed.ok()?;
            let (described, peak, _) =
                measured(usize::MAX, || describe(&exports, &mut versions, &input, &limits));
            assert!(peak <= bound, "{path}: {peak} bytes of {memory}");
            let exhausted = ErrorKind::Limit(Limit::Memory, memory);
            Some((described.is_err_and(|error| error.kind() == exhausted), list_peak, peak))
        };
        let (_, list_peak, peak) = run(defaults.memory).expect("the list is sound");
        // Whatever is not charged shows if the limit is just below what is needed at one time or another.
        let below = |peak: usize| (1..=8).map(move |part| peak.saturating_sub(UNCHARGED + 1) * part / 8);
        for memory in below(peak).chain(below(list_peak)) {
            let ended = run(memory as u64);
            refused += usize::from(ended.is_some_and(|(is_refused, ..)| is_refused));
        }
    }
    // Or the limits would not be worth testing.
    assert!(refused > 500, "{refused}");
}

#[test]
fn running_out_of_memory_is_an_error() {
    for input in objects() {
        let path = input.path.display();
        let limits = Limits::default();
        let run = || -> Result<usize> {
            let exports = Exports::parse(&input.list, &limits)?;
            let mut versions = Versions::new(&exports, &limits)?;
            describe(&exports, &mut versions, &input, &limits)
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
                    assert_eq!(Some(error.kind()), kind, "{path}: {granted} of {asked}");
                }
                Ok(_) => panic!("{path}: nobody missed request {granted} of {asked}"),
            }
        }
    }
}

/// BTF of the corpus, and of what grows.
fn btf() -> Vec<(&'static str, Vec<u8>)> {
    let sizes = |name: &str| if name == "twice-the-one-before" { 6 } else { 40 };
    let grown = GROWING.iter().map(|growing| (growing.name, growing.builds(sizes(growing.name))[0].clone()));
    let corpus = ["before.btf", "after.btf"];
    let corpus =
        corpus.map(|name| (name, fs::read(repository().join("corpus/btf").join(name)).expect("a file")));
    grown.chain(corpus).collect()
}

/// All types of all functions and variables; returns the number of bytes.
fn types_of_btf(bytes: &[u8], limits: &Limits) -> Result<usize> {
    let btf = Btf::parse(bytes, SectionId::Btf, None, limits)?;
    let exports = Exports::of_objects(&btf.symbols(limits)?, limits)?;
    Ok(btf.symtypes(&exports, btf.pointer_size(), limits)?.text.len())
}

#[test]
fn btf_stays_within_the_limit() {
    let mut refused = 0;
    for (name, bytes) in btf() {
        let run = |memory: usize| {
            let limits = Limits::default().with(Limit::Memory, memory as u64);
            let (result, peak, _) = measured(usize::MAX, || types_of_btf(&bytes, &limits));
            // The symbols, and then the list that is made of them, are charged to the limit each.
            assert!(peak <= 2 * memory + UNCHARGED, "{name}: {peak} bytes of {memory}");
            result.is_err_and(|error| error.kind() == ErrorKind::Limit(Limit::Memory, memory as u64))
        };
        let (result, peak, _) = measured(usize::MAX, || types_of_btf(&bytes, &Limits::default()));
        assert!(result.is_ok_and(|bytes| bytes > 0), "{name}");
        refused += (1..=8).filter(|part| run(peak * part / 16)).count();
    }
    assert!(refused > 40, "{refused}");
}

#[test]
fn btf_without_memory_is_an_error() {
    for (name, bytes) in btf() {
        let run = || types_of_btf(&bytes, &Limits::default());
        let (_, _, requests) = measured(usize::MAX, run);
        for granted in 0..requests {
            let (result, ..) = measured(granted, run);
            assert_eq!(
                result.map_err(|error| error.kind()),
                Err(ErrorKind::OutOfMemory),
                "{name}: {granted}"
            );
        }
    }
}
