//! See [`dwarfksyms_fuzz::object`].
#![no_main]
libfuzzer_sys::fuzz_target!(|data: &[u8]| dwarfksyms_fuzz::object(data));
