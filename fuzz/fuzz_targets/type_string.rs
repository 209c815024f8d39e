//! See [`dwarfksyms_fuzz::type_string`].
#![no_main]
libfuzzer_sys::fuzz_target!(|data: &[u8]| dwarfksyms_fuzz::type_string(data));
