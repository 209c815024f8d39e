//! Any bytes as kABI rules.

use dwarfksyms_core::{Dump, Object, Options};
use dwarfksyms_tests::model::{Encoding, Layout, Replaced, ask, encode_with};

use crate::describe::{LIMITS, check};
use crate::fixed::fixed_model;

/// Any bytes as the section of kABI rules of an object with a type of every kind. Unless they are asked for, rules
/// change nothing.
pub fn kabi_rules(data: &[u8]) {
    let model = fixed_model();
    let layout = Layout::plain(&model);
    let object =
        |rules| encode_with(&model, &layout, &Encoding::PLAIN, Replaced { rules: Some(rules), lines: None });
    let (with, without) = (object(data), object(&[]));
    let list = layout.symbol_list();
    let options = Options::default().stable(true).dump(Dump::Dies);
    check(&list, with.len(), options, &|limits| Object::parse(&with, options, limits));
    assert_eq!(ask(&with, &list, false, &LIMITS), ask(&without, &list, false, &LIMITS));
}

#[cfg(test)]
#[test]
fn smoke() {
    crate::smoke::test("kabi_rules");
}
