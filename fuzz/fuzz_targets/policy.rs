//! See [`dwarfksyms_fuzz::policy`].
#![no_main]
libfuzzer_sys::fuzz_target!(|data: &[u8]| dwarfksyms_fuzz::policy(data));
