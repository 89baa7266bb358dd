//! Rich Text Format.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| vanthu_fuzz::read_if(bytes, &[b"{\\rtf"]));
