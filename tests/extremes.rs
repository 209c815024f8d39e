//! Objects that are extreme but sound get the right answer, and those without one are refused by name.

use dwarfksyms_core::{
    Error, ErrorKind, Exports, Limit, Limits, Object as Described, Options, Result, Versions,
};
use dwarfksyms_tests::object::{Object, Unit};

/// The version of `v`, with the limits that an object of this size has.
fn version(unit: &Unit) -> Result<u32> {
    let bytes = Object::with_unit(unit).bytes();
    let limits = Limits::for_input(bytes.len() as u64);
    let exports = Exports::parse(b"v\n", &limits)?;
    let mut versions = Versions::new(&exports, &limits)?;
    let object = Described::parse(&bytes, Options::default(), &limits)?;
    let mut description = object.description(&exports, &versions, |_| Ok::<(), Error>(()))?;
    description.compute(&exports, &mut versions)?;
    let id = exports.find(b"v").expect("the symbol is listed");
    Ok(versions.get(id).expect("the symbol is described"))
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
