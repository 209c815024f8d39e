//! See [`dwarfksyms_fuzz::any_build`].
#![no_main]
libfuzzer_sys::fuzz_target!(|data: &[u8]| dwarfksyms_fuzz::any_build(data));
