//! Where a type is declared, in the old build and in the new one.

use dwarfksyms_host::message::Escaped;
use serde::Serialize;

use crate::builds::SourceLine;
use crate::name::bytes_unless;

/// A line of a source file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Place {
    /// Below the folder that it was compiled in, if it is there.
    pub(crate) file: String,
    /// The bytes of the path in hexadecimal, if `file` is not the path itself.
    pub(crate) file_bytes: Option<String>,
    pub(crate) line: u64,
}

/// The places in both builds; none where it is not known, as in symtypes and BTF.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Places {
    pub(crate) old: Option<Place>,
    pub(crate) new: Option<Place>,
}

impl Place {
    /// For the report.
    pub(crate) fn of(line: &SourceLine) -> Place {
        let file = Escaped(&line.file).to_string();
        Place { file_bytes: bytes_unless(&file, &line.file), file, line: line.line }
    }

    /// As compilers write it: `include/linux/fs.h:12`.
    pub(crate) fn text(&self) -> String {
        format!("{}:{}", self.file, self.line)
    }
}

impl Places {
    /// That of the new build, or else of the old one.
    pub(crate) fn newest(&self) -> Option<&Place> {
        self.new.as_ref().or(self.old.as_ref())
    }

    /// For people: where it is, and where it was, if that is somewhere else. What is not a name of a file is put through `shown`.
    pub(crate) fn text(&self, shown: impl Fn(&str) -> String) -> Option<String> {
        let place = |place: &Place| shown(&place.text());
        match (&self.old, &self.new) {
            (Some(old), Some(new)) if old == new => Some(place(new)),
            (Some(old), Some(new)) => Some(format!("{} (old build: {})", place(new), place(old))),
            (None, Some(new)) => Some(place(new)),
            (Some(old), None) => Some(format!("{} in the old build", place(old))),
            (None, None) => None,
        }
    }
}
