//! Asking the core, and what must hold whatever it is asked about.

use std::fmt::{self, Write};

use dwarfksyms_core::{
    Dump, Error, ErrorKind, Exports, Image, Limit, Limits, Object, Options, Result, Stage, Versions,
};

use dwarfksyms_tests::model::unpack;

use crate::allocation;

/// Limits that a fuzzer can live with.
pub(crate) const LIMITS: Limits = {
    let mut limits = Limits::for_input(0);
    limits.memory = 256 << 20;
    // 25 times what objects of a real kernel need for as many bytes as a fuzzer makes at most.
    limits.work = 5_000_000;
    limits.text = 4 << 20;
    limits
};

/// What came out: a digest of everything that was written, and how it ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Outcome {
    digest: u64,
    end: Result<()>,
}

/// FNV-1a over what would be written, which costs no memory that would be taken for the core's.
#[derive(Debug)]
struct Digest(u64);

impl Write for Digest {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.write(text.as_bytes());
        Ok(())
    }
}

impl Digest {
    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
}

/// Describes the symbols of what `open` gives, with ample limits and with tight ones: the outcome is the same,
/// unless the limit on memory was hit, and memory stays within its limit. Where there is no error, to be lenient changes nothing.
pub(crate) fn check<'d>(
    list: &[u8],
    size: usize,
    options: Options,
    open: &dyn Fn(&Limits) -> Result<Object<'d>>,
) {
    let first = outcome(list, options, &LIMITS, open);
    // Enough for some objects and not for others.
    let memory = u64::try_from(size * (1 + size % 8) + (8 << 10)).unwrap_or(u64::MAX);
    let tight = LIMITS.with(Limit::Memory, memory);
    let second = allocation::within(memory, || outcome(list, options, &tight, open));
    match &second.end {
        Err(error) if error.kind() == ErrorKind::Limit(Limit::Memory, memory) => {
            assert_eq!(first, outcome(list, options, &LIMITS, open));
        }
        _ => assert_eq!(first, second),
    }
    // It takes time, so for some objects only.
    if size.is_multiple_of(4) {
        let lenient = outcome(list, options, &LIMITS, &|limits| {
            let mut object = open(limits)?;
            object.set_lenient(true);
            Ok(object)
        });
        assert!(first.end.is_err() || lenient == first, "an object without errors has no room for lenience");
    }
}

fn outcome<'d>(
    list: &[u8],
    options: Options,
    limits: &Limits,
    open: &dyn Fn(&Limits) -> Result<Object<'d>>,
) -> Outcome {
    let mut digest = Digest(0xcbf2_9ce4_8422_2325);
    let end = describe(list, options, limits, open, &mut digest);
    if let Err(error) = &end {
        let _ = write!(digest, "{error} {:?}", error.place());
        assert_ne!(error.kind(), ErrorKind::OutOfMemory);
    }
    Outcome { digest: digest.0, end }
}

/// The contents of an object's compressed sections; `None` for one that cannot be decompressed.
pub(crate) fn unpacked(object: &[u8]) -> Vec<Option<Vec<u8>>> {
    let limits = LIMITS.with(Limit::Unpacked, 1 << 20);
    let mut contents = Vec::new();
    if let Ok(mut image) = Image::parse(object, &limits) {
        let unpacked = image.unpack(|packed| {
            contents.push(unpack(packed, &limits).ok());
            Ok::<_, Error>(None)
        });
        assert_eq!(unpacked, Ok(()));
    }
    contents
}

/// An object's image, with what was decompressed.
pub(crate) fn image<'d>(
    object: &'d [u8],
    unpacked: &'d [Option<Vec<u8>>],
    limits: &Limits,
) -> Result<Image<'d>> {
    let mut image = Image::parse(object, limits)?;
    let mut contents = unpacked.iter();
    image.unpack(|_| Ok::<_, Error>(contents.next().and_then(Option::as_deref)))?;
    Ok(image)
}

/// Everything that can be asked about an object.
fn describe<'d>(
    list: &[u8],
    options: Options,
    limits: &Limits,
    open: &dyn Fn(&Limits) -> Result<Object<'d>>,
    out: &mut Digest,
) -> Result<()> {
    let exports = Exports::parse(list, limits)?;
    let mut versions = Versions::new(&exports, limits)?;
    let object = open(limits)?;
    let _ = write!(out, "{:?} {}", object.leftover_rule_bytes(), exports.is_empty());
    let mut description = object.description_with(&exports, &versions, |step| match step {
        Stage::Described(batch) => {
            object.dump(batch, |bytes| {
                out.write(bytes);
                Ok::<_, Error>(())
            })?;
            let Some(mut unit) = object.shown(batch) else { return Ok(()) };
            for (name, string) in unit.symtypes(&exports)? {
                out.write(name);
                out.write(string);
            }
            unit.dump_versions(&exports, |bytes| {
                out.write(bytes);
                Ok::<_, Error>(())
            })
        }
        _ => Ok(()),
    })?;
    let _ = write!(out, "{:?}", description.contradictions());
    description.compute(&exports, &mut versions)?;
    for (id, name) in exports.iter() {
        out.write(name);
        out.write(&versions.get(id).unwrap_or(0).to_le_bytes());
    }
    let mut is_plain = true;
    for (name, string) in description.symtypes(&exports)? {
        is_plain &= !name.contains(&b'\n') && !string.contains(&b'\n');
        out.write(name);
        out.write(string);
    }
    let _ = write!(out, "{description}");
    for (name, string) in description.types()? {
        out.write(name);
        out.write(string);
    }
    if options.dump != Dump::None {
        let mut line = Line { exports: &exports, versions: &versions, state: State::Name(Vec::new()) };
        description.dump_versions(&exports, |piece| {
            out.write(piece);
            if is_plain {
                line.write(piece);
            }
            Ok::<_, Error>(())
        })?;
    }
    Ok(())
}

/// Lines of expanded texts, whose CRCs are the versions.
struct Line<'e> {
    exports: &'e Exports,
    versions: &'e Versions,
    state: State,
}

enum State {
    Name(Vec<u8>),
    Text(Option<u32>, crc32fast::Hasher),
}

impl Line<'_> {
    fn write(&mut self, piece: &[u8]) {
        match &mut self.state {
            State::Name(name) if piece == b" " => {
                let id = self.exports.find(name).expect("a symbol that is listed");
                self.state = State::Text(self.versions.get(id), crc32fast::Hasher::new());
            }
            State::Name(name) => name.extend_from_slice(piece),
            State::Text(version, crc) if piece == b"\n" => {
                assert_eq!(*version, Some(crc.clone().finalize()));
                self.state = State::Name(Vec::new());
            }
            State::Text(_, crc) => crc.update(piece),
        }
    }
}
