//! Consolidated symtypes: what is put together comes back byte for byte, whatever files have.

use std::collections::{BTreeMap, BTreeSet};

use dwarfksyms_core::{ErrorKind, Limit, Limits};
use dwarfksyms_symtypes::types::{Consolidated, Consolidator};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed};

/// A tree: files by path.
type Tree = BTreeMap<String, String>;

fn limits() -> Limits {
    Limits::for_input(1 << 20)
}

fn consolidate(tree: &Tree) -> Result<String, ErrorKind> {
    let limits = limits();
    let mut all = Consolidator::new(&limits);
    for (path, text) in tree {
        all.add(path.as_bytes(), text.as_bytes()).map_err(|error| error.kind())?;
    }
    Ok(String::from_utf8(all.finish()).expect("text"))
}

fn split(text: &str) -> Result<Tree, ErrorKind> {
    let limits = limits();
    let all = Consolidated::read(text.as_bytes(), &limits).map_err(|error| error.kind())?;
    let string = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("text");
    let mut tree = Tree::new();
    for file in 0..all.len() {
        let text = all.text(file, &limits).expect("a file");
        // What a comparison sees is what the file says.
        let lines = all.lines(file, &limits).expect("lines");
        let names: Vec<_> = lines.iter().map(|line| string(line.name)).collect();
        let own: Vec<_> = text.split(|&byte| byte == b'\n').filter(|line| !line.is_empty()).collect();
        assert_eq!(names.len(), own.len());
        for (name, line) in names.iter().zip(own) {
            assert!(line.starts_with(name.as_bytes()), "{name}");
        }
        tree.insert(string(all.path(file)), string(&text));
    }
    Ok(tree)
}

#[track_caller]
fn assert_round_trip(tree: &Tree) -> String {
    let text = consolidate(tree).expect("a text");
    assert_eq!(&split(&text).expect("a tree"), tree, "{text}");
    text
}

fn tree(files: &[(&str, &str)]) -> Tree {
    files.iter().map(|&(path, text)| (path.to_owned(), text.to_owned())).collect()
}

#[test]
fn a_record_is_there_once() {
    let files = [
        (
            "a.symtypes",
            "s#foo struct foo { int m ; }\nu#bar union bar { UNKNOWN }\nbaz void baz ( s#foo a1 , u#bar * a2 )\n",
        ),
        (
            "b.symtypes",
            "s#foo struct foo { int m ; }\nu#bar union bar { int i ; float f ; }\nqux void qux ( s#foo a1 , u#bar * a2 )\n",
        ),
    ];
    let text = "/* a.symtypes */\ns#foo struct foo { int m ; }\nu##bar\nbaz void baz ( s#foo a1 , u#bar * a2 )\n\n\
                /* b.symtypes */\nu#bar union bar { int i ; float f ; }\nqux void qux ( s#foo a1 , u#bar * a2 )\n";
    assert_eq!(assert_round_trip(&tree(&files)), text);
}

#[test]
fn declarations_of_gendwarfksyms_are_written_out() {
    // What is short stands for `struct x { UNKNOWN }` to other tools.
    let files = [
        ("a", "f variable s#'a b'\ns#'a b' structure_type a b { }\n"),
        (
            "b",
            "g variable s#'a b'\ns#'a b' structure_type a b { member u#u x } byte_size(8)\nu#u union_type u { } byte_size(0)\n",
        ),
    ];
    let text = "/* a */\nf variable s#'a b'\ns#'a b' structure_type a b { }\n\n/* b */\ng variable s#'a b'\n\
                s#'a b' structure_type a b { member u#u x } byte_size(8)\nu#u union_type u { } byte_size(0)\n";
    assert_eq!(assert_round_trip(&tree(&files)), text);
    // Those that are short are read.
    let short = text.replace("s#'a b' structure_type a b { }", "s##'a b'");
    assert_eq!(split(&short), Ok(tree(&files)));
}

/// What the kernel's genksyms writes of a source with types that refer to each other, and of another that shares them.
const GENKSYMS: [(&str, &str); 3] = [
    (
        "one.symtypes",
        "s#fwd1 struct fwd1 { UNKNOWN } \n\
         s#b struct b { s#a * pa ; s#fwd1 * w ; } \n\
         s#c struct c { s#a * again ; s#b bb ; } \n\
         e#en enum en { X , Y } \n\
         s#a struct a { s#b * pb ; s#c * pc ; e#en e ; } \n\
         t#a_t typedef s#a a_t \n\
         s#late struct late { UNKNOWN } \n\
         t#fn_t typedef int ( * fn_t ) ( t#a_t * , s#late * ) \n\
         s#inner struct inner { UNKNOWN } \n\
         u#u union u { t#fn_t f ; struct { int q ; s#inner * in ; } anon ; } \n\
         one int one ( u#u * , s#c * ) \n\
         glob extern s#late glob \n\
         E#Y 1 \n\
         two int two ( s#late * , s#inner * , int [ E#Y ] ) \n",
    ),
    (
        "three.symtypes",
        "s#late struct late { int v ; } \n\
         three int three ( s#late * ) \n\
         s#fwd1 struct fwd1 { UNKNOWN } \n\
         s#b struct b { s#a * pa ; s#fwd1 * w ; } \n\
         s#c struct c { s#a * again ; s#b bb ; } \n\
         e#en enum en { X , Y } \n\
         s#a struct a { s#b * pb ; s#c * pc ; e#en e ; } \n\
         alpha int alpha ( s#a * ) \n",
    ),
    ("zzz.symtypes", "s#late struct late { int v ; } \nzzz int zzz ( s#late * ) \n"),
];

#[test]
fn files_of_genksyms_are_short_and_come_back_in_its_order() {
    let text = assert_round_trip(&tree(&GENKSYMS));
    // Files stand in the order of their paths. Each line is there once, and declarations are as other tools write them.
    let expected = "/* one.symtypes */\ns##fwd1\ns#b struct b { s#a * pa ; s#fwd1 * w ; } \n";
    assert!(text.starts_with(expected), "{text}");
    let rest = "/* three.symtypes */\ns#late struct late { int v ; } \nthree int three ( s#late * ) \n\
                s##fwd1\nalpha int alpha ( s#a * ) \n\n/* zzz.symtypes */\nzzz int zzz ( s#late * ) \n";
    assert!(text.ends_with(rest) && !text.contains("(complete)"), "{text}");
    let others = read_as_others(&text);
    for (path, file) in GENKSYMS {
        let own: Records = file.lines().map(record).collect();
        assert_eq!(others[path], own, "{path}");
    }
}

#[test]
fn files_with_less_more_or_another_order_are_kept() {
    let files = [
        ("a", "f variable s#a\ns#a structure_type a { member s#b x }\ns#b structure_type b { member x y }\n"),
        // s#b is missing.
        ("b", "g variable s#a\ns#a structure_type a { member s#b x }\n"),
        // s#b is reached by nothing.
        ("c", "h variable int\ns#b structure_type b { member x y }\n"),
        ("d", "s#a structure_type a { member s#b x }\ns#b structure_type b { member x y }\ni variable s#a\n"),
        ("e", "j variable int\nj variable int\noverride  s#a struct\r\n"),
        ("f", ""),
        ("g (complete)", "k variable int\n"),
    ];
    let text = assert_round_trip(&tree(&files[..4]));
    let rest = "/* b (complete) */\ng variable s#a\ns#a structure_type a { member s#b x }\n\n/* c */\nh variable int\n\
                s#b structure_type b { member x y }\n\n/* d (complete) */\ns#a structure_type a { member s#b x }\n\
                s#b structure_type b { member x y }\ni variable s#a\n";
    assert!(text.ends_with(rest), "{text}");
    // In such a section, a name alone stands for the last record of it.
    let named = text.replace(
        "(complete) */\ng variable s#a\ns#a structure_type a { member s#b x }",
        "(complete) */\ng variable s#a\ns#a",
    );
    assert_eq!(split(&named), Ok(tree(&files[..4])));
    assert_round_trip(&tree(&[files[0], files[1], files[2], files[3], files[5], files[6]]));
    // A line with two blanks in front of its name has none.
    assert_eq!(consolidate(&tree(&files[4..5])), Err(ErrorKind::MalformedTypeLine(3)));
}

#[test]
fn what_could_not_come_back_is_refused() {
    for (text, expected) in [
        ("f variable int", ErrorKind::UnkeptLine(1)),
        ("f variable int\n\ng variable int\n", ErrorKind::UnkeptLine(2)),
        ("s#a\n", ErrorKind::UnkeptLine(1)),
        ("s##a\n", ErrorKind::UnkeptLine(1)),
        ("s##a struct a { }\n", ErrorKind::UnkeptLine(1)),
        ("/* x */\n", ErrorKind::UnkeptLine(1)),
        ("f variable int\n f\n", ErrorKind::MalformedTypeLine(2)),
    ] {
        assert_eq!(consolidate(&tree(&[("a", text)])), Err(expected), "{text}");
    }
    for path in ["", "a\nb"] {
        assert_eq!(consolidate(&tree(&[(path, "")])), Err(ErrorKind::SectionPath));
    }
}

#[test]
fn damaged_texts_are_refused_with_their_line() {
    for (text, expected) in [
        ("f variable int\n", ErrorKind::NoSection(1)),
        ("/* a */\ns#a\n", ErrorKind::UndefinedType(2)),
        ("/* a */\n x\n", ErrorKind::MalformedTypeLine(2)),
        ("/* a */\ns##'b\n", ErrorKind::MalformedTypeLine(2)),
        ("/* a */\n/* a */\n", ErrorKind::SectionPath),
        ("f variable int\nF#a g\n", ErrorKind::UndefinedType(2)),
        ("f variable int\nF# f\n", ErrorKind::MalformedTypeLine(2)),
    ] {
        assert_eq!(split(text), Err(expected), "{text}");
    }
}

#[test]
fn what_files_have_together_is_limited() {
    // Each of many short sections reaches a long record.
    let mut text = format!("/* 0 */\nf variable s#a\ns#a structure_type {} {{ }}\n", "x".repeat(1 << 10));
    for file in 1..1 << 10 {
        text.push_str(&format!("/* {file} */\nf variable s#a\n"));
    }
    let limits = limits().with(Limit::Unpacked, 1 << 20);
    let error = Consolidated::read(text.as_bytes(), &limits).expect_err("a limit");
    assert!(matches!(error.kind(), ErrorKind::Limit(..)), "{error}");
}

#[test]
fn the_dialect_with_an_index_is_read() {
    let text = "s#a struct a { s#b * x ; }\ns#b struct b { UNKNOWN }\ns#b@0123abcd struct b { int y ; }\n\
                f int f ( s#a )\ng int g ( s#a )\ns#'c d'@00000000 struct c d { }\n\
                F#x/a.o f\nF#x/b.o g s#b@0123abcd\nF#x/c.o s#'c d'@00000000\n";
    let expected = tree(&[
        ("x/a.o", "s#a struct a { s#b * x ; }\ns#b struct b { UNKNOWN }\nf int f ( s#a )\n"),
        ("x/b.o", "s#a struct a { s#b * x ; }\ns#b struct b { int y ; }\ng int g ( s#a )\n"),
        ("x/c.o", "s#'c d' struct c d { }\n"),
    ]);
    assert_eq!(split(text), Ok(expected));
}

/// How the lines of a file are ordered.
#[derive(Clone, Copy, Debug)]
enum Order {
    Usual,
    Other,
}

/// A file of a tree: what its exports refer to, and what is different in it.
#[derive(Clone, Debug)]
struct File {
    is_genksyms: bool,
    /// Whether genksyms itself has written it: in its order, and with a blank behind each line.
    is_spaced: bool,
    exports: Vec<Vec<usize>>,
    /// By type: which of its definitions the file has.
    definitions: Vec<usize>,
    order: Order,
    /// Types that it lacks, and types that nothing reaches.
    less: Option<usize>,
    more: Option<usize>,
}

/// The number of types that files choose among.
const TYPES: usize = 6;

fn files() -> impl Strategy<Value = Vec<File>> {
    let order = prop_oneof![8 => Just(Order::Usual), 1 => Just(Order::Other)];
    let exports = prop::collection::vec(prop::collection::vec(0..TYPES, 0..3), 0..3);
    let rare = || prop_oneof![8 => Just(None), 1 => (0..TYPES).prop_map(Some)];
    let definitions = prop::collection::vec(0_usize..3, TYPES);
    let file = (0..3_u8, exports, definitions, order, rare(), rare()).prop_map(
        |(dialect, exports, definitions, order, less, more)| File {
            is_genksyms: dialect > 0,
            is_spaced: dialect > 1,
            exports,
            definitions,
            order,
            less,
            more,
        },
    );
    prop::collection::vec(file, 1..6)
}

fn type_name(number: usize) -> String {
    match number {
        0 => "u#u".to_owned(),
        1 => "s#'a b'".to_owned(),
        2 => "e#x".to_owned(),
        _ => format!("s#t{number}"),
    }
}

/// A definition of a type, and the types that it refers to: the first is a declaration, the others differ.
fn definition(file: &File, number: usize) -> (String, Vec<usize>) {
    let name = type_name(number);
    let bare = name[2..].trim_matches('\'');
    let kinds = if file.is_genksyms {
        ["union", "struct", "enum", "struct"]
    } else {
        ["union_type", "structure_type", "enumeration_type", "structure_type"]
    };
    let kind = kinds[number.min(3)];
    let unknown = if file.is_genksyms { "{ UNKNOWN }" } else { "{ }" };
    match file.definitions[number] {
        0 => (format!("{kind} {bare} {unknown}"), Vec::new()),
        which => {
            let (a, b) = ((number + 1) % TYPES, (number + which) % TYPES);
            let (first, second) = (type_name(a), type_name(b));
            (format!("{kind} {bare} {{ member {first} x , member {second} y }} byte_size(8)"), vec![a, b])
        }
    }
}

/// Each type behind those that it refers to, from the first export on; what no export reaches is last.
fn in_order_of_genksyms(file: &File, lines: &[(bool, String, String)]) -> Vec<(bool, String, String)> {
    fn visit(file: &File, number: usize, met: &mut BTreeSet<usize>, names: &mut Vec<String>) {
        if met.insert(number) {
            definition(file, number).1.into_iter().for_each(|inner| visit(file, inner, met, names));
            names.push(type_name(number));
        }
    }
    let (mut met, mut names) = (BTreeSet::new(), Vec::new());
    let exports = lines.iter().filter(|line| line.0);
    for (export, references) in exports.zip(&file.exports) {
        references.iter().for_each(|&number| visit(file, number, &mut met, &mut names));
        names.push(export.1.clone());
    }
    let place =
        |line: &(bool, String, String)| names.iter().position(|name| *name == line.1).unwrap_or(usize::MAX);
    let mut lines = lines.to_vec();
    lines.sort_by_key(place);
    lines
}

/// The text of a file, and whether it has exactly what its exports reach, in the usual order.
fn text_of(file: &File, number: usize) -> (String, bool) {
    let mut reached = BTreeSet::new();
    let mut open: Vec<usize> = file.exports.iter().flatten().copied().collect();
    while let Some(next) = open.pop() {
        if reached.insert(next) {
            open.extend(definition(file, next).1);
        }
    }
    let has_more = file.more.is_some_and(|more| reached.insert(more));
    let has_less = file.less.is_some_and(|less| reached.remove(&less));
    let mut lines: Vec<(bool, String, String)> =
        reached.iter().map(|&number| (false, type_name(number), definition(file, number).0)).collect();
    for (at, references) in file.exports.iter().enumerate() {
        let name = format!("f{number}_{at}");
        let names: Vec<String> = references.iter().map(|&number| type_name(number)).collect();
        let parameters = names.join(" , ");
        let text = match file.is_genksyms {
            true => format!("int {name} ( {parameters} )"),
            false => format!("subprogram ( {parameters} ) -> base_type void"),
        };
        lines.push((file.is_genksyms, name, text));
    }
    lines.sort();
    if file.is_spaced {
        lines = in_order_of_genksyms(file, &lines);
    }
    if matches!(file.order, Order::Other) {
        lines.reverse();
    }
    let end = if file.is_spaced { " " } else { "" };
    let text = lines.iter().map(|(_, name, text)| format!("{name} {text}{end}\n")).collect();
    let is_usual = matches!(file.order, Order::Usual) || lines.len() < 2;
    (text, is_usual && !has_more && !has_less)
}

/// The records of a file by name.
type Records = BTreeMap<String, String>;

/// The name of a line and what is behind it, without blanks at the ends.
fn record(line: &str) -> (String, String) {
    let end = if line.get(1..3) == Some("#'") { line.find("' ").map(|at| at + 1) } else { line.find(' ') };
    let (name, text) = line.split_at(end.unwrap_or(line.len()));
    (name.to_owned(), text.trim().to_owned())
}

/// The types that a text refers to.
fn references(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (at, _) in text.match_indices('#') {
        let Some(start) = at.checked_sub(1).filter(|&start| "suetE".contains(&text[start..at])) else {
            continue;
        };
        if start > 0 && !text[..start].ends_with(' ') {
            continue;
        }
        let rest = &text[at + 1..];
        let end = match rest.strip_prefix('\'') {
            Some(quoted) => quoted.find('\'').map_or(rest.len(), |end| end + 2),
            None => rest.find(' ').unwrap_or(rest.len()),
        };
        found.push(text[start..at + 1 + end].to_owned());
    }
    found
}

/// Reads consolidated symtypes as the manual page suse-kabi-tools(5) describes them, for any dialect.
fn read_as_others(text: &str) -> BTreeMap<String, Records> {
    let mut files: BTreeMap<String, Records> = BTreeMap::new();
    let (mut active, mut own, mut path) = (Records::new(), Records::new(), String::new());
    let finish = |path: &str, own: &mut Records, active: &Records, files: &mut BTreeMap<String, Records>| {
        let mut open: Vec<String> = own.values().flat_map(|text| references(text)).collect();
        while let Some(name) = open.pop() {
            if own.contains_key(&name) {
                continue;
            }
            let Some(text) = active.get(&name) else { continue };
            open.extend(references(text));
            own.insert(name, text.clone());
        }
        files.insert(path.to_owned(), std::mem::take(own));
    };
    for line in text.lines().filter(|line| !line.is_empty()) {
        if let Some(next) = line.strip_prefix("/* ").and_then(|rest| rest.strip_suffix(" */")) {
            if !path.is_empty() {
                finish(&path, &mut own, &active, &mut files);
            }
            path = next.strip_suffix(" (complete)").unwrap_or(next).to_owned();
            continue;
        }
        if let Some((prefix, bare)) = line.split_once("##") {
            let kind = match prefix {
                "s" => "struct",
                "u" => "union",
                _ => "enum",
            };
            let name = bare.trim_matches('\'');
            own.insert(format!("{prefix}#{bare}"), format!("{kind} {name} {{ UNKNOWN }}"));
            continue;
        }
        let (name, text) = record(line);
        active.insert(name.clone(), text.clone());
        own.insert(name, text);
    }
    finish(&path, &mut own, &active, &mut files);
    files
}

/// Always the same cases, unless `PROPTEST_CASES` and `PROPTEST_RNG_SEED` say otherwise.
fn config() -> Config {
    let seed = std::env::var("PROPTEST_RNG_SEED").ok().and_then(|seed| seed.parse().ok());
    let cases = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok());
    Config {
        rng_seed: RngSeed::Fixed(seed.unwrap_or(1)),
        failure_persistence: None,
        ..Config::with_cases(cases.unwrap_or(300))
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn every_tree_comes_back(files in files()) {
        let texts: Vec<(String, bool)> =
            files.iter().enumerate().map(|(number, file)| text_of(file, number)).collect();
        let named = texts.iter().enumerate();
        let tree: Tree = named.map(|(number, (text, _))| (format!("{number}.symtypes"), text.clone())).collect();
        let text = assert_round_trip(&tree);
        if texts.iter().all(|&(_, is_exact)| is_exact) {
            prop_assert!(!text.contains("(complete)"), "{}", text);
            // No record follows an equal one of its name.
            let mut last: BTreeMap<&str, &str> = BTreeMap::new();
            for line in text.lines().filter(|line| line.get(1..2) == Some("#") && !line.contains("##")) {
                let end = if line[2..].starts_with('\'') { line.find("' ").map(|at| at + 1) } else { line.find(' ') };
                let end = end.expect("a name");
                let before = last.insert(&line[..end], line);
                prop_assert_ne!(before, Some(line), "{}", text);
            }
        }
        // Other tools read the same, and of a file with more or less than its exports reach, types of other files, too.
        let others = read_as_others(&text);
        for (path, own) in &tree {
            let own: Records = own.lines().map(record).collect();
            let read = &others[path];
            for (name, text) in &own {
                prop_assert_eq!(read.get(name), Some(text), "{}: {} in {}", path, name, text);
            }
            let file: usize = path.trim_end_matches(".symtypes").parse().expect("a number");
            let is_exact = files[file].less.is_none() && files[file].more.is_none();
            prop_assert!(!is_exact || read.len() == own.len(), "{}: {}", path, text);
        }
        // What is put together from what came back is the same.
        prop_assert_eq!(consolidate(&split(&text).expect("a tree")).expect("a text"), text);
    }
}

/// The program, and folders that it works on.
mod program {
    use std::fs;
    use std::os::unix::fs::symlink;
    use std::path::Path;
    use std::process::{Command, Output};

    use tempfile::TempDir;

    const FILES: [(&str, &str); 2] = [
        (
            "a/one.symtypes",
            "f variable s#s\ns#s structure_type s { member s#t x } byte_size(8)\ns#t structure_type t { }\n",
        ),
        (
            "two.symtypes",
            "g variable s#s\ns#s structure_type s { member s#t x } byte_size(8)\ns#t structure_type t { }\n",
        ),
    ];
    const TEXT: &str = "/* a/one.symtypes */\nf variable s#s\ns#s structure_type s { member s#t x } byte_size(8)\n\
                        s#t structure_type t { }\n\n/* two.symtypes */\ng variable s#s\n";

    fn folder(files: &[(&str, &str)]) -> TempDir {
        let folder = tempfile::tempdir().expect("a folder");
        for (name, text) in files {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
            fs::write(path, text).expect("a file");
        }
        folder
    }

    fn run(folder: &Path, args: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_dwarfksyms-under-test"));
        command.args(args).current_dir(folder).output().expect("it starts")
    }

    #[track_caller]
    fn done(folder: &Path, args: &[&str]) -> String {
        let output = run(folder, args);
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success() && stderr.is_empty(), "{stderr}");
        String::from_utf8(output.stdout).expect("UTF-8")
    }

    #[track_caller]
    fn error(folder: &Path, args: &[&str]) -> String {
        let output = run(folder, args);
        let stderr = String::from_utf8(output.stderr).expect("UTF-8");
        assert_eq!(output.status.code(), Some(2), "{stderr}");
        assert!(output.stdout.is_empty() && stderr.lines().count() == 1, "{stderr}");
        stderr
    }

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).expect("a folder");
        let mut names: Vec<_> =
            entries.map(|entry| entry.expect("an entry").file_name().into_string().expect("UTF-8")).collect();
        names.sort();
        names
    }

    #[test]
    fn a_tree_is_put_together_and_split_again() {
        let tree = folder(&FILES);
        let out = folder(&[]);
        let path = tree.path().to_str().expect("UTF-8");
        assert_eq!(done(out.path(), &["consolidate", path]), TEXT);
        assert_eq!(done(out.path(), &["consolidate", path, "-o", "all"]), "");
        assert_eq!(fs::read_to_string(out.path().join("all")).expect("a file"), TEXT);
        // What is consolidated already stays as it is.
        assert_eq!(done(out.path(), &["consolidate", "all"]), TEXT);
        fs::create_dir(out.path().join("empty")).expect("a folder");
        for target in ["new", "other/", "empty"] {
            assert_eq!(done(out.path(), &["split", "all", "-o", target]), "");
            for (name, text) in FILES {
                assert_eq!(fs::read_to_string(out.path().join(target).join(name)).expect("a file"), text);
            }
        }
        assert_eq!(names(out.path()), ["all", "empty", "new", "other"]);
        // Other questions are answered too.
        let exports = done(out.path(), &["exports", "--format", "names", "all"]);
        assert_eq!(exports, "f\ng\n");
    }

    /// Compiles sources in a folder, each by itself, and links them into one object.
    fn linked(folder: &Path, name: &str, sources: &[&str]) -> bool {
        let is_done =
            |command: &mut Command| command.current_dir(folder).status().is_ok_and(|status| status.success());
        let objects: Vec<String> = sources.iter().map(|source| format!("{source}.o")).collect();
        let compiled = sources
            .iter()
            .zip(&objects)
            .all(|(source, object)| is_done(Command::new("gcc").args(["-g", "-c", source, "-o", object])));
        let linked = compiled && is_done(Command::new("ld").args(["-r", "-o", name]).args(&objects));
        objects.iter().for_each(|object| drop(fs::remove_file(folder.join(object))));
        linked
    }

    #[test]
    fn what_was_linked_has_a_section_for_each_source() {
        let export = |name: &str| {
            let section = "__attribute__((used, section(\".discard.gendwarfksyms\")))";
            format!("__typeof__({name}) *__gendwarfksyms_ptr_{name} {section} = &{name};\n")
        };
        let one =
            format!("struct s {{ int a; }}; int one(struct s *s) {{ return s->a; }}\n{}", export("one"));
        let two =
            format!("struct s {{ int a; }}; int two(struct s *s) {{ return s->a; }}\n{}", export("two"));
        let tree =
            folder(&[("fs/one.c", &one), ("fs/two.c", &two), ("net/three.c", &one.replace("one", "three"))]);
        if !linked(tree.path(), "a.o", &["fs/one.c", "fs/two.c"]) {
            eprintln!("skipped: there is no gcc, or no ld");
            return;
        }
        // An object of the same source in another one, beside an object of a single source.
        let four = two.replace("two", "four");
        fs::write(tree.path().join("fs/two.c"), four).expect("a file");
        assert!(linked(tree.path(), "b.o", &["net/three.c", "fs/two.c"]));
        let heads = |text: &str| -> Vec<String> {
            text.lines().filter(|line| line.starts_with("/*")).map(ToOwned::to_owned).collect()
        };
        let text = done(tree.path(), &["consolidate", "-q", "a.o"]);
        assert_eq!(heads(&text), ["/* fs/one.symtypes */", "/* fs/two.symtypes */"]);
        assert_eq!(text.matches("s#s structure_type").count(), 1, "{text}");
        let text = done(tree.path(), &["consolidate", "-q", "."]);
        let all = [
            "/* a.o/fs/two.symtypes */",
            "/* b.o/fs/two.symtypes */",
            "/* fs/one.symtypes */",
            "/* net/three.symtypes */",
        ];
        assert_eq!(heads(&text), all);
        // It can be split, and a comparison names the sources.
        fs::write(tree.path().join("all"), &text).expect("a file");
        done(tree.path(), &["split", "-q", "all", "-o", "split"]);
        assert!(tree.path().join("split/b.o/fs/two.symtypes").exists());
        fs::copy(tree.path().join("a.o"), tree.path().join("old.o")).expect("a file");
        fs::write(tree.path().join("fs/two.c"), two.replace("int two", "long two")).expect("a file");
        assert!(linked(tree.path(), "a.o", &["fs/one.c", "fs/two.c"]));
        let output = run(tree.path(), &["compare", "-q", "--all", "old.o", "a.o"]);
        let text = String::from_utf8_lossy(&output.stdout);
        assert!(output.status.code() == Some(1) && text.contains("in: fs/two.c\n"), "{text}");
    }

    #[test]
    fn an_empty_file_comes_back() {
        let tree = folder(&[FILES[0], ("a/none.symtypes", "")]);
        let out = folder(&[]);
        let path = tree.path().to_str().expect("UTF-8");
        done(out.path(), &["consolidate", path, "-o", "all"]);
        done(out.path(), &["split", "all", "-o", "new"]);
        assert_eq!(names(&out.path().join("new/a")), ["none.symtypes", "one.symtypes"]);
        assert_eq!(fs::read(out.path().join("new/a/none.symtypes")).expect("a file"), b"");
        assert_eq!(
            done(out.path(), &["consolidate", "new"]),
            fs::read_to_string(out.path().join("all")).expect("a file")
        );
    }

    #[test]
    fn what_cannot_be_split_leaves_nothing_behind() {
        let out = folder(&[
            ("up", "/* x */\nf variable int\n/* ../y */\nf variable int\n"),
            ("absolute", "/* /tmp/y */\nf variable int\n"),
            ("both", "/* a */\nf variable int\n/* a/b */\nf variable int\n"),
            ("plain", "f variable int\n"),
            ("all", TEXT),
            ("full/file", ""),
        ]);
        symlink("full", out.path().join("link")).expect("a link");
        let before = names(out.path());
        let cases = [
            ("up", "new", "error: up: ../y: the path does not lead to a file below the folder\n"),
            (
                "absolute",
                "new",
                "error: absolute: /tmp/y: the path does not lead to a file below the folder\n",
            ),
            ("both", "new", "error: both: a/b: File exists (os error 17)\n"),
            ("plain", "new", "error: plain: these are not consolidated symtypes\n"),
            ("all", "full", "error: full: the folder is not empty\n"),
            ("all", "link", "error: link: it is there, and is not a folder\n"),
            ("all", "plain", "error: plain: it is there, and is not a folder\n"),
            ("all", "no/new", "error: no/new: No such file or directory (os error 2)\n"),
            ("all", "..", "error: ..: the folder is not empty\n"),
        ];
        for (file, target, expected) in cases {
            assert_eq!(error(out.path(), &["split", file, "-o", target]), expected);
            assert_eq!(names(out.path()), before);
        }
    }

    #[test]
    fn what_cannot_be_put_together_is_an_error_with_file_and_line() {
        let out = folder(&[
            ("tree/x.symtypes", "f variable int\n\ng variable int\n"),
            ("symvers", "0x00000001\tf\tvmlinux\tEXPORT_SYMBOL\t\n"),
            ("a/x.symtypes", "f variable int\n"),
            ("b/x.symtypes", "g variable int\n"),
        ]);
        assert!(
            error(out.path(), &["consolidate", "tree"])
                .starts_with("error: x.symtypes: line 2: consolidated ")
        );
        assert_eq!(
            error(out.path(), &["consolidate", "symvers"]),
            "error: symvers: there are no types in it\n"
        );
        let twice = error(out.path(), &["consolidate", "a", "b", "-o", "new"]);
        assert!(
            twice.contains("x.symtypes: a path that is empty, of several lines, or there twice"),
            "{twice}"
        );
        assert_eq!(names(out.path()), ["a", "b", "symvers", "tree"]);
    }
}
