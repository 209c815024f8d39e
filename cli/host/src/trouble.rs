//! The end of a process that cannot go on: a mapped file was cut, memory has run out, or somebody was wrong.
//!
//! There is no way back from a signal, from within an allocation, or from a panic, which the programs are built not to catch: one line is said, what was begun is removed, and the
//! process ends with the status that any error gives.

use std::ffi::{CString, c_char};
use std::os::unix::ffi::OsStrExt;
use std::path::Path;
use std::ptr::null_mut;
use std::sync::atomic::{AtomicI32, AtomicPtr, Ordering};

use crate::message::Escaped;

/// The exit status of an error.
static STATUS: AtomicI32 = AtomicI32::new(1);

/// Files that are not complete; those of more outputs at one time than there are places stay behind.
static UNFINISHED: [AtomicPtr<c_char>; 16] = [const { AtomicPtr::new(null_mut()) }; 16];

/// Says which exit status an error gives; 1 if nobody says.
pub fn set_status(status: u8) {
    STATUS.store(status.into(), Ordering::Relaxed);
}

/// Makes an error of a panic, ours or one of a library: one line, nothing left behind.
pub fn catch_panics() {
    std::panic::set_hook(Box::new(|panic| {
        let place = panic
            .location()
            .map_or_else(String::new, |place| format!(" ({}:{})", place.file(), place.line()));
        let what = panic.payload_as_str().unwrap_or("no more is known");
        let line = format!("{DEFECT}{place}: {}\n", Escaped(what.as_bytes()));
        end(line.as_bytes());
    }));
}

/// How the line begins that a panic ends with.
pub const DEFECT: &str = "error: the program has a defect, please report it";

/// A file that is removed if the process ends like this.
#[derive(Debug)]
pub struct Unfinished(Option<&'static AtomicPtr<c_char>>);

impl Unfinished {
    /// Notes the file.
    pub fn new(path: &Path) -> Unfinished {
        let Ok(path) = CString::new(path.as_os_str().as_bytes()) else { return Unfinished(None) };
        let path = path.into_raw();
        let claim = |place: &&AtomicPtr<c_char>| {
            place.compare_exchange(null_mut(), path, Ordering::Release, Ordering::Relaxed).is_ok()
        };
        let place = UNFINISHED.iter().find(claim);
        if place.is_none() {
            // SAFETY: it comes from `into_raw`, and nobody else has seen it.
            drop(unsafe { CString::from_raw(path) });
        }
        Unfinished(place)
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        // The path itself stays: another thread may be about to end the process.
        if let Some(place) = self.0 {
            place.store(null_mut(), Ordering::Relaxed);
        }
    }
}

/// Says one line, removes what was begun, and ends the process. It allocates nothing, so that it can be called from a signal
/// handler and from an allocator.
pub(crate) fn end(line: &[u8]) -> ! {
    // SAFETY: all of these may be called from a signal handler; the line is there for as long as this takes, and a path that
    // was noted is never freed.
    unsafe {
        libc::write(libc::STDERR_FILENO, line.as_ptr().cast(), line.len());
        for place in &UNFINISHED {
            let path = place.load(Ordering::Acquire);
            if !path.is_null() {
                libc::unlink(path);
            }
        }
        libc::_exit(STATUS.load(Ordering::Relaxed))
    }
}
