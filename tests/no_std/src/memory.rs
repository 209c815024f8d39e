//! An allocator that hands out one piece of memory from its beginning to its end.

use core::alloc::{GlobalAlloc, Layout};
use core::cell::Cell;

use crate::system;

/// All that the program can have.
const SIZE: usize = 1 << 30;

#[global_allocator]
static MEMORY: Memory = Memory { next: Cell::new(0), end: Cell::new(0) };

struct Memory {
    /// The first address that nobody has; 0 as long as there is no memory at all.
    next: Cell<usize>,
    end: Cell<usize>,
}

// SAFETY: the program has one thread.
unsafe impl Sync for Memory {}

// SAFETY: what lies between two values of `next` is given to one caller.
unsafe impl GlobalAlloc for Memory {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        if self.next.get() == 0 {
            let start = system::new_memory(SIZE);
            if start.is_null() {
                return start;
            }
            self.next.set(start as usize);
            self.end.set(start as usize + SIZE);
        }
        let start = self.next.get().checked_next_multiple_of(layout.align());
        let end = start.and_then(|start| start.checked_add(layout.size()));
        match (start, end) {
            (Some(start), Some(end)) if end <= self.end.get() => {
                self.next.set(end);
                start as *mut u8
            }
            _ => core::ptr::null_mut(),
        }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        // Only what was handed out last can be handed out again.
        if pointer as usize + layout.size() == self.next.get() {
            self.next.set(pointer as usize);
        }
    }
}
