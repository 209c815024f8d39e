#![no_std]
#![allow(dead_code, improper_ctypes_definitions, static_mut_refs)]

pub trait Speak { fn speak(&self, loud: bool) -> u8; }
pub struct Dog { pub age: u8 }
impl Speak for Dog { fn speak(&self, loud: bool) -> u8 { self.age + loud as u8 } }
pub struct Calls { f: fn(u8, &str) -> Option<u8>, g: extern "C" fn(*const u8) -> !, h: unsafe fn(), k: Option<extern "C" fn(*mut Calls, &Calls)> }
#[repr(C)] pub union Bits { i: u32, f: f32, c: core::mem::ManuallyDrop<[u8; 4]> }
#[inline(never)] fn apply<F: Fn(u32) -> u32>(f: F, n: u32) -> u32 { f(n) }
#[no_mangle] pub fn text(s: &str, b: &[u8], m: &mut [Dog]) -> usize { s.len() + b.len() + m.len() }
#[no_mangle] pub fn object(d: &dyn Speak, e: *const dyn Speak) -> u8 { let _ = e; d.speak(true) }
#[no_mangle] pub fn calls(c: &Calls, u: Bits) -> u32 { let _ = c; unsafe { u.i } }
#[no_mangle] pub fn closures(n: u32, k: u32) -> u32 { let add = move |x: u32| x + k; apply(add, n) + apply(|y| y * 2, k) }
#[no_mangle] pub fn raw(p: *const *mut i128, q: &&u128, c: char, z: (), f: f64, s: isize) -> *mut () { let _ = (p, q, c, z, f, s); core::ptr::null_mut() }
#[no_mangle] pub fn never(a: &core::cell::Cell<u32>, b: &core::sync::atomic::AtomicU64) -> ! { a.set(b.load(core::sync::atomic::Ordering::Relaxed) as u32); loop {} }
#[no_mangle] pub static OBJECT: &(dyn Speak + Sync) = &Dog { age: 3 };
#[no_mangle] pub static mut WORDS: [&str; 2] = ["a", "b"];
