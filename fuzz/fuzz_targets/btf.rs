//! See [`dwarfksyms_fuzz::btf`].
#![no_main]
libfuzzer_sys::fuzz_target!(|data: &[u8]| dwarfksyms_fuzz::btf(data));
