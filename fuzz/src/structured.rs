//! Objects of a model: what must come out is known.

use arbitrary::{Arbitrary, Result, Unstructured};
use dwarfksyms_tests::model::{
    Answer, Encoding, Expected, Layout, Mode, Model, Refusal, ask, encode, expected,
};

use crate::describe::LIMITS;

/// Bytes as a model, written down in two ways: both give what the oracle says, and so does another order of
/// everything, as long as no comma is lost.
pub fn structured(data: &[u8]) {
    // Drawing never fails: bytes that have run out are zeros.
    let _ = draw(&mut Unstructured::new(data));
}

fn draw(u: &mut Unstructured<'_>) -> Result<()> {
    let stable = bool::arbitrary(u)?;
    let encodings = [Encoding::arbitrary(u)?, Encoding::arbitrary(u)?];
    let model = Model::arbitrary(u)?;
    let layouts = [Layout::draw(u, &model)?, Layout::draw(u, &model)?];
    let expected = layouts.each_ref().map(|layout| expected(&model, layout, stable));
    let [plain, other] = &encodings;
    let [one, two] = &layouts;
    compare(&expected[0], &model, one, plain, stable.into());
    compare(&expected[0], &model, one, other, stable.into());
    compare(&expected[1], &model, two, other, stable.into());
    if expected.iter().all(|expected| !expected.depends_on_order) {
        let [one, two] = expected.map(|expected| expected.answer.map(described));
        assert_eq!(one, two);
    }
    let canonical = Mode { stable, canonical: true };
    let expected =
        layouts.each_ref().map(|layout| dwarfksyms_tests::model::expected(&model, layout, canonical));
    compare(&expected[0], &model, one, other, canonical);
    compare(&expected[1], &model, two, plain, canonical);
    let [one, two] = expected.map(|expected| expected.answer.map(described));
    assert_eq!(one, two);
    Ok(())
}

/// Compares the oracle with the core, asked twice.
fn compare(expected: &Expected, model: &Model, layout: &Layout, encoding: &Encoding, mode: Mode) {
    let object = encode(model, layout, encoding);
    let list = layout.symbol_list();
    let answer = ask(&object, &list, mode, &LIMITS);
    assert_eq!(answer, ask(&object, &list, mode, &LIMITS));
    let answer = answer.map_err(|error| Refusal::from(error.kind()));
    if expected.answer != Err(Refusal::TooLong) {
        assert_eq!(expected.answer, answer, "{model:?}\n{layout:?}\n{encoding:?}");
    }
}

/// An answer without the names that are not described.
fn described(mut answer: Answer) -> Answer {
    answer.versions.retain(|_, version| version.is_some());
    answer
}

#[cfg(test)]
#[test]
fn smoke() {
    crate::smoke::test("structured");
}
