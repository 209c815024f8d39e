#![no_std]
#![allow(dead_code)]
pub mod m { pub struct A { pub a: u8 } pub struct B { pub b: A } pub enum E { X, Y, Z } }
#[no_mangle] pub fn use_a(a: &m::A) -> u8 { a.a }
#[no_mangle] pub fn use_b(b: m::B, e: m::E) -> u8 { b.b.a + e as u8 }
#[used] #[link_section = ".discard.gendwarfksyms.kabi_rules"] static R0: [u8; 20] = *b"1\x00declonly\x00x::m::A\x00\x00";
#[used] #[link_section = ".discard.gendwarfksyms.kabi_rules"] static R1: [u8; 31] = *b"1\x00enumerator_ignore\x00x::m::E Y\x00\x00";
#[used] #[link_section = ".discard.gendwarfksyms.kabi_rules"] static R2: [u8; 31] = *b"1\x00enumerator_value\x00x::m::E Z\x001\x00";
