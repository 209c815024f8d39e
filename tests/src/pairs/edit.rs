//! One edit of a state: somewhere, and of some kind.

use super::draw::Drawer;
use super::types::{Definition, Export, Record, Side, Type, count, inline, visit};
use super::{enumeration, prototype, record};

/// Edits a state; says what was done, or nothing if there was nothing to do it to.
pub(super) fn edit(drawer: &mut Drawer, side: &mut Side) -> Option<&'static str> {
    match drawer.numbers.below(20) {
        0..2 => exported(drawer, side),
        2..5 => definition(drawer, side),
        _ => some_record(drawer, side),
    }
}

/// What is exported itself.
fn exported(drawer: &mut Drawer, side: &mut Side) -> Option<&'static str> {
    let at = drawer.numbers.below(side.exports.len());
    let known = side.clone();
    match &mut side.exports[at] {
        Export::Function(signature) => prototype::edit(drawer, &known, signature),
        Export::Variable(Type::Array(_, Some(count))) if drawer.percent(50) => {
            *count += 1;
            Some("longer variable")
        }
        Export::Variable(Type::Pointer(target)) if !matches!(**target, Type::Const(_)) => {
            **target = Type::Const(Box::new((**target).clone()));
            Some("const behind the variable")
        }
        Export::Variable(_) => None,
    }
}

/// An enumeration or typedef.
fn definition(drawer: &mut Drawer, side: &mut Side) -> Option<&'static str> {
    let at = drawer.numbers.below(side.definitions.len());
    let mut known = side.clone();
    known.definitions.truncate(at);
    match &mut side.definitions[at] {
        Definition::Enumeration(enumerators) => enumeration::edit(drawer, enumerators),
        Definition::Opaque => {
            let record = Record { is_union: false, ..drawer.record(&known, 3, 1) };
            side.definitions[at] = Definition::Record(record);
            Some("declaration defined")
        }
        Definition::Typedef(Type::Inline(_)) | Definition::Record(_) => None,
        Definition::Typedef(ty) => record::retype(drawer, &known, ty),
    }
}

/// A structure or union, those inside of others included.
fn some_record(drawer: &mut Drawer, side: &mut Side) -> Option<&'static str> {
    // More often than not the main type, which is the last.
    let at = if drawer.percent(60) {
        side.definitions.len() - 1
    } else {
        drawer.numbers.below(side.definitions.len())
    };
    let mut known = side.clone();
    known.definitions.truncate(at);
    let is_record = matches!(side.definitions[at], Definition::Record(_));
    let root = match &mut side.definitions[at] {
        Definition::Record(record) => record,
        Definition::Typedef(ty) => inline(ty)?,
        Definition::Enumeration(_) | Definition::Opaque => return None,
    };
    let all = count(root);
    let chosen = if drawer.percent(50) { 0 } else { drawer.numbers.below(all) };
    let mut done = None;
    drawer.own = is_record.then_some(at);
    visit(root, chosen, &mut |found| done = record::edit(drawer, &known, found));
    drawer.own = None;
    done
}
