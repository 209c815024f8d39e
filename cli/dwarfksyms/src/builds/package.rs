//! Packages and archives as distributions publish them: `.deb`, `.rpm`, and tar, which Arch Linux and the kernel's own
//! `make tarxz-pkg` make; compressed with gzip, xz or zstd, as these are.
//!
//! The bytes of a package come in, its regular files go out, one after the other, as streams. Nothing of it is written
//! anywhere, so paths, links and devices in it lead nowhere. What is in it is unpacked anew for each pass, so that no more of it
//! is in memory than somebody reads; how much may come out is the limit `unpacked`.

use std::ffi::OsStr;
use std::io::{self, Read};
use std::ops::ControlFlow;
use std::os::unix::ffi::OsStrExt;
use std::path::{Component, Path, PathBuf};

use anyhow::{Context, Result, anyhow};
use dwarfksyms_host::message::Escaped;
use dwarfksyms_host::unpack::Stream;
use object::read::archive::ArchiveFile;

/// The first bytes of an RPM package (its lead).
const RPM: &[u8] = b"\xed\xab\xee\xdb";
/// Those of a Debian package: an archive whose first member is this.
const DEB: &[u8] = b"!<arch>\ndebian-binary";

/// A package.
pub(super) struct Package<'b> {
    /// What its files are in, compressed or not.
    payload: &'b [u8],
    form: Form,
    /// How many bytes may come out of it.
    limit: u64,
}

/// How files stand in a payload.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Tar,
    Cpio,
}

/// What an entry of a package is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    File,
    /// Another name for a file.
    Link,
    /// A folder, or whatever else has no contents.
    Other,
}

/// What has entries: a package, or a folder of a repository.
pub(super) trait Entries: Sync {
    /// Goes through the entries, up to the one at which `each` breaks off.
    ///
    /// # Errors
    /// Damage up to there, a limit, or what `each` says.
    fn each(&self, each: &mut Each<'_>) -> Result<()>;
}

/// What is done with each entry, and whether that was the last one.
pub(super) type Each<'f> = dyn FnMut(Entry<'_>) -> Result<ControlFlow<()>> + 'f;

/// An entry of a package.
pub(super) struct Entry<'e> {
    /// Within the package, without anything that leads out of it.
    pub(super) path: PathBuf,
    pub(super) kind: Kind,
    pub(super) contents: &'e mut dyn Read,
}

impl<'b> Package<'b> {
    /// The package that a file is, if it is one. Of it, no more than `limit` bytes are unpacked at a time.
    ///
    /// # Errors
    /// A package of which it cannot be said where its files are.
    pub(super) fn of(bytes: &'b [u8], limit: u64) -> Result<Option<Package<'b>>> {
        let (payload, form) = if bytes.starts_with(DEB) {
            (debian_payload(bytes)?, Form::Tar)
        } else if bytes.starts_with(RPM) {
            (
                rpm_payload(bytes).context("the RPM package is damaged: its headers do not end in it")?,
                Form::Cpio,
            )
        } else if is_tar(bytes, limit) {
            (bytes, Form::Tar)
        } else {
            return Ok(None);
        };
        Ok(Some(Package { payload, form, limit }))
    }
}

impl Entries for Package<'_> {
    fn each(&self, each: &mut Each<'_>) -> Result<()> {
        let mut stream = Stream::new(self.payload, self.limit);
        let end = match self.form {
            Form::Tar => tar_entries(&mut stream, each),
            Form::Cpio => cpio_entries(&mut stream, each),
        };
        end.map_err(|error| match stream.failure() {
            Some(failure) => failure,
            // What the reader of an archive says can have bytes of it in it.
            None if error.is::<io::Error>() => {
                anyhow!("the archive in this package is damaged: {}", Escaped(error.to_string().as_bytes()))
            }
            None => error,
        })
    }
}

/// The member of a Debian package that has its files: `data.tar` and how it is compressed (deb(5)).
fn debian_payload(bytes: &[u8]) -> Result<&[u8]> {
    let damaged = "the Debian package is damaged";
    for member in ArchiveFile::parse(bytes).context(damaged)?.members() {
        let member = member.context(damaged)?;
        if member.name().starts_with(b"data.tar") {
            return member.data(bytes).context(damaged);
        }
    }
    Err(anyhow!("there is no data.tar in this Debian package"))
}

/// What is behind the lead, the signature and the header of an RPM package.
fn rpm_payload(bytes: &[u8]) -> Option<&[u8]> {
    const LEAD: usize = 96;
    let (signature, rest) = rpm_header(bytes.get(LEAD..)?)?;
    // The signature alone is followed by padding.
    let (_, payload) = rpm_header(rest.get(signature.wrapping_neg() % 8..)?)?;
    Some(payload)
}

/// The length of a header structure of an RPM package, and what is behind it.
fn rpm_header(bytes: &[u8]) -> Option<(usize, &[u8])> {
    const START: usize = 16;
    const ENTRY: usize = 16;
    let number = |at: usize| {
        let bytes = bytes.get(at..)?.first_chunk::<4>()?;
        usize::try_from(u32::from_be_bytes(*bytes)).ok()
    };
    if !bytes.starts_with(b"\x8e\xad\xe8\x01") {
        return None;
    }
    let length = number(8)?.checked_mul(ENTRY)?.checked_add(number(12)?)?.checked_add(START)?;
    Some((length, bytes.get(length..)?))
}

/// Whether there is a tar archive in a file: one that says so in its first header, as all that are in use do.
fn is_tar(bytes: &[u8], limit: u64) -> bool {
    let mut header = [0; 512];
    let mut stream = Stream::new(bytes, limit);
    stream.read_exact(&mut header).is_ok()
        && header.get(257..).is_some_and(|magic| magic.starts_with(b"ustar"))
}

fn tar_entries(stream: impl Read, each: &mut Each<'_>) -> Result<()> {
    let mut archive = tar::Archive::new(stream);
    for entry in archive.entries()? {
        let mut entry = entry?;
        let kind = match entry.header().entry_type() {
            tar::EntryType::Regular | tar::EntryType::Continuous => Kind::File,
            tar::EntryType::Link | tar::EntryType::Symlink => Kind::Link,
            _ => Kind::Other,
        };
        let path = within(&entry.path_bytes());
        if each(Entry { path, kind, contents: &mut entry })?.is_break() {
            break;
        }
    }
    Ok(())
}

fn cpio_entries(stream: &mut impl Read, each: &mut Each<'_>) -> Result<()> {
    // `cpio` knows these kinds of files by the same bits as stat(2).
    const KIND: u32 = 0o170_000;
    const REGULAR: u32 = 0o100_000;
    const LINK: u32 = 0o120_000;
    loop {
        let mut entry = cpio::newc::Reader::new(&mut *stream)?;
        if entry.entry().is_trailer() {
            return Ok(());
        }
        let kind = match entry.entry().mode() & KIND {
            REGULAR => Kind::File,
            LINK => Kind::Link,
            _ => Kind::Other,
        };
        let path = within(entry.entry().name().as_bytes());
        if each(Entry { path, kind, contents: &mut entry })?.is_break() {
            return Ok(());
        }
        entry.finish()?;
    }
}

/// A path in a package, without what would lead out of it.
fn within(path: &[u8]) -> PathBuf {
    let is_name = |part: &Component<'_>| matches!(part, Component::Normal(_));
    Path::new(OsStr::from_bytes(path)).components().filter(is_name).collect()
}
