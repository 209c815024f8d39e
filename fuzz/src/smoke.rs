//! Smoke tests: a body on its seeds, and on mutations of them.

use dwarfksyms_tests::model::Numbers;

use crate::{TARGETS, seeds};

/// Tries the body of a target; `DWARFKSYMS_MUTATIONS` says on how many mutations of each seed.
pub(crate) fn test(target: &str) {
    let (_, body) = TARGETS.iter().find(|(name, _)| *name == target).expect("a target");
    let rounds = std::env::var("DWARFKSYMS_MUTATIONS").map_or(1, |rounds| rounds.parse().expect("a number"));
    let seeds = seeds::seeds(target);
    assert!(!seeds.is_empty());
    let mut numbers = Numbers(1);
    for (_, seed) in seeds {
        body(&seed);
        for _ in 0..rounds {
            let mut mutated = seed.clone();
            for _ in 0..=numbers.below(8) {
                let at = numbers.below(mutated.len());
                let Some(byte) = mutated.get_mut(at) else { break };
                match numbers.below(4) {
                    0 => *byte = numbers.choose(&[0, 0xff, 0x7f, 0x80]),
                    1 => *byte ^= 1 << numbers.below(8),
                    2 => *byte = byte.wrapping_add(1),
                    _ => mutated.truncate(at.max(64)),
                }
            }
            body(&mutated);
        }
    }
}
