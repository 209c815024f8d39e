//! Processes, measured by the kernel: time on all processors, and the most memory at one time.
//!
//! A process begins with the peak of the one that starts it (the kernel counts what was there before `exec`). So
//! whoever starts processes here has to be small: what needs memory is done by the program `inside`.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// A command that reads a symbol list.
#[derive(Clone, Debug)]
pub struct Program {
    /// The file.
    pub path: PathBuf,
    /// The first arguments.
    pub args: Vec<String>,
}

/// What a process took.
#[derive(Clone, Copy, Debug)]
pub struct Usage {
    /// From its start to its end.
    pub wall: Duration,
    /// Of all its threads, in user space and in the kernel.
    pub cpu: Duration,
    /// Bytes that were resident, at most.
    pub peak: u64,
}

impl Usage {
    /// The smallest of each.
    pub fn least(all: &[Usage]) -> Option<Usage> {
        all.iter().copied().reduce(|a, b| Usage {
            wall: a.wall.min(b.wall),
            cpu: a.cpu.min(b.cpu),
            peak: a.peak.min(b.peak),
        })
    }
}

impl Program {
    /// A program without arguments.
    pub fn new(path: impl Into<PathBuf>) -> Program {
        Program { path: path.into(), args: Vec::new() }
    }

    /// The same with an argument more.
    #[must_use]
    pub fn with(mut self, arg: impl Into<String>) -> Program {
        self.args.push(arg.into());
        self
    }

    /// Runs the program in a folder, with a symbol list for standard input; `None` if it fails.
    ///
    /// # Errors
    /// It cannot be started.
    pub fn measure(&self, folder: &Path, args: &[String], list: &Path) -> io::Result<Option<Usage>> {
        let (status, usage) = self.measure_any(folder, args, list)?;
        Ok((status == Some(0)).then_some(usage))
    }

    /// The same with the exit status, for a program that says something with it.
    ///
    /// # Errors
    /// It cannot be started.
    pub fn measure_any(
        &self,
        folder: &Path,
        args: &[String],
        list: &Path,
    ) -> io::Result<(Option<i32>, Usage)> {
        let list = File::open(folder.join(list))?;
        let begin = Instant::now();
        let child = Command::new(&self.path)
            .args(&self.args)
            .args(args)
            .current_dir(folder)
            .stdin(list)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()?;
        let (status, usage) = wait(child.id().cast_signed())?;
        let wall = begin.elapsed();
        let time = |time: libc::timeval| {
            Duration::from_secs(time.tv_sec as u64) + Duration::from_micros(time.tv_usec as u64)
        };
        let cpu = time(usage.ru_utime) + time(usage.ru_stime);
        let peak = usage.ru_maxrss as u64 * 1024;
        let status = libc::WIFEXITED(status).then(|| libc::WEXITSTATUS(status));
        Ok((status, Usage { wall, cpu, peak }))
    }

    /// Runs the program for what it prints.
    ///
    /// # Errors
    /// It cannot be started, or fails.
    pub fn output(&self, args: &[String]) -> io::Result<String> {
        let mut child =
            Command::new(&self.path).args(&self.args).args(args).stdout(Stdio::piped()).spawn()?;
        let mut text = String::new();
        if let Some(stdout) = &mut child.stdout {
            stdout.read_to_string(&mut text)?;
        }
        match child.wait()? {
            status if status.success() => Ok(text),
            status => Err(io::Error::other(format!("{}: {status}", self.path.display()))),
        }
    }
}

/// Waits for a child; its status, and what it has used.
fn wait(child: libc::pid_t) -> io::Result<(i32, libc::rusage)> {
    let mut status = 0;
    // SAFETY: all fields are numbers.
    let mut usage: libc::rusage = unsafe { std::mem::zeroed() };
    loop {
        // SAFETY: the pointers are to variables of the right types, which live longer than the call.
        let waited = unsafe { libc::wait4(child, &raw mut status, 0, &raw mut usage) };
        if waited == child {
            return Ok((status, usage));
        }
        let error = io::Error::last_os_error();
        if error.kind() != io::ErrorKind::Interrupted {
            return Err(error);
        }
    }
}
