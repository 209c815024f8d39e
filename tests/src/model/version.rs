//! The oracle's type map, expansion and CRC (SPEC sections 6 and 7).

use std::collections::{BTreeMap, BTreeSet};

use super::text::Refusal;

/// A part of a type string.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Text(String),
    Reference(String),
}

/// One string per type name.
pub(super) type TypeMap = BTreeMap<String, Vec<Part>>;

/// Keeps a type's string unless there is a longer one, or one of the same length that is smaller.
pub(super) fn offer(map: &mut TypeMap, name: String, parts: Vec<Part>) {
    let rank = |parts: &[Part]| {
        let text = flat(parts);
        (std::cmp::Reverse(text.len()), text)
    };
    if map.get(&name).is_none_or(|known| rank(&parts) < rank(known)) {
        map.insert(name, parts);
    }
}

/// A string's text, with references as they are written.
pub(super) fn flat(parts: &[Part]) -> String {
    parts.iter().map(|(Part::Text(text) | Part::Reference(text))| text.as_str()).collect()
}

/// Makes one space of the line breaks that follow one another, and nothing of what has no text.
pub(super) fn join_breaks(parts: Vec<Part>) -> Vec<Part> {
    let mut joined = Vec::new();
    let mut after_break = false;
    for part in parts {
        let Part::Text(text) = part else {
            after_break = false;
            joined.push(part);
            continue;
        };
        let mut out = String::new();
        for char in text.chars() {
            match char {
                '\n' if after_break => {}
                '\n' => out.push(' '),
                '\0' => {}
                _ => out.push(char),
            }
            after_break = char == '\n';
        }
        joined.push(Part::Text(out));
    }
    joined
}

/// A symbol's expanded text.
pub(super) fn expand(map: &TypeMap, parts: &[Part]) -> Result<String, Refusal> {
    let mut text = String::new();
    expand_into(map, parts, &mut BTreeSet::new(), &mut text)?;
    Ok(text)
}

fn expand_into<'m>(
    map: &'m TypeMap,
    parts: &'m [Part],
    met: &mut BTreeSet<&'m str>,
    text: &mut String,
) -> Result<(), Refusal> {
    for part in parts {
        match part {
            Part::Text(own) => text.push_str(own),
            Part::Reference(name) if met.insert(name) => {
                let inner = map.get(name).ok_or(Refusal::UnknownReference)?;
                expand_into(map, inner, met, text)?;
            }
            Part::Reference(name) => text.push_str(name),
        }
    }
    Ok(())
}

/// The references in the value of a `type_string` rule.
pub(super) fn parse(value: &str) -> Result<Vec<Part>, Refusal> {
    let mut parts = Vec::new();
    let mut text = String::new();
    let mut rest = value;
    if value.is_empty() {
        return Err(Refusal::BadTypeString);
    }
    while let Some(first) = rest.chars().next() {
        let is_reference = ["s#", "u#", "e#", "t#"].iter().any(|prefix| rest.starts_with(prefix));
        if !is_reference {
            text.push(first);
            rest = &rest[first.len_utf8()..];
            continue;
        }
        let name = &rest[2..];
        let length = match name.strip_prefix('\'') {
            Some(quoted) => quoted.find('\'').filter(|&length| length > 0).map(|length| 2 + length),
            None => Some(name.find(' ').unwrap_or(name.len())).filter(|&length| length > 0),
        };
        let end = 2 + length.ok_or(Refusal::BadTypeString)?;
        parts.push(Part::Text(std::mem::take(&mut text)));
        parts.push(Part::Reference(rest[..end].to_owned()));
        rest = &rest[end..];
    }
    parts.push(Part::Text(text));
    Ok(parts)
}

/// CRC-32, bit by bit.
pub(super) fn crc(bytes: &[u8]) -> u32 {
    let mut crc = u32::MAX;
    for &byte in bytes {
        crc ^= u32::from(byte);
        for _ in 0..8 {
            crc = if crc & 1 == 1 { crc >> 1 ^ 0xedb8_8320 } else { crc >> 1 };
        }
    }
    !crc
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_crc_is_that_of_zlib() {
        assert_eq!(super::crc(b"123456789"), 0xcbf4_3926);
    }
}
