//! Lists of names that several rows of a report have in common.
//!
//! Thousands of exports can differ for the same thousands of causes. A report says so of each of them; it keeps each list once,
//! as positions in a table of names.

use std::collections::HashMap;
use std::rc::Rc;

use serde::{Serialize, Serializer};

/// Names, in an order.
#[derive(Debug, Clone, Default)]
pub(crate) struct NameList {
    table: Rc<Vec<String>>,
    positions: Rc<Vec<u32>>,
}

/// Tells a list from others, as long as it is there.
pub(crate) type Key = *const Vec<u32>;

impl NameList {
    /// Names of a table, by their positions.
    pub(crate) fn new(table: &Rc<Vec<String>>, positions: Rc<Vec<u32>>) -> NameList {
        NameList { table: Rc::clone(table), positions }
    }

    pub(crate) fn len(&self) -> usize {
        self.positions.len()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.positions.is_empty()
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &str> + Clone {
        self.positions.iter().filter_map(|&position| self.table.get(position as usize)).map(String::as_str)
    }

    /// Rows with the same key have the same names.
    pub(crate) fn key(&self) -> Key {
        Rc::as_ptr(&self.positions)
    }
}

impl FromIterator<String> for NameList {
    fn from_iter<I: IntoIterator<Item = String>>(names: I) -> NameList {
        let table: Rc<Vec<String>> = Rc::new(names.into_iter().collect());
        let positions = (0..).take(table.len()).collect();
        NameList { table, positions: Rc::new(positions) }
    }
}

impl Serialize for NameList {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter())
    }
}

/// How long lists are when JSON names all that is in them, of which each is measured once.
#[derive(Default)]
pub(crate) struct Lengths(HashMap<usize, u64>);

impl Lengths {
    /// A name has a line of its own, with quotes and a comma.
    const AROUND: usize = 12;

    /// The bytes of a list, by its address, with names of such lengths.
    pub(crate) fn of(&mut self, address: usize, names: impl Iterator<Item = usize>) -> u64 {
        let line = |name: usize| name.saturating_add(Lengths::AROUND) as u64;
        *self.0.entry(address).or_insert_with(|| names.map(line).fold(0, u64::saturating_add))
    }
}

/// Takes names out of lists, of each list once.
pub(crate) struct Sieve<F> {
    is_kept: F,
    /// What was a list, which has to stay for its key, and what is left of it.
    seen: HashMap<Key, (NameList, NameList)>,
}

impl<F: Fn(&str) -> bool> Sieve<F> {
    pub(crate) fn new(is_kept: F) -> Sieve<F> {
        Sieve { is_kept, seen: HashMap::new() }
    }

    pub(crate) fn retain(&mut self, names: &mut NameList) {
        let left = self.seen.entry(names.key()).or_insert_with(|| {
            let is_kept = |position: &&u32| {
                names.table.get(**position as usize).is_some_and(|name| (self.is_kept)(name))
            };
            let positions: Vec<u32> = names.positions.iter().filter(is_kept).copied().collect();
            let left = match positions.len() == names.len() {
                true => names.clone(),
                false => NameList::new(&names.table, Rc::new(positions)),
            };
            (names.clone(), left)
        });
        *names = left.1.clone();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_taken_out_of_a_list_is_taken_out_of_it_for_all() {
        let names: NameList = ["a", "b", "c"].map(str::to_owned).into_iter().collect();
        let mut rows = [names.clone(), names, ["b"].map(str::to_owned).into_iter().collect()];
        let mut sieve = Sieve::new(|name| name != "b");
        rows.iter_mut().for_each(|row| sieve.retain(row));
        assert_eq!(rows[0].iter().collect::<Vec<_>>(), ["a", "c"]);
        assert_eq!(rows[0].key(), rows[1].key());
        assert!(rows[2].is_empty());
        assert_eq!(serde_json::to_string(&rows[0]).unwrap(), r#"["a","c"]"#);
    }
}
