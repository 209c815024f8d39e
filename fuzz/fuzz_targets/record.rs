//! See [`dwarfksyms_fuzz::record`].
#![no_main]
libfuzzer_sys::fuzz_target!(|data: &[u8]| dwarfksyms_fuzz::record(data));
