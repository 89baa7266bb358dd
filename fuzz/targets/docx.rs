//! Word since 2007: the body, and a numbering that is the same bytes.

#![no_main]

use vanthu_fuzz::{package, read};

libfuzzer_sys::fuzz_target!(|xml: &[u8]| read(&package(&[
    ("[Content_Types].xml", b"<Types/>"),
    ("word/document.xml", xml),
    ("word/numbering.xml", xml),
    ("word/styles.xml", xml),
    ("word/footnotes.xml", xml),
])));
