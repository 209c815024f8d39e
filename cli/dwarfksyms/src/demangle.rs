//! Names as they were before a Rust compiler mangled them.

use std::fmt::{self, Write};

/// The most bytes of a name that are shown: a mangled name can stand for one that is exponentially longer.
const LONGEST: usize = 4096;

/// The name behind a mangled one, without the crates' hashes; none if it is not mangled.
pub(crate) fn demangle(name: &str) -> Option<String> {
    let demangled = rustc_demangle::try_demangle(name).ok()?;
    let mut text = Cut(String::new());
    if write!(text, "{demangled:#}").is_err() {
        text.0.push_str("...");
    }
    Some(text.0)
}

/// Text that is cut at [`LONGEST`].
struct Cut(String);

impl Write for Cut {
    fn write_str(&mut self, piece: &str) -> fmt::Result {
        for char in piece.chars() {
            if self.0.len() + char.len_utf8() > LONGEST {
                return Err(fmt::Error);
            }
            self.0.push(char);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rust_names_are_demangled_and_others_are_not() {
        let cases = [
            ("_RNvNtCs1234_7mycrate3foo3bar", Some("mycrate::foo::bar")),
            ("_RNvXs0_NtCs1234_4core3fmtdNtB5_7Display3fmt", Some("<f64 as core::fmt::Display>::fmt")),
            ("_ZN4core3fmt9Formatter3pad17h0123456789abcdefE", Some("core::fmt::Formatter::pad")),
            ("seq_read", None),
            ("_R", None),
            ("", None),
        ];
        for (name, expected) in cases {
            assert_eq!(demangle(name).as_deref(), expected, "{name}");
        }
    }

    #[test]
    fn what_grows_without_end_is_cut() {
        let long = format!("_ZN5000{}17h0123456789abcdefE", "x".repeat(5000));
        assert_eq!(demangle(&long).unwrap().len(), LONGEST + 3);
        // A tuple of twice what is before it, again and again: 2^60 of the innermost.
        let mut name = "_RMC1aTh".to_owned();
        for _ in 0..60 {
            let before = name.len();
            name = format!("{}T{}", &name[..before.min(7)], &name[7..]);
        }
        if let Some(text) = demangle(&name) {
            assert!(text.len() <= LONGEST + 3);
        }
    }
}
