//! Names that say what something is there for: reserved space, and counts at the end of enumerations.

/// What reserved space is called in the trees of distributions: `rh_reserved1`, `android_kabi_reserved1`,
/// `suse_kabi_padding`.
const RESERVED: [&[u8]; 4] = [b"kabi_reserve", b"kabi_padding", b"rh_reserve", b"backport_reserve"];

/// What it is called by itself, without underscores and digits around it.
const PLAIN: [&[u8]; 9] =
    [b"reserved", b"rsvd", b"resv", b"pad", b"padding", b"unused", b"spare", b"filler", b"reserve"];

/// Whether a member is called as those are that only keep space for others.
pub(crate) fn is_reserved(name: &[u8]) -> bool {
    let own = name.rsplit(|&byte| byte == b'.').next().unwrap_or(name);
    let is_around = |byte: &u8| *byte == b'_' || byte.is_ascii_digit();
    let start = own.iter().take_while(|byte| is_around(byte)).count();
    let rest = own.get(start..).unwrap_or_default();
    let end = rest.iter().rev().take_while(|byte| is_around(byte)).count();
    let plain = rest.get(..rest.len().saturating_sub(end)).unwrap_or_default();
    PLAIN.contains(&plain) || RESERVED.iter().any(|known| memchr::memmem::find(own, known).is_some())
}

/// Whether an enumerator is called as those are that only state how many there are.
pub(crate) fn is_count(name: &[u8]) -> bool {
    const WORDS: [&[u8]; 14] = [
        b"MAX",
        b"LAST",
        b"NUM",
        b"COUNT",
        b"CNT",
        b"END",
        b"NR",
        b"TYPES",
        b"SIZE",
        b"LIMIT",
        b"N",
        b"TOTAL",
        b"SENTINEL",
        b"NUMBER",
    ];
    name.split(|&byte| byte == b'_').any(|word| WORDS.iter().any(|known| word.eq_ignore_ascii_case(known)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reserved_space_is_known_by_its_name() {
        let reserved = [
            "rh_reserved1",
            "rh_kabi_reserved12",
            "android_kabi_reserved2",
            "android_backport_reserved1",
            "suse_kabi_padding",
            "kabi_reserved3",
            "__kabi_reserved_0",
            "hidden.rh_reserved1",
            "__reserved",
            "_pad2",
            "padding",
        ];
        for name in reserved {
            assert!(is_reserved(name.as_bytes()), "{name}");
        }
        for name in ["reserved_pages", "padlock", "a", "", "unused_list"] {
            assert!(!is_reserved(name.as_bytes()), "{name}");
        }
    }

    #[test]
    fn counts_are_known_by_a_word_in_their_names() {
        for name in ["STATE_MAX", "__NL80211_ATTR_AFTER_LAST", "NR_CPUS_KINDS", "N_STATES", "KIND_COUNT"] {
            assert!(is_count(name.as_bytes()), "{name}");
        }
        for name in ["STATE_DEAD", "MAXIMAL", "ENDPOINT"] {
            assert!(!is_count(name.as_bytes()), "{name}");
        }
    }
}
