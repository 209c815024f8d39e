//! Objects that are extreme but sound get the right answer, and those without one are refused by name.

use dwarfksyms_core::{
    Error, ErrorKind, Exports, Limit, Limits, Object as Described, Options, Result, Versions,
};
use dwarfksyms_tests::object::{Object, Unit};

/// The version of `v`, with the limits that an object of this size has.
fn version(unit: &Unit) -> Result<u32> {
    version_in(&Object::with_unit(unit), Options::default())
}

/// The version of `v` in an object.
fn version_in(object: &Object, options: Options) -> Result<u32> {
    let limits = Limits::for_input(object.bytes().len() as u64);
    Ok(versions(object, b"v\n", options, &limits)?[0].expect("the symbol is described"))
}

/// The versions of listed symbols, in the order of output.
fn versions(object: &Object, list: &[u8], options: Options, limits: &Limits) -> Result<Vec<Option<u32>>> {
    let bytes = object.bytes();
    let exports = Exports::parse(list, limits)?;
    let mut versions = Versions::new(&exports, limits)?;
    let object = Described::parse(&bytes, options, limits)?;
    let mut description = object.description_with(&exports, &versions, |_| Ok::<(), Error>(()))?;
    description.compute(&exports, &mut versions)?;
    Ok(exports.iter().map(|(id, _)| versions.get(id)).collect())
}

/// A number of things: a tenth of it in a build that is not optimised.
const fn many(count: usize) -> usize {
    if cfg!(debug_assertions) { count / 10 } else { count }
}

/// The version of a symbol with this text.
fn crc(text: &str) -> u32 {
    let mut crc = flate2::Crc::new();
    crc.update(text.as_bytes());
    crc.sum()
}

const INT: &str = "base_type int byte_size(4)";

/// A unit with the variable `v`, whose type is what `types` writes first.
fn unit(types: impl FnOnce(&mut Unit)) -> Unit {
    let mut unit = Unit::default();
    let target = unit.offset() + 7;
    unit.variable("v", target);
    assert_eq!(unit.offset(), target);
    types(&mut unit);
    unit
}

#[test]
fn a_simple_type() {
    let unit = unit(|unit| unit.base_type("int"));
    assert_eq!(version(&unit), Ok(crc(&format!("variable {INT}"))));
}

#[test]
fn half_a_million_pointers() {
    const COUNT: usize = 500_000;
    let unit = unit(|unit| {
        for _ in 0..COUNT {
            unit.pointer(unit.offset() + 5);
        }
        unit.base_type("int");
    });
    let expected = format!("variable {}{INT}{}", "pointer_type { ".repeat(COUNT), " }".repeat(COUNT));
    assert_eq!(version(&unit), Ok(crc(&expected)));
}

#[test]
fn half_a_million_nested_structures() {
    const COUNT: usize = 500_000;
    let unit = unit(|unit| {
        for _ in 0..COUNT {
            unit.structure(None);
            unit.member(unit.offset() + 6);
            unit.end();
        }
        unit.base_type("int");
    });
    let expected =
        format!("variable {}{INT}{}", "structure_type { member ".repeat(COUNT), " }".repeat(COUNT));
    assert_eq!(version(&unit), Ok(crc(&expected)));
}

#[test]
fn a_chain_of_named_structures() {
    const COUNT: usize = 100_000;
    let unit = unit(|unit| {
        for number in 0..COUNT {
            unit.structure(Some(&format!("s{number:06}")));
            unit.member(unit.offset() + 6);
            unit.end();
        }
        unit.base_type("int");
    });
    let open: String = (0..COUNT).map(|number| format!("structure_type s{number:06} {{ member ")).collect();
    assert_eq!(version(&unit), Ok(crc(&format!("variable {open}{INT}{}", " }".repeat(COUNT)))));
}

#[test]
fn a_million_members() {
    const COUNT: usize = 1_000_000;
    let unit = unit(|unit| {
        unit.structure(Some("wide"));
        let int = unit.offset() + 5 * COUNT as u32 + 1;
        for _ in 0..COUNT {
            unit.member(int);
        }
        unit.end();
        unit.base_type("int");
    });
    let members = vec![format!("member {INT}"); COUNT].join(" , ");
    assert_eq!(version(&unit), Ok(crc(&format!("variable structure_type wide {{ {members} }}"))));
}

#[test]
fn a_thousand_nested_namespaces() {
    const COUNT: usize = 1000;
    let mut unit = Unit::default();
    for _ in 0..COUNT {
        unit.namespace("n");
    }
    let target = unit.offset();
    unit.structure(Some("deep"));
    unit.end();
    unit.variable("v", target);
    let expected = format!("variable structure_type {}deep {{ }}", "n::".repeat(COUNT));
    assert_eq!(version(&unit), Ok(crc(&expected)));
}

#[test]
fn a_name_of_16_mib() {
    let name = "x".repeat(16 << 20);
    let unit = unit(|unit| unit.base_type(&name));
    assert_eq!(version(&unit), Ok(crc(&format!("variable base_type {name} byte_size(4)"))));
}

#[test]
fn a_type_that_doubles_with_every_level() {
    let doubling = |levels: u32| {
        unit(|unit| {
            for _ in 0..levels {
                unit.structure(None);
                let next = unit.offset() + 11;
                unit.member(next);
                unit.member(next);
                unit.end();
            }
            unit.base_type("int");
        })
    };
    assert!(version(&doubling(10)).is_ok());
    let kind = version(&doubling(64)).map_err(|error| error.kind());
    assert!(matches!(kind, Err(ErrorKind::Limit(Limit::Text, _))), "{kind:?}");
}

#[test]
fn a_cycle_without_a_name() {
    // A pointer to itself; a structure without a name that points to itself.
    let pointer = unit(|unit| unit.pointer(unit.offset()));
    let structure = unit(|unit| {
        let start = unit.offset();
        unit.structure(None);
        unit.member(unit.offset() + 6);
        unit.end();
        unit.pointer(start);
    });
    for unit in [pointer, structure] {
        assert_eq!(version(&unit).map_err(|error| error.kind()), Err(ErrorKind::NamelessCycle));
    }
}

#[test]
fn a_cycle_through_a_name() {
    let structure = unit(|unit| {
        let start = unit.offset();
        unit.structure(Some("self"));
        unit.member(unit.offset() + 6);
        unit.end();
        unit.pointer(start);
    });
    let text = "variable structure_type self { member pointer_type { s#self } }";
    assert_eq!(version(&structure), Ok(crc(text)));

    let typedef = unit(|unit| {
        let start = unit.offset();
        unit.typedef("self", start + 10);
        unit.pointer(start);
    });
    assert_eq!(version(&typedef), Ok(crc("variable typedef_type self { pointer_type { t#self } }")));
}

/// A variable with so many qualifiers, with limits that are changed.
fn qualified(count: usize, change: impl FnOnce(&mut Limits)) -> Result<u32> {
    let unit = unit(|unit| {
        for _ in 0..count {
            unit.constant(unit.offset() + 5);
        }
        unit.base_type("int");
    });
    let object = Object::with_unit(&unit);
    let mut limits = Limits::for_input(object.bytes().len() as u64);
    change(&mut limits);
    Ok(versions(&object, b"v\n", Options::default(), &limits)?[0].expect("the symbol is described"))
}

#[test]
fn a_million_qualifiers() {
    let count = many(1_000_000);
    let expected = format!("variable {}{INT}{}", "const_type { ".repeat(count), " }".repeat(count));
    assert_eq!(qualified(count, |limits| limits.memory *= 2), Ok(crc(&expected)));
}

#[test]
fn exactly_the_limit_on_depth_passes_and_one_more_fails() {
    // The variable is level 0, and the int comes after the qualifiers: levels 0 to 1000.
    assert!(qualified(999, |limits| limits.depth = 1000).is_ok());
    let kind = qualified(1000, |limits| limits.depth = 1000).map_err(|error| error.kind());
    assert_eq!(kind, Err(ErrorKind::Limit(Limit::Depth, 1000)));
}

#[test]
fn a_million_relocations_in_any_order() {
    // The one that matters is of the unit's header, 6 bytes from its start.
    const WANTED: (u64, u64) = (6, 16);
    let unit = unit(|unit| unit.base_type("int"));
    let behind = (0..many(1_000_000) as u64).map(|number| (1000 + number, number));
    let sorted: Vec<_> = std::iter::once(WANTED).chain(behind).collect();
    let mut reversed = sorted.clone();
    reversed.reverse();
    let mut shuffled = sorted.clone();
    shuffled.sort_by_key(|&(offset, _)| offset.wrapping_mul(0x9e37_79b9_7f4a_7c15));
    for relocations in [sorted, reversed, shuffled] {
        let mut object = Object::with_abbreviations_at(16, &unit);
        object.relocate(&relocations);
        assert_eq!(version_in(&object, Options::default()), Ok(crc(&format!("variable {INT}"))));
    }
}

#[test]
fn a_hundred_thousand_exports_of_one_closure() {
    const TYPES: usize = 1000;
    let count = many(100_000);
    let mut unit = Unit::default();
    let first = unit.offset();
    for number in 0..TYPES {
        unit.structure(Some(&format!("s{number:06}")));
        // The last one refers to the first one again.
        let next = if number + 1 == TYPES { first } else { unit.offset() + 6 };
        unit.member(next);
        unit.end();
    }
    let mut list = String::new();
    for number in 0..count {
        unit.variable(&format!("v{number}"), first);
        list += &format!("v{number}\n");
    }
    let object = Object::with_unit(&unit);
    let found = versions(&object, list.as_bytes(), Options::default(), &Limits::default()).expect("versions");
    let open: String = (0..TYPES).map(|number| format!("structure_type s{number:06} {{ member ")).collect();
    let expected = crc(&format!("variable {open}s#s000000{}", " }".repeat(TYPES)));
    assert_eq!(found.len(), count);
    assert!(found.iter().all(|&version| version == Some(expected)));
}

/// An object with a variable `v` of type `s` and rules.
fn with_rules(rules: &str) -> Object {
    let unit = unit(|unit| {
        unit.structure(Some("s"));
        unit.end();
    });
    let mut object = Object::with_unit(&unit);
    object.add(".discard.gendwarfksyms.kabi_rules", rules.as_bytes().to_vec());
    object
}

#[test]
fn a_chain_of_a_hundred_thousand_rules() {
    let count = many(100_000);
    let stable = Options::default().stable(true);
    let rule = |target: &str, value: &str| format!("1\0type_string\0s#{target}\0{value}\0");
    let mut rules = rule("s", "start s#t0");
    for number in 0..count {
        rules += &rule(&format!("t{number}"), &format!("{number} s#t{}", number + 1));
    }
    rules += &rule(&format!("t{count}"), "end");
    let numbers: String = (0..count).map(|number| format!("{number} ")).collect();
    let expected = crc(&format!("variable start {numbers}end"));
    assert_eq!(version_in(&with_rules(&rules), stable), Ok(expected));

    // The same in a circle.
    rules += &rule(&format!("t{count}"), "end s#s");
    let expected = crc(&format!("variable start {numbers}end s#s"));
    assert_eq!(version_in(&with_rules(&rules), stable), Ok(expected));
}

#[test]
fn a_hundred_thousand_rules_about_one_type() {
    let stable = Options::default().stable(true);
    let rules: String =
        (0..many(100_000)).map(|number| format!("1\0type_string\0s#s\0text {number}\0")).collect();
    let expected = crc(&format!("variable text {}", many(100_000) - 1));
    assert_eq!(version_in(&with_rules(&rules), stable), Ok(expected));
}

#[test]
fn a_list_of_a_million_symbols() {
    let count = many(1_000_000);
    let unit = unit(|unit| unit.base_type("int"));
    let list: String = (0..count).map(|number| format!("symbol_{number}\n")).chain(["v\n".into()]).collect();
    let object = Object::with_unit(&unit);
    let found = versions(&object, list.as_bytes(), Options::default(), &Limits::default()).expect("versions");
    let described: Vec<_> = found.iter().flatten().collect();
    assert_eq!(found.len(), count + 1);
    assert_eq!(described, [&crc(&format!("variable {INT}"))]);
}
