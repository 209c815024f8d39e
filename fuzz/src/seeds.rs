//! What fuzzing begins with, and what the smoke tests are made of: inputs from the corpus, and some made up.

use std::fs;
use std::path::{Path, PathBuf};

use dwarfksyms_tests::btf::GROWING;
use dwarfksyms_tests::growing;
use dwarfksyms_tests::linked::{Age, Export, Module};
use dwarfksyms_tests::model::Numbers;

use crate::sections;

/// A name and an input.
pub type Seed = (String, Vec<u8>);

/// An object of the corpus.
struct Object {
    name: String,
    path: PathBuf,
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
        "library" => objects.iter().map(|object| (object.name.clone(), object.bytes.clone())).collect(),
        "revision" => revisions(),
        "symbol_list" => objects.iter().map(|object| (object.name.clone(), object.list.clone())).collect(),
        "companions" => pairs(&objects),
        "edited" | "mutated" | "structured" => noise(16),
        // Less is hardly anything.
        "module" | "reports" | "ruled" => noise(400),
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
        "any_build" => {
            let mut seeds = builds(&objects);
            seeds.extend(packages());
            // Without the length of what it is based on.
            let alone = btf().into_iter().filter(|(_, seed)| seed.starts_with(&[0, 0]));
            seeds.extend(alone.map(|(name, seed)| (name, seed[2..].to_vec())));
            seeds
        }
        "btf" => btf(),
        "consolidated" => consolidated(),
        "policy" => {
            let grown =
                growing::ALL.iter().filter_map(|growing| Some((growing.name, (growing.policy?)(SMALL))));
            let policies = POLICIES.iter().map(|&(name, text)| (name, text.to_owned())).chain(grown);
            policies.map(|(name, text)| (name.to_owned(), text.into_bytes())).collect()
        }
        "lint" => RULE_LINES.iter().map(|text| (text[..8].to_owned(), text.as_bytes().to_vec())).collect(),
        "suggest" => changes(),
        "comparison" => comparisons(),
        "record" => records(),
        "symtypes" => symtypes(),
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

const RULE_LINES: [&str; 3] = [
    "0record\n0gone\n3record\t8\n3record\t64\n1color red\n2color green\t7\n2color red\t1",
    "4s#record\tstructure_type record { }\n4function\tsubprogram ( ) -> base_type void\n4s#gone\tx",
    "4u#record\tunion_type record { }\n4t#alias\ttypedef_type alias { s#record }\n0alias\n1record red",
];

/// How type strings of the corpus are changed, to have something to suggest for.
const EDITS: [(&str, &str); 7] = [
    (" byte_size(8)", " byte_size(16)"),
    ("} byte_size(", "} byte_size(1"),
    ("enumerator ", "enumerator NEW = 77 , enumerator "),
    (
        "member base_type int",
        "member base_type char byte_size(1) z data_member_location(3) , member base_type int",
    ),
    ("data_member_location(0) , member", "data_member_location(0) }"),
    (" a data_member_location", " data_member_location"),
    ("{ member", "{ } { member"),
];

/// Lists of folders, as a repository has them.
fn revisions() -> Vec<Seed> {
    let hash = [7; 32];
    let list = |length: usize| {
        let entries =
            [("40000 folder", 0), ("100644 Module.symvers", 1), ("120000 a link", 2), ("160000 x", 3)];
        let entry = |(text, number): (&str, usize)| {
            [text.as_bytes(), b"\0", &hash[number..], &hash[..number]].concat()[..text.len() + 1 + length]
                .to_vec()
        };
        entries.map(entry).concat()
    };
    let seed = |(name, length): (&str, usize)| {
        let list = list(length);
        let line = format!("{} tree {}\n", "0f".repeat(length), list.len());
        (name.to_owned(), [line.as_bytes(), &list].concat())
    };
    [("sha1", 20), ("sha256", 32)].map(seed).into()
}

/// Packages of the corpus.
fn packages() -> Vec<Seed> {
    let folder = dwarfksyms_tests::repository().join("corpus/packages");
    let seed = |name: &str| (name.to_owned(), fs::read(folder.join(name)).expect("a package"));
    ["headers.deb", "headers.rpm", "headers.tar.xz"].map(seed).into()
}

/// BTF of the corpus and such as can grow: by itself, and as what a few types of another are based on.
fn btf() -> Vec<Seed> {
    /// A typedef of the first type of the base, and a variable of that.
    const SPLIT: &[u8] = b"\x9f\xeb\x01\0\x18\0\0\0\0\0\0\0\x1c\0\0\0\x1c\0\0\0\x04\0\0\0";
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../corpus/btf");
    let entries = fs::read_dir(folder).expect("the corpus");
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    let mut seeds = Vec::new();
    for path in paths.into_iter().filter(|path| extension(path) == "btf") {
        let own = fs::read(&path).unwrap_or_default();
        // The length of its strings is the last number of its header.
        let strings =
            own.get(20..).and_then(|rest| rest.first_chunk()).copied().map_or(0, u32::from_le_bytes);
        let mut split = SPLIT.to_vec();
        let words = [strings, 8 << 24, 1, strings + 2, 14 << 24, 1, 1];
        words.iter().for_each(|word| split.extend_from_slice(&word.to_le_bytes()));
        split.extend_from_slice(b"t\0v\0");
        let length = (own.len() as u16).to_le_bytes();
        seeds.push((format!("{}-split", name(&path)), [&length[..], &own, &split].concat()));
        seeds.push((name(&path), [&[0, 0], &own[..]].concat()));
    }
    for growing in GROWING {
        let [own, _] = growing.builds(SMALL);
        seeds.push((growing.name.to_owned(), [&[0, 0], &own[..]].concat()));
    }
    seeds
}

/// Symtypes files of the corpus, each with itself after changes.
fn changes() -> Vec<Seed> {
    let mut seeds = Vec::new();
    let all = files().into_iter().filter(|path| extension(path) == "symtypes").step_by(4);
    for (path, (from, to)) in all.zip(EDITS.iter().cycle()) {
        let old = fs::read_to_string(&path).unwrap_or_default();
        if old.len() <= LARGEST {
            seeds.push((name(&path), [old.as_bytes(), b"\0", old.replace(from, to).as_bytes()].concat()));
        }
    }
    seeds.push(("blanks".to_owned(), b"d variable s#c\0d  variable s#c".to_vec()));
    seeds
}

/// Versions that are recorded in the corpus, and in each of the ways in which they can be.
fn records() -> Vec<Seed> {
    let mut seeds: Vec<Seed> = vec![
        ("symvers".to_owned(), b"0x6fe9da49\tfirst\tvmlinux\tEXPORT_SYMBOL\t\n0x1\tb\tm\n".to_vec()),
        ("cmd".to_owned(), b"savedcmd_x.o := gcc\n#SYMVER b 0x0000002a\n\n#SYMVER a 0x1\n".to_vec()),
    ];
    for path in files().into_iter().filter(|path| extension(path) == "symvers") {
        seeds.push((name(&path), fs::read(&path).expect("a file")));
    }
    seeds
}

/// The files of `corpus/compare`, before and after.
fn comparisons() -> Vec<Seed> {
    let folder = dwarfksyms_tests::repository().join("corpus/compare");
    let mut seeds = Vec::new();
    for entry in fs::read_dir(folder.join("before")).expect("a folder") {
        let path = entry.expect("an entry").path();
        if extension(&path) == "symtypes" || extension(&path) == "symvers" {
            let other = folder.join("after").join(path.file_name().expect("a name"));
            let sides = [path.clone(), other].map(|path| fs::read(path).expect("a file"));
            seeds.push((name(&path), sides.join(&0)));
        }
    }
    seeds.push((
        "genksyms".to_owned(),
        b"s#s struct s { int a ; } \nf int f ( s#s )\n\0s#s struct s { int a ; int b ; } \nf int f ( s#s )\n"
            .to_vec(),
    ));
    for growing in growing::ALL {
        let builds = (growing.builds)(growing.size.min(SMALL)).map(String::into_bytes);
        seeds.push((growing.name.to_owned(), builds.join(&0)));
    }
    seeds.sort();
    seeds
}

/// The size of what can grow.
const SMALL: usize = 6;

/// Records, symtypes, modules and objects.
fn builds(objects: &[Object]) -> Vec<Seed> {
    const SYMTYPES: &[u8] = b"s#s structure_type s { member base_type int byte_size(4) x } byte_size(4)\n\
        f subprogram ( formal_parameter s#s ) -> base_type void\n";
    const GENKSYMS: &[u8] =
        b"/* x.symtypes */\noverride s#s struct s { int x ; }\nf int f ( s#s )\n/* y */\ns##s\n";
    let export = |name| Export { name, is_gpl: true, namespace: "NS", version: 7 };
    let module = |age| Module {
        age,
        exports: vec![export("one"), export("two")],
        wanted: vec![("f", Some(1)), ("module_layout", Some(2)), ("g", None)],
        is_extended: age == Age::Flags,
        ..Module::default()
    };
    let modules =
        [Age::Absolute, Age::Tables, Age::Flags].map(|age| (format!("{age:?}"), module(age).bytes()));
    let mut seeds = records();
    seeds.extend(modules);
    seeds.extend([("symtypes".to_owned(), SYMTYPES.to_vec()), ("genksyms".to_owned(), GENKSYMS.to_vec())]);
    // Those with symbol pointers export something.
    let exporting = objects.iter().filter(|object| object.name.starts_with("pointer"));
    seeds.extend(exporting.map(|object| (object.name.clone(), object.bytes.clone())));
    seeds.extend(packed(objects).into_iter().step_by(4));
    seeds
}

/// Symtypes files of the corpus, and one in the dialect of genksyms.
fn symtypes() -> Vec<Seed> {
    const GENKSYMS: &str = "override s#s struct s { int x ; s#t * y ; u#u z : 3 ; }\ns#t struct t { UNKNOWN }\nu#u union u { int ( * f ) ( int , int ) ; }\n\
        e#e enum e { E#A , B = 7 }\nf int f ( s#s , void ( * ) ( e#e ) )\n";
    let is_small = |text: &Vec<u8>| text.len() < LARGEST;
    let own = files().into_iter().filter(|path| extension(path) == "symtypes");
    let own =
        own.map(|path| (name(&path), fs::read(path).expect("a file"))).filter(|(_, text)| is_small(text));
    let own = own.chain([("genksyms".to_owned(), GENKSYMS.as_bytes().to_vec())]);
    own.collect()
}

/// Consolidated symtypes of each kind, and files of the corpus to be put together.
fn consolidated() -> Vec<Seed> {
    const TEXTS: [(&str, &str); 3] = [
        (
            "sections",
            "/* a */\nf variable s#a\ns#a structure_type a { member s#b x }\ns##b\n\n/* b */\ng variable s#a\n\
             s#b structure_type b { } byte_size(8)\n\n/* c (complete) */\ns#b\nh variable s#'x y'\ns##'x y'\n",
        ),
        (
            "genksyms",
            "/* a.symtypes */\ns#foo struct foo { int m ; }\nu##bar\nbaz void baz ( s#foo a1 , u#bar * a2 )\n",
        ),
        (
            "index",
            "s#a struct a { s#b x ; }\ns#b struct b { UNKNOWN }\ns#b@0123abcd struct b { int y ; }\nf int f ( s#a )\n\
             F#x/a.o f\nF#x/b.o s#b@0123abcd\n",
        ),
    ];
    let mut seeds: Vec<Seed> =
        TEXTS.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec())).collect();
    let files = symtypes();
    for (number, pair) in files.chunks(3).enumerate() {
        let tree: Vec<u8> =
            pair.iter().flat_map(|(name, text)| [name.as_bytes(), b"\0", text, b"\0"].concat()).collect();
        seeds.push((format!("files-{number}"), tree));
    }
    seeds.retain(|(_, text)| text.len() < LARGEST);
    seeds
}

const POLICIES: [(&str, &str); 7] = [
    (
        "severities",
        "# x\ndrivers/staging/* PASS # all\nNAMESPACE A?* FAIL\nvmlinux FAIL\nvfs_* PASS\nCRYPTO_INTERNAL pass\n",
    ),
    ("stablelist", "[rhel_10_x86_64_stablelist]\n  vfs_read # why\n\n\tvfs_write\n"),
    (
        "kabi",
        "0x00000001\tvfs_read\tvmlinux\tEXPORT_SYMBOL\t\n0x00000002\tf\tdrivers/a\tEXPORT_SYMBOL_GPL\tNS\n",
    ),
    (
        "debian",
        "[base]\nx: y\n[abi]\nignore-changes: vfs_[a-r]*\n # x\n name:a?\n module:drivers/**\n module:**/x/*\n",
    ),
    ("ubuntu", "vfs_read\nM: drivers/a\nM: vmlinux # x\n"),
    (
        "classes",
        "class member-renamed pass # x\nclass * fail s#'bad type*'\nverdict harmless pass\ndifference moved pass vfs_*\n\
         difference * fail\n",
    ),
    ("stars", "a*a*a*a*a*a*a*a*a*a*a*a*a*a*b PASS\n*?*?*?*?*?*?*? FAIL\n"),
];

/// All files of all cases, in order.
fn files() -> Vec<PathBuf> {
    let mut files = Vec::new();
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../corpus");
    let mut folders = vec![corpus.join("golden"), corpus.join("hostile")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("the corpus") {
            let path = entry.expect("an entry").path();
            if path.is_dir() { folders.push(path) } else { files.push(path) }
        }
    }
    files.sort();
    files
}

fn extension(path: &Path) -> &str {
    path.extension().and_then(|extension| extension.to_str()).unwrap_or_default()
}

/// A case and a file of it, as one name.
fn name(path: &Path) -> String {
    let part = |path: Option<&Path>| {
        path.and_then(Path::file_name).and_then(|name| name.to_str()).unwrap_or_default().to_owned()
    };
    format!("{}-{}", part(path.parent()), part(Some(path)))
}

/// What a fuzzer can work with.
const LARGEST: usize = 64 << 10;

/// The corpus' ELF files: objects, programs, and what belongs to them.
fn objects() -> Vec<Object> {
    let read = |path: PathBuf| {
        let bytes = fs::read(&path).ok()?;
        let own = path.with_extension("syms");
        let lists = [own].into_iter().chain(path.ancestors().map(|folder| folder.join("syms")));
        // Most hostile objects are about one symbol.
        let list = lists.into_iter().find_map(|list| fs::read(list).ok()).unwrap_or_else(|| b"f\n".to_vec());
        let is_small_elf = bytes.starts_with(b"\x7fELF") && bytes.len() + list.len() < LARGEST;
        is_small_elf.then(|| Object { name: name(&path), path, list, bytes })
    };
    let objects: Vec<Object> = files().into_iter().filter_map(read).collect();
    assert!(objects.len() > 100, "the corpus is not there");
    objects
}

fn input(list: &[u8], object: &[u8]) -> Vec<u8> {
    [list, b"\0", object].concat()
}

/// Files with others of their cases that they could depend on.
fn pairs(objects: &[Object]) -> Vec<Seed> {
    let mut seeds = Vec::new();
    let mut pair = |kind: u8, object: &Object, other: &[u8], name: &str| {
        let length = u32::try_from(object.bytes.len()).expect("a small object").to_le_bytes();
        let files = [object.bytes.as_slice(), other].concat();
        let bytes = [&[kind], length.as_slice(), &input(&object.list, &files)].concat();
        if bytes.len() < LARGEST {
            seeds.push((format!("{}-{name}", object.name), bytes));
        }
    };
    for object in objects.iter().filter(|object| !matches!(extension(&object.path), "dwo" | "dwp" | "dwz")) {
        let own = object.path.with_extension("");
        for other in objects.iter().filter(|other| other.path.parent() == object.path.parent()) {
            let stem = other.path.with_extension("");
            let kind = match extension(&other.path) {
                "dwz" => 0,
                "debug" => 1,
                "dwo" if stem == own => 2,
                "dwp" if stem == object.path || stem == own => 2,
                "so" if object.name.starts_with("dwz") => 0,
                _ => continue,
            };
            pair(kind, object, &other.bytes, &other.name);
        }
        if object.name.starts_with("split-single") {
            pair(3, object, &[], "itself");
        }
    }
    seeds
}

/// Bytes for what is drawn from bytes, so many at least.
fn noise(least: usize) -> Vec<Seed> {
    let mut numbers = Numbers(1);
    let seed = |number: usize| {
        let length = least + number * 16;
        let bytes = (0..length).map(|_| numbers.any().to_le_bytes()[0]).collect();
        (format!("noise-{number}"), bytes)
    };
    (0..64).map(seed).collect()
}

/// Files and sections that are compressed.
fn packed(objects: &[Object]) -> Vec<Seed> {
    let is_packed = |path: &PathBuf| matches!(extension(path), "gz" | "xz" | "zst");
    let read = |path: PathBuf| (name(&path), fs::read(&path).expect("a file"));
    let mut seeds: Vec<Seed> = files().into_iter().filter(is_packed).map(read).collect();
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
