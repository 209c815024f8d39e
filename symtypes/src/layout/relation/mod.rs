//! How two types differ that stand in the same place.
//!
//! Typedefs are resolved, base types compared by kind, size and signedness, structures by what is in them, through the
//! types of both builds. A type that has the same name on both sides counts as the same: how it has changed is reported for it.

mod aggregates;

use alloc::vec::Vec;

use dwarfksyms_core::Result;
use dwarfksyms_core::budget::Budget;

use crate::types::{Attribute, NodeIndex, NodeKind, Wrapper};

use self::aggregates::Aggregate;
use super::alike::{Pair, is_spelled_alike};
use super::array::Array;
use super::degree::Degree;
use super::library::Library;
use super::number::{Number, sign_decision};
use super::part::Part;
use super::peeled::peel;
use super::spelled;

/// How many pairs of named types are compared for one relation: types that have more in them count as different.
const MOST_PAIRS: usize = 512;
/// How many pairs of types are looked at for one relation.
const MOST_STEPS: u32 = 1 << 14;

/// The types of both builds.
#[derive(Clone, Copy)]
pub(crate) struct Builds<'a, 'c, 't> {
    pub(crate) old: &'a Library<'c, 't>,
    pub(crate) new: &'a Library<'c, 't>,
    /// Whether two type names mean the same type.
    pub(crate) is_same_type: &'a dyn Fn(&[u8], &[u8]) -> bool,
}

/// How two types differ.
#[derive(Clone, Debug, Default)]
pub(crate) struct Relation {
    pub(crate) degree: Degree,
    /// What was decided, if it is one thing that others may have changed for, too: `unsigned char`, and `u8` instead.
    pub(crate) decision: Option<Vec<u8>>,
    /// Whether an enumeration has become an integer somewhere, or the other way round.
    has_enumerated: bool,
    has_several: bool,
}

impl Relation {
    /// The same for a member that has another name: an integer that has become an enumeration may then be something else.
    pub(crate) fn under_another_name(mut self) -> Relation {
        if self.has_enumerated {
            self.note(Degree::Reinterpreted, None);
        }
        self
    }

    fn note(&mut self, degree: Degree, decision: Option<Vec<u8>>) {
        self.degree = self.degree.max(degree);
        match (&self.decision, decision) {
            (None, Some(decision)) if !self.has_several => self.decision = Some(decision),
            (Some(known), Some(decision)) if *known == decision => {}
            _ => {
                self.has_several = true;
                self.decision = None;
            }
        }
    }
}

/// Two types that stand in the same place.
struct Types<'t> {
    old: Part<'t>,
    new: Part<'t>,
    /// Whether a value is there, and not only a pointer to it.
    is_value: bool,
    /// Whether it is a bit-field's, whose size is its own.
    is_bits: bool,
}

/// Compares two types.
pub(crate) fn relation<'t>(
    old: &Part<'t>,
    new: &Part<'t>,
    is_bits: bool,
    builds: Builds<'_, '_, 't>,
    budget: &mut Budget,
) -> Result<Relation> {
    let (waiting, seen, unlike) = (Vec::new(), Vec::new(), [None, None]);
    let mut comparer = Comparer { builds, waiting, seen, unlike, found: Relation::default() };
    comparer.wait(old.clone(), new.clone(), true, is_bits, budget)?;
    let mut left = MOST_STEPS;
    while let Some(types) = comparer.waiting.pop() {
        comparer.step(&types, budget)?;
        left = left.saturating_sub(1);
        if left == 0 {
            comparer.note(Degree::Different);
        }
        if comparer.found.degree == Degree::Different {
            break;
        }
    }
    budget.free(comparer.waiting);
    budget.free(comparer.seen);
    Ok(comparer.found)
}

struct Comparer<'a, 'c, 't> {
    builds: Builds<'a, 'c, 't>,
    waiting: Vec<Types<'t>>,
    /// Pairs of names that were compared.
    seen: Vec<(&'t [u8], &'t [u8])>,
    /// Two nodes that were found not to be alike, without and with what toolchains do: so what they are in is not alike either.
    unlike: [Option<(Part<'t>, Part<'t>)>; 2],
    found: Relation,
}

impl<'t> Comparer<'_, '_, 't> {
    fn wait(
        &mut self,
        old: Part<'t>,
        new: Part<'t>,
        is_value: bool,
        is_bits: bool,
        budget: &mut Budget,
    ) -> Result<()> {
        budget.push(&mut self.waiting, Types { old, new, is_value, is_bits })
    }

    fn note(&mut self, degree: Degree) {
        self.found.note(degree, None);
    }

    /// Whether two parts say the same. Around a difference deep inside, all parts are asked about, one in another.
    fn is_alike(
        &mut self,
        old: &Part<'t>,
        new: &Part<'t>,
        toolchain: bool,
        budget: &mut Budget,
    ) -> Result<bool> {
        let [strict, lenient] = &mut self.unlike;
        let known = if toolchain { lenient } else { strict };
        if let Some((one, other)) = known
            && let (Some(before), Some(after)) = (one.depth_in(old), other.depth_in(new))
            && before == after
        {
            return Ok(false);
        }
        let (before, after) = ((&*old.tree, old.index), (&*new.tree, new.index));
        let pair = Pair { old: before, new: after, is_same_type: self.builds.is_same_type };
        if !pair.has_as_many_nodes() {
            return Ok(false);
        }
        let Some(at) = pair.first_difference(toolchain, budget)? else { return Ok(true) };
        *known = Some((old.at(NodeIndex::after(old.index, at)), new.at(NodeIndex::after(new.index, at))));
        Ok(false)
    }

    fn step(&mut self, types: &Types<'t>, budget: &mut Budget) -> Result<()> {
        budget.charge_work(16)?;
        let Types { old, new, is_value, is_bits } = types;
        if self.is_alike(old, new, false, budget)? {
            return Ok(());
        }
        let (before, after) = (peel(old, None, budget)?, peel(new, None, budget)?);
        if before.qualifiers != after.qualifiers {
            self.note(Degree::Qualified);
        }
        if self.is_alike(&before.part, &after.part, false, budget)? {
            return Ok(());
        }
        if self.is_seen(&before.part, &after.part, budget)? {
            return Ok(());
        }
        let is_aliased = before.is_alias() || after.is_alias();
        if !is_aliased {
            return self.bare(&before.part, &after.part, *is_value, *is_bits, false, budget);
        }
        let texts = [before.part.text(budget)?, after.part.text(budget)?];
        let (old, new) = (
            peel(&before.part, Some(self.builds.old), budget)?,
            peel(&after.part, Some(self.builds.new), budget)?,
        );
        if old.qualifiers != new.qualifiers {
            self.note(Degree::Qualified);
        }
        self.found.note(Degree::Respelled, Some(decision(&texts)));
        if old.is_alias() || new.is_alias() {
            // A typedef that the file does not have, or an endless chain of them.
            self.note(Degree::Different);
            return Ok(());
        }
        self.bare(&old.part, &new.part, *is_value, *is_bits, true, budget)
    }

    /// Whether two names were compared before; if not, they are now.
    fn is_seen(&mut self, old: &Part<'t>, new: &Part<'t>, budget: &mut Budget) -> Result<bool> {
        let name = |part: &Part<'t>| part.name().filter(|_| part.kind() == NodeKind::Reference);
        let (Some(old), Some(new)) = (name(old), name(new)) else { return Ok(false) };
        budget.charge_bytes(self.seen.len().saturating_mul(16))?;
        if self.seen.contains(&(old, new)) {
            return Ok(true);
        }
        if self.seen.len() >= MOST_PAIRS {
            self.note(Degree::Different);
            return Ok(true);
        }
        budget.push(&mut self.seen, (old, new))?;
        Ok(false)
    }

    /// Types that are neither typedefs nor qualified.
    fn bare(
        &mut self,
        old: &Part<'t>,
        new: &Part<'t>,
        is_value: bool,
        is_bits: bool,
        is_told: bool,
        budget: &mut Budget,
    ) -> Result<()> {
        use NodeKind::{Array, Base, Subroutine, Text};
        if self.is_alike(old, new, false, budget)? {
            return Ok(());
        }
        if self.is_alike(old, new, true, budget)? {
            self.note(Degree::Toolchain);
            return Ok(());
        }
        let is_void = |part: &Part<'t>| part.kind() == Base && part.name() == Some(b"void");
        if is_void(old) || is_void(new) {
            self.unknown(is_value);
            return Ok(());
        }
        let aggregates = (self.aggregate(old, true, budget)?, self.aggregate(new, false, budget)?);
        match (old.kind(), new.kind(), aggregates) {
            (_, _, (Aggregate::Unknown, _) | (_, Aggregate::Unknown)) => self.unknown(is_value),
            (_, _, (Aggregate::Of(before), Aggregate::Of(after))) => {
                self.aggregates(&before, &after, is_value, budget)?;
            }
            (_, _, (Aggregate::Of(before), Aggregate::None)) => {
                self.wrapped(&before, new, true, is_value, is_bits, budget)?;
            }
            (_, _, (Aggregate::None, Aggregate::Of(after))) => {
                self.wrapped(&after, old, false, is_value, is_bits, budget)?;
            }
            (Base, Base, _) => self.bases(old, new, is_bits, is_told),
            (NodeKind::Wrapper(one), NodeKind::Wrapper(other), _) if one == other => {
                self.wrappers(one, old, new, is_value, budget)?;
            }
            (Array, Array, _) => self.arrays(old, new, is_value, budget)?,
            (Subroutine, Subroutine, _) => self.functions(old, new, budget)?,
            (Text, Text, _) => self.texts(old, new),
            // What genksyms has in a way that is not understood here.
            (Text, _, _) | (_, Text, _) => self.note(Degree::Unmeasured),
            _ => self.note(Degree::Different),
        }
        Ok(())
    }

    /// A type of which one side has only the name.
    fn unknown(&mut self, is_value: bool) {
        self.note(if is_value { Degree::Different } else { Degree::Reinterpreted });
    }

    fn bases(&mut self, old: &Part<'t>, new: &Part<'t>, is_bits: bool, is_told: bool) {
        let names = (old.name().unwrap_or_default(), new.name().unwrap_or_default());
        if !old.tree.is_measured() || !new.tree.is_measured() {
            return self.note(spelled::degree(names.0, names.1));
        }
        let size = |part: &Part<'t>| part.attribute(Attribute::ByteSize);
        let (sizes, kinds) = ((size(old), size(new)), (Number::of(old), Number::of(new)));
        if sizes.0 != sizes.1 && !is_bits {
            return self.note(Degree::Different);
        }
        let own = (names.0 == names.1 && !is_told).then(|| sign_decision(names.0, kinds.0));
        match kinds {
            (one, other) if one == other && one != Number::Other => {
                if !is_told {
                    let decision = decision(&[names.0.to_vec(), names.1.to_vec()]);
                    let is_spelling = is_spelled_alike(names.0, names.1);
                    // Of 4 and 8 bytes there is one format; `long double` and `__float128` are two of 16.
                    let is_ambiguous = matches!(one, Number::Float | Number::Complex)
                        && !matches!(
                            (one, sizes.0),
                            (Number::Float, Some(4 | 8)) | (Number::Complex, Some(8 | 16))
                        );
                    match is_spelling {
                        true => self.note(Degree::Toolchain),
                        false if is_ambiguous => self.note(Degree::Reinterpreted),
                        false => self.found.note(Degree::Respelled, Some(decision)),
                    }
                }
            }
            (Number::Signed, Number::Unsigned) | (Number::Unsigned, Number::Signed) => {
                self.found.note(Degree::Signed, own);
            }
            (Number::Bool, Number::Unsigned | Number::Signed)
            | (Number::Unsigned | Number::Signed, Number::Bool) => self.note(Degree::Reinterpreted),
            _ => self.note(Degree::Different),
        }
    }

    fn wrappers(
        &mut self,
        wrapper: Wrapper,
        old: &Part<'t>,
        new: &Part<'t>,
        is_value: bool,
        budget: &mut Budget,
    ) -> Result<()> {
        let is_pointer = matches!(wrapper, Wrapper::Pointer | Wrapper::Reference | Wrapper::RvalueReference);
        if is_pointer {
            let bits = |part: &Part<'t>, types: &Library<'_, 't>| {
                let own = part.attribute(Attribute::ByteSize).and_then(|bytes| bytes.checked_mul(8));
                own.or(types.pointer_bits())
            };
            let sizes = (bits(old, self.builds.old), bits(new, self.builds.new));
            if matches!(sizes, (Some(old), Some(new)) if old != new) {
                self.note(Degree::Different);
                return Ok(());
            }
        }
        match (old.inner(), new.inner()) {
            (Some(old), Some(new)) => self.wait(old, new, is_value && !is_pointer, false, budget),
            _ => {
                self.note(Degree::Different);
                Ok(())
            }
        }
    }

    fn arrays(&mut self, old: &Part<'t>, new: &Part<'t>, is_value: bool, budget: &mut Budget) -> Result<()> {
        let (before, after) = (Array::of(old, budget)?, Array::of(new, budget)?);
        let are_same = before.counts().eq(after.counts());
        if !are_same && !before.is_empty_as(&after) {
            self.note(Degree::Different);
        } else {
            if !before.is_known || !after.is_known {
                self.note(Degree::Unmeasured);
            } else if !are_same {
                self.note(Degree::Respelled);
            } else if before.dimensions != after.dimensions {
                self.found.note(Degree::Respelled, Some(b"[0] for []".to_vec()));
            }
            if let (Some(old), Some(new)) = (&before.element, &after.element) {
                self.wait(old.clone(), new.clone(), is_value, false, budget)?;
            }
        }
        budget.free(before.dimensions);
        budget.free(after.dimensions);
        Ok(())
    }

    fn functions(&mut self, old: &Part<'t>, new: &Part<'t>, budget: &mut Budget) -> Result<()> {
        let (mut before, mut after) = (old.tree.items(old.index), new.tree.items(new.index));
        let mut is_renamed = false;
        loop {
            budget.charge_work(1)?;
            match (before.next(), after.next()) {
                (None, None) => break,
                (Some(one), Some(other)) => {
                    let (one, other) = (old.at(one), new.at(other));
                    is_renamed |= one.name() != other.name();
                    match (one.inner(), other.inner()) {
                        (Some(one), Some(other)) => self.wait(one, other, true, false, budget)?,
                        _ => self.note(Degree::Different),
                    }
                }
                _ => {
                    self.note(Degree::Different);
                    return Ok(());
                }
            }
        }
        if is_renamed {
            self.note(Degree::Respelled);
        }
        match (old.inner(), new.inner()) {
            (Some(old), Some(new)) => self.wait(old, new, true, false, budget),
            _ => Ok(()),
        }
    }

    /// Types of the dialect of genksyms.
    fn texts(&mut self, old: &Part<'t>, new: &Part<'t>) {
        fn words(text: &[u8]) -> impl Iterator<Item = &[u8]> {
            let is_word = |word: &&[u8]| !matches!(*word, b"" | b"const" | b"volatile" | b"restrict");
            text.split(|&byte| byte == b' ').filter(is_word)
        }
        let (old, new) = (old.name().unwrap_or_default(), new.name().unwrap_or_default());
        let is_qualified = words(old).eq(words(new));
        self.note(if is_qualified { Degree::Qualified } else { Degree::Unmeasured });
    }
}

fn decision(texts: &[Vec<u8>; 2]) -> Vec<u8> {
    [texts[0].as_slice(), b"', '", &texts[1]].concat()
}
