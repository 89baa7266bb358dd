//! What the fuzz targets share. `scripts/fuzz.sh` makes seeds and runs them.

#![forbid(unsafe_code)]

use std::io::{Cursor, Write};
use vanthu::pipeline::{self, Input};
use vanthu::source::Options;

/// No characters are recognised: the fuzzer looks for faults of the readers, not of other programs.
const OPTIONS: Options = Options { ocr: false };

/// Reads bytes as the program does.
pub fn read(bytes: &[u8]) {
    let _ = pipeline::record("paper", bytes, &OPTIONS);
}

/// Reads bytes that begin as the format does, so that no time goes to others.
pub fn read_if(bytes: &[u8], begins: &[&[u8]]) {
    if begins.iter().any(|b| bytes.starts_with(b)) {
        read(bytes);
    }
}

/// Decodes a picture that begins as one of these does. It goes no farther than the recognising program, which
/// `scripts/fuzz.sh` keeps out of reach.
pub fn decode_if(bytes: &[u8], begins: &[&[u8]]) {
    if begins.iter().any(|b| bytes.starts_with(b)) {
        let _ = pipeline::record("paper", bytes, &Options { ocr: true });
    }
}

/// Takes an archive or message apart and reads what stands in it.
pub fn read_all(bytes: &[u8]) {
    let each = |_: &Input, _| Ok::<(), ()>(());
    let _ = pipeline::run(&[Input::Bytes("paper".to_owned(), bytes.to_vec())], &OPTIONS, each);
}

/// A ZIP of these parts, not packed, so that changes of a part are changes of what is read.
pub fn package(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let stored = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, bytes) in parts {
        zip.start_file(*name, stored).expect("a part begins");
        zip.write_all(bytes).expect("a part is written");
    }
    zip.finish().expect("the package ends").into_inner()
}

/// Has faults inside other people's libraries pass, which the program catches and tells as failures of the file; ours
/// still end the run, and so do hangs, overflows of the stack and memory without end.
pub fn watch_our_own() {
    std::panic::set_hook(Box::new(|fault| {
        let is_ours = fault.location().is_some_and(|l| !l.file().contains("/registry/") && !l.file().contains("/rustc/"));
        if is_ours {
            eprintln!("{fault}");
            std::process::abort();
        }
    }));
}
