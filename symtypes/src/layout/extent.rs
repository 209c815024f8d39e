//! A member or a hole of a layout, and what has become of it.

use crate::types::NodeIndex;

/// A member, or a hole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Extent {
    /// In bits from the beginning of the type.
    pub offset: u64,
    /// In bits; none if it is not known.
    pub size: Option<u64>,
    /// The member; none for a hole.
    pub member: Option<NodeIndex>,
    /// What has become of it.
    pub counterpart: Counterpart,
}

impl Extent {
    /// A member or a hole that nothing belongs to so far.
    pub(super) fn new(offset: u64, size: Option<u64>, member: Option<NodeIndex>) -> Extent {
        let fate = if member.is_some() { Fate::Alone } else { Fate::Hole };
        Extent { offset, size, member, counterpart: Counterpart { fate, other: None } }
    }
}

/// How a member is on the other side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// At the same place, with the same type.
    Same,
    /// At another place.
    Moved,
    /// With another name, type or size.
    Changed,
    /// In another member, or with others in one.
    Wrapped,
    /// Not there.
    Alone,
    /// It is no member.
    Hole,
}

impl Fate {
    /// In one word.
    pub const fn word(self) -> &'static str {
        match self {
            Fate::Same => "same",
            Fate::Moved => "moved",
            Fate::Changed => "changed",
            Fate::Wrapped => "wrapped",
            Fate::Alone => "alone",
            Fate::Hole => "hole",
        }
    }
}

/// What belongs to a member on the other side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counterpart {
    /// How it is there.
    pub fate: Fate,
    /// Its position among the members and holes of the other side, unless another member belongs to that already.
    pub other: Option<usize>,
}
