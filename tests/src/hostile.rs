//! Hostile cases: a folder for each topic, with inputs, what is run on them (`cases.toml`, which
//! `corpus/hostile/make.py` writes with the inputs) and what came of it (`expected.toml`).

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs::{self, File};
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use serde::Deserialize;

/// A case.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    /// Its name, which its inputs have too.
    pub name: String,
    /// Why it is here.
    pub why: String,
    /// `ok` or `error`; `different` where `--check` finds other versions.
    pub exit: String,
    /// The command line; the case's own input if there is none.
    pub args: Option<Vec<String>>,
    /// What is run, if not `gendwarfksyms`: it takes `args` alone.
    pub program: Option<String>,
    /// Inputs of the topic that are not the case's own.
    #[serde(default)]
    inputs: Vec<String>,
    /// Named pipes that stand beside the inputs.
    #[serde(default)]
    fifos: Vec<String>,
    /// Symbolic links that stand beside the inputs, and what they lead to.
    #[serde(default)]
    links: BTreeMap<String, String>,
    /// What the symbol `f` expands to.
    text: Option<String>,
    /// The version of the symbol `f`, where the text is too long to be written out.
    version: Option<String>,
    /// What is wrong with the result today.
    pub pending: Option<String>,
}

/// The cases of a topic, and what is recorded of them.
#[derive(Debug)]
pub struct Topic {
    /// The folder's name.
    pub name: String,
    folder: PathBuf,
    /// The cases.
    pub cases: Vec<Case>,
}

/// What came of a run.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Expected {
    /// Standard output.
    #[serde(default)]
    pub stdout: String,
    /// Standard error.
    #[serde(default)]
    pub stderr: String,
    /// The symtypes file.
    pub symtypes: Option<String>,
}

/// A process that has ended.
#[derive(Debug)]
pub struct Ended {
    /// `None`: it did not end by itself.
    pub status: Option<ExitStatus>,
    /// Standard output.
    pub stdout: Vec<u8>,
    /// Standard error.
    pub stderr: Vec<u8>,
    /// The symtypes file.
    pub symtypes: Option<Vec<u8>>,
    /// Files that were left behind.
    pub left: Vec<PathBuf>,
}

#[derive(Deserialize)]
struct CaseFile {
    case: Vec<Case>,
}

impl Topic {
    /// Reads all topics below a folder, sorted by name.
    ///
    /// # Panics
    /// If the folder cannot be read, or a description in it is wrong.
    pub fn all(folder: &Path) -> Vec<Topic> {
        let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
        let folders = entries.map(|entry| entry.expect("an entry of the folder").path());
        let mut topics: Vec<_> =
            folders.filter(|path| path.join("cases.toml").exists()).map(Topic::read).collect();
        topics.sort_by(|a, b| a.name.cmp(&b.name));
        topics
    }

    fn read(folder: PathBuf) -> Topic {
        let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let CaseFile { case } = toml_file(&folder.join("cases.toml"));
        Topic { name, folder, cases: case }
    }

    /// What is recorded, by the case's name.
    ///
    /// # Panics
    /// If it is there but cannot be read.
    pub fn expected(&self) -> BTreeMap<String, Expected> {
        let path = self.folder.join("expected.toml");
        if path.exists() { toml_file(&path) } else { BTreeMap::new() }
    }

    /// Records what came of the cases.
    ///
    /// # Errors
    /// If the file cannot be written.
    pub fn record(&self, results: &BTreeMap<String, Expected>) -> std::io::Result<()> {
        let mut out = String::new();
        for (name, result) in results {
            let _ = write!(out, "[{name}]\n{result}\n");
        }
        fs::write(self.folder.join("expected.toml"), out)
    }

    /// Runs a tool on a case, in a folder of its own, with `options` in front of its command line.
    ///
    /// # Panics
    /// If the folder cannot be made, or the tool cannot be started.
    pub fn run(&self, case: &Case, tool: &Path, options: &[&str]) -> Ended {
        const SYMTYPES: &str = "written.symtypes";
        let (run, streams) = (temporary(), temporary());
        let input = self.place(case, run.path());
        let before = files(run.path());
        let list = self.folder.join(format!("{}.syms", case.name));
        let list = fs::read(list).unwrap_or_else(|_| b"f\n".to_vec());
        let path = |name: &str| streams.path().join(name);
        fs::write(path("in"), list).expect("a symbol list");
        let stream = |name: &str| Stdio::from(File::create(path(name)).expect("a stream"));

        let args = case.args.clone().unwrap_or_else(|| vec![input]);
        let mut child = Command::new("/bin/sh")
            .args(["-c", "ulimit -v 1048576; exec \"$0\" \"$@\""])
            .arg(tool)
            .args(["--symtypes", SYMTYPES].iter().filter(|_| case.program.is_none()))
            .args(options)
            .args(args)
            .current_dir(run.path())
            .stdin(File::open(path("in")).expect("the symbol list"))
            .stdout(stream("out"))
            .stderr(stream("err"))
            .spawn()
            .expect("a shell");
        let start = Instant::now();
        let status = loop {
            if let Some(status) = child.try_wait().expect("a child") {
                break Some(status);
            }
            if start.elapsed() > LONGEST {
                child.kill().expect("a child that runs");
                child.wait().expect("a child");
                break None;
            }
            std::thread::sleep(Duration::from_millis(2));
        };
        // Messages name the folder, which is another one each time.
        let folder = fs::canonicalize(run.path()).expect("the folder");
        let folder = folder.strip_prefix("/").unwrap_or(&folder).as_os_str().as_encoded_bytes();
        let symtypes = run.path().join(SYMTYPES);
        let mut left = files(run.path());
        left.retain(|file| !before.contains(file) && *file != symtypes);
        Ended {
            status,
            stdout: fs::read(path("out")).expect("standard output"),
            stderr: replaced(&fs::read(path("err")).expect("standard error"), folder, b"FOLDER"),
            symtypes: fs::read(symtypes).ok(),
            left,
        }
    }

    /// Puts a case's inputs into a folder; returns the name of the object.
    ///
    /// # Panics
    /// If they cannot be copied.
    pub fn place(&self, case: &Case, to: &Path) -> String {
        let object = format!("{}.o", case.name);
        for name in case.inputs.iter().chain([&object]) {
            let from = self.folder.join(name);
            if from.exists() {
                fs::copy(from, to.join(name)).expect("a copy");
            }
        }
        let own = self.folder.join(&case.name);
        for file in files(&own) {
            let target = to.join(file.strip_prefix(&own).expect("a file below the folder"));
            fs::create_dir_all(target.parent().expect("a folder")).expect("a folder");
            fs::copy(file, target).expect("a copy");
        }
        for name in &case.fifos {
            let made = Command::new("mkfifo").arg(to.join(name)).status();
            assert!(made.expect("mkfifo").success(), "{name}");
        }
        for (name, target) in &case.links {
            let link = to.join(name);
            fs::create_dir_all(link.parent().expect("a folder")).expect("a folder");
            symlink(target, link).expect("a symbolic link");
        }
        let names = [object.as_str(), "x.a"];
        let there = names.into_iter().find(|name| to.join(name).exists());
        there.unwrap_or("x.o").to_owned()
    }
}

impl Case {
    /// The version that the symbol `f` must have, if the case tells.
    pub fn version(&self) -> Option<String> {
        let of_text = |text: &String| {
            let mut crc = flate2::Crc::new();
            crc.update(text.as_bytes());
            format!("{:#010x}", crc.sum())
        };
        self.version.clone().or_else(|| self.text.as_ref().map(of_text))
    }
}

impl Ended {
    /// What is recorded of it.
    pub fn expected(&self) -> Expected {
        Expected {
            stdout: readable(&self.stdout),
            stderr: readable(&self.stderr),
            symtypes: self.symtypes.as_deref().map(readable),
        }
    }
}

impl std::fmt::Display for Expected {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let texts = [
            ("stdout", Some(&self.stdout)),
            ("stderr", Some(&self.stderr)),
            ("symtypes", self.symtypes.as_ref()),
        ];
        for (key, text) in texts {
            if let Some(text) = text.filter(|text| !text.is_empty() || key == "symtypes") {
                writeln!(f, "{key} = {}", quoted(text))?;
            }
        }
        Ok(())
    }
}

/// How long a run may take.
const LONGEST: Duration = Duration::from_secs(10);

/// A text as it is recorded: what is long is cut, and what is not text is escaped.
fn readable(bytes: &[u8]) -> String {
    const LONGEST: usize = 300;
    let text = match str::from_utf8(bytes) {
        Ok(text) if text.chars().all(|char| char == '\n' || !char.is_control()) => text.to_owned(),
        _ => bytes.escape_ascii().to_string(),
    };
    match text.char_indices().nth(LONGEST) {
        None => text,
        Some((cut, _)) => {
            let mut crc = flate2::Crc::new();
            crc.update(bytes);
            format!("{} ... {} bytes, CRC-32 {:#010x}\n", &text[..cut], bytes.len(), crc.sum())
        }
    }
}

/// A string of TOML, over several lines if the text has several.
fn quoted(text: &str) -> String {
    let escaped = text.replace('\\', "\\\\").replace('"', "\\\"");
    match text.trim_end_matches('\n').contains('\n') {
        true => format!("\"\"\"\n{escaped}\"\"\""),
        false => format!("\"{}\"", escaped.replace('\n', "\\n")),
    }
}

/// Bytes in which a part is replaced wherever it stands.
fn replaced(bytes: &[u8], part: &[u8], with: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut rest = bytes;
    while let Some(at) = rest.windows(part.len()).position(|window| window == part) {
        out.extend([&rest[..at], with].concat());
        rest = &rest[at + part.len()..];
    }
    [&out, rest].concat()
}

fn temporary() -> tempfile::TempDir {
    tempfile::tempdir().expect("a temporary folder")
}

/// All files below a folder; none if there is no folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut all = Vec::new();
    for entry in entries {
        let path = entry.expect("an entry of the folder").path();
        let is_folder = fs::symlink_metadata(&path).is_ok_and(|metadata| metadata.is_dir());
        all.extend(if is_folder { files(&path) } else { vec![path] });
    }
    all
}

fn toml_file<T: for<'a> Deserialize<'a>>(path: &Path) -> T {
    let text = fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    toml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}
