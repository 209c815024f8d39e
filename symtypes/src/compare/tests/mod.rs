//! Comparisons of small symtypes files.

use std::format;
use std::rc::Rc;
use std::string::{String, ToString};
use std::vec;
use std::vec::Vec;

use dwarfksyms_core::budget::Budget;
use dwarfksyms_core::{Limit, Limits};

use super::*;
use crate::types::{Catalog, Lines, Side};

const INT: &str = "base_type int byte_size(4) encoding(5)";
const LONG: &str = "base_type long byte_size(8) encoding(5)";
const CHAR: &str = "base_type char byte_size(1) encoding(6)";

/// What a comparison of two builds reports, each a list of files.
struct Result {
    /// The types that are causes, with their classes and the exports that they reach.
    causes: Vec<(String, Vec<&'static str>, Vec<String>)>,
    /// The sentences of all changes.
    texts: Vec<String>,
    exports: Vec<String>,
}

fn compare(old: &[&str], new: &[&str]) -> Result {
    let limits = Limits::default();
    let mut catalog = Catalog::new(&limits);
    for (side, files) in [(Side::Old, old), (Side::New, new)] {
        for file in files {
            catalog.add(side, &Lines::scan(file.as_bytes(), &limits).unwrap()).unwrap();
        }
    }
    catalog.finish().unwrap();
    let comparison = Comparison::new(&catalog).unwrap();
    let found = (0..comparison.pairs()).map(|pair| comparison.compare(pair).unwrap()).collect();
    let outcome = comparison.finish(found).unwrap();
    let name = |name| String::from_utf8(catalog.name(name).to_vec()).unwrap();
    let classes = |cause: &Cause| cause.changes.iter().map(|change| change.class.id()).collect();
    let exports = |cause: &Cause| cause.exports.iter().map(|&export| name(export)).collect();
    let text = |change: &Change| String::from_utf8(change.text.clone()).unwrap();
    // An export has a cause if and only if its version differs.
    for (side, other) in [(Side::Old, Side::New)] {
        for export in catalog.exports(side) {
            let Some(theirs) = catalog.export(other, export.name) else { continue };
            let before =
                catalog.versions(export.file, &[export.name], &[], &mut Budget::new(&limits)).unwrap();
            let after =
                catalog.versions(theirs.file, &[export.name], &[], &mut Budget::new(&limits)).unwrap();
            let is_told =
                outcome.exports.iter().any(|(name, causes)| *name == export.name && !causes.is_empty());
            assert_eq!(before != after, is_told, "{}", name(export.name));
        }
    }
    Result {
        causes: outcome
            .causes
            .iter()
            .map(|cause| (name(cause.name), classes(cause), exports(cause)))
            .collect(),
        texts: outcome.causes.iter().flat_map(|cause| cause.changes.iter().map(text)).collect(),
        exports: outcome.exports.iter().map(|&(export, _)| name(export)).collect(),
    }
}

/// A symtypes file with one export that takes a pointer to `struct s`.
fn file(lines: &[&str]) -> String {
    let export = "f subprogram ( formal_parameter pointer_type { s#s } byte_size(8) s ) -> base_type void";
    [lines, &[export]].concat().join("\n")
}

fn structure(members: &[(&str, &str, u32)], size: u32) -> String {
    let member =
        |(kind, name, at): &(&str, &str, u32)| format!("member {kind} {name} data_member_location({at})");
    let members: Vec<String> = members.iter().map(member).collect();
    format!("s#s structure_type s {{ {} }} byte_size({size})", members.join(" , "))
}

/// The classes that are reported for one change of `struct s`.
fn classes(old: &str, new: &str) -> Vec<&'static str> {
    let result = compare(&[&file(&[old])], &[&file(&[new])]);
    assert_eq!(result.causes.len(), 1, "{:?}", result.causes);
    let (name, classes, exports) = &result.causes[0];
    assert_eq!((name.as_str(), exports.as_slice()), ("s#s", &["f".to_string()][..]));
    classes.clone()
}

#[test]
fn each_class_of_a_structure_is_told() {
    let one = structure(&[(CHAR, "a", 0), (LONG, "b", 8)], 16);
    let cases: [(&str, String); 13] = [
        ("member-removed", structure(&[(LONG, "b", 8)], 16)),
        ("member-inserted", structure(&[(CHAR, "a", 0), (LONG, "c", 8), (LONG, "b", 16)], 24)),
        ("member-added-in-padding", structure(&[(CHAR, "a", 0), (CHAR, "c", 1), (LONG, "b", 8)], 16)),
        ("member-appended", structure(&[(CHAR, "a", 0), (LONG, "b", 8), (LONG, "c", 16)], 24)),
        ("member-moved", structure(&[(LONG, "b", 0), (CHAR, "a", 8)], 16)),
        ("member-type-changed", structure(&[(CHAR, "a", 0), (INT, "b", 8)], 16)),
        ("member-renamed", structure(&[(CHAR, "z", 0), (LONG, "b", 8)], 16)),
        ("size-changed", structure(&[(CHAR, "a", 0), (LONG, "b", 8)], 32)),
        ("alignment-changed", format!("{one} alignment(16)")),
        ("became-declaration", "s#s structure_type s { }".into()),
        ("kind-changed", one.replace("structure_type", "union_type")),
        (
            "qualifier-changed",
            structure(&[(&format!("const_type {{ {CHAR} }}"), "a", 0), (LONG, "b", 8)], 16),
        ),
        ("toolchain-spelling", one.replace("long byte", "long int byte")),
    ];
    for (class, other) in cases {
        assert_eq!(classes(&one, &other), [class]);
    }
    assert_eq!(classes("s#s structure_type s { }", &one), ["became-definition"]);
    let parameters = format!("formal_parameter {INT} , formal_parameter {INT}");
    let function = format!("pointer_type {{ subroutine_type ( {parameters} ) -> {INT} }} byte_size(8)");
    let whole = structure(&[(&function, "f", 0)], 8);
    assert_eq!(classes(&whole, &whole.replace(" , formal", "formal")), ["comma-lost"]);
}

#[test]
fn each_class_of_a_union_and_of_bit_fields_is_told() {
    let union = |members: &str, size| format!("s#s union_type s {{ {members} }} byte_size({size})");
    let (a, b) = (format!("member {LONG} a"), format!("member {INT} b"));
    assert_eq!(classes(&union(&a, 8), &union(&format!("{a} , {b}"), 8)), ["union-member-added"]);
    assert_eq!(classes(&union(&format!("{a} , {b}"), 8), &union(&a, 8)), ["member-removed"]);
    let twin = format!("member {LONG} c");
    assert_eq!(classes(&union(&format!("{a} , {twin}"), 8), &union(&a, 8)), ["member-removed"]);
    let within = format!("member structure_type {{ {} }} byte_size(8) w", a);
    assert_eq!(
        classes(&union(&format!("{within} , {twin}"), 8), &union(&a, 8)),
        ["member-renamed", "member-wrapped"]
    );
    // Both can have got the new name.
    let other = format!("member {LONG} d");
    assert_eq!(classes(&union(&format!("{a} , {twin}"), 8), &union(&other, 8)), ["member-renamed"; 2]);
    assert_eq!(classes(&union(&format!("{a} , {twin}"), 8), &union(&b, 4)), ["member-removed"; 2]);
    let bits = |width| {
        format!("s#s structure_type s {{ member {INT} a bit_size({width}) data_bit_offset(0) }} byte_size(4)")
    };
    assert_eq!(classes(&bits(3), &bits(4)), ["bit-field-changed"]);
}

#[test]
fn each_class_of_an_enumeration_is_told() {
    let of = |values: &[(&str, u64)]| {
        let value = |(name, value): &(&str, u64)| format!("enumerator {name} = {value}");
        let values: Vec<String> = values.iter().map(value).collect();
        let text = format!("enumeration_type e {{ {} }} byte_size(4)", values.join(" , "));
        let s = "s#s structure_type s { member e#e e data_member_location(0) } byte_size(4)";
        file(&[&format!("e#e {text}"), s])
    };
    let one = of(&[("A", 0), ("B", 4)]);
    for (class, other) in [
        ("enumerator-appended", of(&[("A", 0), ("B", 4), ("C", 5)])),
        ("enumerator-inserted", of(&[("A", 0), ("C", 4), ("B", 5)])),
        ("enumerator-added", of(&[("A", 0), ("C", 1), ("B", 4)])),
        ("enumerator-removed", of(&[("A", 0)])),
        ("enumerator-value-changed", of(&[("A", 0), ("B", 7)])),
        ("enumerator-renamed", of(&[("A", 0), ("Z", 4)])),
    ] {
        let result = compare(&[&one], &[&other]);
        assert_eq!(result.causes, [("e#e".into(), vec![class], vec!["f".into()])]);
    }
}

#[test]
fn each_class_of_an_export_is_told() {
    let of = |parameters: &[&str], result: &str| {
        let parameter = |text: &&str| format!("formal_parameter {text}");
        let parameters: Vec<String> = parameters.iter().map(parameter).collect();
        format!("f subprogram ( {} ) -> {result}", parameters.join(" , "))
    };
    let (a, b) = (&*format!("{INT} a"), &*format!("{INT} b"));
    let one = of(&[a, b], INT);
    let pointer = |inner: &str| format!("pointer_type {{ {inner} }} byte_size(8) p");
    let constant = pointer(&format!("const_type {{ {CHAR} }}"));
    let cases: [(&str, &str, String); 6] = [
        ("parameter-added", &one, of(&[a, &format!("{LONG} c"), b], INT)),
        ("parameter-removed", &one, of(&[b], INT)),
        ("parameter-type-changed", &one, of(&[a, &format!("{LONG} b")], INT)),
        ("parameter-renamed", &one, of(&[a, &format!("{INT} z")], INT)),
        ("return-type-changed", &one, of(&[a, b], LONG)),
        ("qualifier-changed", &of(&[&pointer(CHAR)], INT), of(&[&constant], INT)),
    ];
    for (class, old, new) in cases {
        let result = compare(&[old], &[&new]);
        assert_eq!(result.causes, [("f".into(), vec![class], vec!["f".into()])]);
    }
    let result = compare(&[&format!("v variable {INT}")], &[&format!("v variable {LONG}")]);
    assert_eq!(result.causes, [("v".into(), vec!["variable-type-changed"], vec!["v".into()])]);
    let of = |inner: &str| format!("t#t typedef_type t {{ {inner} }}\nv variable t#t");
    let result = compare(&[&of(INT)], &[&of(LONG)]);
    assert_eq!(result.causes, [("t#t".into(), vec!["typedef-changed"], vec!["v".into()])]);
    assert_eq!(result.texts, ["the typedef was of type 'int', and is of type 'long'"]);
}

#[test]
fn a_type_that_only_follows_is_no_cause() {
    // struct s embeds struct i, which grows; struct p only points to it.
    let of = |inner: &str, at, size| {
        let s = format!(
            "s#s structure_type s {{ member s#i i data_member_location(0) , member {INT} x data_member_location({at}) \
             , member pointer_type {{ s#p }} byte_size(8) p data_member_location(64) }} byte_size({size})"
        );
        let p = "s#p structure_type p { member pointer_type { s#i } byte_size(8) i data_member_location(0) } byte_size(8)";
        file(&[inner, p, &s])
    };
    let old = format!("s#i structure_type i {{ member {INT} a data_member_location(0) }} byte_size(4)");
    let new = format!(
        "s#i structure_type i {{ member {INT} a data_member_location(0) , member {INT} b data_member_location(4) }} \
         byte_size(8)"
    );
    let result = compare(&[&of(&old, 4, 72)], &[&of(&new, 8, 80)]);
    assert_eq!(result.causes, [("s#i".into(), vec!["member-appended", "value-resized"], vec!["f".into()])]);
    let moved = "the size was 4, and is 8; in 'struct s', member 'x' was at offset 4, and is at offset 8";
    assert_eq!(result.texts[1], moved);
    // Without that, the same shift is a cause of its own.
    let result = compare(&[&of(&old, 4, 72)], &[&of(&old, 8, 80)]);
    assert_eq!(result.causes, [("s#s".into(), vec!["member-moved",], vec!["f".into()])]);
}

#[test]
fn a_type_that_was_renamed_is_told_once() {
    let of = |name: &str| {
        let own = format!(
            "s#{name} structure_type {name} {{ member pointer_type {{ s#{name} }} byte_size(8) next \
             data_member_location(0) }} byte_size(8)"
        );
        let s = format!("s#s structure_type s {{ member s#{name} n data_member_location(0) }} byte_size(8)");
        file(&[&own, &s])
    };
    let result = compare(&[&of("node")], &[&of("knot")]);
    assert_eq!(result.causes, [("s#node".into(), vec!["type-renamed"], vec!["f".into()])]);
    assert_eq!(result.texts, ["'struct node' is called 'struct knot' now"]);
}

#[test]
fn definitions_that_both_builds_have_are_told_as_such() {
    let (a, b) = (structure(&[(INT, "x", 0)], 4), structure(&[(LONG, "x", 0)], 8));
    let other = |s: &str| file(&[s]).replace("f subprogram", "g subprogram");
    let result = compare(&[&file(&[&a]), &other(&b)], &[&file(&[&b]), &other(&a)]);
    assert_eq!(result.exports, ["f", "g"]);
    for (name, classes, _) in &result.causes {
        assert_eq!((name.as_str(), classes.last()), ("s#s", Some(&"definitions-differ")));
    }
}

#[test]
fn what_no_export_reaches_on_both_sides_is_no_cause() {
    let s = structure(&[(INT, "x", 0)], 4);
    let of = |member: &str| format!("s#t structure_type t {{ member {member} x data_member_location(0) }}");
    let result = compare(&[&file(&[&s, &of(INT)])], &[&file(&[&s, &of(LONG)])]);
    assert!(result.causes.is_empty() && result.exports.is_empty());
}

#[test]
fn the_order_of_files_and_lines_does_not_matter() {
    let (a, b) = (structure(&[(INT, "x", 0)], 4), structure(&[(LONG, "x", 0)], 8));
    let t = format!("s#t structure_type t {{ member {INT} y data_member_location(0) }} byte_size(4)");
    let g = "g subprogram ( formal_parameter pointer_type { s#s } byte_size(8) s , formal_parameter pointer_type { s#t } \
             byte_size(8) t ) -> base_type void";
    let u = t.replace("member", "member const_type { ").replace(" y ", " } y ");
    let one = compare(&[&file(&[&a]), &[&*a, &t, g].join("\n")], &[&file(&[&b]), &[&*b, &u, g].join("\n")]);
    let two = compare(&[&[g, &t, &a].join("\n"), &file(&[&a])], &[&[&*u, g, &b].join("\n"), &file(&[&b])]);
    assert_eq!(one.causes, two.causes);
    assert_eq!(one.causes[0].0, "s#s");
    assert_eq!(one.causes[0].2, ["f", "g"]);
}

#[test]
fn the_older_dialect_is_compared_too() {
    let old = "s#s struct s { int a ; long b ; } \nf void f ( s#s * )";
    let new = "s#s struct s { int a ; long b ; int c ; } \nf void f ( s#s * )";
    let unknown = "s#s struct s { UNKNOWN } \nf void f ( s#s * )";
    assert_eq!(compare(&[old], &[new]).causes[0].1, ["member-appended"]);
    assert_eq!(compare(&[old], &[unknown]).causes[0].1, ["became-declaration"]);
    let more = "s#s struct s { int a ; long b ; } \nf void f ( s#s * , int )";
    assert_eq!(compare(&[old], &[more]).causes[0].1, ["parameter-added"]);
}

#[test]
fn of_a_long_path_the_beginning_and_the_end_are_told() {
    let limits = Limits::default();
    let mut text = String::new();
    for number in 0..100 {
        let next = number + 1;
        text += &format!(
            "s#t{number} structure_type t{number} {{ member pointer_type {{ s#t{next} }} byte_size(8) n{number} }}\n"
        );
    }
    text += &format!("s#t100 structure_type t100 {{ member {INT} x }}\nf variable s#t0\n");
    let mut catalog = Catalog::new(&limits);
    let file = catalog.add(Side::New, &Lines::scan(text.as_bytes(), &limits).unwrap()).unwrap();
    catalog.finish().unwrap();
    let id = |name: &str| catalog.find(name.as_bytes()).unwrap();
    let steps = |to: &str| {
        Paths::new(&catalog)
            .find(file, &Rc::new(vec![id("f")]), id(to), &mut Budget::new(&limits))
            .unwrap()
            .unwrap()
            .1
    };
    // From the variable to the first type, and from each to the next.
    assert_eq!(steps("s#t63").len(), 64);
    assert!(steps("s#t63").iter().all(|step| step.left_out == 0));
    let long = steps("s#t100");
    assert_eq!((long.len(), long.iter().map(|step| step.left_out).sum::<usize>()), (64, 101 - 64));
    assert_eq!((long[31].to, long[32].left_out, long[32].to), (id("s#t31"), 37, id("s#t69")));
    assert_eq!((long[32].by.as_slice(), long[63].to), (&b"n68"[..], id("s#t100")));
}

#[test]
fn a_reference_within_a_word_is_one_if_there_is_such_a_type() {
    let build = |int: &str| {
        format!(
            "s#bar structure_type bar {{ member {int} a data_member_location(0) }} byte_size(8)\n\
             f variable structure_type {{s#bar\ng variable x#ys#bars s#foo\n"
        )
    };
    let result = compare(&[&build(INT)], &[&build(LONG)]);
    assert_eq!(result.exports, ["f"]);
}

#[test]
fn of_several_records_of_a_name_the_last_counts() {
    let (a, b) = (structure(&[(INT, "x", 0)], 4), structure(&[(LONG, "x", 0)], 8));
    assert!(compare(&[&file(&[&b, &a])], &[&file(&[&a])]).causes.is_empty());
    let result = compare(&[&file(&[&a, &b])], &[&file(&[&a])]);
    assert_eq!(result.causes, [("s#s".into(), vec!["member-type-changed"], vec!["f".into()])]);

    let limits = Limits::default();
    let text = file(&[&a, &b]);
    let mut catalog = Catalog::new(&limits);
    let only = catalog.add(Side::Old, &Lines::scan(text.as_bytes(), &limits).unwrap()).unwrap();
    catalog.finish().unwrap();
    let record = catalog.lookup(only, catalog.find(b"s#s").unwrap()).unwrap();
    assert!(b.ends_with(core::str::from_utf8(catalog.text(record)).unwrap()));
}

#[test]
fn what_all_pairs_of_files_find_is_limited() {
    // In each of many files, 200 exports reach up to 120 types that differ, in 120 ways.
    let side = |member: &str| -> Vec<String> {
        let types: Vec<String> = (0..120)
            .map(|at| {
                let next = at + 1;
                format!(
                    "s#t{at} structure_type t{at} {{ member s#t{next} n , member {member} x }} byte_size(8)"
                )
            })
            .collect();
        let of = |number: usize| {
            let exports: Vec<String> =
                (0..200).map(|at| format!("f{number}_{at} variable s#t{}", at % 120)).collect();
            [types.as_slice(), &exports].concat().join("\n")
        };
        (0..50).map(of).collect()
    };
    let (old, new) = (side(INT), side(LONG));
    let compare = |memory: u64, most: usize| {
        let limits = Limits::default().with(Limit::Memory, memory);
        let mut catalog = Catalog::new(&limits);
        for (side, files) in [(Side::Old, &old), (Side::New, &new)] {
            for file in files {
                catalog.add(side, &Lines::scan(file.as_bytes(), &limits)?)?;
            }
        }
        catalog.finish()?;
        let comparison = Comparison::new(&catalog)?;
        assert_eq!(comparison.pairs(), 50);
        let found = (0..most).map(|pair| comparison.compare(pair));
        found.collect::<dwarfksyms_core::Result<Vec<_>>>().map(|found| found.len())
    };
    // Enough for any pair by itself is not enough for what all of them keep.
    let (mut less, mut enough) = (0, 1 << 30);
    while enough - less > 1 << 14 {
        let memory = u64::midpoint(less, enough);
        *if compare(memory, 1).is_ok() { &mut enough } else { &mut less } = memory;
    }
    let error = compare(enough, 50).unwrap_err();
    assert_eq!(error.kind(), dwarfksyms_core::ErrorKind::Limit(Limit::Memory, enough));
    assert_eq!(compare(1 << 30, 50), Ok(50));
}

mod layouts;
