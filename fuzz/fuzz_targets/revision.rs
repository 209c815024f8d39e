//! See [`dwarfksyms_fuzz::revision`].
#![no_main]
libfuzzer_sys::fuzz_target!(|data: &[u8]| dwarfksyms_fuzz::revision(data));
