//! Any bytes as a file of a policy.

use dwarfksyms::fuzzing;

use crate::allocation;

/// Any bytes as a policy of each format: what is ruled on once is ruled on again in the same way, and a rule that
/// decided is one of the file.
pub fn policy(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let symbols: Vec<&str> = text.split_whitespace().take(8).chain(["vfs_read", "", "*"]).collect();
    let wild = text.matches(['*', '?', '[']).count().min(4096) as u64;
    // A rule is some numbers and its text, escaped; a pattern with wildcards is a machine.
    let memory = (data.len() as u64).saturating_mul(128).saturating_add(wild << 15).saturating_add(1 << 16);
    for format in fuzzing::POLICY_FORMATS {
        let Some(rulings) = allocation::within(memory, || fuzzing::policy(data, format, &symbols)) else {
            continue;
        };
        let again = fuzzing::policy(data, format, &symbols).expect("the same policy");
        assert_eq!(rulings.rulings, again.rulings);
        assert_eq!(rulings.unused, again.unused);
        let lines = text.split('\n').count();
        for (_, rule) in rulings.rulings {
            let Some(rule) = rule else { continue };
            let number = rule.strip_prefix("policy:").and_then(|rest| rest.split(':').next());
            let number: usize = number.expect("a line").parse().expect("a number");
            assert!((1..=lines).contains(&number), "{rule}");
        }
    }
}

#[cfg(test)]
#[test]
fn smoke() {
    crate::smoke::test("policy");
}
