//! Recorded versions, which `--check` compares with: a `Module.symvers`, a `.cmd` file of kbuild, or what this tool
//! prints.
//!
//! A record is as hostile as any other input: what is not a line of it is refused with its number, and it is read no
//! further than to a size that no honest one has.

use std::fs::File;
use std::io::Read;
use std::os::unix::fs::FileTypeExt;
use std::path::Path;

use anyhow::{Result, bail};
use dwarfksyms_core::{Exports, Limits, Versions};
use dwarfksyms_host::message::Escaped;
use dwarfksyms_host::records::{cmd, symvers, text};

/// The most bytes that a record may have: 64 MiB. That of a kernel with all its modules has two.
const LARGEST: u64 = 64 << 20;

/// The bytes of a record of versions.
pub(crate) fn read(path: &Path) -> Result<Vec<u8>> {
    let file = File::open(path)?;
    let metadata = file.metadata()?;
    let kind = metadata.file_type();
    if kind.is_dir() {
        bail!("is a directory");
    }
    if !kind.is_file() && !kind.is_fifo() {
        bail!("is not a file");
    }
    let mut bytes = Vec::new();
    file.take(LARGEST + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > LARGEST {
        bail!("is too large for a record of versions ({} bytes)", LARGEST);
    }
    Ok(bytes)
}

/// Versions by name.
#[derive(Debug)]
pub(crate) struct Record<'b> {
    /// Sorted by name, each once.
    entries: Vec<Entry<'b>>,
}

#[derive(Clone, Copy, Debug)]
struct Entry<'b> {
    name: &'b [u8],
    version: u32,
    /// Counted from 1.
    line: usize,
}

impl<'b> Record<'b> {
    /// Reads a record. What begins with a number is a `Module.symvers`, in which every line counts; elsewhere those
    /// lines count that begin with `#SYMVER`.
    ///
    /// # Errors
    /// A line that cannot be read, a name with two versions, or no versions at all.
    pub(crate) fn parse(bytes: &'b [u8], limits: &Limits) -> Result<Record<'b>> {
        let is_symvers = symvers::is_symvers(bytes);
        let read = |line| match is_symvers {
            true => Ok(symvers::line_of_file(line)?.map(|line| (line.symbol, line.version))),
            false => cmd::line(line),
        };
        let lines = text::lines(bytes, limits, read)?;
        let entry = |(line, (name, version))| Entry { name, version, line };
        let mut entries: Vec<Entry<'b>> = lines.into_iter().map(entry).collect();
        if entries.is_empty() {
            bail!("no versions are recorded in it");
        }
        entries.sort_by(|a, b| a.name.cmp(b.name).then(a.line.cmp(&b.line)));
        for pair in entries.windows(2) {
            if pair[0].name == pair[1].name && pair[0].version != pair[1].version {
                let (name, first) = (Escaped(pair[1].name), pair[0].line);
                bail!("line {}: {name} has another version in line {first}", pair[1].line);
            }
        }
        entries.dedup_by(|later, first| later.name == first.name);
        Ok(Record { entries })
    }

    /// The number of names.
    pub(crate) fn len(&self) -> usize {
        self.entries.len()
    }

    /// The version of a name.
    pub(crate) fn get(&self, name: &[u8]) -> Option<u32> {
        let at = self.entries.binary_search_by(|entry| entry.name.cmp(name)).ok()?;
        Some(self.entries[at].version)
    }

    /// The names and versions, by name.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&'b [u8], u32)> {
        self.entries.iter().map(|entry| (entry.name, entry.version))
    }

    /// A symbol list of all names.
    pub(crate) fn list(&self) -> Vec<u8> {
        self.iter().flat_map(|(name, _)| [name, b"\n"].concat()).collect()
    }

    /// A line for each symbol of the list whose version is not the recorded one: the name, the recorded version and
    /// the computed one, `-` standing for none.
    ///
    /// A symbol that nothing describes has version 0 in a record, and there is no other way to say so.
    pub(crate) fn differences(&self, exports: &Exports, versions: &Versions) -> Vec<u8> {
        let mut lines = Vec::new();
        for (id, name) in exports.iter() {
            let (recorded, computed) = (self.get(name), versions.get(id));
            if recorded == Some(computed.unwrap_or(0)) {
                continue;
            }
            lines.extend_from_slice(name);
            for version in [recorded, computed] {
                let text = version.map_or(" -".to_owned(), |version| format!(" {version:#010x}"));
                lines.extend_from_slice(text.as_bytes());
            }
            lines.push(b'\n');
        }
        lines
    }
}

#[cfg(test)]
mod tests {
    use dwarfksyms_core::Limit;

    use super::*;

    fn parse(bytes: &[u8]) -> Result<Vec<(&[u8], u32)>, String> {
        let record = Record::parse(bytes, &Limits::default()).map_err(|error| format!("{error:#}"))?;
        assert_eq!(record.len(), record.iter().count());
        Ok(record.iter().collect())
    }

    #[test]
    fn all_kinds_of_records_are_read() {
        let symvers = b"0x0000002a\tb\tvmlinux\tEXPORT_SYMBOL\t\n0x1\ta\tdrivers/x\tEXPORT_SYMBOL_GPL\tNS\n";
        let cmd = b"savedcmd_x.o := gcc\n#SYMVER b 0x0000002a\n\n#SYMVER a 0x00000001\nsource := x.c\n";
        let expected: Vec<(&[u8], u32)> = vec![(b"a", 1), (b"b", 42)];
        assert_eq!(parse(symvers).as_ref(), Ok(&expected));
        assert_eq!(parse(cmd).as_ref(), Ok(&expected));
        // Without a line break at the end, and with kernels that know no namespaces.
        assert_eq!(parse(b"0x1\ta\tx\n0x2A\tb\tx"), Ok(expected));
    }

    #[test]
    fn what_is_no_record_is_refused() {
        let cases: [(&[u8], &str); 12] = [
            (b"", "no versions"),
            (b"\x7fELF", "no versions"),
            (b"0x", "line 1: not a line of Module.symvers: '0x'"),
            (b"0x1\ta", "line 1"),
            (b"0x1\t\tx\n", "line 1"),
            (b"0x1\ta b\tx\n", "line 1"),
            (b"0x1\ta\tx\n\n0x2\tb c\tx\n", "line 3"),
            (b"0x123456789\ta\tx\n", "line 1"),
            (b"#SYMVER a\n", "line 1"),
            (b"#SYMVER a 0xg\n", "line 1"),
            (b"#SYMVER  0x1\n", "line 1"),
            (b"\n#SYMVER a 0x1 x\n", "line 2: not a line with a version: '#SYMVER a 0x1 x'"),
        ];
        for (bytes, what) in cases {
            let error = parse(bytes).unwrap_err();
            assert!(error.contains(what), "{error}");
        }
    }

    #[test]
    fn a_name_has_one_version() {
        assert_eq!(parse(b"#SYMVER a 0x1\n#SYMVER a 0x1\n"), Ok(vec![(&b"a"[..], 1)]));
        let error = parse(b"#SYMVER b 0x1\n#SYMVER a 0x1\n#SYMVER b 0x2\n").unwrap_err();
        assert_eq!(error, "line 3: b has another version in line 1");
    }

    #[test]
    fn names_are_limited_and_messages_escaped() {
        let limits = Limits::default().with(Limit::Symbols, 1);
        assert!(Record::parse(b"#SYMVER a 0x1", &limits).is_ok());
        assert!(Record::parse(b"#SYMVER a 0x1\n#SYMVER b 0x1", &limits).is_err());
        let error = parse(&[b"0x1\x1b[2J", [b'x'; 500].as_slice()].concat()).unwrap_err();
        assert!(error.contains("0x1\\u{1b}[2Jxxx") && error.ends_with("xxx'...") && error.len() < 200);
    }
}
