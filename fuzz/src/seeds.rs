//! What fuzzing begins with, and what the smoke tests are made of: inputs from the corpus, and some made up.

use std::fs;
use std::path::{Path, PathBuf};

use dwarfksyms_tests::model::Numbers;

use crate::sections;

/// A name and an input.
pub type Seed = (String, Vec<u8>);

/// An object of the corpus.
struct Object {
    name: String,
    list: Vec<u8>,
    bytes: Vec<u8>,
}

/// The seeds of a target.
///
/// # Panics
/// If the corpus cannot be read, or there is no such target.
pub fn seeds(target: &str) -> Vec<Seed> {
    let objects = objects();
    let of_sections = |name: &str, prefix: &[u8]| -> Vec<Seed> {
        let section = |object: &Object| {
            let place = sections::sections(&object.bytes).into_iter().find(|place| place.name == name)?;
            Some((object.name.clone(), [prefix, &object.bytes[place.range]].concat()))
        };
        objects.iter().filter_map(section).collect()
    };
    match target {
        "object" => {
            objects.iter().map(|object| (object.name.clone(), input(&object.list, &object.bytes))).collect()
        }
        "symbol_list" => objects.iter().map(|object| (object.name.clone(), object.list.clone())).collect(),
        "companions" => pairs(&objects),
        "mutated" | "structured" => noise(),
        "kabi_rules" => {
            let mut seeds = of_sections(".discard.gendwarfksyms.kabi_rules", b"");
            seeds.push(("every-rule".to_owned(), RULES.to_vec()));
            seeds
        }
        "line_table" => {
            // Each in one of the ways that an object around it can be written.
            let tables = of_sections(".debug_line", &[0]).into_iter().step_by(3);
            let tagged = tables.zip((0..32).cycle()).map(|((name, mut table), byte)| {
                table[0] = byte;
                (name, table)
            });
            tagged.collect()
        }
        "type_string" => {
            STRINGS.iter().map(|text| (text[..8].to_owned(), text.as_bytes().to_vec())).collect()
        }
        "unpack" => packed(&objects),
        _ => panic!("there is no target {target}"),
    }
}

const RULES: &[u8] =
    b"1\0declonly\0hidden\0\x001\0enumerator_ignore\0color red\0\x001\0enumerator_value\0color green\x007\0\
    1\0byte_size\0record\x0064\x001\0type_string\0s#'core::Result<u8, u8>'\0structure_type x { t#alias }\0\
    1\0type_string\0function\0subprogram ( s#record s#new ) -> e#color\x001\0type_string\0s#new\0u#record\0";

const STRINGS: [&str; 5] = [
    "s#record\tstructure_type record { member e#color member s#'core::Result<u8, u8>' }",
    "function\tsubprogram ( t#alias , s#new ) -> s#record\ns#new\tstructure_type new { s#new }",
    "t#alias\ts#",
    "variable\tvariable s#'unclosed",
    "s#record\txs#record us#'it' t#missing",
];

fn corpus() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../corpus/golden")
}

/// The files of all cases with these extensions, in order.
fn files(extensions: &[&str]) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for case in fs::read_dir(corpus()).expect("the corpus") {
        for file in fs::read_dir(case.expect("a case").path()).expect("a case") {
            let path = file.expect("a file").path();
            let extension = path.extension().and_then(|extension| extension.to_str());
            if extension.is_some_and(|extension| extensions.contains(&extension)) {
                files.push(path);
            }
        }
    }
    files.sort();
    files
}

/// A case and a file of it, as one name.
fn name(path: &Path) -> String {
    let part = |path: Option<&Path>| {
        path.and_then(Path::file_name).and_then(|name| name.to_str()).unwrap_or_default().to_owned()
    };
    format!("{}-{}", part(path.parent()), part(Some(path)))
}

fn objects() -> Vec<Object> {
    let read = |path: PathBuf| {
        let list = fs::read(path.with_file_name("syms")).ok()?;
        Some(Object { name: name(&path), list, bytes: fs::read(&path).ok()? })
    };
    let objects: Vec<Object> = files(&["o"]).into_iter().filter_map(read).collect();
    assert!(objects.len() > 100, "the corpus is not there");
    objects
}

fn input(list: &[u8], object: &[u8]) -> Vec<u8> {
    [list, b"\0", object].concat()
}

/// Objects with the files of their cases that they could depend on.
fn pairs(objects: &[Object]) -> Vec<Seed> {
    let others = files(&["dwo", "dwp", "debug", "sup"]);
    let mut seeds = Vec::new();
    for object in objects {
        let case = |name: &str| name.split_once(".").map(|(case, _)| case.to_owned());
        let folder = object.name.rsplit_once('-').map_or("", |(folder, _)| folder);
        for other in
            others.iter().filter(|other| other.parent().is_some_and(|parent| parent.ends_with(folder)))
        {
            let bytes = fs::read(other).expect("a file");
            // Split parts go with objects of their own name, everything else with all.
            let kind = match other.extension().and_then(|extension| extension.to_str()) {
                Some("dwo") if case(&name(other)) != case(&object.name) => continue,
                Some("dwo" | "dwp") => 2,
                Some("debug") => 1,
                _ => 0,
            };
            let length = u32::try_from(object.bytes.len()).expect("a small object").to_le_bytes();
            let files = [object.bytes.as_slice(), &bytes].concat();
            seeds.push((
                name(other) + &object.name,
                [&[kind], &length[..], &input(&object.list, &files)].concat(),
            ));
        }
        if object.name.starts_with("split-single") {
            let length = u32::try_from(object.bytes.len()).expect("a small object").to_le_bytes();
            seeds.push((
                object.name.clone(),
                [&[3], &length[..], &input(&object.list, &object.bytes)].concat(),
            ));
        }
    }
    seeds
}

/// Bytes for what is drawn from bytes.
fn noise() -> Vec<Seed> {
    let mut numbers = Numbers(1);
    let seed = |number: usize| {
        let length = 16 + number * 16;
        let bytes = (0..length).map(|_| numbers.any().to_le_bytes()[0]).collect();
        (format!("noise-{number}"), bytes)
    };
    (0..64).map(seed).collect()
}

/// Files and sections that are compressed.
fn packed(objects: &[Object]) -> Vec<Seed> {
    let read = |path: PathBuf| (name(&path), fs::read(&path).expect("a file"));
    let mut seeds: Vec<Seed> = files(&["gz", "xz", "zst"]).into_iter().map(read).collect();
    for object in objects.iter().filter(|object| object.name.starts_with("compressed")) {
        for place in sections::sections(&object.bytes) {
            let bytes = &object.bytes[place.range];
            // Behind the header of a compressed section, or of one that is compressed in the old way.
            let header = if place.name.starts_with(".z") { 12 } else { 24 };
            if let Some(packed) = bytes.get(header..).filter(|_| place.name.contains("debug")) {
                let size: [u8; 4] = bytes[8..12].try_into().expect("4 bytes");
                seeds.push((object.name.clone() + &place.name, [&size, packed].concat()));
            }
        }
    }
    seeds
}
