use super::super::DeclarationLine;
use super::*;
use dwarfksyms_core::Limits;
use std::borrow::ToOwned;
use std::format;
use std::string::{String, ToString};
use std::vec::Vec;

/// The kinds, names and texts of all nodes.
fn nodes(text: &str) -> Vec<(NodeKind, String)> {
    let tree = Tree::parse_genksyms(text.as_bytes(), &mut Budget::new(&Limits::default())).unwrap();
    let name = |node: &Node<'_>| String::from_utf8_lossy(node.name.unwrap_or_default()).into_owned();
    tree.nodes.iter().map(|node| (node.kind, name(node))).collect()
}

fn node(kind: NodeKind, name: &str) -> (NodeKind, String) {
    (kind, name.into())
}

#[test]
fn members_are_found() {
    let found =
        nodes("struct s { int a ; s#t * b ; int ( * f ) ( int ) ; long unsigned int c [ 2 ] [ 1 << 2 ] ; }");
    let pointer = || node(NodeKind::Wrapper(Wrapper::Pointer), "");
    let expected = [
        node(NodeKind::Structure, "s"),
        node(NodeKind::Member, "a"),
        node(NodeKind::Base, "int"),
        node(NodeKind::Member, "b"),
        pointer(),
        node(NodeKind::Reference, "s#t"),
        node(NodeKind::Member, "f"),
        pointer(),
        node(NodeKind::Subroutine, ""),
        node(NodeKind::Parameter, ""),
        node(NodeKind::Base, "int"),
        node(NodeKind::Base, "int"),
        node(NodeKind::Member, "c"),
        node(NodeKind::Array, ""),
        node(NodeKind::Dimension, ""),
        node(NodeKind::Array, ""),
        node(NodeKind::Dimension, ""),
        node(NodeKind::Base, "long unsigned int"),
    ];
    assert_eq!(found, expected);
}

#[test]
fn everything_comes_back_as_c() {
    for (text, expected) in [
        ("struct s { int a ; }", "struct s {| int a;|};"),
        (
            "struct s { const char * const a , b , * c ; }",
            "struct s {| const char *const a;| const char b;| const char *c;|};",
        ),
        (
            "struct s { unsigned a : 3 , : 0 , b : 64 - 8 ; }",
            "struct s {| unsigned a : 3;| unsigned : 0;| unsigned b : 56;|};",
        ),
        (
            "struct s { union { int x ; struct { s#t y ; } z [ 2 ] ; } ; }",
            "struct s {| union {|  int x;|  struct {|   struct t y;|  } z[2];| };|};",
        ),
        (
            "struct s { struct { int x ; } a , * b ; }",
            "struct s {| struct {|  int x;| } a;| struct { int x ; } *b;|};",
        ),
        (
            "struct s { int ( * ( * f ) ( int , ... ) ) [ 3 ] ; t#u8 x [ E#N + 1 ] ; int y [ ] ; }",
            "struct s {| int (*(*f)(int, ...))[3];| u8 x[E#N + 1];| int y[];|};",
        ),
        ("struct s { enum { A , B = 3 , C } e ; }", "struct s {| enum {|  A = 0,|  B = 3,|  C = 4,| } e;|};"),
        (
            "enum e { A , B = - 2 , C , D = E#A + 1 , F , G = 1 << 4 }",
            "enum e {| A = 0,| B = -2,| C = -1,| D = E#A + 1,| F,| G = 16,|};",
        ),
        (
            "struct s { int a [ 2 ] __attribute__ ( ( aligned ( 8 ) ) ) ; struct { int b ; } __attribute__ ( ( packed ) ) ; }",
            "struct s {| int a[2] __attribute__ ( ( aligned ( 8 ) ) );| struct {|  int b;| } __attribute__ ( ( packed ) );|};",
        ),
        (
            "struct s { volatile int a ; int * restrict b ; _Atomic int c ; int * volatile d ; }",
            "struct s {| volatile int a;| int *restrict b;| _Atomic int c;| int *volatile d;|};",
        ),
        (
            "struct s { __volatile__ int a ; int * __restrict b ; __const int c ; }",
            "struct s {| volatile int a;| int *restrict b;| const int c;|};",
        ),
        ("typedef struct { int x ; } __attribute__ ( ( packed ) ) t", "typedef struct {| int x;|} t;"),
        ("typedef struct { int x ; } t", "typedef struct {| int x;|} t;"),
        ("typedef void ( * t ) ( void )", "typedef void (*t)(void);"),
        ("extern const s#s v [ 4 ]", "extern const struct s v[4];"),
        (
            "int v ( s#s * , const char * const * , int [ 2 ] , void ( * ) ( void * ) )",
            "int v(struct s *, const char *const *, int [2], void (*)(void *));",
        ),
        ("s#s * v ( void )", "struct s *v(void);"),
        ("int ( * v ( int ) ) ( long )", "int (*v(int))(long);"),
        ("extern enum { P , Q } v", "extern enum {| P = 0,| Q = 1,|} v;"),
    ] {
        let budget = &mut Budget::new(&Limits::default());
        let tree = Tree::parse_genksyms(text.as_bytes(), budget).unwrap();
        let lines = tree.declaration(b"v", &mut Budget::new(&Limits::default())).unwrap();
        let line = |line: &DeclarationLine| " ".repeat(line.depth) + &String::from_utf8_lossy(&line.text);
        let lines: Vec<String> = lines.iter().map(line).collect();
        assert_eq!(lines.join("|"), expected, "{text}");
    }
}

#[test]
fn what_is_not_understood_is_text() {
    for text in ["struct s { int a ; ", "s { ) }", "0", "", ")", "int", "E#A + 1"] {
        assert_eq!(nodes(text), [node(NodeKind::Text, text.trim())]);
    }
    let found = nodes("struct s { what is this ; int a ; }");
    assert_eq!(found[2], node(NodeKind::Text, "what is this"));
    assert_eq!(found[3], node(NodeKind::Member, "a"));
}

#[test]
fn no_parameters_are_no_parameter() {
    let parameters = |text| nodes(text).iter().filter(|node| node.0 == NodeKind::Parameter).count();
    assert_eq!(["int f ( )", "int f ( void )", "int f ( void * )"].map(parameters), [0, 0, 1]);
}

#[test]
fn a_type_that_is_unknown_is_a_declaration() {
    assert_eq!(nodes("struct s { UNKNOWN }"), [node(NodeKind::Structure, "s")]);
    assert_eq!(nodes("enum e { UNKNOWN }"), [node(NodeKind::Enumeration, "e")]);
}

#[test]
fn parts_that_are_declared_together_are_not_multiplied() {
    let mut text = "int x ;".to_owned();
    for _ in 0..20 {
        text = format!("struct {{ {text} }} a , b ;");
    }
    let found = nodes(&format!("struct s {{ {text} }}"));
    assert_eq!(found.len(), 1 + 20 * 4 + 2);
}

#[test]
fn depth_is_limited() {
    let text = format!("int ( {} x {} )", "( ".repeat(100_000), ") ".repeat(100_000));
    assert!(!nodes(&text).is_empty());
    let text = format!("int {} x", "* ".repeat(100));
    let limits = Limits::default().with(Limit::Depth, 99);
    let error = Tree::parse_genksyms(text.as_bytes(), &mut Budget::new(&limits)).unwrap_err();
    assert!(error.to_string().contains("nesting"), "{error}");
}
