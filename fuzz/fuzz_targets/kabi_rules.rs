//! See [`dwarfksyms_fuzz::kabi_rules`].
#![no_main]
libfuzzer_sys::fuzz_target!(|data: &[u8]| dwarfksyms_fuzz::kabi_rules(data));
