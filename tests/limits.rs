//! Of every limit, exactly what an object needs passes, and one less fails and says so.

use dwarfksyms_core::{
    Dump, Error, ErrorKind, Exports, Limit, Limits, Object, Options, Result, Stage, Versions,
};
use dwarfksyms_tests::object::{self, Unit};
use dwarfksyms_tests::repository;

/// What is done besides computing versions.
#[derive(Clone, Copy, Default)]
struct Extras {
    /// Work that was done before.
    carried: u64,
    dump: Dump,
    /// Whether the expanded texts are written.
    expand: bool,
}

/// Describes an object; returns how much work that is.
fn describe(list: &[u8], object: &[u8], extras: Extras, limits: &Limits) -> Result<u64> {
    let exports = Exports::parse(list, limits)?;
    let mut versions = Versions::new(&exports, limits)?;
    let object = Object::parse(object, Options::default().stable(true).dump(extras.dump), limits)?;
    object.carry_work(extras.carried);
    let mut description = object.description_with(&exports, &versions, |step| match step {
        Stage::Described(batch) => object.dump(batch, |_| Ok::<(), Error>(())),
        _ => Ok(()),
    })?;
    description.compute(&exports, &mut versions)?;
    if extras.expand {
        description.dump_versions(&exports, |_| Ok::<(), Error>(()))?;
    }
    Ok(description.work())
}

/// The least value of a limit with which an object can be described.
fn least(limit: Limit, list: &[u8], object: &[u8]) -> u64 {
    least_with(limit, list, object, Extras::default())
}

fn least_with(limit: Limit, list: &[u8], object: &[u8], extras: Extras) -> u64 {
    let limits = Limits::for_input(object.len() as u64);
    let with = |value: u64| {
        let mut limits = limits;
        limits.set(limit, value);
        describe(list, object, extras, &limits).map(drop)
    };
    assert_eq!(with(limits.get(limit)), Ok(()));
    let (mut fails, mut passes) = (None, limits.get(limit));
    while passes > fails.map_or(0, |fails| fails + 1) {
        let middle = fails.map_or(0, |fails: u64| fails + 1).midpoint(passes);
        match with(middle) {
            Ok(()) => passes = middle,
            Err(error) => {
                assert_eq!(error.kind(), ErrorKind::Limit(limit, middle), "{error}");
                let text = error.to_string();
                assert!(text.contains(&format!("({middle} {})", limit.unit())), "{text}");
                assert!(text.contains(limit.what()), "{text}");
                fails = Some(middle);
            }
        }
    }
    passes
}

/// Two namespaces, and in them a structure with two members; the variable `v`, which is a pointer to it.
fn unit() -> Unit {
    unit_of("v")
}

/// The same with another name for the variable.
fn unit_of(variable: &str) -> Unit {
    let mut unit = Unit::default();
    unit.namespace("a");
    unit.namespace("b");
    let structure = unit.offset();
    unit.structure(Some("s"));
    let int = structure + 3 + 2 * 5 + 1;
    unit.member(int);
    unit.member(int);
    unit.end();
    assert_eq!(unit.offset(), int);
    unit.base_type("int");
    unit.end();
    unit.end();
    let pointer = unit.offset();
    unit.pointer(structure);
    unit.variable(variable, pointer);
    unit
}

/// So many units, and the list of their variables.
fn units(count: usize) -> (Vec<u8>, Vec<u8>) {
    let names: Vec<String> = (0..count).map(|number| format!("v{number:03}")).collect();
    let units: Vec<Unit> = names.iter().map(|name| unit_of(name)).collect();
    ((names.join("\n") + "\n").into_bytes(), object::Object::with_units(&units).bytes())
}

fn least_of_unit(limit: Limit) -> u64 {
    least(limit, b"v\n", &object::Object::with_unit(&unit()).bytes())
}

#[test]
fn counts_are_exact() {
    // The test's builder of objects has 10 abbreviations with 11 attributes.
    assert_eq!(least_of_unit(Limit::Abbreviations), 10);
    assert_eq!(least_of_unit(Limit::Attributes), 11);
    assert_eq!(least_of_unit(Limit::List), b"v\n".len() as u64);
    assert_eq!(least_of_unit(Limit::Symbols), 1);
    // When the scope of a structure is entered, those of two namespaces are open.
    assert_eq!(least_of_unit(Limit::Scopes), 2);
    // The variable, the pointer and the structure are open when the base type is described.
    assert_eq!(least_of_unit(Limit::Depth), 3);
    let member = "member base_type a::b::int byte_size(4)";
    let string = format!("structure_type a::b::s {{ {member} , {member} }}");
    assert_eq!(least_of_unit(Limit::Text), string.len() as u64);
    // Passing over all 9 DIEs; then the variable, the pointer, the structure with its two members, whose types
    // are looked at for kABI unions; the base type, and once for the names of both the two namespaces.
    assert_eq!(least_of_unit(Limit::Dies), 9 + 1 + 1 + 3 + 2 + 1 + 2);
    assert_eq!(least_of_unit(Limit::Relocations), 0);
    assert_eq!(least_of_unit(Limit::Rules), 0);
}

/// A chain of types of which the first half is described for one variable and the second for the other.
fn chain(structures: bool) -> Vec<u8> {
    let mut unit = Unit::default();
    let mut last = unit.offset();
    unit.base_type("int");
    for variable in ["first", "second"] {
        for number in 0..100 {
            let next = unit.offset();
            if structures {
                unit.structure(Some(&format!("{variable}{number}")));
                unit.member(last);
                unit.end();
            } else {
                unit.pointer(last);
            }
            last = next;
        }
        unit.variable(variable, last);
    }
    object::Object::with_unit(&unit).bytes()
}

#[test]
fn what_was_described_before_nests_too() {
    let (pointers, structures) = (chain(false), chain(true));
    let list = b"first\nsecond\n";
    // A variable and 200 pointers are open when the base type is written.
    assert_eq!(least(Limit::Depth, list, &pointers), 201);
    let dump = Extras { dump: Dump::Dies, ..Extras::default() };
    let expand = Extras { expand: true, ..Extras::default() };
    let of = |list: &[u8], extras| least_with(Limit::Depth, list, &structures, extras);
    // The one variable, and 200 structures.
    assert_eq!(of(b"second\n", Extras::default()), 201);
    // For the other, half of them are described already; their strings are expanded one within the other.
    let plain = of(list, Extras::default());
    assert!(plain > 190, "{plain}");
    // The variable and all structures are open in the dump; in the text, the innermost structure is at the end.
    assert_eq!((of(list, dump), of(list, expand)), (201, 200));
}

#[test]
fn texts_of_all_kinds_have_a_limit() {
    let object = object::Object::with_unit(&unit());
    let dump = Extras { dump: Dump::Dies, ..Extras::default() };
    let dumped = least_with(Limit::Text, b"v\n", &object.bytes(), dump);
    let parts =
        ["variable pointer_type {", "structure_type a::b::s {", "member base_type a::b::int byte_size(4)"];
    assert!(
        dumped > parts.concat().len() as u64 && dumped > least(Limit::Text, b"v\n", &object.bytes()),
        "{dumped}"
    );

    let mut object = object::Object::with_unit(&unit());
    let rule = [b"1\0type_string\0v\0", &[b'x'; 1000][..], b"\0"].concat();
    object.add(".discard.gendwarfksyms.kabi_rules", rule);
    assert_eq!(least(Limit::Text, b"v\n", &object.bytes()), 1000);
}

#[test]
fn rules_are_counted() {
    let mut object = object::Object::with_unit(&unit());
    object.add(".discard.gendwarfksyms.kabi_rules", b"1\0declonly\0x\0\0".repeat(7));
    assert_eq!(least(Limit::Rules, b"v\n", &object.bytes()), 7);
}

#[test]
fn work_and_memory_have_an_end() {
    let folder = repository().join("corpus/golden/typedefs");
    let read = |name: &str| std::fs::read(folder.join(name)).expect("a file of the corpus");
    let (list, object) = (read("syms"), read("x.o"));
    for limit in [Limit::Work, Limit::Memory, Limit::Relocations, Limit::Dies] {
        let needed = least(limit, &list, &object);
        assert!(needed > 10 && needed < object.len() as u64 * 10, "{}: {needed}", limit.name());
    }
}

#[test]
fn what_units_cost_adds_up() {
    let least_of = |limit, count| {
        let (list, object) = units(count);
        least(limit, &list, &object)
    };
    assert_eq!(least_of(Limit::Dies, 100), 100 * least_of(Limit::Dies, 1));
    // Each time nine DIEs are passed over and ten are read, with the attributes that they have.
    assert!(least_of(Limit::Work, 100) > 100 * 30);
    assert!(least_of(Limit::Work, 100) < 100 * least_of(Limit::Work, 1));
    // They all have the same types, which are kept once.
    let (one, many) = (least_of(Limit::Memory, 1), least_of(Limit::Memory, 100));
    assert!(many > 100 * 100 && many < 30 * one, "{one}, {many}");
}

/// So many units that share one line table with so many files; each has a variable of a structure from its first file.
fn units_with_files(units: usize, files: usize) -> (Vec<u8>, Vec<u8>) {
    let shapes: [&[u8]; 4] = [
        // The root, with DW_AT_stmt_list; a variable; a structure with DW_AT_decl_file.
        &[1, 0x11, 1, 0x10, 0x17, 0, 0],
        &[2, 0x34, 0, 0x03, 0x08, 0x49, 0x13, 0, 0],
        &[3, 0x13, 0, 0x03, 0x08, 0x3a, 0x0b, 0, 0],
        &[0],
    ];
    let mut info = Vec::new();
    let mut list = Vec::new();
    for number in 0..units {
        let name = format!("v{number:03}");
        // A unit's header has 11 bytes, and the root 5.
        let structure = [3, b's', 0, 1];
        let variable = [&[2][..], name.as_bytes(), &[0, 16, 0, 0, 0]].concat();
        info.extend(object::unit(&[&[1, 0, 0, 0, 0][..], &structure, &variable, &[0]].concat()));
        list.extend_from_slice(format!("{name}\n").as_bytes());
    }
    // Version 4, with twelve standard opcodes and no folders.
    let names: Vec<u8> = (0..files).flat_map(|_| *b"a.h\0\0\0\0").collect();
    let header = [&[1, 1, 1, 0xfb, 14, 13][..], &[0; 12], &[0], &names, &[0]].concat();
    let rest = [&[4, 0][..], &(header.len() as u32).to_le_bytes(), &header].concat();
    let mut object = object::Object::with_dwarf(shapes.concat(), info);
    object.add(".debug_line", [&(rest.len() as u32).to_le_bytes()[..], &rest].concat());
    (list, object.bytes())
}

#[test]
fn a_line_table_that_units_share_is_read_once() {
    let of = |units, files| {
        let (list, object) = units_with_files(units, files);
        work(&list, &object)
    };
    // Each file is a step or two.
    let one = of(1, 5000) - of(1, 1);
    assert!(one > 5000, "{one}");
    let many = of(100, 5000) - of(100, 1);
    assert!(many < 2 * one, "{one}, {many}");
    // Damage there is an error all the same if the table is needed.
    let (list, mut object) = units_with_files(2, 1);
    let name = object.windows(4).position(|bytes| bytes == b"a.h\0").expect("the file's name");
    object[name + 4..name + 7].fill(0x80);
    let error =
        describe(&list, &object, Extras::default(), &Limits::default()).expect_err("a number without end");
    assert!(error.to_string().starts_with(".debug_line+"), "{error}");
}

#[test]
fn work_that_was_done_before_counts() {
    let object = object::Object::with_unit(&unit()).bytes();
    let (limits, extras) = (Limits::default(), Extras { carried: 1000, ..Extras::default() });
    let needed = work(b"v\n", &object);
    assert_eq!(needed, least_of_unit(Limit::Work));
    assert_eq!(describe(b"v\n", &object, extras, &limits), Ok(needed + 1000));
    let limits = limits.with(Limit::Work, needed + 999);
    let error = describe(b"v\n", &object, extras, &limits).expect_err("one too many");
    assert_eq!(error.kind(), ErrorKind::Limit(Limit::Work, needed + 999));
}

/// A unit with as many structures as variables, which all reach all of them.
fn unit_with_large_dumps(first: usize) -> Unit {
    const COUNT: usize = 40;
    let mut unit = Unit::default();
    let int = unit.offset();
    unit.base_type("int");
    let mut next = int;
    for number in 0..COUNT {
        let structure = unit.offset();
        unit.structure(Some(&format!("s{number:02}")));
        unit.member(next);
        unit.end();
        next = structure;
    }
    for number in 0..COUNT {
        unit.variable(&format!("v{:04}", first + number), next);
    }
    unit
}

#[test]
fn dumps_have_a_limit_for_all_batches_together() {
    let list: String = (0..2000).map(|number| format!("v{number:04}\n")).collect();
    let units: Vec<Unit> = (0..50).map(|unit| unit_with_large_dumps(unit * 40)).collect();
    let object = object::Object::with_units(&units).bytes();
    let needed = work(list.as_bytes(), &object);
    // The dump of a batch fits, that of all does not: each symbol writes 40 structures out.
    let limits = Limits::default().with(Limit::Work, needed);
    let extras = Extras { dump: Dump::Dies, ..Extras::default() };
    let error = describe(list.as_bytes(), &object, extras, &limits).expect_err("too much is dumped");
    assert_eq!(error.kind(), ErrorKind::Limit(Limit::Work, 8 * needed));
}

#[test]
fn symbols_share_what_they_reach() {
    let mut unit = Unit::default();
    let int = unit.offset();
    unit.base_type("int");
    let mut last = int;
    for number in 0..100 {
        let next = unit.offset();
        unit.structure(Some(&format!("s{number}")));
        unit.member(last);
        (0..10).for_each(|_| unit.member(int));
        unit.end();
        last = next;
    }
    let of = |count: u64| {
        let mut unit = unit.clone();
        let names: Vec<String> = (0..count).map(|number| format!("v{number:03}\n")).collect();
        names.iter().for_each(|name| unit.variable(name.trim_end(), last));
        work(names.concat().as_bytes(), &object::Object::with_unit(&unit).bytes())
    };
    // Not as much as it would take to hash the 1100 members for each of them.
    let (few, many) = (of(1), of(101));
    assert!(many - few < 100 * 300, "{few}, {many}");
}

#[test]
fn sets_of_types_do_not_take_more_memory_than_there_is() {
    // What all types reach takes room with the square of their number, and is done without if there is little.
    let of = |count: usize| {
        let mut unit = Unit::default();
        let mut last = unit.offset();
        unit.base_type("int");
        for number in 0..count {
            let next = unit.offset();
            unit.structure(Some(&format!("s{number}")));
            unit.member(last);
            unit.end();
            last = next;
        }
        unit.variable("v", last);
        least(Limit::Memory, b"v\n", &object::Object::with_unit(&unit).bytes())
    };
    let (few, many) = (of(1000), of(8000));
    assert!(many < 10 * few, "{few}, {many}");
}

/// Abbreviations: a root with children; what a variable, a base type, a structure and a member need; others.
fn shapes(more: &[&[u8]]) -> Vec<u8> {
    // Names are in the string section.
    let usual: [&[u8]; 5] = [
        &[1, 0x11, 1, 0, 0],
        &[2, 0x34, 0, 0x03, 0x0e, 0x49, 0x13, 0, 0],
        &[3, 0x24, 0, 0x03, 0x0e, 0x0b, 0x0b, 0, 0],
        &[4, 0x13, 1, 0x03, 0x0e, 0, 0],
        &[5, 0x0d, 0, 0x49, 0x13, 0, 0],
    ];
    [&usual.concat()[..], &more.concat(), &[0]].concat()
}

/// The base type `int` at 12, whose name is at 1 of the strings.
const INT: [u8; 6] = [3, 1, 0, 0, 0, 4];
const INT_AT: u8 = 12;

/// How much work it is to describe an object with these DIEs.
fn work_of(list: &[u8], abbreviations: Vec<u8>, dies: &[&[u8]], strings: &[u8]) -> u64 {
    let dies = [&[1], &INT[..], &dies.concat(), &[0]].concat();
    let mut object = object::Object::with_dwarf(abbreviations, object::unit(&dies));
    object.add(".debug_str", [b"\0int\0", strings].concat());
    work(list, &object.bytes())
}

fn work(list: &[u8], object: &[u8]) -> u64 {
    describe(list, object, Extras::default(), &Limits::default()).expect("it is sound")
}

const LONG: usize = 1 << 20;

#[test]
fn what_takes_time_is_work() {
    let nothing = work_of(b"f\n", shapes(&[]), &[], &[]);
    assert!(nothing < 200);

    // Flags that are present take no bytes in a DIE.
    let flags = [&[6, 0x24, 0][..], &[0x3f, 0x19].repeat(1000), &[0, 0]].concat();
    assert!(work_of(b"f\n", shapes(&[&flags]), &[&[6; 1000]], &[]) > 1_000_000);
    // The same for DIEs that are read, not passed over.
    let flags = [&[6, 0x34, 0][..], &[0x3f, 0x19].repeat(1000), &[0, 0]].concat();
    assert!(work_of(b"f\n", shapes(&[&flags]), &[&[6; 1000]], &[]) > 1_000_000);
    // And for the unit's root, whose attributes are looked at one by one.
    let sparse: Vec<u8> = (0..100).flat_map(|_| [0x7f, 0x24, 0, 0, 0]).collect();
    assert!(work_of(b"f\n", shapes(&[&sparse]), &[], &[]) > 32 * 100);

    // A string in a DIE is looked through for its end, 16 bytes in a step.
    let long = [vec![b'x'; LONG], vec![0]].concat();
    let name = [6, 0x24, 0, 0x03, 0x08, 0, 0];
    assert!(work_of(b"f\n", shapes(&[&name]), &[&[6], &long], &[]) > LONG as u64 / 16);
    let name = [6, 0x34, 0, 0x03, 0x08, 0, 0];
    let read = work_of(b"f\n", shapes(&[&name]), &[&[6], &long], &[]);
    // It is the name of a variable, so it is compared with the list too.
    assert!(read > 2 * (LONG as u64 / 16), "{read}");

    // A hundred DIEs with one name that stands elsewhere, 16 bytes in a step.
    let variables = [2, 5, 0, 0, 0, INT_AT, 0, 0, 0].repeat(100);
    let read = work_of(b"f\n", shapes(&[]), &[&variables], &long);
    assert!(read > 100 * LONG as u64 / 16, "{read}");
    // If it could be in the list, it is hashed.
    let list = [&long[1..LONG], b"\n"].concat();
    let read = work_of(&list, shapes(&[]), &[&variables], &[&long[2..], b"\0"].concat());
    assert!(read > 100 * (LONG as u64 - 2), "{read}");

    // A structure that several symbols have, in front of which another leads to the same types, and to more of them than
    // are noted: its text is hashed for each of the symbols.
    let mut unit = Unit::default();
    let int = unit.offset();
    unit.base_type("int");
    let same: Vec<u32> = (0..10)
        .map(|number| {
            let at = unit.offset();
            unit.structure(Some(&format!("same{number}")));
            unit.end();
            at
        })
        .collect();
    let both = unit.offset();
    unit.structure(None);
    let (first, second) = (both + 1 + 2 * 5 + 1, both + 1 + 2 * 5 + 1 + 13 + 9 * 5);
    unit.member(first);
    unit.member(second);
    unit.end();
    assert_eq!(unit.offset(), first);
    unit.structure(Some("first"));
    same.iter().for_each(|&at| unit.member(at));
    unit.end();
    assert_eq!(unit.offset(), second);
    unit.structure(Some("second"));
    same.iter().for_each(|&at| unit.member(at));
    for _ in 0..10_000 {
        unit.member(int);
    }
    unit.end();
    let with = |count: usize| {
        let mut unit = unit.clone();
        let names: Vec<String> = (0..count).map(|number| format!("v{number:03}\n")).collect();
        names.iter().for_each(|name| unit.variable(name.trim_end(), both));
        work(names.concat().as_bytes(), &object::Object::with_unit(&unit).bytes())
    };
    // Every member is more than 32 bytes.
    let (few, many) = (with(1), with(101));
    assert!(many - few > 100 * 10_000 * 2, "{few}, {many}");
}

#[test]
fn relocations_are_work() {
    let mut object = object::Object::with_unit(&unit());
    let needed = least(Limit::Work, b"v\n", &object.bytes());
    let entries: Vec<(u64, u64)> = (0..1000).map(|number| (10_000 + number, 0)).collect();
    object.relocate(&entries);
    assert_eq!(least(Limit::Work, b"v\n", &object.bytes()), needed + 1000 + 2);
    // If they have to be sorted, that takes memory too.
    let memory = least(Limit::Memory, b"v\n", &object.bytes());
    let mut object = object::Object::with_unit(&unit());
    object.relocate(&entries.iter().rev().copied().collect::<Vec<_>>());
    assert_eq!(least(Limit::Work, b"v\n", &object.bytes()), needed + 33 * 1000 + 2);
    assert!(least(Limit::Memory, b"v\n", &object.bytes()) >= memory + 4 * 1000);
}

#[test]
fn the_documentation_is_true() {
    let text = std::fs::read_to_string(repository().join("SECURITY.md")).expect("SECURITY.md");
    for limit in Limit::ALL {
        let row = format!("| `{}` | {} |", limit.name(), limit.default_formula());
        assert!(text.contains(&row), "{row}");
    }
    // What the formulas say is what is done.
    const MIB: u64 = 1 << 20;
    let limits = Limits::for_input(4096);
    let expected = [
        256 * MIB + 32 * 4096,
        128 * MIB + 64 * 4096,
        16 * MIB + 8 * 4096,
        MIB,
        MIB,
        16 * MIB + 16 * 4096,
        MIB,
        4 * MIB,
        MIB + 1024,
        MIB,
        64 * MIB,
        16 * MIB,
        64 * MIB + 64 * 4096,
        256 * MIB + 64 * 4096,
    ];
    let values: Vec<_> = Limit::ALL.iter().map(|&limit| limits.get(limit)).collect();
    assert_eq!(values, expected);
}
