//! Base types of which only the name is known, as in the dialect of genksyms: which of them have one size everywhere.

use super::degree::Degree;

/// The integers of C by their size: some have the same on some architectures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    Char,
    Short,
    Int,
    Long,
    LongLong,
    Int128,
}

/// How the values of one name relate to those of another, which is not the same in other words.
pub(super) fn degree(old: &[u8], new: &[u8]) -> Degree {
    match (rank(old), rank(new)) {
        (Some(one), Some(other)) if one == other => match is_unsigned(old) == is_unsigned(new) {
            // `char` and `signed char`.
            true => Degree::Reinterpreted,
            false => Degree::Signed,
        },
        // As large as an `int` where addresses have 32 bits, and as a `long long` where they have 64.
        (Some(Rank::Int), Some(Rank::Long)) | (Some(Rank::Long), Some(Rank::Int)) => Degree::Unmeasured,
        (Some(Rank::Long), Some(Rank::LongLong)) | (Some(Rank::LongLong), Some(Rank::Long)) => {
            Degree::Unmeasured
        }
        // A boolean is as large as a character.
        (Some(Rank::Char), None) if new == b"_Bool" => Degree::Reinterpreted,
        (None, Some(Rank::Char)) if old == b"_Bool" => Degree::Reinterpreted,
        _ => Degree::Different,
    }
}

/// The bits of an integer that has the same number everywhere; of `long`, those that it has at least.
pub(crate) fn bits(name: &[u8]) -> Option<u64> {
    Some(match rank(name)? {
        Rank::Char => 8,
        Rank::Short => 16,
        Rank::Int | Rank::Long => 32,
        Rank::LongLong => 64,
        Rank::Int128 => 128,
    })
}

fn rank(name: &[u8]) -> Option<Rank> {
    let has = |word: &[u8]| words(name).any(|other| other == word);
    let longs = words(name).filter(|&word| word == b"long").count();
    // Other words than those of integers have no rank below; these can stand beside such words.
    if has(b"double") || has(b"_Complex") {
        return None;
    }
    Some(match longs {
        1 => Rank::Long,
        2.. => Rank::LongLong,
        0 if has(b"char") => Rank::Char,
        0 if has(b"short") => Rank::Short,
        0 if has(b"__int128") => Rank::Int128,
        0 if has(b"int") || has(b"unsigned") || has(b"signed") => Rank::Int,
        0 => return None,
    })
}

fn is_unsigned(name: &[u8]) -> bool {
    words(name).any(|word| word == b"unsigned")
}

fn words(name: &[u8]) -> impl Iterator<Item = &[u8]> {
    name.split(|&byte| byte == b' ')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_true_everywhere_is_certain() {
        for (old, new, expected) in [
            ("int", "unsigned int", Degree::Signed),
            ("char", "unsigned char", Degree::Signed),
            ("char", "signed char", Degree::Reinterpreted),
            ("int", "long", Degree::Unmeasured),
            ("unsigned long", "unsigned long long", Degree::Unmeasured),
            ("int", "long long", Degree::Different),
            ("short", "int", Degree::Different),
            ("__int128", "long long", Degree::Different),
            ("float", "double", Degree::Different),
            ("_Bool", "unsigned char", Degree::Reinterpreted),
            ("_Bool", "int", Degree::Different),
            ("void", "char", Degree::Different),
            ("long double", "long", Degree::Different),
            ("long _Complex", "long", Degree::Different),
        ] {
            assert_eq!(degree(old.as_bytes(), new.as_bytes()), expected, "{old} {new}");
            assert_eq!(degree(new.as_bytes(), old.as_bytes()), expected, "{new} {old}");
        }
    }

    #[test]
    fn bits_are_those_of_every_architecture() {
        for (name, expected) in [
            ("char", Some(8)),
            ("signed char", Some(8)),
            ("short unsigned int", Some(16)),
            ("int", Some(32)),
            ("unsigned", Some(32)),
            ("signed", Some(32)),
            ("long", Some(32)),
            ("long long int", Some(64)),
            ("unsigned __int128", Some(128)),
            ("long double", None),
            ("float", None),
            ("_Bool", None),
            ("void", None),
            ("long int _Complex", None),
            ("wchar_t", None),
        ] {
            assert_eq!(bits(name.as_bytes()), expected, "{name}");
        }
    }
}
