//! Properties of comparisons: an export has a cause if and only if its version differs, whatever was edited.

use std::collections::BTreeSet;

use dwarfksyms_core::Limits;
use dwarfksyms_symtypes::compare::{Comparison, Outcome};
use dwarfksyms_symtypes::types::{Catalog, Lines, Side};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed};

/// How many types and exports there are, at most.
const MOST: usize = 6;

/// A build: each type a list of members, each export a list of parameters. A file has all types, and some exports.
#[derive(Clone, Debug)]
struct Build {
    types: Vec<Type>,
    exports: Vec<Vec<Item>>,
    files: usize,
}

/// A structure.
#[derive(Clone, Debug)]
struct Type {
    name: usize,
    members: Vec<Item>,
    alignment: bool,
}

/// A member or parameter.
#[derive(Clone, Debug)]
enum Item {
    Int,
    Long,
    Pointer(usize),
    Embedded(usize),
    Callback(usize),
}

/// What is done to a build.
#[derive(Clone, Debug)]
enum Edit {
    Member(usize, usize, Item),
    Insert(usize, usize, Item),
    Remove(usize, usize),
    Align(usize),
    Rename(usize),
    Parameter(usize, Item),
    Export(Vec<Item>),
    Unexport,
}

fn item() -> impl Strategy<Value = Item> {
    prop_oneof![
        Just(Item::Int),
        Just(Item::Long),
        (0..MOST).prop_map(Item::Pointer),
        (0..MOST).prop_map(Item::Embedded),
        (0..MOST).prop_map(Item::Callback),
    ]
}

fn build() -> impl Strategy<Value = Build> {
    let members = vec(vec(item(), 0..5), 1..=MOST);
    (members, vec(vec(item(), 0..4), 1..=MOST), 1..4_usize).prop_map(|(members, exports, files)| {
        let named = |(name, members)| Type { name, members, alignment: false };
        Build { types: members.into_iter().enumerate().map(named).collect(), exports, files }
    })
}

fn edit() -> impl Strategy<Value = Edit> {
    let at = || 0..MOST;
    prop_oneof![
        (at(), at(), item()).prop_map(|(of, at, item)| Edit::Member(of, at, item)),
        (at(), at(), item()).prop_map(|(of, at, item)| Edit::Insert(of, at, item)),
        (at(), at()).prop_map(|(of, at)| Edit::Remove(of, at)),
        at().prop_map(Edit::Align),
        at().prop_map(Edit::Rename),
        (at(), item()).prop_map(|(of, item)| Edit::Parameter(of, item)),
        vec(item(), 0..3).prop_map(Edit::Export),
        Just(Edit::Unexport),
    ]
}

impl Item {
    /// The text; a type that there is not is another one.
    fn text(&self, types: &[Type]) -> String {
        let name = |at: &usize| types[at % types.len()].name;
        match self {
            Item::Int => "base_type int byte_size(4) encoding(5)".to_owned(),
            Item::Long => "base_type long int byte_size(8) encoding(5)".to_owned(),
            Item::Pointer(at) => format!("pointer_type {{ s#t{} }} byte_size(8)", name(at)),
            Item::Embedded(at) => format!("s#t{}", name(at)),
            Item::Callback(at) => format!(
                "pointer_type {{ subroutine_type ( formal_parameter pointer_type {{ s#t{} }} byte_size(8) ) -> base_type \
                 void }} byte_size(8)",
                name(at)
            ),
        }
    }
}

impl Build {
    fn edited(&self, edits: &[Edit]) -> Build {
        let mut build = self.clone();
        let Build { types, exports, .. } = &mut build;
        let count = types.len();
        for edit in edits {
            match edit {
                Edit::Member(of, at, item) => {
                    if let Some(member) = types[of % count].members.get_mut(*at) {
                        *member = item.clone();
                    }
                }
                Edit::Insert(of, at, item) => {
                    let members = &mut types[of % count].members;
                    members.insert(at % (members.len() + 1), item.clone());
                }
                Edit::Remove(of, at) => {
                    let members = &mut types[of % count].members;
                    if *at < members.len() {
                        members.remove(*at);
                    }
                }
                Edit::Align(of) => types[of % count].alignment ^= true,
                Edit::Rename(of) => types[of % count].name += 100,
                Edit::Parameter(of, item) => {
                    let at = of % exports.len().max(1);
                    if let Some(export) = exports.get_mut(at) {
                        export.push(item.clone());
                    }
                }
                Edit::Export(parameters) => exports.push(parameters.clone()),
                Edit::Unexport => {
                    exports.pop();
                }
            }
        }
        build
    }

    /// Symtypes, a file each.
    fn texts(&self) -> Vec<String> {
        let line = |of: &Type| {
            let member = |(at, item): (usize, &Item)| {
                format!("member {} m{at} data_member_location({})", item.text(&self.types), 8 * at)
            };
            let members: Vec<String> = of.members.iter().enumerate().map(member).collect();
            let alignment = if of.alignment { " alignment(16)" } else { "" };
            let (name, size) = (of.name, 8 * of.members.len());
            format!(
                "s#t{name} structure_type t{name} {{ {} }} byte_size({size}){alignment}\n",
                members.join(" , ")
            )
        };
        let types: String = self.types.iter().map(line).collect();
        let mut texts = vec![types; self.files];
        for (number, parameters) in self.exports.iter().enumerate() {
            let parameter =
                |(at, item): (usize, &Item)| format!("formal_parameter {} p{at}", item.text(&self.types));
            let parameters: Vec<String> = parameters.iter().enumerate().map(parameter).collect();
            let line = format!("f{number} subprogram ( {} ) -> base_type void\n", parameters.join(" , "));
            texts[number % self.files].push_str(&line);
        }
        texts
    }
}

/// Compares builds, and gives what was found to `look`.
fn compare<T>(old: &[String], new: &[String], look: impl FnOnce(&Catalog<'_>, &Outcome) -> T) -> T {
    let limits = Limits::default();
    let mut catalog = Catalog::new(&limits);
    for (side, texts) in [(Side::Old, old), (Side::New, new)] {
        for text in texts {
            let lines = Lines::scan(text.as_bytes(), &limits).expect("symtypes");
            catalog.add(side, &lines).expect("within limits");
        }
    }
    catalog.finish().expect("within limits");
    let comparison = Comparison::new(&catalog).expect("within limits");
    // In any order.
    let found = (0..comparison.pairs()).rev().map(|pair| comparison.compare(pair).expect("within limits"));
    let found = found.collect();
    look(&catalog, &comparison.finish(found).expect("within limits"))
}

/// The names of exports that have a cause.
fn explained(catalog: &Catalog<'_>, outcome: &Outcome) -> BTreeSet<Vec<u8>> {
    for (name, causes) in &outcome.exports {
        assert!(!causes.is_empty());
        for &cause in causes.iter() {
            assert!(outcome.causes[cause as usize].exports.contains(name));
        }
    }
    for cause in &outcome.causes {
        assert!(!cause.changes.is_empty() && !cause.exports.is_empty());
    }
    outcome.exports.iter().map(|(name, _)| catalog.name(*name).to_vec()).collect()
}

/// The names of exports on both sides whose versions, computed from the types, differ.
fn differing(catalog: &Catalog<'_>) -> BTreeSet<Vec<u8>> {
    let limits = Limits::default();
    let mut names = BTreeSet::new();
    for export in catalog.exports(Side::Old) {
        let Some(other) = catalog.export(Side::New, export.name) else { continue };
        let version = |file| {
            catalog
                .versions(file, &[export.name], &[], &mut dwarfksyms_core::budget::Budget::new(&limits))
                .expect("within limits")
        };
        if version(export.file) != version(other.file) {
            names.insert(catalog.name(export.name).to_vec());
        }
    }
    names
}

/// Always the same cases, unless `PROPTEST_CASES` and `PROPTEST_RNG_SEED` say otherwise.
fn config() -> Config {
    let seed = std::env::var("PROPTEST_RNG_SEED").ok().and_then(|seed| seed.parse().ok());
    let cases = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok());
    Config {
        rng_seed: RngSeed::Fixed(seed.unwrap_or(1)),
        failure_persistence: None,
        ..Config::with_cases(cases.unwrap_or(500))
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn an_export_has_a_cause_if_and_only_if_its_version_differs(build in build(), edits in vec(edit(), 0..4)) {
        let (old, new) = (build.texts(), build.edited(&edits).texts());
        let there = compare(&old, &new, |catalog, outcome| {
            (explained(catalog, outcome), differing(catalog), added(catalog), added_to(catalog, Side::Old))
        });
        prop_assert_eq!(&there.0, &there.1);
        // The other way round, the same exports differ, and what was added is removed.
        let back = compare(&new, &old, |catalog, outcome| {
            (explained(catalog, outcome), differing(catalog), added_to(catalog, Side::Old), added(catalog))
        });
        prop_assert_eq!(there, back);
    }

    #[test]
    fn nothing_differs_from_itself(build in build()) {
        let texts = build.texts();
        let is_empty = compare(&texts, &texts, |_, outcome| outcome.causes.is_empty() && outcome.exports.is_empty());
        prop_assert!(is_empty);
    }
}

/// The names of exports that the new side alone has.
fn added(catalog: &Catalog<'_>) -> BTreeSet<Vec<u8>> {
    added_to(catalog, Side::New)
}

/// The names of exports that one side alone has.
fn added_to(catalog: &Catalog<'_>, side: Side) -> BTreeSet<Vec<u8>> {
    let other = if side == Side::Old { Side::New } else { Side::Old };
    let exports = catalog.exports(side).iter();
    let exports = exports.filter(|export| catalog.export(other, export.name).is_none());
    exports.map(|export| catalog.name(export.name).to_vec()).collect()
}
