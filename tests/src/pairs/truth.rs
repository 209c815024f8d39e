//! What is true of modules that were built with the old state of what an export reaches, by what programs have measured.

use super::likeness::{Likeness, likeness};
use super::measure::{Layout, Measured};
use super::standing::Standing;
use super::types::{Definition, Enumerator, Export, Pair, Side, Signature, Type};

/// What a difference means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// What modules have compiled in still holds.
    Harmless,
    /// It depends on what they do.
    Unclear,
    /// Something that they have compiled in is wrong.
    Breaks,
}

/// The verdicts between which an answer is not wrong, and why.
#[derive(Clone, Debug)]
pub struct Truth {
    /// Nothing less is true.
    pub least: Verdict,
    /// The same for who is not told where bit-fields are: before DWARF 5, no type string says it.
    pub least_without_bits: Verdict,
    /// Nothing more is.
    pub most: Verdict,
    /// Whether nothing that the old state had has changed in any way.
    pub is_calm: bool,
    /// What was found.
    pub reasons: Vec<String>,
}

impl Truth {
    fn new() -> Truth {
        Truth {
            least: Verdict::Harmless,
            least_without_bits: Verdict::Harmless,
            most: Verdict::Unclear,
            is_calm: true,
            reasons: Vec::new(),
        }
    }

    fn add(&mut self, least: Verdict, most: Verdict, reason: String) {
        self.least_without_bits = self.least_without_bits.max(least);
        self.add_bits(least, most, reason);
    }

    fn add_bits(&mut self, least: Verdict, most: Verdict, reason: String) {
        self.least = self.least.max(least);
        self.most = self.most.max(most);
        self.is_calm = false;
        self.reasons.push(reason);
    }

    /// Something is elsewhere, gone, or of another size.
    pub(super) fn breaks(&mut self, reason: String) {
        self.add(Verdict::Breaks, Verdict::Breaks, reason);
    }

    /// A bit-field is elsewhere.
    pub(super) fn breaks_bits(&mut self, reason: String) {
        self.least_without_bits = self.least_without_bits.max(Verdict::Unclear);
        self.add_bits(Verdict::Breaks, Verdict::Breaks, reason);
    }

    /// Something of the same size is read in another way.
    pub(super) fn doubtful(&mut self, reason: String) {
        self.add(Verdict::Unclear, Verdict::Breaks, reason);
    }

    /// Something that does not decide by itself.
    pub(super) fn open(&mut self, reason: String) {
        self.add(Verdict::Harmless, Verdict::Breaks, reason);
    }

    /// Only who has a value of the type, or counts, would notice.
    fn unclear(&mut self, reason: String) {
        self.add(Verdict::Unclear, Verdict::Unclear, reason);
    }

    pub(super) fn likeness(&mut self, likeness: Likeness, what: &str) {
        match likeness {
            Likeness::Same => {}
            Likeness::Retargeted => self.open(format!("{what} points to something else")),
            Likeness::Doubtful => self.doubtful(format!("{what} is of another kind")),
            Likeness::Other => self.breaks(format!("{what} is another type")),
        }
    }
}

/// The verdicts that are true of an export.
pub fn truth(pair: &Pair, old: &Measured, new: &Measured, export: usize) -> Truth {
    let mut truth = Truth::new();
    let sides = (&pair.old, &pair.new);
    let (before, after) = (pair.old.reached(export), pair.new.reached(export));
    for &index in before.intersection(&after) {
        if let (Some(old), Some(new)) = (old.layouts.get(&index), new.layouts.get(&index)) {
            layouts(sides, (old, new), &mut truth);
            alignments(sides, (old.alignment, new.alignment), &mut truth);
        }
        if let (Definition::Enumeration(before), Definition::Enumeration(after)) =
            (&pair.old.definitions[index], &pair.new.definitions[index])
        {
            enumerations((before, &old.values[&index]), (after, &new.values[&index]), &mut truth);
            if old.sizes[&index] != new.sizes[&index] {
                truth.breaks("the size of an enumeration".to_owned());
            }
        }
    }
    let sizes = (old.exports[export].as_slice(), new.exports[export].as_slice());
    match (&pair.old.exports[export], &pair.new.exports[export]) {
        (Export::Function(old), Export::Function(new)) => functions(sides, (old, new), sizes, &mut truth),
        (Export::Variable(old), Export::Variable(new)) => {
            if sizes.0 != sizes.1 {
                truth.breaks(format!("the variable had {:?} bytes, and has {:?}", sizes.0, sizes.1));
            }
            truth.likeness(likeness((sides.0, old), (sides.1, new)), "the variable");
        }
        _ => truth.breaks("a function and a variable".to_owned()),
    }
    truth
}

fn functions(
    sides: (&Side, &Side),
    both: (&Signature, &Signature),
    sizes: (&[u64], &[u64]),
    truth: &mut Truth,
) {
    let (old, new) = both;
    if old.parameters.len() != new.parameters.len() {
        return truth.breaks("the number of parameters".to_owned());
    }
    let types = |signature| -> Vec<Type> {
        let Signature { result, parameters } = signature;
        std::iter::once(result).chain(parameters.into_iter().map(|parameter| parameter.ty)).collect()
    };
    let (before, after) = (types(old.clone()), types(new.clone()));
    for (at, (old, new)) in before.iter().zip(&after).enumerate() {
        let what = if at == 0 { "the result".to_owned() } else { format!("parameter {at}") };
        if at == 0 && *old == Type::Void && *new != Type::Void {
            truth.open("there is a result now".to_owned());
        } else if *old != Type::Void && *new == Type::Void || sizes.0.get(at) != sizes.1.get(at) {
            truth.breaks(format!("{what} has another size"));
        } else {
            truth.likeness(likeness((sides.0, old), (sides.1, new)), &what);
        }
    }
}

fn layouts(sides: (&Side, &Side), both: (&Layout, &Layout), truth: &mut Truth) {
    let (old, new) = both;
    for leaf in &old.leaves {
        Standing::of(sides, leaf, both).tell(truth);
    }
    if old.is_union != new.is_union {
        truth.open("a structure is a union, or the other way round".to_owned());
    }
    if old.size != new.size {
        truth.unclear(format!("a type had {} bytes, and has {}", old.size, new.size));
    }
}

/// How types are aligned, which nothing else shows where it is asked for.
fn alignments(sides: (&Side, &Side), (old, new): (u64, u64), truth: &mut Truth) {
    if old == new {
        return;
    }
    let reason = format!("a type was aligned to {old}, and is to {new}");
    if sides.0.is_natural() && sides.1.is_natural() {
        truth.unclear(reason);
    } else {
        truth.add(Verdict::Harmless, Verdict::Unclear, reason);
    }
}

/// Names that count what is in front of them.
fn is_count(name: &str) -> bool {
    ["MAX", "LAST", "COUNT", "TYPES"].iter().any(|word| name.ends_with(word))
        || name.starts_with("NR_")
        || name.starts_with("NUM_")
}

fn enumerations(old: (&[Enumerator], &[i64]), new: (&[Enumerator], &[i64]), truth: &mut Truth) {
    let old_names: Vec<&str> = old.0.iter().map(|each| each.name.as_str()).collect();
    let added = new.0.iter().zip(new.1).filter(|(each, _)| !old_names.contains(&each.name.as_str()));
    for (at, (each, value)) in old.0.iter().zip(old.1).enumerate() {
        let name = &each.name;
        let found = new.0.iter().position(|other| other.name == *name);
        match found {
            Some(place) if new.1[place] != *value => {
                // As long as it is the last on both sides.
                let is_last = at + 1 == old.0.len() && place + 1 == new.0.len();
                if is_last && is_count(name) && added.clone().next().is_none() {
                    truth.open(format!("{name} counts others, or does not"));
                } else if is_last && is_count(name) {
                    truth.unclear(format!("{name} counts others"));
                } else if at + 1 == old.0.len() && is_count(name) {
                    truth.doubtful(format!("{name} counted others, and does no more"));
                } else {
                    truth.breaks(format!("{name} was {value}, and is {}", new.1[place]));
                }
            }
            Some(_) => {}
            None if added.clone().any(|(_, other)| other == value) => {}
            None => truth.doubtful(format!("{name} is gone")),
        }
    }
}
