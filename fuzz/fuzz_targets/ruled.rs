//! See [`dwarfksyms_fuzz::ruled`].
#![no_main]
libfuzzer_sys::fuzz_target!(|data: &[u8]| dwarfksyms_fuzz::ruled(data));
