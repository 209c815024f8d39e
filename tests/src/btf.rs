//! BTF while it is written, and BTF of any size in which something would be multiplied if it was read in the obvious way.

/// What BTF consists of, little-endian.
#[derive(Debug)]
pub struct Maker {
    types: Vec<u32>,
    count: u32,
    strings: Vec<u8>,
}

/// A kind of type, by its number in BTF.
#[derive(Clone, Copy, Debug)]
pub struct Kind(u32);

impl Kind {
    const INT: Kind = Kind(1);
    const POINTER: Kind = Kind(2);
    const ARRAY: Kind = Kind(3);
    const STRUCTURE: Kind = Kind(4);
    const TYPEDEF: Kind = Kind(8);
    const FUNCTION: Kind = Kind(12);
    const PROTOTYPE: Kind = Kind(13);
    const VARIABLE: Kind = Kind(14);
}

impl Default for Maker {
    fn default() -> Maker {
        Maker { types: Vec::new(), count: 0, strings: vec![0] }
    }
}

impl Maker {
    /// The offset of a string, which is written once more each time.
    pub fn string(&mut self, text: &str) -> u32 {
        if text.is_empty() {
            return 0;
        }
        let offset = self.strings.len() as u32;
        self.strings.extend_from_slice(text.as_bytes());
        self.strings.push(0);
        offset
    }

    /// Adds a type: its kind, the offset of its name, the number of its items, and all words behind them. Returns its number.
    pub fn add(&mut self, kind: Kind, name: u32, items: u32, words: &[u32]) -> u32 {
        self.types.extend([name, kind.0 << 24 | items].iter().chain(words));
        self.count += 1;
        self.count
    }

    /// An integer of four bytes.
    pub fn int(&mut self, name: &str, is_signed: bool) -> u32 {
        let name = self.string(name);
        self.add(Kind::INT, name, 0, &[4, u32::from(is_signed) << 24 | 32])
    }

    /// A structure with members of four bytes each: the offsets of their names, and their types.
    pub fn structure(&mut self, name: &str, members: &[(u32, u32)]) -> u32 {
        let name = self.string(name);
        let mut words = vec![4 * members.len() as u32];
        for (at, (name, ty)) in (0..).zip(members) {
            words.extend([*name, *ty, 32 * at]);
        }
        self.add(Kind::STRUCTURE, name, members.len() as u32, &words)
    }

    /// A variable, which every CPU has.
    pub fn variable(&mut self, name: &str, ty: u32) -> u32 {
        let name = self.string(name);
        self.add(Kind::VARIABLE, name, 0, &[ty, 1])
    }

    /// A function that takes a value of a type.
    pub fn function(&mut self, name: &str, parameter: u32) -> u32 {
        let prototype = self.add(Kind::PROTOTYPE, 0, 1, &[0, 0, parameter]);
        let name = self.string(name);
        self.add(Kind::FUNCTION, name, 1, &[prototype])
    }

    /// All of it as one section.
    pub fn bytes(&self) -> Vec<u8> {
        written(&self.types, &self.strings)
    }
}

/// BTF of types that are written as words, and of strings.
pub fn written(types: &[u32], strings: &[u8]) -> Vec<u8> {
    let lengths = [24, 0, types.len() as u32 * 4, types.len() as u32 * 4, strings.len() as u32];
    let words = lengths.iter().chain(types).flat_map(|word| word.to_le_bytes());
    b"\x9f\xeb\x01\0".iter().copied().chain(words).chain(strings.iter().copied()).collect()
}

/// BTF of a size, in an old state and a new one.
#[derive(Clone, Debug)]
pub struct GrowingBtf {
    /// What it is about.
    pub name: &'static str,
    /// The smallest size at which its growth can be seen.
    pub size: usize,
    /// Whether its text is no longer than in step with its size: otherwise, a limit bounds it.
    pub is_in_step: bool,
    /// The state whose changed type is given, of a size. The changed one has this number and an unsigned variant.
    make: fn(&mut Maker, u32, usize),
}

impl GrowingBtf {
    /// The old state and the new one.
    pub fn builds(&self, size: usize) -> [Vec<u8>; 2] {
        [("int", true), ("unsigned int", false)].map(|(name, is_signed)| {
            let mut maker = Maker::default();
            let changed = maker.int(name, is_signed);
            (self.make)(&mut maker, changed, size);
            maker.bytes()
        })
    }
}

/// All of them. Each has a variable `v` or functions from `x0` on.
pub const GROWING: &[GrowingBtf] = &[
    GrowingBtf { name: "members", size: 64, is_in_step: true, make: members },
    GrowingBtf { name: "pointers-to-pointers", size: 64, is_in_step: true, make: pointers_to_pointers },
    GrowingBtf { name: "arrays-of-arrays", size: 96, is_in_step: true, make: arrays_of_arrays },
    GrowingBtf { name: "typedefs-of-typedefs", size: 64, is_in_step: true, make: typedefs_of_typedefs },
    GrowingBtf { name: "types-of-one-name", size: 64, is_in_step: true, make: types_of_one_name },
    GrowingBtf { name: "functions-of-one-type", size: 64, is_in_step: true, make: functions_of_one_type },
    GrowingBtf { name: "one-long-name", size: 64, is_in_step: false, make: one_long_name },
    GrowingBtf { name: "one-nameless-type", size: 64, is_in_step: false, make: one_nameless_type },
    GrowingBtf { name: "twice-the-one-before", size: 4, is_in_step: false, make: twice_the_one_before },
];

/// A structure with many members: is each searched for from the first on?
fn members(maker: &mut Maker, changed: u32, size: usize) {
    let members: Vec<(u32, u32)> = (0..size).map(|at| (maker.string(&format!("m{at}")), changed)).collect();
    let structure = maker.structure("s", &members);
    maker.variable("v", structure);
}

/// How deep does it go, and at what cost?
fn pointers_to_pointers(maker: &mut Maker, changed: u32, size: usize) {
    let last = (0..size).fold(changed, |ty, _| maker.add(Kind::POINTER, 0, 0, &[ty]));
    maker.variable("v", last);
}

/// Are dimensions gone through for each of them?
fn arrays_of_arrays(maker: &mut Maker, changed: u32, size: usize) {
    let last = (0..size).fold(changed, |ty, _| maker.add(Kind::ARRAY, 0, 0, &[0, ty, changed, 2]));
    maker.variable("v", last);
}

/// Is each type written for all that lead to it?
fn typedefs_of_typedefs(maker: &mut Maker, changed: u32, size: usize) {
    let last = (0..size).fold(changed, |ty, at| {
        let name = maker.string(&format!("t{at}"));
        maker.add(Kind::TYPEDEF, name, 0, &[ty])
    });
    maker.variable("v", last);
}

/// Is each compared with each, to find the one that counts?
fn types_of_one_name(maker: &mut Maker, changed: u32, size: usize) {
    for at in 0..size {
        let member = maker.string(&format!("m{at}"));
        let structure = maker.structure("s", &[(member, changed)]);
        maker.function(&format!("x{at}"), structure);
    }
}

/// Is a type written for each function that takes it?
fn functions_of_one_type(maker: &mut Maker, changed: u32, size: usize) {
    members(maker, changed, size);
    let structure = maker.count - 1;
    (0..size).for_each(|at| _ = maker.function(&format!("x{at}"), structure));
}

/// Members with one name that is as long as there are members.
fn one_long_name(maker: &mut Maker, changed: u32, size: usize) {
    let name = maker.string(&"n".repeat(8 * size));
    let structure = maker.structure("s", &vec![(name, changed); size]);
    maker.variable("v", structure);
}

/// Functions that take a type without a name, which is a part of the text of each.
fn one_nameless_type(maker: &mut Maker, changed: u32, size: usize) {
    let name = maker.string("m");
    let structure = maker.structure("", &vec![(name, changed); size]);
    (0..size).for_each(|at| _ = maker.function(&format!("x{at}"), structure));
}

/// A type without a name has the one before as two members.
fn twice_the_one_before(maker: &mut Maker, changed: u32, size: usize) {
    let name = maker.string("m");
    let last = (0..size).fold(changed, |ty, _| maker.structure("", &[(name, ty); 2]));
    maker.variable("v", last);
}
