//! Rust with enumerations, niches, generics and closures.

use std::fmt::Write;

use super::Program;
use crate::model::Numbers;

/// A Rust program that is drawn from a number.
pub fn rust(seed: u64) -> Program {
    let mut writer = Writer { numbers: Numbers(seed), types: Vec::new(), generics: Vec::new() };
    let mut source = "#![allow(dead_code, improper_ctypes_definitions)]\n".to_owned();
    source += "pub trait Speak { fn speak(&self, n: u8) -> i32; }\n";
    for at in 0..=writer.numbers.below(6) {
        let definition = writer.definition(at);
        let _ = writeln!(source, "{definition}");
    }
    let mut symbols = Vec::new();
    for at in 0..=writer.numbers.below(5) {
        let name = format!("f{at}");
        let _ = writeln!(source, "{}", writer.symbol(&name));
        symbols.push(name);
    }
    Program { source, symbols }
}

struct Writer {
    numbers: Numbers,
    types: Vec<String>,
    /// Types with a parameter.
    generics: Vec<String>,
}

impl Writer {
    /// A type that is `'static`.
    fn type_(&mut self, depth: usize) -> String {
        let kind = if depth > 3 { 0 } else { self.numbers.below(16) };
        match kind {
            0..3 => {
                let all =
                    ["u8", "i32", "u64", "bool", "char", "f64", "usize", "()", "&'static str", "i128", "!"];
                // `!` is no type that everybody may name.
                let name = self.numbers.choose(&all);
                if name == "!" { "core::convert::Infallible".to_owned() } else { name.to_owned() }
            }
            3 => format!("Option<{}>", self.type_(depth + 1)),
            4 => format!("Result<{}, {}>", self.type_(depth + 1), self.type_(depth + 1)),
            5 => format!("&'static {}", self.type_(depth + 1)),
            6 => format!("*mut {}", self.type_(depth + 1)),
            7 => format!("[{}; {}]", self.type_(depth + 1), self.numbers.below(4)),
            8 => format!("({}, {})", self.type_(depth + 1), self.type_(depth + 1)),
            9 => format!("fn({}) -> {}", self.type_(depth + 1), self.type_(depth + 1)),
            10 => format!("&'static [{}]", self.type_(depth + 1)),
            11 => self
                .numbers
                .choose(&["core::num::NonZeroU32", "core::cell::Cell<u16>", "&'static dyn Speak"])
                .to_owned(),
            12 => format!("core::mem::MaybeUninit<{}>", self.type_(depth + 1)),
            13 if !self.generics.is_empty() => {
                let generic = self.generics[self.numbers.below(self.generics.len())].clone();
                format!("{generic}<{}>", self.type_(depth + 1))
            }
            14 => "Option<Box<u8>>".to_owned(),
            _ if !self.types.is_empty() => self.types[self.numbers.below(self.types.len())].clone(),
            _ => "u16".to_owned(),
        }
    }

    fn fields(&mut self, most: usize) -> String {
        let count = self.numbers.below(most + 1);
        (0..count).map(|at| format!("m{at}: {}, ", self.type_(1))).collect()
    }

    fn definition(&mut self, at: usize) -> String {
        let name = format!("T{at}");
        let text = match self.numbers.below(7) {
            0 => format!("pub struct {name} {{ {} }}", self.fields(5)),
            1 => format!("#[repr(C)] pub struct {name} {{ {} }}", self.fields(5)),
            2 => format!("pub struct {name}({}, {});", self.type_(1), self.type_(1)),
            3 => {
                let repr = self.numbers.choose(&["", "#[repr(u8)] ", "#[repr(i64)] "]);
                let count = 1 + self.numbers.below(4);
                let variants: String =
                    (0..count).map(|at| format!("V{at} = {}, ", at * 3 + self.numbers.below(3))).collect();
                format!("{repr}pub enum {name} {{ {variants} }}")
            }
            4 => {
                let count = self.numbers.below(5);
                let variants: String = (0..count).map(|at| self.variant(at)).collect();
                format!("pub enum {name} {{ {variants} }}")
            }
            5 => {
                let own = self.fields(3);
                self.generics.push(name.clone());
                return format!("pub struct {name}<G: 'static> {{ own: G, {own} }}");
            }
            _ => {
                self.generics.push(name.clone());
                return format!("pub enum {name}<G: 'static> {{ A(G), B(&'static G, u8), C }}");
            }
        };
        self.types.push(name);
        text
    }

    fn variant(&mut self, at: usize) -> String {
        match self.numbers.below(3) {
            0 => format!("V{at}, "),
            1 => format!("V{at}({}), ", self.type_(1)),
            _ => format!("V{at} {{ {} }}, ", self.fields(3)),
        }
    }

    fn symbol(&mut self, name: &str) -> String {
        match self.numbers.below(6) {
            0 => format!("#[no_mangle] pub static mut {name}: Option<{}> = None;", self.type_(0)),
            1 => {
                let (captured, given) = (self.type_(1), self.type_(1));
                format!(
                    "#[no_mangle] pub fn {name}(a: {captured}, b: {given}) -> usize {{ \
                     let c = move |n: {given}| {{ core::mem::size_of_val(&a) + core::mem::size_of_val(&n) }}; \
                     std::hint::black_box(&c); c(b) }}"
                )
            }
            kind => {
                let count = self.numbers.below(4);
                let parameters: String = (0..count).map(|at| format!("p{at}: {}, ", self.type_(0))).collect();
                let head = if kind == 2 { "extern \"C\" fn" } else { "fn" };
                format!("#[no_mangle] pub {head} {name}({parameters}) -> {} {{ loop {{}} }}", self.type_(0))
            }
        }
    }
}
