//! Makes a pair that fails smaller: without members, enumerators and edits that are not needed for it.

use super::types::{Definition, Export, Pair, Record, Side, Type, inline};

/// The smallest pair that still fails, as far as leaving out one thing at a time leads. `fails` says of some pairs which is
/// the first that does.
pub fn shrink(pair: &Pair, fails: &mut dyn FnMut(&[Pair]) -> Option<usize>) -> Pair {
    let mut smallest = pair.clone();
    // Each round leaves something out.
    for _ in 0..200 {
        let mut candidates = candidates(&smallest);
        candidates.retain(|pair| [&pair.old, &pair.new].into_iter().all(is_compilable));
        match fails(&candidates) {
            Some(at) => smallest = candidates.swap_remove(at),
            None => break,
        }
    }
    smallest
}

fn candidates(pair: &Pair) -> Vec<Pair> {
    let mut all = Vec::new();
    for export in 0..pair.old.exports.len() {
        if pair.old.exports.len() > 1 {
            let mut smaller = pair.clone();
            smaller.old.exports.remove(export);
            smaller.new.exports.remove(export);
            all.push(smaller);
        }
    }
    for export in 0..pair.old.exports.len() {
        all.extend(without_parameters(pair, export));
    }
    for index in 0..pair.old.definitions.len() {
        if pair.old.definitions[index] != pair.new.definitions[index] {
            let mut smaller = pair.clone();
            smaller.new.definitions[index] = pair.old.definitions[index].clone();
            all.push(smaller);
        }
    }
    let mut ids: Vec<u32> = [&pair.old, &pair.new].into_iter().flat_map(ids).collect();
    ids.sort_unstable();
    ids.dedup();
    for id in ids {
        let mut smaller = pair.clone();
        without(&mut smaller.old, id);
        without(&mut smaller.new, id);
        all.push(smaller);
    }
    all
}

/// The pair without a parameter, or without a result.
fn without_parameters(pair: &Pair, export: usize) -> Vec<Pair> {
    let (Export::Function(old), Export::Function(new)) =
        (&pair.old.exports[export], &pair.new.exports[export])
    else {
        return Vec::new();
    };
    let mut all = Vec::new();
    for at in 0..old.parameters.len().min(new.parameters.len()) {
        let mut smaller = pair.clone();
        for side in [&mut smaller.old, &mut smaller.new] {
            if let Export::Function(signature) = &mut side.exports[export] {
                signature.parameters.remove(at);
            }
        }
        all.push(smaller);
    }
    if [old, new].iter().any(|signature| signature.result != Type::Void) {
        let mut smaller = pair.clone();
        for side in [&mut smaller.old, &mut smaller.new] {
            if let Export::Function(signature) = &mut side.exports[export] {
                signature.result = Type::Void;
            }
        }
        all.push(smaller);
    }
    all
}

fn ids(side: &Side) -> Vec<u32> {
    let mut found = Vec::new();
    let mut side = side.clone();
    for definition in &side.definitions {
        if let Definition::Enumeration(all) = definition {
            found.extend(all.iter().map(|each| each.id));
        }
    }
    for record in side.records() {
        member_ids(record, &mut found);
    }
    found
}

fn member_ids(record: &mut Record, found: &mut Vec<u32>) {
    for member in &mut record.members {
        found.push(member.id);
        if let Some(inner) = inline(&mut member.ty) {
            member_ids(inner, found);
        }
    }
}

fn without(side: &mut Side, id: u32) {
    for definition in &mut side.definitions {
        if let Definition::Enumeration(all) = definition {
            all.retain(|each| each.id != id);
        }
    }
    side.records().into_iter().for_each(|record| without_member(record, id));
}

fn without_member(record: &mut Record, id: u32) {
    record.members.retain(|member| member.id != id);
    for member in &mut record.members {
        if let Some(inner) = inline(&mut member.ty) {
            without_member(inner, id);
        }
    }
}

/// Whether compilers take it: no enumeration is empty, and nothing consists of a flexible array alone.
fn is_compilable(side: &Side) -> bool {
    let mut side = side.clone();
    let is_filled =
        |definition: &Definition| !matches!(definition, Definition::Enumeration(all) if all.is_empty());
    side.definitions.iter().all(is_filled) && side.records().into_iter().all(is_record_compilable)
}

fn is_record_compilable(record: &mut Record) -> bool {
    let is_flexible = |ty: &Type| matches!(ty, Type::Array(_, None));
    let has_others = record.members.iter().any(|member| !member.name.is_empty() && !is_flexible(&member.ty));
    has_others
        && record.members.iter_mut().filter_map(|member| inline(&mut member.ty)).all(is_record_compilable)
}
