#![no_std]
#![allow(dead_code, improper_ctypes_definitions, static_mut_refs)]

pub mod gear { pub struct Wheel { pub teeth: u16 } impl Wheel { #[inline(never)] pub fn turn(&mut self, by: u16) -> u16 { self.teeth += by; self.teeth } #[inline(never)] pub fn new() -> Wheel { Wheel { teeth: 9 } } } impl core::ops::Add for Wheel { type Output = Wheel; #[inline(never)] fn add(self, o: Wheel) -> Wheel { Wheel { teeth: self.teeth + o.teeth } } } pub static SPARE: Wheel = Wheel { teeth: 4 }; pub fn plain(w: &Wheel) -> u16 { w.teeth } }
pub fn free(w: &mut gear::Wheel) -> u16 { w.turn(2) }
