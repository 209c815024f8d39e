//! See [`dwarfksyms_fuzz::reports`].
#![no_main]
libfuzzer_sys::fuzz_target!(|data: &[u8]| dwarfksyms_fuzz::reports(data));
