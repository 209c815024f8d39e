//! The model as C.

use std::fmt::Write;

use super::base::Alias;
use super::types::{Definition, Export, Pair, Record, Side, Signature, Type};

/// A state, and what makes its names unique among those that share a source file.
#[derive(Clone, Copy, Debug)]
pub struct Tagged<'a> {
    /// The state.
    pub side: &'a Side,
    /// What all names of it have.
    pub number: usize,
}

/// How the kernel's macro exports a symbol, as far as an object shows it.
const EXPORT: &str = "\
#define EXPORT_SYMBOL(sym) asm(\".pushsection .export_symbol, \\\"a\\\"\\n__export_symbol_\" #sym \":\\n\\
.asciz \\\"\\\"\\n.asciz \\\"\\\"\\n.balign 8\\n.quad \" #sym \"\\n.popsection\")
";

/// A source file: types as if they stood in a header, since what stands in a source file is private.
pub fn source(states: &[Tagged<'_>]) -> String {
    let mut text = format!("{EXPORT}# 1 \"t.h\"\n{}", header(states));
    text.push_str("# 1 \"t.c\"\n");
    for state in states {
        for at in 0..state.side.exports.len() {
            let name = state.symbol(at);
            let _ = writeln!(text, "{}\nEXPORT_SYMBOL({name});", state.defined(at));
        }
    }
    text
}

/// The same for genksyms, which reads declarations.
pub fn declarations(states: &[Tagged<'_>]) -> String {
    let mut text = header(states);
    for state in states {
        for at in 0..state.side.exports.len() {
            let word = if matches!(state.side.exports[at], Export::Variable(_)) { "extern " } else { "" };
            let (symbol, declaration) = (state.symbol(at), state.declaration(at));
            let _ = writeln!(text, "{word}{declaration};\n__GENKSYMS_EXPORT_SYMBOL({symbol});");
        }
    }
    text
}

/// The types alone.
pub(super) fn header(states: &[Tagged<'_>]) -> String {
    let mut text = Alias::declarations();
    states.iter().for_each(|state| text.push_str(&state.definitions()));
    text
}

/// A pair for people, with all that it needs to be compiled: the old state, or with `-DNEW` the new one.
pub fn listing(pair: &Pair) -> String {
    let state = |side: &Side| {
        let state = Tagged { side, number: 0 };
        let mut text: String = pair.reached().into_iter().map(|index| state.definition(index)).collect();
        for at in 0..side.exports.len() {
            let _ = writeln!(text, "{}\nEXPORT_SYMBOL({});", state.defined(at), state.symbol(at));
        }
        text
    };
    let (old, new) = (state(&pair.old), state(&pair.new));
    let words: Vec<&str> = [old.as_str(), &new]
        .iter()
        .flat_map(|text| text.split(|c: char| !(c == '_' || c.is_ascii_alphanumeric())))
        .collect();
    format!(
        "// seed {}: {}\n{EXPORT}# 1 \"t.h\"\n{}#ifndef NEW\n{old}#else\n{new}#endif\n",
        pair.seed,
        pair.edits.join(", "),
        Alias::needed(&words),
    )
}

impl Tagged<'_> {
    /// The name of an exported symbol.
    pub fn symbol(&self, at: usize) -> String {
        format!("f{}_{at}", self.number)
    }

    /// A declaration of `inner`, which is a name or what stands around one.
    pub fn declare(&self, ty: &Type, inner: &str) -> String {
        match ty {
            Type::Void => format!("void {inner}"),
            Type::Base(base) => format!("{} {inner}", base.name()),
            Type::Alias(alias) => format!("{} {inner}", alias.name()),
            Type::Named(index) => format!("{} {inner}", self.named(*index)),
            Type::Inline(record) => format!("{} {inner}", self.record(record, "")),
            Type::Pointer(target) => self.pointer(target, "", inner),
            Type::Array(element, Some(count)) => self.declare(element, &format!("{inner}[{count}]")),
            Type::Array(element, None) => self.declare(element, &format!("{inner}[]")),
            Type::Function(signature) => self.declare(&signature.result, &self.function(signature, inner)),
            Type::Const(ty) => self.qualified("const ", ty, inner),
            Type::Volatile(ty) => self.qualified("volatile ", ty, inner),
        }
    }

    fn qualified(&self, word: &str, ty: &Type, inner: &str) -> String {
        match ty {
            Type::Pointer(target) => self.pointer(target, word, inner),
            Type::Const(_) | Type::Volatile(_) if behind_qualifiers(ty) => {
                self.declare(ty, &format!("{word}{inner}"))
            }
            _ => format!("{word}{}", self.declare(ty, inner)),
        }
    }

    fn pointer(&self, target: &Type, word: &str, inner: &str) -> String {
        match target {
            Type::Function(_) | Type::Array(..) => self.declare(target, &format!("(*{word}{inner})")),
            _ => self.declare(target, &format!("*{word}{inner}")),
        }
    }

    fn function(&self, signature: &Signature, inner: &str) -> String {
        let parameter = |(ty, name): (&Type, &str)| self.declare(ty, name);
        let all: Vec<String> =
            signature.parameters.iter().map(|each| parameter((&each.ty, &each.name))).collect();
        format!("{inner}({})", if all.is_empty() { "void".to_owned() } else { all.join(", ") })
    }

    /// How a named type is called where it is used.
    pub fn named(&self, index: usize) -> String {
        let tag = format!("{}_{index}", self.number);
        match &self.side.definitions[index] {
            Definition::Record(record) => format!("{} s{tag}", word(record)),
            Definition::Enumeration(_) => format!("enum e{tag}"),
            Definition::Opaque => format!("struct s{tag}"),
            Definition::Typedef(_) => format!("t{tag}"),
        }
    }

    /// What an enumerator is called.
    pub fn enumerator(&self, name: &str) -> String {
        format!("E{}_{name}", self.number)
    }

    /// All named types.
    pub fn definitions(&self) -> String {
        (0..self.side.definitions.len()).map(|index| self.definition(index)).collect()
    }

    fn definition(&self, index: usize) -> String {
        let tag = format!("{}_{index}", self.number);
        match &self.side.definitions[index] {
            Definition::Record(record) => format!("{};\n", self.record(record, &format!("s{tag} "))),
            Definition::Opaque => format!("struct s{tag};\n"),
            Definition::Typedef(ty) => format!("typedef {};\n", self.declare(ty, &format!("t{tag}"))),
            Definition::Enumeration(all) => {
                let one = |each: &super::Enumerator| {
                    let value = each.value.map_or(String::new(), |value| format!(" = {value}"));
                    self.enumerator(&each.name) + &value
                };
                let all: Vec<String> = all.iter().map(one).collect();
                format!("enum e{tag} {{ {} }};\n", all.join(", "))
            }
        }
    }

    fn record(&self, record: &Record, tag: &str) -> String {
        let mut text = format!("{} {tag}{{ ", word(record));
        for member in &record.members {
            let bits = member.bits.map_or(String::new(), |bits| format!(" : {bits}"));
            let aligned = match member.aligned {
                0 => String::new(),
                bytes => format!(" __attribute__((aligned({bytes})))"),
            };
            let _ = write!(text, "{}{bits}{aligned}; ", self.declare(&member.ty, &member.name).trim_end());
        }
        text.push('}');
        if record.is_packed {
            text.push_str(" __attribute__((packed))");
        }
        if record.aligned > 0 {
            let _ = write!(text, " __attribute__((aligned({})))", record.aligned);
        }
        text
    }

    /// The declaration of an exported symbol.
    fn declaration(&self, at: usize) -> String {
        let name = self.symbol(at);
        match &self.side.exports[at] {
            Export::Function(signature) => self.declare(&signature.result, &self.function(signature, &name)),
            Export::Variable(ty) => self.declare(ty, &name),
        }
    }

    /// The definition of an exported symbol.
    fn defined(&self, at: usize) -> String {
        match &self.side.exports[at] {
            Export::Function(_) => self.declaration(at) + " { __builtin_trap(); }",
            Export::Variable(_) => self.declaration(at) + ";",
        }
    }
}

/// Whether there is a pointer behind all qualifiers.
fn behind_qualifiers(ty: &Type) -> bool {
    match ty {
        Type::Const(inner) | Type::Volatile(inner) => behind_qualifiers(inner),
        Type::Pointer(_) => true,
        _ => false,
    }
}

fn word(record: &Record) -> &'static str {
    if record.is_union { "union" } else { "struct" }
}
