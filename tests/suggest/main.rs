//! What is suggested for a change, put into the source, gives the old versions.

use std::fs;
use std::process::Command;

use dwarfksyms_symtypes::suggest::{Advice, Macros};
use dwarfksyms_tests::{advised, repository};

mod changes;
mod dialects;
mod drawn;
mod page;
mod program;

/// What is suggested for the change from one symtypes file to another.
fn advice_for(texts: &[Vec<u8>; 2]) -> Vec<Advice> {
    advised::advice(texts, Macros::Raw)
}

/// The exit status of `dwarfksyms suggest` for two objects of the corpus, and what it writes.
fn run(format: &str, old: &str, new: &str) -> (i32, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_dwarfksyms-under-test"))
        .args(["suggest", "--quiet", "--format", format, old, new])
        .current_dir(repository().join("corpus/suggest"))
        .output()
        .expect("it starts");
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    (output.status.code().expect("no crash"), text(output.stdout), text(output.stderr))
}

/// What `dwarfksyms` prints for two symtypes files.
fn printed(args: &[&str], old: &str, new: &str) -> String {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (name, text) in [("old.symtypes", old), ("new.symtypes", new)] {
        fs::write(folder.path().join(name), text).expect("a file");
    }
    let output = Command::new(env!("CARGO_BIN_EXE_dwarfksyms-under-test"))
        .args(args)
        .args(["old.symtypes", "new.symtypes"])
        .current_dir(folder.path())
        .output()
        .expect("it starts");
    assert_ne!(output.status.code(), Some(2), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// A structure that one export has a pointer to, with members of 8 bytes.
fn described(members: &[String]) -> String {
    let places = (0..).step_by(8).map(|offset: u64| format!("data_member_location({offset})"));
    let members: Vec<String> =
        members.iter().zip(places).map(|(member, place)| format!("member {member} {place}")).collect();
    format!(
        "f subprogram ( formal_parameter pointer_type {{ s#s }} byte_size(8) p , formal_parameter t#u64 q ) -> \
         base_type void\ns#s structure_type s {{ {} }} byte_size({})\nt#u64 typedef_type u64 {{ base_type long \
         unsigned int byte_size(8) encoding(7) }}\n",
        members.join(" , "),
        members.len() * 8
    )
}
