//! What is written: versions to standard output, symtypes to a file, dumps to standard error.
//!
//! Everything is computed before anything is written, so output is complete or absent.

use std::fs::{self, File, Permissions};
use std::io::{self, BufWriter, IsTerminal, Write};
use std::os::fd::AsFd;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use tempfile::NamedTempFile;

use crate::confinement::Written;
use crate::message::{self, Escaped};

/// A symtypes file that replaces what was there when it is complete.
pub(crate) struct Symtypes {
    path: PathBuf,
    file: Target,
}

enum Target {
    /// A new file beside the old one.
    Beside(BufWriter<NamedTempFile>, PathBuf),
    /// A device or pipe, or what a name such as /dev/stdout stands for: written to as it is.
    Special(Vec<u8>),
}

impl Symtypes {
    /// Makes sure that the file can be written, and begins it.
    pub(crate) fn create(path: &Path, objects: &[PathBuf]) -> Result<Symtypes> {
        let name = || message::path(path);
        let file = match regular_file(path).with_context(name)? {
            None => Target::Special(Vec::new()),
            Some(target) => {
                let is_target =
                    |object: &PathBuf| fs::canonicalize(object).is_ok_and(|object| object == target);
                if objects.iter().any(is_target) {
                    bail!("{}: the symtypes file would replace an input", name());
                }
                let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty());
                let folder = folder.unwrap_or(Path::new("."));
                fs::metadata(folder).with_context(name)?;
                let file = tempfile::Builder::new()
                    .prefix(".gendwarfksyms-")
                    .permissions(Permissions::from_mode(0o666))
                    .tempfile_in(folder)
                    .with_context(name)?;
                if let Ok(old) = fs::metadata(&target) {
                    file.as_file().set_permissions(old.permissions()).with_context(name)?;
                }
                Target::Beside(BufWriter::new(file), target)
            }
        };
        Ok(Symtypes { path: path.to_owned(), file })
    }

    /// What is still to be done to files.
    pub(crate) fn written(&self) -> Written<'_> {
        match &self.file {
            Target::Beside(file, _) => {
                let folder = file.get_ref().path().parent();
                Written::Renamed(folder.unwrap_or(Path::new(".")))
            }
            Target::Special(_) => Written::Appended(&self.path),
        }
    }

    /// Appends a line.
    pub(crate) fn line(&mut self, name: &[u8], string: &[u8]) -> Result<()> {
        let parts = [name, b" ", string, b"\n"];
        for part in parts {
            match &mut self.file {
                Target::Beside(file, _) => file.write_all(part),
                Target::Special(bytes) => bytes.write_all(part),
            }
            .with_context(|| message::path(&self.path))?;
        }
        Ok(())
    }

    /// Writes what cannot be put in place later, and makes sure that the rest can.
    pub(crate) fn flush(&mut self) -> Result<()> {
        match &mut self.file {
            Target::Beside(file, _) => file.flush(),
            Target::Special(bytes) => open_special(&self.path).and_then(|mut file| file.write_all(bytes)),
        }
        .with_context(|| message::path(&self.path))
    }

    /// Puts the finished file in its place.
    pub(crate) fn finish(self) -> Result<()> {
        let Target::Beside(file, target) = self.file else { return Ok(()) };
        let file = file.into_inner().map_err(io::IntoInnerError::into_error);
        let placed = file.and_then(|file| file.persist(target).map_err(|error| error.error));
        placed.map(drop).with_context(|| message::path(&self.path))
    }
}

/// The regular file that a path means, with all symbolic links followed, whether it is there or not; `None` if
/// the path means something that must not be replaced.
fn regular_file(path: &Path) -> io::Result<Option<PathBuf>> {
    const MOST_LINKS: usize = 40;
    let mut path = path.to_owned();
    for _ in 0..MOST_LINKS {
        // The links in there stand for open files.
        if ["/proc", "/dev/fd"].iter().any(|folder| path.starts_with(folder)) {
            return Ok(None);
        }
        match fs::symlink_metadata(&path) {
            Ok(metadata) if metadata.is_symlink() => {
                let target = fs::read_link(&path)?;
                path = path.parent().map_or(target.clone(), |folder| folder.join(&target));
            }
            Ok(metadata) if metadata.is_dir() => return Err(io::ErrorKind::IsADirectory.into()),
            Ok(metadata) if !metadata.is_file() => return Ok(None),
            Ok(_) => return fs::canonicalize(path).map(Some),
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Some(path)),
            Err(error) => return Err(error),
        }
    }
    Err(rustix::io::Errno::LOOP.into())
}

/// Opens what is not a regular file. An open file is written to where it stands: opened anew, it would be
/// written from its start.
fn open_special(path: &Path) -> io::Result<File> {
    let is = |names: &[&str]| names.iter().any(|name| path == Path::new(name));
    if is(&["/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"]) {
        return Ok(File::from(io::stdout().as_fd().try_clone_to_owned()?));
    }
    if is(&["/dev/stderr", "/dev/fd/2", "/proc/self/fd/2"]) {
        return Ok(File::from(io::stderr().as_fd().try_clone_to_owned()?));
    }
    File::options().append(true).open(path)
}

/// Writes to standard output, all at once.
pub(crate) fn standard_output(bytes: &[u8]) -> Result<()> {
    let what = "standard output cannot be written";
    if stdio::standard_output_was_closed() {
        return Err(io::Error::from(rustix::io::Errno::BADF)).context(what);
    }
    let stdout = io::stdout();
    // Not through the handle itself, which takes a descriptor that cannot be written to for success.
    let file = stdout.as_fd().try_clone_to_owned().context(what)?;
    let mut out = BufWriter::new(File::from(file));
    safe(bytes, stdout.is_terminal(), &mut out).and_then(|()| out.flush()).context(what)
}

/// Writes dumps to standard error, piece by piece.
pub(crate) struct Dumper {
    out: BufWriter<io::StderrLock<'static>>,
    is_terminal: bool,
}

impl Dumper {
    /// Begins a dump.
    pub(crate) fn new() -> Dumper {
        let stderr = io::stderr().lock();
        Dumper { is_terminal: stderr.is_terminal(), out: BufWriter::with_capacity(1 << 16, stderr) }
    }

    /// Writes a piece of text.
    pub(crate) fn write(&mut self, piece: &[u8]) -> Result<(), DumpError> {
        let written = safe(piece, self.is_terminal, &mut self.out);
        written.context(STDERR).map_err(DumpError::Output)
    }

    /// Writes what is left.
    pub(crate) fn finish(mut self) -> Result<()> {
        self.out.flush().context(STDERR)
    }
}

const STDERR: &str = "standard error cannot be written";

/// What can go wrong while something is dumped.
pub(crate) enum DumpError {
    /// In what is dumped.
    Core(dwarfksyms_core::Error),
    /// In writing.
    Output(anyhow::Error),
}

impl From<dwarfksyms_core::Error> for DumpError {
    fn from(error: dwarfksyms_core::Error) -> DumpError {
        DumpError::Core(error)
    }
}

/// Writes text; on a terminal, nothing but text.
fn safe(bytes: &[u8], is_terminal: bool, out: &mut impl Write) -> io::Result<()> {
    if !is_terminal {
        return out.write_all(bytes);
    }
    for line in bytes.split_inclusive(|&byte| byte == b'\n') {
        let text = line.strip_suffix(b"\n").unwrap_or(line);
        for part in text.chunks(1024) {
            write!(out, "{}", Escaped(part))?;
        }
        out.write_all(line.get(text.len()..).unwrap_or_default())?;
    }
    Ok(())
}

/// Whether standard output was open when the process began.
///
/// Before `main`, Rust's runtime opens `/dev/null` in place of a closed standard stream, and versions would
/// vanish in it without a word. So the question is asked even before that.
mod stdio {
    use std::sync::atomic::{AtomicBool, Ordering};

    static WAS_CLOSED: AtomicBool = AtomicBool::new(false);

    extern "C" fn look() {
        let flags = rustix::io::fcntl_getfd(rustix::stdio::stdout());
        WAS_CLOSED.store(flags.is_err(), Ordering::Relaxed);
    }

    // SAFETY: the loader calls what stands in this section before `main`, with arguments that a C function
    // may ignore; `look` needs nothing that is set up later.
    #[cfg(target_os = "linux")]
    #[used]
    #[unsafe(link_section = ".init_array")]
    static LOOK: extern "C" fn() = look;

    pub(super) fn standard_output_was_closed() -> bool {
        WAS_CLOSED.load(Ordering::Relaxed)
    }
}
