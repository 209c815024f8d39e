//! What git says of a repository.

use crate::builds::{TreeEntries, answer_header};

/// The hash that the first line of an answer states.
pub fn answer_of_git(line: &[u8]) -> Option<String> {
    answer_header(line).map(|(hash, ..)| hash)
}

/// The names and hashes of a folder's list, whose own hash is this, and whether it is good to its end.
pub fn tree(list: &[u8], hash: &str) -> (Vec<(Vec<u8>, String)>, bool) {
    let mut entries = Vec::new();
    for entry in TreeEntries::of(list, hash) {
        let Ok(entry) = entry else { return (entries, false) };
        entries.push((entry.name.to_vec(), entry.hash));
    }
    (entries, true)
}
