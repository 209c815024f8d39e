#![no_std]
#![allow(dead_code, improper_ctypes_definitions, static_mut_refs)]

pub struct Node<T: 'static> { value: T, left: Option<&'static Node<T>>, kind: Kind }
pub enum Kind { Leaf, Inner { depth: u8 }, Custom(fn(&Node<u32>) -> Kind) }
#[no_mangle] pub fn depth(n: &Node<u32>) -> u8 { match n.kind { Kind::Inner { depth } => depth, Kind::Custom(f) => matches!(f(n), Kind::Leaf) as u8, _ => 0 } }
#[no_mangle] pub fn custom(f: fn(&Node<u32>) -> Kind, g: fn(u8, &Kind, fn(&Node<u32>) -> Kind)) -> usize { let _ = g; f as usize }
#[no_mangle] pub static ROOT: Node<u32> = Node { value: 1, left: None, kind: Kind::Leaf };
