//! Everything behind the readers: structure, mentions, duties, records.

#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| vanthu_fuzz::read(text.as_bytes()));
