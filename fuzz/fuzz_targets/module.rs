//! See [`dwarfksyms_fuzz::module`].
#![no_main]
libfuzzer_sys::fuzz_target!(|data: &[u8]| dwarfksyms_fuzz::module(data));
