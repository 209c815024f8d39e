//! See [`dwarfksyms_fuzz::mutated`].
#![no_main]
libfuzzer_sys::fuzz_target!(|data: &[u8]| dwarfksyms_fuzz::mutated(data));
