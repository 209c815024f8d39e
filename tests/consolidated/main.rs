//! Consolidated symtypes: what is put together comes back byte for byte, whatever files have.

mod generated;
mod others;
mod program;

use std::collections::BTreeMap;

use dwarfksyms_core::{ErrorKind, Limit, Limits};
use dwarfksyms_symtypes::types::{Consolidated, Consolidator};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed};

use self::generated::{files, text_of};
use self::others::{Records, read_as_others, record};

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
