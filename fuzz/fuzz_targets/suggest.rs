//! See [`dwarfksyms_fuzz::suggest`].
#![no_main]
libfuzzer_sys::fuzz_target!(|data: &[u8]| dwarfksyms_fuzz::suggest(data));
