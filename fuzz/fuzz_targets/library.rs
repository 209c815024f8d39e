//! See [`dwarfksyms_fuzz::library`].
#![no_main]
libfuzzer_sys::fuzz_target!(|data: &[u8]| dwarfksyms_fuzz::library(data));
