#![no_std]
#[repr(C)]
pub struct Valve {
    pub open: Option<extern "C" fn(u32, *mut Valve) -> i32>,
    pub close: Option<extern "C" fn()>,
    pub rate: [u16; 3],
}
pub mod first {
    #[no_mangle]
    pub extern "C" fn first_valve(valve: &super::Valve) -> bool { valve.open.is_some() }
}
pub mod second {
    #[no_mangle]
    pub extern "C" fn second_valve(valve: &super::Valve) -> bool { valve.close.is_some() }
}
pub mod third {
    #[no_mangle]
    pub extern "C" fn third_valve(valve: &super::Valve) -> u16 { valve.rate[1] }
}
#[panic_handler]
fn panic(_: &core::panic::PanicInfo) -> ! { loop {} }
