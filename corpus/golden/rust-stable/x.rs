#![no_std]
#![allow(dead_code, improper_ctypes_definitions, static_mut_refs)]

macro_rules! rules { ($name:ident, $text:expr) => { #[used] #[link_section = ".discard.gendwarfksyms.kabi_rules"] static $name: [u8; $text.len()] = *$text; } }

pub mod dev { pub struct Secret<T> { pub v: T, pub w: u64 } pub enum Mode { Off, On, Auto } pub struct Config { pub mode: Mode, pub secret: Secret<Option<u8>>, pub pair: (u8, u16), pub next: Option<&'static Config> } }
rules!(ALL, b"1\0declonly\0x::dev::Secret<core::option::Option<u8>>\0\0\
1\0enumerator_ignore\0x::dev::Mode Auto\0\0\
1\0enumerator_value\0x::dev::Mode On\05\0\
1\0byte_size\0(u8, u16)\08\0\
1\0byte_size\0&x::dev::Config\016\0\
1\0type_string\0s#core::option::Option<&x::dev::Config>\0structure_type replaced { s#x::dev::Config s#'(u8, u16)' }\0\
1\0type_string\0s#'core::option::Option<u8>'\0never used: the name has no blank and no quotes\0\
1\0type_string\0s#x::dev::Secret<u16>\0structure_type s#core::option::Option<&x::dev::Config> s#x::dev::Secret<u16>\0\
1\0type_string\0other\0subprogram ( ) -> s#'made up'\0\
1\0type_string\0s#'made up'\0structure_type made up { e#x::dev::Mode }\0");
#[no_mangle] pub fn configure(c: &dev::Config) -> u16 { c.pair.1 + c.secret.w as u16 }
#[no_mangle] pub fn mode(m: dev::Mode, s: dev::Secret<u16>) -> u8 { m as u8 + s.v as u8 }
#[no_mangle] pub fn other(a: u8) -> u8 { a }
