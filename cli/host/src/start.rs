//! The beginning of a short process, and its end, without what Rust's runtime does around them.
//!
//! Before `main`, the runtime reads the map of the process's memory and makes a second stack, to say so when the first one
//! overflows. That takes a quarter as long as the system takes to start an empty process. Here nothing recurses as deep as an input says; should a stack
//! overflow all the same, the system ends the process. What else the runtime does is done here: standard streams that are closed lead nowhere, and to
//! write to a pipe that nobody reads is an error.

use std::ffi::{CStr, OsStr, OsString, c_char, c_int};
use std::os::fd::IntoRawFd;
use std::os::unix::ffi::OsStrExt;
use std::process;

use rustix::fs::{Mode, OFlags};
use rustix::stdio::{stderr, stdin, stdout};

/// Makes a program of a function that gets the arguments and returns the exit status. The crate needs `#![no_main]`.
#[macro_export]
macro_rules! program {
    ($run:path) => {
        /// What the C library calls.
        #[unsafe(no_mangle)]
        extern "C" fn main(
            count: ::std::ffi::c_int,
            arguments: *const *const ::std::ffi::c_char,
        ) -> ::std::ffi::c_int {
            // SAFETY: these are what the C library calls `main` with.
            unsafe { $crate::start::run(count, arguments, $run) }
        }
    };
}

/// Runs a program.
///
/// # Safety
/// `arguments` are `count` strings, as the C library passes them to `main`.
pub unsafe fn run(
    count: c_int,
    arguments: *const *const c_char,
    program: impl FnOnce(&[OsString]) -> u8,
) -> c_int {
    open_standard_streams();
    // SAFETY: to ignore a signal runs no handler.
    unsafe { libc::signal(libc::SIGPIPE, libc::SIG_IGN) };
    let count = usize::try_from(count).unwrap_or(0);
    // SAFETY: as the caller promises.
    let arguments = (0..count).map(|at| unsafe { CStr::from_ptr(*arguments.add(at)) });
    let arguments: Vec<OsString> =
        arguments.map(|argument| OsStr::from_bytes(argument.to_bytes()).to_owned()).collect();
    let status = program(&arguments);
    // It writes what is left of standard output.
    process::exit(status.into())
}

/// Opens `/dev/null` for standard streams that are closed: no other file must take their places.
fn open_standard_streams() {
    for stream in [stdin(), stdout(), stderr()] {
        if rustix::io::fcntl_getfd(stream).is_err() {
            match rustix::fs::open("/dev/null", OFlags::RDWR, Mode::empty()) {
                // It has the lowest number that is free, which is the stream's.
                Ok(null) => drop(null.into_raw_fd()),
                Err(_) => process::abort(),
            }
        }
    }
}
