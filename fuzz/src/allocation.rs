//! How much memory a body takes: an allocator that counts, for every thread of its own.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

/// What may be allocated for each byte of a limit: the symbol list and the object have a limit each.
pub const FACTOR: usize = 2;

/// What may be allocated besides: what bodies and errors keep.
pub const SLACK: usize = 4 << 10;

thread_local! {
    static LIVE: Cell<isize> = const { Cell::new(0) };
    static PEAK: Cell<isize> = const { Cell::new(0) };
    static ASKED: Cell<u64> = const { Cell::new(0) };
}

/// The system's allocator, with a count.
struct Counting;

#[global_allocator]
static ALLOCATOR: Counting = Counting;

// SAFETY: everything is left to the system's allocator; counting neither allocates nor unwinds.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        note(layout.size(), 0);
        // SAFETY: as the caller promises.
        unsafe { System.alloc(layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        note(layout.size(), 0);
        // SAFETY: as the caller promises.
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        note(0, layout.size());
        // SAFETY: as the caller promises.
        unsafe { System.dealloc(pointer, layout) }
    }

    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        note(size, layout.size());
        // SAFETY: as the caller promises.
        unsafe { System.realloc(pointer, layout, size) }
    }
}

fn note(more: usize, less: usize) {
    // At a thread's end there is nothing to count with, and nobody who asks.
    let _ = LIVE.try_with(|live| {
        live.set(live.get().wrapping_add_unsigned(more).wrapping_sub_unsigned(less));
        let _ = PEAK.try_with(|peak| peak.set(peak.get().max(live.get())));
    });
    let _ = ASKED.try_with(|asked| asked.set(asked.get().wrapping_add(more as u64)));
}

/// Does something; the most bytes that were allocated at one time.
pub fn peak_of<T>(work: impl FnOnce() -> T) -> (T, usize) {
    let before = LIVE.get();
    PEAK.set(before);
    let result = work();
    (result, usize::try_from(PEAK.get() - before).unwrap_or(0))
}

/// Does something that may take this much memory.
///
/// # Panics
/// If it takes more.
pub fn within<T>(memory: u64, work: impl FnOnce() -> T) -> T {
    let (result, peak) = peak_of(work);
    let most = usize::try_from(memory).unwrap_or(usize::MAX).saturating_mul(FACTOR).saturating_add(SLACK);
    assert!(peak <= most, "{peak} bytes were allocated, with a limit of {memory}");
    result
}

/// Does something; the bytes that were asked for, whether they were given back or not.
pub fn asked_by<T>(work: impl FnOnce() -> T) -> (T, u64) {
    let before = ASKED.get();
    let result = work();
    (result, ASKED.get().wrapping_sub(before))
}

/// Does something that may ask for so many bytes in all: since memory is filled when it is asked for, this bounds time, too.
///
/// # Panics
/// If it asks for more.
pub fn asking<T>(most: u64, work: impl FnOnce() -> T) -> T {
    let (result, asked) = asked_by(work);
    assert!(asked <= most, "{asked} bytes were asked for, of {most}");
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_peak_is_the_most_at_one_time() {
        let (_, peak) = peak_of(|| {
            drop(vec![0_u8; 1000]);
            let mut bytes = vec![0_u8; 600];
            bytes.reserve_exact(100);
            bytes
        });
        assert!((1000..1100).contains(&peak), "{peak}");
    }

    #[test]
    fn what_was_given_back_was_asked_for() {
        let (_, asked) = asked_by(|| (0..10).for_each(|_| drop(vec![0_u8; 1000])));
        assert!((10_000..10_100).contains(&asked), "{asked}");
    }

    #[test]
    #[should_panic(expected = "bytes were asked for, of 1000")]
    fn asking_for_too_much_is_noticed() {
        asking(1000, || (0..10).for_each(|_| drop(vec![0_u8; 101])));
    }

    #[test]
    #[should_panic(expected = "with a limit of 1000")]
    fn too_much_is_noticed() {
        within(1000, || drop(vec![0_u8; 1000 * FACTOR + SLACK + 1]));
    }
}
