//! What has become of a member, or how it has come.

use super::relation::Relation;

/// A member that is on both sides.
#[derive(Debug)]
pub(crate) struct Kept {
    pub(crate) old: usize,
    pub(crate) new: usize,
    /// Whether it is elsewhere, as far as both sides state it.
    pub(crate) is_moved: bool,
    /// Whether it is a bit-field in other company, and neither side states where its bits are.
    pub(crate) is_unplaced: bool,
    /// Whether it is a bit-field on either side, and its bits are not the same.
    pub(crate) is_resized: bool,
    /// Whether it has another name.
    pub(crate) is_renamed: bool,
    /// Whether another one of its type in the same union has the same new name.
    pub(crate) is_twin: bool,
    /// How its type differs.
    pub(crate) relation: Relation,
}

/// A member that there is no more.
#[derive(Debug)]
pub(crate) struct Gone {
    pub(crate) old: usize,
    /// One that begins where it began.
    pub(crate) stand_in: Option<usize>,
}

/// A member that is new.
#[derive(Debug)]
pub(crate) struct Added {
    pub(crate) new: usize,
    pub(crate) room: Room,
    /// Whether it begins where one began that there is no more.
    pub(crate) is_stand_in: bool,
}

/// Where there was room for a new member.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Room {
    /// Where nothing was.
    Hole,
    /// In the space that an old member kept for others.
    Reserved(usize),
    /// Beside others, in a union.
    Beside,
    /// Behind everything that was there.
    Behind,
    /// In front of others, which have moved.
    Front,
    /// Where something was that is gone.
    Vacated,
    /// The texts do not say where anything is, only in which order it comes.
    Unknown,
    /// In a unit of bit-fields, of which the texts do not say where in it they are.
    Vague,
}
