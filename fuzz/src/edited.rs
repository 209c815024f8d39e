//! Two builds of one model, of which the second was edited: much is known of what must be said.

use arbitrary::{Arbitrary, Result, Unstructured};

use crate::comparison;
use crate::suggest;

/// Bytes as symtypes of two builds, in the words of either tool.
pub fn edited(data: &[u8]) {
    // Drawing never fails: bytes that have run out are zeros.
    let Ok((old, new)) = draw(&mut Unstructured::new(data)) else { return };
    comparison::texts(&old, &new);
    suggest::texts(&old, &new);
}

/// Both texts.
pub(crate) fn draw(u: &mut Unstructured<'_>) -> Result<(Vec<u8>, Vec<u8>)> {
    let is_genksyms = u.ratio(1, 4)?;
    let mut build = Vec::new();
    for number in 0..u.int_in_range(1..=5)? {
        build.push(Type::draw(u, number)?);
    }
    let mut edited = build.clone();
    for _ in 0..u.int_in_range(0..=4)? {
        let at = u.choose_index(edited.len())?;
        if let Some(edited) = edited.get_mut(at) {
            edited.edit(u)?;
        }
    }
    let exports = u.int_in_range(1..=3)?;
    let [old, new] = [build, edited].map(|types| text(&types, exports, is_genksyms));
    Ok((old, new))
}

/// The types of a file, and as many exports of the last ones.
fn text(types: &[Type], exports: usize, is_genksyms: bool) -> Vec<u8> {
    let mut lines: Vec<String> = types.iter().map(|each| each.line(types, is_genksyms)).collect();
    for (number, last) in types.iter().rev().take(exports).enumerate() {
        let last = last.reference();
        lines.push(match (is_genksyms, number % 2 == 0) {
            (true, true) => format!("f{number} int f{number} ( {last} * ) "),
            (true, false) => format!("f{number} {last} f{number} "),
            (false, true) => format!(
                "f{number} subprogram ( formal_parameter pointer_type {{ {last} }} byte_size(8) a ) -> {INT}"
            ),
            (false, false) => format!("f{number} variable {last}"),
        });
    }
    lines.sort_unstable();
    let text: String = lines.iter().flat_map(|line| [line.as_str(), "\n"]).collect();
    text.into_bytes()
}

const INT: &str = "base_type int byte_size(4) encoding(5)";

/// What a member can be: in both dialects, and its size in bytes.
const SCALARS: [(&str, &str, u64); 6] = [
    (INT, "int", 4),
    ("base_type unsigned int byte_size(4) encoding(7)", "unsigned int", 4),
    ("base_type char byte_size(1) encoding(6)", "char", 1),
    ("base_type long int byte_size(8) encoding(5)", "long", 8),
    ("pointer_type { base_type void } byte_size(8)", "void *", 8),
    ("array_type[3] { base_type short int byte_size(2) encoding(5) }", "short [ 3 ]", 6),
];

#[derive(Clone, Copy, Debug, Arbitrary)]
enum Kind {
    Structure,
    Union,
    Enumeration,
    Typedef,
}

#[derive(Clone, Debug)]
struct Member {
    name: u8,
    /// One of [`SCALARS`], or behind them a type of the build.
    kind: usize,
    /// Whether it is only pointed to.
    is_pointer: bool,
    /// Of how many bits a bit-field is.
    bits: Option<u8>,
    /// What an enumerator is worth, and a member is moved by.
    value: u8,
}

impl Member {
    fn draw(u: &mut Unstructured<'_>) -> Result<Member> {
        Ok(Member {
            name: u.int_in_range(0..=25)?,
            kind: u.int_in_range(0..=SCALARS.len() + 4)?,
            is_pointer: bool::arbitrary(u)?,
            bits: u.ratio(1, 8)?.then_some(u.int_in_range(1..=31)?),
            value: u.int_in_range(0..=9)?,
        })
    }

    fn name(&self) -> char {
        char::from(b'a' + self.name % 26)
    }

    /// What it is, and how many bytes it takes: members are of types that come before.
    fn kind(&self, own: usize, types: &[Type], is_genksyms: bool) -> (String, u64) {
        if let Some(&(text, word, size)) = SCALARS.get(self.kind) {
            return (if is_genksyms { word } else { text }.to_owned(), size);
        }
        let at = self.kind - SCALARS.len();
        let is_pointer = self.is_pointer || at >= own;
        let Some(found) = types.get(at) else {
            let (text, word, size) = SCALARS[0];
            return (if is_genksyms { word } else { text }.to_owned(), size);
        };
        let reference = found.reference();
        match (is_pointer, is_genksyms) {
            (true, true) => (format!("{reference} *"), 8),
            (true, false) => (format!("pointer_type {{ {reference} }} byte_size(8)"), 8),
            (false, _) => (reference, found.size(types)),
        }
    }
}

#[derive(Clone, Debug)]
struct Type {
    number: usize,
    kind: Kind,
    /// At least one.
    members: Vec<Member>,
    /// Whether only its name is known.
    is_declared: bool,
}

impl Type {
    fn draw(u: &mut Unstructured<'_>, number: usize) -> Result<Type> {
        let kind = Kind::arbitrary(u)?;
        let mut members = Vec::new();
        for _ in 0..u.int_in_range(1..=5)? {
            members.push(Member::draw(u)?);
        }
        Ok(Type { number, kind, members, is_declared: u.ratio(1, 16)? })
    }

    fn edit(&mut self, u: &mut Unstructured<'_>) -> Result<()> {
        let at = u.choose_index(self.members.len())?;
        let fresh = Member::draw(u)?;
        match u.int_in_range(0..=6)? {
            0 => self.members.insert(at, fresh),
            1 => self.members.push(fresh),
            2 if self.members.len() > 1 => drop(self.members.remove(at)),
            3 => self.members.rotate_left(at),
            4 => self.kind = Kind::arbitrary(u)?,
            5 => self.is_declared ^= true,
            _ => self.members[at] = fresh,
        }
        Ok(())
    }

    fn reference(&self) -> String {
        let prefix = match self.kind {
            Kind::Structure => 's',
            Kind::Union => 'u',
            Kind::Enumeration => 'e',
            Kind::Typedef => 't',
        };
        format!("{prefix}#t{}", self.number)
    }

    /// In bytes; types are of those that come before, and so this ends.
    fn size(&self, types: &[Type]) -> u64 {
        let sizes = self.members.iter().map(|member| member.kind(self.number, types, false).1);
        match self.kind {
            _ if self.is_declared => 0,
            Kind::Structure => sizes.sum(),
            Kind::Union => sizes.max().unwrap_or(0),
            Kind::Enumeration => 4,
            Kind::Typedef => sizes.take(1).sum(),
        }
    }

    fn line(&self, types: &[Type], is_genksyms: bool) -> String {
        let (name, reference) = (format!("t{}", self.number), self.reference());
        let words = match self.kind {
            Kind::Structure => ["structure_type", "struct"],
            Kind::Union => ["union_type", "union"],
            Kind::Enumeration => ["enumeration_type", "enum"],
            Kind::Typedef => ["typedef", "typedef"],
        };
        let word = words[usize::from(is_genksyms)];
        match (is_genksyms, self.is_declared, self.kind) {
            (_, _, Kind::Typedef) => {
                let kind = self.members[0].kind(self.number, types, is_genksyms).0;
                if is_genksyms {
                    format!("{reference} typedef {kind} {name} ")
                } else {
                    format!("{reference} typedef_type {name} {{ {kind} }}")
                }
            }
            (true, true, _) => format!("{reference} {word} {name} {{ UNKNOWN }} "),
            (false, true, _) => format!("{reference} {word} {name} {{ }}"),
            (true, false, Kind::Enumeration) => {
                let items: Vec<_> =
                    self.members.iter().map(|it| format!("{} = {}", it.name(), it.value)).collect();
                format!("{reference} {word} {name} {{ {} }} ", items.join(" , "))
            }
            (true, false, _) => {
                let item = |it: &Member| {
                    let bits = it.bits.map_or_else(String::new, |bits| format!(": {bits} "));
                    format!("{} {} {bits}; ", it.kind(self.number, types, true).0, it.name())
                };
                let items: String = self.members.iter().map(item).collect();
                format!("{reference} {word} {name} {{ {items}}} ")
            }
            (false, false, _) => {
                let items = self.items(types);
                format!(
                    "{reference} {word} {name} {{ {} }} byte_size({})",
                    items.join(" , "),
                    self.size(types)
                )
            }
        }
    }

    /// Members or enumerators, as DWARF has them.
    fn items(&self, types: &[Type]) -> Vec<String> {
        let mut offset = 0;
        let item = |member: &Member| {
            let (kind, size) = member.kind(self.number, types, false);
            let (name, at) = (member.name(), offset + u64::from(member.value / 8));
            if matches!(self.kind, Kind::Structure) {
                offset += size;
            }
            match (self.kind, member.bits) {
                (Kind::Enumeration, _) => format!("enumerator {name} = {}", member.value),
                (_, Some(bits)) => {
                    format!("member {INT} {name} bit_size({bits}) data_bit_offset({})", at.saturating_mul(8))
                }
                _ => format!("member {kind} {name} data_member_location({at})"),
            }
        };
        self.members.iter().map(item).collect()
    }
}

#[cfg(test)]
#[test]
fn smoke() {
    crate::smoke::test("edited");
}
