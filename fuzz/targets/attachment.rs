//! Files attached to a PDF.

#![no_main]

libfuzzer_sys::fuzz_target!(init: vanthu_fuzz::watch_our_own(), |bytes: &[u8]| {
    if bytes.starts_with(b"%PDF-") {
        vanthu_fuzz::read_all(bytes);
    }
});
