//! Numbers of 64 bits that threads share, also on machines whose atomic operations are narrower.
//!
//! Nearly all machines have what is needed. On the others (32-bit MIPS and PowerPC, small ARM and RISC-V cores), and with
//! the feature `narrow-atomics`, a number is kept in halves; what is promised of it is the same.

/// A sum that threads add to.
///
/// Of several that add at the same time, the last one sees what all have added; what others see may be less.
#[derive(Debug, Default)]
pub struct Sum(machine::Number);

impl Sum {
    /// Adds a part; returns the sum. No sum of what machines do in a lifetime has more than 64 bits.
    #[inline]
    pub fn add(&self, part: u64) -> u64 {
        self.0.add(part)
    }

    /// Takes a part away that was added before.
    #[inline]
    pub fn subtract(&self, part: u64) {
        self.0.add(part.wrapping_neg());
    }

    /// The sum.
    #[inline]
    pub fn get(&self) -> u64 {
        self.0.load()
    }

    /// Begins again with this. Nobody may add at the same time.
    #[inline]
    pub fn set(&self, sum: u64) {
        self.0.store(sum);
    }
}

/// Two numbers that are found out while threads work. Whoever finds them out, they are the same, and the first is not 0.
#[derive(Debug, Default)]
pub(crate) struct Finding(machine::Numbers);

impl Finding {
    /// The numbers, if they are known.
    #[inline]
    pub(crate) fn get(&self) -> Option<(u64, u64)> {
        self.0.load()
    }

    /// Has others know them.
    #[inline]
    pub(crate) fn set(&self, numbers: (u64, u64)) {
        self.0.store(numbers);
    }
}

#[cfg(all(target_has_atomic = "64", not(feature = "narrow-atomics")))]
mod machine {
    use core::sync::atomic::{AtomicU64, Ordering};

    #[derive(Debug, Default)]
    pub(super) struct Number(AtomicU64);

    impl Number {
        #[inline]
        pub(super) fn add(&self, part: u64) -> u64 {
            self.0.fetch_add(part, Ordering::Relaxed).saturating_add(part)
        }

        #[inline]
        pub(super) fn load(&self) -> u64 {
            self.0.load(Ordering::Relaxed)
        }

        #[inline]
        pub(super) fn store(&self, value: u64) {
            self.0.store(value, Ordering::Relaxed);
        }
    }

    #[derive(Debug, Default)]
    pub(super) struct Numbers(AtomicU64, AtomicU64);

    impl Numbers {
        #[inline]
        pub(super) fn load(&self) -> Option<(u64, u64)> {
            // Whoever sees the first sees the second, which was stored before it.
            let first = self.0.load(Ordering::Acquire);
            (first != 0).then(|| (first, self.1.load(Ordering::Relaxed)))
        }

        #[inline]
        pub(super) fn store(&self, (first, second): (u64, u64)) {
            self.1.store(second, Ordering::Relaxed);
            self.0.store(first, Ordering::Release);
        }
    }
}

#[cfg(not(all(target_has_atomic = "64", not(feature = "narrow-atomics"))))]
mod machine {
    use core::sync::atomic::{AtomicBool, AtomicU32, Ordering};

    #[derive(Debug, Default)]
    pub(super) struct Number {
        low: AtomicU32,
        high: AtomicU32,
    }

    impl Number {
        pub(super) fn add(&self, part: u64) -> u64 {
            let (low, high) = halves(part);
            // What does not fit into the lower half is carried by whoever has filled it. In between, others see less.
            let carry = self.low.fetch_add(low, Ordering::SeqCst).checked_add(low).is_none();
            self.high.fetch_add(high.wrapping_add(u32::from(carry)), Ordering::SeqCst);
            // Both are read when all is written, so that the last one misses nothing.
            whole(self.low.load(Ordering::SeqCst), self.high.load(Ordering::SeqCst))
        }

        pub(super) fn load(&self) -> u64 {
            whole(self.low.load(Ordering::SeqCst), self.high.load(Ordering::SeqCst))
        }

        pub(super) fn store(&self, value: u64) {
            let (low, high) = halves(value);
            self.low.store(low, Ordering::SeqCst);
            self.high.store(high, Ordering::SeqCst);
        }
    }

    #[derive(Debug, Default)]
    pub(super) struct Numbers {
        first: Number,
        second: Number,
        is_known: AtomicBool,
    }

    impl Numbers {
        pub(super) fn load(&self) -> Option<(u64, u64)> {
            // Whoever sees that they are known sees them, which were stored before it: again and again the same.
            self.is_known.load(Ordering::Acquire).then(|| (self.first.load(), self.second.load()))
        }

        pub(super) fn store(&self, (first, second): (u64, u64)) {
            self.first.store(first);
            self.second.store(second);
            self.is_known.store(true, Ordering::Release);
        }
    }

    /// The lower half and the higher one.
    fn halves(value: u64) -> (u32, u32) {
        let half = |value: u64| u32::try_from(value & 0xffff_ffff).unwrap_or(u32::MAX);
        (half(value), half(value >> 32))
    }

    fn whole(low: u32, high: u32) -> u64 {
        (u64::from(high) << 32) | u64::from(low)
    }
}

#[cfg(test)]
mod tests {
    use std::thread;
    use std::vec::Vec;

    use super::*;

    #[test]
    fn whoever_adds_last_sees_everything() {
        // Each part fills the lower half nearly, so that most have something to carry.
        const PARTS: u64 = 2000;
        let sum = Sum::default();
        let add = |part: u64| (0..PARTS).map(|_| sum.add(part)).max();
        let parts: [u64; 4] = [0xffff_fffe, 0x8000_0001, 3, 0x1_0000_0007];
        let most = thread::scope(|scope| {
            let threads: Vec<_> = parts.iter().map(|&part| scope.spawn(move || add(part))).collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).max().flatten()
        });
        let all = parts.iter().sum::<u64>() * PARTS;
        assert_eq!((sum.get(), most), (all, Some(all)));
    }

    #[test]
    fn what_is_taken_away_is_borrowed_from_the_higher_half() {
        let sum = Sum::default();
        sum.set(u64::from(u32::MAX));
        assert_eq!(sum.add(2), 0x1_0000_0001);
        sum.subtract(3);
        assert_eq!(sum.get(), 0xffff_fffe);
    }

    #[test]
    fn numbers_are_seen_together_or_not_at_all() {
        let findings: Vec<Finding> = (0..2000).map(|_| Finding::default()).collect();
        let numbers = |index: usize| (index as u64 + (1 << 32), !(index as u64));
        thread::scope(|scope| {
            for _ in 0..2 {
                scope.spawn(|| (0..2000).for_each(|index| findings[index].set(numbers(index))));
                scope.spawn(|| {
                    for _ in 0..20 {
                        for (index, finding) in findings.iter().enumerate() {
                            assert!(finding.get().is_none_or(|found| found == numbers(index)), "{index}");
                        }
                    }
                });
            }
        });
        assert!(findings.iter().enumerate().all(|(index, finding)| finding.get() == Some(numbers(index))));
    }
}
