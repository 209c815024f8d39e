//! See [`dwarfksyms_fuzz::symbol_list`].
#![no_main]
libfuzzer_sys::fuzz_target!(|data: &[u8]| dwarfksyms_fuzz::symbol_list(data));
