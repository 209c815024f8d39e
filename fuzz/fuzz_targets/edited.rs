//! See [`dwarfksyms_fuzz::edited`].
#![no_main]
libfuzzer_sys::fuzz_target!(|data: &[u8]| dwarfksyms_fuzz::edited(data));
