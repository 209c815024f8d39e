//! Where types of a build are declared: file and line.
//!
//! Only a report asks for that, of the few types that it shows. So the objects that were described are looked at once more, and
//! no description pays for it. Of a linked object, the unit whose types are meant is looked at first, and the others for what is not there:
//! `dwz` and type units move types out of their units. Of several places, the smallest counts.
//!
//! Paths are the input's text. They are shown below the folder that the unit was compiled in, or below the one that both are in;
//! only what is somewhere else, such as a header of the system, keeps its whole path.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use dwarfksyms_core::{Declared, Error, Exports, TypeNames};
use dwarfksyms_host::contents::Contents;
use dwarfksyms_host::description::{Assembly, ObjectDescriber};
use dwarfksyms_host::input::{self, Input, Store};
use dwarfksyms_host::watch::Watch;
use dwarfksyms_host::{companion, message};

use super::file::{contents, package};
use super::listing::Files;
use super::revision::Found;
use super::{Build, Origin, Reading, Unit, tree, unit};

/// A line of a source file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct SourceLine {
    pub(crate) file: Vec<u8>,
    pub(crate) line: u64,
}

/// Types by the files that have them, as a build calls these.
#[derive(Debug, Default)]
pub(crate) struct Sought<'a> {
    by_file: BTreeMap<&'a [u8], BTreeSet<&'a [u8]>>,
}

/// Where types are declared, by file and name.
#[derive(Debug, Default)]
pub(crate) struct SourceLines {
    lines: HashMap<(Vec<u8>, Vec<u8>), SourceLine>,
}

impl<'a> Sought<'a> {
    /// Adds a type of a file.
    pub(crate) fn add(&mut self, file: &'a [u8], name: &'a [u8]) {
        self.by_file.entry(file).or_default().insert(name);
    }
}

impl SourceLines {
    /// Where a type of a file is declared.
    pub(crate) fn of(&self, file: &[u8], name: &[u8]) -> Option<&SourceLine> {
        self.lines.get(&(file.to_vec(), name.to_vec()))
    }

    fn add(&mut self, file: &[u8], name: &[u8], line: &SourceLine) {
        let key = (file.to_vec(), name.to_vec());
        let known = self.lines.entry(key).or_insert_with(|| line.clone());
        if line < known {
            known.clone_from(line);
        }
    }

    pub(super) fn extend(&mut self, other: &SourceLines) {
        other.lines.iter().for_each(|((file, name), line)| self.add(file, name, line));
    }
}

/// What is sought in the objects of a build.
pub(super) struct Search<'s> {
    /// By what the object's types are called by, or the file that units were linked into.
    objects: HashMap<&'s [u8], Vec<Entry<'s>>>,
}

/// What is sought of one file with types.
#[derive(Clone, Copy)]
struct Entry<'s> {
    file: &'s [u8],
    /// The unit that it is of; none for the whole object.
    unit: Option<&'s Unit>,
    names: &'s BTreeSet<&'s [u8]>,
}

impl Build {
    /// Finds out where types are declared. `path` is what the build was read from.
    ///
    /// # Errors
    /// What cannot be read again, damage, or a limit.
    pub(crate) fn declared(
        &self,
        path: &Path,
        sought: &Sought<'_>,
        reading: &Reading<'_>,
    ) -> Result<SourceLines> {
        let mut objects: HashMap<&[u8], Vec<Entry<'_>>> = HashMap::new();
        for (&file, names) in &sought.by_file {
            let found = self.types.binary_search_by(|types| types.name.as_slice().cmp(file)).ok();
            let types = found.and_then(|at| self.types.get(at));
            if let Some(types) = types.filter(|types| types.origin == Origin::Dwarf) {
                let unit = types.unit.as_ref();
                let object = unit.map_or(file, |unit| &unit.linked);
                objects.entry(object).or_default().push(Entry { file, unit, names });
            }
        }
        let search = Search { objects };
        if search.objects.is_empty() {
            return Ok(SourceLines::default());
        }
        let name = || message::path(path);
        if let Some(revision) = reading.revisions.of(path) {
            return match revision.find(path).with_context(name)? {
                Found::Folder(folder) => tree::declared_in_entries(path, &folder, None, &search, reading),
                Found::File(path, contents) => search.named(&path, contents, self.listing.as_ref(), reading),
            };
        }
        if fs::metadata(path).with_context(name)?.is_dir() {
            return tree::declared(path, &search, reading);
        }
        search.named(path, contents(path)?, self.listing.as_ref(), reading)
    }
}

impl<'s> Search<'s> {
    /// Whether anything is sought in an object.
    pub(super) fn has(&self, object: &[u8]) -> bool {
        self.objects.contains_key(object)
    }

    /// Looks at a file that was named, which may be a package with this listing.
    fn named(
        &self,
        path: &Path,
        contents: Contents,
        listing: Option<&Files>,
        reading: &Reading<'_>,
    ) -> Result<SourceLines> {
        match package(path, &contents, reading)? {
            Some(package) => tree::declared_in_entries(path, &package, listing, self, reading),
            None => self.file(path, contents, None, reading),
        }
    }

    /// Looks at a file, whose object is called `object`, or by its own name.
    pub(super) fn file(
        &self,
        path: &Path,
        contents: Contents,
        object: Option<&[u8]>,
        reading: &Reading<'_>,
    ) -> Result<SourceLines> {
        let mut found = SourceLines::default();
        let watch = Watch::new();
        let store = Store::for_file(&watch).among(reading.debug_files);
        let packed = store.keep_read(contents);
        let data = input::unpacked(packed, reading.common, &store).with_context(|| message::path(path))?;
        if !input::is_object(data) {
            return Ok(found);
        }
        input::objects_in(reading.common, path, data, &store, |input, store| {
            if let Some(entries) = self.objects.get(object.unwrap_or(input.own_name)) {
                look(entries, input, store, reading, &mut found)?;
            }
            Ok(())
        })?;
        Ok(found)
    }
}

/// Looks at an object.
fn look<'a>(
    entries: &[Entry<'_>],
    input: &Input<'a>,
    store: &'a Store<'_>,
    reading: &Reading<'_>,
    found: &mut SourceLines,
) -> Result<()> {
    let common = reading.common;
    let complete = companion::complete(common, false, input, store)?;
    if !complete.image.has_dwarf() {
        return Ok(());
    }
    let exports = &Exports::parse(b"", &store.limits(common, 0))?;
    let watch = Watch::new();
    let describer = ObjectDescriber { common, exports, list_size: 0, watch: &watch };
    let assembly = describer.assemble(input, store, complete, reading.options)?;
    let mut wanted = Wanted::of(entries);
    assembly.names.of(wanted.find(&assembly, &store.limits(common, 0)))?;
    for (group, name, line) in wanted.lines() {
        for entry in group.iter().filter_map(|&at| entries.get(at)) {
            if entry.names.contains(name) {
                found.add(entry.file, name, line);
            }
        }
    }
    Ok(())
}

/// What is wanted of an object.
struct Wanted<'e> {
    /// All names.
    names: Vec<&'e [u8]>,
    /// Files with types of the same source: positions among the entries.
    groups: Vec<Vec<usize>>,
    /// By source and folder: a group.
    by_source: HashMap<(&'e [u8], &'e [u8]), usize>,
    /// The group of the whole object.
    whole: Option<usize>,
    /// The names that a group asks for, by group and position of the name.
    asked: BTreeSet<(usize, usize)>,
    /// The smallest place of each.
    best: BTreeMap<(usize, usize), SourceLine>,
}

impl<'e> Wanted<'e> {
    fn of(entries: &[Entry<'e>]) -> Wanted<'e> {
        let names: BTreeSet<&[u8]> = entries.iter().flat_map(|entry| entry.names).copied().collect();
        let mut wanted = Wanted {
            names: names.into_iter().collect(),
            groups: Vec::new(),
            by_source: HashMap::new(),
            whole: None,
            asked: BTreeSet::new(),
            best: BTreeMap::new(),
        };
        for (at, entry) in entries.iter().enumerate() {
            let next = wanted.groups.len();
            let group = match entry.unit {
                None => *wanted.whole.get_or_insert(next),
                Some(Unit { source, folder, .. }) => {
                    *wanted.by_source.entry((source, folder)).or_insert(next)
                }
            };
            if group == next {
                wanted.groups.push(Vec::new());
            }
            if let Some(group) = wanted.groups.get_mut(group) {
                group.push(at);
            }
            let positions = entry.names.iter().filter_map(|name| wanted.names.binary_search(name).ok());
            wanted.asked.extend(positions.map(|name| (group, name)));
        }
        wanted
    }

    fn find(&mut self, assembly: &Assembly<'_>, limits: &dwarfksyms_core::Limits) -> Result<(), Error> {
        let object = &assembly.object;
        let names = TypeNames::new(&self.names, limits)?;
        let mut others = Vec::new();
        // Type units do not state where they were compiled: probably where the others were.
        let mut home: &[u8] = b"";
        for unit in object.all_units() {
            home = object.source_of_unit(unit)?.1;
            if !home.is_empty() {
                break;
            }
        }
        for unit in object.all_units() {
            let (name, folder) = object.source_of_unit(unit)?;
            let source = unit::source_path(name, folder);
            let group = self.whole.or_else(|| self.by_source.get(&(source.as_slice(), folder)).copied());
            let Some(group) = group else {
                others.push(unit);
                continue;
            };
            for declared in object.declared(unit, &names)? {
                self.note((group, declared.name), &declared, home);
            }
        }
        let is_lost = |key: &&(usize, usize)| !self.best.contains_key(*key);
        let lost: Vec<(usize, usize)> = self.asked.iter().filter(is_lost).copied().collect();
        if lost.is_empty() {
            return Ok(());
        }
        // For all groups that ask for a name there is one place.
        const ANY: usize = usize::MAX;
        let lost_names: BTreeSet<&[u8]> =
            lost.iter().filter_map(|&(_, name)| self.names.get(name).copied()).collect();
        let lost_names: Vec<&[u8]> = lost_names.into_iter().collect();
        let names = TypeNames::new(&lost_names, limits)?;
        for unit in others {
            for declared in object.declared(unit, &names)? {
                let name = lost_names.get(declared.name).and_then(|name| self.names.binary_search(name).ok());
                if let Some(name) = name {
                    self.note((ANY, name), &declared, home);
                }
            }
        }
        for (group, name) in lost {
            if let Some(line) = self.best.get(&(ANY, name)).cloned() {
                self.best.insert((group, name), line);
            }
        }
        self.best.retain(|(group, _), _| *group != ANY);
        Ok(())
    }

    fn note(&mut self, key: (usize, usize), declared: &Declared<'_>, home: &[u8]) {
        let compiled_in = if declared.compiled_in.is_empty() { home } else { declared.compiled_in };
        let Some(file) = path_of(compiled_in, declared.folder, declared.file) else { return };
        let line = SourceLine { file, line: declared.line };
        let known = self.best.entry(key).or_insert_with(|| line.clone());
        if line < *known {
            *known = line;
        }
    }

    /// What was found: the entries of a group, a name and its place.
    fn lines(&self) -> impl Iterator<Item = (&[usize], &'e [u8], &SourceLine)> {
        self.best.iter().filter_map(|(&(group, name), line)| {
            Some((self.groups.get(group)?.as_slice(), *self.names.get(name)?, line))
        })
    }
}

/// The path of a file that people can look up: below the folder that the unit was compiled in, or below the one that both
/// are in.
fn path_of(compiled_in: &[u8], folder: &[u8], file: &[u8]) -> Option<Vec<u8>> {
    // What compilers have in the place of a name.
    if file.starts_with(b"<") {
        return None;
    }
    let parts: &[&[u8]] = match (file.starts_with(b"/"), folder.starts_with(b"/")) {
        (true, _) => &[file],
        (false, true) => &[folder, file],
        (false, false) => &[compiled_in, folder, file],
    };
    let is_absolute = parts.iter().find(|part| !part.is_empty()).is_some_and(|part| part.starts_with(b"/"));
    let path = folded(parts.iter().copied());
    let home = folded([compiled_in].into_iter());
    let common = path.iter().zip(&home).take_while(|(a, b)| a == b).count();
    // A folder that is as high as `/usr` has more in it than a source tree.
    let is_near = common == home.len() || (is_absolute && common >= 2);
    let is_below = is_near && compiled_in.starts_with(b"/") == is_absolute;
    let below = path.get(if is_below { common } else { 0 }..)?;
    let joined = below.join(&b'/');
    let shown = if is_absolute && !is_below { [b"/", joined.as_slice()].concat() } else { joined };
    (!shown.is_empty()).then_some(shown)
}

/// The parts of a path, without those that lead nowhere else.
fn folded<'p>(parts: impl Iterator<Item = &'p [u8]>) -> Vec<&'p [u8]> {
    let mut path: Vec<&[u8]> = Vec::new();
    for part in parts.flat_map(|part| part.split(|&byte| byte == b'/')) {
        match part {
            b"" | b"." => {}
            b".." => {
                path.pop();
            }
            _ => path.push(part),
        }
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_those_of_a_source_tree() {
        let cases = [
            ("/build/linux", "include/linux", "fs.h", Some("include/linux/fs.h")),
            ("/build/linux", "/build/linux/include/linux", "fs.h", Some("include/linux/fs.h")),
            ("/build/linux", "./include/../include/linux", "fs.h", Some("include/linux/fs.h")),
            ("/build/linux", "", "/build/linux/fs/open.c", Some("fs/open.c")),
            // Objects in a folder of their own.
            ("/build/linux/out/amd64", "../../include/linux", "fs.h", Some("include/linux/fs.h")),
            ("/build/linux/out/amd64", "/build/linux/include/linux", "fs.h", Some("include/linux/fs.h")),
            // Another place altogether.
            ("/build/linux", "/usr/include", "stdio.h", Some("/usr/include/stdio.h")),
            ("/usr/src", "/usr/include", "stdio.h", Some("/usr/include/stdio.h")),
            ("/build/linux2", "/build/linux", "fs.h", Some("/build/linux/fs.h")),
            // A folder that is relative, or not known.
            (".", "include", "fs.h", Some("include/fs.h")),
            ("", "include", "./fs.h", Some("include/fs.h")),
            ("debian/build/amd64", "include/linux", "fs.h", Some("include/linux/fs.h")),
            ("debian/build/amd64", "../../../include/linux", "fs.h", Some("include/linux/fs.h")),
            ("", "", "../../../etc/passwd", Some("etc/passwd")),
            ("", "/a/b", "fs.h", Some("/a/b/fs.h")),
            ("/", "/a/b", "fs.h", Some("a/b/fs.h")),
            ("/build", "", "<built-in>", None),
            ("/build", "", ".", None),
        ];
        for (compiled_in, folder, file, expected) in cases {
            let path = path_of(compiled_in.as_bytes(), folder.as_bytes(), file.as_bytes());
            let path = path.map(|path| String::from_utf8(path).unwrap());
            assert_eq!(path.as_deref(), expected, "{compiled_in} {folder} {file}");
        }
    }
}
