//! What is read: the symbol list, and objects in whatever holds them.

use std::fs::File;
use std::io::{self, Read};
use std::os::unix::fs::{FileTypeExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use dwarfksyms_core::Limits;
use object::read::archive::ArchiveFile;
use typed_arena::Arena;

use crate::args::Args;
use crate::{companion, message, unpack};

/// The bytes of everything that was read or unpacked, for as long as an object is worked on.
pub(crate) type Store = Arena<Vec<u8>>;

/// An object: a file, or a member of an archive.
pub(crate) struct Input<'a> {
    /// How messages call it.
    pub(crate) name: String,
    /// The file that it is in.
    pub(crate) path: PathBuf,
    pub(crate) data: &'a [u8],
    /// Whether it is a member of an archive.
    pub(crate) is_member: bool,
}

/// The most bytes that are read from a pipe, which does not tell how many there will be: 4 GiB.
const LONGEST_STREAM: u64 = 4 << 30;

/// The whole of standard input.
pub(crate) fn symbol_list() -> Result<Vec<u8>> {
    let mut list = Vec::new();
    stream(io::stdin().lock(), &mut list).context("the symbol list cannot be read from standard input")?;
    Ok(list)
}

/// Reads a stream to its end, unless that is too far away.
fn stream(stream: impl Read, bytes: &mut Vec<u8>) -> io::Result<()> {
    let read = stream.take(LONGEST_STREAM).read_to_end(bytes)?;
    match u64::try_from(read) {
        Ok(read) if read < LONGEST_STREAM => Ok(()),
        _ => Err(io::Error::new(io::ErrorKind::FileTooLarge, "there is no end to it")),
    }
}

/// The objects in a file: itself, or the members of an archive. What is compressed as a whole is unpacked.
pub(crate) fn objects<'a>(args: &Args, path: &Path, store: &'a Store) -> Result<Vec<Input<'a>>> {
    let name = message::path(path);
    let file = File::open(path).with_context(|| name.clone())?;
    let data = contents(file, store).with_context(|| name.clone())?;
    let data = unpacked(data, &args.limits(data.len()), store).with_context(|| name.clone())?;
    if data.starts_with(b"!<arch>\n") || data.starts_with(b"!<thin>\n") {
        return members(args, path, &name, data, store);
    }
    Ok(vec![Input { name, path: path.to_owned(), data, is_member: false }])
}

/// The members of an archive that are not about the archive itself.
fn members<'a>(
    args: &Args,
    path: &Path,
    name: &str,
    data: &'a [u8],
    store: &'a Store,
) -> Result<Vec<Input<'a>>> {
    let damaged = || format!("{name}: the archive is damaged");
    let archive = ArchiveFile::parse(data).with_context(damaged)?;
    let mut inputs = Vec::new();
    for member in archive.members() {
        let member = member.with_context(damaged)?;
        let shown = message::Escaped(member.name());
        let name = format!("{name}({shown})");
        let data = if archive.is_thin() {
            let member = companion::thin_member(args, path, member.name()).with_context(|| name.clone())?;
            contents(open_companion(&member).with_context(|| name.clone())?, store)
        } else {
            member.data(data).context("the archive is damaged")
        };
        let data = data.with_context(|| name.clone())?;
        let data = unpacked(data, &args.limits(data.len()), store).with_context(|| name.clone())?;
        inputs.push(Input { name, path: path.to_owned(), data, is_member: true });
    }
    if inputs.is_empty() {
        bail!("{name}: the archive has no members");
    }
    Ok(inputs)
}

/// A path from an input's bytes.
pub(crate) fn as_path(bytes: &[u8]) -> &Path {
    use std::os::unix::ffi::OsStrExt;
    Path::new(std::ffi::OsStr::from_bytes(bytes))
}

/// Opens a file that an input names: only a regular one, so that no device or pipe can hang the run.
pub(crate) fn open_companion(path: &Path) -> io::Result<File> {
    let flags = rustix::fs::OFlags::NONBLOCK | rustix::fs::OFlags::NOCTTY;
    let file = File::options().read(true).custom_flags(flags.bits().cast_signed()).open(path)?;
    if file.metadata()?.is_file() {
        Ok(file)
    } else {
        Err(io::Error::new(io::ErrorKind::InvalidInput, "not a regular file"))
    }
}

/// The bytes of a file.
///
/// They are read, not mapped: a file that is truncated meanwhile must not bring the process down.
pub(crate) fn contents(mut file: File, store: &Store) -> Result<&[u8]> {
    let metadata = file.metadata()?;
    let kind = metadata.file_type();
    if kind.is_dir() {
        bail!("is a directory");
    }
    let mut bytes = Vec::new();
    if kind.is_file() {
        bytes.try_reserve_exact(usize::try_from(metadata.len())?.saturating_add(1))?;
        file.read_to_end(&mut bytes)?;
    } else if kind.is_fifo() {
        stream(file, &mut bytes)?;
    } else {
        bail!("is not a file");
    }
    Ok(store.alloc(bytes))
}

/// Bytes that may be compressed as a whole, unpacked.
pub(crate) fn unpacked<'a>(data: &'a [u8], limits: &Limits, store: &'a Store) -> Result<&'a [u8]> {
    Ok(match unpack::file(data, limits)? {
        Some(bytes) => store.alloc(bytes),
        None => data,
    })
}
