//! The bytes of a file.
//!
//! Files are read, so that what is cut or changed meanwhile does no harm. Only of very large ones, such as a whole
//! kernel, most of the time would be spent on finding room for a copy: they are mapped.

use std::fs::File;
use std::io::{self, Read};
use std::ops::Deref;
use std::os::unix::fs::FileTypeExt;

use anyhow::{Result, bail};

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

    /// The bytes of a regular file or a pipe.
    pub fn of(mut file: File) -> Result<Contents> {
        let metadata = file.metadata()?;
        let kind = metadata.file_type();
        if kind.is_dir() {
            bail!("is a directory");
        }
        let mut bytes = Vec::new();
        if kind.is_file() {
            #[cfg(target_os = "linux")]
            if metadata.len() >= Contents::MAPPED {
                return Ok(Contents::Mapped(mapping::Mapping::new(&file)?));
            }
            bytes.try_reserve_exact(usize::try_from(metadata.len())?.saturating_add(1))?;
            file.read_to_end(&mut bytes)?;
        } else if kind.is_fifo() {
            stream(file, &mut bytes)?;
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

/// The most bytes that are read from a pipe, which does not tell how many there will be: 4 GiB.
const LONGEST_STREAM: u64 = 4 << 30;

/// Reads a stream to its end, unless that is too far away.
pub(crate) fn stream(stream: impl Read, bytes: &mut Vec<u8>) -> io::Result<()> {
    let read = stream.take(LONGEST_STREAM).read_to_end(bytes)?;
    match u64::try_from(read) {
        Ok(read) if read < LONGEST_STREAM => Ok(()),
        _ => Err(io::Error::new(io::ErrorKind::FileTooLarge, "there is no end to it")),
    }
}

/// Files in memory, and what happens if one is cut meanwhile.
#[cfg(target_os = "linux")]
mod mapping {
    use std::fs::File;
    use std::io;
    use std::ops::Deref;
    use std::sync::Once;

    use memmap2::Mmap;

    /// A file in memory.
    #[derive(Debug)]
    pub struct Mapping(Mmap);

    impl Mapping {
        /// Maps a whole file.
        pub(super) fn new(file: &File) -> io::Result<Mapping> {
            static HANDLED: Once = Once::new();
            HANDLED.call_once(handle_cuts);
            // SAFETY: Nobody must write to the file as long as it is mapped. That cannot be enforced; what stands
            // for it is that all of the core checks every value that it reads after it has read it, that a file
            // which is cut ends the process in an orderly way, and that whoever can write to a kernel that is
            // being built has no need of us to change it.
            unsafe { Mmap::map(file) }.map(Mapping)
        }
    }

    impl Deref for Mapping {
        type Target = [u8];

        fn deref(&self) -> &[u8] {
            &self.0
        }
    }

    /// Sees to it that a file which is cut while it is mapped is an error as any other: without this, a signal would
    /// end the process without a word.
    fn handle_cuts() {
        extern "C" fn cut(_: libc::c_int) {
            const MESSAGE: &[u8] = b"error: a file was cut while it was read\n";
            // SAFETY: both are allowed in a signal handler, and the bytes are static.
            unsafe {
                libc::write(libc::STDERR_FILENO, MESSAGE.as_ptr().cast(), MESSAGE.len());
                libc::_exit(1);
            }
        }
        let handler: extern "C" fn(libc::c_int) = cut;
        // SAFETY: the handler does only what a handler may do, and never returns.
        unsafe { libc::signal(libc::SIGBUS, handler as libc::sighandler_t) };
    }

    #[cfg(test)]
    mod tests {
        use std::io::Write;
        use std::process::Command;

        use super::*;

        fn mapped(bytes: &[u8]) -> (tempfile::NamedTempFile, Mapping) {
            let mut file = tempfile::NamedTempFile::new().unwrap();
            file.write_all(bytes).unwrap();
            let mapping = Mapping::new(file.as_file()).unwrap();
            (file, mapping)
        }

        #[test]
        fn a_mapping_is_the_file() {
            assert_eq!(&*mapped(b"abc").1, b"abc");
        }

        /// What comes of a file that is cut ends the process, so it is seen to in another one.
        #[test]
        fn a_file_that_is_cut_is_an_error() {
            const IS_OTHER: &str = "DWARFKSYMS_TEST_CUT";
            if std::env::var_os(IS_OTHER).is_some() {
                let (file, mapping) = mapped(&[7; 1 << 16]);
                file.as_file().set_len(0).unwrap();
                std::process::exit(i32::from(mapping[1 << 15]));
            }
            let name = "contents::mapping::tests::a_file_that_is_cut_is_an_error";
            let mut other = Command::new(std::env::current_exe().unwrap());
            let output = other.args([name, "--exact", "--nocapture"]).env(IS_OTHER, "").output().unwrap();
            assert_eq!(output.status.code(), Some(1));
            let errors = String::from_utf8_lossy(&output.stderr);
            assert!(errors.contains("error: a file was cut while it was read\n"), "{errors}");
        }
    }
}
