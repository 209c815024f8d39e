//! Edits of structures and unions.

use super::base::Base;
use super::draw::Drawer;
use super::placeholder::{HIDDEN, is_placeholder};
use super::prototype;
use super::types::{Member, Record, Side, Type};

pub(super) fn edit(drawer: &mut Drawer, side: &Side, record: &mut Record) -> Option<&'static str> {
    match drawer.numbers.below(10) {
        0..3 => add(drawer, side, record),
        3 => order(drawer, record),
        4 => wrap(drawer, side, record),
        5 => replace(drawer, side, record),
        6 => whole(drawer, record),
        _ => one(drawer, side, record),
    }
}

/// How many members can have others behind them: nothing stands behind a flexible array.
fn end(record: &Record) -> usize {
    let is_flexible = |member: &Member| matches!(member.ty, Type::Array(_, None));
    record.members.iter().position(is_flexible).unwrap_or(record.members.len())
}

fn add(drawer: &mut Drawer, side: &Side, record: &mut Record) -> Option<&'static str> {
    let end = end(record);
    let (at, what) = match drawer.numbers.below(5) {
        0 => (0, "member in front"),
        1 | 2 => (end, "member at the end"),
        _ => (drawer.numbers.below(end + 1), "member somewhere"),
    };
    let member = match drawer.numbers.below(4) {
        0 => {
            // Small, so that it may find a hole.
            let base = Base::at(drawer.numbers.below(7));
            Member::new(drawer.id(), drawer.name(), Type::Base(base))
        }
        1 => drawer.plain(side),
        _ => drawer.member(side, 1),
    };
    record.members.insert(at, member);
    Some(what)
}

fn order(drawer: &mut Drawer, record: &mut Record) -> Option<&'static str> {
    let end = end(record);
    if end < 2 {
        return None;
    }
    let at = drawer.numbers.below(end);
    match drawer.numbers.below(4) {
        0 | 1 => {
            record.members.swap(at, (at + 1) % end);
            Some("members swapped")
        }
        2 => {
            drawer.numbers.shuffle(&mut record.members[..end]);
            Some("members shuffled")
        }
        _ => {
            // As if each had become the other: the names change places.
            let next = (at + 1) % end;
            if record.members[at].name.is_empty() || record.members[next].name.is_empty() {
                return None;
            }
            let name = std::mem::take(&mut record.members[at].name);
            record.members[at].name = std::mem::replace(&mut record.members[next].name, name);
            Some("names swapped")
        }
    }
}

/// Puts members into a structure or union, or takes them out.
fn wrap(drawer: &mut Drawer, side: &Side, record: &mut Record) -> Option<&'static str> {
    let end = end(record);
    if end == 0 {
        return None;
    }
    let at = drawer.numbers.below(end);
    let kind = drawer.numbers.below(6);
    if kind == 5 {
        let Type::Inline(_) = record.members[at].ty else { return None };
        let Type::Inline(inner) = record.members.remove(at).ty else { return None };
        record.members.splice(at..at, inner.members);
        return Some("members taken out");
    }
    let behind = if kind == 2 || kind == 3 { at + 1 + drawer.numbers.below(end - at) } else { at + 1 };
    let members: Vec<Member> = record.members.splice(at..behind, []).collect();
    if !members.iter().any(|member| !member.name.is_empty()) {
        record.members.splice(at..at, members);
        return None;
    }
    let id = drawer.id();
    let (ty, name, what) = match kind {
        0 | 1 => {
            let mut members = members;
            let other = if drawer.percent(25) { drawer.member(side, 2) } else { drawer.plain(side) };
            members.insert(drawer.numbers.below(2), other);
            (union(members), String::new(), "union around a member")
        }
        2 => (structure(members), String::new(), "structure around members"),
        3 => {
            // As struct_group does it.
            let group = Member::new(drawer.id(), drawer.name(), structure(members.clone()));
            let open = Member::new(drawer.id(), String::new(), structure(members));
            (union(vec![open, group]), String::new(), "struct_group")
        }
        _ => (structure(members), drawer.name(), "named structure around a member"),
    };
    record.members.insert(at, Member::new(id, name, ty));
    Some(what)
}

/// As the macros of stable kABIs use reserved space, and replace members.
fn replace(drawer: &mut Drawer, side: &Side, record: &mut Record) -> Option<&'static str> {
    let fits = |member: &&Member| !member.name.is_empty() && member.bits.is_none();
    let reserved: Vec<usize> =
        (0..record.members.len()).filter(|&at| is_placeholder(&record.members[at].name)).collect();
    let at = if reserved.is_empty() {
        drawer.numbers.below(record.members.len())
    } else {
        drawer.numbers.choose(&reserved)
    };
    let old = record.members.get(at).filter(fits)?.clone();
    if matches!(old.ty, Type::Array(_, None)) {
        return None;
    }
    let id = drawer.id();
    let new = match drawer.numbers.below(3) {
        0 if reserved.is_empty() => Member::new(drawer.id(), old.name.clone(), drawer.scalar(side)),
        0 => Member::new(drawer.id(), drawer.name(), Type::Base(Base::LONG)),
        _ => drawer.plain(side),
    };
    let hidden = format!("{}{id}", drawer.numbers.choose(&HIDDEN));
    let (member, what) = match drawer.numbers.below(5) {
        0 if !reserved.is_empty() => (new, "reserved member turned into another"),
        1 if !reserved.is_empty() => {
            let members = vec![new, old];
            (Member::new(id, String::new(), union(members)), "union around reserved member")
        }
        2 if !reserved.is_empty() => {
            let halves = (0..2).map(|_| Member::new(drawer.id(), drawer.name(), Type::Base(Base::INT)));
            let halves = structure(halves.collect());
            let kept = Member::new(drawer.id(), hidden, structure(vec![old]));
            let members = vec![Member::new(drawer.id(), String::new(), halves), kept];
            (Member::new(id, String::new(), union(members)), "reserved member split")
        }
        _ => {
            let kept = Member::new(drawer.id(), hidden, structure(vec![old]));
            (Member::new(id, String::new(), union(vec![new, kept])), "member replaced")
        }
    };
    record.members[at] = member;
    Some(what)
}

fn structure(members: Vec<Member>) -> Type {
    Type::Inline(Record { members, ..Record::default() })
}

fn union(members: Vec<Member>) -> Type {
    Type::Inline(Record { is_union: true, members, ..Record::default() })
}

/// What is asked for the type as a whole.
fn whole(drawer: &mut Drawer, record: &mut Record) -> Option<&'static str> {
    if drawer.percent(5) {
        record.is_union = !record.is_union;
        return Some("structure to union, or back");
    }
    if drawer.percent(40) {
        record.is_packed = !record.is_packed;
        return Some("packed or not");
    }
    record.aligned = drawer.numbers.choose(&[0, 1, 2, 4, 8, 8, 16, 64]);
    Some("alignment of the type")
}

/// One member.
fn one(drawer: &mut Drawer, side: &Side, record: &mut Record) -> Option<&'static str> {
    let at = drawer.numbers.below(record.members.len());
    let name = drawer.name();
    match drawer.numbers.below(8) {
        0 if record.members.iter().filter(|member| !member.name.is_empty()).count() > 1 => {
            record.members.remove(at);
            return Some("member removed");
        }
        1 if record.members.get(at)?.bits != Some(0) => {
            // One without a name gets one, too, unless members are in it.
            record.members[at].name = name;
            return Some("member renamed");
        }
        2 => {
            let member = record.members.get_mut(at).filter(|member| member.bits.is_none())?;
            member.aligned = drawer.numbers.choose(&[0, 4, 8, 16]);
            return Some("alignment of a member");
        }
        _ => {}
    }
    let member = record.members.get_mut(at)?;
    match (member.bits, &mut member.ty) {
        (Some(bits), Type::Base(base)) => {
            if base.is_integer() && bits > 0 && drawer.percent(60) {
                let most = base.size() * 8;
                member.bits =
                    Some(if bits == most || drawer.percent(40) { (bits - 1).max(1) } else { bits + 1 });
                return Some("width of a bit-field");
            }
            if bits > 0 && !member.name.is_empty() && bits == base.size() * 8 {
                member.bits = None;
                return Some("bit-field to member");
            }
            *base = base.other_sign()?;
            Some("sign of a bit-field")
        }
        (_, ty) => retype(drawer, side, ty),
    }
}

/// Another type in the place of one.
pub(super) fn retype(drawer: &mut Drawer, side: &Side, ty: &mut Type) -> Option<&'static str> {
    if drawer.percent(15) && !matches!(ty, Type::Array(..) | Type::Inline(_)) {
        *ty = match ty {
            Type::Const(inner) | Type::Volatile(inner) => (**inner).clone(),
            _ if drawer.percent(50) => Type::Const(Box::new(ty.clone())),
            _ => Type::Volatile(Box::new(ty.clone())),
        };
        return Some("qualifier");
    }
    match ty {
        Type::Const(inner) | Type::Volatile(inner) => retype(drawer, side, inner),
        Type::Inline(_) => None,
        Type::Array(element, count) => match drawer.numbers.below(3) {
            0 if count.is_none() => {
                *count = Some(0);
                Some("[] to [0]")
            }
            0 | 1 if count.is_some() => {
                *count =
                    count.map(|count| if count > 1 && drawer.percent(40) { count - 1 } else { count + 1 });
                Some("length of an array")
            }
            _ => retype(drawer, side, element),
        },
        Type::Pointer(target) => match &mut **target {
            Type::Function(signature) => prototype::edit(drawer, side, signature),
            Type::Const(inner) => {
                **target = (**inner).clone();
                Some("const gone behind a pointer")
            }
            _ if drawer.percent(40) => {
                **target = Type::Const(Box::new((**target).clone()));
                Some("const behind a pointer")
            }
            _ if drawer.percent(50) => {
                **target = drawer.target(side);
                Some("another target of a pointer")
            }
            _ => {
                *ty = drawer.scalar(side);
                Some("pointer to scalar")
            }
        },
        _ => another(drawer, side, ty),
    }
}

fn another(drawer: &mut Drawer, side: &Side, ty: &mut Type) -> Option<&'static str> {
    let base = match ty.resolved(side) {
        Type::Base(base) => Some(*base),
        _ => None,
    };
    let kind = drawer.numbers.below(10);
    match (kind, base) {
        (0..4, Some(base)) => {
            let all = base.spellings();
            *ty = all[drawer.numbers.below(all.len())].clone();
            Some("spelling of a type")
        }
        (4 | 5, Some(base)) => {
            *ty = Type::Base(base.other_sign()?);
            Some("sign of a type")
        }
        (6, _) => {
            *ty = Type::pointer(drawer.target(side));
            Some("scalar to pointer")
        }
        (7, None) => {
            *ty = drawer.embedded(side)?;
            Some("another structure")
        }
        _ => {
            *ty = drawer.scalar(side);
            Some("another scalar")
        }
    }
}
