//! A pair of types, drawn from a number: the old state, then some edits.

use crate::model::Numbers;

use super::base::{Alias, Base};
use super::edit::edit;
use super::placeholder;
use super::types::{Definition, Enumerator, Export, Member, Pair, Parameter, Record, Side, Signature, Type};

/// The pair of a number.
pub fn pair(seed: u64) -> Pair {
    let mut drawer = Drawer { numbers: Numbers(seed.wrapping_mul(0x1_0000_0001)), next: 0, own: None };
    let old = drawer.side();
    let mut new = old.clone();
    let mut edits = Vec::new();
    let wanted = drawer.numbers.choose(&[1, 1, 1, 1, 2, 2, 3]);
    // Some edits find nothing to work on.
    for _ in 0..40 {
        if edits.len() == wanted {
            break;
        }
        edits.extend(edit(&mut drawer, &mut new));
    }
    Pair { seed, old, new, edits }
}

/// What is drawn from, and the names that have been given.
pub(super) struct Drawer {
    pub(super) numbers: Numbers,
    next: u32,
    /// The structure or union that is drawn, if pointers in it may lead to itself.
    pub(super) own: Option<usize>,
}

impl Drawer {
    pub(super) fn percent(&mut self, percent: usize) -> bool {
        self.numbers.below(100) < percent
    }

    /// A number that nothing else has.
    pub(super) fn id(&mut self) -> u32 {
        self.next += 1;
        self.next
    }

    pub(super) fn name(&mut self) -> String {
        let id = self.id();
        format!("{}{id}", self.numbers.choose(&["a", "b", "c", "d", "x", "y"]))
    }

    fn side(&mut self) -> Side {
        let mut side = Side::default();
        for _ in 0..self.numbers.below(5) {
            self.own = None;
            let definition = match self.numbers.below(13) {
                12 => Definition::Opaque,
                0..4 => Definition::Enumeration(self.enumerators()),
                4 | 5 => Definition::Typedef(self.aliased(&side)),
                _ => {
                    self.own = Some(side.definitions.len());
                    Definition::Record(self.record(&side, 3, 1))
                }
            };
            side.definitions.push(definition);
        }
        self.own = Some(side.definitions.len());
        let mut main = self.record(&side, 6, 0);
        self.own = None;
        if !main.is_union && self.percent(8) {
            main.members.extend(self.flexible(&side));
        }
        side.definitions.push(Definition::Record(main));
        side.exports.push(self.export(&side));
        if self.percent(25) {
            side.exports.push(self.export(&side));
        }
        side
    }

    fn aliased(&mut self, side: &Side) -> Type {
        match self.numbers.below(4) {
            0 => Type::Inline(self.record(side, 3, 2)),
            1 => Type::pointer(self.target(side)),
            _ => self.scalar(side),
        }
    }

    /// The last member of a structure.
    fn flexible(&mut self, side: &Side) -> Option<Member> {
        let count = if self.percent(50) { Some(0) } else { None };
        let element = if self.percent(30) { self.embedded(side)? } else { self.scalar(side) };
        let (id, name) = (self.id(), self.name());
        Some(Member::new(id, name, Type::Array(Box::new(element), count)))
    }

    pub(super) fn enumerators(&mut self) -> Vec<Enumerator> {
        let mut all: Vec<Enumerator> = (0..=self.numbers.below(4)).map(|_| self.enumerator(25)).collect();
        if self.percent(30) {
            let id = self.id();
            let form = self.numbers.choose(&["#_MAX", "NR_#", "#_COUNT", "__#_LAST", "NUM_#", "#_TYPES"]);
            all.push(Enumerator { id, name: form.replace('#', &format!("e{id}")), value: None });
        }
        all
    }

    /// An enumerator that says its value in some of a hundred cases.
    pub(super) fn enumerator(&mut self, percent: usize) -> Enumerator {
        let id = self.id();
        let large = if self.percent(4) { 1 << 33 } else { 0 };
        let value = self.percent(percent).then(|| i64::from(id) * 10 - 3 + large);
        Enumerator { id, name: format!("e{id}"), value }
    }

    /// A structure or union of as many members.
    pub(super) fn record(&mut self, side: &Side, most: usize, depth: u32) -> Record {
        let is_union = self.percent(20);
        let members = (0..=self.numbers.below(most)).map(|_| self.member(side, depth)).collect();
        let is_packed = self.percent(6);
        let aligned = if self.percent(6) { self.numbers.choose(&[4, 8, 16, 64]) } else { 0 };
        let mut record = Record { is_union, members, is_packed, aligned };
        if !record.members.iter().any(|member| !member.name.is_empty()) {
            record.members.push(self.plain(side));
        }
        record
    }

    pub(super) fn member(&mut self, side: &Side, depth: u32) -> Member {
        match self.numbers.below(100) {
            0..14 => self.bit_field(),
            14..20 => {
                let id = self.id();
                let (name, ty) = placeholder::draw(&mut self.numbers, id);
                Member::new(id, name, ty)
            }
            20..32 if depth < 2 => {
                let name = if self.percent(60) { String::new() } else { self.name() };
                let ty = Type::Inline(self.record(side, 2, depth + 1));
                let ty = if name.is_empty() || self.percent(75) { ty } else { self.array(ty) };
                Member::new(self.id(), name, ty)
            }
            32..44 => match self.embedded(side) {
                Some(ty) => {
                    let ty = if self.percent(70) { ty } else { self.array(ty) };
                    Member::new(self.id(), self.name(), ty)
                }
                None => self.plain(side),
            },
            _ => self.plain(side),
        }
    }

    /// One with a name, and nothing in it.
    pub(super) fn plain(&mut self, side: &Side) -> Member {
        let ty = match self.numbers.below(10) {
            0 => {
                let element = match self.percent(15) {
                    true => Type::pointer(Type::Function(Box::new(self.signature(side)))),
                    false => self.scalar(side),
                };
                self.array(element)
            }
            1 | 2 => Type::pointer(self.target(side)),
            3 => Type::pointer(Type::Function(Box::new(self.signature(side)))),
            _ => self.scalar(side),
        };
        let ty = match self.numbers.below(30) {
            0 => Type::Volatile(Box::new(ty)),
            1 => Type::Const(Box::new(ty)),
            _ => ty,
        };
        let mut member = Member::new(self.id(), self.name(), ty);
        if self.percent(3) {
            member.aligned = self.numbers.choose(&[8, 16]);
        }
        member
    }

    pub(super) fn bit_field(&mut self) -> Member {
        let base = Base::at(self.numbers.choose(&[2, 4, 5, 6, 6, 6, 8, 10, 11]));
        let most = if base.is_integer() { base.size() as usize * 8 } else { 1 };
        let widest = if self.percent(80) { 9 } else { 64 };
        let bits = 1 + self.numbers.below(most.min(widest)) as u32;
        let id = self.id();
        let (name, bits) = match self.numbers.below(12) {
            0 => (String::new(), bits),
            1 if base.is_integer() => (String::new(), 0),
            _ => (self.name(), bits),
        };
        Member { bits: Some(bits), ..Member::new(id, name, Type::Base(base)) }
    }

    pub(super) fn array(&mut self, element: Type) -> Type {
        let element = match self.percent(8) && !matches!(element, Type::Array(..)) {
            true => self.array(element),
            false => element,
        };
        let count = self.numbers.choose(&[1, 2, 2, 3, 4, 7, 0]);
        Type::Array(Box::new(element), Some(count))
    }

    /// A value without members.
    pub(super) fn scalar(&mut self, side: &Side) -> Type {
        match self.numbers.below(12) {
            0..2 => self
                .named(side, |side, ty| ty.record(side).is_none() && ty.is_complete(side))
                .unwrap_or(Type::Base(Base::INT)),
            2..5 => Type::Alias(Alias::at(self.numbers.below(100))),
            5 => Type::Base(Base::at(self.numbers.below(Base::ALL.len()))),
            // Without the one of 16 bytes.
            _ => Type::Base(Base::at(self.numbers.below(12))),
        }
    }

    /// A named structure or union, or a typedef of one.
    pub(super) fn embedded(&mut self, side: &Side) -> Option<Type> {
        self.named(side, |side, ty| ty.record(side).is_some())
    }

    fn named(&mut self, side: &Side, is_meant: impl Fn(&Side, &Type) -> bool) -> Option<Type> {
        let all: Vec<usize> =
            (0..side.definitions.len()).filter(|&at| is_meant(side, &Type::Named(at))).collect();
        if all.is_empty() { None } else { Some(Type::Named(self.numbers.choose(&all))) }
    }

    /// What a pointer leads to.
    pub(super) fn target(&mut self, side: &Side) -> Type {
        let is_own = self.percent(60);
        let ty = match self.numbers.below(6) {
            0 => Type::Void,
            1 => match self.own.filter(|_| is_own) {
                Some(own) => Type::Named(own),
                _ => Type::Base(Base::CHAR),
            },
            2..4 => self.named(side, |_, _| true).unwrap_or(Type::Void),
            _ => self.scalar(side),
        };
        if self.percent(15) { Type::Const(Box::new(ty)) } else { ty }
    }

    pub(super) fn signature(&mut self, side: &Side) -> Signature {
        let result = match self.numbers.below(3) {
            0 => Type::Void,
            1 => Type::Base(Base::INT),
            _ => self.parameter(side).ty,
        };
        let parameters = (0..self.numbers.below(4)).map(|_| self.parameter(side)).collect();
        Signature { result, parameters }
    }

    pub(super) fn parameter(&mut self, side: &Side) -> Parameter {
        let ty = if self.percent(50) { self.scalar(side) } else { Type::pointer(self.target(side)) };
        Parameter { name: self.name(), ty }
    }

    /// What reaches the main type, which is the last.
    fn export(&mut self, side: &Side) -> Export {
        let main = Type::Named(side.definitions.len() - 1);
        let is_flexible = main.record(side).is_some_and(|record| {
            record.members.last().is_some_and(|last| matches!(last.ty, Type::Array(_, None | Some(0))))
        });
        let mut signature = self.signature(side);
        let at = self.numbers.below(signature.parameters.len() + 1);
        let name = self.name();
        match self.numbers.below(10) {
            0 if !is_flexible => Export::Variable(main),
            1 if !is_flexible => Export::Variable(Type::Array(Box::new(main), Some(2))),
            2 if !is_flexible => {
                signature.parameters.insert(at, Parameter { name, ty: main });
                Export::Function(signature)
            }
            3 if !is_flexible => Export::Function(Signature { result: main, ..signature }),
            4 => Export::Variable(Type::pointer(main)),
            _ => {
                signature.parameters.insert(at, Parameter { name, ty: Type::pointer(main) });
                Export::Function(signature)
            }
        }
    }
}
