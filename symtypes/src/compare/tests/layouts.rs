//! What is reported about members that moved, were wrapped, replaced or spelled otherwise.

use std::format;
use std::string::String;
use std::vec::Vec;

use super::{CHAR, INT, LONG, classes, compare, file, structure};

const UNSIGNED: &str = "base_type unsigned int byte_size(4) encoding(7)";
const WORD: &str = "base_type long unsigned int byte_size(8) encoding(7)";

/// A member without a name.
fn nameless(kind: &str, members: &str, size: u32, at: u32) -> String {
    format!("member {kind} {{ {members} }} byte_size({size}) data_member_location({at})")
}

fn member(kind: &str, name: &str, at: u32) -> String {
    format!("member {kind} {name} data_member_location({at})")
}

/// `struct s` of such members.
fn of(members: &[String], size: u32) -> String {
    format!("s#s structure_type s {{ {} }} byte_size({size})", members.join(" , "))
}

/// What is said of one change of `struct s`.
fn texts(old: &str, new: &str) -> Vec<String> {
    compare(&[&file(&[old])], &[&file(&[new])]).texts
}

#[test]
fn members_that_moved_are_told_whatever_else_has_changed() {
    let old = structure(&[(INT, "a", 0), (INT, "b", 4), (LONG, "c", 8)], 16);
    let new = structure(&[(INT, "b", 0), (INT, "a", 4), (LONG, "d", 8)], 16);
    assert_eq!(classes(&old, &new), ["member-renamed", "member-moved"]);
    let moved = "member 'a' was at offset 0, and is at offset 4; 1 more has moved";
    assert_eq!(texts(&old, &new)[1], moved);
}

#[test]
fn what_is_around_a_member_is_told_in_words() {
    let plain = of(&[member(LONG, "a", 0), member(LONG, "b", 8)], 16);
    let around = |kind: &str, more: &str| {
        let inner = nameless(kind, &format!("{}{more}", member(LONG, "a", 0)), 8, 0);
        of(&[inner, member(LONG, "b", 8)], 16)
    };
    let in_structure = around("structure_type", "");
    let in_union = around("union_type", &format!(" , {}", member(CHAR, "z", 0)));
    for (old, new, told) in [
        (&plain, &in_structure, "member 'a' is in a structure at its place"),
        (&in_structure, &plain, "member 'a' is no longer in a structure, and at its place"),
        (&plain, &in_union, "member 'a' is in a union at its place"),
        (&in_union, &plain, "member 'a' is no longer in a union, and at its place"),
    ] {
        let texts = texts(old, new);
        assert!(texts.iter().any(|text| text == told), "{told}: {texts:?}");
    }
}

#[test]
fn what_moves_with_a_structure_is_not_counted_by_itself() {
    let inner = |at: u32, second: u32| {
        let members = format!("{} , {}", member(INT, "x", 0), member(INT, "y", second));
        member(&format!("structure_type {{ {members} }} byte_size(16)"), "in", at)
    };
    let of = |at: u32, second: u32| {
        let (outer, last) = (inner(at, second), member(LONG, "b", at + 16));
        let first = if at == 0 { Vec::new() } else { Vec::from([member(LONG, "new", 0)]) };
        of(&[first, Vec::from([outer, last])].concat(), at + 24)
    };
    let told = |new: &str| texts(&of(0, 4), new).join("; ");
    let inserted = "member 'long new' was added at offset 0; ";
    let moved = "member 'in' was at offset 0, and is at offset 8";
    assert_eq!(told(&of(8, 4)), format!("{inserted}{moved}; 1 more has moved"));
    // What is elsewhere within it has moved by itself.
    assert_eq!(told(&of(8, 8)), format!("{inserted}{moved}; 2 more have moved"));
}

#[test]
fn growth_of_what_has_no_name_moves_members_of_the_outer_type() {
    let of = |inner: &str, size: u32| {
        let union = nameless("union_type", &format!("member {LONG} z , {inner}"), size, 8);
        of(&[member(LONG, "f", 0), union, member(LONG, "p", 8 + size)], 16 + size)
    };
    let one = format!("member structure_type {{ {} }} byte_size(8)", member(LONG, "h", 0));
    let two = format!(
        "member structure_type {{ {} , {} }} byte_size(16)",
        member(LONG, "h", 0),
        member(LONG, "t", 8)
    );
    let told = texts(&of(&one, 8), &of(&two, 16));
    let inserted = "member 'long t' was added at offset 16; member 'p' was at offset 16, and is at offset 24";
    assert_eq!(told, [inserted]);
    // A union that is aligned more strictly moves what was in it.
    let of = |more: &str, at: u32| {
        let array = format!("member array_type[2] {{ {INT} }} b");
        of_char_and(&nameless("union_type", &format!("{array}{more}"), 8, at))
    };
    let stricter = format!(" , member {LONG} n");
    assert_eq!(classes(&of("", 4), &of(&stricter, 8)), ["member-inserted"]);
}

/// A character, such a member, and something behind it.
fn of_char_and(member_text: &str) -> String {
    of(&[member(CHAR, "a", 0), member_text.into(), member(LONG, "p", 16)], 24)
}

#[test]
fn a_structure_is_no_array_of_none() {
    let spelled = |name: &str, count: Option<u32>| {
        let inner = format!("structure_type {{ {} }} byte_size(8)", member(LONG, &format!("in_{name}"), 0));
        let ty = count.map_or(inner.clone(), |count| format!("array_type[{count}] {{ {inner} }}"));
        format!("member {ty} {name} data_member_location(0)")
    };
    let union = |count: Option<u32>| {
        let other = member(LONG, "z", 0);
        format!("s#s union_type s {{ {} , {other} }} byte_size(8)", spelled("a", count))
    };
    assert_eq!(classes(&union(None), &union(Some(0))), ["member-moved"]);
    assert_eq!(classes(&union(None), &union(Some(1))), ["type-respelled"]);
}

#[test]
fn an_array_in_other_company_keeps_its_length() {
    let array = |count: u32| {
        let union = format!("union_type {{ {} }} byte_size(4)", member(INT, "a", 0));
        format!("member array_type[{count}] {{ {union} }} x data_member_location(0)")
    };
    let within = |count: u32| {
        format!(
            "member structure_type {{ {} }} byte_size({}) y data_member_location(0)",
            array(count),
            4 * count
        )
    };
    assert_eq!(classes(&of(&[array(2)], 8), &of(&[within(2)], 8)), ["member-wrapped"]);
    assert_eq!(classes(&of(&[array(2)], 8), &of(&[within(3)], 12)), ["member-wrapped", "member-moved"]);
}

#[test]
fn what_is_in_other_company_at_its_place_is_harmless() {
    let old = of(&[member(INT, "a", 0), member(LONG, "p", 8)], 16);
    let union = nameless("union_type", &format!("member {LONG} p , member {WORD} q"), 8, 8);
    let wrapped = of(&[member(INT, "a", 0), union], 16);
    assert_eq!(classes(&old, &wrapped), ["member-wrapped", "union-member-added"]);
    // Taken out again, one of them is gone.
    assert_eq!(classes(&wrapped, &old), ["member-wrapped", "member-removed"]);
    let structure = nameless("structure_type", &member(LONG, "p", 0), 8, 8);
    assert_eq!(classes(&old, &of(&[member(INT, "a", 0), structure], 16)), ["member-wrapped"]);
    // A macro of the kind of struct_group.
    let old = of(&[member(INT, "b", 0), member(INT, "c", 4)], 8);
    let both = format!("{} , {}", member(INT, "b", 0), member(INT, "c", 4));
    let group = format!(
        "member structure_type {{ {both} }} byte_size(8) , member structure_type {{ {both} }} byte_size(8) g"
    );
    let new = of(&[nameless("union_type", &group, 8, 0)], 8);
    assert_eq!(classes(&old, &new), ["member-wrapped", "union-member-added"]);
    assert_eq!(texts(&old, &new)[0], "member 'b' is in a union at its place; so is 1 more");
    // In another order, a union is the same.
    let union = |first: &str, second: &str| {
        format!("s#s union_type s {{ member {LONG} {first} , member {LONG} {second} }} byte_size(8)")
    };
    assert_eq!(classes(&union("a", "b"), &union("b", "a")), ["type-respelled"]);
}

#[test]
fn reserved_space_is_there_to_be_used() {
    let pointer = "pointer_type { base_type void } byte_size(8)";
    let old = |name: &str| of(&[member(LONG, "a", 0), member(WORD, name, 8)], 16);
    // As RH_KABI_USE, ANDROID_KABI_USE and KABI_USE leave it.
    for (name, hidden) in [
        ("rh_reserved1", "rh_kabi_hidden_12"),
        ("android_kabi_reserved1", "__UNIQUE_ID_hide1"),
        ("kabi_reserved1", "h"),
    ] {
        let parts = format!(
            "member {pointer} new , member structure_type {{ {} }} byte_size(8) {hidden} , member union_type {{ }} \
             byte_size(0)",
            member(WORD, name, 0)
        );
        let new = of(&[member(LONG, "a", 0), nameless("union_type", &parts, 8, 8)], 16);
        assert_eq!(classes(&old(name), &new), ["reserved-space-used"], "{name}");
    }
    // Without a union, and of an array only a part.
    let direct = of(&[member(LONG, "a", 0), member(INT, "n", 8)], 16);
    assert_eq!(classes(&old("suse_kabi_padding"), &direct), ["reserved-space-used"]);
    let padding = |count: u32| format!("array_type[{count}] {{ {pointer} }}");
    let before = of(&[member(LONG, "a", 0), member(&padding(4), "suse_kabi_padding", 8)], 40);
    let after =
        of(&[member(LONG, "a", 0), member(INT, "n", 8), member(&padding(3), "suse_kabi_padding", 16)], 40);
    assert_eq!(classes(&before, &after), ["reserved-space-used"]);
    // Into a hole behind it, but not beyond the type.
    let spare = |count: u32, size: u32| {
        of(
            &[member(INT, "a", 0), member(&format!("array_type[{count}] {{ {CHAR} }}"), "kabi_reserved1", 4)],
            size,
        )
    };
    assert_eq!(classes(&spare(11, 16), &spare(12, 16)), ["reserved-space-used"]);
    assert_eq!(classes(&spare(11, 16), &spare(16, 20))[0], "member-type-changed");
    // Where it is gone, nobody misses it, but the size can show it.
    let gone = of(&[member(LONG, "a", 0)], 8);
    assert_eq!(classes(&old("rh_reserved1"), &gone), ["reserved-space-used", "size-changed"]);
    // What is not called so is missed.
    assert_eq!(classes(&old("cookie"), &direct), ["member-removed"]);
}

#[test]
fn a_member_that_a_macro_keeps_beside_its_successor_is_there() {
    let old = of(&[member(INT, "flags", 0), member(LONG, "b", 8)], 16);
    let parts = format!(
        "member {WORD} flags , member structure_type {{ {} }} byte_size(4) rh_kabi_hidden_9",
        member(INT, "flags", 0)
    );
    let new = of(&[nameless("union_type", &parts, 8, 0), member(LONG, "b", 8)], 16);
    let told = classes(&old, &new);
    assert!(told.contains(&"member-wrapped") && !told.contains(&"member-type-changed"), "{told:?}");
}

#[test]
fn types_are_compared_by_what_is_in_them() {
    let one = |kind: &str| structure(&[(kind, "x", 0)], 8);
    let cases = [
        (WORD, "base_type long long unsigned int byte_size(8) encoding(7)", "type-respelled"),
        (INT, UNSIGNED, "signedness-changed"),
        (INT, "base_type float byte_size(4) encoding(4)", "member-type-changed"),
        (INT, LONG, "member-type-changed"),
        ("array_type[0] { base_type char }", "array_type[] { base_type char }", "type-respelled"),
        (
            "pointer_type { base_type void } byte_size(8)",
            "pointer_type { s#s } byte_size(8)",
            "type-reinterpreted",
        ),
        (WORD, "pointer_type { base_type void } byte_size(8)", "member-type-changed"),
        (
            &format!("enumeration_type {{ enumerator A = 0 , enumerator B = 1 }} {}", "byte_size(4)"),
            UNSIGNED,
            "type-respelled",
        ),
        (
            LONG,
            &format!("structure_type {{ {} }} byte_size(8)", member(LONG, "counter", 0)),
            "type-reinterpreted",
        ),
    ];
    for (old, new, class) in cases {
        assert_eq!(classes(&one(old), &one(new)), [class], "{old} and {new}");
    }
    // An enumeration that has become a number, or the other way round, is something else under another name.
    let enumeration = "enumeration_type { enumerator A = 0 , enumerator B = 1 } byte_size(4)";
    let renamed = structure(&[(UNSIGNED, "y", 0)], 8);
    assert_eq!(classes(&one(enumeration), &renamed), ["member-renamed", "type-reinterpreted"]);
    // Arrays of nothing are alike if their steps are: those in front of the last 0 are 0.
    let array = |counts: [u32; 3]| {
        let [first, second, third] = counts;
        format!("array_type[{first}][{second}][{third}] {{ {WORD} }}")
    };
    let steps =
        [([0, 2, 0], "type-respelled"), ([0, 2, 6], "member-type-changed"), ([0, 1, 0], "type-respelled")];
    for (counts, class) in steps {
        let found = classes(&one(&array([0, 3, 0])), &one(&array(counts)));
        assert_eq!(found, [class], "{counts:?}");
    }
    assert_eq!(classes(&one(&array([0, 2, 6])), &one(&array([0, 3, 4]))), ["member-type-changed"]);
    // A bit-field of eight bits is a byte.
    let bits = |kind: &str, more: &str| {
        format!("s#s structure_type s {{ member {kind} x {more} , {} }} byte_size(2)", member(CHAR, "d", 1))
    };
    let byte = "base_type unsigned char byte_size(1) encoding(8)";
    let field = bits(byte, "bit_size(8) data_bit_offset(0)");
    assert_eq!(classes(&field, &bits(byte, "data_member_location(0)")), ["type-respelled"]);
    assert_eq!(classes(&field, &bits(byte, "bit_size(7) data_bit_offset(0)")), ["bit-field-changed"]);
    // Its unit says how the whole is aligned.
    let wide = bits(UNSIGNED, "bit_size(8) data_bit_offset(0)");
    let told = classes(&wide, &bits(byte, "data_member_location(0)"));
    assert_eq!(told, ["type-respelled", "type-respelled", "alignment-changed"]);
}

#[test]
fn typedefs_are_looked_through_on_both_sides() {
    let build = |typedefs: &str, kind: &str| {
        let s = structure(&[(kind, "x", 0)], 4);
        file(&[&s, typedefs])
    };
    let byte = "base_type unsigned int byte_size(4) encoding(7)";
    let (u32, raw) = (format!("t#u32 typedef_type u32 {{ {byte} }}"), build("", byte));
    let result = compare(&[&raw], &[&build(&u32, "t#u32")]);
    assert_eq!(result.causes[0].1, ["type-respelled"]);
    let chain = format!("{u32}\nt#gfp_t typedef_type gfp_t {{ t#u32 }}");
    let result = compare(&[&build(&u32, "t#u32")], &[&build(&chain, "t#gfp_t")]);
    assert_eq!(result.causes[0].1, ["type-respelled"]);
    let signed = u32.replace("unsigned int byte_size(4) encoding(7)", "int byte_size(4) encoding(5)");
    let result = compare(&[&raw], &[&build(&signed, "t#u32")]);
    assert_eq!(result.causes[0].1, ["signedness-changed"]);
    // An endless typedef ends.
    let endless = "t#u32 typedef_type u32 { t#gfp_t }\nt#gfp_t typedef_type gfp_t { t#u32 }";
    let result = compare(&[&raw], &[&build(endless, "t#u32")]);
    assert_eq!(result.causes[0].1, ["member-type-changed"]);
}

#[test]
fn one_decision_is_one_cause() {
    let build = |char: &str| {
        let types: Vec<String> = (0..5)
            .map(|at| format!("s#t{at} structure_type t{at} {{ {} }} byte_size(8)", member(char, "x", at)))
            .collect();
        let exports: Vec<String> =
            (0..5).map(|at| format!("f{at} variable pointer_type {{ s#t{at} }} byte_size(8)")).collect();
        [types, exports].concat().join("\n")
    };
    let unsigned = CHAR.replace("(6)", "(8)");
    let result = compare(&[&build(CHAR)], &[&build(&unsigned)]);
    assert_eq!(result.causes.len(), 1, "{:?}", result.causes);
    let (_, classes, exports) = &result.causes[0];
    assert_eq!((classes.as_slice(), exports.len()), (&["signedness-changed"][..], 5));
    assert_eq!(result.texts, ["'char' was signed, and is unsigned, in the type of member 'x'"]);
    // Two decisions are two causes, whichever types differ for both.
    let both = |char: &str, word: &str| {
        let b = format!(
            "s#b structure_type b {{ {} , {} }} byte_size(16)",
            member(char, "x", 0),
            member(word, "y", 8)
        );
        format!("{}\n{b}\ng variable s#b\nh variable {word}\n", build(char))
    };
    let long = WORD.replace("long unsigned", "long long unsigned");
    let result = compare(&[&both(CHAR, WORD)], &[&both(&unsigned, &long)]);
    let told: Vec<_> =
        result.causes.iter().map(|(_, classes, exports)| (classes.clone(), exports.len())).collect();
    assert_eq!(told, [(Vec::from(["signedness-changed"]), 6), (Vec::from(["type-respelled"]), 2)]);
}

#[test]
fn whatever_has_a_value_of_a_type_that_grows_is_named() {
    let i = |count: u32| {
        let members: Vec<String> = (0..count).map(|at| member(INT, &format!("m{at}"), 4 * at)).collect();
        format!("s#i structure_type i {{ {} }} byte_size({})", members.join(" , "), 4 * count)
    };
    let pointer = "f variable pointer_type { s#i } byte_size(8)";
    let cases = [
        ("v variable s#i", "variable 'v' is a 'struct i'"),
        ("v variable array_type[3] { s#i }", "'v' has an array of 'struct i'"),
        ("g subprogram ( formal_parameter s#i p ) -> base_type void", "'g' takes a 'struct i' by value"),
        ("g subprogram ( ) -> s#i", "'g' gives back a 'struct i' by value"),
        ("t#t typedef_type t { s#i }\nv variable t#t", "variable 'v' is a 't'"),
        (
            "s#o structure_type o { member array_type[2] { structure_type { member s#i x } } y } byte_size(8)\n\
             v variable pointer_type { s#o } byte_size(8)",
            "'struct o' has an array of 'struct i' (y.x)",
        ),
    ];
    for (using, told) in cases {
        let old = format!("{}\n{pointer}\n{using}", i(1));
        let result =
            compare(&[&old], &[&old.replace(&i(1), &i(2)).replace("byte_size(8)\nv", "byte_size(16)\nv")]);
        let cause = result.causes.iter().find(|(name, _, _)| name == "s#i").unwrap();
        assert_eq!(cause.1, ["member-appended", "value-resized"], "{using}");
        assert!(result.texts.iter().any(|text| text.ends_with(told)), "{told}: {:?}", result.texts);
    }
    // At the end of something else, through pointers alone, it is for those who allocate it.
    let outer = |size: u32| {
        format!(
            "s#o structure_type o {{ {} , {} }} byte_size({size})\nv variable pointer_type {{ s#o }} byte_size(8)",
            member(INT, "a", 0),
            member("s#i", "i", 4)
        )
    };
    let result = compare(&[&format!("{}\n{}", i(1), outer(8))], &[&format!("{}\n{}", i(2), outer(12))]);
    assert_eq!(result.causes, [("s#i".into(), Vec::from(["member-appended"]), Vec::from(["v".into()]))]);
    // Two levels further out, something moves.
    let around = |size: u32, at: u32| {
        format!(
            "{}\ns#p structure_type p {{ {} , {} }} byte_size({})\nw variable pointer_type {{ s#p }} byte_size(8)",
            outer(size),
            member("s#o", "o", 0),
            member(INT, "z", at),
            at + 4
        )
    };
    let result =
        compare(&[&format!("{}\n{}", i(1), around(8, 8))], &[&format!("{}\n{}", i(2), around(12, 12))]);
    assert_eq!(result.causes.len(), 1);
    let moved = "the size was 4, and is 8; in 'struct p', member 'z' was at offset 8, and is at offset 12";
    assert_eq!(result.texts[1], moved);
}

#[test]
fn parameters_that_changed_places_are_told_as_that() {
    let of = |parameters: &[&str]| {
        let parameters: Vec<String> =
            parameters.iter().map(|text| format!("formal_parameter {text}")).collect();
        format!("f subprogram ( {} ) -> {INT}", parameters.join(" , "))
    };
    let (a, b, c) = (&*format!("{INT} a"), &*format!("{LONG} b"), &*format!("{INT} c"));
    let result = compare(&[&of(&[a, b, c])], &[&of(&[b, a, c])]);
    assert_eq!(result.causes[0].1, ["parameter-moved"]);
    assert_eq!(result.texts, ["parameters 'a' and 'b' have changed places"]);
    let result = compare(&[&of(&[a, b, c])], &[&of(&[b, c, a])]);
    assert_eq!(result.texts, ["parameter 'a' was number 1, and is number 3; 2 more have moved"]);
    // Of one type, they may only have changed their names.
    let result = compare(&[&of(&[a, c])], &[&of(&[c, a])]);
    assert_eq!(result.causes[0].1, ["type-reinterpreted"]);
}

#[test]
fn enumerators_in_front_of_a_count_are_behind_all_others() {
    let of = |items: &[(&str, u64)]| {
        let items: Vec<String> =
            items.iter().map(|(name, value)| format!("enumerator {name} = {value}")).collect();
        format!("e#e enumeration_type e {{ {} }} byte_size(4)\nf variable e#e", items.join(" , "))
    };
    let old = of(&[("STATE_NEW", 0), ("STATE_RUN", 1), ("STATE_MAX", 2)]);
    let new = of(&[("STATE_NEW", 0), ("STATE_RUN", 1), ("STATE_DEAD", 2), ("STATE_MAX", 3)]);
    let result = compare(&[&old], &[&new]);
    assert_eq!(result.causes[0].1, ["enumerator-appended"]);
    let told = "enumerator 'STATE_DEAD = 2' was added in front of the count 'STATE_MAX', which is 3 now";
    assert_eq!(result.texts, [told]);
    // Others may have higher values than the count.
    let [higher_old, higher_new] = [&old, &new].map(|text| text.replace("STATE_NEW = 0", "STATE_NEW = 4096"));
    assert_eq!(compare(&[&higher_old], &[&higher_new]).causes[0].1, ["enumerator-appended"]);
    // In front of something else, it moves that.
    let old = old.replace("STATE_MAX", "STATE_GONE");
    let new = new.replace("STATE_MAX", "STATE_GONE");
    let result = compare(&[&old], &[&new]);
    assert_eq!(result.causes[0].1, ["enumerator-inserted"]);
}

#[test]
fn bit_fields_that_nobody_places_may_be_where_they_were_in_other_company() {
    let field = |at: u32| format!("member {UNSIGNED} b bit_size(8) data_member_location({at})");
    let nameless_too = nameless("structure_type", &field(0), 4, 0);
    let inner = format!("member structure_type {{ {} }} byte_size(4) g data_member_location(0)", field(0));
    let old = of(&[member(CHAR, "a", 0), field(0)], 2);
    let new = of(&[member(CHAR, "a", 0), nameless("union_type", &inner, 4, 1)], 5);
    assert_eq!(classes(&old, &new), ["not-stated", "size-changed"]);
    // As the kernel's struct_group has them.
    let new =
        of(&[member(CHAR, "a", 0), nameless("union_type", &format!("{nameless_too} , {inner}"), 4, 1)], 5);
    assert_eq!(classes(&old, &new), ["not-stated", "other", "not-stated", "size-changed"]);
}

#[test]
fn an_alignment_that_a_type_has_anyway_is_harmless() {
    let one = structure(&[(LONG, "a", 0)], 8);
    assert_eq!(classes(&one, &format!("{one} alignment(8)")), ["alignment-stated"]);
    assert_eq!(classes(&one, &format!("{one} alignment(16)")), ["alignment-changed"]);
}

#[test]
fn types_that_have_values_of_themselves_end() {
    let build = |kind: &str| {
        let a = format!("s#a structure_type a {{ {} }} byte_size(8)", member("s#b", "b", 0));
        let b = format!("s#b structure_type b {{ {} }} byte_size(8)", member("s#a", "a", 0));
        file(&[&structure(&[(kind, "x", 0)], 8), &a, &b])
    };
    let result = compare(&[&build("s#a")], &[&build(LONG)]);
    assert_eq!(result.causes[0].1, ["member-type-changed"]);
}

#[test]
fn what_takes_no_space_can_move_too() {
    let none = |at: u32| format!("member array_type[0] {{ {LONG} }} a data_member_location({at})");
    let (old, new) = (of(&[member(LONG, "b", 0), none(8)], 8), of(&[none(0), member(LONG, "b", 0)], 8));
    assert_eq!(classes(&old, &new), ["member-moved"]);
}

#[test]
fn an_enumeration_that_is_pointed_to_has_a_size() {
    let of = |more: &str, size: u32| {
        format!("e#e enumeration_type e {{ enumerator A = 0{more} }} byte_size({size})")
    };
    let user = "s#s structure_type s { member pointer_type { e#e } byte_size(8) p data_member_location(0) } byte_size(8)";
    let (old, new) = (of("", 4), of(" , enumerator B = 8589934719", 8));
    let found = compare(&[&file(&[&old, user])], &[&file(&[&new, user])]);
    assert_eq!(found.causes[0].1, ["enumerator-appended", "value-resized"]);
}

#[test]
fn a_structure_around_a_union_is_no_other_type() {
    let inner = format!(
        "u#i union_type i {{ {} , member {INT} bits bit_size(9) data_bit_offset(0) }} byte_size(8)",
        member(LONG, "d", 0)
    );
    let around = "structure_type { member u#i y data_member_location(0) } byte_size(8)";
    let union = |one: &str, other: &str| {
        format!("s#s union_type s {{ member {around} {one} , member u#i {other} }} byte_size(8)")
    };
    let with = |text: &str| compare(&[&file(&[&inner, &union("a", "b")])], &[&file(&[&inner, text])]);
    let found = with(&union("b", "a"));
    assert!(
        !found.causes.is_empty() && !found.causes[0].1.contains(&"member-type-changed"),
        "{:?}",
        found.causes
    );
}

#[test]
fn an_array_of_what_is_aligned_otherwise_moves() {
    let inner = |alignment: &str| {
        format!("s#i structure_type i {{ {} }} byte_size(16){alignment}", member(LONG, "x", 0))
    };
    let outer = |at: u32, size: u32| {
        let array = format!("member array_type[0] {{ s#i }} c data_member_location({at})");
        of(&[member(LONG, "a", 0), array], size)
    };
    let user = "f subprogram ( formal_parameter pointer_type { s#s } byte_size(8) s ) -> base_type void";
    let old = file(&[&inner(""), &outer(8, 8), user]);
    let new = file(&[&inner(" alignment(16)"), &outer(16, 16), user]);
    let found = compare(&[&old], &[&new]);
    assert_eq!(found.causes[0].1, ["alignment-changed", "value-resized"], "{:?}", found.causes);
}

#[test]
fn functions_are_compared_by_what_they_take_and_return() {
    let of = |parameters: &[&str], result: &str| {
        let parameters: Vec<String> =
            parameters.iter().map(|parameter| format!("formal_parameter {parameter}")).collect();
        let function = format!("subroutine_type ( {} ) -> {result}", parameters.join(" , "));
        structure(&[(&format!("pointer_type {{ {function} }} byte_size(8)"), "f", 0)], 8)
    };
    let (a, b) = (&*format!("{INT} a"), &*format!("{INT} b"));
    let constant = format!("const_type {{ {INT} }} b");
    let one = of(&[a, b], INT);
    for (class, other) in [
        ("member-type-changed", of(&[a], INT)),
        ("member-type-changed", of(&[a, b, a], INT)),
        ("member-type-changed", of(&[a, &format!("{LONG} b")], INT)),
        ("member-type-changed", of(&[a, b], LONG)),
        ("signedness-changed", of(&[a, &format!("{UNSIGNED} b")], INT)),
        ("qualifier-changed", of(&[a, &constant], INT)),
        ("type-respelled", of(&[a, &format!("{INT} c")], INT)),
    ] {
        assert_eq!(classes(&one, &other), [class], "{other}");
        assert_eq!(classes(&other, &one), [class], "{other}");
    }
}

#[test]
fn numbers_of_one_kind_and_size_are_only_spelled_otherwise() {
    let of = |name: &str, size: u32, encoding: u32| {
        let base = format!("base_type {name} byte_size({size}) encoding({encoding})");
        structure(&[(&base, "a", 0)], size)
    };
    assert_eq!(classes(&of("double", 8, 4), &of("_Float64", 8, 4)), ["type-respelled"]);
    assert_eq!(classes(&of("double", 8, 4), &of("long long int", 8, 5)), ["member-type-changed"]);
    assert_eq!(classes(&of("long long int", 8, 5), &of("ssize_t", 8, 5)), ["type-respelled"]);
    // Of a vector, DWARF states no more than its size.
    assert_eq!(classes(&of("v", 8, 0), &of("w", 8, 0)), ["member-type-changed"]);
}

#[test]
fn arrays_of_no_elements_are_alike_but_for_how_far_they_are_apart() {
    let of = |element: &str, counts: &[u32]| {
        let open: String = counts.iter().map(|count| format!("array_type[{count}] {{ ")).collect();
        let close = " }".repeat(counts.len());
        structure(&[(INT, "a", 0), (&format!("{open}{element}{close}"), "b", 4)], 4)
    };
    // `b[0]` of other elements: what `b[1]` is depends on it.
    assert_eq!(classes(&of(INT, &[0]), &of(LONG, &[0])), ["member-type-changed"]);
    assert_eq!(classes(&of(INT, &[0]), &of(UNSIGNED, &[0])), ["signedness-changed"]);
}
