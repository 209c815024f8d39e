//! Patterns with wildcards, matched in the simplest way that there is: byte by byte.

/// Whether a pattern matches a whole text. Of paths, wildcards end at slashes, and `**` is any number of folders.
pub(super) fn is_match(pattern: &str, is_of_paths: bool, text: &str) -> bool {
    if is_of_paths {
        let parts = |text: &str| text.split('/').map(str::to_owned).collect::<Vec<_>>();
        parts_match(&parts(pattern), &parts(text))
    } else {
        bytes_match(&tokens(pattern, false), text)
    }
}

fn parts_match(pattern: &[String], text: &[String]) -> bool {
    match pattern {
        [] => text.is_empty(),
        // What is in a folder is not the folder.
        [last] if last == "**" => !text.is_empty(),
        [first, rest @ ..] if first == "**" => {
            (0..=text.len()).any(|skipped| parts_match(rest, &text[skipped..]))
        }
        [first, rest @ ..] => text
            .split_first()
            .is_some_and(|(own, others)| bytes_match(&tokens(first, true), own) && parts_match(rest, others)),
    }
}

enum Token {
    Many,
    Any,
    /// One of these, or none of them.
    OneOf(Vec<(u8, u8)>, bool),
}

fn tokens(pattern: &str, has_classes: bool) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut bytes = pattern.bytes().peekable();
    while let Some(byte) = bytes.next() {
        tokens.push(match byte {
            b'*' => Token::Many,
            b'?' => Token::Any,
            b'[' if has_classes => {
                let is_none = bytes.next_if_eq(&b'!').is_some();
                let mut ranges: Vec<(u8, u8)> = Vec::new();
                while let Some(from) = bytes.next_if(|&byte| byte != b']' || ranges.is_empty()) {
                    let to = match bytes.next_if_eq(&b'-') {
                        Some(_) => bytes.next().unwrap_or(from),
                        None => from,
                    };
                    ranges.push((from, to));
                }
                bytes.next();
                Token::OneOf(ranges, is_none)
            }
            byte => Token::OneOf(vec![(byte, byte)], false),
        });
    }
    tokens
}

/// By the ends of all beginnings of the text that the tokens so far match.
fn bytes_match(tokens: &[Token], text: &str) -> bool {
    let text = text.as_bytes();
    let mut is_end = vec![false; text.len() + 1];
    is_end[0] = true;
    for token in tokens {
        let mut next = vec![false; is_end.len()];
        for at in (0..is_end.len()).filter(|&at| is_end[at]) {
            match (token, text.get(at)) {
                (Token::Many, _) => next[at..].fill(true),
                (_, None) => {}
                (Token::Any, Some(_)) => next[at + 1] = true,
                (Token::OneOf(ranges, is_none), Some(byte)) => {
                    next[at + 1] |= ranges.iter().any(|(from, to)| (from..=to).contains(&byte)) != *is_none;
                }
            }
        }
        is_end = next;
    }
    is_end[text.len()]
}

#[cfg(test)]
#[test]
fn what_patterns_mean() {
    for (pattern, is_of_paths, text, expected) in [
        ("a*", false, "a/b", true),
        ("a?[b]", false, "ax[b]", true),
        ("a*", true, "a/b", false),
        ("a/**", true, "a", false),
        ("a/**", true, "a/b/c", true),
        ("**/b", true, "b", true),
        ("a/**/b", true, "a/b", true),
        ("a[b-d]e", true, "ace", true),
        ("a[!b-d]e", true, "ace", false),
    ] {
        assert_eq!(is_match(pattern, is_of_paths, text), expected, "{pattern} {text}");
    }
}
