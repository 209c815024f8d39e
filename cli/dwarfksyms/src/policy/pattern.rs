//! Patterns with wildcards, many at a time: which is the first that matches.
//!
//! A pattern is matched in time that grows with the text alone, whatever wildcards are in it, and what patterns may take
//! together is limited. Only those are tried of which the longest word is in the text; the words of all are looked for at once.

use std::cell::{Cell, OnceCell};
use std::collections::HashMap;

use aho_corasick::{AhoCorasick, AhoCorasickKind};
use anyhow::{Result, bail};
use globset::{GlobBuilder, GlobMatcher};

use super::Names;

/// The most patterns with wildcards in one file, and the most bytes that they may have together.
const MOST: usize = 4096;
pub(super) const MOST_BYTES: usize = 256 << 10;

/// What wildcards mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Dialect {
    /// `*` is any text, `?` any character.
    Plain,
    /// As in the names of files: `*` and `?` are no `/`, `**` is any number of folders, and `[...]` one of some characters.
    Paths,
}

/// Patterns, and the positions of their rules.
#[derive(Debug, Default)]
pub(super) struct Patterns {
    /// Those without wildcards, and their rules.
    names: Names,
    /// The others, in order.
    globs: Vec<(usize, GlobMatcher)>,
    /// Of each of these, what must be in a text.
    required: Vec<String>,
    words: OnceCell<Words>,
    bytes: usize,
    /// The steps that matching has taken.
    steps: Cell<u64>,
}

impl Patterns {
    /// Adds the pattern of a rule; positions must grow.
    ///
    /// # Errors
    /// A pattern that is empty or malformed, or too many.
    pub(super) fn add(&mut self, pattern: &str, dialect: Dialect, rule: usize) -> Result<()> {
        if pattern.is_empty() {
            bail!("the pattern is empty");
        }
        let wild: &[char] = match dialect {
            Dialect::Plain => &['*', '?'],
            Dialect::Paths => &['*', '?', '['],
        };
        if !pattern.contains(wild) {
            self.names.add(pattern, rule);
            return Ok(());
        }
        self.bytes += pattern.len();
        if self.globs.len() >= MOST || self.bytes > MOST_BYTES {
            bail!("more than {MOST} patterns with wildcards, or {MOST_BYTES} bytes of them");
        }
        let glob =
            GlobBuilder::new(&escaped(pattern, wild)).literal_separator(dialect == Dialect::Paths).build();
        match glob {
            Ok(glob) => {
                self.globs.push((rule, glob.compile_matcher()));
                self.required.push(required(pattern, dialect).to_owned());
                self.words = OnceCell::new();
            }
            Err(error) => bail!("not a pattern: {}", error.kind()),
        }
        Ok(())
    }

    /// The first rule whose pattern matches.
    pub(super) fn first(&self, text: &str) -> Option<usize> {
        let name = self.names.find(text);
        let is_before = |rule: usize| name.is_none_or(|name| rule < name);
        let candidates = self.candidates(text);
        let globs = candidates.iter().filter_map(|&at| self.globs.get(at));
        let mut globs = globs.take_while(|&&(rule, _)| is_before(rule));
        globs.find(|(_, glob)| self.is_match(glob, text)).map(|&(rule, _)| rule).or(name)
    }

    /// All rules whose patterns match, as far as they are asked about.
    pub(super) fn all<'p>(
        &'p self,
        text: &'p str,
        is_asked: impl Fn(usize) -> bool + 'p,
    ) -> impl Iterator<Item = usize> + 'p {
        let globs = self.candidates(text).into_iter().filter_map(|at| self.globs.get(at));
        let globs = globs.filter(move |&&(rule, _)| is_asked(rule));
        let globs = globs.filter(move |(_, glob)| self.is_match(glob, text)).map(|&(rule, _)| rule);
        self.names.all(text).chain(globs)
    }

    /// The steps that matching has taken so far.
    pub(super) fn steps(&self) -> u64 {
        self.steps.get()
    }

    fn is_match(&self, glob: &GlobMatcher, text: &str) -> bool {
        self.spend(STEPS_OF_A_MATCH + text.len() as u64);
        glob.is_match(text)
    }

    fn spend(&self, steps: u64) {
        self.steps.set(self.steps.get().saturating_add(steps));
    }

    /// The positions of the patterns with wildcards that could match, in order: those whose words are in the text.
    fn candidates(&self, text: &str) -> Vec<usize> {
        let words = self.words.get_or_init(|| Words::of(&self.required));
        let mut candidates = words.always.clone();
        let mut is_met = vec![false; words.patterns.len()];
        self.spend((text.len() + candidates.len() + is_met.len() / 16) as u64);
        if let Some(searcher) = &words.searcher {
            for word in searcher.find_overlapping_iter(text) {
                self.spend(4);
                if !std::mem::replace(&mut is_met[word.pattern().as_usize()], true) {
                    candidates.extend(&words.patterns[word.pattern().as_usize()]);
                }
            }
        }
        self.spend(4 * candidates.len() as u64);
        candidates.sort_unstable();
        candidates
    }
}

/// What it takes to try a pattern, in the steps that a limit counts.
const STEPS_OF_A_MATCH: u64 = 16;

/// The words that must be in a text for patterns to match it, all of which are looked for at one time.
#[derive(Debug)]
struct Words {
    searcher: Option<AhoCorasick>,
    /// By word, the positions of the patterns that have it.
    patterns: Vec<Vec<usize>>,
    /// Those that have none.
    always: Vec<usize>,
}

impl Words {
    fn of(required: &[String]) -> Words {
        let mut by_word: HashMap<&str, Vec<usize>> = HashMap::new();
        let mut always = Vec::new();
        for (at, word) in required.iter().enumerate() {
            if word.is_empty() {
                always.push(at);
            } else {
                by_word.entry(word).or_default().push(at);
            }
        }
        let (words, patterns): (Vec<&str>, Vec<Vec<usize>>) = by_word.into_iter().unzip();
        match AhoCorasick::builder().kind(Some(AhoCorasickKind::ContiguousNFA)).build(words) {
            Ok(searcher) => Words { searcher: Some(searcher), patterns, always },
            // So many that they cannot be numbered: each pattern is tried.
            Err(_) => Words { searcher: None, patterns: Vec::new(), always: (0..required.len()).collect() },
        }
    }
}

/// The longest word that must be in each text that a pattern matches; empty if there is none.
fn required(pattern: &str, dialect: Dialect) -> &str {
    let (certain, ends): (&str, &[char]) = match dialect {
        Dialect::Plain => (pattern, &['*', '?']),
        // What is in brackets is one of several characters, and `**/` may be no folder at all.
        Dialect::Paths => (pattern.split('[').next().unwrap_or_default(), &['*', '?', '/', ']']),
    };
    certain.split(ends).max_by_key(|word| word.len()).unwrap_or_default()
}

/// A pattern in which nothing has a meaning but the wildcards.
fn escaped(pattern: &str, wild: &[char]) -> String {
    let mut escaped = String::new();
    let mut last = None;
    for char in pattern.chars() {
        let is_wild = wild.contains(&char) || (char == ']' && wild.contains(&'['));
        // Several stars are no more than one, unless folders are meant.
        if char == '*' && last == Some('*') && !wild.contains(&'[') {
            continue;
        }
        if !is_wild && matches!(char, '\\' | '{' | '}' | '[' | ']') {
            escaped.push('\\');
        }
        escaped.push(char);
        last = Some(char);
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_match(pattern: &str, dialect: Dialect, text: &str) -> bool {
        let mut patterns = Patterns::default();
        patterns.add(pattern, dialect, 0).unwrap();
        patterns.first(text).is_some()
    }

    #[test]
    fn plain_wildcards_cross_folders_and_nothing_else_has_a_meaning() {
        let plain = |pattern, text| is_match(pattern, Dialect::Plain, text);
        assert!(plain("drivers/*", "drivers/a/b") && plain("*a?c*", "xabcx") && plain("a***/**b", "a//b"));
        assert!(!plain("a*", "ba") && !plain("a?", "a") && !plain("a/**/b", "a/b"));
        assert!(plain("[a]*{b,c}\\", "[a]x{b,c}\\") && !plain("[a]*", "a"));
        assert!(plain("s#'a b*'", "s#'a b<c>'"));
    }

    #[test]
    fn wildcards_of_paths_end_at_folders() {
        let paths = |pattern, text| is_match(pattern, Dialect::Paths, text);
        assert!(paths("drivers/net/*", "drivers/net/a") && !paths("drivers/net/*", "drivers/net/a/b"));
        assert!(paths("drivers/**", "drivers/net/a/b") && paths("**/b", "drivers/a/b"));
        assert!(paths("**/*b/**/c", "b/c") && paths("[!x]*z[ab]", "yzza") && paths("a/**/]", "a/]"));
        assert!(paths("a[bc]d", "abd") && !paths("a[bc]d", "add") && paths("{a}*", "{a}x"));
    }

    #[test]
    fn the_first_of_several_counts() {
        let mut patterns = Patterns::default();
        for (rule, pattern) in ["a*", "abc", "*c", "abc"].into_iter().enumerate() {
            patterns.add(pattern, Dialect::Plain, rule).unwrap();
        }
        assert_eq!(patterns.first("abc"), Some(0));
        assert_eq!(patterns.first("bc"), Some(2));
        assert_eq!(patterns.first("b"), None);
        let mut patterns = Patterns::default();
        patterns.add("abc", Dialect::Plain, 5).unwrap();
        patterns.add("a*", Dialect::Plain, 6).unwrap();
        assert_eq!(patterns.first("abc"), Some(5));
    }

    #[test]
    fn hostile_patterns_take_no_longer() {
        let mut patterns = Patterns::default();
        patterns.add(&"a*".repeat(500), Dialect::Plain, 0).unwrap();
        assert_eq!(patterns.first(&"a".repeat(4000)), Some(0));
        assert_eq!(patterns.first(&("a".repeat(499) + "b")), None);
        assert!(patterns.add(&"*".repeat(MOST_BYTES), Dialect::Plain, 1).is_err());
        assert!(
            patterns.add("a[", Dialect::Paths, 1).is_err() && patterns.add("", Dialect::Plain, 1).is_err()
        );
    }
}
