//! OpenDocument text.

#![no_main]

use vanthu_fuzz::{package, read};

libfuzzer_sys::fuzz_target!(|xml: &[u8]| read(&package(&[
    ("mimetype", b"application/vnd.oasis.opendocument.text"),
    ("content.xml", xml),
    ("styles.xml", xml),
])));
