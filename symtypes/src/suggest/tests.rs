//! Advice about small symtypes files.

use std::string::{String, ToString};
use std::vec;
use std::vec::Vec;

use dwarfksyms_core::Limits;

use super::*;
use crate::compare::{Cause, Comparison};
use crate::types::{Catalog, Lines, Side};

#[test]
fn a_rule_is_for_those_alone_who_saw_no_definition() {
    let declared = build("", "", "").replace("{  }", "{ }");
    let a = std::format!("member {INT} a data_member_location(0)");
    let defined = build(&a, " byte_size(4)", "");
    let other = defined.replacen('f', "g", 1);
    let limits = Limits::default();
    let caveats = |old: &[&str], new: &[&str]| {
        let mut catalog = Catalog::new(&limits);
        for (side, files) in [(Side::Old, old), (Side::New, new)] {
            for file in files {
                catalog.add(side, &Lines::scan(file.as_bytes(), &limits).unwrap()).unwrap();
            }
        }
        catalog.finish().unwrap();
        let comparison = Comparison::new(&catalog).unwrap();
        let found = (0..comparison.pairs()).map(|pair| comparison.compare(pair).unwrap()).collect();
        let advice = comparison.finish(found).unwrap().advice(&catalog, Macros::Raw, &limits).unwrap();
        assert_eq!((advice.len(), advice[0].restored.len()), (1, 1));
        advice[0].caveats.clone()
    };
    assert_eq!(caveats(&[&declared], &[&defined]), []);
    let both = caveats(&[&declared, &other], &[&defined, &other]);
    assert_eq!((both.len(), both[0].kind), (1, CaveatKind::OnlyThere));
    // The third file that was added is the first of the new build.
    assert_eq!(both[0].files.iter().map(|file| file.index()).collect::<Vec<_>>(), [2]);
}

/// What is suggested for each cause: the rules' kinds, then obstacles in brackets, how many exports are restored, and how many
/// more would be with the other causes mended.
fn advice(old: &[&str], new: &[&str]) -> Vec<String> {
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
    let advice = outcome.advice(&catalog, Macros::Raw, &limits).unwrap();
    assert_eq!(advice.len(), outcome.causes.len());
    let line = |(cause, advice): (&Cause, &Advice)| {
        let name = String::from_utf8_lossy(catalog.name(cause.name)).to_string();
        let mut words = vec![name];
        words.extend(advice.suggestions.iter().map(|suggestion| suggestion.kind.id().to_string()));
        words.extend(advice.obstacles.iter().map(|obstacle| {
            let subject = String::from_utf8_lossy(&obstacle.subject).to_string();
            std::format!("[{}]", [obstacle.kind.id().to_string(), subject].join(" ").trim_end())
        }));
        let (restored, remaining) = (advice.restored.len(), advice.remaining.len());
        words.push(std::format!("{restored}/{}", restored + remaining));
        let others = advice.remaining.iter().filter(|remaining| remaining.comes_back).count();
        words.extend((others > 0).then(|| std::format!("+{others}")));
        words.join(" ")
    };
    outcome.causes.iter().zip(&advice).map(line).collect()
}

const INT: &str = "base_type int byte_size(4) encoding(5)";
const LONG: &str = "base_type long int byte_size(8) encoding(5)";

fn build(members: &str, tail: &str, rest: &str) -> String {
    std::format!(
        "f subprogram ( formal_parameter pointer_type {{ s#s }} byte_size(8) s ) -> base_type void\n\
         s#s structure_type s {{ {members} }}{tail}\n{rest}"
    )
}

/// The advice about a structure's members and what is behind its brace.
fn structures(old: (&str, &str), new: (&str, &str)) -> String {
    let (old, new) = (build(old.0, old.1, ""), build(new.0, new.1, ""));
    let all = advice(&[&old], &[&new]);
    assert_eq!(all.len(), 1, "{all:?}");
    all[0].clone()
}

#[test]
fn members_get_the_macro_that_hides_them() {
    let a = std::format!("member {INT} a data_member_location(0)");
    let c = std::format!("member {LONG} c data_member_location(8)");
    let two = std::format!("{a} , {c}");
    let hole = std::format!("{a} , member {INT} b data_member_location(4) , {c}");
    let more = std::format!("{two} , member {LONG} d data_member_location(16)");
    let (size, larger) = (" byte_size(16)", " byte_size(24)");
    assert_eq!(structures((&two, size), (&hole, size)), "s#s __kabi_ignored 1/1");
    assert_eq!(structures((&two, size), (&more, larger)), "s#s __kabi_ignored byte_size 1/1");
    assert_eq!(structures((&two, size), (&two, larger)), "s#s byte_size 1/1");
    let renamed = two.replace(" a data", " z data");
    assert_eq!(structures((&two, size), (&renamed, size)), "s#s __kabi_renamed 1/1");
    let reserved = two.replace(" c data", " data");
    assert_eq!(structures((&reserved, size), (&two, size)), "s#s __kabi_reserved 1/1");
    let halves = std::format!(
        "{a} , member {INT} b data_member_location(8) , member {INT} d data_member_location(12)"
    );
    assert_eq!(structures((&reserved, size), (&halves, size)), "s#s __kabi_reserved 1/1");
    let qualified = two.replace(LONG, &std::format!("const_type {{ {LONG} }}"));
    let behind = |members: &str| std::format!("{members} , member {INT} e data_member_location(16)");
    let change = (behind(&two), behind(&qualified));
    assert_eq!(structures((&change.0, larger), (&change.1, larger)), "s#s __kabi_renamed 1/1");
    // The kernel's tool would give the old name of the last member to the parameter that leads to it.
    assert_eq!(structures((&two, size), (&qualified, size)), "s#s type_string 1/1");
    let union = std::format!(
        "{a} , member union_type {{ member {LONG} c data_member_location(0) , member {INT} b \
         data_member_location(0) }} byte_size(8) data_member_location(8)"
    );
    let change = (behind(&two), behind(&union));
    assert_eq!(structures((&change.0, larger), (&change.1, larger)), "s#s __kabi_renamed 1/1");
    // Parameters of the old type come between an old name and the end of its member.
    let called = two.replacen(
        INT,
        &std::format!("pointer_type {{ subroutine_type ( formal_parameter {INT} ) -> {INT} }} byte_size(8)"),
        1,
    );
    let renamed = called.replace(" a data", " z data");
    assert_eq!(structures((&called, size), (&renamed, size)), "s#s type_string 1/1");
}

#[test]
fn what_has_no_macro_gets_the_whole_string() {
    let field = |name: &str, size: u32, offset: u32| {
        std::format!(
            "member base_type unsigned int byte_size(4) encoding(7) {name} bit_size({size}) data_bit_offset({offset})"
        )
    };
    let (old, size) = (field("a", 3, 0), " byte_size(4)");
    let new = std::format!("{old} , {}", field("b", 2, 3));
    assert_eq!(structures((&old, size), (&new, size)), "s#s type_string 1/1");
    let aligned = " byte_size(4) alignment(4)";
    assert_eq!(structures((&old, size), (&old, aligned)), "s#s type_string 1/1");
    // In a unit of its own, a bit-field can have a union.
    let old = std::format!("member {LONG} a data_member_location(0) , member {LONG} data_member_location(8)");
    let new = std::format!("member {LONG} a data_member_location(0) , {}", field("b", 2, 64));
    assert_eq!(structures((&old, " byte_size(16)"), (&new, " byte_size(16)")), "s#s type_string 1/1");
    let old =
        std::format!("member {LONG} a data_member_location(0) , member {LONG} d data_member_location(16)");
    let new = std::format!("{old} , {}", field("b", 2, 64));
    assert_eq!(structures((&old, " byte_size(24)"), (&new, " byte_size(24)")), "s#s __kabi_ignored 1/1");
}

#[test]
fn what_breaks_modules_is_not_hidden() {
    let a = std::format!("member {INT} a data_member_location(0)");
    let two = std::format!("{a} , member {INT} b data_member_location(4)");
    let size = " byte_size(8)";
    let cases = [
        (a.clone(), " byte_size(4)", "s#s [member-removed b] [shrunk s] 0/0"),
        (
            two.replace(INT, "base_type float byte_size(4) encoding(4)"),
            size,
            "s#s [member-type-changed a] [member-type-changed b] 0/0",
        ),
        // Whether every value means the same is for whoever decides.
        (two.replace(INT, "base_type unsigned int byte_size(4) encoding(7)"), size, "s#s type_string 1/1"),
        (two.replace("location(4)", "location(8)"), " byte_size(12)", "s#s [member-moved b] 0/0"),
        (
            std::format!("{two} , member {LONG} c data_member_location(8)"),
            " byte_size(16)",
            "s#s __kabi_ignored byte_size 1/1",
        ),
    ];
    for (new, new_size, expected) in &cases {
        assert_eq!(structures((&two, size), (new, new_size)), *expected, "{new}");
    }
}

#[test]
fn what_grows_within_something_else_is_not_hidden() {
    let a = std::format!("member {INT} a data_member_location(0)");
    let two = std::format!("{a} , member {INT} b data_member_location(4)");
    let uses = [
        ("v variable s#s", "v"),
        ("v variable array_type[4] { s#s }", "v"),
        ("t#t typedef_type t { s#s }\nv variable t#t", "v"),
        ("g subprogram ( ) -> s#s", "g"),
        (
            "s#o structure_type o { member s#s s data_member_location(0) } byte_size(4)\n\
          v variable pointer_type { s#o } byte_size(8)",
            "struct o",
        ),
    ];
    for (using, holder) in uses {
        let old = build(&a, " byte_size(4)", using);
        let new = build(&two, " byte_size(8)", &using.replace("byte_size(4)", "byte_size(8)"));
        let all = advice(&[&old], &[&new]);
        assert_eq!(all[0], std::format!("s#s [embedded {holder}] 0/0"), "{using}");
    }
    // A pointer to it is no such use.
    let using = "v variable pointer_type { s#s } byte_size(8)";
    let (old, new) = (build(&a, " byte_size(4)", using), build(&two, " byte_size(8)", using));
    assert_eq!(advice(&[&old], &[&new]), ["s#s __kabi_ignored byte_size 2/2"]);
}

#[test]
fn a_union_that_is_aligned_more_strictly_counts_as_one_that_grew() {
    let union = |members: &str, using: &str| {
        std::format!(
            "f subprogram ( formal_parameter pointer_type {{ u#u }} byte_size(8) s ) -> base_type void\n\
             u#u union_type u {{ {members} }} byte_size(8)\n{using}"
        )
    };
    let old = "member array_type[8] { base_type char byte_size(1) encoding(6) } a data_member_location(0)";
    let new = std::format!("{old} , member {LONG} b data_member_location(0)");
    let using = "v variable u#u";
    let [without, with] = ["", using].map(|using| advice(&[&union(old, using)], &[&union(&new, using)]));
    assert_eq!(without, ["u#u __kabi_ignored 1/1"]);
    assert_eq!(with, ["u#u [embedded v] 0/0"]);
}

#[test]
fn enumerators_are_ignored_and_counts_keep_their_value() {
    let enumeration = |items: &str| {
        std::format!(
            "f subprogram ( formal_parameter e#e e ) -> base_type void\n\
             e#e enumeration_type e {{ {items} }} byte_size(4)"
        )
    };
    let advice = |old: &str, new: &str| advice(&[&enumeration(old)], &[&enumeration(new)]);
    let (a, b) = ("enumerator A = 0", "enumerator B = 1");
    let two = std::format!("{a} , {b}");
    assert_eq!(advice(a, &two), ["e#e enumerator_ignore 1/1"]);
    assert_eq!(advice(&two, a), ["e#e [enumerator-removed B] 0/0"]);
    let last = |value| std::format!("enumerator N_KINDS = {value}");
    let with = |items: &str, value| std::format!("{items} , {}", last(value));
    assert_eq!(advice(&with(a, 1), &with(&two, 2)), ["e#e enumerator_value enumerator_ignore 1/1"]);
    let moved = std::format!("{a} , enumerator C = 1 , enumerator B = 2");
    assert_eq!(advice(&two, &moved), ["e#e [enumerator-value-changed B] 0/0"]);
    assert_eq!(advice(&two, &two.replace('B', "D")), ["e#e type_string 1/1"]);
}

#[test]
fn declarations_stay_what_they_are_for_whoever_saw_no_more() {
    let declared = build("", "", "").replace("{  }", "{ }");
    let a = std::format!("member {INT} a data_member_location(0)");
    let defined = build(&a, " byte_size(4)", "");
    assert_eq!(advice(&[&declared], &[&defined]), ["s#s declonly 1/1"]);
    assert_eq!(advice(&[&defined], &[&declared]), ["s#s [definition-gone] 0/0"]);
    // Elsewhere, the definition is still the same.
    let other = defined.replacen('f', "g", 1);
    let all = advice(&[&defined, &other], &[&declared, &other]);
    assert_eq!(all, ["s#s type_string 1/1"]);
}

#[test]
fn a_new_name_that_is_used_twice_cannot_be_hidden() {
    let build = |name: &str| {
        std::format!(
            "f subprogram ( formal_parameter s#{name} a , formal_parameter s#{name} b ) -> base_type void\n\
             s#{name} structure_type {name} {{ member {INT} x data_member_location(0) }} byte_size(4)"
        )
    };
    assert_eq!(advice(&[&build("old")], &[&build("new")]), ["s#old [no-effect] 0/0"]);
}

#[test]
fn functions_keep_their_number_if_only_names_differ() {
    let function = |name: &str, inner: &str| {
        std::format!("f subprogram ( formal_parameter {inner} {name} ) -> base_type void")
    };
    let old = function("a", INT);
    assert_eq!(advice(&[&old], &[&function("b", INT)]), ["f type_string 1/1"]);
    assert_eq!(advice(&[&old], &[&function("a", LONG)]), ["f [parameters-changed a] 0/0"]);
    let result = old.replace("-> base_type void", &std::format!("-> {INT}"));
    assert_eq!(advice(&[&old], &[&result]), ["f [return-type-changed] 0/0"]);
}

#[test]
fn types_that_are_gone_are_stated_with_those_that_refer_to_them() {
    let old = "f subprogram ( formal_parameter pointer_type { s#gone } byte_size(8) a ) -> base_type void\n\
               s#gone structure_type gone { member s#more m data_member_location(0) } byte_size(1)\n\
               s#more structure_type more { member base_type char byte_size(1) encoding(6) c \
               data_member_location(0) } byte_size(1)";
    let new = old.replace("gone", "here").replace(" a )", " b )");
    let all = advice(&[old], &[&new]);
    assert_eq!(all, ["f type_string type_string 1/1", "s#gone type_string 1/1"]);
}

#[test]
fn what_other_causes_block_is_noted() {
    let file = |a: &str, b: &str| {
        std::format!(
            "f subprogram ( formal_parameter pointer_type {{ s#a }} byte_size(8) a , formal_parameter \
             pointer_type {{ s#b }} byte_size(8) b ) -> base_type void\n\
             g subprogram ( formal_parameter pointer_type {{ s#a }} byte_size(8) a ) -> base_type void\n\
             s#a structure_type a {{ member {INT} x data_member_location(0){a} }} byte_size(16)\n\
             s#b structure_type b {{ member {b} x data_member_location(0) }} byte_size(8)"
        )
    };
    let added = std::format!(" , member {INT} y data_member_location(4)");
    let all = advice(&[&file("", INT)], &[&file(&added, LONG)]);
    assert_eq!(all, ["s#a __kabi_ignored 1/2 +1", "s#b [member-type-changed x] 0/0"]);
    // An export's own type is one of those that can be mended.
    let other = file(&added, LONG).replacen("base_type void", "base_type int", 1);
    let all = advice(&[&file("", INT)], &[&other]);
    assert_eq!(all.first().map(String::as_str), Some("s#a __kabi_ignored 1/2 +1"), "{all:?}");
}

#[test]
fn versions_without_the_conventions_cannot_be_restored_by_them() {
    let old = std::format!("member {LONG} __kabi_reserved_0 data_member_location(0)");
    let new = old.replace("__kabi_reserved_0", "b");
    let told = structures((&old, " byte_size(8)"), (&new, " byte_size(8)"));
    assert_eq!(told, "s#s [not-stable __kabi_reserved_0] 0/0");
}

#[test]
fn genksyms_has_no_such_rules() {
    let old = "f void f ( s#s * )\ns#s struct s { int a ; }";
    let all = advice(&[old], &[&old.replace("int a", "long a")]);
    assert_eq!(all, ["s#s [genksyms] 0/0"]);
}
