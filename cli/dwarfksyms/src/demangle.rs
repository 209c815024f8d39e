//! Names as they were before a Rust compiler mangled them.
//!
//! A mangled name is as hostile as any other: a few bytes can stand for a name that is exponentially longer, and for steps
//! that print nothing. The name that comes out is cut and escaped, and what it took is charged.

use std::fmt::{self, Write};

use dwarfksyms_core::Result;
use dwarfksyms_core::budget::Budget;
use dwarfksyms_host::message::Escaped;

/// The most bytes of a name that are shown.
const LONGEST: usize = 4096;

/// What is charged for each piece that is printed: before it, 500 levels at most can print nothing, a few instructions each.
const STEPS_OF_A_PIECE: u64 = 16;

/// The name behind a mangled one, escaped and without the crates' hashes; none if it is not mangled.
///
/// # Errors
/// The limit on work.
pub(crate) fn demangle(name: &str, budget: &mut Budget) -> Result<Option<String>> {
    budget.charge_work(name.len() as u64 / 16)?;
    let Ok(demangled) = rustc_demangle::try_demangle(name) else { return Ok(None) };
    let mut text = Cut { text: String::new(), pieces: 1 };
    let is_cut = write!(text, "{demangled:#}").is_err();
    budget.charge_work(text.pieces.saturating_mul(STEPS_OF_A_PIECE))?;
    let end = if is_cut { "..." } else { "" };
    Ok(Some(format!("{}{end}", Escaped(text.text.as_bytes()))))
}

/// Text that is cut at [`LONGEST`], and the number of pieces that it came in.
struct Cut {
    text: String,
    pieces: u64,
}

impl Write for Cut {
    fn write_str(&mut self, piece: &str) -> fmt::Result {
        self.pieces += 1;
        for char in piece.chars() {
            if self.text.len() + char.len_utf8() > LONGEST {
                return Err(fmt::Error);
            }
            self.text.push(char);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use dwarfksyms_core::Limits;

    use super::*;

    fn demangle(name: &str) -> Option<String> {
        super::demangle(name, &mut Budget::new(&Limits::default())).unwrap()
    }

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
