//! E-mail messages and what is attached.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| vanthu_fuzz::read_all(&[b"From: a@b.vn\r\nTo: a@b.vn\r\nSubject: x\r\n".as_slice(), bytes].concat()));
