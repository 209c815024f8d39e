//! What types are called that a linked object has of many sources.
//!
//! Each unit is called by its source file, so that the same unit has one name in every build. Where several have one name,
//! the folder that they were compiled in, the file that they were linked into, or a number distinguishes them.

use std::collections::HashMap;
use std::hash::Hash;

use super::Types;

/// A unit of a linked object.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Unit {
    /// The path of its source file.
    pub(crate) source: Vec<u8>,
    /// The folder that its source file's name is relative to, as `DW_AT_comp_dir` states it.
    pub(crate) folder: Vec<u8>,
    /// The file that it was linked into.
    pub(crate) linked: Vec<u8>,
}

/// The path of a source file: below the folder that it was compiled in, if it is there, and never one that leads elsewhere.
pub(super) fn source_path(name: &[u8], folder: &[u8]) -> Vec<u8> {
    let below = name.strip_prefix(folder).filter(|below| below.starts_with(b"/") && !folder.is_empty());
    let parts = below.unwrap_or(name).split(|&byte| byte == b'/');
    let parts: Vec<&[u8]> = parts.filter(|&part| !matches!(part, b"" | b"." | b"..")).collect();
    let mut path = parts.join(&b'/');
    path.iter_mut().filter(|byte| byte.is_ascii_control()).for_each(|byte| *byte = b'_');
    path
}

/// Gives each unit a name of its own.
pub(super) fn distinguish(types: &mut [Types]) {
    let by_folder = |unit: &Unit, name: &[u8]| joined(&source_path(&unit.folder, b""), name);
    let by_file = |unit: &Unit, name: &[u8]| joined(&unit.linked, name);
    // A unit is described apart for symbols that it only declares.
    number(types, |types| (types.name.clone(), types.unit.clone()));
    rename(types, by_folder);
    rename(types, by_file);
    number(types, |types| types.name.clone());
}

/// Puts a number behind the names of those units that are alike, but for the first.
fn number<K: Eq + Hash>(types: &mut [Types], key: fn(&Types) -> K) {
    let mut seen: HashMap<K, usize> = HashMap::new();
    for types in types.iter_mut().filter(|types| types.unit.is_some()) {
        let count = seen.entry(key(types)).or_default();
        *count += 1;
        if *count > 1 {
            types.name.extend(format!(":{count}").into_bytes());
        }
    }
}

type NewName = fn(&Unit, &[u8]) -> Vec<u8>;

/// Gives other names to units of one name, if these distinguish all of them.
fn rename(types: &mut [Types], new_name: NewName) {
    let mut groups: HashMap<&[u8], Vec<(&Unit, &[u8])>> = HashMap::new();
    for types in types.iter() {
        if let Some(unit) = &types.unit {
            groups.entry(&types.name).or_default().push((unit, &types.name));
        }
    }
    let names: Vec<Option<Vec<u8>>> = types
        .iter()
        .map(|types| {
            let unit = types.unit.as_ref()?;
            let group = groups.get(types.name.as_slice())?;
            (group.len() > 1 && is_each_once(group, new_name)).then(|| new_name(unit, &types.name))
        })
        .collect();
    for (types, name) in types.iter_mut().zip(names) {
        types.name = name.unwrap_or_else(|| std::mem::take(&mut types.name));
    }
}

fn is_each_once(group: &[(&Unit, &[u8])], name: NewName) -> bool {
    let mut names: Vec<Vec<u8>> = group.iter().map(|(unit, own)| name(unit, own)).collect();
    names.sort_unstable();
    names.windows(2).all(|pair| pair[0] != pair[1])
}

fn joined(folder: &[u8], name: &[u8]) -> Vec<u8> {
    if folder.is_empty() { name.to_vec() } else { [folder, b"/", name].concat() }
}

#[cfg(test)]
mod tests {
    use dwarfksyms_host::contents::Contents;

    use super::super::{Origin, Text};
    use super::*;

    #[test]
    fn sources_are_below_the_folder_that_they_were_compiled_in() {
        for (name, folder, expected) in [
            ("fs/open.c", "/build", "fs/open.c"),
            ("/build/linux/fs/open.c", "/build/linux", "fs/open.c"),
            ("/build/linux2/fs/open.c", "/build/linux", "build/linux2/fs/open.c"),
            ("../../fs/./open.c", "", "fs/open.c"),
            ("fs//a\nb.c", "x", "fs/a_b.c"),
            ("..", "x", ""),
        ] {
            let path = source_path(name.as_bytes(), folder.as_bytes());
            assert_eq!(String::from_utf8(path).unwrap(), expected, "{name}");
        }
    }

    #[test]
    fn each_unit_has_a_name_of_its_own() {
        let of = |units: &[(&str, &str, &str)]| -> Vec<String> {
            let make = |&(name, folder, linked): &(&str, &str, &str)| Types {
                name: name.into(),
                text: Text::Consolidated(Contents::Read(Vec::new())),
                origin: Origin::Dwarf,
                pointer_size: None,
                unit: Some(Unit { source: name.into(), folder: folder.into(), linked: linked.into() }),
            };
            let mut types: Vec<Types> = units.iter().map(make).collect();
            distinguish(&mut types);
            types.into_iter().map(|types| String::from_utf8(types.name).unwrap()).collect()
        };
        assert_eq!(of(&[("a.c", "/x", "k"), ("b.c", "/x", "k")]), ["a.c", "b.c"]);
        assert_eq!(
            of(&[("a.c", "/x", "k"), ("a.c", "/y/z", "k"), ("b.c", "/x", "k")]),
            ["x/a.c", "y/z/a.c", "b.c"]
        );
        assert_eq!(
            of(&[("a.c", "/x", "k"), ("a.c", "/x", "l/m"), ("a.c", "/y", "n")]),
            ["k/a.c", "l/m/a.c", "n/a.c"]
        );
        assert_eq!(of(&[("a.c", "", "k"), ("a.c", "", "k"), ("a.c", "", "l")]), ["k/a.c", "a.c:2", "l/a.c"]);
        assert_eq!(of(&[("a.c", "", "k"), ("a.c", "", "k")]), ["a.c", "a.c:2"]);
    }
}
