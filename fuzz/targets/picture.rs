//! PNG, JPEG and TIFF, as far as the recognising program is not asked.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| vanthu_fuzz::decode_if(bytes, &[b"\x89PNG", b"\xff\xd8\xff", b"II*\0", b"MM\0*"]));
