//! How alike two types are for code that was compiled with one of them.

use super::base::Reading;
use super::types::{Side, Signature, Type};

/// From what nobody notices to what is another type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Likeness {
    /// Whatever they are called and qualified.
    Same,
    /// What a pointer leads to has another sign, or is `void` on one side; an enumeration has become an integer.
    Retargeted,
    /// Of one size, and read in another way.
    Doubtful,
    /// Of another size, or called in another way.
    Other,
}

use Likeness::{Doubtful, Other, Retargeted, Same};

/// An old and a new type, each with its state.
pub(super) fn likeness(old: (&Side, &Type), new: (&Side, &Type)) -> Likeness {
    let (before, after) = (old.1.resolved(old.0), new.1.resolved(new.0));
    match (before, after) {
        (Type::Void, Type::Void) => Same,
        (Type::Base(before), Type::Base(after)) if before.size() != after.size() => Other,
        (Type::Base(before), Type::Base(after)) if before.reading() == after.reading() => Same,
        (Type::Base(_), Type::Base(_)) => Doubtful,
        // What has changed in it is looked at by itself.
        (Type::Named(before), Type::Named(after)) if before == after => Same,
        (Type::Inline(_), Type::Inline(_)) => Same,
        (Type::Array(before, _), Type::Array(after, _)) => likeness((old.0, before), (new.0, after)),
        (Type::Function(before), Type::Function(after)) => signatures((old.0, before), (new.0, after)),
        (Type::Pointer(before), Type::Pointer(after)) => targets((old.0, before), (new.0, after)),
        (Type::Named(_), Type::Base(base)) | (Type::Base(base), Type::Named(_))
            if base.is_integer() && before.record(old.0).is_none() && after.record(new.0).is_none() =>
        {
            Retargeted
        }
        _ => Doubtful,
    }
}

/// What pointers lead to.
fn targets(old: (&Side, &Type), new: (&Side, &Type)) -> Likeness {
    let (before, after) = (old.1.resolved(old.0), new.1.resolved(new.0));
    match (before, after) {
        (Type::Function(_), Type::Function(_)) => likeness(old, new),
        (Type::Void, _) | (_, Type::Void) if before != after => Retargeted,
        (Type::Base(before), Type::Base(after))
            if before.size() == after.size()
                && [before.reading(), after.reading()].iter().all(is_integer) =>
        {
            if before.reading() == after.reading() { Same } else { Retargeted }
        }
        _ => likeness(old, new).min(Doubtful),
    }
}

fn is_integer(reading: &Reading) -> bool {
    matches!(reading, Reading::Signed | Reading::Unsigned)
}

/// What is called through a pointer: nothing is measured of it, but that sizes differ.
fn signatures(old: (&Side, &Signature), new: (&Side, &Signature)) -> Likeness {
    if old.1.parameters.len() != new.1.parameters.len() {
        return Other;
    }
    let pairs = old.1.parameters.iter().zip(&new.1.parameters);
    let parameters = pairs.map(|(before, after)| likeness((old.0, &before.ty), (new.0, &after.ty)));
    let result = likeness((old.0, &old.1.result), (new.0, &new.1.result));
    parameters.chain([result]).max().unwrap_or(Same)
}
