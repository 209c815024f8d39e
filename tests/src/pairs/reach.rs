//! Which named types an export reaches.

use std::collections::BTreeSet;

use super::types::{Definition, Export, Pair, Record, Side, Type};

impl Pair {
    /// What any export reaches in either state.
    pub(super) fn reached(&self) -> BTreeSet<usize> {
        let of =
            |side: &Side| (0..side.exports.len()).flat_map(|at| side.reached(at)).collect::<BTreeSet<_>>();
        &of(&self.old) | &of(&self.new)
    }
}

impl Side {
    /// The indices of all definitions that an export leads to, through pointers too.
    pub(super) fn reached(&self, export: usize) -> BTreeSet<usize> {
        let mut found = BTreeSet::new();
        match &self.exports[export] {
            Export::Variable(ty) => self.reach(ty, &mut found),
            Export::Function(signature) => {
                self.reach(&signature.result, &mut found);
                signature.parameters.iter().for_each(|parameter| self.reach(&parameter.ty, &mut found));
            }
        }
        found
    }

    fn reach(&self, ty: &Type, found: &mut BTreeSet<usize>) {
        match ty {
            Type::Void | Type::Base(_) | Type::Alias(_) => {}
            Type::Pointer(inner) | Type::Array(inner, _) | Type::Const(inner) | Type::Volatile(inner) => {
                self.reach(inner, found);
            }
            Type::Inline(record) => self.reach_members(record, found),
            Type::Function(signature) => {
                self.reach(&signature.result, found);
                signature.parameters.iter().for_each(|parameter| self.reach(&parameter.ty, found));
            }
            Type::Named(index) => {
                if !found.insert(*index) {
                    return;
                }
                match &self.definitions[*index] {
                    Definition::Record(record) => self.reach_members(record, found),
                    Definition::Typedef(ty) => self.reach(ty, found),
                    Definition::Enumeration(_) | Definition::Opaque => {}
                }
            }
        }
    }

    fn reach_members(&self, record: &Record, found: &mut BTreeSet<usize>) {
        record.members.iter().for_each(|member| self.reach(&member.ty, found));
    }
}
