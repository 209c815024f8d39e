//! Edits of enumerations.

use super::draw::Drawer;
use super::types::Enumerator;

pub(super) fn edit(drawer: &mut Drawer, enumerators: &mut Vec<Enumerator>) -> Option<&'static str> {
    let count = enumerators.len();
    let at = drawer.numbers.below(count);
    match drawer.numbers.below(9) {
        0 => {
            enumerators.insert(at, drawer.enumerator(20));
            Some("enumerator inserted")
        }
        1 | 2 => {
            enumerators.push(drawer.enumerator(20));
            Some("enumerator appended")
        }
        // Where there is a count, this is in front of it.
        3 | 4 => {
            enumerators.insert(count - 1, drawer.enumerator(0));
            Some("enumerator before the last")
        }
        5 if count > 1 => {
            enumerators.remove(at);
            Some("enumerator removed")
        }
        6 => {
            let id = drawer.id();
            enumerators[at].name = format!("r{id}");
            Some("enumerator renamed")
        }
        7 => {
            enumerators[at].value = Some(drawer.numbers.below(9) as i64 - 1);
            Some("enumerator renumbered")
        }
        8 => {
            // As the compiler counts, so that nothing has another value.
            let mut value = -1;
            for enumerator in enumerators {
                value = enumerator.value.unwrap_or(value + 1);
                enumerator.value = Some(value);
            }
            Some("values written out")
        }
        _ => None,
    }
}
