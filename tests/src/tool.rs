//! Runs `gendwarfksyms`, ours or another, on a case.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use dwarfksyms_host::trouble::DEFECT;

use crate::case::{Case, Run};
use crate::outcome::{Exit, Kind, Outcome, sorted_lines};

/// A `gendwarfksyms`.
#[derive(Clone, Debug)]
pub struct Tool {
    path: PathBuf,
}

impl Tool {
    /// The tool at a path.
    pub fn new(path: impl Into<PathBuf>) -> Tool {
        Tool { path: path.into() }
    }

    /// Runs the tool on a case, once for versions and symtypes and once for each kind of dump.
    ///
    /// # Panics
    /// If the tool cannot be started or the case cannot be read.
    pub fn run(&self, case: &Case, run: &Run) -> Outcome {
        let unpacked = case.unpacked();
        let temporary = tempfile::tempdir().expect("a temporary folder");
        let symtypes = temporary.path().join("symtypes");
        let mut args = run.args.clone();
        args.extend(["--symtypes".into(), symtypes.to_string_lossy().into_owned()]);
        args.extend(run.objects.iter().cloned());
        let plain = self.start(&unpacked.folder, &args, &run.syms);
        let exit = exit_of(&plain);
        let mut outcome = Outcome {
            exit,
            messages: String::from_utf8_lossy(&plain.stderr).into_owned(),
            results: vec![(Kind::Symvers, sorted_lines(&plain.stdout))],
        };
        if let Ok(bytes) = fs::read(&symtypes) {
            outcome.results.push((Kind::Symtypes, bytes));
        }
        if exit == Exit::Ok && run.symtypes_written {
            for kind in Kind::DUMPS {
                let mut args = run.args.clone();
                args.push(format!("--dump-{}", kind.extension()));
                args.extend(run.objects.iter().cloned());
                let dump = without_messages(&self.start(&unpacked.folder, &args, &run.syms).stderr);
                let dump = if kind == Kind::Dies { dump } else { sorted_lines(&dump) };
                outcome.results.push((kind, dump));
            }
        }
        outcome
    }

    /// Runs the tool in a folder with a symbol list from it.
    ///
    /// # Panics
    /// If the tool cannot be started.
    pub fn start(&self, folder: &Path, args: &[String], syms: &str) -> Output {
        let list = folder.join(syms);
        let list = File::open(&list).unwrap_or_else(|error| panic!("{}: {error}", list.display()));
        Command::new(&self.path)
            .args(args)
            .current_dir(folder)
            .stdin(list)
            .output()
            .unwrap_or_else(|error| panic!("{}: {error}", self.path.display()))
    }
}

/// How a process ended; 101 is the status of a Rust program that panics, and ours say it.
pub fn exit_of(output: &Output) -> Exit {
    if String::from_utf8_lossy(&output.stderr).contains(DEFECT) {
        return Exit::Crash;
    }
    match output.status.code() {
        Some(0) => Exit::Ok,
        None | Some(101 | 128..) => Exit::Crash,
        Some(_) => Exit::Error,
    }
}

/// Standard error without the lines that are messages.
fn without_messages(stderr: &[u8]) -> Vec<u8> {
    let is_message = |line: &&[u8]| {
        let rest = line.strip_prefix(b"warning: ").or(line.strip_prefix(b"error: ")).unwrap_or(line);
        rest.starts_with(b"gendwarfksyms: ")
    };
    stderr
        .split_inclusive(|&byte| byte == b'\n')
        .filter(|line| !is_message(line))
        .collect::<Vec<_>>()
        .concat()
}
