//! BTF written by hand, and what comes of it.

use alloc::string::String;
use alloc::vec::Vec;

use super::{Btf, BtfTypes};
use crate::error::{ErrorKind, Result, SectionId};
use crate::exports::Exports;
use crate::limits::{Limit, Limits};

/// BTF while it is written.
struct Maker {
    is_big: bool,
    /// The bytes of the strings of what it is based on.
    base: u32,
    types: Vec<u8>,
    strings: Vec<u8>,
}

impl Maker {
    fn new(is_big: bool) -> Maker {
        Maker { is_big, base: 0, types: Vec::new(), strings: alloc::vec![0] }
    }

    fn bytes(&self, number: u32) -> [u8; 4] {
        if self.is_big { number.to_be_bytes() } else { number.to_le_bytes() }
    }

    fn name(&mut self, name: &str) -> u32 {
        if name.is_empty() {
            return 0;
        }
        let at = self.base + self.strings.len() as u32;
        self.strings.extend_from_slice(name.as_bytes());
        self.strings.push(0);
        at
    }

    /// A type of a kind: its name, its flag, the number of its items, and all words behind that with the kind.
    fn add(&mut self, kind: u32, name: &str, flag: bool, count: u32, words: &[u32]) {
        let name = self.name(name);
        for word in [name, u32::from(flag) << 31 | kind << 24 | count].iter().chain(words) {
            let bytes = self.bytes(*word);
            self.types.extend_from_slice(&bytes);
        }
    }

    fn finish(&self) -> Vec<u8> {
        let magic = if self.is_big { [0xeb, 0x9f] } else { [0x9f, 0xeb] };
        let mut all = [&magic[..], &[1, 0]].concat();
        let (types, strings) = (self.types.len() as u32, self.strings.len() as u32);
        for word in [24, 0, types, types, strings] {
            all.extend_from_slice(&self.bytes(word));
        }
        [&all[..], &self.types, &self.strings].concat()
    }
}

/// Types of every kind: what they are of is in the test below.
fn everything(is_big: bool) -> Vec<u8> {
    let mut maker = Maker::new(is_big);
    maker.add(1, "int", false, 0, &[4, 1 << 24 | 32]); // 1
    maker.add(1, "unsigned char", false, 0, &[1, 8]); // 2
    maker.add(1, "_Bool", false, 0, &[1, 4 << 24 | 8]); // 3
    maker.add(16, "double", false, 0, &[8]); // 4
    maker.add(2, "", false, 0, &[6]); // 5: pointer to node
    let [next, bits, both, table] = ["next", "bits", "", "table"].map(|name| maker.name(name));
    // 6: node
    maker.add(4, "node", true, 4, &[24, next, 5, 0, bits, 1, 3 << 24 | 64, both, 7, 96, table, 8, 128]);
    let [number, letter] = ["number", "letter"].map(|name| maker.name(name));
    maker.add(5, "", false, 2, &[4, number, 1, 0, letter, 2, 0]); // 7
    maker.add(3, "", false, 0, &[0, 9, 1, 2]); // 8: [2][3] of flags
    maker.add(3, "", false, 0, &[0, 10, 1, 3]); // 9
    maker.add(8, "flag_t", false, 0, &[3]); // 10
    let [least, most] = ["LEAST", "MOST"].map(|name| maker.name(name));
    maker.add(6, "span", true, 2, &[4, least, u32::MAX, most, 5]); // 11
    maker.add(19, "wide", false, 1, &[8, most, 1, 2]); // 12
    maker.add(7, "hidden", true, 0, &[0]); // 13: a union
    maker.add(9, "", false, 0, &[1]); // 14
    maker.add(10, "", false, 0, &[0]); // 15
    maker.add(11, "", false, 0, &[17]); // 16
    maker.add(2, "", false, 0, &[18]); // 17
    maker.add(18, "user", false, 0, &[14]); // 18
    let [n, w] = ["n", "w"].map(|name| maker.name(name));
    // 19: (node *n, span, wide w, const void, volatile int *restrict, double, ...) -> union hidden
    maker.add(13, "", false, 7, &[13, n, 5, 0, 11, w, 12, 0, 15, 0, 16, 0, 4, 0, 0]);
    maker.add(12, "f", false, 1, &[19]); // 20
    maker.add(2, "", false, 0, &[19]); // 21
    maker.add(14, "v", false, 0, &[21, 1]); // 22
    maker.add(15, ".data", false, 1, &[8, 22, 0, 8]); // 23
    maker.add(17, "tag", false, 0, &[20, u32::MAX]); // 24
    maker.finish()
}

const EVERYTHING: &str = "\
e#span enumeration_type span { enumerator LEAST = 18446744073709551615 , enumerator MOST = 5 } byte_size(4)
e#wide enumeration_type wide { enumerator MOST = 8589934593 } byte_size(8)
f subprogram ( formal_parameter pointer_type { s#node } byte_size(8) n , formal_parameter e#span , formal_parameter e#wide w , \
formal_parameter const_type { base_type void } , formal_parameter restrict_type { pointer_type { volatile_type { \
base_type int byte_size(4) encoding(5) } } byte_size(8) } , formal_parameter base_type double byte_size(8) encoding(4) ) -> u#hidden
s#node structure_type node { member pointer_type { s#node } byte_size(8) next data_member_location(0) , \
member base_type int byte_size(4) encoding(5) bits bit_size(3) data_bit_offset(64) , \
member union_type { member base_type int byte_size(4) encoding(5) number , \
member base_type unsigned char byte_size(1) encoding(8) letter } byte_size(4) data_member_location(12) , \
member array_type[2][3] { t#flag_t } table data_member_location(16) } byte_size(24)
t#flag_t typedef_type flag_t { base_type _Bool byte_size(1) encoding(2) }
u#hidden union_type hidden { }
v variable pointer_type { subroutine_type ( formal_parameter pointer_type { s#node } byte_size(8) n , formal_parameter e#span , \
formal_parameter e#wide w , formal_parameter const_type { base_type void } , formal_parameter restrict_type { pointer_type { \
volatile_type { base_type int byte_size(4) encoding(5) } } byte_size(8) } , \
formal_parameter base_type double byte_size(8) encoding(4) ) -> u#hidden } byte_size(8)
";

fn parse<'d>(data: &'d [u8], base: Option<&'d Btf<'d>>) -> Result<Btf<'d>> {
    Btf::parse(data, SectionId::Btf, base, &Limits::default())
}

fn described(btf: &Btf<'_>, exports: &str, limits: &Limits) -> Result<BtfTypes> {
    btf.symtypes(&Exports::parse(exports.as_bytes(), limits)?, Some(8), limits)
}

fn symtypes(data: &[u8], exports: &str) -> Result<String> {
    let types = described(&parse(data, None)?, exports, &Limits::default())?;
    Ok(String::from_utf8_lossy(&types.text).into_owned())
}

fn refused(maker: &Maker, exports: &str) -> String {
    alloc::format!("{}", symtypes(&maker.finish(), exports).unwrap_err())
}

#[test]
fn every_kind_has_its_words_in_both_byte_orders() {
    for is_big in [false, true] {
        let data = everything(is_big);
        assert!(Btf::is_btf(&data));
        assert_eq!(symtypes(&data, "f\nv\nmissing\n").unwrap(), EVERYTHING);
        let btf = parse(&data, None).unwrap();
        assert_eq!(btf.symbols(&Limits::default()).unwrap(), [b"f", b"v"]);
        assert_eq!(btf.pointer_size(), None);
    }
}

#[test]
fn nothing_that_is_cut_or_changed_does_harm() {
    let data = everything(false);
    for length in 0..data.len() {
        assert!(parse(&data[..length], None).is_err(), "{length}");
    }
    for at in 0..data.len() {
        for value in [0, 1, 5, 22, 0x7f, 0x80, 0xff] {
            let mut changed = data.clone();
            changed[at] = value;
            let _ = symtypes(&changed, "f\nv\n");
        }
    }
}

#[test]
fn a_split_part_counts_on_from_its_base() {
    let mut base = Maker::new(false);
    base.add(1, "long int", false, 0, &[8, 1 << 24 | 64]);
    base.add(13, "", false, 0, &[1]);
    base.add(12, "of_base", false, 0, &[2]);
    let base_bytes = base.finish();
    let base_btf = parse(&base_bytes, None).unwrap();
    let mut split = Maker::new(false);
    split.base = base.strings.len() as u32;
    split.strings.clear();
    split.add(8, "number_t", false, 0, &[1]); // 4
    split.add(13, "", false, 0, &[4]);
    split.add(12, "of_module", false, 0, &[5]);
    let split = split.finish();
    let btf = parse(&split, Some(&base_btf)).unwrap();
    let types = described(&btf, "of_base\nof_module\n", &Limits::default()).unwrap();
    let expected = "of_module subprogram ( ) -> t#number_t\n\
                    t#number_t typedef_type number_t { base_type long int byte_size(8) encoding(5) }\n";
    assert_eq!(String::from_utf8(types.text).unwrap(), expected);
    assert_eq!(btf.pointer_size(), Some(8));
    let error = alloc::format!("{}", parse(&split, None).unwrap_err());
    assert_eq!(
        error,
        ".BTF+0x3c: damaged BTF: this is split BTF, as modules have: what it is based on is missing"
    );
}

#[test]
fn of_several_types_of_a_name_the_longest_counts_and_the_name_is_noted() {
    let mut maker = Maker::new(false);
    maker.add(13, "", false, 2, &[0, 0, 3, 0, 4]); // 1
    maker.add(12, "f", false, 0, &[1]);
    maker.add(4, "a", false, 0, &[1]);
    maker.add(4, "a", false, 0, &[1234]);
    // A declaration contradicts nothing.
    maker.add(7, "b", false, 0, &[0]); // 5
    maker.add(4, "b", false, 0, &[1]);
    maker.add(13, "", false, 2, &[0, 0, 5, 0, 6]); // 7
    maker.add(12, "g", false, 0, &[7]);
    let data = maker.finish();
    let types = described(&parse(&data, None).unwrap(), "f\ng\n", &Limits::default()).unwrap();
    assert_eq!(types.ambiguous, [b"s#a"]);
    let text = String::from_utf8(types.text).unwrap();
    assert!(
        text.contains("s#a structure_type a { } byte_size(1234)\ns#b structure_type b { } byte_size(1)\n")
    );
}

#[test]
fn old_bit_fields_are_integers_with_few_bits() {
    let mut maker = Maker::new(false);
    maker.add(1, "unsigned int", false, 0, &[4, 2 << 16 | 3]); // 1
    let name = maker.name("bits");
    maker.add(4, "a", false, 1, &[4, name, 1, 8]);
    maker.add(14, "v", false, 0, &[2, 1]);
    let text = symtypes(&maker.finish(), "v\n").unwrap();
    assert!(text.contains(" bits bit_size(3) data_bit_offset(10) }"), "{text}");
}

#[test]
fn what_is_damaged_is_an_error_with_its_place() {
    let with = |kind, name: &str, words: &[u32]| {
        let mut maker = Maker::new(false);
        maker.add(kind, name, false, 0, words);
        refused(&maker, "")
    };
    for (error, expected) in [
        (with(20, "", &[0]), ".BTF+0x18: BTF with a type of kind 20, which is not known"),
        (with(0, "", &[0]), ".BTF+0x18: BTF with a type of kind 0, which is not known"),
        (with(2, "", &[2]), ".BTF+0x18: damaged BTF: there is no type 2"),
        (with(8, "", &[1]), ".BTF+0x18: damaged BTF: the type has no name, and needs one"),
        (with(3, "", &[0]), ".BTF+0x18: damaged BTF: the type is cut off"),
    ] {
        assert_eq!(error, expected);
    }
    let mut maker = Maker::new(false);
    maker.add(1 | 0x40, "", false, 0, &[0]);
    assert_eq!(refused(&maker, ""), ".BTF+0x18: damaged BTF: the type has bits that are not known");
    let mut maker = Maker::new(false);
    maker.add(8, "a\nb", false, 0, &[0]);
    maker.add(14, "v", false, 0, &[1, 1]);
    let unfit = ".BTF+0x24: damaged BTF: a name has control characters or quotes in it";
    assert_eq!(refused(&maker, "v\n"), unfit);
    let mut flagged = Maker::new(false).finish();
    flagged[3] = 1;
    let error = alloc::format!("{}", symtypes(&flagged, "").unwrap_err());
    assert_eq!(error, ".BTF+0x3: damaged BTF: it has flags that are not known");
}

#[test]
fn types_without_an_end_are_refused() {
    // A constant of itself, a pointer to a pointer to it, an array of itself, a function where a type is expected.
    for (kind, words, expected) in [
        (10, &[1][..], "a type contains itself, and no type on the way has a name to stop at"),
        (2, &[1], "a type contains itself, and no type on the way has a name to stop at"),
        (3, &[0, 1, 1, 4], "a type contains itself, and no type on the way has a name to stop at"),
    ] {
        let mut maker = Maker::new(false);
        maker.add(kind, "", false, 0, words);
        maker.add(14, "v", false, 0, &[1, 1]);
        assert_eq!(refused(&maker, "v\n"), alloc::format!(".BTF+0x18: {expected}"));
    }
    let mut maker = Maker::new(false);
    maker.add(14, "v", false, 0, &[1, 1]);
    assert_eq!(
        refused(&maker, "v\n"),
        ".BTF+0x18: damaged BTF: this is no type, and stands in the place of one"
    );
    maker.add(12, "f", false, 0, &[1]);
    assert_eq!(refused(&maker, "f\n"), ".BTF+0x28: damaged BTF: the type of the function is no prototype");
    // Named types end where they are named.
    let mut maker = Maker::new(false);
    maker.add(8, "a", false, 0, &[1]);
    maker.add(14, "v", false, 0, &[1, 1]);
    assert_eq!(symtypes(&maker.finish(), "v\n").unwrap(), "t#a typedef_type a { t#a }\nv variable t#a\n");
}

#[test]
fn what_grows_is_charged() {
    // Each type has the one before it twice: 2^60 members.
    let mut maker = Maker::new(false);
    maker.add(1, "int", false, 0, &[4, 32]);
    for level in 1..60 {
        maker.add(4, "", false, 2, &[4, 0, level, 0, 0, level, 0]);
    }
    maker.add(14, "v", false, 0, &[60, 1]);
    let data = maker.finish();
    let limits = Limits::for_input(data.len() as u64);
    let error = described(&parse(&data, None).unwrap(), "v\n", &limits).unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Limit(Limit::Text, _)), "{error}");
    let data = everything(false);
    for limit in [Limit::Memory, Limit::Work, Limit::Text, Limit::Depth] {
        let hit = |value| {
            let limits = Limits::default().with(limit, value);
            let btf = Btf::parse(&data, SectionId::Btf, None, &limits).and_then(|btf| {
                let exports = Exports::parse(b"f\nv\n", &Limits::default())?;
                btf.symtypes(&exports, Some(8), &limits).map(|_| ())
            });
            match btf {
                Ok(()) => false,
                Err(error) => {
                    assert_eq!(error.kind(), ErrorKind::Limit(limit, value));
                    true
                }
            }
        };
        let needed = (0_u64..1 << 20).collect::<Vec<_>>().partition_point(|&value| hit(value));
        assert!(needed > 0 && hit(needed as u64 - 1) && !hit(needed as u64), "{limit:?}");
    }
}

#[test]
fn the_size_of_a_pointer_is_that_of_a_long_and_not_of_a_longer_name() {
    let mut maker = Maker::new(false);
    maker.add(1, "long intent", false, 0, &[4, 32]);
    maker.add(1, "lon", false, 0, &[2, 16]);
    maker.add(1, "long int", false, 0, &[8, 64]);
    let data = maker.finish();
    assert_eq!(parse(&data, None).unwrap().pointer_size(), Some(8));
}
