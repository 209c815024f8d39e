//! Patterns with wildcards, many at a time: which is the first that matches.
//!
//! A pattern is matched in time that grows with the text alone, whatever wildcards are in it, and what patterns may take
//! together is limited.

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
    bytes: usize,
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
            Ok(glob) => self.globs.push((rule, glob.compile_matcher())),
            Err(error) => bail!("not a pattern: {}", error.kind()),
        }
        Ok(())
    }

    /// The first rule whose pattern matches.
    pub(super) fn first(&self, text: &str) -> Option<usize> {
        let name = self.names.find(text);
        let is_before = |rule: usize| name.is_none_or(|name| rule < name);
        let globs = self.globs.iter().take_while(|&&(rule, _)| is_before(rule));
        let glob = globs.filter(|(_, glob)| glob.is_match(text)).map(|&(rule, _)| rule).next();
        glob.or(name)
    }

    /// All rules whose patterns match, as far as they are asked about.
    pub(super) fn all<'p>(
        &'p self,
        text: &'p str,
        is_asked: impl Fn(usize) -> bool + 'p,
    ) -> impl Iterator<Item = usize> + 'p {
        let globs = self.globs.iter().filter(move |&&(rule, _)| is_asked(rule));
        let globs = globs.filter(move |(_, glob)| glob.is_match(text)).map(|&(rule, _)| rule);
        self.names.all(text).chain(globs)
    }
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
