//! The end of a process that cannot go on: a mapped file was cut, memory has run out, or somebody was wrong.
//!
//! There is no way back from a signal, from within an allocation, or from a panic, which the programs are built not to catch: one line is said, what was begun is removed, and the
//! process ends with the status that any error gives.

use std::ffi::CString;
use std::os::unix::ffi::OsStrExt;
use std::path::Path;
use std::ptr::null_mut;
use std::sync::atomic::{AtomicBool, AtomicI32, AtomicPtr, Ordering};

use crate::message::Escaped;

/// The exit status of an error: until it is known what is asked for, the one that is never taken for an answer.
static STATUS: AtomicI32 = AtomicI32::new(2);

/// What is not complete, the last one first. No note is ever freed: the end can come at any time.
static UNFINISHED: AtomicPtr<Note> = AtomicPtr::new(null_mut());

/// A file or folder that is not complete.
struct Note {
    path: CString,
    is_there: AtomicBool,
    /// The one that was made before.
    next: *mut Note,
}

/// Says which exit status an error gives; 2 if nobody says.
pub fn set_status(status: u8) {
    STATUS.store(status.into(), Ordering::Relaxed);
}

/// Makes an error of a panic, ours or one of a library, and of the C library's giving up: one line, nothing left behind.
pub fn catch() {
    extern "C" fn aborted(_: libc::c_int) {
        end(b"error: the process was aborted\n");
    }
    let handler: extern "C" fn(libc::c_int) = aborted;
    // SAFETY: the handler does only what a handler may do, and never returns.
    unsafe { libc::signal(libc::SIGABRT, handler as libc::sighandler_t) };
    std::panic::set_hook(Box::new(|panic| {
        let place = panic
            .location()
            .map_or_else(String::new, |place| format!(" ({}:{})", place.file(), place.line()));
        let text = panic.payload().downcast_ref::<&str>().copied();
        let text = text.or(panic.payload().downcast_ref::<String>().map(String::as_str));
        let what = text.unwrap_or("no more is known");
        // What fails there is a call of the system, such as one for the stack of a thread that has started.
        let is_of_system = place.contains("/library/std/src/sys/");
        let begin = if is_of_system { REFUSED } else { DEFECT };
        let line = format!("{begin}{place}: {}\n", Escaped(what.as_bytes()));
        end(line.as_bytes());
    }));
}

/// How the line begins that a panic ends with.
pub const DEFECT: &str = "error: the program has a defect, please report it";

/// The same, if the system refuses what the runtime must have.
pub const REFUSED: &str = "error: the system refuses what a thread needs";

/// A file, or a folder with nothing in it but files that are noted too, that is removed if the process ends like this.
#[derive(Debug)]
pub struct Unfinished(Option<&'static AtomicBool>);

impl Unfinished {
    /// Notes what is about to be made: between that and the note, memory could run out.
    pub fn new(path: &Path) -> Unfinished {
        let Ok(path) = CString::new(path.as_os_str().as_bytes()) else { return Unfinished(None) };
        let note = Box::leak(Box::new(Note { path, is_there: AtomicBool::new(true), next: null_mut() }));
        note.next = UNFINISHED.load(Ordering::Relaxed);
        while let Err(other) =
            UNFINISHED.compare_exchange_weak(note.next, note, Ordering::Release, Ordering::Relaxed)
        {
            note.next = other;
        }
        Unfinished(Some(&note.is_there))
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        if let Some(is_there) = self.0 {
            is_there.store(false, Ordering::Relaxed);
        }
    }
}

/// Says one line, removes what was begun, and ends the process. It allocates nothing, so that it can be called from a signal
/// handler and from an allocator.
pub(crate) fn end(line: &[u8]) -> ! {
    /// Whether a thread is doing this already: whatever fails in others meanwhile is no news.
    static IS_ENDING: AtomicBool = AtomicBool::new(false);
    while IS_ENDING.swap(true, Ordering::AcqRel) {
        // SAFETY: it changes nothing, and may be called from a signal handler.
        unsafe { libc::sleep(1) };
    }
    // SAFETY: all of these may be called from a signal handler; the line is there for as long as this takes, and a path that
    // was noted is never freed.
    unsafe {
        libc::write(libc::STDERR_FILENO, line.as_ptr().cast(), line.len());
        let mut note = UNFINISHED.load(Ordering::Acquire);
        while let Some(Note { path, is_there, next }) = note.as_ref() {
            if is_there.load(Ordering::Relaxed) && libc::unlink(path.as_ptr()) != 0 {
                libc::rmdir(path.as_ptr());
            }
            note = *next;
        }
        libc::_exit(STATUS.load(Ordering::Relaxed))
    }
}

#[cfg(test)]
mod tests {
    use std::process::Command;

    use super::*;

    /// What panics ends, so it is seen to in another process.
    #[test]
    fn a_panic_is_one_line_and_leaves_nothing_behind() {
        const ROLE: &str = "DWARFKSYMS_TEST_TROUBLE";
        let folder = std::env::temp_dir().join(format!(".dwarfksyms-trouble-{}", std::process::id()));
        if let Ok(role) = std::env::var(ROLE) {
            catch();
            let _folder = Unfinished::new(&folder);
            std::fs::create_dir(&folder).unwrap();
            let _file = Unfinished::new(&folder.join("file"));
            std::fs::write(folder.join("file"), "").unwrap();
            eprintln!("{}", folder.display());
            match role.as_str() {
                "panic" => panic!("no\n{}", "such"),
                "thread" => std::thread::spawn(|| panic!("no\nsuch")).join().unwrap(),
                "threads" => std::thread::scope(|scope| {
                    (0..64).for_each(|_| drop(scope.spawn(|| panic!("no\nsuch"))));
                }),
                _ => std::process::abort(),
            }
        }
        for (role, expected) in [
            ("panic", [DEFECT, " (cli/host/src/trouble.rs:"].concat()),
            ("thread", [DEFECT, " (cli/host/src/trouble.rs:"].concat()),
            ("threads", [DEFECT, " (cli/host/src/trouble.rs:"].concat()),
            ("abort", "error: the process was aborted".to_owned()),
        ] {
            let name = "trouble::tests::a_panic_is_one_line_and_leaves_nothing_behind";
            let mut other = Command::new(std::env::current_exe().unwrap());
            let output = other.args([name, "--exact", "--nocapture"]).env(ROLE, role).output().unwrap();
            let errors = String::from_utf8(output.stderr).unwrap();
            let lines: Vec<&str> = errors.lines().collect();
            let [folder, line] = lines[..] else { panic!("{errors}") };
            assert!(line.starts_with(&expected), "{errors}");
            assert!(role == "abort" || line.ends_with(": no\\nsuch"), "{errors}");
            assert!(!Path::new(folder).exists());
            assert_eq!(output.status.code(), Some(2));
        }
    }
}
