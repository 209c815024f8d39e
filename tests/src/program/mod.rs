//! Programs that nobody wrote: source text drawn from a number, to be compiled by the compiler at hand.

mod kabi;
mod rust;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

pub use self::kabi::kabi;
pub use self::rust::rust;

/// A program and what it exports.
#[derive(Clone, Debug)]
pub struct Program {
    /// The source text.
    pub source: String,
    /// The names that are asked for.
    pub symbols: Vec<String>,
}

impl Program {
    /// Compiles the program as C into an object in a folder.
    ///
    /// # Errors
    /// What the compiler says.
    pub fn compile_c(&self, folder: &Path, options: &[&str]) -> Result<PathBuf, String> {
        let object = folder.join("x.o");
        let mut command = Command::new("gcc");
        command.args(["-w", "-c", "-x", "c", "-", "-o"]).arg(&object).args(options);
        feed(&mut command, &self.source).and_then(|output| said(&output))?;
        Ok(object)
    }

    /// Compiles the program as Rust into an object in a folder.
    ///
    /// # Errors
    /// What the compiler says.
    pub fn compile_rust(&self, folder: &Path, options: &[&str]) -> Result<PathBuf, String> {
        let object = folder.join("x.o");
        let mut command = Command::new("rustc");
        command.args([
            "--edition",
            "2021",
            "--crate-type",
            "lib",
            "--crate-name",
            "x",
            "--emit",
            "obj",
            "-g",
        ]);
        command
            .args(["-A", "warnings", "-C", "panic=abort", "-C", "codegen-units=1", "-", "-o"])
            .arg(&object);
        feed(command.args(options), &self.source).and_then(|output| said(&output))?;
        Ok(object)
    }

    /// The symbol list.
    pub fn list(&self) -> Vec<u8> {
        self.symbols.iter().flat_map(|name| format!("{name}\n").into_bytes()).collect()
    }
}

/// A program of csmith, which exports all its functions and variables; `None` if there is no csmith.
///
/// # Panics
/// If csmith fails.
pub fn csmith(seed: u64) -> Option<Program> {
    let mut command = Command::new("csmith");
    let sizes = ["--max-funcs", "6", "--max-block-depth", "2", "--max-struct-fields", "8"];
    command.args(["--seed", &seed.to_string()]).args(sizes).args([
        "--no-checksum",
        "--bitfields",
        "--unions",
    ]);
    let output = command.output().ok()?;
    assert!(output.status.success(), "csmith --seed {seed}: {output:?}");
    let text = String::from_utf8(output.stdout).expect("csmith writes ASCII");
    // Nothing is linked, so that its functions for arithmetic need not be declared. What stands in a source file is private.
    let headers = "#include <stdint.h>\n#include <stddef.h>\n#line 1 \"types.h\"";
    let source = text.replacen("#include \"csmith.h\"", headers, 1);
    let is_name = |word: &&str| {
        let digits = word.strip_prefix("g_").or_else(|| word.strip_prefix("func_"));
        digits.is_some_and(|digits| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()))
    };
    let words = source.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_'));
    let mut symbols: Vec<String> = words.filter(is_name).map(str::to_owned).collect();
    symbols.sort();
    symbols.dedup();
    Some(Program { source, symbols })
}

fn feed(command: &mut Command, text: &str) -> Result<Output, String> {
    let pipes = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = pipes.spawn().map_err(|error| error.to_string())?;
    let written = child.stdin.take().map(|mut pipe| pipe.write_all(text.as_bytes()));
    let output = child.wait_with_output().map_err(|error| error.to_string())?;
    written.transpose().map_err(|error| error.to_string())?;
    Ok(output)
}

fn said(output: &Output) -> Result<(), String> {
    let messages = String::from_utf8_lossy(&output.stderr).into_owned();
    if output.status.success() { Ok(()) } else { Err(messages) }
}
