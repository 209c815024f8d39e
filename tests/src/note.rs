//! Notes of `dwarfksyms` that a run may have.

/// What a run has said, without the notes on how objects were described.
pub fn others(stderr: &[u8]) -> String {
    let text = String::from_utf8_lossy(stderr);
    let is_manner = |line: &&str| line.starts_with("note: ") && line.contains(": described ");
    text.lines().filter(|line| !is_manner(line)).map(|line| format!("{line}\n")).collect()
}
