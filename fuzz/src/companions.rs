//! Any bytes as an object and a file that it depends on.

use dwarfksyms_core::{Companions, Image, Limits, Object, Options, Package, Result};

use crate::describe::check;

/// Any bytes as a byte that tells how the files depend on one another, the length of the first file in 4 bytes, the
/// symbol list up to a NUL, and the two files.
pub fn companions(data: &[u8]) {
    let Some((&[kind, a, b, c, d], rest)) = data.split_first_chunk::<5>() else { return };
    let end = rest.iter().position(|&byte| byte == 0).unwrap_or(rest.len());
    let (list, files) = rest.split_at(end);
    let files = files.get(1..).unwrap_or_default();
    let length = usize::try_from(u32::from_le_bytes([a, b, c, d])).unwrap_or(usize::MAX);
    let (object, other) = files.split_at_checked(length).unwrap_or((files, &[]));
    let options = Options::default().stable(kind & 4 != 0);
    check(list, data.len(), options, &|limits| open(kind, object, other, options, limits));
}

fn open<'d>(
    kind: u8,
    object: &'d [u8],
    other: &'d [u8],
    options: Options,
    limits: &Limits,
) -> Result<Object<'d>> {
    let mut image = Image::parse(object, limits)?;
    match kind % 4 {
        0 => {
            let other = Image::parse(other, limits)?;
            let alternate = image.links().alternate;
            // Whether it is the right one is the caller's business.
            let _ = alternate.is_some_and(|alternate| alternate.is(other.links()));
            Object::new(image, Companions::default().supplementary(other), options, limits)
        }
        1 => {
            image.adopt(Image::parse(other, limits)?);
            Object::new(image, Companions::default(), options, limits)
        }
        kind => {
            let file = if kind == 2 { other } else { object };
            let mut object = Object::new(image, Companions::default(), options, limits)?;
            let units = object.split_units()?;
            let mut members = Vec::new();
            if let Some(mut package) = Package::new(Image::parse_split(file, limits)?, limits)? {
                for unit in units.chunks(1).take(16) {
                    members.extend(package.unit(unit[0].id)?.map(|member| (member, unit)));
                }
            } else {
                members.push((Image::parse_split(file, limits)?, units.as_slice()));
            }
            object.attach(members)?;
            Ok(object)
        }
    }
}

#[cfg(test)]
#[test]
fn smoke() {
    crate::smoke::test("companions");
}
