//! Fully qualified names (SPEC section 4) and type names (section 6), for the oracle.

use super::types::*;

/// The fully qualified name of every type.
pub(super) fn qualified_names(model: &Model) -> Vec<Option<String>> {
    (0..model.types.len()).map(|id| qualified_name(model, id)).collect()
}

fn qualified_name(model: &Model, id: TypeId) -> Option<String> {
    let own = model.types[id].name.as_ref()?;
    let mut text = String::new();
    for scope in scopes(model, id) {
        match scope {
            Some(name) => text += &format!("{name}::"),
            None if text.is_empty() => {}
            None => text += "<anonymous>::",
        }
    }
    text += own;
    (!text.is_empty()).then_some(text)
}

/// The names of the scopes that count, the outermost first.
fn scopes(model: &Model, id: TypeId) -> Vec<Option<String>> {
    match &model.types[id].parent {
        Parent::Scopes(scopes) => {
            let mut names = Vec::new();
            for scope in scopes {
                match scope {
                    Scope::Namespace(name) => names.push(name.clone()),
                    Scope::Function => names.clear(),
                }
            }
            names
        }
        &Parent::Type(parent) => match model.types[parent].shape {
            Shape::Record(RecordKind::Structure | RecordKind::Class, ..) => {
                let mut names = scopes(model, parent);
                names.push(model.types[parent].name.clone());
                names
            }
            _ => Vec::new(),
        },
    }
}

/// The type name of a type with this qualified name, if its kind has one.
pub(super) fn type_name(declared: &Type, qualified: Option<&str>) -> Option<String> {
    let prefix = match declared.shape {
        Shape::Record(RecordKind::Structure | RecordKind::Class, ..) => 's',
        Shape::Record(RecordKind::Union, ..) => 'u',
        Shape::Enumeration(..) => 'e',
        Shape::Wrapper(Wrapper::Typedef, _) => 't',
        _ => return None,
    };
    let name = qualified?;
    let quote = if name.contains(' ') { "'" } else { "" };
    Some(format!("{prefix}#{quote}{name}{quote}"))
}
