//! The pages of a short process: two large ones instead of hundreds of small ones.
//!
//! To touch a page for the first time takes the kernel a microsecond or more, and a small object needs hundreds of them. The kernel gives
//! a large page, of 2 MiB on most machines, at the price of some dozens of small ones, if the heap is in one piece and asks
//! for it.
//!
//! Nothing depends on it: where the C library is another one, or the kernel has no large pages, all is as it was.

/// Has the heap begin in one piece on large pages, and keep what is given back: the process will end soon.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
pub fn prepare() {
    use std::ffi::c_int;
    use std::hint::black_box;

    /// What the heap grows by.
    const PIECE: usize = 4 << 20;
    /// The size of a large page on most machines. On others the kernel rounds as it needs to, or refuses.
    const LARGE: usize = 2 << 20;
    /// What the first allocations have left is less.
    const MORE_THAN_LEFT: usize = 136 << 10;

    let settings = [
        (libc::M_TOP_PAD, PIECE),
        (libc::M_TRIM_THRESHOLD, 4 * PIECE),
        // What is as large as the heap's pieces is mapped still.
        (libc::M_MMAP_THRESHOLD, PIECE),
    ];
    for (setting, bytes) in settings {
        // SAFETY: nothing but numbers is passed.
        unsafe { libc::mallopt(setting, c_int::try_from(bytes).unwrap_or(c_int::MAX)) };
    }
    // It grows now, by a piece.
    drop(black_box(Vec::<u8>::with_capacity(MORE_THAN_LEFT)));
    // SAFETY: to move the end by nothing is to ask for it.
    let end = unsafe { libc::sbrk(0) };
    let start = end.wrapping_byte_sub(PIECE);
    let start = start.wrapping_byte_add(start.align_offset(LARGE).min(PIECE));
    let length = end.addr().saturating_sub(start.addr());
    // SAFETY: advice on how memory is kept does not change what is in it; if there is none, it is an error that is of
    // no interest.
    unsafe { libc::madvise(start, length, libc::MADV_HUGEPAGE) };
}

/// Does nothing.
#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
pub fn prepare() {}
