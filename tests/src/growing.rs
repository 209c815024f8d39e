//! Inputs of any size for what compares, rules and explains: each is made so that something would be multiplied by something
//! else if it was done in the obvious way.

use std::fmt::Write;

/// Two builds of a size.
#[derive(Clone, Debug)]
pub struct Growing {
    /// What it is about.
    pub name: &'static str,
    /// The smallest size at which its growth can be seen.
    pub size: usize,
    /// An old build and a new one, of a size.
    pub builds: fn(usize) -> [String; 2],
    /// The rules of a policy, if it is about them.
    pub policy: Option<fn(usize) -> String>,
}

/// All of them.
pub const ALL: &[Growing] = &[
    Growing { name: "members-of-one-large-type", size: 64, builds: members_of_one_large_type, policy: None },
    Growing { name: "exports-of-all-causes", size: 64, builds: exports_of_all_causes, policy: None },
    Growing {
        name: "members-that-became-unions",
        size: 64,
        builds: members_that_became_unions,
        policy: None,
    },
    Growing {
        name: "lists-without-a-common-line",
        size: 600,
        builds: lists_without_a_common_line,
        policy: None,
    },
    Growing { name: "lists-in-another-order", size: 600, builds: lists_in_another_order, policy: None },
    Growing { name: "ways-through-one-type", size: 48, builds: ways_through_one_type, policy: None },
    Growing {
        name: "one-export-in-many-modules",
        size: 64,
        builds: one_export_in_many_modules,
        policy: None,
    },
    Growing { name: "one-export-in-many-files", size: 24, builds: one_export_in_many_files, policy: None },
    Growing { name: "patterns-and-exports", size: 64, builds: exports_alone, policy: Some(patterns) },
    Growing { name: "folders-and-exports", size: 64, builds: exports_alone, policy: Some(folders) },
    Growing { name: "rules-and-causes", size: 64, builds: exports_of_all_causes, policy: Some(rules) },
    Growing {
        name: "exports-of-renamed-members",
        size: 64,
        builds: exports_of_renamed_members,
        policy: None,
    },
];

const INT: &str = "base_type int byte_size(4) encoding(5)";
const UNSIGNED: &str = "base_type unsigned int byte_size(4) encoding(7)";

/// What an old build says, and a new one.
fn both(text: impl Fn(&str) -> String) -> [String; 2] {
    [INT, UNSIGNED].map(text)
}

/// A structure with many members of a type that has many members: is that measured for each?
fn members_of_one_large_type(size: usize) -> [String; 2] {
    both(|changed| {
        let large = vec![format!("member {INT} m"); size].join(" , ");
        let users = vec!["member s#large u data_member_location(0)"; size].join(" , ");
        format!(
            "s#large structure_type large {{ {large} }} byte_size(4)\n\
             s#user structure_type user {{ {users} , member {changed} z data_member_location(0) }} byte_size(8)\n\
             v variable s#user\n"
        )
    })
}

/// A chain of types, all of which have changed, and exports of its beginning: is each named for each?
pub fn exports_of_all_causes(size: usize) -> [String; 2] {
    both(|changed| {
        let mut text = String::new();
        for at in 0..size {
            let next = if at + 1 < size { format!("s#t{}", at + 1) } else { "base_type void".to_owned() };
            let _ = writeln!(
                text,
                "s#t{at} structure_type t{at} {{ member {changed} m data_member_location(0) , member pointer_type {{ \
                 {next} }} byte_size(8) n data_member_location(8) }} byte_size(16)"
            );
        }
        (0..4 * size).for_each(|at| _ = writeln!(text, "x{at} variable s#t0"));
        text
    })
}

/// The same, with changes that rules can hide: are all exports named for each rule?
fn exports_of_renamed_members(size: usize) -> [String; 2] {
    let [text, _] = exports_of_all_causes(size);
    let renamed = text.replace(" m data_member", " n data_member");
    [text, renamed]
}

/// Members that are gone, and others in their places: is each compared with each?
fn members_that_became_unions(size: usize) -> [String; 2] {
    both(|changed| {
        let member = |at: usize| {
            let place = 8 * at;
            match changed == INT {
                true => format!("member base_type long byte_size(8) r{at} data_member_location({place})"),
                false => format!(
                    "member union_type {{ member {INT} n{at} }} byte_size(8) data_member_location({place})"
                ),
            }
        };
        let members: Vec<String> = (0..size).map(member).collect();
        let (members, bytes) = (members.join(" , "), 8 * size);
        format!("s#s structure_type s {{ {members} }} byte_size({bytes})\nv variable s#s\n")
    })
}

/// Types that have no line in common: how long is the smallest difference looked for?
fn lists_without_a_common_line(size: usize) -> [String; 2] {
    both(|changed| {
        let prefix = if changed == INT { "i" } else { "j" };
        let members: String = (0..size).map(|at| format!("int {prefix}{at} ; ")).collect();
        format!("s#s struct s {{ {members}}}\nv s#s v\n")
    })
}

/// The same with all lines in common.
fn lists_in_another_order(size: usize) -> [String; 2] {
    both(|changed| {
        // Steps of a number that has no factor in common with the size go through all of them.
        let step = if changed == INT { 1 } else { 7919 };
        let members: String = (0..size).map(|at| format!("int i{} ; ", at * step % size)).collect();
        format!("s#s struct s {{ {members}}}\nv s#s v\n")
    })
}

/// Types that one structure leads to: is that one taken apart for each way?
fn ways_through_one_type(size: usize) -> [String; 2] {
    both(|changed| {
        let mut text = String::new();
        let members: Vec<String> = (0..size)
            .map(|at| {
                format!(
                    "member pointer_type {{ s#t{at} }} byte_size(8) m{at} data_member_location({})",
                    8 * at
                )
            })
            .collect();
        let _ = writeln!(text, "s#s structure_type s {{ {} }} byte_size({})", members.join(" , "), 8 * size);
        for at in 0..size {
            let _ = writeln!(
                text,
                "s#t{at} structure_type t{at} {{ member {changed} m data_member_location(0) }} byte_size(4)"
            );
        }
        text + "v variable s#s\n"
    })
}

/// A symbol that many modules export: is each place compared with each?
fn one_export_in_many_modules(size: usize) -> [String; 2] {
    both(|changed| {
        let folder = if changed == INT { "old" } else { "new" };
        (0..size).map(|at| format!("0x00000001\tf\t{folder}/m{at}\tEXPORT_SYMBOL\t\n")).collect()
    })
}

/// An export that is described in many files: are all types of a file put together for each?
fn one_export_in_many_files(size: usize) -> [String; 2] {
    both(|changed| {
        let file = |at: usize| {
            let ty = if at + 1 == size { changed } else { INT };
            format!("/* f{at}.symtypes */\nv variable {ty}\nw{at} variable {ty}\n")
        };
        (0..size).map(file).collect::<Vec<_>>().join("\n")
    })
}

/// Exports that differ.
fn exports_alone(size: usize) -> [String; 2] {
    both(|changed| {
        let version = changed.len();
        (0..size).map(|at| format!("0x{version:08x}\tsymbol_{at}\tfolder/{at}\tEXPORT_SYMBOL\t\n")).collect()
    })
}

/// A pattern for each export, which matches nothing.
fn patterns(size: usize) -> String {
    (0..size).map(|at| format!("SYMBOL *none_{at}* PASS\n")).collect()
}

/// The same for its folder.
fn folders(size: usize) -> String {
    let patterns: String = (0..size).map(|at| format!("  module:**/none_{at}*\n")).collect();
    format!("[abi]\nignore-changes:\n{patterns}")
}

/// Rules on causes, which let pass what they are about.
fn rules(size: usize) -> String {
    (0..size).map(|at| format!("class * pass *#t{at}?\n")).collect()
}

/// One build, of which a type leads to a next one all the way: how far to the right does the last one stand?
pub fn one_in_another(size: usize) -> String {
    let [text, _] = exports_of_all_causes(size);
    text
}
