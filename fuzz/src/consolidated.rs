//! Any bytes as consolidated symtypes, and as files to be consolidated.

use dwarfksyms_core::Limit;
use dwarfksyms_symtypes::types::{Consolidated, Consolidator};

use crate::allocation;
use crate::describe::LIMITS;

/// Paths and texts.
type Files = Vec<(Vec<u8>, Vec<u8>)>;

/// Any bytes as consolidated symtypes, and, cut at each NUL into paths and texts, as files: what is put together comes back.
pub fn consolidated(data: &[u8]) {
    if let Some(files) = read(data) {
        put_together(&files);
    }
    let mut parts = data.split(|&byte| byte == 0).map(<[u8]>::to_vec);
    let mut files = Files::new();
    while let (Some(path), Some(text)) = (parts.next(), parts.next()) {
        files.push((path, text));
    }
    put_together(&files);
}

fn read(text: &[u8]) -> Option<Files> {
    let limits = LIMITS.with(Limit::Unpacked, 4 << 20);
    let all = allocation::within(limits.memory, || Consolidated::read(text, &limits).ok())?;
    let mut files = Files::new();
    for file in 0..all.len() {
        let text = all.text(file, &limits).expect("a text within limits");
        let lines = all.lines(file, &limits).expect("lines within limits");
        assert_eq!(lines.iter().len(), text.iter().filter(|&&byte| byte == b'\n').count());
        files.push((all.path(file).to_vec(), text));
    }
    Some(files)
}

/// Files that can be kept come back as they are.
fn put_together(files: &Files) {
    let mut all = Consolidator::new(&LIMITS);
    if files.iter().any(|(path, text)| all.add(path, text).is_err()) {
        return;
    }
    let text = all.finish();
    if let Some(again) = read(&text) {
        assert_eq!(&again, files, "{}", text.escape_ascii());
    } else {
        assert!(files.iter().map(|(_, text)| text.len()).sum::<usize>() > 1 << 20, "{}", text.escape_ascii());
    }
}

#[cfg(test)]
#[test]
fn smoke() {
    crate::smoke::test("consolidated");
}
