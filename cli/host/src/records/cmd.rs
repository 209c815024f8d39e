//! `.<object>.o.cmd` of kbuild, and what `gendwarfksyms` prints: lines `#SYMVER <symbol> 0x<version>` among others.

use anyhow::{Result, bail};

use super::text::{self, Shown};

/// What a line begins with that counts.
const MARK: &[u8] = b"#SYMVER ";

/// Whether a text is one that can have such lines.
pub fn is_cmd(text: &[u8]) -> bool {
    let text = text.trim_ascii_start();
    let first = text.split(|&byte| byte == b'\n').next().unwrap_or_default();
    let is_command = |name: &[u8]| first.strip_prefix(name).is_some_and(|rest| rest.contains(&b'='));
    is_command(b"cmd_") || is_command(b"savedcmd_") || text.starts_with(MARK)
}

/// Whether a text has such lines.
pub fn has_versions(text: &[u8]) -> bool {
    text.starts_with(MARK) || memchr::memmem::find(text, b"\n#SYMVER ").is_some()
}

/// Whether a line begins as one that says a version.
pub(super) fn is_version(line: &[u8]) -> bool {
    line.starts_with(MARK)
}

/// Reads a line: the symbol and its version; `None` for a line of another kind.
///
/// # Errors
/// A line that begins as if it stated a version.
pub fn line(line: &[u8]) -> Result<Option<(&[u8], u32)>> {
    let Some(fields) = line.strip_prefix(MARK) else { return Ok(None) };
    let fields = fields.strip_suffix(b"\r").unwrap_or(fields);
    let mut fields = fields.split(|&byte| byte == b' ');
    match (fields.next(), fields.next().and_then(text::number), fields.next()) {
        (Some(name), Some(version), None) if text::is_name(name) => Ok(Some((name, version))),
        _ => bail!("not a line with a version: {}", Shown(line)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_of_kbuild_is_known_by_its_command() {
        for text in ["savedcmd_x.o := gcc -c x.c\n", "cmd_x.o := gcc\n", "#SYMVER f 0x1\n", "\n#SYMVER f 0x1"]
        {
            assert!(is_cmd(text.as_bytes()), "{text}");
        }
        for text in ["", "cmd_x", "savedcmd_x.o\n:=", "f #SYMVER f 0x1"] {
            assert!(!is_cmd(text.as_bytes()), "{text}");
        }
    }

    #[test]
    fn only_lines_with_versions_count() {
        assert_eq!(line(b"#SYMVER f 0x0000002a").unwrap(), Some((&b"f"[..], 42)));
        assert_eq!(line(b"#SYMVER f 0x0000002a\r").unwrap(), Some((&b"f"[..], 42)));
        assert_eq!(line(b"source_x.o := x.c").unwrap(), None);
        assert!(line(b"#SYMVER f").is_err());
    }
}
