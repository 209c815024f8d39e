//! Any bytes as an object.

use dwarfksyms_core::{Companions, Dump, Exports, Linkage, Object, Options, Scheme};

use crate::describe::{LIMITS, check, image, unpacked};

/// Any bytes as an object, with a symbol list in front: the list ends at the first NUL.
pub fn object(data: &[u8]) {
    let end = data.iter().position(|&byte| byte == 0).unwrap_or(data.len());
    let (list, object) = data.split_at(end);
    whole(list, object.get(1..).unwrap_or_default());
}

/// Describes an object that needs no other file, in all ways.
pub(crate) fn whole(list: &[u8], object: &[u8]) {
    let unpacked = unpacked(object);
    // What an object says that it exports can be listed, or is refused.
    let names = |linkage: Linkage<'_>| linkage.exports.iter().map(|export| export.name.to_vec()).collect();
    let names: Vec<Vec<u8>> = Linkage::parse(object, &LIMITS).map(names).unwrap_or_default();
    let names: Vec<&[u8]> = names.iter().map(Vec::as_slice).collect();
    if let Ok(exports) = Exports::of_objects(&names, &LIMITS) {
        let list = exports.iter().fold(Vec::new(), |list, (_, name)| [&list, name, &b"\n"[..]].concat());
        assert_eq!(Exports::parse(&list, &LIMITS).map(|list| list.len()), Ok(exports.len()));
    }
    let canonical = Options::default().scheme(Scheme::Canonical);
    let per_unit =
        Options::default().scheme(Scheme::PerUnit { shows_types: true }).dump(Dump::Dies).stable(true);
    let others = [(false, Dump::None), (true, Dump::Dies), (false, Dump::DieMap)];
    let others = others.map(|(stable, dump)| Options::default().stable(stable).dump(dump));
    for options in [canonical, per_unit].into_iter().chain(others) {
        let size = list.len() + object.len() + unpacked.iter().flatten().map(Vec::len).sum::<usize>();
        check(list, size, options, &|limits| {
            Object::new(image(object, &unpacked, limits)?, Companions::default(), options, limits)
        });
    }
}

#[cfg(test)]
#[test]
fn smoke() {
    crate::smoke::test("object");
}

#[cfg(test)]
#[test]
fn a_small_stack_is_enough() {
    for (name, seed) in crate::seeds::seeds("object") {
        let thread = std::thread::Builder::new().stack_size(256 << 10);
        let result = thread.spawn(move || object(&seed)).expect("a thread").join();
        assert!(result.is_ok(), "{name}");
    }
}
