//! Shared libraries of C++: what their types have in them that the format has no text for keeps nobody from comparing the rest. `nm`
//! says which symbols there are, `abidiff` which of them differ.

use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use dwarfksyms_tests::compiled::{make, tool};
use dwarfksyms_tests::note;
use tempfile::TempDir;

/// Names and types within classes, and pointers to members.
const HEADER: &str = "\
namespace app {
struct point { int x, y; };
struct shape {
    using id_type = long;
    typedef const int count;
    struct nested { int a; };
    enum kind { round, square };
    id_type id;
    count n = 0;
    nested *inside;
    virtual ~shape();
    virtual int area(point p);
};
template <class T, int... N> struct box { using value = T; typedef const value *pointer; value v; pointer next; };
struct holder { int n; int shape::*which; };
struct derived : point { using point::x; int more; };
}
";

const SOURCE: &str = "\
#include \"types.h\"
namespace app {
shape::~shape() {}
int shape::area(point p) { return p.x + int(n); }
int plain(int a, long b) { return a + int(b); }
int with_point(point *p) { return int(p->x); }
int with_shape(shape *s) { return s->area(point{}); }
int with_box(box<int> *b) { return b->v; }
int with_derived(derived *d) { return d->more; }
int by_reference(const point &p, box<point> &&b) { return int(p.x + b.v.x); }
int member_of(int point::*m, point p) { return p.*m; }
int through(holder *h) { return h->n; }
int counter;
extern \"C\" int c_function(point *p) { return int(p->x); }
}
";

/// What points to members, as c++filt writes it.
const UNDESCRIBED: [&str; 2] = ["app::member_of", "app::through"];

/// Two libraries, the second with another header.
fn libraries(change: &[(&str, &str)]) -> Option<TempDir> {
    tool(Path::new("."), "g++", &["--version"])?;
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path();
    fs::write(path.join("lib.cc"), SOURCE).expect("a file");
    let new = change.iter().fold(HEADER.to_owned(), |text, (old, new)| text.replace(old, new));
    for (library, header) in [("old.so", HEADER), ("new.so", &new)] {
        fs::write(path.join("types.h"), header).expect("a file");
        let options = ["-std=c++17", "-g", "-O1", "-fPIC", "-shared", "-Wl,-soname,lib.so.1"];
        make(path, "g++", &[&options[..], &["lib.cc", "-o", library]].concat());
    }
    Some(folder)
}

fn run(folder: &Path, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dwarfksyms-under-test"));
    command.args(args).current_dir(folder).output().expect("it starts")
}

/// Names without mangling and without parameters.
fn plain(names: &str) -> BTreeSet<String> {
    let mut child =
        Command::new("c++filt").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("binutils");
    child.stdin.take().expect("a pipe").write_all(names.as_bytes()).expect("it reads");
    let output = child.wait_with_output().expect("it ends");
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    text.lines().map(|line| line.split('(').next().unwrap_or_default().to_owned()).collect()
}

#[test]
fn all_symbols_but_those_that_cannot_be_described_have_versions() {
    let Some(folder) = libraries(&[]) else { return };
    let path = folder.path();
    for args in [&[][..], &["--per-unit"]] {
        let output =
            run(path, &[&["versions", "--all-symbols", "--format", "cmd"], args, &["old.so"]].concat());
        let notes = note::others(&output.stderr);
        assert_eq!(output.status.code(), Some(0), "{notes}");
        let lines = String::from_utf8(output.stdout).expect("UTF-8");
        let described: String =
            lines.lines().filter_map(|line| Some(format!("{}\n", line.split(' ').nth(1)?))).collect();
        assert!(lines.lines().all(|line| !line.ends_with(" 0x00000000")), "{lines}");
        let noted = notes.lines().find(|line| line.contains("something in their types"));
        let noted = noted.expect("a note");
        assert!(noted.starts_with("note: old.so: left out, "), "{noted}");
        let noted = plain(&noted.rsplit(": ").next().expect("names").replace(", ", "\n"));
        assert_eq!(noted, UNDESCRIBED.map(str::to_owned).into());
        // Functions and variables of the source, all of them.
        let nm = tool(path, "nm", &["-D", "--defined-only", "old.so"]).expect("binutils");
        let all = String::from_utf8(nm.stdout).expect("UTF-8");
        let all: String = all
            .lines()
            .filter_map(|line| line.split(' ').nth(2))
            // Tables that the compiler makes are described nowhere.
            .filter(|name| !["_ZTV", "_ZTI", "_ZTS"].iter().any(|start| name.starts_with(start)))
            .map(|name| format!("{name}\n"))
            .collect();
        assert_eq!(plain(&described).union(&noted).cloned().collect::<BTreeSet<_>>(), plain(&all));
    }
    // A list is as good, and what cannot be described alone is no error either.
    fs::write(path.join("list"), "_ZN3app7throughEPNS_6holderE\n").expect("a list");
    let output = run(path, &["versions", "--symbol-list", "list", "old.so"]);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(String::from_utf8_lossy(&output.stdout).contains("  none      _ZN3app7throughEPNS_6holderE"));
}

#[test]
fn what_differs_is_what_abidiff_finds() {
    let changes: [&[(&str, &str)]; 5] = [
        &[("nested *inside", "long more; nested *inside")],
        // Of virtual functions, abidiff compares the parameters, too: the format has nothing of them.
        &[("using point::x; int more", "using point::x; long more")],
        &[("struct nested { int a; }", "struct nested { long a; }")],
        &[("using id_type = long", "using id_type = short")],
        &[("value v; pointer next;", "pointer next; value v;")],
    ];
    for change in changes {
        let Some(folder) = libraries(change) else { return };
        let path = folder.path();
        let Some(abidiff) = tool(path, "abidiff", &["--redundant", "old.so", "new.so"]) else { return };
        let text = String::from_utf8_lossy(&abidiff.stdout).into_owned();
        let changed = text.lines().filter_map(|line| line.trim_start().strip_prefix("[C] '"));
        // `method virtual int app::shape::area(app::point)`
        let changed = changed.filter_map(|line| line.split('(').next()?.split(' ').next_back());
        let mut expected: BTreeSet<String> = changed.map(str::to_owned).collect();
        // We cannot tell of these.
        UNDESCRIBED.iter().for_each(|name| _ = expected.remove(*name));
        let output =
            run(path, &["compare", "-q", "--all-symbols", "--format", "mod-symbols", "old.so", "new.so"]);
        assert_eq!(output.status.code(), Some(1), "{change:?}: {text}");
        assert_eq!(plain(&String::from_utf8_lossy(&output.stdout)), expected, "{change:?}: {text}");
        assert!(!expected.is_empty());
    }
}
