//! What lines of text are made of: names, numbers, and how a line is shown that is refused.

use std::fmt;

use anyhow::{Context, Result};
use dwarfksyms_core::{Error, ErrorKind, Limit, Limits};

use crate::message::Escaped;

/// The most bytes of a file that is not an object: 4 GiB. The types of a whole kernel have a tenth.
pub const LARGEST: u64 = 4 << 30;

/// Reads all lines of a text, counted from 1; `read` returns `None` for a line that says nothing.
///
/// # Errors
/// Whatever `read` returns, with the line's number, or the limit on symbols.
pub fn lines<'b, T>(
    text: &'b [u8],
    limits: &Limits,
    read: impl Fn(&'b [u8]) -> Result<Option<T>>,
) -> Result<Vec<(usize, T)>> {
    let mut all = Vec::new();
    let mut rest = text;
    let mut number = 0;
    while !rest.is_empty() {
        let (line, behind) = rest.split_at(memchr::memchr(b'\n', rest).unwrap_or(rest.len()));
        rest = behind.get(1..).unwrap_or_default();
        number += 1;
        let Some(line) = read(line).with_context(|| format!("line {number}"))? else { continue };
        if all.len() as u64 >= limits.symbols {
            return Err(Error::new(ErrorKind::Limit(Limit::Symbols, limits.symbols)).into());
        }
        all.push((number, line));
    }
    Ok(all)
}

/// A number of 32 bits, as `0x` and up to eight hexadecimal digits.
pub(crate) fn number(text: &[u8]) -> Option<u32> {
    digits(text, 8).and_then(|number| u32::try_from(number).ok())
}

/// The same, which may have as many digits as an address of 64 bits.
pub(crate) fn long_number(text: &[u8]) -> Option<u32> {
    digits(text, 16).and_then(|number| u32::try_from(number).ok())
}

fn digits(text: &[u8], most: usize) -> Option<u64> {
    let digits = text.strip_prefix(b"0x").filter(|digits| (1..=most).contains(&digits.len()))?;
    let value = |digit: &u8| char::from(*digit).to_digit(16);
    digits.iter().try_fold(0_u64, |number, digit| Some(number << 4 | u64::from(value(digit)?)))
}

/// Whether this can be a name of a symbol list.
pub fn is_name(name: &[u8]) -> bool {
    let is_space = |byte: &u8| matches!(byte, 0 | b'\t'..=b'\r' | b' ');
    !name.is_empty() && !name.iter().any(is_space)
}

/// The beginning of a line.
pub struct Shown<'l>(pub &'l [u8]);

impl fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const LONGEST: usize = 120;
        let cut = &self.0[..self.0.len().min(LONGEST)];
        write!(f, "'{}'{}", Escaped(cut), if cut.len() < self.0.len() { "..." } else { "" })
    }
}
