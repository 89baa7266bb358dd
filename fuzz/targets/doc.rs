//! Word 6 to 2003, in compound files.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| vanthu_fuzz::read_if(bytes, &[b"\xd0\xcf\x11\xe0", b"\xdb\xa5-\0", b"\xdc\xa5"]));
