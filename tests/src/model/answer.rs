//! What the core says about an object, in a shape that can be compared.

use std::collections::BTreeMap;
use std::io::Read;

use dwarfksyms_core::{
    Companions, Compression, Error, ErrorKind, Exports, Image, Limit, Limits, Object, Options, Packed,
    Result, Scheme, Versions,
};
use elsa::FrozenVec;

use super::text::Mode;

/// Versions and symtypes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answer {
    /// By name; `None` for a symbol that is not described.
    pub versions: BTreeMap<String, Option<u32>>,
    /// The lines of the symtypes file: names and strings, in order.
    pub symtypes: Vec<(String, String)>,
}

/// Asks the core about an object, whose sections may be compressed.
///
/// # Errors
/// What the core says, and [`ErrorKind::CompressedSection`] for one that cannot be decompressed.
pub fn ask(object: &[u8], list: &[u8], mode: impl Into<Mode>, limits: &Limits) -> Result<Answer> {
    let Mode { stable, canonical } = mode.into();
    let scheme = if canonical { Scheme::Canonical } else { Scheme::Reference };
    ask_with(object, list, Options::default().stable(stable).scheme(scheme), limits)
}

/// What the core says about an object with these options.
///
/// # Errors
/// As in [`ask`].
pub fn ask_with(object: &[u8], list: &[u8], options: Options, limits: &Limits) -> Result<Answer> {
    let exports = Exports::parse(list, limits)?;
    let mut versions = Versions::new(&exports, limits)?;
    let unpacked = FrozenVec::new();
    let mut image = Image::parse(object, limits)?;
    image.unpack(|packed| Ok::<_, Error>(Some(unpacked.push_get(unpack(packed, limits)?))))?;
    let object = Object::new(image, Companions::default(), options, limits)?;
    let mut description = object.description_with(&exports, &versions, |_| Ok::<_, Error>(()))?;
    description.compute(&exports, &mut versions)?;
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    Ok(Answer {
        versions: exports.iter().map(|(id, name)| (text(name), versions.get(id))).collect(),
        symtypes: description.symtypes(&exports)?.map(|(name, string)| (text(name), text(string))).collect(),
    })
}

/// Decompresses a section.
///
/// # Errors
/// [`ErrorKind::CompressedSection`] if that is not possible; the limit on what may come out.
pub fn unpack(packed: &Packed<'_>, limits: &Limits) -> Result<Vec<u8>> {
    let damaged = |_| Error::new(ErrorKind::CompressedSection);
    if packed.size > limits.unpacked {
        return Err(Error::new(ErrorKind::Limit(Limit::Unpacked, limits.unpacked)));
    }
    let mut out = Vec::new();
    match packed.compression {
        Compression::Zlib => {
            let stream = flate2::read::ZlibDecoder::new(packed.data);
            stream.take(packed.size).read_to_end(&mut out).map_err(damaged)?;
        }
        Compression::Zstd => {
            let stream = ruzstd::decoding::StreamingDecoder::new(packed.data)
                .map_err(|_| Error::new(ErrorKind::CompressedSection))?;
            stream.take(packed.size).read_to_end(&mut out).map_err(damaged)?;
        }
        _ => return Err(Error::new(ErrorKind::CompressedSection)),
    }
    Ok(out)
}
