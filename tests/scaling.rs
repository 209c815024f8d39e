//! What compares, rules and explains does so in a number of steps that grows with the input, and no faster.
//!
//! Two things are counted, and no time: the work that is charged, which is the smallest limit with which a run ends well, and
//! the bytes that are asked for, whether they are given back or not. What is said of an input four times as large may cost little
//! more than four times as much.

use std::alloc::{GlobalAlloc, Layout, System};
use std::io::{self, Write};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

use dwarfksyms::fuzzing;
use dwarfksyms_core::{Limit, Limits};
use dwarfksyms_symtypes::suggest::Macros;
use dwarfksyms_tests::btf::GROWING;
use dwarfksyms_tests::growing::{self, Growing};
use dwarfksyms_tests::{linted, ruled};

struct Counting;

/// The bytes that were ever asked for.
static ASKED: AtomicU64 = AtomicU64::new(0);

/// One test at a time: the count is of the whole process.
static ALONE: Mutex<()> = Mutex::new(());

// SAFETY: everything is left to the system's allocator.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        ASKED.fetch_add(layout.size() as u64, Ordering::Relaxed);
        // SAFETY: as the caller promises.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        // SAFETY: as the caller promises.
        unsafe { System.dealloc(block, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// Where a search for the work of a run begins if nothing is known of it.
const FIRST_GUESS: u64 = 1 << 10;

/// What a run costs.
#[derive(Clone, Copy, Debug)]
struct Cost {
    work: u64,
    bytes: u64,
}

/// The least work that a run can be limited to, within a hundredth, and what it asks for. The closer the guess, the fewer runs
/// it takes.
fn cost(guess: u64, run: &dyn Fn(&Limits) -> bool) -> Cost {
    let ends_well = |work| run(&Limits::default().with(Limit::Work, work));
    let before = ASKED.load(Ordering::Relaxed);
    assert!(ends_well(1 << 32), "the input is not what it should be");
    let bytes = ASKED.load(Ordering::Relaxed) - before;
    let (mut fails, mut passes) = around(guess, &ends_well);
    while passes - fails > 1 + passes / 100 {
        let middle = fails.midpoint(passes);
        *(if ends_well(middle) { &mut passes } else { &mut fails }) = middle;
    }
    Cost { work: passes, bytes }
}

/// A limit with which a run fails and one with which it ends well, in steps that double from the guess on.
fn around(guess: u64, ends_well: &dyn Fn(u64) -> bool) -> (u64, u64) {
    let steps = (0..).map(|doubled| (guess / 100).max(1) << doubled);
    let mut limit = guess;
    if ends_well(guess) {
        for step in steps {
            let lower = limit.saturating_sub(step);
            if lower == 0 || !ends_well(lower) {
                return (lower, limit);
            }
            limit = lower;
        }
    } else {
        for step in steps {
            let higher = limit + step;
            if ends_well(higher) {
                return (limit, higher);
            }
            limit = higher;
        }
    }
    unreachable!("there are as many steps as it takes")
}

/// What an input costs, one twice as large, and one four times as large.
fn costs(run: &dyn Fn(usize) -> Run) -> [Cost; 3] {
    let one = cost(FIRST_GUESS, &*run(1));
    let two = cost(2 * one.work, &*run(2));
    let four = cost(two.work + 2 * two.work.saturating_sub(one.work), &*run(4));
    [one, two, four]
}

/// What comes on top for twice as much may be twice as much, and a little for logarithms, tables that double, and what is known
/// within a hundredth; for a product of two counts it is four times as much.
fn assert_grows_in_step(name: &str, costs: [Cost; 3]) {
    for (what, of) in [("work", (|cost| cost.work) as fn(Cost) -> u64), ("bytes", |cost| cost.bytes)] {
        let [one, two, four] = costs.map(of);
        let (first, second) = (two.saturating_sub(one), four.saturating_sub(two));
        assert!(second <= first * 3 + four / 50, "{name}: {what}: {one}, {two}, {four}");
    }
}

/// A run within limits, which says whether it ended well.
type Run = Box<dyn Fn(&Limits) -> bool>;

fn growth(name: &str, size: usize, prepare: &dyn Fn(usize) -> Run) {
    let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    assert_grows_in_step(name, costs(&|times| prepare(times * size)));
}

fn compared(name: &str) {
    let Growing { name, size, builds, policy } =
        growing::ALL.iter().find(|growing| growing.name == name).expect("it is there").clone();
    growth(name, size, &|size| {
        let [old, new] = builds(size).map(String::into_bytes);
        let policy = policy.map(|rules| rules(size).into_bytes());
        Box::new(move |limits| {
            fuzzing::told(old.clone(), new.clone(), policy.as_deref(), limits)
                .is_some_and(|text| !text.is_empty())
        })
    });
}

macro_rules! tests {
    ($($test:ident: $name:literal;)*) => {
        $(#[test]
        fn $test() {
            compared($name);
        })*

        #[test]
        fn there_is_a_test_for_each() {
            let names = [$($name),*];
            assert_eq!(growing::ALL.iter().map(|growing| growing.name).collect::<Vec<_>>(), names);
        }
    };
}

tests! {
    large_types_are_measured_once: "members-of-one-large-type";
    causes_and_exports_are_not_multiplied: "exports-of-all-causes";
    gone_and_new_members_are_matched_by_their_places: "members-that-became-unions";
    differences_are_not_looked_for_without_end: "lists-without-a-common-line";
    lines_in_another_order_are_no_worse: "lists-in-another-order";
    ways_begin_with_one_search: "ways-through-one-type";
    places_are_compared_by_their_names: "one-export-in-many-modules";
    files_are_put_together_once: "one-export-in-many-files";
    patterns_are_looked_for_together: "patterns-and-exports";
    folders_are_looked_for_together: "folders-and-exports";
    rules_are_applied_to_what_they_can_tell_apart: "rules-and-causes";
    what_rules_could_hide_is_compared_as_all_else: "exports-of-renamed-members";
}

#[test]
fn btf_is_read_and_compared_in_step_with_its_size() {
    for growing in GROWING.iter().filter(|growing| growing.is_in_step) {
        growth(growing.name, growing.size, &|size| {
            let [old, new] = growing.builds(size);
            Box::new(move |limits| {
                fuzzing::told(old.clone(), new.clone(), None, limits).is_some_and(|text| !text.is_empty())
            })
        });
    }
}

#[test]
fn suggestions_are_not_multiplied_with_exports() {
    for name in ["exports-of-renamed-members", "exports-of-all-causes", "members-of-one-large-type"] {
        let growing = growing::ALL.iter().find(|growing| growing.name == name).expect("it is there");
        for macros in [Macros::Raw, Macros::Kernel, Macros::Genksyms] {
            growth(name, growing.size, &|size| {
                let [old, new] = (growing.builds)(size).map(String::into_bytes);
                Box::new(move |limits| {
                    let text = fuzzing::suggested(old.clone(), new.clone(), macros, limits);
                    text.is_some_and(|text| !text.is_empty())
                })
            });
        }
    }
}

#[test]
fn rules_are_not_multiplied_with_types() {
    for ruled in ruled::ALL {
        growth(ruled.name, ruled.size, &|size| {
            let (object, list) = ruled.object(size);
            Box::new(move |limits| linted::lint(&object, &list, limits).is_ok_and(|found| !found.is_empty()))
        });
    }
}

/// Counts what is written.
#[derive(Default)]
struct Written(u64);

impl Write for Written {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 += bytes.len() as u64;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// JSON names each cause for each export, and each export for each cause: it is as long as both together, multiplied. It is
/// written while it is made, and paid for before.
#[test]
fn json_takes_no_memory_for_its_length() {
    let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    let write = |size, work, out: &mut Written| {
        let [old, new] = growing::exports_of_all_causes(size).map(String::into_bytes);
        fuzzing::write_json(old, new, &Limits::default().with(Limit::Work, work), out).is_some()
    };
    let costs = [1, 2, 4].map(|times| {
        let (before, mut out) = (ASKED.load(Ordering::Relaxed), Written::default());
        assert!(write(32 * times, 1 << 32, &mut out));
        (ASKED.load(Ordering::Relaxed) - before, out.0)
    });
    let [one, two, four] = costs.map(|(bytes, _)| bytes);
    assert!(four - two <= (two - one) * 3 + four / 50, "bytes: {one}, {two}, {four}");
    let [one, _, four] = costs.map(|(_, written)| written);
    assert!(four > 8 * one, "{one} bytes are written, and {four} of four times as much");
    let [old, new] = growing::exports_of_all_causes(128).map(String::into_bytes);
    let text =
        cost(FIRST_GUESS, &|limits| fuzzing::told(old.clone(), new.clone(), None, limits).is_some()).work;
    let json = cost(text, &|limits| write(128, limits.work, &mut Written::default())).work;
    let paid = json - text;
    assert!((four / 32..four / 8).contains(&paid), "{paid} steps for {four} bytes");
    let mut out = Written::default();
    assert!(!write(128, json - json / 50, &mut out) && out.0 == 0, "{} bytes are written unpaid", out.0);
}

#[test]
fn what_is_further_in_does_not_stand_further_to_the_right() {
    growth("one in another", 64, &|size| {
        let text = growing::one_in_another(size).into_bytes();
        Box::new(move |limits| {
            fuzzing::composed(text.clone(), b"x0", limits).is_some_and(|text| !text.is_empty())
        })
    });
}
