//! Where exports are, in both builds: a symbol may be exported in several places.

use std::cmp::Ordering;

use std::collections::{BTreeSet, HashMap, HashSet};

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
    let in_both = old
        .iter()
        .flat_map(|&old| new.iter().filter(|new| is_one_module(old, new)).map(move |&new| Pair { old, new }));
    let changed = in_both.clone().find(|pair| pair.old.version != pair.new.version);
    let gone = || old.iter().find(|old| !new.iter().any(|new| is_one_module(old, new)));
    let come = || new.iter().find(|new| !old.iter().any(|old| is_one_module(old, new)));
    changed
        .or_else(|| gone().map(|&old| Pair { old, new: pair.new }))
        .or_else(|| come().map(|&new| Pair { old: pair.old, new }))
}

/// Whether anything but the version differs, as far as both sides tell.
pub(super) fn has_moved(pair: Pair<'_>) -> bool {
    fn differs<T: PartialEq>(old: Option<T>, new: Option<T>) -> bool {
        matches!((old, new), (Some(old), Some(new)) if old != new)
    }
    let Pair { old, new } = pair;
    !is_one_module(old, new)
        || differs(old.kind, new.kind)
        || differs(old.namespace.as_ref(), new.namespace.as_ref())
}

/// Whether two exports are in the same module, as far as both sides tell: a module by itself has no folders.
fn is_one_module(old: &Export, new: &Export) -> bool {
    let (Some(old), Some(new)) = (&old.module, &new.module) else { return true };
    let name = |path: &[u8]| path.rsplit(|&byte| byte == b'/').next().unwrap_or(path).to_vec();
    let is_bare = |path: &[u8]| !path.contains(&b'/') && path != b"vmlinux";
    let dashed =
        |path: &[u8]| path.iter().map(|&byte| if byte == b'-' { b'_' } else { byte }).collect::<Vec<u8>>();
    old == new || ((is_bare(old) || is_bare(new)) && dashed(&name(old)) == dashed(&name(new)))
}

/// Exports whose types are in several files of a build, and make other versions there than in the other build: only one of the
/// files is compared type by type.
pub(super) fn differing_files(sides: &Sides<'_>) -> Result<HashSet<NameId>> {
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
    let mut differing = HashSet::new();
    for (name, places) in places {
        let mut versions = [BTreeSet::new(), BTreeSet::new()];
        for (side, file) in places {
            let version = catalog.versions(file, &[name], &[], sides.limits())?;
            versions[usize::from(side == Side::New)].extend(version);
        }
        let [old, new] = versions;
        if old != new && !old.is_empty() && !new.is_empty() {
            differing.insert(name);
        }
    }
    Ok(differing)
}
