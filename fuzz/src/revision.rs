//! Any bytes as what git says of a folder.

use dwarfksyms::fuzzing;

/// Any bytes as a folder's list in a repository, behind a first line that states how long a hash is: what is read is what
/// the list is made of, up to the first damage, and no name leads out of the folder.
pub fn revision(data: &[u8]) {
    let end = data.iter().position(|&byte| byte == b'\n').unwrap_or(data.len());
    let (line, list) = data.split_at(end);
    let list = list.get(1..).unwrap_or_default();
    let hash = fuzzing::answer_of_git(line).unwrap_or_else(|| "0".repeat(40));
    assert!(hash.len() >= 40 && hash.bytes().all(|byte| byte.is_ascii_hexdigit()));
    let (entries, is_whole) = fuzzing::tree(list, &hash);
    let mut rest = list;
    for (name, bytes) in &entries {
        assert!(!matches!(&name[..], b"" | b"." | b"..") && !name.contains(&b'/') && !name.contains(&0));
        let of_mode = rest.iter().position(|&byte| byte == b' ').expect("a mode");
        assert!(rest[..of_mode].iter().all(u8::is_ascii_graphic), "{:?}", &rest[..of_mode]);
        rest = rest[of_mode + 1..]
            .strip_prefix(&name[..])
            .and_then(|rest| rest.strip_prefix(b"\0"))
            .expect("a name");
        let own: String = rest[..hash.len() / 2].iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(own, *bytes);
        rest = &rest[hash.len() / 2..];
    }
    assert_eq!(is_whole, rest.is_empty());
}

#[cfg(test)]
#[test]
fn smoke() {
    crate::smoke::test("revision");
}
