//! The bytes of a file.
//!
//! Files are read, so that what is cut or changed meanwhile does no harm. Only of very large ones, such as a whole
//! kernel, most of the time would be spent on finding room for a copy: they are mapped.

use std::fs::File;
use std::io::{self, Read};
use std::ops::Deref;
use std::os::unix::fs::FileTypeExt;

use anyhow::{Result, bail};

use crate::{heap, identity};

/// The bytes of a file, for as long as they are needed.
#[derive(Debug)]
pub enum Contents {
    /// It was read.
    Read(Vec<u8>),
    /// It is mapped.
    #[cfg(target_os = "linux")]
    Mapped(mapping::Mapping),
}

impl Contents {
    /// Files of at least so many bytes are mapped: 64 MiB.
    #[cfg(target_os = "linux")]
    const MAPPED: u64 = 64 << 20;

    /// The bytes of a regular file or a pipe; `name` is what messages call it.
    pub fn of(file: File, name: &str) -> Result<Contents> {
        Contents::read(file, name, u64::MAX)
    }

    /// The same of what may have so many bytes at most: of more, no more are read.
    pub fn within(file: File, name: &str, most: u64) -> Result<Contents> {
        Contents::read(file, name, most)
    }

    /// All that comes out of a package or archive for one of its files, which has a limit of its own.
    pub fn of_stream(stream: impl Read) -> io::Result<Contents> {
        let mut bytes = Vec::new();
        let mut stream = stream;
        loop {
            let more = stream.by_ref().take(STREAM_PART).read_to_end(&mut bytes)?;
            if more == 0 {
                return Ok(Contents::Read(bytes));
            }
            heap::note_unpacked(more);
        }
    }

    fn read(file: File, name: &str, most: u64) -> Result<Contents> {
        let metadata = file.metadata()?;
        let kind = metadata.file_type();
        if kind.is_dir() {
            bail!("is a directory");
        }
        identity::note_read(&metadata);
        #[cfg(not(target_os = "linux"))]
        let _ = name;
        let mut bytes = Vec::new();
        if kind.is_file() {
            check_size(metadata.len(), most)?;
            #[cfg(target_os = "linux")]
            if metadata.len() >= Contents::MAPPED {
                let mapping = mapping::Mapping::new(&file, name)?;
                heap::note_read(mapping.len());
                return Ok(Contents::Mapped(mapping));
            }
            let length = usize::try_from(metadata.len())?;
            heap::note_read(length);
            bytes.try_reserve_exact(length.saturating_add(1))?;
            // It may have grown since.
            file.take(most.saturating_add(1)).read_to_end(&mut bytes)?;
            check_size(u64::try_from(bytes.len())?, most)?;
        } else if kind.is_fifo() {
            stream(file, &mut bytes, most.min(LONGEST_STREAM))?;
        } else {
            bail!("is not a file");
        }
        Ok(Contents::Read(bytes))
    }
}

impl Deref for Contents {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        match self {
            Contents::Read(bytes) => bytes,
            #[cfg(target_os = "linux")]
            Contents::Mapped(mapping) => mapping,
        }
    }
}

/// The most bytes that are read from a pipe, which does not state how many there will be: 4 GiB.
const LONGEST_STREAM: u64 = 4 << 30;

/// How much of a stream is read at a time.
const STREAM_PART: u64 = 16 << 20;

/// Refuses what is too large.
fn check_size(bytes: u64, most: u64) -> Result<()> {
    if bytes > most {
        bail!("is too large ({most} bytes are allowed)");
    }
    Ok(())
}

/// Reads a stream to its end, unless that is too far away.
fn stream(stream: impl Read, bytes: &mut Vec<u8>, most: u64) -> Result<()> {
    let mut stream = stream.take(most.saturating_add(1));
    // What has come may be used, and as much again while it grows.
    loop {
        let more = stream.by_ref().take(STREAM_PART).read_to_end(bytes)?;
        if more == 0 {
            break;
        }
        heap::note_read(more);
    }
    check_size(u64::try_from(bytes.len())?, most)
}

/// Files in memory, and what happens if one is cut meanwhile.
#[cfg(target_os = "linux")]
mod mapping {
    use std::ffi::c_void;
    use std::fs::File;
    use std::io;
    use std::ops::{Deref, Range};
    use std::ptr::null_mut;
    use std::sync::Once;
    use std::sync::atomic::{AtomicPtr, Ordering};

    use memmap2::Mmap;

    use crate::trouble;

    /// A file in memory.
    #[derive(Debug)]
    pub struct Mapping(Mmap);

    /// What is said of a file if it is cut.
    struct Note {
        addresses: Range<usize>,
        message: String,
        /// The one that was made before.
        next: *mut Note,
    }

    /// The note that was made last. None is ever freed: a signal can come at any time.
    static NOTES: AtomicPtr<Note> = AtomicPtr::new(null_mut());

    impl Mapping {
        /// Maps a whole file.
        pub(super) fn new(file: &File, name: &str) -> io::Result<Mapping> {
            static HANDLED: Once = Once::new();
            HANDLED.call_once(handle_cuts);
            // SAFETY: Nobody must write to the file as long as it is mapped. That cannot be enforced; what stands
            // for it is that all of the core checks every value that it reads after it has read it, that a file
            // which is cut ends the process in an orderly way, and that whoever can write to a kernel that is
            // being built has no need of us to change it.
            let mapping = unsafe { Mmap::map(file) }?;
            let start = mapping.as_ptr().addr();
            let message = format!("error: {name}: the file was cut while it was read\n");
            add(Note { addresses: start..start + mapping.len(), message, next: null_mut() });
            Ok(Mapping(mapping))
        }
    }

    impl Deref for Mapping {
        type Target = [u8];

        fn deref(&self) -> &[u8] {
            &self.0
        }
    }

    /// Puts a note in front of those that there are.
    fn add(note: Note) {
        let note = Box::leak(Box::new(note));
        note.next = NOTES.load(Ordering::Relaxed);
        while let Err(other) =
            NOTES.compare_exchange_weak(note.next, note, Ordering::Release, Ordering::Relaxed)
        {
            note.next = other;
        }
    }

    /// Sees to it that a file which is cut while it is mapped is an error as any other: without this, a signal would
    /// end the process without a word.
    fn handle_cuts() {
        extern "C" fn cut(_: libc::c_int, information: *mut libc::siginfo_t, _: *mut c_void) {
            // SAFETY: the kernel passes a pointer to what it tells of the signal, the address among it.
            let address = unsafe { (*information).si_addr() }.addr();
            let mut message = "error: a file was cut while it was read\n";
            let mut note = NOTES.load(Ordering::Acquire);
            // Of files that were mapped at the same address one after the other, the last comes first.
            // SAFETY: a note that can be seen here is complete, and there for ever.
            while let Some(Note { addresses, message: its, next }) = unsafe { note.as_ref() } {
                if addresses.contains(&address) {
                    message = its;
                    break;
                }
                note = *next;
            }
            trouble::end(message.as_bytes());
        }
        let handler: extern "C" fn(libc::c_int, *mut libc::siginfo_t, *mut c_void) = cut;
        // SAFETY: all of it may be zero; the handler does only what a handler may do, and never returns.
        unsafe {
            let mut action: libc::sigaction = std::mem::zeroed();
            action.sa_sigaction = handler as libc::sighandler_t;
            action.sa_flags = libc::SA_SIGINFO | libc::SA_ONSTACK;
            libc::sigaction(libc::SIGBUS, &action, null_mut());
        }
    }

    #[cfg(test)]
    mod tests {
        use std::io::Write;
        use std::process::Command;

        use super::*;

        fn mapped(bytes: &[u8], name: &str) -> (tempfile::NamedTempFile, Mapping) {
            let mut file = tempfile::NamedTempFile::new().unwrap();
            file.write_all(bytes).unwrap();
            let mapping = Mapping::new(file.as_file(), name).unwrap();
            (file, mapping)
        }

        #[test]
        fn a_mapping_is_the_file() {
            assert_eq!(&*mapped(b"abc", "x").1, b"abc");
        }

        /// What comes of a file that is cut ends the process, so it is seen to in another one.
        #[test]
        fn a_file_that_is_cut_is_an_error() {
            const STATUS: &str = "DWARFKSYMS_TEST_CUT";
            if let Ok(status) = std::env::var(STATUS) {
                if let Ok(status) = status.parse() {
                    trouble::set_status(status);
                }
                let _before = mapped(&[7; 1 << 16], "before");
                let (file, mapping) = mapped(&[7; 1 << 16], "lib/x.o");
                let _behind = mapped(&[7; 1 << 16], "behind");
                file.as_file().set_len(0).unwrap();
                std::process::exit(i32::from(mapping[1 << 15]));
            }
            let name = "contents::mapping::tests::a_file_that_is_cut_is_an_error";
            for (status, expected) in [("", 2), ("1", 1)] {
                let mut other = Command::new(std::env::current_exe().unwrap());
                let output =
                    other.args([name, "--exact", "--nocapture"]).env(STATUS, status).output().unwrap();
                assert_eq!(output.status.code(), Some(expected));
                let errors = String::from_utf8_lossy(&output.stderr);
                assert!(errors.contains("error: lib/x.o: the file was cut while it was read\n"), "{errors}");
            }
        }
    }
}
