//! Something is suggested if and only if the layout lets modules go on: for structures that are drawn.

use dwarfksyms_tests::model::Numbers;

use crate::advice_for;

/// A member: what it stays, whatever happens to it; its name, and the exponent of its size.
#[derive(Clone, Debug, PartialEq)]
struct Member {
    identity: u64,
    name: String,
    exponent: u32,
}

/// The members' offsets, the size and the alignment of a structure, as C has it.
fn layout(members: &[Member]) -> (Vec<u64>, u64, u64) {
    let mut end: u64 = 0;
    let mut offsets = Vec::new();
    for member in members {
        let size = 1 << member.exponent;
        offsets.push(end.next_multiple_of(size));
        end = end.next_multiple_of(size) + size;
    }
    let alignment = members.iter().map(|member| 1 << member.exponent).max().unwrap_or(1);
    (offsets, end.next_multiple_of(alignment), alignment)
}

/// The symtypes of a structure that one export has a pointer to, and another perhaps a value of.
fn structure(members: &[Member], is_embedded: bool) -> Vec<u8> {
    let (offsets, size, _) = layout(members);
    let told: Vec<String> = members
        .iter()
        .zip(offsets)
        .map(|(Member { name, exponent, .. }, offset)| {
            let size = 1 << exponent;
            format!(
                "member base_type u{size} byte_size({size}) encoding(7) {name} data_member_location({offset})"
            )
        })
        .collect();
    let members = told.join(" , ");
    let holder = if is_embedded { "v variable s#s\n" } else { "" };
    format!(
        "f subprogram ( formal_parameter pointer_type {{ s#s }} byte_size(8) p ) -> base_type void\n{holder}\
         s#s structure_type s {{ {members} }} byte_size({size})\n"
    )
    .into_bytes()
}

/// Structures with any members, changed in any way: something is suggested exactly if an oracle that knows which member is
/// which finds all of them where they were, and it restores all versions.
#[test]
fn something_is_suggested_exactly_if_modules_still_fit() {
    let mut numbers = Numbers(7);
    let mut counts = [0; 2];
    for round in 0..4000 {
        let mut fresh = 0;
        let mut member = |numbers: &mut Numbers| {
            fresh += 1;
            Member { identity: fresh, name: format!("m{fresh}"), exponent: numbers.below(4) as u32 }
        };
        let old: Vec<Member> = (0..=numbers.below(5)).map(|_| member(&mut numbers)).collect();
        let mut new = old.clone();
        let at = numbers.below(old.len());
        match numbers.below(6) {
            0 => new.insert(at, member(&mut numbers)),
            1 => new.push(member(&mut numbers)),
            2 => new[at].name = "renamed".to_owned(),
            3 => new[at].exponent = (new[at].exponent + 1) % 4,
            4 if new.len() > 1 => drop(new.remove(at)),
            _ => new.swap(0, at),
        }
        let is_embedded = numbers.below(2) == 0;
        let texts = [&old, &new].map(|members| structure(members, is_embedded));
        let advice = advice_for(&texts);
        let [advice] = advice.as_slice() else {
            assert!(advice.is_empty() && texts[0] == texts[1], "{round}: {advice:?}");
            continue;
        };
        let (before, size, alignment) = layout(&old);
        let (after, new_size, new_alignment) = layout(&new);
        let is_there = |(member, offset): (&Member, &u64)| {
            let mut others = new.iter().zip(&after);
            others.any(|(other, place)| {
                (other.identity, other.exponent, place) == (member.identity, member.exponent, offset)
            })
        };
        let is_resized = (size, alignment) != (new_size, new_alignment);
        let fits = old.iter().zip(&before).all(is_there) && !(is_resized && is_embedded);
        assert_eq!(!advice.suggestions.is_empty(), fits, "{round}: {old:?} {new:?} {advice:?}");
        counts[usize::from(fits)] += 1;
        if fits {
            let exports = 1 + usize::from(is_embedded);
            assert_eq!((advice.restored.len(), advice.remaining.len()), (exports, 0), "{round}: {advice:?}");
            let kinds = advice.suggestions.iter().map(|suggestion| suggestion.kind.id());
            // Behind the last member nothing begins that would take its old name off the way.
            let is_last = new.last().is_some_and(|last| last.name == "renamed");
            assert!(kinds.into_iter().all(|kind| (kind == "type_string") == is_last), "{round}: {advice:?}");
        }
    }
    assert!(counts.iter().all(|&count| count > 500), "{counts:?}");
}
