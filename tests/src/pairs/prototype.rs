//! Edits of functions, exported ones and those behind pointers.

use super::draw::Drawer;
use super::record;
use super::types::{Side, Signature, Type};

pub(super) fn edit(drawer: &mut Drawer, side: &Side, signature: &mut Signature) -> Option<&'static str> {
    let count = signature.parameters.len();
    let at = drawer.numbers.below(count);
    match drawer.numbers.below(9) {
        0 => {
            let parameter = drawer.parameter(side);
            signature.parameters.insert(drawer.numbers.below(count + 1), parameter);
            Some("parameter added")
        }
        // What leads to the main type stays.
        1 if count > 1 && !leads_to_main(side, &signature.parameters[at].ty) => {
            signature.parameters.remove(at);
            Some("parameter removed")
        }
        2 if count > 1 => {
            signature.parameters.swap(at, (at + 1) % count);
            Some("parameters swapped")
        }
        3 if count > 1 => {
            let name = drawer.name();
            signature.parameters[at].name = name;
            Some("parameter renamed")
        }
        4 | 5 if count > 0 && !leads_to_main(side, &signature.parameters[at].ty) => {
            record::retype(drawer, side, &mut signature.parameters[at].ty)
        }
        6 if count > 0 => match &mut signature.parameters[at].ty {
            Type::Pointer(target) if !matches!(**target, Type::Const(_) | Type::Function(_)) => {
                let inner = std::mem::replace(&mut **target, Type::Void);
                **target = Type::Const(Box::new(inner));
                Some("const behind a pointer")
            }
            _ => None,
        },
        7 if !leads_to_main(side, &signature.result) => {
            signature.result = if drawer.percent(50) { Type::Void } else { drawer.scalar(side) };
            Some("another result")
        }
        _ => None,
    }
}

fn leads_to_main(side: &Side, ty: &Type) -> bool {
    match ty {
        Type::Named(index) => *index + 1 == side.definitions.len(),
        Type::Pointer(inner) | Type::Const(inner) | Type::Array(inner, _) => leads_to_main(side, inner),
        _ => false,
    }
}
