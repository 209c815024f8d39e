//! What compiles and describes the pairs.

use std::fs;
use std::path::Path;
use std::process::Command;

use dwarfksyms_tests::pairs::{Measured, Tagged, declarations, measure, source};
use dwarfksyms_tests::path_from_environment;

/// A compiler, and how it is called.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Compiler {
    /// The first of these that there is.
    pub(crate) names: &'static [&'static str],
    pub(crate) options: &'static [&'static str],
    /// What the tool under test reads.
    pub(crate) subject: Subject,
}

/// What describes the types that were compiled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Subject {
    /// An object.
    Object,
    /// An object in which bit-fields may be described as before DWARF 5, in a way that no type string has.
    Vague,
    /// What genksyms makes of the same source: neither sizes nor places.
    Genksyms,
}

pub(crate) const GCC: Compiler =
    Compiler { names: &["gcc"], options: &["-gdwarf-5"], subject: Subject::Object };
pub(crate) const OLD_GCC: Compiler =
    Compiler { names: &["gcc"], options: &["-gdwarf-4"], subject: Subject::Vague };
/// With types that are only pointed to, as kernels have them.
pub(crate) const CLANG: Compiler = Compiler {
    names: &["clang-21", "clang-20", "clang-19", "clang-18", "clang-17", "clang-16"],
    options: &["-gdwarf-5", "-fstandalone-debug"],
    subject: Subject::Object,
};
/// The kernel's genksyms, with the sizes and places that gcc chooses.
pub(crate) const GENKSYMS: Compiler = Compiler { names: &["gcc"], options: &[], subject: Subject::Genksyms };
/// Older ones are vague.
pub(crate) const OLD_CLANG: Compiler =
    Compiler { names: &["clang"], options: &["-gdwarf-5", "-fstandalone-debug"], subject: Subject::Vague };

impl Compiler {
    pub(crate) fn name(self) -> Option<&'static str> {
        let runs = |name: &&&str| Command::new(name).arg("--version").output().is_ok();
        self.names.iter().find(runs).copied()
    }
}

/// Compiles one state of some pairs into `NAME.o`, and has it measured.
pub(crate) fn built(
    compiler: Compiler,
    folder: &Path,
    name: &str,
    states: &[Tagged<'_>],
) -> Result<Vec<Measured>, String> {
    let path = folder.join(format!("{name}.c"));
    fs::write(&path, source(states)).expect("a file");
    let program = compiler.name().ok_or("there is no compiler")?;
    if compiler.subject == Subject::Genksyms {
        genksyms(folder, name, &declarations(states))?;
        return measure(program, folder, states);
    }
    let mut command = Command::new(program);
    command
        // A variable of no size would share the address of another.
        .args(["-w", "-c", "-std=gnu11", "-fdata-sections"])
        .args(compiler.options)
        .arg(&path)
        .arg("-o")
        .arg(path.with_extension("o"));
    let output = command.output().map_err(|error| error.to_string())?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned());
    }
    measure(program, folder, states)
}

/// Has genksyms write the types of a source into `NAME.symtypes`.
fn genksyms(folder: &Path, name: &str, source: &str) -> Result<(), String> {
    let path = path_from_environment("REFERENCE_GENKSYMS").ok_or("there is no genksyms")?;
    fs::write(folder.join("genksyms.c"), source).expect("a file");
    let input = fs::File::open(folder.join("genksyms.c")).expect("a file");
    let mut command = Command::new(path);
    command.arg("-T").arg(folder.join(format!("{name}.symtypes"))).stdin(input);
    let output = command.output().map_err(|error| error.to_string())?;
    let messages = String::from_utf8_lossy(&output.stderr);
    if output.status.success() && messages.is_empty() {
        Ok(())
    } else {
        Err(format!("genksyms: error: {messages}"))
    }
}
