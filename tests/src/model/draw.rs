//! Models drawn from bytes. Bytes that have run out, and zeros, lead to what is simplest.

use arbitrary::{Arbitrary, Result, Unstructured};

use super::rules;
use super::types::*;

/// Few names, so that types share them.
const NAMES: [&str; 20] = [
    "a",
    "b",
    "c",
    "d",
    "e",
    "f",
    "list_head",
    "file",
    "int",
    "unsigned long",
    "Result<u8, u8>",
    "naïve",
    "s#a",
    "t#'b c'",
    "it's",
    "",
    "a::b",
    "{closure#0}",
    "x y",
    "__builtin",
];

/// Names of members; the last ones mean something to the conventions of a stable kABI.
const MEMBERS: [&str; 16] = [
    "a",
    "b",
    "next",
    "data",
    "len",
    "c d",
    "",
    "s#a",
    "naïve",
    "ops",
    "__kabi_reserved1",
    "__kabi_ignored1",
    "__kabi_renamedold",
    "__kabi_renamedolder",
    "__kabi_hidden",
    "__kabi_renamed",
];

const NUMBERS: [u64; 18] = [
    0,
    1,
    2,
    4,
    8,
    16,
    24,
    64,
    127,
    128,
    255,
    256,
    32768,
    65536,
    0x7fff_ffff,
    0xffff_ffff,
    1 << 32,
    u64::MAX,
];

/// Whether something happens that happens once in `n` times.
pub(super) fn chance(u: &mut Unstructured<'_>, n: u8) -> Result<bool> {
    Ok(u.int_in_range(1..=n)? == n)
}

/// A number, often one at which something changes.
pub(super) fn number(u: &mut Unstructured<'_>) -> Result<u64> {
    Ok(match u.int_in_range(0..=9)? {
        0..=7 => *u.choose(&NUMBERS)?,
        8 => u64::MAX - u64::from(u8::arbitrary(u)?),
        _ => u.arbitrary()?,
    })
}

fn some<'a, T>(
    u: &mut Unstructured<'a>,
    n: u8,
    draw: impl FnOnce(&mut Unstructured<'a>) -> Result<T>,
) -> Result<Option<T>> {
    if chance(u, n)? { draw(u).map(Some) } else { Ok(None) }
}

/// Up to `most` items; long lists are rare.
pub(super) fn list<'a, T>(
    u: &mut Unstructured<'a>,
    most: usize,
    mut draw: impl FnMut(&mut Unstructured<'a>) -> Result<T>,
) -> Result<Vec<T>> {
    let count = u.int_in_range(0..=most)?;
    (0..count).map(|_| draw(u)).collect()
}

fn name(u: &mut Unstructured<'_>) -> Result<String> {
    // The simple ones are more likely.
    let most = if chance(u, 4)? { NAMES.len() } else { 8 };
    Ok(NAMES[u.int_in_range(0..=most - 1)?].to_owned())
}

fn member_name(u: &mut Unstructured<'_>) -> Result<Option<String>> {
    let most = if chance(u, 4)? { MEMBERS.len() } else { 6 };
    let at = u.int_in_range(0..=most)?;
    Ok(MEMBERS.get(at).filter(|_| at < most).map(|&name| name.to_owned()))
}

/// Any type that there may be; [`Model::normalize`] cuts it down to one that there is.
fn target(u: &mut Unstructured<'_>) -> Result<Target> {
    if chance(u, 8)? { Ok(None) } else { Ok(Some(usize::from(u8::arbitrary(u)?))) }
}

impl<'a> Arbitrary<'a> for Model {
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Model> {
        let types = list(u, 23, Type::arbitrary)?;
        let count = u.int_in_range(1..=6)?;
        let symbols = (0..count).map(|number| symbol(u, number)).collect::<Result<_>>()?;
        let mut model = Model { types, symbols, rules: Vec::new() };
        model.normalize();
        model.rules = rules::draw(u, &model)?;
        add_extras(u, &mut model)?;
        Ok(model)
    }
}

/// Adds what only canonical descriptions tell, last, so that all else is drawn as if there were nothing of it.
fn add_extras(u: &mut Unstructured<'_>, model: &mut Model) -> Result<()> {
    for declared in &mut model.types {
        match &mut declared.shape {
            Shape::Function(signature) => signature.convention = some(u, 6, number)?,
            Shape::Record(_, _, items) => {
                declared.extra = some(u, 6, extra)?;
                for item in items {
                    for member in item.members() {
                        member.alignment = some(u, 8, number)?;
                    }
                    if let Item::Variants(variants) = item {
                        for variant in variants {
                            variant.high = some(u, 6, number)?.unwrap_or(0);
                        }
                    }
                }
            }
            Shape::Enumeration(_, enumerators) => {
                declared.extra = some(u, 6, extra)?;
                if chance(u, 2)? {
                    declared.extra = Some((Extra::Stored, u.int_in_range(2..=10)?));
                }
                for enumerator in enumerators {
                    enumerator.high = some(u, 6, number)?.unwrap_or(0);
                }
            }
            Shape::Unspecified => {}
            _ => declared.extra = some(u, 6, extra)?,
        }
    }
    for symbol in &mut model.symbols {
        if let SymbolKind::Function(signature) = &mut symbol.kind {
            signature.convention = some(u, 6, number)?;
        }
    }
    Ok(())
}

fn extra(u: &mut Unstructured<'_>) -> Result<(Extra, u64)> {
    let kinds =
        [Extra::AddressClass, Extra::BinaryScale, Extra::ByteStride, Extra::DataLocation, Extra::Endianity];
    let kind = *u.choose(&kinds)?;
    // Which of big and little says nothing depends on the object; others are of nobody's knowledge.
    Ok(match kind {
        Extra::Endianity => (kind, u.int_in_range(3..=255)?),
        _ => (kind, number(u)?),
    })
}

fn symbol(u: &mut Unstructured<'_>, number: usize) -> Result<Symbol> {
    let kind = match u.int_in_range(0..=4)? {
        0..=1 => SymbolKind::Function(Signature::arbitrary(u)?),
        2..=3 => SymbolKind::Variable(target(u)?),
        _ => match target(u)? {
            Some(target) => SymbolKind::Pointer(target),
            None => SymbolKind::Variable(None),
        },
    };
    Ok(Symbol {
        name: format!("symbol{number}"),
        is_exported: number == 0 || !chance(u, 5)?,
        aliases: if chance(u, 5)? { u.int_in_range(1..=2)? } else { 0 },
        namespaces: if chance(u, 5)? { list(u, 2, name)? } else { Vec::new() },
        kind,
    })
}

impl<'a> Arbitrary<'a> for Type {
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Type> {
        let shape = Shape::arbitrary(u)?;
        let named = match shape {
            Shape::Base(_) | Shape::Wrapper(Wrapper::Typedef, _) => !chance(u, 16)?,
            Shape::Record(..) | Shape::Enumeration(..) => !chance(u, 4)?,
            _ => chance(u, 16)?,
        };
        let name = if named { Some(name(u)?) } else { None };
        let parent = match u.int_in_range(0..=11)? {
            0..=7 => Parent::Scopes(Vec::new()),
            8..=9 => Parent::Scopes(list(u, 3, Scope::arbitrary)?),
            _ => Parent::Type(usize::from(u.int_in_range(0..=23_u8)?)),
        };
        let byte_size = some(u, 2, number)?;
        Ok(Type { name, parent, byte_size, alignment: some(u, 8, number)?, shape, extra: None })
    }
}

impl<'a> Arbitrary<'a> for Scope {
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Scope> {
        Ok(match u.int_in_range(0..=7)? {
            0..=5 => Scope::Namespace(Some(name(u)?)),
            6 => Scope::Namespace(None),
            _ => Scope::Function,
        })
    }
}

impl<'a> Arbitrary<'a> for Shape {
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Shape> {
        Ok(match u.int_in_range(0..=19)? {
            0..=3 => Shape::Base(some(u, 2, number)?),
            4..=6 => Shape::Wrapper(Wrapper::Pointer, target(u)?),
            7 => Shape::Wrapper(Wrapper::Typedef, target(u)?),
            8 => Shape::Wrapper(*u.choose(&Wrapper::ALL)?, target(u)?),
            9..=14 => {
                let kind = match u.int_in_range(0..=3)? {
                    0..=1 => RecordKind::Structure,
                    2 => RecordKind::Union,
                    _ => RecordKind::Class,
                };
                let (visibility, mut items) = (visibility(u)?, list(u, 5, Item::arbitrary)?);
                if kind == RecordKind::Union && chance(u, 3)? {
                    stand_in(u, &mut items)?;
                }
                Shape::Record(kind, visibility, items)
            }
            15 => Shape::Enumeration(visibility(u)?, list(u, 4, Enumerator::arbitrary)?),
            16 => {
                let (bounds, target) = (list(u, 3, Bound::arbitrary)?, target(u)?);
                if chance(u, 4)? { Shape::Vector(bounds, target) } else { Shape::Array(bounds, target) }
            }
            17..=18 => Shape::Function(Signature::arbitrary(u)?),
            _ => Shape::Unspecified,
        })
    }
}

/// Gives a member of a union the name of one that stands in for another, mostly where that counts.
fn stand_in(u: &mut Unstructured<'_>, items: &mut [Item]) -> Result<()> {
    let at = u.int_in_range(0..=2)?;
    let name = MEMBERS[u.int_in_range(10..=MEMBERS.len() - 1)?].to_owned();
    if let Some(Item::Member(member)) = items.get_mut(at) {
        member.name = Some(name);
    }
    Ok(())
}

fn visibility(u: &mut Unstructured<'_>) -> Result<Visibility> {
    Ok(match u.int_in_range(0..=9)? {
        0..=5 => Visibility::Public,
        6..=7 => Visibility::Header,
        8 => Visibility::Declaration,
        _ => Visibility::Source,
    })
}

impl<'a> Arbitrary<'a> for Item {
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Item> {
        Ok(match u.int_in_range(0..=19)? {
            0..=17 => Item::Member(Member::arbitrary(u)?),
            18 => Item::Variants(list(u, 3, |u| {
                let value = some(u, 2, number)?;
                Ok(Variant { value, high: 0, members: list(u, 2, Member::arbitrary)? })
            })?),
            _ => {
                let kinds = [OtherItem::Inheritance, OtherItem::StaticMember, OtherItem::TemplateValue];
                let kind = *u.choose(&kinds)?;
                Item::Other(kind, Member::arbitrary(u)?, some(u, 3, number)?, some(u, 3, number)?)
            }
        })
    }
}

impl<'a> Arbitrary<'a> for Member {
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Member> {
        Ok(Member {
            target: target(u)?,
            name: member_name(u)?,
            accessibility: some(u, 16, number)?,
            bit_size: some(u, 8, number)?,
            data_bit_offset: some(u, 8, number)?,
            location: some(u, 2, number)?,
            alignment: None,
        })
    }
}

impl<'a> Arbitrary<'a> for Enumerator {
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Enumerator> {
        let name = if chance(u, 16)? { None } else { Some(name(u)?) };
        Ok(Enumerator { name, value: if chance(u, 16)? { None } else { Some(number(u)?) }, high: 0 })
    }
}

impl<'a> Arbitrary<'a> for Bound {
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Bound> {
        Ok(match u.int_in_range(0..=5)? {
            0..=1 => Bound::Count(number(u)?),
            2..=3 => Bound::Upper(number(u)?),
            4 => Bound::Dynamic,
            _ => Bound::Unknown,
        })
    }
}

impl<'a> Arbitrary<'a> for Signature {
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Signature> {
        let parameters =
            list(u, 4, |u| Ok(Parameter { target: target(u)?, name: some(u, 3, member_name)?.flatten() }))?;
        Ok(Signature {
            parameters,
            result: target(u)?,
            is_variadic: chance(u, 8)?,
            is_unprototyped: chance(u, 8)?,
            convention: None,
        })
    }
}
