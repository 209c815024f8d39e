//! See [`dwarfksyms_fuzz::consolidated`].
#![no_main]
libfuzzer_sys::fuzz_target!(|data: &[u8]| dwarfksyms_fuzz::consolidated(data));
