//! See [`dwarfksyms_fuzz::lint`].
#![no_main]
libfuzzer_sys::fuzz_target!(|data: &[u8]| dwarfksyms_fuzz::lint(data));
