//! C with members that stand in for others, in all places and shapes that C has for them.

use std::fmt::Write;

use super::Program;
use crate::model::Numbers;

/// A program with kABI members that is drawn from a number.
pub fn kabi(seed: u64) -> Program {
    let mut numbers = Numbers(seed);
    let share = numbers.choose(&[10, 30, 60]);
    let mut writer = Writer { numbers, share, ..Writer::default() };
    let mut source = writer.types();
    // What stands in a source file is private.
    source += "# 1 \"x.c\"\n";
    let symbols = writer.symbols(&mut source);
    Program { source, symbols }
}

#[derive(Default)]
struct Writer {
    numbers: Numbers,
    /// The percentage of members that are kABI unions.
    share: usize,
    /// The number of names that were made.
    names: usize,
    /// The types that there are, complete or not.
    declared: Vec<String>,
    /// The types that are complete.
    complete: Vec<String>,
    /// A typedef of a union that stands for something else, in some programs. They come back to it in all places.
    favourite: Option<String>,
}

impl Writer {
    /// Whether something happens that happens in so many of a hundred cases.
    fn percent(&mut self, percent: usize) -> bool {
        self.numbers.below(100) < percent
    }

    fn choose<'a>(&mut self, all: &[&'a str]) -> &'a str {
        self.numbers.choose(all)
    }

    fn one_of(&mut self, is_complete: bool) -> String {
        if self.favourite.is_some() && self.percent(30) {
            return self.favourite.clone().unwrap_or_default();
        }
        let all = if is_complete { &self.complete } else { &self.declared };
        all[self.numbers.below(all.len())].clone()
    }

    fn name(&mut self) -> String {
        self.names += 1;
        format!("{}{}", self.choose(&["a", "b", "c", "d", "e", "f"]), self.names)
    }

    /// The types of a header.
    fn types(&mut self) -> String {
        let mut text = "# 1 \"t.h\"\nstruct none { };\ntypedef struct none none_t;\n".to_owned();
        self.declared.push("struct none".to_owned());
        let records: Vec<String> = (0..=self.numbers.below(8))
            .map(|at| format!("{} s{at}", if self.percent(80) { "struct" } else { "union" }))
            .collect();
        for record in &records {
            let _ = writeln!(text, "{record};");
        }
        self.declared.extend(records.iter().cloned());
        for record in records {
            let definition = match record.strip_prefix("union ") {
                Some(tag) if self.percent(70) => self.union(0, tag),
                _ => self.record(&record, 0),
            };
            let _ = writeln!(text, "{definition};");
            self.complete.push(record);
            if self.percent(40) {
                text += &self.alias();
            }
        }
        text
    }

    /// A typedef.
    fn alias(&mut self) -> String {
        self.names += 1;
        let name = format!("t{}", self.names);
        let definition = match self.numbers.below(3) {
            0 => self.declarator(&name, 0, Place::Anywhere),
            1 => {
                let definition = format!("{} {name}{}", self.union(0, ""), self.choose(&["", "[2]"]));
                if self.favourite.is_none() && self.percent(50) && !definition.contains('[') {
                    self.favourite = Some(name.clone());
                }
                definition
            }
            _ => format!("{} {name}", self.one_of(true)),
        };
        self.declared.push(name.clone());
        // A function cannot return an array.
        if !definition.contains('[') {
            self.complete.push(name);
        }
        format!("typedef {definition};\n")
    }

    /// Functions and variables, and the list of some or all of them.
    fn symbols(&mut self, source: &mut String) -> Vec<String> {
        let mut symbols = Vec::new();
        for at in 0..=self.numbers.below(6) {
            let name = format!("f{at}");
            if self.percent(60) {
                let result = match self.numbers.below(4) {
                    0 => "int".to_owned(),
                    1 => "void".to_owned(),
                    2 => format!("{} *", self.one_of(false)),
                    _ => self.one_of(true),
                };
                let count = self.numbers.below(4);
                let parameters: Vec<String> =
                    (0..count).map(|at| self.declarator(&format!("p{at}"), 1, Place::Parameter)).collect();
                let parameters =
                    if parameters.is_empty() { "void".to_owned() } else { parameters.join(", ") };
                let _ = writeln!(source, "{result} {name}({parameters}) {{ __builtin_trap(); }}");
            } else {
                let _ = writeln!(source, "{};", self.declarator(&name, 1, Place::Anywhere));
            }
            symbols.push(name);
        }
        self.numbers.shuffle(&mut symbols);
        if self.percent(50) {
            symbols.truncate(1 + self.numbers.below(symbols.len()));
        }
        symbols
    }

    /// A structure or union without stand-ins of its own.
    fn record(&mut self, head: &str, depth: usize) -> String {
        let count = self.numbers.below(5);
        let members: String = (0..count).map(|_| self.member(depth + 1)).collect();
        format!("{head} {{ {members} }}")
    }

    /// A union that stands for something else, if the one that stands in is where it counts.
    fn union(&mut self, depth: usize, tag: &str) -> String {
        let name = self.choose(&[
            "__kabi_reserved",
            "__kabi_renamed",
            "__kabi_renamed",
            "__kabi_renamed",
            "__kabi_ignored",
        ]);
        let mut name = name.to_owned() + self.choose(&["", "old", "x_", "_", "1"]);
        if self.percent(90) {
            self.names += 1;
            let _ = write!(name, "{}", self.names);
        }
        let mut stand_in = match self.percent(85) {
            true => self.declarator(&name, depth + 1, Place::Anywhere) + ";",
            false => self.member(depth + 1),
        };
        if self.percent(60) {
            let more = if self.percent(25) { self.member(depth + 2) } else { String::new() };
            let name = if self.percent(10) { self.name() } else { String::new() };
            stand_in = format!("struct {{ {stand_in}{more} }} {name};");
        }
        let count = self.numbers.choose(&[0, 1, 1, 1, 2, 2]);
        let mut members: Vec<String> = (0..count).map(|_| self.other(depth)).collect();
        members.insert(self.numbers.below(count + 1), stand_in);
        format!("union {tag} {{ {} }}", members.join(" "))
    }

    /// A member beside the one that stands in, sometimes one that takes no room.
    fn other(&mut self, depth: usize) -> String {
        if !self.percent(15) {
            return self.member(depth + 1);
        }
        let empty = self.choose(&[
            "struct { }",
            "struct none",
            "union { }",
            "none_t",
            "const struct none",
            "struct { struct { } z; }",
            "volatile struct { }",
        ]);
        format!("{empty} {}{};", self.name(), self.choose(&["", "", "", "[2]"]))
    }

    fn member(&mut self, depth: usize) -> String {
        if depth < 4 && self.percent(self.share) {
            let qualifier = self.choose(&["", "", "", "const ", "volatile "]);
            let (tag, name) = match self.numbers.below(10) {
                0 => (self.name(), self.name()),
                1..6 => (String::new(), String::new()),
                _ => (String::new(), self.name() + self.choose(&["", "", "[2]"])),
            };
            return format!("{qualifier}{} {name};", self.union(depth, &tag));
        }
        match self.numbers.below(20) {
            0..2 if depth < 4 => self.record("struct", depth) + ";",
            2 => {
                format!("{} {} : {};", self.choose(&["int", "long"]), self.name(), 1 + self.numbers.below(7))
            }
            3 if self.percent(50) => {
                let hidden = format!("__kabi_hidden{}", self.name());
                self.declarator(&hidden, depth, Place::Anywhere) + ";"
            }
            _ => {
                let name = self.name();
                self.declarator(&name, depth, Place::Anywhere) + ";"
            }
        }
    }

    /// A declaration of what `inner` is.
    fn declarator(&mut self, inner: &str, depth: usize, place: Place) -> String {
        let kind = if depth > 6 { 0 } else { self.numbers.below(20) };
        let qualifier = self.choose(&["", "", "", "const ", "volatile "]);
        match kind {
            0..4 => {
                let base = self.choose(&["int", "char", "long", "unsigned short", "_Bool", "void *"]);
                format!("{qualifier}{base} {inner}")
            }
            4..6 => {
                let pointer = format!("(*{qualifier}{inner})");
                self.declarator(&pointer, depth + 1, Place::Result)
            }
            6..8 if place == Place::Anywhere => {
                let array = format!("{inner}[{}]", 1 + self.numbers.below(4));
                self.declarator(&array, depth + 1, Place::Anywhere)
            }
            8..11 => {
                let count = self.numbers.choose(&[0, 1, 1, 2, 3]);
                let parameters: Vec<String> = (0..count)
                    .map(|_| {
                        let name = if self.percent(60) { self.name() } else { String::new() };
                        self.declarator(&name, depth + 1, Place::Parameter)
                    })
                    .collect();
                let parameters =
                    if parameters.is_empty() { "void".to_owned() } else { parameters.join(", ") };
                self.declarator(&format!("(*{inner})({parameters})"), depth + 1, Place::Result)
            }
            11..15 if !self.complete.is_empty() => format!("{qualifier}{} {inner}", self.one_of(true)),
            15 if depth < 4 && place == Place::Anywhere => {
                format!("{qualifier}{} {inner}", self.record("struct", depth))
            }
            16 if depth < 4 && place == Place::Anywhere && self.percent(self.share * 2) => {
                format!("{qualifier}{} {inner}", self.union(depth, ""))
            }
            _ => format!("{} *{inner}", self.one_of(false)),
        }
    }
}

/// Where a declaration stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Anywhere,
    /// What a function returns, or a pointer points to.
    Result,
    /// Arrays are pointers, and definitions are of no use to anybody.
    Parameter,
}
