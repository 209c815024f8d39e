//! What a run of the tool gives, and how it is compared.

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// With status 0.
    Ok,
    /// With another status.
    Error,
    /// Of a signal or a panic.
    Crash,
}

impl Exit {
    /// The word for it in `case.toml`.
    pub fn name(self) -> &'static str {
        match self {
            Exit::Ok => "ok",
            Exit::Error => "error",
            Exit::Crash => "crash",
        }
    }
}

/// A result that is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Standard output, its lines sorted.
    Symvers,
    /// The symtypes file.
    Symtypes,
    /// What `--dump-dies` prints.
    Dies,
    /// What `--dump-versions` prints, its lines sorted.
    Versions,
    /// What `--dump-types` prints, its lines sorted.
    Types,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Kind; 5] = [Kind::Symvers, Kind::Symtypes, Kind::Dies, Kind::Versions, Kind::Types];

    /// The kinds that are dumped to standard error.
    pub const DUMPS: [Kind; 3] = [Kind::Dies, Kind::Versions, Kind::Types];

    /// The extension of the expected file.
    pub fn extension(self) -> &'static str {
        match self {
            Kind::Symvers => "symvers",
            Kind::Symtypes => "symtypes",
            Kind::Dies => "dies",
            Kind::Versions => "versions",
            Kind::Types => "types",
        }
    }
}

/// The results of a run, those that there are.
#[derive(Debug)]
pub struct Outcome {
    /// How the plain run ended.
    pub exit: Exit,
    /// The messages of the plain run.
    pub messages: String,
    /// The results.
    pub results: Vec<(Kind, Vec<u8>)>,
}

impl Outcome {
    /// The result of one kind.
    pub fn get(&self, kind: Kind) -> Option<&[u8]> {
        self.results.iter().find(|&&(other, _)| other == kind).map(|(_, bytes)| bytes.as_slice())
    }
}

/// The lines of a text that are not empty, sorted.
pub fn sorted_lines(text: &[u8]) -> Vec<u8> {
    let mut lines: Vec<_> = text.split(|&byte| byte == b'\n').filter(|line| !line.is_empty()).collect();
    lines.sort_unstable();
    lines.iter().flat_map(|line| [*line, b"\n"].concat()).collect()
}

/// The first line in which two texts differ, for a failure's message.
pub fn first_difference(expected: &[u8], got: &[u8]) -> String {
    let lines = |text: &[u8]| -> Vec<String> {
        text.split(|&byte| byte == b'\n').map(|line| String::from_utf8_lossy(line).into_owned()).collect()
    };
    let (expected, got) = (lines(expected), lines(got));
    let at = expected.iter().zip(&got).take_while(|(a, b)| a == b).count();
    let line = |lines: &[String]| {
        lines.get(at).map_or("(end)", String::as_str).chars().take(600).collect::<String>()
    };
    format!("line {}:\n  expected: {}\n  got:      {}", at + 1, line(&expected), line(&got))
}
