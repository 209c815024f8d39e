//! System calls: seccomp refuses all but those with which objects are read, versions computed by threads, and
//! results written.
//!
//! What is refused looks as if the kernel did not have it (`ENOSYS`): so a C library that tries a new call first
//! falls back on the old one, and a later version of it does not break us. That goes for `clone3` too, whose
//! flags a filter cannot see; `clone` may start threads only. What nothing but an attack would try ends the process
//! at once, which leaves a trace in the system's log.

mod filter;

use std::collections::BTreeMap;
use std::io;

use libc::{c_long, c_ushort, sock_filter};

use self::filter::{Argument, CallAction};
use super::Needs;
use crate::new_file::Written;

/// What is allowed whatever the arguments are.
#[rustfmt::skip]
const ALLOWED: &[c_long] = &[
    // Files that are open.
    libc::SYS_read, libc::SYS_readv, libc::SYS_pread64, libc::SYS_write, libc::SYS_writev, libc::SYS_lseek,
    libc::SYS_fstat, libc::SYS_close,
    // What paths lead to.
    libc::SYS_statx, libc::SYS_newfstatat, libc::SYS_readlinkat, libc::SYS_faccessat, libc::SYS_faccessat2,
    libc::SYS_getcwd,
    // Memory.
    libc::SYS_brk, libc::SYS_munmap, libc::SYS_mremap, libc::SYS_madvise,
    // Threads.
    libc::SYS_futex, libc::SYS_set_robust_list, libc::SYS_rseq, libc::SYS_set_tid_address, libc::SYS_gettid,
    libc::SYS_getpid, libc::SYS_sched_yield, libc::SYS_sched_getaffinity, libc::SYS_exit, libc::SYS_exit_group,
    // Signals: handlers of the runtime's, and what sets them up for each thread.
    libc::SYS_rt_sigaction, libc::SYS_rt_sigprocmask, libc::SYS_rt_sigreturn, libc::SYS_sigaltstack,
    libc::SYS_restart_syscall,
    // Time, where the vDSO does not have it; random numbers for hash maps.
    libc::SYS_clock_gettime, libc::SYS_gettimeofday, libc::SYS_clock_nanosleep, libc::SYS_nanosleep,
    libc::SYS_getrandom,
];

/// Calls that other machines have no numbers for.
#[cfg(target_arch = "x86_64")]
const OLD: &[c_long] = &[libc::SYS_stat, libc::SYS_lstat, libc::SYS_readlink, libc::SYS_access];
#[cfg(not(target_arch = "x86_64"))]
const OLD: &[c_long] = &[];

/// What puts a file in its place, or removes it.
#[cfg(target_arch = "x86_64")]
const RENAMING: &[c_long] =
    &[libc::SYS_rename, libc::SYS_renameat, libc::SYS_renameat2, libc::SYS_unlink, libc::SYS_unlinkat];
#[cfg(target_arch = "aarch64")]
const RENAMING: &[c_long] = &[libc::SYS_renameat, libc::SYS_renameat2, libc::SYS_unlinkat];
#[cfg(target_arch = "riscv64")]
const RENAMING: &[c_long] = &[libc::SYS_renameat2, libc::SYS_unlinkat];

/// What makes a folder, or removes it where there is a call for that.
#[cfg(target_arch = "x86_64")]
const FOLDERS: &[c_long] = &[libc::SYS_mkdir, libc::SYS_mkdirat, libc::SYS_rmdir];
#[cfg(not(target_arch = "x86_64"))]
const FOLDERS: &[c_long] = &[libc::SYS_mkdirat];

/// What nothing in the process would call, not even for a try. Not the calls for sockets: a C library may want to
/// write to the system's log, and takes no for an answer.
#[rustfmt::skip]
const LETHAL: &[c_long] = &[
    libc::SYS_execve, libc::SYS_execveat, libc::SYS_ptrace, libc::SYS_process_vm_readv,
    libc::SYS_process_vm_writev, libc::SYS_unshare, libc::SYS_setns, libc::SYS_mount, libc::SYS_bpf,
    libc::SYS_userfaultfd, libc::SYS_io_uring_setup,
];

pub(super) fn confine(needs: &Needs<'_>) -> Result<String, String> {
    let mut table = table(&needs.written);
    if needs.is_listed {
        table.extend(u32::try_from(libc::SYS_getdents64).map(|call| (call, CallAction::Allow)));
    }
    let program = filter::program(MACHINE, &table);
    install(&program).map_err(|error| format!("seccomp: {error}"))?;
    Ok("seccomp".to_owned())
}

/// Puts a filter in force for this thread, and those that it starts.
fn install(program: &[sock_filter]) -> io::Result<()> {
    rustix::thread::set_no_new_privs(true)?;
    let len = c_ushort::try_from(program.len()).map_err(|_| io::ErrorKind::InvalidInput)?;
    let program = libc::sock_fprog { len, filter: program.as_ptr().cast_mut() };
    let program = std::ptr::from_ref(&program);
    // SAFETY: the kernel copies as many instructions as there are, and changes none.
    let failed = unsafe { libc::syscall(libc::SYS_seccomp, libc::SECCOMP_SET_MODE_FILTER, 0_u32, program) };
    if failed == 0 { Ok(()) } else { Err(io::Error::last_os_error()) }
}

/// How the kernel calls the machine (`AUDIT_ARCH_*`).
const MACHINE: u32 = if cfg!(target_arch = "x86_64") {
    0xc000_003e
} else if cfg!(target_arch = "aarch64") {
    0xc000_00b7
} else {
    0xc000_00f3
};

/// The actions for a run that writes this.
fn table(written: &[Written<'_>]) -> BTreeMap<u32, CallAction> {
    let is_below = written.iter().any(|written| matches!(written, Written::Below { .. }));
    let is_renamed = is_below || written.iter().any(|written| matches!(written, Written::Renamed(_)));
    let renaming = if is_renamed { RENAMING } else { &[] };
    let folders = if is_below { FOLDERS } else { &[] };
    let allowed =
        [ALLOWED, OLD, renaming, folders].concat().into_iter().map(|call| (call, CallAction::Allow));
    let lethal = LETHAL.iter().map(|&call| (call, CallAction::Kill));
    let all = allowed.chain(lethal).chain(by_argument(written));
    all.filter_map(|(call, action)| Some((u32::try_from(call).ok()?, action))).collect()
}

/// What is allowed with some arguments only.
fn by_argument(written: &[Written<'_>]) -> Vec<(c_long, CallAction)> {
    const ALL: i32 = -1;
    let process = std::process::id().cast_signed();
    // Files are opened to be read, or to be appended to or made if that is needed; none is cut.
    let opened = libc::O_WRONLY | libc::O_RDWR | libc::O_CREAT | libc::O_TRUNC;
    let mut modes = vec![libc::O_RDONLY];
    modes.extend(written.iter().filter_map(|written| match written {
        Written::Renamed(_) => None,
        Written::Appended(_) => Some(libc::O_WRONLY),
        Written::Below { .. } => Some(libc::O_WRONLY | libc::O_CREAT),
    }));
    vec![
        #[cfg(target_arch = "x86_64")]
        (libc::SYS_open, only(1, opened, &modes)),
        (libc::SYS_openat, only(2, opened, &modes)),
        // Memory does not become code.
        (libc::SYS_mmap, only(2, libc::PROT_EXEC, &[0])),
        (libc::SYS_mprotect, only(2, libc::PROT_EXEC, &[0])),
        (libc::SYS_clone, only(0, libc::CLONE_THREAD | !THREAD, &[libc::CLONE_THREAD])),
        (libc::SYS_prctl, only(0, ALL, &[libc::PR_SET_NAME, libc::PR_SET_VMA])),
        (
            libc::SYS_fcntl,
            only(1, ALL, &[libc::F_GETFD, libc::F_SETFD, libc::F_GETFL, libc::F_DUPFD_CLOEXEC]),
        ),
        // Whether something is a terminal; C libraries differ in how they ask.
        (libc::SYS_ioctl, only(1, ALL, &[libc::TCGETS, libc::TCGETS2, libc::TIOCGWINSZ].map(|it| it as i32))),
        // To abort is to signal oneself.
        (libc::SYS_tgkill, only(0, ALL, &[process])),
        (libc::SYS_tkill, only(0, ALL, &[process])),
    ]
}

/// What C libraries ask for when they start a thread.
const THREAD: i32 = libc::CLONE_VM
    | libc::CLONE_FS
    | libc::CLONE_FILES
    | libc::CLONE_SIGHAND
    | libc::CLONE_THREAD
    | libc::CLONE_SYSVSEM
    | libc::CLONE_SETTLS
    | libc::CLONE_PARENT_SETTID
    | libc::CLONE_CHILD_SETTID
    | libc::CLONE_CHILD_CLEARTID
    | libc::CLONE_DETACHED;

/// Allowed if these bits of an argument have one of these values.
fn only(place: u32, mask: i32, values: &[i32]) -> CallAction {
    let values = values.iter().map(|value| value.cast_unsigned()).collect();
    CallAction::If(Argument { place, mask: mask.cast_unsigned(), values })
}

#[cfg(test)]
mod tests {
    use super::filter::tests::run;
    use super::*;

    const FAILS: u32 = libc::SECCOMP_RET_ERRNO | libc::EPERM as u32;
    const IS_ABSENT: u32 = libc::SECCOMP_RET_ERRNO | libc::ENOSYS as u32;

    /// What becomes of a call with these arguments.
    fn action(written: &[Written<'_>], call: c_long, arguments: [i32; 3]) -> u32 {
        let program = filter::program(MACHINE, &table(written));
        run(&program, MACHINE, call as u32, &arguments.map(i32::cast_unsigned))
    }

    fn check(call: c_long, arguments: [i32; 3], is_allowed: bool) {
        let expected = if is_allowed { libc::SECCOMP_RET_ALLOW } else { FAILS };
        assert_eq!(action(&[], call, arguments), expected, "{call} {arguments:x?}");
    }

    #[test]
    fn each_call_is_of_one_kind() {
        let by_argument = by_argument(&[]).into_iter().map(|(call, _)| call);
        let mut all: Vec<_> =
            [ALLOWED, OLD, RENAMING, FOLDERS, LETHAL].concat().into_iter().chain(by_argument).collect();
        let count = all.len();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), count);
    }

    #[test]
    fn files_are_opened_for_reading_only() {
        let (folder, file) = (Written::Renamed("/tmp".as_ref()), Written::Appended("/dev/null".as_ref()));
        let flags = [
            (libc::O_RDONLY | libc::O_CLOEXEC, true, true),
            (libc::O_WRONLY | libc::O_APPEND | libc::O_CLOEXEC, false, true),
            (libc::O_RDWR, false, false),
            (libc::O_WRONLY | libc::O_RDWR, false, false),
            (libc::O_WRONLY | libc::O_CREAT, false, false),
            (libc::O_RDONLY | libc::O_TRUNC, false, false),
            (libc::O_RDWR | libc::O_TMPFILE, false, false),
        ];
        for (flags, is_read, is_appended) in flags {
            for (written, is_allowed) in
                [(vec![], is_read), (vec![folder], is_read), (vec![folder, file], is_appended)]
            {
                let expected = if is_allowed { libc::SECCOMP_RET_ALLOW } else { FAILS };
                assert_eq!(
                    action(&written, libc::SYS_openat, [0, 0, flags]),
                    expected,
                    "{flags:x} {written:?}"
                );
            }
        }
    }

    #[test]
    fn files_are_renamed_if_that_was_announced() {
        let folder = [Written::Renamed("/tmp".as_ref())];
        for &call in RENAMING {
            assert_eq!(action(&folder, call, [0; 3]), libc::SECCOMP_RET_ALLOW);
            assert_eq!(action(&[], call, [0; 3]), IS_ABSENT);
        }
    }

    #[test]
    fn files_and_folders_are_made_if_that_was_announced() {
        let below = [Written::Below { folder: "/tmp/x".as_ref(), parent: "/tmp".as_ref() }];
        for &call in RENAMING.iter().chain(FOLDERS) {
            assert_eq!(action(&below, call, [0; 3]), libc::SECCOMP_RET_ALLOW);
        }
        for (flags, expected) in [
            (libc::O_WRONLY | libc::O_CREAT | libc::O_EXCL, libc::SECCOMP_RET_ALLOW),
            (libc::O_WRONLY | libc::O_CREAT | libc::O_TRUNC, FAILS),
            (libc::O_WRONLY, FAILS),
        ] {
            assert_eq!(action(&below, libc::SYS_openat, [0, 0, flags]), expected, "{flags:x}");
        }
    }

    #[test]
    fn memory_does_not_become_code() {
        for call in [libc::SYS_mmap, libc::SYS_mprotect] {
            check(call, [0, 4096, libc::PROT_READ | libc::PROT_WRITE], true);
            check(call, [0, 4096, libc::PROT_READ | libc::PROT_EXEC], false);
        }
    }

    #[test]
    fn threads_are_started_and_processes_are_not() {
        check(libc::SYS_clone, [THREAD, 0, 0], true);
        check(libc::SYS_clone, [THREAD & !libc::CLONE_DETACHED, 0, 0], true);
        for flags in [
            0,
            libc::SIGCHLD,
            THREAD & !libc::CLONE_THREAD,
            THREAD | libc::CLONE_NEWUSER,
            THREAD | libc::CLONE_VFORK,
            THREAD | libc::SIGCHLD,
            libc::CLONE_VM | libc::CLONE_VFORK | libc::SIGCHLD,
        ] {
            check(libc::SYS_clone, [flags, 0, 0], false);
        }
        assert_eq!(action(&[], libc::SYS_clone3, [0; 3]), IS_ABSENT);
    }

    #[test]
    fn signals_stay_in_the_process() {
        let process = std::process::id().cast_signed();
        for call in [libc::SYS_tgkill, libc::SYS_tkill] {
            check(call, [process, 0, 0], true);
            check(call, [1, 0, 0], false);
            check(call, [-1, 0, 0], false);
        }
        assert_eq!(action(&[], libc::SYS_kill, [process, 0, 0]), IS_ABSENT);
    }

    #[test]
    fn what_only_an_attack_would_call_is_the_end() {
        for &call in LETHAL {
            assert_eq!(action(&[], call, [0; 3]), libc::SECCOMP_RET_KILL_PROCESS);
        }
        for call in [libc::SYS_socket, libc::SYS_connect, libc::SYS_getdents64, libc::SYS_memfd_create] {
            assert_eq!(action(&[], call, [0; 3]), IS_ABSENT);
        }
    }
}
