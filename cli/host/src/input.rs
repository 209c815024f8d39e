//! What is read: the symbol list, and objects in whatever holds them.

use std::cell::Cell;
use std::fs::File;
use std::io::{self, IsTerminal, Read};
use std::os::fd::{AsFd, AsRawFd};
use std::os::unix::fs::{MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use dwarfksyms_core::{Error, ErrorKind, Limit, Limits};
use elsa::{FrozenMap, FrozenVec};
use object::read::archive::ArchiveFile;

use crate::common::Common;
use crate::contents::Contents;
use crate::debug_files::DebugFiles;
use crate::phase::Phase;
use crate::unpack::Room;
use crate::watch::Watch;
use crate::{heap, identity, message, unpack};

/// The bytes of everything that was read or unpacked, for as long as an object is worked on.
pub struct Store<'w> {
    files: FrozenVec<Box<Contents>>,
    /// What came out of compressed data.
    bytes: FrozenVec<Vec<u8>>,
    /// The files that an input named, by device and inode: one that is named again is not read again.
    companions: FrozenMap<(u64, u64), Box<Contents>>,
    cost: Cost,
    watch: &'w Watch,
    /// Companions that stand among the files that are read.
    debug_files: Option<&'w DebugFiles>,
}

/// What the objects of one file have cost so far: limits are on all together.
#[derive(Clone, Default)]
struct Cost {
    /// Bytes that were read.
    read: Cell<u64>,
    /// Those of them that are of companions.
    companions: Cell<u64>,
    /// Bytes that were unpacked.
    unpacked: Cell<u64>,
    /// Steps of work.
    work: Cell<u64>,
}

impl<'w> Store<'w> {
    /// An empty store for the objects of a file that have cost so much already.
    fn new(cost: Cost, watch: &'w Watch) -> Store<'w> {
        let (files, bytes, companions) = (FrozenVec::new(), FrozenVec::new(), FrozenMap::new());
        Store { files, bytes, companions, cost, watch, debug_files: None }
    }

    /// An empty store for a file.
    pub fn for_file(watch: &'w Watch) -> Store<'w> {
        Store::new(Cost::default(), watch)
    }

    /// The same, for a file that stands among debug files.
    pub fn among(self, debug_files: Option<&'w DebugFiles>) -> Store<'w> {
        Store { debug_files, ..self }
    }

    /// Keeps bytes that were read.
    pub fn keep_read(&self, contents: Contents) -> &[u8] {
        self.add_read(contents.len());
        self.files.push_get(Box::new(contents))
    }

    /// The bytes of a file that an input names.
    pub(crate) fn companion(&self, args: &Common, file: File, name: &str) -> Result<&[u8]> {
        let metadata = file.metadata()?;
        let key = (metadata.dev(), metadata.ino());
        if let Some(bytes) = self.companions.get(&key) {
            return Ok(bytes);
        }
        self.check_companion(args, metadata.len())?;
        let bytes = self.watch.during(Phase::Read, || Contents::of(file, name))?;
        self.add_read(bytes.len());
        add(&self.cost.companions, bytes.len());
        Ok(self.companions.insert(key, Box::new(bytes)))
    }

    /// The debug file with a build ID that stands among the files that are read, and its path.
    pub(crate) fn debug_file(&self, args: &Common, id: &[u8]) -> Result<Option<(&Path, &[u8])>> {
        let Some(found) = self.debug_files.and_then(|files| files.find(id)) else { return Ok(None) };
        let bytes: &[u8] = match &found.contents {
            Some(contents) => {
                self.check_companion(args, size(contents.len()))?;
                self.add_read(contents.len());
                add(&self.cost.companions, contents.len());
                contents
            }
            None => {
                let name = message::path(&found.path);
                let file = open_regular(&found.path, Links::Refused).with_context(|| name.clone())?;
                self.companion(args, file, &name).with_context(|| name.clone())?
            }
        };
        Ok(Some((&found.path, bytes)))
    }

    /// Whether a companion of so many bytes may be read.
    fn check_companion(&self, args: &Common, size: u64) -> Result<()> {
        let before = self.cost.companions.get();
        let limit = args.limits(self.cost.read.get().saturating_sub(before)).companions;
        if before.saturating_add(size) > limit {
            return Err(Error::new(ErrorKind::Limit(Limit::Companions, limit)).into());
        }
        Ok(())
    }

    fn add_read(&self, bytes: usize) {
        add(&self.cost.read, bytes);
        self.watch.count(|counts| counts.read += size(bytes));
    }

    /// The limits for the objects in this store, and a symbol list of `list` bytes. What is unpacked counts as far
    /// as honest data does not shrink more when it is compressed.
    pub fn limits(&self, args: &Common, list: u64) -> Limits {
        const MOST_SHRUNK: u64 = 16;
        let (read, unpacked) = (self.cost.read.get(), self.cost.unpacked.get());
        let size = read.saturating_add(unpacked).min(read.saturating_mul(MOST_SHRUNK));
        args.limits(size.saturating_add(list))
    }

    /// The steps of work that were done on other objects of the file.
    pub fn work(&self) -> u64 {
        self.cost.work.get()
    }

    /// Notes the steps of work that were done so far.
    pub fn set_work(&self, steps: u64) {
        self.cost.work.set(steps);
    }

    /// Keeps bytes that come out of compressed data; `unpack` gets the room that is left.
    pub(crate) fn unpacked(
        &self,
        args: &Common,
        unpack: impl FnOnce(Room) -> Result<Vec<u8>>,
    ) -> Result<&[u8]> {
        let limit = args.limits(self.cost.read.get()).unpacked;
        let room = Room { left: limit.saturating_sub(self.cost.unpacked.get()), limit };
        let bytes = self.watch.during(Phase::Unpack, || unpack(room))?;
        add(&self.cost.unpacked, bytes.len());
        heap::note_unpacked(bytes.len());
        self.watch.count(|counts| counts.unpacked += size(bytes.len()));
        Ok(self.bytes.push_get(bytes))
    }
}

fn add(sum: &Cell<u64>, bytes: usize) {
    sum.set(sum.get().saturating_add(size(bytes)));
}

fn size(bytes: usize) -> u64 {
    bytes.try_into().unwrap_or(u64::MAX)
}

/// An object: a file, or a member of an archive.
pub struct Input<'a> {
    /// How messages call it.
    pub name: String,
    /// The file that it is in.
    pub(crate) path: PathBuf,
    /// Its bytes.
    pub data: &'a [u8],
    /// Whether it is a member of an archive.
    pub is_member: bool,
    /// The last part of its path, or the member's name.
    pub own_name: &'a [u8],
}

impl Input<'_> {
    /// The bytes of a pointer, by the class of the ELF file.
    pub fn pointer_size(&self) -> Option<u64> {
        const CLASS: usize = 4;
        match self.data.get(CLASS)? {
            1 => Some(4),
            2 => Some(8),
            _ => None,
        }
    }
}

/// Whether nobody means to write a symbol list to standard input.
pub fn is_terminal() -> bool {
    io::stdin().is_terminal()
}

/// The whole of standard input, which need not have an end.
pub fn symbol_list(args: &Common) -> Result<Vec<u8>> {
    let limit = args.limits(0).list;
    let mut list = Vec::new();
    let standard_input = io::stdin().as_fd().try_clone_to_owned().map(File::from);
    if let Ok(metadata) = standard_input.and_then(|file| file.metadata()) {
        identity::note_read(&metadata);
    }
    let read = io::stdin().lock().take(limit.saturating_add(1)).read_to_end(&mut list);
    read.context("the symbol list cannot be read from standard input")?;
    if u64::try_from(list.len()).is_ok_and(|read| read <= limit) {
        return Ok(list);
    }
    Err(Error::new(ErrorKind::Limit(Limit::List, limit)).into())
}

/// Calls `each` with the objects in a file: itself, or the members of an archive. What is compressed as a whole
/// is unpacked.
pub fn objects(
    args: &Common,
    path: &Path,
    watch: &Watch,
    each: impl for<'a> FnMut(&Input<'a>, &'a Store<'_>) -> Result<()>,
) -> Result<()> {
    let store = Store::for_file(watch);
    let name = message::path(path);
    let file = File::open(path).with_context(|| name.clone())?;
    watch.enter(Phase::Read, 0);
    let data = store.keep_read(Contents::of(file, &name).with_context(|| name.clone())?);
    watch.enter(Phase::Open, 0);
    let data = unpacked(data, args, &store).with_context(|| name.clone())?;
    objects_in(args, path, data, &store, each)
}

/// Calls `each` with the objects in a file that was read, and unpacked if it was compressed.
pub fn objects_in<'d>(
    args: &Common,
    path: &Path,
    data: &'d [u8],
    store: &'d Store<'_>,
    mut each: impl for<'a> FnMut(&Input<'a>, &'a Store<'_>) -> Result<()>,
) -> Result<()> {
    let name = message::path(path);
    if is_archive(data) {
        return members(args, path, &name, data, store, each);
    }
    let own_name = path.file_name().unwrap_or_default().as_encoded_bytes();
    each(&Input { name, path: path.to_owned(), data, is_member: false, own_name }, store)
}

/// Whether bytes are those of an ELF object or an archive.
pub fn is_object(data: &[u8]) -> bool {
    data.starts_with(b"\x7fELF") || data.starts_with(b"BC\xc0\xde") || is_archive(data)
}

fn is_archive(data: &[u8]) -> bool {
    data.starts_with(b"!<arch>\n") || data.starts_with(b"!<thin>\n")
}

/// Calls `each` with the members of an archive, but for those that are about the archive itself.
fn members(
    args: &Common,
    path: &Path,
    name: &str,
    data: &[u8],
    whole: &Store<'_>,
    mut each: impl for<'a> FnMut(&Input<'a>, &'a Store<'_>) -> Result<()>,
) -> Result<()> {
    let damaged = || format!("{name}: the archive is damaged");
    let archive = ArchiveFile::parse(data).with_context(damaged)?;
    let mut count = 0;
    let mut before = whole.cost.clone();
    for member in archive.members() {
        count += 1;
        let member = member.with_context(damaged)?;
        whole.watch.enter(Phase::Open, 0);
        let store = Store::new(before, whole.watch);
        let shown = message::Escaped(member.name());
        let name = format!("{name}({shown})");
        let mut path = path.to_owned();
        let data = if archive.is_thin() {
            path = thin_member(args, &path, member.name()).with_context(|| name.clone())?;
            store.companion(args, open_regular(&path, Links::Followed).with_context(|| name.clone())?, &name)
        } else {
            member.data(data).context("the archive is damaged")
        };
        let data = data.with_context(|| name.clone())?;
        let data = unpacked(data, args, &store).with_context(|| name.clone())?;
        each(&Input { name, path, data, is_member: true, own_name: member.name() }, &store)?;
        before = store.cost;
    }
    if count == 0 {
        bail!("{name}: the archive has no members");
    }
    Ok(())
}

/// Where a member of a thin archive is: below the archive's folder or a debug root.
fn thin_member(args: &Common, archive: &Path, name: &[u8]) -> Result<PathBuf> {
    let folder = folder_of(archive);
    let path = folder.join(as_path(name));
    if args.no_companions {
        bail!("the archive is thin, and --no-companions forbids to open its members");
    }
    let mut allowed = args.companion_roots.iter().map(PathBuf::as_path).chain([folder]);
    if path.exists() && !allowed.any(|folder| is_below(folder, &path)) {
        bail!("the archive is thin, and this member is not below its folder; --companion-root DIR allows it");
    }
    Ok(path)
}

/// The folder that a file is in.
pub(crate) fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Whether a path leads below a folder, with all links followed.
pub(crate) fn is_below(folder: &Path, path: &Path) -> bool {
    match (folder.canonicalize(), path.canonicalize()) {
        (Ok(folder), Ok(path)) => path.starts_with(folder),
        _ => false,
    }
}

/// A path from an input's bytes.
pub(crate) fn as_path(bytes: &[u8]) -> &Path {
    use std::os::unix::ffi::OsStrExt;
    Path::new(std::ffi::OsStr::from_bytes(bytes))
}

/// Whether a symbolic link may lead to a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Links {
    /// It is followed.
    Followed,
    /// It is as bad as anything else that is no regular file.
    Refused,
}

/// Opens a file that an input names, or that is in a folder: only a regular one. A pipe that is opened wakes whoever waits
/// for it, and a device does who knows what. So it is looked at first, through a descriptor that gives access to nothing,
/// and it is the file behind that descriptor which is opened, whatever the path leads to by then.
///
/// # Errors
/// If it cannot be opened, or is something else.
pub fn open_regular(path: &Path, links: Links) -> io::Result<File> {
    use rustix::fs::{Mode, OFlags};
    let nofollow = if links == Links::Refused { OFlags::NOFOLLOW } else { OFlags::empty() };
    let seen = rustix::fs::open(path, OFlags::PATH | OFlags::CLOEXEC | nofollow, Mode::empty())?;
    let seen = File::from(seen);
    let metadata = seen.metadata()?;
    let refused = || io::Error::new(io::ErrorKind::InvalidInput, "not a regular file");
    if !metadata.is_file() {
        return Err(refused());
    }
    let open = |path: &Path, more: OFlags| {
        let flags = OFlags::NONBLOCK | OFlags::NOCTTY | more;
        File::options().read(true).custom_flags(flags.bits().cast_signed()).open(path)
    };
    let behind = PathBuf::from(format!("/proc/self/fd/{}", seen.as_raw_fd()));
    let file = match open(&behind, OFlags::empty()) {
        // Where /proc is not mounted, the path has to do: without waiting, and to the same file or to none.
        Err(error) if error.kind() == io::ErrorKind::NotFound => open(path, nofollow)?,
        file => file?,
    };
    let opened = file.metadata()?;
    if !opened.is_file() || (opened.dev(), opened.ino()) != (metadata.dev(), metadata.ino()) {
        return Err(refused());
    }
    identity::note_read(&opened);
    Ok(file)
}

/// Bytes that may be compressed as a whole, unpacked.
pub fn unpacked<'a>(data: &'a [u8], args: &Common, store: &'a Store<'_>) -> Result<&'a [u8]> {
    if !unpack::is_packed(data) {
        return Ok(data);
    }
    store.unpacked(args, |room| unpack::file(data, room))
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::channel;
    use std::time::Duration;

    use rustix::fs::{CWD, Mode};

    use super::*;

    #[test]
    fn only_regular_files_are_opened() {
        let folder = tempfile::tempdir().unwrap();
        let [file, link] = ["file", "link"].map(|name| folder.path().join(name));
        std::fs::write(&file, "x").unwrap();
        std::os::unix::fs::symlink("file", &link).unwrap();
        for (path, links, expected) in [
            (&file, Links::Followed, true),
            (&file, Links::Refused, true),
            (&link, Links::Followed, true),
            (&link, Links::Refused, false),
            (&folder.path().to_owned(), Links::Followed, false),
            (&PathBuf::from("/dev/null"), Links::Followed, false),
        ] {
            assert_eq!(open_regular(path, links).is_ok(), expected, "{} {links:?}", path.display());
        }
        let mut text = String::new();
        open_regular(&link, Links::Followed).unwrap().read_to_string(&mut text).unwrap();
        assert_eq!(text, "x");
    }

    #[test]
    fn limits_follow_from_what_was_read_and_unpacked() {
        #[derive(clap::Parser)]
        struct Only {
            #[command(flatten)]
            common: Common,
        }
        let args = <Only as clap::Parser>::parse_from(["program"]).common;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("file");
        std::fs::write(&path, [1; 1000]).unwrap();
        let watch = Watch::new();
        let store = Store::for_file(&watch);
        store.keep_read(Contents::of(File::open(&path).unwrap(), "file").unwrap());
        assert_eq!(store.limits(&args, 5), Limits::for_input(1005));
        let unpack = |len: usize| store.unpacked(&args, |_| Ok(vec![2; len])).map(<[u8]>::len).unwrap();
        assert_eq!(unpack(3000), 3000);
        assert_eq!(store.limits(&args, 0), Limits::for_input(4000));
        // What has grown more than honest data does counts no further; what is left for more is less.
        assert_eq!(unpack(100_000), 100_000);
        assert_eq!(store.limits(&args, 0), Limits::for_input(16_000));
        let limit = Limits::for_input(1000).unpacked;
        store
            .unpacked(&args, |room| {
                assert_eq!((room.left, room.limit), (limit - 103_000, limit));
                Ok(Vec::new())
            })
            .unwrap();
        store.set_work(7);
        assert_eq!(store.work(), 7);
    }

    #[test]
    fn the_class_says_how_long_pointers_are() {
        for (class, size) in [(1, Some(4)), (2, Some(8)), (0, None), (3, None)] {
            let data = [0x7f, b'E', b'L', b'F', class];
            let (name, path) = (String::new(), PathBuf::new());
            let input = Input { name, path, data: &data, is_member: false, own_name: b"" };
            assert_eq!(input.pointer_size(), size);
        }
    }

    /// Whoever waits for somebody to read from a pipe does not learn that it was looked at.
    #[test]
    fn a_pipe_is_not_even_opened() {
        let folder = tempfile::tempdir().unwrap();
        let pipe = folder.path().join("pipe");
        rustix::fs::mkfifoat(CWD, &pipe, Mode::RWXU).unwrap();
        let (opened, is_opened) = channel();
        let writer = {
            let pipe = pipe.clone();
            std::thread::spawn(move || {
                let file = File::options().write(true).open(pipe);
                opened.send(file.is_ok()).unwrap();
            })
        };
        let wait = Duration::from_millis(200);
        assert!(is_opened.recv_timeout(wait).is_err());
        for links in [Links::Followed, Links::Refused] {
            assert!(open_regular(&pipe, links).is_err());
        }
        assert!(is_opened.recv_timeout(wait).is_err());
        let _reader = File::open(&pipe).unwrap();
        assert!(is_opened.recv().unwrap());
        writer.join().unwrap();
    }
}
