#![no_std]
#![allow(dead_code, improper_ctypes_definitions, static_mut_refs)]

use core::marker::PhantomData;
pub struct Pair<A, B> { pub a: A, pub b: B }
pub struct Ring<T, const N: usize> { items: [T; N], at: usize }
pub struct Typed<T> { id: u32, mark: PhantomData<T> }
pub mod outer { pub mod inner { pub struct Leaf(pub u8, pub (i16, char)); impl Leaf { #[inline(never)] #[no_mangle] pub fn leaf_sum(&self) -> i32 { self.0 as i32 + self.1.0 as i32 } } pub enum E { X(Leaf), Y } } }
pub trait Source { type Item; const K: u8; fn next(&mut self) -> Self::Item; }
impl<T: Copy, const N: usize> Source for Ring<T, N> { type Item = T; const K: u8 = 3; fn next(&mut self) -> T { self.at += 1; self.items[self.at % N] } }
pub fn pull<S: Source>(s: &mut S) -> S::Item { s.next() }

#[no_mangle] pub fn use_pair(p: &Pair<u8, Pair<i32, &'static str>>) -> i32 { p.b.a + p.a as i32 }
#[no_mangle] pub fn use_ring(r: &mut Ring<u16, 8>, q: &mut Ring<(), 0>) -> u16 { let _ = q; pull(r) }
#[no_mangle] pub fn use_typed(t: Typed<outer::inner::Leaf>, u: Typed<fn(u8) -> u8>) -> u32 { t.id + u.id }
#[no_mangle] pub fn use_leaf(e: outer::inner::E, t: (u8, (), [i8; 3], (u64,))) -> u8 { match e { outer::inner::E::X(l) => l.0, _ => t.0 } }
#[no_mangle] pub static TABLE: [Pair<u8, char>; 2] = [Pair { a: 1, b: 'x' }, Pair { a: 2, b: 'y' }];
