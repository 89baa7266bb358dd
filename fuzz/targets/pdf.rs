//! PDF.

#![no_main]

libfuzzer_sys::fuzz_target!(init: vanthu_fuzz::watch_our_own(), |bytes: &[u8]| vanthu_fuzz::read_if(bytes, &[b"%PDF-"]));
