//! Where exports are, in both builds: a symbol may be exported in several places.

use std::cmp::Ordering;

use std::collections::{BTreeMap, HashMap};

use anyhow::Result;
use dwarfksyms_symtypes::types::{FileId, NameId, Side};

use super::Sides;
use super::basis::Pair;
use crate::builds::{Build, Export};

/// The symbols of both builds, by name.
pub(super) fn both<'b>(
    old: &'b Build,
    new: &'b Build,
) -> impl Iterator<Item = (&'b [u8], Option<&'b Export>, Option<&'b Export>)> {
    let mut old = old.exports.iter().peekable();
    let mut new = new.exports.iter().peekable();
    std::iter::from_fn(move || {
        let order = match (old.peek(), new.peek()) {
            (None, None) => return None,
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (Some(before), Some(after)) => before.symbol.cmp(&after.symbol),
        };
        let before = if order.is_le() { old.next() } else { None };
        let after = if order.is_ge() { new.next() } else { None };
        let symbol = before.or(after)?.symbol.as_slice();
        Some((symbol, before, after))
    })
}

/// Of an export that is in several places, one that differs, if any does: first in its version, then in that it is in one
/// build only.
pub(super) fn differing_place<'p>(sides: &'p Sides<'_>, symbol: &[u8], pair: Pair<'p>) -> Option<Pair<'p>> {
    let others = [sides.old, sides.new].map(|build| build.duplicates_of(symbol));
    if others.iter().all(|others| others.is_empty()) {
        return None;
    }
    let old: Vec<&Export> = [pair.old].into_iter().chain(others[0]).collect();
    let new: Vec<&Export> = [pair.new].into_iter().chain(others[1]).collect();
    let (in_old, in_new) = (Modules::of(&old), Modules::of(&new));
    let changed = old.iter().find_map(|&old| Some(Pair { old, new: in_new.first_unlike(old)? }));
    let gone = || old.iter().find(|old| !in_new.has(old));
    let come = || new.iter().find(|new| !in_old.has(new));
    changed
        .or_else(|| gone().map(|&old| Pair { old, new: pair.new }))
        .or_else(|| come().map(|&new| Pair { old: pair.old, new }))
}

/// Whether anything but the version differs, as far as both sides state it.
pub(super) fn has_moved(pair: Pair<'_>) -> bool {
    fn differs<T: PartialEq>(old: Option<T>, new: Option<T>) -> bool {
        matches!((old, new), (Some(old), Some(new)) if old != new)
    }
    let Pair { old, new } = pair;
    !is_one_module(old, new)
        || differs(old.kind, new.kind)
        || differs(old.namespace.as_ref(), new.namespace.as_ref())
}

/// Whether two exports are in the same module, as far as both sides state it: a module by itself has no folders.
fn is_one_module(old: &Export, new: &Export) -> bool {
    let (Some(old), Some(new)) = (&old.module, &new.module) else { return true };
    old == new || ((is_bare(old) || is_bare(new)) && dashed(old) == dashed(new))
}

/// Whether a module is named without folders.
fn is_bare(path: &[u8]) -> bool {
    !path.contains(&b'/') && path != b"vmlinux"
}

/// The name of a module, in which dashes and underscores are the same.
fn dashed(path: &[u8]) -> Vec<u8> {
    let name = path.rsplit(|&byte| byte == b'/').next().unwrap_or(path);
    name.iter().map(|&byte| if byte == b'-' { b'_' } else { byte }).collect()
}

/// Exports whose types are in several files of a build, and make other versions there than in the other build, each with such a
/// file: only one of the files is compared type by type.
pub(super) fn differing_files(sides: &Sides<'_>) -> Result<HashMap<NameId, FileId>> {
    let catalog = sides.catalog();
    let mut places: HashMap<NameId, Vec<(Side, FileId)>> = HashMap::new();
    for &(side, file) in &sides.files {
        for &record in catalog.records(file) {
            let name = catalog.name_of(record);
            if catalog.name(name).get(1) != Some(&b'#') {
                places.entry(name).or_default().push((side, file));
            }
        }
    }
    places.retain(|_, places| {
        [Side::Old, Side::New].iter().any(|side| places.iter().filter(|(of, _)| of == side).count() > 1)
    });
    // The types of a file are put together once, for all that is asked of it.
    let mut by_file: BTreeMap<FileId, (Side, Vec<NameId>)> = BTreeMap::new();
    for (&name, places) in &places {
        for &(side, file) in places {
            by_file.entry(file).or_insert_with(|| (side, Vec::new())).1.push(name);
        }
    }
    // The first file that has a version, on each side.
    let mut versions: HashMap<NameId, [BTreeMap<Option<u32>, FileId>; 2]> = HashMap::new();
    for (file, (side, mut names)) in by_file {
        names.sort_unstable();
        let computed = sides.ask(|budget| catalog.versions(file, &names, &[], budget))?;
        for (name, version) in names.into_iter().zip(computed) {
            versions.entry(name).or_default()[usize::from(side == Side::New)].entry(version).or_insert(file);
        }
    }
    let differing = versions.into_iter().filter_map(|(name, [old, new])| {
        let come = new.iter().filter(|(version, _)| !old.contains_key(version));
        let gone = old.iter().filter(|(version, _)| !new.contains_key(version));
        let first = come.chain(gone).map(|(_, &file)| file).next()?;
        (!old.is_empty() && !new.is_empty()).then_some((name, first))
    });
    Ok(differing.collect())
}

/// Exports by the modules that they are in, as far as these are known.
struct Modules<'p> {
    /// By the whole path, and by the name of what has no folders, and of all.
    by_path: HashMap<&'p [u8], First<'p>>,
    bare: HashMap<Vec<u8>, First<'p>>,
    by_name: HashMap<Vec<u8>, First<'p>>,
    unknown: Option<First<'p>>,
    all: Option<First<'p>>,
}

/// The first of some exports, and the first that has another version, with their positions.
#[derive(Clone, Copy)]
struct First<'p> {
    any: (usize, &'p Export),
    other: Option<(usize, &'p Export)>,
}

impl<'p> First<'p> {
    fn add(&mut self, at: usize, export: &'p Export) {
        if self.other.is_none() && self.any.1.version != export.version {
            self.other = Some((at, export));
        }
    }

    /// The first with another version than an export has.
    fn unlike(self, export: &Export) -> Option<(usize, &'p Export)> {
        if self.any.1.version == export.version { self.other } else { Some(self.any) }
    }
}

impl<'p> Modules<'p> {
    fn of(exports: &[&'p Export]) -> Modules<'p> {
        let mut modules = Modules {
            by_path: HashMap::new(),
            bare: HashMap::new(),
            by_name: HashMap::new(),
            unknown: None,
            all: None,
        };
        fn add<'p>(first: &mut Option<First<'p>>, at: usize, export: &'p Export) {
            match first {
                Some(first) => first.add(at, export),
                None => *first = Some(First { any: (at, export), other: None }),
            }
        }
        fn add_to<'p, K: Eq + std::hash::Hash>(
            map: &mut HashMap<K, First<'p>>,
            key: K,
            at: usize,
            export: &'p Export,
        ) {
            map.entry(key)
                .and_modify(|first| first.add(at, export))
                .or_insert(First { any: (at, export), other: None });
        }
        for (at, &export) in exports.iter().enumerate() {
            add(&mut modules.all, at, export);
            let Some(module) = &export.module else {
                add(&mut modules.unknown, at, export);
                continue;
            };
            add_to(&mut modules.by_path, module.as_slice(), at, export);
            add_to(&mut modules.by_name, dashed(module), at, export);
            if is_bare(module) {
                add_to(&mut modules.bare, dashed(module), at, export);
            }
        }
        modules
    }

    /// Those that are in one module with an export, as [`is_one_module`] has it.
    fn with(&self, export: &Export) -> impl Iterator<Item = First<'p>> {
        let found = match &export.module {
            None => [self.all, None, None],
            Some(module) => {
                let by_name = if is_bare(module) { &self.by_name } else { &self.bare };
                [
                    self.unknown,
                    self.by_path.get(module.as_slice()).copied(),
                    by_name.get(&dashed(module)).copied(),
                ]
            }
        };
        found.into_iter().flatten()
    }

    fn has(&self, export: &Export) -> bool {
        self.with(export).next().is_some()
    }

    /// The first in one module with an export that has another version.
    fn first_unlike(&self, export: &Export) -> Option<&'p Export> {
        let found = self.with(export).filter_map(|first| first.unlike(export));
        found.min_by_key(|&(at, _)| at).map(|(_, export)| export)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn export(module: Option<&str>, version: u32) -> Export {
        let module = module.map(|module| module.as_bytes().to_vec());
        Export { version: Some(version), module, ..Export::named(b"f") }
    }

    #[test]
    fn a_module_may_be_named_without_its_folders() {
        for (old, new, is_one) in [
            (Some("drivers/a/foo-bar"), Some("drivers/a/foo-bar"), true),
            (Some("drivers/a/foo-bar"), Some("foo_bar"), true),
            (Some("foo_bar"), Some("foo-bar"), true),
            (Some("drivers/a/foo"), Some("drivers/b/foo"), false),
            (Some("foo"), Some("bar"), false),
            (Some("foo"), None, true),
            (None, None, true),
            // The kernel is no module that somebody has named so.
            (Some("vmlinux"), Some("drivers/vmlinux"), false),
            (Some("vmlinux"), Some("foo"), false),
        ] {
            let (old, new) = (export(old, 1), export(new, 1));
            assert_eq!(is_one_module(&old, &new), is_one, "{old:?} {new:?}");
            assert_eq!(is_one_module(&new, &old), is_one, "{old:?} {new:?}");
        }
    }

    #[test]
    fn the_first_with_another_version_counts() {
        let all = [export(None, 1), export(None, 1), export(None, 2), export(None, 3)];
        let mut first = First { any: (0, &all[0]), other: None };
        assert!(first.unlike(&all[0]).is_none());
        assert_eq!(first.unlike(&all[2]).map(|(at, _)| at), Some(0));
        all.iter().enumerate().for_each(|(at, export)| first.add(at, export));
        assert_eq!(first.unlike(&all[0]).map(|(at, _)| at), Some(2));
        assert_eq!(first.unlike(&all[3]).map(|(at, _)| at), Some(0));
    }
}
