//! The memory that a short process begins with: in one piece, on large pages where the kernel has them, and given out once.
//!
//! There is one piece in a process, and it is there before there are threads. So this is a program without a harness.

use std::alloc::{Layout, alloc_zeroed, dealloc};
use std::ops::Range;
use std::sync::Barrier;
use std::thread;

use dwarfksyms_host::arena::{self, SIZE};
use dwarfksyms_host::heap::Checked;

#[global_allocator]
static HEAP: Checked = Checked;

const MIB: usize = 1 << 20;

#[cfg(target_os = "linux")]
fn main() {
    let before = vec![1_u8; 100];
    arena::prepare();
    let first = Box::new([0_u64; 4]);
    let start = first.as_ptr().addr();
    let piece = start..start + SIZE;
    assert!(start.is_multiple_of(2 * MIB), "{start:#x}");
    assert!(!piece.contains(&before.as_ptr().addr()));
    linux::is_on_large_pages(start);

    // What was there before may go, and grow, where it came from.
    let mut before = before;
    before.resize(1000, 2);
    assert!(!piece.contains(&before.as_ptr().addr()));
    assert_eq!((before[99], before[999]), (1, 2));
    drop(before);

    grows(&piece);
    is_aligned(&piece);
    is_given_out_once(&piece);
    ends(&piece);
}

#[cfg(not(target_os = "linux"))]
fn main() {
    arena::prepare();
    is_given_out_once(&(0..0));
}

/// The last block grows where it is, others become new blocks, and what is in them stays.
fn grows(piece: &Range<usize>) {
    let mut last: Vec<u8> = (0..=255).collect();
    let place = last.as_ptr().addr();
    last.reserve_exact(MIB);
    assert_eq!(last.as_ptr().addr(), place);
    let behind = vec![7_u8; 10];
    last.reserve_exact(2 * MIB);
    assert_ne!(last.as_ptr().addr(), place);
    assert!(piece.contains(&last.as_ptr().addr()));
    assert!(last.iter().copied().eq(0..=255));
    last.shrink_to_fit();
    last.reserve_exact(100);
    assert!(last.iter().copied().eq(0..=255));
    assert_eq!(behind, [7; 10]);
}

fn is_aligned(piece: &Range<usize>) {
    for (size, align) in [(1, 1), (3, 64), (1, 4096), (8, 8), (1, 2 * MIB), (8, 4 * MIB)] {
        let layout = Layout::from_size_align(size, align).unwrap();
        // SAFETY: the size is not 0.
        let block = unsafe { alloc_zeroed(layout) };
        assert!(block.addr().is_multiple_of(align), "{size} {align}");
        assert_eq!(piece.contains(&block.addr()), align < 4 * MIB, "{size} {align}");
        // SAFETY: it was just made.
        unsafe { dealloc(block, layout) };
    }
}

/// No two blocks have a byte in common, whichever threads they are for, and all are zero if that is asked for.
fn is_given_out_once(piece: &Range<usize>) {
    const THREADS: u8 = 4;
    let begun = Barrier::new(THREADS.into());
    let work = |number: u8| {
        begun.wait();
        let mut blocks: Vec<Vec<u8>> = Vec::new();
        for size in (1..400).cycle().take(2000) {
            let mut block = vec![0; size];
            assert!(block.iter().all(|&byte| byte == 0));
            block.fill(number);
            blocks.push(block);
            // What is given back is not seen again.
            drop(vec![0xff_u8; size]);
        }
        blocks
    };
    let all: Vec<Vec<u8>> = thread::scope(|scope| {
        let threads: Vec<_> = (1..=THREADS).map(|number| scope.spawn(move || work(number))).collect();
        threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
    });
    assert!(all.iter().all(|block| block.iter().all(|byte| byte == &block[0])));
    let mut places: Vec<_> = all.iter().map(|block| block.as_ptr_range()).collect();
    places.sort_by_key(|place| place.start);
    assert!(places.windows(2).all(|pair| pair[0].end <= pair[1].start));
    assert!(piece.is_empty() || places.iter().all(|place| piece.contains(&place.start.addr())));
}

/// When the piece is used up, the system has more.
fn ends(piece: &Range<usize>) {
    let blocks: Vec<Vec<u8>> = (0..2 * SIZE / MIB).map(|_| vec![3; MIB]).collect();
    let (inside, outside): (Vec<_>, Vec<_>) =
        blocks.iter().partition(|block| piece.contains(&block.as_ptr().addr()));
    assert!(inside.len() > 4 && outside.len() > 4, "{} {}", inside.len(), outside.len());
    assert!(inside.iter().all(|block| block.as_ptr_range().end.addr() <= piece.end));
    // A block from the piece finds no room there any more.
    let mut last = blocks.into_iter().next().unwrap();
    last.resize(3 * MIB, 4);
    assert!(!piece.contains(&last.as_ptr().addr()));
    assert_eq!((last[MIB - 1], last[MIB]), (3, 4));
}

#[cfg(target_os = "linux")]
mod linux {
    use std::fs;
    use std::path::Path;

    /// The kernel was asked for large pages.
    pub(super) fn is_on_large_pages(start: usize) {
        if !Path::new("/sys/kernel/mm/transparent_hugepage").exists() {
            println!("the kernel has no large pages");
            return;
        }
        let maps = fs::read_to_string("/proc/self/smaps").expect("maps");
        let mut is_inside = false;
        for line in maps.lines() {
            let range = line.split(' ').next().and_then(|range| range.split_once('-'));
            let number = |digits| usize::from_str_radix(digits, 16).ok();
            if let Some((Some(from), Some(to))) = range.map(|(from, to)| (number(from), number(to))) {
                is_inside = (from..to).contains(&start);
            }
            if let Some(flags) = line.strip_prefix("VmFlags:").filter(|_| is_inside) {
                assert!(flags.split_whitespace().any(|flag| flag == "hg"), "{flags}");
                return;
            }
        }
        panic!("the piece is not in the list");
    }
}
