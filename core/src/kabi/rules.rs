//! kABI rules (`.discard.gendwarfksyms.kabi_rules`, SPEC section 8).
//!
//! Comes in: the sections' bytes. Goes out: for a rule's kind and target, the value that counts. Each
//! entry is four NUL-terminated strings; `1\0declonly\0struct_name\0\0` is a whole one.

use alloc::vec::Vec;
use core::sync::atomic::{AtomicBool, Ordering};

use crate::budget::Budget;
use crate::elf::Section;
use crate::error::{Error, ErrorKind, Place, Result};
use crate::limits::Limit;

/// The shortest entry that the format counts with: a version, a rule and a target of one byte each, an empty
/// value, and a NUL behind each. Fewer bytes are padding, not a rule.
const SHORTEST_ENTRY: usize = 7;
/// The fewest bytes that a section may have: it has no rule then, which is odd, but no damage.
const SHORTEST_SECTION: usize = 6;

/// What a rule does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RuleKind {
    /// A type is only declared.
    DeclarationOnly,
    /// An enumerator is left out.
    EnumeratorIgnore,
    /// An enumerator has another value.
    EnumeratorValue,
    /// A type has another size.
    ByteSize,
    /// A type, or symbol, has another string.
    TypeString,
}

impl RuleKind {
    /// The rule's name.
    pub fn name(self) -> &'static str {
        match self {
            RuleKind::DeclarationOnly => "declonly",
            RuleKind::EnumeratorIgnore => "enumerator_ignore",
            RuleKind::EnumeratorValue => "enumerator_value",
            RuleKind::ByteSize => "byte_size",
            RuleKind::TypeString => "type_string",
        }
    }

    fn from_name(name: &[u8]) -> Option<RuleKind> {
        Some(match name {
            b"declonly" => RuleKind::DeclarationOnly,
            b"enumerator_ignore" => RuleKind::EnumeratorIgnore,
            b"enumerator_value" => RuleKind::EnumeratorValue,
            b"byte_size" => RuleKind::ByteSize,
            b"type_string" => RuleKind::TypeString,
            _ => return None,
        })
    }
}

/// One rule.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Rule<'d> {
    /// What it does.
    pub kind: RuleKind,
    /// What it is about.
    pub target: &'d [u8],
    /// What it says of that.
    pub value: &'d [u8],
    /// Where the rule begins.
    pub start: Place,
    /// Where the value stands.
    place: Place,
    /// The position among all rules: of several for one target, the last counts.
    order: usize,
}

/// The rules of an object; none unless they are asked for.
#[derive(Debug, Default)]
pub struct Rules<'d> {
    /// Sorted by kind, target and order.
    rules: Vec<Rule<'d>>,
    /// Those of which another says something else, and counts.
    overruled: Vec<Rule<'d>>,
    /// By order: whether anything was found that the rule is about.
    used: Vec<AtomicBool>,
    /// Where bytes were found that are too few for a rule.
    pub leftover: Option<Place>,
    /// The number of sections with rules.
    pub(crate) sections: usize,
    is_stable: bool,
}

impl<'d> Rules<'d> {
    /// Reads the rules of all the sections.
    pub(crate) fn parse(sections: &[Section<'d>], budget: &mut Budget) -> Result<Rules<'d>> {
        let mut rules = Rules { is_stable: true, sections: sections.len(), ..Rules::default() };
        for section in sections {
            rules.read(section, budget)?;
        }
        rules.rules.sort_unstable_by_key(|rule| (rule.kind, rule.target, rule.order));
        budget.reserve(&mut rules.used, rules.rules.len())?;
        rules.used.resize_with(rules.rules.len(), AtomicBool::default);
        for pair in rules.rules.windows(2) {
            if let [rule, next] = pair
                && (rule.kind, rule.target) == (next.kind, next.target)
                && rule.value != next.value
            {
                budget.push(&mut rules.overruled, *rule)?;
            }
        }
        // Of several the last counts. Where many units were linked, each may bring its own.
        rules.rules.dedup_by(|later, earlier| {
            let is_same = (later.kind, later.target) == (earlier.kind, earlier.target);
            if is_same {
                core::mem::swap(later, earlier);
            }
            is_same
        });
        Ok(rules)
    }

    /// Whether the conventions are in force.
    pub(crate) fn is_stable(&self) -> bool {
        self.is_stable
    }

    fn read(&mut self, section: &Section<'d>, budget: &mut Budget) -> Result<()> {
        let data = section.data;
        if data.len() < SHORTEST_SECTION {
            let size = u64::try_from(data.len()).unwrap_or(u64::MAX);
            return Err(Error::new(ErrorKind::RulesTooShort(size)).at(section.place(0)));
        }
        if data.last() != Some(&0) {
            return Err(
                Error::new(ErrorKind::RulesUnterminated).at(section.place(data.len().saturating_sub(1)))
            );
        }
        let mut fields = Fields { section, offset: 0 };
        while fields.left() >= SHORTEST_ENTRY {
            budget.charge_work(1)?;
            let start = fields.offset;
            let at = |error: Error| error.at(section.place(start));
            let version = fields.next(budget)?;
            if version != b"1" {
                return Err(at(Error::new(ErrorKind::RuleVersion).about(version)));
            }
            let name = fields.next(budget)?;
            let kind = RuleKind::from_name(name)
                .ok_or_else(|| at(Error::new(ErrorKind::UnknownRule).about(name)))?;
            let target = fields.next(budget)?;
            let place = section.place(fields.offset);
            let value = fields.next(budget)?;
            let order = self.rules.len();
            budget.check(Limit::Rules, order.saturating_add(1)).map_err(at)?;
            budget.push(
                &mut self.rules,
                Rule { kind, target, value, start: section.place(start), place, order },
            )?;
        }
        if fields.left() > 0 {
            self.leftover = Some(section.place(fields.offset));
        }
        Ok(())
    }

    /// The rule of this kind for a target.
    pub(crate) fn find(
        &self,
        kind: RuleKind,
        target: &[u8],
        budget: &mut Budget,
    ) -> Result<Option<&Rule<'d>>> {
        if self.rules.is_empty() {
            return Ok(None);
        }
        // A comparison for each halving.
        let halvings = usize::BITS.saturating_sub(self.rules.len().leading_zeros());
        budget.charge_bytes(target.len().saturating_mul(usize::try_from(halvings).unwrap_or(usize::MAX)))?;
        let behind = self.rules.partition_point(|rule| (rule.kind, rule.target) <= (kind, target));
        let rule = behind.checked_sub(1).and_then(|at| self.rules.get(at));
        let rule = rule.filter(|rule| rule.kind == kind && rule.target == target);
        if let Some(rule) = rule {
            self.mark_used(rule);
        }
        Ok(rule)
    }

    /// Notes that there is something that a rule is about.
    pub fn mark_used(&self, rule: &Rule<'_>) {
        if let Some(used) = self.used.get(rule.order) {
            used.store(true, Ordering::Relaxed);
        }
    }

    /// Whether anything was found that a rule is about.
    pub fn is_used(&self, rule: &Rule<'_>) -> bool {
        self.used.get(rule.order).is_some_and(|used| used.load(Ordering::Relaxed))
    }

    /// The rules that count, by kind and target.
    pub fn all(&self) -> &[Rule<'d>] {
        &self.rules
    }

    /// The rules that do not count, because a later one for the same target says something else.
    pub fn overruled(&self) -> &[Rule<'d>] {
        &self.overruled
    }

    /// The targets and rules of one kind, each target once.
    pub(crate) fn of_kind(&self, kind: RuleKind) -> impl Iterator<Item = (&'d [u8], &Rule<'d>)> {
        let start = self.rules.partition_point(|rule| rule.kind < kind);
        let rules = self.rules.get(start..).unwrap_or_default();
        let end = rules.partition_point(|rule| rule.kind == kind);
        let rules = rules.get(..end).unwrap_or_default();
        let same_target = rules.chunk_by(|a, b| a.target == b.target);
        same_target.filter_map(|same| same.last()).map(|rule| (rule.target, rule))
    }
}

impl Rule<'_> {
    /// The value as a number.
    ///
    /// # Errors
    /// [`ErrorKind::RuleNumber`] if it is none.
    pub fn number(&self) -> Result<u64> {
        number(self.value).ok_or_else(|| self.error(ErrorKind::RuleNumber).about(self.value))
    }

    /// An error about the rule's value.
    #[cold]
    pub(crate) fn error(&self, kind: ErrorKind) -> Error {
        Error::new(kind).at(self.place)
    }
}

/// The strings of a section of rules.
struct Fields<'s, 'd> {
    section: &'s Section<'d>,
    offset: usize,
}

impl<'d> Fields<'_, 'd> {
    fn left(&self) -> usize {
        self.section.data.len().saturating_sub(self.offset)
    }

    fn next(&mut self, budget: &mut Budget) -> Result<&'d [u8]> {
        let rest = self.section.data.get(self.offset..).unwrap_or_default();
        let end = memchr::memchr(0, rest);
        let field = end
            .and_then(|end| rest.get(..end))
            .ok_or_else(|| Error::new(ErrorKind::RulesTruncated).at(self.section.place(self.offset)))?;
        budget.charge_bytes(field.len())?;
        self.offset = self.offset.saturating_add(field.len()).saturating_add(1);
        Ok(field)
    }
}

/// A number as C's `strtoul` reads it in base 10: blanks, a sign, digits to the end; nothing at all is 0.
fn number(text: &[u8]) -> Option<u64> {
    if text.is_empty() {
        return Some(0);
    }
    let blanks = text.iter().take_while(|&&byte| matches!(byte, b' ' | b'\t'..=b'\r')).count();
    let (negative, digits) = match text.get(blanks..)? {
        [b'-', digits @ ..] => (true, digits),
        [b'+', digits @ ..] => (false, digits),
        digits => (false, digits),
    };
    if digits.is_empty() {
        return None;
    }
    let magnitude = digits.iter().try_fold(0_u64, |number, &byte| {
        let digit = byte.is_ascii_digit().then(|| u64::from(byte.wrapping_sub(b'0')))?;
        number.checked_mul(10)?.checked_add(digit)
    })?;
    Some(if negative { magnitude.wrapping_neg() } else { magnitude })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::SectionId;
    use crate::limits::Limits;

    fn parse(data: &[u8]) -> Result<Rules<'_>> {
        Rules::parse(&[Section::new(SectionId::KabiRules, data)], &mut Budget::new(&Limits::default()))
    }

    #[test]
    fn numbers_are_those_of_strtoul() {
        let cases: [(&[u8], Option<u64>); 11] = [
            (b"42", Some(42)),
            (b"", Some(0)),
            (b" \t+7", Some(7)),
            (b"-7", Some(u64::MAX - 6)),
            (b"18446744073709551615", Some(u64::MAX)),
            (b"18446744073709551616", None),
            (b"0x10", None),
            (b"7 ", None),
            (b"-", None),
            (b" ", None),
            (b"x", None),
        ];
        for (text, expected) in cases {
            assert_eq!(number(text), expected, "{}", text.escape_ascii());
        }
    }

    #[test]
    fn the_last_of_several_rules_counts() {
        let rules = parse(b"1\0byte_size\0s\x008\x001\0declonly\0s\0\x001\0byte_size\0s\x0016\0").unwrap();
        let find = |kind, target| rules.find(kind, target, &mut Budget::new(&Limits::default())).unwrap();
        assert_eq!(find(RuleKind::ByteSize, b"s").unwrap().number(), Ok(16));
        assert!(find(RuleKind::DeclarationOnly, b"s").is_some());
        assert!(find(RuleKind::ByteSize, b"t").is_none());
        assert_eq!(rules.of_kind(RuleKind::ByteSize).count(), 1);
    }

    #[test]
    fn damage_is_named() {
        let cases: [(&[u8], ErrorKind); 9] = [
            (b"", ErrorKind::RulesTooShort(0)),
            (b"1\0", ErrorKind::RulesTooShort(2)),
            (b"\0\0\0\0\0", ErrorKind::RulesTooShort(5)),
            (b"1\0decl", ErrorKind::RulesUnterminated),
            (b"1\0decla", ErrorKind::RulesUnterminated),
            (b"1\0declonly\0s\0", ErrorKind::RulesTruncated),
            (b"2\0declonly\0s\0\0", ErrorKind::RuleVersion),
            (b"1\0declonlyx\0s\0\0", ErrorKind::UnknownRule),
            (b"1\0declonly\0s\0\0\0\0\0\0\0\0\0", ErrorKind::RuleVersion),
        ];
        for (data, kind) in cases {
            assert_eq!(parse(data).unwrap_err().kind(), kind, "{}", data.escape_ascii());
        }
        let rules = parse(b"1\0declonly\0s\0\0\0\0\0").unwrap();
        assert_eq!(rules.leftover.unwrap().offset, 14);
    }

    #[test]
    fn six_bytes_are_no_rule_and_no_damage() {
        for data in [b"\0\0\0\0\0\0", b"1\0dec\0", b"2\0x\0\0\0"] {
            let rules = parse(data).unwrap();
            assert_eq!(rules.leftover.unwrap().offset, 0);
            assert!(rules.all().is_empty());
        }
    }
}
