//! What must hold for every model, however it is written down.

use std::fs;

use arbitrary::{Arbitrary, Unstructured};
use dwarfksyms_core::{Error, ErrorKind, Exports, Image, Limits, Object, Options, Result, Scheme, Versions};
use dwarfksyms_tests::model::{
    Answer, Encoding, Layout, Mode, Model, Numbers, Place, Refusal, Shape, Sharing, SymbolKind, Type,
    Wrapper, ask, ask_with, edits, encode, expected, overlooked, reached, with_distinct_names,
};
use dwarfksyms_tests::object::{self, Unit};
use dwarfksyms_tests::{repository, samples};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed};

/// Always the same cases, fewer without `DWARFKSYMS_SLOW`, unless `PROPTEST_CASES` and `PROPTEST_RNG_SEED` say otherwise.
fn config() -> Config {
    let seed = std::env::var("PROPTEST_RNG_SEED").ok().and_then(|seed| seed.parse().ok());
    let cases = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok());
    Config {
        rng_seed: RngSeed::Fixed(seed.unwrap_or(1)),
        failure_persistence: None,
        max_shrink_iters: 4096,
        ..Config::with_cases(cases.unwrap_or(samples(100, 300)))
    }
}

/// Anything that is drawn from bytes; fewer and smaller bytes are simpler.
fn drawn<T: for<'a> Arbitrary<'a> + std::fmt::Debug>(most: usize) -> impl Strategy<Value = T> {
    vec(any::<u8>(), 0..most)
        .prop_map(|bytes| T::arbitrary(&mut Unstructured::new(&bytes)).expect("bytes never run out"))
}

/// A model, and two ways to lay it out.
fn laid_out() -> impl Strategy<Value = (Model, Layout, Layout)> {
    (drawn::<Model>(1500), vec(any::<u8>(), 0..100), vec(any::<u8>(), 0..100)).prop_map(
        |(model, one, other)| {
            let layout =
                |bytes: &[u8]| Layout::draw(&mut Unstructured::new(bytes), &model).expect("never fails");
            let (one, other) = (layout(&one), layout(&other));
            (model, one, other)
        },
    )
}

/// What the core says about a model that is written down like this; two times the same.
fn answer(model: &Model, layout: &Layout, encoding: &Encoding, mode: impl Into<Mode>) -> Result<Answer> {
    let object = encode(model, layout, encoding);
    let mode = mode.into();
    let ask = || ask(&object, &layout.symbol_list(), mode, &Limits::default());
    let answer = ask();
    assert_eq!(answer, ask());
    answer
}

/// Compares the core with the oracle.
fn check(model: &Model, layout: &Layout, encoding: &Encoding, mode: Mode) -> Result<(), TestCaseError> {
    let expected = expected(model, layout, mode);
    match (expected.answer, answer(model, layout, encoding, mode)) {
        (Ok(expected), Ok(answer)) => prop_assert_eq!(expected, answer),
        (Err(Refusal::TooLong), _) => {}
        (Err(refusal), Err(error)) => prop_assert_eq!(refusal, error.kind().into()),
        (expected, answer) => prop_assert!(false, "expected {expected:?}, got {answer:?}"),
    }
    Ok(())
}

/// The same model without the qualifiers that canonical descriptions leave out: nobody sees what is said of them.
fn without_overlooked(mut model: Model) -> Model {
    for declared in &mut model.types {
        if let Shape::Wrapper(wrapper @ (Wrapper::Restrict | Wrapper::Atomic), _) = &mut declared.shape {
            *wrapper = Wrapper::Const;
        }
    }
    model
}

/// An encoding, in which members may be where older versions of DWARF say that they are.
fn canonical_encoding() -> impl Strategy<Value = Encoding> {
    (drawn::<Encoding>(40), any::<bool>())
        .prop_map(|(encoding, is_old_fashioned)| Encoding { is_old_fashioned, ..encoding })
}

/// An answer without the names that are not described.
fn described(mut answer: Answer) -> Answer {
    answer.versions.retain(|_, version| version.is_some());
    answer
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn the_oracle_agrees(
        (model, layout, _) in laid_out(),
        encoding in drawn::<Encoding>(40),
        stable in any::<bool>(),
    ) {
        check(&model, &layout, &encoding, stable.into())?;
    }

    #[test]
    fn the_oracle_agrees_on_canonical_versions(
        (model, layout, _) in laid_out(),
        encoding in canonical_encoding(),
        stable in any::<bool>(),
    ) {
        check(&model, &layout, &encoding, Mode { stable, canonical: true })?;
    }

    #[test]
    fn versions_per_unit_are_those_of_objects_with_one_unit(
        (model, mut layout, _) in laid_out(),
        encoding in drawn::<Encoding>(40),
        stable in any::<bool>(),
    ) {
        layout.sharing = Sharing::Copies;
        // Addresses that mean nothing would say where something is at home.
        let encoding = Encoding { has_noise: false, ..encoding };
        let scheme = Scheme::PerUnit { shows_types: false };
        let options = Options::default().stable(stable).scheme(scheme);
        let object = encode(&model, &layout, &encoding);
        let together = ask_with(&object, &layout.symbol_list(), options, &Limits::default());
        let mut is_refused = false;
        // Functions and variables have no address here, so that it is uncertain where they are at home: they are apart.
        let is_pointer = |symbol: usize| matches!(model.symbols[symbol].kind, SymbolKind::Pointer(_));
        for (unit, pointers) in layout.units.iter().flat_map(|unit| [(unit, true), (unit, false)]) {
            let symbols = unit.iter().filter(|&&symbol| is_pointer(symbol) == pointers);
            let names: Vec<String> = symbols.flat_map(|&symbol| model.symbols[symbol].names()).collect();
            let list = layout.list.iter().filter(|name| names.contains(name)).cloned().collect();
            let own = Layout { units: vec![unit.clone()], sharing: Sharing::Copies, list };
            if own.list.is_empty() {
                continue;
            }
            match (answer(&model, &own, &encoding, stable), &together) {
                (Err(_), together) => {
                    is_refused = true;
                    prop_assert!(together.is_err());
                }
                (Ok(own), Ok(together)) => {
                    for (name, version) in own.versions {
                        prop_assert_eq!(together.versions.get(&name), Some(&version), "{}", name);
                    }
                }
                (Ok(_), Err(_)) => {}
            }
        }
        prop_assert!(is_refused || together.is_ok());
    }

    #[test]
    fn canonical_versions_depend_on_neither_encoding_nor_layout(
        (model, one, other) in laid_out(),
        encodings in (canonical_encoding(), canonical_encoding()),
        stable in any::<bool>(),
    ) {
        let ask = |layout, encoding| {
            let answer = answer(&model, layout, encoding, Mode { stable, canonical: true });
            answer.map(described).map_err(|error| error.kind())
        };
        prop_assert_eq!(ask(&one, &encodings.0), ask(&other, &encodings.1));
    }

    #[test]
    fn canonical_versions_do_not_depend_on_other_exports(
        (model, layout, _) in laid_out(),
        encoding in canonical_encoding(),
        number in any::<prop::sample::Index>(),
    ) {
        let mode = Mode { stable: false, canonical: true };
        let Ok(all) = answer(&model, &layout, &encoding, mode) else { return Ok(()) };
        // One symbol is left alone.
        let mut fewer = layout.clone();
        let kept: Vec<String> = model.symbols[number.index(model.symbols.len())].names().collect();
        fewer.list.retain(|name| kept.contains(name));
        if fewer.list.is_empty() {
            return Ok(());
        }
        // The model says what is exported for the oracle only; the list decides.
        let alone = answer(&model, &fewer, &encoding, mode).expect("it was fine with others");
        for name in &fewer.list {
            prop_assert_eq!(alone.versions[name], all.versions[name], "{}", name);
        }
    }

    #[test]
    fn a_change_of_the_abi_shows_in_canonical_versions_and_no_other(
        (model, layout, _) in laid_out(),
        encoding in canonical_encoding(),
        seed in any::<u64>(),
    ) {
        let mode = Mode { stable: false, canonical: true };
        let model = without_overlooked(with_distinct_names(model));
        let Ok(known) = answer(&model, &layout, &encoding, mode) else { return Ok(()) };
        let mut edits = edits(&model);
        edits.extend(overlooked(&model));
        Numbers(seed).shuffle(&mut edits);
        for edit in edits.iter().take(8) {
            let new = answer(&edit.model, &layout, &encoding, mode).expect("it was fine before");
            for (number, symbol) in model.symbols.iter().enumerate().filter(|(_, symbol)| symbol.is_exported) {
                let is_reached = match edit.place {
                    Place::Type(id) => edit.is_visible && reached(&model, number).contains(&id),
                    Place::Symbol(other) => number == other,
                };
                let is_changed = known.versions[&symbol.name] != new.versions[&symbol.name];
                prop_assert_eq!(is_changed, is_reached, "{} of {:?}: {}", edit.what, edit.place, symbol.name);
            }
        }
    }

    #[test]
    fn the_encoding_does_not_matter(
        (model, layout, _) in laid_out(),
        one in drawn::<Encoding>(40),
        other in drawn::<Encoding>(40),
        stable in any::<bool>(),
    ) {
        let kind = |result: Result<Answer>| result.map_err(|error| error.kind());
        prop_assert_eq!(
            kind(answer(&model, &layout, &one, stable)),
            kind(answer(&model, &layout, &other, stable))
        );
    }

    #[test]
    fn the_layout_does_not_matter(
        (model, one, other) in laid_out(),
        encoding in drawn::<Encoding>(40),
        stable in any::<bool>(),
    ) {
        // Which comma is lost, and where old names go, does depend on it.
        let loses = |layout| expected(&model, layout, stable).depends_on_order;
        if !loses(&one) && !loses(&other) {
            let ask = |layout| {
                answer(&model, layout, &encoding, stable).map(described).map_err(|error| error.kind())
            };
            prop_assert_eq!(ask(&one), ask(&other));
        }
    }

    #[test]
    fn a_change_of_the_abi_shows_and_no_other(
        (model, layout, _) in laid_out(),
        encoding in drawn::<Encoding>(40),
        seed in any::<u64>(),
    ) {
        let model = with_distinct_names(model);
        let before = expected(&model, &layout, false);
        let Ok(known) = answer(&model, &layout, &encoding, false) else { return Ok(()) };
        let mut edits = edits(&model);
        Numbers(seed).shuffle(&mut edits);
        for edit in edits.iter().take(8) {
            let after = expected(&edit.model, &layout, false);
            let is_exact = !before.depends_on_order && !after.depends_on_order;
            let new = answer(&edit.model, &layout, &encoding, false).expect("it was fine before");
            for (number, symbol) in model.symbols.iter().enumerate().filter(|(_, symbol)| symbol.is_exported) {
                let is_reached = match edit.place {
                    Place::Type(id) => edit.is_visible && reached(&model, number).contains(&id),
                    Place::Symbol(other) => number == other,
                };
                let is_changed = known.versions[&symbol.name] != new.versions[&symbol.name];
                if is_reached || is_exact {
                    prop_assert_eq!(is_changed, is_reached, "{} of {:?}: {}", edit.what, edit.place, symbol.name);
                }
            }
        }
    }

    #[test]
    fn what_is_added_without_being_reached_does_not_matter(
        (model, layout, _) in laid_out(),
        more in drawn::<Type>(100),
        encoding in drawn::<Encoding>(40),
        stable in any::<bool>(),
    ) {
        let mut larger = model.clone();
        larger.types.push(more);
        larger.normalize();
        let mut symbol = larger.symbols[0].clone();
        (symbol.name, symbol.is_exported) = ("more".to_owned(), false);
        larger.symbols.push(symbol);
        let mut wider = layout.clone();
        wider.units[0].insert(0, model.symbols.len());
        if let Sharing::Once(units) = &mut wider.sharing {
            units.push(0);
        }
        let kind = |result: Result<Answer>| result.map_err(|error| error.kind());
        prop_assert_eq!(
            kind(answer(&model, &layout, &encoding, stable)),
            kind(answer(&larger, &wider, &encoding, stable))
        );
    }
}

/// The parts of units that are in files of their own can be added in any order.
#[test]
fn the_order_of_split_files_does_not_matter() {
    let folder = repository().join("corpus/golden/split-gcc");
    let read = |name: &str| fs::read(folder.join(name)).expect("a file of the corpus");
    for (object, files) in [("prog4", ["x4.dwo", "y4.dwo"]), ("prog5", ["x5.dwo", "y5.dwo"])] {
        let (list, bytes, files) = (read("syms"), read(object), files.map(read));
        let limits = Limits::default();
        let answer = |order: [usize; 2]| -> Result<Vec<Option<u32>>> {
            let exports = Exports::parse(&list, &limits)?;
            let mut versions = Versions::new(&exports, &limits)?;
            let mut object = Object::parse(&bytes, Options::default(), &limits)?;
            let units = object.split_units()?;
            let images = files.iter().map(|file| Image::parse_split(file, &limits));
            let mut images = images.collect::<Result<Vec<_>>>()?.into_iter().map(Some).collect::<Vec<_>>();
            let parts = order.map(|at| (images[at].take().expect("once"), &units[at..=at]));
            object.attach(parts)?;
            let mut description = object.description_with(&exports, &versions, |_| Ok::<(), Error>(()))?;
            description.compute(&exports, &mut versions)?;
            Ok(exports.iter().map(|(id, _)| versions.get(id)).collect())
        };
        let expected = answer([0, 1]).expect("it is sound");
        assert!(expected.iter().flatten().count() > 1);
        assert_eq!(answer([1, 0]), Ok(expected));
    }
}

/// What is in files that nobody attached is not taken for what is not described.
#[test]
fn split_files_have_to_be_attached() {
    let folder = repository().join("corpus/golden/split-gcc");
    let read = |name: &str| fs::read(folder.join(name)).expect("a file of the corpus");
    for (object, files) in [("prog4", ["x4.dwo", "y4.dwo"]), ("prog5", ["x5.dwo", "y5.dwo"])] {
        let (list, bytes) = (read("syms"), read(object));
        let limits = Limits::default();
        let exports = Exports::parse(&list, &limits).expect("a list");
        for missing in 0..2 {
            let mut object = Object::parse(&bytes, Options::default(), &limits).expect("it is sound");
            let units = object.split_units().expect("it is sound");
            let there = read(files[1 - missing]);
            let image = Image::parse_split(&there, &limits).expect("it is sound");
            object.attach([(image, &units[1 - missing..2 - missing])]).expect("it is the right one");
            let error = object.description(&exports).expect_err("one is missing");
            assert_eq!(error.kind(), ErrorKind::NotAttached);
            assert!(error.to_string().ends_with(&format!(": '{}'", files[missing])), "{error}");
        }
    }
}

/// Whatever the order of the units, texts are written in the order of the versions.
#[test]
fn texts_are_in_the_order_of_output() {
    let names: Vec<String> = (0..100).map(|number| format!("v{number}\n")).collect();
    let units: Vec<Unit> = names.iter().map(|name| variable(name.trim_end())).collect();
    let bytes = object::Object::with_units(&units).bytes();
    let limits = Limits::default();
    let exports = Exports::parse(names.concat().as_bytes(), &limits).expect("a list");
    let versions = Versions::new(&exports, &limits).expect("no limit is hit");
    let object = Object::parse(&bytes, Options::default(), &limits).expect("it is sound");
    let description = object.description_with(&exports, &versions, |_| Ok::<(), Error>(()));
    let mut text = Vec::new();
    let written = description.expect("it is sound").dump_versions(&exports, |piece| {
        text.extend_from_slice(piece);
        Ok::<(), Error>(())
    });
    assert_eq!(written, Ok(()));
    let expected: Vec<u8> = exports
        .iter()
        .flat_map(|(_, name)| [name, b" variable base_type int byte_size(4)\n"].concat())
        .collect();
    assert_eq!(text.escape_ascii().to_string(), expected.escape_ascii().to_string());
}

/// A unit with a variable of type `int`.
fn variable(name: &str) -> Unit {
    let mut unit = Unit::default();
    let int = unit.offset();
    unit.base_type("int");
    unit.variable(name, int);
    unit
}
