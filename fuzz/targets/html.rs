//! Pages as browsers and word processors save them.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| vanthu_fuzz::read(&[b"<!DOCTYPE html>".as_slice(), bytes].concat()));
