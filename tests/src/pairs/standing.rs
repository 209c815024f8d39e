//! Where something that the old state has is in the new one.

use std::collections::BTreeSet;

use super::likeness::{Likeness, likeness};
use super::measure::{Layout, Leaf};
use super::placeholder::is_placeholder;
use super::truth::Truth;
use super::types::{Side, Type};

/// A member of the old state, and what there is in its place.
pub(super) struct Standing<'a> {
    sides: (&'a Side, &'a Side),
    old: &'a Leaf,
    /// The one of the same name.
    new: Option<&'a Leaf>,
    /// How alike one is that has the same bits and is new there.
    stand_in: Option<Likeness>,
    /// The same of one that was there before, too: both were in a union.
    twin: Option<Likeness>,
    /// Whether one that is not the same has its name, with other names in front of it.
    is_namesake: bool,
    /// Whether one has its name and its place, with other names in front of it.
    is_wrapped: bool,
    /// Whether what other members are in is there under another name.
    is_kept: bool,
    /// Whether anything that is new has its bits, or some of them and no others.
    is_used: bool,
    /// Whether other members are in it on both sides, none of which is in it on both.
    has_other_contents: bool,
}

/// How alike two members are: of bit-fields, the size of the type does not count.
fn alike_leaves(sides: (&Side, &Side), old: &Leaf, new: &Leaf) -> Likeness {
    if let (Type::Base(before), Type::Base(after)) = (old.ty.resolved(sides.0), new.ty.resolved(sides.1))
        && (old.is_bit_field || new.is_bit_field)
    {
        return if before.reading() == after.reading() { Likeness::Same } else { Likeness::Doubtful };
    }
    likeness((sides.0, &old.ty), (sides.1, &new.ty))
}

/// The names of what is in a member.
fn contents<'l>(layout: &'l Layout, path: &str) -> BTreeSet<&'l str> {
    let inner = |leaf: &'l Leaf| leaf.path.strip_prefix(path)?.strip_prefix('.');
    layout.leaves.iter().filter_map(inner).collect()
}

impl<'a> Standing<'a> {
    pub(super) fn of(
        sides: (&'a Side, &'a Side),
        old: &'a Leaf,
        layouts: (&'a Layout, &'a Layout),
    ) -> Standing<'a> {
        let is_known = |new: &&Leaf| {
            let mut before = layouts.0.leaves.iter();
            before.any(|old| {
                let is_record = old.ty.record(sides.0).is_some();
                old.path == new.path && (!is_record || new.ty.record(sides.1).is_some())
            })
        };
        let (twins, others): (Vec<_>, Vec<_>) = layouts.1.leaves.iter().partition(is_known);
        // What is in the place of another one that is gone was there before.
        let is_renamed = |new: &Leaf| {
            layouts.0.leaves.iter().any(|old| {
                let is_gone = !layouts.1.leaves.iter().any(|new| new.path == old.path);
                is_gone && old.place == new.place && !is_placeholder(&old.path)
            })
        };
        let own = |leaf: &Leaf| leaf.path.rsplit('.').next().map(str::to_owned);
        let alike = |all: &[&Leaf]| {
            let same = all.iter().filter(|new| {
                new.place == old.place && new.element == old.element && new.ty.record(sides.1).is_none()
            });
            same.map(|new| alike_leaves(sides, old, new)).min()
        };
        Standing {
            sides,
            old,
            new: layouts.1.leaves.iter().find(|new| new.path == old.path),
            stand_in: alike(&others),
            twin: alike(&twins),
            is_namesake: others.iter().any(|new| own(new) == own(old) && new.place != old.place),
            is_wrapped: others.iter().any(|new| own(new) == own(old) && new.place == old.place),
            is_kept: others.iter().any(|new| {
                new.place == old.place && old.ty.record(sides.0).is_some() && new.ty.record(sides.1).is_some()
            }),
            is_used: others.iter().any(|new| old.place.holds(new.place) && !is_renamed(new)),
            has_other_contents: {
                let [before, after] = [layouts.0, layouts.1].map(|layout| contents(layout, &old.path));
                !before.is_empty() && !after.is_empty() && before.is_disjoint(&after)
            },
        }
    }

    /// Adds what it means.
    pub(super) fn tell(&self, truth: &mut Truth) {
        let Standing { sides, old, .. } = *self;
        match self.new {
            None if old.ty.record(sides.0).is_some() => {}
            None => self.gone(truth),
            Some(new) => match (old.ty.record(sides.0).is_some(), new.ty.record(sides.1).is_some()) {
                (true, true) => self.containers(new, truth),
                (false, false) => self.members(new, truth),
                _ if self.is_kept => truth.open(format!("{} was replaced", old.path)),
                _ => truth.doubtful(format!("{} is of another kind", old.path)),
            },
        }
    }

    fn gone(&self, truth: &mut Truth) {
        let path = &self.old.path;
        match self.stand_in {
            // Something has its name in other company, and something else its place.
            Some(Likeness::Same) if self.is_namesake => truth.open(format!("{path} may be either of two")),
            // It has another name.
            Some(Likeness::Same) => {}
            _ if is_placeholder(path) => {
                if !self.is_used {
                    truth.open(format!("{path} is gone, which kept a place"));
                }
            }
            // As it would be if nothing were around it.
            Some(Likeness::Retargeted) if self.is_wrapped => truth.open(format!("{path} is an integer")),
            Some(Likeness::Retargeted | Likeness::Doubtful) => {
                truth.doubtful(format!("{path} is gone, and something else is there"));
            }
            _ if self.twin == Some(Likeness::Same) => {
                truth.doubtful(format!("{path} is gone, and its bits have another name still"));
            }
            _ => truth.breaks(format!("{path} is gone")),
        }
    }

    /// What other members are in: those are looked at by themselves.
    fn containers(&self, new: &Leaf, truth: &mut Truth) {
        let (old, path) = (self.old.place, &self.old.path);
        if old.first != new.place.first && old.count > 0 {
            truth.breaks(format!("{path} was at bit {}, and is at {}", old.first, new.place.first));
        } else if old.count != new.place.count {
            truth.open(format!("{path} is larger or smaller"));
        } else if self.has_other_contents {
            // What was in it may have moved to another member, whose name it has now; or the names mean something else.
            truth.open(format!("{path} has other members"));
        }
    }

    fn members(&self, new: &Leaf, truth: &mut Truth) {
        let (old, path) = (self.old, &self.old.path);
        let kind = alike_leaves(self.sides, old, new);
        let (before, after) = (old.place, new.place);
        let is_array = old.element.is_some() && new.element.is_some();
        // One element alone moves nothing.
        let is_stretched =
            is_array && old.element != new.element && before.count != old.element.unwrap_or(0) * 8;
        if before == after && !is_stretched && kind == Likeness::Same {
            return;
        }
        if is_placeholder(path) {
            if !(self.is_used && before.holds(after)) {
                truth.open(format!("{path} kept a place, and is another"));
            }
        } else if self.stand_in == Some(Likeness::Same) {
            truth.open(format!("{path} was replaced"));
        } else if self.stand_in.is_some_and(|likeness| likeness < Likeness::Other) {
            truth.doubtful(format!("{path} was replaced, and is kept in another way"));
        } else if before.first != after.first {
            let reason = format!("{path} was at bit {}, and is at {}", before.first, after.first);
            if old.is_bit_field || new.is_bit_field {
                truth.breaks_bits(reason);
            } else {
                truth.breaks(reason);
            }
        } else if is_stretched {
            truth.breaks(format!("the elements of {path} are larger or smaller"));
        } else if before.count != after.count && before.count == 0 && is_array {
            truth.open(format!("{path} had no length"));
        } else if before.count != after.count {
            truth.breaks(format!("{path} had {} bits, and has {}", before.count, after.count));
        } else {
            truth.likeness(kind, path);
        }
    }
}
