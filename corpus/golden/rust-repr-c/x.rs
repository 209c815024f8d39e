#![no_std]
#![allow(dead_code, improper_ctypes_definitions, static_mut_refs)]

#[repr(C)] pub struct Header { kind: u8, len: u32, next: *mut Header, cb: Option<unsafe extern "C" fn(*mut Header, i32) -> i32> }
#[repr(C, packed(2))] pub struct Packed { a: u8, b: u64 }
#[repr(C, align(64))] pub struct Aligned { a: u8, p: Packed }
#[repr(transparent)] pub struct Wrapper(pub Header);
#[repr(C)] pub union Word { whole: u64, half: [u32; 2], h: core::mem::ManuallyDrop<Packed> }
pub type Alias = Wrapper;
#[repr(C)] pub struct Zero { a: [u32; 0], u: () }
extern "C" { static outside: Header; fn foreign(h: *const Header) -> i32; }
#[no_mangle] pub unsafe extern "C" fn walk(h: *mut Header, w: &Alias) -> i32 { let _ = w; foreign(h) + outside.len as i32 }
#[no_mangle] pub extern "C" fn pack(p: Packed, a: &Aligned, w: Word, z: &Zero) -> u8 { let _ = (w.whole_of(), z.a.len()); p.a + a.a }
impl Word { fn whole_of(&self) -> u64 { unsafe { self.whole } } }
#[no_mangle] pub static mut COUNT: u32 = 0;
#[no_mangle] #[link_section = ".data.special"] pub static SPECIAL: Aligned = Aligned { a: 1, p: Packed { a: 2, b: 3 } };
