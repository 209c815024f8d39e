//! Constants, as far as they can be computed without knowing anything else.

use super::tokens::{Range, Tokens};

/// The value of an expression of literals: `- 1`, `0x20`, `1 << 4`, `64 - 8`; `None` if it is anything else.
pub(super) fn value(tokens: &Tokens<'_>, range: Range) -> Option<i64> {
    let mut rest = range;
    let mut value = operand(tokens, &mut rest)?;
    let mut known: Option<&[u8]> = None;
    while !rest.is_empty() {
        // Where operators differ, one would have to know which goes first.
        let operator = tokens.first(rest);
        let is_sum = |operator: &[u8]| matches!(operator, b"+" | b"-");
        if known.is_some_and(|known| known != operator && !(is_sum(known) && is_sum(operator))) {
            return None;
        }
        known = Some(operator);
        rest = rest.behind(1);
        let other = operand(tokens, &mut rest)?;
        value = match operator {
            b"+" => value.checked_add(other)?,
            b"-" => value.checked_sub(other)?,
            b"*" => value.checked_mul(other)?,
            b"|" => value | other,
            b"<<" => {
                let bits = u32::try_from(other).ok().filter(|&bits| bits < 63)?;
                value.checked_mul(1_i64.checked_shl(bits)?)?
            }
            _ => return None,
        };
    }
    Some(value)
}

/// A literal, with brackets or a sign.
fn operand(tokens: &Tokens<'_>, rest: &mut Range) -> Option<i64> {
    let word = tokens.first(*rest);
    if word == b"(" {
        // Only around a literal: what is deeper is left alone.
        let inside = tokens.inside(rest.start);
        let mut literal = inside;
        let value = signed(tokens, &mut literal)?;
        *rest = rest.from(tokens.behind(rest.start));
        return literal.is_empty().then_some(value);
    }
    signed(tokens, rest)
}

fn signed(tokens: &Tokens<'_>, rest: &mut Range) -> Option<i64> {
    let is_negative = tokens.first(*rest) == b"-";
    if is_negative {
        *rest = rest.behind(1);
    }
    let value = literal(tokens.first(*rest))?;
    *rest = rest.behind(1);
    if is_negative { value.checked_neg() } else { Some(value) }
}

fn literal(word: &[u8]) -> Option<i64> {
    let end = word.iter().rposition(|byte| !matches!(byte, b'u' | b'U' | b'l' | b'L'))?.saturating_add(1);
    let digits = core::str::from_utf8(word.get(..end)?).ok()?;
    let hexadecimal = digits.strip_prefix("0x").or(digits.strip_prefix("0X"));
    let octal = digits.strip_prefix('0').filter(|rest| !rest.is_empty());
    let (digits, radix) = match (hexadecimal, octal) {
        (Some(digits), _) => (digits, 16),
        (None, Some(digits)) => (digits, 8),
        (None, None) => (digits, 10),
    };
    // A sign is no part of it.
    digits.bytes().next().filter(u8::is_ascii_hexdigit)?;
    i64::from_str_radix(digits, radix).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use dwarfksyms_core::Limits;
    use dwarfksyms_core::budget::Budget;

    #[test]
    fn literals_and_what_is_made_of_them_have_a_value() {
        for (text, expected) in [
            ("7", Some(7)),
            ("- 1", Some(-1)),
            ("0x20UL", Some(32)),
            ("010", Some(8)),
            ("1 << 4", Some(16)),
            ("( 1 ) << ( 3 )", Some(8)),
            ("64 - 8 + 1", Some(57)),
            ("2 * 3 * 4", Some(24)),
            ("1 | 3 | 8", Some(11)),
            ("1 << 62", Some(1 << 62)),
            ("1 << 63", None),
            ("2 + 3 * 4", None),
            ("E#A + 1", None),
            ("sizeof ( int )", None),
            ("9223372036854775807 + 1", None),
            ("1 << 64", None),
            ("", None),
            ("( )", None),
            ("+7", None),
        ] {
            let budget = &mut Budget::new(&Limits::default());
            let tokens = Tokens::of(text.as_bytes(), budget).unwrap().unwrap();
            assert_eq!(value(&tokens, tokens.all()), expected, "{text}");
        }
    }
}
