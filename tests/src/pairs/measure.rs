//! Programs that measure their own types: where members are, how large they are, which bits a bit-field has.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;
use std::process::Command;

use super::source::{Tagged, header};
use super::types::{Definition, Export, Record, Side, Type};

/// What a program says of one state.
#[derive(Clone, Debug, Default)]
pub struct Measured {
    /// Of named structures and unions, by their index.
    pub layouts: BTreeMap<usize, Layout>,
    /// The values of enumerators, by the index of the enumeration, in order.
    pub values: BTreeMap<usize, Vec<i64>>,
    /// The sizes of enumerations.
    pub sizes: BTreeMap<usize, u64>,
    /// For each export the size of the variable, or of what a function gives and takes.
    pub exports: Vec<Vec<u64>>,
}

/// A structure or union.
#[derive(Clone, Debug, Default)]
pub struct Layout {
    /// In bytes.
    pub size: u64,
    /// In bytes.
    pub alignment: u64,
    /// Whether all members begin at its beginning.
    pub is_union: bool,
    /// All members, however deep, that have a name.
    pub leaves: Vec<Leaf>,
}

/// A member and where it is.
#[derive(Clone, Debug)]
pub struct Leaf {
    /// As a program would reach it: `a.b[1].c`.
    pub path: String,
    /// Its type.
    pub ty: Type,
    /// Whether it is a bit-field.
    pub is_bit_field: bool,
    /// Where it is.
    pub place: Place,
    /// Of an array, the bytes of an element.
    pub element: Option<u64>,
}

/// Where something is, in bits from the beginning of the outermost type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The first bit.
    pub first: u64,
    /// How many there are.
    pub count: u64,
}

impl Place {
    /// Whether another place is within this one.
    pub(super) fn holds(self, other: Place) -> bool {
        self.first <= other.first && other.first + other.count <= self.first + self.count
    }
}

/// Compiles a program of some states, runs it, and gives what it says of each.
///
/// # Errors
/// What the compiler says, or that the program fails.
pub fn measure(compiler: &str, folder: &Path, states: &[Tagged<'_>]) -> Result<Vec<Measured>, String> {
    let mut questions = Dialogue::default();
    // What is read only could not be written.
    let mut text = format!("#define const\n#define volatile\n{}{PRELUDE}", header(states));
    for (at, state) in states.iter().enumerate() {
        state.measured(&mut questions);
        let _ = writeln!(text, "static void m{at}(void) {{\n{}}}", std::mem::take(&mut questions.questions));
    }
    text.push_str("int main(void) {\n");
    (0..states.len()).for_each(|at| {
        let _ = writeln!(text, "m{at}();");
    });
    text.push_str("return 0; }\n");
    let (source, program) = (folder.join("measure.c"), folder.join("measure"));
    std::fs::write(&source, text).map_err(|error| error.to_string())?;
    let options = ["-w", "-O0", "-std=gnu11", "-fno-strict-aliasing", "-o"];
    let output = Command::new(compiler).args(options).arg(&program).arg(&source).output();
    let output = output.map_err(|error| format!("{compiler}: {error}"))?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned());
    }
    let output = Command::new(&program).output().map_err(|error| error.to_string())?;
    let numbers = String::from_utf8_lossy(&output.stdout);
    let mut answers: Vec<i64> = numbers.lines().filter_map(|line| line.parse().ok()).collect();
    answers.reverse();
    let mut dialogue = Dialogue { answers, is_answered: true, ..Dialogue::default() };
    let measured = states.iter().map(|state| state.measured(&mut dialogue)).collect();
    if output.status.success() && dialogue.answers.is_empty() && !dialogue.is_short {
        Ok(measured)
    } else {
        Err(format!("the program that measures: {output:?}"))
    }
}

/// `bits` sets a bit-field of an object that is all zeros, which `x` points to, and prints its first bit and their number.
const PRELUDE: &str = "
int printf(const char *, ...);
static void p(long value) { printf(\"%ld\\n\", value); }
static unsigned char x[1 << 16];
static void bits(void) {
    long first = -1, count = 0;
    for (long at = 0; at < sizeof(x) * 8; at++)
        if (x[at / 8] >> at % 8 & 1) { if (first < 0) first = at; count++; }
    p(first); p(count);
    __builtin_memset(x, 0, sizeof(x));
}
";

/// Questions that are written, or, in the same order, their answers.
#[derive(Default)]
struct Dialogue {
    questions: String,
    /// The next one is the last.
    answers: Vec<i64>,
    is_answered: bool,
    is_short: bool,
}

impl Dialogue {
    fn number(&mut self, expression: &str) -> i64 {
        if !self.is_answered {
            let _ = writeln!(self.questions, "p({expression});");
            return 0;
        }
        self.next()
    }

    fn size(&mut self, expression: &str) -> u64 {
        self.number(expression).cast_unsigned()
    }

    fn bits(&mut self, ty: &str, path: &str) -> Place {
        if !self.is_answered {
            let _ = writeln!(self.questions, "(({ty} *)x)->{path} = -1; bits();");
            return Place { first: 0, count: 0 };
        }
        Place { first: self.next().cast_unsigned(), count: self.next().cast_unsigned() }
    }

    fn next(&mut self) -> i64 {
        let answer = self.answers.pop();
        self.is_short |= answer.is_none();
        answer.unwrap_or_default()
    }
}

impl Tagged<'_> {
    /// Asks all that there is to ask. Which questions there are does not depend on answers.
    fn measured(&self, dialogue: &mut Dialogue) -> Measured {
        let mut measured = Measured::default();
        for (index, definition) in self.side.definitions.iter().enumerate() {
            let name = self.named(index);
            if let Some(record) = Type::Named(index).record(self.side) {
                measured.layouts.insert(index, self.layout(record, &name, dialogue));
            }
            if let Definition::Enumeration(all) = definition {
                let value = |each: &super::Enumerator| dialogue.number(&self.enumerator(&each.name));
                measured.values.insert(index, all.iter().map(value).collect());
                measured.sizes.insert(index, dialogue.size(&format!("sizeof({name})")));
            }
        }
        for export in &self.side.exports {
            let types: Vec<&Type> = match export {
                Export::Variable(ty) => vec![ty],
                Export::Function(signature) => {
                    let parameters = signature.parameters.iter().map(|parameter| &parameter.ty);
                    std::iter::once(&signature.result).chain(parameters).collect()
                }
            };
            let size = |ty: &&Type| dialogue.size(&format!("sizeof({})", self.declare(ty, "")));
            measured.exports.push(types.iter().map(size).collect());
        }
        measured
    }

    fn layout(&self, record: &Record, name: &str, dialogue: &mut Dialogue) -> Layout {
        let size = dialogue.size(&format!("sizeof({name})"));
        let alignment = dialogue.size(&format!("_Alignof({name})"));
        let mut found = Vec::new();
        paths(self.side, record, "", &mut found);
        let leaf = |(path, ty, is_bit_field): (String, &Type, bool)| {
            if is_bit_field {
                let place = dialogue.bits(name, &path);
                return Leaf { ty: ty.clone(), is_bit_field, place, element: None, path };
            }
            let first = dialogue.size(&format!("__builtin_offsetof({name}, {path})")) * 8;
            let value = format!("(({name} *)0)->{path}");
            let element = matches!(ty.resolved(self.side), Type::Array(..))
                .then(|| dialogue.size(&format!("sizeof({value}[0])")));
            let count = match ty.resolved(self.side) {
                Type::Array(_, None) => 0,
                _ => dialogue.size(&format!("sizeof({value})")) * 8,
            };
            Leaf { ty: ty.clone(), is_bit_field, place: Place { first, count }, element, path }
        };
        let is_union = record.is_union;
        Layout { size, alignment, is_union, leaves: found.into_iter().map(leaf).collect() }
    }
}

/// All members with names, those inside of others behind them.
fn paths<'a>(side: &'a Side, record: &'a Record, prefix: &str, found: &mut Vec<(String, &'a Type, bool)>) {
    for member in &record.members {
        if member.name.is_empty() {
            if let Type::Inline(inner) = &member.ty {
                paths(side, inner, prefix, found);
            }
            continue;
        }
        let path = format!("{prefix}{}", member.name);
        found.push((path.clone(), &member.ty, member.bits.is_some()));
        match member.ty.resolved(side) {
            Type::Array(element, count) => {
                let (mut element, mut count, mut path) = (element, count, path);
                while let Type::Array(inner, inner_count) = element.resolved(side) {
                    path.push_str("[0]");
                    (element, count) = (inner, inner_count);
                }
                if let Some(inner) = element.record(side) {
                    paths(side, inner, &format!("{path}[0]."), found);
                    // The next one in the innermost dimension, if there is one.
                    if count.is_some_and(|count| count > 1) {
                        paths(side, inner, &format!("{path}[1]."), found);
                    }
                }
            }
            ty => {
                if let Some(inner) = ty.record(side) {
                    paths(side, inner, &format!("{path}."), found);
                }
            }
        }
    }
}
