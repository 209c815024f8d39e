//! See [`dwarfksyms_fuzz::line_table`].
#![no_main]
libfuzzer_sys::fuzz_target!(|data: &[u8]| dwarfksyms_fuzz::line_table(data));
