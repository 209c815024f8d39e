#![no_std]
#![allow(dead_code, improper_ctypes_definitions, static_mut_refs)]

pub struct Driver { pub state: State, pub probe: fn(u32, &Driver, &mut Bus) -> Result<u8, State> }
pub enum State { Idle, Busy(fn(u8, &Driver) -> Option<&'static Driver>), Failed { why: fn(&str, &State, fn(u32, &Driver, &mut Bus) -> Result<u8, State>) } }
pub struct Bus { pub devices: [Option<&'static Driver>; 2], pub rescan: Option<extern "C" fn(i32, &mut Bus, &State)> }
#[no_mangle] pub fn set_probe(f: fn(u32, &Driver, &mut Bus) -> Result<u8, State>) -> usize { f as usize }
#[no_mangle] pub fn set_busy(f: fn(u8, &Driver) -> Option<&'static Driver>) -> usize { f as usize }
#[no_mangle] pub fn rescan(b: &mut Bus, f: extern "C" fn(i32, &mut Bus, &State)) -> usize { let _ = b; f as usize }
