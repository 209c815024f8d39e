//! Fuzz bodies: ordinary functions that take any bytes and must return.
//!
//! A target in `fuzz_targets` is a shim around one of them. The smoke tests here run each on the corpus and on
//! seeded mutations of it, with any toolchain, so that the bodies cannot rot.

use std::fmt::Write;

use dwarfksyms_core::{Dump, Error, Exports, Limits, Object, Options, Result, Versions};

/// Limits that a fuzzer can live with.
const LIMITS: Limits = {
    let mut limits = Limits::for_input(0);
    limits.memory = 256 << 20;
    limits.work = 20_000_000;
    limits
};

/// Any bytes as an object, with a symbol list in front: the list ends at the first NUL.
///
/// What comes out, a result or an error, must come out twice.
pub fn object(data: &[u8]) {
    let end = data.iter().position(|&byte| byte == 0).unwrap_or(data.len());
    let (list, object) = data.split_at(end);
    let object = object.get(1..).unwrap_or_default();
    for stable in [false, true] {
        let first = describe(list, object, stable);
        assert_eq!(first, describe(list, object, stable));
    }
}

/// Any bytes as a symbol list: every name is found, and listed once.
pub fn symbol_list(data: &[u8]) {
    let Ok(exports) = Exports::parse(data, &LIMITS) else { return };
    for (id, name) in exports.iter() {
        assert_eq!(exports.find(name), Some(id));
    }
}

/// Everything that can be asked about an object, or why it cannot be told.
pub fn describe(list: &[u8], object: &[u8], stable: bool) -> String {
    let mut out = String::new();
    if let Err(error) = try_describe(list, object, stable, &mut out) {
        let _ = write!(out, "error: {error}");
    }
    out
}

fn try_describe(list: &[u8], object: &[u8], stable: bool, out: &mut String) -> Result<()> {
    let exports = Exports::parse(list, &LIMITS)?;
    let mut versions = Versions::new(&exports, &LIMITS)?;
    let object = Object::parse(object, Options { stable, dump: Dump::None }, &LIMITS)?;
    let mut description = object.description(&exports, &versions, |_| Ok::<_, Error>(()))?;
    description.compute(&exports, &mut versions)?;
    for (id, name) in exports.iter() {
        let _ = writeln!(out, "{} {:?}", name.escape_ascii(), versions.get(id));
    }
    for (name, string) in description.symtypes(&exports)? {
        let _ = writeln!(out, "{} {}", name.escape_ascii(), string.escape_ascii());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::{Path, PathBuf};

    use super::*;

    /// Marsaglia's xorshift64: the same numbers everywhere.
    struct Numbers(u64);

    impl Numbers {
        fn below(&mut self, end: usize) -> usize {
            self.0 ^= self.0 << 13;
            self.0 ^= self.0 >> 7;
            self.0 ^= self.0 << 17;
            usize::try_from(self.0 % u64::try_from(end.max(1)).expect("64 bits")).expect("64 bits")
        }
    }

    /// The corpus' objects with the symbols that they are tried with.
    fn objects() -> Vec<(PathBuf, Vec<u8>, Vec<u8>)> {
        let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("../corpus/golden");
        let mut objects = Vec::new();
        for case in fs::read_dir(golden).expect("the corpus") {
            let folder = case.expect("a case").path();
            let Ok(list) = fs::read(folder.join("syms")) else { continue };
            for file in fs::read_dir(&folder).expect("a case") {
                let path = file.expect("a file").path();
                if path.extension().is_some_and(|extension| extension == "o") {
                    let object = fs::read(&path).expect("an object");
                    objects.push((path, list.clone(), object));
                }
            }
        }
        objects.sort();
        assert!(objects.len() > 100);
        objects
    }

    fn input(list: &[u8], object: &[u8]) -> Vec<u8> {
        [list, b"\0", object].concat()
    }

    #[test]
    fn object_on_the_corpus() {
        for (_, list, bytes) in objects() {
            object(&input(&list, &bytes));
        }
    }

    #[test]
    fn object_on_a_small_stack() {
        for (path, list, bytes) in objects() {
            let input = input(&list, &bytes);
            let thread = std::thread::Builder::new().stack_size(256 << 10);
            let result = thread.spawn(move || object(&input)).expect("a thread").join();
            assert!(result.is_ok(), "{}", path.display());
        }
    }

    #[test]
    fn object_on_mutations_of_the_corpus() {
        let mut numbers = Numbers(0x2545_f491_4f6c_dd1d);
        // More of them take longer, and find more.
        let rounds =
            std::env::var("DWARFKSYMS_MUTATIONS").map_or(4, |rounds| rounds.parse().expect("a number"));
        for (_, list, bytes) in objects() {
            for _ in 0..rounds {
                let mut mutated = bytes.clone();
                for _ in 0..=numbers.below(8) {
                    let at = numbers.below(mutated.len());
                    match numbers.below(4) {
                        0 => mutated[at] = [0, 0xff, 0x7f, 0x80][numbers.below(4)],
                        1 => mutated[at] ^= 1 << numbers.below(8),
                        2 => mutated[at] = mutated[at].wrapping_add(1),
                        _ => mutated.truncate(at.max(64)),
                    }
                }
                object(&input(&list, &mutated));
            }
        }
    }

    #[test]
    fn symbol_list_on_the_corpus_and_on_noise() {
        for (_, list, bytes) in objects() {
            symbol_list(&list);
            symbol_list(&bytes);
        }
    }
}
