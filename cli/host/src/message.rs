//! Messages on standard error, one line each.

use std::char::EscapeDebug;
use std::fmt;
use std::io::{IsTerminal, Write};
use std::path::Path;

use dwarfksyms_core::ErrorKind;

/// Text that may come from an input, with everything escaped that could do harm on a terminal or break the
/// line, and cut to a sane length.
pub struct Escaped<'a>(pub &'a [u8]);

/// The most bytes of a text that are shown.
const LONGEST: usize = 4096;

/// Whether all of a text is shown, and nothing of it escaped.
pub fn is_shown_as_it_is(bytes: &[u8]) -> bool {
    let is_harmless = |text: &str| text.chars().all(|char| escape(char).is_none());
    bytes.len() <= LONGEST && str::from_utf8(bytes).is_ok_and(is_harmless)
}

impl fmt::Display for Escaped<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (bytes, rest) = self.0.split_at(self.0.len().min(LONGEST));
        for chunk in bytes.utf8_chunks() {
            for char in chunk.valid().chars() {
                match escape(char) {
                    None => write!(f, "{char}")?,
                    Some(escape) => write!(f, "{escape}")?,
                }
            }
            write!(f, "{}", chunk.invalid().escape_ascii())?;
        }
        if rest.is_empty() { Ok(()) } else { write!(f, "...") }
    }
}

/// What is shown in the place of a character that could do harm on a terminal or break the line: of a control character,
/// of one that changes the direction of text, of one that cannot be seen. None for any other.
pub fn escape(char: char) -> Option<EscapeDebug> {
    let is_quoting = matches!(char, '\'' | '"' | '\\');
    Some(char.escape_debug()).filter(|escape| !is_quoting && escape.len() > 1)
}

/// An error that is several, a line for each.
#[derive(Debug)]
pub struct Failed {
    /// What is said.
    pub lines: Vec<String>,
}

impl fmt::Display for Failed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.lines.join("; "))
    }
}

impl std::error::Error for Failed {}

/// A path, escaped.
pub fn path(path: &Path) -> String {
    Escaped(path.as_os_str().as_encoded_bytes()).to_string()
}

/// Says what the command line should look like, as it was asked to.
pub fn help(error: &clap::Error) {
    let text = error.render();
    let mut stderr = std::io::stderr().lock();
    let _ = if stderr.is_terminal() { write!(stderr, "{}", text.ansi()) } else { write!(stderr, "{text}") };
}

/// Says what can be limited, as it was asked to.
pub fn limits(text: &str) {
    let _ = std::io::stderr().lock().write_all(text.as_bytes());
}

/// Says what is wrong with the command line.
pub fn usage(error: &clap::Error) {
    line(&usage_line(error));
}

/// What is wrong with a command line, without the summary of what would be right.
fn usage_line(error: &clap::Error) -> String {
    let text = error.render().to_string();
    let what = match error.kind() {
        clap::error::ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            "error: the command line says nothing of what to do".to_owned()
        }
        _ => {
            let is_more =
                |part: &&str| !part.starts_with("Usage:") && !part.starts_with("For more information");
            let parts = text.split("\n\n").map(str::trim).filter(|part| !part.is_empty()).filter(is_more);
            parts.map(joined).collect::<Vec<_>>().join("; ")
        }
    };
    format!("{}; see --help", Escaped(what.as_bytes()))
}

/// The lines of a paragraph in one; those below a colon are a list.
fn joined(part: &str) -> String {
    let mut lines = part.lines().map(str::trim);
    let first = lines.next().unwrap_or_default();
    let rest = lines.collect::<Vec<_>>().join(", ");
    if rest.is_empty() { first.to_owned() } else { format!("{first} {rest}") }
}

/// Says why the run failed.
pub fn error(error: &anyhow::Error) {
    match error.downcast_ref::<Failed>() {
        Some(Failed { lines }) => lines.iter().for_each(|text| line(&format!("error: {text}"))),
        None => line(&format!("error: {}", text(error))),
    }
}

/// An error in words, with the option that raises the limit, if one was hit.
pub fn text(error: &anyhow::Error) -> String {
    let text = format!("{error:#}");
    match error.downcast_ref().map(dwarfksyms_core::Error::kind) {
        Some(kind @ ErrorKind::Limit(limit, _)) => {
            let what = kind.to_string();
            text.replacen(&what, &format!("{what}; --limit {}=N raises it", limit.name()), 1)
        }
        _ => text,
    }
}

/// Says that something deserves attention.
pub fn warning(text: fmt::Arguments<'_>) {
    line(&format!("warning: gendwarfksyms: {text}"));
}

/// Says what the reader should know of the result.
pub fn note(text: &str) {
    line(&format!("note: {text}"));
}

/// Says how long everything has taken, for `--timing`.
pub fn timing(table: &str) {
    // There is nowhere left to complain if standard error is gone.
    let _ = std::io::stderr().lock().write_all(table.as_bytes());
}

/// Says what is done, for `--debug`.
pub fn debug(is_on: bool, text: fmt::Arguments<'_>) {
    if is_on {
        line(&format!("gendwarfksyms: {text}"));
    }
}

fn line(text: &str) {
    // There is nowhere left to complain if standard error is gone.
    let _ = writeln!(std::io::stderr().lock(), "{text}");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_are_escaped_and_text_is_not() {
        let cases: [(&[u8], &str); 4] = [
            (b"core::option::Option<&'a u8>", "core::option::Option<&'a u8>"),
            (b"\x1b[2J\n", "\\u{1b}[2J\\n"),
            ("gr\u{fc}n\u{202e}".as_bytes(), "gr\u{fc}n\\u{202e}"),
            (b"\xff\x9b", "\\xff\\x9b"),
        ];
        for (text, expected) in cases {
            assert_eq!(Escaped(text).to_string(), expected);
        }
    }

    #[test]
    fn whoever_hits_a_limit_learns_the_option_that_raises_it() {
        let limit = ErrorKind::Limit(dwarfksyms_core::Limit::Work, 7);
        let limit = dwarfksyms_core::Error::new(limit).about(b"f");
        let error = anyhow::Error::new(limit).context("symbol f").context("x.o");
        let expected =
            "x.o: symbol f: the limit on work (7 steps) was reached; --limit work=N raises it: 'f'";
        assert_eq!(text(&error), expected);
        let error = dwarfksyms_core::Error::new(ErrorKind::NotElf);
        assert_eq!(text(&anyhow::Error::new(error).context("x.o")), "x.o: not an ELF object");
    }

    #[test]
    fn a_wrong_command_line_is_one_line() {
        #[derive(Debug, clap::Parser)]
        #[command(name = "x")]
        struct Args {
            #[arg(long, value_parser = ["red", "green"])]
            colour: Option<String>,
            #[arg(required = true)]
            first: String,
            second: String,
        }
        let said = |arguments: &[&str]| {
            usage_line(&<Args as clap::Parser>::try_parse_from([&["x"], arguments].concat()).unwrap_err())
        };
        let expected =
            "error: the following required arguments were not provided: <FIRST>, <SECOND>; see --help";
        assert_eq!(said(&[]), expected);
        let expected =
            "error: invalid value 'blue' for '--colour <COLOUR>' [possible values: red, green]; see --help";
        assert_eq!(said(&["--colour", "blue", "a", "b"]), expected);
        let line = said(&["--color", "red", "a", "b"]);
        assert!(line.starts_with("error: unexpected argument '--color' found; tip: "), "{line}");
        // What could break the line has been escaped before; should it not have been, the line holds.
        let line = said(&["a", "b", "c\\u{1b}\n\nUsage: \u{202e}"]);
        assert!(
            line.starts_with("error: unexpected argument 'c\\u{1b}; ") && line.lines().count() == 1,
            "{line}"
        );
    }

    #[test]
    fn long_text_is_cut() {
        assert_eq!(Escaped(&[b'x'; 10_000]).to_string().len(), 4096 + 3);
    }
}
