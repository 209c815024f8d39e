//! What is written: versions to standard output, symtypes to a file, dumps to standard error.
//!
//! Everything is computed before anything is written, so output is complete or absent, unless writing fails.

use std::fs::File;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::os::fd::AsFd;
use std::path::Path;

use anyhow::{Context, Result};

use crate::message::Escaped;
use crate::new_file::{NewFile, Written};
use crate::places::{Inputs, Output, Stream};

/// A symtypes file.
pub struct Symtypes(NewFile);

impl Symtypes {
    /// Makes sure that the file can be written and replaces none of the inputs, and begins it.
    pub fn create(path: &Path, inputs: &Inputs<'_>) -> Result<Symtypes> {
        let output = Output { path, what: "symtypes file" };
        let mut begun = inputs.begin(&[output], Stream::Shared)?;
        begun.pop().map(Symtypes).context("a file is begun")
    }

    /// What is still to be done to files.
    pub fn written(&self) -> Written<'_> {
        self.0.written()
    }

    /// Appends a line.
    pub fn line(&mut self, name: &[u8], string: &[u8]) -> Result<()> {
        let parts = [name, b" ", string, b"\n"];
        parts.iter().try_for_each(|part| self.0.append(part))
    }

    /// Writes what cannot be put in place later, and makes sure that the rest can.
    pub fn flush(&mut self) -> Result<()> {
        self.0.flush()
    }

    /// Puts the finished file in its place.
    pub fn finish(self) -> Result<()> {
        self.0.finish()
    }
}

/// Writes to standard output, all at once; on a terminal, nothing but text.
pub fn standard_output(bytes: &[u8]) -> Result<()> {
    let is_terminal = io::stdout().is_terminal();
    to_standard_output(|out| safe(bytes, is_terminal, out))
}

/// Writes to standard output what does no harm on a terminal as it is, such as text with colours in which all that is quoted
/// is escaped. It is written while it is made, so that making it must not fail once it has begun.
pub fn harmless_output(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<()> {
    to_standard_output(|out| write(out))
}

fn to_standard_output(write: impl FnOnce(&mut BufWriter<File>) -> io::Result<()>) -> Result<()> {
    let what = "standard output cannot be written";
    if stdio::standard_output_was_closed() {
        return Err(io::Error::from(rustix::io::Errno::BADF)).context(what);
    }
    let stdout = io::stdout();
    // Not through the handle itself, which takes a descriptor that cannot be written to for success.
    let file = stdout.as_fd().try_clone_to_owned().context(what)?;
    let mut out = BufWriter::new(File::from(file));
    write(&mut out).and_then(|()| out.flush()).context(what)
}

/// Writes dumps to standard error, piece by piece.
pub struct Dumper {
    out: BufWriter<io::StderrLock<'static>>,
    is_terminal: bool,
}

impl Dumper {
    /// Begins a dump.
    pub fn begin() -> Dumper {
        let stderr = io::stderr().lock();
        Dumper { is_terminal: stderr.is_terminal(), out: BufWriter::with_capacity(1 << 16, stderr) }
    }

    /// Writes a piece of text.
    pub fn write(&mut self, piece: &[u8]) -> Result<(), DumpError> {
        let written = safe(piece, self.is_terminal, &mut self.out);
        written.context(STDERR).map_err(DumpError::Output)
    }

    /// Writes what is left.
    pub fn finish(mut self) -> Result<()> {
        self.out.flush().context(STDERR)
    }
}

const STDERR: &str = "standard error cannot be written";

/// What can go wrong while something is dumped.
pub enum DumpError {
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
