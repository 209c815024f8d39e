//! See [`dwarfksyms_fuzz::structured`].
#![no_main]
libfuzzer_sys::fuzz_target!(|data: &[u8]| dwarfksyms_fuzz::structured(data));
