//! Where a model's declarations stand: which units there are, and in which order the symbols come.

use arbitrary::{Arbitrary, Result, Unstructured};

use super::types::{Model, Parent, TypeId};

/// Where declarations stand.
#[derive(Clone, Debug)]
pub struct Layout {
    /// The symbols of each unit, by position, in DWARF order.
    pub units: Vec<Vec<usize>>,
    /// Who has the types.
    pub sharing: Sharing,
    /// The symbol list: every name that is asked for, some of symbols that are not described.
    pub list: Vec<String>,
}

/// Who has the types.
#[derive(Clone, Debug)]
pub enum Sharing {
    /// Every unit has all of them.
    Copies,
    /// Each is in one unit, to which the others refer.
    Once(Vec<usize>),
}

impl Layout {
    /// One unit, everything in the order of the model.
    pub fn plain(model: &Model) -> Layout {
        Layout {
            units: vec![(0..model.symbols.len()).collect()],
            sharing: Sharing::Copies,
            list: model.listed().collect(),
        }
    }

    /// Some layout.
    ///
    /// # Errors
    /// None: bytes that have run out lead to a plain layout.
    pub fn draw(u: &mut Unstructured<'_>, model: &Model) -> Result<Layout> {
        let mut layout = Layout::plain(model);
        let count = u.int_in_range(1..=3)?;
        layout.units = vec![Vec::new(); count];
        for symbol in shuffled(u, (0..model.symbols.len()).collect())? {
            layout.units[u.int_in_range(0..=count - 1)?].push(symbol);
        }
        if bool::arbitrary(u)? {
            let mut units: Vec<usize> = Vec::new();
            for declared in &model.types {
                // What is declared in a type stands where that stands.
                units.push(match declared.parent {
                    Parent::Type(parent) => units[parent],
                    Parent::Scopes(_) => u.int_in_range(0..=count - 1)?,
                });
            }
            layout.sharing = Sharing::Once(units);
        }
        if bool::arbitrary(u)? {
            layout.list.extend(["unknown".to_owned(), "symbol0_unknown".to_owned()]);
        }
        layout.list = shuffled(u, layout.list)?;
        Ok(layout)
    }

    /// The unit whose copy of a type is meant in a unit.
    pub fn unit_of(&self, unit: usize, id: TypeId) -> usize {
        match &self.sharing {
            Sharing::Copies => unit,
            Sharing::Once(units) => units[id],
        }
    }

    /// The symbol list's bytes.
    pub fn symbol_list(&self) -> Vec<u8> {
        self.list.iter().flat_map(|name| format!("{name}\n").into_bytes()).collect()
    }
}

/// The same items in some order; in their own if the bytes have run out.
fn shuffled<T>(u: &mut Unstructured<'_>, mut items: Vec<T>) -> Result<Vec<T>> {
    for at in 1..items.len() {
        let other = at - u.int_in_range(0..=at)?;
        items.swap(at, other);
    }
    Ok(items)
}
