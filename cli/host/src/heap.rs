//! The memory of a whole process, whoever asks for it: the core, which keeps to its limits by itself, and everything else,
//! the libraries that decompress and render among it.
//!
//! In `gendwarfksyms`, all that grows is the core's: it has [`Checked`] as its allocator, which only ends the process if the
//! system has no more memory. A program that has [`Heap`] as its allocator uses no more than [`most`] says. Where the core or the comparison keeps account,
//! its own limit is hit first, and the error says what it was about. What is left is caught here: the process says that the
//! limit on memory was reached, and ends, as after any error, with nothing written. So it does if the system has no more.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

use dwarfksyms_core::Limits;

use crate::{arena, trouble};

/// What a program needs besides what its input makes it need: its own tables, stacks of libraries, a decoder's window.
pub const BESIDES: u64 = 192 << 20;

/// How much a thread may have got or given back before it informs the others.
const SHARE: i64 = 64 << 10;

/// Bytes that are in use, up to [`SHARE`] of each thread.
static USED: AtomicI64 = AtomicI64::new(0);
/// Bytes that may be.
static MOST: AtomicI64 = AtomicI64::new(i64::MAX);
/// The limit on memory that the user has set; none if it is this.
static LIMIT: AtomicU64 = AtomicU64::new(u64::MAX);
/// Bytes of files that were read or mapped.
static READ: AtomicU64 = AtomicU64::new(0);
/// Bytes that came out of compressed data.
static UNPACKED: AtomicU64 = AtomicU64::new(0);

thread_local! {
    /// What this thread has got, less what it has given back, since it last informed the others.
    static OWN: Cell<i64> = const { Cell::new(0) };
}

/// The bytes that a process may use that has read and unpacked so many: the limit on memory for all of it, the bytes
/// themselves, those that were unpacked twice (they grow), and what is needed [`BESIDES`].
pub fn most(limit: Option<u64>, read: u64, unpacked: u64) -> u64 {
    let limit = limit.unwrap_or_else(|| Limits::for_input(read.saturating_add(unpacked)).memory);
    let bytes = read.saturating_add(unpacked.saturating_mul(2));
    limit.saturating_add(bytes).saturating_add(BESIDES)
}

/// Begins to hold the process to its limit, which is that of its input, or one that the user has set.
pub fn limit(limit: Option<u64>) {
    LIMIT.store(limit.unwrap_or(u64::MAX), Ordering::Relaxed);
    update();
}

/// Notes a file that was read or mapped.
pub(crate) fn note_read(bytes: usize) {
    READ.fetch_add(u64::try_from(bytes).unwrap_or(u64::MAX), Ordering::Relaxed);
    update();
}

/// Notes what came out of compressed data.
pub(crate) fn note_unpacked(bytes: usize) {
    UNPACKED.fetch_add(u64::try_from(bytes).unwrap_or(u64::MAX), Ordering::Relaxed);
    update();
}

fn update() {
    let limit = Some(LIMIT.load(Ordering::Relaxed)).filter(|&limit| limit != u64::MAX);
    let most = most(limit, READ.load(Ordering::Relaxed), UNPACKED.load(Ordering::Relaxed));
    MOST.store(i64::try_from(most).unwrap_or(i64::MAX), Ordering::Relaxed);
}

/// The system's allocator, which is asked for no more than the process may use.
#[derive(Debug)]
pub struct Heap;

/// The [`arena`], if there is one, and the system's allocator. If that has nothing to give, the process ends with one line: what libraries
/// make of that is a panic at best.
#[derive(Debug)]
pub struct Checked;

/// Notes that so many bytes are asked for, or given back; ends the process if that is too much.
#[inline]
fn change(bytes: i64) {
    let told = OWN.try_with(|own| {
        let sum = own.get().wrapping_add(bytes);
        let is_told = sum.wrapping_abs() >= SHARE;
        own.set(if is_told { 0 } else { sum });
        if is_told { sum } else { 0 }
    });
    // A thread that is ending has nothing of its own any more.
    let told = told.unwrap_or(bytes);
    if told != 0 {
        tell(told);
    }
}

#[cold]
fn tell(bytes: i64) {
    let used = USED.fetch_add(bytes, Ordering::Relaxed).wrapping_add(bytes);
    let most = MOST.load(Ordering::Relaxed);
    if bytes > 0 && used > most {
        end(
            b"error: the limit on memory (",
            Some(most),
            b" bytes in the whole process) was reached; --limit memory=N raises it\n",
        );
    }
}

#[cold]
fn refused() -> ! {
    end(b"error: the system has no more memory", None, b"\n")
}

/// Ends the process with a line, which is put together without an allocation.
fn end(before: &[u8], number: Option<i64>, behind: &[u8]) -> ! {
    let mut line = [0; 160];
    let mut digits = [0; 20];
    let mut first = digits.len();
    let mut rest = number.unwrap_or(0).unsigned_abs();
    while number.is_some() && (rest > 0 || first == digits.len()) {
        first -= 1;
        digits[first] = b'0' + u8::try_from(rest % 10).unwrap_or(0);
        rest /= 10;
    }
    let bytes = before.iter().chain(&digits[first..]).chain(behind);
    let length = line.iter_mut().zip(bytes).map(|(to, from)| *to = *from).count();
    trouble::end(&line[..length])
}

/// What a block of so many bytes takes from the system: with its header, in steps of 16 bytes, as the C library has it.
/// Many small blocks take several times what was asked for.
#[inline]
fn taken(bytes: usize) -> i64 {
    i64::try_from(bytes.saturating_add(8 + 15) & !15).unwrap_or(i64::MAX).max(32)
}

#[inline]
fn given(block: *mut u8) -> *mut u8 {
    if block.is_null() { refused() } else { block }
}

// SAFETY: all is left to the arena and to the system's allocator, which are asked as the caller asks; a block goes back to
// where it came from, is never given out twice, and nothing here allocates.
unsafe impl GlobalAlloc for Checked {
    #[inline]
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let block = arena::take(layout);
        if !block.is_null() {
            return block;
        }
        // SAFETY: as the caller promises.
        given(unsafe { System.alloc(layout) })
    }

    #[inline]
    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        let block = arena::take(layout);
        if !block.is_null() {
            return block;
        }
        // SAFETY: as the caller promises.
        given(unsafe { System.alloc_zeroed(layout) })
    }

    #[inline]
    unsafe fn realloc(&self, block: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        if !arena::has(block) {
            // SAFETY: as the caller promises.
            return given(unsafe { System.realloc(block, layout, size) });
        }
        if size <= layout.size() || arena::grow(block, layout.size(), size) {
            return block;
        }
        // SAFETY: as the caller promises, the size is one that an allocation can have.
        let new = unsafe { self.alloc(Layout::from_size_align_unchecked(size, layout.align())) };
        // SAFETY: the new block is larger than the old one, and another one.
        unsafe { new.copy_from_nonoverlapping(block, layout.size()) };
        new
    }

    #[inline]
    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        if !arena::has(block) {
            // SAFETY: as the caller promises.
            unsafe { System.dealloc(block, layout) };
        }
    }
}

// SAFETY: as above; counting changes nothing of it.
unsafe impl GlobalAlloc for Heap {
    #[inline]
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        change(taken(layout.size()));
        // SAFETY: as the caller promises.
        unsafe { Checked.alloc(layout) }
    }

    #[inline]
    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        change(taken(layout.size()));
        // SAFETY: as the caller promises.
        unsafe { Checked.alloc_zeroed(layout) }
    }

    #[inline]
    unsafe fn realloc(&self, block: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        change(taken(size).wrapping_sub(taken(layout.size())));
        // SAFETY: as the caller promises.
        unsafe { Checked.realloc(block, layout, size) }
    }

    #[inline]
    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        change(taken(layout.size()).wrapping_neg());
        // SAFETY: as the caller promises.
        unsafe { Checked.dealloc(block, layout) };
    }
}

#[cfg(test)]
mod tests {
    use std::process::Command;

    use super::*;

    #[test]
    fn a_block_is_larger_than_what_is_in_it() {
        assert_eq!([0, 1, 24, 25, 40, 41, 1 << 20].map(taken), [32, 32, 32, 48, 48, 64, (1 << 20) + 16]);
    }

    #[test]
    fn what_may_be_used_follows_from_what_was_read() {
        let memory = Limits::for_input(1000).memory;
        assert_eq!(most(None, 1000, 0), memory + 1000 + BESIDES);
        assert_eq!(most(None, 400, 600), memory + 400 + 2 * 600 + BESIDES);
        assert_eq!(most(Some(7), 1000, 0), 7 + 1000 + BESIDES);
        assert_eq!(most(None, u64::MAX, u64::MAX), u64::MAX);
    }

    /// A process that has used too much ends, so it is seen to in another one.
    #[test]
    fn too_much_is_an_error() {
        const ROLE: &str = "DWARFKSYMS_TEST_HEAP";
        if let Ok(role) = std::env::var(ROLE) {
            trouble::set_status(2);
            if role == "refused" {
                refused();
            }
            limit(Some(0));
            let folder = std::env::temp_dir().join(format!(".dwarfksyms-heap-{}", std::process::id()));
            std::fs::write(&folder, "").unwrap();
            let _unfinished = trouble::Unfinished::new(&folder);
            // Not to the limit, then one more.
            change(i64::try_from(BESIDES).unwrap() - SHARE);
            print!("{} ", folder.display());
            std::io::Write::flush(&mut std::io::stdout()).unwrap();
            change(SHARE);
            change(SHARE);
            std::process::exit(0);
        }
        let other = |role: &str| {
            let name = "heap::tests::too_much_is_an_error";
            let mut other = Command::new(std::env::current_exe().unwrap());
            other.args([name, "--exact", "--nocapture"]).env(ROLE, role).output().unwrap()
        };
        let output = other("limited");
        let errors = String::from_utf8_lossy(&output.stderr);
        let expected = "error: the limit on memory (201326592 bytes in the whole process) was reached; \
                        --limit memory=N raises it\n";
        assert!(errors.ends_with(expected), "{errors}");
        assert_eq!(output.status.code(), Some(2));
        let said = String::from_utf8_lossy(&output.stdout);
        let file = said.split_whitespace().find(|word| word.contains(".dwarfksyms-heap-")).unwrap();
        assert!(!std::path::Path::new(file).exists());
        let output = other("refused");
        assert!(String::from_utf8_lossy(&output.stderr).ends_with("error: the system has no more memory\n"));
        assert_eq!(output.status.code(), Some(2));
    }
}
