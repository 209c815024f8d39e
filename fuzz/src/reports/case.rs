//! Two builds whose names are as bad as can be, and a policy that names them.

use arbitrary::{Arbitrary, Result, Unstructured};

use crate::edited;

/// What is in each drawn name, and in nothing else that a report says.
pub(super) const MARK: &str = "zq9";

/// Names without blanks: what would mean something in a format, or on a terminal.
const NAMES: [&str; 24] = [
    "zq9",
    "<script>alert(zq9)</script>",
    "zq9\"onmouseover=\"alert(1)",
    "zq9'onload='x",
    "zq9></span></code></pre></svg></table><img/src=x>",
    "<!--zq9",
    "-->zq9<![CDATA[",
    "zq9&lt;&#x3c;&amp",
    "`zq9`",
    "zq9```",
    "````zq9",
    "zq9|a|b\\|",
    "zq9\\",
    "@zq9",
    "[zq9](http://example.org)",
    "**zq9**_#1!",
    "\u{202e}zq9\u{2066}",
    "zq9\u{1b}[31m\u{7}",
    "zq9\u{7f}\u{9b}2J",
    "zq9\u{2028}\u{200b}\u{feff}",
    "{{zq9}}{%if%}{#",
    "_RNvCs15kBYyAo9fc_7mycrate3zq9",
    "_ZN4core3zq917h0123456789abcdefE",
    "zq9gr\u{fc}n\u{1f600}",
];

/// Names of types may have blanks, in quotes.
const TYPE_NAMES: [&str; 4] =
    ["zq9::Result<u8, &'a str>", "zq9 </details> ```", "a | zq9 | b", "zq9 <b onclick=x>"];

/// Files of both builds, and of a policy.
#[derive(Clone, Debug)]
pub(super) struct Case {
    pub(super) builds: [Vec<Vec<u8>>; 2],
    pub(super) policies: Vec<(&'static str, String)>,
}

/// What drawn names become.
struct Renaming {
    types: [&'static str; 5],
    members: [&'static str; 4],
    exports: [&'static str; 3],
}

impl Case {
    pub(super) fn draw(u: &mut Unstructured<'_>) -> Result<Case> {
        let renaming = Renaming::draw(u)?;
        let (old, new) = edited::draw(u)?;
        let (has_lines, has_types) = *u.choose(&[(false, true), (true, true), (true, false)])?;
        let policies = policies(u, &renaming)?;
        let lines = [lines(u, &renaming)?, lines(u, &renaming)?].map(|lines| has_lines.then_some(lines));
        let types = [old, new].map(|text| has_types.then(|| renaming.apply(&text)));
        let [old, new] = lines;
        let [old_types, new_types] = types;
        let builds = [(old, old_types), (new, new_types)];
        Ok(Case { builds: builds.map(|(lines, types)| lines.into_iter().chain(types).collect()), policies })
    }
}

impl Renaming {
    fn draw(u: &mut Unstructured<'_>) -> Result<Renaming> {
        let mut renaming = Renaming { types: ["zq9"; 5], members: ["zq9"; 4], exports: ["zq9"; 3] };
        for name in &mut renaming.types {
            *name = if u.ratio(1, 3)? { u.choose(&TYPE_NAMES)? } else { u.choose(&NAMES)? };
        }
        for name in renaming.members.iter_mut().chain(&mut renaming.exports) {
            *name = u.choose(&NAMES)?;
        }
        Ok(renaming)
    }

    /// Symtypes with other names.
    fn apply(&self, text: &[u8]) -> Vec<u8> {
        let text = str::from_utf8(text).expect("text");
        let lines = text.lines().map(|line| line.split(' ').map(|word| self.word(word)).collect::<Vec<_>>());
        lines.flat_map(|words| (words.join(" ") + "\n").into_bytes()).collect()
    }

    fn word(&self, word: &str) -> String {
        let number = |rest: &str| rest.parse::<usize>().ok();
        let named = |rest: &str| rest.strip_prefix('t').and_then(number).and_then(|at| self.types.get(at));
        if let Some((prefix, name)) =
            word.split_once('#').and_then(|(prefix, rest)| Some((prefix, named(rest)?)))
        {
            return if name.contains(' ') {
                format!("{prefix}#'{name}'")
            } else {
                format!("{prefix}#{name}")
            };
        }
        let export = word.strip_prefix('f').and_then(number).and_then(|at| self.exports.get(at));
        let is_member = word.len() == 1 && word.bytes().all(|byte| byte.is_ascii_lowercase());
        let member = || word.bytes().next().map(|byte| self.members[usize::from(byte) % 4]);
        let name = named(word).or(export).copied().or_else(|| member().filter(|_| is_member));
        name.unwrap_or(word).to_owned()
    }
}

/// Lines of a `Module.symvers`.
fn lines(u: &mut Unstructured<'_>, renaming: &Renaming) -> Result<Vec<u8>> {
    let mut text = String::new();
    for symbol in renaming.exports.iter().chain(&NAMES[..4]) {
        if u.ratio(3, 4)? {
            let (version, module, namespace) = (u.int_in_range(0..=2)?, u.choose(&NAMES)?, u.choose(&NAMES)?);
            let kind = u.choose(&["EXPORT_SYMBOL", "EXPORT_SYMBOL_GPL"])?;
            text += &format!("{version:#010x}\t{symbol}\t{module}\t{kind}\t{namespace}\n");
        }
    }
    Ok(text.into_bytes())
}

fn policies(u: &mut Unstructured<'_>, renaming: &Renaming) -> Result<Vec<(&'static str, String)>> {
    let mut policies = Vec::new();
    for _ in 0..u.int_in_range(0..=2)? {
        let name = if bool::arbitrary(u)? { renaming.exports[0] } else { *u.choose(&NAMES)? };
        let verdict = u.choose(&["pass", "fail"])?;
        policies.push(match u.int_in_range(0..=3)? {
            0 => ("severities", format!("SYMBOL {name} {verdict}\nMODULE zq9* {verdict}\n")),
            1 => (
                "classes",
                format!("class * {verdict} {}\ndifference * {verdict} {name}\n", renaming.types[0]),
            ),
            2 => ("stablelist", format!("[list]\n{name}\nzq9<listed>\n")),
            _ => ("debian", format!("ignore-changes: name:{name} module:*zq9*\n")),
        });
    }
    Ok(policies)
}
