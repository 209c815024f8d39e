//! The installed git, which reads objects of a repository for us.
//!
//! The name of an object goes in, such as `v6.12:Module.symvers` or a hash; its kind, its hash and its bytes come out. git does it because
//! it reads every repository that it makes: with packs, alternates, SHA-256, any storage of references, bare ones and worktrees.
//!
//! All of the repository is hostile, its configuration too. A name goes through a pipe to `git cat-file --batch`, so it can
//! be neither an option nor a pathspec. That command runs no hook, filter, text conversion, pager or file system
//! monitor. It would run another program for one reason, to fetch what a partial clone lacks: [`VARIABLES`] forbid that, and
//! [`SETTINGS`] what may come. Whose repositories git accepts (`safe.directory`) stays as the user and the system have set it.
//!
//! What git may use is limited where the system can do that ([`Git::limit`]), and it ends when we do: both its pipes are
//! closed then.

use std::fs::File;
use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use anyhow::{Context, Result, anyhow, bail};
use dwarfksyms_host::contents::Contents;
use dwarfksyms_host::message::Escaped;
use dwarfksyms_host::records::text as records;

/// What the configuration of a repository must not name: programs that other commands of git run.
const SETTINGS: [&str; 3] =
    ["core.fsmonitor=false", "core.hooksPath=/dev/null", "core.alternateRefsCommand=false"];

/// The environment: nothing is fetched, replaced by another object, asked or translated. Before 2.45, git does not know the first of
/// these; the second forbids every way of fetching, whatever `protocol.*.allow` says.
const VARIABLES: [(&str, &str); 6] = [
    ("GIT_NO_LAZY_FETCH", "1"),
    ("GIT_ALLOW_PROTOCOL", ""),
    ("GIT_NO_REPLACE_OBJECTS", "1"),
    ("GIT_OPTIONAL_LOCKS", "0"),
    ("GIT_TERMINAL_PROMPT", "0"),
    ("LC_ALL", "C"),
];

/// The most bytes of a folder's list: 64 MiB, which is half a million files.
const LARGEST_TREE: u64 = 64 << 20;

/// What an object of a repository is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ObjectKind {
    /// A file.
    Blob,
    /// A folder.
    Tree,
    /// A commit or a tag.
    Other,
}

/// An object of a repository.
pub(super) struct Object {
    pub(super) kind: ObjectKind,
    /// In hexadecimal.
    pub(super) hash: String,
    pub(super) bytes: Contents,
}

/// A git that answers, one question after the other.
pub(super) struct Git {
    process: Child,
    questions: ChildStdin,
    answers: BufReader<ChildStdout>,
    /// What it says besides: in memory, so that it never waits for us to read that.
    complaints: Option<File>,
}

impl Git {
    /// Starts git for the repository that the current folder is in. It does not read any object yet.
    ///
    /// # Errors
    /// There is no git.
    pub(super) fn start() -> Result<Git> {
        let complaints = complaints();
        let stderr = match complaints.as_ref().map(File::try_clone) {
            Some(Ok(file)) => Stdio::from(file),
            _ => Stdio::null(),
        };
        let mut git = Command::new("git");
        git.args(["--no-pager", "--no-replace-objects"]);
        SETTINGS.iter().for_each(|setting| {
            git.args(["-c", setting]);
        });
        git.args(["cat-file", "--batch"]).envs(VARIABLES);
        // Traces would mix with complaints, or go to files.
        let traces =
            std::env::vars_os().filter(|(name, _)| name.as_encoded_bytes().starts_with(b"GIT_TRACE"));
        traces.for_each(|(name, _)| {
            git.env_remove(name);
        });
        let started = git.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(stderr).spawn();
        let mut process = started.context("git cannot be started, which reads repositories")?;
        Git::limit(&process);
        let (Some(questions), Some(answers)) = (process.stdin.take(), process.stdout.take()) else {
            bail!("git cannot be asked");
        };
        Ok(Git { process, questions, answers: BufReader::new(answers), complaints })
    }

    /// Limits what git may use, which a hostile repository could make endless: memory of its own (files that it maps do not
    /// count), time of a processor, files that it writes, and other programs.
    #[cfg(target_os = "linux")]
    fn limit(process: &Child) {
        use rustix::process::{Pid, Resource, Rlimit, prlimit};
        /// Twice the largest file, since git makes one of another.
        const MEMORY: u64 = 2 * records::LARGEST;
        const SECONDS: u64 = 1800;
        /// Of complaints.
        const WRITTEN: u64 = 64 << 10;
        let pid = i32::try_from(process.id()).ok().and_then(Pid::from_raw);
        let limits = [
            (Resource::Data, MEMORY),
            (Resource::Cpu, SECONDS),
            (Resource::Fsize, WRITTEN),
            (Resource::Core, 0),
            (Resource::Nproc, 0),
        ];
        for (resource, most) in limits {
            // Where that is not allowed, git is as good as unlimited: we are not.
            let _ = prlimit(pid, resource, Rlimit { current: Some(most), maximum: Some(most) });
        }
    }

    #[cfg(not(target_os = "linux"))]
    fn limit(_: &Child) {}

    /// The object of a name, if there is one.
    ///
    /// # Errors
    /// What git complains of; an object that is too large.
    pub(super) fn object(&mut self, name: &[u8]) -> Result<Option<Object>> {
        if name.iter().any(|byte| matches!(byte, b'\n' | b'\0')) {
            bail!("git cannot be asked for a name with a line break or a zero byte in it");
        }
        let before = self.complained();
        let answer = self.ask(name).map_err(|error| self.complaint(0).unwrap_or(error))?;
        let Some((hash, kind, size)) = header(&answer) else {
            let is_none = answer.strip_prefix(name).is_some_and(|answer| answer == b" missing");
            // Of an object that is damaged, it says so besides.
            return match self.complaint(before) {
                Some(complaint) if is_none => Err(complaint),
                None if is_none => Ok(None),
                _ => Err(anyhow!("git says: {}", Escaped(&answer))),
            };
        };
        let most = if kind == ObjectKind::Blob { records::LARGEST } else { LARGEST_TREE };
        if size > most {
            bail!("is too large ({size} bytes, and {most} bytes are allowed)");
        }
        let bytes = self.contents(size).map_err(|error| self.complaint(before).unwrap_or(error))?;
        Ok(Some(Object { kind, hash, bytes }))
    }

    /// The first line of an answer.
    fn ask(&mut self, name: &[u8]) -> Result<Vec<u8>> {
        /// What there is in it besides the name.
        const ROOM: u64 = 256;
        self.questions.write_all(&[name, b"\n"].concat())?;
        self.questions.flush()?;
        let mut line = Vec::new();
        let most = ROOM.saturating_add(name.len() as u64);
        self.answers.by_ref().take(most).read_until(b'\n', &mut line)?;
        match line.pop() {
            Some(b'\n') => Ok(line),
            _ => bail!("git has ended"),
        }
    }

    /// What follows the first line.
    fn contents(&mut self, size: u64) -> Result<Contents> {
        let bytes = Contents::of_stream(self.answers.by_ref().take(size))?;
        let mut end = [0];
        self.answers.read_exact(&mut end)?;
        if bytes.len() as u64 != size || end != *b"\n" {
            bail!("git has ended");
        }
        Ok(bytes)
    }

    /// How many bytes of complaints there are.
    fn complained(&self) -> u64 {
        let metadata = self.complaints.as_ref().map(File::metadata);
        metadata.and_then(Result::ok).map_or(0, |metadata| metadata.len())
    }

    /// The first line of what git has complained of, from an offset on.
    fn complaint(&self, at: u64) -> Option<anyhow::Error> {
        use std::os::unix::fs::FileExt;
        const LONGEST: usize = 1024;
        let mut text = vec![0; LONGEST];
        let length = self.complaints.as_ref()?.read_at(&mut text, at).ok()?;
        text.truncate(length);
        let line = text.split(|&byte| byte == b'\n').next().filter(|line| !line.is_empty())?;
        let line =
            [&b"fatal: "[..], b"error: "].iter().find_map(|word| line.strip_prefix(*word)).unwrap_or(line);
        Some(anyhow!("git says: {}", Escaped(line)))
    }
}

impl Drop for Git {
    fn drop(&mut self) {
        // A process that has confined itself can do neither; then git ends since its pipes are closed.
        if self.process.kill().is_ok() {
            let _ = self.process.wait();
        }
    }
}

/// A file in memory.
fn complaints() -> Option<File> {
    #[cfg(target_os = "linux")]
    {
        let flags = rustix::fs::MemfdFlags::CLOEXEC;
        rustix::fs::memfd_create("what git says", flags).ok().map(File::from)
    }
    #[cfg(not(target_os = "linux"))]
    None
}

/// The hash, the kind and the size that a first line states: `1f7a7a47... blob 14`.
pub(crate) fn header(line: &[u8]) -> Option<(String, ObjectKind, u64)> {
    let [hash, kind, size] = str::from_utf8(line).ok()?.split(' ').collect::<Vec<_>>().try_into().ok()?;
    let is_hash = hash.len() >= 40 && hash.bytes().all(|byte| byte.is_ascii_hexdigit());
    let kind = match kind {
        "blob" => ObjectKind::Blob,
        "tree" => ObjectKind::Tree,
        "commit" | "tag" => ObjectKind::Other,
        _ => return None,
    };
    is_hash.then_some((hash.to_owned(), kind, size.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_first_line_has_three_words() {
        let hash = "61780798228d17af2d34fce4cfbdf35556832472";
        let of = |text: &str| header(text.as_bytes());
        assert_eq!(of(&format!("{hash} blob 14")), Some((hash.to_owned(), ObjectKind::Blob, 14)));
        assert_eq!(of(&format!("{hash} commit 0")), Some((hash.to_owned(), ObjectKind::Other, 0)));
        let long = hash.repeat(2);
        assert_eq!(of(&format!("{long} tree 7")), Some((long.clone(), ObjectKind::Tree, 7)));
        for wrong in ["HEAD:x missing", "HEAD:x y blob 3", "HEAD:x blob 3", &format!("{hash} submodule")] {
            assert_eq!(of(wrong), None, "{wrong}");
        }
        for wrong in [" blob -1", " blob", " blob 18446744073709551616", " blob 1 ", " bolb 1"] {
            assert_eq!(of(&format!("{hash}{wrong}")), None, "{wrong}");
        }
    }
}
