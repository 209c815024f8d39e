//! The memory that a short process begins with: one piece on large pages, given out block behind block.
//!
//! To touch a page for the first time takes the kernel two microseconds, and a small object needs hundreds of them. The kernel gives
//! a large page, of 2 MiB on most machines, at the price of some dozens of small ones, to whoever has a piece of memory for it
//! and asks.
//!
//! Blocks are never taken back: the process will end soon, and where it does not, the piece is used up and the system's
//! allocator does all the rest. So what is given out has never been used before, and is zero.
//!
//! Nothing depends on it: if there is no such piece, all is left to the system's allocator.

use std::alloc::Layout;
use std::ptr::null_mut;
use std::sync::atomic::{AtomicPtr, AtomicUsize, Ordering};

/// The size of the piece, which takes no memory as long as it is not touched: what all but the largest objects need.
pub const SIZE: usize = 16 << 20;

/// The size of a large page on most machines. On others the kernel rounds as it needs to, or refuses.
const LARGE: usize = 2 << 20;

/// Where the piece begins.
static START: AtomicPtr<u8> = AtomicPtr::new(null_mut());

/// How much of it is given out: without a piece, all.
static USED: AtomicUsize = AtomicUsize::new(SIZE);

/// Asks the system for the piece. The allocator [`Checked`](crate::heap::Checked) uses it from then on.
///
/// INVARIANT: the process has one thread, and calls this once.
#[cfg(target_os = "linux")]
pub fn prepare() {
    let protection = libc::PROT_READ | libc::PROT_WRITE;
    let flags = libc::MAP_PRIVATE | libc::MAP_ANONYMOUS | libc::MAP_NORESERVE;
    // SAFETY: the system chooses the place, which nobody else has.
    let piece = unsafe { libc::mmap(null_mut(), SIZE + LARGE, protection, flags, -1, 0) };
    if piece == libc::MAP_FAILED {
        return;
    }
    let start = piece.wrapping_byte_add(piece.cast::<u8>().align_offset(LARGE) % LARGE);
    // SAFETY: advice on how memory is kept does not change what is in it; if there is none, it is an error that is of
    // no interest.
    unsafe { libc::madvise(start, SIZE, libc::MADV_HUGEPAGE) };
    START.store(start.cast(), Ordering::Relaxed);
    USED.store(0, Ordering::Relaxed);
    have_the_rest_grow_fast();
}

/// Has the heap behind the piece, and those of other threads, grow by large steps, and keep what is given back.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
fn have_the_rest_grow_fast() {
    use std::ffi::c_int;

    const STEP: usize = 4 << 20;
    let settings = [
        (libc::M_TOP_PAD, STEP),
        (libc::M_TRIM_THRESHOLD, 4 * STEP),
        // What is larger than a step is mapped still.
        (libc::M_MMAP_THRESHOLD, STEP),
    ];
    for (setting, bytes) in settings {
        // SAFETY: nothing but numbers is passed.
        unsafe { libc::mallopt(setting, c_int::try_from(bytes).unwrap_or(c_int::MAX)) };
    }
}

/// Leaves that to the C library.
#[cfg(all(target_os = "linux", not(target_env = "gnu")))]
fn have_the_rest_grow_fast() {}

/// Does nothing.
#[cfg(not(target_os = "linux"))]
pub fn prepare() {}

/// A block that nobody has had yet, filled with zeros; null if the piece has no room for it.
#[inline]
pub(crate) fn take(layout: Layout) -> *mut u8 {
    let mut used = USED.load(Ordering::Relaxed);
    loop {
        // INVARIANT: the piece is aligned to a large page.
        let start = used.wrapping_add(layout.align() - 1) & !(layout.align() - 1);
        let end = start.saturating_add(layout.size());
        if end > SIZE || layout.align() > LARGE {
            return null_mut();
        }
        match USED.compare_exchange_weak(used, end, Ordering::Relaxed, Ordering::Relaxed) {
            Ok(_) => return START.load(Ordering::Relaxed).wrapping_add(start),
            Err(now) => used = now,
        }
    }
}

/// Whether a block is from here.
#[inline]
pub(crate) fn has(block: *mut u8) -> bool {
    offset(block) < SIZE
}

/// Has a block from here that has so many bytes grow where it is; `false` if there is something behind it.
#[inline]
pub(crate) fn grow(block: *mut u8, from: usize, to: usize) -> bool {
    let start = offset(block);
    let (old, new) = (start.wrapping_add(from), start.saturating_add(to));
    new <= SIZE && USED.compare_exchange(old, new, Ordering::Relaxed, Ordering::Relaxed).is_ok()
}

/// How far from the piece's beginning a block is. What is not in the piece is further away than its size.
#[inline]
fn offset(block: *mut u8) -> usize {
    let start = START.load(Ordering::Relaxed);
    if start.is_null() { usize::MAX } else { block.addr().wrapping_sub(start.addr()) }
}
