//! ZIP archives and gzip files.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| vanthu_fuzz::read_all(bytes));
