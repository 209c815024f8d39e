//! Any bytes as a symtypes file.

use dwarfksyms_symtypes::types::{Lines, NodeKind, Tree};

use crate::allocation;
use crate::describe::LIMITS;

/// Any bytes as symtypes, of either dialect: a type string that is taken apart and written again stays as it is from then
/// on, and a line is known by its name.
pub fn symtypes(data: &[u8]) {
    let size = u64::try_from(data.len()).unwrap_or(u64::MAX);
    // A line has two bytes at least, and its place and hash are kept.
    let Some(lines) = allocation::within(size.saturating_mul(64), || Lines::scan(data, &LIMITS).ok()) else {
        return;
    };
    for line in lines.iter() {
        assert!(!line.name.is_empty());
        let Ok(any) = Tree::of_any(line.text, &LIMITS) else { continue };
        assert!(any.root().is_some());
        // Every node is met on the way from the root, once.
        let mut open = vec![Tree::ROOT];
        let mut count = 0;
        while let Some(node) = open.pop() {
            count += 1;
            open.extend(any.children(node));
        }
        assert_eq!(count, any.part(Tree::ROOT).len());
        let Ok(Some(tree)) = Tree::of(line.text, &LIMITS) else { continue };
        let text = tree.to_text(&LIMITS).expect("a type string");
        let again = Tree::of(&text, &LIMITS).expect("within limits");
        let again = again.unwrap_or_else(|| {
            panic!("{} becomes {}", line.text.escape_ascii(), text.escape_ascii());
        });
        assert!(
            tree.is_same(Tree::ROOT, &again, Tree::ROOT),
            "{} becomes {}",
            line.text.escape_ascii(),
            text.escape_ascii()
        );
        assert_eq!(again.to_text(&LIMITS).expect("a type string"), text);
        assert_ne!(tree.kind(Tree::ROOT), NodeKind::Dimension);
    }
}

#[cfg(test)]
#[test]
fn smoke() {
    crate::smoke::test("symtypes");
}
