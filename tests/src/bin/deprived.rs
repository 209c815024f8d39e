//! Runs a command in a process to which the kernel refuses what confinement is made of, as an old kernel or a
//! container does: `deprived ERRNO COMMAND [ARGUMENT]...`.

#[cfg(target_os = "linux")]
fn main() {
    use std::os::unix::process::CommandExt;

    use seccompiler::{BpfProgram, SeccompAction, SeccompFilter};

    let mut arguments = std::env::args_os().skip(1);
    let error = arguments.next().and_then(|error| error.to_str()?.parse().ok()).expect("an error number");
    let command = arguments.next().expect("a command");
    let refused = [libc::SYS_landlock_create_ruleset, libc::SYS_seccomp];
    let filter = SeccompFilter::new(
        refused.into_iter().map(|call| (call, Vec::new())).collect(),
        SeccompAction::Allow,
        SeccompAction::Errno(error),
        std::env::consts::ARCH.try_into().expect("a machine that there are filters for"),
    );
    let program: BpfProgram = filter.and_then(TryInto::try_into).expect("a filter");
    seccompiler::apply_filter(&program).expect("a kernel with filters");
    panic!("{}", std::process::Command::new(command).args(arguments).exec());
}

#[cfg(not(target_os = "linux"))]
fn main() {}
