//! The list of exported symbols: whose versions are asked for, and in which order they are printed.
//!
//! The list has one name per line (SPEC section 2). A name is looked up for every function and variable of an
//! object, so names are kept sorted by hash: a look-up is a binary search over integers, and names that were
//! made to collide cost no more than a second one over the names themselves. An index over the hashes' highest bits leaves
//! few of them to search.

use alloc::vec::Vec;

use crate::budget::{Budget, Spendable};
use crate::error::{Error, ErrorKind, Result};
use crate::limits::{Limit, Limits};

/// The prefix of the variables whose type describes a symbol (SPEC section 3, symbol pointers).
pub(crate) const SYMBOL_POINTER_PREFIX: &[u8] = b"__gendwarfksyms_ptr_";

/// What a list has in front of the name of a type that is to be described as if there was a variable of it: `:s#file`. No symbol
/// begins with it.
pub(crate) const TYPE_PREFIX: &[u8] = b":";

/// One symbol of the list, by its position in the order of output.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ExportId(u32);

impl ExportId {
    pub(crate) fn index(self) -> usize {
        usize::try_from(self.0).unwrap_or(usize::MAX)
    }
}

/// The exported symbols.
#[derive(Debug)]
pub struct Exports {
    /// The names' bytes, one after the other.
    text: Vec<u8>,
    /// In the order of output (SPEC section 2).
    names: Vec<Name>,
    /// The hashes of `sorted`'s names, in the same order.
    hashes: Vec<u32>,
    /// Indexes of `names`, ordered by hash and then by name.
    sorted: Vec<ExportId>,
    /// Where the hashes with each value of their highest bits begin in `hashes`, and where the last of them end.
    starts: Vec<u32>,
    /// The length of the longest name.
    longest: usize,
    /// What the above has cost.
    spent: Spendable,
}

#[derive(Clone, Copy, Debug)]
struct Name {
    hash: u32,
    start: usize,
    end: usize,
    /// The position in the list, for the order within a bucket.
    line: usize,
}

impl Exports {
    /// Reads a symbol list.
    ///
    /// # Errors
    /// A line without a word in it ([`ErrorKind::MalformedSymbolLine`]), or a limit.
    pub fn parse(list: &[u8], limits: &Limits) -> Result<Exports> {
        let budget = &mut Budget::new(limits);
        let mut exports = Exports::empty();
        budget.check(Limit::List, list.len())?;
        budget.charge_bytes(list.len())?;
        if !list.is_empty() {
            let lines = list.strip_suffix(b"\n").unwrap_or(list).split(|&byte| byte == b'\n');
            for (line, bytes) in lines.enumerate() {
                // A C string ends at NUL.
                let bytes = memchr::memchr(0, bytes).and_then(|end| bytes.get(..end)).unwrap_or(bytes);
                let name = bytes.split(|&byte| is_space(byte)).find(|word| !word.is_empty());
                let number = u64::try_from(line).unwrap_or(u64::MAX).saturating_add(1);
                exports.add(name.ok_or(ErrorKind::MalformedSymbolLine(number))?, line, budget)?;
            }
        }
        exports.index(budget)?;
        exports.drop_pointers(budget)?;
        exports.spent = budget.spent();
        Ok(exports)
    }

    /// Takes the names that objects export, in any order, instead of a list: they count as if they were listed in the
    /// order of their bytes, as kbuild lists them.
    ///
    /// # Errors
    /// A name that could not be listed, because it is no word ([`ErrorKind::ExportedName`]), or a limit.
    pub fn of_objects(names: &[&[u8]], limits: &Limits) -> Result<Exports> {
        let budget = &mut Budget::new(limits);
        let mut sorted: Vec<&[u8]> = Vec::new();
        for name in names {
            budget.charge_bytes(name.len().saturating_mul(32))?;
            if name.is_empty() || name.iter().any(|&byte| is_space(byte) || byte == 0) {
                return Err(Error::new(ErrorKind::ExportedName).about(name));
            }
            budget.push(&mut sorted, name)?;
        }
        sorted.sort_unstable();
        sorted.dedup();
        let mut exports = Exports::empty();
        for (line, name) in sorted.iter().enumerate() {
            exports.add(name, line, budget)?;
        }
        budget.free(sorted);
        exports.index(budget)?;
        exports.drop_pointers(budget)?;
        exports.spent = budget.spent();
        Ok(exports)
    }

    fn empty() -> Exports {
        Exports {
            text: Vec::new(),
            names: Vec::new(),
            hashes: Vec::new(),
            sorted: Vec::new(),
            starts: Vec::new(),
            longest: 0,
            spent: Spendable::default(),
        }
    }

    /// Drops the names of symbol pointer variables whose symbol was listed before: they are that symbol.
    fn drop_pointers(&mut self, budget: &mut Budget) -> Result<()> {
        let mut kept = Vec::new();
        for name in &self.names {
            let symbol = self.bytes(name).strip_prefix(SYMBOL_POINTER_PREFIX);
            let symbol = symbol.and_then(|symbol| self.names.get(self.find(symbol)?.index()));
            if symbol.is_none_or(|symbol| symbol.line > name.line) {
                budget.push(&mut kept, *name)?;
            }
        }
        if kept.len() < self.names.len() {
            self.names = kept;
            self.sorted.clear();
            self.hashes.clear();
            self.starts.clear();
            self.index(budget)?;
        }
        Ok(())
    }

    fn add(&mut self, name: &[u8], line: usize, budget: &mut Budget) -> Result<()> {
        budget.check(Limit::Symbols, self.names.len().saturating_add(1))?;
        let start = self.text.len();
        self.longest = self.longest.max(name.len());
        budget.extend(&mut self.text, name)?;
        budget.push(&mut self.names, Name { hash: fnv1a(name), start, end: self.text.len(), line })
    }

    /// Drops repeated names, puts the rest into the order of output and sorts them for look-ups.
    fn index(&mut self, budget: &mut Budget) -> Result<()> {
        budget.charge_work(u64::try_from(self.names.len()).unwrap_or(u64::MAX).saturating_mul(40))?;
        let text = &self.text;
        let bytes = |name: &Name| text.get(name.start..name.end).unwrap_or_default();
        self.names.sort_unstable_by(|a, b| {
            a.hash.cmp(&b.hash).then_with(|| bytes(a).cmp(bytes(b))).then(a.line.cmp(&b.line))
        });
        self.names.dedup_by(|later, first| later.hash == first.hash && bytes(later) == bytes(first));
        self.names.sort_unstable_by_key(|name| (name.hash % 4096, core::cmp::Reverse(name.line)));

        budget.reserve(&mut self.sorted, self.names.len())?;
        for index in 0..self.names.len() {
            let index = u32::try_from(index).map_err(|_| ErrorKind::OutOfMemory)?;
            self.sorted.push(ExportId(index));
        }
        let names = &self.names;
        let key = |id: &ExportId| names.get(id.index()).map(|name| (name.hash, bytes(name)));
        self.sorted.sort_unstable_by(|a, b| key(a).cmp(&key(b)));
        budget.reserve(&mut self.hashes, self.names.len())?;
        self.hashes.extend(self.sorted.iter().map(|id| names.get(id.index()).map_or(0, |name| name.hash)));
        let buckets = self.names.len().checked_next_power_of_two().ok_or(ErrorKind::OutOfMemory)?;
        budget.reserve(&mut self.starts, buckets.saturating_add(1))?;
        let (hashes, bits) = (&self.hashes, buckets.trailing_zeros());
        let starts = (0..buckets).map(|bucket| hashes.partition_point(|&hash| top(hash, bits) < bucket));
        let starts = starts.chain([hashes.len()]).map(|start| u32::try_from(start).unwrap_or(u32::MAX));
        self.starts.extend(starts);
        Ok(())
    }

    /// The number of symbols.
    pub fn len(&self) -> usize {
        self.names.len()
    }

    /// Whether no symbol is asked for.
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// The symbols in the order of output (SPEC section 2).
    pub fn iter(&self) -> impl Iterator<Item = (ExportId, &[u8])> {
        (0..).map(ExportId).zip(self.names.iter().map(|name| self.bytes(name)))
    }

    /// A symbol's name.
    pub fn name(&self, id: ExportId) -> &[u8] {
        self.names.get(id.index()).map(|name| self.bytes(name)).unwrap_or_default()
    }

    fn bytes(&self, name: &Name) -> &[u8] {
        self.text.get(name.start..name.end).unwrap_or_default()
    }

    /// The length of the longest name.
    pub(crate) fn longest(&self) -> usize {
        self.longest
    }

    /// What has been spent on the list.
    pub(crate) fn spent(&self) -> Spendable {
        self.spent
    }

    /// Finds a symbol by its name.
    pub fn find(&self, name: &[u8]) -> Option<ExportId> {
        if name.len() > self.longest {
            return None;
        }
        let hash = fnv1a(name);
        let buckets = self.starts.len().saturating_sub(1);
        let bucket = top(hash, buckets.trailing_zeros());
        let start = usize::try_from(*self.starts.get(bucket)?).ok()?;
        let end = usize::try_from(*self.starts.get(bucket.saturating_add(1))?).ok()?;
        let (hashes, sorted) = (self.hashes.get(start..end)?, self.sorted.get(start..end)?);
        let first = hashes.partition_point(|&other| other < hash);
        let count = hashes.get(first..)?.partition_point(|&other| other == hash);
        let same = sorted.get(first..first.saturating_add(count))?;
        let at = same.binary_search_by(|&id| self.name(id).cmp(name)).ok()?;
        same.get(at).copied()
    }
}

/// The highest bits of a hash.
fn top(hash: u32, bits: u32) -> usize {
    usize::try_from(hash.checked_shr(32_u32.saturating_sub(bits)).unwrap_or(0)).unwrap_or(usize::MAX)
}

/// What separates words in the symbol list: the C locale's white space.
pub(crate) fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t'..=b'\r')
}

/// Whether this can be a name: what cannot be in a symbol list, nobody can ask for.
pub(crate) fn is_name(name: &[u8]) -> bool {
    !name.is_empty() && !name.iter().any(|&byte| is_space(byte))
}

/// FNV-1a, 32 bits, over bytes taken as signed (SPEC section 2).
fn fnv1a(name: &[u8]) -> u32 {
    name.iter().fold(2_166_136_261, |hash: u32, &byte| {
        (hash ^ i32::from(byte.cast_signed()).cast_unsigned()).wrapping_mul(16_777_619)
    })
}

/// Values kept per export, or per group of exports.
#[derive(Debug)]
pub(crate) struct PerExport<T>(Vec<T>);

impl<T: Copy> PerExport<T> {
    pub(crate) fn new(exports: &Exports, fill: T, budget: &mut Budget) -> Result<PerExport<T>> {
        let mut values = Vec::new();
        budget.fill(&mut values, exports.len(), fill)?;
        Ok(PerExport(values))
    }

    pub(crate) fn get(&self, id: ExportId) -> Option<T> {
        self.0.get(id.index()).copied()
    }

    pub(crate) fn set(&mut self, id: ExportId, value: T) {
        if let Some(slot) = self.0.get_mut(id.index()) {
            *slot = value;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(list: &[u8]) -> Vec<Vec<u8>> {
        let exports = Exports::parse(list, &Limits::default()).unwrap();
        exports.iter().map(|(_, name)| name.to_vec()).collect()
    }

    #[test]
    fn the_first_word_of_a_line_is_the_name() {
        assert_eq!(names(b"  vfs_read\tEXPORT_SYMBOL\r\n"), [b"vfs_read"]);
        assert_eq!(names(b"a\na x\na\0b"), [b"a"]);
        assert!(names(b"").is_empty());
    }

    #[test]
    fn a_line_without_a_word_is_refused() {
        for (list, line) in [(&b"\n"[..], 1), (b"a\n\nb\n", 2), (b"a\n \t", 2), (b"a\n\n", 2), (b"\0a", 1)] {
            let error = Exports::parse(list, &Limits::default()).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::MalformedSymbolLine(line));
        }
    }

    #[test]
    fn a_symbol_pointer_is_the_symbol_that_was_listed_before_it() {
        assert_eq!(names(b"one\n__gendwarfksyms_ptr_one\n"), [b"one"]);
        assert_eq!(names(b"__gendwarfksyms_ptr_one\none\n").len(), 2);
        assert_eq!(names(b"two\n__gendwarfksyms_ptr_one\n").len(), 2);
    }

    #[test]
    fn a_later_name_of_a_bucket_comes_first() {
        // 4096 buckets and 3 x 4096 names: some bucket has several.
        let list: Vec<u8> = (0..12288).flat_map(|n| alloc::format!("symbol_{n}\n").into_bytes()).collect();
        let exports = Exports::parse(&list, &Limits::default()).unwrap();
        let keys: Vec<_> = exports
            .iter()
            .map(|(_, name)| {
                let number: u32 = core::str::from_utf8(&name[7..]).unwrap().parse().unwrap();
                (fnv1a(name) % 4096, core::cmp::Reverse(number))
            })
            .collect();
        assert!(keys.is_sorted());
        for (id, name) in exports.iter() {
            assert_eq!(exports.find(name), Some(id));
        }
        assert_eq!(exports.find(b"symbol_12288"), None);
    }

    #[test]
    fn names_with_one_hash_are_kept_apart() {
        assert_eq!(fnv1a(b"liquid"), fnv1a(b"costarring"));
        for list in [&b"liquid\ncostarring\nliquid\n"[..], b"costarring\nliquid\ncostarring\n"] {
            let exports = Exports::parse(list, &Limits::default()).unwrap();
            assert_eq!(exports.len(), 2);
            for (id, name) in exports.iter() {
                assert_eq!(exports.find(name), Some(id));
            }
        }
    }

    #[test]
    fn what_objects_export_is_sorted_and_must_be_words() {
        let of_objects = |names: &[&[u8]]| Exports::of_objects(names, &Limits::default());
        let exports = of_objects(&[b"two", b"one", b"three", b"one"]).unwrap();
        assert_eq!(
            exports.iter().map(|(_, name)| name).collect::<Vec<_>>(),
            names(b"one\nthree\ntwo\n").iter().map(Vec::as_slice).collect::<Vec<_>>()
        );
        for bad in [&b""[..], b"a b", b"a\n#SYMVER", b"a\0", b"\x0b"] {
            assert_eq!(of_objects(&[b"one", bad]).unwrap_err().kind(), ErrorKind::ExportedName);
        }
        assert!(of_objects(&[]).unwrap().is_empty());
    }

    #[test]
    fn a_repeated_name_counts_where_it_stands_first() {
        let same_bucket =
            |name: &alloc::string::String| fnv1a(name.as_bytes()) % 4096 == fnv1a(b"one") % 4096;
        let two = (0..).map(|number| alloc::format!("two{number}")).find(same_bucket).unwrap();
        let list = alloc::format!("one\n{two}\none\n");
        assert_eq!(names(list.as_bytes()), [two.as_bytes(), b"one"]);
    }

    #[test]
    fn lists_are_work() {
        let work = |list: &[u8]| Exports::parse(list, &Limits::default()).unwrap().spent().work;
        let many: Vec<u8> = (0..1000).flat_map(|n| alloc::format!("{n:04}\n").into_bytes()).collect();
        // Each is sorted, and the list is read, 16 bytes in a step.
        assert_eq!(work(&many), 1000 * 40 + 5000 / 16 + 1);
        // It is sorted again if names are dropped.
        assert_eq!(work(b"a\n__gendwarfksyms_ptr_a\n"), 2 * 40 + 40 + 2);
    }

    #[test]
    fn bytes_are_hashed_as_signed_chars() {
        assert_eq!(fnv1a(b"a"), 0xe40c_292c);
        assert_ne!(fnv1a(b"\xc3\xa9"), 0xe40c_292c);
        assert_eq!(fnv1a(b"\xff"), (2_166_136_261_u32 ^ 0xffff_ffff).wrapping_mul(16_777_619));
    }
}
