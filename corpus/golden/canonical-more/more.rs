#![crate_type = "lib"]
#![no_std]
#[cfg(wide)]
const HIGH: u128 = 1 << 65;
#[cfg(not(wide))]
const HIGH: u128 = 1 << 64;
#[repr(u128)]
pub enum Plain { Low, High = HIGH, Other = 7 }
#[repr(u128)]
pub enum Fields { Low(u8), High(u16) = HIGH }
#[no_mangle]
pub extern "C" fn plain(it: &Plain) -> bool { matches!(it, Plain::High) }
#[no_mangle]
pub extern "C" fn fields(it: &Fields) -> bool { matches!(it, Fields::High(_)) }
