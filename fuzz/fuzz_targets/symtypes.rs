//! See [`dwarfksyms_fuzz::symtypes`].
#![no_main]
libfuzzer_sys::fuzz_target!(|data: &[u8]| dwarfksyms_fuzz::symtypes(data));
