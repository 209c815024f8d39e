//! Of every limit, exactly what an object needs passes, and one less fails and says so.

use dwarfksyms_core::{Error, ErrorKind, Exports, Limit, Limits, Object, Options, Result, Versions};
use dwarfksyms_tests::object::{self, Unit};
use dwarfksyms_tests::repository;

fn describe(list: &[u8], object: &[u8], limits: &Limits) -> Result<()> {
    let exports = Exports::parse(list, limits)?;
    let mut versions = Versions::new(&exports, limits)?;
    let object = Object::parse(object, Options { stable: true, ..Options::default() }, limits)?;
    let mut description = object.description(&exports, &versions, |_| Ok::<(), Error>(()))?;
    description.compute(&exports, &mut versions)
}

/// The least value of a limit with which an object can be described.
fn least(limit: Limit, list: &[u8], object: &[u8]) -> u64 {
    let limits = Limits::for_input(object.len() as u64);
    let with = |value: u64| {
        let mut limits = limits;
        limits.set(limit, value);
        describe(list, object, &limits)
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
                assert!(text.contains(&format!("--limit {}=N", limit.name())), "{text}");
                fails = Some(middle);
            }
        }
    }
    passes
}

/// Two namespaces, and in them a structure with two members; a variable that is a pointer to it.
fn unit() -> Unit {
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
    unit.variable("v", pointer);
    unit
}

fn least_of_unit(limit: Limit) -> u64 {
    least(limit, b"v\n", &object::Object::with_unit(&unit()).bytes())
}

#[test]
fn counts_are_exact() {
    // The test's builder of objects has 10 abbreviations with 11 attributes.
    assert_eq!(least_of_unit(Limit::Abbreviations), 10);
    assert_eq!(least_of_unit(Limit::Attributes), 11);
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
        16 * MIB,
        64 * MIB + 64 * 4096,
        256 * MIB + 64 * 4096,
    ];
    let values: Vec<_> = Limit::ALL.iter().map(|&limit| limits.get(limit)).collect();
    assert_eq!(values, expected);
}
