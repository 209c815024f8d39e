//! See [`dwarfksyms_fuzz::comparison`].
#![no_main]
libfuzzer_sys::fuzz_target!(|data: &[u8]| dwarfksyms_fuzz::comparison(data));
