//! How objects are described: each unit by itself, or the object as a whole.
//!
//! A kernel's build gives every source's object its versions before it is linked. So what was linked is described per
//! unit, which gives the same numbers, and an object of one source as a whole. Whoever wants the other says so.

use dwarfksyms_core::{Object, Result, Scheme};

use super::Detail;

/// How an object is described, or several objects.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Manner {
    /// All units together, as the kernel's own tool does.
    Whole,
    /// Each unit as if it had an object of its own.
    PerUnit,
    /// For canonical versions, which depend on the ABI alone.
    Canonical,
    /// Some objects in one manner, some in another.
    Mixed,
}

impl Manner {
    /// What reports call it.
    pub(crate) fn id(self) -> &'static str {
        match self {
            Manner::Whole => "whole",
            Manner::PerUnit => "per-unit",
            Manner::Canonical => "canonical",
            Manner::Mixed => "mixed",
        }
    }

    /// The manner of this and that together.
    pub(super) fn and(self, other: Manner) -> Manner {
        if self == other { self } else { Manner::Mixed }
    }

    /// The manner for an object: what was asked for, or what a kernel's build does with its sources.
    ///
    /// # Errors
    /// Damage in the object, or a limit.
    pub(crate) fn of(object: &Object<'_>, asked: Option<Manner>) -> Result<Manner> {
        match asked {
            Some(manner) => Ok(manner),
            None if object.has_several_sources()? => Ok(Manner::PerUnit),
            None => Ok(Manner::Whole),
        }
    }

    /// What is asked of the core.
    pub(crate) fn scheme(self, detail: Detail) -> Scheme {
        match self {
            Manner::Whole | Manner::Mixed => Scheme::Reference,
            Manner::PerUnit => Scheme::PerUnit { shows_types: detail == Detail::Types },
            Manner::Canonical => Scheme::Canonical,
        }
    }
}
