//! Two builds that differ, and policies that are about what they have.

use std::collections::BTreeSet;

use arbitrary::{Arbitrary, Result, Unstructured};

use super::rules::{File, Name};
use crate::edited;

/// The symbols `f0` to `f2` are those that the types of [`edited`] are of.
pub(super) const SYMBOLS: [&str; 9] =
    ["f0", "f1", "f2", "vfs_read", "vfs_write", "bpf_x", "mydrv_debug", "gr\u{fc}n", "CAPS_ONLY"];
pub(super) const MODULES: [&str; 7] =
    ["vmlinux", "drivers/a", "drivers/a/b", "drivers/staging/a", "net/core/foo", "foo", "a"];
pub(super) const NAMESPACES: [&str; 4] = ["", "NS_A", "CRYPTO_INTERNAL", "NS_B"];
pub(super) const TYPES: [&str; 6] = ["s#t0", "u#t1", "e#t2", "t#t3", "t4", "t1"];

/// A line of a `Module.symvers`.
#[derive(Clone, Debug)]
struct Line {
    symbol: &'static str,
    version: u32,
    module: &'static str,
    is_gpl: bool,
    namespace: &'static str,
}

#[derive(Clone, Debug)]
pub(super) struct Case {
    /// The lines of each side, if there is a file of them.
    lines: Option<[Vec<Line>; 2]>,
    /// The types of each side, if there are any.
    types: Option<[Vec<u8>; 2]>,
    pub(super) files: Vec<File>,
}

impl Case {
    pub(super) fn draw(u: &mut Unstructured<'_>) -> Result<Case> {
        let (has_lines, has_types) = *u.choose(&[(true, false), (true, true), (false, true)])?;
        let types = if has_types { Some(<[Vec<u8>; 2]>::from(edited::draw(u)?)) } else { None };
        let files = (0..u.int_in_range(1..=3)?).map(|_| File::draw(u)).collect::<Result<_>>()?;
        let lines = if has_lines { Some(draw_lines(u)?) } else { None };
        Ok(Case { lines, types, files })
    }

    /// The files of both builds.
    pub(super) fn builds(&self) -> [Vec<Vec<u8>>; 2] {
        [0, 1].map(|side| {
            let lines = self.lines.iter().map(|lines| lines[side].iter().flat_map(Line::bytes).collect());
            lines.chain(self.types.iter().map(|types| types[side].clone())).collect()
        })
    }

    pub(super) fn has_types(&self) -> bool {
        self.types.is_some()
    }

    /// All that the builds have; what types only refer to may be among it or not.
    pub(super) fn names(&self) -> Vec<Name<'_>> {
        let mut names = Vec::new();
        for line in self.lines.iter().flatten().flatten() {
            names.extend([Name::Symbol(line.symbol), Name::Module(line.module)]);
            names.extend(Some(Name::Namespace(line.namespace)).filter(|_| !line.namespace.is_empty()));
        }
        for name in
            self.types.iter().flatten().flat_map(|text| lines(text)).filter_map(|line| line.split(' ').next())
        {
            match name.contains('#') {
                true => names.push(Name::Type(name)),
                // What is recorded is all that is exported.
                false if self.lines.is_none() => names.push(Name::Symbol(name)),
                false => names.push(Name::Type(name)),
            }
        }
        names
    }

    /// The names of types that are referred to.
    pub(super) fn references(&self) -> BTreeSet<&str> {
        let words = self.types.iter().flatten().flat_map(|text| lines(text)).flat_map(|line| line.split(' '));
        words.filter(|word| word.contains('#')).collect()
    }
}

fn lines(text: &[u8]) -> impl Iterator<Item = &str> {
    str::from_utf8(text).expect("text").lines()
}

impl Line {
    fn draw(u: &mut Unstructured<'_>, symbol: &'static str) -> Result<Line> {
        Ok(Line {
            symbol,
            version: u.int_in_range(0..=3)?,
            module: u.choose(&MODULES)?,
            is_gpl: bool::arbitrary(u)?,
            namespace: u.choose(&NAMESPACES)?,
        })
    }

    fn bytes(&self) -> Vec<u8> {
        let Line { symbol, version, module, is_gpl, namespace } = self;
        let kind = if *is_gpl { "EXPORT_SYMBOL_GPL" } else { "EXPORT_SYMBOL" };
        format!("{version:#010x}\t{symbol}\t{module}\t{kind}\t{namespace}\n").into_bytes()
    }
}

/// The lines of both sides.
fn draw_lines(u: &mut Unstructured<'_>) -> Result<[Vec<Line>; 2]> {
    let [mut old, mut new] = [Vec::new(), Vec::new()];
    for symbol in SYMBOLS {
        let line = Line::draw(u, symbol)?;
        let mut other = line.clone();
        match u.int_in_range(0..=7)? {
            0 => continue,
            1 => old.push(line),
            2 => new.push(line),
            change => {
                let drawn = Line::draw(u, symbol)?;
                match change {
                    3 => other.version = drawn.version,
                    4 => other.module = drawn.module,
                    5 => (other.is_gpl, other.namespace) = (drawn.is_gpl, drawn.namespace),
                    6 => other = drawn,
                    _ => {}
                }
                old.push(line);
                new.push(other);
            }
        }
        if u.ratio(1, 16)? {
            old.push(Line::draw(u, symbol)?);
        }
    }
    Ok([old, new])
}
