//! Files: Landlock takes away all access but to what the needs name.
//!
//! The kernel compares what is opened, not the path by which it is. So neither a symbolic link nor a folder that
//! is renamed meanwhile leads out of what is allowed. Pipes are always allowed, and so is all that is open.

use std::io;
use std::path::Path;

use rustix::fs::{FileType, Mode, OFlags};
use rustix::io::Errno;

use self::kernel::{Handled, Ruleset};
use super::Needs;
use crate::new_file::Written;

/// Rights to files and folders (`LANDLOCK_ACCESS_FS_*`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Rights(u64);

impl Rights {
    const WRITE_FILE: Rights = Rights(1 << 1);
    const READ_FILE: Rights = Rights(1 << 2);
    const READ_DIR: Rights = Rights(1 << 3);
    const REMOVE_DIR: Rights = Rights(1 << 4);
    const REMOVE_FILE: Rights = Rights(1 << 5);
    const MAKE_DIR: Rights = Rights(1 << 7);
    const MAKE_REG: Rights = Rights(1 << 8);

    /// What one that is not a folder can have: it is executed, written to, read, cut, controlled, or a socket.
    const OF_FILES: Rights = Rights(1 | 1 << 1 | 1 << 2 | 1 << 14 | 1 << 15 | 1 << 16);

    const fn and(self, other: Rights) -> Rights {
        Rights(self.0 | other.0)
    }
}

/// All rights up to this version of the interface are taken away, as far as the kernel knows them: to files, to
/// bind and connect sockets, and to signal other processes.
const KNOWN: u32 = 10;

/// The rights that are taken away where the kernel has this version of the interface.
fn handled(version: u32) -> Handled {
    let files = match version {
        0 => 0,
        1 => 13,
        2 => 14,
        3 | 4 => 15,
        5..=8 => 16,
        _ => 17,
    };
    let sockets = match version {
        0..=3 => 0,
        4..=9 => 2,
        _ => 4,
    };
    let scopes = if version < 6 { 0 } else { 2 };
    let [files, sockets, scopes] = [files, sockets, scopes].map(|count: u32| (1 << count) - 1);
    Handled { files, sockets, scopes }
}

pub(super) fn confine(needs: &Needs<'_>) -> Result<String, String> {
    let version = match kernel::version() {
        Ok(version) => version.min(KNOWN),
        Err(error) if Errno::from_io_error(&error) == Some(Errno::OPNOTSUPP) => {
            return Err("landlock is not enabled".to_owned());
        }
        Err(_) => return Err("landlock is not available".to_owned()),
    };
    restrict(needs, version).map_err(|error| format!("landlock: {error}"))?;
    Ok(format!("landlock (ABI {version})"))
}

fn restrict(needs: &Needs<'_>, version: u32) -> io::Result<()> {
    let ruleset = Ruleset::new(&handled(version))?;
    for (path, rights) in rules(needs) {
        allow(&ruleset, path, rights)?;
    }
    rustix::thread::set_no_new_privs(true)?;
    ruleset.restrict_self()
}

/// The rights to each path; what is not a folder does not get those to folders.
fn rules<'a>(needs: &'a Needs<'_>) -> impl Iterator<Item = (&'a Path, Rights)> {
    // Folders are opened too, if only to find that they are not objects.
    const READ: Rights = Rights::READ_FILE.and(Rights::READ_DIR);
    let objects = needs.objects.iter().copied();
    let folders = needs.folders.iter().copied();
    let written = needs.written.iter().flat_map(|&written| match written {
        Written::Renamed(folder) => vec![(folder, Rights::MAKE_REG.and(Rights::REMOVE_FILE))],
        Written::Appended(file) => vec![(file, Rights::WRITE_FILE)],
        Written::Below { folder, parent } => {
            let files = Rights::MAKE_REG.and(Rights::WRITE_FILE).and(Rights::REMOVE_FILE);
            let folders = Rights::MAKE_DIR.and(Rights::REMOVE_DIR);
            vec![(folder, files.and(Rights::READ_DIR).and(folders)), (parent, folders)]
        }
    });
    objects.chain(folders).map(|path| (path, READ)).chain(written)
}

/// Allows access to a file or to all below a folder, if it is there: if it is not, to open it will fail anyway.
fn allow(ruleset: &Ruleset, path: &Path, rights: Rights) -> io::Result<()> {
    let Ok(file) = rustix::fs::open(path, OFlags::PATH | OFlags::CLOEXEC, Mode::empty()) else {
        return Ok(());
    };
    let is_folder = FileType::from_raw_mode(rustix::fs::fstat(&file)?.st_mode).is_dir();
    let rights = if is_folder { rights.0 } else { rights.0 & Rights::OF_FILES.0 };
    // The kernel takes a rule that allows nothing for a mistake.
    if rights == 0 {
        return Ok(());
    }
    match ruleset.allow(&file, rights) {
        // It is a pipe, or another file that is in no folder; these need no rule.
        Err(error) if Errno::from_io_error(&error) == Some(Errno::BADFD) => Ok(()),
        result => result,
    }
}

/// The three calls of Landlock, which the C library has no functions for.
mod kernel {
    use std::ffi::{c_int, c_long};
    use std::io;
    use std::os::fd::{AsFd, AsRawFd, FromRawFd, OwnedFd};

    /// Rights that are taken away unless a rule allows them (`struct landlock_ruleset_attr`).
    #[repr(C)]
    #[derive(Debug, PartialEq, Eq)]
    pub(super) struct Handled {
        pub(super) files: u64,
        pub(super) sockets: u64,
        pub(super) scopes: u64,
    }

    /// `struct landlock_path_beneath_attr`.
    #[repr(C, packed)]
    struct PathBeneath {
        allowed: u64,
        parent: c_int,
    }

    /// Rules that are not in force yet.
    pub(super) struct Ruleset(OwnedFd);

    /// What a call has returned, if it has not failed.
    fn checked(returned: c_long) -> io::Result<c_int> {
        match c_int::try_from(returned) {
            Ok(value) if value >= 0 => Ok(value),
            _ => Err(io::Error::last_os_error()),
        }
    }

    /// The version of the interface that the kernel has.
    pub(super) fn version() -> io::Result<u32> {
        const VERSION: u32 = 1;
        let nothing = std::ptr::null::<Handled>();
        // SAFETY: nothing is passed but numbers, and a pointer to no bytes.
        let version = unsafe { libc::syscall(libc::SYS_landlock_create_ruleset, nothing, 0_usize, VERSION) };
        checked(version).map(c_int::cast_unsigned)
    }

    impl Ruleset {
        /// Rules that take all of this away.
        pub(super) fn new(handled: &Handled) -> io::Result<Ruleset> {
            let (handled, size) = (std::ptr::from_ref(handled), size_of::<Handled>());
            // SAFETY: the kernel reads as many bytes as there are.
            let ruleset = unsafe { libc::syscall(libc::SYS_landlock_create_ruleset, handled, size, 0_u32) };
            // SAFETY: nobody else has this descriptor, which is new.
            checked(ruleset).map(|ruleset| Ruleset(unsafe { OwnedFd::from_raw_fd(ruleset) }))
        }

        /// Allows something with a file, or with all below a folder.
        pub(super) fn allow(&self, path: &impl AsFd, rights: u64) -> io::Result<()> {
            const PATH_BENEATH: c_int = 1;
            let rule = PathBeneath { allowed: rights, parent: path.as_fd().as_raw_fd() };
            let (ruleset, rule) = (self.0.as_raw_fd(), std::ptr::from_ref(&rule));
            // SAFETY: the kernel reads what this kind of rule has, and both descriptors are open.
            let added =
                unsafe { libc::syscall(libc::SYS_landlock_add_rule, ruleset, PATH_BENEATH, rule, 0_u32) };
            checked(added).map(drop)
        }

        /// Puts the rules in force for this thread, and those that it starts.
        pub(super) fn restrict_self(self) -> io::Result<()> {
            // SAFETY: nothing is passed but numbers.
            let restricted =
                unsafe { libc::syscall(libc::SYS_landlock_restrict_self, self.0.as_raw_fd(), 0_u32) };
            checked(restricted).map(drop)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kernel_is_asked_for_what_it_knows() {
        // No kernel refuses the bits that its version came with, and each refuses those that came later.
        let expected = [
            (1, 0x1fff, 0, 0),
            (2, 0x3fff, 0, 0),
            (3, 0x7fff, 0, 0),
            (4, 0x7fff, 3, 0),
            (5, 0xffff, 3, 0),
            (6, 0xffff, 3, 3),
            (7, 0xffff, 3, 3),
            (9, 0x1_ffff, 3, 3),
            (KNOWN, 0x1_ffff, 15, 3),
        ];
        for (version, files, sockets, scopes) in expected {
            assert_eq!(handled(version), Handled { files, sockets, scopes }, "{version}");
        }
    }

    #[test]
    fn rules_allow_what_is_needed() {
        let objects = vec![Path::new("x.o")];
        let written = vec![Written::Renamed(Path::new("out")), Written::Appended(Path::new("log"))];
        let needs = Needs { objects, folders: [Path::new(".")].into(), is_listed: false, written };
        let rules: Vec<_> = rules(&needs).map(|(path, rights)| (path.to_str().unwrap(), rights.0)).collect();
        assert_eq!(rules, [("x.o", 0xc), (".", 0xc), ("out", 0x120), ("log", 2)]);
    }
}
