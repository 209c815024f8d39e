#![no_std]
pub struct Unit; pub struct Nothing {} pub struct Marker<T>(core::marker::PhantomData<fn(T) -> T>); pub enum Never {}
pub struct Holds { a: [Unit; 3], b: [u8; 0], c: Marker<Never>, d: (), e: [[u16; 2]; 3], f: Nothing }
#[no_mangle] pub fn unit(u: Unit, n: Nothing, m: &Marker<Holds>) -> Unit { let _ = (n, m); u }
#[no_mangle] pub fn holds(h: &Holds, a: &[[u8; 4]; 2], s: &[()]) -> usize { h.e[1][0] as usize + h.a.len() + h.b.len() + a.len() + s.len() }
#[no_mangle] pub static EMPTY: [u64; 0] = [];
#[no_mangle] pub static NOTHING: () = ();
