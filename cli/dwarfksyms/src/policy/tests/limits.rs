//! What may be in a file, and what matching costs.

use super::*;

#[test]
fn bytes_are_counted() {
    let both = policy(&["f PASS\n", "[list]\ng\n"]);
    assert_eq!((both.bytes(), both.is_empty()), (7 + 9, false));
    let mut known = Known::default();
    known.add_symbol("symbol", "module", "NS");
    known.add_types([b"s#type".as_slice()].into_iter());
    assert_eq!(known.bytes(), 6 + 6 + 2 + 6);
}

#[test]
fn matching_is_paid_for() {
    const RULES: usize = 500;
    // What each pattern needs is in the name, so that each is tried, and none matches.
    let patterns = |before: &str, behind: &str| format!("{before}a?{behind}\n").repeat(RULES);
    let texts = [
        patterns("SYMBOL ", " FAIL"),
        patterns("MODULE ", " PASS"),
        patterns("NAMESPACE ", " PASS"),
        format!("ignore-changes:\n{}", patterns(" ", "")),
        format!("ignore-changes:\n{}", patterns(" module:", "")),
        patterns("class * pass ", ""),
    ];
    let mut met = Known::default();
    met.add_symbol("abc", "abc", "abc");
    for text in &texts {
        let mut budget = budget();
        let rules = policy(&[text]);
        rules.meet(&met, &mut budget).unwrap();
        // Steps for a pattern, the text, and for what was looked up before.
        let spent = budget.spent().work;
        let least = RULES as u64 * (16 + 3 + 4);
        assert!((least..2 * least).contains(&spent), "{spent} {}", &text[..20]);
        // It is paid once.
        let before = spent;
        rules.meet(&Known::default(), &mut budget).unwrap();
        assert!(budget.spent().work < before + 100);
        let mut little = Budget::new(&Limits::default().with(dwarfksyms_core::Limit::Work, least - 1));
        assert!(policy(&[text]).meet(&met, &mut little).is_err());
    }
    // A rule without a pattern is looked at, too.
    let text = "difference removed pass\n".repeat(RULES);
    let mut budget = budget();
    policy(&[&text]).meet(&met, &mut budget).unwrap();
    assert!(budget.spent().work >= RULES as u64);
}

#[test]
fn what_may_be_in_a_file_is_limited() {
    let add = |contents: &[u8], format| Policy::default().add(Path::new("p"), contents, Some(format));
    let mut contents = b"f PASS\n#".to_vec();
    contents.resize(LARGEST, b'x');
    add(&contents, PolicyFormat::Severities).unwrap();
    contents.push(b'x');
    let error = add(&contents, PolicyFormat::Severities).unwrap_err();
    assert!(error.to_string().contains("too large"), "{error}");

    let rules = |count: usize| "verdict * pass\n".repeat(count);
    add(rules(4096).as_bytes(), PolicyFormat::Classes).unwrap();
    let error = add(rules(4097).as_bytes(), PolicyFormat::Classes).unwrap_err();
    assert!(error.to_string().starts_with("line 4097: more than 4096 rules"), "{error}");
    // Two lines of which the second has one byte too many, or has not.
    let long = |bytes: usize| format!("verdict * pass x\nverdict * pass {}\n", "x".repeat(bytes - 15 - 16));
    add(long(256 << 10).as_bytes(), PolicyFormat::Classes).unwrap();
    let error = add(long((256 << 10) + 1).as_bytes(), PolicyFormat::Classes).unwrap_err();
    assert!(error.to_string().starts_with("line 2: more than"), "{error}");
}

#[test]
fn formats_are_recognised_or_stated() {
    let cases = [
        ("vmlinux PASS\n", Some("severities")),
        ("# x\n\nSYMBOL a* FAIL", Some("severities")),
        ("[list]\na\n", Some("stablelist")),
        ("0x1\ta\tvmlinux\n", Some("kabi")),
        ("[abi]\nignore-changes:\n a\n", Some("debian")),
        ("a\nM: b\n", Some("ubuntu")),
        ("class * pass\n", Some("classes")),
        ("class PASS\n", Some("severities")),
        ("a\nb\n", None),
        ("a text that is none\n", None),
        ("", None),
    ];
    for (text, expected) in cases {
        assert_eq!(PolicyFormat::of(text).ok().map(PolicyFormat::name), expected, "{text}");
    }
    let source = |argument: &str| Source::of(OsStr::new(argument));
    assert_eq!(source("debian:a:b"), Source { format: Some(PolicyFormat::Debian), path: "a:b".into() });
    for path in ["./debian:a", "fedora:a", "a"] {
        assert_eq!(source(path), Source { format: None, path: path.into() });
    }
}

#[test]
fn what_is_refused_names_file_and_line() {
    let refused = |format: &str, text: &[u8]| {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        std::io::Write::write_all(&mut file, text).unwrap();
        let path = file.path().as_os_str().as_bytes();
        let argument = [format.as_bytes(), b":", path].concat();
        let error = Policy::load(&[Source::of(OsStr::from_bytes(&argument))]).unwrap_err();
        let text = format!("{error:#}");
        text.strip_prefix(&format!("{}: ", file.path().display())).expect("the file's name").to_owned()
    };
    let cases: [(&str, &[u8], &str); 11] = [
        ("severities", b"\na\n", "line 2: not '[MODULE|NAMESPACE|SYMBOL] PATTERN PASS|FAIL': 'a'"),
        (
            "severities",
            b"a PASS\nx\x1b[2J y z\n",
            "line 2: not '[MODULE|NAMESPACE|SYMBOL] PATTERN PASS|FAIL': 'x\\u{1b}[2J y z'",
        ),
        ("stablelist", b"[a]\nb c\n", "line 2: not the name of a symbol: 'b c'"),
        ("kabi", b"0x1\ta\tvmlinux\nb\n", "line 2: not a line of Module.symvers: 'b'"),
        ("debian", b"a: b\n", "there is no entry 'ignore-changes:' in it"),
        ("debian", b"ignore-changes:\n file:a\n", "line 2: not 'name:PATTERN' or 'module:PATTERN': 'file:a'"),
        ("ubuntu", b"M:\n", "line 1: not 'SYMBOL' or 'M: MODULE': 'M:'"),
        ("classes", b"class no-such pass\n", "line 1: there is no class 'no-such'"),
        (
            "classes",
            b"verdict harmless\n",
            "line 1: not 'verdict harmless pass|warn|fail [PATTERN]': 'verdict harmless'",
        ),
        (
            "classes",
            b"# x\ntype a pass\n",
            "line 2: a rule begins with class, verdict, difference, member, file or declared, not 'type'",
        ),
        ("ubuntu", b"a\n\xff\n", "line 2: not UTF-8"),
    ];
    for (format, text, expected) in cases {
        assert_eq!(refused(format, text), expected);
    }
}
