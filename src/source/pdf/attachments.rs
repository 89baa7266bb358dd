//! Files attached to a PDF (ISO 32000-2, 7.11) or to one of its pages (12.5.6.15).

use super::metadata::{root, text};
use crate::error::{Error, Result};
use crate::source::archive;
use hayro_interpret::hayro_syntax::object::{Array, Dict, Name, Object, ObjectIdentifier, Stream, String as PdfString};
use hayro_interpret::hayro_syntax::{Filter, Pdf};
use memchr::memmem;
use std::collections::HashSet;
use std::io::Read;

/// Nodes of the tree of names in one another.
const DEEPEST: usize = 16;
/// Files attached to one PDF, and nodes of the tree that lists them.
const MOST_FILES: usize = 2_000;
/// What the dictionary of an attached file's stream says. It stands in the file as it is: streams are never packed in others.
const MARK: &[u8] = b"/EmbeddedFile";
/// What errors call an attached file.
const WHAT: &str = "the file attached to the PDF";
/// Bytes looked at in one go.
const STEP: usize = 65_536;

/// Whether files are attached to a PDF, by its bytes alone.
pub fn are_in(mut pdf: impl Read) -> bool {
    let (mut window, mut kept) = (vec![0; STEP + MARK.len()], 0);
    loop {
        match pdf.read(&mut window[kept..]) {
            Ok(0) | Err(_) => return false,
            Ok(read) => {
                let end = kept + read;
                // "/EmbeddedFiles" is the list of them, which may be empty.
                let mut marks = memmem::find_iter(&window[..end], MARK);
                if marks.any(|at| window[..end].get(at + MARK.len()).is_some_and(|b| *b != b's')) {
                    return true;
                }
                kept = end.min(MARK.len());
                window.copy_within(end - kept..end, 0);
            }
        }
    }
}

/// The names of the attached files and what they hold, as the list of the PDF and then its pages name them. What they
/// unpack to is taken from `left`, and no file has more than `most` bytes. A PDF that cannot be read has none.
pub fn of(pdf: &[u8], most: u64, left: &mut u64) -> Vec<(String, Result<Vec<u8>>)> {
    let Ok(pdf) = crate::error::guarded(|| super::open(pdf)) else { return Vec::new() };
    let mut files = Files { found: Vec::new(), seen: HashSet::new(), nodes: MOST_FILES };
    // What was found before a library failed stays.
    let _ = crate::error::guarded(|| {
        files.of_tree(&pdf);
        files.of_pages(&pdf);
        Ok(())
    });
    files.found.into_iter().map(|(name, stream)| (name, crate::error::guarded(|| unpack(&stream, most, left)))).collect()
}

struct Files<'p> {
    found: Vec<(String, Stream<'p>)>,
    seen: HashSet<ObjectIdentifier>,
    nodes: usize,
}

impl<'p> Files<'p> {
    fn of_tree(&mut self, pdf: &'p Pdf) {
        let tree = root(pdf).and_then(|r| r.get::<Dict<'_>>(b"Names".as_slice())?.get::<Dict<'_>>(b"EmbeddedFiles".as_slice()));
        if let Some(tree) = tree {
            self.of_node(&tree, 0);
        }
    }

    fn of_node(&mut self, node: &Dict<'p>, depth: usize) {
        if let Some(pairs) = node.get::<Array<'p>>(b"Names".as_slice()) {
            for file in pairs.iter::<Object<'p>>().take(2 * MOST_FILES).filter_map(Object::into_dict) {
                self.add(&file);
            }
        }
        let Some(kids) = node.get::<Array<'p>>(b"Kids".as_slice()) else { return };
        for kid in kids.iter::<Dict<'p>>() {
            if self.nodes == 0 || depth > DEEPEST {
                return;
            }
            self.nodes -= 1;
            self.of_node(&kid, depth + 1);
        }
    }

    fn of_pages(&mut self, pdf: &'p Pdf) {
        for page in pdf.pages().iter() {
            let Some(notes) = page.raw().get::<Array<'p>>(b"Annots".as_slice()) else { continue };
            let is_file = |note: &Dict<'_>| note.get::<Name<'_>>(b"Subtype".as_slice()).is_some_and(|s| &s[..] == b"FileAttachment");
            for note in notes.iter::<Dict<'p>>().take(MOST_FILES).filter(is_file) {
                if let Some(file) = note.get::<Dict<'p>>(b"FS".as_slice()) {
                    self.add(&file);
                }
            }
        }
    }

    /// Adds a file, once; what is only named stands elsewhere.
    fn add(&mut self, file: &Dict<'p>) {
        let Some(holder) = file.get::<Dict<'p>>(b"EF".as_slice()) else { return };
        let Some(stream) = [b"UF".as_slice(), b"F"].into_iter().find_map(|key| holder.get::<Stream<'p>>(key)) else { return };
        if self.found.len() < MOST_FILES && self.seen.insert(stream.obj_id()) {
            let told = |key: &[u8]| file.get::<PdfString<'_>>(key).and_then(|s| text(s.as_bytes()));
            let name = told(b"UF").or_else(|| told(b"F")).unwrap_or_else(|| "attachment".to_owned());
            self.found.push((name, stream));
        }
    }
}

fn unpack(stream: &Stream<'_>, most: u64, left: &mut u64) -> Result<Vec<u8>> {
    let raw = stream.raw_data();
    let most = most.min(*left);
    match stream.filters().as_slice() {
        [] => archive::inflate(&raw[..], WHAT, raw.len(), most, left),
        [Filter::FlateDecode] => archive::inflate(flate2::read::ZlibDecoder::new(&raw[..]), WHAT, raw.len(), most, left),
        _ => Err(Error::new(format!("{WHAT} is packed in a way that is not read"), "save it from a PDF program and pass that")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Gives one byte at a time.
    struct Slow<'b>(&'b [u8]);

    impl Read for Slow<'_> {
        fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
            let Some((first, rest)) = self.0.split_first() else { return Ok(0) };
            (into[0], self.0) = (*first, rest);
            Ok(1)
        }
    }

    #[test]
    fn attached_files_are_told_by_their_streams() {
        let behind = |mark: &str| [vec![b'x'; STEP - 5], format!("{mark} ").into_bytes()].concat();
        let rows = [
            (b"<< /Type /EmbeddedFile >>".to_vec(), true),
            (behind("/EmbeddedFile"), true),
            (behind("/EmbeddedFiles"), false),
            (b"/EmbeddedFiles << >> /EmbeddedFile/Length 1".to_vec(), true),
            (b"%PDF-1.4".to_vec(), false),
            (Vec::new(), false),
        ];
        for (bytes, want) in rows {
            assert_eq!(are_in(&bytes[..]), want);
            assert_eq!(are_in(Slow(&bytes)), want, "byte by byte");
        }
    }
}
