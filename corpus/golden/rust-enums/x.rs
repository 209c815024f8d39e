#![no_std]
#![allow(dead_code, improper_ctypes_definitions, static_mut_refs)]

#[derive(Clone, Copy)]
pub enum Bare { One, Two = 7, Three }
#[repr(i16)]
pub enum Sized { Low = -3, High = 300 }
pub enum Single { Only(u32) }
pub enum Shape { Dot, Line(u32, u8), Box { w: u64, h: Option<u16> }, Deep(Option<Option<bool>>) }
#[repr(C)]
pub enum Tagged { A(u8), B { x: i64 } }
#[repr(u8)]
pub enum Small { P(u8), Q }
pub enum Void {}
pub struct Holder<'a> { o: Option<&'a u32>, n: Option<core::num::NonZeroU32>, r: Result<u8, Bare>, c: core::cmp::Ordering }

#[no_mangle] pub extern "C" fn bare(b: Bare, s: Sized) -> u32 { b as u32 + s as u32 }
#[no_mangle] pub extern "C" fn shape(s: &Shape) -> u64 { match s { Shape::Box { w, h } => *w + h.unwrap_or(0) as u64, Shape::Line(a, _) => *a as u64, _ => 0 } }
#[no_mangle] pub extern "C" fn tagged(t: &Tagged, s: &Small) -> i64 { match (t, s) { (Tagged::B { x }, Small::Q) => *x, _ => 0 } }
#[no_mangle] pub extern "C" fn single(s: Single) -> u32 { match s { Single::Only(v) => v } }
#[no_mangle] pub extern "C" fn holder(h: &Holder<'_>) -> bool { h.o.is_some() }
#[no_mangle] pub extern "C" fn void(v: &Option<Void>, r: Result<u32, Void>) -> u32 { let _ = v; match r { Ok(x) => x, Err(e) => match e {} } }
#[no_mangle] pub static CHOICE: Option<u8> = Some(3);
