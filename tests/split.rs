//! Files with other parts of units: an object can name any number of them, and pays for all.

use std::fs;

use dwarfksyms_core::{ErrorKind, Image, Limit, Limits, Object, Options, Result};
use dwarfksyms_tests::repository;

/// An object and the file with the other part of its unit.
fn sound() -> [Vec<u8>; 2] {
    let folder = repository().join("corpus/hostile/split/sound-file");
    ["x.o", "x.dwo"].map(|name| fs::read(folder.join(name)).expect("a file"))
}

/// Reads the file so many times for one object, as if the object named it by so many names.
fn read(times: usize, limits: &Limits) -> Result<()> {
    let [object, other] = sound();
    let object = Object::parse(&object, Options::default(), limits)?;
    let mut images = Vec::new();
    for _ in 0..times {
        images.push(object.split_image(&other, limits)?);
    }
    Ok(())
}

#[test]
fn what_was_read_for_an_object_counts_before_it_is_attached() {
    let [_, other] = sound();
    for limit in [Limit::Memory, Limit::Work] {
        let with = |value| Limits::default().with(limit, value);
        let least = |times| (0..1 << 20).find(|&value| read(times, &with(value)).is_ok()).expect("a limit");
        let (none, one, four) = (least(0), least(1), least(4));
        assert!(none < one && four - none >= 4 * (one - none), "{limit:?}: {none}, {one}, {four}");
        let error = read(4, &with(four - 1)).expect_err("too much");
        assert_eq!(error.kind(), ErrorKind::Limit(limit, four - 1));
        // By itself, each file would have all of it.
        assert!((0..4).all(|_| Image::parse_split(&other, &with(one)).is_ok()));
    }
}
