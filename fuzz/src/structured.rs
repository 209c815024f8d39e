//! Objects of a model: what must come out is known.

use arbitrary::{Arbitrary, Result, Unstructured};
use dwarfksyms_tests::model::{Answer, Encoding, Layout, Model, Refusal, ask, encode, expected};

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
    let answers = layouts.each_ref().map(|layout| {
        let expected = expected(&model, layout, stable);
        for encoding in &encodings {
            compare(&expected.answer, &model, layout, encoding, stable);
        }
        expected
    });
    let [one, other] = answers;
    if !one.lost_a_comma && !other.lost_a_comma {
        assert_eq!(one.answer.map(described), other.answer.map(described));
    }
    Ok(())
}

fn compare(
    expected: &std::result::Result<Answer, Refusal>,
    model: &Model,
    layout: &Layout,
    encoding: &Encoding,
    stable: bool,
) {
    let object = encode(model, layout, encoding);
    let list = layout.symbol_list();
    let answer = ask(&object, &list, stable, &LIMITS);
    assert_eq!(answer, ask(&object, &list, stable, &LIMITS));
    let answer = answer.map_err(|error| Refusal::from(error.kind()));
    if *expected != Err(Refusal::TooLong) {
        assert_eq!(*expected, answer, "{model:?}\n{layout:?}\n{encoding:?}");
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
