//! The heap of a short process: in one piece, on large pages where the kernel has them, and kept until the end.
//!
//! The settings are those of a whole process, and of its first thread's heap. So this is a program without a harness: what it
//! checks happens on its first thread.

#[cfg(all(target_os = "linux", target_env = "gnu"))]
fn main() {
    heap::is_in_one_piece();
}

#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
fn main() {}

#[cfg(all(target_os = "linux", target_env = "gnu"))]
mod heap {
    use std::fs;
    use std::path::Path;

    const MIB: usize = 1 << 20;

    /// Where the heap ends.
    fn end() -> usize {
        // SAFETY: to move the end by nothing is to ask for it.
        unsafe { libc::sbrk(0) }.addr()
    }

    pub(super) fn is_in_one_piece() {
        let before = end();
        dwarfksyms_host::pages::prepare();
        let after = end();
        // By a piece of 4 MiB, less what the first allocations had left.
        assert!(after - before >= 3 * MIB, "it has grown by {} bytes", after - before);

        // Blocks that the C library would map one by one are in the piece, which has room for them.
        let blocks: Vec<Vec<u8>> = (0..3).map(|_| Vec::with_capacity(MIB)).collect();
        let piece = after - 5 * MIB..after;
        assert!(blocks.iter().all(|block| piece.contains(&block.as_ptr().addr())));
        assert_eq!(end(), after);
        drop(blocks);

        // It grows by another piece, and what is given back stays.
        let blocks: Vec<Vec<u8>> = (0..8).map(|_| Vec::with_capacity(MIB)).collect();
        let grown = end();
        assert!(grown - after >= 4 * MIB, "it has grown by {} bytes", grown - after);
        drop(blocks);
        assert_eq!(end(), grown);

        // What is larger than a piece, and than what was given back, is not in the heap.
        let large = Vec::<u8>::with_capacity(64 * MIB);
        assert_eq!(end(), grown);
        assert!(large.as_ptr().addr() > grown);

        if Path::new("/sys/kernel/mm/transparent_hugepage").exists() {
            assert_large(after);
        } else {
            println!("the kernel has no large pages");
        }
    }

    /// The kernel was asked for large pages wherever one fits into the first piece, and so at its end.
    fn assert_large(end: usize) {
        let maps = fs::read_to_string("/proc/self/smaps").expect("maps");
        let mut is_inside = false;
        for line in maps.lines() {
            let range = line.split(' ').next().and_then(|range| range.split_once('-'));
            let number = |digits| usize::from_str_radix(digits, 16).ok();
            if let Some((Some(from), Some(to))) = range.map(|(from, to)| (number(from), number(to))) {
                is_inside = (from..to).contains(&(end - 1));
            }
            if let Some(flags) = line.strip_prefix("VmFlags:").filter(|_| is_inside) {
                assert!(flags.split_whitespace().any(|flag| flag == "hg"), "{flags}");
                return;
            }
        }
        panic!("the heap is not in the list");
    }
}
