//! Objects that are almost sound: generated or real ones, with a few edits.

use arbitrary::{Arbitrary, Result, Unstructured};
use dwarfksyms_tests::model::{Encoding, Layout, Model, encode};

use crate::object::whole;
use crate::sections;

/// An object of the corpus, with its symbol list.
macro_rules! real {
    ($case:literal, $object:literal) => {
        (
            include_bytes!(concat!("../../corpus/golden/", $case, "/syms")),
            include_bytes!(concat!("../../corpus/golden/", $case, "/", $object)),
        )
    };
}

/// Small objects of compilers, and the symbols that they are about.
const REAL: [(&[u8], &[u8]); 8] = [
    real!("rust-enums", "x.o"),
    real!("type-units-gcc", "x4.o"),
    real!("cxx-classes", "x.o"),
    real!("asm-variants", "x.o"),
    real!("stable-mixed", "x.o"),
    real!("format-elf32", "x.o"),
    real!("bitfields-dwarf2", "x.o"),
    real!("private-types", "x.o"),
];

/// Bytes as an object and edits of it.
pub fn mutated(data: &[u8]) {
    if let Ok((list, object)) = draw(&mut Unstructured::new(data)) {
        whole(&list, &object);
    }
}

fn draw(u: &mut Unstructured<'_>) -> Result<(Vec<u8>, Vec<u8>)> {
    let number = u.int_in_range(0..=15)?;
    let edits: Vec<Edit> = u.arbitrary_iter()?.take(8).collect::<Result<_>>()?;
    let (list, mut object) = match REAL.get(number) {
        Some(&(list, object)) => (list.to_vec(), object.to_vec()),
        None => {
            let encoding = Encoding::arbitrary(u)?;
            let model = Model::arbitrary(u)?;
            let layout = Layout::draw(u, &model)?;
            (layout.symbol_list(), encode(&model, &layout, &encoding))
        }
    };
    for edit in &edits {
        edit.apply(&mut object);
    }
    Ok((list, object))
}

/// An edit. Numbers are taken modulo what there is.
#[derive(Arbitrary, Clone, Copy, Debug)]
pub(crate) enum Edit {
    /// Changes bits of a byte of a section.
    Flip(u8, u16, u8),
    /// Writes a number into a section.
    Write(u8, u16, u32),
    /// Lets a reference lead where another one does.
    Redirect(u16, u16),
    /// Lets a reference lead anywhere.
    Refer(u16, u16),
    /// Writes a number into a section's header.
    Header(u8, u8, u32),
    /// Exchanges two section headers.
    Exchange(u8, u8),
    /// Copies bytes within a section.
    Copy(u8, u16, u16, u8),
    /// Writes a byte of the file's header.
    File(u8, u8),
    /// Cuts the file.
    Cut(u16),
}

impl Edit {
    pub(crate) fn apply(self, object: &mut Vec<u8>) {
        match self {
            Edit::Flip(section, at, bits) => {
                if let Some(byte) = field(object, section, at, 1) {
                    byte[0] ^= bits.max(1);
                }
            }
            Edit::Write(section, at, value) => {
                if let Some(bytes) = field(object, section, at, 4) {
                    bytes.copy_from_slice(&value.to_le_bytes());
                }
            }
            Edit::Redirect(from, to) => {
                let all = sections::references(object);
                let (Some(from), Some(to)) = (pick(&all, from.into()), pick(&all, to.into())) else { return };
                if from.len() == to.len() {
                    object.copy_within(to, from.start);
                }
            }
            Edit::Refer(from, to) => {
                let all = sections::references(object);
                let Some(from) = pick(&all, from.into()) else { return };
                if let [low, high, ..] = &mut object[from] {
                    [*low, *high] = to.to_le_bytes();
                }
            }
            Edit::Header(number, at, value) => {
                if let Some(header) = pick(&sections::headers(object), number.into()) {
                    let start = header.start + usize::from(at) * 4 % header.len();
                    object[start..start + 4].copy_from_slice(&value.to_le_bytes());
                }
            }
            Edit::Exchange(one, other) => {
                let all = sections::headers(object);
                let (Some(one), Some(other)) = (pick(&all, one.into()), pick(&all, other.into())) else {
                    return;
                };
                let bytes = object[one.clone()].to_vec();
                object.copy_within(other.clone(), one.start);
                object[other].copy_from_slice(&bytes);
            }
            Edit::Copy(section, from, to, length) => {
                if let Some(place) = pick(&sections::sections(object), section.into()) {
                    let length = usize::from(length).min(place.range.len());
                    let room = place.range.len() - length + 1;
                    let from = place.range.start + usize::from(from) % room;
                    let to = place.range.start + usize::from(to) % room;
                    object.copy_within(from..from + length, to);
                }
            }
            Edit::File(at, byte) => {
                if let Some(header) = object.get_mut(usize::from(at) % 52) {
                    *header = byte;
                }
            }
            Edit::Cut(at) => object.truncate(64 + usize::from(at)),
        }
    }
}

fn pick<T: Clone>(all: &[T], number: usize) -> Option<T> {
    all.get(number.checked_rem(all.len())?).cloned()
}

/// Some bytes of a section.
fn field(object: &mut [u8], section: u8, at: u16, length: usize) -> Option<&mut [u8]> {
    let place = pick(&sections::sections(object), section.into())?;
    let room = (place.range.len() + 1).checked_sub(length).filter(|&room| room > 0)?;
    let start = place.range.start + usize::from(at) % room;
    object.get_mut(start..start + length)
}

#[cfg(test)]
#[test]
fn smoke() {
    crate::smoke::test("mutated");
}
