//! See [`dwarfksyms_fuzz::unpack`].
#![no_main]
libfuzzer_sys::fuzz_target!(|data: &[u8]| dwarfksyms_fuzz::unpack(data));
