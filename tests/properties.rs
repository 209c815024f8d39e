//! What must hold for every model, however it is written down.

use arbitrary::{Arbitrary, Unstructured};
use dwarfksyms_core::Limits;
use dwarfksyms_tests::model::{Encoding, Expected, Layout, Model, Refusal, ask, encode, expected};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed};

/// Always the same cases, unless `PROPTEST_CASES` and `PROPTEST_RNG_SEED` say otherwise.
fn config() -> Config {
    let seed = std::env::var("PROPTEST_RNG_SEED").ok().and_then(|seed| seed.parse().ok());
    let cases = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok());
    Config {
        rng_seed: RngSeed::Fixed(seed.unwrap_or(1)),
        failure_persistence: None,
        max_shrink_iters: 4096,
        ..Config::with_cases(cases.unwrap_or(300))
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

/// Compares the core with the oracle.
fn check(
    model: &Model,
    layout: &Layout,
    encoding: &Encoding,
    stable: bool,
) -> Result<Expected, TestCaseError> {
    let expected = expected(model, layout, stable);
    let object = encode(model, layout, encoding);
    let answer = ask(&object, &layout.symbol_list(), stable, &Limits::default());
    match (&expected.answer, answer) {
        (Ok(expected), Ok(answer)) => prop_assert_eq!(expected, &answer),
        (Err(Refusal::TooLong), _) => {}
        (Err(refusal), Err(error)) => prop_assert_eq!(*refusal, error.kind().into()),
        (expected, answer) => prop_assert!(false, "expected {expected:?}, got {answer:?}"),
    }
    Ok(expected)
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn the_oracle_agrees(
        (model, layout, _) in laid_out(),
        encoding in drawn::<Encoding>(40),
        stable in any::<bool>(),
    ) {
        check(&model, &layout, &encoding, stable)?;
    }
}
