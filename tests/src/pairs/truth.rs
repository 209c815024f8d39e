//! What is true of modules that were built with the old state of what an export reaches, by what programs have measured.

use super::likeness::{Likeness, likeness};
use super::measure::{Layout, Leaf, Measured};
use super::placeholder::is_placeholder;
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
    fn breaks(&mut self, reason: String) {
        self.add(Verdict::Breaks, Verdict::Breaks, reason);
    }

    /// Something of the same size is read in another way.
    fn doubtful(&mut self, reason: String) {
        self.add(Verdict::Unclear, Verdict::Breaks, reason);
    }

    /// Something that does not decide by itself.
    fn open(&mut self, reason: String) {
        self.add(Verdict::Harmless, Verdict::Breaks, reason);
    }

    /// Only who has a value of the type, or counts, would notice.
    fn unclear(&mut self, reason: String) {
        self.add(Verdict::Unclear, Verdict::Unclear, reason);
    }

    fn likeness(&mut self, likeness: Likeness, what: &str) {
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
        member(sides, leaf, both, truth);
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

/// Something that the old state has.
fn member(sides: (&Side, &Side), old: &Leaf, layouts: (&Layout, &Layout), truth: &mut Truth) {
    let same = |new: &Leaf| likeness((sides.0, &old.ty), (sides.1, &new.ty));
    let is_new = |new: &&Leaf| {
        let mut before = layouts.0.leaves.iter();
        !before.any(|old| old.path == new.path && old.ty.record(sides.0).is_none())
    };
    let is_record = |side, leaf: &Leaf| leaf.ty.record(side).is_some();
    let mut others = layouts.1.leaves.iter().filter(is_new);
    let stands_in = others.clone().any(|new| {
        new.place == old.place
            && new.element == old.element
            && same(new) == Likeness::Same
            && !is_record(sides.1, new)
    });
    let is_overlaid = others.any(|new| new.place.overlaps(old.place));
    let found = layouts.1.leaves.iter().find(|new| new.path == old.path);
    let path = &old.path;
    let Some(new) = found else {
        if is_record(sides.0, old) || stands_in {
            // What is in it is looked at by itself; or it has another name.
        } else if is_placeholder(path) {
            if !is_overlaid {
                truth.open(format!("{path} is gone, which kept a place"));
            }
        } else {
            truth.breaks(format!("{path} is gone"));
        }
        return;
    };
    let (has_moved, has_size) = (old.place.first != new.place.first, old.place.count != new.place.count);
    match (is_record(sides.0, old), is_record(sides.1, new)) {
        (true, true) if has_moved && old.place.count > 0 => {
            truth.breaks(format!("{path} was at bit {}, and is at {}", old.place.first, new.place.first));
        }
        (true, true) => {
            if has_size {
                truth.open(format!("{path} is larger or smaller"));
            }
        }
        (true, false) | (false, true) => truth.doubtful(format!("{path} is of another kind")),
        (false, false) => {
            let is_array = old.element.is_some() && new.element.is_some();
            let has_element = old.element != new.element && old.place.count != old.element.unwrap_or(0) * 8;
            let kind = same(new);
            if !has_moved && !has_size && !(is_array && has_element) && kind == Likeness::Same {
                return;
            }
            if is_placeholder(path) || stands_in {
                if !is_overlaid {
                    truth.open(format!("{path} kept a place, and is another"));
                } else if !is_placeholder(path) {
                    truth.open(format!("{path} was replaced"));
                }
            } else if has_moved {
                let reason = format!("{path} was at bit {}, and is at {}", old.place.first, new.place.first);
                if old.is_bit_field || new.is_bit_field {
                    truth.least_without_bits = truth.least_without_bits.max(Verdict::Unclear);
                    truth.add_bits(Verdict::Breaks, Verdict::Breaks, reason);
                } else {
                    truth.breaks(reason);
                }
            } else if is_array && has_element {
                truth.breaks(format!("the elements of {path} are larger or smaller"));
            } else if has_size && old.place.count == 0 && is_array {
                truth.open(format!("{path} had no length"));
            } else if has_size {
                truth.breaks(format!("{path} had {} bits, and has {}", old.place.count, new.place.count));
            } else {
                truth.likeness(kind, path);
            }
        }
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
                if is_last && is_count(name) {
                    truth.unclear(format!("{name} counts others"));
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
