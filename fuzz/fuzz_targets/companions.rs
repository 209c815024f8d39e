//! See [`dwarfksyms_fuzz::companions`].
#![no_main]
libfuzzer_sys::fuzz_target!(|data: &[u8]| dwarfksyms_fuzz::companions(data));
